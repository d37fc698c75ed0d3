"""Doubts: likely duplicates left and likely wrong merges, for a curator to look at, best first.

Candidates meet by keys of their own (what is left of a name without endings or order), so the cost
is linear in names. What tells versions apart, numbers and single letters, is never left out.
"""

import math
import re
import shlex
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, groupby, islice
from operator import itemgetter
from typing import Literal, cast

from kg.corrections import What
from kg.families import family_of
from kg.keys import is_listed
from kg.ledger import Ledger
from kg.records import EntityKey, Kind, id_of
from kg.rows import read_corrected

_FEWEST = 2  # papers that name an entity worth a look
_MOST = 6  # entities that meet at one key; more of them say nothing
_LONG = 5  # letters; a longer word may have an ending
_ENDING = re.compile(r"(?:ations?|ings?|ions?|ers?|ors?|ed|ical|ics|al|e|s)$")
_DOER = re.compile(r"(?:er|or)$|^modeling$")  # a retriever is not retrieval
_VERSION = re.compile(r"\d|^[a-z]$")
_FILLERS = frozenset({"a", "an", "as", "asa", "based", "for", "of", "the"})
_JOINING = _FILLERS | {"and"}
_HEADS = frozenset({
    "model", "learning", "method", "network", "task", "generation", "framework", "dataset", "rate",
})  # fmt: skip
_CAPITALS = re.compile(r"[A-Z].*[a-z](?<!s$)|[a-z].*[A-Z]")  # both, but for a plural
_Keys = Callable[["_Entity"], object]
_Sureness = Callable[["_Entity", "_Entity"], float]  # 0 where two names are of two things


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
    found: dict[tuple[str, str], Doubt] = {}
    for doubt in chain(
        _duplicates(entities),
        _spelled_out(ledger, entities),
        *(find(ledger) for find in (_meanings, _rivals, _kinds, _cases)),
    ):
        place = (doubt.first, doubt.second)
        if place not in found or found[place].score < doubt.score:
            found[place] = doubt
    return sorted(found.values(), key=lambda doubt: (-doubt.score, doubt.first, doubt.second))


def _duplicates(entities: Iterable[_Entity]) -> Iterator[Doubt]:
    rules: tuple[tuple[str, _Keys, _Sureness], ...] = (
        ("differ in endings only", _without_endings, _same_thing),
        ("the same words in another order", _without_order, _same_thing),
        ("one has a general word more", _without_head, _one_word_more),
        ("one name of two kinds", lambda entity: (entity.key,), _two_kinds),
    )
    for why, key, sureness in rules:
        meeting: dict[object, list[_Entity]] = defaultdict(list)
        for entity in entities:
            meeting[key(entity)].append(entity)
        for group in meeting.values():
            if 1 < len(group) <= _MOST:
                for one, other in map(_ranked, combinations(group, 2)):
                    if sure := sureness(one, other):
                        yield _duplicate(one, other, why, sure)


def _same_thing(one: _Entity, other: _Entity) -> float:
    """How sure it is that names of the same stems are one thing."""
    if _are_versions(one, other):
        return 0.0
    doers = [sum(bool(_DOER.search(word)) for word in entity.words) for entity in (one, other)]
    return 0.8 if doers[0] == doers[1] else 0.3


def _one_word_more(one: _Entity, other: _Entity) -> float:
    is_one = {*one.words[:-1]} == {*other.words} or {*other.words[:-1]} == {*one.words}
    return 0.6 if is_one and not _are_versions(one, other) else 0.0


def _two_kinds(one: _Entity, other: _Entity) -> float:
    """A well-known name is what the list says, and a thing of another kind is another thing."""
    is_known = any(is_listed(entity.kind, entity.key) for entity in (one, other))
    return 0.0 if is_known else 0.25


def _are_versions(one: _Entity, other: _Entity) -> bool:
    """Whether two names differ in what tells versions, or one is a version of the other."""
    numbers = [[part for part in entity.words if _VERSION.search(part)] for entity in (one, other)]
    pair: tuple[EntityKey, EntityKey] = ((one.kind, one.key), (other.kind, other.key))
    return numbers[0] != numbers[1] or any(family_of(entity, pair) for entity in pair)


def _ranked(pair: tuple[_Entity, _Entity]) -> list[_Entity]:
    """A pair, the one first that more papers name."""
    return sorted(pair, key=lambda entity: (-entity.papers, entity.id))


def _duplicate(one: _Entity, other: _Entity, why: str, sure: float) -> Doubt:
    command = _command("merge", one.id, other.id)
    score = sure * math.log1p(other.papers)
    return Doubt("duplicate", one.id, other.id, why, other.papers, command, score)


def _stem(word: str) -> str:
    return _ENDING.sub("", word) if len(word) > _LONG else word


def _without_endings(entity: _Entity) -> object:
    """Its kind and words without endings, in their order."""
    return entity.kind, *(_stem(word) for word in entity.words if word not in _FILLERS)


def _without_order(entity: _Entity) -> object:
    """Its kind and words without endings in the order of the alphabet, where no `to` tells it."""
    words = [_stem(word) for word in entity.words if word not in _FILLERS]
    return entity.kind, *(words if {"to", "and"} & {*words} or len(words) < 3 else sorted(words))


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
        for one, other in map(_ranked, combinations(longs, 2)):
            if one.kind == other.kind and _are_alike(one, other):
                yield _duplicate(one, other, f"both are spelled out for {short}", 0.8)


def _are_alike(one: _Entity, other: _Entity) -> bool:
    """Whether two names differ in one word, and there not at its start."""
    first, second = ([w for w in entity.words if w not in _JOINING] for entity in (one, other))
    changed = [pair for pair in zip(first, second, strict=False) if len({*pair}) > 1]
    if len(first) != len(second) or len(changed) > 1 or _are_versions(one, other):
        return False
    return all(_begin_alike(a.removeprefix("multi"), b.removeprefix("multi")) for a, b in changed)


def _begin_alike(one: str, other: str) -> bool:
    """Whether half of the shorter word, and at least three letters, begins the longer, too."""
    size = max(3, (min(len(one), len(other)) + 1) // 2)
    return one[:size] == other[:size]


def _meanings(ledger: Ledger) -> Iterator[Doubt]:
    """Acronyms without one meaning that most papers spell out alike."""
    for kind, short, bare, to_kind, key, votes, total in ledger.rows(_AMBIGUOUS):
        entity: EntityKey = (to_kind, key)
        why = f"{votes} of {total} papers that spell it out say so"
        ids = (id_of(entity), id_of((kind, short)))
        score = (2 * votes / total - 1) * math.log1p(bare)
        yield Doubt("duplicate", *ids, why, bare, _command("merge", *ids), score)


def _rivals(ledger: Ledger) -> Iterator[Doubt]:
    """Joined acronyms that some papers spell out as something else."""
    for row, rows in groupby(ledger.rows(_JOINED), key=itemgetter(slice(7))):
        short, kind, text, papers, total, *entity = row
        usual = {*map(_stem, entity[1].split("-"))}
        for key, votes in ((key, votes) for *_, key, votes in rows):
            words = {*map(_stem, key.split("-"))}
            if short not in key and 2 * len(usual & words) < min(len(usual), len(words)):
                why = f"{votes} of {total} papers spell it out as {key}"
                yield _wrong(entity, kind, text, why, papers, 4 * votes / total)
                break


def _kinds(ledger: Ledger) -> Iterator[Doubt]:
    """Names that some papers take for another kind, but too few to stay that."""
    for kind, text, papers, total, *entity in ledger.rows(_OTHER_KIND):
        why = f"{papers} of {total} papers take it for a {kind}"
        share = papers / total / (2 if text.islower() else 1)  # a name tells two things more often
        yield _wrong(entity, kind, text, why, papers, share)


def _wrong(
    entity: Sequence[str], kind: str, text: str, why: str, papers: int, share: float
) -> Doubt:
    to = id_of((cast(Kind, entity[0]), entity[1]))
    command = _command("split", to, f"{kind}:{text}")
    return Doubt("wrong merge", to, text, why, papers, command, 2 * share * math.log1p(papers))


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
            score = 0.4 * math.log1p(papers)
            yield Doubt(
                "wrong merge", to, text, why, papers, _command("split", to, f"{kind}:{text}"), score
            )


def _command(what: What, first: str, second: str) -> str:
    """A command for a shell, whatever a paper writes."""
    return f"kg entity {what} {shlex.quote(first)} {shlex.quote(second)}"


_ENTITIES = """
    SELECT kind, key, papers FROM entities WHERE papers >= ? AND kind <> 'Repository'
    ORDER BY kind, key
"""
_SHORT = """
    SELECT kind, key, text, papers FROM spellings
    WHERE length(text) <= 6 AND papers >= 2 AND kind <> 'Repository'
    AND (kind, key) IN (SELECT kind, key FROM entities)
    AND NOT EXISTS (SELECT 1 FROM moves m WHERE (m.key, m.kind) = (spellings.key, spellings.kind))
"""
_EXPANSIONS = """
    SELECT short, key FROM expansions WHERE papers > 1 AND short <> key
    ORDER BY short, papers DESC, key
"""
_AMBIGUOUS = """
    WITH votes AS (
        SELECT short, SUM(papers) AS total, MAX(papers) AS most FROM expansions GROUP BY short
    )
    SELECT e.kind, e.key, e.papers, long.kind, long.key, most, total
    FROM entities e JOIN votes ON votes.short = e.key
    JOIN expansions x ON x.short = e.key AND x.papers = most
    JOIN entities long ON long.key = x.key AND long.kind = e.kind
    WHERE e.ambiguous AND 2 * most > total AND total > 2 AND long.key <> e.key
"""
_TEXT = """
    (SELECT text FROM spellings s WHERE (s.kind, s.key) = (m.kind, m.key)
     ORDER BY s.papers DESC, text LIMIT 1)
"""
_JOINED = f"""
    WITH votes AS (SELECT short, SUM(papers) AS total FROM expansions GROUP BY short)
    SELECT m.key, m.kind, {_TEXT}, c.papers, total, to_kind, to_key, x.key, x.papers
    FROM moves m JOIN counts c ON (c.key, c.kind) = (m.key, m.kind)
    JOIN votes ON votes.short = m.key JOIN expansions x ON x.short = m.key AND x.papers > 1
    WHERE reason = 'acronym' AND x.key <> to_key ORDER BY m.key, m.kind, x.papers DESC, x.key
"""
_OTHER_KIND = f"""
    WITH named AS (SELECT key, SUM(papers) AS total FROM counts GROUP BY key)
    SELECT m.kind, {_TEXT}, c.papers, named.total, to_kind, to_key
    FROM moves m JOIN counts c ON (c.key, c.kind) = (m.key, m.kind)
    JOIN named ON named.key = m.key WHERE reason = 'kind' ORDER BY m.key, m.kind
"""
