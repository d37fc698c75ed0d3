"""Terms: which names of a text denote one thing, and what becomes of them."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.extract.acronyms import find_acronyms
from kg.extract.candidates import Name
from kg.extract.links import find_links
from kg.extract.scorer import Decision
from kg.extract.terms import (
    apart,
    given_decision,
    group_names,
    make_term,
    repository_groups,
)
from kg.records import Kind

METHOD = Decision("Method", 0.9, True)


def names(text: str, *wanted: str, kind: Kind = "Method") -> list[Name]:
    """Each place where one of the words `wanted` stands, in order."""
    places = {text.index(word): word for word in wanted}
    return [Name(start, start + len(places[start]), kind, 0.9) for start in sorted(places)]


@pytest.mark.parametrize(
    ("kind", "wanted", "text", "expected"),
    [
        ("Dataset", ("CIFAR-10", "CIFAR-100"), "on CIFAR-10 and CIFAR-100.", 2),
        ("Method", ("graph neural network", "GNN"), "A graph neural network (GNN) learns.", 1),
        ("Method", ("zip zap network", "ZZN"), "A zip zap network (ZZN) learns.", 1),
        ("Method", ("ResNet-50", "ResNet50"), "We use ResNet-50 and ResNet50.", 1),
        ("Method", ("GPT-4", "GPT-4o"), "We use GPT-4 and GPT-4o.", 2),
        ("Dataset", ("COCO", "MS COCO"), "We test on COCO, that is MS COCO.", 1),
    ],
)
def test_one_thing_is_one_group(
    kind: Kind, wanted: tuple[str, ...], text: str, expected: int
) -> None:
    found = group_names(text, names(text, *wanted, kind=kind), list(find_acronyms(text)))

    assert len(found) == expected


def test_a_term_is_called_by_its_longest_spelling_and_lists_its_mentions_in_order() -> None:
    text = "On shoes\nThe LSTM is old. A long short-term memory learns."

    term = make_term(text, names(text, "LSTM", "long short-term memory"), METHOD)

    assert term.name == "long short-term memory"
    assert [(one.start, one.text) for one in term.mentions] == [
        (13, "LSTM"),
        (28, "long short-term memory"),
    ]


def test_a_term_has_the_kind_the_confidence_and_the_salience_that_were_decided() -> None:
    text = "On shoes\nWe test on MATH."

    term = make_term(text, names(text, "MATH"), Decision("Dataset", 0.7, False))

    assert (term.kind, term.role, term.salient) == ("Dataset", "mentioned", False)
    assert [one.confidence for one in term.mentions] == [0.7]


def sure(*of_nothing: float) -> NDArray[np.float32]:
    """Rows of probabilities, of which only the first counts here."""
    return np.array([[nothing, 1 - nothing] for nothing in of_nothing], dtype=np.float32)


def test_where_names_overlap_the_one_of_the_surer_group_stands() -> None:
    text = "We use deep zip nets. A Zip Net is small."
    long, short = names(text, "deep zip nets"), names(text, "zip nets", "Zip Net")

    left = apart([long, short], sure(0.5, 0.5, 0.5), sure(0.1, 0.2))

    assert left == [long, short[1:]]
    assert apart([long, short], sure(0.5, 0.5, 0.5), sure(0.2, 0.1)) == [[], short]


def test_what_is_nothing_takes_no_place() -> None:
    text = "We use deep zip nets."
    long, short = names(text, "deep zip nets"), names(text, "zip nets")

    assert apart([long, short], sure(0.1, 0.5), sure(0.7, 0.9)) == [[], []]
    assert apart([long, short], sure(0.1, 0.9), sure(0.7, 0.5)) == [[], short]


def test_what_the_user_lists_stands_in_its_place_whatever_the_scorer_says() -> None:
    text = "We use deep zip nets."
    listed = [replace(name, by="user") for name in names(text, "zip nets")]

    assert apart([listed, names(text, "deep")], sure(0.9, 0.1), sure(0.9, 0.1))[0] == listed


def test_of_overlapping_names_of_one_group_the_surer_mention_stands() -> None:
    text = "We use the MAMI dataset."
    group = names(text, "MAMI dataset") + names(text, "MAMI")

    assert apart([group], sure(0.6, 0.1), sure(0.1)) == [group[1:]]
    assert apart([group], sure(0.1, 0.1), sure(0.1)) == [group[:1]]


def test_the_users_list_decides_and_names() -> None:
    (name,) = names("We use CLIP.", "CLIP")
    listed = replace(name, kind="Dataset", by="user", called="Clip Art", doubtful=True)

    decision = given_decision([listed])

    assert decision == Decision("Dataset", 1.0, False)
    assert make_term("We use CLIP.", [listed], decision).name == "Clip Art"
    assert given_decision([name]) is None


def test_links_to_one_repository_are_one_group() -> None:
    text = "See https://github.com/Acme/Tool or https://github.com/acme/tool/issues."

    (links,) = repository_groups(find_links(text))

    assert [link.start for link in links] == [4, 36]
