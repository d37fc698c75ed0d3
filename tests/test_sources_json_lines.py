"""JSON Lines: an object a line, and what is no object."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.records import Paper, Rejected
from kg.sources import read
from kg.sources.fields import record_of

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

GOOD = '{"id": "2312.00752", "title": "Mamba", "abstract": "We propose Mamba."}'


def records_of(tmp_path: Path, *lines: str) -> list[Paper | Rejected]:
    path = tmp_path / "papers.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
    return list(read([path]))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"title": "T", "abstract": ', "is not JSON: Expecting value at column 28"),
        ("hello", "is not JSON: Expecting value at column 1"),
        ("[1, 2]", 'is JSON, but no object such as {"title": ..., "abstract": ...}'),
        ('"text"', 'is JSON, but no object such as {"title": ..., "abstract": ...}'),
        ("null", 'is JSON, but no object such as {"title": ..., "abstract": ...}'),
        ("[" * 100_000, "is JSON that cannot be read: too long a number or too deep"),
        ("9" * 5_000, "is JSON that cannot be read: too long a number or too deep"),
        ("{}", "has no title; a paper needs a title and an abstract"),
        ('{"title": "T"}', "has no abstract; a paper needs a title and an abstract"),
        ('{"title": "T", "abstract": ["A"]}', "abstract is a list; it must be text"),
    ],
)
def test_a_bad_line_is_rejected_and_the_others_are_kept(
    tmp_path: Path, line: str, reason: str
) -> None:
    place = str(tmp_path / "papers.jsonl")

    first, rejected, last = records_of(tmp_path, GOOD, line, GOOD)

    assert isinstance(first, Paper)
    assert rejected == Rejected(f"{place}:2", reason)
    assert isinstance(last, Paper)


@pytest.mark.parametrize("line", ["[1, 2]", "# papers", '{"title": ', "{broken", "\0"])
def test_a_bad_first_line_does_not_hide_the_format(tmp_path: Path, line: str) -> None:
    rejected, paper = records_of(tmp_path, line, GOOD)

    assert isinstance(rejected, Rejected)
    assert isinstance(paper, Paper)


@pytest.mark.parametrize("start", ["", "\ufeff", "\n\n", " "])
@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n \n"])
def test_blank_lines_marks_and_line_ends_do_not_count(tmp_path: Path, start: str, end: str) -> None:
    assert len(records_of(tmp_path, start + GOOD + end)) == 1


def test_text_is_made_plain(tmp_path: Path) -> None:
    (paper,) = records_of(
        tmp_path, '{"title": "A\\ud800\tB", "abstract": "C\\u0000\\nD \\ud83d\\ude00"}'
    )

    assert isinstance(paper, Paper)
    assert paper.title == "A\ufffd B"
    assert paper.abstract == "C D \U0001f600"


def test_a_link_broken_by_a_line_end_is_whole_again(tmp_path: Path) -> None:
    (paper,) = records_of(
        tmp_path, '{"title": "T", "abstract": "At https://github.com/a/\\n  b. We"}'
    )

    assert isinstance(paper, Paper)
    assert paper.abstract == "At https://github.com/a/b. We"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
field_names = st.sampled_from(["id", "title", "abstract", "date", "url", "authors", "categories"])


@unhurried
@given(st.dictionaries(field_names, json_values))
def test_any_object_is_a_paper_or_rejected_with_a_reason(fields: dict[str, object]) -> None:
    record = record_of(json.loads(json.dumps(fields)), "here:1")

    if isinstance(record, Rejected):
        assert len(record.reason.splitlines()) == 1
    else:
        assert record.id
        assert record.title
        assert record.abstract
