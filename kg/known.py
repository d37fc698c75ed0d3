"""Well-known names, written by hand: the first form of each is the one its key is made of."""

import csv
from dataclasses import dataclass
from importlib.resources import files
from typing import cast

from kg.records import Kind


@dataclass(frozen=True, slots=True)
class KnownName:
    """One well-known thing and all its spellings that folding alone would not join."""

    kind: Kind
    names: tuple[str, ...]
    salient: bool  # False for umbrella terms such as "large language model"


def _read() -> tuple[KnownName, ...]:
    lines = files("kg").joinpath("known.tsv").read_text("utf-8").splitlines()
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(
        KnownName(cast(Kind, row["kind"]), tuple(row["names"].split("|")), row["salient"] != "no")
        for row in rows
    )


KNOWN = _read()
