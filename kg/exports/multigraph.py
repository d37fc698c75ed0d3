"""The graph as a NetworkX multigraph, for algorithms and notebooks."""

from collections.abc import Iterable

import networkx as nx

from kg.exports.attributes import edge_attributes, node_attributes, ordered
from kg.records import Edge, Node


def to_networkx(nodes: Iterable[Node], edges: Iterable[Edge]) -> nx.MultiDiGraph:
    """The graph with `Node.id` as node and `Edge.type` as edge key, in order of their ids.

    Nodes carry `label` and their properties; edges carry `type` and their evidence, of which a
    `VERSION_OF` has none and says so by the `paper` "". An edge that leads out of `nodes` is left
    out.
    """
    graph = nx.MultiDiGraph()
    inner_nodes, inner_edges = ordered(nodes, edges)
    for node in inner_nodes:
        graph.add_node(node.id, **node_attributes(node))
    for edge in inner_edges:
        graph.add_edge(edge.source, edge.target, edge.type, **edge_attributes(edge))
    return graph
