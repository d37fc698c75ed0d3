"""Doubts: likely duplicates left and likely wrong merges, for a curator to look at, best first.

Candidates meet by keys of their own (what is left of a name without endings or order), so the cost
is linear in names.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from kg.ledger import Ledger
from kg.records import EntityKey, Kind, id_of

_FEWEST = 2  # papers that name an entity worth a look
_MOST = 6  # entities that meet at one key; more of them say nothing
_ENDINGS = re.compile(r"(?:ations?|ings?|ions?|ers?|ors?|ed|al|e|s)$")
_FILLERS = frozenset(
    {"a", "an", "and", "as", "asa", "based", "for", "from", "in", "of", "on", "the", "to", "with"}
)
_HEADS = frozenset(
    {"model", "learning", "method", "network", "task", "generation", "framework", "dataset", "rate"}
)
_CAPITALS = re.compile(r"[A-Z].*[a-z](?<!s$)|[a-z].*[A-Z]")  # both, but for a plural
_SURE = {"ending": 0.8, "order": 0.7, "letter": 0.6, "head": 0.35, "kind": 0.3}  # by experience


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two entities that may be one, or a name that may have been joined to the wrong one."""

    what: Literal["duplicate", "wrong merge"]
    first: str  # id of the entity that would stay
    second: str  # id of the other entity, or the name that may not belong to the first
    why: str
    papers: int  # that name the rarer of the two
    correction: str  # the command that settles it
    score: float  # the higher, the more it is worth a look


@dataclass(frozen=True, slots=True)
class _Entity:
    kind: Kind
    key: str
    papers: int

    @property
    def id(self) -> str:
        return id_of((self.kind, self.key))


def doubts(ledger: Ledger) -> list[Doubt]:
    """All doubts of a resolved ledger, the best first."""
    entities = [_Entity(*row) for row in ledger.rows(_ENTITIES, (_FEWEST,))]
    found: dict[tuple[str, str], Doubt] = {}
    for doubt in (*_duplicates(entities), *_meanings(ledger), *_merges(ledger), *_cases(ledger)):
        place = (doubt.first, doubt.second)
        if place not in found or found[place].score < doubt.score:
            found[place] = doubt
    return sorted(found.values(), key=lambda doubt: (-doubt.score, doubt.first, doubt.second))


def _duplicates(entities: Iterable[_Entity]) -> Iterator[Doubt]:
    rules: tuple[tuple[str, str, Callable[[_Entity], Iterable[object]]], ...] = (
        ("ending", "differ in endings only", _without_endings),
        ("order", "the same words in another order", _without_order),
        ("letter", "differ in one letter", _without_a_letter),
        ("head", "one has a general word more", _without_head),
        ("kind", "one name of two kinds", lambda entity: [entity.key]),
    )
    for rule, why, keys in rules:
        meeting: dict[object, list[_Entity]] = defaultdict(list)
        for entity in entities:
            for key in keys(entity):
                meeting[key].append(entity)
        for group in meeting.values():
            if 1 < len(group) <= _MOST:
                for one, other in combinations(dict.fromkeys(group), 2):
                    yield _duplicate(one, other, why, _SURE[rule])


def _duplicate(one: _Entity, other: _Entity, why: str, sure: float) -> Doubt:
    first, second = sorted((one, other), key=lambda entity: (-entity.papers, entity.id))
    command = f"kg entity merge {first.id} {second.id}"
    score = sure * math.log1p(second.papers)
    return Doubt("duplicate", first.id, second.id, why, second.papers, command, score)


def _words(entity: _Entity) -> list[str]:
    return entity.key.split("-")


def _without_endings(entity: _Entity) -> Iterator[object]:
    """Its kind and words without endings, in their order."""
    words = [_ENDINGS.sub("", word) if len(word) > 5 else word for word in _words(entity)]
    yield entity.kind, *(word for word in words if word not in _FILLERS)


def _without_order(entity: _Entity) -> Iterator[object]:
    """Its kind and words in the order of the alphabet, where there are several."""
    words = [word for word in _words(entity) if word not in _FILLERS]
    if len(words) > 1 and not any(sign.isdigit() for sign in entity.key):
        yield entity.kind, *sorted(words)


def _without_a_letter(entity: _Entity) -> Iterator[object]:
    """Its kind and letters, also without each of them, where it is long and has no number."""
    letters = entity.key.replace("-", "")
    if len(letters) >= 9 and letters.isalpha():
        yield entity.kind, letters
        for at in range(1, len(letters)):
            yield entity.kind, letters[:at] + letters[at + 1 :]


def _without_head(entity: _Entity) -> Iterator[object]:
    """Its kind and key without a general last word."""
    words = _words(entity)
    yield entity.kind, *(words[:-1] if len(words) > 1 and words[-1] in _HEADS else words)


def _meanings(ledger: Ledger) -> Iterator[Doubt]:
    """Acronyms without one meaning that most papers spell out alike."""
    for kind, short, bare, to_kind, key, votes, total in ledger.rows(_AMBIGUOUS):
        entity: EntityKey = (to_kind, key)
        why = f"{votes} of {total} papers that spell it out say so"
        command = f"kg entity merge {id_of(entity)} {id_of((kind, short))}"
        score = (2 * votes / total - 1) * math.log1p(bare)
        yield Doubt("duplicate", id_of(entity), id_of((kind, short)), why, bare, command, score)


def _merges(ledger: Ledger) -> Iterator[Doubt]:
    """Joined acronyms that some papers spell out otherwise, and names that few take for a kind."""
    for kind, to_kind, to_key, reason, text, papers, against, total in ledger.rows(_JOINED):
        entity: EntityKey = (to_kind, to_key)
        share = against / total
        why = {
            "acronym": f"{against} of {total} papers spell it out otherwise",
            "kind": f"{against} of {total} papers take it for a {kind}",
        }[reason]
        command = f'kg entity split {id_of(entity)} "{kind}:{text}"'
        score = 2 * share * math.log1p(papers)
        yield Doubt("wrong merge", id_of(entity), text, why, papers, command, score)


def _cases(ledger: Ledger) -> Iterator[Doubt]:
    """Short names that differ in capitals only, each written so by several papers: LoRA, LoRa."""
    meeting: dict[EntityKey, list[tuple[str, int]]] = defaultdict(list)
    for kind, key, text, papers in ledger.rows(_SHORT):
        if _CAPITALS.search(text):
            meeting[kind, key].append((text, papers))
    for entity, texts in meeting.items():
        _, *rarer = sorted(texts, key=lambda one: (-one[1], one[0]))
        for text, papers in rarer:
            command = f'kg entity split {id_of(entity)} "{text}"'
            score = 0.2 * math.log1p(papers)
            why = "written with other capitals"
            yield Doubt("wrong merge", id_of(entity), text, why, papers, command, score)


_ENTITIES = """
    SELECT kind, key, papers FROM entities WHERE papers >= ? AND kind <> 'Repository'
    ORDER BY kind, key
"""
_SHORT = """
    SELECT kind, key, text, papers FROM spellings
    WHERE length(text) <= 6 AND papers >= 2 AND kind <> 'Repository'
"""
_AMBIGUOUS = """
    WITH votes AS (
        SELECT short, SUM(papers) AS total, MAX(papers) AS most FROM expansions GROUP BY short
    )
    SELECT e.kind, e.key, e.papers, long.kind, long.key, most, total
    FROM entities e JOIN votes ON votes.short = e.key
    JOIN expansions x ON x.short = e.key AND x.papers = most
    JOIN entities long ON long.key = x.key AND long.kind = e.kind
    WHERE e.ambiguous AND 2 * most > total AND total > 2
"""
_JOINED = """
    WITH votes AS (
        SELECT short, SUM(papers) AS total, MAX(papers) AS most FROM expansions GROUP BY short
    ),
    named AS (SELECT key, SUM(papers) AS total FROM counts GROUP BY key)
    SELECT m.kind, to_kind, to_key, reason,
        (SELECT text FROM spellings s WHERE (s.kind, s.key) = (m.kind, m.key)
         ORDER BY papers DESC, text LIMIT 1),
        c.papers,
        CASE reason WHEN 'acronym' THEN votes.total - most ELSE c.papers END,
        CASE reason WHEN 'acronym' THEN votes.total ELSE named.total END
    FROM moves m JOIN counts c ON (c.key, c.kind) = (m.key, m.kind)
    JOIN named ON named.key = m.key LEFT JOIN votes ON votes.short = m.key
    WHERE reason IN ('acronym', 'kind') AND (reason = 'kind' OR most < votes.total)
"""
