"""Resolution: which names of different papers are one entity, and what it is called.

A name leads to a key (`kg.keys`), a key to an entity: its own, unless most papers take the name for
another kind, or for an acronym of something else, or the curator says so. All follows from counts,
so the order in which papers come and go does not matter; after a change only the keys that it
touched are decided again.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from kg.keys import PARTS
from kg.ledger import Ledger
from kg.resolve.curation import files_digest, take_in_files
from kg.resolve.entities import write_entities
from kg.resolve.moves import write_moves
from kg.rows import read_corrected
from kg.versions import digest_of

__all__ = ["is_resolved", "resolve", "resolved", "resolver_digest"]

_PARTS = ("resolve", "corrections.py", "counts.py", *PARTS)


def resolver_digest() -> str:
    """A digest of all that decides what an entity is and is called: the code and the names."""
    return digest_of(*_PARTS)


def is_resolved(ledger: Ledger) -> bool:
    """Whether nothing has changed since the entities were decided."""
    touched = next(ledger.rows("SELECT 1 FROM touched LIMIT 1"), None)
    return touched is None and _settled(ledger) == (resolver_digest(), files_digest(ledger))


@contextmanager
def resolved(ledger: Ledger) -> Iterator[None]:
    """Inside, the ledger is of one moment, and resolved, though others may write."""
    while True:
        resolve(ledger)
        with ledger.reading():
            if is_resolved(ledger):
                yield
                return


def resolve(ledger: Ledger) -> int:
    """Decides what a change has touched, or other code has decided, anew; says how many entities.

    Raises: CorrectionError if a table of the curator's cannot be used; then nothing is changed.
    """
    if is_resolved(ledger):
        return 0
    with ledger.transaction():
        code, files = _settled(ledger)
        now = resolver_digest(), files_digest(ledger)
        corrections = read_corrected(ledger) if files == now[1] else take_in_files(ledger)
        if code != now[0]:
            ledger.run("INSERT OR IGNORE INTO touched SELECT key FROM counts")
        decided = write_entities(ledger, write_moves(ledger, corrections), corrections)
        ledger.run("DELETE FROM touched")
        ledger.run("DELETE FROM settled")
        ledger.insert("settled", [now])
    return decided


def _settled(ledger: Ledger) -> tuple[str, str]:
    """Digests of the code that has decided the entities, and of the tables that it went by."""
    code, files = next(ledger.rows("SELECT resolver, files FROM settled"), ("", ""))
    return code, files
