"""Loading into Neo4j: again, less, beside foreign data, and what goes wrong."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import small_graph

from kg.errors import StoreError
from kg.evidence import sentence
from kg.records import Edge, Node
from kg.stores.bolt import Neo4jStore, connect
from kg.stores.load import Loaded, load

EVERYTHING = (
    "MATCH (n) OPTIONAL MATCH (n)-[r]->(m) RETURN n, r, m.id AS m ORDER BY n.id, type(r), m"
)


def load_graph(store: Neo4jStore, nodes: list[Node], edges: list[Edge]) -> Loaded:
    return load(store, iter(nodes), iter(edges), text_of=small_graph.text_of)


def load_small(store: Neo4jStore) -> Loaded:
    return load_graph(store, small_graph.nodes(), small_graph.edges())


def test_a_first_load_creates_all(neo4j_store: Neo4jStore) -> None:
    assert load_small(neo4j_store) == Loaded(
        nodes=83,
        relationships=203,
        nodes_created=83,
        relationships_created=203,
        nodes_removed=0,
        relationships_removed=0,
    )


def test_loading_twice_changes_nothing(neo4j_store: Neo4jStore) -> None:
    load_small(neo4j_store)
    before = neo4j_store.run(EVERYTHING)

    assert load_small(neo4j_store) == Loaded(83, 203, 0, 0, 0, 0)
    assert neo4j_store.run(EVERYTHING) == before


def test_a_removed_paper_leaves_no_trace(neo4j_store: Neo4jStore) -> None:
    nodes = [node for node in small_graph.nodes() if "2401.10166" not in node.id]
    edges = [edge for edge in small_graph.edges() if edge.paper != "2401.10166"]
    load_graph(neo4j_store, nodes, edges)
    without = neo4j_store.run(EVERYTHING)
    load_small(neo4j_store)

    loaded = load_graph(neo4j_store, nodes, edges)

    assert neo4j_store.run(EVERYTHING) == without
    assert (loaded.nodes_created, loaded.nodes_removed) == (0, 3)
    assert (loaded.relationships_created, loaded.relationships_removed) == (0, 203 - len(edges))


def test_a_changed_relationship_replaces_the_former(neo4j_store: Neo4jStore) -> None:
    load_small(neo4j_store)
    edges = small_graph.edges()
    first = next(edge for edge in edges if edge.paper)
    rest = [edge for edge in edges if edge != first]

    loaded = load_graph(neo4j_store, small_graph.nodes(), [replace(first, type="USES"), *rest])

    assert (loaded.relationships_created, loaded.relationships_removed) == (1, 1)
    rows = neo4j_store.run(
        "MATCH ({id: $a})-[r]->({id: $b}) RETURN type(r) AS type",
        {"a": first.source, "b": first.target},
    )
    assert rows == [{"type": "USES"}]


def test_a_changed_property_is_written(neo4j_store: Neo4jStore) -> None:
    load_small(neo4j_store)
    first, *rest = small_graph.nodes()
    changed = replace(first, properties={**first.properties, "title": "New", "authors": ()})

    load_graph(neo4j_store, [changed, *rest], small_graph.edges())

    rows = neo4j_store.run("MATCH (p:Paper {id: $id}) RETURN p.title, p.authors", {"id": first.id})
    assert rows == [{"p.title": "New", "p.authors": []}]


def test_foreign_data_is_not_touched(neo4j_store: Neo4jStore) -> None:
    load_small(neo4j_store)
    neo4j_store.write(
        "MATCH (p:Paper {id: '007'}), (q:Paper {id: '2312.00752'}) SET p.stars = 5 "
        "CREATE (p)-[:CITES]->(q), (p)-[:READ_BY]->(:Person {id: 'me'}), "
        "(:Paper {id: 'foreign'})-[:USES]->(:Method {id: 'foreign'})"
    )
    foreign = (
        "MATCH (n)-[r]->(m) WHERE type(r) IN ['CITES', 'READ_BY'] OR m.id = 'foreign' "
        "RETURN n.id AS n, n.stars AS stars, type(r) AS r, m.id AS m ORDER BY n, r"
    )
    before = neo4j_store.run(foreign)

    assert load_small(neo4j_store) == Loaded(83, 203, 0, 0, 0, 0)
    assert neo4j_store.run(foreign) == before
    assert len(before) == 3
    load_graph(neo4j_store, [], [])
    assert neo4j_store.run("MATCH (n) RETURN n.id AS id ORDER BY id") == [
        {"id": "foreign"},
        {"id": "foreign"},
        {"id": "me"},
    ]


def test_an_id_that_a_foreign_node_has_is_an_error(neo4j_store: Neo4jStore) -> None:
    neo4j_store.write("CREATE (:Paper {id: '007'})")

    with pytest.raises(StoreError, match="already exists with label `Paper`"):
        load_small(neo4j_store)


def test_a_version_that_is_none_any_more_is_let_go(neo4j_store: Neo4jStore) -> None:
    load_small(neo4j_store)
    fewer = small_graph.edges()[1:]

    loaded = load_graph(neo4j_store, small_graph.nodes(), fewer)

    assert (loaded.relationships_created, loaded.relationships_removed) == (0, 1)
    rows = neo4j_store.run("MATCH (a)-[:VERSION_OF]->(b) RETURN a.id, b.id ORDER BY a.id")
    assert [tuple(row.values()) for row in rows] == [
        ("method:mamba-2", "method:mamba"),
        ("method:mamba-2-2.7b", "method:mamba-2"),
        ("method:mamba-base", "method:mamba"),
    ]


def test_what_others_say_between_entities_stays(neo4j_store: Neo4jStore) -> None:
    load_small(neo4j_store)
    neo4j_store.write(
        "MATCH (a:Method {id: 'method:mamba'}), (b:Method {id: 'method:s4'}) "
        "CREATE (a)-[:USES]->(b)"
    )

    assert load_small(neo4j_store) == Loaded(83, 203, 0, 0, 0, 0)
    rows = neo4j_store.run("MATCH (:Method)-[r:USES]->(:Method) RETURN count(r) AS n")
    assert rows == [{"n": 1}]


def test_each_relationship_that_a_paper_says_holds_its_sentence(neo4j_store: Neo4jStore) -> None:
    load_small(neo4j_store)

    rows = neo4j_store.run(
        "MATCH (a)-[r]->(b) RETURN a.id + type(r) + b.id AS edge, r.sentence AS sentence"
    )

    assert {row["edge"]: row["sentence"] for row in rows} == {
        edge.source + edge.type + edge.target: sentence(
            small_graph.text_of(edge.paper), edge.start, edge.stop
        )
        if edge.paper
        else None
        for edge in small_graph.edges()
    }


def test_more_than_a_batch_is_loaded_and_removed(neo4j_store: Neo4jStore) -> None:
    nodes = [Node(f"p{n}", "Paper", {"title": "t"}) for n in range(4_500)]
    nodes.append(Node("m", "Method", {"name": "m"}))
    edges = [Edge(f"p{n}", "Paper", "USES", "m", "Method", 0, 1, 1.0, 1, "p") for n in range(4_500)]

    loaded = load(neo4j_store, nodes, edges, text_of=lambda _: "t")
    emptied = load(neo4j_store, nodes[-1:], [], text_of=lambda _: "t")

    assert loaded == Loaded(4_501, 4_500, 4_501, 4_500, 0, 0)
    assert emptied == Loaded(1, 0, 0, 0, 4_500, 4_500)


def test_an_edge_without_its_node_is_refused(neo4j_store: Neo4jStore) -> None:
    papers = small_graph.nodes()[:17]

    with pytest.raises(StoreError, match=r"2312\.00752 PROPOSES method:mamba: there is no node"):
        load_graph(neo4j_store, papers, [edge for edge in small_graph.edges() if edge.paper])


def test_a_wrong_password_is_told(neo4j_uri: str) -> None:
    with pytest.raises(StoreError, match="refuses this user and password"):
        connect(neo4j_uri, password="wrong-password")


def test_a_missing_database_is_told(neo4j_uri: str, neo4j_password: str) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        connect(neo4j_uri, password=neo4j_password, database="nowhere")


def test_a_server_that_does_not_run_is_told() -> None:
    with pytest.raises(
        StoreError, match=r"cannot reach bolt://localhost:1; is Neo4j running there\?"
    ):
        connect("bolt://localhost:1", password="any-password")


@pytest.mark.parametrize("uri", ["localhost:7687", "http://localhost:7474", "bolt://", ""])
def test_an_address_of_another_kind_is_told(uri: str) -> None:
    with pytest.raises(StoreError, match="no address of Neo4j"):
        connect(uri, password="any-password")


def test_a_port_that_is_no_number_is_told() -> None:
    with pytest.raises(StoreError, match="bolt://localhost:port: "):
        connect("bolt://localhost:port", password="any-password")


def test_the_compose_file_needs_a_password_and_opens_no_port_to_others() -> None:
    text = (Path(__file__).parent.parent / "docker-compose.yml").read_text(encoding="utf-8")

    ports = re.findall(r'- "(.*):\d+:\d+"', text)
    assert ports == ["127.0.0.1", "127.0.0.1"]
    assert "${NEO4J_PASSWORD:?" in text
