"""The ledger: one SQLite file with what was extracted and what follows from it.

What belongs together is written in one transaction, so a ledger that lost its writer at any moment
opens again and is whole. Readers do not wait for the writer.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

from kg.errors import GraphError

VERSION = 3  # of the tables
_OLDEST = 2  # that becomes one of this version by new tables alone; an older one is refused
_WAIT = 30.0  # seconds that a writer waits for another one
_SETTINGS = """
    PRAGMA synchronous = NORMAL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON; -- no word of a removed paper stays in the file
"""

Row = tuple[Any, ...]


class Ledger:
    """An open ledger. Use it as a context manager, or close it."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        if not create and not path.exists():
            raise GraphError(f"{path.parent}: no graph is here; make one with `kg build SOURCE`")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise GraphError(f"{path}: cannot be used as a ledger: {error}") from error
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """The rows that a statement answers with, streamed."""
        with self._errors_in_one_line():
            for row in self._connection.execute(sql, values):  # noqa: UP028
                yield row  # `yield from` would close the cursor, though the ledger may be closed

    def run(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> int:
        """Runs a writing statement; says how many rows it changed."""
        with self._errors_in_one_line():
            return self._connection.execute(sql, values).rowcount

    def insert(self, table: str, rows: Iterable[Row]) -> None:
        """Adds rows to a table, each with all its columns."""
        whole = list(rows)
        if whole:
            marks = ", ".join("?" * len(whole[0]))
            with self._errors_in_one_line():
                self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", whole)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept together or not at all."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self._connection.in_transaction:  # else SQLite has undone it by itself
                self.run("ROLLBACK")
            raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read inside is one state of the ledger, whoever else writes."""
        if self._connection.in_transaction:
            yield
            return
        self.run("BEGIN")
        try:
            yield
        finally:
            self.run("COMMIT")

    def revision(self) -> tuple[int, int]:
        """What differs from an earlier answer where anybody has written since."""
        (by_others,) = next(self.rows("PRAGMA data_version"))
        return by_others, self._connection.total_changes

    def _prepare(self) -> None:
        (tables,) = next(self.rows("SELECT COUNT(*) FROM sqlite_master"))
        (found,) = next(self.rows("PRAGMA user_version"))
        if found == 0 and tables:
            raise GraphError(f"{self.path}: is the database of another program")
        if found and not _OLDEST <= found <= VERSION:
            raise GraphError(
                f"{self.path}: made by another version of kg (ledger {found}, this one reads "
                f"{VERSION}); build the graph again into a new folder"
            )
        with suppress(GraphError):  # where another process opens it at this moment and does so
            self.run("PRAGMA journal_mode = WAL")
        self._run_script(_SETTINGS)
        if found != VERSION:
            schema = files("kg").joinpath("ledger.sql").read_text("utf-8")
            version = f"PRAGMA user_version = {VERSION};"
            self._run_script(f"BEGIN IMMEDIATE; {schema} {version} COMMIT;")

    def _run_script(self, sql: str) -> None:
        with self._errors_in_one_line():
            self._connection.executescript(sql)

    @contextmanager
    def _errors_in_one_line(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                message = "another process writes to the graph; try again when it is done"
                raise GraphError(f"{self.path}: {message}") from error
            raise GraphError(f"{self.path}: cannot be used as a ledger: {error}") from error
