"""Acronyms and what spells them out: one thing, where nothing else fits."""

from dataclasses import replace

import pytest

from kg.extract.candidates import Name
from kg.extract.joining import Thing, joined
from kg.extract.scorer import Decision
from kg.records import Kind


def things(text: str, *words: str, kind: Kind = "Method") -> list[Thing]:
    """One thing for each of `words`, decided alike; `a = b` is one thing of two names."""
    found: list[Thing] = []
    for forms in words:
        names = [
            Name(text.index(form), text.index(form) + len(form), kind, 0.9, by="model")
            for form in forms.split(" = ")
        ]
        found.append((names, Decision(kind, 0.9, True)))
    return found


def named(text: str, found: list[Thing]) -> list[list[str]]:
    return [[text[name.start : name.stop] for name in names] for names, _ in found]


def test_an_acronym_and_what_spells_it_out_are_one_in_order_of_the_text() -> None:
    text = "S2F and ZapNet are fast, as Slow-to-Fast is."

    found = joined(text, things(text, "S2F", "ZapNet", "Slow-to-Fast"))

    assert named(text, found) == [["S2F", "Slow-to-Fast"], ["ZapNet"]]


def test_the_surer_decision_stands() -> None:
    text = "S2F is Slow-to-Fast."
    (long, doubtful), short = things(text, "Slow-to-Fast", "S2F")

    ((_, decision),) = joined(text, [(long, replace(doubtful, salient=False)), short])

    assert decision == short[1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # two things spell it out
        (
            "SR, signal recovery and super resolution.",
            ["SR", "signal recovery", "super resolution"],
        ),
        # the text defines it
        (
            "Zip zap task (ZZT) and zig zag task.",
            ["Zip zap task = ZZT", "zig zag task"],
        ),
        # it is well known for something else
        ("GANs and graph attention networks.", ["GANs", "graph attention networks"]),
        # two acronyms of one thing
        ("ZN and ZiN are zip nets.", ["ZN", "ZiN", "zip nets"]),
        # it is no acronym
        ("Zz and zip zap.", ["Zz", "zip zap"]),
    ],
)
def test_where_anything_else_fits_things_stay_apart(text: str, words: list[str]) -> None:
    assert len(joined(text, things(text, *words))) == len(words)


def test_things_of_two_kinds_stay_apart() -> None:
    text = "S2F is Slow-to-Fast."

    both = things(text, "Slow-to-Fast") + things(text, "S2F", kind="Task")

    assert len(joined(text, both)) == 2


def test_an_acronym_that_the_user_lists_stays_what_it_is() -> None:
    text = "S2F is Slow-to-Fast."
    long, (names, decision) = things(text, "Slow-to-Fast", "S2F")

    listed = [replace(name, by="user") for name in names]

    assert len(joined(text, [long, (listed, decision)])) == 2


def test_a_text_of_more_things_than_an_abstract_has_is_left_as_it_is() -> None:
    text = "S2F is Slow-to-Fast. " + " ".join(f"Zap{number}" for number in range(300))
    many = things(text, "Slow-to-Fast", "S2F", *(f"Zap{number}" for number in range(100, 300)))

    assert len(joined(text, many)) == len(many)
