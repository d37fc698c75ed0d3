"""NetworkX, pyvis and the layout: one graph, the same ids and attributes, the same bytes."""

import hashlib
import random
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from math import dist
from pathlib import Path

import pytest
from test_exports_graphs import THE_PILE, Graph, grown, tiny

from kg.exports.explorer import render
from kg.exports.layout import arrange
from kg.exports.multigraph import to_networkx
from kg.exports.picture import to_pyvis
from kg.records import Node

PAYLOAD = '<img src=x onerror="alert(1)"> href'


@pytest.fixture(scope="module")
def graph() -> Graph:
    return grown(60)


def shuffled(graph: Graph) -> Graph:
    nodes, edges = graph
    chance = random.Random(1)
    return chance.sample(nodes, len(nodes)), chance.sample(edges, len(edges))


def test_networkx_holds_every_node_with_its_label_and_properties() -> None:
    nodes, edges = tiny()

    made = to_networkx(nodes, edges)

    assert dict(made.nodes) == {node.id: {"label": node.label, **node.properties} for node in nodes}


def test_networkx_holds_every_edge_with_its_evidence() -> None:
    made = to_networkx(*tiny())

    assert made.number_of_edges() == len(tiny()[1])
    assert made.edges["2405.21060", "method:mamba", "USES"] == {
        "type": "USES",
        "start": 40,
        "stop": 45,
        "confidence": 0.9,
        "count": 1,
        "paper": "2405.21060",
    }


def test_networkx_holds_a_version_as_an_edge_that_no_paper_says() -> None:
    made = to_networkx(*tiny())

    assert made.edges["method:mamba-2", "method:mamba", "VERSION_OF"] == {
        "type": "VERSION_OF",
        "start": 0,
        "stop": 0,
        "confidence": 1.0,
        "count": 1,
        "paper": "",
    }


def test_networkx_holds_lists_as_tuples() -> None:
    made = to_networkx(*tiny())

    assert made.nodes["dataset:the-pile"]["external_ids"] == THE_PILE
    assert made.nodes["method:mamba"]["aliases"] == ("𝔐amba", "selective SSM")


def test_two_relationships_between_the_same_nodes_are_two_edges() -> None:
    nodes, edges = tiny()
    also = replace(next(edge for edge in edges if edge.type == "USES"), type="MENTIONS")

    made = to_networkx(nodes, [*edges, also])

    assert set(made["2405.21060"]["method:mamba"]) == {"USES", "MENTIONS"}


def test_edges_that_lead_out_of_the_given_nodes_are_left_out() -> None:
    nodes, edges = tiny()
    papers = [node for node in nodes if node.label == "Paper"]

    assert to_networkx(papers, edges).number_of_edges() == 0
    assert to_pyvis(papers, edges).edges == []


def test_pyvis_has_the_ids_and_attributes_of_networkx(graph: Graph) -> None:
    plain, shown = to_networkx(*graph), to_pyvis(*graph)

    assert shown.get_nodes() == list(plain.nodes)
    for name, attributes in plain.nodes(data=True):
        vis = shown.get_node(name)
        assert vis["group"] == attributes["label"]
        assert {**vis, "label": attributes["label"]}.items() >= attributes.items()
    for (source, target, attributes), vis in zip(plain.edges(data=True), shown.edges, strict=True):
        assert vis.items() >= {"from": source, "to": target, **attributes}.items()


def test_pyvis_draws_versions() -> None:
    versions = [edge for edge in to_pyvis(*tiny()).edges if edge["type"] == "VERSION_OF"]

    assert [(edge["from"], edge["to"], edge["paper"]) for edge in versions] == [
        ("method:mamba-2", "method:mamba", "")
    ]


def test_pyvis_draws_nodes_in_place_without_physics(graph: Graph) -> None:
    net = to_pyvis(*graph)

    assert net.options.physics.enabled is False
    assert all({"x", "y", "size", "shape", "color"} <= set(node) for node in net.nodes)


def test_a_title_that_pyvis_may_show_as_html_holds_no_markup() -> None:
    paper = Node("p1", "Paper", {"title": PAYLOAD, "abstract": ""})

    assert "<" not in to_pyvis([paper], []).get_node("p1")["title"]
    assert to_networkx([paper], []).nodes["p1"]["title"] == PAYLOAD


def test_the_order_of_the_input_does_not_matter(graph: Graph) -> None:
    mixed = shuffled(graph)

    assert list(to_networkx(*mixed).edges(keys=True)) == list(to_networkx(*graph).edges(keys=True))
    assert to_pyvis(*mixed).nodes == to_pyvis(*graph).nodes
    assert render(*mixed) == render(*graph)


def test_another_process_makes_the_same_bytes() -> None:
    code = """
import hashlib
from test_exports_graphs import grown
from kg.exports.explorer import render
print(hashlib.sha256(render(*grown(60)).encode()).hexdigest())
"""
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.strip() == hashlib.sha256(render(*grown(60)).encode()).hexdigest()


def test_no_two_nodes_of_a_layout_overlap() -> None:
    chance = random.Random(0)
    radii = [chance.uniform(4, 30) for _ in range(300)]
    links = [(chance.randrange(200), int(200 * chance.random() ** 3)) for _ in range(400)]

    points = arrange(radii, links)

    for a, b in combinations(range(300), 2):
        assert dist(points[a], points[b]) >= radii[a] + radii[b]


def test_linked_nodes_lie_closer_than_others(graph: Graph) -> None:
    net = to_pyvis(*graph)
    place = {node["id"]: (node["x"], node["y"]) for node in net.nodes}
    linked = sorted(dist(place[edge["from"]], place[edge["to"]]) for edge in net.edges)
    chance = random.Random(0)
    any_two = sorted(dist(*chance.sample(list(place.values()), 2)) for _ in linked)

    assert linked[len(linked) // 2] < 0.3 * any_two[len(any_two) // 2]


@pytest.mark.parametrize("nodes", [0, 1, 2, 3, 700])
def test_a_graph_without_links_has_a_layout(nodes: int) -> None:
    assert len(set(arrange([5.0] * nodes, []))) == nodes


def test_a_star_of_a_thousand_leaves_has_a_layout() -> None:
    assert len(set(arrange([5.0] * 1001, [(0, leaf) for leaf in range(1, 1001)]))) == 1001
