"""What several commands ask for, and how what they were given is understood."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.api import DEFAULT_GRAPH, open_graph
from kg.errors import QueryError, StoreError
from kg.extract import Extractor, all_jobs

if TYPE_CHECKING:
    from kg.stores.bolt import Neo4jStore
    from kg.stores.protocol import Store

Sources = Annotated[list[Path], typer.Argument(help="Files of papers, of any known format.")]
Graph = Annotated[Path, typer.Option("--graph", "-g", help="Folder of the graph.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
Uri = Annotated[str, typer.Option("--store", help="Ask a Neo4j, such as bolt://localhost:7687.")]
Address = Annotated[
    str,
    typer.Argument(envvar="NEO4J_URI", help="Address, such as bolt://localhost:7687."),
]
User = Annotated[
    str, typer.Option("--user", envvar="NEO4J_USERNAME", help="Name of the Neo4j user.")
]
Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        envvar="NEO4J_DATABASE",
        help="Name of the database; by default the one that the server gives the user.",
    ),
]
Certificate = Annotated[
    Path | None,
    typer.Option(
        "--ca-certificate",
        help="PEM file of the authority to trust, at bolt+s:// or neo4j+s://.",
    ),
]
Seconds = Annotated[
    int, typer.Option("--timeout", min=1, help="Seconds after which a statement is given up.")
]
MaxRows = Annotated[
    int, typer.Option("--max-rows", min=1, help="Rows that an answer may have at most.")
]
Pipeline = Annotated[
    Path | None,
    typer.Option(
        "--pipeline",
        help="Folder of your own spaCy pipeline, with Method, Dataset, Metric or Task entities.",
    ),
]
Names = Annotated[
    Path | None,
    typer.Option(
        "--names",
        help="Your own table of names, which are always found: kind, names (A|B), salient.",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=1, help="Worker processes; by default one a core, at most 12."
    ),
]
Output = Annotated[Path, typer.Option("--output", "-o", help="File to write.")]

GRAPH = Path(DEFAULT_GRAPH)
PAGE = Path("explorer.html")


def extractor_of(pipeline: Path | None, names: Path | None, jobs: int | None) -> Extractor:
    """The extractor that these options ask for."""
    return Extractor(pipeline=pipeline, names=names, jobs=jobs or all_jobs())


def key_and_value(word: str) -> tuple[str, str]:
    """The two sides of `key=value`.

    Raises: QueryError if `word` is nothing of the kind.
    """
    key, equals, value = word.partition("=")
    if not (key and equals):
        raise QueryError(f'"{word}" is no parameter; write key=value, such as dataset=imagenet')
    return key, value


@contextmanager
def store_of(
    graph: Path,
    uri: str,
    user: str,
    database: str | None = None,
    certificate: Path | None = None,
) -> Iterator["Store"]:
    """The Neo4j at `uri`, or where that is "" the graph's own store."""
    if uri:
        with connect(uri, user, database, certificate) as neo4j:
            yield neo4j
    else:
        with open_graph(graph) as knowledge:
            yield knowledge.store()


def connect(
    uri: str, user: str, database: str | None = None, certificate: Path | None = None
) -> "Neo4jStore":
    """The Neo4j at `uri`, with the password of NEO4J_PASSWORD or one that is asked for.

    Raises: StoreError if there is nobody to ask.
    """
    from kg.stores import bolt, connection  # noqa: PLC0415 - neo4j is slow to import

    connection.check_address(uri)  # before it is shown
    password = os.environ.get("NEO4J_PASSWORD")
    if password is None:
        if not sys.stdin.isatty():
            raise StoreError(f"{uri}: no password; set NEO4J_PASSWORD")
        password = typer.prompt(f"password of {user} at {uri}", hide_input=True, err=True)
    return bolt.connect(
        uri, user=user, password=password, database=database or None, certificate=certificate
    )
