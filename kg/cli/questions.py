"""Commands that ask a graph."""

from typing import Annotated

import typer

from kg.api import open_graph
from kg.cli.options import (
    GRAPH,
    AsCsv,
    AsJson,
    Certificate,
    Database,
    Graph,
    MaxRows,
    Seconds,
    Uri,
    User,
    key_and_value,
    store_of,
)
from kg.queries import find_query, load_queries
from kg.stores.ask import ask
from kg.stores.protocol import MAX_ROWS, TIMEOUT_SECONDS, Bounds
from kg.tables import print_table
from kg.terminal import print_json, print_queries, print_rows, query_object


def query(
    name: Annotated[str, typer.Argument(help="A named question; `kg queries` lists them.")],
    parameters: Annotated[
        list[str] | None, typer.Argument(help="What it asks for: key=value ...")
    ] = None,
    graph: Graph = GRAPH,
    store: Uri = "",
    user: User = "neo4j",
    database: Database = None,
    certificate: Certificate = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Ask a named question.

    Example: kg query leaderboard dataset=imagenet
    """
    question = find_query(name)
    asked = dict(map(key_and_value, parameters or []))
    with store_of(graph, store, user, database, certificate) as opened:
        rows = ask(opened, question, asked)
    print_rows(rows, as_json=as_json, as_csv=as_csv)


def queries(as_json: AsJson = False) -> None:
    """List the named questions.

    Example: kg queries
    """
    known = list(load_queries().values())
    if as_json:
        print_json([query_object(one) for one in known])
    else:
        print_queries(known)


def cypher(
    statement: Annotated[str, typer.Argument(help="A reading statement.")],
    graph: Graph = GRAPH,
    store: Uri = "",
    user: User = "neo4j",
    database: Database = None,
    certificate: Certificate = None,
    timeout: Seconds = TIMEOUT_SECONDS,
    max_rows: MaxRows = MAX_ROWS,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Run a reading Cypher statement.

    One that writes is refused.

    Example: kg cypher "MATCH (d:Dataset) RETURN d.name, d.papers ORDER BY d.papers DESC LIMIT 5"
    """
    with store_of(graph, store, user, database, certificate) as opened:
        rows = opened.run(statement, bounds=Bounds(timeout, max_rows))
    print_rows(rows, as_json=as_json, as_csv=as_csv)


def stats(graph: Graph = GRAPH, as_json: AsJson = False) -> None:
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
