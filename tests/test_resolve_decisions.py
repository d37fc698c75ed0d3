"""Decisions on acronyms, kinds and display names: at the edges of each rule, and in a ledger."""

import pytest
from papers import Marks, paper

from kg.build import update
from kg.graph import edges
from kg.ledger import Ledger
from kg.records import Kind
from kg.resolve.decisions import display, kind_of, meaning

LONG = "neural-image-machine"
OTHER = "noisy-input-model"


def build(ledger: Ledger, *abstracts: str) -> None:
    """Papers with these abstracts, numbered."""
    papers = [paper(f"{number:02}", abstract) for number, abstract in enumerate(abstracts)]
    list(update(ledger, papers, Marks()))


def moves(ledger: Ledger) -> dict[str, tuple[str, str]]:
    """`kind:key` -> where it leads, and why."""
    rows = ledger.rows("SELECT kind, key, to_kind, to_key, reason FROM moves")
    return {
        f"{kind.lower()}:{key}": (f"{to_kind.lower()}:{to_key}", reason)
        for kind, key, to_kind, to_key, reason in rows
    }


def entities(ledger: Ledger) -> dict[str, tuple[str, int, bool]]:
    """`kind:key` -> name, papers, and whether it is ambiguous."""
    rows = ledger.rows("SELECT kind, key, name, papers, ambiguous FROM entities")
    return {
        f"{kind.lower()}:{key}": (name, papers, bool(ambiguous))
        for kind, key, name, papers, ambiguous in rows
    }


# --- acronyms


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ({}, ""),
        ({"long": 1}, ""),
        ({"long": 2}, ""),
        ({"long": 3}, "long"),
        ({"long": 3, "other": 1}, ""),
        ({"long": 8, "other": 1}, ""),
        ({"long": 9, "other": 1}, "long"),
        ({"long": 8, "other": 2}, ""),
        ({"long": 8, "one": 1, "two": 1}, ""),
        ({"long": 9, "one": 1, "two": 1}, ""),
        ({"long": 18, "one": 1, "two": 1}, "long"),
        ({"long": 5, "other": 5}, ""),
    ],
)
def test_an_acronym_needs_three_papers_and_nine_of_ten_that_spell_it_out(
    votes: dict[str, int], expected: str
) -> None:
    assert meaning(votes) == expected
    assert meaning(dict(reversed(votes.items()))) == expected


@pytest.mark.parametrize(
    ("long", "other", "is_joined"),
    [(1, 0, False), (2, 0, False), (3, 0, True), (8, 2, False), (9, 1, True), (9, 2, False)],
)
def test_a_bare_acronym_joins_what_it_stands_for_only_where_papers_agree(
    ledger: Ledger, long: int, other: int, is_joined: bool
) -> None:
    build(ledger, "Method:NIM", *[f"Method:NIM={LONG}"] * long, *[f"Method:NIM={OTHER}"] * other)

    assert moves(ledger) == (
        {"method:nim": ("method:neural-image-machine", "acronym")} if is_joined else {}
    )
    assert entities(ledger)["method:neural-image-machine"][1] == long + is_joined
    assert entities(ledger).get("method:nim") == (None if is_joined else ("NIM", 1, True))


def test_an_acronym_that_no_paper_spells_out_is_a_name_and_not_ambiguous(ledger: Ledger) -> None:
    build(ledger, *["Method:NIM"] * 4, LONG)

    assert entities(ledger) == {"method:nim": ("NIM", 4, False)}


def test_a_paper_that_spells_an_acronym_out_leads_where_it_says_whatever_most_papers_say(
    ledger: Ledger,
) -> None:
    build(ledger, *[f"Method:NIM={LONG}"] * 9, f"Method:NIM={OTHER} Method:NIM", "Method:NIM")

    assert entities(ledger) == {
        "method:neural-image-machine": ("NIM", 10, False),
        "method:noisy-input-model": ("NIM", 1, False),
    }
    assert [edge.target for edge in edges(ledger) if edge.source in {"09", "10"}] == [
        "method:noisy-input-model",
        "method:neural-image-machine",
    ]


def test_an_acronym_never_joins_two_things_that_it_stands_for(ledger: Ledger) -> None:
    build(ledger, *[f"Method:NIM={LONG}"] * 5, *[f"Method:NIM={OTHER}"] * 5, "Method:NIM")

    assert moves(ledger) == {}
    assert entities(ledger) == {
        "method:neural-image-machine": ("NIM", 5, False),
        "method:nim": ("NIM", 1, True),
        "method:noisy-input-model": ("NIM", 5, False),
    }


def test_an_acronym_is_free_again_when_papers_stop_agreeing(ledger: Ledger) -> None:
    build(ledger, "Method:NIM", *[f"Method:NIM={LONG}"] * 3)
    before = moves(ledger)

    list(update(ledger, [paper("x", f"Method:NIM={OTHER}")], Marks()))

    assert before == {"method:nim": ("method:neural-image-machine", "acronym")}
    assert moves(ledger) == {}
    assert entities(ledger)["method:nim"] == ("NIM", 1, True)


def test_a_listed_acronym_stands_for_what_the_list_says_though_no_paper_says_so(
    ledger: Ledger,
) -> None:
    build(ledger, "Method:RAG")

    assert entities(ledger) == {"method:retrieval-augmented-generation": ("RAG", 1, False)}


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (0, {"method:rag": ("method:retrieval-augmented-generation", "acronym")}),
        (1, {}),
        (26, {}),
        (27, {"method:rag": ("method:random-access-grammar", "acronym")}),
    ],
)
def test_a_listed_acronym_can_be_outvoted(
    ledger: Ledger, others: int, expected: dict[str, tuple[str, str]]
) -> None:
    build(ledger, "Method:RAG", *["Method:RAG=random-access-grammar"] * others)

    assert moves(ledger) == expected


def test_an_acronym_that_is_the_first_form_of_its_row_is_a_name(ledger: Ledger) -> None:
    build(ledger, "Method:GAN", *["Method:GAN=growing-attention-net"] * 9)

    assert moves(ledger) == {}
    assert entities(ledger)["method:gan"] == ("GAN", 1, False)


def test_an_acronym_of_another_kind_leads_to_the_kind_of_what_it_stands_for(
    ledger: Ledger,
) -> None:
    build(ledger, "Dataset:NIM", *[f"Method:NIM={LONG}"] * 3)

    assert moves(ledger) == {"dataset:nim": ("method:neural-image-machine", "acronym")}
    assert entities(ledger) == {"method:neural-image-machine": ("NIM", 4, False)}


def test_a_name_that_the_user_lists_stands_for_itself(ledger: Ledger) -> None:
    build(ledger, "Method:NIM!", *[f"Method:NIM={LONG}"] * 5)

    assert moves(ledger) == {}
    assert entities(ledger)["method:nim"] == ("NIM", 1, False)


# --- kinds


@pytest.mark.parametrize(
    ("kind", "papers", "expected"),
    [
        ("Method", {}, "Method"),
        ("Method", {"Method": 1, "Task": 1}, "Method"),
        ("Task", {"Method": 1, "Task": 1}, "Task"),
        ("Task", {"Method": 2}, "Method"),
        ("Method", {"Method": 1, "Task": 3}, "Method"),
        ("Method", {"Method": 1, "Task": 4}, "Task"),
        ("Method", {"Method": 2, "Task": 8}, "Task"),
        ("Method", {"Method": 2, "Task": 7}, "Method"),
        ("Task", {"Method": 2, "Task": 8}, "Task"),
        ("Dataset", {"Method": 1, "Task": 1}, "Method"),
        ("Method", {"Dataset": 1, "Method": 1, "Task": 8}, "Task"),
    ],
)
def test_a_kind_changes_where_four_of_five_papers_and_at_least_three_say_another(
    kind: Kind, papers: dict[Kind, int], expected: Kind
) -> None:
    assert kind_of(kind, papers) == expected
    assert kind_of(kind, dict(reversed(papers.items()))) == expected


@pytest.mark.parametrize(
    ("tasks", "expected"),
    [
        (
            3,
            {
                "metric:toughness": ("Toughness", 1, False),
                "task:toughness": ("Toughness", 3, False),
            },
        ),
        (4, {"task:toughness": ("Toughness", 5, False)}),
    ],
)
def test_the_kind_that_most_papers_take_a_name_for_is_that_of_all(
    ledger: Ledger, tasks: int, expected: dict[str, tuple[str, int, bool]]
) -> None:
    build(ledger, "Metric:Toughness/reported", *["Task:Toughness/addressed"] * tasks)

    assert entities(ledger) == expected


def test_a_role_is_said_in_the_words_of_the_other_kind(ledger: Ledger) -> None:
    build(
        ledger,
        "Metric:Toughness/reported",
        "Metric:Toughness/proposed",
        "Metric:Toughness",
        *["Task:Toughness/addressed"] * 12,
    )

    found = [(edge.source, edge.type, edge.target) for edge in edges(ledger)]
    assert found[:3] == [
        ("00", "ADDRESSES", "task:toughness"),
        ("01", "ADDRESSES", "task:toughness"),
        ("02", "MENTIONS", "task:toughness"),
    ]


def test_a_cell_whose_thing_is_of_another_kind_makes_no_edge(ledger: Ledger) -> None:
    build(ledger, "Metric:Toughness/reported =7", *["Task:Toughness/addressed"] * 4)

    assert [edge.type for edge in edges(ledger) if edge.source == "result:00:1"] == []
    assert [edge.type for edge in edges(ledger) if edge.source == "00"] == ["ADDRESSES", "REPORTS"]


def test_what_is_listed_as_a_kind_stays_so_and_weighs_three_papers(ledger: Ledger) -> None:
    build(ledger, "Metric:accuracy", *["Task:accuracy"] * 12)
    one_task = {"metric:accuracy": ("accuracy", 1, False), "task:accuracy": ("accuracy", 12, False)}

    assert entities(ledger) == one_task


def test_a_listed_kind_draws_what_few_papers_take_for_another(ledger: Ledger) -> None:
    build(ledger, "Task:perplexity", "Metric:perplexity")

    assert moves(ledger) == {"task:perplexity": ("metric:perplexity", "kind")}


def test_a_kind_that_the_user_lists_stands(ledger: Ledger) -> None:
    build(ledger, "Metric:Toughness!", *["Task:Toughness"] * 9)

    assert entities(ledger) == {
        "metric:toughness": ("Toughness", 1, False),
        "task:toughness": ("Toughness", 9, False),
    }


# --- names


@pytest.mark.parametrize(
    ("kind", "spellings", "name"),
    [
        ("Method", [("zorb nets", 5), ("zorb net", 1)], "zorb net"),
        ("Method", [("zorb nets", 5)], "zorb nets"),
        ("Method", [(r"\textbf{Zorb}", 5), ("Zorb", 1)], "Zorb"),
        ("Method", [("Zorb_net", 5), ("Zorb net", 1)], "Zorb net"),
        ("Method", [("Zorb--net", 5), ("Zorb-net", 1)], "Zorb-net"),
        ("Dataset", [("Zorb questions", 2), ("Zorb question", 1)], "Zorb questions"),
        ("Method", [("B", 2), ("A", 2), ("C", 2)], "A"),
    ],
)
def test_the_name_is_the_most_used_of_the_well_written_spellings(
    kind: Kind, spellings: list[tuple[str, int]], name: str
) -> None:
    found, aliases = display(kind, "zorb", spellings)

    assert found == name
    assert aliases == tuple(sorted({text for text, _ in spellings} - {name}))


@pytest.mark.parametrize(
    ("spellings", "name"),
    [
        ([("cifar10", 9)], "CIFAR-10"),
        ([("cifar10", 9), ("CIFAR10", 1)], "CIFAR10"),
        ([("CIFAR-10", 2), ("CIFAR10", 1)], "CIFAR-10"),
        ([("CIFAR-10", 1), ("CIFAR10", 2)], "CIFAR10"),
        ([], "CIFAR-10"),
    ],
)
def test_of_a_well_known_thing_only_listed_forms_are_names(
    spellings: list[tuple[str, int]], name: str
) -> None:
    assert display("Dataset", "cifar-10", spellings)[0] == name
