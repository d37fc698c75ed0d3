"""The pipeline that ships: as good as is promised on papers that its training has not seen."""

import json
from functools import cache

import pytest
from commands import SHARED

import kg
from kg.evaluate import Evaluation, read_gold, score
from kg.extract import Extractor
from kg.extract.weights import PIPELINE
from kg.records import Extraction, Kind, Paper
from kg.sources import read

GOLD = SHARED / "gold" / "pages_dev.gold.json"
PAPERS = SHARED / "gold" / "pages_dev.papers.jsonl"


@cache
def evaluation() -> Evaluation:
    papers = [one for one in read([PAPERS]) if isinstance(one, Paper)]
    found = [one for one in Extractor().extract(papers) if isinstance(one, Extraction)]
    return score(read_gold(GOLD), found)


@pytest.mark.parametrize(
    ("kind", "least"),
    [("Method", 0.77), ("Dataset", 0.80), ("Metric", 0.74), ("Task", 0.68), ("Repository", 0.99)],
)
def test_the_f1_of_each_kind_is_what_is_promised(kind: Kind, least: float) -> None:
    assert evaluation().kinds[kind].f1 >= least


def test_what_is_found_is_about_as_often_right_as_what_is_there_is_found() -> None:
    micro = evaluation().micro_named

    assert micro.f1 >= 0.78
    assert abs(micro.precision - micro.recall) <= 0.10


def test_what_is_said_of_what_is_named_is_as_good_as_is_promised() -> None:
    judged = evaluation()

    assert judged.proposed.f1 >= 0.80
    assert judged.roles.share >= 0.82
    assert judged.values.f1 >= 0.77
    assert judged.results.f1 >= 0.55


def test_a_confidence_is_the_share_that_is_right() -> None:
    assert evaluation().calibration.error <= 0.05


def test_the_pipeline_is_small_and_states_its_own_scores() -> None:
    size = sum(path.stat().st_size for path in PIPELINE.rglob("*"))
    meta = json.loads((PIPELINE / "meta.json").read_text())
    stated = meta["performance"]["pages_dev"]

    assert size <= 20_000_000
    assert meta["version"] == kg.__version__
    assert stated["roles"]["accuracy"] == pytest.approx(evaluation().roles.share, abs=0.01)
    assert {kind: stated[kind]["f"] for kind in ("Method", "Dataset", "Metric", "Task")} == {
        kind: pytest.approx(evaluation().kinds[kind].f1, abs=0.02)
        for kind in ("Method", "Dataset", "Metric", "Task")
    }
