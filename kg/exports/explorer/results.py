"""Results as rows of tables: what was measured, by what, on what, where the paper says so."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.exports.explorer.evidence import evidence
from kg.exports.picture import shown_name
from kg.records import Edge, Node

_CELLS = {"BY": "method", "ON": "dataset", "OF": "metric", "AGAINST": "baseline"}


def result_rows(
    nodes: Iterable[Node], edges: Iterable[Edge], texts: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """The results of the papers that have `texts`, by paper and in order of the text.

    Each cell is a list of entities, as `id` and `name`, for a result may be of none or of several.
    """
    by_id = {node.id: node for node in nodes}
    cells: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    reports = []
    for edge in edges:
        if edge.source_label == "Result":
            cell = {"id": edge.target, "name": shown_name(by_id[edge.target])}
            cells[edge.source, edge.type].append(cell)
        elif edge.target_label == "Result" and edge.source in texts:
            reports.append(edge)
    for edge in sorted(reports, key=lambda edge: (edge.source, edge.start, edge.target)):
        result = by_id[edge.target]
        yield {
            "paper": edge.source,
            "value": shown_name(result),
            "form": result.properties.get("form", "value"),
            **{name: cells[result.id, relation] for relation, name in _CELLS.items()},
            **evidence(texts[edge.source], edge.start, edge.stop),
        }
