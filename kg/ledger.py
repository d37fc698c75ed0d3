"""The ledger: one SQLite file with what was extracted and what follows from it.

A paper and all that was found in it are written in one transaction, so a ledger that lost its
writer at any moment opens again and holds whole papers only. Readers do not wait for the writer.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kg.errors import GraphError
from kg.keys import shared_key
from kg.records import Extraction, Mention, Paper, Result, Term, merged, text_digest

VERSION = 1  # of the tables; a ledger of another version is refused
_WAIT = 30.0  # seconds that a writer waits for another one

Row = tuple[Any, ...]


class Ledger:
    """An open ledger. Use it as a context manager, or close it."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        self.path = path
        if not create and not path.is_file():
            raise GraphError(f"{path.parent}: no graph is here; make one with `kg build SOURCE`")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
            self._prepare()
        except (OSError, sqlite3.Error) as error:
            raise GraphError(f"{path}: cannot be used as a ledger: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """The rows that a statement answers with, streamed."""
        try:
            yield from self._connection.execute(sql, values)
        except sqlite3.Error as error:
            raise GraphError(f"{self.path}: {error}") from error

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """Runs a writing statement; says how many rows it changed."""
        try:
            return self._connection.execute(sql, values).rowcount
        except sqlite3.Error as error:
            raise GraphError(f"{self.path}: {error}") from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept together or not at all."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.run("ROLLBACK")
            raise
        self.run("COMMIT")

    def write(self, paper: Paper, extraction: Extraction, extractor: str) -> None:
        """Puts a paper and what was found in it in the place of all that was known of it."""
        self.remove(paper.id)
        self._insert("papers", [_paper_row(paper, extractor)])
        for index, term in enumerate(extraction.terms):
            self._insert("terms", [_term_row(paper.id, index, term)])
            self._insert("mentions", _mention_rows(paper.id, index, term))
        results = enumerate(extraction.results)
        self._insert("results", (_result_row(paper.id, index, result) for index, result in results))
        self._touch(paper.id)

    def remove(self, paper_id: str) -> bool:
        """Deletes a paper with all that was found in it; says whether it was there."""
        self._touch(paper_id)
        return self.run("DELETE FROM papers WHERE id = ?", (paper_id,)) > 0

    def _touch(self, paper_id: str) -> None:
        touch = "INSERT OR IGNORE INTO touched SELECT kind, key FROM terms WHERE paper = ?"
        self.run(touch, (paper_id,))

    def _insert(self, table: str, rows: Iterable[Row]) -> None:
        for row in rows:
            self.run(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)

    def _prepare(self) -> None:
        connection = self._connection
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, VERSION):
            raise GraphError(
                f"{self.path}: made by another version of kg (ledger {found}, this one reads "
                f"{VERSION}); build the graph again into a new folder"
            )
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        if found == 0:
            connection.executescript(files("kg").joinpath("ledger.sql").read_text("utf-8"))
            connection.execute(f"PRAGMA user_version = {VERSION}")


def is_current(ledger: Ledger, paper: Paper, extractor: str) -> bool:
    """Whether the ledger holds this text of the paper as this extractor reads it."""
    known = ledger.rows("SELECT text_digest, extractor FROM papers WHERE id = ?", (paper.id,))
    return next(known, None) == (text_digest(paper.text), extractor)


def fill_in(ledger: Ledger, paper: Paper) -> None:
    """Adds what `paper` states and the ledger's record of the same text does not."""
    known = read_paper(ledger, paper.id)
    whole = known and merged(known, paper)
    if whole and (whole != known or whole.source != known.source):
        columns = "published, url, authors, categories, source"
        values = _paper_row(whole, "")[3:8]
        marks = ", ".join("?" * len(values))
        update = f"UPDATE papers SET ({columns}) = ({marks}) WHERE id = ?"
        ledger.run(update, (*values, paper.id))


def outdated_papers(ledger: Ledger, extractor: str) -> Iterator[Paper]:
    """The papers that another extractor read, in order of their ids."""
    yield from map(_paper, ledger.rows(f"{_PAPERS} WHERE extractor <> ? ORDER BY id", (extractor,)))


def read_paper(ledger: Ledger, paper_id: str) -> Paper | None:
    """The paper with this id, or None."""
    return next(map(_paper, ledger.rows(f"{_PAPERS} WHERE id = ?", (paper_id,))), None)


def read_papers(ledger: Ledger) -> Iterator[Paper]:
    """All papers in order of their ids."""
    yield from map(_paper, ledger.rows(f"{_PAPERS} ORDER BY id"))


def read_extraction(ledger: Ledger, paper_id: str) -> tuple[Extraction, tuple[str, ...]]:
    """What was found in a paper, and the keys of its terms in their order."""
    mentions: dict[int, list[Mention]] = {}
    for term, *values in ledger.rows(_MENTIONS, (paper_id,)):
        mentions.setdefault(term, []).append(Mention(*values))
    terms, keys = [], []
    for term, key, kind, name, role, salient, evidence in ledger.rows(_TERMS, (paper_id,)):
        found = tuple(mentions[term])
        terms.append(Term(kind, name, role, bool(salient), found, evidence))
        keys.append(key)
    results = [Result(*values) for values in ledger.rows(_RESULTS, (paper_id,))]
    return Extraction(paper_id, tuple(terms), tuple(results)), tuple(keys)


_PAPERS = "SELECT id, title, abstract, published, url, authors, categories, source FROM papers"
_TERMS = (
    "SELECT term, key, kind, name, role, salient, evidence FROM terms WHERE paper = ? ORDER BY term"
)
_MENTIONS = (
    "SELECT term, start, stop, text, confidence FROM mentions WHERE paper = ?"
    " ORDER BY term, mention"
)
_RESULTS = (
    "SELECT start, stop, text, number, unit, form, confidence, method, dataset, metric, baseline"
    " FROM results WHERE paper = ? ORDER BY result"
)


def _paper(row: Row) -> Paper:
    paper_id, title, abstract, published, url, authors, categories, source = row
    lists = tuple(json.loads(authors)), tuple(json.loads(categories))
    return Paper(paper_id, title, abstract, published, url, *lists, source)


def _paper_row(paper: Paper, extractor: str) -> Row:
    lists = [json.dumps(one, ensure_ascii=False) for one in (paper.authors, paper.categories)]
    head = (paper.id, paper.title, paper.abstract, paper.published, paper.url)
    return (*head, *lists, paper.source, text_digest(paper.text), extractor)


def _term_row(paper_id: str, index: int, term: Term) -> Row:
    key = shared_key(term.kind, term.name, (mention.text for mention in term.mentions))
    head = (paper_id, index, term.kind, key, term.name, term.role)
    return (*head, int(term.salient), term.evidence)


def _mention_rows(paper_id: str, index: int, term: Term) -> Iterator[Row]:
    for number, mention in enumerate(term.mentions):
        yield (
            paper_id,
            index,
            number,
            mention.start,
            mention.stop,
            mention.text,
            mention.confidence,
        )


def _result_row(paper_id: str, index: int, result: Result) -> Row:
    head = (paper_id, index, result.start, result.stop, result.text, result.number, result.unit)
    cells = (result.method, result.dataset, result.metric, result.baseline)
    return (*head, result.form, result.confidence, *cells)
