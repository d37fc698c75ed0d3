"""What a text says of its terms: their roles, which numbers are results, and what each is about.

One trained network reads it all off the `Encoder`'s rows. A role is read off all mentions of a term
together, beside those of the other terms; a cell of a result off the number, a mention and the
words between them.
"""

from dataclasses import dataclass

import numpy as np

from kg.extract.encoder import Encoder
from kg.extract.labels import NAMED
from kg.extract.layout import MOST_MENTIONS, Floats, Ints, Layout
from kg.extract.weights import Weights, softmax
from kg.records import ROLES, Kind

CELLS: tuple[tuple[str, Kind], ...] = (
    ("metric", "Metric"),
    ("dataset", "Dataset"),
    ("method", "Method"),
    ("baseline", "Method"),
)
ROLE_COLUMNS = tuple((kind, role) for kind in NAMED for role in ROLES[kind])
OF_KIND = np.array([[kind == one for one, _ in ROLE_COLUMNS] for kind in NAMED])


@dataclass(frozen=True, slots=True)
class Said:
    """Probabilities of what a text says."""

    roles: Floats  # terms x ROLE_COLUMNS
    shows: Floats  # mentions x ROLE_COLUMNS: the role if the mention were the only one
    results: Floats  # of each number: that it is a result
    cells: Floats  # numbers x CELLS x (terms + 1): which term fills it; last: none


class Relations:
    """`weights` are those of the `Encoder` and of the layers below, each with a `.bias`.

    mention, number: a span's rows -> what is said of it; term, text, role: mentions -> roles;
    result: number -> is it one; pair, cell, none: number and mention -> does it fill each cell.
    """

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.encoder = Encoder(weights)

    def __call__(self, layout: Layout) -> Said:
        rows = self.encoder(layout.attributes, layout.tags)
        sums = np.vstack([np.zeros_like(rows[:1]), rows.cumsum(axis=0)])
        named = self._relu("mention", _around(rows, sums, layout.mentions))
        terms, alone = self._terms(layout, named)
        roles = self._roles(terms, terms, layout.kinds)
        shows = self._roles(alone, terms, layout.kinds[layout.terms])
        stated = self._relu("number", _around(rows, sums, layout.numbers))
        odds = np.exp(-self._linear("result", stated)[:, 0])
        known = np.hstack([named, np.hstack([roles, terms])[layout.terms]])
        cells = self._cells(layout, sums, known, stated)
        return Said(roles, shows, (1 / (1 + odds)).astype(np.float32), cells)

    def _terms(self, layout: Layout, named: Floats) -> tuple[Floats, Floats]:
        """A row a term and, as if it were the only one, a row a mention."""
        starts, kinds = _starts(layout.terms), np.eye(len(NAMED), dtype=np.float32)[layout.kinds]
        if not len(kinds):
            return named, named
        known = np.hstack([layout.looks, kinds])
        counts = np.bincount(layout.terms)[:, None]
        mean = np.add.reduceat(named, starts) / counts
        terms = self._relu("term", np.hstack([mean, np.maximum.reduceat(named, starts), known]))
        alone = self._relu("term", np.hstack([named, named, known[layout.terms]]))
        return terms, alone

    def _roles(self, some: Floats, terms: Floats, kinds: Ints) -> Floats:
        """The roles of `some` terms or mentions of these kinds, beside all `terms` of the text."""
        if not len(some):
            return np.zeros((0, len(ROLE_COLUMNS)), dtype=np.float32)
        whole = np.hstack([terms.max(axis=0), terms.mean(axis=0)])
        beside = np.hstack([some, np.broadcast_to(whole, (len(some), len(whole)))])
        logits = self._linear("role", self._relu("text", beside))
        return softmax(np.where(OF_KIND[kinds], logits, -np.inf))

    def _cells(self, layout: Layout, sums: Floats, known: Floats, stated: Floats) -> Floats:
        """Which term fills each cell, by the mention that fills it best."""
        scores = np.full((len(stated), len(CELLS), len(layout.kinds) + 1), -np.inf, np.float32)
        scores[:, :, -1] = self._linear("none", stated)
        starts = _starts(layout.terms[:MOST_MENTIONS])
        if len(starts) and len(stated):
            near = slice(MOST_MENTIONS)
            pairs = self._pairs(layout, sums, layout.mentions[near], known[near], stated)
            best = np.maximum.reduceat(pairs, starts, axis=1).transpose(0, 2, 1)
            fits = np.array([[kind == NAMED[k] for k in layout.kinds] for _, kind in CELLS])
            count = len(starts)
            scores[:, :, :count] = np.where(fits[:, :count], best, -np.inf)
        return softmax(scores)

    def _pairs(
        self, layout: Layout, sums: Floats, mentions: Ints, known: Floats, stated: Floats
    ) -> Floats:
        """Numbers x mentions x CELLS: how well each fills each."""
        low = np.minimum(layout.numbers[:, None, 1], mentions[:, 1])
        high = np.maximum(layout.numbers[:, None, 0], mentions[:, 0])
        width = np.maximum(high - low, 0)
        said = (sums[np.maximum(low, high)] - sums[low]) / np.maximum(width, 1)[..., None]
        is_near = layout.between[..., :1] * (width[..., None] > 0)
        hidden = self._linear("pair", layout.between)
        hidden += (said * is_near) @ self.weights["words"]
        hidden += (stated @ self.weights["stated"])[:, None] + known @ self.weights["named"]
        return self._linear("cell", np.maximum(hidden, 0))

    def _linear(self, name: str, rows: Floats) -> Floats:
        scores: Floats = rows @ self.weights[name] + self.weights[f"{name}.bias"]
        return scores

    def _relu(self, name: str, rows: Floats) -> Floats:
        return np.maximum(self._linear(name, rows), 0)


def _around(rows: Floats, sums: Floats, spans: Ints) -> Floats:
    """Of each span: its mean row, those before and behind it, and its first."""
    first, stop = spans[:, 0], spans[:, 1]
    mean = (sums[stop] - sums[first]) / (stop - first)[:, None]
    padded = np.pad(rows, ((1, 1), (0, 0)))
    return np.hstack([mean, padded[first], padded[stop + 1], rows[first]])


def _starts(terms: Ints) -> Ints:
    """Where the mentions of each term begin."""
    return np.flatnonzero(np.diff(terms, prepend=-1))
