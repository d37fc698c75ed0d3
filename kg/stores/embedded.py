"""The embedded store: a snapshot file that kglite answers Cypher from, in this process."""

import datetime
import warnings
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Self

import kglite

from kg.errors import QueryError, StoreError
from kg.records import Edge, Node
from kg.stores.protocol import BOUNDS, TOO_LONG, Bounds, Rows, at_most
from kg.stores.read_only import check_read_only, without_comments

_TITLES = {"Paper": "title", "Result": "text"}  # what kglite shows a node by; else its name


def make_snapshot(path: Path, nodes: Iterable[Node], edges: Iterable[Edge]) -> None:
    """Write the graph to `path` at once: a reader sees the former snapshot or the whole new one.

    Raises: StoreError if an edge has no node at an end, or `path` cannot be written.
    """
    graph = {"nodes": _node_tables(nodes), "connections": _edge_tables(edges)}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.filterwarnings("error", message="(?s).*duplicate id")
            kglite.from_records(graph, save=str(path), on_missing_endpoint="error")
    except (kglite.KgError, OSError, ValueError, TypeError, UserWarning) as error:
        raise StoreError(f"cannot write the snapshot {path}: {_first_line(error)}") from error


def open_snapshot(path: Path) -> "EmbeddedStore":
    """The graph that `make_snapshot` wrote to `path`.

    Raises: StoreError if there is no such file, or kglite cannot read it.
    """
    try:
        return EmbeddedStore(kglite.load(str(path)).freeze())
    except (kglite.KgError, OSError) as error:
        raise StoreError(f"cannot read the snapshot {path}: {_first_line(error)}") from error


class EmbeddedStore:
    """A frozen graph in memory; several threads may ask it at once."""

    def __init__(self, graph: kglite.FrozenGraph) -> None:
        kglite.set_query_warning_policy("silent")  # a label without nodes is no mistake
        self._graph: kglite.FrozenGraph | None = graph

    def run(
        self,
        cypher: str,
        parameters: Mapping[str, object] | None = None,
        *,
        bounds: Bounds = BOUNDS,
    ) -> Rows:
        """The rows that the reading statement `cypher` returns."""
        check_read_only(cypher)
        if self._graph is None:
            raise StoreError("the snapshot is closed; open it again")
        try:
            answer = self._graph.cypher(
                without_comments(cypher),
                params=dict(parameters or {}),
                timeout_ms=int(bounds.seconds * 1000),
                row_limit=None if bounds.rows is None else bounds.rows + 1,
            )
        except kglite.CypherTimeoutError as error:
            raise QueryError(TOO_LONG) from error
        except (kglite.KgError, ValueError, TypeError, OverflowError) as error:
            raise QueryError(_first_line(error)) from error
        if isinstance(answer, str):
            raise QueryError("FORMAT CSV gives no rows; leave it out")
        return Rows(answer.columns, map(_plain, at_most(answer, bounds.rows)))

    def close(self) -> None:
        self._graph = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _node_tables(nodes: Iterable[Node]) -> list[dict[str, object]]:
    records: dict[str, list[dict[str, object]]] = defaultdict(list)
    for node in nodes:
        records[node.label].append({**node.properties, "id": node.id})
    return [
        {
            "type": label,
            "id_field": "id",
            "title_field": _TITLES.get(label, "name"),
            "records": rows,
        }
        for label, rows in records.items()
    ]


def _edge_tables(edges: Iterable[Edge]) -> list[dict[str, object]]:
    records: dict[tuple[str, str, str], list[dict[str, object]]] = defaultdict(list)
    for edge in edges:
        records[edge.source_label, edge.type, edge.target_label].append(
            {
                "source": edge.source,
                "target": edge.target,
                "start": edge.start,
                "stop": edge.stop,
                "confidence": edge.confidence,
                "count": edge.count,
            }
        )
    return [
        {
            "type": kind,
            "source_type": source,
            "source_id_field": "source",
            "target_type": target,
            "target_id_field": "target",
            "records": rows,
        }
        for (source, kind, target), rows in records.items()
    ]


def _plain(value: Any) -> Any:
    """`value` in the types that `Rows` promises."""
    if isinstance(value, dict):
        if value.keys() == {"id", "labels", "properties"}:
            return {"labels": value["labels"], "properties": _stored(value)}
        if value.keys() == {"id", "start", "end", "type", "properties"}:
            return {"type": value["type"], "properties": _plain(value["properties"])}
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value


def _stored(node: dict[str, Any]) -> dict[str, object]:
    """The properties of a whole node without the `type` and `title` that kglite adds."""
    added = {"type"} if "Paper" in node["labels"] else {"type", "title"}
    return {key: _plain(value) for key, value in node["properties"].items() if key not in added}


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0]
