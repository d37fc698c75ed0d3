"""What the command line shows: rows as table, JSON or CSV, one line an error, progress."""

import csv
import io
import json
from collections.abc import Iterator

import pytest

from kg.records import Extraction, Mention, Paper, Result, Term
from kg.stores.protocol import Rows
from kg.tables import counted, print_table, printable
from kg.terminal import (
    print_error,
    print_extraction,
    print_json,
    print_json_line,
    print_line,
    print_rows,
    progress,
)

Captured = pytest.CaptureFixture[str]
ROWS = Rows(
    ("paper", "score", "tags", "code"),
    [
        {"paper": "Mamba", "score": 97.5, "tags": ["a", "b"], "code": None},
        {"paper": "S4, β", "score": 8, "tags": [], "code": {"host": "x"}},
    ],
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("β 深度 🐍", "β 深度 🐍"),
        ("two\nlines\r\nand\u2028more", "two lines and more"),
        ("\x1b[31mred\x07", "\ufffd[31mred\ufffd"),
        ("\u202eevil\ud800", "\ufffdevil\ufffd"),
        ("", ""),
    ],
)
def test_what_would_steer_a_terminal_is_marked(text: str, shown: str) -> None:
    assert printable(text) == shown
    assert printable(shown) == shown


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 papers"), (1, "1 paper"), (2, "2 papers"), (2_000, "2,000 papers")]
)
def test_things_are_counted_in_words(count: int, words: str) -> None:
    assert counted(count, "paper") == words


def test_lines_go_to_stdout_and_errors_to_stderr_each_in_one_line(capsys: Captured) -> None:
    print_line("a\nb")
    print_error("c\nd\x1b")

    assert capsys.readouterr() == ("a b\n", "c d\ufffd\n")


def test_json_is_readable_and_keeps_letters(capsys: Captured) -> None:
    print_json({"name": "β"})
    print_json_line({"name": "β\n\x1b"})

    assert capsys.readouterr().out == '{\n  "name": "β"\n}\n{"name": "β\\n\\u001b"}\n'


def test_rows_as_a_table(capsys: Captured) -> None:
    print_rows(ROWS)

    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == [
        "paper  score  tags  code",
        "Mamba   97.5  a, b",
        'S4, β      8        {"host": "x"}',
        "2 rows",
    ]


def test_rows_as_json(capsys: Captured) -> None:
    print_rows(ROWS, as_json=True)

    assert json.loads(capsys.readouterr().out) == list(ROWS)


def test_rows_as_csv(capsys: Captured) -> None:
    print_rows(ROWS, as_csv=True)

    assert list(csv.reader(io.StringIO(capsys.readouterr().out))) == [
        ["paper", "score", "tags", "code"],
        ["Mamba", "97.5", "a, b", ""],
        ["S4, β", "8", "", '{"host": "x"}'],
    ]


def test_no_rows_are_counted_and_keep_the_head_of_csv(capsys: Captured) -> None:
    print_rows(Rows(("paper",)))
    print_rows(Rows(("paper",)), as_csv=True)
    print_rows(Rows(("paper",)), as_json=True)

    assert capsys.readouterr().out == "0 rows\npaper\n[]\n"


def test_numbers_stand_to_the_right_where_some_are_not_stated(capsys: Captured) -> None:
    print_table(("papers",), [{"papers": 12}, {"papers": None}, {"papers": ""}])
    print_table(("papers", "name"), [{"papers": None, "name": "S4"}])

    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == [
        "papers", "    12", "", "", "3 rows", "name", "S4", "1 row",
    ]  # fmt: skip


def test_columns_that_another_one_holds_are_left_out_of_tables(capsys: Captured) -> None:
    row = {"evidence": "It beats S4.", "words": "S4", "start": 9, "stop": 11, "code": None}

    print_table(tuple(row), [row])
    print_table(("start",), [{"start": 9}])

    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["evidence", "words"],
        ["It", "beats", "S4.", "S4"],
        ["1", "row"],
        ["start"],
        ["9"],
        ["1", "row"],
    ]


def test_the_evidence_stands_below_its_row_with_its_words_marked(capsys: Captured) -> None:
    rows = [
        {"value": value, "evidence": "It has 2 of 12 and 3.", "words": value, "code": ""}
        for value in ("2", "3")
    ]

    print_table(tuple(rows[0]), rows)

    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == [
        "value",
        "2",
        "    It has [2] of 12 and 3.",
        "3",
        "    It has 2 of 12 and [3].",
        "2 rows",
    ]


def test_columns_are_folded_so_that_evidence_stands_below_them(capsys: Captured) -> None:
    row = {"title": "word " * 40, "id": "x1", "evidence": "It is so.", "words": "so"}

    print_table(tuple(row), [row])

    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 120
    assert lines[1].rstrip().endswith("x1")
    assert lines[-2].rstrip() == "    It is [so]."


def test_a_table_takes_text_as_it_stands(capsys: Captured) -> None:
    row = {"[b]name[/b]": "[red]x[/red] \x1b[1m :snake: (a|b)*", "words": "(a|b)*"}

    print_table(tuple(row), [row], footer="[dim]1[/dim]")

    out = capsys.readouterr().out
    assert "[red]x[/red] \ufffd[1m :snake: (a|b)*" in out
    assert "[dim]1[/dim]" in out
    assert "[b]name[/b]" in out


def test_a_long_cell_is_folded_and_nothing_of_it_is_lost(capsys: Captured) -> None:
    print_table(("name",), [{"name": "x" * 500}])

    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 120
    assert "".join(lines).count("x") == 500


def test_an_extraction_is_a_title_a_table_and_its_results(capsys: Captured) -> None:
    terms = (
        Term("Method", "Mamba", "proposed", True, (Mention(0, 5, "Mamba", 0.9),)),
        Term("Metric", "accuracy", "mentioned", False, (Mention(9, 17, "accuracy", 0.8),)),
    )
    found = (Result(20, 25, " 97.5%", 97.5, "%", "value", 0.7, method=0, metric=1),)

    print_extraction(Paper("2312.00752", "Mamba", "..."), Extraction("2312.00752", terms, found))

    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        [],
        ["2312.00752", "Mamba"],
        ["kind", "name", "role", "mentions", "confidence"],
        ["Method", "Mamba", "proposed", "1", "0.9"],
        ["Metric", "(accuracy)", "mentioned", "1", "0.8"],
        ["2", "terms,", "1", "result"],
        ["97.5%", "(value):", "Mamba,", "accuracy"],
    ]


def test_progress_hands_items_on_as_they_are_asked_for(capsys: Captured) -> None:
    drawn = []

    def items() -> Iterator[int]:
        for number in range(9):
            drawn.append(number)
            yield number

    first = next(progress(items(), "reading", 9))

    assert (first, drawn) == (0, [0])
    assert list(progress(items(), "reading", None)) == list(range(9))
    assert capsys.readouterr() == ("", "")


def test_a_table_that_would_not_fit_has_a_line_for_each_column(capsys: Captured) -> None:
    columns = [f"column{number}" for number in range(12)]
    row = {column: f"value of {column}" for column in columns}

    print_table(columns, [row])

    lines = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()]
    assert [line[0] for line in lines[:12]] == columns
    assert [line[1].strip() for line in lines[:12]] == list(row.values())
