"""The scorer: what a term is, learned from what the student says of papers that it has not seen.

    python -m training.scorer WORK --students NAME...

Reads the folds' probabilities, WORK/NAME.npz; writes WORK/scorer.npz, and into WORK/scores.json the
scores by cross-validation, where each fold is judged by a network that was fitted on the others.
"""

import argparse
import json
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
import torch
from spacy.language import Language
from spacy.tokens import Span
from torch.nn import functional

import kg.extract.tokenizer  # noqa: F401
from kg.evaluate import GoldPaper, read_gold, score
from kg.evaluate.calibration import judged_mentions
from kg.evaluate.spellings import spellings
from kg.extract.candidates import Name
from kg.extract.components import terms_of
from kg.extract.features import term_features
from kg.extract.labels import NAMED, label_spans
from kg.extract.scorer import Scorer
from kg.extract.terms import group_names
from kg.records import Extraction
from training.labels import SHARED, gold

HIDDEN = 64
CLASSES = 1 + 2 * len(NAMED)


@dataclass
class Grouped:
    """A text's names in groups that denote one thing, and a row of features a group."""

    text: str
    groups: list[list[Name]]
    features: np.ndarray


def read_unseen(work: Path, names: list[str]) -> dict[str, np.ndarray]:
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
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.WordTokenizer.v1"}}})
    for name in ("kg_links", "kg_acronyms", "kg_names"):
        nlp.add_pipe(name)
    return nlp


def group_papers(
    nlp: Language, texts: dict[str, str], rows: dict[str, np.ndarray]
) -> dict[str, Grouped]:
    """The groups of each paper with their features."""
    found = {}
    for paper_id, scores in rows.items():
        text = texts[paper_id]
        doc = nlp.make_doc(text)
        doc._.kg_scores = scores
        doc.set_ents([Span(doc, *span) for span in label_spans(scores)])
        for _, component in nlp.pipeline:
            doc = component(doc)
        groups = group_names(text, doc._.kg_names, doc._.kg_acronyms)
        found[paper_id] = Grouped(text, groups, term_features(doc, text, groups))
    return found


def classes(paper: GoldPaper, papers: Grouped) -> list[int]:
    """What each group is: 0 for nothing, else 1 + 2 * kind, and 1 more where it is optional."""
    found = []
    for group in papers.groups:
        texts = tuple({papers.text[name.start : name.stop] for name in group})
        best = 0
        for entity in paper.entities:
            if entity.kind in NAMED and spellings(entity.kind, texts) & entity.spellings:
                number = 1 + 2 * NAMED.index(entity.kind) + entity.optional
                if best == 0 or (best % 2 == 0 and number % 2 == 1):
                    best = number
        found.append(best)
    return found


def fit(x: np.ndarray, y: np.ndarray, seed: int, epochs: int) -> dict[str, np.ndarray]:
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
        "bounds": np.full(len(NAMED), 0.42, dtype=np.float32),
        "slope": np.ones((), dtype=np.float32),
        "shift": np.zeros((), dtype=np.float32),
    }


def found_by(
    scorer: Scorer, rows: dict[str, np.ndarray], papers: dict[str, Grouped]
) -> list[Extraction]:
    return [
        Extraction(
            one, tuple(terms_of(papers[one].text, papers[one].groups, scorer.decisions(row))), ()
        )
        for one, row in rows.items()
    ]


def even_bounds(
    gold_papers: list[GoldPaper],
    rows: dict[str, np.ndarray],
    papers: dict[str, Grouped],
    weights: dict[str, np.ndarray],
) -> np.ndarray:
    """For each kind the bound at which precision and recall differ least."""
    tried = np.arange(0.3, 0.62, 0.02, dtype=np.float32)
    gaps = []
    for bound in tried:
        scorer = Scorer(weights | {"bounds": np.full(len(NAMED), bound)})
        kinds = score(gold_papers, found_by(scorer, rows, papers)).kinds
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


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("work", type=Path)
    parser.add_argument("--students", nargs="+", required=True)
    parser.add_argument("--dev", nargs="*", default=[])
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=16)
    asked = parser.parse_args()
    nlp = finders()
    texts = {paper_id: text for paper_id, text, _ in gold("train") + gold("pages_dev")}
    rows = read_unseen(asked.work, asked.students)
    annotated = {one.id: one for one in read_gold(SHARED / "gold" / "train.gold.json")}
    papers = group_papers(nlp, texts, rows)
    ids = sorted(papers)
    random.Random(0).shuffle(ids)
    x = {one: papers[one].features for one in ids}
    y = {one: np.array(classes(annotated[one], papers[one]), dtype=np.int64) for one in ids}

    def fitted(some: list[str], seed: int) -> dict[str, np.ndarray]:
        full = [one for one in some if len(y[one])]
        return fit(
            np.concatenate([x[one] for one in full]),
            np.concatenate([y[one] for one in full]),
            seed,
            asked.epochs,
        )

    held: dict[str, np.ndarray] = {}
    for fold in range(asked.folds):
        scorer = Scorer(fitted([one for k, one in enumerate(ids) if k % asked.folds != fold], fold))
        held |= {one: scorer.probabilities(x[one]) for one in ids[fold :: asked.folds]}
    gold_papers = [annotated[one] for one in ids]
    weights = fitted(ids, 0)
    weights["bounds"] = even_bounds(gold_papers, held, papers, weights)
    found = found_by(Scorer(weights), held, papers)
    report("folds, as they are", gold_papers, found)
    weights["slope"], weights["shift"] = map(np.float32, calibrated(gold_papers, found))
    print("bounds", weights["bounds"], "slope", weights["slope"], "shift", weights["shift"])
    scores = {}
    scores["folds of train"] = report("folds", gold_papers, found_by(Scorer(weights), held, papers))
    if asked.dev:
        rows = read_unseen(asked.work, asked.dev)
        dev = read_gold(SHARED / "gold" / "pages_dev.gold.json")
        papers = group_papers(nlp, texts, rows)
        scorer = Scorer(weights)
        sure = {one: scorer.probabilities(papers[one].features) for one in papers}
        scores["pages_dev"] = report("pages_dev", list(dev), found_by(scorer, sure, papers))
    (asked.work / "scorer.npz").write_bytes(Scorer(weights).to_bytes())
    (asked.work / "scores.json").write_text(json.dumps(scores, indent=1))


if __name__ == "__main__":
    main()
