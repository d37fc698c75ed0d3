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


def result(text: str, **cells: int) -> Result:
    return Result(0, len(text), text, 0.0, "", "value", 0.5, **cells)


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


def found_faults(entities: Sequence[GoldEntity], terms: Sequence[Term]) -> list[Fault]:
    gold = [GoldPaper("p", tuple(entities))]
    found = [Extraction("p", tuple(terms), ())]
    return list(faults(score(gold, found).verdicts, gold, found, {"p": TEXT}))


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


# The file of gold.

GOOD: dict[str, Any] = {"type": "Method", "name": "S4", "surfaces": ["S4"], "role": "used"}


def test_gold_is_read_and_what_else_it_says_is_left_alone(tmp_path: Path) -> None:
    value = {
        "id": "p",
        "note": 1,
        "entities": [{**GOOD, "optional": True, "note": "why"}, GOOD],
        "results": [{"value": "5", "metric": "F1", "method": None, "baseline": "x"}],
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
            (GoldResult("5", "F1"),),
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
