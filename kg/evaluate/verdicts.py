"""Verdicts: which term of a paper is which entity of its gold.

A term is right when an entity that no earlier term has taken is of its kind and shares a spelling
with it: of two terms for one entity (an alias that was not merged) the second is false. Optional
entities count neither for nor against, and terms that are not salient are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.evaluate.gold import GoldEntity, GoldPaper
from kg.evaluate.spellings import spellings_of
from kg.records import Extraction, Kind, Term

What = Literal["right", "false", "missed", "optional"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one term, or of one entity that no term met."""

    what: What
    paper_id: str
    kind: Kind
    term: Term | None  # None: missed
    entity: GoldEntity | None  # None: false, or a further term for an optional entity


def verdicts(paper: GoldPaper, extraction: Extraction) -> Iterator[Verdict]:
    """Those of the salient terms in their order, then those of the entities that are missed."""
    free = dict(enumerate(paper.entities))
    for term in extraction.terms:
        if term.salient:
            at = next((at for at, entity in free.items() if is_named(entity, term)), None)
            entity = None if at is None else free.pop(at)
            yield Verdict(_what(term, entity, paper), paper.id, term.kind, term, entity)
    for entity in free.values():
        if not entity.optional:
            yield Verdict("missed", paper.id, entity.kind, None, entity)


def is_named(entity: GoldEntity, term: Term) -> bool:
    """Whether `term` is of the kind of `entity` and shares a spelling with it."""
    return entity.kind == term.kind and not entity.spellings.isdisjoint(spellings_of(term))


def _what(term: Term, entity: GoldEntity | None, paper: GoldPaper) -> What:
    """What a term is that has taken `entity`."""
    if entity:
        return "optional" if entity.optional else "right"
    is_optional = any(one.optional and is_named(one, term) for one in paper.entities)
    return "optional" if is_optional else "false"
