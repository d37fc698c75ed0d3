"""CSV: header, delimiters, quoting, and rows that are none."""

from pathlib import Path

import pytest

from kg.records import Paper, Rejected
from kg.sources import read

CURE = "close each quoted cell, and double the quotes in it"


def parsed(tmp_path: Path, table: str) -> list[tuple[str, str] | str]:
    """Title and abstract of each paper; line and reason of each rejected record."""
    path = tmp_path / "papers.csv"
    path.write_text(table, encoding="utf-8", newline="")
    return [
        (record.title, record.abstract)
        if isinstance(record, Paper)
        else f"{record.where.rpartition(':')[2]}: {record.reason}"
        for record in read([path])
    ]


def test_all_columns_of_a_paper_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "papers.csv"
    path.write_text(
        "Id,Title,Abstract,Published,Authors,Categories,Likes\n"
        '2312.00752,Mamba,"Fast, and ""linear"".",2023-12-01,"A. Gu, T. Dao",cs.LG,7\n'
    )

    assert list(read([path])) == [
        Paper(
            id="2312.00752",
            title="Mamba",
            abstract='Fast, and "linear".',
            published="2023-12-01",
            url="https://arxiv.org/abs/2312.00752",
            authors=("A. Gu", "T. Dao"),
            categories=("cs.LG",),
        )
    ]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("title,abstract\nT,A; B\n", id="comma"),
        pytest.param("title;abstract\nT;A; B\n".replace("A; B", '"A; B"'), id="semicolon"),
        pytest.param("title\tabstract\nT\tA; B\n", id="tab"),
        pytest.param("summary,n,title\nA; B,1,T\n", id="summary"),
        pytest.param('\ufeff"TITLE","Abstract"\r\n"T","A; B"\r\n', id="as Excel writes"),
        pytest.param('title,abstract\nT,"A;\nB"\n', id="line break in a cell"),
        pytest.param('title,abstract\r\nT,"A;\r\n\r\nB"\r\n', id="Windows line ends"),
        pytest.param("\n\ntitle,abstract\n\nT,A; B\n,\n", id="blank rows"),
        pytest.param("title,abstract\nT,A; B", id="no line break at the end"),
    ],
)
def test_a_table_is_read_however_it_was_written(tmp_path: Path, table: str) -> None:
    assert parsed(tmp_path, table) == [("T", "A; B")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "T,A, B\nU,C\n",
            ["2: has 3 cells, but the header 2; a cell that holds the delimiter needs quotes"],
        ),
        (
            "T\nU,C\n",
            ["2: has 1 cells, but the header 2; a cell that holds the delimiter needs quotes"],
        ),
        (",A\nU,C\n", ["2: has no title; a paper needs a title and an abstract"]),
        ('"T"x,A\nU,C\n', [f"""2: is no row of a table (',' expected after '"'); {CURE}"""]),
        ('"T,A\nU,C\n', [f"2: is no row of a table (unexpected end of data); {CURE}"]),
        (
            "T," + "x" * 140_000 + "\nU,C\n",
            [f"2: is no row of a table (field larger than field limit (131072)); {CURE}"],
        ),
    ],
)
def test_a_bad_row_is_rejected_and_the_next_is_kept(
    tmp_path: Path, rows: str, expected: list[object]
) -> None:
    assert parsed(tmp_path, "title,abstract\n" + rows) == [*expected, ("U", "C")]


def test_rows_behind_an_open_quote_are_kept(tmp_path: Path) -> None:
    rows = [f"T{number},A{number}\n" for number in range(20_000)]

    records = parsed(tmp_path, 'title,abstract\n"open,A\n' + "".join(rows))

    assert len(records) == 20_001
    assert str(records[0]).startswith("2: is no row of a table")
    assert records[-1] == ("T19999", "A19999")


def test_the_place_of_a_row_is_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "papers.csv"
    path.write_text('title,abstract\nT,"A\nB"\nU,C\n')

    places = [record.source for record in read([path]) if isinstance(record, Paper)]

    assert places == [f"{path}:2", f"{path}:4"]


def test_a_row_in_another_encoding_is_rejected_alone(tmp_path: Path) -> None:
    path = tmp_path / "papers.csv"
    path.write_bytes(b'title,abstract\nT,"A\nCaf\xe9"\nU,C\n')

    rejected, paper = read([path])

    assert rejected == Rejected(
        f"{path}:2", "byte 4 of the line is not UTF-8; save the file as UTF-8"
    )
    assert isinstance(paper, Paper)


def test_a_row_that_never_ends_is_rejected(tmp_path: Path) -> None:
    endless = 'T,"\n' + '",a,"\n' * 100_000

    records = parsed(tmp_path, "title,abstract\n" + endless)

    assert str(records[0]).startswith("2: is no row of a table (unexpected end of data)")
