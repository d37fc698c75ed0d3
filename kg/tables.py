"""Rows as a table for people: a row a line, or a column a line where the terminal is narrow."""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

_WIDTH = 120  # characters of a table that is not on a terminal
_NARROW = 20  # a column is not made narrower than its words and this, where there is room


def print_table(
    columns: Sequence[str], rows: Sequence[Mapping[str, object]], footer: str = ""
) -> None:
    """A table on stdout, and below it the footer or how many rows it has."""
    from rich.console import Console
    from rich.text import Text

    shown = [column for column in columns if not _says_nothing(column, columns, rows)]
    widths = [
        min(max((len(_shown(row[column])) for row in rows), default=0), _NARROW) for column in shown
    ]
    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False)
    heads = (max(width, len(column)) + 2 for width, column in zip(widths, shown, strict=True))
    fits = sum(heads) <= console.width
    if rows:
        console.print(_table(shown, rows, widths) if fits else _blocks(shown, rows))
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


def _marked(row: Mapping[str, object], column: str) -> "Text":
    """A cell, with the words marked that the row is about."""
    from rich.text import Text

    cell = Text(_shown(row[column]))
    if row.get("words"):
        cell.highlight_words([str(row["words"])], "bold green")
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
