"""The one seam between the graph and the engines that hold it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, Self, TypeVar

from kg.errors import QueryError

TIMEOUT_SECONDS = 180  # after which an engine gives a question up
MAX_ROWS = 100_000  # of an answer; more fill the memory before anybody reads them
TOO_LONG = "no answer within the time limit; ask for less (kg cypher --timeout allows more)"

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long an answer may take, and how long it may be."""

    seconds: float = TIMEOUT_SECONDS
    rows: int | None = MAX_ROWS  # None: however many


BOUNDS = Bounds()  # of a question that says nothing of them


class Rows(list[dict[str, object]]):
    """Rows in the order of the answer; `columns` names their keys in order, even without rows.

    Values are plain: str, int, float, bool, None, lists and dicts of these. A date is an ISO
    string, a node `{"labels", "properties"}`, a relationship `{"type", "properties"}`, a path
    `{"nodes", "relationships"}`.
    """

    def __init__(self, columns: Iterable[str], rows: Iterable[dict[str, object]] = ()) -> None:
        super().__init__(rows)
        self.columns = tuple(columns)


class Store(Protocol):
    """A graph that answers Cypher and is never changed by it."""

    def run(
        self, cypher: str, parameters: Mapping[str, object] = ..., *, bounds: Bounds = ...
    ) -> Rows:
        """The rows that the reading statement `cypher` returns.

        Raises: QueryError if the statement writes, is wrong, or goes beyond its `bounds`;
        StoreError if the store fails.
        """
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


def at_most(rows: Iterable[_T], most: int | None) -> Iterator[_T]:
    """`rows` while there are no more than `most`.

    Raises: QueryError at the first that is too many.
    """
    for number, row in enumerate(rows, 1):
        if most is not None and number > most:
            cure = "put a LIMIT (kg cypher --max-rows allows more)"
            raise QueryError(f"more than {most:,} rows; {cure}")
        yield row
