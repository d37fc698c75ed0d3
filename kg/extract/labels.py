"""What a trained pipeline says of each token: a label, and how spans are read off labels.

A label is `O`, or `B-` (the first token of a name) or `I-` (a further one) with what is named: a
kind, or a kind and a question mark where careful readers doubt that it deserves a node.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from kg.records import KINDS, Kind

Scores = NDArray[np.float32]  # tokens x LABELS, the probability of each

NAMED: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind != "Repository")
SPAN_LABELS = tuple(kind + doubt for kind in NAMED for doubt in ("", "?"))
LABELS = ("O", *(f"{part}-{label}" for label in SPAN_LABELS for part in "BI"))


def begins(scores: Scores) -> Scores:
    """Tokens x SPAN_LABELS: how probable it is that a span of each label begins here."""
    return scores[:, 1::2]


def goes_on(scores: Scores) -> Scores:
    """Tokens x SPAN_LABELS: how probable it is that a span of each label goes on here."""
    return scores[:, 2::2]


def label_spans(scores: Scores, *, outside: float = 1.0) -> Iterator[tuple[int, int, str]]:
    """First token, token after the last and label of each span, in order.

    Each token gets its most probable label, where `O` is weighed by `outside`: below 1, more is
    found. A span ends where the label changes, or where a new beginning is more probable.
    """
    begin, go_on = begins(scores), goes_on(scores)
    best = np.hstack([outside * scores[:, :1], begin + go_on]).argmax(axis=1)
    row = np.arange(len(best))
    is_new = (begin > go_on)[row, best - 1] | (np.roll(best, 1) != best) | (row == 0)
    starts = np.flatnonzero((best > 0) & is_new).tolist()
    breaks = np.append(np.flatnonzero((best == 0) | is_new), len(best))
    stops = breaks[np.searchsorted(breaks, starts, side="right")].tolist() if starts else []
    for start, stop in zip(starts, stops, strict=True):
        yield start, stop, SPAN_LABELS[best[start] - 1]
