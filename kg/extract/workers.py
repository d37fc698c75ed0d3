"""Who reads papers: this process, and worker processes where papers are many.

Workers are spawned, not forked, since threads may run here. They never hear Ctrl-C, which this
process answers for all, and they end when it does. Wherever papers are read, numpy multiplies
matrices by one thread.
"""

import os
import signal
import threading
import warnings
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cached_property
from multiprocessing import get_context, parent_process
from pathlib import Path

from spacy.language import Language
from threadpoolctl import ThreadpoolController

from kg.errors import ExtractorError
from kg.extract.pipeline import extract_batch, make_pipeline
from kg.known import KnownName
from kg.records import Extraction, Paper, Rejected

_FEW = 256  # papers that are read before it is worth the seconds that workers need to start
_AHEAD = 2  # batches a worker that are begun before the first of them is asked for
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
_BLAS = ThreadpoolController()  # numpy's, which multiplies matrices; it has come with spaCy
_HERE = threading.RLock()  # one batch at a time: threads and memory zones are counted for all
_HELD: list[Language] = []  # in a worker: its pipeline

Found = list[Extraction | Rejected]


class Readers:
    """This process for the first papers, and `jobs` worker processes for all others."""

    def __init__(self, jobs: int, pipeline: Path | None, names: Sequence[KnownName]) -> None:
        self._jobs = jobs
        self._settings = (pipeline, names)
        self._begun = 0  # papers
        self._pool: ProcessPoolExecutor | None = None

    def extract_batches(self, batches: Iterable[Sequence[Paper]]) -> Iterator[Found]:
        """What is found in each batch, in order; it is drawn when there is somebody to read it.

        For who asks no more, a few batches are read in vain, unless this is closed. None is
        cancelled here: where a worker has just died, that breaks the pool, which then never ends.

        Raises: ExtractorError if the pipeline cannot be used, or a worker process dies.
        """
        ahead = _AHEAD * self._jobs if self._jobs > 1 else 0
        begun: deque[Future[Found]] = deque()
        for batch in batches:
            begun.append(self._begin(batch))
            while begun and (len(begun) > ahead or begun[0].done()):
                yield _wait(begun.popleft())
        while begun:
            yield _wait(begun.popleft())

    def prepare(self) -> None:
        """Makes the pipeline by which this process reads, if it has none yet."""
        with _HERE:
            _ = self._nlp

    def close(self) -> None:
        """Ends the workers, when each has read what it has begun."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _begin(self, papers: Sequence[Paper]) -> "Future[Found]":
        """Has a batch read; where a worker does it, this returns before it is done."""
        self._begun += len(papers)
        if self._jobs > 1 and self._begun > _FEW and papers:
            return self._begin_elsewhere(papers)
        done: Future[Found] = Future()
        with _HERE, _BLAS.limit(limits=1, user_api="blas"):
            done.set_result(extract_batch(papers, self._nlp) if papers else [])
        return done

    @cached_property
    def _nlp(self) -> Language:
        return make_pipeline(*self._settings)

    def _begin_elsewhere(self, papers: Sequence[Paper]) -> "Future[Found]":
        if self._pool is None:
            pipeline, names = self._settings  # a worker may start in another folder
            settings = (pipeline.absolute() if pipeline else None, names)
            self._pool = ProcessPoolExecutor(
                self._jobs, get_context("spawn"), _prepare, initargs=settings
            )
        # It starts workers as they are needed.
        with _deaths_in_one_line(), _interrupts_held(), _one_thread_each():
            return self._pool.submit(_read, papers)


def _wait(future: "Future[Found]") -> Found:
    with _deaths_in_one_line():
        return future.result()


def _prepare(pipeline: Path | None, names: Sequence[KnownName]) -> None:
    """Makes a process a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the first process has shown them
        _HELD.append(make_pipeline(pipeline, names))


def _read(papers: Sequence[Paper]) -> Found:
    return extract_batch(papers, _HELD[0])


def _end_with_parent() -> None:
    """Waits until this worker's parent ends in whatever way; without it a worker waits for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Inside, Ctrl-C waits, and a process that is started never hears it, not even at its start."""
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Inside, a process that is started multiplies matrices by one thread, else all wait."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _deaths_in_one_line() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        what = "a worker process has died, perhaps for want of memory; try fewer jobs"
        script = 'and in a script of your own, start from `if __name__ == "__main__":`'
        raise ExtractorError(f"{what} ({script})") from error
