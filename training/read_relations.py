"""The reader of relations: learned from the gold and from its teacher.

    python -m training.read_relations WORK --out NAME [--silver 16000] [--fold K --folds N] ...

Reads the terms that are found in the annotated papers by a pipeline that has not seen them
(WORK/terms.*.pkl, by `training.scorer`) and the teacher's word (WORK/relations-*.pkl); writes
WORK/NAME.pt, WORK/NAME.weights.npz and, into WORK/NAME.json, the scores of `pages_dev` and of the
fold.
"""

import argparse
import json
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from kg.evaluate import GoldPaper, read_gold, score
from kg.evaluate.spellings import folded, spellings_of
from kg.evaluate.verdicts import is_named
from kg.extract.labels import NAMED
from kg.extract.layout import Layout
from kg.extract.numbers import Number
from kg.extract.relations import CELLS, ROLE_COLUMNS, Relations
from kg.extract.results import find_results, numbers_outside
from kg.extract.roles import with_roles
from kg.extract.weights import write_weights
from kg.records import Extraction, Term
from training.labels import SHARED, blank
from training.relations import FITS_NOT, Batch, Reader, arrays
from training.student import fit

_DOUBTFUL = 0.5  # what the role of a doubtful term weighs
NLP = blank()


@dataclass
class Example:
    """A text with what is to be said of it; probabilities where the teacher says it."""

    paper: str
    text: str
    terms: tuple[Term, ...]
    numbers: list[Number]
    layout: Layout
    roles: np.ndarray  # terms x ROLE_COLUMNS; a row of zeros where nobody knows
    results: np.ndarray  # numbers
    cells: np.ndarray  # numbers x CELLS x (terms + 1)


def unlabelled(paper: str, text: str, found: Sequence[Term]) -> Example:
    terms = tuple(term for term in found if term.kind != "Repository")
    numbers = numbers_outside(text, found)
    layout = Layout.of(NLP.make_doc(text), text, terms, numbers)
    roles = np.zeros((len(terms), len(ROLE_COLUMNS)), dtype=np.float32)
    results = np.zeros(len(numbers), dtype=np.float32)
    cells = np.zeros((len(numbers), len(CELLS), len(terms) + 1), dtype=np.float32)
    return Example(paper, text, terms, numbers, layout, roles, results, cells)


def labelled(one: Example, gold: GoldPaper) -> Example:
    """`one` with what the annotation says of it."""
    for term, row in zip(one.terms, one.roles, strict=True):
        same = [entity for entity in gold.entities if is_named(entity, term)]
        for entity in sorted(same, key=lambda entity: entity.optional)[:1]:
            place = ROLE_COLUMNS.index((entity.kind, entity.role))
            row[place] = _DOUBTFUL if entity.optional else 1
    spelled = {spelling: e.spellings for e in gold.entities[::-1] for spelling in e.spellings}
    for result in gold.results:
        index = place_of(result.value, one)
        if index is not None:
            one.results[index] = 1
            for row, (cell, kind) in zip(one.cells[index], CELLS, strict=True):
                name = getattr(result, cell)
                known = spelled.get(folded(name), {folded(name)}) if name else set()
                fits = (
                    at
                    for at, term in enumerate(one.terms)
                    if term.kind == kind and not known.isdisjoint(spellings_of(term))
                )
                row[next(fits, len(one.terms))] = 1
    return one


def place_of(value: str, one: Example) -> int | None:
    """The first number of a text that is `value` and no result yet."""
    at = one.text.find(value)
    while at >= 0:
        for index, number in enumerate(one.numbers):
            if not one.results[index] and number.start < at + len(value) and at < number.stop:
                return index
        at = one.text.find(value, at + 1)
    return None


def silver(work: Path, papers: int) -> Iterator[Example]:
    """Abstracts with the teacher's word."""
    files = sorted(work.glob("relations-*.pkl"))
    every = (one for path in files for one in pickle.loads(path.read_bytes()))
    yield from islice(every, papers)


def annotated(work: Path, name: str) -> tuple[dict[str, GoldPaper], dict[str, Example]]:
    """The gold set `name`, and its texts with the terms that are found in them."""
    gold = {one.id: one for one in read_gold(SHARED / "gold" / f"{name}.gold.json")}
    texts = pickle.loads((work / f"terms.{name}.pkl").read_bytes())
    return gold, {
        paper: labelled(unlabelled(paper, text, terms), gold[paper])
        for paper, (text, terms) in sorted(texts.items())
    }


def loss_of(said: tuple[torch.Tensor, ...], batch: Any, examples: list[Example]) -> torch.Tensor:
    """Cross-entropy of roles, of results, and of the cells of what is a result."""
    roles, results, pairs, none = said
    wanted = torch.from_numpy(np.concatenate([one.roles for one in examples]))
    loss = -(wanted * torch.log_softmax(roles, 1)).sum() / wanted.sum().clamp(min=1)
    odds = torch.from_numpy(np.concatenate([one.results for one in examples]))
    if not len(odds):
        return loss
    loss = loss + functional.binary_cross_entropy_with_logits(results, odds)
    cells = torch.log_softmax(dense_cells(batch, pairs, none), 2)
    aims = torch.zeros_like(cells)
    number = term = 0
    for one in examples:
        some = torch.from_numpy(one.cells * one.results[:, None, None])
        rows = slice(number, number := number + len(one.numbers))
        aims[rows, :, term : (term := term + len(one.terms))] = some[..., :-1]
        aims[rows, :, -1] = some[..., -1]
    return loss - (aims * cells).sum() / odds.sum().clamp(min=1)


def dense_cells(batch: Any, pairs: torch.Tensor, none: torch.Tensor) -> torch.Tensor:
    """Numbers x CELLS x (terms + 1): how well each term of a batch, or none, fills each cell.

    Of the mentions of a term counts the best; what is of another kind or text does not fit.
    """
    count = len(batch.kinds)
    keys = batch.pair_numbers * count + batch.terms[batch.pair_mentions]
    best = torch.full((len(none) * count, len(CELLS)), FITS_NOT)
    best = best.index_reduce(0, keys, pairs, "amax").view(len(none), count, len(CELLS))
    fits = torch.tensor([[kind == one for _, one in CELLS] for kind in NAMED])[batch.kinds]
    best = best.masked_fill(~fits, FITS_NOT)
    return torch.cat([best, none[:, None]], 1).transpose(1, 2)


def found(relations: Relations, one: Example) -> Extraction:
    """What the network that ships says of an example."""
    said = relations(one.layout)
    results = find_results(one.text, one.terms, one.numbers, said)
    return Extraction(one.paper, tuple(with_roles(one.text, one.terms, said)), tuple(results))


def report(
    reader: Reader, gold: Sequence[GoldPaper], examples: Mapping[str, Example]
) -> dict[str, dict[str, float]]:
    """The scores of `examples` that are annotated in `gold`."""
    relations = Relations(arrays(reader))
    papers = [one for one in gold if one.id in examples]
    result = score(papers, [found(relations, examples[one.id]) for one in papers])
    scores = {
        "proposed": result.proposed.f1,
        "results_value_metric": result.values.f1,
        "results": result.results.f1,
    }
    figures = {name: {"f": round(value, 4)} for name, value in scores.items()}
    return figures | {"roles": {"accuracy": round(result.roles.share, 4)}}


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
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--size", type=int, default=16)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    torch.manual_seed(asked.seed)
    gold, train = annotated(asked.work, "train")
    dev_gold, dev = annotated(asked.work, "pages_dev")
    ids = list(train)
    held = {one: train[one] for one in (ids[asked.fold :: asked.folds] if asked.fold >= 0 else ())}
    examples = [] if asked.no_gold else [one for key, one in train.items() if key not in held]
    examples += silver(asked.work, asked.silver)
    examples = [one for one in examples if one.terms]
    print(len(examples), "texts", flush=True)
    reader = Reader(asked.width)
    if asked.start:
        reader.load_state_dict(torch.load(asked.work / f"{asked.start}.pt"))

    def scores() -> dict[str, dict[str, dict[str, float]]]:
        of_dev = report(reader, list(dev_gold.values()), dev)
        of_fold = report(reader, list(gold.values()), held) if held else {}
        return {"pages_dev": of_dev, "fold": of_fold}

    def loss(some: list[Example]) -> torch.Tensor:
        batch = Batch.of([one.layout for one in some])
        return loss_of(reader(batch), batch, some)

    fit(reader, examples, loss, asked, scores)
    torch.save(reader.state_dict(), asked.work / f"{asked.out}.pt")
    (asked.work / f"{asked.out}.weights.npz").write_bytes(write_weights(arrays(reader), half=True))
    (asked.work / f"{asked.out}.json").write_text(json.dumps(scores(), indent=1))


if __name__ == "__main__":
    main()
