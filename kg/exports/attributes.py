"""What every export shares: the order of nodes and edges, and the attributes that they carry."""

from collections.abc import Iterable
from typing import Any

from kg.records import Edge, Node


def ordered(nodes: Iterable[Node], edges: Iterable[Edge]) -> tuple[list[Node], list[Edge]]:
    """Nodes by id, and the edges between them by source, type and target.

    An edge that leads out of `nodes` is left out.
    """
    by_id = {node.id: node for node in nodes}
    inner = (edge for edge in edges if edge.source in by_id and edge.target in by_id)
    return (
        [by_id[name] for name in sorted(by_id)],
        sorted(inner, key=lambda edge: (edge.source, edge.type, edge.target)),
    )


def node_attributes(node: Node) -> dict[str, Any]:
    """`label` and all properties of `node`."""
    return {"label": node.label, **node.properties}


def edge_attributes(edge: Edge) -> dict[str, Any]:
    """`type`, and the evidence: `start` and `stop` in the text of `paper`, and how sure it is.

    An edge that follows from the names alone has the `paper` "".
    """
    return {
        "type": edge.type,
        "start": edge.start,
        "stop": edge.stop,
        "confidence": edge.confidence,
        "count": edge.count,
        "paper": edge.paper,
    }
