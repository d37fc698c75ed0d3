"""Of many equal shortest paths both stores give one: by what fewest papers name, then by the id."""

from collections.abc import Mapping
from itertools import pairwise, product
from pathlib import Path

import pytest

from kg.queries import find_query
from kg.records import Edge, Node
from kg.stores.ask import ask
from kg.stores.bolt import Neo4jStore
from kg.stores.embedded import make_snapshot, open_snapshot

WIDTH = 6  # methods in each layer between the ends, all named together with all of the next
LAYERS = [["source"], *([f"m{layer}-{n}" for n in range(WIDTH)] for layer in range(4)), ["target"]]
TITLE = "A paper"
PAPER = {"title": TITLE, "abstract": "", "published": "2024", "url": "", "source": ""}
METHOD = {"aliases": (), "salient": True, "ambiguous": False, "external_ids": ()}


def nodes(papers: Mapping[str, int]) -> list[Node]:
    """The methods, each named by so many papers, and a paper for any two that are neighbours."""
    methods = [
        Node(f"method:{name}", "Method", {**METHOD, "name": name, "papers": papers.get(name, 9)})
        for layer in LAYERS
        for name in layer
    ]
    ids = sorted({edge.source for edge in edges()})
    return [*methods, *(Node(id, "Paper", {**PAPER, "authors": ()}) for id in ids)]


def edges() -> list[Edge]:
    pairs = [pair for one, other in pairwise(LAYERS) for pair in product(one, other)]
    evidence = (0, len(TITLE), 0.9, 1)
    return [
        Edge(paper, "Paper", "USES", f"method:{name}", "Method", *evidence, paper=paper)
        for paper, pair in ((f"p{number}", pair) for number, pair in enumerate(pairs))
        for name in pair
    ]


def fill(store: Neo4jStore, nodes: list[Node], edges: list[Edge]) -> None:
    """Puts a graph into an empty database."""
    for label in ("Paper", "Method"):
        rows = [{"id": n.id, **n.properties} for n in nodes if n.label == label]
        store.write(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", {"rows": rows})
    links = [{"paper": e.source, "method": e.target, "at": [e.start, e.stop]} for e in edges]
    store.write(
        "UNWIND $rows AS row MATCH (p:Paper {id: row.paper}) MATCH (m:Method {id: row.method}) "
        "CREATE (p)-[:USES {start: row.at[0], stop: row.at[1]}]->(m)",
        {"rows": links},
    )


@pytest.mark.parametrize(
    ("papers", "way"),
    [
        ({}, ["m0-0", "m1-0", "m2-0", "m3-0"]),
        ({"m1-4": 3, "m2-5": 1, "m2-3": 1}, ["m0-0", "m1-4", "m2-3", "m3-0"]),
    ],
    ids=["all are equal", "some are rarer"],
)
def test_of_many_equal_paths_both_stores_give_the_same(
    papers: dict[str, int], way: list[str], neo4j_store: Neo4jStore, tmp_path: Path
) -> None:
    make_snapshot(tmp_path / "graph.kgl", nodes(papers), edges())
    fill(neo4j_store, nodes(papers)[::-1], edges()[::-1])
    query, ends = find_query("path"), {"source": "source", "target": "target"}

    with open_snapshot(tmp_path / "graph.kgl") as embedded:
        rows = ask(embedded, query, ends)

    assert [row["target"] for row in rows[1::2]] == [*way, "target"]
    assert ask(neo4j_store, query, ends) == rows
