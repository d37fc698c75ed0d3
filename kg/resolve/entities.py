"""Entities: what all keys that lead to one entity add up to, as rows of the ledger."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from kg.corrections import Corrections
from kg.families import stems_of_versions
from kg.ledger import Ledger, Row
from kg.records import EntityKey
from kg.resolve.decisions import display
from kg.resolve.targets import is_ambiguous


def write_entities(ledger: Ledger, changed: Iterable[EntityKey], corrections: Corrections) -> int:
    """Writes the entities that may have `changed`, and deletes those that nothing leads to.

    Says how many they were. Rows that stay as they were are not written.
    """
    entities = [entity for entity in changed if entity[1]]
    for statement in _LOOK:
        ledger.run(statement)
    ledger.insert("changed", entities)
    ledger.run(_LEADING)
    _delete(ledger)
    for row in list(_rows(ledger, corrections)):
        ledger.run(_WRITE, row)
    return len(entities)


def make_versions_stale(ledger: Ledger, family: EntityKey) -> None:
    """Notes that what may be versions of an entity are to be looked at, since it came or went."""
    for stem in stems_of_versions(family):
        ledger.run(_VERSIONS, (family[0], f"{stem}-", f"{stem}."))  # the sign behind a hyphen


def _delete(ledger: Ledger) -> None:
    """Deletes the entities that nothing leads to."""
    for kind, key in list(ledger.rows(_DELETE)):
        make_versions_stale(ledger, (kind, key))


def _rows(ledger: Ledger, corrections: Corrections) -> Iterator[Row]:
    """The rows of `entities` for what has changed."""
    names = _names(ledger, corrections)
    votes = {key: json.loads(found) for key, found in ledger.rows(_VOTES)}
    counts = {(kind, key): rest for kind, key, *rest in ledger.rows(_COUNTS)}
    for (kind, key), found in groupby(ledger.rows(_SPELLINGS), key=itemgetter(0, 1)):
        entity = (kind, key)
        spellings = list(found)
        given = min((text for _, _, text, _, is_given in spellings if is_given), default="")
        texts = [(text, papers) for _, _, text, papers, _ in spellings if papers]
        name, aliases = display(kind, key, texts, names.get(entity, given))
        papers, salient, keys = counts[entity]
        if keys > 1:  # a paper may name several of them
            ((papers,),) = ledger.rows(_PAPERS, entity)
        doubt = not given and is_ambiguous(kind, key, votes.get(key, {}))
        shown = json.dumps(aliases, ensure_ascii=False)
        yield (*entity, name, shown, papers, salient, doubt)


def _names(ledger: Ledger, corrections: Corrections) -> dict[EntityKey, str]:
    """What the curator calls entities; a name goes where what it names leads, if that has none."""
    names: dict[EntityKey, str] = {}
    for entity, name in sorted(corrections.names.items()):
        move = "SELECT to_kind, to_key FROM moves WHERE (kind, key) = (?, ?)"
        kind, key = next(ledger.rows(move, entity), entity)
        names.setdefault((kind, key), name)
    return names | dict(corrections.names)


_LOOK = (
    "CREATE TEMP TABLE IF NOT EXISTS changed (kind, key, PRIMARY KEY (kind, key)) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS leading"
    " (kind, key, from_kind, from_key, PRIMARY KEY (kind, key, from_kind, from_key)) WITHOUT ROWID",
    "DELETE FROM changed",
    "DELETE FROM leading",
)
_LEADING = """
    INSERT INTO leading
    SELECT kind, key, kind, key FROM changed JOIN counts USING (key, kind)
    WHERE NOT EXISTS (SELECT 1 FROM moves WHERE (moves.key, moves.kind) = (counts.key, counts.kind))
    UNION ALL
    SELECT to_kind, to_key, moves.kind, moves.key
    FROM changed JOIN moves ON (to_kind, to_key) = (changed.kind, changed.key)
"""
_DELETE = """
    DELETE FROM entities WHERE (kind, key) IN
    (SELECT kind, key FROM changed EXCEPT SELECT kind, key FROM leading)
    RETURNING kind, key
"""
_VERSIONS = """
    INSERT OR REPLACE INTO stale (label, key)
    SELECT kind, key FROM entities WHERE kind = ? AND key > ? AND key < ?
"""
_COUNTS = """
    SELECT leading.kind, leading.key, SUM(papers), SUM(salient) > 0, COUNT(*)
    FROM leading JOIN counts ON (counts.key, counts.kind) = (from_key, from_kind)
    GROUP BY leading.kind, leading.key
"""
_SPELLINGS = """
    SELECT leading.kind, leading.key, text, SUM(papers), SUM(given)
    FROM leading JOIN spellings ON (spellings.kind, spellings.key) = (from_kind, from_key)
    GROUP BY leading.kind, leading.key, text
"""
_VOTES = """
    SELECT short, json_group_object(expansions.key, papers) FROM expansions
    WHERE short IN (SELECT key FROM changed) GROUP BY short
"""
_PAPERS = """
    SELECT COUNT(DISTINCT paper) FROM leading
    JOIN terms ON (terms.kind, terms.key) = (from_kind, from_key)
    WHERE (leading.kind, leading.key) = (?, ?)
"""
_WRITE = """
    INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
    SET name = excluded.name, aliases = excluded.aliases, papers = excluded.papers,
        salient = excluded.salient, ambiguous = excluded.ambiguous
    WHERE (name, aliases, papers, salient, ambiguous) IS NOT
        (excluded.name, excluded.aliases, excluded.papers, excluded.salient, excluded.ambiguous)
"""
