"""Labels: how spans are read off what is known of each token."""

import numpy as np
import pytest

from kg.extract.labels import LABELS, Scores, edges, label_spans, possible_spans


def scores(*rows: dict[str, float]) -> Scores:
    """One row a token; what a row does not give goes to `O`."""
    found = np.zeros((len(rows), len(LABELS)), dtype=np.float32)
    for row, given in zip(found, rows, strict=True):
        row[0] = 1 - sum(given.values())
        for label, probability in given.items():
            row[LABELS.index(label)] = probability
    return found


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{}, {"B-Method": 0.9}, {}], [(1, 2, "Method")]),
        ([{"B-Task": 0.9}, {"I-Task": 0.9}], [(0, 2, "Task")]),
        ([{"B-Task": 0.9}, {"B-Task": 0.9}], [(0, 1, "Task"), (1, 2, "Task")]),
        ([{"B-Task": 0.9}, {"I-Method": 0.9}], [(0, 1, "Task"), (1, 2, "Method")]),
        ([{"I-Metric?": 0.9}], [(0, 1, "Metric?")]),
        ([{"B-Dataset": 0.3, "I-Dataset": 0.3}], [(0, 1, "Dataset")]),
        ([{"B-Dataset": 0.3, "B-Method": 0.3}], []),
        ([{}, {}], []),
        ([], []),
    ],
)
def test_spans_follow_from_the_most_probable_labels(
    rows: list[dict[str, float]], expected: list[tuple[int, int, str]]
) -> None:
    assert list(label_spans(scores(*rows))) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"B-Method": 0.3}, {"B-Task": 0.05}], [(0, 1, "Method")]),
        ([{"B-Task": 0.9}, {"I-Task": 0.5, "B-Task": 0.4}], [(0, 1), (0, 2), (1, 2)]),
        ([{"B-Task": 0.9}, {"I-Task": 0.95}], [(0, 2)]),
        ([{"B-Task": 0.5}, {"B-Task": 0.3, "I-Task": 0.5}], [(0, 1), (0, 2), (1, 2)]),
        ([{}, {"I-Task": 0.4}], [(1, 2)]),
        ([{}], []),
        ([], []),
    ],
)
def test_spans_that_are_not_too_improbable_are_possible(
    rows: list[dict[str, float]], expected: list[tuple[int, ...]]
) -> None:
    found = list(possible_spans(scores(*rows)))

    assert [span[: len(bounds)] for span, bounds in zip(found, expected, strict=True)] == expected


def test_a_possible_span_has_the_most_probable_label_within() -> None:
    rows = scores({"B-Method": 0.6, "B-Task": 0.3}, {"I-Task": 0.9})

    assert (0, 2, "Task") in list(possible_spans(rows))


def test_a_possible_span_is_not_endless() -> None:
    rows = scores({"B-Task": 1.0}, *[{"I-Task": 0.8}] * 999)

    assert max(stop - first for first, stop, _ in possible_spans(rows)) <= 12


def test_what_goes_on_where_nothing_was_has_begun_there() -> None:
    begin, go_on, ended = edges(scores({}, {"I-Task": 0.9}))

    assert begin.tolist() == pytest.approx([0, 0.9])
    assert go_on.tolist() == pytest.approx([0, 0.9, 0])
    assert ended.tolist() == pytest.approx([1, 0.1, 1])
