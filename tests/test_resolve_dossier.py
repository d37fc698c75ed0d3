"""Dossiers: each name of an entity with the reason why it leads there."""

from pathlib import Path

import pytest
from papers import extract_marks, paper

from kg.corrections import Correction, write_corrections
from kg.ledger import Ledger
from kg.records import EntityKey, Extraction, Mention, Term
from kg.resolve import resolve
from kg.resolve.dossier import dossier
from kg.rows import write_paper


def keep(ledger: Ledger, *abstracts: str) -> None:
    for number, abstract in enumerate(abstracts):
        one = paper(str(number), abstract, published=f"2024-01-{number + 1:02}")
        write_paper(ledger, one, next(extract_marks([one])), "rules")
    resolve(ledger)


def reasons(ledger: Ledger, entity: EntityKey) -> list[tuple[str, int, str]]:
    return [(one.text, one.papers, one.reason) for one in dossier(ledger, entity).spellings]


def test_a_spelling_leads_to_an_entity_by_its_letters(ledger: Ledger) -> None:
    keep(ledger, "Method:ZorbNet", "Method:Zorb-Net", "Method:ZorbNet")

    assert reasons(ledger, ("Method", "zorbnet")) == [
        ("ZorbNet", 2, "spelling"),
        ("Zorb-Net", 1, "spelling"),
    ]


def test_a_well_known_name_and_one_beside_what_it_stands_for_are_told_apart(
    ledger: Ledger,
) -> None:
    keep(ledger, "Metric:mean-absolute-error Metric:mean-absolute-error", "Metric:MAE",
         "Method:ZNT=zorb-network-tuning")  # fmt: skip

    assert reasons(ledger, ("Metric", "mae")) == [
        ("MAE", 1, "spelling"),
        ("mean-absolute-error", 1, "well-known"),
    ]
    assert reasons(ledger, ("Method", "zorb-network-tuning")) == [
        ("ZNT", 1, "stands for it in the same text"),
        ("zorb-network-tuning", 1, "spelling"),
    ]


def test_an_acronym_says_how_many_papers_spell_it_out_so(ledger: Ledger) -> None:
    keep(ledger, *["Method:ZNT=zorb-network-tuning"] * 3, "Method:ZNT")

    assert ("ZNT", 1, "acronym: 3 of 3 papers that spell it out") in reasons(
        ledger, ("Method", "zorb-network-tuning")
    )


def test_an_acronym_that_no_paper_spells_out_may_be_well_known(ledger: Ledger) -> None:
    keep(ledger, "Method:retrieval-augmented-generation", "Method:RAG")

    assert ("RAG", 1, "well-known acronym") in reasons(
        ledger, ("Method", "retrieval-augmented-generation")
    )


def test_a_kind_says_how_many_papers_take_the_name_for_it(ledger: Ledger) -> None:
    keep(ledger, *["Task:Zorb"] * 8, "Method:Zorb")

    assert reasons(ledger, ("Task", "zorb")) == [
        ("Zorb", 8, "spelling"),
        ("Zorb", 1, "kind: Task in 8 of 9 papers, Method in 1"),
    ]


def test_a_kind_may_be_that_of_a_well_known_name(ledger: Ledger) -> None:
    keep(ledger, "Dataset:CIFAR-10", "Dataset:CIFAR-10", "Method:CIFAR10")

    assert reasons(ledger, ("Dataset", "cifar-10")) == [
        ("CIFAR-10", 2, "spelling"),
        ("CIFAR10", 1, "kind: well-known as a Dataset"),
    ]


def test_a_name_of_a_users_list_says_so(ledger: Ledger) -> None:
    keep(ledger, "Method:Zorb!")

    assert reasons(ledger, ("Method", "zorb")) == [("Zorb", 1, "your list")]


def test_a_correction_is_a_reason(ledger: Ledger) -> None:
    keep(ledger, "Method:LoRA", "Method:LoRa", "Method:Mamba", "Method:Yarn")
    rows = [
        Correction("split", "method:lora", "LoRa"),
        Correction("merge", "method:mamba", "method:yarn"),
    ]
    write_corrections(ledger.path.with_name("corrections.tsv"), rows)

    resolve(ledger)

    assert reasons(ledger, ("Method", "lora")) == [("LoRA", 1, "spelling")]
    assert reasons(ledger, ("Method", "lora=LoRa")) == [("LoRa", 1, "split in corrections.tsv")]
    assert reasons(ledger, ("Method", "mamba")) == [
        ("Mamba", 1, "spelling"),
        ("Yarn", 1, "merged in corrections.tsv"),
    ]


def test_each_spelling_names_a_paper_that_writes_so(ledger: Ledger) -> None:
    keep(ledger, "Method:ZorbNet", "Method:Zorb-Net", "Method:ZorbNet")

    spellings = dossier(ledger, ("Method", "zorbnet")).spellings

    assert [(one.text, one.paper) for one in spellings] == [("ZorbNet", "0"), ("Zorb-Net", "1")]


def test_an_acronym_of_several_meanings_lists_them_with_their_papers(ledger: Ledger) -> None:
    keep(ledger, *["Method:ZNT=zorb-network-tuning"] * 3, *["Task:ZNT=zero-noise-transfer"] * 2,
         "Method:ZNT")  # fmt: skip

    found = dossier(ledger, ("Method", "znt"))

    assert found.ambiguous
    assert found.meanings == (("method:zorb-network-tuning", 3), ("task:zero-noise-transfer", 2))


def test_an_acronym_of_one_meaning_lists_none(ledger: Ledger) -> None:
    keep(ledger, *["Method:ZNT=zorb-network-tuning"] * 3)

    found = dossier(ledger, ("Method", "zorb-network-tuning"))

    assert (found.ambiguous, found.meanings) == (False, ())


def test_a_family_and_its_versions_know_each_other_the_most_named_first(ledger: Ledger) -> None:
    keep(ledger, "Method:Zorb", "Method:Zorb-7B Method:Zorb-13B", "Method:Zorb-13B",
         "Dataset:Zorb-70B")  # fmt: skip

    family = dossier(ledger, ("Method", "zorb"))

    assert (family.family, family.versions) == ("", ("method:zorb-13b", "method:zorb-7b"))
    assert dossier(ledger, ("Method", "zorb-7b")).family == "method:zorb"
    assert dossier(ledger, ("Method", "zorb-7b")).versions == ()


def test_the_ten_newest_papers_are_listed_the_newest_first(ledger: Ledger) -> None:
    keep(ledger, *["Method:Zorb"] * 12)

    newest = dossier(ledger, ("Method", "zorb")).newest

    assert newest[0] == ("11", "2024-01-12", "Paper 11")
    assert [one for one, _, _ in newest] == ["11", "10", "9", "8", "7", "6", "5", "4", "3", "2"]


def test_external_ids_are_those_of_all_names_that_lead_to_the_entity(
    ledger: Ledger, tmp_path: Path
) -> None:
    (tmp_path / "external_ids.tsv").write_text(
        "kind\tname\twikidata\tpwc\n"
        "Dataset\tCifar 10\tQ1|Q2\tcifar-10\n"
        "Method\tCIFAR-10\t\tother\n"
        "Dataset\tnowhere\tQ9\t\n"
    )
    keep(ledger, "Dataset:CIFAR-10", "Method:CIFAR-10")

    found = dossier(ledger, ("Dataset", "cifar-10")).external_ids

    assert found == ("pwc:cifar-10", "pwc:other", "wikidata:Q1", "wikidata:Q2")


def test_what_no_paper_finds_important_is_doubted(ledger: Ledger) -> None:
    keep(ledger, "Method:Zorb Method:Yarn/used")

    assert not dossier(ledger, ("Method", "zorb")).salient
    assert dossier(ledger, ("Method", "yarn")).salient


def test_a_repository_is_shown_with_its_address(ledger: Ledger) -> None:
    keep(ledger, "https://github.com/O/n", "https://github.com/O/n")

    found = dossier(ledger, ("Repository", "github.com/o/n"))

    assert (found.id, found.name) == ("repository:github.com/o/n", "https://github.com/O/n")
    assert [(one.text, one.papers) for one in found.spellings] == [("https://github.com/O/n", 2)]


@pytest.mark.parametrize("name", ["'; DROP TABLE papers; --", "<b>x</b>", "`}) RETURN 1 //", "a:b"])
def test_a_hostile_name_stays_text(ledger: Ledger, name: str) -> None:
    one = paper("1", f"We propose {name}.")
    start = one.text.index(name)
    term = Term("Method", name, "used", True, (Mention(start, start + len(name), name, 0.5),))
    write_paper(ledger, one, Extraction("1", (term,), ()), "rules")
    resolve(ledger)
    ((key,),) = ledger.rows("SELECT key FROM entities")

    found = dossier(ledger, ("Method", key))

    assert found.name == name
    assert [(one.text, one.papers, one.paper) for one in found.spellings] == [(name, 1, "1")]
