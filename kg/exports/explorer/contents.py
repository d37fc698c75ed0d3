"""What the explorer's page holds: the nodes in place, the edges and results with their evidence.

The text of a paper stands in the page once; evidence is offsets into it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.exports.attributes import ordered
from kg.exports.explorer.core import best_connected
from kg.exports.explorer.evidence import evidence
from kg.exports.explorer.results import result_rows
from kg.exports.picture import placed, shown_name
from kg.records import Edge, Node

_MOST = 2500  # vis-network draws all of a graph of up to so many nodes,
_CORE = 1500  # and so many of a larger one; the others are dots on a map behind them
_IN_PANEL = {
    "Paper": ("published", "url", "authors"),
    "Repository": ("url",),
    **dict.fromkeys(
        ("Method", "Dataset", "Metric", "Task"), ("aliases", "papers", "ambiguous", "external_ids")
    ),
}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Contents:
    """All that the page shows, as plain values for JSON; they refer to each other by `Node.id`."""

    nodes: list[Row]
    edges: list[Row]
    results: list[Row]


def contents(nodes: Iterable[Node], edges: Iterable[Edge]) -> Contents:
    """The page's rows. Results are rows of tables, not nodes; non-salient terms are no nodes."""
    all_nodes, all_edges = ordered(nodes, edges)
    shown = [node for node in all_nodes if _is_shown(node)]
    _, inner = ordered(shown, all_edges)
    texts = {node.id: _text(node) for node in shown if node.label == "Paper"}
    return Contents(
        nodes=_node_rows(shown, inner, texts),
        edges=[_edge_row(edge, texts) for edge in inner],
        results=list(result_rows(all_nodes, all_edges, texts)),
    )


def _is_shown(node: Node) -> bool:
    return node.label != "Result" and node.properties.get("salient") is not False


def _text(paper: Node) -> str:
    return f"{paper.properties['title']}\n{paper.properties['abstract']}"


def _node_rows(nodes: Sequence[Node], edges: Sequence[Edge], texts: Mapping[str, str]) -> list[Row]:
    core = _core(nodes, edges)
    placed_nodes = zip(nodes, placed(nodes, edges), strict=True)
    return [
        {
            "id": node.id,
            "type": node.label,
            "name": shown_name(node),
            "x": round(x),
            "y": round(y),
            "size": round(size, 1),
            "core": node.id in core,
            **{name: said for name in _IN_PANEL[node.label] if (said := node.properties.get(name))},
            **({"text": texts[node.id]} if node.id in texts else {}),
        }
        for node, (size, (x, y)) in placed_nodes
    ]


def _core(nodes: Sequence[Node], edges: Sequence[Edge]) -> set[str]:
    """The ids of the nodes that vis-network draws."""
    at = {node.id: position for position, node in enumerate(nodes)}
    links = [(at[edge.source], at[edge.target]) for edge in edges]
    limit = _CORE if len(nodes) > _MOST else len(nodes)
    return {nodes[position].id for position in best_connected(len(nodes), links, limit)}


def _edge_row(edge: Edge, texts: Mapping[str, str]) -> Row:
    row: Row = {"from": edge.source, "to": edge.target, "type": edge.type}
    if edge.paper:
        row |= {"paper": edge.paper, "count": edge.count, "confidence": round(edge.confidence, 2)}
    if edge.paper in texts and edge.stop > edge.start:
        row |= evidence(texts[edge.paper], edge.start, edge.stop)
    return row
