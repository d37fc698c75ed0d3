"""The command line: a command a stage. Errors of ours end here, in one line."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import __version__
from kg.api import DEFAULT_GRAPH, KnowledgeGraph, open_graph
from kg.errors import KgError, QueryError, StoreError
from kg.records import Paper, Rejected
from kg.terminal import print_error, print_json, print_line, print_rows, print_table, progress

if TYPE_CHECKING:
    from kg.stores.bolt import Neo4jStore
app = typer.Typer(
    name="kg",
    help="A knowledge graph of machine-learning papers, made from abstracts alone.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Sources = Annotated[list[Path], typer.Argument(help="Files of papers, of any known format.")]
Graph = Annotated[Path, typer.Option("--graph", "-g", help="Folder of the graph.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
Uri = Annotated[str, typer.Option("--store", help="Ask a Neo4j, such as bolt://localhost:7687.")]
User = Annotated[str, typer.Option("--user", help="Name of the Neo4j user.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="File to write.")]

_GRAPH = Path(DEFAULT_GRAPH)
_PAGE = Path("explorer.html")
_CANNOT = 1  # the exit code of our own errors; 2 is a wrong command line, as usual


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        print_line(f"kg {__version__}")
        raise typer.Exit


@app.command()
def demo(graph: Graph = Path("demo.kg"), output: Output = _PAGE) -> None:
    """Show it all on the papers that come with kg.

    Builds a graph of them, asks it two questions and writes the explorer.

    Example: kg demo
    """
    from kg.demo import QUESTIONS, sample

    with KnowledgeGraph(graph, create=True) as knowledge:
        _take_in(knowledge, sample(), None)
        for question, parameters in QUESTIONS:
            asked = " ".join(f"{name}={value}" for name, value in parameters.items())
            print_line(f"\n$ kg query {question} {asked} --graph {graph}")
            print_rows(knowledge.ask(question, **parameters))
        print_line("")
        _write_page(knowledge, output)
    print_line("next: `kg queries` lists what can be asked, `kg build FILE...` reads your papers")


@app.command()
def build(sources: Sources, graph: Graph = _GRAPH) -> None:
    """Read papers from files into a graph.

    What the graph holds already is left alone. Reads saved Daily Papers
    pages, JSON Lines and CSV, each also gzipped, and Parquet.

    Example: kg build papers.jsonl.gz saved_page.txt --graph papers.kg
    """
    from kg.sources import read

    records = read(sources)
    total = sum(1 for _ in read(sources)) if sys.stderr.isatty() else None
    with KnowledgeGraph(graph, create=True) as knowledge:
        counts = _take_in(knowledge, records, total)
    if counts["rejected"] == counts.total():
        raise typer.Exit(_CANNOT)


@app.command()
def extract(sources: Sources, as_json: AsJson = False) -> None:
    """Print what is found in papers.

    Makes no graph. With --json one object a line, such as scorers read.

    Example: kg extract papers.jsonl --json > found.jsonl
    """
    from kg.exports.extractions import extraction_object
    from kg.extract import extract as extracted
    from kg.extract import load_pipeline
    from kg.sources import distinct, read
    from kg.terminal import print_extraction, print_json_line

    papers, again = tee(_good(distinct(read(sources))))
    found = extracted(papers, load_pipeline())
    for paper, extraction in zip(again, progress(found, "extracting", None), strict=True):
        if as_json:
            print_json_line(extraction_object(extraction))
        else:
            print_extraction(paper, extraction)


@app.command()
def remove(
    papers: Annotated[list[str], typer.Argument(help="Ids of papers.")], graph: Graph = _GRAPH
) -> None:
    """Remove papers without a trace.

    Example: kg remove 2312.00752 --graph papers.kg
    """
    with open_graph(graph) as knowledge:
        knowledge.remove(papers)
        print_line(f"removed {_plural(len(set(papers)), 'paper')}; {_summary(knowledge)}")


@app.command()
def query(
    name: Annotated[str, typer.Argument(help="A named question; `kg queries` lists them.")],
    parameters: Annotated[
        list[str] | None, typer.Argument(help="What it asks for: key=value ...")
    ] = None,
    graph: Graph = _GRAPH,
    store: Uri = "",
    user: User = "neo4j",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Ask a named question.

    Example: kg query leaderboard dataset=imagenet
    """
    asked = dict(map(_pair, parameters or []))
    if store:
        from kg.queries import find_query
        from kg.stores.ask import ask

        with _connect(store, user) as neo4j:
            rows = ask(neo4j, find_query(name), asked)
    else:
        with open_graph(graph) as knowledge:
            rows = knowledge.ask(name, **asked)
    print_rows(rows, as_json=as_json, as_csv=as_csv)


@app.command()
def queries(as_json: AsJson = False) -> None:
    """List the named questions.

    Example: kg queries
    """
    from kg.queries import load_queries
    from kg.terminal import print_queries, query_object

    known = list(load_queries().values())
    if as_json:
        print_json([query_object(query) for query in known])
    else:
        print_queries(known)


@app.command()
def cypher(
    statement: Annotated[str, typer.Argument(help="A reading statement.")],
    graph: Graph = _GRAPH,
    store: Uri = "",
    user: User = "neo4j",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Run a reading Cypher statement.

    One that writes is refused.

    Example: kg cypher "MATCH (d:Dataset) RETURN d.name, d.papers ORDER BY d.papers DESC LIMIT 5"
    """
    if store:
        with _connect(store, user) as neo4j:
            rows = neo4j.run(statement)
    else:
        with open_graph(graph) as knowledge:
            rows = knowledge.cypher(statement)
    print_rows(rows, as_json=as_json, as_csv=as_csv)


@app.command()
def load(
    store: Annotated[str, typer.Argument(help="Address, such as bolt://localhost:7687.")],
    user: User = "neo4j",
    graph: Graph = _GRAPH,
) -> None:
    """Load a graph into Neo4j.

    A second time changes nothing. The password is read from NEO4J_PASSWORD, else asked for.

    Example: kg load bolt://localhost:7687 --user neo4j
    """
    from kg.stores.load import load as load_graph

    with open_graph(graph) as knowledge, _connect(store, user) as neo4j:
        totals = knowledge.stats()
        nodes = progress(knowledge.nodes(), "nodes", sum(totals["nodes"].values()))
        edges = progress(knowledge.edges(), "relationships", sum(totals["relationships"].values()))
        done = load_graph(neo4j, nodes, edges, text_of=knowledge.text_of)
    print_line(
        f"{store}: {_plural(done.nodes, 'node')} ({done.nodes_created:,} created, "
        f"{done.nodes_removed:,} removed), {_plural(done.relationships, 'relationship')} "
        f"({done.relationships_created:,} created, {done.relationships_removed:,} removed)"
    )


@app.command()
def html(graph: Graph = _GRAPH, output: Output = _PAGE) -> None:
    """Write the explorer, one HTML file.

    It needs no server and no network.

    Example: kg html -o explorer.html
    """
    with open_graph(graph) as knowledge:
        _write_page(knowledge, output)


@app.command()
def stats(graph: Graph = _GRAPH, as_json: AsJson = False) -> None:
    """Count nodes and relationships.

    Example: kg stats --json
    """
    with open_graph(graph) as knowledge:
        counts = knowledge.stats()
    if as_json:
        print_json(counts)
    else:
        for what, column in (("nodes", "label"), ("relationships", "type")):
            rows = [{column: name, "count": count} for name, count in counts[what].items()]
            print_table((column, "count"), rows, footer=f"{sum(counts[what].values()):,} {what}")


def main() -> None:
    """Runs the command line; the only place where the process ends."""
    try:
        app()
    except KgError as error:
        print_error(f"kg: {error}")
        sys.exit(_CANNOT)


def _take_in(
    knowledge: KnowledgeGraph, records: Iterable[Paper | Rejected], total: int | None
) -> Counter[str]:
    """Adds records to a graph; says at once what is wrong with one, then what was done."""
    counts: Counter[str] = Counter()
    for outcome in progress(knowledge.add(records), "reading", total):
        counts[outcome.what] += 1
        if isinstance(outcome.record, Rejected):
            print_error(f"{outcome.record.where}: {outcome.record.reason}")
    done = [f"{counts[what]:,} {what}" for what in _OUTCOMES if counts[what]]
    nothing = "" if counts["extracted"] else "; nothing to extract"
    print_line(f"{_plural(counts.total(), 'record')}: {', '.join(done)}{nothing}")
    print_line(_summary(knowledge))
    return counts


_OUTCOMES = ("extracted", "unchanged", "repeated", "rejected")


def _good(records: Iterable[Paper | Rejected]) -> Iterator[Paper]:
    for record in records:
        if isinstance(record, Rejected):
            print_error(f"{record.where}: {record.reason}")
        else:
            yield record


def _summary(knowledge: KnowledgeGraph) -> str:
    counts = knowledge.stats()
    labels = ", ".join(f"{count:,} {label}" for label, count in counts["nodes"].items())
    relationships = sum(counts["relationships"].values())
    return f"{knowledge.folder}: {labels}; {_plural(relationships, 'relationship')}"


def _plural(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def _pair(word: str) -> tuple[str, str]:
    key, equals, value = word.partition("=")
    if not (key and equals):
        raise QueryError(f'"{word}" is no parameter; write key=value, such as dataset=imagenet')
    return key, value


def _connect(uri: str, user: str) -> "Neo4jStore":
    from kg.stores.bolt import connect

    password = os.environ.get("NEO4J_PASSWORD")
    if password is None:
        if not sys.stdin.isatty():
            raise StoreError(f"{uri}: no password; set NEO4J_PASSWORD")
        password = typer.prompt(f"password of {user} at {uri}", hide_input=True, err=True)
    return connect(uri, user=user, password=password)


def _write_page(knowledge: KnowledgeGraph, output: Path) -> None:
    page = knowledge.to_html()
    try:
        output.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise KgError(f"{output}: cannot be written: {error.strerror}") from error
    print_line(f"{output}: {len(page.encode()) / 1e6:.1f} MB; open it in a browser")
