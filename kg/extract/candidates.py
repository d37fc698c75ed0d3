"""Candidates for names: where they stand, whether they look like names, which ones overlap."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from kg.extract.vocabulary import ADJECTIVE, NO_NAMES
from kg.records import Kind

_SMALL = frozenset({"of", "for", "the", "in"})  # words within a name, but not at its start
Cue = Literal["", "own", "compared"]
Source = Literal["rule", "known", "model", "user"]


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a name, with what its surroundings say of it."""

    start: int
    stop: int
    kind: Kind
    confidence: float
    cue: Cue = ""  # what the words right around it say: the paper's own, or compared with
    by: Source = "rule"
    called: str = ""  # the name by which the user lists it; else the text decides
    doubtful: bool = False  # found, but whoever found it doubts that it deserves a node


def without_overlaps(names: Iterable[Name], taken: Iterable[int] = ()) -> list[Name]:
    """`names` in order; of those that overlap the most confident, then the longest, stands.

    One that stands keeps the cue of another with the same bounds. None stands on `taken` places.
    """
    best: dict[tuple[int, int], Name] = {}
    places = set(taken)
    for name in sorted(names, key=lambda one: (-one.confidence, one.start - one.stop, one.start)):
        bounds, span = (name.start, name.stop), range(name.start, name.stop)
        if bounds in best:
            best[bounds] = replace(best[bounds], cue=best[bounds].cue or name.cue)
        elif span and places.isdisjoint(span):
            places.update(span)
            best[bounds] = name
    return [best[bounds] for bounds in sorted(best)]


def trimmed(name: str, start: int, kind: Kind, confidence: float, cue: Cue = "") -> Iterator[Name]:
    """The candidate without possessive, closing dot and generic words before it."""
    kept = re.sub(r"(?:'s|['./-])$", "", name)
    while (first := kept.partition(" ")[0]) != kept and (first in NO_NAMES or first in _SMALL):
        start, kept = start + len(first) + 1, kept[len(first) + 1 :]
    if is_name(kept):
        yield Name(start, start + len(kept), kind, confidence, cue)


def is_name(name: str) -> bool:
    """Whether `name` has the shape of a name: not one plain short word, not generic words only."""
    parts = name.split()
    if all(part in NO_NAMES or ADJECTIVE.search(part) for part in parts):
        return False
    is_shaped = bool(re.search(r"[A-Z0-9]", name[1:])) or len(name) > 3
    return len(parts) > 1 or (len(name) > 1 and is_shaped)
