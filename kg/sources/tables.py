"""Tables as text (CSV): a header row; cells apart by comma, semicolon or tab, quoted by `"`."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, dropwhile

from kg.records import Rejected
from kg.sources.fields import Record, record_of
from kg.sources.lines import Line

_DELIMITERS = ",;\t"
_MAX_ROW = 200_000  # characters
_CURE = "close each quoted cell, and double the quotes in it"


def is_table(head: str) -> bool:
    """Whether the first row names a column `title` and one `abstract` or `summary`."""
    return bool(_delimiter(head.lstrip().partition("\n")[0]))


def read_table(lines: Iterable[Line], name: str) -> Iterator[Record]:
    """A record for each row below the header, its place that of the row's first line."""
    filled = dropwhile(lambda line: not line.text.strip(), lines)
    first = next(filled, Line(1, ""))
    delimiter = _delimiter(first.text) or _DELIMITERS[0]
    header: list[str] = []
    for row in _rows(chain([first], filled), delimiter):
        where = f"{name}:{row.number}"
        if not header:
            header = row.cells
        elif row.flaw:
            yield Rejected(where, row.flaw)
        elif len(row.cells) != len(header):
            counts = f"has {len(row.cells)} cells, but the header {len(header)}"
            yield Rejected(where, f"{counts}; a cell that holds the delimiter needs quotes")
        else:
            yield record_of(dict(zip(header, row.cells, strict=True)), where)


def _delimiter(header: str) -> str:
    """The delimiter by which `header` has the columns that a paper needs, or ""."""
    for delimiter in _DELIMITERS:
        with suppress(csv.Error):
            cells = next(csv.reader([header.strip()], delimiter=delimiter), [])
            names = {cell.strip().lower() for cell in cells}
            if "title" in names and names & {"abstract", "summary"}:
                return delimiter
    return ""


@dataclass(frozen=True, slots=True)
class _Row:
    number: int  # of its first line
    cells: list[str]
    flaw: str = ""


def _rows(lines: Iterator[Line], delimiter: str) -> Iterator[_Row]:
    """The rows that are not blank.

    A bad row costs its first line only: lines that it drew in, because a quote is never closed,
    are read again; once, so that the time stays linear.
    """
    feed = _Feed(lines)
    while True:
        try:
            for cells in csv.reader(feed, delimiter=delimiter, strict=True):
                row = _Row(feed.row[0].number, cells, _flaw(feed.row))
                feed.row.clear()
                if row.flaw or any(map(str.strip, cells)):
                    yield row
            return
        except csv.Error as error:
            flaw = _flaw(feed.row) or f"is no row of a table ({error}); {_CURE}"
            yield _Row(feed.row[0].number, [], flaw)
            feed.repeat()


def _flaw(lines: list[Line]) -> str:
    return next((line.flaw for line in lines if line.flaw), "")


class _Feed:
    """Lines as `csv.reader` draws them; `row` holds those of the row that is being read."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self.row: list[Line] = []
        self._lines = lines
        self._size = 0
        self._again: deque[Line] = deque()
        self._last_again = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self._size = self._size if self.row else 0
        if self._size > _MAX_ROW:
            raise StopIteration
        line = self._again.popleft() if self._again else next(self._lines)
        self.row.append(line)
        self._size += len(line.text) + 1
        return line.text.replace("\r", " ") + "\n"

    def repeat(self) -> None:
        """Let the lines of the row be drawn again, but for its first and those drawn twice."""
        self._again.extend(line for line in self.row[1:] if line.number > self._last_again)
        self._last_again = max(self._last_again, self.row[-1].number)
        self.row.clear()
