"""Families: of which name another is a version, by the names alone; pure.

`Qwen2.5-VL-7B` is one of `Qwen2.5-VL`, `ImageNet-1K` of `ImageNet`, `NDCG@10` of `NDCG`: what
stands behind the family's name tells only a number, a size, or an edition.
"""

import re
from collections.abc import Container, Iterator
from functools import lru_cache

from kg.keys import is_listed, is_umbrella, known_names, listed_key, spelled_key
from kg.records import EntityKey, Kind
from kg.slugs import is_common

KINDS: tuple[Kind, ...] = ("Method", "Dataset", "Metric")  # whose names have versions
_NUMBER = re.compile(r"(?!f1$)[a-z]?\d+(?:\.\d+)*[a-z]?|[a-z]")  # 3.5, 7b, 4o, 1k, 2014, b16; L
_EDITIONS = frozenset({
    "nano", "tiny", "mini", "small", "base", "medium", "large", "huge", "giant", "xs", "xl", "xxl",
    "pro", "lite", "turbo", "max", "ultra", "plus", "flash", "instruct", "chat", "preview",
    "thinking", "distill", "hard", "easy", "verified", "full", "challenge", "extended",
})  # fmt: skip


def family_of(entity: EntityKey, known: Container[EntityKey]) -> EntityKey | None:
    """The nearest of the `known` entities of which this one is a version, or None.

    An umbrella term has no versions, nor has a common word but for those with a number.
    """
    kind, key = entity
    if kind not in KINDS or not _tells_version(key[key.rfind("-") + 1 :]):
        return None
    for stem in _stems(kind, key):
        for family in ((kind, stem), (kind, listed_key(kind, stem))):
            if family in known and family != entity and not is_umbrella(*family):
                return family
    return None


def stems_of_versions(family: EntityKey) -> frozenset[str]:
    """What the keys of its versions begin with, before a hyphen: its own key, and those listed."""
    kind, key = family
    return frozenset((key, *(spelled_key(kind, name) for name in known_names(kind, key))))


def _stems(kind: Kind, key: str) -> Iterator[str]:
    """`key` without its last parts, as far as they tell a version, the longest first."""
    stem, hyphen, last = key.rpartition("-")
    while hyphen and _tells_version(last):
        stem = stem.removesuffix("-at")  # pass@1
        if last[0].isdigit() or is_listed(kind, stem) or not is_common(stem):
            yield stem
        stem, hyphen, last = stem.rpartition("-")


@lru_cache(maxsize=20_000)
def _tells_version(part: str) -> bool:
    return part in _EDITIONS or bool(_NUMBER.fullmatch(part))
