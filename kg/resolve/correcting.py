"""Correcting: a curator's word on an entity, written beside the ledger and heeded at once."""

from collections.abc import Sequence

from kg.corrections import (
    FILE,
    Correction,
    Corrections,
    What,
    check,
    entity_key,
    read_corrections,
    split_off,
    write_corrections,
)
from kg.errors import CorrectionError
from kg.ledger import Ledger
from kg.records import EntityKey, id_of
from kg.resolve import resolve
from kg.resolve.dossier import dossier
from kg.resolve.finding import find_entity

_SHOWN = 10  # spellings


def correct(ledger: Ledger, what: What, typed: str, value: str = "") -> Correction:
    """Writes a correction of the entity that `typed` means, and resolves the ledger by it.

    `value` is the name of the other entity of a merge, the name to split off, or the new name.
    Corrections that it contradicts are taken out, so a split undoes a merge and the reverse.

    Raises: UnknownNameError if nothing is called so; CorrectionError if it makes no sense or the
    table cannot be used; then nothing is changed.
    """
    entity = find_entity(ledger, typed)
    new = Correction(what, id_of(entity), _value(ledger, what, entity, " ".join(value.split())))
    path = ledger.path.with_name(FILE)
    rows = read_corrections(path).rows
    kept = [row for row in rows if not _contradicts(new, row)]
    if what != "split" or len(kept) == len(rows):
        check(new, kept)
        kept.append(new)
    write_corrections(path, kept)
    resolve(ledger)
    return new


def _value(ledger: Ledger, what: What, entity: EntityKey, value: str) -> str:
    """The third column of a correction.

    Raises: CorrectionError if it says nothing that can be done.
    """
    if what == "merge":
        other = find_entity(ledger, value)
        if other == entity:
            raise CorrectionError(f'"{value}" is {id_of(entity)} already')
        return id_of(other)
    if what == "split":
        _check_split(Correction(what, id_of(entity), value), _spellings(ledger, entity))
    if what == "rename" and not value:
        raise CorrectionError(f"the new name of {id_of(entity)} is empty")
    return value


def _spellings(ledger: Ledger, entity: EntityKey) -> Sequence[str]:
    return [spelling.text for spelling in dossier(ledger, entity).spellings]


def _check_split(row: Correction, spellings: Sequence[str]) -> None:
    usual, name, _ = split_off(row)
    if name not in spellings:
        listed = ", ".join(spellings[:_SHOWN])
        raise CorrectionError(f'{row.entity} is never written "{name}"; it is written {listed}')
    if len(spellings) == 1 and usual == entity_key(row.entity):
        raise CorrectionError(f'"{name}" is the only name of {row.entity}; rename or block it')


def _contradicts(new: Correction, old: Correction) -> bool:
    """Whether an old correction cannot stand beside a new one, or says the same."""
    if new == old:
        return new.correction != "split"
    if new.correction == old.correction == "rename":
        return entity_key(new.entity) == entity_key(old.entity)
    pair = {new.correction: new, old.correction: old}
    if pair.keys() != {"merge", "split"}:
        return False
    (kind, _), _, own = split_off(pair["split"])
    return (kind, own) in Corrections([pair["merge"]]).merged
