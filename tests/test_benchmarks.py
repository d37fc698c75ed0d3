"""The benchmarks run: that they measure well is for who reads what they print."""

import re
import subprocess
import sys
from pathlib import Path

from commands import ROOT, SAMPLE, environment
from papers import Marks, new_ledger, synthetic

from kg.build import update
from kg.extract import load_pipeline


def test_the_benchmark_of_speed_tells_words_a_second_shares_and_builds() -> None:
    words = ["benchmarks/speed.py", SAMPLE, "--papers", "30", "--jobs", "1"]
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment(), capture_output=True, check=True
    )

    said = done.stdout.decode()
    shares = [int(share) for share in re.findall(r"^\w+ +(\d+)% +\d+\.\d\d s$", said, re.M)]
    assert re.match(r"30 papers, \d,\d{3} words: ", said)
    assert len(re.findall(r"^[\d,]+ words/s", said, re.M)) == 2
    assert re.findall(r"^kg_\w+(?= +\d)", said, re.M) == load_pipeline().pipe_names
    assert 95 <= sum(shares) <= 105
    assert re.search(r"^build with --jobs 1: \d+ papers/s", said, re.M)


def test_the_benchmark_of_identity_tells_traps_tables_seconds_and_megabytes(tmp_path: Path) -> None:
    graph = tmp_path / "papers.kg"
    with new_ledger(graph) as ledger:
        list(update(ledger, map(synthetic, range(20)), Marks()))
    table = tmp_path / "pairs.tsv"
    table.write_text(
        "verdict\tkind\tleft\tright\n"
        "same\tDataset\tCIFAR10\tCifar 10\n"
        "different\tDataset\tCIFAR-10\tCIFAR-100\n",
        "utf-8",
    )
    words = ["benchmarks/identity.py", "--pairs", table, "--graph", graph]

    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment(), capture_output=True, check=True
    )

    said = done.stdout.decode()
    assert re.search(r"^  CIFAR-10 / CIFAR-100 +94  joined  apart", said, re.M)
    assert "of 1 same pairs joined: fuzzy 0, kg 1" in said
    assert "of 1 different pairs joined: fuzzy 1, kg 0" in said
    cost = (
        r"papers.kg: 120 mentions: keys \d\.\d s, \d+ entities resolved \d\.\d s, \d+ MB at most\n"
    )
    assert re.search(cost, said)
