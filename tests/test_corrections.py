"""Corrections: the table that a curator writes, read, checked and written."""

from pathlib import Path

import pytest

from kg.corrections import (
    Correction,
    Corrections,
    contradiction,
    entity_key,
    read_corrections,
    write_corrections,
)
from kg.errors import CorrectionError
from kg.records import EntityKey

HEAD = "correction\tentity\tvalue\n"
ROWS = (
    Correction("merge", "method:mamba", "method:mamba-ssm"),
    Correction("split", "method:lora", "LoRa"),
    Correction("rename", "method:mamba", "MAMBA é"),
    Correction("block", "method:ours", ""),
)


def table(folder: Path, text: str) -> Path:
    path = folder / "corrections.tsv"
    path.write_bytes(text.encode())
    return path


def fault(path: Path) -> str:
    with pytest.raises(CorrectionError) as error:
        read_corrections(path)
    return str(error.value)


def test_a_table_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "corrections.tsv"

    write_corrections(path, ROWS)

    assert read_corrections(path).rows == ROWS
    assert path.read_text("utf-8").splitlines()[:2] == [
        "correction\tentity\tvalue",
        "merge\tmethod:mamba\tmethod:mamba-ssm",
    ]
    assert [one.name for one in tmp_path.iterdir()] == ["corrections.tsv"]


def test_where_there_is_no_table_nothing_is_corrected(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "corrections.tsv").rows == ()


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "block\tmethod:ours\t\n",
        HEAD + "block\tmethod:ours\n",
        HEAD + "block\tmethod:ours",
        "\ufeff" + HEAD + "\n\n  block \t method:ours \n\t\t\n",
        HEAD.replace("\n", "\r\n") + "block\tmethod:ours\t\r\n",
    ],
)
def test_blanks_and_ways_to_end_a_line_say_nothing(tmp_path: Path, text: str) -> None:
    assert read_corrections(table(tmp_path, text)).rows == (Correction("block", "method:ours", ""),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("merge\ta\tb\n", "1: is not the head; write correction, entity, value with tabs"),
        (HEAD + "block\tmethod:a\t\t\n", "2: has 4 columns; the head has 3"),
        (HEAD + "block\tmethod:a\nblok\tmethod:a\n", '3: "blok" is no correction; write '),
        (HEAD + "block\tzorb\n", '2: "zorb" is no id of an entity; write one such as method:'),
        (HEAD + "block\tthing:zorb\n", '2: "thing:zorb" is no id of an entity; write one'),
        (HEAD + "block\tmethod:\n", '2: "method:" is no id of an entity; write one'),
        (HEAD + "merge\tmethod:a\n", '2: "" is no id of an entity; write one'),
        (HEAD + "merge\tmethod:a\tzorb\n", '2: "zorb" is no id of an entity; write one'),
        (HEAD + "block\tmethod:a\tb\n", "2: block takes no value"),
        (HEAD + "rename\tmethod:a\n", "2: rename needs a value in the third column"),
        (HEAD + "split\tmethod:a\n", "2: split needs a value in the third column"),
        (HEAD + "merge\tmethod:a\tmethod:a\n", "2: merges method:a into itself; take one"),
        (
            HEAD + "merge\tmethod:a\tmethod:b\nmerge\tmethod:b\tmethod:a\n",
            "3: merges method:a into itself; take one of the rows out",
        ),
        (
            HEAD
            + "merge\tmethod:a\tmethod:b\nmerge\tmethod:c\tmethod:a\nmerge\tmethod:b\tmethod:c",
            "4: merges method:c into itself; take one of the rows out",
        ),
        (
            HEAD + "merge\tmethod:a\tmethod:b\n\nmerge\tmethod:c\tmethod:b\n",
            "4: merge method:a method:b stands there, too; keep one of the two",
        ),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_line_and_the_cure(
    tmp_path: Path, text: str, said: str
) -> None:
    path = table(tmp_path, text)

    found = fault(path)

    assert found.startswith(f"{path}:{said}")
    assert "\n" not in found


def test_a_table_that_is_not_utf_8_is_named_with_the_cure(tmp_path: Path) -> None:
    path = tmp_path / "corrections.tsv"
    path.write_bytes(HEAD.encode() + b"rename\tmethod:a\t\xe9\n")

    assert fault(path) == f"{path}: is not UTF-8; save it as UTF-8"


def test_a_folder_in_the_place_of_a_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "corrections.tsv").mkdir()

    assert fault(tmp_path / "corrections.tsv").endswith("cannot be read: Is a directory")


def test_a_table_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "corrections.tsv"

    with pytest.raises(CorrectionError) as error:
        write_corrections(path, ROWS)

    assert str(error.value) == f"{path}: cannot be written: No such file or directory"


@pytest.mark.parametrize(
    ("entity", "expected"),
    [
        ("method:mamba", ("Method", "mamba")),
        ("Method:Mamba", ("Method", "mamba")),
        (" dataset : CIFAR 10 ", ("Dataset", "cifar-10")),
        ("dataset:cifar-10", ("Dataset", "cifar-10")),
        ("dataset:cifar10", ("Dataset", "cifar-10")),
        ("method:word2vec", ("Method", "word-2-vec")),
        ("method:graphneuralnetwork", ("Method", "graph-neural-network")),
        ("METRIC:pass@1", ("Metric", "pass-at-1")),
        ("method:lora=LoRa", ("Method", "lora=LoRa")),
        ("repository:github.com/o/n", ("Repository", "github.com/o/n")),
        ("Repository:https://github.com/O/n", ("Repository", "github.com/o/n")),
    ],
)
def test_an_entity_is_named_by_its_id_or_by_its_kind_and_any_spelling(
    entity: str, expected: EntityKey
) -> None:
    assert entity_key(entity) == expected


def test_rows_are_looked_up_by_what_they_correct() -> None:
    corrections = Corrections(ROWS)

    assert corrections.merged == {("Method", "mamba-ssm"): ("Method", "mamba")}
    assert corrections.names == {("Method", "mamba"): "MAMBA é"}
    assert corrections.blocked == {("Method", "ours")}
    assert corrections.splits == {("Method", "lora"): {"LoRa": "lora=LoRa"}}
    assert corrections.apart == {("Method", "lora=LoRa"): ("Method", "lora")}


@pytest.mark.parametrize(
    ("entity", "name", "usual", "own"),
    [
        ("method:lora", "LoRa", "lora", "lora=LoRa"),
        ("method:lora", "Lo Ra", "lora", "lora=Lo%20Ra"),
        ("method:retrieval-augmented-generation", "RAG", "rag", "rag"),
        ("method:zorb", "Yarn", "yarn", "yarn"),
    ],
)
def test_a_name_that_is_split_off_has_a_key_of_its_own(
    entity: str, name: str, usual: str, own: str
) -> None:
    corrections = Corrections([Correction("split", entity, name)])

    assert corrections.splits == {("Method", usual): {name: own}}


def test_a_merge_that_is_said_twice_is_said_once() -> None:
    row = Correction("merge", "method:a", "method:b")

    assert contradiction([row, row]) is None
    assert Corrections([row, row]).merged == {("Method", "b"): ("Method", "a")}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Correction("rename", "method:a", "One"), Correction("rename", "method:a", "Two")),
        (Correction("rename", "method:a", "One"), Correction("rename", "Method:A", "Two")),
        (Correction("split", "method:lora", "LoRa"), Correction("split", "method:x", "LoRa")),
    ],
)
def test_two_rows_that_say_different_things_of_one_name_are_a_contradiction(
    first: Correction, second: Correction
) -> None:
    found = contradiction([first, second])

    assert found is not None
    assert found[0] == 1
