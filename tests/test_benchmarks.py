"""The benchmarks run: that they measure well is for who reads what they print."""

import re
import subprocess
import sys
from pathlib import Path

from commands import ROOT, SAMPLE, environment
from papers import Marks, new_ledger, synthetic

from kg.api import open_graph
from kg.build import update
from kg.extract import load_pipeline
from kg.records import KINDS
from kg.rows import read_extraction, read_papers


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


def test_the_benchmark_of_neo4j_tells_its_options() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/neo4j.py", "--help"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        check=True,
    )

    assert "--peers-sample" in done.stdout.decode()


def test_the_made_up_graph_is_whole_and_the_same_twice(tmp_path: Path) -> None:
    graphs = [tmp_path / "one.kg", tmp_path / "other.kg"]
    for graph in graphs:
        words = ["benchmarks/synthetic.py", graph, "--papers", "200"]
        subprocess.run([sys.executable, *words], cwd=ROOT, env=environment(), check=True)

    with open_graph(graphs[0]) as knowledge, open_graph(graphs[1]) as other:
        totals = knowledge.stats()
        assert list(knowledge.edges()) == list(other.edges())
        assert list(knowledge.nodes()) == list(other.nodes())
        mentions = [
            (paper.text[mention.start : mention.stop], mention.text)
            for paper in read_papers(knowledge.ledger)
            for term in read_extraction(knowledge.ledger, paper.id)[0].terms
            for mention in term.mentions
        ]
    entities = [totals["nodes"][kind] for kind in KINDS]
    assert totals["nodes"]["Paper"] == 200
    assert sum(entities) == 400
    assert min(entities) > 0
    assert 2_500 < sum(totals["relationships"].values()) < 3_500
    assert all(cut == text for cut, text in mentions)
