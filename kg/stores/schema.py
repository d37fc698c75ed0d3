"""Constraints and indexes in Neo4j, made where they are missing."""

import re
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass

from kg.queries import statement
from kg.stores.bolt import Neo4jStore

_MADE = re.compile(r"CREATE (?:[A-Z]+ )*?(CONSTRAINT|INDEX) (\w+) ")


@dataclass(frozen=True, slots=True)
class Made:
    """How many constraints and indexes were there, and how many have just been created."""

    present: int
    created: int

    def __add__(self, other: "Made") -> "Made":
        return Made(self.present + other.present, self.created + other.created)


def make_schema(store: Neo4jStore) -> Made:
    """Makes the constraints that a load needs, and the indexes that questions and people need."""
    indexes = store.read("SHOW INDEXES YIELD name, owningConstraint AS owner")
    there = {row["name"] for row in store.read("SHOW CONSTRAINTS YIELD name")}
    left = {str(row["name"]) for row in indexes if row["owner"] is None}
    for name in sorted(left & dict(_statements("CONSTRAINT")).keys() - there):
        store.write("DROP INDEX $name IF EXISTS", {"name": name})  # of one that was never finished
    return _make(store, "CONSTRAINT", there) + _make(store, "INDEX", left)


def _make(store: Neo4jStore, what: str, there: Set[object]) -> Made:
    """Makes what is not there; what has another name there is not made either."""
    wanted = dict(_statements(what))
    changes: Counter[str] = Counter()
    for name in sorted(wanted.keys() - there):
        changes += store.write(wanted[name])
    created = changes["constraints_added"] + changes["indexes_added"]
    return Made(len(wanted) - created, created)


def _statements(what: str) -> Iterator[tuple[str, str]]:
    """The names of constraints or of indexes, and what makes each."""
    for made in statement("schema").split(";"):
        if (found := _MADE.match(made.strip())) and found[1] == what:
            yield found[2], made
