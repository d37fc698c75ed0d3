"""Faults: what is false, missed or wrong in part, each with its place in the text and a reason."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.evaluate.gold import GoldEntity, GoldPaper
from kg.evaluate.results import ResultVerdict, ResultWhat
from kg.evaluate.scores import Evaluation
from kg.evaluate.spellings import spellings_of
from kg.evaluate.verdicts import What, is_named
from kg.records import KINDS, Extraction, Kind, Term

FaultKind = Literal[Kind, "Result"]
FAULT_KINDS: tuple[FaultKind, ...] = (*KINDS, "Result")

_Bounds = tuple[int, int]  # of words in a text


@dataclass(frozen=True, slots=True)
class Fault:
    """A term or result that is false or was missed, or a result that has a wrong cell."""

    what: What | ResultWhat  # "false", "missed" or "wrong"
    paper_id: str
    kind: FaultKind
    name: str  # of a result its value
    start: int  # of the words in the paper's text; as `stop` where they are not found there
    stop: int
    remark: str  # what may explain it, or ""


def faults(
    evaluation: Evaluation,
    gold: Iterable[GoldPaper],
    extractions: Iterable[Extraction],
    texts: Mapping[str, str],
) -> Iterator[Fault]:
    """What an evaluation of `extractions` on `gold` found wrong: in terms, then in results.

    `texts` holds the text of each paper by its id.
    """
    papers = {paper.id: paper for paper in gold}
    found = {extraction.paper_id: extraction for extraction in extractions}
    for verdict in evaluation.verdicts:
        paper_id = verdict.paper_id
        if verdict.what == "false" and verdict.term:
            yield _false(verdict.term, papers[paper_id])
        elif verdict.what == "missed" and verdict.entity:
            yield _missed(verdict.entity, found[paper_id], texts[paper_id])
    yield from _of_results(evaluation.result_verdicts, texts)


def _false(term: Term, paper: GoldPaper) -> Fault:
    words = term.mentions[term.evidence]
    remark = _why_false(term, paper.entities)
    return Fault("false", paper.id, term.kind, term.name, words.start, words.stop, remark)


def _missed(entity: GoldEntity, extraction: Extraction, text: str) -> Fault:
    start, stop = _place(text, (entity.name, *entity.surfaces), ())
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


def _of_results(judged: Iterable[ResultVerdict], texts: Mapping[str, str]) -> Iterator[Fault]:
    """The faults of results; a value that was missed stands where no other of the gold does."""
    taken: dict[str, list[_Bounds]] = defaultdict(list)  # by the gold's values in each paper
    for one in judged:
        places = taken[one.paper_id]
        if one.found:
            name, bounds = one.found.text, (one.found.start, one.found.stop)
        elif one.gold:
            name = one.gold.value
            bounds = _place(texts[one.paper_id], (name,), places)
        if one.gold:
            places.append(bounds)
        if one.what != "right":
            yield Fault(one.what, one.paper_id, "Result", name, *bounds, _wrong_cells(one))


def _wrong_cells(verdict: ResultVerdict) -> str:
    """`method: found "Mamba", gold "S4"; dataset: found nothing, gold "GLUE"`."""
    return "; ".join(
        f"{cell}: found {_quoted(one.found)}, gold {_quoted(one.gold)}"
        for cell, one in verdict.cells.items()
        if not one.is_right
    )


def _quoted(name: str | None) -> str:
    return f'"{name}"' if name else "nothing"


def _place(text: str, names: Iterable[str], taken: Sequence[_Bounds]) -> _Bounds:
    """Bounds of the first words of `text` that are one of `names`, outside of `taken` if there are
    such; (0, 0) where none is there."""
    longest_first = sorted({name for name in names if name.strip()}, key=len, reverse=True)
    listed = "|".join(map(re.escape, longest_first))
    whole_words = rf"(?<!\w)(?<!\d[.,])(?:{listed})(?!\w|[.,]\d)"
    for pattern in (whole_words, f"(?i:{listed})"):
        if places := [match.span() for match in re.finditer(pattern, text)]:
            return next((one for one in places if _is_free(one, taken)), places[0])
    return 0, 0


def _is_free(bounds: _Bounds, taken: Iterable[_Bounds]) -> bool:
    return all(bounds[1] <= start or stop <= bounds[0] for start, stop in taken)
