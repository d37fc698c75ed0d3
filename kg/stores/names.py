"""From what a person types to the id of a node: `cifar10`, `CIFAR 10` or `dataset:cifar-10`."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.errors import QueryError, UnknownNameError
from kg.keys import entity_id, spelled_key
from kg.queries import statement
from kg.records import KINDS, Kind, id_of
from kg.repositories import repository_url
from kg.sources.fields import arxiv_id
from kg.stores.protocol import Rows, Store

_PIECE = 3  # characters
_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class _Named:
    """A node as the look-up of near names returns it."""

    id: str
    kind: Any  # a `Kind` or "Paper"
    name: str
    names: list[str]  # with all aliases
    papers: int
    shared: int  # how many pieces of what was typed


def find_id(store: Store, label: str, text: str) -> str:
    """The id of what `text` names: by its id, then by name or alias in any case or spelling.

    `label` is `Paper`, a kind, or `Entity` for all kinds. Where a name leads to several, the one
    that most papers name wins, then the first id.

    Raises: UnknownNameError with the nearest names.
    """
    text = text.strip()
    if not text:
        raise QueryError(f"the name of the {label.lower()} is empty")
    kinds = KINDS if label == "Entity" else (label,)
    labels = "|".join(kinds)
    ids = [one for kind in KINDS if kind in kinds for one in _own_ids(kind, text)]
    if found := _called_so(store, labels, ids, text):
        return found
    near = _near(store, labels, text)
    if same := [named for named in near if not _ids(named).isdisjoint(ids)]:
        return min(same, key=lambda named: (-named.papers, named.id)).id
    raise _unknown(label, text, near)


def _own_ids(kind: Kind, text: str) -> Iterable[str]:
    """The ids of what `text` means by itself, and of an acronym that is left by itself."""
    return dict.fromkeys((entity_id(kind, text), id_of((kind, spelled_key(kind, text)))))


def _called_so(store: Store, labels: str, ids: list[str], text: str) -> str:
    """The id of what has `text` as its id, one of `ids`, or a name in any case; else ""."""
    by_id = statement("lookup/by_id", LABEL=labels)
    written = arxiv_id(text) or repository_url(text).removeprefix("https://")
    found = (
        store.run(by_id, {"ids": [text]})
        or store.run(by_id, {"ids": [written, f"repository:{written.lower()}"]})
        or store.run(by_id, {"ids": ids})
        or _named(store, labels, text)
    )
    return str(found[0]["id"]) if found else ""


def _named(store: Store, labels: str, text: str) -> Rows:
    """What is called `text` in any case; each statement reads no more than it has to."""
    given = {"name": text}
    if labels == "Paper":
        return store.run(statement("lookup/by_title"), given)
    found = store.run(statement("lookup/by_name", LABEL=labels), given)
    if not found and "Repository" in labels and "/" in text:
        return store.run(statement("lookup/by_address"), given)
    return found


def _near(store: Store, labels: str, text: str) -> list[_Named]:
    is_title = labels == "Paper"
    nearest = statement("lookup/nearest_title" if is_title else "lookup/nearest", LABEL=labels)
    given = {"parts": _parts(text.lower()), "pieces": _pieces(text.lower())}
    rows: Iterable[dict[str, Any]] = store.run(nearest, given)
    return [_Named(**row) for row in rows]


def _parts(text: str) -> list[str]:
    """The start and the stop of `text`; one mistake spoils one of them at most."""
    length = max(_PIECE, len(text) // 2 - 1)  # so that a swap in the middle spoils neither
    return [text[:length], text[-length:]]


def _pieces(text: str) -> list[str]:
    """All runs of three characters of `text`, or the whole where it is shorter."""
    starts = range(max(len(text) - _PIECE, 0) + 1)
    return sorted({text[start : start + _PIECE] for start in starts})


def _ids(named: _Named) -> set[str]:
    """The ids that its names would have by themselves."""
    if named.kind not in KINDS:
        return set()
    kind: Kind = named.kind
    return {entity_id(kind, name) for name in named.names}


def _unknown(label: str, text: str, near: list[_Named]) -> UnknownNameError:
    names = {name.lower(): named.name for named in near for name in named.names}
    typed = text.lower()
    parts = [name for name in names if typed in name]
    close = difflib.get_close_matches(typed, names, n=3 * _SUGGESTIONS, cutoff=0.6)
    suggestions = list(dict.fromkeys(names[name] for name in [*parts, *close]))[:_SUGGESTIONS]
    advice = (
        f"did you mean {', '.join(suggestions)}?"
        if suggestions
        else "the question `search` finds names by a part of them"
    )
    what = "nothing" if label == "Entity" else f"no {label.lower()}"
    return UnknownNameError(f'{what} is called "{text}"; {advice}', suggestions)
