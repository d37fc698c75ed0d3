"""What random questions are drawn from: chance, and the labels, patterns and values of a graph."""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from kg.records import Edge, Node, Property

Columns = Mapping[str, str]  # alias -> expression


class Words:
    """The labels of a graph, the patterns that its relationships make, and its values."""

    def __init__(self, nodes: Iterable[Node], edges: Iterable[Edge]) -> None:
        self.values: dict[str, dict[str, list[Property]]] = defaultdict(lambda: defaultdict(list))
        for node in nodes:
            for key, value in {"id": node.id, **node.properties}.items():
                self.values[node.label][key].append(value)
        self.labels = sorted(self.values)
        self.patterns = sorted({(e.source_label, e.type, e.target_label) for e in edges})


class Draw:
    """One question in the making: chance, the graph's words, and the parameters given so far."""

    def __init__(self, seed: str, words: Words) -> None:
        self.chance = random.Random(seed)
        self.words = words
        self.parameters: dict[str, object] = {}

    def one(self, *choices: str) -> str:
        return self.chance.choice(choices)

    def number(self, least: int, most: int) -> int:
        return self.chance.randint(least, most)

    def likely(self, probability: float) -> bool:
        return self.chance.random() < probability

    def label(self) -> str:
        return self.chance.choice(self.words.labels)

    def pattern(self, source: str = "", target: str = "") -> tuple[str, str, str]:
        """Labels and a type that the graph has, from or to a label where one is said."""
        fitting = [
            pattern
            for pattern in self.words.patterns
            if source in ("", pattern[0]) and target in ("", pattern[2])
        ]
        return self.chance.choice(fitting)

    def keys(self, label: str, *types: type) -> list[str]:
        """The properties of a label whose values are of one of some types; all, if none is said."""
        values = self.words.values[label]
        return [key for key in values if not types or type(values[key][0]) in types]

    def key(self, label: str, *types: type) -> str:
        return self.chance.choice(self.keys(label, *types))

    def value(self, label: str, key: str) -> Property:
        return self.chance.choice(self.words.values[label][key])

    def some(self, label: str, key: str) -> list[Property]:
        return [self.value(label, key) for _ in range(4)]

    def given(self, value: object) -> str:
        """`value` as a literal or as a parameter."""
        if self.likely(0.5):
            return literal(value)
        name = f"given{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"

    def answer(self, columns: Columns, lists: Columns = MappingProxyType({})) -> str:
        """RETURN of some columns, mostly in an order; nothing is sorted by `lists`."""
        distinct = "" if lists else self.one("", "", "DISTINCT ")
        together = {**columns, **lists}
        returned = ", ".join(f"{expression} AS {name}" for name, expression in together.items())
        ordered = self.order(list(columns)) if self.likely(0.7) else ""
        return f"RETURN {distinct}{returned}{ordered}"

    def order(self, names: Sequence[str]) -> str:
        """By all of `names`, in any turn, and perhaps a part of the rows alone."""
        by = [name + self.one("", "", " DESC") for name in self.chance.sample(names, len(names))]
        skip = f" SKIP {self.given(self.number(0, 3))}" if self.likely(0.3) else ""
        limit = f" LIMIT {self.given(self.number(1, 40))}" if self.likely(0.4) else ""
        return f" ORDER BY {', '.join(by)}{skip}{limit}"


def literal(value: object) -> str:
    """`value` as Cypher writes it."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case str():
            escaped = value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
            return f"'{escaped}'"
        case list() | tuple():
            return f"[{', '.join(map(literal, value))}]"
    return repr(value)
