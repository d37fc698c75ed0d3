"""External ids: the table that says what other catalogues call an entity."""

from pathlib import Path

import pytest

from kg.errors import CorrectionError
from kg.external_ids import read_external_ids

HEAD = "kind\tname\twikidata\tpaperswithcode\n"


def table(folder: Path, text: str) -> Path:
    path = folder / "external_ids.tsv"
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Method\tMamba\tQ1\tmamba", ["wikidata:Q1", "paperswithcode:mamba"]),
        ("method\tmamba\tQ1", ["wikidata:Q1"]),
        ("Method\tMamba\t\tmamba", ["paperswithcode:mamba"]),
        ("Method\tMamba\tQ1|Q2|\t", ["wikidata:Q1", "wikidata:Q2"]),
        ("Method\tMamba", []),
    ],
)
def test_each_id_is_given_with_its_catalogue(tmp_path: Path, row: str, expected: list[str]) -> None:
    path = table(tmp_path, f"{HEAD}\n{row}\n")

    assert list(read_external_ids(path)) == [(("Method", "mamba"), one) for one in expected]


def test_where_there_is_no_table_there_are_no_ids(tmp_path: Path) -> None:
    assert list(read_external_ids(tmp_path / "external_ids.tsv")) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind\tname\n", "1: is not the head; write kind, name, wikidata with tabs between them"),
        ("name\tkind\twikidata\n", "1: is not the head; write kind, name, wikidata with tabs"),
        ("kind\tname\tWikidata\n", '1: "Wikidata" names no catalogue; write one such as wikidata'),
        ("kind\tname\twikidata\t\tx\n", '1: "" names no catalogue; write one such as wikidata'),
        (HEAD + "Method\tMamba\tQ1\tm\tx\n", "2: has 5 columns; the head has 4"),
        (HEAD + "\nThing\tMamba\tQ1\n", '3: "Thing" and "Mamba" are no kind and name; write both'),
        (HEAD + "Method\t\tQ1\n", '2: "Method" and "" are no kind and name; write both'),
        (HEAD + "Method\n", '2: "Method" and "" are no kind and name; write both'),
        (HEAD + "Method\tMamba\tQ 1\n", '2: "Q 1" is no id of wikidata; write it without spaces'),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_line_and_the_cure(
    tmp_path: Path, text: str, said: str
) -> None:
    path = table(tmp_path, text)

    with pytest.raises(CorrectionError) as error:
        list(read_external_ids(path))

    assert str(error.value).startswith(f"{path}:{said}")
    assert "\n" not in str(error.value)


def test_a_table_that_is_not_utf_8_is_named_with_the_cure(tmp_path: Path) -> None:
    path = tmp_path / "external_ids.tsv"
    path.write_bytes(HEAD.encode() + b"Method\t\xe9\tQ1\n")

    with pytest.raises(CorrectionError) as error:
        list(read_external_ids(path))

    assert str(error.value) == f"{path}: is not UTF-8; save it as UTF-8"
