"""Extraction of whole papers: exact, the same every time and in every batch, quick on any text."""

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg.extract
from kg.extract import Extractor
from kg.records import ROLES, Extraction, Paper

GOLD = Path(__file__).parents[2] / "shared" / "gold" / "pages_dev.papers.jsonl"
SAMPLE = Path(kg.extract.__file__).parents[1] / "sample" / "papers.jsonl"
READER = Extractor()
PIECES = """We propose ZipNet ( ZN ) , CIFAR-10 BERT achieves accuracy of 91% 3.5x on by from 2 to 5
. https://github.com/acme/x outperforms F1 respectively İ 😀 \\textbf{Zip} object detection"""
WORDS = st.sampled_from([*PIECES.split(), "\n", " ", ""])


def read(path: Path) -> list[Paper]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Paper(one["id"], one["title"], one["abstract"]) for one in map(json.loads, lines)]


def found_in(title: str, abstract: str) -> Extraction:
    (extraction,) = READER.extract([Paper("p1", title, abstract)])
    return extraction


def assert_apart_and_in_order(extraction: Extraction) -> None:
    named = [term.mentions for term in extraction.terms if term.kind != "Repository"]
    bounds = sorted((one.start, one.stop) for mentions in named for one in mentions)
    firsts = [mentions[0].start for mentions in named]
    assert firsts == sorted(firsts)
    assert all(before[1] <= behind[0] for before, behind in pairwise(bounds))


def assert_exact(paper: Paper, extraction: Extraction) -> None:
    assert_apart_and_in_order(extraction)
    text = paper.text
    for term in extraction.terms:
        assert term.role in ROLES[term.kind]
        assert 0 <= term.evidence < len(term.mentions)
        starts = [mention.start for mention in term.mentions]
        assert starts == sorted(set(starts))
        for mention in term.mentions:
            assert mention.text == text[mention.start : mention.stop] != ""
            assert "\n" not in mention.text
            assert 0 < mention.confidence <= 1
    for result in extraction.results:
        assert result.text == text[result.start : result.stop] != ""
        for index, kind in (
            (result.method, "Method"),
            (result.dataset, "Dataset"),
            (result.metric, "Metric"),
            (result.baseline, "Method"),
        ):
            assert index is None or extraction.terms[index].kind == kind


def test_no_name_of_a_real_paper_is_torn() -> None:
    words = [
        mention.text
        for extraction in READER.extract(read(GOLD))
        for term in extraction.terms
        for mention in term.mentions
    ]

    assert [word for word in words if word.count("(") != word.count(")")] == []
    assert [word for word in words if word[0] in "-,;:/)" or word[-1] in "-,;:/("] == []


@pytest.mark.parametrize("path", [GOLD, SAMPLE], ids=["pages", "sample"])
def test_every_mention_of_a_real_paper_is_exact(path: Path) -> None:
    papers = read(path)

    extractions = list(READER.extract(papers))

    assert [one.paper_id for one in extractions] == [paper.id for paper in papers]
    for paper, extraction in zip(papers, extractions, strict=True):
        assert extraction.terms
        assert_exact(paper, extraction)


@settings(max_examples=200, deadline=None)
@given(st.text(), st.text() | st.lists(WORDS, max_size=40).map(" ".join))
def test_every_mention_of_any_text_is_exact(title: str, abstract: str) -> None:
    paper = Paper("p1", title, abstract)

    (extraction,) = READER.extract([paper])

    assert_exact(paper, extraction)


def test_a_batch_gives_the_same_as_one_paper_at_a_time() -> None:
    papers = read(SAMPLE)

    together = list(READER.extract(papers))
    backwards = list(READER.extract(reversed(papers)))
    alone = [next(Extractor().extract([paper])) for paper in papers[:3]]

    assert together == list(reversed(backwards))
    assert together[:3] == alone


def test_papers_are_read_only_as_they_are_needed() -> None:
    taken: list[int] = []

    def papers() -> object:
        for number in range(1_000):
            taken.append(number)
            yield Paper(f"p{number}", "A title", "An abstract.")

    next(READER.extract(papers()))  # type: ignore[arg-type]

    assert len(taken) < 200


@pytest.mark.parametrize(
    ("title", "abstract"), [("", ""), ("A title", ""), ("", "We do it."), (" ", "\n")]
)
def test_a_paper_with_hardly_a_text_has_no_terms(title: str, abstract: str) -> None:
    assert found_in(title, abstract) == Extraction("p1", (), ())


@pytest.mark.parametrize(
    "piece",
    [
        "A",
        "A ",
        "AB ",
        "A, B and ",
        "A. ",
        "((((",
        "Ab Cd (AC) ",
        "alpha beta (AB1) ",
        "1",
        "1 to ",
        "1.5% by ",
        "-1-",
        "We propose ",
        "We evaluate on A, B, ",
        "propose a model, ",
        "the accuracy of 1 on CIFAR-10 ",
        "BERT outperforms GPT-4 ",
        "https://github.com/a/b ",
        "https://",
        "a/",
        "\\textbf{",
        "object detection ",
        "in terms of a ",
        "Ab-",
        "é",
        "😀",
        "\n",
        " ",
        ".",
        ": ",
    ],
)
def test_a_hostile_text_takes_no_long_time(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    before = time.perf_counter()

    found_in("A title", text)

    assert time.perf_counter() - before < 20


def test_a_hostile_title_takes_no_long_time() -> None:
    before = time.perf_counter()

    found_in("Ab Cd (AC) " * 4_000, "An abstract.")

    assert time.perf_counter() - before < 20
