"""Terms: the mentions of one text brought together, one term a thing.

An acronym and its expansion are one thing, and so are all forms of a row of the user's list; a
name has one kind within a text.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from kg.extract.acronyms import Acronym
from kg.extract.candidates import Name, standing
from kg.extract.links import Link
from kg.extract.scorer import Decision, is_nothing
from kg.keys import canonical_key, is_umbrella
from kg.records import KINDS, ROLES, Kind, Mention, Term

_OF_NAME = 0.1  # how much what is known of one mention weighs, against what of all of them


def group_names(text: str, names: Sequence[Name], acronyms: Sequence[Acronym]) -> list[list[Name]]:
    """`names` in groups that denote one thing, in order of their first mention."""
    groups: dict[str, list[Name]] = defaultdict(list)
    fold = _folding(text, names)
    same = _joined_by_acronyms(text, acronyms, fold)
    for name in names:
        folded = fold(name.kind, text[name.start : name.stop])
        groups[same.get((name.kind, folded), folded)].append(name)
    return list(groups.values())


def apart(
    groups: Sequence[Sequence[Name]], of_names: NDArray[np.float32], of_terms: NDArray[np.float32]
) -> list[list[Name]]:
    """`groups` without the names that overlap with a surer one; a group may be empty then.

    Of each name, in the order of the groups, and of each group there is a row of probabilities, of
    which the first is that it is nothing. What is known of the whole group weighs most; what is
    nothing takes no place, and what the user lists stands.
    """
    sizes = [len(group) for group in groups]
    sure = np.repeat(1 - of_terms[:, 0], sizes) * (1 - of_names[:, 0]) ** _OF_NAME
    listed = [given_decision(group) is not None for group in groups]
    out = np.repeat(is_nothing(of_terms) & ~np.array(listed, dtype=bool), sizes)
    sure += np.repeat(listed, sizes)
    names = list(chain.from_iterable(groups))
    ranks = [(-one, name.start - name.stop) for one, name in zip(sure.tolist(), names, strict=True)]
    stands = set(standing(names, ranks, np.flatnonzero(~out).tolist()))
    places = iter(range(len(names)))
    return [[name for name in group if next(places) in stands] for group in groups]


def make_term(text: str, group: Sequence[Name], decision: Decision) -> Term:
    """The term of a group of names, called as the user's list says, or else as the text does.

    Its role, until more is known, is the one that says least.
    """
    mentions = tuple(
        Mention(name.start, name.stop, text[name.start : name.stop], decision.confidence)
        for name in group
    )
    called = next((name.called for name in group if name.called), "")
    name = called or _display_name(mentions)
    return Term(decision.kind, name, ROLES[decision.kind][-1], decision.salient, mentions)


def given_decision(group: Iterable[Name]) -> Decision | None:
    """What the user's list says of a group, if it lists one of its names."""
    given = next((name for name in group if name.by == "user"), None)
    return Decision(given.kind, 1.0, not given.doubtful) if given else None


def plain_decision(text: str, group: Sequence[Name]) -> Decision:
    """What a group is where no scorer knows: what the pipeline says, or else the surest other."""
    by_pipeline = [name for name in group if name.by == "pipeline"]
    surest = max(by_pipeline or group, key=lambda name: (not name.doubtful, name.confidence))
    key = canonical_key(surest.kind, text[surest.start : surest.stop])
    is_doubtful = surest.doubtful or (not by_pipeline and is_umbrella(surest.kind, key))
    return Decision(surest.kind, surest.confidence, not is_doubtful)


def repository_groups(links: Iterable[Link]) -> Iterator[list[Link]]:
    """Links that lead to one repository, together, in order of the text."""
    groups: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.repository:
            groups[link.repository.lower()].append(link)
    yield from groups.values()


def _folding(text: str, names: Iterable[Name]) -> Callable[[Kind, str], str]:
    """The key of a name; that of a form which the user lists is the key of the first such form."""
    listed = {
        (name.kind, canonical_key(name.kind, text[name.start : name.stop])): name.called
        for name in names
        if name.called
    }

    def fold(kind: Kind, name: str) -> str:
        key = canonical_key(kind, name)
        return canonical_key(kind, listed.get((kind, key), name))

    return fold


def _joined_by_acronyms(
    text: str, acronyms: Sequence[Acronym], fold: Callable[[Kind, str], str]
) -> dict[tuple[Kind, str], str]:
    """Kind and key of each short form -> the key of its long form."""
    joined: dict[tuple[Kind, str], str] = {}
    for acronym in acronyms:
        for kind in KINDS:
            short = fold(kind, text[slice(*acronym.short)])
            joined.setdefault((kind, short), fold(kind, text[slice(*acronym.long)]))
    return joined


def _display_name(mentions: Sequence[Mention]) -> str:
    counts = Counter(mention.text for mention in mentions)
    return max(counts, key=lambda name: (" " in name, counts[name], len(name), name))
