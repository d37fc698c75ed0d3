"""The snapshot beside the ledger, which Cypher is answered from: made when it is first needed, and
made again after a change."""

import hashlib
from pathlib import Path

from kg.errors import StoreError
from kg.graph import MAKERS, edges, nodes
from kg.ledger import Ledger
from kg.rows import METADATA
from kg.stores.embedded import EmbeddedStore, make_snapshot, open_snapshot
from kg.versions import digest_of

_TRIES = 3


def current_store(ledger: Ledger) -> EmbeddedStore:
    """The store that holds the graph of `ledger`, which is resolved, as it is now."""
    path = ledger.path.with_name(f"graph-{_digest(ledger)}.kgl")
    for _ in range(_TRIES):
        try:
            return open_snapshot(path)
        except StoreError:  # there is none, a damaged one, or somebody has just dropped it
            make_snapshot(path, nodes(ledger), edges(ledger))
            drop_snapshots(ledger, but=path)
    return open_snapshot(path)


def drop_snapshots(ledger: Ledger, *, but: Path | None = None) -> None:
    """Deletes the snapshots beside `ledger`, which is no loss."""
    for path in ledger.path.parent.glob("graph-*.kgl"):
        if path != but:
            path.unlink(missing_ok=True)


def _digest(ledger: Ledger) -> str:
    """A digest of all papers, of what decides on entities, and of the code that makes the graph."""
    code = digest_of(*MAKERS, "stores/embedded.py", of="kglite")
    whole = hashlib.sha256(code.encode())
    columns = f"id, {METADATA}, text_digest, extractor"
    for rows in ("SELECT * FROM settled", f"SELECT {columns} FROM papers ORDER BY id"):
        for row in ledger.rows(rows):
            whole.update(repr(row).encode("utf-8", "surrogatepass"))
    return whole.hexdigest()[:16]
