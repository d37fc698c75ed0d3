"""Comparing a Neo4j with the digests of a graph, page by page: what is new, changed, or gone."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import cast

from kg.digests import Digest, Page, digests, has_node, pages
from kg.ledger import Ledger
from kg.queries import LABELS, statement
from kg.stores.bolt import Neo4jStore

_ROWS = 10_000  # that are fetched at once
_SESSIONS = 4  # that add up side by side

Pages = Mapping[str, Sequence[Page]]  # label -> some of its pages


@dataclass(frozen=True, slots=True)
class Difference:
    """The ids of a label's nodes that the store should hold otherwise, each list in their order."""

    label: str
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    relinked: list[str] = field(default_factory=list)  # what belongs to them has changed
    gone: list[str] = field(default_factory=list)
    owners: set[str] = field(default_factory=set)  # of what is created or changed

    @property
    def changed_ids(self) -> set[str]:
        """The ids of what is there, but not as it should be, or not all that belongs to it."""
        return {*self.changed, *self.relinked} - {*self.created}


def differing_pages(store: Neo4jStore, ledger: Ledger) -> Pages:
    """The pages of each label whose sums the store has otherwise; none for an equal graph."""
    here = [pages(ledger, label) for label in LABELS]
    with ThreadPoolExecutor(_SESSIONS) as pool:
        found = list(pool.map(partial(_differing, store), LABELS, here))
    return {label: pages for label, pages in zip(LABELS, found, strict=True) if pages}


def difference(
    store: Neo4jStore, ledger: Ledger, label: str, differing: Iterable[Page]
) -> Difference:
    """What differs on these pages of a label."""
    found = Difference(label)
    for page in differing:
        _compare(found, digests(ledger, page), _digests_there(store, page))
    gone = [id for id in found.gone if not has_node(ledger, label, id)]
    found.gone[:] = gone  # but for what the server sorts in another way
    return found


def _differing(store: Neo4jStore, label: str, here: Sequence[Page]) -> list[Page]:
    bounds = {"first": [page.first for page in here], "end": [page.end for page in here]}
    there = store.read(statement("load/pages", LABEL=label), bounds)
    return [
        page
        for page, row in zip(here, there, strict=True)
        if (page.nodes, page.digest, page.links) != tuple(row.values())
    ]


def _digests_there(store: Neo4jStore, page: Page) -> dict[str, Digest]:
    """The digests of a page as the store holds them."""
    found: dict[str, Digest] = {}
    query, first = statement("load/digests", LABEL=page.label), page.first
    while True:
        rows = store.read(query, {"first": first, "end": page.end, "limit": _ROWS})
        for row in rows:
            id = cast(str, row["id"])
            found[id] = Digest(id, cast(int, row["node"]), cast(int, row["links"]))
        if len(rows) < _ROWS:
            return found
        first = f"{rows[-1]['id']}\0"


def _compare(found: Difference, here: dict[str, Digest], there: dict[str, Digest]) -> None:
    """Adds to `found` what differs on a page."""
    for id, digest in here.items():
        other = there.get(id)
        if other is None:
            found.created.append(id)
        elif other.node != digest.node:
            found.changed.append(id)
        if digest.links != (other.links if other else 0):
            found.relinked.append(id)
        if other is None or other.node != digest.node:
            found.owners.add(digest.owner)
    found.gone.extend(id for id in there if id not in here)
