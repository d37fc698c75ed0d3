"""How names are told apart, and what it costs: beside a fuzzy matcher, and by the million.

    python benchmarks/identity.py [--pairs PAIRS.tsv ...] [--graph GRAPH ...]

Prints the traps of this file with rapidfuzz's WRatio, of which 80 is where neo4j-graphrag's
resolver joins by default; how many pairs of each table (`verdict`, `kind`, `left`, `right`) each
way joins; and for each graph the time and memory to give all its mentions keys, and to resolve it
from nothing.
"""

import argparse
import csv
import resource
import shutil
import tempfile
import time
from collections.abc import Iterable
from multiprocessing import get_context
from pathlib import Path

from rapidfuzz.fuzz import WRatio

from kg.keys import canonical_key
from kg.ledger import Ledger
from kg.records import Kind
from kg.resolve import resolve

JOINED = 80.0  # of 100
TRAPS: tuple[tuple[Kind, str, str], ...] = (
    ("Dataset", "CIFAR-10", "CIFAR-100"),
    ("Method", "BERT", "RoBERTa"),
    ("Method", "GPT-3", "GPT-4"),
    ("Method", "GPT-4", "GPT-4o"),
    ("Method", "ResNet-50", "ResNet-101"),
    ("Dataset", "ImageNet-1K", "ImageNet-21K"),
    ("Dataset", "MMLU", "MMMU"),
    ("Dataset", "HumanEval", "HumanEval+"),
    ("Dataset", "SWE-bench", "SWE-bench Verified"),
    ("Dataset", "BIG-Bench", "BIG-Bench Hard"),
    ("Dataset", "WMT14", "WMT16"),
    ("Dataset", "SQuAD 1.1", "SQuAD 2.0"),
    ("Dataset", "MIMIC-III", "MIMIC-IV"),
    ("Method", "Llama-3-8B", "Llama-3.1-8B"),
    ("Method", "Qwen2.5-VL-3B", "Qwen2.5-VL-7B"),
    ("Method", "BERT-base", "BERT-large"),
    ("Method", "LoRA", "DoRA"),
    ("Method", "T5", "mT5"),
    ("Method", "ViT-S", "VITS"),
    ("Metric", "pass@1", "pass@10"),
    ("Metric", "ROUGE-1", "ROUGE-L"),
    ("Metric", "MSE", "RMSE"),
    ("Task", "text-to-image generation", "image-to-text generation"),
)
SAME: tuple[tuple[Kind, str, str], ...] = (
    ("Dataset", "CIFAR10", "Cifar 10"),
    ("Dataset", "WMT'14 En-De", "WMT 2014 English-German"),
    ("Dataset", "AIME24", "AIME 2024"),
    ("Method", r"$\beta$-VAE", "beta-VAE"),
    ("Method", "LSTMs", "long short-term memory"),
    ("Method", "DINO v2", "DINOv2"),
    ("Metric", "F1", "F1-score"),
    ("Metric", "Spearman's ρ", "Spearman's rho"),
    ("Task", "text summarisation", "text summarization"),
)

Pair = tuple[str, str, str]  # kind, left, right


def main() -> None:
    """Prints what was asked for."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--pairs", nargs="*", type=Path, default=[])
    options.add_argument("--graph", nargs="*", type=Path, default=[])
    asked = options.parse_args()
    print(f"{'':34}{'WRatio':>8}  fuzzy   kg")
    for title, pairs in (("different", TRAPS), ("same", SAME)):
        print(f"{title}:")
        for kind, left, right in pairs:
            score = WRatio(left, right)
            words = ("joined" if is_joined else "apart" for is_joined in judged(kind, left, right))
            print(f"  {left + ' / ' + right:44}{score:6.0f}  {'  '.join(f'{w:6}' for w in words)}")
    for table in asked.pairs:
        print_table(table)
    for graph in asked.graph:
        process = get_context("spawn").Process(target=measure, args=(graph,))
        process.start()
        process.join()


def judged(kind: Kind, left: str, right: str) -> tuple[bool, bool]:
    """Whether the fuzzy matcher joins two names, and whether their keys do."""
    return WRatio(left, right) >= JOINED, canonical_key(kind, left) == canonical_key(kind, right)


def print_table(table: Path) -> None:
    """How many pairs of a table each way joins, by what they are."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for verdict in ("same", "different"):
        pairs = [row for row in rows if row["verdict"] == verdict]
        joined = [judged(row["kind"], row["left"], row["right"]) for row in pairs]
        fuzzy, ours = (sum(way) for way in zip(*joined, strict=True))
        print(f"{table.name}: of {len(pairs)} {verdict} pairs joined: fuzzy {fuzzy}, kg {ours}")


def measure(graph: Path) -> None:
    """Prints what the mentions of a graph cost, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(graph / "ledger.sqlite", folder)
        with Ledger(Path(folder) / "ledger.sqlite") as ledger:
            names = ledger.rows("SELECT kind, text FROM mentions JOIN terms USING (paper, term)")
            seconds, mentions = timed_keys(names)
            print(f"{graph}: {mentions:,} mentions: keys {seconds:.1f} s", end="", flush=True)
            for table in ("settled", "moves", "entities"):
                ledger.run(f"DELETE FROM {table}")
            before = time.perf_counter()
            entities = resolve(ledger)
            seconds = time.perf_counter() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f", {entities:,} entities resolved {seconds:.1f} s, {memory:,.0f} MB at most")


def timed_keys(names: Iterable[tuple[Kind, str]]) -> tuple[float, int]:
    """The seconds that it takes to give each mention its key, and how many there are."""
    before, count = time.perf_counter(), 0
    for kind, name in names:
        canonical_key(kind, name)
        count += 1
    return time.perf_counter() - before, count


if __name__ == "__main__":
    main()
