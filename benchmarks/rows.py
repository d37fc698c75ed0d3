"""A graph as rows that Neo4j's driver takes: what all writers write."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, takewhile
from pathlib import Path
from typing import Any, TypeVar

from kg.api import KnowledgeGraph, open_graph
from kg.evidence import sentence
from kg.records import Edge, Node

BATCH = 2_000

Row = dict[str, Any]
Pattern = tuple[str, str, str]  # label of the source, type, label of the target
_K = TypeVar("_K")


@dataclass
class Rows:
    """What is written, as the driver takes it."""

    nodes: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    relationships: dict[Pattern, list[Row]] = field(default_factory=lambda: defaultdict(list))

    @property
    def sizes(self) -> tuple[int, int]:
        """How many nodes and how many relationships."""
        return sum(map(len, self.nodes.values())), sum(map(len, self.relationships.values()))


def rows_of(graph: Path, papers: int | None) -> Rows:
    """A graph, or its first papers with all that they name, as rows."""
    rows, ends = Rows(), set()
    with open_graph(graph) as knowledge, knowledge.frozen():
        text_of = lru_cache(maxsize=1)(knowledge.text_of)  # edges come paper by paper
        for edge in edges_of(knowledge, papers):
            pattern = (edge.source_label, edge.type, edge.target_label)
            rows.relationships[pattern].append(relationship_row(edge, text_of))
            ends |= {edge.source, edge.target}
        for node in knowledge.nodes():
            if papers is None or node.id in ends:
                rows.nodes[node.label].append(node_row(node))
    return rows


def edges_of(knowledge: KnowledgeGraph, papers: int | None) -> Iterator[Edge]:
    """The edges of a graph, or those that its first papers give."""
    if papers is None:
        yield from knowledge.edges()
    else:
        ids = (node.id for node in knowledge.nodes() if node.label == "Paper")
        last = max(islice(ids, papers))
        edges = takewhile(lambda edge: edge.paper <= last, knowledge.edges())  # by their papers
        yield from (edge for edge in edges if edge.paper)


def node_row(node: Node) -> Row:
    """A node as the driver takes it."""
    values = node.properties.items()
    lists = {name: list(value) if isinstance(value, tuple) else value for name, value in values}
    return {"id": node.id, "properties": lists}


def relationship_row(edge: Edge, text_of: Callable[[str], str]) -> Row:
    """A relationship as the driver takes it, with the sentence that it was read from."""
    properties = {"start": edge.start, "stop": edge.stop}
    properties |= {"confidence": edge.confidence, "count": edge.count}
    if edge.paper:
        properties["sentence"] = sentence(text_of(edge.paper), edge.start, edge.stop)
    return {"source": edge.source, "target": edge.target, "properties": properties}


def batches(kinds: Mapping[_K, list[Row]]) -> Iterator[tuple[_K, list[Row]]]:
    """Rows of one kind at a time, in batches."""
    for kind, rows in kinds.items():
        for start in range(0, len(rows), BATCH):
            yield kind, rows[start : start + BATCH]
