"""Scores: precision, recall and F1 of what was found, by kind, role and result."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.evaluate.calibration import Calibration, calibrate
from kg.evaluate.figures import Accuracy, Score
from kg.evaluate.gold import GoldPaper, check_complete
from kg.evaluate.results import (
    CELLS,
    Cell,
    CellCounts,
    ResultVerdict,
    count_cell,
    result_score,
    result_verdicts,
)
from kg.evaluate.roles import Confusion, confusions
from kg.evaluate.verdicts import Verdict, What, verdicts
from kg.records import KINDS, Extraction, Kind

_NAMED: tuple[Kind, ...] = ("Method", "Dataset", "Metric")
_SCORED: tuple[Cell, ...] = ("metric", "method", "dataset")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures, and the verdicts behind them."""

    papers: int
    verdicts: tuple[Verdict, ...]
    kinds: Mapping[Kind, Score]
    proposed: Score  # which Methods are the paper's own
    confusions: Mapping[Kind, Confusion]  # the roles of what was found and is right
    result_verdicts: tuple[ResultVerdict, ...]
    calibration: Calibration  # of the confidence of mentions

    @property
    def micro_named(self) -> Score:
        """Of Method, Dataset and Metric together."""
        return _sum(self.kinds[kind] for kind in _NAMED)

    @property
    def micro(self) -> Score:
        """Of all kinds together."""
        return _sum(self.kinds.values())

    @property
    def roles(self) -> Accuracy:
        """Of the roles of all kinds together, repositories aside."""
        judged = (one for kind, one in self.confusions.items() if kind != "Repository")
        return sum((one.accuracy for one in judged), Accuracy())

    @property
    def values(self) -> Score:
        """Of results by value and metric."""
        return result_score(self.result_verdicts, "metric")

    @property
    def results(self) -> Score:
        """Of results by value, metric, method and dataset."""
        return result_score(self.result_verdicts, *_SCORED)

    @property
    def cells(self) -> Mapping[str, CellCounts]:
        """How often the value and each cell of the results is right and wrong."""
        by_value = result_score(self.result_verdicts)
        value = CellCounts(by_value.right, missing=by_value.missed, too_much=by_value.false)
        cells = {str(cell): count_cell(self.result_verdicts, cell) for cell in CELLS}
        return {"value": value} | cells


def score(gold: Iterable[GoldPaper], extractions: Iterable[Extraction]) -> Evaluation:
    """How good `extractions` are on the papers of `gold`; those of other papers are left alone.

    Raises: SourceError if a paper of `gold` has no extraction.
    """
    papers = list(gold)
    found = {extraction.paper_id: extraction for extraction in extractions}
    check_complete(papers, found, "extractions")
    pairs = [(paper, found[paper.id]) for paper in papers]
    judged = tuple(verdict for pair in pairs for verdict in verdicts(*pair))
    return Evaluation(
        papers=len(papers),
        verdicts=judged,
        kinds={kind: _counted(one.what for one in judged if one.kind == kind) for kind in KINDS},
        proposed=_counted(map(_as_proposed, judged)),
        confusions=confusions(judged),
        result_verdicts=tuple(one for pair in pairs for one in result_verdicts(*pair)),
        calibration=calibrate(pairs),
    )


def _as_proposed(verdict: Verdict) -> What:
    """The verdict on a Method as the paper's own; "optional" where it is no question."""
    if verdict.kind != "Method":
        return "optional"
    entity = verdict.entity
    is_said = verdict.term is not None and verdict.term.role == "proposed"
    is_so = entity is not None and entity.role == "proposed"
    if (entity and entity.optional) or not (is_said or is_so):
        return "optional"
    return "missed" if not is_said else "right" if is_so else "false"


def _counted(whats: Iterable[What]) -> Score:
    counts = Counter(whats)
    return Score(counts["right"], counts["false"], counts["missed"])


def _sum(scores: Iterable[Score]) -> Score:
    return sum(scores, Score())
