"""Corrections: what a curator says of entities, in a table beside the ledger; they win over rules.

`corrections.tsv` has the columns `correction`, `entity` and `value`; an entity is written by its
id. A row is one of

    merge   method:mamba   method:mamba-ssm   the second is the first
    split   method:lora    LoRa               what is written so is not the first
    rename  method:mamba   MAMBA              is called so
    block   method:ours                       is no entity
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import quote

from kg.errors import CorrectionError
from kg.keys import spelled_key, tidy_key
from kg.records import EntityKey, kind_called
from kg.tabular import read_table
from kg.term_keys import term_keys

FILE = "corrections.tsv"
_COLUMNS = ("correction", "entity", "value")
What = Literal["merge", "split", "rename", "block"]
_WHAT: dict[str, What] = {what: what for what in get_args(What)}
Splits = Mapping[EntityKey, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Correction:
    """One row of the table."""

    correction: What
    entity: str  # an id
    value: str  # the other id, the name, or "" of a block


class Corrections:
    """All rows together, looked up by what they correct."""

    def __init__(self, rows: Iterable[Correction]) -> None:
        self.rows = tuple(rows)

    @cached_property
    def merged(self) -> Mapping[EntityKey, EntityKey]:
        """Each entity that is another one -> that one."""
        return {entity_key(row.value): entity_key(row.entity) for row in self._those("merge")}

    @cached_property
    def kept(self) -> frozenset[EntityKey]:
        """The entities into which others are merged: what the curator names first stays itself."""
        return frozenset(self.merged.values()) - self.merged.keys()

    @cached_property
    def names(self) -> Mapping[EntityKey, str]:
        """Each renamed entity -> its name."""
        return {entity_key(row.entity): row.value for row in self._those("rename")}

    @cached_property
    def blocked(self) -> frozenset[EntityKey]:
        """What is no entity."""
        return frozenset(entity_key(row.entity) for row in self._those("block"))

    @cached_property
    def splits(self) -> Splits:
        """Kind and key that a name would have -> the name -> the key that it has instead."""
        found: dict[EntityKey, dict[str, str]] = {}
        for row in self._those("split"):
            usual, name, own = split_off(row)
            found.setdefault(usual, {})[name] = own
        return found

    @cached_property
    def apart(self) -> Mapping[EntityKey, EntityKey]:
        """Each key of a name that was split off -> the entity that it does not lead to."""
        found: dict[EntityKey, EntityKey] = {}
        for row in self._those("split"):
            (kind, _), _, own = split_off(row)
            found[kind, own] = entity_key(row.entity)
        return found

    def _those(self, correction: str) -> Iterable[Correction]:
        return (row for row in self.rows if row.correction == correction)


def entity_key(entity: str) -> EntityKey:
    """Kind and key of an entity from its id, or from its kind and a name: `Dataset:CIFAR 10`.

    Raises: CorrectionError if it says no kind.
    """
    head, _, rest = entity.partition(":")
    kind = kind_called(head)
    name = rest.strip()
    if kind is None or not name:
        raise CorrectionError(f'"{entity}" is no id of an entity; write one such as method:mamba')
    return kind, tidy_key(kind, name)


def split_off(row: Correction) -> tuple[EntityKey, str, str]:
    """The key that the name of a split would have, the name, and the key that it has instead.

    The name is of the entity's kind unless it says another: `Metric:robustness`. Its own key is
    that of its spelling, or where the entity has that one its letters behind it.
    """
    entity = entity_key(row.entity)
    head, _, rest = row.value.partition(":")
    other = kind_called(head) if rest.strip() else None
    kind, name = (other, rest.strip()) if other else (entity[0], row.value)
    usual, _ = term_keys(kind, name, [name])
    own = usual if (kind, usual) != entity else spelled_key(kind, name)
    return (kind, usual), name, f"{own}={quote(name, safe='')}" if (kind, own) == entity else own


def read_corrections(path: Path) -> Corrections:
    """The corrections in a file; none where there is no file.

    Raises: CorrectionError with the line and the cure, if a row cannot be used.
    """
    rows: dict[int, Correction] = {}  # by line
    for place, (line, cells) in enumerate(read_table(path)):
        try:
            if place:
                rows[line] = _row(cells)
            else:
                _check_head(cells)
        except CorrectionError as error:
            raise CorrectionError(f"{path}:{line}: {error}") from error
    if found := contradiction(tuple(rows.values())):
        index, fault = found
        raise CorrectionError(f"{path}:{list(rows)[index]}: {fault}")
    return corrections_of(tuple(rows.values()))


@lru_cache(maxsize=8)
def corrections_of(rows: tuple[Correction, ...]) -> Corrections:
    """The corrections of some rows; what is looked up in them is found once."""
    return Corrections(rows)


def write_corrections(path: Path, corrections: Iterable[Correction]) -> None:
    """Puts a table in the place of the one in `path`, at once."""
    lines = [_COLUMNS, *map(_cells, corrections)]
    beside = path.with_name(path.name + ".new")
    try:
        beside.write_text("".join("\t".join(line) + "\n" for line in lines), "utf-8")
        beside.replace(path)
    except OSError as error:
        raise CorrectionError(f"{path}: cannot be written: {error.strerror}") from error


def contradiction(rows: Iterable[Correction]) -> tuple[int, str] | None:
    """The index of the first of `rows` that contradicts one before it, and how to cure that."""
    seen: dict[object, Correction] = {}
    merged: dict[EntityKey, EntityKey] = {}
    for index, row in enumerate(rows):
        other = seen.setdefault(_subject(row), row)
        if other != row:
            return index, f"{' '.join(_cells(other))} stands there, too; keep one of the two"
        if row.correction == "merge":
            source, target = entity_key(row.value), entity_key(row.entity)
            if _end(merged, target) == source:
                return index, f"merges {row.value} into itself; take one of the rows out"
            merged[source] = target
    return None


def _end(merged: dict[EntityKey, EntityKey], entity: EntityKey) -> EntityKey:
    """The entity into which one is merged at last."""
    while entity in merged:
        entity = merged[entity]
    return entity


def _subject(row: Correction) -> object:
    """What may be corrected in one way only: a name that is split off, else an entity."""
    if row.correction == "split":
        usual, name, _ = split_off(row)
        return row.correction, usual, name
    return row.correction, entity_key(row.value if row.correction == "merge" else row.entity)


def _check_head(cells: list[str]) -> None:
    if tuple(cells) != _COLUMNS:
        raise CorrectionError(
            f"is not the head; write {', '.join(_COLUMNS)} with tabs between them"
        )


def _row(cells: list[str]) -> Correction:
    if len(cells) > len(_COLUMNS):
        raise CorrectionError(f"has {len(cells)} columns; the head has {len(_COLUMNS)}")
    correction, entity, value = (*cells, "", "")[:3]
    what = _WHAT.get(correction)
    if what is None:
        raise CorrectionError(f'"{correction}" is no correction; write {" or ".join(_WHAT)}')
    _check_kinds(what, entity, value)
    if what != "merge" and bool(value) == (what == "block"):
        fault = "takes no value" if value else "needs a value in the third column"
        raise CorrectionError(f"{correction} {fault}")
    return Correction(what, entity, value)


def _check_kinds(what: What, entity: str, value: str) -> None:
    """Says whether the entities of a row can be corrected so."""
    kind, _ = entity_key(entity)
    other = entity_key(value)[0] if what == "merge" else kind
    if other != kind and "Repository" in (kind, other):
        raise CorrectionError("a repository is one with nothing but a repository")
    if what == "rename" and kind == "Repository":
        raise CorrectionError("a repository is called by its address and cannot be renamed")


def _cells(row: Correction) -> tuple[str, str, str]:
    return row.correction, row.entity, row.value
