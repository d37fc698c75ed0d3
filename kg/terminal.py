"""What the command line shows: rows as a table, JSON or CSV on stdout; progress on stderr."""

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, TypeVar

from kg.records import Extraction, Paper
from kg.tables import cell, counted, print_table, printable

if TYPE_CHECKING:
    from kg.queries import Query
    from kg.stores.protocol import Rows

_T = TypeVar("_T")


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
        writer.writerows([cell(row[column]) for column in rows.columns] for row in rows)
    else:
        print_table(rows.columns, rows)


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
        names = [extraction.terms[cell].name for cell in cells if cell is not None]
        if result.baseline is not None:
            names.append(f"against {extraction.terms[result.baseline].name}")
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


def _usage(query: "Query") -> Iterator[str]:
    """`dataset=Dataset`, and `[limit=20]` where there is a default."""
    for one in query.parameters:
        given = one.type if one.default is None else one.default
        yield f"{one.name}={given}" if one.default is None else f"[{one.name}={given}]"
