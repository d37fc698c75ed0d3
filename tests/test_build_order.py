"""Adding equals rebuilding: neither the order of papers nor what has gone again leaves a trace."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import BUILD, Marks, dump, new_ledger, paper

from kg.build import update
from kg.graph import edges, nodes
from kg.totals import counts
from kg.ledger import Ledger
from kg.records import Edge, Node, Paper
from kg.resolve import resolve
from kg.rows import remove_paper

PAPERS = (
    paper("a", "Method:Mamba/proposed on Dataset:CIFAR-10/evaluated, Metric:accuracy =97.5"),
    paper("b", "Method:mamba and Method:S4 on Dataset:cifar10"),
    paper("c", "Method:MAMBA, Method:Mamba, Method:mamba =3 =4 https://example.org/mamba"),
    paper("d", "Task:parsing/addressed by Method:S4/used on Dataset:CIFAR-100"),
    paper("e", "Task:Parsing with Method:s4 https://example.org/Mamba"),
    paper("f", "Dataset:Cifar-10 Dataset:CIFAR10 Metric:Accuracy/reported =1"),
    paper("g", "nothing at all"),
    paper("h", "Method:S4/proposed against Method:s4, Metric:F1/reported =88.1"),
)
SOME = st.lists(st.sampled_from(PAPERS), unique=True)
RECORDS = st.builds(
    replace,
    st.sampled_from(PAPERS[:3]),
    published=st.sampled_from(["", "2023", "2023-12-01"]),
    authors=st.sampled_from([(), ("Ada",), ("Ada", "Bo")]),
    source=st.sampled_from(["", "a.csv:2", "b.csv:2"]),
)


@pytest.fixture(autouse=True, scope="module")
def quick() -> Iterator[None]:
    """A ledger on a disk is the same as one in memory but slower; here hundreds are made."""
    memory = Path("/dev/shm")
    with pytest.MonkeyPatch.context() as patch:
        if memory.is_dir():
            patch.setattr(tempfile, "tempdir", str(memory))
        yield


@contextmanager
def built(*lists: list[Paper]) -> Iterator[Ledger]:
    with tempfile.TemporaryDirectory() as folder, new_ledger(Path(folder)) as ledger:
        for papers in lists:
            list(update(ledger, papers, Marks()))
        yield ledger


def graph_of(ledger: Ledger) -> tuple[list[Node], list[Edge]]:
    return list(nodes(ledger)), list(edges(ledger))


@settings(max_examples=60, deadline=None)
@given(st.data(), SOME)
def test_the_order_of_papers_does_not_matter(data: st.DataObject, papers: list[Paper]) -> None:
    shuffled = data.draw(st.permutations(papers))
    cut = data.draw(st.integers(0, len(papers)))
    with built(papers) as at_once, built(shuffled[:cut], shuffled[cut:]) as in_two:
        assert graph_of(in_two) == graph_of(at_once)
        assert dump(in_two) == dump(at_once)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.lists(RECORDS))
def test_the_order_of_records_that_say_more_or_less_does_not_matter(
    data: st.DataObject, records: list[Paper]
) -> None:
    shuffled = data.draw(st.permutations(records))
    cut = data.draw(st.integers(0, len(records)))
    with built(records) as at_once, built(shuffled[:cut], shuffled[cut:]) as in_two:
        assert dump(in_two) == dump(at_once)


@settings(max_examples=40, deadline=None)
@given(st.lists(RECORDS), st.integers(1, 5))
def test_the_size_of_batches_does_not_matter(records: list[Paper], size: int) -> None:
    with built(records) as at_once, pytest.MonkeyPatch.context() as patch:
        patch.setattr(BUILD, "_BATCH", size)
        with built(records) as in_batches:
            assert dump(in_batches) == dump(at_once)


@settings(max_examples=60, deadline=None)
@given(st.data(), SOME)
def test_removed_papers_leave_no_trace(data: st.DataObject, papers: list[Paper]) -> None:
    kept = [one for one in papers if data.draw(st.booleans())]
    with built(papers) as ledger, built(kept) as never:
        for gone in papers:
            if gone not in kept:
                remove_paper(ledger, gone.id)
        resolve(ledger)

        assert dump(ledger) == dump(never)


@settings(max_examples=40, deadline=None)
@given(st.data(), SOME)
def test_a_text_that_changes_and_changes_back_leaves_no_trace(
    data: st.DataObject, papers: list[Paper]
) -> None:
    texts = [data.draw(st.sampled_from(PAPERS)).abstract for _ in papers]
    changed = [replace(one, abstract=text) for one, text in zip(papers, texts, strict=True)]
    with built(papers, changed, papers) as ledger, built(papers) as never:
        assert dump(ledger) == dump(never)


@settings(max_examples=60, deadline=None)
@given(SOME)
def test_the_counts_are_those_of_nodes_and_edges(papers: list[Paper]) -> None:
    with built(papers) as ledger:
        counted = counts(ledger)
        all_nodes, all_edges = graph_of(ledger)

    for label, count in counted["nodes"].items():
        assert count == sum(node.label == label for node in all_nodes)
    for relationship, count in counted["relationships"].items():
        assert count == sum(edge.type == relationship for edge in all_edges)
    assert sum(counted["nodes"].values()) == len(all_nodes)
    assert sum(counted["relationships"].values()) == len(all_edges)


@settings(max_examples=60, deadline=None)
@given(SOME)
def test_no_id_is_there_twice_and_no_edge_leads_nowhere(papers: list[Paper]) -> None:
    with built(papers) as ledger:
        all_nodes, all_edges = graph_of(ledger)

    labels = {node.id: node.label for node in all_nodes}
    assert len(labels) == len(all_nodes)
    for edge in all_edges:
        assert labels[edge.source] == edge.source_label
        assert labels[edge.target] == edge.target_label
    triples = [(edge.source, edge.type, edge.target) for edge in all_edges]
    assert len(set(triples)) == len(triples)
    assert sorted(edge.paper for edge in all_edges) == [edge.paper for edge in all_edges]


def test_every_word_that_an_edge_shows_is_in_the_text() -> None:
    texts = {one.id: one.text for one in PAPERS}

    with built(list(PAPERS)) as ledger:
        shown = [texts[edge.paper][edge.start : edge.stop] for edge in edges(ledger)]

    assert shown[:5] == ["Mamba", "CIFAR-10", "accuracy", "97.5", "accuracy"]
    assert all(word and " " not in word for word in shown)
