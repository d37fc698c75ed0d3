"""Extraction: a paper's text -> the terms it names and the results it states."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.records import Extraction, Paper

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["extract", "extractor_digest", "load_pipeline"]


@lru_cache(maxsize=1)
def extractor_digest() -> str:
    """A digest of all that decides what is extracted: this room's code, the names, spaCy."""
    parts = [part for part in files("kg.extract").iterdir() if part.name.endswith(".py")]
    parts += [files("kg").joinpath(name) for name in ("evidence.py", "keys.py", "known.tsv")]
    whole = hashlib.sha256(version("spacy").encode())
    for part in sorted(parts, key=lambda one: one.name):
        whole.update(part.read_bytes())
    return whole.hexdigest()[:16]


def load_pipeline() -> "Language":
    """The spaCy pipeline of all extractors."""
    from kg.extract.pipeline import make_pipeline

    return make_pipeline()


def extract(papers: Iterable[Paper], nlp: "Language") -> Iterator[Extraction]:
    """One extraction a paper, in the order of `papers`; a pure function of each paper's text."""
    from kg.extract.pipeline import extractions

    return extractions(papers, nlp)
