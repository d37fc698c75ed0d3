"""JSON Lines: a graph as text, a node or a relationship a line, always in the same order."""

import json
from collections.abc import Generator, Iterable

from kg.exports.attributes import edge_attributes
from kg.records import Edge, Node

_LEFT_OUT = {"source"}  # which file a record was read from is no part of the graph


def to_lines(nodes: Iterable[Node], edges: Iterable[Edge]) -> Generator[str, None, None]:
    """Each node, then each relationship, as one line of JSON without its end, in the given order.

    A node is `{"id", "label", ...}` with its properties, a relationship `{"from", "to", "type",
    ...}`. Of equal graphs all lines are equal.
    """
    for node in nodes:
        kept = {name: value for name, value in node.properties.items() if name not in _LEFT_OUT}
        yield _line({"id": node.id, "label": node.label, **kept})
    for edge in edges:
        yield _line({"from": edge.source, "to": edge.target, **edge_attributes(edge)})


def _line(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False)
