"""The part of a large graph that vis-network draws."""

from collections.abc import Sequence

import numpy as np

_ROUNDS = 4


def best_connected(count: int, links: Sequence[tuple[int, int]], limit: int) -> list[int]:
    """`limit` of the nodes `0 .. count - 1`, in order: hubs, and those best linked with the chosen.

    The hubs alone would hardly be linked with each other.
    """
    if count <= limit:
        return list(range(count))
    ends = np.array(links, dtype=np.int64).reshape(-1, 2)
    degree = np.bincount(ends.ravel(), minlength=count)
    chosen = np.zeros(count, dtype=bool)
    chosen[np.argsort(-degree, kind="stable")[: limit // 3]] = True
    for rounds_left in range(_ROUNDS, 0, -1):
        ties = np.zeros(count)
        for here, there in (ends.T, ends.T[::-1]):
            ties += np.bincount(here, weights=chosen[there], minlength=count)
        ties[chosen] = -1
        more = (limit - int(chosen.sum())) // rounds_left
        chosen[np.lexsort((-degree, -ties))[:more]] = True
    return [int(node) for node in np.flatnonzero(chosen)]
