"""The records and their conventions: text, ids, and two records of one paper made one."""

from dataclasses import FrozenInstanceError, asdict, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.records import KINDS, ROLES, Paper, folded_title, merged, text_digest, title_id

DATES = st.sampled_from(["", "2023", "2023-05", "2023-05-17", "2023-06-01", "2024"])
URLS = st.sampled_from(["", "https://a.example", "https://b.example"])
LISTS = st.lists(st.sampled_from(["Ada", "Bo", "Cy"]), max_size=3).map(tuple)
PLACES = st.sampled_from(["", "a.csv:2", "b.jsonl:1"])
RECORDS = st.builds(
    Paper,
    id=st.just("2312.00752"),
    title=st.just("Mamba"),
    abstract=st.just("We propose Mamba."),
    published=DATES,
    url=URLS,
    authors=LISTS,
    categories=LISTS,
    source=PLACES,
)


def record(**stated: object) -> Paper:
    return Paper("2312.00752", "Mamba", "We propose Mamba.", **stated)


def test_the_text_is_title_line_break_abstract() -> None:
    assert record().text == "Mamba\nWe propose Mamba."


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        record().title = "Another"  # type: ignore[misc]


def test_two_papers_are_equal_wherever_they_were_read() -> None:
    assert record(source="a.csv:2") == record(source="b.jsonl:1")


def test_every_kind_has_roles_and_the_last_one_says_least() -> None:
    assert tuple(ROLES) == KINDS
    assert {kind: roles[-1] for kind, roles in ROLES.items()} == {
        "Method": "mentioned",
        "Dataset": "mentioned",
        "Metric": "mentioned",
        "Task": "mentioned",
        "Repository": "other",
    }


@pytest.mark.parametrize(
    ("title", "folded"),
    [
        ("Mamba: Linear-Time  Modeling!", "mamba linear time modeling"),
        ("Schrödinger Bridges", "schrodinger bridges"),
        ("ﬁne ① tuning", "fine 1 tuning"),
    ],
)
def test_a_title_is_folded_to_its_plain_words(title: str, folded: str) -> None:
    assert folded_title(title) == folded


def test_an_id_from_a_title_does_not_depend_on_case_or_punctuation() -> None:
    assert title_id("Mamba: A Study") == title_id("MAMBA - a study.") == "p7334cb6a"


def test_titles_without_latin_letters_have_ids_of_their_own() -> None:
    assert title_id("深度学习") != title_id("机器学习")


@pytest.mark.parametrize(
    ("field", "one", "other", "kept"),
    [
        ("published", "", "2024", "2024"),
        ("published", "2024-01-02", "2023-12-01", "2023-12-01"),
        ("published", "2023", "2023-12-01", "2023-12-01"),
        ("published", "2023-12", "2023", "2023-12"),
        ("url", "", "https://a.example", "https://a.example"),
        ("authors", (), ("Ada",), ("Ada",)),
        ("authors", ("Ada",), ("Ada", "Bo"), ("Ada", "Bo")),
        ("categories", ("cs.LG", "cs.CL"), ("cs.LG",), ("cs.LG", "cs.CL")),
        ("source", "", "a.csv:2", "a.csv:2"),
        ("source", "b.csv:2", "a.csv:9", "a.csv:9"),
    ],
)
def test_of_two_records_what_says_more_is_kept(
    field: str, one: object, other: object, kept: object
) -> None:
    whole = merged(record(**{field: one}), record(**{field: other}))

    assert getattr(whole, field) == kept


def test_what_only_one_of_two_records_states_is_kept_from_both() -> None:
    whole = merged(record(url="https://a.example"), record(published="2023", authors=("Ada",)))

    assert whole == record(url="https://a.example", published="2023", authors=("Ada",))


@given(RECORDS, RECORDS)
def test_merging_does_not_depend_on_the_order(one: Paper, other: Paper) -> None:
    assert asdict(merged(one, other)) == asdict(merged(other, one))


@given(RECORDS, RECORDS, RECORDS)
def test_merging_three_does_not_depend_on_which_two_come_first(
    one: Paper, two: Paper, three: Paper
) -> None:
    assert asdict(merged(merged(one, two), three)) == asdict(merged(one, merged(two, three)))


@given(RECORDS, RECORDS)
def test_merging_again_changes_nothing(one: Paper, other: Paper) -> None:
    whole = merged(one, other)

    assert asdict(merged(whole, whole)) == asdict(whole)
    assert asdict(merged(whole, other)) == asdict(whole)


@given(RECORDS, RECORDS)
def test_merging_loses_nothing_that_is_stated(one: Paper, other: Paper) -> None:
    whole = merged(one, other)

    for field in fields(Paper):
        stated = getattr(one, field.name) or getattr(other, field.name)
        assert bool(getattr(whole, field.name)) == bool(stated)


def test_a_digest_tells_texts_apart_also_where_one_holds_half_a_surrogate_pair() -> None:
    texts = ["a", "b", "a ", "", "\ud800", "é", "e\u0301"]

    assert len({text_digest(text) for text in texts}) == len(texts)
    assert len(text_digest("a")) == 32
