"""Writing wholes to Neo4j: jobs that each fill one transaction, and may be run again at any time.

Values travel as columns, which the driver packs in half the time that it takes for rows. They are
in the order of the targets, so that transactions side by side don't wait for each other in circles.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, TypeVar

from kg.errors import StoreError
from kg.queries import statement
from kg.records import Edge, Node
from kg.stores.bolt import changes_of
from kg.stores.leaving import (
    Links,
    Triple,
    former_links,
    leave,
    remove_links,
    results_of,
)
from kg.wholes import Whole, node_digest

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

_NODES = 2_000  # in a transaction, at most
_EDGES = 5_000  # in a transaction, and what is above by one paper

Job = Callable[["ManagedTransaction"], Counter[str]]
_T = TypeVar("_T")
_Fact = tuple[Edge, str]  # with its sentence


def node_jobs(nodes: Iterable[Node]) -> Iterator[Job]:
    """Jobs that write entities with all their properties."""
    for label, inner in groupby(nodes, key=lambda node: node.label):
        for batch in batches(inner, _NODES):
            yield partial(_write_nodes, label=label, nodes=batch)


def link_jobs(wholes: Iterable[Whole]) -> Iterator[Job]:
    """Jobs that write what belongs to entities, which are there themselves."""
    for label, inner in groupby(wholes, key=lambda whole: whole.node.label):
        for batch in batches(inner, _NODES):
            yield partial(_write_links, label=label, wholes=batch)


def paper_jobs(wholes: Iterable[Whole], graph: str, doubted: Collection[str]) -> Iterator[Job]:
    """Jobs that write papers of a graph with all that belongs to them.

    Where a paper's digest says that all that belongs to it is there already this is believed, but
    not of the `doubted` ones.
    """
    batch: list[Whole] = []
    edges = 0
    for whole in wholes:
        batch.append(whole)
        edges += len(whole.edges)
        if edges > _EDGES or len(batch) == _NODES:
            yield partial(_write_papers, wholes=batch, graph=graph, doubted=doubted)
            batch, edges = [], 0
    if batch:
        yield partial(_write_papers, wholes=batch, graph=graph, doubted=doubted)


def batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """Lists of `size` items, the last one shorter."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _write_papers(
    transaction: "ManagedTransaction",
    wholes: Sequence[Whole],
    graph: str,
    doubted: Collection[str],
) -> Counter[str]:
    columns = node_columns([whole.node for whole in wholes])
    answer = transaction.run(statement("load/papers"), columns, graph=graph)
    before = {row["id"]: (row["links"], row["is_known"]) for row in answer}
    changes = changes_of(answer)
    news, known = [], []
    for whole in wholes:
        links, is_known = before[whole.node.id]
        if not is_known and whole.node.id not in doubted:
            news.append(whole)
        elif links != whole.links or whole.node.id in doubted:
            known.append(whole)
    return changes + _write_belongings(transaction, news, known)


def _write_belongings(
    transaction: "ManagedTransaction", news: Sequence[Whole], known: Sequence[Whole]
) -> Counter[str]:
    """Writes what belongs to papers; `known` are those that something may belong to already."""
    former = former_links(transaction, "Paper", [whole.node.id for whole in known])
    before = results_of(former)
    own = {one.id for whole in known for one in whole.results}  # of a paper that was deleted, too
    former = {**former, **former_links(transaction, "Result", sorted({*before, *own}))}
    wholes = [*news, *known]
    results = [one for whole in wholes for one in whole.results]
    changes = _write_nodes(transaction, "Result", results) if results else Counter()
    changes += _relate(transaction, "Paper", wholes, former)
    ids = {one.id for one in results}
    changes += leave(transaction, "Result", [one for one in before if one not in ids])
    return changes


def _write_links(
    transaction: "ManagedTransaction", label: str, wholes: Sequence[Whole]
) -> Counter[str]:
    ids = [whole.node.id for whole in wholes]
    unknown = {"id": ids, "links": [-1] * len(ids)}
    transaction.run(statement("load/links", LABEL=label), unknown).consume()  # which locks them
    former = former_links(transaction, label, ids)
    return _relate(transaction, label, wholes, former)


def _write_nodes(
    transaction: "ManagedTransaction", label: str, nodes: Sequence[Node]
) -> Counter[str]:
    path = {"Repository": "load/repositories", "Result": "load/results"}.get(label)
    query = statement(path) if path else statement("load/entities", LABEL=label)
    return changes_of(transaction.run(query, node_columns(nodes)))


def _relate(
    transaction: "ManagedTransaction",
    label: str,
    wholes: Sequence[Whole],
    former: Links,
) -> Counter[str]:
    """Makes the relationships of `wholes` out of the `former` ones, and notes their digests."""
    facts = [fact for whole in wholes for fact in zip(whole.edges, whole.sentences, strict=True)]
    wanted = {_triple(edge) for edge, _ in facts}
    stale = {triple: labels for triple, labels in former.items() if triple not in wanted}
    changes = remove_links(transaction, stale)
    for (source, target), inner in sorted(_by_labels(facts).items()):
        names = {"SOURCE": source, "TARGET": target}
        if new := [fact for fact in inner if _triple(fact[0]) not in former]:
            query = statement("load/create_relationships", **names)
            created = changes_of(transaction.run(query, _edge_columns(new)))
            _check_all_created(new, created["relationships_created"])
            changes += created
        if known := [fact for fact in inner if _triple(fact[0]) in former]:
            query = statement("load/update_relationships", **names)
            transaction.run(query, _edge_columns(known)).consume()
    digests = {"id": [one.node.id for one in wholes], "links": [one.links for one in wholes]}
    transaction.run(statement("load/links", LABEL=label), digests).consume()
    return changes


def _by_labels(facts: Iterable[_Fact]) -> dict[tuple[str, str], list[_Fact]]:
    """`facts` by the labels of their ends, each in order of the targets."""
    found: dict[tuple[str, str], list[_Fact]] = defaultdict(list)
    for fact in sorted(facts, key=lambda fact: fact[0].target):
        found[fact[0].source_label, fact[0].target_label].append(fact)
    return found


def _triple(edge: Edge) -> Triple:
    return edge.source, edge.type, edge.target


def _check_all_created(facts: Sequence[_Fact], created: int) -> None:
    if created != len(facts):
        raise StoreError(
            f"{len(facts) - created} relationships have lost a node at an end, since somebody "
            f"else writes, too; load again"
        )


def node_columns(nodes: Sequence[Node]) -> dict[str, list[object]]:
    """Ids, properties and digests of nodes of one label as columns of equal length."""
    columns: dict[str, list[object]] = {
        key: [node.properties[key] for node in nodes] for key in nodes[0].properties
    }
    ids: list[object] = [node.id for node in nodes]
    return columns | {"id": ids, "digest": [node_digest(node) for node in nodes]}


def _edge_columns(facts: Sequence[_Fact]) -> dict[str, list[Any]]:
    """Edges as columns of equal length; `sentence` holds places in the list `sentences`, or -1."""
    places: dict[str, int] = {}
    edges = [edge for edge, _ in facts]
    columns: dict[str, list[Any]] = {
        key: [getattr(edge, key) for edge in edges] for key in _EDGE_COLUMNS
    }
    columns["sentence"] = [
        places.setdefault(sentence, len(places)) if edge.paper else -1 for edge, sentence in facts
    ]
    return columns | {"sentences": list(places)}


_EDGE_COLUMNS = ("source", "type", "target", "start", "stop", "confidence", "count")
