"""Correcting: a curator's word on an entity, written beside the ledger and heeded at once."""

from collections.abc import Sequence

from kg.corrections import (
    FILE,
    Correction,
    What,
    contradiction,
    corrections_of,
    entity_key,
    read_corrections,
    split_off,
    write_corrections,
)
from kg.errors import CorrectionError
from kg.ledger import Ledger
from kg.records import EntityKey, id_of
from kg.resolve import resolve
from kg.resolve.dossier import spellings_of
from kg.resolve.finding import as_typed, find_entity
from kg.resolve.targets import target_of

_SHOWN = 10  # spellings


def correct(ledger: Ledger, what: What, typed: str, value: str = "") -> Correction:
    """Writes a correction of the entity that `typed` means, and resolves the ledger by it.

    `value` is the name of the other entity of a merge, the name to split off, or the new name.
    Corrections that it contradicts are taken out; where that is enough, as where a split undoes a
    merge or the reverse, no row is added.

    Raises: UnknownNameError if nothing is called so; CorrectionError if it makes no sense or the
    table cannot be used; then nothing is changed.
    """
    entity = find_entity(ledger, typed)
    new = Correction(what, id_of(entity), _value(ledger, what, entity, as_typed(value)))
    path = ledger.path.with_name(FILE)
    others = [row for row in read_corrections(path).rows if not _is_replaced(new, row)]
    kept = [row for row in others if not _is_undone(new, row)]
    if len(kept) == len(others) or not _is_so(ledger, kept, new):
        kept.append(new)
    if found := contradiction(kept):
        raise CorrectionError(found[1])
    write_corrections(path, kept)
    resolve(ledger)
    return new


def _is_so(ledger: Ledger, rows: Sequence[Correction], new: Correction) -> bool:
    """Whether a merge or a split is true by other rows, without one of its own."""
    corrections = corrections_of(tuple(rows))
    kind, key = entity_key(new.value) if new.correction == "merge" else _own(new)
    leads = target_of(ledger, corrections, (kind, key.partition("=")[0])).entity
    return (id_of(leads) == new.entity) == (new.correction == "merge")


def _own(split: Correction) -> EntityKey:
    (kind, _), _, own = split_off(split)
    return kind, own


def _value(ledger: Ledger, what: What, entity: EntityKey, value: str) -> str:
    """The third column of a correction.

    Raises: CorrectionError if it says nothing that can be done.
    """
    if what == "merge":
        return _other(ledger, entity, value)
    if what == "split":
        _check_split(ledger, entity, value)
    if what == "rename":
        _check_name(entity, value)
    return value


def _other(ledger: Ledger, entity: EntityKey, name: str) -> str:
    """The id of the entity that is to be merged into another."""
    other = find_entity(ledger, name)
    if other == entity:
        raise CorrectionError(f'"{name}" is {id_of(entity)} already')
    if other[0] != entity[0] and "Repository" in (other[0], entity[0]):
        raise CorrectionError(f"{id_of(other)} and {id_of(entity)}: a repository is nothing else")
    return id_of(other)


def _check_name(entity: EntityKey, name: str) -> None:
    if entity[0] == "Repository":
        raise CorrectionError(f"{id_of(entity)} is called by its address")
    if not name:
        raise CorrectionError(f"the new name of {id_of(entity)} is empty")


def _check_split(ledger: Ledger, entity: EntityKey, value: str) -> None:
    usual, name, _ = split_off(Correction("split", id_of(entity), value))
    spellings = list(dict.fromkeys(one.text for one in spellings_of(ledger, entity)))
    if name not in spellings:
        listed = ", ".join(spellings[:_SHOWN])
        raise CorrectionError(f'{id_of(entity)} is never written "{name}"; it is written {listed}')
    if len(spellings) == 1 and usual == entity:
        cure = f"rename or block it, or split off a kind of it, such as Task:{name}"
        raise CorrectionError(f'"{name}" is the only name of {id_of(entity)}; {cure}')


def _is_replaced(new: Correction, old: Correction) -> bool:
    """Whether an old correction says the same as a new one, or renames the same."""
    is_renamed = new.correction == old.correction == "rename"
    return new == old or (is_renamed and entity_key(new.entity) == entity_key(old.entity))


def _is_undone(new: Correction, old: Correction) -> bool:
    """Whether an old merge is what a new split takes back, or the reverse."""
    pair = {new.correction: new, old.correction: old}
    if pair.keys() != {"merge", "split"}:
        return False
    merge, split = pair["merge"], pair["split"]
    is_of_name = entity_key(merge.value) == _own(split)
    is_back = entity_key(merge.entity) == entity_key(split.entity)
    return is_of_name and (is_back or new.correction == "split")
