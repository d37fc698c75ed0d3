"""The geometry under a layout: springs, discs that give way, discs side by side.

Points are complex numbers, x + iy, so that a distance is an `abs` and a turn a product.
"""

from collections.abc import Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.complex128]
Numbers = NDArray[np.float64]
Pairs = NDArray[np.int64]  # of shape (pairs, 2)

_LENGTH = 24.0  # what a spring wants to measure
_GRAVITY = 1.0  # at pi, a crowd without springs fills a disc evenly, one to a square of _LENGTH
_GAP = 5.0  # free space between two nodes
_GOLDEN_ANGLE = np.pi * (3 - 5**0.5)
_WIDE = 1.3  # screens are wider than high, and so are the pictures


def sunflower(radii: Numbers, order: Sequence[int]) -> Points:
    """Discs on a spiral without overlap, `order[0]` in the middle.

    Source: Vogel 1979, "A better way to construct the sunflower head".
    """
    step = 1.1 * (2 * float(radii.max()) + _GAP)
    turn = np.arange(len(radii))
    points = np.empty(len(radii), dtype=np.complex128)
    points[list(order)] = step * np.sqrt(turn) * np.exp(1j * _GOLDEN_ANGLE * turn)
    return points


def spring(points: Points, links: Pairs, *, rounds: int = 90) -> Points:
    """`points` after all have repelled each other and the springs between `links` have pulled.

    Source: Fruchterman and Reingold 1991, "Graph drawing by force-directed placement".
    """
    a, b = links.T
    for longest in np.linspace(2 * _LENGTH, 0.5, rounds):
        apart = points[:, None] - points
        force = (apart * (_LENGTH / np.maximum(np.abs(apart), 1.0)) ** 2).sum(axis=1)
        force -= _GRAVITY * points
        pull = (points[b] - points[a]) * np.abs(points[b] - points[a]) / _LENGTH
        np.add.at(force, a, pull)
        np.subtract.at(force, b, pull)
        points = points + force * np.minimum(1.0, longest / np.maximum(np.abs(force), 1e-9))
    return points


def separate(points: Points, radii: Numbers, *, rounds: int = 40) -> Points:
    """`points` moved apart until no two discs overlap."""
    least = radii[:, None] + radii + _GAP
    np.fill_diagonal(least, 0.0)
    for _ in range(rounds):
        apart = points[:, None] - points
        distance = np.maximum(np.abs(apart), 1e-3)
        lack = np.maximum(least - distance, 0.0)
        if not lack.any():
            return points
        points = points + 0.5 * (apart / distance * lack).sum(axis=1)
    distance = np.abs(points[:, None] - points)
    np.fill_diagonal(distance, 1.0)
    return points * max(1.0, float((least / np.maximum(distance, 1e-3)).max()))


def pack(radii: Numbers, ties: Numbers) -> Points:
    """Centres of discs that touch but do not overlap, the best tied nearest to each other."""
    centres = np.zeros(len(radii), dtype=np.complex128)
    placed: list[int] = []
    for _ in radii:
        disc = _next(radii, ties, placed)
        if len(placed) == 1:
            centres[disc] = radii[placed[0]] + radii[disc]
        elif placed:
            spots = _free_spots(centres[placed], radii[placed], float(radii[disc]))
            away = np.abs(_seen(spots[:, None] - centres[placed]))
            cost = away @ ties[disc, placed] / max(float(ties[disc, placed].sum()), 1.0)
            centres[disc] = spots[np.argmin(cost + 0.3 * np.abs(_seen(spots)))]
        placed.append(disc)
    return centres


def around(centres: Points, radii: Numbers, more: Sequence[float]) -> Points:
    """Centres of discs of radii `more`, from large to small, in free honeycomb cells around others.

    Discs of about one size share a honeycomb; the cells nearest to the middle are filled first.
    """
    new: list[complex] = []
    while len(new) < len(more):
        radius = more[len(new)]
        alike = [size for size in more[len(new) :] if size > radius / 2]
        reach = float((np.abs(centres) + radii).max()) + 2 * radius * (1 + len(alike) ** 0.5)
        free = (
            cell
            for cell in _honeycomb(radius, reach)
            if (np.abs(centres - cell) >= radii + radius - 1e-6).all()
        )
        cells = list(islice(free, len(alike)))
        new += cells
        centres = np.append(centres, cells)
        radii = np.append(radii, np.full(len(cells), radius))
    return np.array(new, dtype=np.complex128)


def _next(radii: Numbers, ties: Numbers, placed: list[int]) -> int:
    """The disc not yet placed that is best tied to those that are; among equals the largest."""
    tied = ties[:, placed].sum(axis=1) if placed else np.zeros(len(radii))
    rank = np.lexsort((np.arange(len(radii)), -radii, -tied))
    return next(int(disc) for disc in rank if disc not in placed)


def _free_spots(centres: Points, radii: Numbers, radius: float) -> Points:
    """Where a disc of `radius` touches two of the discs and overlaps none."""
    i, j = np.triu_indices(len(centres), 1)
    near = np.abs(centres[j] - centres[i]) <= radii[i] + radii[j] + 2 * radius
    i, j = i[near], j[near]
    between = centres[j] - centres[i]
    distance = np.abs(between)
    to_i, to_j = radii[i] + radius, radii[j] + radius
    along = (to_i**2 - to_j**2 + distance**2) / (2 * distance)
    height = np.sqrt(np.maximum(to_i**2 - along**2, 0.0))
    unit = between / distance
    spots = np.concatenate([centres[i] + unit * (along + side * 1j * height) for side in (1, -1)])
    clear = np.abs(spots[:, None] - centres) >= radii + radius - 1e-6
    return spots[clear.all(axis=1)]


def _honeycomb(radius: float, reach: float) -> Points:
    """The centres within `reach` of touching discs, the nearest to the middle first."""
    steps = np.arange(-int(reach / radius) - 1, int(reach / radius) + 2)
    column, row = np.meshgrid(steps, steps)
    cells = (radius * (2 * column + row % 2) + 1j * radius * 3**0.5 * row).ravel()
    return cells[np.lexsort((cells.imag, cells.real, np.abs(_seen(cells)).round(3)))]


def _seen(vectors: Points) -> Points:
    """`vectors` as they count: what lies above or below is further away than what lies beside."""
    return vectors.real + 1j * _WIDE * vectors.imag
