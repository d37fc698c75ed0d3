"""Totals: how many nodes and relationships the graph of a ledger has, without making them."""

from kg.graph import CELL_KINDS, CELLS, RELATIONSHIPS, VERSION, version_edges
from kg.ledger import Ledger
from kg.records import KINDS, ROLES, role_in


def counts(ledger: Ledger) -> dict[str, dict[str, int]]:
    """`{"nodes": {label: n, ...}, "relationships": {type: n, ...}}`, each in the schema's order."""
    papers, results = next(ledger.rows(_TOTALS))
    entities = "SELECT kind, COUNT(*) FROM entities GROUP BY kind"
    kinds = {kind: count for kind, count in ledger.rows(entities)}  # noqa: C416 - for its type
    labels = {"Paper": papers, **dict.fromkeys(KINDS, 0), **kinds, "Result": results}
    types = dict.fromkeys((*RELATIONSHIPS.values(), *(name for _, name in CELLS), VERSION), 0)
    for relationship, count in ledger.rows(_ROLE_COUNTS, _ROLES):
        types[relationship] += count
    types["REPORTS"] += results
    for cell, name in CELLS:
        ((types[name],),) = ledger.rows(_CELL_COUNT.replace("CELL", cell), (CELL_KINDS[cell],))
    types[VERSION] = sum(1 for _ in version_edges(ledger))
    return {"nodes": labels, "relationships": types}


_TOTALS = "SELECT (SELECT COUNT(*) FROM papers), (SELECT COUNT(*) FROM results)"

# What a role of a thing says of it as one of another kind, too: kind, role, new kind, relationship.
_RENDERED = [
    (kind, role, other, RELATIONSHIPS[other, role_in(other, role)])
    for kind, roles in ROLES.items()
    for role in roles
    for other in KINDS
    if (kind == "Repository") == (other == "Repository")
]
_ROLES = [cell for row in _RENDERED for cell in row]
_MARKS = ", ".join(["(?, ?, ?, ?)"] * len(_RENDERED))
_ROLE_COUNTS = f"""
    WITH roles (kind, role, to_kind, type) AS (VALUES {_MARKS}),
    led AS (
        SELECT paper, kind, role,
            coalesce(to_kind, kind) AS to_kind, coalesce(to_key, key) AS to_key
        FROM terms LEFT JOIN moves USING (key, kind)
    )
    SELECT type, COUNT(*) FROM (
        SELECT DISTINCT paper, to_kind, to_key, type
        FROM led JOIN roles USING (kind, role, to_kind) WHERE to_key <> ''
    ) GROUP BY type
"""
_CELL_COUNT = """
    SELECT COUNT(*) FROM results JOIN terms ON (terms.paper, term) = (results.paper, results.CELL)
    LEFT JOIN moves USING (key, kind)
    WHERE coalesce(to_kind, kind) = ? AND coalesce(to_key, key) <> ''
"""
