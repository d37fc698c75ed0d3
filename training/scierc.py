"""The architectures of student and teacher on a public corpus: SciERC, its training set alone.

    python -m training.scierc WORK [--what cnn minilm] [--seeds 3] [--tune]

Fits the CNN from random weights, and MiniLM from its pretrained ones, to the 350 abstracts of
`train`, and scores them on the 50 of `dev`: an entity is right when its bounds and its type are.
Nested entities, which one label a token cannot express, count as missed. With `--tune` it leaves
`dev` alone, fits to six of seven abstracts of `train` and scores the seventh; so the CNN's dropout,
rate and epochs were chosen, among five settings. MiniLM has the teacher's rate.

Prints the means over the seeds in percent, the standard deviation of F1, and how many words (by
white space) one thread reads in a second of processor time, from text to spans. Writes
WORK/scierc.json.
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch

from kg.extract.labels import Scores, label_spans
from training.labels import SHARED, words
from training.student import Lexicon, Net, fit, loss_of, predict
from training.teacher import Learner, Parts, Tagger, batches, learn, probabilities

TYPES = ("Task", "Method", "Metric", "Material", "OtherScientificTerm", "Generic")
OUTPUTS = 1 + 2 * len(TYPES)
ROWS = (10000, 500, 3000, 2000)
CNN = {"epochs": 30, "rate": 2e-3, "size": 8, "depth": 4}
DROP = 0.4
MINILM = {"epochs": 6, "rate": 3e-4, "size": 8}

Span = tuple[int, int, str]
Example = tuple[str, set[Span]]
Reader = Callable[[list[str]], list[Scores]]


def examples(name: str) -> list[Example]:
    """Text and entities of each abstract of a part of SciERC."""
    with (SHARED / "corpora" / "scierc" / f"{name}.jsonl").open() as lines:
        papers = [json.loads(line) for line in lines]
    return [(one["text"], {(*span,) for span in one["spans"]}) for one in papers]


def labels(text: str, spans: set[Span]) -> list[int]:
    """The number of each token's label: 0, or of a type's `B-` or `I-`; the longest span wins."""
    bounds = words(text)
    numbers = [0] * len(bounds)
    for start, stop, kind in sorted(spans, key=lambda one: (one[0] - one[1], one)):
        inside = [k for k, (first, last) in enumerate(bounds) if first < stop and last > start]
        if not any(numbers[k] for k in inside):
            for k in inside:
                numbers[k] = 2 * TYPES.index(kind) + 1 + (k > inside[0])
    return numbers


def entities(text: str, scores: Scores) -> set[Span]:
    """The entities that the probabilities of a text's labels say."""
    bounds = words(text)
    found = label_spans(scores, TYPES)
    return {(bounds[first][0], bounds[stop - 1][1], kind) for first, stop, kind in found}


def learn_cnn(train: list[Example], seed: int) -> Reader:
    torch.manual_seed(seed)
    lexicon = Lexicon(ROWS)
    data = [(lexicon.of(text), np.eye(OUTPUTS)[labels(text, spans)]) for text, spans in train]
    net = Net(128, CNN["depth"], 2, ROWS, DROP, OUTPUTS)
    loss = partial(loss_of, net, lexicon.table(), CNN["depth"])
    fit(net, data, loss, argparse.Namespace(seed=seed, **CNN), lambda: "")

    def read(texts: list[str]) -> list[Scores]:
        for text in texts:
            lexicon.of(text)
        return predict(net, lexicon, lexicon.table(), texts, CNN["depth"])

    return read


def learn_minilm(train: list[Example], seed: int) -> Reader:
    torch.manual_seed(seed)
    chance = random.Random(seed)
    parts_of = Parts()
    parts = []
    for text, spans in train:
        parts += parts_of.of(text, labels(text, spans), words(text))
    model = Tagger(OUTPUTS).bfloat16()
    steps = MINILM["epochs"] * -(-len(parts) // MINILM["size"])
    learner = Learner(model, MINILM["rate"], steps)
    for epoch in range(MINILM["epochs"]):
        losses = [learn(model, learner, batch) for batch in batches(parts, MINILM["size"], chance)]
        print(f"epoch {epoch} loss {np.mean(losses):.4f}", flush=True)
    return lambda texts: probabilities(model, parts_of, texts)


LEARN = {"cnn": learn_cnn, "minilm": learn_minilm}


def scored(read: Reader, test: list[Example]) -> np.ndarray:
    """Entities that are right, found and wanted: a row for all types, then one for each."""
    scores = read([text for text, _ in test])
    rows = np.zeros((1 + len(TYPES), 3))
    for (text, wanted), one in zip(test, scores, strict=True):
        found = entities(text, one)
        for column, spans in enumerate((found & wanted, found, wanted)):
            for _, _, kind in spans:
                rows[[0, 1 + TYPES.index(kind)], column] += 1
    return rows


def report(name: str, counts: Sequence[np.ndarray]) -> dict[str, dict[str, float]]:
    """Prints and returns the means over `counts`, what each seed got."""
    right, found, wanted = np.moveaxis(np.array(counts), 2, 0)
    precision, recall = right / np.maximum(found, 1), right / np.maximum(wanted, 1)
    f1 = 2 * right / np.maximum(found + wanted, 1)
    said = {}
    for row, kind in enumerate(("micro", *TYPES)):
        values = {"P": precision, "R": recall, "F1": f1}
        said[kind] = {key: 100 * float(of[:, row].mean()) for key, of in values.items()}
        said[kind] |= {"spread": 100 * float(f1[:, row].std()), "entities": wanted[0, row]}
        line = " ".join(f"{key} {value:.1f}" for key, value in said[kind].items())
        print(f"{name} {kind:20} {line}", flush=True)
    return said


def speeds(readers: dict[str, Reader], texts: list[str], times: int = 7) -> dict[str, float]:
    """The most words per second of processor time of each reader, which take turns."""
    count = sum(len(text.split()) for text in texts)
    best = dict.fromkeys(readers, 0.0)
    for _ in range(times):
        for name, read in readers.items():
            started = time.process_time()
            for text, scores in zip(texts, read(texts), strict=True):
                entities(text, scores)
            best[name] = max(best[name], count / (time.process_time() - started))
    return best


def trials(
    name: str, train: list[Example], test: list[Example], seeds: int
) -> tuple[dict[str, dict[str, float]], Reader]:
    """The report over all seeds, and the last reader."""
    counts = []
    for seed in range(seeds):
        read = LEARN[name](train, seed)
        counts.append(scored(read, test))
        report(f"{name} {seed}", counts[-1:])
    return report(name, counts), read


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("work", type=Path)
    parser.add_argument("--what", nargs="+", choices=LEARN, default=list(LEARN))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--tune", action="store_true")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    train, test = examples("train"), examples("dev")
    if asked.tune:
        train, test = [one for k, one in enumerate(train) if k % 7], train[::7]
    said, readers = {}, {}
    for name in asked.what:
        said[name], readers[name] = trials(name, train, test, asked.seeds)
    for name, speed in speeds(readers, [text for text, _ in test]).items():
        said[name]["words a second"] = speed
        print(f"{name} {speed:.0f} words a second", flush=True)
    asked.work.mkdir(parents=True, exist_ok=True)
    (asked.work / "scierc.json").write_text(json.dumps(said, indent=1))


if __name__ == "__main__":
    main()
