"""Shortest paths between entities: from both ends towards the middle, a layer a statement.

Engines find shortest paths, too, but choose among equal ones each in its own way; this choice is
the same everywhere: the terms that fewest papers name, then the first by id.
"""

from kg.queries import statement
from kg.stores.protocol import Bounds, Store

_LONGEST = 20  # shared papers on a path
_FEW = 200  # ids that a statement gets to look for

_Via = dict[str, str]  # id of a neighbour -> the entity that leads to it


def find_route(store: Store, source: str, target: str) -> list[str]:
    """Ids of the entities on a shortest path, `source` first; any two in a row share a paper.

    Empty if nothing connects them, or they are one.
    """
    if source == target:
        return []
    ends = [source, target]
    via: tuple[_Via, _Via] = ({source: ""}, {target: ""})
    edges = [[source], [target]]
    papers = [_papers_of(store, edge) for edge in edges]
    for _ in range(_LONGEST):
        side = 0 if papers[0] <= papers[1] else 1  # so that the search leaves hubs last
        if met := _meeting(store, edges[side], ends, edges[1 - side], via[side]):
            return _way(met, via[0])[::-1] + _way(met, via[1])[1:]
        new, papers[side] = _neighbours(store, edges[side], ends, [])
        edges[side] = [one for one in new if one not in via[side]]
        via[side].update((one, new[one]) for one in edges[side])
        if not edges[side]:
            break
    return []


def _meeting(store: Store, edge: list[str], ends: list[str], others: list[str], via: _Via) -> str:
    """The first of `others` that is a neighbour of `edge`, which `via` then knows, or ""."""
    near, _ = _neighbours(store, edge, ends, others if len(others) <= _FEW else [])
    known = set(others)
    met = next((one for one in near if one in known), "")
    if met:
        via[met] = near[met]
    return met


def _neighbours(
    store: Store, edge: list[str], ends: list[str], among: list[str]
) -> tuple[_Via, int]:
    """The neighbours of `edge`, only those `among` some if there are any, rare ones first.

    And how many papers name them, all together.
    """
    values = {"ids": edge, "ends": ends, "among": among}
    rows = store.run(statement("lookup/neighbours"), values, bounds=Bounds(rows=None))
    near = {str(row["id"]): str(row["via"]) for row in rows}
    return near, sum(int(str(row["papers"])) for row in rows)


def _papers_of(store: Store, edge: list[str]) -> int:
    return int(str(store.run(statement("lookup/papers_of"), {"ids": edge})[0]["papers"]))


def _way(last: str, via: _Via) -> list[str]:
    """From `last` back to the end that `via` starts at."""
    way = []
    while last:
        way.append(last)
        last = via[last]
    return way
