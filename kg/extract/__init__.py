"""Extraction: a paper's text -> the terms it names and the results it states."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.records import Extraction, Paper
from kg.versions import digest_of

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["extract", "extractor_digest", "load_pipeline"]


def extractor_digest() -> str:
    """A digest of all that decides what is extracted: the code, the names, spaCy."""
    parts = ("extract", "evidence.py", "records.py", "keys.py", "known.py", "known.tsv")
    return digest_of(*parts, of="spacy")


def load_pipeline() -> "Language":
    """The spaCy pipeline of all extractors."""
    from kg.extract.pipeline import make_pipeline

    return make_pipeline()


def extract(papers: Iterable[Paper], nlp: "Language") -> Iterator[Extraction]:
    """One extraction a paper, in the order of `papers`; a pure function of each paper's text."""
    from kg.extract.pipeline import extractions

    return extractions(papers, nlp)
