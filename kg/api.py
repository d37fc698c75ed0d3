"""`KnowledgeGraph`: what a person at a notebook holds; a thin shell over the stages."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg import graph as rows_of
from kg.build import Outcome, update
from kg.errors import GraphError
from kg.extract import load_pipeline
from kg.ledger import Ledger, read_paper
from kg.queries import find_query
from kg.records import Edge, Node, Paper, Rejected
from kg.resolve import resolve
from kg.sources import read
from kg.versions import digest_of

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from pyvis.network import Network

    from kg.stores.protocol import Rows, Store

DEFAULT_GRAPH = "papers.kg"


class KnowledgeGraph:
    """A graph of papers in a folder. Use it as a context manager, or close it.

    Answers to Cypher come from a snapshot beside the ledger, which is made when it is first needed
    and made again after a change.
    """

    def __init__(self, folder: str | Path, *, create: bool = False) -> None:
        self.folder = Path(folder)
        if self.folder.exists() and not self.folder.is_dir():
            raise GraphError(f"{folder}: is no graph folder; name another with --graph")
        self.ledger = Ledger(self.folder / "ledger.sqlite", create=create)
        self._store: Store | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.folder}>"

    def close(self) -> None:
        """Lets go of the ledger and of the snapshot."""
        self._forget_snapshot()
        self.ledger.close()

    def ask(self, question: str, /, **parameters: str | int) -> "Rows":
        """The rows that answer a named question; `kg.queries()` lists the questions.

        Raises: QueryError for an unknown question or parameter, UnknownNameError for a name that
        nothing in the graph has.

        >>> graph.ask("papers_on_dataset", dataset="CIFAR-10")  # doctest: +SKIP
        """
        from kg.stores.ask import ask

        return ask(self.store(), find_query(question), parameters)

    def cypher(self, statement: str, /, **parameters: object) -> "Rows":
        """The rows of a reading Cypher statement.

        Raises: QueryError for a statement that writes, or that is no Cypher.
        """
        return self.store().run(statement, parameters)

    def nodes(self) -> Iterator[Node]:
        """Every node: papers, entities and results."""
        self._settle()
        return rows_of.nodes(self.ledger)

    def edges(self) -> Iterator[Edge]:
        """Every relationship, paper by paper."""
        self._settle()
        return rows_of.edges(self.ledger)

    def paper(self, paper_id: str) -> Paper | None:
        """The paper with this id, or None."""
        return read_paper(self.ledger, paper_id)

    def text_of(self, paper_id: str) -> str:
        """The text that a paper's offsets count, or "" for an unknown id."""
        paper = read_paper(self.ledger, paper_id)
        return paper.text if paper else ""

    def stats(self) -> dict[str, dict[str, int]]:
        """How many nodes there are of each label and relationships of each type."""
        self._settle()
        return rows_of.counts(self.ledger)

    def to_networkx(self) -> "MultiDiGraph":
        """The graph as a `networkx.MultiDiGraph`; ids are the nodes, types the keys of edges."""
        from kg.exports.multigraph import to_networkx

        return to_networkx(self.nodes(), self.edges())

    def to_pyvis(self) -> "Network":
        """The graph as a `pyvis.network.Network`, laid out, with the ids of `to_networkx`."""
        from kg.exports.picture import to_pyvis

        return to_pyvis(self.nodes(), self.edges())

    def to_html(self, heading: str = "Papers") -> str:
        """The explorer: one page that needs nothing else."""
        from kg.exports.explorer import render

        return render(self.nodes(), self.edges(), heading)

    def add(self, records: Iterable[Paper | Rejected]) -> Iterator[Outcome]:
        """Takes papers in as they are asked for; yields what became of each, in order."""
        self._forget_snapshot()
        yield from update(self.ledger, records, load_pipeline)

    def remove(self, paper_ids: Sequence[str]) -> None:
        """Removes papers without a trace.

        Raises: GraphError if one of them is not in the graph; then none is removed.
        """
        unknown = [one for one in paper_ids if read_paper(self.ledger, one) is None]
        if unknown:
            raise GraphError(f"{self.folder}: no paper has the id {', '.join(unknown)}")
        self._forget_snapshot()
        with self.ledger.transaction():
            for paper_id in paper_ids:
                self.ledger.remove(paper_id)
        resolve(self.ledger)

    def store(self) -> "Store":
        """The embedded store with the graph as it is now."""
        from kg.stores.embedded import make_snapshot, open_snapshot

        if self._store is None:
            path = self.folder / f"graph-{self._digest()}.kgl"
            if not path.exists():
                make_snapshot(path, self.nodes(), self.edges())
                self._drop_snapshots(but=path)
            self._store = open_snapshot(path)
        return self._store

    def _digest(self) -> str:
        """A digest of all papers in the graph and of the code that makes nodes and edges."""
        code = digest_of("graph.py", "resolve", "keys.py", "known.tsv", "stores/embedded.py")
        whole = hashlib.sha256(code.encode())
        for row in self.ledger.rows("SELECT * FROM papers ORDER BY id"):
            whole.update(repr(row).encode("utf-8", "surrogatepass"))
        return whole.hexdigest()[:16]

    def _settle(self) -> None:
        """Resolves what a build that was cut off has left."""
        if next(self.ledger.rows("SELECT 1 FROM touched LIMIT 1"), None):
            resolve(self.ledger)

    def _forget_snapshot(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    def _drop_snapshots(self, *, but: Path) -> None:
        for path in self.folder.glob("graph-*.kgl"):
            if path != but:
                path.unlink(missing_ok=True)


def open_graph(folder: str | Path = DEFAULT_GRAPH) -> KnowledgeGraph:
    """The graph in `folder`.

    Raises: GraphError if there is none.
    """
    return KnowledgeGraph(folder)


def build(
    sources: Iterable[str | Path],
    graph: str | Path = DEFAULT_GRAPH,
    *,
    watch: Callable[[Outcome], object] | None = None,
) -> KnowledgeGraph:
    """The graph in the folder `graph`, made or brought up to date from files of papers.

    `watch` is told of each record in turn; without it bad records are passed over.

    Raises: SourceError if a file cannot be read at all; then nothing has been changed.
    """
    records = read(sources)
    knowledge = KnowledgeGraph(graph, create=True)
    for outcome in knowledge.add(records):
        if watch:
            watch(outcome)
    return knowledge
