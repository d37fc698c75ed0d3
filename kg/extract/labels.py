"""What a trained pipeline says of each token: a label, and how spans are read off labels.

A label is `O`, or `B-` (the first token of a name) or `I-` (a further one) with what is named: a
kind, or a kind and a question mark where careful readers doubt that it deserves a node.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from kg.records import KINDS, Kind

_LEAST = 0.1  # how probable a span must be to be considered
_LONGEST = 12  # tokens of a span that is considered

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


def label_spans(
    scores: Scores, labels: Sequence[str] = SPAN_LABELS
) -> Iterator[tuple[int, int, str]]:
    """First token, token after the last and label of each span, in order.

    Each token gets its most probable label. A span ends where the label changes, or where a new
    beginning is more probable. `labels` are those that the columns of `scores` stand for.
    """
    begin, go_on = begins(scores), goes_on(scores)
    best = np.hstack([scores[:, :1], begin + go_on]).argmax(axis=1)
    row = np.arange(len(best))
    is_new = (begin > go_on)[row, best - 1] | (np.roll(best, 1) != best) | (row == 0)
    starts = np.flatnonzero((best > 0) & is_new).tolist()
    breaks = np.append(np.flatnonzero((best == 0) | is_new), len(best))
    stops = breaks[np.searchsorted(breaks, starts, side="right")].tolist() if starts else []
    for start, stop in zip(starts, stops, strict=True):
        yield start, stop, labels[best[start] - 1]


def possible_spans(scores: Scores) -> Iterator[tuple[int, int, str]]:
    """As `label_spans`, each span that is not too improbable; they may overlap.

    How probable one is: that something begins at its first token, goes on at each further one, and
    not behind the last; its label is the most probable one within.
    """
    starts, goes, ends = (row.tolist() for row in edges(scores))
    inside = begins(scores) + goes_on(scores)
    sums = np.vstack([np.zeros((1, len(SPAN_LABELS))), np.cumsum(inside, axis=0)])
    for first, begin in enumerate(starts):
        stop, probable = first, begin
        while probable >= _LEAST and stop < min(len(starts), first + _LONGEST):
            stop += 1
            if probable * ends[stop] >= _LEAST:
                yield first, stop, SPAN_LABELS[(sums[stop] - sums[first]).argmax()]
            probable *= goes[stop]


def edges(scores: Scores) -> tuple[Scores, Scores, Scores]:
    """For each token, how probable it is that any span begins there, goes on, and has ended before.

    The last two have one number more, for the end of the text.
    """
    go_on = goes_on(scores).sum(axis=1)
    outside_before = np.append(1, scores[:-1, 0])[: len(scores)]
    begin = begins(scores).sum(axis=1) + go_on * outside_before
    return begin, np.append(go_on, 0), np.append(1 - go_on, 1)
