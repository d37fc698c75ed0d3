"""Correcting: a curator's word is written into a table, heeded at once, and can be undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from papers import extract_marks, new_ledger, paper

from kg.corrections import What
from kg.errors import CorrectionError, UnknownNameError
from kg.ledger import Ledger
from kg.resolve import resolve
from kg.resolve.correcting import correct
from kg.rows import write_paper

ABSTRACTS = (
    "Method:Mamba Dataset:CIFAR-10 https://github.com/o/n",
    "Method:Mamba Metric:Mamba Metric:Acc",
    "Method:Yarn Method:LoRA",
    "Method:Zorb Task:Zorb Method:LoRa",
    "Method:LoRA https://github.com/o/m",
)
HEAD = "correction\tentity\tvalue\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with new_ledger(tmp_path) as ledger:
        keep(ledger, *ABSTRACTS)
        yield ledger


def keep(ledger: Ledger, *abstracts: str, first: int = 0) -> None:
    papers = [paper(f"{first + at}", abstract) for at, abstract in enumerate(abstracts)]
    for one, extraction in zip(papers, extract_marks(papers), strict=True):
        write_paper(ledger, one, extraction, "rules")
    resolve(ledger)


def methods(ledger: Ledger) -> dict[str, int]:
    """The methods with the papers that name each."""
    rows = ledger.rows("SELECT key, papers FROM entities WHERE kind = 'Method' ORDER BY key")
    return dict(rows)


def table(ledger: Ledger) -> list[str]:
    """The rows of the table of corrections."""
    head, *rows = ledger.path.with_name("corrections.tsv").read_text("utf-8").splitlines()
    assert head == HEAD.rstrip("\n")
    return [row.replace("\t", " ") for row in rows]


def test_a_merge_makes_two_entities_one(ledger: Ledger) -> None:
    correct(ledger, "merge", "Mamba", "Yarn")

    assert methods(ledger) == {"lora": 3, "mamba": 3, "zorb": 1}
    assert table(ledger) == ["merge method:mamba method:yarn"]


def test_a_paper_that_names_both_counts_once_behind_a_merge(ledger: Ledger) -> None:
    correct(ledger, "merge", "LoRA", "Zorb")

    assert methods(ledger)["lora"] == 3


def test_a_split_undoes_a_merge_and_leaves_no_row(ledger: Ledger) -> None:
    before = methods(ledger)

    correct(ledger, "merge", "Mamba", "Yarn")
    correct(ledger, "split", "Mamba", "Yarn")

    assert methods(ledger) == before
    assert table(ledger) == []


def test_a_merge_undoes_a_split_and_leaves_no_row(ledger: Ledger) -> None:
    before = methods(ledger)

    correct(ledger, "split", "LoRA", "LoRa")
    between = methods(ledger)
    correct(ledger, "merge", "LoRA", "method:lora=LoRa")

    assert (between["lora"], between["lora=LoRa"]) == (2, 1)
    assert methods(ledger) == before
    assert table(ledger) == []


def test_split_and_merge_may_follow_each_other_without_end(ledger: Ledger) -> None:
    states = []
    for _ in range(3):
        correct(ledger, "split", "LoRA", "LoRa")
        states.append(methods(ledger).get("lora=LoRa"))
        correct(ledger, "merge", "LoRA", "method:lora=LoRa")
        states.append(methods(ledger).get("lora=LoRa"))

    assert states == [1, None, 1, None, 1, None]


def test_a_split_that_undoes_a_merge_stands_where_a_rule_would_join_again(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "other") as ledger:
        keep(ledger, *["Task:Zorb"] * 8, "Method:Zorb")
        correct(ledger, "split", "Task:Zorb", "Method:Zorb")
        correct(ledger, "merge", "Task:Zorb", "Method:Zorb")

        correct(ledger, "split", "Task:Zorb", "Method:Zorb")

        assert methods(ledger) == {"zorb": 1}
        assert table(ledger) == ["split task:zorb Method:Zorb"]


def test_what_is_merged_into_something_leads_a_later_merge_there(ledger: Ledger) -> None:
    correct(ledger, "merge", "Mamba", "Yarn")

    correct(ledger, "merge", "Yarn", "Zorb")

    assert methods(ledger) == {"lora": 3, "mamba": 4}
    assert table(ledger) == ["merge method:mamba method:yarn", "merge method:mamba method:zorb"]


def test_merges_in_a_chain_lead_to_its_end(ledger: Ledger) -> None:
    correct(ledger, "merge", "Yarn", "Zorb")
    correct(ledger, "merge", "Mamba", "Yarn")

    assert methods(ledger) == {"lora": 3, "mamba": 4}


def test_of_a_chain_one_link_can_be_split_off_again(ledger: Ledger) -> None:
    correct(ledger, "merge", "Yarn", "Zorb")
    correct(ledger, "merge", "Mamba", "Yarn")

    correct(ledger, "split", "Mamba", "Zorb")

    assert methods(ledger) == {"lora": 3, "mamba": 3, "zorb": 1}


def test_a_new_name_takes_the_place_of_an_earlier_one(ledger: Ledger) -> None:
    for name in ("First", "Second", "Mamba"):
        correct(ledger, "rename", "method:mamba", name)

    names = ledger.rows(
        "SELECT name, aliases FROM entities WHERE (kind, key) = ('Method', 'mamba')"
    )
    assert list(names) == [("Mamba", "[]")]
    assert table(ledger) == ["rename method:mamba Mamba"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("a\tb\nc", "a b c"),
        ("  spaced   out ", "spaced out"),
        ("\"quoted\" 'both'", "\"quoted\" 'both'"),
        ("Mamba 😀 β", "Mamba 😀 β"),
        ("x" * 5_000, "x" * 5_000),
        ("\udcff", "\ufffd\ufffd\ufffd"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("'; DROP TABLE entities; --", "'; DROP TABLE entities; --"),
        ("\\'}) DETACH DELETE n //", "\\'}) DETACH DELETE n //"),
    ],
)
def test_any_text_may_be_a_name_and_stands_in_one_cell(
    ledger: Ledger, typed: str, name: str
) -> None:
    correct(ledger, "rename", "Mamba", typed)

    shown = ledger.rows("SELECT name FROM entities WHERE (kind, key) = ('Method', 'mamba')")
    assert list(shown) == [(name,)]
    assert table(ledger) == [f"rename method:mamba {name}"]


def test_a_block_takes_the_entity_out_and_nothing_else(ledger: Ledger) -> None:
    correct(ledger, "block", "Method:Zorb")

    assert methods(ledger) == {"lora": 3, "mamba": 2, "yarn": 1}
    assert list(ledger.rows("SELECT kind FROM entities WHERE key = 'zorb'")) == [("Task",)]


def test_the_same_correction_twice_is_one_row(ledger: Ledger) -> None:
    correct(ledger, "rename", "Mamba", "M")
    correct(ledger, "rename", "Mamba", "M")

    assert table(ledger) == ["rename method:mamba M"]


@pytest.mark.parametrize(
    ("what", "typed", "value", "message"),
    [
        ("merge", "Mamba", "Mamba", '"Mamba" is method:mamba already'),
        ("merge", "Mamba", "https://github.com/o/n", "a repository is nothing else"),
        ("merge", "https://github.com/o/n", "Mamba", "a repository is nothing else"),
        ("rename", "https://github.com/o/n", "N", "is called by its address"),
        ("rename", "Mamba", " \t", "the new name of method:mamba is empty"),
        ("split", "Mamba", "Yarn", 'method:mamba is never written "Yarn"; it is written Mamba'),
        ("split", "Mamba", "", 'method:mamba is never written ""'),
        ("split", "Mamba", "Mamba", "only name of method:mamba; rename or block it"),
    ],
)
def test_a_correction_that_makes_no_sense_changes_nothing(
    ledger: Ledger, what: What, typed: str, value: str, message: str
) -> None:
    before = methods(ledger)

    with pytest.raises(CorrectionError, match=message):
        correct(ledger, what, typed, value)

    assert methods(ledger) == before
    assert not ledger.path.with_name("corrections.tsv").exists()


def test_an_unknown_name_is_not_corrected(ledger: Ledger) -> None:
    with pytest.raises(UnknownNameError):
        correct(ledger, "merge", "Mamba", "nobody")

    assert not ledger.path.with_name("corrections.tsv").exists()


def test_two_repositories_may_be_one(ledger: Ledger) -> None:
    correct(ledger, "merge", "https://github.com/o/n", "https://github.com/o/m")

    repositories = ledger.rows("SELECT key, papers FROM entities WHERE kind = 'Repository'")
    assert list(repositories) == [("github.com/o/n", 2)]


def test_corrections_hold_for_papers_that_come_later(ledger: Ledger) -> None:
    correct(ledger, "merge", "Mamba", "Yarn")
    correct(ledger, "split", "LoRA", "LoRa")
    correct(ledger, "block", "Zorb")

    keep(ledger, "Method:Yarn Method:LoRa Method:Zorb", first=90)

    assert methods(ledger) == {"lora": 2, "lora=LoRa": 2, "mamba": 4}


def test_a_ledger_that_is_made_anew_beside_the_table_is_the_same(
    ledger: Ledger, tmp_path: Path
) -> None:
    correct(ledger, "merge", "Mamba", "Yarn")
    correct(ledger, "split", "LoRA", "LoRa")
    correct(ledger, "rename", "Mamba", "MAMBA")
    other = tmp_path / "other"
    other.mkdir()
    (other / "corrections.tsv").write_bytes((tmp_path / "corrections.tsv").read_bytes())

    with new_ledger(other) as again:
        keep(again, *reversed(ABSTRACTS))

        assert methods(again) == methods(ledger) == {"lora": 2, "lora=LoRa": 1, "mamba": 3,
                                                     "zorb": 1}  # fmt: skip


def test_without_the_table_all_is_as_the_rules_say(ledger: Ledger, tmp_path: Path) -> None:
    before = methods(ledger)
    correct(ledger, "merge", "Mamba", "Yarn")
    correct(ledger, "split", "LoRA", "LoRa")

    (tmp_path / "corrections.tsv").unlink()
    resolve(ledger)

    assert methods(ledger) == before
