"""Roles: which role each term has that is right, and for which one it is taken."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.evaluate.figures import Accuracy
from kg.evaluate.verdicts import Verdict
from kg.records import KINDS, ROLES, Kind


@dataclass(frozen=True, slots=True)
class Confusion:
    """The roles of one kind: how many terms have each in the gold, and as which they were found."""

    counts: Mapping[str, Mapping[str, int]]  # by role in the gold, then by role found; all of both

    @property
    def accuracy(self) -> Accuracy:
        """How many terms were found in their role."""
        right = sum(found[role] for role, found in self.counts.items())
        return Accuracy(right, sum(sum(found.values()) for found in self.counts.values()) - right)


def confusions(judged: Iterable[Verdict]) -> Mapping[Kind, Confusion]:
    """The confusion of each kind, over the terms that were found and are right."""
    roles = Counter(
        (one.kind, one.entity.role, one.term.role)
        for one in judged
        if one.term and one.entity and one.what == "right"
    )
    return {
        kind: Confusion(
            {
                role: {found: roles[kind, role, found] for found in ROLES[kind]}
                for role in ROLES[kind]
            }
        )
        for kind in KINDS
    }
