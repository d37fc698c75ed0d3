"""Scores against gold: equal to the reference scorer's, and what each rule of it means."""

import json
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from commands import SHARED

from kg.errors import SourceError
from kg.evaluate import (
    Accuracy,
    CellCounts,
    CellVerdict,
    Evaluation,
    Fault,
    GoldEntity,
    GoldPaper,
    GoldResult,
    Score,
    faults,
    read_gold,
    score,
)
from kg.evaluate.results import CELLS
from kg.evaluate.spellings import folded, folded_address
from kg.exports.extractions import extraction_object
from kg.extract import Extractor
from kg.records import KINDS, ROLES, Extraction, Kind, Mention, Paper, Result, Term
from kg.sources import read

GOLD = SHARED / "gold"


def entity(kind: Kind, *surfaces: str, role: str = "", optional: bool = False) -> GoldEntity:
    return GoldEntity(kind, surfaces[0], surfaces, role or ROLES[kind][-1], optional)


def term(
    kind: Kind, *texts: str, role: str = "", salient: bool = True, confidence: float = 0.5
) -> Term:
    mentions = tuple(Mention(0, len(text), text, confidence) for text in texts)
    return Term(kind, texts[0], role or ROLES[kind][-1], salient, mentions)


def scored(
    entities: Sequence[GoldEntity],
    terms: Sequence[Term],
    wanted: Sequence[GoldResult] = (),
    found: Sequence[Result] = (),
) -> Evaluation:
    """The evaluation of one paper."""
    gold = GoldPaper("p", tuple(entities), tuple(wanted))
    return score([gold], [Extraction("p", tuple(terms), tuple(found))])


def result(text: str, *, at: int = 0, **cells: int | None) -> Result:
    return Result(at, at + len(text), text, 0.0, "", "value", 0.5, **cells)


# Equal to the reference.


def reference(gold: Path, extractions: Iterable[Extraction], folder: Path) -> dict[str, Any]:
    """What the reference scorer says of `extractions`."""
    found = folder / "found.jsonl"
    lines = (json.dumps(extraction_object(one)) for one in extractions)
    found.write_text("\n".join(lines), "utf-8")
    command = [sys.executable, GOLD / "score.py", gold, found, "--json"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""  # no paper is missing
    return json.loads(done.stdout)


def as_in_reference(evaluation: Evaluation) -> dict[str, Any]:
    """The figures under the names of the reference scorer."""
    named = {
        **evaluation.kinds,
        "Micro M/D/M": evaluation.micro_named,
        "Micro all": evaluation.micro,
        "Proposed": evaluation.proposed,
        "Result (value, metric)": evaluation.values,
        "Result (all four)": evaluation.results,
    }
    figures = {name: shares(one) | counts(one) for name, one in named.items()}
    roles = evaluation.roles
    accuracy = {"f": pytest.approx(roles.share), "tp": roles.right, "fp": roles.wrong}
    return figures | {"Role accuracy": accuracy | {"fn": 0, "p": 0, "r": 0}}


def shares(one: Score) -> dict[str, Any]:
    figures = {"p": one.precision, "r": one.recall, "f": one.f1}
    return {name: pytest.approx(figure, abs=1e-12) for name, figure in figures.items()}


def counts(one: Score) -> dict[str, Any]:
    return {"tp": one.right, "fp": one.false, "fn": one.missed}


def slice_of(name: str, papers: int | None, folder: Path) -> tuple[Path, list[Paper]]:
    """The first papers of a real gold set, with a gold file of them alone."""
    gold = folder / "gold.json"
    entries = json.loads((GOLD / f"{name}.gold.json").read_text("utf-8"))[:papers]
    gold.write_text(json.dumps(entries), "utf-8")
    ids = {entry["id"] for entry in entries}
    records = read([GOLD / f"{name}.papers.jsonl"])
    return gold, [one for one in records if isinstance(one, Paper) and one.id in ids]


@pytest.mark.parametrize(
    ("name", "papers"),
    [("pages_dev", None), ("train", 300), pytest.param("train", None, marks=pytest.mark.large)],
)
def test_every_figure_of_a_real_extraction_is_the_reference_scorers(
    name: str, papers: int | None, tmp_path: Path
) -> None:
    path, texts = slice_of(name, papers, tmp_path)
    found = [one for one in Extractor().extract(texts) if isinstance(one, Extraction)]

    evaluation = score(read_gold(path), found)

    assert evaluation.papers == len(texts) > 50
    assert min(evaluation.micro.right, evaluation.micro.false, evaluation.results.right) > 0
    assert as_in_reference(evaluation) == reference(path, found, tmp_path)


@pytest.mark.parametrize("seed", range(5))
def test_every_figure_of_a_damaged_gold_is_the_reference_scorers(seed: int, tmp_path: Path) -> None:
    path = GOLD / "pages_dev.gold.json"
    gold = read_gold(path)
    found = [damaged(paper, random.Random(f"{seed} {paper.id}")) for paper in gold]

    evaluation = score(gold, found)

    assert as_in_reference(evaluation) == reference(path, found, tmp_path)


def damaged(paper: GoldPaper, dice: random.Random) -> Extraction:
    """What a poor extractor would find: gold with aliases apart, other kinds, roles and results."""
    terms = [
        damaged_term(one, dice) for one in paper.entities for _ in range(dice.choice(range(4)))
    ]
    terms.append(term("Method", "Nonsense", role="proposed"))
    dice.shuffle(terms)

    def cell() -> int | None:
        return dice.choice([None, *range(len(terms))])

    results = [
        replace(result(dice.choice([one.value, f"{one.value}0"])), metric=cell(), dataset=cell())
        for one in paper.results
        for _ in range(dice.choice(range(3)))
    ]
    return Extraction(paper.id, tuple(terms), tuple(results))


def damaged_term(one: GoldEntity, dice: random.Random) -> Term:
    kind = dice.choice([one.kind] * 5 + [*KINDS])
    names = dice.sample([one.name, *one.surfaces], 1)
    role = one.role if kind == one.kind and dice.random() < 0.7 else dice.choice(ROLES[kind])
    return term(kind, *names, role=role, salient=dice.random() < 0.9)


def test_results_much_alike_are_paired_as_the_reference_scorer_counts_them(tmp_path: Path) -> None:
    dice = random.Random(5)
    terms = (term("Method", "S4"), term("Method", "Mamba"))

    def drawn(name: str) -> Extraction:
        rows = [dice.choices([None, 0, 1], k=len(CELLS)) for _ in range(dice.randrange(6))]
        cells = (dict(zip(CELLS, row, strict=True)) for row in rows)
        return Extraction(name, terms, tuple(result(dice.choice("57"), **one) for one in cells))

    found = [drawn(f"p{number}") for number in range(200)]
    path = tmp_path / "gold.json"
    gold = (extraction_object(drawn(one.paper_id)) | {"entities": []} for one in found)
    path.write_text(json.dumps([*gold]), "utf-8")

    evaluation = score(read_gold(path), found)

    assert min(counts(evaluation.values).values()) > 100
    assert as_in_reference(evaluation) == reference(path, found, tmp_path)


# What the rules mean.


def test_an_entity_is_right_by_any_of_its_spellings() -> None:
    gold = [entity("Method", "Structured State Space", "S4"), entity("Task", "speech recognition")]

    evaluation = scored(gold, [term("Method", "s4"), term("Task", "ASR", "Speech Recognition")])

    assert evaluation.kinds["Method"] == evaluation.kinds["Task"] == Score(right=1)
    assert evaluation.micro == Score(right=2)
    assert evaluation.micro_named == Score(right=1)


def test_a_second_term_for_one_entity_is_false() -> None:
    gold = [entity("Method", "Structured State Space", "S4")]

    evaluation = scored(gold, [term("Method", "S4"), term("Method", "Structured State Space")])

    assert evaluation.kinds["Method"] == Score(right=1, false=1)


def test_two_entities_that_share_a_spelling_take_a_term_each() -> None:
    gold = [entity("Method", "GPT"), entity("Method", "GPT")]

    assert scored(gold, [term("Method", "GPT")] * 2).micro == Score(right=2)


def test_another_kind_is_false_and_what_it_names_is_missed() -> None:
    evaluation = scored([entity("Dataset", "GLUE")], [term("Metric", "GLUE")])

    assert evaluation.kinds["Metric"] == Score(false=1)
    assert evaluation.kinds["Dataset"] == Score(missed=1)


def test_an_optional_entity_counts_neither_for_nor_against() -> None:
    gold = [entity("Method", "attention", "self-attention", optional=True)]
    twice = [term("Method", "attention"), term("Method", "self-attention")]

    for terms in ([], twice[:1], twice):
        evaluation = scored(gold, terms)
        assert evaluation.micro == Score()
        assert evaluation.roles == Accuracy(0, 0)


def test_a_term_that_is_not_salient_is_left_out() -> None:
    gold = [entity("Method", "S4")]
    doubtful = [term("Method", name, role="proposed", salient=False) for name in ("S4", "Mamba")]

    evaluation = scored(gold, doubtful)

    assert evaluation.micro == Score(missed=1)
    assert evaluation.proposed == Score()
    assert evaluation.calibration.mentions == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CIFAR-10", "cifar 10"),
        ("language models", "Language Model"),
        ("WMT'14", "WMT 14"),
        ("β-VAE", "VAE"),
    ],
)
def test_names_are_folded(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("C", "C++"), ("F#", "F"), ("CIFAR-10", "CIFAR-100"), ("loss", "los"), ("GAS", "GA")],
)
def test_what_differs_is_not_folded_into_one(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    "written",
    [
        "https://github.com/owner/name",
        "http://www.github.com/Owner/Name/",
        "github.com/owner/name.git",
        "www.github.com/owner/name).",
        " https://GitHub.com/owner/name; ",
    ],
)
def test_addresses_of_a_repository_are_folded(written: str) -> None:
    gold = [entity("Repository", "https://github.com/owner/name")]

    assert folded_address(written).rstrip("/.,;)") == "github.com/owner/name"
    assert scored(gold, [term("Repository", written)]).micro == Score(right=1)


def test_of_an_address_no_sign_within_is_folded() -> None:
    gold = [entity("Repository", "https://github.com/owner/name")]

    evaluation = scored(gold, [term("Repository", "https://github.com/owner/na-me")])

    assert evaluation.kinds["Repository"] == Score(false=1, missed=1)


@pytest.mark.parametrize(
    ("role", "optional", "found", "expected"),
    [
        ("proposed", False, "proposed", Score(right=1)),
        ("proposed", False, "used", Score(missed=1)),
        ("used", False, "proposed", Score(false=1)),
        ("used", False, "used", Score()),
        ("proposed", True, "proposed", Score()),
        ("proposed", True, "used", Score()),
    ],
)
def test_the_papers_own_methods_are_scored(
    role: str, optional: bool, found: str, expected: Score
) -> None:
    gold = [entity("Method", "S4", role=role, optional=optional)]

    assert scored(gold, [term("Method", "S4", role=found)]).proposed == expected


def test_a_method_that_is_not_there_is_falsely_proposed_and_a_dataset_is_no_question() -> None:
    gold = [entity("Method", "S4", role="proposed"), entity("Metric", "SQ", role="proposed")]
    terms = [term("Method", "Mamba", role="proposed"), term("Metric", "SQ", role="proposed")]

    assert scored(gold, terms).proposed == Score(false=1, missed=1)


def test_roles_are_judged_of_what_is_right_but_for_repositories() -> None:
    gold = [
        entity("Method", "S4", role="used"),
        entity("Dataset", "GLUE", role="evaluated"),
        entity("Repository", "github.com/a/b", role="code"),
    ]
    terms = [
        term("Method", "S4", role="used"),
        term("Dataset", "GLUE", role="mentioned"),
        term("Repository", "github.com/a/b", role="other"),
        term("Task", "parsing"),
    ]

    evaluation = scored(gold, terms)

    assert evaluation.roles == Accuracy(right=1, wrong=1)
    assert evaluation.roles.share == 0.5


def test_roles_are_counted_by_what_they_are_and_what_they_are_taken_for() -> None:
    names = ("S4", "Mamba", "Hyena", "LSTM")
    roles = ("proposed", "proposed", "proposed", "compared")
    taken_for = ("proposed", "used", "used", "compared")
    gold = [entity("Method", *pair) for pair in zip(names)]
    gold = [replace(one, role=role) for one, role in zip(gold, roles, strict=True)]
    terms = [term("Method", name, role=role) for name, role in zip(names, taken_for, strict=True)]
    gold += [entity("Repository", "github.com/a/b", role="code"), entity("Dataset", "GLUE")]
    terms += [term("Repository", "github.com/a/b", role="other"), term("Dataset", "MMLU")]

    confusions = scored(gold, terms).confusions

    assert confusions["Method"].counts == {
        "proposed": {"proposed": 1, "compared": 0, "used": 2, "mentioned": 0},
        "compared": {"proposed": 0, "compared": 1, "used": 0, "mentioned": 0},
        "used": {"proposed": 0, "compared": 0, "used": 0, "mentioned": 0},
        "mentioned": {"proposed": 0, "compared": 0, "used": 0, "mentioned": 0},
    }
    assert confusions["Repository"].counts["code"] == {"code": 0, "other": 1}
    assert {kind: one.accuracy for kind, one in confusions.items()} == {
        "Method": Accuracy(right=2, wrong=2),
        "Dataset": Accuracy(),
        "Metric": Accuracy(),
        "Task": Accuracy(),
        "Repository": Accuracy(wrong=1),
    }


def test_results_agree_where_their_values_and_the_entities_of_their_cells_do() -> None:
    gold = [entity("Metric", "word error rate", "WER"), entity("Dataset", "LibriSpeech")]
    wanted = [
        GoldResult("3.2%", "WER", dataset="LibriSpeech"),
        GoldResult("91.5", "accuracy"),
        GoldResult("2x", None),
    ]
    terms = [term("Metric", "Word Error Rates"), term("Dataset", "another"), term("Metric", "EM")]
    found = [
        result(" 3.2 %", metric=0, dataset=1),
        result("91.5", metric=2),
        result("2x"),
        result("2x"),
    ]

    evaluation = scored(gold, terms, wanted, found)

    assert evaluation.values == Score(right=2, false=2, missed=1)
    assert evaluation.results == Score(right=1, false=3, missed=2)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(
    ("found", "wanted", "what"),
    [
        ("S4", "S4", "right"),
        ("S4", "structured state spaces", "right"),
        ("Mamba", "S4", "other"),
        (None, "S4", "missing"),
        ("S4", None, "too_much"),
        (None, None, "unstated"),
    ],
)
def test_of_a_cell_it_is_told_how_it_differs_from_the_golds(
    cell: str, found: str | None, wanted: str | None, what: str
) -> None:
    gold = [entity("Method", "Structured State Space", "S4")]
    terms = [term("Method", found)] if found else []
    cells = {cell: 0 if found else None}

    evaluation = scored(gold, terms, [GoldResult("5", **{cell: wanted})], [result("5", **cells)])

    assert evaluation.cells[cell] == CellCounts(**{what: 1})
    (verdict,) = evaluation.result_verdicts
    assert verdict.cells[cell] == CellVerdict(what, found, wanted)
    assert verdict.what == ("right" if what in {"right", "unstated"} else "wrong")


def test_cells_are_judged_beside_a_right_value_alone_and_values_by_themselves() -> None:
    terms = [term("Metric", "F1")]
    wanted = [GoldResult("5", "F1"), GoldResult("7", "F1"), GoldResult("8", "F1")]
    found = [result(" 5", metric=0), result("5", metric=0), result("9")]

    cells = scored([], terms, wanted, found).cells

    assert cells["value"] == CellCounts(right=1, missing=2, too_much=2)
    assert cells["metric"] == CellCounts(right=1)
    assert cells["method"] == cells["dataset"] == CellCounts(unstated=1)


def test_a_baseline_is_judged_where_the_gold_speaks_of_it_and_never_scored() -> None:
    terms = [term("Method", "S4")]
    wanted = [GoldResult("5"), GoldResult("6", baseline=None), GoldResult("7", baseline="Mamba")]
    found = [result(value, baseline=0) for value in "567"]

    evaluation = scored([], terms, wanted, found)

    assert evaluation.cells["baseline"] == CellCounts(other=1, too_much=1)
    assert [one.what for one in evaluation.result_verdicts] == ["right", "wrong", "wrong"]
    assert evaluation.results == Score(right=3)


@pytest.mark.parametrize(
    ("wanted", "best"),
    [
        ([("F1", "S4", "GLUE", "LSTM"), ("F1", "S4", "GLUE", None)], 1),  # the baseline
        ([("F1", "S4", None, None), ("F1", "S4", "GLUE", "LSTM")], 1),  # two rather than one
        ([("EM", "S4", "GLUE", None), ("F1", None, None, "LSTM")], 1),  # the metric before all
        ([("F1", "S4", "GLUE", None), ("F1", "S4", "GLUE", None)], 0),  # the first of equal ones
    ],
)
def test_a_result_is_held_against_the_one_of_its_value_that_agrees_best(
    wanted: list[tuple[str | None, ...]], best: int
) -> None:
    terms = [term("Metric", "F1"), term("Method", "S4"), term("Dataset", "GLUE")]
    gold = [GoldResult("5", *cells) for cells in wanted]
    found = result("5", metric=0, method=1, dataset=2)

    first, second = scored([], terms, gold, [found]).result_verdicts

    assert (first.found, first.gold) == (found, gold[best])
    assert (second.what, second.gold) == ("missed", gold[1 - best])


def test_of_two_results_the_one_that_agrees_better_is_held_against_the_gold() -> None:
    terms = [term("Metric", "F1"), term("Method", "S4")]
    found = [result("5", metric=0), result("5", metric=0, method=1)]

    verdicts = scored([], terms, [GoldResult("5", "F1", "S4")], found).result_verdicts

    assert [one.what for one in verdicts] == ["false", "right"]


def test_shares_are_those_of_the_counts() -> None:
    one = Score(right=6, false=2, missed=4)

    assert (one.precision, one.recall) == (0.75, 0.6)
    assert one.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


def test_where_there_is_nothing_all_figures_are_0() -> None:
    evaluation = scored([], [])

    assert evaluation.micro == evaluation.results == evaluation.proposed == Score()
    assert (evaluation.micro.f1, evaluation.roles.share, evaluation.calibration.error) == (0, 0, 0)


def test_papers_without_gold_are_left_alone_and_gold_without_a_paper_is_an_error() -> None:
    gold = [GoldPaper(name, (entity("Method", "S4"),)) for name in "abcde"]
    found = [Extraction(name, (term("Method", "S4"),), ()) for name in "abcdef"]

    assert score(gold, found).micro == Score(right=5)
    with pytest.raises(SourceError, match=r"lacks 4 of the 5 annotated papers \(b, c, d, \.\.\.\)"):
        score(gold, found[:1])


# Calibration.


def mentions(*points: tuple[float, bool]) -> Iterator[Term]:
    """A term a mention: its confidence, and whether the gold of `calibrated` has it."""
    for confidence, is_right in points:
        yield term("Method", "S4" if is_right else "Mamba", confidence=confidence)


def calibrated(*terms: Term) -> Evaluation:
    return scored(
        [entity("Method", "S4"), entity("Method", "attention", "S5", optional=True)], terms
    )


def test_calibration_compares_confidence_and_share_right_in_ten_bins_of_equal_mass() -> None:
    sure = [(0.9 + number / 1000, number < 8) for number in range(10)]
    unsure = [(0.1 + number / 1000, number < 5) for number in range(10)]

    calibration = calibrated(*mentions(*sure, *unsure)).calibration

    assert [one.mentions for one in calibration.bins] == [2] * 10
    assert [one.right for one in calibration.bins] == [1, 1, 0.5, 0, 0, 1, 1, 1, 1, 0]
    first, last = calibration.bins[0], calibration.bins[-1]
    assert (first.lowest, first.highest) == (0.1, 0.101)
    assert last.confidence == pytest.approx(0.9085)
    assert calibration.error == pytest.approx(0.3702)


def test_where_mentions_are_as_often_right_as_they_say_the_error_is_0() -> None:
    points = [(0.75, number % 4 > 0) for number in range(40)]

    assert calibrated(*mentions(*points)).calibration.error == 0


def test_the_order_of_mentions_of_one_confidence_makes_no_difference() -> None:
    points = [(0.5, number < 7) for number in range(25)]

    one, other = (calibrated(*mentions(*some)).calibration for some in (points, points[::-1]))

    assert one == other
    assert [part.right for part in one.bins] == pytest.approx([7 / 25] * 10)
    assert sorted(part.mentions for part in one.bins) == [2] * 5 + [3] * 5


def test_a_mention_counts_by_its_own_text_and_that_of_an_optional_entity_not_at_all() -> None:
    terms = [
        term("Method", "S4", "attention", "Attention", "wrong"),
        term("Dataset", "S4"),
        term("Repository", "github.com/a/b"),
    ]

    calibration = calibrated(*terms).calibration

    assert calibration.mentions == 3  # "S4" right, "wrong" and the Dataset "S4" not
    assert sum(one.mentions * one.right for one in calibration.bins) == pytest.approx(1)


def test_a_text_of_a_required_and_of_an_optional_entity_is_right() -> None:
    gold = [entity("Method", "S4"), entity("Method", "state space", "S4", optional=True)]

    (only,) = scored(gold, [term("Method", "S4")]).calibration.bins

    assert (only.right, only.mentions) == (1, 1)


# Faults.

TEXT = "On GLUE\nWe use BERT, a RoBERTa, S4 and the Structured State Space. It learns parsing."


def found_faults(
    entities: Sequence[GoldEntity],
    terms: Sequence[Term],
    wanted: Sequence[GoldResult] = (),
    found: Sequence[Result] = (),
    text: str = TEXT,
) -> list[Fault]:
    gold = [GoldPaper("p", tuple(entities), tuple(wanted))]
    extractions = [Extraction("p", tuple(terms), tuple(found))]
    return list(faults(score(gold, extractions), gold, extractions, {"p": text}))


def test_a_false_term_stands_where_its_evidence_does() -> None:
    words = (Mention(3, 7, "GLUE", 0.5), Mention(15, 19, "BERT", 0.5))
    wrong = Term("Method", "BERT", "used", True, words, evidence=1)

    assert found_faults([], [wrong]) == [Fault("false", "p", "Method", "BERT", 15, 19, "")]


@pytest.mark.parametrize(
    ("surfaces", "words"),
    [
        (("BERT",), "BERT"),
        (("BERTa", "S4"), "S4"),
        (("state space", "nothing"), "State Space"),
        (("State Space", "Structured State Space"), "Structured State Space"),
        (("pars",), "pars"),
        (("not there",), ""),
        (("(*+",), ""),
    ],
)
def test_a_missed_entity_stands_where_one_of_its_surfaces_does(
    surfaces: tuple[str, ...], words: str
) -> None:
    (fault,) = found_faults([entity("Method", *surfaces)], [])

    assert (fault.what, fault.name) == ("missed", surfaces[0])
    assert TEXT[fault.start : fault.stop] == words


@pytest.mark.parametrize(
    ("entities", "terms", "remarks"),
    [
        (
            [entity("Method", "Structured State Space", "S4")],
            [term("Method", "S4"), term("Method", "structured state space")],
            ["again Structured State Space"],
        ),
        (
            [entity("Task", "parsing")],
            [term("Method", "parsing")],
            ["a Task in the gold", "found as Method"],
        ),
        (
            [entity("Task", "parsing")],
            [term("Task", "parsing", salient=False)],
            ["found as doubtful"],
        ),
        (
            [entity("Method", "BERT"), entity("Method", "S4")],
            [term("Method", "BERT", "S4")],
            ["found as one with another"],
        ),
        ([entity("Method", "BERT")], [term("Method", "S4")], ["", ""]),
        ([entity("Method", "BERT", optional=True)], [term("Method", "BERT")], []),
    ],
)
def test_a_fault_says_what_may_explain_it(
    entities: list[GoldEntity], terms: list[Term], remarks: list[str]
) -> None:
    assert [fault.remark for fault in found_faults(entities, terms)] == remarks


def test_faults_of_results_name_the_cells_that_are_wrong() -> None:
    terms = [term("Metric", "F1"), term("Method", "S4")]
    wanted = [GoldResult("7%", "F1", "Mamba", "GLUE", None), GoldResult("8%", "F1")]
    found = [
        result("9%", at=20, metric=0),
        result("8%", at=14, metric=0),
        result("7%", at=8, metric=0, method=1, baseline=1),
    ]

    of_terms, of_results = [], []
    for fault in found_faults([], terms, [*wanted, GoldResult("6%")], found, "S4 has 6%, 7%"):
        (of_results if fault.kind == "Result" else of_terms).append(fault)

    remark = 'method: found "S4", gold "Mamba"; dataset: found nothing, gold "GLUE"; '
    assert [fault.name for fault in of_terms] == ["F1", "S4"]
    assert of_results == [
        Fault("false", "p", "Result", "9%", 20, 22, ""),
        Fault("wrong", "p", "Result", "7%", 8, 10, remark + 'baseline: found "S4", gold nothing'),
        Fault("missed", "p", "Result", "6%", 7, 9, ""),
    ]


@pytest.mark.parametrize(
    ("values", "found_at", "starts"),
    [
        (["5"], [], [18]),  # neither in 15.5 nor in 5.25
        (["5", "5"], [], [18, 25]),
        (["5", "5", "5"], [], [18, 25, 18]),
        (["5", "5"], [18], [25]),
        (["5", "5"], [25], [18]),
        (["5.25 a 5", "5"], [], [11, 25]),
        (["X5"], [], [27]),
        (["6"], [], [0]),
    ],
)
def test_a_missed_value_stands_where_no_other_of_the_gold_does(
    values: list[str], found_at: list[int], starts: list[int]
) -> None:
    text = "Of 15.5 or 5.25 a 5, the 5 x5s."
    wanted = [GoldResult(value) for value in values]

    shown = found_faults([], [], wanted, [result("5", at=at) for at in found_at], text)

    assert [fault.start for fault in shown] == starts


def test_a_missed_value_may_stand_where_a_false_one_does() -> None:
    shown = found_faults([], [], [GoldResult("5")], [result("9", at=3)], "At 5 and 5.")

    assert [(fault.what, fault.start) for fault in shown] == [("false", 3), ("missed", 3)]


# The file of gold.

GOOD: dict[str, Any] = {"type": "Method", "name": "S4", "surfaces": ["S4"], "role": "used"}


def test_gold_is_read_and_what_else_it_says_is_left_alone(tmp_path: Path) -> None:
    value = {
        "id": "p",
        "note": 1,
        "entities": [{**GOOD, "optional": True, "note": "why"}, GOOD],
        "results": [
            {"value": "5", "metric": "F1", "method": None, "baseline": "x", "note": 2},
            {"value": "6", "baseline": None},
            {"value": "7"},
        ],
    }
    path = tmp_path / "gold.json"
    path.write_text(json.dumps([value, {"id": "q", "entities": []}]), "utf-8-sig")

    assert read_gold(path) == (
        GoldPaper(
            "p",
            (
                entity("Method", "S4", role="used", optional=True),
                entity("Method", "S4", role="used"),
            ),
            (GoldResult("5", "F1", baseline="x"), GoldResult("6", baseline=None), GoldResult("7")),
        ),
        GoldPaper("q", ()),
    )


def paper_of(**fields: Any) -> str:
    """A gold file of one paper, with one entity that has these fields."""
    return json.dumps([{"id": "p", "entities": [GOOD, {**GOOD, **fields}]}])


def result_of(**fields: Any) -> str:
    return json.dumps([{"id": "p", "entities": [], "results": [{"value": "5", **fields}]}])


IN_ENTITY = 'paper 1 ("p"), entity 2'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "",
            "is not JSON: Expecting value at line 1, column 1; gold annotations are one JSON list",
        ),
        ("[1, 2\n,", "is not JSON: Expecting value at line 2, column 2"),
        (b"\xff\xfe", "is no JSON in UTF-8 that can be read"),
        ("[" * 100_000, "is no JSON in UTF-8 that can be read"),
        ("{}", "is no list of annotated papers"),
        ("[]", "is no list of annotated papers"),
        ("[7]", "paper 1: is to be an object, {...}, and is 7"),
        ('[{"entities": []}]', 'paper 1: "id" is to be a text, "...", and is null'),
        ('[{"id": " ", "entities": []}]', 'paper 1: "id" is to be a text, "...", and is " "'),
        ('[{"id": "p"}]', 'paper 1 ("p"): "entities" is to be a list, [...], and is null'),
        ('[{"id": "p", "entities": [3]}]', 'paper 1 ("p"), entity 1: is to be an object'),
        (paper_of(type="Model"), f'{IN_ENTITY}: unknown type "Model"; known are Method, Dataset'),
        (paper_of(type=["x"] * 99), f"{IN_ENTITY}: unknown type "),
        (paper_of(role="evaluated"), f'{IN_ENTITY} (Method): unknown role "evaluated"; known are'),
        (paper_of(role=None), "known are proposed, compared, used, mentioned"),
        (paper_of(role=[]), f"{IN_ENTITY} (Method): unknown role []"),
        (paper_of(name=""), f'{IN_ENTITY}: "name" is to be a text'),
        (paper_of(surfaces="S4"), f'{IN_ENTITY}: "surfaces" is to be a list, [...], and is "S4"'),
        (paper_of(surfaces=[4]), f'{IN_ENTITY}: "surfaces" is to hold texts alone'),
        (paper_of(optional="no"), f'{IN_ENTITY}: unknown optional "no"; known are true, false'),
        (result_of(value=5), 'paper 1 ("p"), result 1: "value" is to be a text, "...", and is 5'),
        (result_of(metric=5), 'paper 1 ("p"), result 1: "metric" is to be a text or null'),
        (result_of(baseline=[]), 'paper 1 ("p"), result 1: "baseline" is to be a text or null'),
        (
            '[{"id": "p", "entities": []}, {"id": "p", "entities": []}]',
            'paper 2: has the id of paper 1, "p"; keep one of them',
        ),
    ],
)
def test_bad_gold_is_told_with_its_place_and_the_cure(
    content: str | bytes, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "gold.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    with pytest.raises(SourceError) as caught:
        read_gold(path)

    told = str(caught.value)
    assert told.startswith(f"{path}: ")
    assert message in told
    assert "\n" not in told
    assert len(told) < 300


def test_gold_that_is_not_there_or_a_folder_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(SourceError, match=f"^{path}: cannot be read: "):
            read_gold(path)
