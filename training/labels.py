"""The texts that are learned from: gold annotations as one label a token, and the unlabelled ones.

`Method?` is a method that careful readers doubt (an `optional` one of the gold): a label of its
own, so that a model learns what is doubtful instead of being told that it is nothing.
"""

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language

from kg.extract.entities import ATTACHED
from kg.extract.labels import LABELS, NAMED, Scores, label_spans
from kg.extract.tokenizer import token_bounds

SHARED = Path(__file__).parents[2] / "shared"
NUMBER = {label: index for index, label in enumerate(LABELS)}

_STANDS = rf"(?<![\w-])%s(?![\w])(?:(?!-)|(?=-(?:{ATTACHED})(?![\w-])))"

Example = tuple[str, str, dict[str, Any]]  # id, text, annotation


def blank() -> Language:
    """A pipeline without components, with the tokenizer of the one that ships."""
    return spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.WordTokenizer.v1"}}})


def gold(name: str) -> list[Example]:
    """The annotated papers of the set `name`: id, text, annotation."""
    folder = SHARED / "gold"
    annotated = {one["id"]: one for one in json.loads((folder / f"{name}.gold.json").read_text())}
    with (folder / f"{name}.papers.jsonl").open() as lines:
        papers = [json.loads(line) for line in lines]
    return [
        (paper["id"], f"{paper['title']}\n{paper['abstract']}", annotated[paper["id"]])
        for paper in papers
    ]


def unlabelled() -> Iterator[tuple[str, str]]:
    """Id and text of each arXiv abstract that no gold set and none of the five pages holds."""
    folder = SHARED / "gold"
    known = set()
    for path in folder.glob("*.papers.jsonl"):
        with path.open() as lines:
            for line in lines:
                paper = json.loads(line)
                known |= {paper["id"], _folded(paper["title"])}
    for path in sorted((SHARED / "papers").glob("daily_papers_*.txt")):
        known |= {_folded(line) for line in path.read_text().splitlines() if len(line) > 20}
    with gzip.open(SHARED / "papers" / "arxiv_2025_2026.jsonl.gz", "rt") as lines:
        for line in lines:
            paper = json.loads(line)
            if paper["id"] not in known and _folded(paper["title"]) not in known:
                yield paper["id"], f"{paper['title']}\n{paper['abstract']}"


def _folded(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", title.lower())


def spans(text: str, annotation: dict[str, Any]) -> list[tuple[int, int, str]]:
    """Each standing surface as (start, stop, type), in order; the longest where two meet."""
    found = [
        (match.start(), match.end(), entity["type"] + "?" * entity["optional"])
        for entity in annotation["entities"]
        if entity["type"] in NAMED
        for surface in entity["surfaces"]
        for match in re.finditer(_STANDS % re.escape(surface), text)
    ]
    taken: set[int] = set()
    kept = []
    for start, stop, kind in sorted(found, key=lambda one: (one[0] - one[1], one[2])):
        if taken.isdisjoint(range(start, stop)):
            taken.update(range(start, stop))
            kept.append((start, stop, kind))
    return sorted(kept)


def token_labels(
    bounds: Sequence[tuple[int, int]], found: Sequence[tuple[int, int, str]]
) -> list[int]:
    """The number of each token's label; a token that a span touches belongs to it."""
    numbers = [0] * len(bounds)
    for start, stop, kind in found:
        part = "B-"
        for place, (first, last) in enumerate(bounds):
            if first < stop and last > start:
                numbers[place] = NUMBER[part + kind]
                part = "I-"
    return numbers


def words(text: str) -> list[tuple[int, int]]:
    """Bounds of the tokens of `text`, but for white space other than the end of the title."""
    return [
        (start, stop)
        for start, stop in token_bounds(text)
        if text[start:stop].strip() or "\n" in text[start:stop]
    ]


def span_score(rows: Sequence[Scores], examples: Sequence[Example]) -> str:
    """Precision, recall and F1 of the required spans that `rows` find with their exact bounds."""
    hit = found = wanted = 0
    for (_, text, annotation), scores in zip(examples, rows, strict=True):
        bounds = words(text)
        truth = np.eye(len(LABELS), dtype=np.float32)[token_labels(bounds, spans(text, annotation))]
        want = set(label_spans(truth))
        required = {span for span in want if not span[2].endswith("?")}
        doubtful = {(first, stop, label.rstrip("?")) for first, stop, label in want - required}
        got = {span for span in label_spans(scores) if not span[2].endswith("?")}
        hit += len(got & required)
        found += len(got - doubtful)
        wanted += len(required)
    precision, recall = hit / max(found, 1), hit / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
