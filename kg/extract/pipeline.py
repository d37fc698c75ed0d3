"""The pipeline of all extractors, and the papers' way through it."""

from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language

import kg.extract.tokenizer  # noqa: F401 - registers the tokenizer
from kg.extract.components import COMPONENTS
from kg.records import Extraction, Paper


def make_pipeline() -> Language:
    """A spaCy pipeline with all extractors, in their order."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.WordTokenizer.v1"}}})
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def extractions(papers: Iterable[Paper], nlp: Language) -> Iterator[Extraction]:
    """One extraction a paper, in order; papers are read as they are needed."""
    pairs = ((paper.text, paper.id) for paper in papers)
    for doc, paper_id in nlp.pipe(pairs, as_tuples=True, batch_size=64):
        yield Extraction(paper_id, doc._.kg_terms, doc._.kg_results)
