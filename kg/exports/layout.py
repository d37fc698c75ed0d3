"""Where each node of a picture lies: communities become islands, a graph an archipelago.

Each component is cut into communities (Louvain), a community is laid out by springs, and the
communities lie side by side as discs, the best tied nearest. Small components fill the cells of a
honeycomb around the largest. All is a function of the arguments: the same graph, the same picture.

Source: Blondel et al. 2008, "Fast unfolding of communities in large networks".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from kg.exports.forces import Numbers, Pairs, Points, around, pack, separate, spring, sunflower

Link = tuple[int, int]
Place = tuple[float, float]

_SHORE = 14.0  # free water around an island
_FEW = 120  # so many nodes are laid out by springs and not cut into communities
_LARGEST_SPRING = 600  # a larger community that cannot be cut is laid out as a sunflower


def arrange(radii: Sequence[float], links: Iterable[Link], *, seed: int = 0) -> list[Place]:
    """The centres of nodes `0 .. len(radii) - 1`, drawn as discs of `radii`; no two overlap."""
    graph = nx.Graph()
    graph.add_nodes_from(range(len(radii)))
    graph.add_edges_from(sorted((a, b) for a, b in links if a != b))
    plan = _Plan(graph, np.array(radii, dtype=np.float64), seed)
    components = _largest_first(nx.connected_components(graph))
    points = np.zeros(len(radii), dtype=np.complex128)
    for patch in plan.archipelago(components):
        points[patch.nodes] = patch.points
    return [(float(point.real), float(point.imag)) for point in points]


@dataclass(frozen=True, slots=True)
class _Patch:
    """Nodes in place, all within `radius` around `centre`."""

    nodes: list[int]
    points: Points
    centre: complex
    radius: float

    def moved(self, centre: complex, turn: complex = 1) -> "_Patch":
        points = (self.points - self.centre) * turn + centre
        return _Patch(self.nodes, points, centre, self.radius)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all steps of one layout read."""

    graph: nx.Graph
    radii: Numbers
    seed: int

    def archipelago(self, components: list[list[int]]) -> list[_Patch]:
        """The islands of the first component side by side, each other component around them."""
        if not components:
            return []
        mainland = self._islands(components[0])
        middle = self._merged(mainland).centre
        mainland = [patch.moved(patch.centre - middle) for patch in mainland]
        others = [self._merged(self._islands(component)) for component in components[1:]]
        others.sort(key=lambda patch: (-patch.radius, patch.nodes))
        centres = around(
            np.array([patch.centre for patch in mainland]),
            np.array([patch.radius for patch in mainland]),
            [patch.radius for patch in others],
        )
        moved = (patch.moved(complex(to)) for patch, to in zip(others, centres, strict=True))
        return [*mainland, *moved]

    def _islands(self, nodes: list[int]) -> list[_Patch]:
        """The communities among `nodes`, side by side."""
        parts = self._communities(nodes)
        if len(parts) == 1:
            return [self._sprung(nodes)]
        return self._side_by_side([self._merged(self._islands(part)) for part in parts])

    def _communities(self, nodes: list[int]) -> list[list[int]]:
        """The communities among `nodes`; a single one where they are few or cannot be cut."""
        if len(nodes) <= _FEW:
            return [nodes]
        part = nx.Graph()  # in sorted order, which decides how Louvain breaks ties
        part.add_nodes_from(nodes)
        part.add_edges_from(sorted(self.graph.subgraph(nodes).edges))
        return _largest_first(nx.community.louvain_communities(part, seed=self.seed))

    def _sprung(self, nodes: list[int]) -> _Patch:
        """Nodes that hang together, laid out by springs."""
        hubs_first = sorted(range(len(nodes)), key=lambda at: (-self.graph.degree(nodes[at]), at))
        points = sunflower(self.radii[nodes], hubs_first)
        if 2 < len(nodes) <= _LARGEST_SPRING:
            points = separate(spring(points, self._links(nodes)), self.radii[nodes])
        return self._bounded(nodes, points)

    def _merged(self, patches: list[_Patch]) -> _Patch:
        if len(patches) == 1:
            return patches[0]
        nodes = [node for patch in patches for node in patch.nodes]
        return self._bounded(nodes, np.concatenate([patch.points for patch in patches]))

    def _side_by_side(self, patches: list[_Patch]) -> list[_Patch]:
        """The patches as touching discs, each turned towards those that it is tied to."""
        nodes = [node for patch in patches for node in patch.nodes]
        owner = np.repeat(np.arange(len(patches)), [len(patch.nodes) for patch in patches])
        links = self._links(nodes)
        ties = np.zeros((len(patches), len(patches)))
        np.add.at(ties, (owner[links[:, 0]], owner[links[:, 1]]), 1.0)
        centres = pack(np.array([patch.radius for patch in patches]), ties + ties.T)
        inner = np.concatenate([patch.points - patch.centre for patch in patches])
        turns = _turns(inner, owner, centres, links)
        placed = zip(patches, centres, turns, strict=True)
        return [patch.moved(complex(to), complex(turn)) for patch, to, turn in placed]

    def _links(self, nodes: list[int]) -> Pairs:
        """The links among `nodes`, as pairs of positions in `nodes`."""
        at = {node: position for position, node in enumerate(nodes)}
        pairs = sorted((at[a], at[b]) for a, b in self.graph.subgraph(nodes).edges)
        return np.array(pairs, dtype=np.int64).reshape(-1, 2)

    def _bounded(self, nodes: list[int], points: Points) -> _Patch:
        x, y = points.real, points.imag
        centre = complex((x.min() + x.max()) / 2, (y.min() + y.max()) / 2)
        radius = float((np.abs(points - centre) + self.radii[nodes]).max())
        return _Patch(nodes, points, centre, radius + _SHORE)


def _largest_first(groups: Iterable[set[int]]) -> list[list[int]]:
    return sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))


def _turns(inner: Points, owner: Pairs, centres: Points, links: Pairs) -> Points:
    """For each patch the turn, a unit number, that brings its nodes near their neighbours."""
    pull = np.zeros(len(centres), dtype=np.complex128)
    for here, there in (links.T, links.T[::-1]):
        away = centres[owner[there]] - centres[owner[here]]
        np.add.at(pull, owner[here], np.conj(inner[here]) * away)
    size = np.abs(pull)
    return np.where(size > 0, pull / np.where(size > 0, size, 1.0), 1.0)
