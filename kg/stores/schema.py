"""Constraints and indexes in Neo4j, made where they are missing."""

import re
from collections.abc import Iterator
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


def make_constraints(store: Neo4jStore) -> Made:
    """Makes the constraints that a load needs."""
    return _make(store, "CONSTRAINT")


def make_indexes(store: Neo4jStore) -> Made:
    """Makes the indexes that questions and people need; the server fills them by and by."""
    return _make(store, "INDEX")


def _make(store: Neo4jStore, what: str) -> Made:
    there = {row["name"] for row in store.read("SHOW INDEXES YIELD name")}  # constraints have some
    missing = [made for name, made in _statements(what) if name not in there]
    for made in missing:
        store.write(made)
    return Made(len(list(_statements(what))) - len(missing), len(missing))


def _statements(what: str) -> Iterator[tuple[str, str]]:
    """The names of constraints or of indexes, and what makes each."""
    for made in statement("schema").split(";"):
        if (found := _MADE.match(made.strip())) and found[1] == what:
            yield found[2], made
