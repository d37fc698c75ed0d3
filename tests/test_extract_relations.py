"""The network that reads what a text says of its terms: the shape of its answers."""

import numpy as np
import pytest

from kg.extract.labels import NAMED
from kg.extract.layout import Layout
from kg.extract.pipeline import make_pipeline
from kg.extract.relations import CELLS, OF_KIND, ROLE_COLUMNS, Relations, Said
from kg.extract.results import numbers_outside
from kg.extract.weights import own_weights
from kg.records import Kind, Mention, Term

NLP = make_pipeline()
READ = Relations(own_weights("kg_relations"))
TEXT = (
    "ZipNet: Nets\nWe propose ZipNet. It reaches 91% accuracy on CIFAR-10 and beats ZapNet by 3%."
)


def said(text: str, *names: tuple[Kind, str]) -> Said:
    terms = [
        Term(kind, name, "mentioned", True, (Mention(at, at + len(name), name, 0.9),))
        for kind, name in names
        for at in [text.index(name)]
    ]
    return READ(Layout.of(NLP.make_doc(text), text, terms, numbers_outside(text, terms)))


@pytest.fixture
def whole() -> Said:
    return said(
        TEXT,
        ("Method", "ZipNet"),
        ("Metric", "accuracy"),
        ("Dataset", "CIFAR-10"),
        ("Method", "ZapNet"),
    )


def test_a_term_has_only_roles_of_its_kind(whole: Said) -> None:
    kinds = [NAMED.index(kind) for kind in ("Method", "Metric", "Dataset", "Method")]

    assert whole.roles.sum(axis=1) == pytest.approx(np.ones(4))
    assert not whole.roles[~OF_KIND[kinds]].any()
    assert whole.shows.shape == (4, len(ROLE_COLUMNS))


def test_a_cell_is_filled_by_a_term_of_its_kind_or_by_none(whole: Said) -> None:
    of_kind = {"metric": [1, 4], "dataset": [2, 4], "method": [0, 3, 4], "baseline": [0, 3, 4]}

    assert whole.cells.shape == (2, len(CELLS), 5)
    assert whole.cells.sum(axis=2) == pytest.approx(np.ones((2, len(CELLS))))
    for place, (cell, _) in enumerate(CELLS):
        others = np.setdiff1d(np.arange(5), of_kind[cell])
        assert not whole.cells[:, place, others].any()


def test_a_text_without_terms_states_results_of_nothing() -> None:
    found = said("A title\nIt reaches 91% and 3%.")

    assert found.roles.shape == (0, len(ROLE_COLUMNS))
    assert found.results.shape == (2,)
    assert found.cells.tolist() == [[[1]] * len(CELLS)] * 2


def test_a_text_without_numbers_has_roles_alone() -> None:
    found = said("A title\nWe propose ZipNet.", ("Method", "ZipNet"))

    assert ROLE_COLUMNS[int(found.roles[0].argmax())] == ("Method", "proposed")
    assert found.cells.shape == (0, len(CELLS), 2)


def test_an_empty_text_says_nothing() -> None:
    assert said("").roles.shape == (0, len(ROLE_COLUMNS))
