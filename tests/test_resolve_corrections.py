"""Corrections and external ids in a ledger: what they change, and that undoing them undoes it."""

from pathlib import Path

import pytest
from papers import Marks, dump, new_ledger, paper

from kg.build import update
from kg.errors import CorrectionError
from kg.graph import edges, nodes
from kg.ledger import Ledger
from kg.resolve import is_resolved, resolve

HEAD = "correction\tentity\tvalue\n"


def build(ledger: Ledger, *abstracts: str) -> None:
    """Papers with these abstracts, numbered."""
    papers = [paper(f"{number:02}", abstract) for number, abstract in enumerate(abstracts)]
    list(update(ledger, papers, Marks()))


def write(ledger: Ledger, *rows: str) -> None:
    ledger.path.with_name("corrections.tsv").write_text(HEAD + "".join(f"{row}\n" for row in rows))


def correct(ledger: Ledger, *rows: str) -> None:
    write(ledger, *rows)
    resolve(ledger)


def external(ledger: Ledger, text: str) -> None:
    ledger.path.with_name("external_ids.tsv").write_text(text)
    resolve(ledger)


def names(ledger: Ledger) -> dict[str, tuple[str, int]]:
    """The id of each entity -> its name and how many papers name it."""
    return {
        node.id: (str(node.properties["name"]), int(str(node.properties["papers"])))
        for node in nodes(ledger)
        if "papers" in node.properties
    }


def moves(ledger: Ledger) -> dict[str, tuple[str, str]]:
    """`kind:key` -> where it leads, and why."""
    rows = ledger.rows("SELECT kind, key, to_kind, to_key, reason FROM moves")
    return {
        f"{kind.lower()}:{key}": (f"{to_kind.lower()}:{to_key}", reason)
        for kind, key, to_kind, to_key, reason in rows
    }


# --- merge


def test_what_is_merged_is_one_entity_with_the_papers_and_names_of_both(ledger: Ledger) -> None:
    build(ledger, "Method:Zorb Method:Yarn", "Method:Zorb", "Method:Yarn", "Method:Zorb")

    correct(ledger, "merge\tmethod:zorb\tmethod:yarn")

    (found,) = (node for node in nodes(ledger) if node.id == "method:zorb")
    assert found.properties["name"] == "Zorb"
    assert found.properties["aliases"] == ("Yarn",)
    assert found.properties["papers"] == 4
    assert moves(ledger) == {"method:yarn": ("method:zorb", "merged")}
    assert [(edge.source, edge.target, edge.count) for edge in edges(ledger)] == [
        ("00", "method:zorb", 2),
        ("01", "method:zorb", 1),
        ("02", "method:zorb", 1),
        ("03", "method:zorb", 1),
    ]


def test_a_chain_of_merges_leads_to_its_end_in_whatever_order_it_is_written(
    ledger: Ledger,
) -> None:
    build(ledger, "Method:Zorb", "Method:Yarn", "Method:Xyl")
    rows = ["merge\tmethod:xyl\tmethod:yarn", "merge\tmethod:yarn\tmethod:zorb"]

    correct(ledger, *rows)
    forth = names(ledger), moves(ledger)
    correct(ledger, *reversed(rows))

    assert (names(ledger), moves(ledger)) == forth
    assert forth == (
        {"method:xyl": ("Xyl", 3)},
        {"method:yarn": ("method:xyl", "merged"), "method:zorb": ("method:xyl", "merged")},
    )


def test_what_is_merged_into_a_name_that_no_paper_uses_has_its_id(ledger: Ledger) -> None:
    build(ledger, "Method:Yarn")

    correct(ledger, "merge\tmethod:zorb\tmethod:yarn")

    assert names(ledger) == {"method:zorb": ("Yarn", 1)}


def test_an_acronym_into_which_the_curator_merges_stays_itself(ledger: Ledger) -> None:
    build(ledger, "Method:Zorb", "Method:NIM", *["Method:NIM=neural-image-machine"] * 3)

    correct(ledger, "merge\tmethod:nim\tmethod:zorb")

    assert names(ledger) == {
        "method:neural-image-machine": ("NIM", 3),
        "method:nim": ("NIM", 2),
    }


def test_what_is_merged_into_an_acronym_follows_when_papers_change_what_that_stands_for(
    ledger: Ledger, tmp_path: Path
) -> None:
    first = ["Method:Zorb", "Method:NIM", *["Method:NIM=neural-image-machine"] * 3]
    every = [*first, *["Task:neural-image-machine"] * 20]
    build(ledger, *first)
    correct(ledger, "merge\tmethod:nim\tmethod:zorb")

    build(ledger, *every)

    with new_ledger(tmp_path / "at once") as at_once:
        write(at_once, "merge\tmethod:nim\tmethod:zorb")
        build(at_once, *every)
        assert moves(ledger) == moves(at_once)
        assert dump(ledger) == dump(at_once)


def test_a_split_that_goes_again_leaves_what_the_curator_merges(ledger: Ledger) -> None:
    build(ledger, *["Dataset:Zorb", "Method:Yarn"] * 2)
    correct(
        ledger,
        "merge\tmethod:rag\tdataset:zorb",
        "split\tmethod:retrieval-augmented-generation\tRAG",
    )
    before = moves(ledger)

    correct(ledger, "merge\tmethod:rag\tdataset:zorb")

    assert before == {"dataset:zorb": ("method:rag", "merged")}
    assert moves(ledger) == before


def test_things_of_two_kinds_can_be_merged(ledger: Ledger) -> None:
    build(ledger, "Method:Zorb/used", "Dataset:Yarn/evaluated =7")

    correct(ledger, "merge\tmethod:zorb\tdataset:yarn")

    assert names(ledger) == {"method:zorb": ("Yarn", 2)}
    assert [(edge.source, edge.type, edge.target) for edge in edges(ledger)] == [
        ("00", "USES", "method:zorb"),
        ("01", "USES", "method:zorb"),
        ("01", "REPORTS", "result:01:1"),
    ]


# --- split


def test_a_spelling_that_shares_the_key_is_split_off_by_its_letters(ledger: Ledger) -> None:
    build(ledger, "Method:LoRA", "Method:LoRa", "Method:LoRA Method:LoRa", "Method:lora")

    correct(ledger, "split\tmethod:lora\tLoRa")

    assert names(ledger) == {"method:lora": ("LoRA", 3), "method:lora=LoRa": ("LoRa", 1)}
    assert moves(ledger)["method:lora=LoRa"] == ("method:lora=LoRa", "split")


def test_an_acronym_that_is_split_off_stands_for_itself(ledger: Ledger) -> None:
    build(ledger, "Method:NIM", *["Method:NIM=neural-image-machine"] * 3)

    correct(ledger, "split\tmethod:neural-image-machine\tNIM")

    assert names(ledger) == {
        "method:neural-image-machine": ("NIM", 3),
        "method:nim": ("NIM", 1),
    }


def test_what_is_split_off_stays_by_itself_though_its_key_is_merged(ledger: Ledger) -> None:
    build(ledger, "Method:Zorb", "Method:Yarn")

    correct(ledger, "merge\tmethod:zorb\tmethod:yarn", "split\tmethod:zorb\tYarn")

    assert names(ledger) == {"method:yarn": ("Yarn", 1), "method:zorb": ("Zorb", 1)}


def test_papers_that_come_later_are_split_too(ledger: Ledger) -> None:
    write(ledger, "split\tmethod:lora\tLoRa")
    build(ledger, "Method:LoRA")

    build(ledger, "Method:LoRA", "Method:LoRa")

    assert names(ledger) == {"method:lora": ("LoRA", 1), "method:lora=LoRa": ("LoRa", 1)}


# --- rename, block


def test_a_renamed_entity_is_called_so_and_keeps_its_id(ledger: Ledger) -> None:
    build(ledger, "Method:Zorb", "Method:Zorb")

    correct(ledger, "rename\tmethod:zorb\tThe Zorb")

    (node,) = (node for node in nodes(ledger) if node.id == "method:zorb")
    assert node.properties["name"] == "The Zorb"
    assert node.properties["aliases"] == ("Zorb",)


def test_what_is_blocked_is_no_entity_and_makes_no_edge(ledger: Ledger) -> None:
    build(ledger, "Method:Zorb/used Method:Yarn =7", "Method:Zorb")

    correct(ledger, "block\tmethod:zorb")

    assert names(ledger) == {"method:yarn": ("Yarn", 1)}
    assert moves(ledger) == {"method:zorb": ("method:", "blocked")}
    assert [(edge.source, edge.type, edge.target) for edge in edges(ledger)] == [
        ("00", "MENTIONS", "method:yarn"),
        ("00", "REPORTS", "result:00:1"),
    ]


def test_what_leads_to_a_blocked_entity_is_blocked_too(ledger: Ledger) -> None:
    build(ledger, "Method:NIM", *["Method:NIM=neural-image-machine"] * 3, "Method:Zorb")

    correct(
        ledger,
        "merge\tmethod:neural-image-machine\tmethod:zorb",
        "block\tmethod:neural-image-machine",
    )

    assert names(ledger) == {}


def test_a_blocked_name_stays_blocked_where_a_rule_would_lead_it_elsewhere(ledger: Ledger) -> None:
    build(ledger, *["Task:Zorb"] * 2)
    correct(ledger, "block\ttask:zorb")

    build(ledger, *["Task:Zorb"] * 2, *["Method:Zorb"] * 9)

    assert names(ledger) == {"method:zorb": ("Zorb", 9)}


def test_a_new_name_goes_where_a_rule_leads_what_it_names(ledger: Ledger) -> None:
    correct(ledger, "rename\ttask:zorb\tThe Zorb")

    build(ledger, *["Task:Zorb"] * 2, *["Method:Zorb"] * 9)

    assert names(ledger) == {"method:zorb": ("The Zorb", 11)}


def test_what_was_split_off_can_be_merged_into_another(ledger: Ledger) -> None:
    build(ledger, "Method:LoRA", "Method:LoRA", "Method:LoRa", "Method:Radio")

    correct(ledger, "split\tmethod:lora\tLoRa", "merge\tmethod:radio\tmethod:lora=LoRa")

    assert names(ledger) == {"method:lora": ("LoRA", 2), "method:radio": ("LoRa", 2)}


def test_the_curator_decides_between_two_kinds(ledger: Ledger) -> None:
    build(ledger, "Task:Zorb", *["Method:Zorb"] * 9)

    correct(ledger, "merge\ttask:zorb\tmethod:zorb")

    assert names(ledger) == {"task:zorb": ("Zorb", 10)}


# --- undo


@pytest.mark.parametrize(
    "rows",
    [
        ["merge\tmethod:lora\tmethod:zorb"],
        ["merge\tmethod:lora\tmethod:zorb", "merge\tmethod:zorb\tmethod:nim"],
        ["merge\ttask:toughness\tmethod:lora"],
        ["split\tmethod:lora\tLoRa"],
        ["split\tmethod:neural-image-machine\tNIM"],
        ["rename\tmethod:lora\tThe LoRA"],
        ["block\tmethod:neural-image-machine"],
        ["block\tmethod:neural-image-machine", "merge\tmethod:nim\tmethod:zorb"],
        ["split\tmethod:lora\tLoRa", "merge\tmethod:zorb\tmethod:lora=LoRa"],
        ["block\trepository:github.com/o/n"],
    ],
)
def test_a_row_that_is_taken_out_again_leaves_no_trace(ledger: Ledger, rows: list[str]) -> None:
    build(
        ledger,
        "Method:LoRA/used Method:LoRa Task:Toughness =3",
        "Method:LoRa Method:NIM https://github.com/o/n",
        *["Method:NIM=neural-image-machine Method:Zorb"] * 3,
    )
    correct(ledger, "rename\tmethod:zorb\tZ")
    before = dump(ledger)
    correct(ledger, "rename\tmethod:zorb\tZ", *rows)
    during = dump(ledger)

    correct(ledger, "rename\tmethod:zorb\tZ")

    assert during["entities"] != before["entities"]
    assert dump(ledger) == before


# --- files


def test_a_file_that_is_edited_by_hand_is_noticed_at_the_next_look(ledger: Ledger) -> None:
    build(ledger, "Method:Zorb")
    path = ledger.path.with_name("corrections.tsv")
    states = [is_resolved(ledger)]
    for change in (lambda: write(ledger, "rename\tmethod:zorb\tZ"), path.unlink):
        change()
        states.append(is_resolved(ledger))
        resolve(ledger)
        states.append(is_resolved(ledger))

    assert states == [True, False, True, False, True]
    assert names(ledger) == {"method:zorb": ("Zorb", 1)}


def test_a_table_of_external_ids_that_is_edited_is_noticed_too(ledger: Ledger) -> None:
    build(ledger, "Method:Zorb")

    ledger.path.with_name("external_ids.tsv").write_text("kind\tname\twikidata\n")

    assert not is_resolved(ledger)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("corrections.tsv", HEAD + "merge\tmethod:zorb\n", '2: "" is no id of an entity'),
        ("corrections.tsv", HEAD + "\nblock\tzorb\n", '3: "zorb" is no id of an entity'),
        ("external_ids.tsv", "kind\tname\n", "1: is not the head"),
        (
            "external_ids.tsv",
            "kind\tname\twikidata\nThing\tZorb\tQ1\n",
            '2: "Thing" and "Zorb" are no kind',
        ),
    ],
)
def test_a_bad_table_is_said_in_one_line_and_changes_nothing(
    ledger: Ledger, name: str, text: str, said: str
) -> None:
    build(ledger, "Method:Zorb", "Method:Yarn")
    correct(ledger, "merge\tmethod:zorb\tmethod:yarn")
    before = dump(ledger)
    path = ledger.path.with_name(name)
    path.write_text(text)

    with pytest.raises(CorrectionError) as error:
        resolve(ledger)

    assert str(error.value).startswith(f"{path}:{said}")
    assert "\n" not in str(error.value)
    assert dump(ledger) == before
    assert not is_resolved(ledger)


# --- external ids


@pytest.mark.parametrize(
    ("row", "corrections"),
    [
        ("Method\tZorb\tQ1", []),
        ("method\tzorb\tQ1", []),
        ("Method\tZORB\tQ1", []),
        ("Method\tYarn\tQ1", ["merge\tmethod:zorb\tmethod:yarn"]),
        ("Method\tXyl\tQ1", ["merge\tmethod:yarn\tmethod:xyl", "merge\tmethod:zorb\tmethod:yarn"]),
        ("Metric\tZorb\tQ1", []),
    ],
)
def test_an_external_id_reaches_the_node_by_whatever_name_leads_there(
    ledger: Ledger, row: str, corrections: list[str]
) -> None:
    build(ledger, "Metric:Zorb", *["Method:Zorb Method:Yarn Method:Xyl"] * 4)
    correct(ledger, *corrections)

    external(ledger, f"kind\tname\twikidata\n{row}\n")

    (node,) = (node for node in nodes(ledger) if node.id == "method:zorb")
    assert node.properties["external_ids"] == ("wikidata:Q1",)


@pytest.mark.parametrize(
    ("mark", "row", "node_id"),
    [
        ("Method:RAG", "Method\tRAG\tQ1", "method:retrieval-augmented-generation"),
        (
            "Method:retrieval-augmented-generation",
            "Method\tRAG\tQ1",
            "method:retrieval-augmented-generation",
        ),
        ("Dataset:CIFAR-10", "Dataset\tcifar10\tQ1", "dataset:cifar-10"),
        ("Method:Word2Vec", "Method\tword2vec\tQ1", "method:word-2-vec"),
        ("Task:ImageCaptioning", "Task\timagecaptioning\tQ1", "task:image-captioning"),
    ],
)
def test_an_external_id_reaches_the_node_by_any_spelling(
    ledger: Ledger, mark: str, row: str, node_id: str
) -> None:
    build(ledger, mark)

    external(ledger, f"kind\tname\twikidata\n{row}\n")

    found = {node.id: node.properties for node in nodes(ledger) if node.label != "Paper"}
    assert list(found) == [node_id]
    assert found[node_id]["external_ids"] == ("wikidata:Q1",)


def test_external_ids_of_what_was_merged_are_together_and_go_with_the_file(
    ledger: Ledger,
) -> None:
    build(ledger, "Method:Zorb Method:Yarn")
    correct(ledger, "merge\tmethod:zorb\tmethod:yarn")
    before = dump(ledger)

    external(
        ledger,
        "kind\tname\twikidata\tpaperswithcode\nMethod\tZorb\tQ2|Q1\tzorb\nMethod\tYarn\tQ1\n",
    )
    (node,) = (node for node in nodes(ledger) if node.id == "method:zorb")
    ledger.path.with_name("external_ids.tsv").unlink()
    resolve(ledger)

    assert node.properties["external_ids"] == ("paperswithcode:zorb", "wikidata:Q1", "wikidata:Q2")
    assert dump(ledger) == before


# --- repositories


@pytest.mark.parametrize(
    "row",
    [
        "rename\trepository:github.com/o/n\tTool",
        "merge\trepository:github.com/o/n\tmethod:zorb",
        "merge\tmethod:zorb\trepository:github.com/o/n",
    ],
)
def test_an_address_is_not_renamed_nor_merged_with_what_is_none(ledger: Ledger, row: str) -> None:
    build(ledger, "Method:Zorb https://github.com/o/n")

    with pytest.raises(CorrectionError):
        correct(ledger, row)
