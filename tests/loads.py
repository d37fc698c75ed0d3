"""Small graphs that change, what Neo4j holds of them, and what it should hold.

A change is a function of a ledger; after each one the ledger is resolved.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st
from papers import Marks, new_ledger, paper

from kg import corrections, external_ids
from kg.build import update
from kg.corrections import Correction, contradiction, write_corrections
from kg.digests import everything, graph_id
from kg.evidence import sentence
from kg.graph import edges, nodes
from kg.ledger import Ledger
from kg.records import Extraction, Paper, Rejected
from kg.resolve import resolve
from kg.rows import read_papers, remove_paper
from kg.stores.bolt import Neo4jStore
from kg.wholes import node_digest

Properties = dict[str, object]
Change = Callable[[Ledger], object]

# Few names, so that papers often agree; acronyms, names of several kinds, families, results.
TEXTS = (
    "Method:Qwen2-VL-7B/used on Dataset:ImageNet-1K/evaluated =71.5",
    "Method:Qwen2-VL/proposed Metric:accuracy/reported Dataset:ILSVRC-2012 =3 =4.5",
    "Method:Qwen2 Dataset:ImageNet/evaluated Dataset:ImageNet-21K/evaluated",
    "Method:NIM=neural-image-machine/proposed Metric:accuracy =2.5 Method:Mamba",
    "Method:NIM=noisy-input-model Method:nim Dataset:ImageNet-1K/introduced =1",
    "Method:NIM/used Task:robustness/addressed Method:LoRa Method:Mamba-2",
    "Dataset:NIM/evaluated Metric:Robustness/reported =7 Method:LoRA/used",
    "Metric:NDCG-10/reported Metric:NDCG Method:mamba/used =88.1 https://example.org/nim",
    "Method:ViT-L/used Method:ViT-L =5",
    "Method:Vision-Transformer/proposed",
    "nothing at all",
)
ROWS = (
    Correction("merge", "method:qwen-2-vl", "method:mamba"),
    Correction("merge", "method:zorb", "method:qwen-2-vl-7b"),
    Correction("merge", "method:neural-image-machine", "method:noisy-input-model"),
    Correction("merge", "method:nim", "dataset:nim"),
    Correction("merge", "dataset:imagenet-21k", "dataset:imagenet"),
    Correction("merge", "method:lora", "metric:robustness"),
    Correction("split", "method:lora", "LoRa"),
    Correction("split", "method:neural-image-machine", "NIM"),
    Correction("rename", "method:mamba", "MAMBA"),
    Correction("block", "dataset:imagenet", ""),
    Correction("block", "method:qwen-2-vl", ""),
)
IDS = ("Method\tMamba\tQ1", "Dataset\tImageNet\tQ2|Q3", "Method\tneural image machine\tQ4")


class Skims(Marks):
    """Another extractor, which finds less: no results, and of the names only the first."""

    def __init__(self) -> None:
        super().__init__("skims")

    def _extract(self, one: Paper) -> Extraction | Rejected:
        found = super()._extract(one)
        return Extraction(one.id, found.terms[:1], ()) if isinstance(found, Extraction) else found


def put(*papers: Paper) -> Change:
    """Papers come, or take the place of those with their ids."""
    return lambda ledger: list(update(ledger, papers, Marks()))


def drop(*paper_ids: str) -> Change:
    """Papers go."""

    def change(ledger: Ledger) -> None:
        with ledger.transaction():
            for paper_id in paper_ids:
                remove_paper(ledger, paper_id)
        resolve(ledger)

    return change


def skim() -> Change:
    """Everything is read again by another extractor."""
    return lambda ledger: list(update(ledger, (), Skims()))


def correct(*rows: Correction) -> Change:
    """The curator's corrections are these, in place of the former ones."""

    def change(ledger: Ledger) -> None:
        write_corrections(ledger.path.with_name(corrections.FILE), rows)
        resolve(ledger)

    return change


def name_elsewhere(*rows: str) -> Change:
    """The ids of other catalogues are these, in place of the former ones."""

    def change(ledger: Ledger) -> None:
        lines = "".join(f"{row}\n" for row in ("kind\tname\twikidata", *rows))
        ledger.path.with_name(external_ids.FILE).write_text(lines, "utf-8")
        resolve(ledger)

    return change


_IDS = st.sampled_from("abcd")
CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.builds(put, st.builds(paper, _IDS, st.sampled_from(TEXTS))),
    st.builds(put, st.builds(paper, _IDS, st.sampled_from(TEXTS), published=st.just("2024-05-01"))),
    st.builds(drop, _IDS),
    st.builds(skim),
    st.lists(st.sampled_from(ROWS), unique=True, max_size=3)
    .filter(lambda rows: contradiction(rows) is None)
    .map(lambda rows: correct(*rows)),
    st.lists(st.sampled_from(IDS), unique=True).map(lambda rows: name_elsewhere(*rows)),
)


@contextmanager
def scratch_ledger() -> Iterator[Ledger]:
    """An empty ledger in memory, where the machine has a folder there."""
    memory = Path("/dev/shm")
    where = memory if memory.is_dir() else None
    with TemporaryDirectory(dir=where) as folder, new_ledger(Path(folder)) as ledger:
        yield ledger


@dataclass(frozen=True)
class Held:
    """Nodes by their ids, and relationships as often as they are there."""

    nodes: dict[str, tuple[list[str], Properties]]
    relationships: list[tuple[str, str, str, Properties]]


def held(store: Neo4jStore) -> Held:
    """All that kg wrote, with its notes: its nodes, and what lies between two of them."""
    found = store.read("MATCH (n:Kg) RETURN n.id AS id, labels(n) AS labels, properties(n) AS all")
    links = store.read(
        "MATCH (a:Kg)-[r]->(b:Kg) RETURN a.id AS a, type(r) AS type, b.id AS b, properties(r) AS r"
    )
    assert len({row["id"] for row in found}) == len(found)
    return Held(
        {row["id"]: (sorted(row["labels"]), _stated(row["all"])) for row in found},
        _sorted((row["a"], row["type"], row["b"], row["r"]) for row in links),
    )


def wanted(ledger: Ledger) -> Held:
    """What a store should hold of the graph, made of the graph itself."""
    resolve(ledger)
    texts = {paper.id: paper.text for paper in read_papers(ledger)}
    links = {whole.node.id: whole.links for whole in everything(ledger)}
    found = {}
    for node in nodes(ledger):
        graph = {"kg_graph": graph_id(ledger)} if node.label == "Paper" else {}
        notes = {"kg_digest": node_digest(node), "kg_links": links.get(node.id, 0), **graph}
        stated = _stated({"id": node.id, **node.properties, **notes})
        found[node.id] = (sorted(["Kg", node.label]), stated)
    keys = ("start", "stop", "confidence", "count")
    return Held(
        found,
        _sorted(
            (
                edge.source,
                edge.type,
                edge.target,
                {key: getattr(edge, key) for key in keys}
                | (
                    {"sentence": sentence(texts[edge.paper], edge.start, edge.stop)}
                    if edge.paper
                    else {}
                ),
            )
            for edge in edges(ledger)
        ),
    )


def assert_holds(store: Neo4jStore, ledger: Ledger, *, kept: Sequence[str] = ()) -> None:
    """Asserts that a store holds all of the graph and nothing else of kg's, but for what is kept.

    A fresh load would give the same, node by node and property by property.
    """
    there, here = held(store), wanted(ledger)
    for id in sorted((there.nodes.keys() | here.nodes.keys()) - {*kept}):
        assert there.nodes.get(id) == here.nodes.get(id), (there.nodes.get(id), here.nodes.get(id))
    extra = [link for link in there.relationships if link not in here.relationships]
    lacking = [link for link in here.relationships if link not in there.relationships]
    assert (extra, lacking) == ([], []), (extra, lacking)
    assert len(there.relationships) == len(here.relationships), "some are there twice"


def _stated(properties: Properties) -> Properties:
    """Properties with lists for tuples; that nothing belongs to a node need not be noted."""
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in properties.items()
        if (key, value) != ("kg_links", 0)
    }


def _sorted(
    links: Iterable[tuple[str, str, str, Properties]],
) -> list[tuple[str, str, str, Properties]]:
    return sorted(links, key=lambda link: link[:3])
