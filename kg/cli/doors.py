"""Commands that lead a graph out: into Neo4j, into a page."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from kg.api import KnowledgeGraph, open_graph
from kg.cli.options import GRAPH, PAGE, Graph, Output, User, connect
from kg.errors import KgError
from kg.tables import counted
from kg.terminal import print_line, progress, waiting


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


def write_page(knowledge: KnowledgeGraph, output: Path) -> None:
    """Writes the explorer to `output`, and says so."""
    with waiting("drawing the graph"):
        page = knowledge.to_html()
    write_file(page, output)


def write_file(page: str, output: Path) -> None:
    """Writes a page to `output`, and says so.

    Raises: KgError if it cannot be written.
    """
    part = output.parent / f"{output.name}.part"  # so that a former page is never lost halfway
    try:
        part.write_text(page, encoding="utf-8", newline="\n")
        part.replace(output)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise KgError(f"{output}: cannot be written: {error.strerror}") from error
    print_line(f"{output}: {_size(page)}; open it in a browser")


def _size(page: str) -> str:
    size = len(page.encode())
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.1f} kB"
