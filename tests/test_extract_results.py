"""Results: which numbers are measured outcomes, and what each is about."""

from typing import NamedTuple

import numpy as np
import pytest

from kg.extract import load_pipeline
from kg.extract.relations import CELLS, ROLE_COLUMNS, Said
from kg.extract.results import find_results, numbers_outside
from kg.records import Kind, Mention, Result, Term

NLP = load_pipeline()
OPENING = "ZipNet: Fast Nets\nWe propose ZipNet. "


class Row(NamedTuple):
    """A result with the names of its cells."""

    text: str
    metric: str | None = None
    method: str | None = None
    dataset: str | None = None
    baseline: str | None = None


def rows(found: tuple[Result, ...], terms: tuple[Term, ...]) -> list[Row]:
    return [
        Row(
            one.text,
            *(
                None if (at := getattr(one, cell)) is None else terms[at].name
                for cell in Row._fields[1:]
            ),
        )
        for one in found
    ]


def results(text: str) -> list[Row]:
    """The results of `text`, as the pipeline that ships reads it."""
    doc = NLP(text)
    return rows(doc._.kg_results, doc._.kg_terms)


def term(text: str, kind: Kind, *names: str) -> Term:
    places = [(text.index(name), name) for name in names]
    mentions = tuple(Mention(at, at + len(name), name, 0.9) for at, name in places)
    return Term(kind, names[0], "mentioned", True, mentions)


def listed(sentence: str, *names: tuple[Kind, str], sure: float = 0.9) -> list[Row]:
    """The results of a sentence whose numbers are surely results, by its lists alone."""
    text = f"A title\n{sentence}"
    return by_lists(text, tuple(term(text, kind, name) for kind, name in names), sure)


def by_lists(text: str, terms: tuple[Term, ...], sure: float = 0.9) -> list[Row]:
    numbers = numbers_outside(text, terms)
    nothing = np.zeros((0, len(ROLE_COLUMNS)), dtype=np.float32)
    none = np.zeros((len(numbers), len(CELLS), len(terms) + 1), dtype=np.float32)
    none[..., -1] = 1
    said = Said(nothing, nothing, np.full(len(numbers), sure, dtype=np.float32), none)
    return rows(tuple(find_results(text, terms, numbers, said)), terms)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It has an accuracy of 91% on CIFAR-10.", Row("91%", "accuracy", "ZipNet", "CIFAR-10")),
        ("On CIFAR-10, it reaches 91% accuracy.", Row("91%", "accuracy", "ZipNet", "CIFAR-10")),
        ("ZipNet reaches 36.5 BLEU.", Row("36.5", "BLEU", "ZipNet")),
        ("It has a BLEU score of 36.5.", Row("36.5", "BLEU score", "ZipNet")),
        ("It reaches an FID of 3.17.", Row("3.17", "FID", "ZipNet")),
        ("It has a perplexity (20.5) that is low.", Row("20.5", "perplexity", "ZipNet")),
        (
            "It reaches a speed of 30 frames per second.",
            Row("30 frames per second", "speed", "ZipNet"),
        ),
        ("It reaches 34 FPS.", Row("34 FPS", "FPS", "ZipNet")),
        ("It is 2-3x faster than ZapNet.", Row("2-3x", None, "ZipNet", None, "ZapNet")),
        (
            "It outperforms ZapNet by 2.3 BLEU on WMT'14.",
            Row("2.3", "BLEU", "ZipNet", "WMT'14", "ZapNet"),
        ),
        (
            "It improves accuracy by +3.2 points on GLUE.",
            Row("+3.2 points", "accuracy", "ZipNet", "GLUE"),
        ),
        ("It is 1.98x faster.", Row("1.98x", None, "ZipNet")),
        ("It scores 89.4 on GLUE.", Row("89.4", None, "ZipNet", "GLUE")),
        ("It has an accuracy of 91% on MNIST.", Row("91%", "accuracy", "ZipNet", "MNIST")),
        ("With ZapNet, ZipNet achieves 91%.", Row("91%", None, "ZipNet")),
        ("ZapNet reaches 91% accuracy.", Row("91%", "accuracy", "ZapNet")),
        ("A neural network reaches 91%.", Row("91%", None, "ZipNet")),
        ("It outperforms ZapNet by 3.2%.", Row("3.2%", None, "ZipNet", None, "ZapNet")),
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
        "It performs well.",
    ],
)
def test_sizes_counts_and_years_are_no_results(sentence: str) -> None:
    assert results(OPENING + sentence) == []


def test_a_number_in_a_title_of_two_sentences_is_no_result() -> None:
    assert results("Is ZipNet good? Yes, with 91% Accuracy on CIFAR-10\nIt is fast.") == []


def test_a_number_in_the_title_is_no_result() -> None:
    assert results("ZipNet: Reaching 91% Accuracy\nIt is fast.") == []


def test_a_metric_goes_on_along_a_list_of_datasets() -> None:
    sentence = "It has an FID of 5.11 on FFHQ and 4.98 on CelebA, compared with 6.2 for ZapNet."

    assert results(OPENING + sentence) == [
        Row("5.11", "FID", "ZipNet", "FFHQ"),
        Row("4.98", "FID", "ZipNet", "CelebA"),
        Row("6.2", "FID", "ZapNet", "CelebA"),
    ]


def test_of_a_change_the_first_end_is_not_what_the_method_reaches() -> None:
    sentence = "It raises the success rate from 26.5% to 31.8% on ALFWorld."

    assert results(OPENING + sentence) == [
        Row("26.5%", "success rate", None, "ALFWorld"),
        Row("31.8%", "success rate", "ZipNet", "ALFWorld"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "It scores 88.1 on GLUE, compared with 86.0 for ZapNet.",
        "It scores 88.1 on GLUE and beats ZapNet's 86.0.",
        "It scores 88.1 on GLUE, beating ZapNet (86.0).",
    ],
)
def test_a_number_is_of_the_method_beside_it(sentence: str) -> None:
    own, other = results(OPENING + sentence)

    assert (own.text, own.method) == ("88.1", "ZipNet")
    assert (other.text, other.method) == ("86.0", "ZapNet")


def test_each_of_several_metrics_keeps_its_number() -> None:
    sentence = (
        "It attains a mIoU of 53.6 on ADE20K, a box AP of 58.7 and a mask AP of 51.1 on COCO."
    )

    assert results(OPENING + sentence) == [
        Row("53.6", "mIoU", "ZipNet", "ADE20K"),
        Row("58.7", "box AP", "ZipNet", "COCO"),
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


def test_as_many_methods_and_datasets_as_numbers_are_paired_by_respectively() -> None:
    sentence = "ZipNet and ZapNet score 71.2 and 68.4 on GLUE and RACE, respectively."
    methods: list[tuple[Kind, str]] = [("Method", "ZipNet"), ("Method", "ZapNet")]

    assert listed(sentence, *methods, ("Dataset", "GLUE"), ("Dataset", "RACE")) == [
        Row("71.2", None, "ZipNet", "GLUE"),
        Row("68.4", None, "ZapNet", "RACE"),
    ]


def test_without_respectively_methods_are_not_paired_but_datasets_are() -> None:
    sentence = "ZipNet and ZapNet score 71.2 and 68.4 on GLUE and RACE."
    methods: list[tuple[Kind, str]] = [("Method", "ZipNet"), ("Method", "ZapNet")]

    assert listed(sentence, *methods, ("Dataset", "GLUE"), ("Dataset", "RACE")) == [
        Row("71.2", None, None, "GLUE"),
        Row("68.4", None, None, "RACE"),
    ]


def test_a_list_of_another_length_pairs_with_nothing() -> None:
    sentence = "It has 90%, 80% and 70% in recall and precision, respectively."

    assert listed(sentence, ("Metric", "recall"), ("Metric", "precision")) == [
        Row("90%"),
        Row("80%"),
        Row("70%"),
    ]


def test_a_name_and_its_acronym_are_one_of_a_list() -> None:
    text = "A title\nIt has 90% and 80% in exact match (EM) and recall, respectively."
    terms = (term(text, "Metric", "exact match", "EM"), term(text, "Metric", "recall"))

    assert by_lists(text, terms) == [Row("90%", "exact match"), Row("80%", "recall")]


def test_what_is_probably_no_result_is_left_out() -> None:
    assert listed("It has 90% of shoes.", sure=0.4) == []


def test_a_number_within_a_name_is_no_result() -> None:
    found = listed("We use Llama 3.1 and reach 91%.", ("Method", "Llama 3.1"))

    assert found == [Row("91%")]


def test_a_text_of_many_numbers_has_as_many_results_as_an_abstract_may() -> None:
    assert len(listed("It reaches 91%, " * 1_000)) == 250
