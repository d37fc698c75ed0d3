"""Commands that lead a graph out: into Neo4j, into a page, into files."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.api import KnowledgeGraph, open_graph
from kg.cli.options import (
    GRAPH,
    PAGE,
    Address,
    Certificate,
    Database,
    Graph,
    Output,
    User,
    connect,
)
from kg.digests import everything, graph_id
from kg.errors import KgError
from kg.exports.bulk import FINISH, IMPORT, import_command, write_import
from kg.exports.lines import to_line, to_objects
from kg.tables import counted
from kg.terminal import print_json_line, print_line, progress, waiting

if TYPE_CHECKING:
    from kg.stores.load import Loaded

IN_BROWSER = "open it in a browser"
_NAMED = 5  # nodes that are named where more are meant


class _Form(StrEnum):
    """The forms of files."""

    jsonl = "jsonl"
    neo4j_admin = "neo4j-admin"


def load(
    store: Address,
    user: User = "neo4j",
    database: Database = None,
    certificate: Certificate = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the place of another graph that lies there.")
    ] = False,
    graph: Graph = GRAPH,
) -> None:
    """Load a graph into Neo4j.

    What kg wrote there becomes equal to this graph: only what is new, changed or gone is sent.
    What you have added yourself stays: labels, properties, relationships. The password is read
    from NEO4J_PASSWORD, else asked for.

    Example: kg load bolt://localhost:7687 --user neo4j
    """
    from kg.stores.load import load as load_graph  # noqa: PLC0415 - neo4j is slow to import

    with (
        open_graph(graph) as knowledge,
        connect(store, user, database, certificate) as neo4j,
    ):
        done = load_graph(neo4j, knowledge.ledger, replace=replace, watch=progress)
    for line in _lines(done):
        print_line(f"{store}: {line}")


def _lines(done: "Loaded") -> Iterator[str]:
    """What is said of a load."""
    present, created = done.schema.present, done.schema.created
    yield f"{counted(present, 'constraint')} and indexes present, {created} created"
    changed = f"; {counted(done.nodes_changed, 'node')} changed" if done.nodes_changed else ""
    yield (
        f"{counted(done.nodes, 'node')} ({done.nodes_created:,} created, "
        f"{done.nodes_removed:,} removed), {counted(done.relationships, 'relationship')} "
        f"({done.relationships_created:,} created, {done.relationships_removed:,} removed){changed}"
    )
    if done.kept:
        yield _kept(done.kept)


def _kept(ids: Sequence[str]) -> str:
    """What is said of nodes that stay though they have left the graph."""
    named = ", ".join(ids[:_NAMED]) + (", ..." if len(ids) > _NAMED else "")
    has = "has left the graph but stays" if len(ids) == 1 else "have left the graph but stay"
    return f"{counted(len(ids), 'node')} {has}, since you have tied something to it: {named}"


def html(graph: Graph = GRAPH, output: Output = PAGE) -> None:
    """Write the explorer, one HTML file.

    It needs no server and no network.

    Example: kg html -o explorer.html
    """
    with open_graph(graph) as knowledge:
        write_page(knowledge, output)


def export(
    form: Annotated[_Form, typer.Argument(help="The form of the file.")],
    folder: Annotated[
        Path | None, typer.Argument(help="Folder to write, of neo4j-admin.", show_default=False)
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File to write, of jsonl, instead of stdout."),
    ] = None,
    graph: Graph = GRAPH,
) -> None:
    """Write a graph as a file, or as a folder of files.

    In JSON Lines, nodes and then relationships, one a line; of equal graphs the files are equal.
    For neo4j-admin, tables that Neo4j reads while it is stopped, which for a large graph is the
    quickest way in; the command to do so is printed.

    Example: kg export jsonl -o graph.jsonl --graph demo.kg
    """
    if form is _Form.jsonl:
        if folder:
            raise typer.BadParameter(f"jsonl is one file; write -o {folder}")
        _export_lines(output, graph)
    elif output or not folder:
        raise typer.BadParameter("neo4j-admin is a folder; write kg export neo4j-admin FOLDER")
    else:
        _export_tables(folder, graph)


def _export_lines(output: Path | None, graph: Path) -> None:
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


def _export_tables(folder: Path, graph: Path) -> None:
    with open_graph(graph) as knowledge, knowledge.frozen():
        nodes = knowledge.stats()["nodes"]
        total = sum(count for label, count in nodes.items() if label != "Result")
        wholes = progress(everything(knowledge.ledger), "papers and what they name", total)
        try:
            done = write_import(folder, graph_id(knowledge.ledger), wholes)
        except OSError as error:
            raise _unwritable(folder, error) from error
    counts = f"{counted(done.nodes, 'node')}, {counted(done.relationships, 'relationship')}"
    print_line(f"{folder}: {counts}, {_told(done.size)}")
    print_line(f"while Neo4j is stopped, run there, as {IMPORT} does:")
    for line in import_command().splitlines():
        print_line(line)
    print_line(f"then start it, and run there: cypher-shell --file {FINISH}")


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
    print_line("; ".join(filter(None, (f"{output}: {_told(output.stat().st_size)}", advice))))


def _write(pieces: Iterable[str], file: Path, output: Path) -> None:
    try:
        with file.open("w", encoding="utf-8", errors="replace", newline="\n") as opened:
            opened.writelines(pieces)
    except OSError as error:
        raise _unwritable(output, error) from error


def _unwritable(output: Path, error: OSError) -> KgError:
    return KgError(f"{output}: cannot be written: {error.strerror}")


def _told(size: int) -> str:
    """A number of bytes."""
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.1f} kB"
