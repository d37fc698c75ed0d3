"""The five saved Daily Papers pages: all entries are found, whole and without furniture."""

import json
import re
from pathlib import Path

import pytest

from kg.records import Paper, Rejected, title_id
from kg.sources import distinct, read

SHARED = Path(__file__).parents[2] / "shared"
PAGES = [SHARED / "papers" / f"daily_papers_{number:03}.txt" for number in range(5)]
GOLD = SHARED / "gold" / "pages_dev.papers.jsonl"


def papers_of(*paths: Path) -> list[Paper]:
    return [record for record in read(paths) if isinstance(record, Paper)]


@pytest.mark.parametrize(("number", "count"), [(0, 59), (1, 72), (2, 76), (3, 57), (4, 42)])
def test_every_entry_of_a_page_is_a_paper(number: int, count: int) -> None:
    records = list(read([PAGES[number]]))

    assert len(records) == count
    assert all(isinstance(record, Paper) for record in records)


def test_the_five_real_pages_have_306_entries_and_211_different_papers() -> None:
    records = list(read(PAGES))

    assert len(records) == 306
    assert len(list(distinct(records))) == 211
    assert not any(isinstance(record, Rejected) for record in distinct(records))


def test_no_furniture_is_left_in_a_real_entry() -> None:
    furniture = re.compile(
        r"trending papers in|Subscribe|^new\b|\bnew$|Daily Papers|research community"
        r"|\d authors|·|•|HKUST|^[A-Z][a-z]{2} \d+|[A-Z][a-z]{2} \d+, 20\d\d"
    )

    for paper in papers_of(*PAGES):
        assert not furniture.search(paper.title), paper.source
        assert not furniture.search(paper.abstract), paper.source


def test_real_titles_look_like_titles_and_real_abstracts_are_whole() -> None:
    unfinished = set()
    for paper in papers_of(*PAGES):
        assert 15 <= len(paper.title) <= 133
        assert 1_372 <= len(paper.abstract) <= 1_919
        assert re.match(r"[A-Z3]", paper.abstract)
        if not re.search(r"[.)]$|https://\S+$", paper.abstract):
            unfinished.add(paper.title)

    assert unfinished == {
        "Sequential Recommendation for Optimizing Both Immediate Feedback and Long-term Retention"
    }


def test_the_id_of_a_real_entry_is_that_of_its_title() -> None:
    assert all(paper.id == title_id(paper.title) for paper in papers_of(*PAGES))


def test_the_60_gold_papers_are_read_to_the_letter() -> None:
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]

    found = {paper.id: (paper.title, paper.abstract) for paper in papers_of(*PAGES)}

    assert len(gold) == 60
    for paper in gold:
        assert found[paper["id"]] == (paper["title"], paper["abstract"])


def test_only_the_entries_with_a_footer_are_dated() -> None:
    dates = {paper.title: paper.published for paper in papers_of(PAGES[4])}

    assert sum(map(bool, dates.values())) == 41
    assert dates["PALBERT: Teaching ALBERT to Ponder"] == "2022-04-07"
    assert dates["Pointer Networks"] == "2015-06-09"
    assert not any(paper.published for paper in papers_of(*PAGES[:4]))


def test_all_repository_links_of_a_real_page_are_whole() -> None:
    text = PAGES[4].read_text(encoding="utf-8")
    links = re.findall(r"github\.com/\S+", text)

    found = [
        link
        for paper in papers_of(PAGES[4])
        for link in re.findall(r"github\.com/\S+", paper.abstract)
    ]

    assert found == links
    assert "github.com/IBM/ReprogBERT" in found
