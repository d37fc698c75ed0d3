"""Evaluation: what was found in papers, scored against what people say stands in them.

Pure but for the reading of a file of gold annotations; nothing here knows how papers are extracted.
"""

from kg.evaluate.calibration import Bin, Calibration
from kg.evaluate.faults import FAULT_KINDS, Fault, FaultKind, faults
from kg.evaluate.figures import Accuracy, Score
from kg.evaluate.gold import GoldEntity, GoldPaper, GoldResult, check_complete, read_gold
from kg.evaluate.results import CellCounts, CellVerdict, ResultVerdict
from kg.evaluate.roles import Confusion
from kg.evaluate.scores import Evaluation, score
from kg.evaluate.verdicts import Verdict

__all__ = [
    "FAULT_KINDS",
    "Accuracy",
    "Bin",
    "Calibration",
    "CellCounts",
    "CellVerdict",
    "Confusion",
    "Evaluation",
    "Fault",
    "FaultKind",
    "GoldEntity",
    "GoldPaper",
    "GoldResult",
    "ResultVerdict",
    "Score",
    "Verdict",
    "check_complete",
    "faults",
    "read_gold",
    "score",
]
