"""The way into the ledger: what is new is extracted, what is known is left alone."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

import pytest
from papers import BUILD, Marks, dump, paper

from kg.build import Outcome, update
from kg.graph import edges, nodes
from kg.ledger import Ledger
from kg.records import Extraction, Paper, Rejected
from kg.rows import read_extraction, read_paper, read_papers

A = paper("a", "Method:Mamba/proposed on Dataset:CIFAR-10 =1.5", source="one.jsonl:1")
B = paper("b", "Method:Mamba and Method:S4", source="one.jsonl:2")
C = paper("c", "Dataset:CIFAR-10", source="two.jsonl:1")


@pytest.fixture
def marks() -> Marks:
    return Marks()


def build(ledger: Ledger, extractor: Marks, *records: Paper | Rejected) -> list[str]:
    return [outcome.what for outcome in update(ledger, records, extractor)]


def ids(ledger: Ledger) -> list[str]:
    return [one.id for one in read_papers(ledger)]


def test_new_papers_are_extracted(ledger: Ledger, marks: Marks) -> None:
    assert build(ledger, marks, A, B) == ["extracted", "extracted"]
    assert marks.read == ["a", "b"]
    assert ids(ledger) == ["a", "b"]


def test_building_twice_extracts_nothing(ledger: Ledger, marks: Marks) -> None:
    build(ledger, marks, A, B)
    before, revision = dump(ledger), ledger.revision()

    assert build(ledger, marks, A, B) == ["unchanged", "unchanged"]

    assert marks.read == ["a", "b"]
    assert dump(ledger) == before
    assert ledger.revision() == revision


def test_of_further_papers_only_the_new_ones_are_extracted(ledger: Ledger, marks: Marks) -> None:
    build(ledger, marks, A)

    assert build(ledger, marks, A, B, C) == ["unchanged", "extracted", "extracted"]
    assert marks.read == ["a", "b", "c"]


def test_no_records_leave_an_empty_ledger(ledger: Ledger, marks: Marks) -> None:
    assert build(ledger, marks) == []
    assert marks.read == []
    assert list(nodes(ledger)) == []


def test_records_are_read_as_they_are_asked_for(
    ledger: Ledger, marks: Marks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BUILD, "_BATCH", 2)
    drawn = []

    def source() -> Iterator[Paper]:
        for number in range(9):
            drawn.append(number)
            yield paper(str(number), "Method:Mamba")

    outcomes = update(ledger, source(), marks)
    next(outcomes)

    assert drawn == [0, 1]


def test_a_batch_is_in_the_ledger_before_its_outcomes_are_told(
    ledger: Ledger, marks: Marks
) -> None:
    outcomes = update(ledger, [A, B], marks)

    next(outcomes)

    assert ids(ledger) == ["a", "b"]


def test_a_changed_text_is_extracted_again_and_leaves_no_old_names(
    ledger: Ledger, marks: Marks
) -> None:
    build(ledger, marks, A, B)

    assert build(ledger, marks, paper("a", "Method:Hyena")) == ["extracted"]

    extraction, keys = read_extraction(ledger, "a")
    assert keys == (("Method", "hyena"),)
    assert extraction.results == ()
    assert sorted(node.id for node in nodes(ledger) if node.label != "Paper") == [
        "method:hyena",
        "method:mamba",
        "method:s4",
    ]


def test_another_extractor_reads_all_papers_again(
    ledger: Ledger, marks: Marks, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(ledger, marks, A, B, C)
    marks.digest = "another"

    assert build(ledger, marks, B) == ["extracted", "renewed", "renewed"]
    assert marks.read == ["a", "b", "c", "b", "a", "c"]
    assert build(ledger, marks) == []


def test_another_extractor_reads_each_record_once_and_says_so_once(
    ledger: Ledger, marks: Marks, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(ledger, marks, A, B, C)
    marks.digest = "another"

    assert build(ledger, marks, A, B, C) == ["extracted", "extracted", "extracted"]
    assert marks.read == ["a", "b", "c"] * 2


def test_a_changed_text_is_no_fault_where_the_extractor_has_changed_too(
    ledger: Ledger, marks: Marks, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(ledger, marks, A, B)
    marks.digest = "another"

    assert build(ledger, marks, paper("a", "Method:Hyena")) == ["extracted", "renewed"]

    assert read_extraction(ledger, "a")[1] == (("Method", "hyena"),)


def test_another_extractor_loses_nothing_that_an_earlier_source_stated(
    ledger: Ledger, marks: Marks, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(ledger, marks, paper("a", "Method:Mamba", published="2023-12-01"))
    marks.digest = "another"

    build(ledger, marks, paper("a", "Method:Mamba", url="https://a.example"))

    whole = paper("a", "Method:Mamba", published="2023-12-01", url="https://a.example")
    assert read_paper(ledger, "a") == whole


def test_a_repeated_record_is_counted_and_fills_in_what_the_first_lacks(
    ledger: Ledger, marks: Marks
) -> None:
    first = paper("a", "Method:Mamba", authors=("Albert Gu",), source="one.csv:2")
    second = paper("a", "Method:Mamba", published="2023-12-01", source="two.csv:2")

    assert build(ledger, marks, first, B, second) == ["extracted", "extracted", "repeated"]

    assert marks.read == ["a", "b"]
    whole = paper("a", "Method:Mamba", authors=("Albert Gu",), published="2023-12-01")
    assert read_paper(ledger, "a") == whole


def test_an_unchanged_record_fills_in_what_the_ledger_lacks(ledger: Ledger, marks: Marks) -> None:
    build(ledger, marks, paper("a", "Method:Mamba"))

    assert build(ledger, marks, paper("a", "Method:Mamba", url="https://a.example")) == [
        "unchanged"
    ]
    assert read_paper(ledger, "a") == paper("a", "Method:Mamba", url="https://a.example")


def test_of_one_id_with_two_texts_the_first_is_kept_and_both_places_are_named(
    ledger: Ledger, marks: Marks
) -> None:
    other = paper("a", "Method:Hyena", source="two.jsonl:7")

    outcomes = list(update(ledger, [A, other], marks))

    reason = "a was read before from one.jsonl:1 with another text; that one is kept"
    assert outcomes == [
        Outcome("extracted", A),
        Outcome("rejected", Rejected("two.jsonl:7", reason)),
    ]
    assert read_paper(ledger, "a") == A


def test_a_rejected_record_passes_through_in_its_place(ledger: Ledger, marks: Marks) -> None:
    bad = Rejected("one.jsonl:2", "has no abstract")

    outcomes = list(update(ledger, [A, bad, C], marks))

    assert [outcome.what for outcome in outcomes] == ["extracted", "rejected", "extracted"]
    assert outcomes[1].record is bad
    assert ids(ledger) == ["a", "c"]


def test_a_build_that_its_reader_leaves_keeps_whole_batches(
    ledger: Ledger, marks: Marks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BUILD, "_BATCH", 1)
    outcomes = update(ledger, [A, B, C], marks)
    next(outcomes)
    next(outcomes)

    outcomes.close()

    assert ids(ledger) == ["a", "b"]
    assert build(ledger, marks, A, B, C) == ["unchanged", "unchanged", "extracted"]
    assert [edge.target for edge in edges(ledger) if edge.type != "REPORTS"][:2] == [
        "method:mamba",
        "dataset:cifar-10",
    ]


def test_a_failing_extractor_leaves_the_batches_before_it(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(Marks):
        def _extract(self, one: Paper) -> Extraction | Rejected:
            if one.id == "b":
                raise MemoryError
            return super()._extract(one)

    monkeypatch.setattr(BUILD, "_BATCH", 1)

    with pytest.raises(MemoryError):
        build(ledger, Failing(), A, B, C)

    assert ids(ledger) == ["a"]


def test_a_paper_that_cannot_be_read_is_left_out_and_tried_again_next_time(
    ledger: Ledger, marks: Marks
) -> None:
    broken = paper("x", "Broken Method:Mamba", source="one.jsonl:2")

    outcomes = list(update(ledger, [A, broken, C], marks))

    reason = "x cannot be read; it is left out"
    assert outcomes == [
        Outcome("extracted", A),
        Outcome("rejected", Rejected("one.jsonl:2", reason)),
        Outcome("extracted", C),
    ]
    assert ids(ledger) == ["a", "c"]
    assert build(ledger, marks, A, broken, C) == ["unchanged", "rejected", "unchanged"]
    assert marks.read == ["a", "x", "c", "x"]


def test_what_was_found_in_a_paper_stays_where_its_new_text_cannot_be_read(
    ledger: Ledger, marks: Marks
) -> None:
    build(ledger, marks, A, B)
    before = dump(ledger)

    (outcome,) = update(ledger, [paper("a", "Broken", source="two.jsonl:1")], marks)

    reason = "a cannot be read; what was found in it before stays"
    assert outcome == Outcome("rejected", Rejected("two.jsonl:1", reason))
    assert dump(ledger) == before


def test_a_paper_that_cannot_be_read_again_is_kept_as_it_was_and_tried_again_next_time(
    ledger: Ledger, marks: Marks, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(ledger, marks, A, B)
    before = read_extraction(ledger, "a")
    other = Fussy("another")

    outcomes = list(update(ledger, [], other))

    reason = "a cannot be read; what was found in it before stays"
    assert outcomes == [Outcome("kept", Rejected("one.jsonl:1", reason)), Outcome("renewed", B)]
    assert read_extraction(ledger, "a") == before
    assert build(ledger, other) == ["kept"]
    assert build(ledger, Marks("another")) == ["renewed"]


def test_a_record_that_cannot_be_read_again_is_complained_of_once(
    ledger: Ledger, marks: Marks
) -> None:
    build(ledger, marks, A, B)
    other = Fussy("another")

    assert build(ledger, other, A) == ["rejected", "renewed"]
    assert other.read == ["a", "b"]


class Fussy(Marks):
    """An extractor that fails on the paper `a`."""

    def _extract(self, one: Paper) -> Extraction | Rejected:
        return Rejected(one.source, "a cannot be read") if one.id == "a" else super()._extract(one)


def test_batches_are_read_ahead_and_outcomes_still_come_in_order(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Ahead(Marks):
        def extract_batches(
            self, batches: Iterable[Sequence[Paper]]
        ) -> Iterator[list[Extraction | Rejected]]:
            waiting = deque()
            for found in super().extract_batches(batches):
                waiting.append(found)
                if len(waiting) > 3:
                    yield waiting.popleft()
            yield from waiting

    monkeypatch.setattr(BUILD, "_BATCH", 2)
    records = [paper(str(number % 7), f"Method:Net-{number % 7}") for number in range(21)]

    outcomes = list(update(ledger, records, Ahead()))

    assert [outcome.record for outcome in outcomes] == records
    assert [outcome.what for outcome in outcomes] == ["extracted"] * 7 + ["repeated"] * 14
