"""Terms: the mentions of one text brought together, one term a thing.

An acronym and its expansion are one thing, and so are all forms of a row of the user's list; a
name has one kind within a text.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
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
    fold = _folding(text, names)
    same = _joined_by_acronyms(text, acronyms, fold)
    for name in names:
        folded = fold(name.kind, text[name.start : name.stop])
        groups[same.get((name.kind, folded), folded)].append(name)
    return [_of_one_kind(group) for group in groups.values()]


def make_term(text: str, group: Sequence[Name], role: str, evidence: int) -> Term:
    """The term of a group of names.

    It is salient unless it is an umbrella term, a metric or a task named in passing, or doubtful.
    What the user lists is called as in the list, and salient unless the list says no.
    """
    kind = group[0].kind
    mentions = tuple(
        Mention(name.start, name.stop, text[name.start : name.stop], name.confidence)
        for name in group
    )
    if given := next((name for name in group if name.by == "user"), None):
        return Term(kind, given.called, role, not given.doubtful, mentions, evidence)
    name = _display_name(mentions)
    key = shared_key(kind, name, (mention.text for mention in mentions))
    in_passing = kind in {"Metric", "Task"} and role == "mentioned"
    is_doubtful = in_passing or is_umbrella(kind, key) or _is_doubted(group)
    return Term(kind, name, role, not is_doubtful, mentions, evidence)


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


def _of_one_kind(group: Sequence[Name]) -> list[Name]:
    """The names with the kind that weighs most; a dataset that the paper introduces is one.

    What the user lists has the kind that the list says.
    """
    if given := next((name.kind for name in group if name.by == "user"), None):
        return [replace(name, kind=given) for name in group]
    weights: Counter[Kind] = Counter()
    for name in group:
        weights[name.kind] += round(name.confidence * 100)
    is_own_data = any(name.cue == "own" and name.kind == "Dataset" for name in group)
    kind = "Dataset" if is_own_data else max(sorted(weights), key=lambda one: weights[one])
    return [replace(name, kind=kind) for name in group]


def _is_doubted(group: Sequence[Name]) -> bool:
    """Whether the trained pipeline knows what `group` names, but only as something doubtful."""
    by_model = [name.doubtful for name in group if name.by == "model"]
    return bool(by_model) and all(by_model)


def _display_name(mentions: Sequence[Mention]) -> str:
    counts = Counter(mention.text for mention in mentions)
    return max(counts, key=lambda name: (" " in name, counts[name], len(name), name))
