"""The pipeline that papers are read by, and a batch's way through it."""

import textwrap
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ExtractorError
from kg.extract.components import COMPONENTS, NameFinder
from kg.extract.entities import is_ours
from kg.extract.labels import NAMED
from kg.extract.weights import PIPELINE
from kg.known import KnownName
from kg.records import Extraction, Paper, Rejected

_AT_ONCE = 64  # texts that a trained component reads together
_LONGEST = 160  # characters of a foreign error message


def make_pipeline(path: Path | None = None, names: Sequence[KnownName] = ()) -> Language:
    """The pipeline in the folder `path`, or else the package's own, with all extractors.

    Those that it lacks are put behind its own components. `names` are the user's.

    Raises: ExtractorError if the folder holds no pipeline that can be used.
    """
    nlp = _load(path) if path else spacy.load(PIPELINE)
    behind = None
    for name in reversed(COMPONENTS):
        if name not in nlp.component_names:
            nlp.add_pipe(name, before=behind)
        behind = name
    if names:
        cast(NameFinder, nlp.get_pipe("kg_names")).gazetteer.take_in(nlp, names)
    return nlp


def extract_batch(papers: Sequence[Paper], nlp: Language) -> list[Extraction | Rejected]:
    """One a paper, in order. What spaCy notes of their words is forgotten again.

    A paper on which a component fails is rejected, and all others are read. Components may be
    anybody's and fail in any way, so here every exception is caught, and told with its paper.
    """
    with nlp.memory_zone():
        docs = nlp.pipe((paper.text for paper in papers), batch_size=_AT_ONCE)
        try:
            return [_extraction(*pair) for pair in zip(papers, docs, strict=True)]
        except MemoryError:
            raise
        except Exception:  # whose fault it is shows where each is read alone
            return [_extract_alone(paper, nlp) for paper in papers]


def _extract_alone(paper: Paper, nlp: Language) -> Extraction | Rejected:
    """As `extract_batch`, step by step, so that it is known which component fails."""
    step = "the tokenizer"
    try:
        doc = nlp.make_doc(paper.text)
        _check(doc, paper)
        for step, component in nlp.pipeline:  # noqa: B007 - told when it fails
            doc = component(doc)
        return _extraction(paper, doc)
    except MemoryError:
        raise
    except Exception as error:
        what = f"{step} fails on its text ({_in_one_line(error)})"
        return Rejected(paper.source or paper.id, f"{paper.id} cannot be read: {what}")


def _extraction(paper: Paper, doc: Doc) -> Extraction:
    _check(doc, paper)
    return Extraction(paper.id, doc._.kg_terms, doc._.kg_results)


def _check(doc: Doc, paper: Paper) -> None:
    if doc.text != paper.text:
        raise ValueError("it changes the text, so offsets would be wrong")


def _in_one_line(error: Exception) -> str:
    message = textwrap.shorten(str(error), _LONGEST, placeholder="...")
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def _load(path: Path) -> Language:
    """The user's pipeline; reading it is reading what anybody made, so any error is told."""
    if not (path / "config.cfg").is_file():
        what = "holds no config.cfg, so it is no spaCy pipeline" if path.is_dir() else "no folder"
        raise ExtractorError(f"{path}: {what}; name the folder that nlp.to_disk() wrote")
    try:
        nlp = spacy.load(path)
    except MemoryError:
        raise
    except Exception as error:
        what = "cannot be loaded; install what it was made with"
        raise ExtractorError(f"{path}: {what} ({_in_one_line(error)})") from error
    _check_labels(path, nlp)
    return nlp


def _check_labels(path: Path, nlp: Language) -> None:
    """Refuses a pipeline all of whose entities are known to be others than ours."""
    finders = [name for name in nlp.pipe_names if "doc.ents" in nlp.get_pipe_meta(name).assigns]
    labels = nlp.pipe_labels
    if finders and all(name in labels for name in finders):
        found = sorted(set(chain.from_iterable(labels[name] for name in finders)))
        if not any(map(is_ours, found)):
            listed = textwrap.shorten(", ".join(found), 80, placeholder=" ...")
            have = f"the labels {listed}" if found else "no labels"
            raise ExtractorError(
                f"{path}: its entities have {have}; train it on {', '.join(NAMED)}"
            )
