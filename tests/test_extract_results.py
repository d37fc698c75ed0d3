"""Results: which numbers are measured outcomes, and what each is about."""

from typing import NamedTuple

import pytest

from kg.extract import load_pipeline
from kg.extract.results import find_results

NLP = load_pipeline()
OPENING = "ZipNet: Fast Nets\nWe propose ZipNet. "


class Row(NamedTuple):
    """A result with the names of its cells."""

    text: str
    metric: str | None = None
    method: str | None = None
    dataset: str | None = None
    baseline: str | None = None


def results(text: str, without: str = "") -> list[Row]:
    """The results of `text`; the term `without` is not known."""
    doc = NLP(text)
    terms = [term for term in doc._.kg_terms if term.name != without]
    names = [term.name for term in terms]
    cells = ("metric", "method", "dataset", "baseline")
    return [
        Row(
            one.text, *(None if (at := getattr(one, cell)) is None else names[at] for cell in cells)
        )
        for one in find_results(text, terms)
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It has an accuracy of 91% on CIFAR-10.", Row("91%", "accuracy", "ZipNet", "CIFAR-10")),
        ("On CIFAR-10, it reaches 91% accuracy.", Row("91%", "accuracy", "ZipNet", "CIFAR-10")),
        ("ZipNet reaches 36.5 BLEU.", Row("36.5", "BLEU", "ZipNet")),
        ("It has a BLEU score of 36.5.", Row("36.5", "BLEU score", "ZipNet")),
        ("It reaches an FID of 3.17.", Row("3.17", "FID", "ZipNet")),
        ("It has a perplexity (20.5) that is low.", Row("20.5", "perplexity", "ZipNet")),
        ("It reaches a speed of 30 frames per second.", Row("30", "speed", "ZipNet")),
        ("It is 1.98x faster.", Row("1.98x", None, "ZipNet")),
        ("It scores 89.4 on GLUE.", Row("89.4", None, "ZipNet", "GLUE")),
        ("It has an accuracy of 91% on MNIST.", Row("91%", "accuracy", "ZipNet", "MNIST")),
        ("With ZapNet, ZipNet achieves 91%.", Row("91%", None, "ZipNet")),
        ("ZapNet reaches 91% accuracy.", Row("91%", "accuracy", "ZapNet")),
        ("ZapNet with ResNet-50 obtains 91%.", Row("91%", None, "ZapNet")),
        ("We use ResNet-50 and reach 91%.", Row("91%", None, "ZipNet")),
        ("A neural network reaches 91%.", Row("91%", None, "ZipNet")),
        ("ZapNet with a cache and a key gains 91%.", Row("91%", None, "ZipNet")),
        ("It beats the 33.3 BLEU of a plain baseline.", Row("33.3", "BLEU")),
        ("It outperforms ZapNet by 3.2%.", Row("3.2%", None, "ZipNet", None, "ZapNet")),
        ("It raises accuracy from 26.5 to 31.8.", Row("31.8", "accuracy", "ZipNet")),
    ],
)
def test_a_measured_number_is_a_result_with_its_cells(sentence: str, expected: Row) -> None:
    assert results(OPENING + sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is a 0.5B model that performs well.",
        "It outperforms all since 2024.",
        "It has a good top-5 accuracy.",
        "It performs well with 12 layers.",
        "It beats 16 others on CIFAR-10.",
        "Half of all shoes weigh 20%.",
        "It performs well.",
    ],
)
def test_sizes_counts_and_years_are_no_results(sentence: str) -> None:
    assert results(OPENING + sentence) == []


def test_a_number_in_the_title_is_no_result() -> None:
    assert results("ZipNet: Reaching 91% Accuracy\nIt is fast.") == []


def test_a_metric_goes_on_along_a_list_of_datasets() -> None:
    sentence = "It has an FID of 5.11 on FFHQ and 4.98 on CelebA, compared with 6.2 for ZapNet."

    assert results(OPENING + sentence) == [
        Row("5.11", "FID", "ZipNet", "FFHQ"),
        Row("4.98", "FID", "ZipNet", "CelebA"),
        Row("6.2", "FID", "ZapNet", "CelebA"),
    ]


def test_a_dataset_that_is_not_known_is_not_taken_for_the_last_one() -> None:
    sentence = "It has an accuracy of 91% on CIFAR-10, and with more it has 98% on Flowers."

    assert results(OPENING + sentence, without="Flowers") == [
        Row("91%", "accuracy", "ZipNet", "CIFAR-10"),
        Row("98%", "accuracy", "ZipNet"),
    ]


def test_a_factor_of_size_or_speed_is_not_one_of_the_metric_before() -> None:
    sentence = "It reaches an accuracy of 91% with 8.4x fewer shoes."

    assert results(OPENING + sentence) == [
        Row("91%", "accuracy", "ZipNet"),
        Row("8.4x", None, "ZipNet"),
    ]


def test_each_of_several_metrics_keeps_its_number() -> None:
    sentence = (
        "It attains a mIoU of 53.6 on ADE20K, a box AP of 58.7 and a mask AP of 51.1 on COCO."
    )

    assert results(OPENING + sentence) == [
        Row("53.6", "mIoU", "ZipNet", "ADE20K"),
        Row("58.7", "box AP", "ZipNet", "ADE20K"),
        Row("51.1", "mask AP", "ZipNet", "COCO"),
    ]


def test_respectively_pairs_numbers_with_metrics() -> None:
    sentence = "It reaches 90%, 80% and 85% in accuracy, recall and F1, respectively."

    assert results(OPENING + sentence) == [
        Row("90%", "accuracy", "ZipNet"),
        Row("80%", "recall", "ZipNet"),
        Row("85%", "F1", "ZipNet"),
    ]


def test_respectively_pairs_numbers_with_datasets() -> None:
    sentence = "It improves accuracy by 3% and 5% on GLUE and RACE, respectively."

    assert results(OPENING + sentence) == [
        Row("3%", "accuracy", "ZipNet", "GLUE"),
        Row("5%", "accuracy", "ZipNet", "RACE"),
    ]


def test_without_a_method_of_its_own_a_paper_has_results_of_its_subjects_only() -> None:
    text = "On shoes\nBERT reaches 91% accuracy. Accuracy rises by 3%."

    assert results(text) == [Row("91%", "accuracy", "BERT"), Row("3%", "accuracy")]


def test_the_bounds_of_a_result_count_the_whole_text() -> None:
    text = OPENING + "It has an accuracy of 91% 😀 and then 92%."
    doc = NLP(text)

    assert [text[one.start : one.stop] for one in doc._.kg_results] == ["91%", "92%"]
