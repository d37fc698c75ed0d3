"""Curation: the tables of the curator beside a ledger, taken into it where they have changed."""

from collections.abc import Iterator

from kg import corrections, external_ids
from kg.corrections import Correction, Corrections, entity_key, read_corrections, split_off
from kg.errors import CorrectionError
from kg.external_ids import read_external_ids
from kg.ledger import Ledger
from kg.rows import read_corrected, rewrite_paper
from kg.versions import digest_of_files

_FILES = (corrections.FILE, external_ids.FILE)


def files_digest(ledger: Ledger) -> str:
    """A digest of the tables as they are now.

    Raises: CorrectionError if one of them cannot be read.
    """
    paths = [ledger.path.with_name(name) for name in _FILES]
    try:
        return digest_of_files(*paths)
    except OSError as error:
        raise CorrectionError(f"{error.filename}: cannot be read: {error.strerror}") from error


def take_in_files(ledger: Ledger) -> Corrections:
    """Puts the tables into the ledger, and touches the keys that changed corrections are about.

    Raises: CorrectionError if a row of a table cannot be used.
    """
    before = read_corrected(ledger)
    now = read_corrections(ledger.path.with_name(corrections.FILE))
    ids = sorted(set(read_external_ids(ledger.path.with_name(external_ids.FILE))))
    ledger.run("DELETE FROM corrections")
    ledger.insert(
        "corrections",
        ((line, row.correction, row.entity, row.value) for line, row in enumerate(now.rows)),
    )
    ledger.run("DELETE FROM external_ids")
    ledger.insert("external_ids", ((*entity, one) for entity, one in ids))
    for row in set(before.rows) ^ set(now.rows):
        for key in _keys(ledger, row):
            ledger.run("INSERT OR IGNORE INTO touched VALUES (?)", (key,))
    _rewrite(ledger, before, now)
    return now


def _keys(ledger: Ledger, row: Correction) -> Iterator[str]:
    """The keys that lead to what a correction is about."""
    entities = [entity_key(row.entity)]
    if row.correction == "merge":
        entities.append(entity_key(row.value))
    if row.correction == "split":
        usual, _, own = split_off(row)
        yield from (usual[1], own)
    for entity in entities:
        yield entity[1]
        leading = "SELECT key FROM moves WHERE (to_kind, to_key) = (?, ?)"
        yield from (key for (key,) in ledger.rows(leading, entity))


def _rewrite(ledger: Ledger, before: Corrections, now: Corrections) -> None:
    """Gives the terms of all papers that hold a name which is split off now, or was, their keys."""
    papers = "SELECT DISTINCT paper FROM terms WHERE (kind, key) = (?, ?)"
    found: set[str] = set()
    for kind, usual, _, own in _split(before) ^ _split(now):
        for key in (usual, own):
            found |= {paper for (paper,) in ledger.rows(papers, (kind, key))}
    for paper in sorted(found):
        rewrite_paper(ledger, paper)


def _split(corrections: Corrections) -> set[tuple[str, ...]]:
    """Kind, usual key, name and own key of each name that is split off."""
    return {
        (kind, usual, name, own)
        for (kind, usual), names in corrections.splits.items()
        for name, own in names.items()
    }
