"""Evaluation: what was found in papers, scored against what people say stands in them.

Pure but for the reading of a file of gold annotations; nothing here knows how papers are extracted.
"""

from kg.evaluate.calibration import Bin, Calibration
from kg.evaluate.faults import Fault, faults
from kg.evaluate.gold import GoldEntity, GoldPaper, GoldResult, check_complete, read_gold
from kg.evaluate.scores import Accuracy, Evaluation, Score, score
from kg.evaluate.verdicts import Verdict

__all__ = [
    "Accuracy",
    "Bin",
    "Calibration",
    "Evaluation",
    "Fault",
    "GoldEntity",
    "GoldPaper",
    "GoldResult",
    "Score",
    "Verdict",
    "check_complete",
    "faults",
    "read_gold",
    "score",
]
