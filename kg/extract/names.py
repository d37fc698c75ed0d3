"""Names by rule: what a text itself gives as a name, and in which words it says of what kind.

Each rule looks at one sentence (or the title) and yields candidates, which may overlap.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.evidence import sentences
from kg.extract import patterns
from kg.extract.acronyms import Acronym
from kg.extract.candidates import Cue, Name, is_name, one_each, trimmed
from kg.extract.links import Link
from kg.extract.vocabulary import OWN_DATA, kind_of_phrase
from kg.keys import canonical_key, known_name
from kg.records import KINDS, Kind

_LONGEST_TITLE = 500  # characters that are searched again
_WORD = re.compile(r"[\w@+-]+")
_IS_DATA = re.compile(rf"\b{OWN_DATA}\b", re.IGNORECASE)
_DATA_BEFORE = re.compile(rf"\b{OWN_DATA},? $", re.IGNORECASE)


def find_names(
    text: str,
    links: Sequence[Link] = (),
    acronyms: Sequence[Acronym] = (),
    known: Iterable[Name] = (),
) -> list[Name]:
    """What `text` and `known` give as names, in order, one for the same bounds; none in a link."""
    found = [*known, *_by_title(text), *_by_acronym(text, acronyms)]
    for start, stop in sentences(text):
        found += [_moved(name, start) for name in _in_sentence(text[start:stop])]
    in_links = {place for link in links for place in range(link.start, link.stop)}
    return one_each(found, in_links)


def _moved(name: Name, by: int) -> Name:
    return replace(name, start=name.start + by, stop=name.stop + by)


def _by_title(text: str) -> Iterator[Name]:
    """`Recformer: Text Is All You Need` names the paper's own work.

    Plain words (`Mind the Gap: ...`) do so only where the abstract takes them up again.
    """
    title, _, abstract = text.partition("\n")
    match = patterns.TITLE.match(title)
    if not match or len(match["name"].split()) > 4 or not is_name(match["name"]):
        return
    is_coined = " " not in match["name"] and not patterns.PLAIN_WORD.fullmatch(match["name"])
    if is_coined or match["name"] in abstract:
        is_data = patterns.TITLE_DATA.match(title[match.end() :].lower()) or (
            patterns.DATA_SHAPED.fullmatch(match["name"])
        )
        yield Name(*match.span("name"), "Dataset" if is_data else "Method", 0.83, "own")


def _by_acronym(text: str, acronyms: Sequence[Acronym]) -> Iterator[Name]:
    """Both forms of each acronym; the short one wherever it stands, the long one in the title."""
    kinds: dict[str, Kind] = {}
    title = text.partition("\n")[0][:_LONGEST_TITLE]
    for acronym in acronyms:
        short, long = text[slice(*acronym.short)], text[slice(*acronym.long)]
        cue: Cue = "own" if _is_introduced(text, acronym) else ""
        kind = _kind_of(long) or ("Method" if cue else None)
        if kind:
            kinds[short] = kind
            yield Name(*acronym.long, kind, 0.82, cue)
            yield Name(*acronym.short, kind, 0.82, cue)
            again = re.search(rf"\b{re.escape(long)}s?\b", title, re.IGNORECASE)
            if again:
                yield Name(*again.span(), kind, 0.81)
    for word in _WORD.finditer(text):
        if word.group() in kinds:
            yield Name(*word.span(), kinds[word.group()], 0.81)


def _is_introduced(text: str, acronym: Acronym) -> bool:
    """Whether `we propose ...` stands before an acronym; `a` known thing is not the paper's own."""
    before = text[max(acronym.long[0] - 90, 0) : min(acronym.long[0], acronym.short[0])]
    match = patterns.WE_MAKE.search(before) and patterns.INTRODUCING.search(before)
    is_any = match is not None and match["article"] in {"a", "an"}
    return bool(match) and not (is_any and _known_kind(text[slice(*acronym.long)]))


def _kind_of(phrase: str) -> Kind | None:
    return _known_kind(phrase) or kind_of_phrase(phrase)


def _known_kind(phrase: str) -> Kind | None:
    known = (kind for kind in KINDS if known_name(kind, canonical_key(kind, phrase)))
    return next(known, None)


def _in_sentence(sentence: str) -> Iterator[Name]:
    yield from _own(sentence)
    for match in patterns.DATA_BEHIND.finditer(sentence):
        if match.start() or not patterns.PLAIN_WORD.fullmatch(match["name"]):
            yield from trimmed(match["name"], match.start("name"), "Dataset", 0.65)
    yield from _listed(patterns.DATA_LISTED, sentence, "Dataset", 0.62)
    yield from _listed(patterns.EVALUATED, sentence, "Dataset", 0.55)
    yield from _listed(patterns.COMPARED, sentence, "Method", 0.5, "compared")
    yield from _metrics(sentence)
    for pattern, confidence in ((patterns.TASK, 0.45), (patterns.TASK_BEHIND, 0.42)):
        for match in pattern.finditer(sentence):
            if not patterns.NOT_IN_TASK.search(match["name"]):
                yield Name(*match.span("name"), "Task", confidence)
    yield from _by_shape(sentence)


def _own(sentence: str) -> Iterator[Name]:
    """Names that the sentence gives to what the paper makes."""
    for pattern in (patterns.INTRODUCED, patterns.CALLED, patterns.APPOSED):
        for match in pattern.finditer(sentence):
            before = sentence[: match.start("name")]
            if not before.strip(" ") or patterns.WE_MAKE.search(before):
                yield from _made(sentence, match)
    for pattern in (patterns.OUR, patterns.IS_MADE):
        for match in pattern.finditer(sentence):
            yield from _made(sentence, match)


def _made(sentence: str, match: re.Match[str]) -> Iterator[Name]:
    """The name of a match, but for `a Transformer`, which is any; a plain word must follow `we`."""
    article = match.groupdict().get("article") or ""
    is_any = article.startswith("a") and _known_kind(match["name"])
    is_plain = match.start("name") == 0 and patterns.PLAIN_WORD.fullmatch(match["name"])
    if not is_any and not is_plain:
        is_data = _IS_DATA.search(sentence, match.start(), match.end() + 60) or (
            _DATA_BEFORE.search(sentence, 0, match.start())
        )
        kind = _made_kind(match["name"], is_data=bool(is_data))
        yield from trimmed(match["name"], match.start("name"), kind, 0.82, "own")


def _made_kind(name: str, *, is_data: bool) -> Kind:
    if name.endswith("Score"):
        return "Metric"
    return "Dataset" if is_data or patterns.DATA_SHAPED.fullmatch(name) else "Method"


def _metrics(sentence: str) -> Iterator[Name]:
    for match in patterns.METRIC.finditer(sentence):
        if kind_of_phrase(match["name"]) == "Metric":
            yield Name(*match.span("name"), "Metric", 0.6)
    for pattern in (patterns.METRIC_VALUE, patterns.VALUE_METRIC):
        for match in pattern.finditer(sentence):
            if not patterns.NOT_IN_METRIC.search(match["name"]):
                yield Name(*match.span("name"), "Metric", 0.5)


def _by_shape(sentence: str) -> Iterator[Name]:
    for match in patterns.VERSION.finditer(sentence):
        yield Name(*match.span(), "Method", 0.81)
    for match in patterns.SHAPED.finditer(sentence):
        if not patterns.NO_SHAPED_NAME.fullmatch(match.group()):
            is_data = patterns.DATA_SHAPED.fullmatch(match.group())
            kind: Kind = "Dataset" if is_data else "Method"
            yield from trimmed(match.group(), match.start(), kind, 0.4)


def _listed(
    pattern: re.Pattern[str], sentence: str, kind: Kind, confidence: float, cue: Cue = ""
) -> Iterator[Name]:
    """Each name of the lists `A, B and C` that `pattern` finds."""
    for match in pattern.finditer(sentence):
        for item in patterns.LIST_BREAK.finditer(match["list"]):
            for name in re.finditer(patterns.PHRASE, item.group()):
                start = match.start("list") + item.start() + name.start()
                yield from trimmed(name.group(), start, kind, confidence, cue)
