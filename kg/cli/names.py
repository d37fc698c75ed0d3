"""The command that says what names denote, for programs that join tables of their own."""

import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import lru_cache, partial
from pathlib import Path
from typing import Annotated

import typer

from kg.api import open_graph
from kg.cli.options import AsJson
from kg.cli.reading import complain
from kg.records import Kind, Rejected, kind_called
from kg.resolve.finding import Resolved, resolve_in, resolve_name
from kg.terminal import print_json_line, print_line

_LONE = re.compile(r"[\ud800-\udfff]")
_SHOWN = 40  # characters of what is no kind
_WRONG = 1  # the exit code where a line says nothing that can be resolved
_Graph = Annotated[
    Path | None, typer.Option("--graph", "-g", help="Folder of a graph; without one names alone.")
]


def resolve(graph: _Graph = None, as_json: AsJson = False) -> None:
    """Say what names denote, a line each, for programs.

    It reads lines of kind, tab, name on stdin and prints for each an id, a name and a reason, as a
    JSON object with --json. Names alone decide, or with --graph what its papers and
    corrections say of them. A line that says nothing usable is told on stderr, and has no id.

    Example: printf 'Dataset\\tCifar 10\\n' | kg resolve --json
    """
    with ExitStack() as opened:
        decide: Callable[[Kind, str], Resolved] = resolve_name
        if graph:
            knowledge = opened.enter_context(open_graph(graph))
            opened.enter_context(knowledge.frozen())
            decide = partial(resolve_in, knowledge.ledger)
        is_whole = _print(
            _resolved(_typed_lines(), lru_cache(maxsize=100_000)(decide)), as_json=as_json
        )
    if not is_whole:
        raise typer.Exit(_WRONG)


def _typed_lines() -> Iterator[str]:
    """The lines of stdin without their ends; bytes that are not UTF-8 become lone surrogates."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape")
    for line in sys.stdin:
        yield line.rstrip("\r\n")


def _resolved(
    lines: Iterable[str], decide: Callable[[Kind, str], Resolved]
) -> Iterator[Resolved | Rejected]:
    """What each line that is not blank denotes, or what is wrong with it."""
    for number, line in enumerate(lines, 1):
        kind, name, fault = _parts(line)
        if kind:
            yield decide(kind, name)
        elif line.strip():
            cure = "write Dataset, a tab, and CIFAR-10"
            yield Rejected(f"stdin:{number}", f"{fault}; {cure}")


def _parts(line: str) -> tuple[Kind | None, str, str]:
    """Kind and name in a line; else what is wrong with it."""
    typed, *names = line.split("\t")
    kind, name = kind_called(typed), "".join(names).strip()
    if _LONE.search(line):
        return None, "", "is not UTF-8"
    if names and not kind:
        return None, "", f'"{typed[:_SHOWN]}" is no kind'
    if len(names) != 1 or not name:
        return None, "", "is no kind, tab and name"
    return kind, name, ""


def _print(found: Iterable[Resolved | Rejected], *, as_json: bool) -> bool:
    """Prints what was found, a line each; says whether nothing was wrong."""
    is_whole = True
    for one in found:
        if isinstance(one, Rejected):
            complain(one)
            is_whole = False
            row: dict[str, str | None] = {"id": None, "name": None, "reason": one.reason}
        else:
            row = {"id": one.id or None, "name": one.name, "reason": one.reason}
        if as_json:
            print_json_line(row)
        else:
            print_line("  ".join(value or "-" for value in row.values()))
    return is_whole
