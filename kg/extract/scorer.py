"""What a term is: the one rule by which trained component, rules and lists are reconciled.

All that found a name says what it found as numbers (`features`), and a small trained network weighs
them: how probable is each kind, required or doubtful, and how probable that it is nothing. Of names
that overlap, the one stands that is least probably nothing; a second network weighs what is known
of all names of one thing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.features import Features
from kg.extract.labels import NAMED
from kg.extract.weights import Weights, softmax
from kg.records import Kind

_NOTHING = 0.6  # what is more probably nothing is left out
_WIDE = 3  # times as probably doubtful as required: an umbrella term
_SUREST = 0.9999  # 1 is what the user says


@dataclass(frozen=True, slots=True)
class Decision:
    """What a term is."""

    kind: Kind
    confidence: float  # 0 to 1: how probable it is that the paper names such a thing
    salient: bool


def is_nothing(rows: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Of each row of probabilities, whether it is of something that is left out."""
    nothing: NDArray[np.bool_] = rows[..., 0] > _NOTHING
    return nothing


class Network:
    """One hidden layer: rows of features -> the probability of each class."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def __call__(self, features: Features) -> NDArray[np.float32]:
        """One row a row of `features`: of nothing, then of each kind, required and doubtful."""
        has = self.weights
        if not len(features):
            return np.zeros((0, len(has["out_bias"])), dtype=np.float32)
        hidden = (features - has["mean"]) * has["scale"] @ has["hidden"] + has["hidden_bias"]
        out = np.maximum(hidden, 0) @ has["out"] + has["out_bias"]
        return softmax(out)


class Scorer:
    """Two networks, one for names and one for terms, with the bounds above which something counts.

    `weights` are `names.` and `terms.` with `mean`, `scale`, `hidden`, `hidden_bias`, `out` and
    `out_bias`; `bounds`: for each kind how probable a thing must be, against nothing, to be
    salient; `slope` and `shift` straighten the probabilities, so that of those near 0.8 eight in
    ten are right.
    """

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.names, self.terms = (
            Network({key[6:]: array for key, array in weights.items() if key.startswith(which)})
            for which in ("names.", "terms.")
        )

    def decisions(self, rows: NDArray[np.float32]) -> list[Decision | None]:
        """What each term is."""
        return [self.decide(row) for row in rows]

    def decide(self, row: NDArray[np.float32]) -> Decision | None:
        """What a term with these probabilities is; None if it is more probably nothing."""
        required, doubtful = row[1::2], row[2::2]
        best = int((required + doubtful).argmax())
        wrong = 1 - required[best] - doubtful[best]
        if is_nothing(row):
            return None
        share = required[best] / max(required[best] + wrong, 1e-9)
        is_wide = doubtful[best] > _WIDE * required[best]
        salient = bool(share > self.weights["bounds"][best] and not is_wide)
        odds = share if salient else required[best] + doubtful[best]
        return Decision(NAMED[best], self._straightened(float(odds)), salient)

    def _straightened(self, probability: float) -> float:
        bounded = min(max(probability, 1e-4), 1 - 1e-4)
        logit = np.log(bounded / (1 - bounded))
        line = self.weights["slope"] * logit + self.weights["shift"]
        return min(round(float(1 / (1 + np.exp(-line))), 4), _SUREST)
