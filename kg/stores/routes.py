"""Shortest paths between entities: from both ends towards the middle, a layer a statement.

Engines find shortest paths, too, but choose among equal ones each in its own way; this choice is
the same everywhere: the terms that fewest papers name, then the first by id.
"""

from kg.queries import statement
from kg.stores.protocol import Store

_LONGEST = 20  # shared papers on a path


def find_route(store: Store, source: str, target: str) -> list[str]:
    """Ids of the entities on a shortest path, `source` first; any two in a row share a paper.

    Empty if nothing connects them, or they are one.
    """
    if source == target:
        return []
    ends = [source, target]
    via: tuple[dict[str, str], dict[str, str]] = ({source: ""}, {target: ""})
    edges = [[source], [target]]
    for _ in range(_LONGEST):
        side = 0 if len(edges[0]) <= len(edges[1]) else 1
        rows = store.run(statement("lookup/neighbours"), {"ids": edges[side], "ends": ends})
        new = {str(row["id"]): str(row["via"]) for row in rows if row["id"] not in via[side]}
        via[side].update(new)
        edges[side] = list(new)
        met = next((one for one in new if one in via[1 - side]), None)
        if met:
            return _way(met, via[0])[::-1] + _way(met, via[1])[1:]
        if not new:
            break
    return []


def _way(last: str, via: dict[str, str]) -> list[str]:
    """From `last` back to the end that `via` starts at."""
    way = []
    while last:
        way.append(last)
        last = via[last]
    return way
