"""Names by rule: what a text itself gives as a name, and in which words it says of what kind.

Each rule looks at one sentence (or the title) and yields candidates; where they overlap, the more
confident one stands.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.evidence import sentences
from kg.extract import vocabulary as words
from kg.extract.acronyms import Acronym
from kg.extract.links import Link
from kg.records import Kind


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a name, with what its surroundings say of it."""

    start: int
    stop: int
    kind: Kind
    confidence: float
    cue: str = ""  # a role that the words right around it state, such as "proposed"


# Every repetition is bounded, so that no text makes the search slow.
_CAPITAL = r"(?<!\w)(?:[A-Z][\w@+./'-]{0,60}[\w@+]|[A-Z])"
_PHRASE = rf"{_CAPITAL}(?: (?:(?:of|for|the|in) )?(?:{_CAPITAL}|\d[\w.]{{0,20}})){{0,6}}"
_LIST = rf"{_PHRASE}(?:,? (?:and|or) (?:the )?{_PHRASE}|, (?:the )?{_PHRASE}){{0,6}}"
_LIST_BREAK = re.compile(r"(?:(?!,? and |, | or ).)+")
_PLAIN_WORD = re.compile(r"[A-Z][a-z]+(?:-[A-Z]?[a-z]+)*")
_SHAPED = re.compile(  # GPT-4o, ParaRNN, S4, RoBERTa; not a plain capitalised word
    r"(?<![\w$\\/.@+-])(?:[A-Z][a-z]{0,20}[A-Z][\w+-]{0,60}|[a-z]{1,4}[A-Z][\w+-]{1,60}"
    r"|[A-Z][A-Za-z]{0,30}-?\d[\w.+-]{0,60}|[A-Z][A-Za-z]{1,30}-[A-Z0-9][\w.+-]{0,60})"
    r"(?<![.-])(?![\w@])"
)
_TITLE = re.compile(rf"(?P<name>{_PHRASE}|[\w+@-]{{1,60}})\s?:\s")
_TITLE_DATA = re.compile(rf"\b(?:an?|the) (?:[\w-]{{1,40}} ){{0,5}}{words.OWN_DATA}\b")

_INTRODUCED = re.compile(
    rf"\b{words.MAKE}\s+(?:(?:the|a|an|our|our own|both|new|novel|simple)\s+)*(?P<name>{_PHRASE})"
)
_CALLED = re.compile(rf"\b{words.CALLED}\s+(?:the\s+)?[\"“'‘]?(?P<name>{_PHRASE})")
_APPOSED = re.compile(
    rf"\b{words.MAKE}\s+(?:an?|the|our|two|three)\s[^.;:]{{3,120}}?(?:,|--|—|:)\s"
    rf"(?P<name>{_PHRASE})(?=[,.;:]|\s\(|$| that | which | to )"
)
_DATA_BEHIND = re.compile(rf"(?P<name>{_PHRASE})(?=,? (?:\w+ )?{words.DATA_BEHIND}\b)")
_DATA_LISTED = re.compile(
    rf"\b{words.DATA_LISTED}(?:,? (?:such as|including|like|e\.g\.,?|namely)|:| \(|,)\s?"
    rf"(?:the )?(?P<list>{_LIST})"
)
_EVALUATED = re.compile(
    rf"\b{words.EVALUATE}\b[^.;]{{0,60}}?\b(?:on|in|across)\s(?:the\s)?(?:\w+\s(?=[A-Z]))?"
    rf"(?P<list>{_LIST})"
)
_COMPARED = re.compile(rf"\b{words.COMPARE}\s(?:(?:the|strong|existing)\s)?(?P<list>{_LIST})")
_METRIC = re.compile(
    r"\b(?:in terms of|measured by)\s(?P<name>[a-z][\w-]{0,40}(?: [a-z][\w-]{0,40}){0,2}?)"
    r"(?=[,.;]| and | on | for | compared| by )"
)
_TASK = re.compile(
    rf"\b{words.BEFORE_TASK}\s(?P<name>(?!{words.NO_TASK_START}\b)"
    rf"(?:[A-Za-z0-9][\w-]{{0,40}}\s){{1,3}}?{words.TASK_HEADS})"
    rf"\b(?!-)(?! {words.NO_TASK_BEHIND}\b)",
    re.IGNORECASE,
)
_TASK_BEHIND = re.compile(
    rf"\b(?P<name>(?:[a-z][\w-]{{0,40}}\s){{1,2}}?{words.TASK_HEADS})"
    r"(?= (?:task|benchmark|dataset|model)s?\b)"
)
_NOT_IN_TASK = re.compile(rf"\b{words.NOT_IN_TASK}\b", re.IGNORECASE)


def find_names(
    text: str, links: Sequence[Link] = (), acronyms: Sequence[Acronym] = ()
) -> list[Name]:
    """The names that `text` gives, in order and without overlaps; none inside a link."""
    found = [*_by_title(text), *_by_acronym(text, acronyms)]
    for start, stop in sentences(text):
        found += [_moved(name, start) for name in _in_sentence(text[start:stop])]
    return without_overlaps(name for name in found if is_free(name, links))


def is_free(name: Name, links: Iterable[Link]) -> bool:
    """Whether `name` lies outside of all `links`."""
    return all(name.stop <= link.start or name.start >= link.stop for link in links)


def without_overlaps(names: Iterable[Name]) -> list[Name]:
    """`names` in order; of those that overlap the most confident, then the longest, stands."""
    best: list[Name] = []
    taken: set[int] = set()
    for name in sorted(names, key=lambda one: (-one.confidence, one.start - one.stop, one.start)):
        span = range(name.start, name.stop)
        if span and taken.isdisjoint(span):
            taken.update(span)
            best.append(name)
    return sorted(best, key=lambda name: name.start)


def _moved(name: Name, by: int) -> Name:
    return replace(name, start=name.start + by, stop=name.stop + by)


def _by_title(text: str) -> Iterator[Name]:
    """`Recformer: Text Is All You Need` names the paper's own work."""
    title = text.partition("\n")[0]
    match = _TITLE.match(title)
    if match and len(match["name"].split()) <= 4 and _is_name(match["name"]):
        kind, cue = _own(bool(_TITLE_DATA.search(title[match.end() :].lower())))
        yield Name(*match.span("name"), kind, 0.85, cue)


def _by_acronym(text: str, acronyms: Sequence[Acronym]) -> Iterator[Name]:
    for acronym in acronyms:
        kind = words.kind_of_phrase(text[slice(*acronym.long)])
        if kind:
            yield Name(*acronym.long, kind, 0.7)
            yield Name(*acronym.short, kind, 0.7)


def _in_sentence(sentence: str) -> Iterator[Name]:
    yield from _introduced(sentence)
    for match in _DATA_BEHIND.finditer(sentence):
        if match.start() or not _PLAIN_WORD.fullmatch(match["name"]):
            yield from _trimmed(match["name"], match.start("name"), "Dataset", 0.65)
    yield from _listed(_DATA_LISTED, sentence, "Dataset", 0.62)
    yield from _listed(_EVALUATED, sentence, "Dataset", 0.55)
    yield from _listed(_COMPARED, sentence, "Method", 0.5, "compared")
    for match in _METRIC.finditer(sentence):
        if words.kind_of_phrase(match["name"]) == "Metric":
            yield Name(*match.span("name"), "Metric", 0.6)
    for pattern, confidence in ((_TASK, 0.45), (_TASK_BEHIND, 0.42)):
        for match in pattern.finditer(sentence):
            if not _NOT_IN_TASK.search(match["name"]):
                yield Name(*match.span("name"), "Task", confidence)
    for match in _SHAPED.finditer(sentence):
        yield from _trimmed(match.group(), match.start(), "Method", 0.4)


def _introduced(sentence: str) -> Iterator[Name]:
    """Names that the sentence introduces as its own."""
    for pattern in (_INTRODUCED, _CALLED, _APPOSED):
        for match in pattern.finditer(sentence):
            around = sentence[match.start() : match.end() + 60].lower()
            kind, cue = _own(bool(re.search(rf"\b{words.OWN_DATA}\b", around)))
            yield from _trimmed(match["name"], match.start("name"), kind, 0.75, cue)


def _own(is_data: bool) -> tuple[Kind, str]:
    return ("Dataset", "introduced") if is_data else ("Method", "proposed")


def _listed(
    pattern: re.Pattern[str], sentence: str, kind: Kind, confidence: float, cue: str = ""
) -> Iterator[Name]:
    """Each name of the lists `A, B and C` that `pattern` finds."""
    for match in pattern.finditer(sentence):
        for item in _LIST_BREAK.finditer(match["list"]):
            for name in re.finditer(_PHRASE, item.group()):
                start = match.start("list") + item.start() + name.start()
                yield from _trimmed(name.group(), start, kind, confidence, cue)


def _trimmed(name: str, start: int, kind: Kind, confidence: float, cue: str = "") -> Iterator[Name]:
    """The candidate without possessive, closing dot and generic words before it."""
    kept = re.sub(r"(?:'s|['./-])$", "", name)
    while " " in kept and kept.partition(" ")[0] in words.NO_NAMES:
        first = kept.partition(" ")[0]
        start, kept = start + len(first) + 1, kept[len(first) + 1 :]
    if _is_name(kept):
        yield Name(start, start + len(kept), kind, confidence, cue)


def _is_name(name: str) -> bool:
    """Whether `name` has the shape of a name: not one plain short word, not generic words only."""
    parts = name.split()
    if all(part in words.NO_NAMES or words.ADJECTIVE.search(part) for part in parts):
        return False
    is_shaped = bool(re.search(r"[A-Z0-9]", name[1:])) or len(name) > 4
    return len(parts) > 1 or (len(name) > 1 and is_shaped)
