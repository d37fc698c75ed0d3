"""Totals: how many nodes and relationships the graph of a ledger has, without making them."""

from collections import Counter

from kg.graph import CELL_KINDS, CELLS, RELATIONSHIPS, VERSION, version_edges
from kg.ledger import Ledger
from kg.records import KINDS, role_in


def counts(ledger: Ledger) -> dict[str, dict[str, int]]:
    """`{"nodes": {label: n, ...}, "relationships": {type: n, ...}}`, each in the schema's order."""
    papers, results = next(ledger.rows(_TOTALS))
    entities = "SELECT kind, COUNT(*) FROM entities GROUP BY kind"
    kinds = {kind: count for kind, count in ledger.rows(entities)}  # noqa: C416 - for its type
    labels = {"Paper": papers, **dict.fromkeys(KINDS, 0), **kinds, "Result": results}
    types = dict.fromkeys((*RELATIONSHIPS.values(), *(name for _, name in CELLS), VERSION), 0)
    types |= _of_roles(ledger)
    types["REPORTS"] += results
    for cell, name in CELLS:
        ((types[name],),) = ledger.rows(_CELL_COUNT.replace("CELL", cell), (CELL_KINDS[cell],))
    types[VERSION] = sum(1 for _ in version_edges(ledger))
    return {"nodes": labels, "relationships": types}


def _of_roles(ledger: Ledger) -> Counter[str]:
    """How many relationships of each type papers have to entities.

    Each role of a key makes one; where a key leads elsewhere, that is the relationship to the other
    entity, unless the paper has the same one already.
    """
    types: Counter[str] = Counter()
    for kind, role, papers in ledger.rows("SELECT kind, role, papers FROM roles"):
        types[RELATIONSHIPS[kind, role]] += papers
    moved: set[tuple[str, str, str, str]] = set()
    for paper, kind, role, to_kind, to_key, _ in ledger.rows(_MOVED):
        types[RELATIONSHIPS[kind, role]] -= 1
        if to_key:
            moved.add((paper, to_kind, to_key, RELATIONSHIPS[to_kind, role_in(to_kind, role)]))
    for paper, kind, key, role in ledger.rows(_BESIDE):
        moved.discard((paper, kind, key, RELATIONSHIPS[kind, role]))
    types.update(relationship for *_, relationship in moved)
    return types


_TOTALS = "SELECT (SELECT COUNT(*) FROM papers), (SELECT COUNT(*) FROM results)"
_MOVED = """
    SELECT DISTINCT paper, kind, role, to_kind, to_key, key
    FROM moves CROSS JOIN terms USING (kind, key)
"""
_BESIDE = """
    SELECT there.paper, there.kind, there.key, there.role
    FROM moves CROSS JOIN terms USING (kind, key)
    CROSS JOIN terms there ON there.paper = terms.paper -- the paper's own, not all with the key
        AND +there.kind = to_kind AND +there.key = to_key
    WHERE NOT EXISTS (SELECT 1 FROM moves m WHERE (m.key, m.kind) = (there.key, there.kind))
"""
_CELL_COUNT = """
    SELECT COUNT(*) FROM results JOIN terms ON (terms.paper, term) = (results.paper, results.CELL)
    LEFT JOIN moves USING (key, kind)
    WHERE coalesce(to_kind, kind) = ? AND coalesce(to_key, key) <> ''
"""
