"""Acronyms that no bracket defines: `S2F` and `Slow-to-Fast` in one text are one thing."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.extract.acronyms import is_coined, spells_out
from kg.extract.candidates import Name
from kg.extract.scorer import Decision
from kg.keys import canonical_key, known_name

Thing = tuple[Sequence[Name], Decision]

_MOST = 200  # things of a text; one that has more is no abstract


def joined(text: str, things: Sequence[Thing]) -> list[Thing]:
    """`things` in order of the text, where an acronym and what spells it out are one.

    Only where one thing alone spells it out and has no other acronym, and where the acronym has no
    meaning of its own: nobody lists it, and the text defines no other.
    """
    words = [{text[name.start : name.stop] for name in names} for names, _ in things]
    spelled = dict(_spelled(things, words)) if len(things) <= _MOST else {}
    times = Counter(spelled.values())
    parts = {short: long for short, long in spelled.items() if times[long] == 1}
    whole = {long: short for short, long in parts.items()}
    found = [
        _one(thing, things[whole[place]]) if place in whole else thing
        for place, thing in enumerate(things)
        if place not in parts
    ]
    return sorted(found, key=lambda thing: thing[0][0].start)


def _spelled(things: Sequence[Thing], words: Sequence[set[str]]) -> Iterator[tuple[int, int]]:
    """The place of each thing that is an acronym only, and of the one thing that spells it out."""
    longs = [place for place, forms in enumerate(words) if not any(map(is_coined, forms))]
    for short, (thing, forms) in enumerate(zip(things, words, strict=True)):
        if all(map(is_coined, forms)) and not _has_meaning(thing, forms):
            fitting = [
                long
                for long in longs
                if things[long][1].kind == thing[1].kind
                and any(spells_out(a, b) for a in words[long] for b in forms)
            ]
            if len(fitting) == 1:
                yield short, fitting[0]


def _has_meaning(thing: Thing, forms: set[str]) -> bool:
    names, decision = thing
    kind = decision.kind
    is_known = any(known_name(kind, canonical_key(kind, form)) for form in forms)
    return is_known or any(name.by == "user" for name in names)


def _one(long: Thing, short: Thing) -> Thing:
    """Both as one; the surer decision stands, and what the user lists before all."""
    names = sorted([*long[0], *short[0]], key=lambda name: name.start)
    decision = max(long[1], short[1], key=lambda x: (x.confidence == 1, x.salient, x.confidence))
    return names, decision
