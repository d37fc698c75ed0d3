"""Roles: what a text says it does with the things that it names, by plain cues."""

import re
from collections.abc import Sequence

from kg.evidence import sentence_bounds
from kg.extract import patterns
from kg.extract.candidates import Name
from kg.records import ROLES, Kind

_COMPARED_BEFORE = re.compile(
    r"\b(?:outperform\w*|surpass\w*|exceed\w*|beat\w*|compared (?:to|with)|comparable (?:to|with)"
    r"|competitive with|on par with|better than|than|over|against|unlike|baselines?|versus|vs\.?"
    r"|superior to|improv\w+ (?:on|over|upon))"
    r"\s(?:[\w\s,-]{0,60}?)$",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"\b(?:recent(?:ly)?|existing|previous|prior|traditional|conventional|current|despite|while"
    r"|although|ha(?:ve|s) (?:shown|achieved|become|emerged|demonstrated))\b",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(?:we|our|this (?:paper|work|study))\b", re.IGNORECASE)
_MEASURED = re.compile(
    r"\d|\b(?:achiev|improv|outperform|reduc|increas|higher|lower|better|surpass|faster|gain|boost"
    r"|state-of-the-art|superior|competitive|exceed|enhanc)\w*",
    re.IGNORECASE,
)
_TITLE_REST = re.compile(r"(?: (?:algorithms?|methods?|models?|networks?))?", re.IGNORECASE)
_NOT_OWN_CODE = re.compile(
    r"\b(?:based on|built (?:on|upon)|using|baseline|library|fork of|provided by"
    r"|(?:adapted|taken|borrowed|derived|forked) from)\b[^.]{0,40}$",
    re.IGNORECASE,
)


def find_role(text: str, group: Sequence[Name]) -> tuple[str, int]:
    """The role of what `group` names in `text`, and the index of the mention that shows it."""
    kind = group[0].kind
    roles = [_role_at(text, name, kind) for name in group]
    return next((role, roles.index(role)) for role in ROLES[kind] if role in roles)


def repository_role(text: str, start: int) -> str:
    """`code` for the paper's own repository, `other` for one that it merely builds on."""
    first, _ = sentence_bounds(text, start, start + 1)
    return "other" if _NOT_OWN_CODE.search(text[first:start]) else "code"


def _role_at(text: str, name: Name, kind: Kind) -> str:
    start, stop = sentence_bounds(text, name.start, name.stop)
    before, sentence = text[start : name.start], text[start:stop]
    return _ROLE_OF[kind](before, sentence, name, start == 0)


def _method_role(before: str, sentence: str, name: Name, in_title: bool) -> str:
    is_title = in_title and not before and _TITLE_REST.fullmatch(sentence, name.stop)
    if name.cue == "own" or is_title:
        return "proposed"
    is_subject = patterns.DOES.match(sentence, len(before) + name.stop - name.start)
    if not is_subject and (name.cue == "compared" or _COMPARED_BEFORE.search(before[-90:])):
        return "compared"
    is_background = _BACKGROUND.search(sentence) and not _WE.search(sentence)
    return "mentioned" if is_background and not in_title else "used"


def _dataset_role(before: str, sentence: str, name: Name, in_title: bool) -> str:
    return "introduced" if name.cue == "own" else "evaluated"


def _metric_role(before: str, sentence: str, name: Name, in_title: bool) -> str:
    if name.cue == "own":
        return "proposed"
    return "reported" if _MEASURED.search(sentence) and not in_title else "mentioned"


def _task_role(before: str, sentence: str, name: Name, in_title: bool) -> str:
    is_worked_on = _WE.search(sentence) or (
        _MEASURED.search(sentence) and not _BACKGROUND.search(sentence)
    )
    return "addressed" if in_title or is_worked_on else "mentioned"


_ROLE_OF = {
    "Method": _method_role,
    "Dataset": _dataset_role,
    "Metric": _metric_role,
    "Task": _task_role,
}
