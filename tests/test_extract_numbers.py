"""Numbers: how much, in which unit, and whether it is a value, a gain or a factor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.numbers import find_numbers


@pytest.mark.parametrize(
    ("sentence", "text", "value", "unit", "form"),
    [
        ("It has an accuracy of 91% on it.", "91%", 91.0, "%", "value"),
        (r"It has an accuracy of 16\% on it.", r"16\%", 16.0, "%", "value"),
        ("It has 91 percent there.", "91 percent", 91.0, "%", "value"),
        ("It reaches 36.5 BLEU.", "36.5", 36.5, "", "value"),
        ("It reads 10,000 words.", "10,000", 10_000.0, "", "value"),
        ("It costs -1.5 there.", "-1.5", -1.5, "", "value"),
        ("It is 1.98x faster.", "1.98x", 1.98, "x", "factor"),
        ("It is 2.5 times faster.", "2.5 times", 2.5, "x", "factor"),
        (r"It is $3\times$ faster.", r"3\times", 3.0, "x", "factor"),
        ("It is 4× faster.", "4×", 4.0, "x", "factor"),
        ("It is a 7-fold rise.", "7-fold", 7.0, "x", "factor"),
        ("It is 2-3x faster.", "2-3x", 2.0, "x", "factor"),
        ("It is 10 to 50 times faster.", "10 to 50 times", 10.0, "x", "factor"),
        ("It gains +3.2 points.", "+3.2 points", 3.2, "points", "gain"),
        ("It wins 3 percentage points.", "3 percentage points", 3.0, "points", "gain"),
        ("It improves accuracy by 5%.", "5%", 5.0, "%", "gain"),
        ("It improves accuracy by up to 5%.", "5%", 5.0, "%", "gain"),
        ("It reduces memory by an average of 5%.", "5%", 5.0, "%", "gain"),
        ("It has a gain of 5% there.", "5%", 5.0, "%", "gain"),
        ("It has 5% fewer weights.", "5%", 5.0, "%", "gain"),
        ("It brings a 5% relative improvement.", "5%", 5.0, "%", "gain"),
        ("It rises from 26.5 to 31.8 there.", "31.8", 31.8, "", "value"),
        ("It rises from 26.5% to 31.8% there.", "31.8%", 31.8, "%", "value"),
        ("It has 89.1%, as said.", "89.1%", 89.1, "%", "value"),
        ("It is there (89.1%).", "89.1%", 89.1, "%", "value"),
    ],
)
def test_a_number_is_read(sentence: str, text: str, value: float, unit: str, form: str) -> None:
    (number,) = find_numbers(sentence)

    assert sentence[number.start : number.stop] == number.text == text
    assert (number.value, number.unit, number.form) == (value, unit, form)


@pytest.mark.parametrize(
    "sentence",
    [
        "It is a 0.5B model.",
        "It was held in 2024.",
        "It has a good top-5 error.",
        "It is in the top 5% of all.",
        "It needs 1% of the labels.",
        "We test on CIFAR-10.",
        "We use GPT-3.5 and T5.",
        "It reads images of 256x256 pixels.",
        "It runs on an H100.",
        "It has version v1.2 there.",
        "It is a 3D model.",
        "There are 40k words.",
        "It is 5-shot learning.",
        "There is none.",
        "",
    ],
)
def test_parts_of_names_years_and_sizes_are_no_numbers(sentence: str) -> None:
    assert list(find_numbers(sentence)) == []


def test_a_spread_is_no_number() -> None:
    assert [one.text for one in find_numbers("It has 79.8 ± 4.8% there.")] == ["79.8"]


def test_numbers_come_in_the_order_of_the_sentence() -> None:
    sentence = "It has 81.5% on A, 70.3% on B and 2x the speed."

    assert [one.text for one in find_numbers(sentence)] == ["81.5%", "70.3%", "2x"]


@given(st.text(alphabet="0123456789.,-+%x× to\\$by", max_size=60) | st.text())
def test_a_number_is_the_text_at_its_bounds(sentence: str) -> None:
    for number in find_numbers(sentence):
        assert sentence[number.start : number.stop] == number.text != ""


@pytest.mark.parametrize("text", ["Accuracy of ٩٥% on Foo", "９５％", "१२ points"])
def test_digits_of_other_scripts_are_no_numbers(text: str) -> None:
    assert list(find_numbers(text)) == []


def test_a_number_is_finite_however_many_digits_it_has() -> None:
    assert all(number.value < 1e13 for number in find_numbers(f"{'9' * 400}% accuracy"))
