"""The sample that ships with the package: true facts on known papers, told in our own words."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

import kg

SAMPLE = Path(kg.__file__).parent / "sample" / "papers.jsonl"
SAVED_PAGES = Path(__file__).parents[2] / "shared" / "papers"
KEYS = ["id", "title", "abstract", "date", "url", "authors", "categories"]
COPIED = 7  # words in a row that count as copied

LINES = SAMPLE.read_text(encoding="utf-8").splitlines()
PAPERS = [json.loads(line) for line in LINES]
BY_ID = pytest.mark.parametrize("paper", PAPERS, ids=[paper["id"] for paper in PAPERS])


def words(text: str) -> list[str]:
    return re.findall(r"https?://\S+|\w+", text.lower())


def runs(text: str, length: int) -> set[str]:
    found = words(text)
    return {" ".join(found[i : i + length]) for i in range(len(found) - length + 1)}


def papers_that_name(*names: str) -> list[str]:
    whole = [re.compile(rf"(?<!\w){re.escape(name)}(?!\w)") for name in names]
    return [
        paper["id"] for paper in PAPERS if all(name.search(paper["abstract"]) for name in whole)
    ]


def test_the_sample_holds_at_least_forty_papers() -> None:
    assert len(PAPERS) >= 40


def test_no_paper_is_there_twice() -> None:
    assert len({paper["id"] for paper in PAPERS}) == len(PAPERS)
    assert len({paper["title"].lower() for paper in PAPERS}) == len(PAPERS)


def test_the_papers_stand_in_order_of_date() -> None:
    dates = [(paper["date"], paper["id"]) for paper in PAPERS]

    assert dates == sorted(dates)


def test_the_file_ends_in_one_newline_and_has_no_empty_line() -> None:
    assert all(line.strip() for line in LINES)
    assert SAMPLE.read_bytes().endswith(b"}\n")


@BY_ID
def test_every_paper_has_the_same_keys_in_the_same_order(paper: dict) -> None:
    assert list(paper) == KEYS
    assert all(paper.values())


@BY_ID
def test_an_id_is_an_arxiv_id_without_a_version(paper: dict) -> None:
    assert re.fullmatch(r"\d{4}\.\d{4,5}", paper["id"])


@BY_ID
def test_an_id_and_its_date_name_nearly_the_same_month(paper: dict) -> None:
    submitted = date.fromisoformat(paper["date"])
    numbered = date(2000 + int(paper["id"][:2]), int(paper["id"][2:4]), 1)

    # arXiv numbers a paper when it is announced, days after it was submitted
    assert -31 <= (submitted - numbered).days <= 31


@BY_ID
def test_the_address_follows_from_the_id(paper: dict) -> None:
    assert paper["url"] == f"https://arxiv.org/abs/{paper['id']}"


@BY_ID
def test_an_abstract_has_sixty_to_a_hundred_and_twenty_words(paper: dict) -> None:
    assert 60 <= len(paper["abstract"].split()) <= 120


@BY_ID
def test_texts_are_single_spaced_and_free_of_markup(paper: dict) -> None:
    for text in [paper["title"], paper["abstract"], *paper["authors"], *paper["categories"]]:
        assert text == " ".join(text.split())
        assert not re.search(r"[<>$\\{}*`]", text)


@BY_ID
def test_categories_are_those_of_arxiv(paper: dict) -> None:
    assert len(set(paper["categories"])) == len(paper["categories"])
    for category in paper["categories"]:
        assert re.fullmatch(r"(cs|stat)\.[A-Z]{2}", category)


def test_at_least_twenty_papers_link_to_their_repository() -> None:
    link = re.compile(r"https://github\.com/[\w.-]+/[\w-]+")

    assert sum(bool(link.search(paper["abstract"])) for paper in PAPERS) >= 20


@pytest.mark.parametrize(
    "names",
    [
        ("ImageNet", "top-1 accuracy"),
        ("GLUE",),
        ("SQuAD v2.0", "F1"),
        ("COCO", "AP"),
        ("CIFAR-10",),
    ],
)
def test_a_leaderboard_has_at_least_five_rows(names: tuple[str, ...]) -> None:
    assert len(papers_that_name(*names)) >= 5


@pytest.mark.parametrize("method", ["BERT", "RoBERTa", "Transformer", "ResNet", "ViT"])
def test_a_famous_method_is_named_by_at_least_five_papers(method: str) -> None:
    assert len(papers_that_name(method)) >= 5


def test_no_abstract_shares_seven_words_in_a_row_with_a_saved_page() -> None:
    pages = sorted(SAVED_PAGES.glob("daily_papers_*.txt"))
    assert pages
    published = set().union(*(runs(page.read_text(encoding="utf-8"), COPIED) for page in pages))

    copied = {paper["id"]: runs(paper["abstract"], COPIED) & published for paper in PAPERS}

    assert {paper_id: found for paper_id, found in copied.items() if found} == {}


def test_the_saved_pages_hold_some_papers_of_the_sample() -> None:
    pages = "\n".join(
        page.read_text(encoding="utf-8") for page in SAVED_PAGES.glob("daily_papers_*.txt")
    )

    held = [paper["id"] for paper in PAPERS if f"\n{paper['title']}\n" in pages]

    assert held == ["1409.3215", "1910.13461", "2111.00396", "2312.00752"]
