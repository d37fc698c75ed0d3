"""Statement by statement what Cypher answers about the small graph, the same from every store."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from parity_answers import written

from kg.stores.protocol import Store


@dataclass
class Probe:
    """A statement and the rows that it must have, in any order where it asks for none."""

    statement: str
    parameters: dict[str, object] = field(default_factory=dict)
    rows: list[list[Any]] = field(default_factory=list)

    def in_order(self, rows: list[list[Any]]) -> list[str]:
        texts = [written(row) for row in rows]
        return texts if "ORDER BY" in self.statement.rpartition("RETURN")[2] else sorted(texts)


def read_probes() -> dict[str, list[Probe]]:
    """The probes of `parity_probes.txt` by what they are about."""
    probes: dict[str, list[Probe]] = {}
    text = Path(__file__).with_name("parity_probes.txt").read_text(encoding="utf-8")
    for block in text.split("\n\n")[1:]:
        first, *lines = block.strip().split("\n")
        if first.startswith("## "):
            topic = probes.setdefault(first.removeprefix("## "), [])
            continue
        topic.append(probe := Probe(first))
        for line in lines:
            sign, _, value = line.partition(" ")
            if sign == "$":
                probe.parameters = json.loads(value)
            else:
                probe.rows.append(json.loads(f"[{value}]"))
    return probes


PROBES = read_probes()


@pytest.mark.parametrize("topic", PROBES)
def test_every_store_answers_as_cypher_says(store: Store, topic: str) -> None:
    for probe in PROBES[topic]:
        rows = [list(row.values()) for row in store.run(probe.statement, probe.parameters)]

        assert probe.in_order(rows) == probe.in_order(probe.rows), probe.statement


def test_there_are_many_probes() -> None:
    statements = [probe.statement for probes in PROBES.values() for probe in probes]

    assert len(set(statements)) == len(statements) > 90
