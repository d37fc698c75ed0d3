"""Scores: precision, recall and F1 of what was found, by kind, role and result."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.evaluate.calibration import Calibration, calibrate
from kg.evaluate.gold import GoldPaper, check_complete
from kg.evaluate.results import result_verdicts
from kg.evaluate.verdicts import Verdict, What, verdicts
from kg.records import KINDS, Extraction, Kind

_NAMED: tuple[Kind, ...] = ("Method", "Dataset", "Metric")


@dataclass(frozen=True, slots=True)
class Score:
    """How many were found and are right, were found and are false, and were missed."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        right, false = self.right + other.right, self.false + other.false
        return Score(right, false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The share of the found that is right; 0 where nothing was found."""
        return _share(self.right, self.right + self.false)

    @property
    def recall(self) -> float:
        """The share found of what there is to find; 0 where there is nothing."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.right, 2 * self.right + self.false + self.missed)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many of those that were judged are right."""

    right: int
    wrong: int

    @property
    def share(self) -> float:
        """The share that is right; 0 where nothing was judged."""
        return _share(self.right, self.right + self.wrong)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures, and the verdicts behind them."""

    papers: int
    verdicts: tuple[Verdict, ...]
    kinds: Mapping[Kind, Score]
    proposed: Score  # which Methods are the paper's own
    roles: Accuracy  # of what was found and is right, repositories aside
    values: Score  # results by value and metric
    results: Score  # results by value, metric, method and dataset
    calibration: Calibration  # of the confidence of mentions

    @property
    def micro_named(self) -> Score:
        """Of Method, Dataset and Metric together."""
        return _sum(self.kinds[kind] for kind in _NAMED)

    @property
    def micro(self) -> Score:
        """Of all kinds together."""
        return _sum(self.kinds.values())


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
        roles=_roles(judged),
        values=_counted(what for pair in pairs for what in result_verdicts(*pair, cells=2)),
        results=_counted(what for pair in pairs for what in result_verdicts(*pair, cells=4)),
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


def _roles(judged: Iterable[Verdict]) -> Accuracy:
    """Whether the terms that are right have the roles of their entities."""
    same = Counter(
        one.term.role == one.entity.role
        for one in judged
        if one.term and one.entity and one.what == "right" and one.kind != "Repository"
    )
    return Accuracy(same[True], same[False])


def _counted(whats: Iterable[What]) -> Score:
    counts = Counter(whats)
    return Score(counts["right"], counts["false"], counts["missed"])


def _sum(scores: Iterable[Score]) -> Score:
    return sum(scores, Score())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
