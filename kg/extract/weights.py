"""Small trained networks: their weights, arrays by name in an `.npz` file, and their last step."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any, Generic, Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

PIPELINE = Path(__file__).parents[1] / "pipeline"  # the package's own
FILE = "weights.npz"

Weights = Mapping[str, NDArray[np.float32]]


class Network(Protocol):
    """What is made of weights alone, and keeps them."""

    weights: Weights

    def __init__(self, weights: Weights) -> None: ...


N = TypeVar("N", bound=Network)


def read_weights(data: bytes) -> Weights:
    """The arrays of an `.npz` file, in single precision whatever the file holds them in."""
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        return {name: arrays[name].astype(np.float32) for name in sorted(arrays)}


def write_weights(weights: Weights, *, half: bool = False) -> bytes:
    """The bytes of an `.npz` file; `half` the precision takes half the place."""
    file = BytesIO()
    kept: dict[str, Any] = {
        name: array.astype(np.float16) if half else array for name, array in weights.items()
    }
    np.savez_compressed(file, allow_pickle=False, **kept)
    return file.getvalue()


def own_weights(component: str) -> Weights:
    """Those of a component of the package's own pipeline."""
    return read_weights((PIPELINE / component / FILE).read_bytes())


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probabilities along the last axis."""
    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: NDArray[np.float32] = odds / odds.sum(axis=-1, keepdims=True)
    return shares


class Weighted(Generic[N]):
    """A component that holds a network, the package's own until it is given or reads one."""

    name: str  # of the component in the package's own pipeline
    kind: type[N]
    half = False  # whether half the precision is enough to keep it in

    def __init__(self, network: N | None = None) -> None:
        if network:
            self.network = network

    @cached_property
    def network(self) -> N:
        return self.kind(own_weights(self.name))

    # spaCy stores a component by these four.
    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        return write_weights(self.network.weights, half=self.half)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Self:
        self.network = self.kind(read_weights(data))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        Path(path).mkdir(parents=True, exist_ok=True)
        (Path(path) / FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:
        return self.from_bytes((Path(path) / FILE).read_bytes())
