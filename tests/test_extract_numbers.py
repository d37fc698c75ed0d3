"""Numbers: how much, in which unit, and whether it is a value, a gain or a factor."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.numbers import find_numbers


@pytest.mark.parametrize(
    ("sentence", "text", "value", "unit", "form"),
    [
        ("It has an accuracy of 91% on it.", "91%", 91.0, "%", "value"),
        (r"It has an accuracy of 16\% on it.", r"16\%", 16.0, "%", "value"),
        (r"It has an accuracy of 16 \% on it.", r"16 \%", 16.0, "%", "value"),
        (r"It has an accuracy of 61.5$\%$ on it.", r"61.5$\%$", 61.5, "%", "value"),
        ("It has 91 percent there.", "91 percent", 91.0, "%", "value"),
        ("It has ~5% there.", "~5%", 5.0, "%", "value"),
        ("It reaches 36.5 BLEU.", "36.5", 36.5, "", "value"),
        ("It has a correlation of .62 there.", ".62", 0.62, "", "value"),
        ("It reads 10,000 words.", "10,000", 10_000.0, "", "value"),
        ("It reads 10{,}000 words.", "10{,}000", 10_000.0, "", "value"),
        ("It reads 3.5 million words.", "3.5 million", 3.5, "million", "value"),
        ("It has an error of $2.5 \\times 10^{-3}$.", "2.5 \\times 10^{-3}", 0.0025, "", "value"),
        ("It costs -1.5 there.", "-1.5", -1.5, "", "value"),
        ("It costs −1.5 there.", "−1.5", -1.5, "", "value"),
        (r"It costs \$0.25 a page.", r"\$0.25", 0.25, "USD", "value"),
        ("It has 89.1%, as said.", "89.1%", 89.1, "%", "value"),
        ("It is there (89.1%).", "89.1%", 89.1, "%", "value"),
        ("It makes zero errors.", "zero", 0.0, "", "value"),
        ("It is ranked 4th there.", "4th", 4.0, "rank", "value"),
        ("We leave 5% of the labels.", "5%", 5.0, "%", "value"),
    ],
)
def test_a_value_is_read(sentence: str, text: str, value: float, unit: str, form: str) -> None:
    (number,) = find_numbers(sentence)

    assert sentence[number.start : number.stop] == number.text == text
    assert number.value == pytest.approx(value)
    assert (number.unit, number.form) == (unit, form)


@pytest.mark.parametrize(
    ("sentence", "text", "value"),
    [
        ("It is 1.98x faster.", "1.98x", 1.98),
        ("It is 1.98X faster.", "1.98X", 1.98),
        ("It is 2.5 times faster.", "2.5 times", 2.5),
        (r"It is $3\times$ faster.", r"3\times", 3.0),
        (r"It is 3.5$\times$ faster.", r"3.5$\times$", 3.5),
        (r"It is $1.5{\times}$ faster.", r"1.5{\times}", 1.5),
        (r"It is up to $\times$3.5 faster.", "3.5", 3.5),
        ("It is 4× faster.", "4×", 4.0),
        ("It is a 7-fold rise.", "7-fold", 7.0),
        ("It is a three-fold rise.", "three-fold", 3.0),
        ("It is a tenfold rise.", "tenfold", 10.0),
        ("It is three times faster.", "three times", 3.0),
        ("It is twice as fast.", "twice", 2.0),
        ("It takes half the time.", "half", 0.5),
        ("It is faster by a factor of 2.5 there.", "2.5", 2.5),
        ("It is 2-3x faster.", "2-3x", 2.0),
        (r"It is $1.3$--$1.6{\times}$ faster.", r"1.3$--$1.6{\times}", 1.3),
        ("It is 10 to 50 times faster.", "10 to 50 times", 10.0),
        ("It is 1.2x to 3.5x faster.", "1.2x to 3.5x", 1.2),
    ],
)
def test_a_factor_is_read(sentence: str, text: str, value: float) -> None:
    (number,) = find_numbers(sentence)

    assert sentence[number.start : number.stop] == number.text == text
    assert (number.value, number.unit, number.form) == (value, "x", "factor")


def test_orders_of_magnitude_are_factors_of_their_own_kind() -> None:
    (number,) = find_numbers("It is 2 orders of magnitude faster.")

    assert (number.value, number.unit, number.form) == (2.0, "orders of magnitude", "factor")


@pytest.mark.parametrize(
    ("sentence", "text", "value", "unit"),
    [
        ("It gains +3.2 points.", "+3.2 points", 3.2, "points"),
        ("It loses -3.1 points.", "-3.1 points", -3.1, "points"),
        (r"It gains $+$3.2\% there.", r"+$3.2\%", 3.2, "%"),
        ("It loses (-4.5%) there.", "-4.5%", -4.5, "%"),
        ("It wins 3 percentage points.", "3 percentage points", 3.0, "points"),
        ("It wins 3 pp there.", "3 pp", 3.0, "points"),
        ("It wins 3%p there.", "3%p", 3.0, "points"),
        ("It has a 12-point lead.", "12-point", 12.0, "points"),
        ("It has a 12-18 point lead.", "12-18 point", 12.0, "points"),
        ("It wins 2.5 BLEU points.", "2.5", 2.5, ""),
        ("It wins 2.5% absolute there.", "2.5%", 2.5, "%"),
        ("It improves accuracy by 5%.", "5%", 5.0, "%"),
        ("It improves accuracy by up to 5%.", "5%", 5.0, "%"),
        (r"It improves accuracy by $\sim$5\%.", r"5\%", 5.0, "%"),
        (r"It improves accuracy by \textbf{5\%}.", r"5\%", 5.0, "%"),
        ("It reduces memory by an average of 5%.", "5%", 5.0, "%"),
        ("It reduces memory by 5 GB.", "5 GB", 5.0, "GB"),
        ("It has a gain of 5% there.", "5%", 5.0, "%"),
        ("It has an increase in recall of 5%.", "5%", 5.0, "%"),
        ("It wins by a margin of 5%.", "5%", 5.0, "%"),
        ("It has 5% fewer weights.", "5%", 5.0, "%"),
        ("It is 5% higher there.", "5%", 5.0, "%"),
        ("It brings a 5.1 gain.", "5.1", 5.1, ""),
        ("It brings a 5% relative improvement.", "5%", 5.0, "%"),
    ],
)
def test_a_gain_is_read(sentence: str, text: str, value: float, unit: str) -> None:
    (number,) = find_numbers(sentence)

    assert sentence[number.start : number.stop] == number.text == text
    assert (number.value, number.unit, number.form) == (value, unit, "gain")


@pytest.mark.parametrize(
    ("sentence", "forms"),
    [
        ("It improves by 3.2% on Foo and 4.5% on Bar.", ["gain", "gain"]),
        ("It brings 3.2% and 4.5% gains.", ["gain", "gain"]),
        ("It improves by 3.2% with an accuracy of 91%.", ["gain", "value"]),
        ("It has 91% accuracy with fewer weights.", ["value"]),
        ("It has 91%, 3.2% higher than before.", ["value", "gain"]),
        ("It improves Foo from 10 points to 15 points.", ["value", "value"]),
        ("It has a dropout of 0.5 there.", ["value"]),
        ("It has a loss of -5 dB and a mean absolute error of 0.2.", ["value", "value"]),
    ],
)
def test_only_a_gain_is_called_so(sentence: str, forms: list[str]) -> None:
    assert [number.form for number in find_numbers(sentence)] == forms


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        *((written, "ms") for written in ("5 ms", "5ms", "5 milliseconds", r"5\,ms")),
        *((written, "s") for written in ("5 s", "5s", "5 seconds", "5~s", "5 sec")),
        *((written, "min") for written in ("5 min", "5 minutes")),
        *((written, "h") for written in ("5 h", "5 hours")),
        *((written, "FPS") for written in ("5 FPS", "5 fps", "5 frames per second")),
        *((written, "FPS") for written in (r"5\,\mathrm{FPS}", r"5 \text{FPS}")),
        *((written, "dB") for written in ("5 dB", "5dB", r"5\,dB")),
        *((written, "px") for written in ("5 px", "5~px", "5 pixels")),
        *((written, "°") for written in ("5°", "5 degrees", r"5^\circ", r"5$^{\circ}$")),
        *((written, "tokens/s") for written in ("5 tokens/s", "5 tokens per second")),
        *((f"5 {unit}", unit) for unit in ("GB", "MB", "KB", "Hz", "mm", "cm", "m", "W", "J")),
        *((f"5 {unit}", unit) for unit in ("mN", "days", "GFLOPs", "W/kg", "ms/sample")),
        (r"5 $\mu$s", "μs"),
    ],
)
def test_a_physical_unit_is_read(written: str, unit: str) -> None:
    (number,) = find_numbers(f"It has {written}, as said.")

    assert (number.text, number.value, number.unit) == (written, 5.0, unit)


@pytest.mark.parametrize(
    ("sentence", "text", "value", "unit"),
    [
        ("It has 15%-50% there.", "15%-50%", 15.0, "%"),
        ("It has 9% to 13% there.", "9% to 13%", 9.0, "%"),
        ("It has 9 to 13% there.", "9 to 13%", 9.0, "%"),
        ("It has 0.1 to 0.65 there.", "0.1 to 0.65", 0.1, ""),
        ("It has scores ranging from 0.1 to 0.65.", "0.1 to 0.65", 0.1, ""),
        ("It has between 0.78 and 0.84.", "between 0.78 and 0.84", 0.78, ""),
        (r"It has 3\%$\sim$6\% there.", r"3\%$\sim$6\%", 3.0, "%"),
        (r"It has $87^\circ$--$88^\circ$ there.", r"87^\circ$--$88^\circ", 87.0, "°"),
        ("It wins in 15/91 cases.", "15/91", 15.0, ""),
        ("It scores 6.75/10 there.", "6.75/10", 6.75, ""),
        ("It wins in 23 of 24 cases.", "23 of 24", 23.0, ""),
        ("It wins in 7 out of 26 cases.", "7 out of 26", 7.0, ""),
        ("It wins in three of the five cases.", "three of the five", 3.0, ""),
        ("It came 3rd out of 26 there.", "3rd out of 26", 3.0, "rank"),
        ("It has 0.871 ± 0.047 there.", "0.871 ± 0.047", 0.871, ""),
        ("It has 0.871 +/- 0.047 there.", "0.871 +/- 0.047", 0.871, ""),
        (r"It has $0.871 \pm 0.047$ there.", r"0.871 \pm 0.047", 0.871, ""),
        ("It has 79.8 ± 4.8% there.", "79.8 ± 4.8%", 79.8, "%"),
        ("It has 79.8% ± 4.8 there.", "79.8% ± 4.8", 79.8, "%"),
    ],
)
def test_a_range_a_share_and_a_spread_are_one_number(
    sentence: str, text: str, value: float, unit: str
) -> None:
    (number,) = find_numbers(sentence)

    assert sentence[number.start : number.stop] == number.text == text
    assert (number.value, number.unit, number.form) == (value, unit, "value")


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        ("It rises from 26.5 to 31.8 there.", ["26.5", "31.8"]),
        ("It improves from 34% to 41% there.", ["34%", "41%"]),
        ("It rises from a baseline of 0.1 to 0.6 there.", ["0.1", "0.6"]),
        ("It rises from 34% to 41% and 50% to 60%.", ["34%", "41%", "50%", "60%"]),
        ("It is better (34% to 41%) there.", ["34%", "41%"]),
        (r"It rises from $0.3$ to $0.5 \pm 0.1$ there.", ["0.3", r"0.5 \pm 0.1"]),
        ("It has 3.5%/4.5% there.", ["3.5%", "4.5%"]),
        ("It has 26.2/0.96/0.08 there.", ["26.2", "0.96", "0.08"]),
        ("It has 81.5% on A, 70.3% on B.", ["81.5%", "70.3%"]),
        ("It has 45.1 vs. 42.9 there.", ["45.1", "42.9"]),
    ],
)
def test_the_ends_of_a_change_and_other_neighbours_are_numbers_each(
    sentence: str, texts: list[str]
) -> None:
    numbers = list(find_numbers(sentence))

    assert [number.text for number in numbers] == texts
    assert {number.form for number in numbers} == {"value"}


def test_the_first_end_of_a_change_has_the_unit_of_the_second() -> None:
    assert [one.unit for one in find_numbers("It fell from 70 to 30 ms there.")] == ["ms", "ms"]


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (r"It has $\mathbf{13.06}$ there.", "13.06"),
        (r"It has \textbf{13.06} there.", "13.06"),
        (r"It has \textbf{\emph{13.06}} there.", "13.06"),
        (r"It has $\approx13.06$ there.", "13.06"),
        (r"It has ${\sim}13.06$ there.", "13.06"),
        ("It has F1=13.06 there.", "13.06"),
        ("It is fast--13.06 is reached.", "13.06"),
    ],
)
def test_a_number_is_read_within_latex_and_behind_signs(sentence: str, text: str) -> None:
    assert [number.text for number in find_numbers(sentence)] == [text]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is a 0.5B model.",
        "It is a 7 B model of 13B parameters or 110M.",
        "It has 7 billion parameters or 1.2 million trainable parameters.",
        r"It has ${\sim}41$M weights.",
        "They have 0.6 to 235B weights, ranging from 1B to 7B.",
        "It was held in 2024.",
        "It was held from 2019 to 2023 and in 2018-2020.",
        "It was held in the 1990s.",
        "It has a good top-5 error.",
        "It is in the top 5% of all.",
        "We test on CIFAR-10.",
        "We use GPT-3.5 and T5.",
        "It reads images of 256x256 pixels.",
        "It reads images of 256 × 256 or 3 x 3 pixels.",
        "It runs on an H100.",
        "It has version v1.2 or 1.2.3 there.",
        "It is a 2D/3D model.",
        "It is a 4-bit model with a good F1 and Recall@5.",
        "It is $O(N^2)$, $O(10^{3})$, $e^{-2.5}$, $x_1$ or $\\frac{1}{2}$.",
        "There are 40k words.",
        "It is 5-shot learning.",
        "It is seen in Section 3, Table 2 and Stage 1.",
        "We set k=10 and $n = 5$.",
        "We (1) read, (2) write and 3) count.",
        "We use 5-fold cross-validation.",
        "It is zero-shot learning of two kinds with tens of words.",
        "There is none.",
        "",
    ],
)
def test_parts_of_names_years_and_sizes_are_no_numbers(sentence: str) -> None:
    assert list(find_numbers(sentence)) == []


def test_numbers_come_in_the_order_of_the_sentence() -> None:
    sentence = "It has 81.5% on A, 70.3% on B and 2x the speed."

    assert [one.text for one in find_numbers(sentence)] == ["81.5%", "70.3%", "2x"]


_PIECES = ["1", "23", ".5", ",000", "%", r"\%", "$", "{", "}", "~", "+", "-", "--", "x", r"\times"]
_MORE = [
    " ",
    " to ",
    " of ",
    "/",
    " ± ",
    r"\pm",
    "between ",
    " and ",
    "from ",
    "by ",
    "two",
    "fold",
]


@given(st.lists(st.sampled_from(_PIECES + _MORE), max_size=30).map("".join) | st.text())
def test_a_number_is_the_text_at_its_bounds(sentence: str) -> None:
    stop = 0
    for number in find_numbers(sentence):
        assert stop <= number.start < number.stop
        assert sentence[number.start : number.stop] == number.text
        stop = number.stop


@pytest.mark.parametrize("text", ["Accuracy of ٩٥% on Foo", "９５％", "१२ points"])
def test_digits_of_other_scripts_are_no_numbers(text: str) -> None:
    assert list(find_numbers(text)) == []


def test_a_number_is_finite_however_many_digits_it_has() -> None:
    assert all(number.value < 1e13 for number in find_numbers(f"{'9' * 400}% accuracy"))


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "1",
            "1,1,1,",
            "{{{{",
            r"\times",
            "1-1-1-",
            "1,000",
            "1.",
            "1/",
            "$",
            "~",
            " ",
            "+",
            "{1}",
        ),
        *("1 ", "1% ", "1 of ", "1 to ", "from 1 to 2 and ", "between 1 and ", r"1 \pm ", r"1\,"),
        *("by a ", "three ", "(1", "1 million trainable ", "improve the accuracy of "),
    ],
)
def test_a_hostile_text_takes_no_long_time(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    before = time.process_time()

    list(find_numbers(text))

    assert time.process_time() - before < 2


@pytest.mark.parametrize(
    "sentence",
    [
        "It is good in zero-shot and in zero- and few-shot learning.",
        "It has a 95% confidence interval.",
        "It has a p-value of 0.03 there.",
        "It is surely better (p < 0.05).",
        "It has a 99.9th percentile.",
    ],
)
def test_what_was_chosen_or_tells_how_sure_one_is_is_no_number(sentence: str) -> None:
    assert list(find_numbers(sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "forms"),
    [
        ("It gains 11.0 pm 1.3 points.", ["gain"]),
        ("It improves by 15.2% over X and 36.6% over Y.", ["gain", "gain"]),
        ("It comes within 0.4 points of X.", ["gain"]),
        ("It has a 60% speedup.", ["gain"]),
    ],
)
def test_a_gain_is_told_by_the_words_around_it(sentence: str, forms: list[str]) -> None:
    assert [number.form for number in find_numbers(sentence)] == forms


@pytest.mark.parametrize(
    ("sentence", "starts"),
    [
        ("It rises from 26.5 to 31.8.", [True, False]),
        ("It rises from 40.1 mAP to 43.0 mAP.", [True, False]),
        ("It rises from 71.2% (ResNet-50) up to 75.3%.", [True, False]),
        ("It falls from 30% down to 10%.", [True, False]),
        ("It has 26.5 and 31.8.", [False, False]),
    ],
)
def test_the_first_end_of_a_change_is_known(sentence: str, starts: list[bool]) -> None:
    assert [number.is_start for number in find_numbers(sentence)] == starts
