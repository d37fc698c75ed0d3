"""Targets: the entity that each key leads to, by what papers and the curator say of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from kg.corrections import Corrections
from kg.keys import is_listed, listed_meaning
from kg.ledger import Ledger
from kg.records import KINDS, EntityKey, Kind
from kg.resolve.decisions import LISTED, kind_of, meaning


@dataclass(frozen=True, slots=True)
class Block:
    """All that papers say of one key: what any decision on it follows from."""

    key: str
    papers: Mapping[Kind, int]  # that name it, by the kind that they take it for
    votes: Mapping[str, int]  # papers that say what it stands for, by the key of that
    given: frozenset[Kind]  # the kinds of which a user's list names it


@dataclass(frozen=True, slots=True)
class Target:
    """Where a key leads; `entity` has the key "" if the curator has blocked it."""

    entity: EntityKey
    reason: str  # acronym, kind, merged, split, blocked, or "" where it leads to itself


def blocks(ledger: Ledger) -> Iterator[Block]:
    """The blocks of all touched keys that a paper names or explains, in order of the keys."""
    votes = _grouped(ledger, _VOTES)
    given: dict[str, set[Kind]] = {}
    for key, kind in ledger.rows(_GIVEN):
        given.setdefault(key, set()).add(kind)
    for key, rows in groupby(ledger.rows(_PAPERS), key=itemgetter(0)):
        papers = {kind: count for _, kind, count in rows}
        yield Block(key, papers, dict(votes.get(key, ())), frozenset(given.get(key, ())))


def block_of(ledger: Ledger, key: str) -> Block:
    """The block of any key."""
    papers = ledger.rows("SELECT kind, papers FROM counts WHERE key = ?", (key,))
    votes = ledger.rows("SELECT key, papers FROM expansions WHERE short = ?", (key,))
    given = (kind for (kind,) in ledger.rows(_GIVEN_TO, (*KINDS, key)))
    return Block(key, dict(papers), dict(votes), frozenset(given))


def target_of(ledger: Ledger, corrections: Corrections, named: EntityKey) -> Target:
    """Where a kind and a key lead, looked up by themselves."""
    kind, key = named
    return target(ledger, corrections, kind, block_of(ledger, key))


def target(ledger: Ledger, corrections: Corrections, kind: Kind, block: Block) -> Target:
    """Where the key of `block` leads as a name of a thing of `kind`."""
    itself = (kind, block.key)
    by_rule = _by_rule(ledger, corrections, kind, block)
    way = _merged(corrections, itself, by_rule.entity)
    if not corrections.blocked.isdisjoint({itself, by_rule.entity, *way}):
        return Target((kind, ""), "blocked")
    return Target(way[-1], "merged") if way else by_rule


def _merged(corrections: Corrections, itself: EntityKey, entity: EntityKey) -> list[EntityKey]:
    """The entities into which a key, or the entity that it leads to, is merged one by one.

    What was split off an entity is not merged into that one again.
    """
    way: list[EntityKey] = []
    merged = corrections.merged.get(itself) or corrections.merged.get(entity)
    while merged and merged not in way:
        way.append(merged)
        merged = corrections.merged.get(merged)
    return [] if corrections.apart.get(itself) in way else way


def is_ambiguous(kind: Kind, key: str, votes: Mapping[str, int]) -> bool:
    """Whether a key is an acronym for which papers give no one meaning."""
    return bool(votes) and not _is_name(kind, key) and not meaning(_weighed(kind, key, votes))


def _by_rule(ledger: Ledger, corrections: Corrections, kind: Kind, block: Block) -> Target:
    """Where a key leads before merges and blocks."""
    itself = (kind, block.key)
    if kind == "Repository" or kind in block.given:
        return Target(itself, "")
    if itself in corrections.apart:
        return Target(itself, "split")
    if itself in corrections.kept:
        return Target(itself, "")
    if is_ambiguous(kind, block.key, block.votes):
        return Target(itself, "")
    stands_for = meaning(_weighed(kind, block.key, block.votes))
    if stands_for not in ("", block.key) and not _is_name(kind, block.key):
        papers = ledger.rows("SELECT kind, papers FROM counts WHERE key = ?", (stands_for,))
        return Target((_kind_of(kind, stands_for, dict(papers)), stands_for), "acronym")
    other = _kind_of(kind, block.key, block.papers)
    return Target((other, block.key), "" if other == kind else "kind")


def _is_name(kind: Kind, key: str) -> bool:
    """Whether the list says that `key` is a name by itself and no acronym of another."""
    return is_listed(kind, key) and not listed_meaning(kind, key)


def _weighed(kind: Kind, key: str, votes: Mapping[str, int]) -> Mapping[str, int]:
    """`votes` with that of the list."""
    listed = listed_meaning(kind, key)
    return {**votes, listed: votes.get(listed, 0) + LISTED} if listed else votes


def _kind_of(kind: Kind, key: str, papers: Mapping[Kind, int]) -> Kind:
    """The kind of a key that is taken for `kind`; what is listed as that stays so."""
    if is_listed(kind, key):
        return kind
    listed = (one for one in KINDS if is_listed(one, key))
    return kind_of(kind, {**papers, **{one: papers.get(one, 0) + LISTED for one in listed}})


def _grouped(ledger: Ledger, sql: str) -> dict[str, list[tuple[str, int]]]:
    """The rows of a statement by their first column."""
    rows = groupby(ledger.rows(sql), key=itemgetter(0))
    return {key: [(other, count) for _, other, count in group] for key, group in rows}


_PAPERS = "SELECT key, kind, papers FROM touched JOIN counts USING (key) ORDER BY key, kind"
_VOTES = """
    SELECT short, expansions.key, papers FROM touched JOIN expansions ON short = touched.key
    ORDER BY short, expansions.key
"""
_GIVEN = """
    SELECT DISTINCT key, kind FROM spellings WHERE given AND key IN (SELECT key FROM touched)
"""
_GIVEN_TO = """
    SELECT DISTINCT kind FROM spellings WHERE kind IN (?, ?, ?, ?, ?) AND key = ? AND given
"""
