"""Slugs: run-together letters made readable, with nothing lost."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.slugs import slug

SOLID = st.from_regex(r"([a-z]{1,9}|[0-9]{1,4}(\.[0-9]{1,2})?){1,4}", fullmatch=True)
PARTED = st.lists(SOLID, min_size=1, max_size=3).map("-".join)


@pytest.mark.parametrize(
    ("solid", "expected"),
    [
        ("graphneuralnetwork", "graph-neural-network"),
        ("imageclassification", "image-classification"),
        ("statespacemodel", "state-space-model"),
        ("retrievalaugmentedgeneration", "retrieval-augmented-generation"),
        ("mamba", "mamba"),
        ("cifar10", "cifar-10"),
        ("imagenet", "imagenet"),
        ("s4", "s4"),
        ("gpt-3.5", "gpt-3.5"),
        ("llama3-8binstruct", "llama-3-8b-instruct"),
        ("pass" + "at1", "pass-at-1"),
        ("ndcgat10", "ndcg-at-10"),
        ("zorb", "zorb"),
        ("", ""),
    ],
)
def test_a_slug_is_readable(solid: str, expected: str) -> None:
    assert slug(solid) == expected


@given(SOLID)
def test_without_its_hyphens_a_slug_is_what_it_was_made_of(solid: str) -> None:
    assert slug(solid).replace("-", "") == solid


@given(PARTED)
def test_hyphens_that_tell_names_apart_stay(parted: str) -> None:
    made = slug(parted)

    assert made.replace("-", "") == parted.replace("-", "")
    assert made.count("-") >= parted.count("-")
    between_numbers = re.compile(r"(?<=\d)-(?=\d)")
    assert len(between_numbers.findall(made)) == len(between_numbers.findall(parted))


@given(st.lists(SOLID, min_size=2, max_size=2, unique=True))
def test_two_names_never_share_a_slug(names: list[str]) -> None:
    one, other = names

    assert slug(one) != slug(other)


@given(SOLID)
def test_a_slug_does_not_begin_or_end_with_a_hyphen_or_hold_two(solid: str) -> None:
    made = slug(solid)

    assert made == made.strip("-")
    assert "--" not in made


def test_a_very_long_run_of_letters_takes_no_long_time() -> None:
    before = time.perf_counter()

    slug("graphneuralnetwork" * 3_000)

    assert time.perf_counter() - before < 5
