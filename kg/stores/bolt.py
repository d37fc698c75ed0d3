"""Neo4j as a store, through its own driver."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import Any, Self, TypeVar

import neo4j
from neo4j.graph import Node, Relationship
from neo4j.graph import Path as Route
from neo4j.time import Date, DateTime, Duration, Time

from kg.errors import StoreError
from kg.queries import statement
from kg.stores.connection import check_server, open_driver
from kg.stores.faults import FAULTS, REPORTED, explained
from kg.stores.protocol import BOUNDS, Bounds, Rows, at_most
from kg.stores.read_only import check_read_only, without_comments

_T = TypeVar("_T")
_SOON = 2.0  # seconds after which whoever waits is told why
_log = logging.getLogger(__name__)
OURS = "Kg"  # the second label of each node that `load` writes; `Rows` leaves it out
_NOTES = "kg_"  # what the names of the properties begin with that only `load` needs; left out, too


def connect(
    uri: str,
    *,
    user: str = "neo4j",
    password: str,
    database: str | None = None,
    certificate: Path | None = None,
) -> "Neo4jStore":
    """A Neo4j database that has answered; `uri` is such as `bolt://localhost:7687`.

    Without `database` it is the one that the server gives this user. `certificate` is the PEM file
    of the authority to trust at bolt+s:// or neo4j+s://, in place of those of this machine.

    Raises: StoreError if nothing answers there, it refuses the user, has no such database, or is
    no Neo4j that is new enough.
    """
    try:
        driver = open_driver(uri, user=user, password=password, certificate=certificate)
    except FAULTS as error:
        raise explained(error, uri) from error
    store = Neo4jStore(driver, uri, database)
    try:
        store.verify()
    except BaseException:  # Ctrl-C, too
        store.close()
        raise
    return store


class Neo4jStore:
    """One database of a Neo4j server; several threads may ask it at once."""

    def __init__(self, driver: neo4j.Driver, uri: str, database: str | None = None) -> None:
        self._driver = driver
        self._uri = uri
        self._database = database
        self._seen = neo4j.GraphDatabase.bookmark_manager()  # each session sees what others wrote

    @property
    def name(self) -> str:
        """Where it is, as an error says it."""
        return self._uri

    def run(
        self,
        cypher: str,
        parameters: Mapping[str, object] | None = None,
        *,
        bounds: Bounds = BOUNDS,
    ) -> Rows:
        """The rows that the reading statement `cypher` returns."""
        check_read_only(cypher)
        query = without_comments(cypher)
        ask = neo4j.unit_of_work(timeout=bounds.seconds)(_rows)
        with self._told(), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(ask, query, dict(parameters or {}), bounds.rows)

    def read(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """The rows of a statement of the package's own, all of them, however long it takes."""
        with self._told(), self._session(neo4j.READ_ACCESS) as session:
            return session.execute_read(_rows, cypher, dict(parameters or {}), None)

    def write(self, cypher: str, parameters: Mapping[str, object] | None = None) -> Counter[str]:
        """Run a writing statement; how much it created, deleted and set, by Neo4j's names."""
        given = dict(parameters or {})
        with self._told(), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(lambda one: changes_of(one.run(cypher, given)))

    def transact(self, work: Callable[[neo4j.ManagedTransaction], _T]) -> _T:
        """What `work` gives, done in one writing transaction; again, if it met with a deadlock."""
        with self._told(REPORTED), self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(work)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Inside, nobody else is; whoever comes meanwhile waits.

        It is a node that is never committed: nobody sees it, but nobody can make another one, and
        it goes with whoever made it, even if that is killed.

        Raises: StoreError at the end if the server has let the node go before.
        """
        session = self._session(neo4j.WRITE_ACCESS)
        try:
            with self._told():
                transaction = self._entered(session)
            yield
            try:
                transaction.run("RETURN 1").consume()
            except FAULTS as error:
                message = "the server has ended this load's turn, so another may have begun"
                raise StoreError(f"{self._uri}: {message}; load again") from error
        finally:
            with suppress(*FAULTS):  # a server that is gone has let the node go, too
                session.close()

    def _entered(self, session: neo4j.Session) -> neo4j.Transaction:
        """A transaction that holds the node, when others have let it go."""
        waiting = Timer(_SOON, _log.warning, ("%s: another load is at work; waiting", self._uri))
        waiting.daemon = True
        waiting.start()
        try:
            transaction = session.begin_transaction()
            transaction.run(statement("load/alone")).consume()
        finally:
            waiting.cancel()
        return transaction

    def verify(self) -> None:
        """Pass where a Neo4j that is new enough knows the user and has the database.

        It is asked once, and nothing that an older one would not understand.
        """
        with (
            self._told(),
            self._driver.session(
                database=self._database, default_access_mode=neo4j.READ_ACCESS
            ) as session,
        ):
            agent = session.run("RETURN 1").consume().server.agent
        check_server(agent, self._uri)

    @contextmanager
    def _told(self, faults: tuple[type[Exception], ...] = FAULTS) -> Iterator[None]:
        """Inside, what the driver or the server reports becomes an error of ours."""
        try:
            yield
        except faults as error:
            raise explained(error, self._uri, self._database) from error

    def _session(self, access: str) -> neo4j.Session:
        return self._driver.session(
            database=self._database,
            default_access_mode=access,
            bookmark_manager=self._seen,
            notifications_min_severity="OFF",
        )

    def close(self) -> None:
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _rows(
    transaction: neo4j.ManagedTransaction,
    cypher: str,
    parameters: dict[str, object],
    most: int | None,
) -> Rows:
    result = transaction.run(cypher, parameters)
    columns = result.keys()
    rows = (dict(zip(columns, map(_plain, row.values()), strict=True)) for row in result)
    return Rows(columns, at_most(rows, most))


def changes_of(answer: neo4j.Result) -> Counter[str]:
    """How much a statement has created, deleted and set, by Neo4j's names."""
    counters = answer.consume().counters
    return Counter({key: n for key, n in vars(counters).items() if isinstance(n, int)})


def _plain(value: Any) -> Any:
    """`value` in the types that `Rows` promises."""
    match value:
        case Node():
            labels = sorted(value.labels - {OURS})
            return {"labels": labels, "properties": _properties(value)}
        case Relationship():
            return {"type": value.type, "properties": _properties(value)}
        case Route():
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
    return {key: _plain(entity[key]) for key in sorted(entity) if not key.startswith(_NOTES)}
