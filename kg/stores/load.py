"""The graph into Neo4j: what differs is written, and what the graph has no more goes.

Each node there carries the digest of what was written on it (`kg_digest`), each paper and each
version of something that of what was written with it (`kg_links`). A load asks the server for sums
of these, looks into the pages where they differ, and sends what is new, changed or gone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.digests import (
    begin_notes,
    frozen,
    graph_id,
    is_digested,
    keep_notes,
    noted,
    totals,
)
from kg.errors import StoreError
from kg.ledger import Ledger
from kg.queries import statement
from kg.records import Node
from kg.resolve import resolved
from kg.rows import read_paper_ids
from kg.stores.bolt import Neo4jStore
from kg.stores.comparing import differing_pages
from kg.stores.pool import run_all
from kg.stores.schema import Made, make_schema
from kg.stores.syncing import Watch, sync, unwatched
from kg.stores.writing import link_jobs, node_jobs, paper_jobs
from kg.wholes import Whole, entity_wholes, paper_wholes


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one load did."""

    nodes: int  # in the graph now
    relationships: int
    nodes_created: int
    relationships_created: int
    nodes_changed: int  # that were there, or what belongs to them
    nodes_removed: int
    relationships_removed: int
    kept: tuple[str, ...]  # ids that the graph has no more, but others have tied something to
    schema: Made


def load(
    store: Neo4jStore, ledger: Ledger, *, replace: bool = False, watch: Watch = unwatched
) -> Loaded:
    """Makes what `store` holds of a graph equal to that of `ledger`; an equal one is only read.

    A load that breaks off is mended by the next. One that has something to write waits until
    another one is done.

    Raises: StoreError if there is another graph, unless this one is to `replace` it, or if a node
    that somebody else has made has an id of the graph.
    """
    made = make_schema(store)
    if not _is_empty(store) and _is_own(store, ledger, replace):
        with frozen(ledger):
            if not differing_pages(store, ledger):
                return _loaded(ledger, made)
    with store.alone():
        if _is_empty(store):
            return _loaded(ledger, made, _load_everything(store, ledger, watch))
        is_own = _is_own(store, ledger, replace)
        with frozen(ledger):  # and compared again, since others may have loaded meanwhile
            changes, kept = sync(store, ledger, differing_pages(store, ledger), watch)
            if not is_own:
                _adopt(store, ledger)
            return _loaded(ledger, made, changes, kept)


def write_all(
    store: Neo4jStore, graph: str, entities: Iterable[Whole], papers: Iterable[Whole]
) -> Counter[str]:
    """Writes a graph into a store that holds nothing of it."""
    versions: list[Whole] = []
    nodes = (_node_of(whole, versions) for whole in entities)
    changes = run_all(store, node_jobs(nodes))
    changes += run_all(store, link_jobs(versions))
    return changes + run_all(store, paper_jobs(papers, graph, doubted=()))


def _node_of(whole: Whole, linked: list[Whole]) -> Node:
    """The node of an entity, which is kept in `linked` if it has a family."""
    if whole.edges:
        linked.append(whole)
    return whole.node


def _load_everything(store: Neo4jStore, ledger: Ledger, watch: Watch) -> Counter[str]:
    """Writes the graph into an empty store; digests are noted on the way, if there are none."""
    if is_digested(ledger):
        with frozen(ledger):
            return write_all(store, graph_id(ledger), *_streams(ledger, watch))
    with resolved(ledger):
        begin_notes(ledger)
        entities, papers = (noted(ledger, wholes) for wholes in _streams(ledger, watch))
        changes = write_all(store, graph_id(ledger), entities, papers)
    keep_notes(ledger)
    return changes


def _streams(ledger: Ledger, watch: Watch) -> tuple[Iterable[Whole], Iterable[Whole]]:
    """All entities, and all papers."""
    ((entities,),) = ledger.rows("SELECT COUNT(*) FROM entities")
    ((papers,),) = ledger.rows("SELECT COUNT(*) FROM papers")
    return (
        watch(entity_wholes(ledger), "entities", entities),
        watch(paper_wholes(ledger, read_paper_ids(ledger)), "papers", papers),
    )


def _is_empty(store: Neo4jStore) -> bool:
    return not store.read(statement("load/any"))


def _is_own(store: Neo4jStore, ledger: Ledger, replace: bool) -> bool:
    """Whether no paper of another graph lies there; one that this graph is to `replace` may."""
    others = store.read(statement("load/graphs"), {"graph": graph_id(ledger)})
    if others and not replace:
        raise StoreError(
            f"{store.name}: holds another graph than {ledger.path.parent}; give each a database "
            f"of its own (--database), or let this one take its place with --replace"
        )
    return not others


def _adopt(store: Neo4jStore, ledger: Ledger) -> None:
    """Says of all papers there that they belong to this graph, where they did not."""
    while store.write(statement("load/adopt"), {"graph": graph_id(ledger)})["properties_set"]:
        pass


def _loaded(
    ledger: Ledger,
    made: Made,
    changes: Mapping[str, int] = MappingProxyType({}),
    kept: tuple[str, ...] = (),
) -> Loaded:
    """What is told of a load."""
    counts = Counter(changes)
    return Loaded(
        *totals(ledger),
        counts["nodes_created"],
        counts["relationships_created"],
        counts["nodes_changed"],
        counts["nodes_deleted"],
        counts["relationships_deleted"],
        kept,
        made,
    )
