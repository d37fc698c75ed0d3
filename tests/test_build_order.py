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
from kg.corrections import FILE, Correction, contradiction, write_corrections
from kg.graph import edges, nodes
from kg.ledger import Ledger
from kg.records import Edge, Node, Paper
from kg.resolve import resolve
from kg.rows import remove_paper
from kg.totals import counts

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
# Few names, so that three papers often agree: acronyms, names of several kinds, a user's names.
MARKS = (
    "Method:NIM=neural-image-machine/proposed Metric:accuracy =2.5",
    "Method:NIM=noisy-input-model Method:nim Dataset:CIFAR-10 =1",
    "Method:NIM/used Task:robustness/addressed Method:LoRa",
    "Dataset:NIM/evaluated Metric:Robustness/reported =7 Method:NIM",
    "Dataset:neural-image-machine Method:Neural-Image-Machine =3",
    "Metric:robustness/reported Method:LoRA/used Method:RAG =88.1",
    "Method:RAG=retrieval-augmented-generation/used Dataset:cifar10",
    "Method:RAG=random-access-grammar Method:GRAM=random-access-grammar Task:LoRA",
    "Method:Nim! Task:Retrieval-Augmented-Generation Method:GRAM =4",
    "Method:grammar=GRAM Method:LoRa https://example.org/nim Method:noisy-input-models",
)
ROWS = (
    Correction("merge", "method:nim", "method:gram"),
    Correction("merge", "method:neural-image-machine", "method:noisy-input-model"),
    Correction("merge", "method:noisy-input-model", "method:lora"),
    Correction("merge", "method:lora", "metric:robustness"),
    Correction("merge", "dataset:cifar-10", "method:rag"),
    Correction("merge", "task:robustness", "method:retrieval-augmented-generation"),
    Correction("merge", "method:rag", "dataset:nim"),
    Correction("split", "method:lora", "LoRa"),
    Correction("split", "method:neural-image-machine", "NIM"),
    Correction("split", "method:retrieval-augmented-generation", "RAG"),
    Correction("split", "metric:robustness", "Robustness"),
    Correction("rename", "method:lora", "The LoRA"),
    Correction("rename", "metric:robustness", "ROBUSTNESS"),
    Correction("rename", "method:nim", "Nimble"),
    Correction("block", "method:neural-image-machine", ""),
    Correction("block", "metric:robustness", ""),
    Correction("block", "method:nim", ""),
    Correction("block", "method:random-access-grammar", ""),
)


def is_sound(rows: list[Correction]) -> bool:
    return contradiction(rows) is None


SOME_MARKS = st.lists(st.sampled_from(MARKS), min_size=1, max_size=4, unique=True)
MANY = SOME_MARKS.flatmap(lambda some: st.lists(st.sampled_from(some), max_size=14)).map(
    lambda marks: [paper(f"{number:02}", text) for number, text in enumerate(marks)]
)
CORRECTIONS = st.lists(st.sampled_from(ROWS), unique=True, max_size=6).filter(is_sound)


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


@contextmanager
def curated(rows: list[Correction], *lists: list[Paper]) -> Iterator[Ledger]:
    """A ledger that was built by corrections which were there from the beginning."""
    with built() as ledger:
        correct(ledger, rows)
        for papers in lists:
            list(update(ledger, papers, Marks()))
        resolve(ledger)
        yield ledger


def correct(ledger: Ledger, rows: list[Correction]) -> None:
    """Puts the corrections beside the ledger, or none."""
    path = ledger.path.with_name(FILE)
    if rows:
        write_corrections(path, rows)
    else:
        path.unlink(missing_ok=True)


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


# --- acronyms, kinds that disagree, and the curator's corrections


@settings(max_examples=100, deadline=None)
@given(st.data(), MANY, CORRECTIONS)
def test_papers_that_come_one_by_one_in_any_order_give_the_same_ledger(
    data: st.DataObject, papers: list[Paper], rows: list[Correction]
) -> None:
    shuffled = data.draw(st.permutations(papers))
    with (
        curated(rows, papers) as at_once,
        curated(rows, *([one] for one in shuffled)) as one_by_one,
    ):
        assert dump(one_by_one) == dump(at_once)
        assert graph_of(one_by_one) == graph_of(at_once)


@settings(max_examples=100, deadline=None)
@given(st.data(), MANY, CORRECTIONS)
def test_papers_that_go_one_by_one_leave_no_trace(
    data: st.DataObject, papers: list[Paper], rows: list[Correction]
) -> None:
    gone = [one for one in data.draw(st.permutations(papers)) if data.draw(st.booleans())]
    with curated(rows, papers) as ledger:
        for one in gone:
            remove_paper(ledger, one.id)
            resolve(ledger)
        with curated(rows, [one for one in papers if one not in gone]) as never:
            assert dump(ledger) == dump(never)


@settings(max_examples=100, deadline=None)
@given(MANY, CORRECTIONS, CORRECTIONS)
def test_corrections_say_the_same_before_and_behind_the_papers(
    papers: list[Paper], former: list[Correction], rows: list[Correction]
) -> None:
    with curated(former, papers) as ledger, curated(rows, papers) as at_once:
        correct(ledger, rows)
        resolve(ledger)

        assert dump(ledger) == dump(at_once)


@settings(max_examples=60, deadline=None)
@given(MANY, CORRECTIONS)
def test_corrections_that_come_one_by_one_and_go_again_leave_no_trace(
    papers: list[Paper], rows: list[Correction]
) -> None:
    with curated([], papers) as ledger, curated([], papers) as never:
        for count in (*range(len(rows) + 1), *reversed(range(len(rows)))):
            correct(ledger, rows[:count])
            resolve(ledger)

        assert dump(ledger) == dump(never)


@settings(max_examples=60, deadline=None)
@given(st.data(), MANY, CORRECTIONS)
def test_papers_that_come_while_corrections_change_give_the_same_ledger(
    data: st.DataObject, papers: list[Paper], rows: list[Correction]
) -> None:
    cut = data.draw(st.integers(0, len(papers)))
    kept = data.draw(st.integers(0, len(rows)))
    with curated(rows[:kept], papers[:cut]) as ledger, curated(rows, papers) as at_once:
        correct(ledger, rows)
        list(update(ledger, papers[cut:], Marks()))

        assert dump(ledger) == dump(at_once)


@settings(max_examples=100, deadline=None)
@given(MANY, CORRECTIONS)
def test_what_a_key_leads_to_is_an_entity_and_leads_to_itself(
    papers: list[Paper], rows: list[Correction]
) -> None:
    with curated(rows, papers) as ledger:
        moves = {
            (kind, key): (to_kind, to_key)
            for kind, key, to_kind, to_key in ledger.rows(
                "SELECT kind, key, to_kind, to_key FROM moves"
            )
        }
        entities = set(ledger.rows("SELECT kind, key FROM entities"))
        named = set(ledger.rows("SELECT DISTINCT kind, key FROM terms"))

    led = {moves.get(one, one) for one in named}
    assert entities == {(kind, key) for kind, key in led if key}
    assert [one for one in entities if moves.get(one, one) != one] == []
    assert set(moves) <= named


@settings(max_examples=60, deadline=None)
@given(MANY, CORRECTIONS)
def test_with_corrections_counts_are_those_of_nodes_and_edges_and_no_edge_leads_nowhere(
    papers: list[Paper], rows: list[Correction]
) -> None:
    with curated(rows, papers) as ledger:
        counted = counts(ledger)
        all_nodes, all_edges = graph_of(ledger)

    labels = {node.id: node.label for node in all_nodes}
    assert len(labels) == len(all_nodes)
    assert all(labels[edge.source] == edge.source_label for edge in all_edges)
    assert all(labels[edge.target] == edge.target_label for edge in all_edges)
    assert counted["nodes"] == {
        label: sum(node.label == label for node in all_nodes) for label in counted["nodes"]
    }
    assert counted["relationships"] == {
        name: sum(edge.type == name for edge in all_edges) for name in counted["relationships"]
    }


@settings(max_examples=60, deadline=None)
@given(MANY, CORRECTIONS)
def test_an_entity_has_as_many_papers_as_lead_to_it(
    papers: list[Paper], rows: list[Correction]
) -> None:
    with curated(rows, papers) as ledger:
        all_nodes, all_edges = graph_of(ledger)

    for node in all_nodes:
        if "papers" in node.properties:
            leading = {edge.source for edge in all_edges if edge.target == node.id}
            assert node.properties["papers"] == len({one for one in leading if one.isdigit()})
