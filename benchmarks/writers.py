"""Ways to write the same nodes and relationships into Neo4j: bare statements, and other packages.

Each gets them in the form that it takes before the clock starts, so only the writing is timed.
"""

import asyncio
import gc
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import neo4j

from benchmarks.rows import BATCH, Row, Rows, batches, rows_of
from benchmarks.server import Server, driver_of, held
from kg.queries import statement

if TYPE_CHECKING:
    from langchain_neo4j.graphs.graph_document import GraphDocument

MERGE_NODES = """
    UNWIND $rows AS row
    MERGE (node:LABEL {id: row.id})
    SET node:Kg, node += row.properties
"""
MERGE_RELATIONSHIPS = """
    UNWIND $rows AS row
    MATCH (source:SOURCE {id: row.source})
    MATCH (target:TARGET {id: row.target})
    MERGE (source)-[relationship:TYPE]->(target)
    SET relationship += row.properties
"""

Write = Callable[[], None]


def seconds_of(writer: str, graph: Path, papers: int | None, server: Server) -> tuple[float, int]:
    """How long a writer takes for a graph or its first papers, and how many rows that is.

    Raises: RuntimeError if it writes anything else than it was given.
    """
    rows = rows_of(graph, papers)
    with driver_of(server) as driver:
        every = statement("schema").split(";")
        for constraint in (one for one in every if one.strip().startswith("CREATE CONSTRAINT")):
            driver.execute_query(constraint)
        write = WRITERS[writer](rows, server, driver)
        gc.collect()
        gc.freeze()  # else the collector goes through all rows again and again
        started = time.perf_counter()
        write()
        seconds = time.perf_counter() - started
    if held(server) != rows.sizes:
        raise RuntimeError(f"{writer} was given {rows.sizes} rows and wrote {held(server)}")
    return seconds, sum(rows.sizes)


def bare(rows: Rows, _: Server, driver: neo4j.Driver) -> Write:
    """The leanest way that merges: batches in one session, each a transaction of one statement."""
    todo = [(MERGE_NODES.replace("LABEL", label), batch) for label, batch in batches(rows.nodes)]
    for (source, kind, target), batch in batches(rows.relationships):
        merge = MERGE_RELATIONSHIPS.replace("SOURCE", source).replace("TARGET", target)
        todo.append((merge.replace("TYPE", kind), batch))

    def write() -> None:
        with driver.session() as session:
            for cypher, batch in todo:
                session.execute_write(run, cypher, batch)

    return write


def run(transaction: neo4j.ManagedTransaction, cypher: str, rows: Sequence[Row]) -> None:
    """Runs a statement on a batch of rows."""
    transaction.run(cypher, {"rows": rows}).consume()


def graphrag(rows: Rows, _: Server, driver: neo4j.Driver) -> Write:
    """The writer of neo4j-graphrag, with batches as large as ours; it does not merge nodes."""
    from neo4j_graphrag.components import kg_writer, types  # noqa: PLC0415

    nodes = [
        types.Neo4jNode(
            id=row["id"], label=label, properties={"id": row["id"], **row["properties"]}
        )
        for label, batch in batches(rows.nodes)
        for row in batch
    ]
    relationships = [
        types.Neo4jRelationship(
            start_node_id=row["source"],
            end_node_id=row["target"],
            type=kind,
            properties=row["properties"],
        )
        for (_, kind, _), batch in batches(rows.relationships)
        for row in batch
    ]
    graph = types.Neo4jGraph(nodes=nodes, relationships=relationships)
    return lambda: asyncio.run(kg_writer.Neo4jWriter(driver, batch_size=BATCH).run(graph))


def langchain(rows: Rows, server: Server, _: neo4j.Driver) -> Write:
    """The graph of langchain-neo4j: a document a paper, as it is made for, without its source.

    With its label for all nodes, which makes it a little faster; bare writes a second label, too.
    """
    from langchain_neo4j import Neo4jGraph  # noqa: PLC0415

    whole = list(documents(rows))

    def write() -> None:
        with Neo4jGraph(server.uri, "neo4j", server.password, refresh_schema=False) as graph:
            graph.add_graph_documents(whole, baseEntityLabel=True)

    return write


def documents(rows: Rows) -> Iterator["GraphDocument"]:
    """Rows as langchain-neo4j takes them: what each paper says, with the nodes that it names."""
    from langchain_neo4j.graphs import graph_document as made  # noqa: PLC0415

    nodes = {
        row["id"]: made.Node(id=row["id"], type=label, properties=row["properties"])
        for label, some in rows.nodes.items()
        for row in some
    }
    found: dict[str, list[object]] = defaultdict(list)
    owners = owners_of(rows)
    for (_, kind, _), some in rows.relationships.items():
        for row in some:
            ends = {"source": nodes[row["source"]], "target": nodes[row["target"]]}
            link = made.Relationship(**ends, type=kind, properties=row["properties"])
            found[owners.get(row["source"], row["source"])].append(link)
    for links in found.values():
        named = {end.id: end for link in links for end in (link.source, link.target)}
        yield made.GraphDocument(nodes=list(named.values()), relationships=links)


def owners_of(rows: Rows) -> dict[str, str]:
    """The paper of each result."""
    patterns = rows.relationships.items()
    those = (row for (_, _, target), some in patterns if target == "Result" for row in some)
    return {row["target"]: row["source"] for row in those}


BARE = "bare"
WRITERS: Mapping[str, Callable[[Rows, Server, neo4j.Driver], Write]] = {  # packages by their names
    BARE: bare,
    "neo4j-graphrag": graphrag,
    "langchain-neo4j": langchain,
}
