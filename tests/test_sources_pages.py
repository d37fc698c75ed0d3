"""Daily Papers pages as others may save them: line ends, footers, missing and long abstracts."""

from pathlib import Path

import pytest

from kg.records import Paper, Rejected
from kg.sources import read

PAGE = """\
new

Get trending papers in your email inbox!

Subscribe

Daily Papers

byAK and the research community

Jan 7

First Title

We study one thing.

  • 10 authors
·
Aug 13, 2025 1

Second: Is It a Title?

We study another.

HKUST
·
Dec 1, 2025
"""


def parsed(tmp_path: Path, page: str) -> list[tuple[str, str, str] | str]:
    """Title, abstract and date of each paper; line and reason of each rejected record."""
    path = tmp_path / "page.txt"
    path.write_text(page, encoding="utf-8", newline="")
    return [
        (record.title, record.abstract, record.published)
        if isinstance(record, Paper)
        else f"{record.where.rpartition(':')[2]}: {record.reason}"
        for record in read([path])
    ]


ENTRIES = [
    ("First Title", "We study one thing.", "2025-08-13"),
    ("Second: Is It a Title?", "We study another.", "2025-12-01"),
]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(PAGE, id="as saved"),
        pytest.param("\ufeff" + PAGE, id="byte order mark"),
        pytest.param(PAGE.replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param(PAGE.replace("\n", " \t\n  "), id="spaces around lines"),
        pytest.param(PAGE.replace("\n\n", "\n\n\n \n"), id="several blank lines"),
        pytest.param(PAGE[PAGE.index("Daily") :], id="without banner"),
        pytest.param(PAGE[PAGE.index("First") :], id="entries only"),
        pytest.param(PAGE.replace("\n\n  •", "\n•"), id="footer behind the abstract"),
        pytest.param(PAGE.rstrip("\n"), id="no line break at the end"),
        pytest.param(PAGE.replace("First Title", "First\nTitle"), id="title in two lines"),
        pytest.param(PAGE.replace("one thing", "one\nthing"), id="abstract in two lines"),
    ],
)
def test_a_page_gives_its_entries_however_it_was_saved(tmp_path: Path, page: str) -> None:
    assert parsed(tmp_path, page) == ENTRIES


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ("One\n\nA.\n\nTwo\n\nB.\n", [("One", "A.", ""), ("Two", "B.", "")]),
        ("One\n\nA.\n\nA, more.\n\nTwo\n\nB.\n", [("One", "A. A, more.", ""), ("Two", "B.", "")]),
        ("One\n\nA.\n\nCode: https://a.b/c\n", [("One", "A. Code: https://a.b/c", "")]),
        (
            "One\n\nTwo\n\nB.\n",
            ["3: has no abstract; a paper needs a title and an abstract", ("Two", "B.", "")],
        ),
        (
            "One\n\n• 1 authors\n·\nMay 1, 2025\n\nTwo\n\nB.\n",
            ["3: has no abstract; a paper needs a title and an abstract", ("Two", "B.", "")],
        ),
        (
            "One\n\nA.\n\nX\n·\nMay 1, 2025\n\nWait.\n\nB.\n",
            [("One", "A.", "2025-05-01"), ("Wait.", "B.", "")],
        ),
        ("One\n\nA.\n\nX\n·\nMay 1, 2025 12\n", [("One", "A.", "2025-05-01")]),
        (
            "One\n\n" + "word " * 10_001 + ".\n\nTwo\n\nB.\n",
            ["3: the abstract has 50,006 characters; at most 50,000 are read", ("Two", "B.", "")],
        ),
        ("", []),
    ],
)  # fmt: skip
def test_an_entry_ends_where_the_next_title_or_its_footer_is(
    tmp_path: Path, entries: str, expected: list[object]
) -> None:
    assert parsed(tmp_path, "Daily Papers\n\n" + entries) == expected


@pytest.mark.parametrize(
    ("link", "whole"),
    [
        ("https://github.com/state-spaces/\nmamba.", "https://github.com/state-spaces/mamba."),
        ("https://github.com/\n state-spaces/mamba", "https://github.com/state-spaces/mamba"),
        ("https://\ngithub.com/state-spaces/mamba", "https://github.com/state-spaces/mamba"),
        ("https://github.com/state-\nspaces/mamba", "https://github.com/state-spaces/mamba"),
        ("(github.com/a/\r\nb)", "(github.com/a/b)"),
        ("huggingface.co/datasets/a/\nb", "huggingface.co/datasets/a/b"),
        ("https://github.com/a/b\nand more", "https://github.com/a/b and more"),
        ("https://a.github.io/\nWe", "https://a.github.io/ We"),
        ("https://github.com/a/ b", "https://github.com/a/ b"),
        ("state-\nof-the-art", "state- of-the-art"),
    ],
)
def test_a_link_broken_by_a_line_end_is_whole_again(tmp_path: Path, link: str, whole: str) -> None:
    page = f"Daily Papers\n\nTitle\n\nCode is at {link} here.\n"

    assert parsed(tmp_path, page) == [("Title", f"Code is at {whole} here.", "")]


def test_an_entry_in_another_encoding_is_rejected_alone(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(PAGE.encode().replace(b"another", b"caf\xe9"))

    first, second = read([path])

    assert isinstance(first, Paper)
    assert second == Rejected(
        f"{path}:21", "byte 13 of the line is not UTF-8; save the file as UTF-8"
    )


def test_the_place_of_an_entry_is_the_line_of_its_title(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")

    places = [paper.source for paper in read([path]) if isinstance(paper, Paper)]
    assert places == [f"{path}:13", f"{path}:21"]
