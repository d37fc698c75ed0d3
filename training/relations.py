"""The network of `kg.extract.relations` in torch, for many texts at once."""

from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from kg.extract.encoder import GAPS, PIECES, table_rows
from kg.extract.labels import NAMED
from kg.extract.layout import BETWEEN, LOOKS, TAGS, Layout
from kg.extract.relations import CELLS, OF_KIND, ROLE_COLUMNS

GAP = max(GAPS)  # empty places between texts, so that none sees another
ROWS = (8000, 500, 3000, 2000)
FITS_NOT = -1e4  # the logit of what cannot be


@dataclass
class Batch:
    """Layouts one behind the other; `between` and all that follows has one row a pair."""

    hashed: torch.Tensor  # unique tokens x attributes x 4
    places: torch.Tensor  # of each place its unique token + 1, or 0
    tags: torch.Tensor
    mentions: torch.Tensor
    terms: torch.Tensor
    kinds: torch.Tensor
    looks: torch.Tensor
    numbers: torch.Tensor
    texts: torch.Tensor  # of each term its text
    pair_numbers: torch.Tensor
    pair_mentions: torch.Tensor
    between: torch.Tensor

    @classmethod
    def of(cls, layouts: list[Layout]) -> "Batch":
        gap = np.zeros(GAP, dtype=bool)
        inner = [x for one in layouts for x in (np.ones(len(one.tags), dtype=bool), gap)]
        is_token = np.concatenate([gap, *inner])
        tokens = np.concatenate([one.attributes for one in layouts])
        unique, number = np.unique(tokens, axis=0, return_inverse=True)
        places, tags = np.zeros((2, len(is_token)), dtype=np.int64)
        places[is_token] = number.reshape(-1) + 1
        tags[is_token] = np.concatenate([one.tags for one in layouts])
        sizes = [
            (len(x.tags) + GAP, len(x.mentions), len(x.kinds), len(x.numbers)) for x in layouts
        ]
        firsts = np.cumsum([(GAP, 0, 0, 0), *sizes[:-1]], axis=0)
        pairs = [np.indices(one.between.shape[:2]).reshape(2, -1) for one in layouts]
        both = list(zip(layouts, firsts, strict=True))

        def joined(parts: list[np.ndarray]) -> torch.Tensor:
            return torch.from_numpy(np.concatenate(parts))

        return cls(
            torch.from_numpy(table_rows(unique, ROWS)),
            torch.from_numpy(places),
            torch.from_numpy(tags),
            joined([one.mentions + first[0] for one, first in both]),
            joined([one.terms + first[2] for one, first in both]),
            joined([one.kinds for one in layouts]),
            joined([one.looks for one in layouts]),
            joined([one.numbers + first[0] for one, first in both]),
            joined([np.full(len(one.kinds), k) for k, one in enumerate(layouts)]),
            joined([some[0] + first[3] for some, first in zip(pairs, firsts, strict=True)]),
            joined([some[1] + first[1] for some, first in zip(pairs, firsts, strict=True)]),
            joined([one.between.reshape(-1, BETWEEN) for one in layouts]),
        )


class Maxout(torch.nn.Module):
    """The encoder's `_maxout`."""

    def __init__(self, inner: int, width: int) -> None:
        super().__init__()
        self.linear = torch.nn.Linear(inner, width * PIECES)
        torch.nn.init.xavier_uniform_(self.linear.weight)
        torch.nn.init.zeros_(self.linear.bias)
        self.norm = torch.nn.LayerNorm(width, eps=1e-6)
        self.width = width

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        return self.norm(self.linear(rows).view(-1, PIECES, self.width).amax(-2))


class Reader(torch.nn.Module):
    """Batch -> logits of roles, of results, and of each cell: for pairs, and for none."""

    def __init__(self, width: int, drop: float = 0.15) -> None:
        super().__init__()
        self.tables = torch.nn.ModuleList(torch.nn.EmbeddingBag(n, width, mode="sum") for n in ROWS)
        for table in self.tables:
            torch.nn.init.uniform_(table.weight, -0.1, 0.1)
        self.mix = Maxout(len(ROWS) * width, width)
        self.layers = torch.nn.ModuleList(Maxout(3 * width, width) for _ in GAPS)
        self.tags = torch.nn.Embedding(TAGS, width)
        torch.nn.init.normal_(self.tags.weight, std=0.3)
        roles = len(ROLE_COLUMNS)
        self.mention = torch.nn.Linear(4 * width, width)
        self.number = torch.nn.Linear(4 * width, width)
        self.term = torch.nn.Linear(2 * width + LOOKS + len(NAMED), width)
        self.text = torch.nn.Linear(3 * width, width)
        self.role = torch.nn.Linear(width, roles)
        self.result = torch.nn.Linear(width, 1)
        self.none = torch.nn.Linear(width, len(CELLS))
        self.pair = torch.nn.Linear(BETWEEN, width)
        self.words = torch.nn.Linear(width, width, bias=False)
        self.stated = torch.nn.Linear(width, width, bias=False)
        self.named = torch.nn.Linear(2 * width + roles, width, bias=False)
        self.cell = torch.nn.Linear(width, len(CELLS))
        self.drop = drop
        self.register_buffer("of_kind", torch.from_numpy(OF_KIND))

    def _dropped(self, rows: torch.Tensor) -> torch.Tensor:
        return functional.dropout(rows, self.drop, self.training)

    def encoded(self, batch: Batch) -> torch.Tensor:
        """Places x width; zeros where no token is."""
        embedded = [table(batch.hashed[:, k]) for k, table in enumerate(self.tables)]
        mixed = self.mix(self._dropped(torch.cat(embedded, 1)))
        inner = (batch.places > 0)[:, None]
        rows = functional.pad(mixed, (0, 0, 1, 0))[batch.places]
        rows = (rows + self.tags(batch.tags)) * inner
        for layer, gap in zip(self.layers, GAPS, strict=True):
            around = functional.pad(self._dropped(rows), (0, 0, gap, gap))
            near = torch.cat([around[: -2 * gap], around[gap:-gap], around[2 * gap :]], 1)
            rows = (rows + layer(near)) * inner
        return rows

    def forward(self, batch: Batch) -> tuple[torch.Tensor, ...]:
        rows = self.encoded(batch)
        sums = functional.pad(rows.cumsum(0), (0, 0, 1, 0))
        named = self._around(self.mention, rows, sums, batch.mentions)
        terms = self._terms(batch, named)
        roles = self._roles(batch, terms)
        stated = self._around(self.number, rows, sums, batch.numbers)
        known = torch.cat([functional.softmax(roles, 1), terms], 1)[batch.terms]
        pairs = self._pairs(batch, sums, torch.cat([named, known], 1), stated)
        return roles, self.result(stated)[:, 0], pairs, self.none(stated)

    def _around(self, layer, rows, sums, spans) -> torch.Tensor:
        first, stop = spans[:, 0], spans[:, 1]
        mean = (sums[stop] - sums[first]) / (stop - first)[:, None]
        parts = [mean, rows[first - 1], rows[stop], rows[first]]
        return torch.relu(layer(self._dropped(torch.cat(parts, 1))))

    def _terms(self, batch: Batch, named: torch.Tensor) -> torch.Tensor:
        mean, most = pooled(named, batch.terms, len(batch.kinds))
        kinds = functional.one_hot(batch.kinds, len(NAMED)).float()
        known = torch.cat([mean, most, batch.looks, kinds], 1)
        return torch.relu(self.term(self._dropped(known)))

    def _roles(self, batch: Batch, terms: torch.Tensor) -> torch.Tensor:
        mean, most = pooled(terms, batch.texts, int(batch.texts.max()) + 1)
        whole = torch.cat([terms, most[batch.texts], mean[batch.texts]], 1)
        scores = self.role(torch.relu(self.text(self._dropped(whole))))
        return scores.masked_fill(~self.of_kind[batch.kinds], FITS_NOT)

    def _pairs(self, batch: Batch, sums, known, stated) -> torch.Tensor:
        number, mention = batch.pair_numbers, batch.pair_mentions
        low = torch.minimum(batch.numbers[number, 1], batch.mentions[mention, 1])
        high = torch.maximum(batch.numbers[number, 0], batch.mentions[mention, 0])
        width = (high - low).clamp(min=0)
        is_near = batch.between[:, :1] * (width > 0)[:, None]
        said = (sums[torch.maximum(low, high)] - sums[low]) / width.clamp(min=1)[:, None]
        hidden = self.pair(batch.between) + self.words(said * is_near)
        hidden = hidden + self.stated(stated)[number] + self.named(self._dropped(known))[mention]
        return self.cell(self._dropped(torch.relu(hidden)))


def pooled(
    rows: torch.Tensor, groups: torch.Tensor, count: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """The mean and the most of each group's rows."""
    sums = torch.zeros(count, rows.shape[1]).index_add(0, groups, rows)
    sizes = torch.bincount(groups, minlength=count).clamp(min=1)[:, None]
    most = torch.full((count, rows.shape[1]), FITS_NOT).index_reduce(0, groups, rows, "amax")
    return sums / sizes, most


def arrays(reader: Reader) -> dict[str, np.ndarray]:
    """The weights as `Relations` takes them."""
    found = {}
    for name, value in reader.state_dict().items():
        first, _, rest = name.partition(".")
        if first in {"tables", "layers"}:
            number, _, rest = rest.partition(".")
            first = f"{first.removesuffix('s')}{number}"
        if first != "of_kind":
            array = value.numpy().astype(np.float32)
            is_matrix = array.ndim == 2 and first[:5] not in {"table", "tags"}
            found[first + _SUFFIXES[rest]] = array.T if is_matrix else array
    return found


_SUFFIXES = {
    "weight": "",
    "bias": ".bias",
    "linear.weight": "",
    "linear.bias": ".bias",
    "norm.weight": ".gain",
    "norm.bias": ".shift",
}
