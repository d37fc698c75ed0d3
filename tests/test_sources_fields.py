"""From the fields of a record to a paper: names, types, limits and what is made plain."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.records import Paper, Rejected, title_id
from kg.sources.cleaning import iso_date, one_line
from kg.sources.fields import record_of

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def paper_of(**fields: object) -> Paper:
    record = record_of({"title": "A title", "abstract": "An abstract.", **fields}, "here:1")
    assert isinstance(record, Paper)
    return record


def reason_of(**fields: object) -> str:
    record = record_of({"title": "A title", "abstract": "An abstract.", **fields}, "here:1")
    assert isinstance(record, Rejected)
    assert record.where == "here:1"
    return record.reason


def test_all_fields_are_taken() -> None:
    fields = {
        "ID": "2312.00752v2",
        " Title ": "Mamba:\n  Linear-Time",
        "summary": " We propose\r\nMamba. ",
        "date": "2023-12-01",
        "url": "https://arxiv.org/abs/2312.00752",
        "authors": ["Albert Gu", "Tri Dao"],
        "categories": ["cs.LG", "cs.AI"],
        "comment": None,
    }

    assert record_of(fields, "here:1") == Paper(
        id="2312.00752",
        title="Mamba: Linear-Time",
        abstract="We propose Mamba.",
        published="2023-12-01",
        url="https://arxiv.org/abs/2312.00752",
        authors=("Albert Gu", "Tri Dao"),
        categories=("cs.LG", "cs.AI"),
    )


@pytest.mark.parametrize(
    ("given_id", "id", "url"),
    [
        ("2312.00752", "2312.00752", "https://arxiv.org/abs/2312.00752"),
        ("2312.00752v12", "2312.00752", "https://arxiv.org/abs/2312.00752"),
        ("arXiv:2312.00752v1", "2312.00752", "https://arxiv.org/abs/2312.00752"),
        ("https://arxiv.org/abs/2312.00752v1", "2312.00752", "https://arxiv.org/abs/2312.00752"),
        ("http://arxiv.org/pdf/0704.0001v1.pdf", "0704.0001", "https://arxiv.org/abs/0704.0001"),
        ("cs/0112017v1", "cs/0112017", "https://arxiv.org/abs/cs/0112017"),
        ("cond-mat/0112017", "cond-mat/0112017", "https://arxiv.org/abs/cond-mat/0112017"),
        ("10.1000/xyz.v2", "10.1000/xyz.v2", ""),
        ("paper/0112017v2", "paper/0112017v2", ""),
        ("2313.00752v2", "2313.00752v2", ""),
        (" a\n b ", "a b", ""),
        (17, "17", ""),
        ("", title_id("A title"), ""),
        (None, title_id("A title"), ""),
    ],
)
def test_an_id_is_the_sources_own_without_a_version(given_id: object, id: str, url: str) -> None:
    paper = paper_of(id=given_id)

    assert (paper.id, paper.url) == (id, url)


def test_only_a_web_address_is_kept_as_url() -> None:
    assert paper_of(id="2312.00752", url="https://a.org/b").url == "https://a.org/b"
    assert paper_of(id="1", url="javascript:alert(1)").url == ""
    assert paper_of(id="2312.00752", url="see there").url == "https://arxiv.org/abs/2312.00752"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": " \n"}, "has no title; a paper needs a title and an abstract"),
        ({"abstract": None}, "has no abstract; a paper needs a title and an abstract"),
        ({"abstract": "\0"}, "has no abstract; a paper needs a title and an abstract"),
        ({"abstract": ["a"]}, "abstract is a list; it must be text"),
        ({"title": {"en": "a"}}, "title is an object; it must be text"),
        ({"title": True}, "title is true or false; it must be text"),
        ({"abstract": 1}, "abstract is a number; it must be text"),
        ({"abstract": b"a"}, "abstract is bytes; it must be text"),
        ({"id": 2312.1}, "id is a decimal number; it must be text"),
        ({"url": []}, "url is a list; it must be text"),
        ({"authors": 3}, "authors is a number; it must be text or a list of texts"),
        ({"authors": [["a"]]}, "an entry of authors is a list; it must be text"),
        ({"categories": {}}, "categories is an object; it must be text or a list of texts"),
        ({"abstract": "a" * 50_001}, "the abstract has 50,001 characters; at most 50,000 are read"),
        ({"title": "a" * 1_001}, "the title has 1,001 characters; at most 1,000 are read"),
        ({"id": "a" * 201}, "the id has 201 characters; at most 200 are read"),
    ],
)
def test_a_field_that_makes_no_paper_is_told(fields: dict[str, Any], reason: str) -> None:
    assert reason_of(**fields) == reason


def test_texts_of_the_longest_size_are_papers() -> None:
    assert len(paper_of(abstract="a" * 50_000).abstract) == 50_000
    assert len(paper_of(title="a" * 1_000).title) == 1_000
    assert len(paper_of(id="a" * 200).id) == 200


@pytest.mark.parametrize("kind", ["method", "dataset", "metric", "task", "repository", "result"])
def test_an_id_that_could_be_one_of_the_graphs_own_is_rejected(kind: str) -> None:
    reason = f"the id starts with {kind}:, which is kept for the graph's own ids"

    assert reason_of(id=f"{kind}:mamba") == reason
    assert paper_of(id=f"{kind}s:mamba").id == f"{kind}s:mamba"


@pytest.mark.parametrize(
    ("value", "date_text"),
    [
        ("2023-12-01", "2023-12-01"),
        ("2023-12", "2023-12"),
        ("2023", "2023"),
        (2023, "2023"),
        ("2023-12-01T17:00:00Z", "2023-12-01"),
        (" 2023-12-01 17:00", "2023-12-01"),
        ("Aug 13, 2025", "2025-08-13"),
        ("August 3, 2025 12", "2025-08-03"),
        (date(2023, 12, 1), "2023-12-01"),
        (datetime(2023, 12, 1, 17, tzinfo=UTC), "2023-12-01"),
        ("2023-13-01", ""),
        ("2023-02-30", ""),
        ("2023-12-1", ""),
        ("Foo 13, 2025", ""),
        ("Feb 30, 2025", ""),
        ("yesterday", ""),
        ("", ""),
        (None, ""),
        (20231201, ""),
        (0, ""),
        (1.5, ""),
        (["2023"], ""),
    ],
)
def test_a_date_is_iso_or_unstated(value: object, date_text: str) -> None:
    assert iso_date(value) == date_text
    assert paper_of(date=value).published == paper_of(published=value).published == date_text


@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ("A. One, B. Two and C. Three", ("A. One", "B. Two", "C. Three")),
        ("A. One, B. Two, and C. Three", ("A. One", "B. Two", "C. Three")),
        ("One, A.; Two, B.", ("One, A.", "Two, B.")),
        ("Alexander Sandy", ("Alexander Sandy",)),
        (["A.\n One", None, ""], ("A. One",)),
        ([{"name": "A. One", "id": 1}], ("A. One",)),
        ("", ()),
        (None, ()),
    ],
)
def test_authors_may_be_a_list_or_one_text(value: object, authors: tuple[str, ...]) -> None:
    assert paper_of(authors=value).authors == authors


def test_categories_may_be_a_list_or_one_text() -> None:
    assert paper_of(categories=["cs.LG", "I.2; I.7"]).categories == ("cs.LG", "I.2; I.7")
    assert paper_of(categories="cs.LG stat.ML").categories == ("cs.LG", "stat.ML")
    assert paper_of(categories="cs.LG, Machine Learning").categories == (
        "cs.LG",
        "Machine Learning",
    )
    assert paper_of(categories=None).categories == ()


def test_control_characters_go_and_lone_surrogates_are_replaced() -> None:
    assert one_line("a\0b\x07c\x7fd\x9f\ufffee") == "abcde"
    assert one_line("a\x0bb\x0cc\x1dd\x85e\u2028f\u00a0g") == "a b c d e f g"
    assert one_line("a\ud800b \U0001f600") == "a\ufffdb \U0001f600"


@unhurried
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=100))
def test_cleaned_text_is_stable_and_can_be_written(text: str) -> None:
    clean = one_line(text)

    clean.encode()
    assert one_line(clean) == clean == " ".join(clean.split())
