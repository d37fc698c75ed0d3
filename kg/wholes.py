"""Wholes: a node with all that is written, and goes, together with it; and the digests of both.

A paper is one with its results and the relationships of both, which follow from its text; an entity
is one with the relationship to its family, which follows from its name.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from kg import graph
from kg.evidence import sentence
from kg.graph import paper_edges, version_edge
from kg.ledger import Ledger
from kg.nodes import entity_nodes, paper_node, result_node
from kg.records import Edge, EntityKey, Node
from kg.rows import read_extraction, read_paper

MAKERS = ("wholes.py", "evidence.py", *graph.MAKERS)
_FORMAT = 1  # to be raised when stores write the same nodes and relationships in another way
_DIGEST_BYTES = 6  # so that thousands can be added up in 63 bits


@dataclass(frozen=True)
class Whole:
    """A node, and what is written and removed with it."""

    node: Node
    results: Sequence[Node] = ()
    edges: Sequence[Edge] = ()  # from the node and its results
    sentences: Sequence[str] = ()  # of the edges in their order; "" where none was read from a text

    @cached_property
    def digest(self) -> int:
        """A digest of the node."""
        return node_digest(self.node)

    @cached_property
    def links(self) -> int:
        """A digest of all that is written with the node, 0 if that is nothing."""
        results = [(node.id, tuple(node.properties.values())) for node in self.results]
        edges = [
            (e.source, e.type, e.target, e.start, e.stop, e.confidence, e.count) for e in self.edges
        ]
        return _digest(results, edges, self.sentences) if edges else 0


def node_digest(node: Node) -> int:
    """A digest of a node's id and properties, less than 2 ** 48."""
    return _digest(node.label, node.id, tuple(node.properties.items()))


def paper_wholes(ledger: Ledger, paper_ids: Iterable[str]) -> Iterator[Whole]:
    """The papers with these ids, where there are such, each with what was found in it."""
    for paper_id in paper_ids:
        paper = read_paper(ledger, paper_id)
        if paper:
            extraction, entities = read_extraction(ledger, paper_id)
            edges = tuple(paper_edges(extraction, entities))
            yield Whole(
                paper_node(paper),
                tuple(result_node(paper_id, *one) for one in enumerate(extraction.results)),
                edges,
                tuple(sentence(paper.text, edge.start, edge.stop) for edge in edges),
            )


def entity_wholes(ledger: Ledger, entities: Iterable[EntityKey] | None = None) -> Iterator[Whole]:
    """These entities, where there are such, or all by kind and key, each with its family."""
    for entity, node in entity_nodes(ledger, entities):
        edges = version_edge(ledger, entity)
        yield Whole(node, (), edges, ("",) * len(edges))


def _digest(*parts: object) -> int:
    text = ascii((_FORMAT, *parts))  # `repr` shows other signs in other versions of Python
    whole = blake2b(text.encode(), digest_size=_DIGEST_BYTES)
    return int.from_bytes(whole.digest(), "big")
