"""The graph into Neo4j: batches of MERGE, then what no longer belongs there goes.

What `load` wrote is known by its second label, `Kg`. Nothing else in the database is touched.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from kg.errors import StoreError
from kg.evidence import sentence
from kg.families import KINDS as VERSIONED
from kg.queries import LABELS, TYPES, statement
from kg.records import Edge, Node
from kg.stores.bolt import Neo4jStore

_BATCH = 2_000
_STARTS: Mapping[str, Sequence[str]] = {  # label -> the types that `load` makes start there
    "Paper": TYPES,
    "Result": TYPES,
    **dict.fromkeys(VERSIONED, ("VERSION_OF",)),
}

_T = TypeVar("_T")
_K = TypeVar("_K", bound=Hashable)
_Ids = dict[str, dict[str, str]]  # label -> id -> the same id, so that each is held once
_Triple = tuple[str, str, str]  # id of the source, type, id of the target


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one load did."""

    nodes: int  # in the graph now
    relationships: int
    nodes_created: int
    relationships_created: int
    nodes_removed: int
    relationships_removed: int


def load(
    store: Neo4jStore,
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    *,
    text_of: Callable[[str], str],
) -> Loaded:
    """Make the graph in `store` equal to `nodes` and `edges`; a second load changes nothing.

    Both are read once, as a stream; `text_of` gives a paper's text by its id, for the sentence
    that each relationship carries here, if it was read from one. A load that breaks off is mended
    by the next.

    Raises: StoreError if an edge has no node at an end, or an id belongs to a foreign node.
    """
    for constraint in statement("schema").split(";"):
        if constraint.strip():
            store.write(constraint)
    changes: Counter[str] = Counter()
    ids = _write_nodes(store, nodes, changes)
    triples = _write_relationships(store, edges, ids, text_of, changes)
    _remove_relationships(store, ids, triples, changes)
    _remove_nodes(store, ids, changes)
    return Loaded(
        nodes=sum(map(len, ids.values())),
        relationships=len(triples),
        nodes_created=changes["nodes_created"],
        relationships_created=changes["relationships_created"],
        nodes_removed=changes["nodes_deleted"],
        relationships_removed=changes["relationships_deleted"],
    )


def _write_nodes(store: Neo4jStore, nodes: Iterable[Node], changes: Counter[str]) -> _Ids:
    ids: _Ids = {label: {} for label in LABELS}
    for label, batch in _batches(nodes, lambda node: node.label):
        rows = [{"id": node.id, "properties": dict(node.properties)} for node in batch]
        changes += store.write(statement("load/nodes", LABEL=label), {"rows": rows})
        ids[label].update((node.id, node.id) for node in batch)
    return ids


def _write_relationships(
    store: Neo4jStore,
    edges: Iterable[Edge],
    ids: _Ids,
    text_of: Callable[[str], str],
    changes: Counter[str],
) -> set[_Triple]:
    """Write `edges`; who is related to whom by what, to find later what is stale."""
    triples: set[_Triple] = set()
    for (source, kind, target), batch in _batches(edges, _pattern):
        query = statement("load/relationships", SOURCE=source, TYPE=kind, TARGET=target)
        for edge in batch:
            triples.add(_triple(edge, ids))
        changes += store.write(query, {"rows": [_row(edge, text_of) for edge in batch]})
    return triples


def _pattern(edge: Edge) -> tuple[str, str, str]:
    return edge.source_label, edge.type, edge.target_label


def _triple(edge: Edge, ids: _Ids) -> _Triple:
    try:
        return ids[edge.source_label][edge.source], edge.type, ids[edge.target_label][edge.target]
    except KeyError as error:
        arrow = f"{edge.source} {edge.type} {edge.target}"
        raise StoreError(
            f"{arrow}: there is no node {error.args[0]}; load the whole graph"
        ) from error


def _row(edge: Edge, text_of: Callable[[str], str]) -> dict[str, object]:
    properties: dict[str, object] = {
        "start": edge.start,
        "stop": edge.stop,
        "confidence": edge.confidence,
        "count": edge.count,
    }
    if edge.paper:
        properties["sentence"] = sentence(text_of(edge.paper), edge.start, edge.stop)
    return {"source": edge.source, "target": edge.target, "properties": properties}


def _remove_relationships(
    store: Neo4jStore, ids: _Ids, triples: set[_Triple], changes: Counter[str]
) -> None:
    for label, types in _STARTS.items():
        loaded = statement("load/loaded_relationships", SOURCE=label)
        remove = statement("load/remove_relationships", SOURCE=label)
        for batch in _chunks(ids[label]):
            rows = store.run(loaded, {"ids": batch, "types": types})
            stale = [row for row in rows if tuple(row.values()) not in triples]
            if stale:
                changes += store.write(remove, {"rows": stale})


def _remove_nodes(store: Neo4jStore, ids: _Ids, changes: Counter[str]) -> None:
    for label in LABELS:
        loaded = store.run(statement("load/loaded_nodes", LABEL=label))
        stale = [row["id"] for row in loaded if row["id"] not in ids[label]]
        for batch in _chunks(stale):
            changes += store.write(statement("load/remove_nodes", LABEL=label), {"ids": batch})


def _batches(items: Iterable[_T], key: Callable[[_T], _K]) -> Iterator[tuple[_K, list[_T]]]:
    """Lists of items with the same key, each handed on when it is full or nothing follows."""
    waiting: dict[_K, list[_T]] = defaultdict(list)
    for item in items:
        waiting[key(item)].append(item)
        if len(waiting[key(item)]) == _BATCH:
            yield key(item), waiting.pop(key(item))
    yield from waiting.items()


def _chunks(items: Iterable[_T]) -> Iterator[list[_T]]:
    rest = iter(items)
    while chunk := list(islice(rest, _BATCH)):
        yield chunk
