"""Papers for tests, and an extractor that finds only what they mark: quick, and easy to foresee.

`Dataset:CIFAR-10` names a dataset, `Method:Mamba/proposed` a method with its role, `=97.5` a result
of the first metric, on the first dataset, by the first method; a URL is a repository.
`Method:RAG=retrieval-augmented-generation` is one thing under two names, the acronym and what it
stands for, and so is a `Method:RAG` elsewhere in the same text. `Method:Mamba!` is a name that the
user's list has, so it is certain.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

from kg.ledger import Ledger
from kg.records import Extraction, Kind, Mention, Paper, Rejected, Result, Term

_MARK = re.compile(
    r"(?P<kind>Method|Dataset|Metric|Task):(?P<name>[\w+-]+(?:\.\w+)*)"
    r"(?:=(?P<long>[A-Za-z][\w-]*))?(?P<given>!)?(?:/(?P<role>\w+))?"
    r"|(?P<url>https://\S+)"
)
_RESULT = re.compile(r"=(\d+(?:\.\d+)?)")
BUILD = import_module("kg.build")  # the module; `kg.build` is the function of that name
LEADERS: tuple[Kind, ...] = ("Method", "Dataset", "Metric")


def paper(paper_id: str, abstract: str, **fields: object) -> Paper:
    """A paper whose title is made of its id."""
    return Paper(paper_id, f"Paper {paper_id}", abstract, **fields)


def synthetic(number: int) -> Paper:
    """A paper with some names of its own and some that it shares with others."""
    marks = (
        f"Method:Net-{number}/proposed beats Method:Net-{number // 7} and Method:Base-{number % 13}"
        f" on Dataset:Set-{number % 31}/evaluated in Metric:Score-{number % 5}/reported"
        f" ={number}.5 ={number % 9} https://example.org/{number % 101}"
    )
    return paper(f"{number:06}", f"{marks}. {'Some words that say nothing. ' * 20}")


class Marks:
    """An extractor of marks, and what it was asked for; it fails on a text that says `Broken`."""

    def __init__(self, digest: str = "marks") -> None:
        self.digest = digest
        self.read: list[str] = []

    def prepare(self) -> None:
        pass

    def extract_batches(
        self, batches: Iterable[Sequence[Paper]]
    ) -> Iterator[list[Extraction | Rejected]]:
        for batch in batches:
            self.read += [one.id for one in batch]
            yield [self._extract(one) for one in batch]

    def _extract(self, one: Paper) -> Extraction | Rejected:
        if "Broken" in one.text:
            return Rejected(one.source or one.id, f"{one.id} cannot be read")
        return next(extract_marks([one]))


def extract_marks(papers: Iterable[Paper]) -> Iterator[Extraction]:
    """What `papers` mark."""
    for one in papers:
        terms = tuple(_terms(one.text))
        yield Extraction(one.id, terms, tuple(_results(one.text, terms)))


def _terms(text: str) -> Iterator[Term]:
    marks = list(_MARK.finditer(text))
    longs = {(mark["kind"], mark["name"].lower()): mark["long"] for mark in marks if mark["long"]}
    found: dict[tuple[Kind, str], list[re.Match[str]]] = {}
    for mark in marks:
        kind, name = mark["kind"] or "Repository", (mark["name"] or mark["url"]).lower()
        found.setdefault((kind, longs.get((kind, name), name).lower()), []).append(mark)
    for (kind, _), same in found.items():
        mentions = tuple(mention for mark in same for mention in _mentions(mark))
        role = next(filter(None, (mark["role"] for mark in same)), "mentioned")
        role = "code" if kind == "Repository" else role
        name = next(filter(None, (mark["long"] for mark in same)), mentions[0].text)
        yield Term(kind, name, role, role != "mentioned", mentions)


def _mentions(mark: re.Match[str]) -> Iterator[Mention]:
    for part in ("name", "long", "url"):
        if mark[part]:
            yield Mention(*mark.span(part), mark[part], 1.0 if mark["given"] else 0.75)


def _results(text: str, terms: tuple[Term, ...]) -> Iterator[Result]:
    firsts = {
        kind.lower(): next((at for at, term in enumerate(terms) if term.kind == kind), None)
        for kind in LEADERS
    }
    for match in _RESULT.finditer(text):
        value = match[1]
        yield Result(*match.span(1), value, float(value), "", "value", 0.5, **firsts)


def dump(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables of a ledger, sorted, but for its identity and what a load notes."""
    tables = ledger.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    notes = {"identity", "digests", "pages", "digested", "stale", "sqlite_sequence"}
    names = [name for (name,) in tables if name not in notes]
    return {name: sorted(ledger.rows(f"SELECT * FROM {name}"), key=repr) for name in names}


def new_ledger(folder: Path) -> Ledger:
    """An empty ledger in `folder`, which may not be there yet."""
    return Ledger(folder / "ledger.sqlite", create=True)
