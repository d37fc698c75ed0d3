"""Faults: what is false and what was missed, each with its place in the text and a reason."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.evaluate.gold import GoldEntity, GoldPaper
from kg.evaluate.spellings import spellings_of
from kg.evaluate.verdicts import Verdict, What, is_named
from kg.records import Extraction, Kind, Term


@dataclass(frozen=True, slots=True)
class Fault:
    """A term that is false, or an entity that was missed."""

    what: What  # "false" or "missed"
    paper_id: str
    kind: Kind
    name: str
    start: int  # of the words in the paper's text; as `stop` where they are not found there
    stop: int
    remark: str  # what may explain it, or ""


def faults(
    judged: Iterable[Verdict],
    gold: Iterable[GoldPaper],
    extractions: Iterable[Extraction],
    texts: Mapping[str, str],
) -> Iterator[Fault]:
    """The faults among the verdicts of an evaluation of `extractions` on `gold`, in their order.

    `texts` holds the text of each paper by its id.
    """
    papers = {paper.id: paper for paper in gold}
    found = {extraction.paper_id: extraction for extraction in extractions}
    for verdict in judged:
        paper_id = verdict.paper_id
        if verdict.what == "false" and verdict.term:
            yield _false(verdict.term, papers[paper_id])
        elif verdict.what == "missed" and verdict.entity:
            yield _missed(verdict.entity, found[paper_id], texts[paper_id])


def _false(term: Term, paper: GoldPaper) -> Fault:
    words = term.mentions[term.evidence]
    remark = _why_false(term, paper.entities)
    return Fault("false", paper.id, term.kind, term.name, words.start, words.stop, remark)


def _missed(entity: GoldEntity, extraction: Extraction, text: str) -> Fault:
    start, stop = _place(text, (entity.name, *entity.surfaces))
    remark = _why_missed(entity, extraction.terms)
    return Fault("missed", extraction.paper_id, entity.kind, entity.name, start, stop, remark)


def _why_false(term: Term, entities: Iterable[GoldEntity]) -> str:
    alike = [one for one in entities if not one.spellings.isdisjoint(spellings_of(term))]
    if same := next((one for one in alike if is_named(one, term)), None):
        return f"again {same.name}"
    return next((f"a {one.kind} in the gold" for one in alike), "")


def _why_missed(entity: GoldEntity, terms: Iterable[Term]) -> str:
    alike = [one for one in terms if not entity.spellings.isdisjoint(spellings_of(one))]
    for term in alike:
        if not is_named(entity, term):
            return f"found as {term.kind}"
        if not term.salient:
            return "found as doubtful"
    return "found as one with another" if alike else ""


def _place(text: str, names: Iterable[str]) -> tuple[int, int]:
    """Bounds of the first words of `text` that are one of `names`; (0, 0) where none is there."""
    longest_first = sorted({name for name in names if name.strip()}, key=len, reverse=True)
    listed = "|".join(map(re.escape, longest_first))
    whole_words = re.compile(rf"(?<!\w)(?:{listed})(?!\w)")
    match = whole_words.search(text) or re.search(listed, text, re.IGNORECASE)
    return match.span() if match else (0, 0)
