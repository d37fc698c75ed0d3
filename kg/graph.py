"""The graph: the ledger's rows as neutral nodes and edges. Which relationship a role makes is said
here, once."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kg.ledger import Ledger
from kg.records import KINDS, Edge, Extraction, Kind, Mention, Node, Paper, Property, Result, Term
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


def nodes(ledger: Ledger) -> Iterator[Node]:
    """Every node: papers by id, entities by kind and key, then results in the papers' order."""
    yield from map(_paper_node, read_papers(ledger))
    entities = "SELECT kind, key, name, aliases, papers, salient FROM entities ORDER BY kind, key"
    for kind, key, name, aliases, papers, salient in ledger.rows(entities):
        yield _entity_node(kind, key, name, json.loads(aliases), papers, bool(salient))
    for paper_id, index, result in read_results(ledger):
        yield _result_node(paper_id, index, result)


def edges(ledger: Ledger) -> Iterator[Edge]:
    """Every edge, paper by paper in order of their ids; `(source, type, target)` is unique."""
    for extraction, keys in read_extractions(ledger):
        yield from paper_edges(extraction, keys)


def counts(ledger: Ledger) -> dict[str, dict[str, int]]:
    """`{"nodes": {label: n, ...}, "relationships": {type: n, ...}}`, each in the schema's order."""
    papers, results = next(ledger.rows(_TOTALS))
    entities = "SELECT kind, COUNT(*) FROM entities GROUP BY kind"
    kinds = {kind: count for kind, count in ledger.rows(entities)}  # noqa: C416 - for its type
    labels = {"Paper": papers, **dict.fromkeys(KINDS, 0), **kinds, "Result": results}
    types = dict.fromkeys((*RELATIONSHIPS.values(), *(name for _, name in CELLS)), 0)
    for kind, role, count in ledger.rows(_ROLE_COUNTS):
        types[RELATIONSHIPS[kind, role]] += count
    types["REPORTS"] += results
    for (_, name), count in zip(CELLS, next(ledger.rows(_CELL_COUNTS)), strict=True):
        types[name] = count
    return {"nodes": labels, "relationships": types}


_TOTALS = "SELECT (SELECT COUNT(*) FROM papers), (SELECT COUNT(*) FROM results)"
_CELL_COUNTS = f"SELECT {', '.join(f'COUNT({cell})' for cell, _ in CELLS)} FROM results"
_ROLE_COUNTS = """
    SELECT kind, role, COUNT(*) FROM (SELECT DISTINCT paper, kind, key, role FROM terms)
    GROUP BY kind, role
"""


def paper_edges(extraction: Extraction, keys: Sequence[str]) -> Iterator[Edge]:
    """The edges that one paper gives, from its terms and their keys.

    Of two terms that make the same edge the first is shown, with the mentions of both.
    """
    ids = [f"{term.kind.lower()}:{key}" for term, key in zip(extraction.terms, keys, strict=True)]
    found: dict[tuple[str, str, str], Edge] = {}
    for edge in chain(_term_edges(extraction, ids), _result_edges(extraction, ids)):
        place = (edge.source, edge.type, edge.target)
        same = found.get(place)
        found[place] = replace(same, count=same.count + edge.count) if same else edge
    yield from found.values()


def result_id(paper_id: str, index: int) -> str:
    """The id of the paper's result with this index."""
    return f"result:{paper_id}:{index + 1}"


def _term_edges(extraction: Extraction, ids: Sequence[str]) -> Iterator[Edge]:
    paper_id = extraction.paper_id
    for term, entity in zip(extraction.terms, ids, strict=True):
        shown = term.mentions[term.evidence]
        yield Edge(
            paper_id, "Paper", RELATIONSHIPS[term.kind, term.role], entity, term.kind,
            shown.start, shown.stop, shown.confidence, len(term.mentions), paper_id,
        )  # fmt: skip


def _result_edges(extraction: Extraction, ids: Sequence[str]) -> Iterator[Edge]:
    paper_id = extraction.paper_id
    for index, result in enumerate(extraction.results):
        own = result_id(paper_id, index)
        place = (result.start, result.stop, result.confidence)
        yield Edge(paper_id, "Paper", "REPORTS", own, "Result", *place, 1, paper_id)
        for cell, relationship in CELLS:
            at = getattr(result, cell)
            if at is not None:
                term = extraction.terms[at]
                shown = _nearest(term, result)
                yield Edge(
                    own, "Result", relationship, ids[at], term.kind,
                    shown.start, shown.stop, result.confidence, 1, paper_id,
                )  # fmt: skip


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


def _entity_node(
    kind: Kind, key: str, name: str, aliases: list[str], papers: int, salient: bool
) -> Node:
    entity = f"{kind.lower()}:{key}"
    if kind == "Repository":
        return Node(entity, kind, _parts(name))
    return Node(
        entity,
        kind,
        {"name": name, "aliases": tuple(aliases), "papers": papers, "salient": salient},
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
