"""Resolution: one entity a kind and key, called as most papers call it."""

import json

import pytest
from papers import extract_marks, paper

from kg.ledger import Ledger
from kg.resolve import is_resolved, resolve
from kg.resolve.decisions import display
from kg.rows import remove_paper, write_paper


def keep(ledger: Ledger, **abstracts: str) -> None:
    papers = [paper(paper_id, abstract) for paper_id, abstract in abstracts.items()]
    for one, extraction in zip(papers, extract_marks(papers), strict=True):
        write_paper(ledger, one, extraction, "rules")


def entities(ledger: Ledger) -> dict[str, tuple[object, ...]]:
    """`kind:key` -> name, aliases, papers, salient."""
    columns = "kind, key, name, aliases, papers, salient"
    return {
        f"{kind.lower()}:{key}": (name, *json.loads(aliases), papers, bool(salient))
        for kind, key, name, aliases, papers, salient in ledger.rows(
            f"SELECT {columns} FROM entities ORDER BY kind, key"
        )
    }


@pytest.mark.parametrize(
    ("spellings", "name", "aliases"),
    [
        ([("Foo", 1)], "Foo", ()),
        ([("foo", 1), ("Foo", 2)], "Foo", ("foo",)),
        ([("foo", 2), ("Foo", 2), ("FOO", 2)], "FOO", ("Foo", "foo")),
        ([("FOO", 1), ("foo", 9), ("Foo", 3)], "foo", ("FOO", "Foo")),
    ],
)
def test_the_spelling_of_most_papers_is_the_name_and_the_first_of_equals(
    spellings: list[tuple[str, int]], name: str, aliases: tuple[str, ...]
) -> None:
    assert display("Method", "foo", spellings) == (name, aliases)
    assert display("Method", "foo", reversed(spellings)) == (name, aliases)


def test_a_well_known_name_stands_as_the_list_has_it() -> None:
    assert display("Dataset", "cifar-10", [("cifar10", 9), ("Cifar-10", 1)]) == (
        "CIFAR-10",
        ("Cifar-10", "cifar10"),
    )


def test_the_name_of_a_users_list_stands_before_a_well_known_one() -> None:
    spellings = [("cifar10", 9), ("Tens", 1)]

    assert display("Dataset", "cifar-10", spellings, "Tens") == ("Tens", ("cifar10",))
    assert display("Dataset", "cifar-10", spellings, "Tiny") == ("Tiny", ("Tens", "cifar10"))


def test_one_thing_with_many_spellings_is_one_entity(ledger: Ledger) -> None:
    keep(ledger, a="Method:Zorbnet Method:Zorbnet", b="Method:ZorbNet", c="Method:ZorbNet/used")

    resolve(ledger)

    assert entities(ledger) == {"method:zorbnet": ("ZorbNet", "Zorbnet", 3, True)}


def test_a_paper_counts_once_however_often_it_names_a_thing(ledger: Ledger) -> None:
    keep(ledger, a="Method:zorbnet " * 9, b="Method:ZorbNet", c="Method:ZorbNet")

    resolve(ledger)

    assert entities(ledger) == {"method:zorbnet": ("ZorbNet", "zorbnet", 3, False)}


def test_the_same_name_of_two_kinds_is_two_entities(ledger: Ledger) -> None:
    keep(ledger, a="Method:Zorb Dataset:Zorb")

    resolve(ledger)

    assert list(entities(ledger)) == ["dataset:zorb", "method:zorb"]


def test_an_entity_is_salient_where_one_paper_finds_it_so(ledger: Ledger) -> None:
    keep(ledger, a="Method:Zorb Method:Yarn", b="Method:Zorb/used")

    resolve(ledger)

    assert entities(ledger) == {
        "method:yarn": ("Yarn", 1, False),
        "method:zorb": ("Zorb", 2, True),
    }


def test_a_repository_is_called_by_its_canonical_url_and_has_no_aliases(ledger: Ledger) -> None:
    keep(ledger, a="https://github.com/o/n", b="https://github.com/O/n")

    resolve(ledger)

    assert entities(ledger) == {
        "repository:github.com/o/n": ("https://github.com/O/n", "https://github.com/o/n", 2, True)
    }


def test_only_what_a_change_has_touched_is_decided_again(ledger: Ledger) -> None:
    keep(ledger, a="Method:Zorb Method:Yarn Dataset:Set", b="Method:Zorb")
    assert resolve(ledger) == 3

    keep(ledger, c="Method:Zorb Task:Sorting")

    assert resolve(ledger) == 2
    assert resolve(ledger) == 0


def test_an_entity_goes_with_the_last_paper_that_names_it(ledger: Ledger) -> None:
    keep(ledger, a="Method:Zorb Method:Yarn", b="Method:Zorb")
    resolve(ledger)

    remove_paper(ledger, "a")
    resolve(ledger)

    assert entities(ledger) == {"method:zorb": ("Zorb", 1, False)}


def test_what_is_touched_is_not_resolved(ledger: Ledger) -> None:
    states = [is_resolved(ledger)]
    keep(ledger, a="Method:Zorb")
    states.append(is_resolved(ledger))
    resolve(ledger)
    states.append(is_resolved(ledger))

    assert states == [False, False, True]


def test_what_other_code_has_decided_is_decided_again(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(ledger, a="Method:Zorb", b="Method:Yarn")
    resolve(ledger)
    monkeypatch.setattr("kg.resolve.resolver_digest", lambda: "another")
    monkeypatch.setattr("kg.resolve.entities.display", lambda kind, key, *_: (key.upper(), ()))

    assert not is_resolved(ledger)
    assert resolve(ledger) == 2

    assert is_resolved(ledger)
    assert entities(ledger) == {
        "method:yarn": ("YARN", 1, False),
        "method:zorb": ("ZORB", 1, False),
    }
