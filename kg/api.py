"""`KnowledgeGraph`: what a person at a notebook holds; a thin shell over the stages."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kg.build import Outcome, update
from kg.errors import GraphError
from kg.extract import Extractor
from kg.graph import edges, nodes
from kg.ledger import Ledger
from kg.queries import find_query
from kg.records import Edge, Node, Paper, Rejected
from kg.resolve import is_resolved, resolve, resolved
from kg.rows import read_paper, remove_paper
from kg.sources import read
from kg.totals import counts

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from pyvis.network import Network

    from kg.stores.protocol import Rows, Store

DEFAULT_GRAPH = "papers.kg"
_LEDGER = "ledger.sqlite"
_log = logging.getLogger(__name__)


class KnowledgeGraph:
    """A graph of papers in a folder. Use it as a context manager, or close it.

    Answers to Cypher come from a snapshot beside the ledger, which is made when it is first needed
    and made again after a change.
    """

    def __init__(self, folder: str | Path, *, create: bool = False) -> None:
        self.folder = Path(folder)
        if self.folder.exists() and not self.folder.is_dir():
            raise GraphError(f"{folder}: is no graph folder; name another with --graph")
        self.ledger = Ledger(self.folder / _LEDGER, create=create)
        self._store: Store | None = None
        self._revision: object = None  # of the ledger when the store was opened

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.folder}>"

    def close(self) -> None:
        """Lets go of the ledger and of the snapshot."""
        if self._store is not None:
            self._store.close()
        self.ledger.close()

    def ask(self, question: str, /, **parameters: str | int) -> "Rows":
        """The rows that answer a named question; `kg.queries()` lists the questions.

        Raises: QueryError for an unknown question or parameter, UnknownNameError for a name.

        >>> graph.ask("papers_on_dataset", dataset="CIFAR-10")  # doctest: +SKIP
        """
        from kg.stores.ask import ask

        query = find_query(question)
        return ask(self.store(), query, parameters)

    def cypher(self, statement: str, /, **parameters: object) -> "Rows":
        """The rows of a reading Cypher statement.

        Raises: QueryError for a statement that writes, or that is no Cypher.
        """
        return self.store().run(statement, parameters)

    def nodes(self) -> Iterator[Node]:
        """Every node: papers, entities and results."""
        self._settle()
        return nodes(self.ledger)

    def edges(self) -> Iterator[Edge]:
        """Every relationship, paper by paper."""
        self._settle()
        return edges(self.ledger)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Inside, nodes and relationships are those of one moment, though others may write."""
        with resolved(self.ledger):
            yield

    def paper(self, paper_id: str) -> Paper | None:
        """The paper with this id, or None."""
        return read_paper(self.ledger, paper_id)

    def text_of(self, paper_id: str) -> str:
        """The text that a paper's offsets count, or "" for an unknown id."""
        paper = read_paper(self.ledger, paper_id)
        return paper.text if paper else ""

    def stats(self) -> dict[str, dict[str, int]]:
        """How many nodes there are of each label and relationships of each type."""
        with self.frozen():
            return counts(self.ledger)

    def to_networkx(self) -> "MultiDiGraph":
        """The graph as a `networkx.MultiDiGraph`; ids are the nodes, types the keys of edges."""
        from kg.exports.multigraph import to_networkx

        with self.frozen():
            return to_networkx(self.nodes(), self.edges())

    def to_pyvis(self) -> "Network":
        """The graph as a `pyvis.network.Network`, laid out, with the ids of `to_networkx`."""
        from kg.exports.picture import to_pyvis

        with self.frozen():
            return to_pyvis(self.nodes(), self.edges())

    def to_html(self, heading: str = "Papers") -> str:
        """The explorer: one page that needs nothing else."""
        from kg.exports.explorer import render

        with self.frozen():
            return render(self.nodes(), self.edges(), heading)

    def add(
        self, records: Iterable[Paper | Rejected], *, extractor: Extractor | None = None
    ) -> Iterator[Outcome]:
        """Takes papers in as they are asked for; yields what became of each, in order.

        Papers of the graph that another extractor has read are read again, so give the same one,
        or an equal one, each time.
        """
        return update(self.ledger, records, extractor or Extractor())

    def remove(self, paper_ids: str | Iterable[str]) -> None:
        """Removes a paper or several without a trace.

        Raises: GraphError if one of them is not in the graph; then none is removed.
        """
        from kg.snapshot import drop_snapshots

        ids = [paper_ids] if isinstance(paper_ids, str) else list(paper_ids)
        unknown = [one for one in ids if read_paper(self.ledger, one) is None]
        if unknown:
            raise GraphError(f"{self.folder}: no paper has the id {', '.join(unknown)}")
        drop_snapshots(self.ledger)  # first, so that no trace is left if this is cut off
        with self.ledger.transaction():
            for paper_id in ids:
                remove_paper(self.ledger, paper_id)
        resolve(self.ledger)
        drop_snapshots(self.ledger)  # again: a reader may have made one meanwhile

    def store(self) -> "Store":
        """The embedded store with the graph as it is now."""
        from kg.snapshot import current_store

        if self._store is None or self._revision != self.ledger.revision():
            with self.frozen():
                self._revision = self.ledger.revision()
                self._store = current_store(self.ledger)
        return self._store

    def _settle(self) -> None:
        """Resolves what a build that was cut off has left."""
        if not is_resolved(self.ledger):
            resolve(self.ledger)


def open_graph(folder: str | Path = DEFAULT_GRAPH) -> KnowledgeGraph:
    """The graph in `folder`.

    Raises: GraphError if there is none.
    """
    return KnowledgeGraph(folder)


def open_or_make(folder: str | Path, extractor: Extractor) -> KnowledgeGraph:
    """The graph in `folder`; if there is none, a new one, unless `extractor` cannot read."""
    if not (Path(folder) / _LEDGER).exists():
        extractor.prepare()  # else an empty graph would be left
    return KnowledgeGraph(folder, create=True)


def build(
    sources: Iterable[str | Path],
    graph: str | Path = DEFAULT_GRAPH,
    *,
    extractor: Extractor | None = None,
    watch: Callable[[Outcome], object] | None = None,
) -> KnowledgeGraph:
    """The graph in the folder `graph`, made or brought up to date from files of papers.

    They are read by `extractor`, or as `Extractor()` reads.

    `watch` is told of each record in turn; without it bad records are logged as warnings.

    Raises: SourceError if a file cannot be read at all; then nothing has been changed.
    """
    records = read(sources)
    extractor = extractor or Extractor()
    with ExitStack() as on_failure:
        knowledge = on_failure.enter_context(open_or_make(graph, extractor))
        for outcome in knowledge.add(records, extractor=extractor):
            if watch:
                watch(outcome)
            elif isinstance(outcome.record, Rejected):
                _log.warning("%s: %s", outcome.record.where, outcome.record.reason)
        on_failure.pop_all()
    return knowledge
