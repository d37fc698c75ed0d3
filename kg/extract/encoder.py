"""The trained encoder: a row of numbers for each token, which tells what the words around it say.

A hash-embedding CNN as spaCy's `Tok2Vec`, small enough for numpy alone: each token is the sum of a
few rows of tables, so that no list of words is needed; then layers look at ever wider windows.

Source: Honnibal, "Embed, encode, attend, predict", https://explosion.ai/blog/deep-learning-formula-nlp;
the widening windows: Yu & Koltun, "Multi-Scale Context Aggregation by Dilated Convolutions", 2016.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from thinc.api import NumpyOps

from kg.extract.layout import Floats, Ints
from kg.extract.weights import Weights

GAPS = (1, 1, 1, 2, 4, 8)  # tokens between a token and those that its layer sees to either side
PIECES = 2  # of a maxout layer
_FIRST_SEED = 8  # of the hashes, one an attribute; spaCy's
_OPS = NumpyOps()
_SMALL = 1e-6


def table_rows(attributes: NDArray[np.uint64], sizes: Sequence[int]) -> Ints:
    """Tokens x attributes x 4: the rows that together stand for a value, of a table an attribute.

    As spaCy's `MultiHashEmbed` finds them, in tables of these `sizes`.
    """
    columns = [
        _OPS.hash(np.ascontiguousarray(attributes[:, column]), _FIRST_SEED + column) % size
        for column, size in enumerate(sizes)
    ]
    places: Ints = np.stack(columns, axis=1).astype(np.int64)
    return places


class Encoder:
    """`weights`: `table0` to `table3` (rows x width), `tags`, `mix`, and `layer0` to `layer5`;
    the last two kinds with `.bias`, `.gain` and `.shift`."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def __call__(self, attributes: NDArray[np.uint64], tags: Ints) -> Floats:
        """Tokens x width."""
        hidden = self._maxout("mix", self._embedded(attributes)) + self.weights["tags"][tags]
        for layer, gap in enumerate(GAPS):
            hidden = hidden + self._maxout(f"layer{layer}", _with_neighbours(hidden, gap))
        return hidden

    def _embedded(self, attributes: NDArray[np.uint64]) -> Floats:
        tables = [self.weights[f"table{column}"] for column in range(attributes.shape[1])]
        rows = table_rows(attributes, [len(table) for table in tables])
        return np.hstack([table[rows[:, k]].sum(axis=1) for k, table in enumerate(tables)])

    def _maxout(self, name: str, rows: Floats) -> Floats:
        """The greater of two linear functions, and that with mean 0 and spread 1."""
        has = self.weights
        both = rows @ has[name] + has[f"{name}.bias"]
        half = both.shape[1] // PIECES
        best = np.maximum(both[:, :half], both[:, half:])
        share = np.full((half, 1), 1 / half, dtype=np.float32)  # products are faster than sums
        best -= best @ share
        best /= np.sqrt((best * best) @ share + _SMALL)
        normal: Floats = best * has[f"{name}.gain"] + has[f"{name}.shift"]
        return normal


def _with_neighbours(rows: Floats, gap: int) -> Floats:
    """Each row between those `gap` places before and behind it; zeros beyond the ends."""
    padded = np.pad(rows, ((gap, gap), (0, 0)))
    return np.hstack([padded[: len(rows)], rows, padded[2 * gap :]])
