"""The one seam between the graph and the engines that hold it."""

from collections.abc import Iterable, Mapping
from typing import Protocol, Self

TIMEOUT_SECONDS = 180  # after which an engine gives a question up


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

    def run(self, cypher: str, parameters: Mapping[str, object] = ...) -> Rows:
        """The rows that the reading statement `cypher` returns.

        Raises: QueryError if the statement writes or is wrong, StoreError if the store fails.
        """
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...
