"""Counts: what papers add up to, the same whatever has come and gone."""

import pytest
from papers import extract_marks, paper

from kg.ledger import Ledger
from kg.rows import remove_paper, write_paper

TABLES = ("counts", "spellings", "expansions")


def keep(ledger: Ledger, **abstracts: str) -> None:
    papers = [paper(paper_id, abstract) for paper_id, abstract in abstracts.items()]
    for one, extraction in zip(papers, extract_marks(papers), strict=True):
        write_paper(ledger, one, extraction, "rules")


def rows(ledger: Ledger, table: str) -> list[tuple[object, ...]]:
    return sorted(ledger.rows(f"SELECT * FROM {table}"))


def test_a_key_counts_once_a_paper_and_kind(ledger: Ledger) -> None:
    keep(ledger, a="Method:Zorb/used Method:zorb Task:Zorb", b="Method:ZORB")

    assert rows(ledger, "counts") == [("zorb", "Method", 2, 1), ("zorb", "Task", 1, 0)]


def test_a_spelling_counts_once_a_paper(ledger: Ledger) -> None:
    keep(ledger, a="Method:Zorb Method:Zorb Method:zorb", b="Method:Zorb")

    assert rows(ledger, "spellings") == [
        ("Method", "zorb", "Zorb", 2, 0),
        ("Method", "zorb", "zorb", 1, 0),
    ]


def test_a_name_of_the_users_list_counts_as_given(ledger: Ledger) -> None:
    keep(ledger, a="Method:Zorb! Method:zorb", b="Method:Zorb")

    assert rows(ledger, "spellings") == [
        ("Method", "zorb", "Zorb", 2, 1),
        ("Method", "zorb", "zorb", 1, 0),
    ]


def test_what_an_acronym_stands_for_counts_once_a_paper(ledger: Ledger) -> None:
    keep(
        ledger,
        a="Method:NIM=neural-image-machine Method:NIM",
        b="Method:NIM=neural-image-machine",
        c="Method:NIM=noisy-input-model",
        d="Method:NIM",
    )

    assert rows(ledger, "expansions") == [
        ("nim", "neural-image-machine", 2),
        ("nim", "noisy-input-model", 1),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Method:Zorb/used",
        "Method:NIM=neural-image-machine",
        "Method:NIM=noisy-input-model =7",
        "Method:Zorb! Task:Zorb",
        "https://github.com/o/n",
        "nothing",
    ],
)
def test_a_paper_that_goes_is_taken_out_of_all_counts(ledger: Ledger, text: str) -> None:
    keep(ledger, a="Method:Zorb Method:NIM=neural-image-machine", b="Method:NIM")
    before = [rows(ledger, table) for table in TABLES]
    keep(ledger, c=text)

    remove_paper(ledger, "c")

    assert [rows(ledger, table) for table in TABLES] == before


def test_of_nothing_nothing_is_counted(ledger: Ledger) -> None:
    keep(ledger, a="Method:Zorb! Method:NIM=neural-image-machine https://github.com/o/n")

    remove_paper(ledger, "a")

    assert [rows(ledger, table) for table in TABLES] == [[], [], []]


def test_a_paper_touches_its_keys_and_its_acronyms(ledger: Ledger) -> None:
    keep(ledger, a="Method:Zorb Method:NIM=neural-image-machine")
    written = rows(ledger, "touched")
    ledger.run("DELETE FROM touched")

    remove_paper(ledger, "a")

    assert written == [("neural-image-machine",), ("nim",), ("zorb",)]
    assert rows(ledger, "touched") == written
