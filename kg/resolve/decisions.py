"""Decisions on one key and one entity, each a pure function of counts; ties go by the alphabet."""

import re
from collections.abc import Iterable, Mapping

from kg.keys import canonical_key, known_names
from kg.records import Kind
from kg.spelling import words

LISTED = 3  # papers that the list of well-known names weighs as much as
_SHARE = 0.9  # of the papers that spell an acronym out; at least as many as the list counts
_MAJORITY = 0.8  # of the papers that name a key
_ODD = re.compile(r"[\\${}_*~\n]|--")


def meaning(votes: Mapping[str, int]) -> str:
    """The key that an acronym stands for, by the papers that say so of each, or "".

    It needs three papers, and nine of ten that spell the acronym out.
    """
    best = min(votes, key=lambda key: (-votes[key], key), default="")
    is_clear = bool(best) and votes[best] >= max(LISTED, _SHARE * sum(votes.values()))
    return best if is_clear else ""


def kind_of(kind: Kind, papers: Mapping[Kind, int]) -> Kind:
    """The kind of what is taken for `kind` here, by the papers that take the name for each kind.

    A clear majority decides; without one `kind` stays, if any paper by itself says so.
    """
    best = min(papers, key=lambda one: (-papers[one], one), default=kind)
    total = sum(papers.values())
    is_clear = total >= LISTED and papers.get(best, 0) >= _MAJORITY * total
    return best if is_clear or not papers.get(kind) else kind


def display(
    kind: Kind, key: str, spellings: Iterable[tuple[str, int]], given: str = ""
) -> tuple[str, tuple[str, ...]]:
    """The name and the aliases of an entity, from its spellings and the papers that use each.

    The name that the user has `given` stands. Else it is the most used of the well-written
    spellings: of a well-known thing those in the list, its first form if none of them is there;
    of others those in the singular and without signs of markup, if there are any.
    """
    counts = dict(spellings)
    listed = known_names(kind, key)

    def rank(text: str) -> tuple[bool, bool, int, str]:
        is_own = kind != "Repository" or canonical_key(kind, text) == key
        is_best = is_own and (text in listed or not listed)
        return not is_best, not _is_well_written(kind, text), -counts[text], text

    best = min(counts, key=rank, default="")
    name = given or (best if best in listed or not listed else listed[0])
    return name, tuple(sorted(counts.keys() - {name}))


def _is_well_written(kind: Kind, text: str) -> bool:
    """Whether `text` is plain and, but for a dataset's, in the singular."""
    is_plain = not _ODD.search(text)
    return is_plain and (kind == "Dataset" or words(text, plural=True) == words(text, plural=False))
