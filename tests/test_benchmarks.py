"""The benchmarks run: that they measure well is for who reads what they print."""

import re
import subprocess
import sys

from commands import ROOT, SAMPLE, environment

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
