"""The student: spaCy's hash-embedding CNN, taught by the teacher's probabilities and by the gold.

    python -m training.student WORK --out NAME [--fold K --folds N] [--start NAME] ...

Fits in torch, which is several times faster here than thinc, and writes WORK/NAME.npz, whose
arrays are the parameters of the thinc model of `kg.extract.tagger`, in that model's order.
"""

import argparse
import json
import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import torch
from spacy.lang.en import English
from torch.nn import functional

from kg.extract.encoder import table_rows
from kg.extract.labels import LABELS
from training.labels import gold, span_score, spans, token_labels, words

Taught = tuple[np.ndarray, np.ndarray]  # token numbers, wanted probabilities


class Lexicon:
    """Each different token once, with its rows in the embedding tables."""

    def __init__(self, rows: tuple[int, ...]) -> None:
        self.nlp: English = spacy.blank("en")
        self.rows = rows
        self.number: dict[str, int] = {}
        self.attributes: list[list[int]] = []

    def of(self, text: str) -> np.ndarray:
        """The number of each token of a text."""
        found = []
        for start, stop in words(text):
            word = text[start:stop]
            if word not in self.number:
                lexeme = self.nlp.vocab[word]
                self.number[word] = len(self.number)
                self.attributes.append([lexeme.norm, lexeme.prefix, lexeme.suffix, lexeme.shape])
            found.append(self.number[word])
        return np.array(found, dtype=np.int64)

    def table(self) -> torch.Tensor:
        """Tokens x attributes x 4 rows, as thinc's HashEmbed finds them."""
        ids = np.array(self.attributes, dtype=np.uint64)
        return torch.from_numpy(table_rows(ids, self.rows))


class Maxout(torch.nn.Module):
    """thinc's Maxout with LayerNorm."""

    def __init__(self, width: int, inner: int, pieces: int) -> None:
        super().__init__()
        self.linear = torch.nn.Linear(inner, width * pieces)
        torch.nn.init.xavier_uniform_(self.linear.weight)
        torch.nn.init.zeros_(self.linear.bias)
        self.norm = torch.nn.LayerNorm(width, eps=1e-8)
        self.shape = (width, pieces)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.norm(self.linear(x).view(-1, *self.shape).max(-1).values)


class Net(torch.nn.Module):
    """MultiHashEmbed and MaxoutWindowEncoder, then a score for each label."""

    def __init__(
        self,
        width: int,
        depth: int,
        pieces: int,
        rows: tuple[int, ...],
        drop: float,
        outputs: int = len(LABELS),
    ) -> None:
        super().__init__()
        self.tables = torch.nn.ModuleList(torch.nn.EmbeddingBag(n, width, mode="sum") for n in rows)
        for table in self.tables:
            torch.nn.init.uniform_(table.weight, -0.1, 0.1)
        self.mix = Maxout(width, width * len(rows), 3)
        self.layers = torch.nn.ModuleList(Maxout(width, 3 * width, pieces) for _ in range(depth))
        self.out = torch.nn.Linear(width, outputs)
        torch.nn.init.zeros_(self.out.weight)
        self.drop = drop

    def forward(
        self, rows: torch.Tensor, places: torch.Tensor, inner: torch.Tensor
    ) -> torch.Tensor:
        """Scores of each token.

        `rows`: unique tokens x attributes x 4; `places`: for each token of the padded batch the
        index of its unique token + 1, 0 for padding; `inner`: which places are tokens.
        """
        embedded = torch.cat([table(rows[:, k]) for k, table in enumerate(self.tables)], 1)
        mixed = self.mix(functional.dropout(embedded, self.drop, self.training))
        hidden = functional.pad(mixed, (0, 0, 1, 0))[places]
        for layer in self.layers:
            hidden = functional.dropout(hidden, self.drop, self.training)
            around = functional.pad(hidden, (0, 0, 1, 1))
            hidden = hidden + layer(torch.cat([around[:-2], around[1:-1], around[2:]], 1))
        return self.out(functional.dropout(hidden[inner], self.drop, self.training))


class Batch:
    def __init__(self, docs: list[np.ndarray], table: torch.Tensor, depth: int) -> None:
        places, inner = [np.zeros(depth, dtype=np.int64)], [np.zeros(depth, dtype=bool)]
        for doc in docs:
            places += [doc + 1, np.zeros(depth, dtype=np.int64)]
            inner += [np.ones(len(doc), dtype=bool), np.zeros(depth, dtype=bool)]
        unique, number = np.unique(np.concatenate(places), return_inverse=True)
        offset = 0 if unique[0] == 0 else 1
        self.rows = table[torch.from_numpy(unique[1 - offset :] - 1)]
        self.places = torch.from_numpy(number + offset)
        self.inner = torch.from_numpy(np.concatenate(inner))


def silver(work: Path, papers: int) -> list[tuple[str, np.ndarray]]:
    """Text and teacher's probabilities (tokens x labels) of unlabelled abstracts."""
    found = []
    for path in sorted(work.glob("silver-*.npz")):
        if len(found) >= papers:
            break
        rows = np.load(path)["probabilities"]
        place = 0
        with path.with_suffix(".jsonl").open() as lines:
            for line in lines:
                _, text = json.loads(line)
                count = len(words(text))
                found.append((text, rows[place : place + count]))
                place += count
    return found[:papers]


def annotated(examples: list) -> list[tuple[str, np.ndarray]]:
    """Text and one-hot labels of gold abstracts."""
    found = []
    for _, text, annotation in examples:
        numbers = token_labels(words(text), spans(text, annotation))
        found.append((text, np.eye(len(LABELS), dtype=np.float16)[numbers]))
    return found


def predict(
    net: Net, lexicon: Lexicon, table: torch.Tensor, texts: list[str], depth: int
) -> list[np.ndarray]:
    """Probabilities (tokens x labels) of each text."""
    net.eval()
    found = []
    with torch.inference_mode():
        for k in range(0, len(texts), 64):
            docs = [lexicon.of(text) for text in texts[k : k + 64]]
            batch = Batch(docs, table, depth)
            rows = torch.softmax(net(batch.rows, batch.places, batch.inner), -1).numpy()
            found += np.split(rows, np.cumsum([len(doc) for doc in docs])[:-1])
    return found


def loss_of(net: Net, table: torch.Tensor, depth: int, some: list[Taught]) -> torch.Tensor:
    """Cross-entropy of texts' token numbers and wanted probabilities."""
    batch = Batch([one[0] for one in some], table, depth)
    wanted = torch.from_numpy(np.concatenate([one[1] for one in some]).astype(np.float32))
    scores = torch.log_softmax(net(batch.rows, batch.places, batch.inner), -1)
    return -(wanted * scores).sum(-1).mean()


def fit(
    net: torch.nn.Module,
    data: list[Any],
    loss_of: Callable[[list[Any]], torch.Tensor],
    asked: argparse.Namespace,
    watch: Callable[[], object],
) -> None:
    """Fits `net` to `data`, some at once; the rate rises, then falls. `watch` tells more."""
    chance = random.Random(asked.seed)
    optimizer = torch.optim.AdamW(net.parameters(), lr=asked.rate, weight_decay=0.01)
    per_epoch = -(-len(data) // asked.size)
    steps = asked.epochs * per_epoch
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1.0, (step + 1) / 200) * (0.02 + 0.98 * max(0.0, 1 - step / steps)),
    )
    started = time.time()
    for epoch in range(asked.epochs):
        net.train()
        order = list(range(len(data)))
        chance.shuffle(order)
        total = 0.0
        for k in range(0, len(order), asked.size):
            loss = loss_of([data[j] for j in order[k : k + asked.size]])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        net.eval()
        took = f"{time.time() - started:.0f}s"
        print(f"epoch {epoch} loss {total / per_epoch:.4f} {took} {watch()}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("work", type=Path)
    parser.add_argument("--out", required=True)
    parser.add_argument("--start", default="")
    parser.add_argument("--silver", type=int, default=0)
    parser.add_argument("--no-gold", action="store_true")
    parser.add_argument("--fold", type=int, default=-1)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("--depth", type=int, default=4)
    parser.add_argument("--pieces", type=int, default=2)
    parser.add_argument("--rows", type=int, nargs=4, default=(10000, 500, 3000, 2000))
    parser.add_argument("--drop", type=float, default=0.1)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    torch.manual_seed(asked.seed)
    lexicon = Lexicon(tuple(asked.rows))
    train, dev = gold("train"), gold("pages_dev")
    seen = [one for k, one in enumerate(train) if asked.fold < 0 or k % asked.folds != asked.fold]
    unseen = [
        one for k, one in enumerate(train) if asked.fold >= 0 and k % asked.folds == asked.fold
    ]
    taught = [] if asked.no_gold else annotated(seen)
    taught += silver(asked.work, asked.silver)
    data = [(lexicon.of(text), wanted) for text, wanted in taught]
    for _, text, _ in unseen + dev:
        lexicon.of(text)
    table = lexicon.table()
    print(
        len(data),
        "texts",
        sum(len(one[0]) for one in data),
        "tokens",
        len(table),
        "different",
        flush=True,
    )
    net = Net(asked.width, asked.depth, asked.pieces, tuple(asked.rows), asked.drop)
    if asked.start:
        net.load_state_dict(torch.load(asked.work / f"{asked.start}.pt"))

    def watch() -> str:
        text = [text for _, text, _ in dev]
        said = "dev " + span_score(predict(net, lexicon, table, text, asked.depth), dev)
        if unseen:
            some = unseen[:400]
            said += " unseen " + span_score(
                predict(net, lexicon, table, [text for _, text, _ in some], asked.depth), some
            )
        return said

    fit(net, data, partial(loss_of, net, table, asked.depth), asked, watch)
    torch.save(net.state_dict(), asked.work / f"{asked.out}.pt")
    for name, examples in (("unseen", unseen), ("dev", dev)):
        if examples:
            rows = predict(net, lexicon, table, [text for _, text, _ in examples], asked.depth)
            np.savez(
                asked.work / f"{asked.out}.{name}.npz",
                ids=np.array([one[0] for one in examples]),
                counts=np.array([len(row) for row in rows]),
                rows=np.concatenate(rows).astype(np.float16),
            )


if __name__ == "__main__":
    main()
