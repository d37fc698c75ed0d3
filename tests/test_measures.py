"""Which direction of a metric is best, and which units rank together: asked of a leaderboard."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.keys import entity_id
from kg.measures import DIRECTIONS, UNITS
from kg.queries import find_query
from kg.records import Edge, Node, Property
from kg.stores.ask import ask
from kg.stores.embedded import make_snapshot, open_snapshot
from kg.stores.protocol import Rows

HIGHER = """accuracy | top-5 accuracy | F1 | macro-F1 | BLEU | ROUGE-L | mAP@0.5 | AUROC | FPS
R@1 | pass@1 | NDCG@10 | MRR | PSNR | SSIM | Pearson's r | Cohen's kappa | success rate
win rate | throughput | speedup | frames per second | tokens per second | inference speed
memory efficiency | error reduction | hallucination detection accuracy | compression ratio
log-likelihood | Inception Score | mIoU | MOS | temporal consistency | faithfulness
cost-effectiveness | acceptance rate | Sharpe ratio | Elo"""
LOWER = """error | test error rate | EER | WER | word error rate | CER | character error rate
perplexity | NLL | LPIPS | FID | KID | FVD | Fréchet Inception Distance | Fréchet Audio Distance
chamfer distance | RMSE | MAE | MSE | MPJPE | PA-MPJPE | ADE | FDE | minADE | ECE | Brier score
latency | inference time | runtime | time to first token | memory usage | GPU memory
training time | parameters | model size | FLOPs | GFLOPs | computational cost | token usage
energy consumption | hallucination rate | collision rate | toxicity | false positive rate
FPR95 | regret | cumulative regret | loss | cross-entropy loss | KL divergence | edit distance
accuracy drop | performance gap | failure rate | forgetting | mean rank | bits per byte
generalization error | task completion time | calibration error | sample complexity"""
DEPENDS = "attack success rate | jailbreak success rate | ASR | refusal rate | entropy"
UNKNOWN = "coverage | convergence | response length | surprisal"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("measures")


def leaderboard(path: Path, results: Iterable[tuple[str, float, str]], form: str) -> Rows:
    """Of results on one dataset, each a metric, number and unit."""
    title: dict[str, Property] = {
        "title": "T", "abstract": "", "published": "", "url": "", "authors": (), "source": "",
    }  # fmt: skip
    nodes = {"p": Node("p", "Paper", title), "dataset:d": _entity("dataset:d", "Dataset")}
    edges = []
    for index, (metric, number, unit) in enumerate(results):
        id, place = f"result:p:{index}", (0, 1, 1.0, 1)
        metric_id = entity_id("Metric", metric)
        nodes[metric_id] = _entity(metric_id, "Metric", metric)
        told: dict[str, Property] = {"text": f"{number:g} {unit}".strip(), "number": number}
        rest: dict[str, Property] = {"unit": unit, "form": form, "start": 0, "stop": 1}
        nodes[id] = Node(id, "Result", told | rest)
        edges += [
            Edge("p", "Paper", "REPORTS", id, "Result", *place, "p"),
            Edge(id, "Result", "OF", metric_id, "Metric", *place, "p"),
            Edge(id, "Result", "ON", "dataset:d", "Dataset", *place, "p"),
        ]
    make_snapshot(path / "graph.kgl", nodes.values(), edges)
    with open_snapshot(path / "graph.kgl") as store:
        asked = {"dataset": "dataset:d", "form": form, "limit": 500}
        return ask(store, find_query("leaderboard"), asked)


def _entity(id: str, label: str, name: str = "D") -> Node:
    return Node(id, label, {"name": name, "aliases": (name,), "papers": 1, "salient": True})


def test_well_known_metrics_have_a_direction(folder: Path) -> None:
    groups = {"higher": HIGHER, "lower": LOWER, "depends": DEPENDS, None: UNKNOWN}
    expected = {
        entity_id("Metric", name.strip()): (name.strip(), best)
        for best, names in groups.items()
        for name in names.replace("\n", "|").split("|")
    }

    rows = leaderboard(folder, [(name, 1.0, "") for name, _ in expected.values()], "value")

    assert {(row["metric"], row["best"]) for row in rows} == set(expected.values())


@pytest.mark.parametrize(
    ("form", "metric", "results", "ranked"),
    [
        ("value", "accuracy", "0.93 | 91 % | 92", "0.93 | 92 | 91 %"),
        ("value", "MAE", "0.93 | 91 | 9.2", "0.93 | 9.2 | 91"),
        ("value", "error rate", "6.1 % | 0.05 | 7", "0.05 | 6.1 % | 7"),
        ("value", "attack success rate", "10 % | 90 %", "90 % | 10 %"),
        ("value", "latency", "2 s | 90 ms | 1 min", "90 ms | 2 s | 1 min"),
        ("value", "latency", "7 ms/token | 2 s | 1 s/token", "2 s | 7 ms/token | 1 s/token"),
        ("value", "speed", "9 ms | 8 ms | 30 FPS | 40 FPS", "40 FPS | 30 FPS | 8 ms | 9 ms"),
        ("value", "memory usage", "9 GB | 900 MB | 50 %", "50 % | 900 MB | 9 GB"),
        ("value", "throughput", "900 tokens/s | 1000 tokens/s", "1000 tokens/s | 900 tokens/s"),
        ("value", "shared task", "2 rank | 1 rank", "1 rank | 2 rank"),
        ("gain", "latency", "-40 % | 50 % | 3 points", "50 % | -40 % | 3 points"),
        ("gain", "accuracy", "-1 points | 2 points", "2 points | -1 points"),
        ("factor", "latency", "2 x | 5 x", "5 x | 2 x"),
    ],
)  # fmt: skip
def test_numbers_rank_with_those_they_can_be_compared_with(
    tmp_path: Path, form: str, metric: str, results: str, ranked: str
) -> None:
    told = [result.partition(" ")[::2] for result in results.split(" | ")]

    rows = leaderboard(tmp_path, [(metric, float(number), unit) for number, unit in told], form)

    assert [row["value"] for row in rows] == ranked.split(" | ")


def test_no_word_of_the_table_of_directions_stands_behind_one_that_it_holds() -> None:
    words = [f"-{word}-" for word, _ in DIRECTIONS]

    hidden = [word for at, word in enumerate(words) if any(one in word for one in words[:at])]

    assert hidden == []
    assert {best for _, best in DIRECTIONS} == {"higher", "lower", "depends"}


def test_units_convert_into_one_that_stays() -> None:
    converted = {unit for unit, _, _ in UNITS}

    assert len(converted) == len(UNITS)
    assert converted.isdisjoint(into for _, into, _ in UNITS)
