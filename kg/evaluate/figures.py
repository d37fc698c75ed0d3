"""Figures: what counts of right and wrong come to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """How many were found and are right, were found and are false, and were missed."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        right, false = self.right + other.right, self.false + other.false
        return Score(right, false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The share of the found that is right; 0 where nothing was found."""
        return _share(self.right, self.right + self.false)

    @property
    def recall(self) -> float:
        """The share found of what there is to find; 0 where there is nothing."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.right, 2 * self.right + self.false + self.missed)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many of those that were judged are right."""

    right: int = 0
    wrong: int = 0

    def __add__(self, other: "Accuracy") -> "Accuracy":
        return Accuracy(self.right + other.right, self.wrong + other.wrong)

    @property
    def share(self) -> float:
        """The share that is right; 0 where nothing was judged."""
        return _share(self.right, self.right + self.wrong)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
