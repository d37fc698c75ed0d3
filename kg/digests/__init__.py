"""Digests: what a store that lasts should hold of each node, so that it is compared page by page
without making the graph. The ledger keeps them, and notes what becomes stale."""

from kg.digests.pages import (
    END,
    Digest,
    Page,
    digests,
    graph_id,
    has_node,
    is_digested,
    pages,
    totals,
)
from kg.digests.refreshing import begin_notes, everything, frozen, keep_notes, noted, refresh

__all__ = [
    "END",
    "Digest",
    "Page",
    "begin_notes",
    "digests",
    "everything",
    "frozen",
    "graph_id",
    "has_node",
    "is_digested",
    "keep_notes",
    "noted",
    "pages",
    "refresh",
    "totals",
]
