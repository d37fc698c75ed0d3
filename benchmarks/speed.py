"""How fast papers are read: words a second on one core, and what takes the time.

    python benchmarks/speed.py [ABSTRACTS] [--papers 1000] [--jobs 1 2]

Prints how many words (between white space, of titles and abstracts) the whole pipeline reads in a
second, without the seconds that it takes to load, and the share of each component. With `--jobs`
also, for each number of processes, how many papers a second a build takes from file to ledger.
"""

import argparse
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from spacy.language import Language
from threadpoolctl import threadpool_limits

import kg
from kg.extract import load_pipeline
from kg.records import Paper
from kg.sources import read

ABSTRACTS = Path(__file__).parents[2] / "shared" / "papers" / "arxiv_2025_2026.jsonl.gz"
BATCH = 64  # papers that are read together
WARM = 20  # papers that are read before the clock runs


def main() -> None:
    """Reads the first papers by one pipeline, then step by step, then by whole builds."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("abstracts", nargs="?", type=Path, default=ABSTRACTS)
    options.add_argument("--papers", type=int, default=1_000)
    options.add_argument("--jobs", nargs="+", type=int, default=[])
    asked = options.parse_args()
    papers = first(asked.papers, asked.abstracts)
    measure_extractor(papers)
    measure_components(papers)
    for jobs in asked.jobs:
        measure_build(papers, jobs)


def measure_extractor(papers: Sequence[Paper]) -> None:
    """Prints words a second, and how many cores were at work: one, where no thread helps."""
    words = sum(len(paper.text.split()) for paper in papers)
    extractor = kg.Extractor(jobs=1)
    list(extractor.extract(papers[:WARM]))
    started, started_work = time.perf_counter(), time.process_time()
    list(extractor.extract(papers))
    took, worked = time.perf_counter() - started, time.process_time() - started_work
    print(f"{len(papers):,} papers, {words:,} words: {took:.1f} s")
    print(f"{words / took:,.0f} words/s, {len(papers) / took:,.0f} papers/s, by the clock")
    print(f"{words / worked:,.0f} words/s of processor time ({worked / took:.2f} cores)")


def measure_components(papers: Sequence[Paper]) -> None:
    """Prints the share of each component in the processor time."""
    nlp = load_pipeline()
    with threadpool_limits(1, user_api="blas"):
        seconds_by_step(papers[:WARM], nlp)
        spent = seconds_by_step(papers, nlp)
    whole = sum(spent.values())
    for step, seconds in spent.items():
        print(f"{step:12} {seconds / whole:4.0%} {seconds:8.2f} s")


def seconds_by_step(papers: Sequence[Paper], nlp: Language) -> dict[str, float]:
    """The processor time of the tokenizer and of each component."""
    spent: dict[str, float] = defaultdict(float)
    for start in range(0, len(papers), BATCH):
        with nlp.memory_zone():
            for paper in papers[start : start + BATCH]:
                with timed("tokenizer", spent):
                    doc = nlp.make_doc(paper.text)
                for step, component in nlp.pipeline:
                    with timed(step, spent):
                        doc = component(doc)
            del doc  # it is of no use behind the zone
    return spent


@contextmanager
def timed(step: str, spent: dict[str, float]) -> Iterator[None]:
    """Adds the processor time of what is done inside."""
    started = time.process_time()
    yield
    spent[step] += time.process_time() - started


def measure_build(papers: Sequence[Paper], jobs: int) -> None:
    """Prints papers a second of a build, with the time that the pipeline takes to load."""
    with tempfile.TemporaryDirectory() as folder, kg.Extractor(jobs=jobs) as extractor:
        source = written(papers, Path(folder) / "papers.jsonl")
        started = time.perf_counter()
        kg.build([source], graph=Path(folder) / "papers.kg", extractor=extractor).close()
        took = time.perf_counter() - started
    print(f"build with --jobs {jobs}: {len(papers) / took:,.0f} papers/s ({took:.1f} s)")


def first(count: int, abstracts: Path) -> list[Paper]:
    """The first papers of a file."""
    papers = (record for record in read([abstracts]) if isinstance(record, Paper))
    return list(islice(papers, count))


def written(papers: Sequence[Paper], path: Path) -> Path:
    """A file of these papers, as JSON Lines."""
    rows = ({"id": one.id, "title": one.title, "abstract": one.abstract} for one in papers)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
