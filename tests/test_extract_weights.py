"""Weights: arrays in a file, and the components that hold them."""

from pathlib import Path

import numpy as np
import pytest

from kg.extract.components import RelationFinder, TermFinder
from kg.extract.pipeline import make_pipeline
from kg.extract.relations import Relations
from kg.extract.weights import FILE, own_weights, read_weights, write_weights


def test_weights_come_back_from_their_bytes() -> None:
    weights = {"b": np.array([[1.5, 2]], np.float32), "a": np.array(0.1, np.float32)}

    again = read_weights(write_weights(weights))

    assert list(again) == ["a", "b"]
    assert again["b"].tolist() == [[1.5, 2]]
    assert again["a"] == np.float32(0.1)


def test_half_the_precision_is_read_as_single_again() -> None:
    (again,) = read_weights(write_weights({"a": np.array([0.1], np.float32)}, half=True)).values()

    assert again.dtype == np.float32
    assert again.tolist() == [pytest.approx(0.1, abs=1e-4)]
    assert again.tolist() != [float(np.float32(0.1))]


@pytest.mark.parametrize("component", ["kg_terms", "kg_relations"])
def test_a_component_writes_what_ships_as_it_is(component: str, tmp_path: Path) -> None:
    finder = make_pipeline().get_pipe(component)
    assert isinstance(finder, TermFinder | RelationFinder)

    finder.to_disk(tmp_path / component)

    written = read_weights((tmp_path / component / FILE).read_bytes())
    shipped = own_weights(component)
    assert written.keys() == shipped.keys()
    assert all(np.array_equal(written[name], array) for name, array in shipped.items())


def test_a_component_takes_the_weights_that_it_reads(tmp_path: Path) -> None:
    weights = own_weights("kg_relations")
    finder = RelationFinder(Relations({name: array * 0 for name, array in weights.items()}))
    (tmp_path / FILE).write_bytes(write_weights(weights, half=True))

    finder.from_disk(tmp_path)

    assert finder.network.encoder.weights["mix"].any()
