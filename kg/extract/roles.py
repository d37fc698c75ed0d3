"""Roles: what a text does with the things that it names.

The trained network says how probable each role is (`relations`). What the words beside a name leave
no doubt of is said here: what is beaten is compared, and what a text goes without is not used.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from kg.evidence import sentence_bounds
from kg.extract.relations import ROLE_COLUMNS, Said
from kg.records import Mention, Term

_WITH = {"Method", "Dataset"}  # what a text may do something with
_COMPARED = ROLE_COLUMNS.index(("Method", "compared"))
_DENIED = {"proposed", "used", "introduced", "evaluated"}  # no role of what it goes without
_IS_DENIED = np.array([role in _DENIED for _, role in ROLE_COLUMNS])
_WITHOUT = re.compile(  # right before a name
    r"\b(?:without|unlike|instead of|rather than|in place of|in contrast (?:to|with)|as opposed to"
    r"|contrary to|free of|(?:needs?|requir(?:es?|ing)|using|with|uses?|rel(?:ies|y|ying) on) no"
    r"|(?:do|does|did|is|are) not (?:use|need|require|rely on|depend on|apply to))\s"
    r"(?:[\w-]{1,30}\s){0,2}(?:(?:or|nor)\s(?:[\w-]{1,30}\s){0,2})?$",
    re.IGNORECASE,
)
_FAILS = re.compile(  # right behind it
    r"\)?(?:\s\([^()]{1,30}\))?"
    r"(?:\s(?!(?:and|or|because|since|where|when|while|that|which|so|but|as|if)\b)[\w-]{1,30}"
    r"){0,2}?\s(?:(?:often|still|also|even) )?"
    r"(?:fail(?:s|ed)?|cannot|can not|struggle[sd]?|suffer(?:s|ed)?|lacks?|(?:is|are) unable"
    r"|(?:do|does|did) not (?:work|scale|generali[sz]e|suffice)|breaks? down|falls? short)\b",
    re.IGNORECASE,
)
_BEATEN = re.compile(  # right before a name
    r"\b(?:outperform(?:s|ed|ing)?|beat(?:s|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?)\s"
    r"(?:(?!(?:using|with|via|by|on|in|through|under|from|without|trained|based|and|when)\b)"
    r"[\w-]{1,20}\s){0,2}$",
    re.IGNORECASE,
)
_REACH = 80  # characters before and behind a name
_NOT_OWN_CODE = re.compile(  # before an address
    r"\b(?:based on|built (?:on|upon|with)|builds? (?:on|upon)|using|fork of"
    r"|provided by|(?:official|original) (?:implementation|code|repository) of"
    r"|(?:baselines?|library|toolkit|datasets?|data) (?:from|of|by|in)|the baselines?'s? code"
    r"|(?:adapted|taken|borrowed|derived|forked|modified) from)\b"
    r"(?:(?!\bour\b)[^.]){0,40}$",
    re.IGNORECASE,
)


def with_roles(text: str, terms: Sequence[Term], said: Said) -> Iterator[Term]:
    """`terms` with the roles that `text` gives them, and the mentions that show these."""
    first = 0
    for term, odds in zip(terms, said.roles, strict=True):
        shows = said.shows[first : first + len(term.mentions)]
        first += len(term.mentions)
        is_denied = term.kind in _WITH and all(_is_denied(text, one) for one in term.mentions)
        best = int((np.where(_IS_DENIED, 0, odds) if is_denied else odds).argmax())
        evidence = int(shows[:, best].argmax())
        if ROLE_COLUMNS[best] == ("Method", "used"):
            beaten = (at for at, one in enumerate(term.mentions) if _is_beaten(text, one))
            if (at := next(beaten, None)) is not None:
                best, evidence = _COMPARED, at
        yield replace(term, role=ROLE_COLUMNS[best][1], evidence=evidence)


def repository_role(text: str, start: int) -> str:
    """`code` for the paper's own repository, `other` for one that it merely builds on."""
    first, _ = sentence_bounds(text, start, start + 1)
    return "other" if _NOT_OWN_CODE.search(text[first:start]) else "code"


def _is_denied(text: str, mention: Mention) -> bool:
    """Whether a text says that it goes without what it names there, or that this fails."""
    before, behind = _beside(text, mention)
    return bool(_WITHOUT.search(before) or _FAILS.match(behind))


def _is_beaten(text: str, mention: Mention) -> bool:
    before, _ = _beside(text, mention)
    return bool(_BEATEN.search(before))


def _beside(text: str, mention: Mention) -> tuple[str, str]:
    """The words before and behind a mention, within its sentence."""
    start, stop = sentence_bounds(text, mention.start, mention.stop)
    before = text[max(start, mention.start - _REACH) : mention.start]
    return before, text[mention.stop : min(stop, mention.stop + _REACH)]
