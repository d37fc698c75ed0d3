"""Finding: what a person types, or a program asks for, leads to one entity with a reason."""

import pytest
from papers import extract_marks, paper

from kg.corrections import Correction, write_corrections
from kg.errors import UnknownNameError
from kg.ledger import Ledger
from kg.records import EntityKey
from kg.resolve import resolve
from kg.resolve.finding import Resolved, find_entity, resolve_in, resolve_name
from kg.rows import write_paper


def keep(ledger: Ledger, *abstracts: str) -> None:
    papers = [paper(str(number), abstract) for number, abstract in enumerate(abstracts)]
    for one, extraction in zip(papers, extract_marks(papers), strict=True):
        write_paper(ledger, one, extraction, "rules")
    resolve(ledger)


def say(ledger: Ledger, *rows: Correction) -> None:
    write_corrections(ledger.path.with_name("corrections.tsv"), rows)
    resolve(ledger)


@pytest.mark.parametrize(
    ("typed", "entity"),
    [
        ("Mamba", ("Method", "mamba")),
        ("  mamba ", ("Method", "mamba")),
        ("MAMBA", ("Method", "mamba")),
        ("method:mamba", ("Method", "mamba")),
        ("Zorb", ("Method", "zorb")),
        ("Metric:Zorb", ("Metric", "zorb")),
        ("metric:zorb", ("Metric", "zorb")),
        ("CIFAR 10", ("Dataset", "cifar-10")),
        ("https://github.com/O/n", ("Repository", "github.com/o/n")),
        ("repository:github.com/o/n", ("Repository", "github.com/o/n")),
    ],
)
def test_a_name_an_id_and_a_kind_with_a_name_lead_to_an_entity(
    ledger: Ledger, typed: str, entity: EntityKey
) -> None:
    keep(ledger, "Method:Mamba Dataset:CIFAR-10 https://github.com/o/n Method:Zorb", "Metric:Zorb")

    assert find_entity(ledger, typed) == entity


def test_of_two_entities_the_one_that_more_papers_name_is_meant_then_the_first_id(
    ledger: Ledger,
) -> None:
    keep(ledger, "Task:Zorb", "Task:Zorb", "Method:Zorb", "Metric:Yarn", "Method:Yarn")

    assert find_entity(ledger, "Zorb") == ("Task", "zorb")
    assert find_entity(ledger, "Yarn") == ("Method", "yarn")


@pytest.mark.parametrize(
    "typed",
    ["", " ", "\t", "Method:", "\udcff", "\ud800x", "'; DROP TABLE entities --", "x" * 9_999],
)
def test_what_nothing_is_called_is_said_whatever_it_is(ledger: Ledger, typed: str) -> None:
    keep(ledger, "Method:U Method:Mamba")  # the key of an empty name would be `u`

    with pytest.raises(UnknownNameError, match="nothing is called"):
        find_entity(ledger, typed)


def test_the_nearest_names_are_suggested_the_most_used_first(ledger: Ledger) -> None:
    keep(ledger, "Method:Mambo", "Method:Mamba", "Method:Mamba", "Method:Zorb")

    with pytest.raises(UnknownNameError) as caught:
        find_entity(ledger, "Mambas2")

    assert caught.value.suggestions == ("Mamba",)
    assert str(caught.value) == 'nothing is called "Mambas2"; did you mean Mamba?'


def test_a_blocked_name_is_said_to_be_blocked(ledger: Ledger) -> None:
    keep(ledger, "Method:Ours")
    say(ledger, Correction("block", "method:ours", ""))

    with pytest.raises(UnknownNameError, match='"Ours" is blocked'):
        find_entity(ledger, "Ours")


def test_of_a_name_that_is_blocked_as_one_kind_the_other_kind_is_found(ledger: Ledger) -> None:
    keep(ledger, "Method:Ours", "Method:Ours", "Task:Ours")
    say(ledger, Correction("block", "method:ours", ""))

    assert find_entity(ledger, "Ours") == ("Task", "ours")


def test_a_name_alone_has_the_id_of_its_spelling_or_of_what_is_well_known() -> None:
    assert resolve_name("Dataset", " Cifar 10 ") == Resolved(
        "dataset:cifar-10", "CIFAR-10", "spelling"
    )
    assert resolve_name("Method", "Zorb") == Resolved("method:zorb", "Zorb", "spelling")
    assert resolve_name("Metric", "mean absolute error") == Resolved(
        "metric:mae", "MAE", "well-known"
    )


def test_a_name_of_a_graph_is_called_as_there_and_another_one_as_it_is(ledger: Ledger) -> None:
    keep(ledger, "Method:ZorbNet", "Method:ZorbNet", "Method:Zorbnet")

    found = [resolve_in(ledger, "Method", name) for name in ("zorbnet", "Yarn")]

    assert found == [
        Resolved("method:zorbnet", "ZorbNet", "spelling"),
        Resolved("method:yarn", "Yarn", "spelling"),
    ]


def test_an_acronym_leads_to_what_the_papers_of_a_graph_say(ledger: Ledger) -> None:
    keep(ledger, *["Method:ZNT=zorb-network-tuning"] * 3, "Method:ZNT")

    found = resolve_in(ledger, "Method", "ZNT")

    assert (found.id, found.reason) == ("method:zorb-network-tuning", "acronym")


def test_an_acronym_of_two_meanings_stays_by_itself(ledger: Ledger) -> None:
    keep(ledger, *["Method:ZNT=zorb-network-tuning", "Method:ZNT=zero-noise-transfer"] * 3,
         "Method:ZNT")  # fmt: skip

    assert resolve_in(ledger, "Method", "ZNT") == Resolved("method:znt", "ZNT", "spelling")


def test_corrections_decide_what_a_name_leads_to(ledger: Ledger) -> None:
    keep(ledger, "Method:LoRA", "Method:LoRa", "Method:Mamba", "Method:Yarn", "Method:Ours")
    say(
        ledger,
        Correction("split", "method:lora", "LoRa"),
        Correction("merge", "method:mamba", "method:yarn"),
        Correction("rename", "method:mamba", "MAMBA!"),
        Correction("block", "method:ours", ""),
    )

    found = {name: resolve_in(ledger, "Method", name) for name in ("LoRA", "LoRa", "Yarn", "Ours")}

    assert found["LoRA"].id == "method:lora"
    assert found["LoRa"] == Resolved("method:lora=LoRa", "LoRa", "split")
    assert found["Yarn"] == Resolved("method:mamba", "MAMBA!", "merged")
    assert found["Ours"] == Resolved("", "Ours", "blocked")
