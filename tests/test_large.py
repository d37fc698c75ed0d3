"""Tens of thousands of abstracts: memory stays bounded, and twice as many take twice as long.

Run by `make test-large`; the figures are printed.
"""

import gzip
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest
from commands import COMMAND, SHARED, environment

ABSTRACTS = SHARED / "papers" / "arxiv_2025_2026.jsonl.gz"
GIGABYTE = 1_000_000_000
PAGE = os.sysconf("SC_PAGE_SIZE")

pytestmark = pytest.mark.large


@dataclass(frozen=True)
class Run:
    """What a build took."""

    out: str
    seconds: float
    cpu_seconds: float  # of all its processes; other work on the machine does not count
    peak: int  # bytes that all its processes held at once


def build(source: Path, graph: Path) -> Run:
    """Builds a graph in a process of its own, and watches it and all that it starts."""
    started = time.perf_counter()
    before = os.times()
    process = subprocess.Popen(
        [*COMMAND, "build", source, "--graph", graph],
        env=environment(),
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    peak = 0
    while process.poll() is None:
        peak = max(peak, held_by(process.pid))
        time.sleep(0.1)
    seconds, after = time.perf_counter() - started, os.times()
    assert process.stdout
    with process.stdout as out:
        shown = out.read().decode()
    assert process.returncode == 0
    used = after.children_user + after.children_system
    used -= before.children_user + before.children_system
    run = Run(shown, seconds, used, peak)
    papers = int(shown.split()[0].replace(",", ""))
    sys.stdout.write(
        f"{papers:,} abstracts: {seconds:.0f} s ({used:.0f} s of CPU), {papers / seconds:.0f}"
        f" a second, at most {peak / 1e6:.0f} MB\n"
    )
    return run


def held_by(session: int) -> int:
    """Bytes that the processes of a session hold in memory."""
    held = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                held += int(fields[21]) * PAGE
        except (FileNotFoundError, ProcessLookupError):  # it has just ended
            continue
    return held


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the sources and graphs of these tests lie."""
    return tmp_path_factory.mktemp("large")


def first(count: int, folder: Path) -> Path:
    """A file with the first abstracts."""
    path = folder / f"{count}.jsonl"
    with gzip.open(ABSTRACTS) as lines, path.open("wb") as file:
        file.writelines(islice(lines, count))
    return path


@pytest.fixture(scope="module")
def twenty(folder: Path) -> Run:
    """Twenty thousand abstracts built into an empty graph."""
    return build(first(20_000, folder), folder / "20.kg")


def test_twenty_thousand_abstracts_need_less_than_one_and_a_half_gigabytes(twenty: Run) -> None:
    assert twenty.out.startswith("20,000 records: ")
    assert 0 < twenty.peak < 1.5 * GIGABYTE


def test_building_them_again_extracts_nothing_and_takes_a_tenth(folder: Path, twenty: Run) -> None:
    again = build(folder / "20000.jsonl", folder / "20.kg")

    assert "nothing to extract" in again.out
    assert again.cpu_seconds < twenty.cpu_seconds / 10
    assert again.peak < 0.5 * GIGABYTE


def test_twice_as_many_take_at_most_2_2_times_as_long(folder: Path, twenty: Run) -> None:
    forty = build(first(40_000, folder), folder / "40.kg")

    assert forty.out.startswith("40,000 records: ")
    assert forty.cpu_seconds < 2.2 * twenty.cpu_seconds
    assert forty.peak < 1.5 * GIGABYTE
