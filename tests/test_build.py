"""The way into the ledger: what is new is extracted, what is known is left alone."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from papers import BUILD, dump, extract_marks, new_ledger, paper

from kg.build import Outcome, update
from kg.graph import edges, nodes
from kg.ledger import Ledger
from kg.records import Extraction, Paper, Rejected
from kg.rows import read_extraction, read_paper, read_papers

A = paper("a", "Method:Mamba/proposed on Dataset:CIFAR-10 =1.5", source="one.jsonl:1")
B = paper("b", "Method:Mamba and Method:S4", source="one.jsonl:2")
C = paper("c", "Dataset:CIFAR-10", source="two.jsonl:1")


class Spy:
    """The extractor of marks, and what it was asked for."""

    def __init__(self) -> None:
        self.loaded = 0
        self.read: list[str] = []

    def load(self) -> None:
        self.loaded += 1

    def extract(self, papers: Iterable[Paper], nlp: object) -> Iterator[Extraction]:
        for one in papers:
            self.read.append(one.id)
            yield from extract_marks([one])


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Spy:
    spy = Spy()
    monkeypatch.setattr(BUILD, "extract", spy.extract)
    return spy


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with new_ledger(tmp_path) as ledger:
        yield ledger


def build(ledger: Ledger, spy: Spy, *records: Paper | Rejected) -> list[str]:
    return [outcome.what for outcome in update(ledger, records, spy.load)]


def ids(ledger: Ledger) -> list[str]:
    return [one.id for one in read_papers(ledger)]


def test_new_papers_are_extracted_with_one_load(ledger: Ledger, spy: Spy) -> None:
    assert build(ledger, spy, A, B) == ["extracted", "extracted"]
    assert (spy.read, spy.loaded) == (["a", "b"], 1)
    assert ids(ledger) == ["a", "b"]


def test_the_extractor_is_loaded_once_however_many_batches_there_are(
    ledger: Ledger, spy: Spy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BUILD, "_BATCH", 2)

    assert (
        build(ledger, spy, *(paper(str(n), "Method:Mamba") for n in range(7))) == ["extracted"] * 7
    )
    assert spy.loaded == 1


def test_building_twice_extracts_nothing_and_loads_nothing(ledger: Ledger, spy: Spy) -> None:
    build(ledger, spy, A, B)
    before, revision = dump(ledger), ledger.revision()

    assert build(ledger, spy, A, B) == ["unchanged", "unchanged"]

    assert (spy.read, spy.loaded) == (["a", "b"], 1)
    assert dump(ledger) == before
    assert ledger.revision() == revision


def test_of_further_papers_only_the_new_ones_are_extracted(ledger: Ledger, spy: Spy) -> None:
    build(ledger, spy, A)

    assert build(ledger, spy, A, B, C) == ["unchanged", "extracted", "extracted"]
    assert spy.read == ["a", "b", "c"]


def test_no_records_leave_an_empty_ledger(ledger: Ledger, spy: Spy) -> None:
    assert build(ledger, spy) == []
    assert spy.loaded == 0
    assert list(nodes(ledger)) == []


def test_records_are_read_as_they_are_asked_for(
    ledger: Ledger, spy: Spy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BUILD, "_BATCH", 2)
    drawn = []

    def source() -> Iterator[Paper]:
        for number in range(9):
            drawn.append(number)
            yield paper(str(number), "Method:Mamba")

    outcomes = update(ledger, source(), spy.load)
    next(outcomes)

    assert drawn == [0, 1]


def test_a_batch_is_in_the_ledger_before_its_outcomes_are_told(ledger: Ledger, spy: Spy) -> None:
    outcomes = update(ledger, [A, B], spy.load)

    next(outcomes)

    assert ids(ledger) == ["a", "b"]


def test_a_changed_text_is_extracted_again_and_leaves_no_old_names(
    ledger: Ledger, spy: Spy
) -> None:
    build(ledger, spy, A, B)

    assert build(ledger, spy, paper("a", "Method:Hyena")) == ["extracted"]

    extraction, keys = read_extraction(ledger, "a")
    assert keys == ("hyena",)
    assert extraction.results == ()
    assert sorted(node.id for node in nodes(ledger) if node.label != "Paper") == [
        "method:hyena",
        "method:mamba",
        "method:s4",
    ]


def test_another_extractor_reads_all_papers_again(
    ledger: Ledger, spy: Spy, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(ledger, spy, A, B, C)
    monkeypatch.setattr(BUILD, "extractor_digest", lambda: "another")

    assert build(ledger, spy, B) == ["extracted", "renewed", "renewed"]
    assert spy.read == ["a", "b", "c", "b", "a", "c"]
    assert build(ledger, spy) == []


def test_another_extractor_reads_each_record_once_and_says_so_once(
    ledger: Ledger, spy: Spy, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(ledger, spy, A, B, C)
    monkeypatch.setattr(BUILD, "extractor_digest", lambda: "another")

    assert build(ledger, spy, A, B, C) == ["extracted", "extracted", "extracted"]
    assert spy.read == ["a", "b", "c"] * 2


def test_a_changed_text_is_no_fault_where_the_extractor_has_changed_too(
    ledger: Ledger, spy: Spy, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(ledger, spy, A, B)
    monkeypatch.setattr(BUILD, "extractor_digest", lambda: "another")

    assert build(ledger, spy, paper("a", "Method:Hyena")) == ["extracted", "renewed"]

    assert read_extraction(ledger, "a")[1] == ("hyena",)


def test_another_extractor_loses_nothing_that_an_earlier_source_stated(
    ledger: Ledger, spy: Spy, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(ledger, spy, paper("a", "Method:Mamba", published="2023-12-01"))
    monkeypatch.setattr(BUILD, "extractor_digest", lambda: "another")

    build(ledger, spy, paper("a", "Method:Mamba", url="https://a.example"))

    whole = paper("a", "Method:Mamba", published="2023-12-01", url="https://a.example")
    assert read_paper(ledger, "a") == whole


def test_a_repeated_record_is_counted_and_fills_in_what_the_first_lacks(
    ledger: Ledger, spy: Spy
) -> None:
    first = paper("a", "Method:Mamba", authors=("Albert Gu",), source="one.csv:2")
    second = paper("a", "Method:Mamba", published="2023-12-01", source="two.csv:2")

    assert build(ledger, spy, first, B, second) == ["extracted", "extracted", "repeated"]

    assert spy.read == ["a", "b"]
    whole = paper("a", "Method:Mamba", authors=("Albert Gu",), published="2023-12-01")
    assert read_paper(ledger, "a") == whole


def test_an_unchanged_record_fills_in_what_the_ledger_lacks(ledger: Ledger, spy: Spy) -> None:
    build(ledger, spy, paper("a", "Method:Mamba"))

    assert build(ledger, spy, paper("a", "Method:Mamba", url="https://a.example")) == ["unchanged"]
    assert read_paper(ledger, "a") == paper("a", "Method:Mamba", url="https://a.example")


def test_of_one_id_with_two_texts_the_first_is_kept_and_both_places_are_named(
    ledger: Ledger, spy: Spy
) -> None:
    other = paper("a", "Method:Hyena", source="two.jsonl:7")

    outcomes = list(update(ledger, [A, other], spy.load))

    reason = "a was read before from one.jsonl:1 with another text; that one is kept"
    assert outcomes == [
        Outcome("extracted", A),
        Outcome("rejected", Rejected("two.jsonl:7", reason)),
    ]
    assert read_paper(ledger, "a") == A


def test_a_rejected_record_passes_through_in_its_place(ledger: Ledger, spy: Spy) -> None:
    bad = Rejected("one.jsonl:2", "has no abstract")

    outcomes = list(update(ledger, [A, bad, C], spy.load))

    assert [outcome.what for outcome in outcomes] == ["extracted", "rejected", "extracted"]
    assert outcomes[1].record is bad
    assert ids(ledger) == ["a", "c"]


def test_a_build_that_its_reader_leaves_keeps_whole_batches(
    ledger: Ledger, spy: Spy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BUILD, "_BATCH", 1)
    outcomes = update(ledger, [A, B, C], spy.load)
    next(outcomes)
    next(outcomes)

    outcomes.close()

    assert ids(ledger) == ["a", "b"]
    assert build(ledger, spy, A, B, C) == ["unchanged", "unchanged", "extracted"]
    assert [edge.target for edge in edges(ledger) if edge.type != "REPORTS"][:2] == [
        "method:mamba",
        "dataset:cifar-10",
    ]


def test_a_failing_extractor_leaves_the_batches_before_it(
    ledger: Ledger, spy: Spy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def extract(papers: Iterable[Paper], nlp: object) -> Iterator[Extraction]:
        for one in papers:
            if one.id == "b":
                raise MemoryError
            yield from extract_marks([one])

    monkeypatch.setattr(BUILD, "_BATCH", 1)
    monkeypatch.setattr(BUILD, "extract", extract)

    with pytest.raises(MemoryError):
        build(ledger, spy, A, B, C)

    assert ids(ledger) == ["a"]
