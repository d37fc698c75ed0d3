"""Syncing: a Neo4j that holds some of a graph is made to hold all of it, and nothing more."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Protocol, TypeVar, cast

from kg.digests import graph_id
from kg.families import stems_of_versions
from kg.keys import canonical_key
from kg.ledger import Ledger
from kg.queries import statement
from kg.records import KINDS, EntityKey, Kind, id_of
from kg.stores.bolt import Neo4jStore
from kg.stores.comparing import Difference, Pages, difference
from kg.stores.leaving import leave, leave_papers, leaving
from kg.stores.pool import run_all
from kg.stores.writing import batches, link_jobs, node_jobs, paper_jobs
from kg.wholes import Whole, entity_wholes, paper_wholes

_LEAVING = 500  # nodes in a transaction
_T = TypeVar("_T")


class Watch(Protocol):
    """Lets items through, and shows how many of them have passed."""

    def __call__(self, items: Iterable[_T], what: str, total: int, /) -> Iterable[_T]: ...


def unwatched(items: Iterable[_T], what: str, total: int, /) -> Iterable[_T]:
    """Lets items through."""
    return items


def sync(
    store: Neo4jStore, ledger: Ledger, pages: Pages, watch: Watch
) -> tuple[Counter[str], tuple[str, ...]]:
    """What was changed to make `store` equal to the graph of `ledger`, which is digested, and the
    ids of what has left the graph and stays for others' sake; it differs on `pages` alone."""
    entities = [difference(store, ledger, kind, pages.get(kind, ())) for kind in KINDS]
    results = difference(store, ledger, "Result", pages.get("Result", ()))
    papers = difference(store, ledger, "Paper", pages.get("Paper", ()))
    _rename(store, ledger, entities)
    _doubt(store, papers, results.owners | _naming(ledger, entities))
    for one in entities:
        _doubt(store, one, set(_versions(ledger, one)))
    changes = run_all(store, node_jobs(one.node for one in _written(ledger, entities)))
    changes += run_all(store, link_jobs(_linked(ledger, entities)))
    doubted = {*papers.created, *papers.relinked}
    ids = sorted({*papers.changed, *doubted})
    wholes = watch(paper_wholes(ledger, ids), "papers", len(ids))
    changes += run_all(store, paper_jobs(wholes, graph_id(ledger), doubted))
    differences = [papers, results, *entities]
    changes["nodes_changed"] = sum(len(one.changed_ids) for one in differences)
    left, kept = _leave(store, differences)
    return changes + left, kept


def _written(ledger: Ledger, differences: Iterable[Difference]) -> Iterator[Whole]:
    """The entities of which something is to be written on the node."""
    for one in differences:
        ids = sorted({*one.created, *one.changed})
        yield from entity_wholes(ledger, map(_entity, ids))


def _linked(ledger: Ledger, differences: Iterable[Difference]) -> Iterator[Whole]:
    """The entities whose family is to be looked at."""
    for one in differences:
        yield from entity_wholes(ledger, map(_entity, sorted({*one.relinked})))


def _doubt(store: Neo4jStore, found: Difference, ids: set[str]) -> None:
    """Adds nodes to those of which something may be missing that their digests say is there; if
    this load breaks off, the next one will know."""
    doubted = ids - {*found.created, *found.relinked}
    for batch in batches(sorted(doubted), _LEAVING):
        unknown = {"id": batch, "links": [-1] * len(batch)}
        store.write(statement("load/links", LABEL=found.label), unknown)
    found.relinked.extend(doubted)


def _versions(ledger: Ledger, found: Difference) -> Iterator[str]:
    """The ids of what may be versions of what has been created."""
    query = "SELECT id FROM digests WHERE label = ? AND id > ? AND id < ? AND links <> 0"
    for id in found.created:
        for stem in stems_of_versions(_entity(id)):
            version = id_of((cast(Kind, found.label), stem))
            for (other,) in ledger.rows(query, (found.label, f"{version}-", f"{version}.")):
                yield other


def _naming(ledger: Ledger, differences: Iterable[Difference]) -> set[str]:
    """The ids of the papers that name an entity whose node is created, which none is tied to."""
    return {
        paper
        for one in differences
        for id in one.created
        for (paper,) in ledger.rows(_PAPERS, (*_entity(id), *_entity(id)))
    }


def _entity(id: str) -> EntityKey:
    kind, _, key = id.partition(":")
    return cast(Kind, kind.capitalize()), key


_PAPERS = """
    SELECT paper FROM terms WHERE (kind, key) = (?, ?)
    UNION SELECT paper FROM moves JOIN terms USING (kind, key) WHERE (to_kind, to_key) = (?, ?)
"""


def _rename(store: Neo4jStore, ledger: Ledger, differences: Sequence[Difference]) -> None:
    """Gives the nodes of entities whose id has changed the new one, so that they stay the same."""
    created = {id: one for one in differences for id in one.created}
    for one in differences:
        for batch in batches(tuple(one.gone), _LEAVING):
            names = store.read(statement("load/names", LABEL=one.label), {"ids": batch})
            for row in names:
                former, name = cast(str, row["id"]), cast(str, row["name"])
                latter = next(filter(created.get, _successors(ledger, former, name)), None)
                if latter:
                    created.pop(latter).relinked.append(latter)  # it keeps the former's family
                    one.gone.remove(former)
                    parameters = {"former": former, "latter": latter}
                    labels = {"FORMER": one.label, "LATTER": _entity(latter)[0]}
                    store.write(statement("load/rename", **labels), parameters)


def _successors(ledger: Ledger, id: str, name: str) -> Iterator[str]:
    """The ids that an entity which the graph has no more may have now: where its key leads, or its
    name, or that of the same key of another kind."""
    kind, key = _entity(id)
    others = [(other, key) for other in KINDS]
    for entity in ((kind, key), (kind, canonical_key(kind, name)), *others):
        move = "SELECT to_kind, to_key FROM moves WHERE (kind, key) = (?, ?)"
        yield id_of(next(ledger.rows(move, entity), entity))


def _leave(
    store: Neo4jStore, differences: Iterable[Difference]
) -> tuple[Counter[str], tuple[str, ...]]:
    """Removes what is gone, papers first; the ids of what stays for others' sake."""
    changes: Counter[str] = Counter()
    kept: list[str] = []
    for one in differences:
        work = leave_papers if one.label == "Paper" else partial(leave, label=one.label)
        for batch in batches(one.gone, _LEAVING):
            rows = store.read(*leaving(one.label, batch))
            kept += [cast(str, row["id"]) for row in rows if row["is_tied"]]
            ids = [cast(str, row["id"]) for row in rows if row["is_ours"] or not row["is_tied"]]
            if ids:
                changes += store.transact(partial(work, ids=ids))
    return changes, tuple(kept)
