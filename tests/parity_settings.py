"""Settings of the named questions' parameters, chosen from a graph: what most is said of and what
least, what is doubted, ambiguous or undated."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, product
from typing import get_args

from kg.queries import Parameter, Query
from kg.records import KINDS, Edge, Form, Node

Given = dict[str, object]

_NUMBERS = {"limit": (1, 5, 1000), "steps": (1, 2, 9)}
_PARTS = ("a", "ÉE", "-", "gpt", "language model", "no such name")  # of names, besides whole ones
_ODD = (("salient", False), ("ambiguous", True), ("published", ""))


class Choices:
    """What a graph offers for each type of parameter; the richest things come first."""

    def __init__(self, nodes: Iterable[Node], edges: Iterable[Edge]) -> None:
        self._nodes: dict[str, list[Node]] = defaultdict(list)
        for node in sorted(nodes, key=lambda node: node.id):
            self._nodes[node.label].append(node)
        self._links: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
        for edge in edges:
            pattern = (edge.source_label, edge.type, edge.target_label)
            self._links[pattern].update((edge.source, edge.target))

    def of(self, parameter: Parameter) -> Sequence[object]:
        """What to give for `parameter`: things by name and by id in turn."""
        match parameter.type:
            case "integer":
                return _NUMBERS[parameter.name]
            case "date":
                return self._dates()
            case "kind":
                return KINDS
            case "form":
                return get_args(Form)
            case "text" if parameter.default in ("yes", "no"):
                return ("yes", "no")
            case "text":
                return [*_PARTS, *_spelled(self._picked("Method"))]
            case "Entity":
                return _spelled(chain(*(self._picked(kind)[:5] for kind in KINDS)))
        return _spelled(self._picked(parameter.type))

    def _picked(self, label: str) -> list[Node]:
        """Of each pattern what takes part in it most; what takes part in least; what is odd."""
        nodes = self._nodes[label]
        richest = [
            max(nodes, key=lambda node: self._links[pattern][node.id])
            for pattern in sorted(self._links)
            if label in (pattern[0], pattern[2])
        ]
        poorest = min(nodes, key=lambda node: sum(links[node.id] for links in self._links.values()))
        odd = (
            next((node for node in nodes if node.properties.get(key) == value), poorest)
            for key, value in _ODD
        )
        middle = nodes[len(nodes) // 2]
        return list({node.id: node for node in (*richest, poorest, *odd, middle)}.values())

    def _dates(self) -> list[str]:
        dated = sorted(filter(None, (str(p.properties["published"]) for p in self._nodes["Paper"])))
        middle = dated[len(dated) // 2]
        return [middle, middle[:7], middle[:4], "1999"]


def _spelled(nodes: Iterable[Node]) -> list[object]:
    """Each as a person may type it."""
    return [
        node.id if number % 2 else node.properties.get("title") or node.properties["name"]
        for number, node in enumerate(nodes)
    ]


def settings(query: Query, choices: Choices) -> list[Given]:
    """What a question needs, in many ways; each way alone, and with each option set."""
    values = {parameter.name: choices.of(parameter) for parameter in query.parameters}
    needed = [parameter.name for parameter in query.parameters if parameter.default is None]
    options = [parameter.name for parameter in query.parameters if parameter.default is not None]
    several = [values[name][::3] if len(needed) > 1 else values[name] for name in needed]
    ways: list[Given] = [dict(zip(needed, way, strict=True)) for way in product(*several)]
    turns = max(map(len, values.values())) if not needed else len(ways)
    return ways + [
        {**ways[turn % len(ways)], name: values[name][turn % len(values[name])]}
        for turn in range(turns)
        for name in options
    ]
