"""Dossiers: all that the ledger knows of one entity, and why each name leads to it."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.families import family_of
from kg.keys import canonical_key, is_listed, listed_meaning, spelled_key
from kg.ledger import Ledger
from kg.records import EntityKey, Kind, id_of
from kg.resolve.targets import block_of

_PAPERS = 10  # that are shown, the newest


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way in which papers write an entity."""

    text: str
    papers: int
    reason: str  # why it is this entity
    paper: str  # id of one that writes so


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is known of an entity."""

    id: str
    name: str
    papers: int
    salient: bool
    ambiguous: bool
    external_ids: tuple[str, ...]
    spellings: tuple[Spelling, ...]  # the most used first
    meanings: tuple[tuple[str, int], ...]  # ids for which papers spell the acronym out, with counts
    family: str  # id, or ""
    versions: tuple[str, ...]  # ids, the one first that most papers name
    newest: tuple[tuple[str, str, str], ...]  # id, date and title of papers


def dossier(ledger: Ledger, entity: EntityKey) -> Dossier:
    """The dossier of an entity of a resolved ledger."""
    shown = "name, papers, salient, ambiguous"
    row = ledger.rows(f"SELECT {shown} FROM entities WHERE (kind, key) = (?, ?)", entity)
    name, papers, salient, ambiguous = next(row)
    known = dict.fromkeys((kind, key) for kind, key in ledger.rows(_KIN, entity[:1]))
    family = family_of(entity, known)
    return Dossier(
        id=id_of(entity),
        name=name,
        papers=papers,
        salient=bool(salient),
        ambiguous=bool(ambiguous),
        external_ids=tuple(one for (one,) in ledger.rows(_EXTERNAL, entity)),
        spellings=tuple(spellings_of(ledger, entity)),
        meanings=tuple(_meanings(ledger, entity)) if ambiguous else (),
        family=id_of(family) if family else "",
        versions=tuple(id_of(one) for one in known if family_of(one, known) == entity),
        newest=tuple((one, day, title) for one, day, title in ledger.rows(_NEWEST, entity)),
    )


def spellings_of(ledger: Ledger, entity: EntityKey) -> Iterator[Spelling]:
    """The ways in which papers write an entity, the most used first."""
    examples = {tuple(place): paper for *place, paper in ledger.rows(_EXAMPLES, entity)}
    for kind, key, text, papers, given, moved in list(ledger.rows(_SPELLINGS, entity)):
        named: EntityKey = (kind, key)
        reason = (
            _why_moved(ledger, named, entity[0], moved)
            if moved
            else _why_named(named, text, is_given=bool(given))
        )
        yield Spelling(text, papers, reason, examples[kind, key, text])


def _why_named(named: EntityKey, text: str, *, is_given: bool) -> str:
    """Why a spelling has the key that it has in papers."""
    kind, key = named
    if is_given:
        return "your list"
    if spelled_key(kind, text) == key or "=" in key:
        return "spelling"
    if canonical_key(kind, text) == key:
        return "well-known"
    return "stands for it in the same text"


def _why_moved(ledger: Ledger, named: EntityKey, to: Kind, reason: str) -> str:
    """The reason of a move to an entity of the kind `to`, with the papers that it rests on."""
    kind, key = named
    block = block_of(ledger, key)
    if reason == "acronym":
        votes = block.votes
        if not votes:
            return "well-known acronym"
        what = "well-known acronym" if listed_meaning(kind, key) else "acronym"
        return f"{what}: {max(votes.values())} of {sum(votes.values())} papers that spell it out"
    if reason == "kind":
        papers = block.papers
        if is_listed(to, key):
            return f"kind: well-known as a {to}"
        total = sum(papers.values())
        return f"kind: {to} in {papers.get(to, 0)} of {total} papers, {kind} in {papers[kind]}"
    return f"{reason} in corrections.tsv"


def _meanings(ledger: Ledger, entity: EntityKey) -> Iterator[tuple[str, int]]:
    """The keys that papers give as the meaning of an acronym, by the kind that most find."""
    for key, papers in list(ledger.rows(_VOTES, (entity[1],))):
        kinds: Iterator[tuple[Kind]] = ledger.rows(_KIND, (key,))
        (kind,) = next(kinds, (entity[0],))
        yield id_of((kind, key)), papers


_KIN = "SELECT kind, key FROM entities WHERE kind = ? ORDER BY papers DESC, key"
_LEADING = """
    SELECT ?1 AS kind, ?2 AS key, '' AS moved
    WHERE NOT EXISTS (SELECT 1 FROM moves WHERE (kind, key) = (?1, ?2))
    UNION ALL SELECT kind, key, reason FROM moves WHERE (to_kind, to_key) = (?1, ?2)
"""
_SPELLINGS = f"""
    WITH leading AS ({_LEADING})
    SELECT kind, key, text, papers, given, moved FROM leading JOIN spellings USING (kind, key)
    WHERE papers ORDER BY papers DESC, text
"""
_EXAMPLES = f"""
    WITH leading AS ({_LEADING})
    SELECT kind, key, CASE kind WHEN 'Repository' THEN name ELSE text END AS word, MIN(paper)
    FROM leading JOIN terms USING (kind, key) JOIN mentions USING (paper, term)
    GROUP BY kind, key, word
"""
_EXTERNAL = """
    SELECT DISTINCT id FROM external_ids LEFT JOIN moves USING (key, kind)
    WHERE (coalesce(to_kind, kind), coalesce(to_key, key)) = (?, ?) ORDER BY id
"""
_VOTES = "SELECT key, papers FROM expansions WHERE short = ? ORDER BY papers DESC, key LIMIT 10"
_KIND = "SELECT kind FROM counts WHERE key = ? ORDER BY papers DESC, kind LIMIT 1"
_NEWEST = f"""
    WITH leading AS ({_LEADING})
    SELECT DISTINCT id, published, title FROM leading
    JOIN terms USING (kind, key) JOIN papers ON papers.id = terms.paper
    ORDER BY published DESC, id LIMIT {_PAPERS}
"""
