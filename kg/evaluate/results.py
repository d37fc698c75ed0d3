"""Results: which of those that were found is which of the gold, and which of its cells are right.

Two results can be one only if their values agree. Of those that can, each is held against the one
with which it agrees best: in the metric, then in as many of method and dataset as can be, then in
the baseline, then in the order of the text. So no other way to pair them would score higher.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from kg.evaluate.figures import Score
from kg.evaluate.gold import GoldPaper, GoldResult
from kg.evaluate.spellings import folded
from kg.records import Extraction, Result, Term

Cell = Literal["metric", "method", "dataset", "baseline"]
CELLS: tuple[Cell, ...] = get_args(Cell)

CellWhat = Literal["right", "other", "missing", "too_much", "unstated"]
ResultWhat = Literal["right", "wrong", "false", "missed"]

_Cells = Mapping[Cell, "CellVerdict"]


@dataclass(frozen=True, slots=True)
class CellVerdict:
    """A cell as it was found and as the gold has it."""

    what: CellWhat  # "missing": nothing was found; "too_much": nothing is stated; "unstated": both
    found: str | None
    gold: str | None

    @property
    def is_right(self) -> bool:
        """Whether both name one thing, or both nothing."""
        return self.what in {"right", "unstated"}


@dataclass(frozen=True, slots=True)
class ResultVerdict:
    """What became of one result that was found, or of one of the gold that none met."""

    paper_id: str
    found: Result | None  # None: missed
    gold: GoldResult | None  # None: false
    cells: _Cells  # those that the gold speaks of, where there are both

    @property
    def what(self) -> ResultWhat:
        """What it is in all; "wrong": the value is right, but one of the cells is not."""
        if self.found is None:
            return "missed"
        if self.gold is None:
            return "false"
        return "right" if self.is_right(*self.cells) else "wrong"

    def is_right(self, *cells: Cell) -> bool:
        """Whether there are both, and they agree in all of `cells`."""
        is_met = self.found is not None and self.gold is not None
        return is_met and all(self.cells[cell].is_right for cell in cells)


@dataclass(frozen=True, slots=True)
class CellCounts:
    """How many of one cell are right and wrong, over the results of which the value is right."""

    right: int = 0
    other: int = 0  # both name something, but not the same
    missing: int = 0  # the gold names something, but nothing was found
    too_much: int = 0  # something was found, but the gold names nothing
    unstated: int = 0  # both name nothing


def result_verdicts(paper: GoldPaper, extraction: Extraction) -> Iterator[ResultVerdict]:
    """Those of the found results in their order, then those of the gold that are missed."""
    compared = _compared(paper, extraction)
    partners = _partners(compared)
    for at, found in enumerate(extraction.results):
        to = partners.get(at)
        gold = None if to is None else paper.results[to]
        yield ResultVerdict(paper.id, found, gold, {} if to is None else compared[at, to])
    for to, gold in enumerate(paper.results):
        if to not in partners.values():
            yield ResultVerdict(paper.id, None, gold, {})


def result_score(judged: Iterable[ResultVerdict], *cells: Cell) -> Score:
    """The score of results that are right if they agree in the value and in `cells`.

    One that does not is false, and the one of the gold that it is not is missed.
    """
    every = list(judged)
    right = sum(one.is_right(*cells) for one in every)
    found = sum(one.found is not None for one in every)
    gold = sum(one.gold is not None for one in every)
    return Score(right, found - right, gold - right)


def count_cell(judged: Iterable[ResultVerdict], cell: Cell) -> CellCounts:
    """How often `cell` is right and wrong."""
    whats = [one.cells[cell].what for one in judged if cell in one.cells]
    return CellCounts(**{what: whats.count(what) for what in get_args(CellWhat)})


def _compared(paper: GoldPaper, extraction: Extraction) -> Mapping[tuple[int, int], _Cells]:
    """The cells of each found result beside those of each of the gold that has its value."""
    names = _names(paper)
    return {
        (at, to): dict(_cells(found, extraction.terms, gold, names))
        for at, found in enumerate(extraction.results)
        for to, gold in enumerate(paper.results)
        if _bare(found.text) == _bare(gold.value)
    }


def _partners(compared: Mapping[tuple[int, int], _Cells]) -> Mapping[int, int]:
    """Which found result is which of the gold, by their places; those that agree best first."""
    partners: dict[int, int] = {}
    for at, to in sorted(compared, key=lambda pair: (_differences(compared[pair]), pair)):
        if at not in partners and to not in partners.values():
            partners[at] = to
    return partners


def _differences(cells: _Cells) -> tuple[int, ...]:
    """How many cells differ: the metric, method and dataset, the baseline."""
    groups: Sequence[Sequence[Cell]] = (("metric",), ("method", "dataset"), ("baseline",))
    return tuple(
        sum(not cells[cell].is_right for cell in group if cell in cells) for group in groups
    )


def _cells(
    found: Result, terms: Sequence[Term], gold: GoldResult, names: Mapping[str, str]
) -> Iterator[tuple[Cell, CellVerdict]]:
    """Each cell that the gold speaks of, with the verdict on it."""
    for cell in CELLS:
        at: int | None = getattr(found, cell)
        said = None if at is None else terms[at].name
        wanted: str | None = getattr(gold, cell)
        if cell != "baseline" or wanted != "":
            what = _what(_entity(said, names), _entity(wanted, names))
            yield cell, CellVerdict(what, said or None, wanted or None)


def _what(found: str | None, gold: str | None) -> CellWhat:
    if found == gold:
        return "unstated" if gold is None else "right"
    return "too_much" if gold is None else "missing" if found is None else "other"


def _names(paper: GoldPaper) -> Mapping[str, str]:
    """Each spelling with the name of the first entity that is spelled so."""
    names: dict[str, str] = {}
    for entity in paper.entities:
        for spelling in entity.spellings:
            names.setdefault(spelling, entity.name)
    return names


def _entity(name: str | None, names: Mapping[str, str]) -> str | None:
    """What `name` names, the same for all names of one entity."""
    return names.get(folded(name), folded(name)) if name else None


def _bare(value: str) -> str:
    """`value` without all that its writers may set differently."""
    return re.sub(r"[^0-9.x%kmbKMB]", "", value)
