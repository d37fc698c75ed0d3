"""The canonical key: what makes two names one thing, and the entity ids made from it.

A key is a pure function of kind and name: readable, ASCII, lower case, and it keeps whatever
tells versions and sizes apart (`cifar-10` / `cifar-100`, `pass-at-1` / `pass-at-10`).
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from kg.known import KNOWN
from kg.records import KINDS, Kind, id_of
from kg.repositories import repository_key
from kg.slugs import slug
from kg.spelling import words

# The files that keys follow from.
PARTS = (
    "keys.py", "spelling.py", "spelling.tsv", "slugs.py", "words.txt", "known.py", "known.tsv",
    "repositories.py", "records.py", "term_keys.py",
)  # fmt: skip
_TAILS: dict[Kind, frozenset[str]] = {
    "Method": frozenset({"model", "method", "algorithm", "architecture", "framework", "network"}),
    "Dataset": frozenset(
        {"dataset", "datasets", "data", "benchmark", "benchmarks", "corpus", "suite"}
    ),
    "Metric": frozenset({"score", "metric"}),
    "Task": frozenset({"task", "problem"}),
    "Repository": frozenset(),
}
_MOST_TAILS = 3  # "Foo benchmark suite data"
_KEY = re.compile(r"[a-z0-9][a-z0-9.]*(?:-[a-z0-9.]+)*(?:=[!-~]+)?")
_NAME_SHAPE = re.compile(r"[A-Za-z][A-Z]|[0-9]")
_BRACKET = re.compile(r"(\w[^()]*\w)\s*\(([A-Za-z][A-Za-z0-9.+-]{1,9}?)s?\)")


def entity_id(kind: Kind, name: str) -> str:
    """The id of the entity that `name` denotes by itself, such as `dataset:cifar-10`."""
    return id_of((kind, canonical_key(kind, name)))


def canonical_key(kind: Kind, name: str) -> str:
    """The key that all names of one thing share, as far as names alone tell; never empty.

    A name from the list of well-known ones has the key of its first form.
    """
    return listed_key(kind, spelled_key(kind, name))


def listed_key(kind: Kind, key: str) -> str:
    """The key of the well-known thing that the form with this key names, or `key` itself."""
    return _first_keys().get((kind, key), key)


@lru_cache(maxsize=100_000)
def spelled_key(kind: Kind, name: str) -> str:
    """The key that all spellings of one name share, whatever it means; never empty."""
    if kind == "Repository":
        return repository_key(name)
    parts = _parts(kind, name)
    key = _key_of(parts)
    for _ in range(_MOST_TAILS):
        if len(parts) < 2 or parts[-1] not in _TAILS[kind] or is_listed(kind, key):
            break
        parts = parts[:-1]
        short = _key_of(parts)
        if not (is_listed(kind, short) or _stands_alone(kind, name, short)):
            break
        key = short
    return key or "u" + name.encode("utf-8", "replace").hex()


def tidy_key(kind: Kind, key: str) -> str:
    """`key` with the hyphens that it has in an id; what cannot be a key is taken for a name."""
    if kind == "Repository" or not _KEY.fullmatch(key):
        return canonical_key(kind, key)
    return key if "=" in key else _key_of(key.split("-"))


def is_listed(kind: Kind, key: str) -> bool:
    """Whether `key` is that of a well-known name, in any of its forms."""
    return (kind, key) in _first_keys()


def is_umbrella(kind: Kind, key: str) -> bool:
    """Whether `key` is that of a term so wide that careful readers doubt its node."""
    return (kind, key) in _umbrellas()


def listed_meaning(kind: Kind, key: str) -> str:
    """The key of the well-known thing for which the acronym with this key stands, or "".

    An acronym that is the first form of its row is a name, and stands for itself.
    """
    return _meanings().get((kind, key), "")


def listed_acronyms(key: str) -> tuple[str, ...]:
    """The keys of the acronyms that, by the list, stand for the well-known thing with this key."""
    return _acronyms().get(key, ())


def known_name(kind: Kind, key: str) -> str:
    """The well-known name whose key is `key`, or "" where there is none."""
    return next(iter(known_names(kind, key)), "")


def known_names(kind: Kind, key: str) -> tuple[str, ...]:
    """All forms of the well-known name whose key is `key`, the first one first; or none."""
    return _forms().get((kind, key), ())


@cache
def _first_keys() -> dict[tuple[Kind, str], str]:
    """Kind and key of each well-known form -> the key of the first form of its row."""
    keys: dict[tuple[Kind, str], str] = {}
    for entry in KNOWN:
        first = _key_of(_parts(entry.kind, entry.names[0]))
        for name in entry.names:
            keys.setdefault((entry.kind, _key_of(_parts(entry.kind, name))), first)
    return keys


@cache
def _forms() -> dict[tuple[Kind, str], tuple[str, ...]]:
    return {(entry.kind, canonical_key(entry.kind, entry.names[0])): entry.names for entry in KNOWN}


@cache
def _umbrellas() -> frozenset[tuple[Kind, str]]:
    doubted = (entry for entry in KNOWN if not entry.salient)
    return frozenset((entry.kind, canonical_key(entry.kind, entry.names[0])) for entry in doubted)


@cache
def _meanings() -> dict[tuple[Kind, str], str]:
    found = {
        (entry.kind, _key_of(_parts(entry.kind, form))): _key_of(_parts(entry.kind, entry.names[0]))
        for entry in KNOWN
        for form in entry.acronyms
    }
    return {(kind, short): key for (kind, short), key in found.items() if short != key}


@cache
def _acronyms() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for (_, short), key in _meanings().items():
        found[key] = (*found.get(key, ()), short)
    return found


def _parts(kind: Kind, name: str) -> list[str]:
    """The words of `name` without an article before and an acronym in brackets behind."""
    bracket = _BRACKET.fullmatch(name.strip())
    if bracket and _abbreviates(bracket.group(2), bracket.group(1)):
        name = bracket.group(1)
    parts = words(name, plural=kind != "Dataset")
    if kind == "Dataset" and parts[-2:] in (["data", "set"], ["data", "sets"]):
        parts[-2:] = ["dataset"]
    return parts[1:] if len(parts) > 1 and parts[0] == "the" else parts


def _key_of(parts: Sequence[str]) -> str:
    """The words as one slug: however they are joined or parted, the slug is the same.

    Two numbers stay parted, and a last letter from the word before it: ViT-S is not VITS.
    """
    whole = ""
    for at, part in enumerate(parts, 1):
        is_number = whole[-1:].isdigit() and part[0].isdigit()
        is_letter = whole[-1:].isalpha() and part.isalpha() and len(part) == 1
        whole += f"-{part}" if is_number or (is_letter and at == len(parts)) else part
    return slug(whole)


def _stands_alone(kind: Kind, name: str, short: str) -> bool:
    """Whether `name` is one without its last word, which is `dataset`, `model`, ...

    `ZipBERT model` is ZipBERT and `Foo dataset` is Foo, but a ranking model is no ranking, and a
    GPT score no GPT.
    """
    *head, _ = re.split(r"[\s_-]+", name.strip())
    is_activity = kind == "Task" and len(head) > 1 and head[-1].lower().endswith(("ing", "tion"))
    is_other = kind == "Metric" and any(is_listed(one, short) for one in KINDS)
    is_name = bool(_NAME_SHAPE.search(" ".join(head))) and not is_other
    return kind == "Dataset" or is_activity or is_name


def _abbreviates(short: str, long: str) -> bool:
    """Whether the letters of `short` stand in `long` in their order, the first at its start."""
    rest = iter(long.lower())
    return long[:1].lower() == short[:1].lower() and all(
        sign in rest for sign in short.lower() if sign.isalnum()
    )
