"""Rows as a table for people: a row a line, or a column a line where the terminal is narrow."""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

_WIDTH = 120  # characters of a table that is not on a terminal
_GAP = 2  # between columns
_INDENT = 4  # of what stands below a row
_BELOW = ("evidence", "words", "code")  # what stands there, instead of in columns
_MARKED = ("evidence", "title", "words")
_NARROW = 20  # a column is not made narrower than its words and this, where there is room


def print_table(
    columns: Sequence[str], rows: Sequence[Mapping[str, object]], footer: str = ""
) -> None:
    """A table on stdout, and below it the footer or how many rows it has."""
    from rich.console import Console
    from rich.text import Text

    shown = [column for column in columns if not _says_nothing(column, columns, rows)]
    beside = [column for column in shown if column not in _BELOW]
    has_evidence = bool(beside) and "evidence" in shown
    heads = beside if has_evidence else shown
    widths = [
        min(max((len(_shown(row[column])) for row in rows), default=0), _NARROW) for column in heads
    ]
    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False)
    least = (max(width, len(column)) + _GAP for width, column in zip(widths, heads, strict=True))
    if rows and sum(least) > console.width:
        console.print(_blocks(shown, rows))
    elif has_evidence:
        _print_with_evidence(console, heads, rows)
    elif rows:
        console.print(_table(heads, rows, widths))
    console.print(Text(footer or counted(len(rows), "row"), style="dim"))


def _table(
    columns: Sequence[str], rows: Sequence[Mapping[str, object]], widths: Sequence[int]
) -> "Table":
    """A row a line, or several where cells are long; `widths` are the least."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", pad_edge=False)
    for column, width in zip(columns, widths, strict=True):
        said = [row[column] for row in rows if row[column] not in (None, "")]
        are_numbers = bool(said) and all(isinstance(value, int | float) for value in said)
        justify: Literal["left", "right"] = "right" if are_numbers else "left"
        table.add_column(Text(printable(column)), justify=justify, overflow="fold", min_width=width)
    for row in rows:
        table.add_row(*(_marked(row, column) for column in columns))
    return table


def _print_with_evidence(
    console: "Console", columns: Sequence[str], rows: Sequence[Mapping[str, object]]
) -> None:
    """A row a line, and below it, over the whole width, the sentence that it was read from."""
    from rich.padding import Padding
    from rich.text import Text

    widths = {
        column: max(len(column), *(len(_shown(row[column])) for row in rows)) for column in columns
    }
    while sum(widths.values()) + _GAP * len(widths) > console.width:
        widths[max(widths, key=lambda column: widths[column])] -= 1
    for number, row in enumerate(rows):
        table = _table(columns, [row], list(widths.values()))
        table.show_header = number == 0
        for column, width in zip(table.columns, widths.values(), strict=True):
            column.width = width
        console.print(table)
        sentence = _marked(row, "evidence", in_brackets=not console.color_system)
        console.print(Padding(sentence, (0, 0, 0, _INDENT)))
        if row.get("code"):
            console.print(Padding(Text(_shown(row["code"])), (0, 0, 0, _INDENT)))


def _blocks(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> "Table":
    """A column a line, for a terminal that is too narrow for a table; rows stand apart."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        for column in columns:
            table.add_row(Text(printable(column)), _marked(row, column))
        table.add_row("", "")
    return table


def _marked(row: Mapping[str, object], column: str, *, in_brackets: bool = False) -> "Text":
    """A cell, with the words marked that the row is about: in colour, or in brackets."""
    from rich.text import Text

    shown = _shown(row[column])
    words = re.escape(printable(str(row.get("words") or ""))) if column in _MARKED else ""
    whole = re.compile(rf"(?<!\w){words}(?!\w)") if words else None
    if whole and in_brackets:
        return Text(whole.sub(lambda match: f"[{match.group()}]", shown))
    cell = Text(shown)
    if whole:
        cell.highlight_regex(whole, "bold green")
    return cell


def counted(count: int, what: str) -> str:
    """How many there are of what, such as `1 paper` or `2,000 papers`."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def printable(text: str) -> str:
    """`text` in one line, with a mark in the place of each sign that would steer a terminal."""
    line = " ".join(text.splitlines())
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in line)


def cell(value: Any) -> str:
    """A value as text: None is "", a list its items."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, list | tuple):
        return ", ".join(map(cell, value))
    return str(value) if not isinstance(value, dict) else json.dumps(value, ensure_ascii=False)


def _shown(value: object) -> str:
    """A cell of a table, in one line."""
    return printable(cell(value))


def _says_nothing(
    column: str, columns: Sequence[str], rows: Sequence[Mapping[str, object]]
) -> bool:
    """Whether a person misses nothing without `column`: another holds it, or it is empty."""
    is_offset = column in {"start", "stop"} and "words" in columns
    is_part = column in {"number", "unit", "words"} and "value" in columns
    is_id = column == "repository" and "url" in columns
    return is_offset or is_part or is_id or not any(_shown(row[column]) for row in rows)
