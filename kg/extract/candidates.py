"""Candidates for names: where they stand, whether they look like names, which ones overlap."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from kg.extract.vocabulary import ADJECTIVE, NO_NAMES
from kg.records import Kind

_SMALL = frozenset({"of", "for", "the", "in"})  # words within a name, but not at its start
Cue = Literal["", "own", "compared"]
Source = Literal["rule", "known", "model", "pipeline", "user"]  # a pipeline of the user's


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
    also: tuple["Name", ...] = ()  # what else was found with the same bounds


_RANK: dict[Source, int] = {"user": 0, "pipeline": 1, "model": 1, "known": 2, "rule": 2}


def without_overlaps(names: Iterable[Name], taken: Iterable[int] = ()) -> list[Name]:
    """`names` in order; of those that overlap one stands, and none on `taken` places.

    The user's word stands before the model's, and that before all others; then the most confident
    stands, then the longest. Others with the same bounds lend it their cue, and are kept in `also`.
    """
    best: dict[tuple[int, int], list[Name]] = {}
    places = set(taken)
    for name in sorted(names, key=_precedence):
        bounds, span = (name.start, name.stop), range(name.start, name.stop)
        if bounds in best:
            best[bounds].append(name)
        elif span and places.isdisjoint(span):
            places.update(span)
            best[bounds] = [name]
    return [_joined(best[bounds]) for bounds in sorted(best)]


def _precedence(name: Name) -> tuple[float, ...]:
    return (_RANK[name.by], -name.confidence, name.start - name.stop, name.start)


def _joined(same: list[Name]) -> Name:
    if len(same) == 1:
        return same[0]
    cue: Cue = next((name.cue for name in same if name.cue), "")
    return replace(same[0], cue=cue, also=tuple(same[1:]))


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
