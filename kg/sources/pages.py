"""Saved Daily Papers pages: titles and abstracts between the page's furniture.

Paragraphs stand between blank lines. First comes the page's banner (`Subscribe`, its own day),
then title, abstract, title, abstract, ...; on some pages an entry ends in a footer of three
lines: its organisation or its number of authors, `·`, its date with its number of comments.
No title ends in a full stop: so an abstract may have several paragraphs, or be missing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from kg.records import Rejected
from kg.sources.cleaning import iso_date, one_line
from kg.sources.fields import MAX_ABSTRACT, Record, record_of
from kg.sources.lines import Line

_DAY = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}"
_DATE = re.compile(rf"{_DAY}, \d{{4}}(?: \d+)?")  # with the number of comments
_DOT = "·"
_TELLTALE = re.compile(
    r"Get trending papers in your email inbox.{0,40}|Daily Papers"
    r"|by.{0,40} and the research community|• \d+ authors?"
)
_FURNITURE = re.compile(
    rf"{_TELLTALE.pattern}|{_DATE.pattern}|{_DAY}|{_DOT}|new|Subscribe", re.IGNORECASE
)
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class _Paragraph:
    number: int  # of its first line
    text: str  # without furniture
    flaw: str
    date: str  # of a footer, which ends an entry


@dataclass(slots=True)
class _Entry:
    number: int = 0
    title: str = ""
    abstract: str = ""
    date: str = ""
    flaw: str = ""


def is_page(head: str) -> bool:
    """Whether a line of the file's beginning is furniture that only these pages have."""
    return any(_TELLTALE.fullmatch(line.strip()) for line in head.split("\n"))


def read_page(lines: Iterable[Line], name: str) -> Iterator[Record]:
    """A record for each entry of the page, its place that of its title."""
    for entry in _entries(_paragraphs(lines)):
        where = f"{name}:{entry.number}"
        if entry.flaw:
            yield Rejected(where, entry.flaw)
        elif entry.title:
            fields = {"title": entry.title, "abstract": entry.abstract, "date": entry.date}
            yield record_of(fields, where)


def _entries(paragraphs: Iterable[_Paragraph]) -> Iterator[_Entry]:
    """The entries in order; the first, and one between a footer and a title, may be empty."""
    entry = _Entry()
    for paragraph in paragraphs:
        if paragraph.text and (not entry.title or _is_title(paragraph.text)):
            yield entry
            entry = _Entry(paragraph.number, paragraph.text)
        elif len(entry.abstract) <= MAX_ABSTRACT:
            entry.abstract += f"\n{paragraph.text}"
        entry.number = entry.number or paragraph.number
        entry.flaw = entry.flaw or paragraph.flaw
        if paragraph.date:
            entry.date = paragraph.date
            yield entry
            entry = _Entry()
    yield entry


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and not text.endswith(".") and "://" not in text


def _paragraphs(lines: Iterable[Line]) -> Iterator[_Paragraph]:
    clean = (replace(line, text=one_line(line.text)) for line in lines)
    for gap, run in groupby(clean, key=_gap):
        if gap != "blank":
            paragraph = _paragraph(list(_bounded(run)))
            if paragraph.text or paragraph.flaw or paragraph.date:
                yield paragraph


def _gap(line: Line) -> str:
    """What stands between paragraphs: a blank line, or the place where the file breaks off."""
    return "" if line.text else line.flaw or "blank"


def _bounded(run: Iterable[Line]) -> Iterator[Line]:
    """The lines of a paragraph, but not many more than make it too long for an abstract."""
    size = 0
    for line in run:
        if size > MAX_ABSTRACT:
            return
        size += len(line.text)
        yield line


def _paragraph(lines: list[Line]) -> _Paragraph:
    texts = [line.text for line in lines]
    stop = max(texts.index(_DOT) - 1, 0) if _DOT in texts else len(texts)
    if all(_FURNITURE.fullmatch(text) for text in texts[:stop]):
        stop = 0
    flaw = next((line.flaw for line in lines[:stop] if line.flaw), "")
    date = next((iso_date(text) for text in texts[stop:] if _DATE.fullmatch(text)), "")
    return _Paragraph(lines[0].number, one_line("\n".join(texts[:stop])), flaw, date)
