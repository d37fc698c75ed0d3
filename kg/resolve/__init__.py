"""Resolution: which names of different papers are one entity, and what it is called.

An entity is a kind and a canonical key. All that is said of it follows from the counts of its
spellings alone, so the order in which papers come and go does not matter; after a change only the
keys that it touched are decided again.
"""

import json
from collections.abc import Iterable

from kg.keys import known_name
from kg.ledger import Ledger
from kg.records import Kind
from kg.versions import digest_of

__all__ = ["decide", "is_resolved", "resolve", "resolver_digest"]


def resolver_digest() -> str:
    """A digest of all that decides what an entity is called: the code and the names."""
    return digest_of("resolve", "keys.py", "known.py", "known.tsv")


def is_resolved(ledger: Ledger) -> bool:
    """Whether nothing has changed since the entities were decided."""
    return next(ledger.rows(f"{_UNDECIDED} LIMIT 1", (resolver_digest(),)), None) is None


def resolve(ledger: Ledger) -> int:
    """Decides the entities that a change has touched, or that other code has decided, anew.

    Says how many they were.
    """
    with ledger.transaction():
        undecided = list(ledger.rows(_UNDECIDED, (resolver_digest(),)))
        for kind, key in undecided:
            _write(ledger, kind, key)
        ledger.run("DELETE FROM touched")
    return len(undecided)


def decide(
    kind: Kind, key: str, spellings: Iterable[tuple[str, int]], given: str = ""
) -> tuple[str, tuple[str, ...]]:
    """The name and the aliases of an entity, from its spellings and the papers that use each.

    The name that a list of the user's has `given` stands, then a well-known one as our list has it;
    else the most used spelling, the first of equals.
    """
    ranked = sorted(spellings, key=lambda spelling: (-spelling[1], spelling[0]))
    name = given or known_name(kind, key) or ranked[0][0]
    return name, tuple(sorted({spelling for spelling, _ in ranked} - {name}))


def _write(ledger: Ledger, kind: Kind, key: str) -> None:
    ledger.run("DELETE FROM entities WHERE kind = ? AND key = ?", (kind, key))
    papers, salient, url = next(ledger.rows(_COUNTS, (kind, key)))
    if not papers:
        return
    found = [(url, 1, "")] if kind == "Repository" else list(ledger.rows(_SPELLINGS, (kind, key)))
    given = min((name for _, _, name in found if name), default="")
    name, aliases = decide(kind, key, [(text, count) for text, count, _ in found], given)
    shown = (name, json.dumps(aliases, ensure_ascii=False), papers, salient)
    ledger.insert("entities", [(kind, key, *shown, resolver_digest())])


_UNDECIDED = (
    "SELECT kind, key FROM touched UNION SELECT kind, key FROM entities WHERE resolver <> ?"
)
_COUNTS = (
    "SELECT COUNT(DISTINCT paper), MAX(salient), MIN(name) FROM terms WHERE kind = ? AND key = ?"
)
_SPELLINGS = """
    SELECT mentions.text, COUNT(DISTINCT mentions.paper),
        MIN(CASE WHEN mentions.confidence = 1 THEN terms.name END) -- what a user's list calls it
    FROM terms JOIN mentions USING (paper, term)
    WHERE kind = ? AND key = ? GROUP BY mentions.text
"""
