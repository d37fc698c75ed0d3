"""Finding: from a name to the entity of the ledger that it leads to."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from kg.corrections import FILE, entity_key
from kg.errors import CorrectionError, UnknownNameError
from kg.keys import canonical_key, known_name, spelled_key, term_keys
from kg.ledger import Ledger
from kg.records import KINDS, EntityKey, Kind, id_of
from kg.rows import read_corrected

_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a name of some kind leads to."""

    id: str  # "" of what the curator has blocked
    name: str
    reason: str


def resolve_name(kind: Kind, name: str) -> Resolved:
    """What `name` denotes by itself, without any papers."""
    key = canonical_key(kind, name)
    listed = known_name(kind, key)
    is_folded = key == spelled_key(kind, name)
    return Resolved(
        id_of((kind, key)), listed or name.strip(), "spelling" if is_folded else "well-known"
    )


def resolve_in(ledger: Ledger, kind: Kind, name: str) -> Resolved:
    """What `name` denotes in a resolved graph; by itself, where no paper names it."""
    key, _ = term_keys(kind, name, [name])
    key = read_corrected(ledger).splits.get((kind, key), {}).get(name, key)
    entity, reason = led(ledger, (kind, key))
    if reason == "blocked":
        return Resolved("", name.strip(), reason)
    shown = _name(ledger, entity)
    return Resolved(id_of(entity), shown, reason) if shown else resolve_name(kind, name)


def led(ledger: Ledger, named: EntityKey) -> tuple[EntityKey, str]:
    """The entity that a kind and a key lead to, and why."""
    move = "SELECT to_kind, to_key, reason FROM moves WHERE (kind, key) = (?, ?)"
    to_kind, to_key, reason = next(ledger.rows(move, named), (*named, "spelling"))
    return (to_kind, to_key), reason


def find_entity(ledger: Ledger, typed: str) -> EntityKey:
    """The entity that a person means: by its id, `Kind:name`, or any of its names in any spelling.

    Where a name leads to several, the one that most papers name is meant, then the first id.

    Raises: UnknownNameError with the nearest names.
    """
    typed = as_typed(typed)
    found = {led(ledger, named)[0] for named in _named(typed)} | set(_spelled(ledger, typed))
    papers = {entity: count for entity in found if (count := _papers(ledger, entity))}
    if papers:
        return min(papers, key=lambda entity: (-papers[entity], id_of(entity)))
    if any(key == "" for _, key in found):
        raise UnknownNameError(f'"{typed}" is blocked in {FILE}; take the row out to have it again')
    raise _unknown(ledger, typed)


def as_typed(text: str) -> str:
    """`text` in one line, with a mark in the place of each sign that UTF-8 does not have."""
    return " ".join(text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").split())


def _unknown(ledger: Ledger, typed: str) -> UnknownNameError:
    """That nothing is called so, with the nearest names."""
    names = [name for (name,) in ledger.rows("SELECT name FROM entities ORDER BY papers DESC, key")]
    near = get_close_matches(typed, names, n=_SUGGESTIONS, cutoff=0.7)
    listed = f"did you mean {', '.join(near)}?"
    advice = listed if near else "`kg query search` finds parts of names"
    return UnknownNameError(f'nothing is called "{typed}"; {advice}', near)


def _named(typed: str) -> Iterator[EntityKey]:
    """The kinds and keys that `typed` may stand for."""
    if not typed:
        return
    try:
        yield entity_key(typed)
    except CorrectionError:
        for kind in KINDS:
            yield kind, canonical_key(kind, typed)
            yield kind, spelled_key(kind, typed)


def _spelled(ledger: Ledger, typed: str) -> Iterator[EntityKey]:
    """The entities that some paper writes exactly so."""
    for kind, key in list(ledger.rows("SELECT kind, key FROM spellings WHERE text = ?", (typed,))):
        yield led(ledger, (kind, key))[0]


def _name(ledger: Ledger, entity: EntityKey) -> str:
    name = ledger.rows("SELECT name FROM entities WHERE (kind, key) = (?, ?)", entity)
    return str(next(name, ("",))[0])


def _papers(ledger: Ledger, entity: EntityKey) -> int:
    papers = ledger.rows("SELECT papers FROM entities WHERE (kind, key) = (?, ?)", entity)
    return int(next(papers, (0,))[0])
