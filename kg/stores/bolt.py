"""Neo4j as a store, through its own driver."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, Self

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable
from neo4j.graph import Node, Path, Relationship
from neo4j.time import Date, DateTime, Duration, Time

from kg.errors import KgError, QueryError, StoreError
from kg.stores.protocol import TIMEOUT_SECONDS, Rows
from kg.stores.read_only import check_read_only, without_comments

OURS = "Kg"  # the second label of each node that `load` writes; `Rows` leaves it out
_RETRY_SECONDS = 5.0
_ABOUT_THE_QUESTION = re.compile(r"Neo\.\w+\.(Statement|Procedure|Transaction)\.")


def connect(
    uri: str, *, user: str = "neo4j", password: str, database: str | None = None
) -> "Neo4jStore":
    """A Neo4j database that has answered; `uri` is such as `bolt://localhost:7687`.

    Raises: StoreError if nothing answers there, or it refuses the user.
    """
    if not re.match(r"(bolt|neo4j)(\+s|\+ssc)?://.", uri):
        raise StoreError(f"{uri} is no address of Neo4j; write bolt://localhost:7687 or the like")
    try:
        driver = neo4j.GraphDatabase.driver(
            uri,
            auth=(user, password),
            connection_timeout=10,
            max_transaction_retry_time=_RETRY_SECONDS,
            notifications_min_severity="OFF",
        )
    except (DriverError, ValueError) as error:
        raise _explained(error, uri) from error
    store = Neo4jStore(driver, uri, database)
    try:
        store.verify()
    except KgError:
        store.close()
        raise
    return store


class Neo4jStore:
    """One database of a Neo4j server; several threads may ask it at once."""

    def __init__(self, driver: neo4j.Driver, uri: str, database: str | None = None) -> None:
        self._driver = driver
        self._uri = uri
        self._database = database

    def run(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """The rows that the reading statement `cypher` returns."""
        check_read_only(cypher)
        query = without_comments(cypher)
        try:
            with self._driver.session(
                database=self._database, default_access_mode=neo4j.READ_ACCESS
            ) as session:
                return session.execute_read(_rows, query, dict(parameters or {}))
        except (DriverError, Neo4jError) as error:
            raise _explained(error, self._uri) from error

    def write(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Counter[str]:
        """Run a writing statement; how much it created, deleted and set, by Neo4j's names."""
        try:
            with self._driver.session(database=self._database) as session:
                return session.execute_write(_changes, cypher, dict(parameters or {}))
        except (DriverError, Neo4jError) as error:
            raise _explained(error, self._uri) from error

    def verify(self) -> None:
        """Pass where the server knows the user and has the database."""
        try:
            self._driver.verify_connectivity()
        except (DriverError, Neo4jError, ValueError) as error:
            raise _explained(error, self._uri) from error
        self.run("RETURN 1")

    def close(self) -> None:
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@neo4j.unit_of_work(timeout=TIMEOUT_SECONDS)
def _rows(
    transaction: neo4j.ManagedTransaction, cypher: str, parameters: dict[str, object]
) -> Rows:
    result = transaction.run(cypher, parameters)
    columns = result.keys()
    rows = (dict(zip(columns, map(_plain, row.values()), strict=True)) for row in result)
    return Rows(columns, rows)


def _changes(
    transaction: neo4j.ManagedTransaction, cypher: str, parameters: dict[str, object]
) -> Counter[str]:
    counters = transaction.run(cypher, parameters).consume().counters
    return Counter({key: n for key, n in vars(counters).items() if isinstance(n, int)})


def _plain(value: Any) -> Any:
    """`value` in the types that `Rows` promises."""
    match value:
        case Node():
            labels = sorted(value.labels - {OURS})
            return {"labels": labels, "properties": _properties(value)}
        case Relationship():
            return {"type": value.type, "properties": _properties(value)}
        case Path():
            return {"nodes": _plain(value.nodes), "relationships": _plain(value.relationships)}
        case Duration():
            return {"months": value.months, "days": value.days, "seconds": value.seconds}
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case Date() | DateTime() | Time():
            return value.to_native().isoformat()
    return value


def _properties(entity: Node | Relationship) -> dict[str, object]:
    return {key: _plain(entity[key]) for key in sorted(entity)}


def _explained(error: DriverError | Neo4jError | ValueError, uri: str) -> KgError:
    message = (error.message or "") if isinstance(error, Neo4jError) else str(error)
    first_line = message.partition("\n")[0]
    if isinstance(error, AuthError):
        return StoreError(f"{uri} refuses this user and password; check both")
    if isinstance(error, ServiceUnavailable):
        return StoreError(f"cannot reach {uri}; is Neo4j running there?")
    if isinstance(error, Neo4jError) and _ABOUT_THE_QUESTION.match(error.code or ""):
        return QueryError(first_line)
    return StoreError(f"{uri}: {first_line}")
