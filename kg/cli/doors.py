"""Commands that lead a graph out: into Neo4j, into a page."""

from collections.abc import Iterable
from contextlib import closing, suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.api import KnowledgeGraph, open_graph
from kg.cli.options import GRAPH, PAGE, Graph, Output, User, connect
from kg.errors import KgError
from kg.exports.lines import to_line, to_objects
from kg.tables import counted
from kg.terminal import print_json_line, print_line, progress, waiting

IN_BROWSER = "open it in a browser"


class _Form(StrEnum):
    """The forms of files."""

    jsonl = "jsonl"


def load(
    store: Annotated[str, typer.Argument(help="Address, such as bolt://localhost:7687.")],
    user: User = "neo4j",
    graph: Graph = GRAPH,
) -> None:
    """Load a graph into Neo4j.

    The nodes that kg wrote there become those of this graph: a second time changes nothing,
    another graph takes its place; nothing else in the database is touched. The password is
    read from NEO4J_PASSWORD, else asked for.

    Example: kg load bolt://localhost:7687 --user neo4j
    """
    from kg.stores.load import load as load_graph  # noqa: PLC0415 - neo4j is slow to import

    with open_graph(graph) as knowledge, connect(store, user) as neo4j, knowledge.frozen():
        totals = knowledge.stats()
        nodes = progress(knowledge.nodes(), "nodes", sum(totals["nodes"].values()))
        edges = progress(knowledge.edges(), "relationships", sum(totals["relationships"].values()))
        done = load_graph(neo4j, nodes, edges, text_of=knowledge.text_of)
    print_line(
        f"{store}: {counted(done.nodes, 'node')} ({done.nodes_created:,} created, "
        f"{done.nodes_removed:,} removed), {counted(done.relationships, 'relationship')} "
        f"({done.relationships_created:,} created, {done.relationships_removed:,} removed)"
    )


def html(graph: Graph = GRAPH, output: Output = PAGE) -> None:
    """Write the explorer, one HTML file.

    It needs no server and no network.

    Example: kg html -o explorer.html
    """
    with open_graph(graph) as knowledge:
        write_page(knowledge, output)


def export(
    form: Annotated[_Form, typer.Argument(help="The form of the file.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write, instead of stdout.")
    ] = None,
    graph: Graph = GRAPH,
) -> None:
    """Write a graph as a file.

    In JSON Lines, nodes and then relationships, one a line; of equal graphs the files are equal.

    Example: kg export jsonl -o graph.jsonl --graph demo.kg
    """
    with (
        open_graph(graph) as knowledge,
        knowledge.frozen(),
        closing(to_objects(knowledge.nodes(), knowledge.edges())) as found,
    ):
        if output:
            write_file(map(to_line, found), output)
        else:
            for one in found:
                print_json_line(one)


def write_page(knowledge: KnowledgeGraph, output: Path) -> None:
    """Writes the explorer to `output`, and says so."""
    with waiting("drawing the graph"):
        page = knowledge.to_html()
    write_file([page], output, IN_BROWSER)


def write_file(pieces: Iterable[str], output: Path, advice: str = "") -> None:
    """Writes text in pieces to `output`; of a file it says so, with advice on what to do with it.

    Raises: KgError if it cannot be written; a former file stays then.
    """
    if output.exists() and not output.is_file():  # a pipe or /dev/null, which must stay what it is
        _write(pieces, output, output)
        return
    part = output.parent / f"{output.name}.part"
    try:
        _write(pieces, part, output)
        part.replace(output)
    except OSError as error:
        raise _unwritable(output, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    print_line("; ".join(filter(None, (f"{output}: {_size(output)}", advice))))


def _write(pieces: Iterable[str], file: Path, output: Path) -> None:
    try:
        with file.open("w", encoding="utf-8", errors="replace", newline="\n") as opened:
            opened.writelines(pieces)
    except OSError as error:
        raise _unwritable(output, error) from error


def _unwritable(output: Path, error: OSError) -> KgError:
    return KgError(f"{output}: cannot be written: {error.strerror}")


def _size(file: Path) -> str:
    size = file.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.1f} kB"
