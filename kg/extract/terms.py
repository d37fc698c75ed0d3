"""Terms: the mentions of one text brought together, one term a thing.

An acronym and its expansion are one thing; a name has one kind within a text.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.extract.acronyms import Acronym
from kg.extract.candidates import Name
from kg.extract.gazetteer import is_umbrella
from kg.extract.links import Link
from kg.keys import canonical_key, shared_key
from kg.records import KINDS, Kind, Mention, Term


def group_terms(text: str, names: Sequence[Name], acronyms: Sequence[Acronym]) -> list[list[Name]]:
    """`names` in groups that denote one thing, in order of their first mention.

    All names of a group have the kind of its most confident one.
    """
    groups: dict[str, list[Name]] = defaultdict(list)
    same = _joined_by_acronyms(text, acronyms)
    for name in names:
        folded = canonical_key(name.kind, text[name.start : name.stop])
        groups[same.get((name.kind, folded), folded)].append(name)
    return [_of_one_kind(group) for group in groups.values()]


def make_term(text: str, group: Sequence[Name], role: str, evidence: int) -> Term:
    """The term of a group of names.

    It is salient unless it is an umbrella term, or a metric or a task named in passing.
    """
    kind = group[0].kind
    mentions = tuple(
        Mention(name.start, name.stop, text[name.start : name.stop], name.confidence)
        for name in group
    )
    name = _display_name(mentions)
    key = shared_key(kind, name, (mention.text for mention in mentions))
    in_passing = kind in {"Metric", "Task"} and role == "mentioned"
    return Term(kind, name, role, not in_passing and not is_umbrella(kind, key), mentions, evidence)


def repository_groups(links: Iterable[Link]) -> Iterator[list[Link]]:
    """Links that lead to one repository, together, in order of the text."""
    groups: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.repository:
            groups[link.repository.lower()].append(link)
    yield from groups.values()


def _joined_by_acronyms(text: str, acronyms: Sequence[Acronym]) -> dict[tuple[Kind, str], str]:
    """Kind and key of each short form -> the key of its long form."""
    joined: dict[tuple[Kind, str], str] = {}
    for acronym in acronyms:
        for kind in KINDS:
            short = canonical_key(kind, text[slice(*acronym.short)])
            joined.setdefault((kind, short), canonical_key(kind, text[slice(*acronym.long)]))
    return joined


def _of_one_kind(group: Sequence[Name]) -> list[Name]:
    """The names with the kind that weighs most; a dataset that the paper introduces is one."""
    weights: Counter[Kind] = Counter()
    for name in group:
        weights[name.kind] += round(name.confidence * 100)
    is_own_data = any(name.cue == "own" and name.kind == "Dataset" for name in group)
    kind = "Dataset" if is_own_data else max(sorted(weights), key=lambda one: weights[one])
    return [replace(name, kind=kind) for name in group]


def _display_name(mentions: Sequence[Mention]) -> str:
    counts = Counter(mention.text for mention in mentions)
    return max(counts, key=lambda name: (" " in name, counts[name], len(name), name))
