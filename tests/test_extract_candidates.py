"""Candidates for names: which look like names, and which of several in one place stands."""

import pytest

from kg.extract.candidates import Name, is_name, one_each, standing, trimmed, without_overlaps


def test_of_names_that_overlap_the_more_confident_stands_and_then_the_longer() -> None:
    weak, sure = Name(0, 9, "Task", 0.4), Name(5, 12, "Method", 0.8)
    short, long = Name(20, 22, "Method", 0.5), Name(20, 25, "Dataset", 0.5)

    assert without_overlaps([weak, short, long, sure]) == [sure, long]


def test_of_names_in_one_place_the_more_confident_keeps_what_the_other_says_of_the_role() -> None:
    known, own = Name(0, 4, "Dataset", 0.9), Name(0, 4, "Method", 0.8, "own")

    assert one_each([own, known]) == [Name(0, 4, "Dataset", 0.9, "own", also=(own,))]


def test_names_in_different_places_are_all_kept_even_where_they_overlap() -> None:
    long, short = Name(0, 9, "Method", 0.4), Name(5, 9, "Method", 0.8)

    assert one_each([short, long]) == [long, short]


def test_a_taken_place_holds_no_name() -> None:
    assert one_each([Name(2, 6, "Task", 0.4)], taken=[5]) == []


def test_what_the_user_lists_overlaps_with_nothing_else() -> None:
    user, model = Name(5, 9, "Task", 1.0, by="user"), Name(0, 9, "Method", 0.9, by="model")

    assert one_each([model, user]) == [user]


def test_of_names_that_overlap_the_one_of_the_lowest_rank_stands() -> None:
    names = [Name(0, 9, "Method", 0.9), Name(5, 9, "Method", 0.9), Name(9, 12, "Task", 0.1)]

    assert standing(names, [(2,), (1,), (3,)]) == [1, 2]
    assert standing(names, [(1,), (2,), (3,)]) == [0, 2]


@pytest.mark.parametrize("name", ["ZipNet", "S4", "Zip Net", "Mamba", "T5"])
def test_a_name_looks_like_one(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("name", ["A", "The", "GPU", "GPU-based", "Foo", "Large Language Models"])
def test_short_and_generic_words_are_no_names(name: str) -> None:
    assert not is_name(name)


@pytest.mark.parametrize(
    ("words", "start", "name"),
    [
        ("ZipNet's", 0, "ZipNet"),
        ("ZipNet.", 0, "ZipNet"),
        ("The ZipNet", 4, "ZipNet"),
        ("Then the ZipNet", 9, "ZipNet"),
        ("Zip of the Net", 0, "Zip of the Net"),
    ],
)
def test_a_name_is_cut_out_of_its_words(words: str, start: int, name: str) -> None:
    assert list(trimmed(words, 0, "Method", 0.5)) == [Name(start, start + len(name), "Method", 0.5)]


def test_of_generic_words_no_name_is_left() -> None:
    assert list(trimmed("The GPU", 0, "Method", 0.5)) == []


def test_the_users_word_stands_before_the_models_and_that_before_the_rules() -> None:
    rule = Name(0, 9, "Method", 0.99)
    model = Name(5, 9, "Dataset", 0.6, by="model")
    user = Name(7, 9, "Task", 1.0, by="user")

    assert without_overlaps([rule, model]) == [model]
    assert without_overlaps([rule, model, user]) == [user]
