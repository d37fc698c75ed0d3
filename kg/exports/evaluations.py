"""An evaluation as a JSON object: all figures, with names that say what they are."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from kg.evaluate import Accuracy, Evaluation, Fault, Score
from kg.evidence import sentence


def evaluation_object(evaluation: Evaluation) -> dict[str, object]:
    """`{"papers", "scores": {...}, "roles": {...}, "results": {...}, "calibration": {...}}`.

    Shares are from 0 to 1. `confusion` counts by type, then by role in the gold, then by role
    found; `results` counts by cell.
    """
    calibration = evaluation.calibration
    confusions = evaluation.confusions.items()
    return {
        "papers": evaluation.papers,
        "scores": {name: _score(one) for name, one in scores(evaluation).items()},
        "roles": {
            **_accuracy(evaluation.roles),
            "types": {kind: _accuracy(one.accuracy) for kind, one in confusions},
            "confusion": {kind: one.counts for kind, one in confusions},
        },
        "results": {cell: asdict(one) for cell, one in evaluation.cells.items()},
        "calibration": {
            "error": calibration.error,
            "mentions": calibration.mentions,
            "bins": [asdict(one) for one in calibration.bins],
        },
    }


def scores(evaluation: Evaluation) -> Mapping[str, Score]:
    """All scores by name: the kinds', and those that sum up or ask for more."""
    return {
        **{str(kind): one for kind, one in evaluation.kinds.items()},
        "micro_method_dataset_metric": evaluation.micro_named,
        "micro": evaluation.micro,
        "proposed_methods": evaluation.proposed,
        "results_value_metric": evaluation.values,
        "results": evaluation.results,
    }


def fault_objects(faults: Iterable[Fault], texts: Mapping[str, str]) -> list[dict[str, object]]:
    """`{"what", "type", "paper", "name", "start", "stop", "sentence", "remark"}` each.

    Where the words are not in the text, the sentence is "" and the bounds are null.
    """
    return [_fault(one, texts[one.paper_id]) for one in faults]


def _fault(fault: Fault, text: str) -> dict[str, object]:
    is_there = fault.stop > 0
    return {
        "what": fault.what,
        "type": fault.kind,
        "paper": fault.paper_id,
        "name": fault.name,
        "start": fault.start if is_there else None,
        "stop": fault.stop if is_there else None,
        "sentence": sentence(text, fault.start, fault.stop) if is_there else "",
        "remark": fault.remark,
    }


def _score(score: Score) -> dict[str, float | int]:
    shares = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return {**shares, **asdict(score)}


def _accuracy(accuracy: Accuracy) -> dict[str, float | int]:
    return {"accuracy": accuracy.share, **asdict(accuracy)}
