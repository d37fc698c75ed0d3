"""The graphs that the tests of exports share: one made by hand, and one grown to any size."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.records import Edge, Node

Graph = tuple[list[Node], list[Edge]]

_ENTITY = {"id", "name", "aliases", "papers", "salient", "ambiguous", "external_ids"}
PROPERTIES = {
    "Paper": {"id", "title", "abstract", "published", "url", "authors", "source"},
    "Method": _ENTITY,
    "Dataset": _ENTITY,
    "Metric": _ENTITY,
    "Task": _ENTITY,
    "Repository": {"id", "url", "host", "owner", "name"},
    "Result": {"id", "text", "number", "unit", "form", "start", "stop"},
}
RELATIONS = {
    "Method": ("PROPOSES", "USES", "COMPARES_WITH"),
    "Dataset": ("INTRODUCES", "EVALUATES_ON"),
    "Task": ("ADDRESSES", "MENTIONS"),
    "Metric": ("REPORTS", "MENTIONS"),
}

THE_PILE = ("paperswithcode:the-pile", "wikidata:Q107381824")


@dataclass
class Draft:
    """A graph while it is written."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    def paper(self, name: str, title: str, abstract: str, **stated: str) -> None:
        known = {"published": "", "url": "", "source": "papers.jsonl:1", **stated}
        properties = {"id": name, "title": title, "abstract": abstract, "authors": ("Ada L.",)}
        self.nodes[name] = Node(name, "Paper", {**properties, **known})

    def entity(
        self, name: str, label: str, shown: str, *aliases: str, **stated: bool | tuple[str, ...]
    ) -> str:
        properties = {"id": name, "name": shown, "aliases": aliases, "papers": 0}
        known = {"salient": True, "ambiguous": False, "external_ids": (), **stated}
        self.nodes.setdefault(name, Node(name, label, {**properties, **known}))
        return name

    def version(self, name: str, family: str) -> None:
        """An edge from one name to another that no paper says."""
        label = self.nodes[name].label
        self.edges.append(Edge(name, label, "VERSION_OF", family, label, 0, 0, 1.0, 1, ""))

    def repository(self, name: str, url: str) -> str:
        owner, shown = url.split("/")[-2:]
        properties = {"id": name, "url": url, "host": "github.com", "owner": owner, "name": shown}
        self.nodes[name] = Node(name, "Repository", properties)
        return name

    def says(self, paper: str, relation: str, target: str, words: str) -> None:
        """An edge from `paper` whose evidence is the last place where its text has `words`."""
        self._edge(paper, paper, relation, target, words)

    def result(self, paper: str, words: str, **cells: str) -> None:
        """A result of `paper` with its cells: `OF="metric:..."`."""
        name = f"result:{paper}:{len(self.nodes)}"
        start = self._text(paper).rindex(words)
        place = {"start": start, "stop": start + len(words)}
        properties = {"text": words, "number": 1.0, "unit": "%", "form": "value", **place}
        self.nodes[name] = Node(name, "Result", {"id": name, **properties})
        self._edge(paper, paper, "REPORTS", name, words)
        for relation, target in cells.items():
            self._edge(paper, name, relation, target, words)

    def graph(self) -> Graph:
        return list(self.nodes.values()), self.edges

    def _edge(self, paper: str, source: str, relation: str, target: str, words: str) -> None:
        start = self._text(paper).rindex(words)
        ends = self.nodes[source].label, self.nodes[target].label
        place = start, start + len(words)
        self.edges.append(Edge(source, ends[0], relation, target, ends[1], *place, 0.9, 1, paper))

    def _text(self, paper: str) -> str:
        stated = self.nodes[paper].properties
        return f"{stated['title']}\n{stated['abstract']}"


def tiny() -> Graph:
    """Two papers, with all that a graph may hold; code points beyond the BMP before mentions."""
    draft = Draft()
    draft.paper(
        "2312.00752",
        "Mamba: Linear-Time Sequence Modeling",
        "We 🚀 propose 𝔐amba for language modeling. It beats Transformer on The Pile 🎉. "
        "Mamba reaches 72.4% accuracy on The Pile. Code is at https://github.com/state-spaces/mamba.",
        published="2023-12-01",
        url="https://arxiv.org/abs/2312.00752",
    )
    draft.paper(
        "2405.21060", "Transformers are SSMs", "Mamba-2 builds on Mamba.", published="2024-05"
    )
    draft.entity("method:mamba", "Method", "Mamba", "𝔐amba", "selective SSM")
    draft.entity("method:mamba-2", "Method", "Mamba-2")
    draft.entity("method:transformer", "Method", "Transformer")
    draft.entity("dataset:the-pile", "Dataset", "The Pile", external_ids=THE_PILE)
    draft.entity("task:language-modeling", "Task", "language modeling")
    draft.entity("metric:accuracy", "Metric", "accuracy", ambiguous=True)
    draft.entity("method:large-language-model", "Method", "language model", salient=False)
    draft.repository(
        "repository:github.com/state-spaces/mamba", "https://github.com/state-spaces/mamba"
    )
    draft.says("2312.00752", "PROPOSES", "method:mamba", "𝔐amba")
    draft.says("2312.00752", "ADDRESSES", "task:language-modeling", "language modeling")
    draft.says("2312.00752", "COMPARES_WITH", "method:transformer", "Transformer")
    draft.says("2312.00752", "EVALUATES_ON", "dataset:the-pile", "The Pile")
    draft.says("2312.00752", "MENTIONS", "method:large-language-model", "language model")
    draft.says("2312.00752", "REPORTS", "metric:accuracy", "accuracy")
    draft.says(
        "2312.00752",
        "HAS_CODE",
        "repository:github.com/state-spaces/mamba",
        "https://github.com/state-spaces/mamba",
    )
    draft.says("2405.21060", "PROPOSES", "method:mamba-2", "Mamba-2")
    draft.says("2405.21060", "USES", "method:mamba", "Mamba")
    draft.version("method:mamba-2", "method:mamba")
    draft.result(
        "2312.00752",
        "72.4%",
        BY="method:mamba",
        ON="dataset:the-pile",
        OF="metric:accuracy",
        AGAINST="method:transformer",
    )
    return draft.graph()


def grown(papers: int, *, seed: int = 0) -> Graph:
    """`papers` papers in communities, with about four nodes for each; a seed gives one graph."""
    chance = random.Random(seed)
    draft = Draft()
    for number in range(papers):
        _add_paper(draft, number, number % max(papers // 40, 1), chance)
    return draft.graph()


def _add_paper(draft: Draft, number: int, topic: int, chance: random.Random) -> None:
    name = f"2501.{number:05d}"
    claims = list(_claims(number, topic, chance))
    turns = " ".join(f"Here the paper turns to {shown} at length." for _, _, shown in claims)
    title, month = f"Study {number} of topic {topic}", f"2025-{number % 12 + 1:02d}"
    draft.paper(name, title, f"{turns} We reach {number}.5% in the end.", published=month)
    for relation, label, shown in claims:
        target = draft.entity(f"{label.lower()}:{shown.replace(' ', '-')}", label, shown)
        draft.says(name, relation, target, shown)
        if label == "Metric":
            draft.result(name, f"{number}.5%", OF=target)


def _claims(number: int, topic: int, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Names of one paper: its own method, those of its topic, now and then of another."""
    yield "PROPOSES", "Method", f"own method {number}"
    yield "INTRODUCES", "Dataset", f"own dataset {number}"
    yield "REPORTS", "Metric", f"metric {chance.randrange(5)}"
    for label in ("Method", "Dataset", "Task"):
        where = topic if chance.random() < 0.9 else chance.randrange(topic + 1)
        rank = int(18 * chance.random() ** 2)
        yield RELATIONS[label][1], label, f"{label.lower()} {where} {rank} of many"


def test_the_graphs_have_the_properties_of_the_schema() -> None:
    for nodes, _ in (tiny(), grown(8)):
        assert all(set(node.properties) == PROPERTIES[node.label] for node in nodes)


def test_the_evidence_of_the_graphs_is_in_the_texts() -> None:
    nodes, edges = tiny()
    by_id = {node.id: node.properties for node in nodes}
    words = {
        f"{by_id[edge.paper]['title']}\n{by_id[edge.paper]['abstract']}"[edge.start : edge.stop]
        for edge in edges
        if edge.paper
    }
    assert {"𝔐amba", "Transformer", "The Pile", "72.4%"} <= words
