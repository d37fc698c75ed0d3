"""The graph: the ledger's rows as neutral nodes and edges. Which relationship a role makes is said
here, once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kg import families
from kg.keys import PARTS
from kg.ledger import Ledger
from kg.nodes import entity_nodes, paper_node, result_id, result_node
from kg.records import (
    Edge,
    EntityKey,
    Extraction,
    Kind,
    Mention,
    Node,
    Result,
    Term,
    id_of,
    role_in,
)
from kg.rows import read_extractions, read_papers, read_results

RELATIONSHIPS: dict[tuple[Kind, str], str] = {
    ("Method", "proposed"): "PROPOSES",
    ("Method", "used"): "USES",
    ("Method", "compared"): "COMPARES_WITH",
    ("Method", "mentioned"): "MENTIONS",
    ("Dataset", "introduced"): "INTRODUCES",
    ("Dataset", "evaluated"): "EVALUATES_ON",
    ("Dataset", "mentioned"): "MENTIONS",
    ("Metric", "proposed"): "PROPOSES",
    ("Metric", "reported"): "REPORTS",
    ("Metric", "mentioned"): "MENTIONS",
    ("Task", "addressed"): "ADDRESSES",
    ("Task", "mentioned"): "MENTIONS",
    ("Repository", "code"): "HAS_CODE",
    ("Repository", "other"): "LINKS_TO",
}
CELLS = (("metric", "OF"), ("dataset", "ON"), ("method", "BY"), ("baseline", "AGAINST"))
CELL_KINDS: dict[str, Kind] = {
    "metric": "Metric", "dataset": "Dataset", "method": "Method", "baseline": "Method",
}  # fmt: skip
VERSION = "VERSION_OF"
MAKERS = ("graph.py", "nodes.py", "families.py", "rows.py", *PARTS)  # files that it follows from


def nodes(ledger: Ledger) -> Iterator[Node]:
    """Every node: papers by id, entities by kind and key, then results in the papers' order."""
    yield from map(paper_node, read_papers(ledger))
    yield from (node for _, node in entity_nodes(ledger))
    for paper_id, index, result in read_results(ledger):
        yield result_node(paper_id, index, result)


def edges(ledger: Ledger) -> Iterator[Edge]:
    """Every edge: those between names, then paper by paper in order of their ids.

    `(source, type, target)` is unique.
    """
    yield from version_edges(ledger)
    for extraction, entities in read_extractions(ledger):
        yield from paper_edges(extraction, entities)


def paper_edges(extraction: Extraction, entities: Sequence[EntityKey]) -> Iterator[Edge]:
    """The edges that one paper gives, from its terms and the entities that they lead to.

    Of two terms that make the same edge the first is shown, with the mentions of both. What leads
    to the key "" is no entity, and a cell of a result holds only what is of its kind.
    """
    found: dict[tuple[str, str, str], Edge] = {}
    for edge in chain(_term_edges(extraction, entities), _result_edges(extraction, entities)):
        place = (edge.source, edge.type, edge.target)
        same = found.get(place)
        found[place] = replace(same, count=same.count + edge.count) if same else edge
    yield from found.values()


def version_edges(ledger: Ledger) -> Iterator[Edge]:
    """The edges from each name that tells a version to that of its family, by their ids."""
    for kind in families.KINDS:
        keys = "SELECT key FROM entities WHERE kind = ? ORDER BY key"
        for (key,) in ledger.rows(keys, (kind,)):
            yield from version_edge(ledger, (kind, key))


def version_edge(ledger: Ledger, entity: EntityKey) -> tuple[Edge, ...]:
    """The edge from an entity to its family, if it has one."""
    family = families.family_of(entity, _Known(ledger))
    if not family:
        return ()
    ends = (id_of(entity), entity[0], VERSION, id_of(family), family[0])
    return (Edge(*ends, start=0, stop=0, confidence=1.0, count=1, paper=""),)


class _Known:
    """The entities of a ledger, looked up."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def __contains__(self, entity: object) -> bool:
        assert isinstance(entity, tuple)
        found = self._ledger.rows("SELECT 1 FROM entities WHERE (kind, key) = (?, ?)", entity)
        return next(found, None) is not None


def _term_edges(extraction: Extraction, entities: Sequence[EntityKey]) -> Iterator[Edge]:
    paper_id = extraction.paper_id
    for term, entity in zip(extraction.terms, entities, strict=True):
        kind, key = entity
        if key:
            shown = term.mentions[term.evidence]
            relationship = RELATIONSHIPS[kind, role_in(kind, term.role)]
            yield Edge(
                paper_id, "Paper", relationship, id_of(entity), kind,
                shown.start, shown.stop, shown.confidence, len(term.mentions), paper_id,
            )  # fmt: skip


def _result_edges(extraction: Extraction, entities: Sequence[EntityKey]) -> Iterator[Edge]:
    paper_id = extraction.paper_id
    for index, result in enumerate(extraction.results):
        own = result_id(paper_id, index)
        place = (result.start, result.stop, result.confidence)
        yield Edge(paper_id, "Paper", "REPORTS", own, "Result", *place, 1, paper_id)
        for cell, relationship in CELLS:
            at = getattr(result, cell)
            if at is not None and _fits(entities[at], cell):
                shown = _nearest(extraction.terms[at], result)
                yield Edge(
                    own, "Result", relationship, id_of(entities[at]), entities[at][0],
                    shown.start, shown.stop, result.confidence, 1, paper_id,
                )  # fmt: skip


def _fits(entity: EntityKey, cell: str) -> bool:
    """Whether an entity may stand in a cell of a result: it is of its kind, and not blocked."""
    kind, key = entity
    return bool(key) and kind == CELL_KINDS[cell]


def _nearest(term: Term, result: Result) -> Mention:
    """The mention of `term` that stands nearest to the result's number."""
    return min(
        term.mentions, key=lambda mention: (abs(mention.start - result.start), mention.start)
    )
