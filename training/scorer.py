"""The scorer: what a term is, learned from what the student says of papers that it has not seen.

    python -m training.scorer WORK --students NAME... --dev NAME

Reads the folds' probabilities, WORK/NAME.npz, and those of `--dev`; writes WORK/scorer.npz, the
terms of both sets as WORK/terms.*.pkl, and into WORK/scores.json the scores by cross-validation,
where each fold is judged by networks that were fitted on the others, and those of `pages_dev`.
"""

import argparse
import json
import pickle
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from spacy.language import Language
from spacy.tokens import Span
from torch.nn import functional

from kg.evaluate import GoldPaper, read_gold, score
from kg.evaluate.calibration import judged_mentions
from kg.evaluate.spellings import spellings
from kg.extract.candidates import Name
from kg.extract.components import terms_of
from kg.extract.features import name_features, term_features
from kg.extract.labels import NAMED, SPAN_LABELS, label_spans
from kg.extract.scorer import Network, Scorer
from kg.extract.terms import apart, group_names
from kg.extract.weights import Weights, write_weights
from kg.records import Extraction
from training.labels import SHARED, Example, blank, gold, spans

Rows = dict[str, np.ndarray]  # of each paper

HIDDEN = 64
CLASSES = 1 + 2 * len(NAMED)


@dataclass
class Read:
    """A text's names in groups that denote one thing, with rows of features and true classes."""

    text: str
    groups: list[list[Name]]
    links: int
    of_names: np.ndarray
    name_classes: np.ndarray
    term_classes: np.ndarray
    left: list[list[Name]] = field(default_factory=list)  # the groups, without overlaps

    def of_terms(self, odds: np.ndarray) -> np.ndarray:
        return term_features(self.text, self.groups, self.of_names, odds, links=self.links)

    def settle(self, names: np.ndarray, terms: np.ndarray) -> None:
        """Takes away what overlaps, by what is probable of each name and each term."""
        self.left = apart(self.groups, names, terms)


@dataclass
class Papers:
    gold: list[GoldPaper]
    papers: dict[str, Read]


def read_unseen(work: Path, names: list[str]) -> Rows:
    """Paper id -> tokens x labels."""
    found = {}
    for name in names:
        with np.load(work / f"{name}.npz") as arrays:
            cuts = np.cumsum(arrays["counts"])[:-1]
            rows = np.split(arrays["rows"].astype(np.float32), cuts)
            found |= dict(zip(arrays["ids"].tolist(), rows, strict=True))
    return found


def finders() -> Language:
    """The pipeline up to the names, with the tagger's part played by stored probabilities."""
    nlp = blank()
    for name in ("kg_links", "kg_acronyms", "kg_names"):
        nlp.add_pipe(name)
    return nlp


def read_papers(
    nlp: Language, examples: list[Example], annotated: dict[str, GoldPaper], rows: Rows
) -> dict[str, Read]:
    """Each paper of `examples` of which there are `rows`."""
    found = {}
    for one, text, annotation in examples:
        if one in rows:
            doc = nlp.make_doc(text)
            doc._.kg_scores = rows[one]
            doc.set_ents([Span(doc, *span) for span in label_spans(rows[one])])
            for _, component in nlp.pipeline:
                doc = component(doc)
            groups = group_names(text, doc._.kg_names, doc._.kg_acronyms)
            names = name_classes(groups, text, annotation)
            terms = term_classes(annotated[one], text, groups)
            features = name_features(doc, text, groups)
            found[one] = Read(text, groups, len(doc._.kg_links), features, names, terms)
    return found


def read_set(name: str, rows: Rows) -> Papers:
    """The gold set `name`, in random order, as far as there are `rows`."""
    examples = gold(name)
    random.Random(0).shuffle(examples)
    annotated = {one.id: one for one in read_gold(SHARED / "gold" / f"{name}.gold.json")}
    papers = read_papers(finders(), examples, annotated, rows)
    return Papers([annotated[one] for one in papers], papers)


def name_classes(groups: list[list[Name]], text: str, annotation: dict) -> np.ndarray:
    """What each name is by its exact bounds: 0 for nothing, else its label's number."""
    truth = {(start, stop): label for start, stop, label in spans(text, annotation)}
    labels = [truth.get((name.start, name.stop)) for group in groups for name in group]
    numbers = [0 if label is None else 1 + SPAN_LABELS.index(label) for label in labels]
    return np.array(numbers, dtype=np.int64)


def term_classes(paper: GoldPaper, text: str, groups: list[list[Name]]) -> np.ndarray:
    """What each group is: 0 for nothing, else its label's number; rather required than doubtful."""
    found = []
    for group in groups:
        texts = tuple({text[name.start : name.stop] for name in group})
        numbers = [
            1 + 2 * NAMED.index(entity.kind) + entity.optional
            for entity in paper.entities
            if entity.kind in NAMED and spellings(entity.kind, texts) & entity.spellings
        ]
        required = (number for number in numbers if number % 2)
        found.append(next(required, numbers[0] if numbers else 0))
    return np.array(found, dtype=np.int64)


def fit(x: np.ndarray, y: np.ndarray, seed: int, epochs: int) -> Weights:
    """The weights of a network that tells the class of each row."""
    torch.manual_seed(seed)
    mean, spread = x.mean(0), x.std(0) + 1e-3
    inputs = torch.from_numpy(((x - mean) / spread).astype(np.float32))
    wanted = torch.from_numpy(y)
    hidden, out = torch.nn.Linear(x.shape[1], HIDDEN), torch.nn.Linear(HIDDEN, CLASSES)
    parameters = [*hidden.parameters(), *out.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=2e-3, weight_decay=0.02)
    steps = epochs * -(-len(x) // 512)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps)
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(512):
            middle = functional.dropout(
                torch.relu(hidden(functional.dropout(inputs[rows], 0.05))), 0.2
            )
            loss = functional.cross_entropy(out(middle), wanted[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    tensors = {
        "hidden": hidden.weight.T,
        "hidden_bias": hidden.bias,
        "out": out.weight.T,
        "out_bias": out.bias,
    }
    arrays = {name: tensor.detach().numpy().astype(np.float32) for name, tensor in tensors.items()}
    return arrays | {
        "mean": mean.astype(np.float32),
        "scale": (1 / spread).astype(np.float32),
    }


def crossed(x: Rows, y: Rows, folds: int, epochs: int) -> tuple[Weights, Rows]:
    """The weights by all papers, and what each paper gets from a network that has not seen it."""
    ids = [one for one in x if len(y[one])]

    def fitted(some: list[str], seed: int) -> Weights:
        rows, classes = ([of[one] for one in some] for of in (x, y))
        return fit(np.concatenate(rows), np.concatenate(classes), seed, epochs)

    held = {one: np.zeros((0, CLASSES), dtype=np.float32) for one in x}
    for fold in range(folds):
        network = Network(fitted([one for k, one in enumerate(ids) if k % folds != fold], fold))
        held |= {one: network(x[one]) for one in ids[fold::folds]}
    return fitted(ids, 0), held


def found_by(scorer: Scorer, papers: dict[str, Read], terms: Rows) -> list[Extraction]:
    """What `scorer` decides of the groups of each paper that are left."""
    return [
        Extraction(one, tuple(terms_of(read.text, read.left, scorer.decisions(terms[one]))), ())
        for one, read in papers.items()
    ]


def even_bounds(
    gold_papers: list[GoldPaper], found_with: Callable[[np.ndarray], list[Extraction]]
) -> np.ndarray:
    """For each kind the bound at which precision and recall differ least."""
    tried = np.arange(0.3, 0.62, 0.02, dtype=np.float32)
    gaps = []
    for bound in tried:
        kinds = score(gold_papers, found_with(np.full(len(NAMED), bound))).kinds
        gaps.append([abs(kinds[kind].precision - kinds[kind].recall) for kind in NAMED])
    best: np.ndarray = tried[np.array(gaps).argmin(axis=0)]
    return best


def calibrated(gold_papers: list[GoldPaper], found: list[Extraction]) -> tuple[float, float]:
    """Slope and shift of the logit that make confidence the share that is right."""
    by_id = {one.paper_id: one for one in found}
    points = [point for paper in gold_papers for point in judged_mentions(paper, by_id[paper.id])]
    confidence = torch.tensor([one[0] for one in points]).clamp(1e-4, 1 - 1e-4)
    right = torch.tensor([one[1] for one in points])
    line = torch.tensor([1.0, 0.0], requires_grad=True)
    optimizer = torch.optim.LBFGS([line], max_iter=100)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = functional.binary_cross_entropy_with_logits(
            line[0] * torch.logit(confidence) + line[1], right
        )
        loss.backward()
        return loss

    optimizer.step(closure)
    slope, shift = line.detach().tolist()
    return slope, shift


def report(
    name: str, gold_papers: list[GoldPaper], found: list[Extraction]
) -> dict[str, dict[str, float]]:
    """Prints the scores, and returns them."""
    result = score(gold_papers, found)
    parts = [
        f"{kind} {one.precision:.3f}/{one.recall:.3f}/{one.f1:.3f}"
        for kind, one in (
            *((kind, result.kinds[kind]) for kind in NAMED),
            ("micro M/D/M", result.micro_named),
        )
    ]
    print(f"{name}: {'  '.join(parts)}  ECE {result.calibration.error:.3f}", flush=True)
    named = {**{kind: result.kinds[kind] for kind in NAMED}, "micro M/D/M": result.micro_named}
    return {
        kind: {"p": round(one.precision, 4), "r": round(one.recall, 4), "f": round(one.f1, 4)}
        for kind, one in named.items()
    } | {"calibration": {"error": round(result.calibration.error, 4)}}


def learn(papers: dict[str, Read], folds: int, epochs: int) -> tuple[Weights, Rows]:
    """Both networks, and what is probable of the terms of papers that they have not seen.

    What overlaps in the papers is taken away.
    """
    x = {one: read.of_names for one, read in papers.items()}
    y = {one: read.name_classes for one, read in papers.items()}
    for_names, names = crossed(x, y, folds, epochs)
    x = {one: read.of_terms(names[one]) for one, read in papers.items()}
    y = {one: read.term_classes for one, read in papers.items()}
    for_terms, terms = crossed(x, y, folds, epochs)
    for one, read in papers.items():
        read.settle(names[one], terms[one])
    weights = {f"names.{key}": array for key, array in for_names.items()}
    weights |= {f"terms.{key}": array for key, array in for_terms.items()}
    return weights | {"slope": np.float32(1), "shift": np.float32(0)}, terms


def balanced(train: Papers, weights: Weights, terms: Rows) -> Weights:
    """`weights` with the bounds and the line that suit what is probable of unseen `terms`."""

    def found_with(some: Weights) -> list[Extraction]:
        return found_by(Scorer(weights | some), train.papers, terms)

    bounds = even_bounds(train.gold, lambda tried: found_with({"bounds": tried}))
    slope, shift = calibrated(train.gold, found_with({"bounds": bounds}))
    return weights | {"bounds": bounds, "slope": np.float32(slope), "shift": np.float32(shift)}


def judged(scorer: Scorer, papers: dict[str, Read]) -> Rows:
    """What is probable of the terms of `papers`; what overlaps in them is taken away."""
    terms = {}
    for one, read in papers.items():
        names = scorer.names(read.of_names)
        terms[one] = scorer.terms(read.of_terms(names))
        read.settle(names, terms[one])
    return terms


def keep(path: Path, papers: dict[str, Read], found: list[Extraction]) -> None:
    """Writes text and terms of each paper, for what reads relations."""
    path.write_bytes(pickle.dumps({x.paper_id: (papers[x.paper_id].text, x.terms) for x in found}))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("work", type=Path)
    parser.add_argument("--students", nargs="+", required=True)
    parser.add_argument("--dev", nargs="+", required=True)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=16)
    asked = parser.parse_args()
    train, dev = (
        read_set(name, read_unseen(asked.work, students))
        for name, students in (("train", asked.students), ("pages_dev", asked.dev))
    )
    weights, unseen = learn(train.papers, asked.folds, asked.epochs)
    scorer = Scorer(balanced(train, weights, unseen))
    found = found_by(scorer, train.papers, unseen)
    keep(asked.work / "terms.train.pkl", train.papers, found)
    scores = {"folds of train": report("folds", train.gold, found)}
    found = found_by(scorer, dev.papers, judged(scorer, dev.papers))
    keep(asked.work / "terms.pages_dev.pkl", dev.papers, found)
    scores["pages_dev"] = report("pages_dev", dev.gold, found)
    (asked.work / "scorer.npz").write_bytes(write_weights(scorer.weights))
    (asked.work / "scores.json").write_text(json.dumps(scores, indent=1))


if __name__ == "__main__":
    main()
