"""The list of well-known names: whole, without doubles, each with a key of its own."""

from collections import Counter

import pytest

from kg.keys import canonical_key, known_name
from kg.known import KNOWN, KnownName
from kg.records import KINDS


def test_every_kind_but_repository_has_well_known_names() -> None:
    assert {entry.kind for entry in KNOWN} == set(KINDS) - {"Repository"}


def test_every_spelling_is_plain_and_stands_once() -> None:
    spellings = [(entry.kind, name) for entry in KNOWN for name in entry.names]

    assert all(name and name == " ".join(name.split()) for _, name in spellings)
    assert [one for one, count in Counter(spellings).items() if count > 1] == []


def test_two_entries_of_one_kind_never_share_a_key() -> None:
    keys = Counter((entry.kind, canonical_key(entry.kind, entry.names[0])) for entry in KNOWN)

    assert [key for key, count in keys.items() if count > 1] == []


def test_all_spellings_of_an_entry_have_the_key_of_its_first_form() -> None:
    wrong = [
        (entry.kind, name)
        for entry in KNOWN
        for name in entry.names
        if canonical_key(entry.kind, name) != canonical_key(entry.kind, entry.names[0])
    ]

    assert wrong == []


def test_the_key_of_a_first_form_leads_back_to_it() -> None:
    wrong = [
        entry.names[0]
        for entry in KNOWN
        if known_name(entry.kind, canonical_key(entry.kind, entry.names[0])) != entry.names[0]
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("entry"),
    [
        KnownName("Dataset", ("CIFAR-10", "CIFAR10"), True),
        KnownName("Method", ("large language model", "LLM"), False),
    ],
)
def test_an_entry_is_read_with_its_spellings_and_its_weight(entry: KnownName) -> None:
    assert entry in KNOWN
