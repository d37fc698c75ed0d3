"""How the digests are kept fresh: all at once, or what is stale."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

from kg.digests.pages import is_digested, is_fresh
from kg.ledger import Ledger, Row
from kg.records import EntityKey, id_of
from kg.resolve import is_resolved, resolve
from kg.resolve.entities import make_versions_stale
from kg.rows import read_paper_ids
from kg.versions import digest_of
from kg.wholes import MAKERS, Whole, entity_wholes, node_digest, paper_wholes

_PAGE = 1_000  # nodes, at first
_LARGEST = 4_000  # of which a page is cut anew
_ROWS = 2_000  # that are written at once


def refresh(ledger: Ledger) -> None:
    """Works out the digests of all that is stale, or of everything, if there are none."""
    if not is_digested(ledger):
        with ledger.reading():
            begin_notes(ledger)
            for _ in noted(ledger, everything(ledger)):
                pass
        keep_notes(ledger)
    elif not is_fresh(ledger):
        with ledger.transaction():
            _digest_stale(ledger)
            _cut_anew(ledger)
            _settle(ledger, _last_change(ledger))


@contextmanager
def frozen(ledger: Ledger) -> Iterator[None]:
    """Inside, the ledger is of one moment, resolved and digested, though others may write."""
    while True:
        resolve(ledger)
        refresh(ledger)
        with ledger.reading():
            if is_resolved(ledger) and is_fresh(ledger):
                yield
                return


def everything(ledger: Ledger) -> Iterator[Whole]:
    """All that the graph holds: entities by kind and key, then papers by their ids."""
    yield from entity_wholes(ledger)
    yield from paper_wholes(ledger, read_paper_ids(ledger))


def begin_notes(ledger: Ledger) -> None:
    """Makes ready to note all that the graph holds at this moment."""
    for statement in _NOTES:
        ledger.run(statement)
    ledger.insert("noted_until", [(_last_change(ledger), _maker(ledger))])


def noted(ledger: Ledger, wholes: Iterable[Whole]) -> Iterator[Whole]:
    """`wholes` as they come; their digests are noted, beside the ledger, for `keep_notes`."""
    rows: list[Row] = []
    for whole in wholes:
        rows += _rows(whole)
        if len(rows) > _ROWS:
            ledger.insert("noted", rows)
            rows.clear()
        yield whole
    ledger.insert("noted", rows)


def keep_notes(ledger: Ledger) -> None:
    """Puts what was noted into the ledger; what has changed since is stale.

    Where another process has digested the ledger meanwhile, its digests are later ones, and stay.
    """
    with ledger.transaction():
        ((until, maker),) = ledger.rows("SELECT sequence, maker FROM noted_until")
        if _maker(ledger) == maker:
            ledger.run("DELETE FROM pages")
            ledger.run("DELETE FROM digests")
            ledger.run("INSERT INTO digests SELECT * FROM noted ORDER BY label, id")
            ledger.run(_GONE)
            ledger.run(_CUT, (_PAGE, ""))
            _settle(ledger, until)
    ledger.run("DELETE FROM noted")


def _maker(ledger: Ledger) -> str:
    """The digest of the code that last worked out all digests, or ""."""
    return next((maker for (maker,) in ledger.rows("SELECT maker FROM digested")), "")


def _last_change(ledger: Ledger) -> int:
    ((sequence,),) = ledger.rows("SELECT coalesce(MAX(sequence), 0) FROM stale")
    return int(sequence)


def _settle(ledger: Ledger, until: int) -> None:
    ledger.run("DELETE FROM stale WHERE sequence <= ?", (until,))
    ledger.run("DELETE FROM digested")
    ledger.insert("digested", [(digest_of(*MAKERS),)])


def _digest_stale(ledger: Ledger) -> None:
    """Replaces the digests of papers with their results, and of entities, that are stale."""
    for kind, key in list(ledger.rows(_ENTITIES)):
        make_versions_stale(ledger, (kind, key))
    entities: list[EntityKey] = list(ledger.rows(_ENTITIES))
    papers = [key for (key,) in ledger.rows("SELECT key FROM stale WHERE label = 'Paper'")]
    for entity in entities:
        ledger.run(_FORGET, (entity[0], id_of(entity)))
    for paper in papers:
        ledger.run(_FORGET, ("Paper", paper))
        ledger.run("DELETE FROM digests WHERE label = 'Result' AND owner = ?", (paper,))
    for whole in chain(entity_wholes(ledger, entities), paper_wholes(ledger, papers)):
        _insert(ledger, _rows(whole))


def _rows(whole: Whole) -> list[Row]:
    """The rows of `digests` for a node and what is written with it."""
    node = whole.node
    own = (node.label, node.id, node.id, whole.digest, whole.links, len(whole.edges))
    results = (("Result", one.id, node.id, node_digest(one), 0, 0) for one in whole.results)
    return [own, *results]


def _insert(ledger: Ledger, rows: Sequence[Row]) -> None:
    """Writes rows of `digests`, and adds them to their pages, which takes out what is deleted."""
    ledger.insert("digests", rows)
    for label, id, _, *sums in rows:
        ledger.run("INSERT OR IGNORE INTO pages VALUES (?, '', 0, 0, 0, 0)", (label,))
        ledger.run(_ADD, (*sums, label, label, id))


def _cut_anew(ledger: Ledger) -> None:
    """Cuts the labels anew of which a page has grown too long."""
    long = ledger.rows("SELECT DISTINCT label FROM pages WHERE nodes > ?", (_LARGEST,))
    for (label,) in list(long):
        ledger.run("DELETE FROM pages WHERE label = ?", (label,))
        ledger.run(_CUT, (_PAGE, label))


_NOTES = (
    "CREATE TEMP TABLE IF NOT EXISTS noted AS SELECT * FROM digests LIMIT 0",
    "CREATE TEMP TABLE IF NOT EXISTS noted_until (sequence, maker)",
    "DELETE FROM noted",
    "DELETE FROM noted_until",
)
_ENTITIES = "SELECT label, key FROM stale WHERE label <> 'Paper'"
_FORGET = "DELETE FROM digests WHERE (label, id) = (?, ?)"
_CUT = """
    INSERT INTO pages
    SELECT label, CASE page WHEN 0 THEN '' ELSE MIN(id) END,
        COUNT(*), SUM(node), SUM(links), SUM(edges)
    FROM (
        SELECT *, (ROW_NUMBER() OVER (PARTITION BY label ORDER BY id) - 1) / ? AS page
        FROM digests WHERE ? IN (label, '')
    )
    GROUP BY label, page
"""
_ADD = """
    UPDATE pages
    SET nodes = nodes + 1, node = node + ?, links = links + ?, edges = edges + ?
    WHERE label = ? AND first = (SELECT MAX(first) FROM pages WHERE label = ? AND first <= ?)
"""
_GONE = """
    DELETE FROM digests WHERE owner NOT IN (
        SELECT id FROM papers UNION ALL SELECT lower(kind) || ':' || key FROM entities
    )
"""
