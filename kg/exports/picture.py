"""The graph as a pyvis network: every node in place, its type shown by shape and by colour."""

import html
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from pyvis.network import Network

from kg.exports.attributes import edge_attributes, node_attributes, ordered
from kg.exports.colours import COLOURS
from kg.exports.layout import Place, arrange
from kg.records import Edge, Node

_PAPER_SIZE = 5.0
_LARGEST = 30.0


@dataclass(frozen=True, slots=True)
class Mark:
    """How the nodes of one label are drawn."""

    shape: str  # one of vis-network's
    light: str  # its colour on a white ground
    dark: str  # and on a black one


_SHAPES = {
    "Paper": "square",
    "Method": "dot",
    "Dataset": "hexagon",
    "Task": "triangle",
    "Metric": "diamond",
    "Repository": "star",
    "Result": "triangleDown",
}
MARKS: Mapping[str, Mark] = {
    label: Mark(shape, COLOURS[label].light, COLOURS[label].dark)
    for label, shape in _SHAPES.items()
}


def to_pyvis(nodes: Iterable[Node], edges: Iterable[Edge]) -> Network:
    """A pyvis network with the ids and attributes of `to_networkx`, in place, without physics.

    Two attributes differ, since vis-network gives their names a meaning: the label of a node is
    its `group`, while `label` is its name; `title`, which pyvis may show as HTML, is escaped.
    """
    inner_nodes, inner_edges = ordered(nodes, edges)
    places = placed(inner_nodes, inner_edges)
    net = Network(directed=True, cdn_resources="in_line")
    net.toggle_physics(False)
    net.toggle_hide_edges_on_drag(True)
    net.options.edges.smooth.enabled = False
    # Filled at once: `add_node` and `add_edge` look through all that are there already.
    net.nodes = [_pyvis_node(node, *at) for node, at in zip(inner_nodes, places, strict=True)]
    net.node_ids = [node.id for node in inner_nodes]
    net.node_map = dict(zip(net.node_ids, net.nodes, strict=True))
    net.edges = [
        {"from": edge.source, "to": edge.target, "arrows": "to", **edge_attributes(edge)}
        for edge in inner_edges
    ]
    return net


def placed(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[tuple[float, Place]]:
    """The size of each node, larger for the better connected, and its place."""
    at = {node.id: position for position, node in enumerate(nodes)}
    links = [(at[edge.source], at[edge.target]) for edge in edges]
    degree = Counter(end for link in links for end in link)
    sizes = [_size(node, degree[position]) for position, node in enumerate(nodes)]
    return list(zip(sizes, arrange(sizes, links), strict=True))


def shown_name(node: Node) -> str:
    """What a reader calls `node`: a title, a name, the text of a result; never empty."""
    named = node.properties
    if node.label == "Repository" and named.get("owner"):
        return f"{named['owner']}/{named['name']}"
    return str(named.get("title") or named.get("name") or named.get("text") or node.id)


def _size(node: Node, degree: int) -> float:
    return _PAPER_SIZE if node.label == "Paper" else min(4 + 1.7 * sqrt(degree), _LARGEST)


def _pyvis_node(node: Node, size: float, place: Place) -> dict[str, Any]:
    attributes = node_attributes(node)
    if "title" in attributes:
        attributes["title"] = html.escape(str(attributes["title"]))
    mark = MARKS[node.label]
    return {
        **attributes,
        "id": node.id,
        "label": shown_name(node),
        "group": node.label,
        "shape": mark.shape,
        "color": mark.light,
        "size": round(size, 1),
        "x": round(place[0], 1),
        "y": round(place[1], 1),
    }
