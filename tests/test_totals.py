"""Totals: the numbers of nodes and relationships of a ledger, from its rows alone."""

from pathlib import Path

from papers import Marks, new_ledger, paper

from kg.build import update
from kg.corrections import FILE, Correction, write_corrections
from kg.ledger import Ledger
from kg.resolve import resolve
from kg.totals import counts

ABSTRACTS = (
    "Method:Zorb/proposed on Dataset:CIFAR-10/evaluated in Metric:accuracy/reported =7 =8",
    "Method:Zorb/used Method:zorb-2 Dataset:cifar10 https://github.com/o/n",
    "Method:Yarn/compared Task:Toughness/addressed",
)


def totals(folder: Path, *rows: Correction) -> dict[str, int]:
    """All labels and types of the graph of the papers, but those of which there are none."""
    with new_ledger(folder) as ledger:
        papers = [paper(f"{number}", text) for number, text in enumerate(ABSTRACTS)]
        list(update(ledger, papers, Marks()))
        return corrected(ledger, *rows)


def corrected(ledger: Ledger, *rows: Correction) -> dict[str, int]:
    write_corrections(ledger.path.with_name(FILE), rows)
    resolve(ledger)
    found = counts(ledger)
    return {name: count for part in found.values() for name, count in part.items() if count}


WHOLE = {
    "Paper": 3,
    "Method": 3,
    "Dataset": 1,
    "Metric": 1,
    "Task": 1,
    "Repository": 1,
    "Result": 2,
    "PROPOSES": 1,
    "USES": 1,
    "COMPARES_WITH": 1,
    "MENTIONS": 2,
    "EVALUATES_ON": 1,
    "REPORTS": 3,
    "ADDRESSES": 1,
    "HAS_CODE": 1,
    "OF": 2,
    "ON": 2,
    "BY": 2,
    "VERSION_OF": 1,
}


def test_nodes_and_relationships_are_counted(tmp_path: Path) -> None:
    assert totals(tmp_path) == WHOLE


def test_two_things_that_are_merged_make_one_edge_a_paper_and_no_version(tmp_path: Path) -> None:
    found = totals(
        tmp_path,
        Correction("merge", "method:yarn", "method:zorb-2"),
        Correction("merge", "method:yarn", "method:zorb"),
    )

    gone = {"VERSION_OF"}
    assert found == {name: count for name, count in WHOLE.items() if name not in gone} | {
        "Method": 1
    }


def test_what_is_blocked_is_not_counted(tmp_path: Path) -> None:
    found = totals(tmp_path, Correction("block", "dataset:cifar-10", ""))

    gone = {"Dataset", "EVALUATES_ON", "ON"}
    assert found == {name: count for name, count in WHOLE.items() if name not in gone} | {
        "MENTIONS": 1
    }


def test_what_is_of_another_kind_is_counted_as_that_and_fills_no_cell(tmp_path: Path) -> None:
    found = totals(tmp_path, Correction("merge", "task:toughness", "method:zorb"))

    gone = {"PROPOSES", "USES", "BY", "VERSION_OF"}
    assert found == {name: count for name, count in WHOLE.items() if name not in gone} | {
        "Method": 2,
        "ADDRESSES": 3,
    }
