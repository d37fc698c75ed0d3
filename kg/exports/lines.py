"""JSON Lines: a graph as text, a node or a relationship a line, always in the same order."""

import json
from collections.abc import Generator, Iterable

from kg.exports.attributes import edge_attributes
from kg.records import Edge, Node

_LEFT_OUT = {"source"}  # which file a record was read from is no part of the graph


def to_objects(
    nodes: Iterable[Node], edges: Iterable[Edge]
) -> Generator[dict[str, object], None, None]:
    """Each node, then each relationship, as what a line of JSON holds, in the given order.

    A node is `{"id", "label", ...}` with its properties, a relationship `{"from", "to", "type",
    ...}`. Of equal graphs all objects are equal.
    """
    for node in nodes:
        kept = {name: value for name, value in node.properties.items() if name not in _LEFT_OUT}
        yield {"id": node.id, "label": node.label, **kept}
    for edge in edges:
        yield {"from": edge.source, "to": edge.target, **edge_attributes(edge)}


def to_line(value: dict[str, object]) -> str:
    """One of these objects as a line of JSON, with its end."""
    return json.dumps(value, ensure_ascii=False) + "\n"
