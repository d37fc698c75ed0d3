"""Doubts: likely duplicates left and likely wrong merges, for a curator to look at, best first.

Candidates meet by keys of their own (a name without endings or order), so the cost is linear.
What tells versions apart, numbers and single letters, is never left out.
"""

import math
import re
import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations, groupby, islice
from operator import itemgetter
from typing import Literal

from kg.corrections import What
from kg.families import family_of
from kg.ledger import Ledger
from kg.records import EntityKey, Kind, id_of
from kg.rows import read_corrected

_FEWEST = 2  # papers that name an entity worth a look
_MOST = 6  # entities that meet at one key; more of them say nothing
_ENDING = re.compile(r"(?:ations?|ings?|ions?|ers?|ors?|ed|ical|ics|al|e|s)$")
_DOER = re.compile(r"(?:er|or)$|^modeling$")  # a retriever is not retrieval
_VERSION = re.compile(r"\d|^[a-z]$")
_FILLERS = frozenset({"a", "an", "and", "as", "asa", "based", "for", "of", "the"})
_HEADS = frozenset({
    "model", "learning", "method", "network", "task", "generation", "framework", "dataset", "rate",
})  # fmt: skip
_CAPITALS = re.compile(r"[A-Z].*[a-z](?<!s$)|[a-z].*[A-Z]")  # both, but for a plural


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two entities that may be one, or a name that may have been joined to the wrong one."""

    what: Literal["duplicate", "wrong merge"]
    first: str  # id of the entity that would stay
    second: str  # id of the other entity, or the name that may not belong to the first
    why: str
    papers: int  # that name the rarer of the two
    correction: str  # the command that settles it, for a shell
    score: float  # the higher, the more it is worth a look


@dataclass(frozen=True, slots=True)
class _Entity:
    kind: Kind
    key: str
    papers: int

    @property
    def id(self) -> str:
        return id_of((self.kind, self.key))

    @property
    def words(self) -> list[str]:
        return self.key.split("-")


def doubts(ledger: Ledger) -> list[Doubt]:
    """All doubts of a resolved ledger, the best first."""
    apart = read_corrected(ledger).apart
    rows = ledger.rows(_ENTITIES, (_FEWEST,))
    entities = [one for one in (_Entity(*row) for row in rows) if (one.kind, one.key) not in apart]
    of_papers = (find(ledger) for find in (_meanings, _rivals, _cases))
    found = chain(_duplicates(entities), _spelled_out(ledger, entities), *of_papers)
    best = {(one.first, one.second): one for one in sorted(found, key=lambda one: one.score)}
    return sorted(best.values(), key=lambda one: (-one.score, one.first, one.second))


def _duplicates(entities: Iterable[_Entity]) -> Iterator[Doubt]:
    rules = (
        ("differ in endings or order only", _without_endings, _same_thing),
        (
            "one has a general word more",
            _without_head,
            lambda one, other: 0.6 * (len(one.words) != len(other.words)),
        ),
    )
    for why, key, sureness in rules:
        meeting: dict[object, list[_Entity]] = defaultdict(list)
        for entity in entities:
            meeting[key(entity)].append(entity)
        for group in meeting.values():
            if 1 < len(group) <= _MOST:
                for one, other in combinations(group, 2):
                    if (sure := sureness(one, other)) and not _are_versions(one, other):
                        yield _duplicate(one, other, why, sure)


def _same_thing(one: _Entity, other: _Entity) -> float:
    """How sure it is that names of the same stems are one thing; a doer is not what it does."""
    doers = [sum(bool(_DOER.search(word)) for word in entity.words) for entity in (one, other)]
    return 0.8 if doers[0] == doers[1] else 0.3


def _are_versions(one: _Entity, other: _Entity) -> bool:
    """Whether two names differ in what tells versions, or one is a version of the other."""
    numbers = [[part for part in entity.words if _VERSION.search(part)] for entity in (one, other)]
    pair: tuple[EntityKey, EntityKey] = ((one.kind, one.key), (other.kind, other.key))
    return numbers[0] != numbers[1] or any(family_of(entity, pair) for entity in pair)


def _duplicate(one: _Entity, other: _Entity, why: str, sure: float) -> Doubt:
    ids, score = (one.id, other.id), sure * math.log1p(other.papers)
    return Doubt("duplicate", *ids, why, other.papers, _command("merge", *ids), score)


def _stem(word: str) -> str:
    return _ENDING.sub("", word) if len(word) > 5 else word


def _without_endings(entity: _Entity) -> object:
    """Its kind and words without endings, sorted where no `to` tells their order."""
    words = [_stem(word) for word in entity.words if word not in _FILLERS]
    return entity.kind, *(words if "to" in words or len(words) < 3 else sorted(words))


def _without_head(entity: _Entity) -> object:
    """Its kind and key without a general last word."""
    *words, last = entity.words
    return entity.kind, *(words if words and last in _HEADS else [*words, last])


def _spelled_out(ledger: Ledger, entities: Iterable[_Entity]) -> Iterator[Doubt]:
    """Names that papers spell one acronym out as, and that differ a little in one word."""
    named: dict[str, list[_Entity]] = defaultdict(list)
    for entity in entities:
        named[entity.key].append(entity)
    for short, rows in groupby(ledger.rows(_EXPANSIONS), key=itemgetter(0)):
        longs = [entity for _, key in islice(rows, _MOST) for entity in named[key]]
        for one, other in combinations(sorted(longs, key=lambda entity: -entity.papers), 2):
            if _are_alike(one, other) and not _are_versions(one, other):
                yield _duplicate(one, other, f"both are spelled out for {short}", 0.8)


def _are_alike(one: _Entity, other: _Entity) -> bool:
    """Whether two names differ in one word, and there not at its start."""
    first, second = ([w for w in e.words if w not in _FILLERS] for e in (one, other))
    changed = [pair for pair in zip(first, second, strict=False) if len({*pair}) > 1]
    if len(first) != len(second) or len(changed) > 1 or one.kind != other.kind:
        return False
    pairs = ((a.removeprefix("multi"), b.removeprefix("multi")) for a, b in changed)
    return all(a[: max(3, len(a) // 2)] == b[: max(3, len(a) // 2)] for a, b in pairs)


def _meanings(ledger: Ledger) -> Iterator[Doubt]:
    """Acronyms without one meaning that most papers spell out alike."""
    for kind, short, bare, to_kind, key, votes, total in ledger.rows(_AMBIGUOUS):
        why = f"{votes} of {total} papers that spell it out say so"
        long, acronym = _Entity(to_kind, key, votes), _Entity(kind, short, bare)
        yield _duplicate(long, acronym, why, 2 * votes / total - 1)


def _rivals(ledger: Ledger) -> Iterator[Doubt]:
    """Joined acronyms that some papers spell out as something else."""
    for row, rows in groupby(ledger.rows(_JOINED), key=itemgetter(slice(7))):
        short, kind, text, papers, total, to_kind, to_key = row
        others = [(votes, key) for *_, key, votes in rows if _is_other(short, key, to_key)]
        for votes, key in others[:1]:
            to, why = id_of((to_kind, to_key)), f"{votes} of {total} papers spell it out as {key}"
            score = 8 * votes / total * math.log1p(papers)
            command = _command("split", to, f"{kind}:{text}")
            yield Doubt("wrong merge", to, text, why, papers, command, score)


def _is_other(short: str, key: str, usual: str) -> bool:
    """Whether two meanings of an acronym share less than half of their words."""
    one, other = ({*map(_stem, name.split("-"))} for name in (key, usual))
    return short not in key and 2 * len(one & other) < min(len(one), len(other))


def _cases(ledger: Ledger) -> Iterator[Doubt]:
    """Short names that differ in capitals only, each written so by several papers: LoRA, LoRa."""
    meeting: dict[tuple[Kind, str, str], list[tuple[str, int]]] = defaultdict(list)
    for kind, key, text, papers in ledger.rows(_SHORT):
        if _CAPITALS.search(text):
            meeting[kind, key, text.lower()].append((text, papers))
    for (kind, key, _), texts in meeting.items():
        (usual, _), *rarer = sorted(texts, key=lambda one: (-one[1], one[0]))
        for text, papers in rarer:
            to, why = id_of((kind, key)), f"{usual} with other capitals"
            command = _command("split", to, f"{kind}:{text}")
            yield Doubt("wrong merge", to, text, why, papers, command, 0.4 * math.log1p(papers))


def _command(what: What, first: str, second: str) -> str:
    """A command for a shell, whatever a paper writes."""
    return f"kg entity {what} {shlex.quote(first)} {shlex.quote(second)}"


_ENTITIES = """
    SELECT kind, key, papers FROM entities WHERE papers >= ? AND kind <> 'Repository'
    ORDER BY papers DESC, kind, key
"""
_SHORT = """
    SELECT kind, key, text, papers FROM spellings s
    WHERE length(text) <= 6 AND papers >= 2 AND kind <> 'Repository'
    AND NOT EXISTS (SELECT 1 FROM moves m WHERE (m.key, m.kind) = (s.key, s.kind))
"""
_EXPANSIONS = "SELECT short, key FROM expansions WHERE papers > 1 ORDER BY 1, papers DESC, key"
_VOTES = "SELECT short, SUM(papers) AS total, MAX(papers) AS most FROM expansions GROUP BY short"
_AMBIGUOUS = f"""
    SELECT e.kind, e.key, e.papers, long.kind, long.key, most, total
    FROM entities e JOIN ({_VOTES}) votes ON votes.short = e.key
    JOIN expansions x ON x.short = e.key AND x.papers = most
    JOIN entities long ON long.key = x.key AND long.kind = e.kind
    WHERE e.ambiguous AND 2 * most > total AND total > 2 AND long.key <> e.key
"""
_JOINED = f"""
    SELECT m.key, m.kind, (SELECT text FROM spellings s WHERE (s.kind, s.key) = (m.kind, m.key)
        ORDER BY s.papers DESC, text LIMIT 1), c.papers, total, to_kind, to_key, x.key, x.papers
    FROM moves m JOIN counts c ON (c.key, c.kind) = (m.key, m.kind)
    JOIN ({_VOTES}) votes ON votes.short = m.key
    JOIN expansions x ON x.short = m.key AND x.papers > 1
    WHERE reason = 'acronym' AND x.key <> to_key ORDER BY m.key, m.kind, x.papers DESC, x.key
"""
