"""Well-known names, written by hand: the first form of each is the one its key is made of."""

import csv
from dataclasses import dataclass
from importlib.resources import files

from kg.records import Kind


@dataclass(frozen=True, slots=True)
class KnownName:
    """One well-known thing and all its spellings that folding alone would not join."""

    kind: Kind
    names: tuple[str, ...]


def _read() -> tuple[KnownName, ...]:
    with files("kg").joinpath("known.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return tuple(KnownName(kind, tuple(names.split("|"))) for kind, names in rows)  # type: ignore[arg-type]


KNOWN = _read()
