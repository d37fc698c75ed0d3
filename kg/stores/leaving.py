"""Leaving: what a Neo4j holds of a graph that the graph has no more, within one transaction.

What others have tied to it stays, and what they have tied it to. A relationship of ours is known by
`start` and `count`, a node by its second label.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.queries import LABELS, TYPES, statement
from kg.stores.bolt import OURS, changes_of

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

Triple = tuple[str, str, str]  # id of the source, type, id of the target
Links = Mapping[Triple, tuple[str, str]]  # with the labels of both ends

_KEYS = {  # of the properties that `load` writes on nodes of a label
    "Paper": (
        "title", "abstract", "published", "url", "authors", "source", "kg_links", "kg_graph",
    ),
    "Repository": ("url", "host", "owner", "name"),
    "Result": ("text", "number", "unit", "form", "start", "stop"),
    **dict.fromkeys(
        ("Method", "Dataset", "Metric", "Task"),
        ("name", "aliases", "papers", "salient", "ambiguous", "external_ids", "kg_links"),
    ),
}  # fmt: skip


def leave(transaction: "ManagedTransaction", label: str, ids: Sequence[str]) -> Counter[str]:
    """Removes nodes, but of those that others have tied something to only what is ours."""
    if not ids:
        return Counter()
    rows = list(transaction.run(*leaving(label, ids)))
    tied = [row["id"] for row in rows if row["is_tied"] and row["is_ours"]]
    free = [row["id"] for row in rows if not row["is_tied"]]
    let_go = transaction.run(statement("load/let_go", LABEL=label), ids=tied, types=TYPES)
    changes = changes_of(let_go)
    return changes + changes_of(
        transaction.run(statement("load/remove_nodes", LABEL=label), ids=free)
    )


def leave_papers(transaction: "ManagedTransaction", ids: Sequence[str]) -> Counter[str]:
    """Removes papers with their results, but for what others have tied something to."""
    results = results_of(former_links(transaction, "Paper", ids))
    return leave(transaction, "Result", results) + leave(transaction, "Paper", ids)


def leaving(label: str, ids: Sequence[str]) -> tuple[str, dict[str, Sequence[str]]]:
    """The statement that tells which nodes others have tied something to, and its parameters."""
    keys = ("id", "kg_digest", *_KEYS[label])
    parameters = {"ids": ids, "labels": (label, OURS), "keys": keys, "types": TYPES}
    return statement("load/leaving", LABEL=label), parameters


def former_links(transaction: "ManagedTransaction", label: str, ids: Sequence[str]) -> Links:
    """The relationships of ours from nodes of a label."""
    if not ids:
        return {}
    rows = transaction.run(
        statement("load/relationships", SOURCE=label), ids=ids, labels=LABELS, types=TYPES
    )
    return {(row["source"], row["type"], row["target"]): (label, row["label"]) for row in rows}


def results_of(links: Links) -> list[str]:
    """The ids of the results that relationships lead to."""
    return [triple[2] for triple, (_, label) in links.items() if label == "Result"]


def remove_links(transaction: "ManagedTransaction", links: Links) -> Counter[str]:
    """Removes relationships of ours."""
    changes: Counter[str] = Counter()
    for label in {source for source, _ in links.values()}:
        triples = [triple for triple, (source, _) in links.items() if source == label]
        source, type, target = map(list, zip(*triples, strict=True))
        columns = {"source": source, "type": type, "target": target}
        query = statement("load/remove_relationships", SOURCE=label)
        changes += changes_of(transaction.run(query, columns))
    return changes
