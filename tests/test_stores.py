"""The contract of every store, run by the embedded one and by Neo4j."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import small_graph

from kg.errors import QueryError, StoreError
from kg.records import KINDS
from kg.stores.bolt import connect
from kg.stores.embedded import make_snapshot, open_snapshot
from kg.stores.protocol import Store

ALL_EDGES = """
    MATCH (a)-[r]->(b)
    RETURN a.id AS source, type(r) AS type, b.id AS target, r.start AS start, r.stop AS stop,
           r.confidence AS confidence, r.count AS count
    ORDER BY source, type, target
"""


@pytest.mark.parametrize("label", ["Paper", *KINDS, "Result"])
def test_every_node_comes_back_with_its_label_and_properties(store: Store, label: str) -> None:
    rows = store.run(f"MATCH (n:{label}) RETURN n ORDER BY n.id")

    stored = sorted((n for n in small_graph.nodes() if n.label == label), key=lambda n: n.id)
    assert rows == [
        {
            "n": {
                "labels": [label],
                "properties": {
                    "id": node.id,
                    **{
                        key: list(value) if isinstance(value, tuple) else value
                        for key, value in node.properties.items()
                    },
                },
            }
        }
        for node in stored
    ]
    assert all(list(row["n"]["properties"]) == sorted(row["n"]["properties"]) for row in rows)


def test_every_relationship_comes_back_with_its_properties(store: Store) -> None:
    rows = store.run(ALL_EDGES)

    assert [tuple(row.values()) for row in rows] == sorted(
        (e.source, e.type, e.target, e.start, e.stop, e.confidence, e.count)
        for e in small_graph.edges()
    )


def test_a_version_has_the_properties_of_no_evidence(store: Store) -> None:
    rows = store.run("MATCH (:Method {id: 'method:mamba-2'})-[r]->(f) RETURN r, f.name AS name")

    none = {"confidence": 1.0, "count": 1, "start": 0, "stop": 0}
    assert rows == [{"r": {"type": "VERSION_OF", "properties": none}, "name": "Mamba"}]


def test_columns_keep_their_order(store: Store) -> None:
    rows = store.run("RETURN 1 AS b, 'x' AS a, 2.5 AS c")

    assert rows.columns == ("b", "a", "c")
    assert [list(row.items()) for row in rows] == [[("b", 1), ("a", "x"), ("c", 2.5)]]


def test_columns_are_known_without_rows(store: Store) -> None:
    rows = store.run("MATCH (p:Paper {id: 'nowhere'}) RETURN p.id AS id, p.title AS title")

    assert rows == []
    assert rows.columns == ("id", "title")


def test_values_are_plain(store: Store) -> None:
    rows = store.run(
        "RETURN true AS yes, null AS nothing, [1, [2.0, 'é🐍']] AS list, {a: {b: [null]}} AS map, "
        "date('2024-02-29') AS day, datetime('2024-02-29T12:00:00Z') AS moment, "
        "localdatetime('2024-02-29T12:00:00') AS local, duration('P1DT2S') AS span"
    )

    assert rows == [
        {
            "yes": True,
            "nothing": None,
            "list": [1, [2.0, "é🐍"]],
            "map": {"a": {"b": [None]}},
            "day": "2024-02-29",
            "moment": "2024-02-29T12:00:00+00:00",
            "local": "2024-02-29T12:00:00",
            "span": {"months": 0, "days": 1, "seconds": 2},
        }
    ]


def test_a_path_is_its_nodes_and_relationships(store: Store) -> None:
    rows = store.run(
        "MATCH path = (:Paper {id: '007'})-->(:Method) RETURN path, relationships(path)"
    )

    path = rows[0]["path"]
    assert [node["properties"]["id"] for node in path["nodes"]] == ["007", "method:transformer"]
    assert [link["type"] for link in path["relationships"]] == ["MENTIONS"]
    assert rows[0]["relationships(path)"] == path["relationships"]
    properties = path["relationships"][0]["properties"]
    assert properties.pop("sentence", "A Note on Transformers") == "A Note on Transformers"
    assert properties == {"confidence": 0.75, "count": 1, "start": 10, "stop": 22}


def test_parameters_of_all_types_arrive(store: Store) -> None:
    given = {
        "text": "'; //",
        "n": 3,
        "x": 0.5,
        "list": ["a", "🐍"],
        "none": None,
        "map": {"k": [1]},
    }

    rows = store.run(
        "RETURN $text AS text, $n AS n, $x AS x, $list AS list, $none AS none, $map AS map", given
    )

    assert rows == [given]


def test_an_id_of_digits_stays_text(store: Store) -> None:
    assert store.run("MATCH (p:Paper {id: '007'}) RETURN p.id AS id") == [{"id": "007"}]
    assert store.run("MATCH (p:Paper {id: 7}) RETURN p.id AS id") == []
    assert store.run("MATCH (p:Paper {id: $id}) RETURN p.published AS p", {"id": "2312.00752"}) == [
        {"p": "2023-12-01"}
    ]


def test_text_sorts_by_code_points_with_null_last(store: Store) -> None:
    words = ["b", "É", "B", "z", "é", "a", "🐍", "", "10", "9", None]

    rows = store.run("UNWIND $words AS word RETURN word ORDER BY word", {"words": words})

    assert [row["word"] for row in rows] == [
        "",
        *["10", "9", "B", "a", "b", "z", "É", "é", "🐍"],
        None,
    ]


def test_comments_and_a_last_semicolon_do_no_harm(store: Store) -> None:
    cypher = "// CREATE (n)\nRETURN 'a // b' AS /* SET */ text; // done\n;"

    assert store.run(cypher) == [{"text": "a // b"}]


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (p RETURN p",
        "MATCH (p) RETURN q",
        "RETURN $missing",
        "RETURN nonsense(1)",
        "RETURN 1/0",
    ],
)
def test_a_wrong_statement_is_a_query_error_of_one_line(store: Store, cypher: str) -> None:
    with pytest.raises(QueryError) as caught:
        store.run(cypher)

    assert "\n" not in str(caught.value)
    assert caught.value.__cause__ is not None


def test_a_writing_statement_is_refused_and_changes_nothing(store: Store) -> None:
    with pytest.raises(QueryError, match="SET would write"):
        store.run("MATCH (n) SET n.id = 'x'")

    assert store.run("MATCH (n {id: 'x'}) RETURN count(n) AS n") == [{"n": 0}]


def test_labels_that_no_node_has_match_nothing(store: Store) -> None:
    assert store.run("MATCH (n:Nobody)-[:NOTHING]->() RETURN n.never AS never") == []


def test_a_store_answers_from_several_threads(store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(store.run, ["MATCH (n:Paper) RETURN count(n) AS n"] * 20))

    assert answers == [[{"n": 17}]] * 20


def test_a_closed_store_says_so(tmp_path: Path, neo4j_uri: str, neo4j_password: str) -> None:
    path = tmp_path / "graph.kgl"
    make_snapshot(path, [], [])
    for closed in (open_snapshot(path), connect(neo4j_uri, password=neo4j_password)):
        with closed:
            assert closed.run("RETURN 1 AS one") == [{"one": 1}]
        with pytest.raises(StoreError, match="closed"):
            closed.run("RETURN 1 AS one")
