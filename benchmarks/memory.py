"""How much memory a build holds as papers pass through it: it must not grow with their number.

    python benchmarks/memory.py [ABSTRACTS] [--jobs 1 2] [--after 5000 20000 40000]

Prints a row for each number of processes: megabytes that all of them hold together behind so many
papers, as Linux counts them (a page that two processes share counts for each), and papers a second.
"""

import argparse
import gzip
import os
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import kg

ABSTRACTS = Path(__file__).parents[2] / "shared" / "papers" / "arxiv_2025_2026.jsonl.gz"
PAGE = os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Measures each number of processes in a fresh process of its own."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("abstracts", nargs="?", type=Path, default=ABSTRACTS)
    options.add_argument("--jobs", nargs="+", type=int, default=[1, 2])
    options.add_argument("--after", nargs="+", type=int, default=[5_000, 20_000, 40_000])
    asked = options.parse_args()
    print("jobs", *(f"{count:>9,}" for count in asked.after), "papers/s")
    for jobs in asked.jobs:
        process = get_context("spawn").Process(
            target=measure, args=(asked.abstracts, jobs, sorted(asked.after))
        )
        process.start()
        process.join()


def measure(abstracts: Path, jobs: int, after: Sequence[int]) -> None:
    """Builds a graph of as many abstracts as are asked for, and prints a row as it goes on."""
    print(f"{jobs:4}", end="", flush=True)
    with tempfile.TemporaryDirectory() as folder, kg.Extractor(jobs=jobs) as extractor:
        source = first(after[-1], abstracts, Path(folder))
        started, passed = time.perf_counter(), 0

        def watch(_: object) -> None:
            nonlocal passed
            passed += 1
            if passed in after:
                print(f"{held_by_all() // 1_000_000:7} MB", end="", flush=True)

        kg.build(
            [source], graph=Path(folder) / "papers.kg", extractor=extractor, watch=watch
        ).close()
    rate = passed / (time.perf_counter() - started)
    print(f"{rate:9.0f}")


def first(count: int, abstracts: Path, folder: Path) -> Path:
    """A file with the first abstracts."""
    path = folder / "papers.jsonl"
    with gzip.open(abstracts) as lines, path.open("wb") as file:
        file.writelines(islice(lines, count))
    return path


def held_by_all() -> int:
    """Bytes that this process and its children hold."""
    here, held = os.getpid(), 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):  # it has just ended
            continue
        if here in (int(process.name), int(fields[1])):
            held += int(fields[21]) * PAGE
    return held


if __name__ == "__main__":
    main()
