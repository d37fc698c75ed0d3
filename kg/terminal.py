"""What the command line shows: rows as a table, JSON or CSV on stdout; progress on stderr."""

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from kg.records import Extraction, Paper

if TYPE_CHECKING:
    from kg.queries import Query
    from kg.stores.protocol import Rows

_T = TypeVar("_T")
_WIDTH = 120  # characters of a table that is not on a terminal
_NARROW = 20  # a column is not made narrower than its words and this, where there is room


def print_line(text: str) -> None:
    """One line on stdout."""
    sys.stdout.write(f"{printable(text)}\n")


def print_error(text: str) -> None:
    """One line on stderr."""
    sys.stderr.write(f"{printable(text)}\n")


def print_json(value: object) -> None:
    """A value as JSON on stdout, indented."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def print_json_line(value: object) -> None:
    """A value as one line of JSON on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def print_rows(rows: "Rows", *, as_json: bool = False, as_csv: bool = False) -> None:
    """Rows as a table, a JSON list of objects, or CSV with a head."""
    if as_json:
        print_json(list(rows))
    elif as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(rows.columns)
        writer.writerows([_cell(row[column]) for column in rows.columns] for row in rows)
    else:
        print_table(rows.columns, rows)


def print_table(
    columns: Sequence[str], rows: Sequence[Mapping[str, object]], footer: str = ""
) -> None:
    """A table on stdout, and below it the footer or how many rows it has."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", pad_edge=False)
    shown = [column for column in columns if not _says_nothing(column, columns, rows)]
    for column in shown:
        are_numbers = all(isinstance(row[column], int | float) for row in rows)
        justify: Literal["left", "right"] = "right" if are_numbers else "left"
        widest = max((len(_shown(row[column])) for row in rows), default=0)
        width = min(widest, _NARROW)
        table.add_column(Text(printable(column)), justify=justify, overflow="fold", min_width=width)
    for row in rows:
        cells = [Text(_shown(row[column])) for column in shown]
        for cell in cells:
            if row.get("words"):
                cell.highlight_words([str(row["words"])], "bold green")
        table.add_row(*cells)
    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False)
    if rows:
        console.print(table)
    console.print(Text(footer or counted(len(rows), "row"), style="dim"))


def print_queries(queries: Iterable["Query"]) -> None:
    """The named questions, each with its parameters."""
    rows = [
        {"question": query.name, "answers": query.summary, "parameters": " ".join(_usage(query))}
        for query in queries
    ]
    print_table(("question", "parameters", "answers"), rows)


def query_object(query: "Query") -> dict[str, object]:
    """A named question as a JSON object."""
    return asdict(query)


def print_extraction(paper: Paper, extraction: Extraction) -> None:
    """A paper's title and a table of what was found in it."""
    print_line("")
    print_line(f"{paper.id}  {paper.title}")
    terms = [
        {
            "kind": term.kind,
            "name": term.name if term.salient else f"({term.name})",
            "role": term.role,
            "mentions": len(term.mentions),
            "confidence": max(mention.confidence for mention in term.mentions),
        }
        for term in extraction.terms
    ]
    if terms:
        results = counted(len(extraction.results), "result")
        print_table(tuple(terms[0]), terms, footer=f"{counted(len(terms), 'term')}, {results}")
    for result in extraction.results:
        cells = (result.method, result.metric, result.dataset)
        names = (extraction.terms[cell].name for cell in cells if cell is not None)
        print_line(f"  {result.text.strip()} ({result.form}): {', '.join(names)}")


def progress(items: Iterable[_T], what: str, total: int | None) -> Iterator[_T]:
    """`items` with a bar on stderr: rate and time left; nothing where stderr is no terminal.

    What is written to stderr meanwhile stands above the bar; stdout is left alone.
    """
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as bar:
        task = bar.add_task(what, total=total, rate="")
        for item in items:
            yield item
            speed = bar.tasks[0].speed
            bar.update(task, advance=1, rate=f"{speed:,.0f}/s" if speed else "")


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Says on stderr what takes a while; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


def counted(count: int, what: str) -> str:
    """How many there are of what, such as `1 paper` or `2,000 papers`."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def printable(text: str) -> str:
    """`text` in one line, with a mark in the place of each sign that would steer a terminal."""
    line = " ".join(text.splitlines())
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in line)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return ", ".join(map(_cell, value))
    return str(value) if not isinstance(value, dict) else json.dumps(value, ensure_ascii=False)


def _shown(value: object) -> str:
    """A cell as a person reads it in a table: a URL goes without its scheme."""
    return printable(_cell(value)).removeprefix("https://")


def _says_nothing(
    column: str, columns: Sequence[str], rows: Sequence[Mapping[str, object]]
) -> bool:
    """Whether a person misses nothing without `column`: it is in another one, or empty."""
    is_offset = column in {"start", "stop"} and "words" in columns
    is_part = column in {"number", "unit"} and "value" in columns
    is_id = column == "repository" and "url" in columns
    return (
        is_offset
        or is_part
        or is_id
        or (bool(rows) and not any(_cell(row[column]) for row in rows))
    )


def _usage(query: "Query") -> Iterator[str]:
    """`dataset=Dataset`, and `[limit=20]` where there is a default."""
    for one in query.parameters:
        given = one.type if one.default is None else one.default
        yield f"{one.name}={given}" if one.default is None else f"[{one.name}={given}]"
