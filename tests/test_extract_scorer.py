"""The scorer: what a term is, by what is known of it."""

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.extract.labels import NAMED
from kg.extract.scorer import Decision, Scorer
from kg.extract.weights import Weights

# One feature a class, which the network hands through: so a row of features is a row of odds.
CLASSES = 1 + 2 * len(NAMED)


def network(which: str, hidden: NDArray[np.float32]) -> Weights:
    zeros = np.zeros(CLASSES, dtype=np.float32)
    weights = {"mean": zeros, "scale": zeros + 1, "hidden": hidden, "hidden_bias": zeros}
    weights |= {"out": np.eye(CLASSES, dtype=np.float32), "out_bias": zeros}
    return {f"{which}.{key}": array for key, array in weights.items()}


def scorer(bound: float = 0.5, slope: float = 1.0, shift: float = 0.0) -> Scorer:
    return Scorer(
        {
            **network("names", np.flip(np.eye(CLASSES, dtype=np.float32), 0)),
            **network("terms", np.eye(CLASSES, dtype=np.float32)),
            "bounds": np.full(len(NAMED), bound, dtype=np.float32),
            "slope": np.float32(slope),
            "shift": np.float32(shift),
        }
    )


def decided(by: Scorer, **odds: float) -> Decision | None:
    """What is decided of a term whose classes have these odds."""
    names = ["nothing", *(name for kind in NAMED for name in (kind, f"{kind}_doubtful"))]
    row = np.log([[1 + odds.get(name, 0.0) for name in names]]).astype(np.float32)
    (decision,) = by.decisions(by.terms(row))
    return decision


def test_probabilities_are_those_of_the_network_for_terms_or_for_names() -> None:
    row = np.log([[4, 1, 1, 1, 1, 1, 1, 1, 1]]).astype(np.float32)

    assert scorer().terms(row).tolist() == [pytest.approx([4 / 12] + [1 / 12] * 8)]
    assert scorer().names(row).tolist() == [pytest.approx([1 / 12] * 8 + [4 / 12])]


def test_the_most_probable_kind_counts() -> None:
    decision = decided(scorer(), Dataset=999)

    assert decision is not None
    assert (decision.kind, decision.salient) == ("Dataset", True)
    assert decision.confidence > 0.95


def test_what_is_probably_nothing_is_left_out() -> None:
    assert decided(scorer(), nothing=99, Method=5) is None


def test_what_is_rather_doubtful_than_required_is_not_salient() -> None:
    decision = decided(scorer(), Method=1, Method_doubtful=99, nothing=9)

    assert decision is not None
    assert (decision.kind, decision.salient) == ("Method", False)


def test_the_bound_of_its_kind_decides_whether_a_term_is_salient() -> None:
    def salient(bound: float) -> bool:
        decision = decided(scorer(bound), Task=50, nothing=40)
        return decision is not None and decision.salient

    assert salient(0.4)
    assert not salient(0.9)


def test_confidence_is_straightened() -> None:
    plain, lower = decided(scorer(), Metric=999), decided(scorer(slope=0.5), Metric=999)

    assert plain is not None
    assert lower is not None
    assert 0.5 < lower.confidence < plain.confidence < 1


def test_where_there_is_no_term_nothing_is_decided() -> None:
    by = scorer()

    assert by.decisions(by.terms(np.zeros((0, 0), dtype=np.float32))) == []
