"""Nodes: what the ledger knows of papers, entities and results, as the graph shows it."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain

from kg.ledger import Ledger, Row
from kg.records import EntityKey, Node, Paper, Property, Result, id_of

_ENTITIES = "SELECT kind, key, name, aliases, papers, salient, ambiguous FROM entities"
_ANONYMOUS = "anonymous.4open.science"  # hides the owner


def paper_node(paper: Paper) -> Node:
    """The node of a paper."""
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


def entity_nodes(
    ledger: Ledger, entities: Iterable[EntityKey] | None = None
) -> Iterator[tuple[EntityKey, Node]]:
    """These entities, where there are such, or all by kind and key, each with its node."""
    external = _external_ids(ledger)
    if entities is None:
        rows = ledger.rows(f"{_ENTITIES} ORDER BY kind, key")
    else:
        one = f"{_ENTITIES} WHERE (kind, key) = (?, ?)"
        rows = chain.from_iterable(ledger.rows(one, entity) for entity in entities)
    for kind, key, *cells in rows:
        entity = (kind, key)
        yield entity, _entity_node(entity, tuple(cells), external.get(entity, ()))


def result_node(paper_id: str, index: int, result: Result) -> Node:
    """The node of the paper's result with this index."""
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


def result_id(paper_id: str, index: int) -> str:
    """The id of the paper's result with this index."""
    return f"result:{paper_id}:{index + 1}"


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
