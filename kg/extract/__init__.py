"""Extraction: a paper's text -> the terms it names and the results it states."""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kg.errors import ExtractorError
from kg.keys import PARTS
from kg.known import read_names
from kg.records import Extraction, Paper, Rejected, text_digest
from kg.versions import digest_of, digest_of_folder

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.extract.workers import Found, Readers

__all__ = ["Extractor", "all_jobs", "load_pipeline"]

_BATCH = 64  # papers that are read together where nobody says how many
_MOST_JOBS = 12  # one process writes about as fast as so many read
_PARTS = ("extract", "evidence.py", *PARTS)
_PIPELINE = Path(__file__).parents[1] / "pipeline"  # the package's own


class Extractor:
    """How papers are read. Use it as a context manager, or close it, if `jobs` is more than 1.

    `pipeline` is the folder of a spaCy pipeline whose entities have the labels Method, Dataset,
    Metric or Task; its findings count beside those of the rules. No code in it is run, but its
    config may call whatever installed packages have registered with spaCy, and PyTorch may unpickle
    its weights: use the folder of somebody you trust. `names` is a table of names that are
    always found, in the form of `kg/known.tsv`. `jobs` processes read where papers are many.

    What is found is a pure function of each paper's text, the same by any number of processes.

    Raises: ExtractorError if the folder or the table is missing, or a row of it is wrong.
    """

    def __init__(
        self, *, pipeline: str | Path | None = None, names: str | Path | None = None, jobs: int = 1
    ) -> None:
        if jobs < 1:
            raise ExtractorError(f"{jobs} processes cannot read; write 1 or more jobs")
        self._pipeline = Path(pipeline) if pipeline else None
        self._names = read_names(Path(names)) if names else ()
        self._jobs = jobs
        if self._pipeline and not self._pipeline.is_dir():
            what = "is no folder" if self._pipeline.exists() else "no such folder"
            raise ExtractorError(f"{pipeline}: {what}; name one that nlp.to_disk() wrote")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the worker processes; who extracts again starts them again."""
        if readers := self.__dict__.get("_readers"):
            readers.close()

    def prepare(self) -> None:
        """Loads the pipeline, as else the first paper does; so nothing is begun that cannot go on.

        Raises: ExtractorError if it cannot be used.
        """
        self._readers.prepare()

    @cached_property
    def digest(self) -> str:
        """What differs from another extractor's where the same text may give something else."""
        pipeline = digest_of_folder(self._pipeline or _PIPELINE)
        return text_digest(f"{digest_of(*_PARTS, of='spacy')} {pipeline} {self._names}")

    def extract(self, papers: Iterable[Paper]) -> Iterator[Extraction | Rejected]:
        """One a paper, in order, as papers come; Rejected where a component fails on its text.

        Raises: ExtractorError if the pipeline cannot be used, or a worker process dies.
        """
        rest = iter(papers)
        for found in self.extract_batches(iter(lambda: list(islice(rest, _BATCH)), [])):
            yield from found

    def extract_batches(self, batches: Iterable[Sequence[Paper]]) -> "Iterator[Found]":
        """As `extract`, a list a batch; workers are a few batches ahead of who takes the lists."""
        rest = iter(batches)
        for batch in rest:
            if batch:
                yield from self._readers.extract_batches(chain([batch], rest))
                return
            yield []

    @cached_property
    def _readers(self) -> "Readers":
        from kg.extract.workers import Readers  # spaCy is slow to import

        return Readers(self._jobs, self._pipeline, self._names)


def load_pipeline() -> "Language":
    """The spaCy pipeline of all extractors."""
    from kg.extract.pipeline import make_pipeline

    return make_pipeline()


def all_jobs() -> int:
    """As many processes as read faster than one on this machine."""
    is_bound = hasattr(os, "sched_getaffinity")  # to some cores, as in a container
    cores = len(os.sched_getaffinity(0)) if is_bound else os.cpu_count()
    return min(cores or 1, _MOST_JOBS)
