"""The graph: the ledger's rows as neutral nodes and edges. Which relationship a role makes is said
here, once."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kg import families
from kg.ledger import Ledger, Row
from kg.records import (
    Edge,
    EntityKey,
    Extraction,
    Kind,
    Mention,
    Node,
    Paper,
    Property,
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


def nodes(ledger: Ledger) -> Iterator[Node]:
    """Every node: papers by id, entities by kind and key, then results in the papers' order."""
    yield from map(_paper_node, read_papers(ledger))
    external = _external_ids(ledger)
    entities = "SELECT kind, key, name, aliases, papers, salient, ambiguous FROM entities"
    for kind, key, *cells in ledger.rows(f"{entities} ORDER BY kind, key"):
        yield _entity_node((kind, key), tuple(cells), external.get((kind, key), ()))
    for paper_id, index, result in read_results(ledger):
        yield _result_node(paper_id, index, result)


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


def result_id(paper_id: str, index: int) -> str:
    """The id of the paper's result with this index."""
    return f"result:{paper_id}:{index + 1}"


def version_edges(ledger: Ledger) -> Iterator[Edge]:
    """The edges from each name that tells a version to that of its family, by their ids."""
    known: dict[EntityKey, None] = {}
    for kind in families.KINDS:
        keys = ledger.rows("SELECT key FROM entities WHERE kind = ? ORDER BY key", (kind,))
        known.update(((kind, key), None) for (key,) in keys)
    for entity in known:
        family = families.family_of(entity, known)
        if family:
            ends = (id_of(entity), entity[0], VERSION, id_of(family), family[0])
            yield Edge(*ends, start=0, stop=0, confidence=1.0, count=1, paper="")


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


def _paper_node(paper: Paper) -> Node:
    return Node(
        paper.id,
        "Paper",
        {
            "title": paper.title,
            "abstract": paper.abstract,
            "published": paper.published,
            "url": paper.url,
            "authors": paper.authors,
            "source": paper.source,
        },
    )


def _external_ids(ledger: Ledger) -> dict[EntityKey, tuple[str, ...]]:
    """What other catalogues call entities; whatever name the user's table has leads to one."""
    rows = ledger.rows("""
        SELECT DISTINCT coalesce(to_kind, kind), coalesce(to_key, key), id
        FROM external_ids LEFT JOIN moves USING (key, kind) ORDER BY id
    """)
    found: dict[EntityKey, tuple[str, ...]] = {}
    for kind, key, one in rows:
        found[kind, key] = (*found.get((kind, key), ()), one)
    return found


def _entity_node(entity: EntityKey, cells: Row, external_ids: tuple[str, ...]) -> Node:
    kind, _ = entity
    name, aliases, papers, salient, ambiguous = cells
    if kind == "Repository":
        return Node(id_of(entity), kind, _parts(name))
    return Node(
        id_of(entity),
        kind,
        {
            "name": name,
            "aliases": tuple(json.loads(aliases)),
            "papers": papers,
            "salient": bool(salient),
            "ambiguous": bool(ambiguous),
            "external_ids": external_ids,
        },
    )


def _parts(url: str) -> dict[str, Property]:
    """A repository's URL in parts; its owner is the segment before its name, "" where unstated."""
    host, *path = url.removeprefix("https://").split("/")
    owner = path[-2] if len(path) > 1 and host != _ANONYMOUS else ""
    return {"url": url, "host": host, "owner": owner, "name": path[-1]}


_ANONYMOUS = "anonymous.4open.science"  # hides the owner


def _result_node(paper_id: str, index: int, result: Result) -> Node:
    return Node(
        result_id(paper_id, index),
        "Result",
        {
            "text": result.text,
            "number": result.number,
            "unit": result.unit,
            "form": result.form,
            "start": result.start,
            "stop": result.stop,
        },
    )
