"""The embedded snapshot: making, opening, and what only it can get wrong."""

from dataclasses import replace
from pathlib import Path

import pytest
import small_graph

from kg.errors import QueryError, StoreError
from kg.records import Edge, Node
from kg.stores.embedded import make_snapshot, open_snapshot


def test_an_empty_graph_answers(tmp_path: Path) -> None:
    make_snapshot(tmp_path / "graph.kgl", [], [])

    with open_snapshot(tmp_path / "graph.kgl") as store:
        assert store.run("MATCH (p:Paper) RETURN p.id AS id") == []
        assert store.run("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]


def test_a_snapshot_replaces_the_former_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "new" / "graph.kgl"
    make_snapshot(path, small_graph.nodes(), small_graph.edges())
    make_snapshot(path, small_graph.nodes()[:3], [])

    with open_snapshot(path) as store:
        assert store.run("MATCH (n) RETURN count(n) AS n") == [{"n": 3}]
    assert [file.name for file in path.parent.iterdir()] == ["graph.kgl"]


def test_an_open_snapshot_outlives_its_replacement(tmp_path: Path) -> None:
    path = tmp_path / "graph.kgl"
    make_snapshot(path, small_graph.nodes(), [])

    with open_snapshot(path) as store:
        make_snapshot(path, [], [])
        assert store.run("MATCH (p:Paper) RETURN count(p) AS n") == [{"n": 17}]


def test_a_broken_build_keeps_the_former_snapshot(tmp_path: Path) -> None:
    path = tmp_path / "graph.kgl"
    make_snapshot(path, small_graph.nodes(), [])
    stray = replace(small_graph.edges()[0], target="method:nowhere")

    with pytest.raises(StoreError, match="cannot write the snapshot"):
        make_snapshot(path, small_graph.nodes(), [stray])

    with open_snapshot(path) as store:
        assert store.run("MATCH (p:Paper) RETURN count(p) AS n") == [{"n": 17}]


def test_two_nodes_with_one_id_are_refused(tmp_path: Path) -> None:
    twice = [small_graph.nodes()[0], small_graph.nodes()[0]]

    with pytest.raises(StoreError, match="cannot write the snapshot"):
        make_snapshot(tmp_path / "graph.kgl", twice, [])


def test_lists_that_are_all_empty_and_dates_stay_what_they_are(tmp_path: Path) -> None:
    properties = {"title": "2023-01-01", "published": "2023-12-01", "authors": (), "abstract": ""}
    nodes = [Node("2312.1", "Paper", properties), Node("1e5", "Paper", properties)]
    make_snapshot(tmp_path / "graph.kgl", nodes, [])

    with open_snapshot(tmp_path / "graph.kgl") as store:
        rows = store.run(
            "MATCH (p:Paper) RETURN p.id, p.title, p.published, p.authors ORDER BY p.id"
        )

    same = ["2023-01-01", "2023-12-01", []]
    assert [list(row.values()) for row in rows] == [["1e5", *same], ["2312.1", *same]]


def test_one_type_joins_several_labels(tmp_path: Path) -> None:
    nodes = [
        Node("p", "Paper", {"title": "t"}),
        Node("x", "Method", {"name": "m"}),
        Node("x", "Dataset", {"name": "d"}),
    ]
    edges = [
        Edge("p", "Paper", "MENTIONS", "x", label, 0, 1, 1.0, 1, "p")
        for label in ("Method", "Dataset")
    ]
    make_snapshot(tmp_path / "graph.kgl", nodes, edges)

    with open_snapshot(tmp_path / "graph.kgl") as store:
        rows = store.run("MATCH (:Paper)-[:MENTIONS]->(x) RETURN x.name AS name ORDER BY name")

    assert rows == [{"name": "d"}, {"name": "m"}]


def test_a_missing_or_broken_snapshot_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.kgl"
    broken.write_text("no graph")

    for path in (tmp_path / "missing.kgl", broken):
        with pytest.raises(StoreError, match=f"cannot read the snapshot .*{path.name}"):
            open_snapshot(path)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match="cannot write the snapshot"):
        make_snapshot(tmp_path / "file" / "graph.kgl", [], [])


def test_rows_as_csv_are_refused(tmp_path: Path) -> None:
    make_snapshot(tmp_path / "graph.kgl", [], [])

    with (
        open_snapshot(tmp_path / "graph.kgl") as store,
        pytest.raises(QueryError, match="FORMAT CSV"),
    ):
        store.run("RETURN 1 AS one FORMAT CSV")
