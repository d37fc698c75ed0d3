"""Candidates for names: where they stand, whether they look like names, which ones overlap."""

import re
from collections.abc import Iterable, Iterator, Sequence
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


def by_precedence(name: Name) -> tuple[float, ...]:
    """The user's word first, then the model's; then the most confident, then the longest."""
    return (_RANK[name.by], -name.confidence, name.start - name.stop, name.start)


def one_each(names: Iterable[Name], taken: Iterable[int] = ()) -> list[Name]:
    """`names` in order, one for the same bounds; none on `taken` places.

    The user's word stands before the model's, and that before all others; then the most confident
    stands. The others lend it their cue, and are kept in `also`. What the user lists overlaps with
    nothing else.
    """
    best: dict[tuple[int, int], list[Name]] = {}
    places = set(taken)
    for name in sorted(names, key=by_precedence):
        bounds, span = (name.start, name.stop), range(name.start, name.stop)
        if bounds in best:
            best[bounds].append(name)
        elif span and places.isdisjoint(span):
            best[bounds] = [name]
            if name.by == "user":
                places.update(span)
    return [_joined(best[bounds]) for bounds in sorted(best)]


def without_overlaps(names: Sequence[Name]) -> list[Name]:
    """`names` in order; of those that overlap the one of the first precedence stands."""
    return [names[place] for place in standing(names, [by_precedence(name) for name in names])]


def standing(
    names: Sequence[Name], ranks: Sequence[tuple[float, ...]], places: Iterable[int] | None = None
) -> list[int]:
    """The places of those `names` that stand: of those that overlap, the one of the lowest rank.

    Only those at `places` are looked at, where they are given.
    """
    kept: list[int] = []
    taken: set[int] = set()
    some = range(len(names)) if places is None else places
    for _, place in sorted((ranks[place], place) for place in some):
        span = range(names[place].start, names[place].stop)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(place)
    return sorted(kept, key=lambda place: names[place].start)


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
