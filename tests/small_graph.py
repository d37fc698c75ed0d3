"""A small graph made by hand, in `small_graph.txt`, with all that makes stores disagree.

Code points outside the BMP before mentions, accents, aliases, doubted terms, an empty abstract,
unstated dates, gains and factors beside values, units that convert, a result of nothing stated,
cells in another sentence than their number, a circle of methods, ties in every order, a family of
names whose versions have versions, one of them doubted.
"""

import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kg.evidence import sentence
from kg.records import Edge, Node, Paper, Property
from kg.wholes import Whole

ENTITIES = """
method:mamba | Mamba
method:s4 | S4 | Structured State Space sequence | S4 model
method:transformer | Transformer | Transformers
method:resnet-50 | ResNet-50 | ResNet50
method:vision-transformer | ViT | Vision Transformer
method:beta-vae | β-VAE | beta-VAE
method:vmamba | VMamba
method:tiny-mamba | TinyMamba
method:hippo | HiPPO
method:mamba-2 | Mamba-2
method:mamba-2-2.7b | Mamba-2-2.7B
method:mamba-base | base Mamba
method:schrodinger-bridge | Schrödinger Bridge
method:large-language-model | large language model | LLM
dataset:cifar-10 | CIFAR-10 | CIFAR10
dataset:cifar-100 | CIFAR-100
dataset:imagenet | ImageNet | ILSVRC 2012 | ImageNet-1K
dataset:imagenet-21k | ImageNet-21K
dataset:wikitext-103 | WikiText-103
dataset:long-range-arena | Long Range Arena | LRA
dataset:cafeqa | CaféQA
dataset:web-text | web text
metric:accuracy | accuracy | top-1 accuracy
metric:perplexity | perplexity | PPL
metric:fid | FID | Fréchet Inception Distance
metric:throughput | throughput
metric:f1 | F1 | F1 score
metric:latency | latency
metric:error-rate | error rate
task:image-classification | image classification
task:language-modeling | language modeling | language modelling
task:image-generation | image generation
task:question-answering | question answering | QA
task:accuracy | accuracy
repository:github.com/state-spaces/mamba
repository:github.com/mzeromiko/vmamba
repository:gitlab.com/cafe/qa.bench
repository:github.com/huggingface/transformers
"""
DOUBTED = {"method:large-language-model", "method:mamba-base", "dataset:web-text"}
AMBIGUOUS = {"dataset:long-range-arena"}
EXTERNAL_IDS = {"dataset:imagenet": ("paperswithcode:imagenet", "wikidata:Q24901201")}
VERSIONS = {  # from a version to its family
    "dataset:imagenet-21k": "dataset:imagenet",
    "method:mamba-2": "method:mamba",
    "method:mamba-2-2.7b": "method:mamba-2",
    "method:mamba-base": "method:mamba",
}
_CELLS = ("BY", "ON", "OF", "AGAINST")


def nodes() -> list[Node]:
    """Papers, entities and results, in this order."""
    return [*map(_paper_node, papers()), *_entity_nodes(), *_result_nodes()]


def edges() -> list[Edge]:
    """The relationships between names, then those of one paper after the other."""
    read = (edge for paper, facts in _blocks() for edge in _edges(paper, facts))
    return [*version_edges(), *read]


def version_edges() -> list[Edge]:
    """The relationships that no paper says."""
    return [
        Edge(id, _label(id), "VERSION_OF", of, _label(of), 0, 0, 1.0, 1, "")
        for id, of in VERSIONS.items()
    ]


def shuffled() -> tuple[list[Node], list[Edge]]:
    """The same nodes and edges in another order."""
    chance = random.Random(7)
    return chance.sample(nodes(), len(nodes())), chance.sample(edges(), len(edges()))


def wholes(nodes: list[Node], edges: list[Edge]) -> tuple[list[Whole], list[Whole]]:
    """The entities of a graph, and its papers, each with what belongs to it."""
    owners = {edge.target: edge.source for edge in edges if edge.target_label == "Result"}
    found = [
        Whole(
            node,
            tuple(one for one in nodes if owners.get(one.id) == node.id),
            own := tuple(edge for edge in edges if owners.get(edge.source, edge.source) == node.id),
            tuple(sentence(text_of(edge.paper), edge.start, edge.stop) for edge in own)
            if node.label == "Paper"
            else ("",) * len(own),
        )
        for node in nodes
        if node.label != "Result"
    ]
    are_papers = [whole.node.label == "Paper" for whole in found]
    return (
        [whole for whole, is_paper in zip(found, are_papers, strict=True) if not is_paper],
        [whole for whole, is_paper in zip(found, are_papers, strict=True) if is_paper],
    )


def papers() -> list[Paper]:
    return [paper for paper, _ in _blocks()]


def text_of(paper_id: str) -> str:
    return next(paper.text for paper in papers() if paper.id == paper_id)


@cache
def _blocks() -> list[tuple[Paper, list[list[str]]]]:
    """Each paper with its lines of facts, split into cells."""
    text = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    blocks = [block.splitlines() for block in text.strip().split("\n\n")[1:]]
    return [(_paper(*block[:3]), [_cells(line) for line in block[3:]]) for block in blocks]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _paper(head: str, title: str, abstract: str) -> Paper:
    _, id, published, url, authors, source = _cells(head)
    names = tuple(authors.split("; ")) if authors else ()
    plain = "" if abstract == "-" else abstract
    return Paper(id, title, plain, published, url, names, source=source)


def _paper_node(paper: Paper) -> Node:
    keys = ("title", "abstract", "published", "url", "authors", "source")
    return Node(paper.id, "Paper", {key: getattr(paper, key) for key in keys})


def _entity_nodes() -> Iterator[Node]:
    papers = Counter(fact[1] for _, facts in _blocks() for fact in facts if fact[0] != "result")
    for line in ENTITIES.strip().splitlines():
        id, *aliases = _cells(line)
        properties: dict[str, Property]
        if aliases:
            properties = {
                "name": aliases[0],
                "aliases": tuple(aliases),
                "papers": papers[id],
                "salient": id not in DOUBTED,
                "ambiguous": id in AMBIGUOUS,
                "external_ids": EXTERNAL_IDS.get(id, ()),
            }
        else:
            path = id.removeprefix("repository:")
            host, owner, name = path.split("/")
            properties = {"url": f"https://{path}", "host": host, "owner": owner, "name": name}
        yield Node(id, _label(id), properties)


def _result_nodes() -> Iterator[Node]:
    for paper, facts in _blocks():
        results = [fact for fact in facts if fact[0] == "result"]
        for number, (_, words, value, unit, form, *_) in enumerate(results, start=1):
            start = paper.text.index(words)
            properties: dict[str, Property] = {
                "text": words,
                "number": float(value),
                "unit": unit,
                "form": form,
            }
            place = {"start": start, "stop": start + len(words)}
            yield Node(f"result:{paper.id}:{number}", "Result", properties | place)


def _edges(paper: Paper, facts: list[list[str]]) -> Iterator[Edge]:
    number = 0
    for kind, *cells in facts:
        if kind != "result":
            yield _edge(paper, paper.id, kind, cells[0], cells[1])
            continue
        number += 1
        id, words = f"result:{paper.id}:{number}", cells[0]
        yield _edge(paper, paper.id, "REPORTS", id, words)
        for relationship, target in zip(_CELLS, [*cells[4:], "", "", ""], strict=False):
            if target:
                target, _, own = target.partition(" @ ")  # noqa: PLW2901 - what it begins with
                yield _edge(paper, id, relationship, target, own or words)


def _edge(paper: Paper, source: str, kind: str, target: str, words: str) -> Edge:
    start, count = paper.text.index(words), paper.text.count(words)
    place = (start, start + len(words), 0.9 if count > 1 else 0.75, count)
    source_label = "Paper" if source == paper.id else "Result"
    return Edge(source, source_label, kind, target, _label(target), *place, paper=paper.id)


def _label(id: str) -> str:
    return id.partition(":")[0].capitalize()
