"""Resolution: which names of different papers are one entity, and what it is called.

An entity is a kind and a canonical key. All that is said of it follows from the counts of its
spellings alone, so the order in which papers come and go does not matter; after a change only the
keys that it touched are decided again.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from kg.keys import known_name
from kg.ledger import Ledger
from kg.records import Kind

__all__ = ["Entity", "decide", "resolve"]


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing that papers name: a kind and a key, and how people write it."""

    kind: Kind
    key: str
    name: str
    aliases: tuple[str, ...]  # all other spellings, sorted
    papers: int  # papers that name it, at least 1
    salient: bool


def resolve(ledger: Ledger) -> int:
    """Decides the entities that changes have touched anew; says how many they were."""
    with ledger.transaction():
        touched = list(ledger.rows("SELECT kind, key FROM touched ORDER BY kind, key"))
        for kind, key in touched:
            _write(ledger, cast(Kind, kind), str(key))
        ledger.run("DELETE FROM touched")
    return len(touched)


def decide(
    kind: Kind, key: str, spellings: Iterable[tuple[str, int]]
) -> tuple[str, tuple[str, ...]]:
    """The name and the aliases of an entity, from its spellings and the papers that use each.

    A well-known name stands as the list has it; else the most used spelling, the first of equals.
    """
    ranked = sorted(spellings, key=lambda spelling: (-spelling[1], spelling[0]))
    name = known_name(kind, key) or ranked[0][0]
    return name, tuple(sorted({spelling for spelling, _ in ranked} - {name}))


def _write(ledger: Ledger, kind: Kind, key: str) -> None:
    ledger.run("DELETE FROM entities WHERE kind = ? AND key = ?", (kind, key))
    papers, salient, url = next(ledger.rows(_COUNTS, (kind, key)))
    if not papers:
        return
    spellings = [(str(url), 1)] if kind == "Repository" else ledger.rows(_SPELLINGS, (kind, key))
    name, aliases = decide(kind, key, cast(Iterable[tuple[str, int]], spellings))
    row = (kind, key, name, json.dumps(aliases, ensure_ascii=False), papers, salient)
    ledger.run("INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?)", row)


_COUNTS = (
    "SELECT COUNT(DISTINCT paper), MAX(salient), MIN(name) FROM terms WHERE kind = ? AND key = ?"
)
_SPELLINGS = """
    SELECT mentions.text, COUNT(DISTINCT mentions.paper)
    FROM terms JOIN mentions USING (paper, term)
    WHERE kind = ? AND key = ? GROUP BY mentions.text
"""
