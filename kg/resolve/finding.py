"""Finding: from a name to the entity of the ledger that it leads to."""

from dataclasses import dataclass
from difflib import get_close_matches

from kg.corrections import FILE, entity_key
from kg.errors import UnknownNameError
from kg.keys import canonical_key, known_name, spelled_key
from kg.ledger import Ledger
from kg.records import KINDS, EntityKey, Kind, id_of, kind_called
from kg.resolve.targets import Target, target_of
from kg.rows import read_corrected
from kg.term_keys import term_keys

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
    """What `name` denotes in a resolved graph; by itself, where nothing there is called so."""
    found = named(ledger, kind, name)
    if found.reason == "blocked":
        return Resolved("", name.strip(), found.reason)
    shown = _name(ledger, found.entity)
    if not shown:
        return resolve_name(kind, name)
    return Resolved(id_of(found.entity), shown, found.reason or "spelling")


def named(ledger: Ledger, kind: Kind, name: str) -> Target:
    """Where a name leads, by all that papers and the curator say, though no paper may write it."""
    corrections = read_corrected(ledger)
    key, _ = term_keys(kind, name, [name])
    key = corrections.splits.get((kind, key), {}).get(name, key)
    return target_of(ledger, corrections, (kind, key))


def find_entity(ledger: Ledger, typed: str) -> EntityKey:
    """The entity that a person means: by its id, `Kind:name`, or any of its names in any spelling.

    A name that was split off means what it is now. Else, where a name leads to several, the one
    that most papers name is meant, then the first id.

    Raises: UnknownNameError with the nearest names.
    """
    typed = as_typed(typed)
    for found in (_by_id(ledger, typed), _by_name(ledger, typed), _spelled(ledger, typed)):
        papers = {entity: count for entity in found if (count := _papers(ledger, entity))}
        if papers:
            return min(papers, key=lambda entity: (-papers[entity], id_of(entity)))
        if any(key == "" for _, key in found):
            cure = "take the row out to have it again"
            raise UnknownNameError(f'"{typed}" is blocked in {FILE}; {cure}')
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


def _by_id(ledger: Ledger, typed: str) -> list[EntityKey]:
    """The entities of an id, or of a kind and a name: `Method:Mamba`."""
    kind_word, _, name = typed.partition(":")
    kind = kind_called(kind_word)
    if kind is None or not name.strip():
        return []
    exact = [(kind, name), entity_key(typed)]
    known = [entity for entity in exact if _papers(ledger, entity)]
    corrections = read_corrected(ledger)
    led = [target_of(ledger, corrections, entity).entity for entity in exact]
    return known[:1] or [*led, named(ledger, kind, name.strip()).entity]


def _by_name(ledger: Ledger, typed: str) -> list[EntityKey]:
    """The entities that the keys of a name lead to; only what was split off, if it was."""
    if not typed:
        return []
    splits = read_corrected(ledger).splits
    apart = [kind for (kind, _), names in splits.items() if typed in names]
    return [named(ledger, kind, typed).entity for kind in apart or KINDS]


def _spelled(ledger: Ledger, typed: str) -> list[EntityKey]:
    """The entities of which some paper writes a name exactly so."""
    corrections = read_corrected(ledger)
    rows = list(ledger.rows("SELECT kind, key FROM spellings WHERE text = ?", (typed,)))
    return [target_of(ledger, corrections, (kind, key)).entity for kind, key in rows]


def _name(ledger: Ledger, entity: EntityKey) -> str:
    name = ledger.rows("SELECT name FROM entities WHERE (kind, key) = (?, ?)", entity)
    return str(next(name, ("",))[0])


def _papers(ledger: Ledger, entity: EntityKey) -> int:
    papers = ledger.rows("SELECT papers FROM entities WHERE (kind, key) = (?, ?)", entity)
    return int(next(papers, (0,))[0])
