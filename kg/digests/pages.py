"""The digests as they are kept, page by page."""

from dataclasses import dataclass

from kg.ledger import Ledger
from kg.versions import digest_of
from kg.wholes import MAKERS

END = "\U0010ffff"  # behind every id


@dataclass(frozen=True, slots=True)
class Page:
    """The nodes of a label whose ids lie in [first, end), and what their digests add up to."""

    label: str
    first: str
    end: str
    nodes: int
    digest: int
    links: int


@dataclass(frozen=True, slots=True)
class Digest:
    """What a node should be; the `owner` of a result is its paper, of all else the node itself."""

    owner: str
    node: int
    links: int


def graph_id(ledger: Ledger) -> str:
    """Sixteen hex digits that no other graph has."""
    ((graph,),) = ledger.rows("SELECT graph FROM identity")
    return str(graph)


def is_digested(ledger: Ledger) -> bool:
    """Whether all that is not stale has digests, and by the code of today."""
    return next(ledger.rows("SELECT maker FROM digested"), None) == (digest_of(*MAKERS),)


def is_fresh(ledger: Ledger) -> bool:
    """Whether everything has its digests."""
    return is_digested(ledger) and next(ledger.rows("SELECT 1 FROM stale LIMIT 1"), None) is None


def pages(ledger: Ledger, label: str) -> list[Page]:
    """All nodes of a label in order of their ids; at least one page, and the last is open."""
    rows = list(ledger.rows(_PAGES_OF, (label,))) or [("", 0, 0, 0)]
    ends = [*(first for first, *_ in rows[1:]), END]
    return [Page(label, first, end, *sums) for (first, *sums), end in zip(rows, ends, strict=True)]


def digests(ledger: Ledger, page: Page) -> dict[str, Digest]:
    """The digests of a page's nodes by id."""
    rows = ledger.rows(_DIGESTS_OF, (page.label, page.first, page.end))
    return {id: Digest(*cells) for id, *cells in rows}


def has_node(ledger: Ledger, label: str, id: str) -> bool:
    """Whether the graph has a node of this label with this id."""
    found = ledger.rows("SELECT 1 FROM digests WHERE (label, id) = (?, ?)", (label, id))
    return next(found, None) is not None


def totals(ledger: Ledger) -> tuple[int, int]:
    """How many nodes and relationships the graph has."""
    sums = "SELECT coalesce(SUM(nodes), 0), coalesce(SUM(edges), 0) FROM pages"
    ((nodes, edges),) = ledger.rows(sums)
    return nodes, edges


_PAGES_OF = "SELECT first, nodes, node, links FROM pages WHERE label = ? ORDER BY first"
_DIGESTS_OF = """
    SELECT id, owner, node, links FROM digests WHERE label = ? AND id >= ? AND id < ?
"""
