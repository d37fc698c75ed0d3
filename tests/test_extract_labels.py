"""Labels: how spans are read off what is known of each token."""

import numpy as np
import pytest

from kg.extract.labels import LABELS, Scores, label_spans


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


def test_more_is_found_where_what_is_outside_weighs_less() -> None:
    rows = scores({"B-Method": 0.3}, {"B-Task": 0.1})

    assert list(label_spans(rows)) == []
    assert list(label_spans(rows, outside=0.25)) == [(0, 1, "Method")]
