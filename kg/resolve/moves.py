"""Moves: the keys that lead to another entity than their own, kept up to date in the ledger."""

from kg.corrections import Corrections
from kg.keys import listed_acronyms
from kg.ledger import Ledger
from kg.records import EntityKey
from kg.resolve.targets import Target, blocks, target


def write_moves(ledger: Ledger, corrections: Corrections) -> set[EntityKey]:
    """Decides where all touched keys lead; gives all entities that this may have changed."""
    _touch_more(ledger, corrections)
    moved = {
        (kind, key): Target((to_kind, to_key), reason)
        for kind, key, to_kind, to_key, reason in ledger.rows(_MOVED)
    }
    changed = {(kind, key) for kind, key in ledger.rows(_NAMED)}
    changed |= {gone.entity for gone in moved.values()}
    for block in blocks(ledger):
        for kind in block.papers:
            itself = (kind, block.key)
            found = target(ledger, corrections, kind, block)
            if found != moved.pop(itself, Target(itself, "")):
                _write(ledger, itself, found)
            changed |= {itself, found.entity}
    for itself in moved:
        _write(ledger, itself, Target(itself, ""))
    return changed


def _touch_more(ledger: Ledger, corrections: Corrections) -> None:
    """Touches what is decided by what is touched: acronyms of it, and what is merged into it."""
    touched = -1
    while touched != (touched := _touch_once(ledger, corrections)):
        if not corrections.merged:
            return


def _touch_once(ledger: Ledger, corrections: Corrections) -> int:
    """Touches what is decided by what is touched at once; says how many keys that makes."""
    touched = {key for (key,) in ledger.rows("SELECT key FROM touched")}
    more = {short for key in touched for short in listed_acronyms(key)}
    for source, after in corrections.merged.items():
        more |= {source[1]} if after[1] in touched else set()
    for key in more - touched:
        ledger.run("INSERT INTO touched VALUES (?)", (key,))
    return len(touched | more) + ledger.run(_TOUCH_ACRONYMS)


def _write(ledger: Ledger, itself: EntityKey, found: Target) -> None:
    ledger.run("DELETE FROM moves WHERE (kind, key) = (?, ?)", itself)
    if found != Target(itself, ""):
        ledger.insert("moves", [(*itself, *found.entity, found.reason)])


_MOVED = "SELECT kind, key, to_kind, to_key, reason FROM touched JOIN moves USING (key)"
_NAMED = "SELECT kind, key FROM touched JOIN entities USING (key)"
_TOUCH_ACRONYMS = """
    INSERT OR IGNORE INTO touched
    SELECT short FROM expansions WHERE key IN (SELECT key FROM touched)
"""
