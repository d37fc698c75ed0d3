"""The teacher of relations: MiniLM-L6, told where terms are, reads what is said of them.

    python -m training.relation_teacher fit WORK [--epochs 2]
    python -m training.relation_teacher label WORK [--papers 16000]

`fit` goes on from WORK/teacher.pt with the annotated papers and writes WORK/relation_teacher.pt;
`label` finds terms in unlabelled abstracts by the pipeline that ships and writes what the teacher
says of them to WORK/relations-*.pkl.
"""

import argparse
import pickle
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
import torch
from torch.nn import functional

from kg.evidence import sentence_starts
from kg.extract.labels import NAMED
from kg.extract.layout import TAGS
from kg.extract.relations import CELLS, OF_KIND, ROLE_COLUMNS
from kg.extract.weights import PIPELINE
from training.labels import unlabelled as abstracts
from training.read_relations import Example, annotated, dense_cells, loss_of, unlabelled
from training.relations import FITS_NOT, pooled
from training.teacher import HELD_OUT, OUT, Learner, batches, encoder, tokenizer

LONGEST = 480  # pieces; what stands behind is not read
APART = 8  # numbers that are known of a number and a mention
HIDDEN = 128
RATE = 2e-4

Word = tuple[np.ndarray, np.ndarray, np.ndarray]  # roles, results and cells, as `Example` has them


@dataclass
class Sheet:
    """An example in pieces: ids, tags, and the spans of its mentions and numbers."""

    example: Example
    ids: list[int]
    tags: np.ndarray
    mentions: np.ndarray
    numbers: np.ndarray
    between: np.ndarray  # numbers x mentions x APART


class Pieces:
    """Cuts texts into MiniLM's pieces."""

    def __init__(self) -> None:
        self.tokenizer = tokenizer()

    def sheet(self, one: Example) -> Sheet:
        behind = one.text.index("\n") + 1
        title, abstract = (
            self.tokenizer.encode(some, add_special_tokens=False)
            for some in (one.text[: behind - 1], one.text[behind:])
        )
        ids = [101, *title.ids, 102, *abstract.ids][: LONGEST - 1]
        bounds = [(-1, -1), *title.offsets, (behind - 1, behind)]
        bounds += [(a + behind, b + behind) for a, b in abstract.offsets]
        places = np.array(bounds[: len(ids)])
        mentions = [(x.start, x.stop) for term in one.terms for x in term.mentions]
        named = _spans(places, mentions)
        stated = _spans(places, [(x.start, x.stop) for x in one.numbers])
        tags = np.zeros(len(ids) + 1, dtype=np.int64)
        sorts = 4 * one.layout.kinds + 2 * np.array([not term.salient for term in one.terms])
        for (a, b), sort in zip(named.tolist(), sorts[one.layout.terms].tolist(), strict=True):
            tags[a:b], tags[a] = sort + 2, sort + 1
        for a, b in stated.tolist():
            tags[a:b] = TAGS - 1
        return Sheet(one, [*ids, 102], tags, named, stated, _between(one, behind - 1))


def _spans(places: np.ndarray, chars: list[tuple[int, int]]) -> np.ndarray:
    """First piece and stop of each; what stands behind the last piece is laid on the first."""
    bounds = np.array(chars, dtype=np.int64).reshape(-1, 2)
    first = np.searchsorted(places[:, 1], bounds[:, 0], side="right")
    stop = np.maximum(np.searchsorted(places[:, 0], bounds[:, 1]), first + 1)
    is_read = (first < len(places))[:, None]
    return np.where(is_read, np.stack([first, stop], 1), [[0, 1]])


def _between(one: Example, title: int) -> np.ndarray:
    starts = sentence_starts(one.text)
    named = np.array([x.start for term in one.terms for x in term.mentions])
    at = np.array([x.start for x in one.numbers], dtype=np.int64).reshape(-1, 1)
    lines = np.searchsorted(starts, at, side="right") - np.searchsorted(starts, named, side="right")
    away, low, high = np.abs(named - at), np.minimum(named, at), np.maximum(named, at)
    between = ((at[:, 0] > low[..., None]) & (at[:, 0] < high[..., None])).sum(axis=2)
    columns = (
        lines == 0,
        lines == 1,
        named < title,
        named > at,
        np.minimum(away, 400) / 400,
        np.minimum(away, 60) / 60,
        np.where(lines == 0, between / 3, 1),
        np.float32(1),
    )
    return np.stack(np.broadcast_arrays(*columns), axis=2).astype(np.float32)


class Batch:
    """Sheets one below the other; spans count the pieces of all."""

    def __init__(self, sheets: list[Sheet]) -> None:
        longest = max(len(one.ids) for one in sheets)
        self.ids, self.tags, self.mask = torch.zeros(3, len(sheets), longest, dtype=torch.long)
        for row, one in enumerate(sheets):
            self.ids[row, : len(one.ids)] = torch.tensor(one.ids)
            self.tags[row, : len(one.ids)] = torch.from_numpy(one.tags)
            self.mask[row, : len(one.ids)] = 1
        sizes = [(longest, len(x.mentions), len(x.numbers), len(x.example.terms)) for x in sheets]
        both = list(zip(sheets, np.cumsum([(0, 0, 0, 0), *sizes[:-1]], axis=0), strict=True))
        pairs = [np.indices(one.between.shape[:2]).reshape(2, -1) for one in sheets]

        def joined(parts: list[np.ndarray]) -> torch.Tensor:
            return torch.from_numpy(np.concatenate(parts))

        self.mentions = joined([one.mentions + first[0] for one, first in both])
        self.numbers = joined([one.numbers + first[0] for one, first in both])
        self.terms = joined([one.example.layout.terms + first[3] for one, first in both])
        self.kinds = joined([one.example.layout.kinds for one in sheets])
        self.pair_numbers = joined([x[0] + y[1][2] for x, y in zip(pairs, both, strict=True)])
        self.pair_mentions = joined([x[1] + y[1][1] for x, y in zip(pairs, both, strict=True)])
        self.between = joined([one.between.reshape(-1, APART) for one in sheets])


class Teacher(torch.nn.Module):
    """MiniLM, told by tags where terms and numbers are; answers as `training.relations.Reader`."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = encoder().bfloat16()
        width = self.encoder.config.hidden_size
        self.tags = torch.nn.Embedding(TAGS, width, dtype=torch.bfloat16)
        torch.nn.init.zeros_(self.tags.weight)
        self.term = torch.nn.Linear(2 * width + len(NAMED), HIDDEN)
        self.role = torch.nn.Linear(HIDDEN, len(ROLE_COLUMNS))
        self.number = torch.nn.Linear(width, HIDDEN)
        self.result = torch.nn.Linear(HIDDEN, 1)
        self.none = torch.nn.Linear(HIDDEN, len(CELLS))
        self.named, self.stated, self.pair = (
            torch.nn.ModuleList(torch.nn.Linear(*shape) for _ in CELLS)
            for shape in ((width, HIDDEN), (width, HIDDEN), (HIDDEN + APART, 1))
        )
        self.register_buffer("of_kind", torch.from_numpy(OF_KIND))

    def forward(self, batch: Batch) -> tuple[torch.Tensor, ...]:
        embedded = self.encoder.embeddings.word_embeddings(batch.ids) + self.tags(batch.tags)
        rows = self.encoder(inputs_embeds=embedded, attention_mask=batch.mask).last_hidden_state
        rows = functional.dropout(rows, 0.1, self.training).flatten(0, 1).float()
        sums = functional.pad(rows.cumsum(0), (0, 0, 1, 0))
        named, stated = (
            (sums[spans[:, 1]] - sums[spans[:, 0]]) / (spans[:, 1] - spans[:, 0])[:, None]
            for spans in (batch.mentions, batch.numbers)
        )
        mean, most = pooled(named, batch.terms, len(batch.kinds))
        kinds = functional.one_hot(batch.kinds, len(NAMED)).float()
        terms = torch.relu(self.term(torch.cat([mean, most, kinds], 1)))
        roles = self.role(functional.dropout(terms, 0.1, self.training))
        roles = roles.masked_fill(~self.of_kind[batch.kinds], FITS_NOT)
        numbers = torch.relu(self.number(stated))
        pairs = [
            pair(torch.cat([self._hidden(k, stated, named, batch), batch.between], 1))
            for k, pair in enumerate(self.pair)
        ]
        return roles, self.result(numbers)[:, 0], torch.cat(pairs, 1), self.none(numbers)

    def _hidden(self, cell: int, stated, named, batch: Batch) -> torch.Tensor:
        numbers = self.stated[cell](stated)[batch.pair_numbers]
        return torch.relu(numbers + self.named[cell](named)[batch.pair_mentions])


def fit(work: Path, epochs: int, size: int, papers: int) -> None:
    """Fits the teacher on the gold but for the papers that are held out; saves it each epoch."""
    torch.manual_seed(0)
    chance = random.Random(0)
    pieces = Pieces()
    sheets, of_dev = (
        [pieces.sheet(one) for one in annotated(work, name)[1].values() if one.terms]
        for name in ("train", "pages_dev")
    )
    shown = [one for number, one in enumerate(sheets) if number % HELD_OUT != OUT][:papers]
    teacher = Teacher()
    known = torch.load(work / "teacher.pt")
    shared = {name: value for name, value in known.items() if name.startswith("encoder.")}
    teacher.load_state_dict(shared, strict=False)
    learner = Learner(teacher, RATE, epochs * -(-len(shown) // size))
    started = time.time()
    for epoch in range(epochs):
        losses = [_learn(teacher, learner, some) for some in batches(shown, size, chance, _length)]
        torch.save(teacher.state_dict(), work / "relation_teacher.pt")
        print(f"epoch {epoch} loss {np.mean(losses):.4f} {time.time() - started:.0f}s", flush=True)
        print(f"  pages_dev: {_scores(teacher, of_dev)}", flush=True)
        print(f"  held out: {_scores(teacher, sheets[OUT::HELD_OUT])}", flush=True)


def _length(sheet: Sheet) -> int:
    return len(sheet.ids)


def _learn(teacher: Teacher, learner: Learner, some: list[Sheet]) -> float:
    teacher.train()
    batch = Batch(some)
    loss = loss_of(teacher(batch), batch, [one.example for one in some])
    learner.step(loss)
    return loss.item()


def _scores(teacher: Teacher, sheets: list[Sheet]) -> str:
    """The share of roles that is right, and the F1 of what is a result."""
    right = known = hit = said = wanted = 0
    for one, (roles, results, _) in zip(sheets, words_of(teacher, sheets), strict=True):
        is_known = one.example.roles.max(axis=1, initial=0) == 1
        right += int((roles.argmax(1) == one.example.roles.argmax(1))[is_known].sum())
        known += int(is_known.sum())
        hit += int(((results > 0.5) & (one.example.results == 1)).sum())
        said, wanted = said + int((results > 0.5).sum()), wanted + int(one.example.results.sum())
    return f"roles {right / max(known, 1):.3f}, results F1 {2 * hit / max(said + wanted, 1):.3f}"


@torch.inference_mode()
def words_of(teacher: Teacher, sheets: list[Sheet], size: int = 24) -> list[Word]:
    """What the teacher says of each."""
    teacher.eval()
    order = sorted(range(len(sheets)), key=lambda k: len(sheets[k].ids))
    found: dict[int, Word] = {}
    for k in range(0, len(order), size):
        some = order[k : k + size]
        batch = Batch([sheets[j] for j in some])
        roles, results, pairs, none = teacher(batch)
        cells = dense_cells(batch, pairs, none)
        term = number = 0
        for j in some:
            terms = slice(term, term := term + len(sheets[j].example.terms))
            rows = slice(number, number := number + len(sheets[j].numbers))
            own = torch.cat([cells[rows, :, terms], cells[rows, :, -1:]], 2).softmax(2)
            parts = (roles[terms].softmax(1), results[rows].sigmoid(), own)
            found[j] = tuple(part.numpy() for part in parts)
    return [found[j] for j in range(len(sheets))]


def label(work: Path, papers: int) -> None:
    teacher = Teacher()
    teacher.load_state_dict(torch.load(work / "relation_teacher.pt"))
    nlp, pieces = spacy.load(PIPELINE, exclude=["kg_relations"]), Pieces()
    pool = list(abstracts())
    random.Random(0).shuffle(pool)
    for first in range(0, papers, 1000):
        path = work / f"relations-{first:06}.pkl"
        if not path.exists():
            some = pool[first : min(first + 1000, papers)]
            docs = nlp.pipe(text for _, text in some)
            found = [
                unlabelled(one, doc.text, doc._.kg_terms)
                for (one, _), doc in zip(some, docs, strict=True)
            ]
            sheets = [pieces.sheet(one) for one in found if one.terms]
            for one, word in zip(sheets, words_of(teacher, sheets), strict=True):
                one.example.roles, one.example.results, one.example.cells = word
            path.write_bytes(pickle.dumps([one.example for one in sheets]))
            print(first + len(some), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("fit", "label"))
    parser.add_argument("work", type=Path)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--size", type=int, default=16)
    parser.add_argument("--papers", type=int, default=16_000)
    asked = parser.parse_args()
    if asked.what == "fit":
        fit(asked.work, asked.epochs, asked.size, asked.papers)
    else:
        label(asked.work, asked.papers)


if __name__ == "__main__":
    main()
