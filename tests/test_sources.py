"""`read` and `distinct`: the stream of records over several sources."""

import gzip
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

import kg.sources
from kg.errors import SourceError
from kg.records import Paper, Rejected
from kg.sources import distinct, read

SHARED = Path(__file__).parents[2] / "shared"
ARXIV = SHARED / "papers" / "arxiv_2025_2026.jsonl.gz"
LINE = '{"id": "2312.00752", "title": "Mamba", "abstract": "We propose Mamba."}\n'


def paper(id: str, abstract: str = "An abstract.", source: str = "", url: str = "") -> Paper:
    return Paper(id=id, title="A title", abstract=abstract, source=source, url=url)


def test_only_read_and_distinct_are_public() -> None:
    assert kg.sources.__all__ == ["distinct", "read"]


def test_a_paper_says_where_it_was_read_with_the_path_as_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "papers.jsonl").write_text("\n" + LINE)
    monkeypatch.chdir(tmp_path)

    records = list(read(["./papers.jsonl", Path("papers.jsonl")]))

    assert [record.source for record in records if isinstance(record, Paper)] == [
        "./papers.jsonl:2",
        "papers.jsonl:2",
    ]


def test_sources_are_read_in_order_and_known_by_content_not_by_name(tmp_path: Path) -> None:
    table, lines, page = (tmp_path / name for name in ("one.jsonl", "two.csv", "three.parquet"))
    table.write_text("title,abstract\nFirst,An abstract.\n")
    lines.write_bytes(gzip.compress(LINE.encode()))
    page.write_text("Daily Papers\n\nThird\n\nAn abstract.\n")

    records = list(read([table, lines, page]))

    titles = [record.title for record in records if isinstance(record, Paper)]
    assert titles == ["First", "Mamba", "Third"]


def test_a_single_path_is_one_source(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text(LINE)

    assert len(list(read(str(path)))) == 1
    assert len(list(read([path]))) == 1


def test_no_sources_give_no_records() -> None:
    assert list(read([])) == []


def test_all_sources_are_checked_before_the_first_record(tmp_path: Path) -> None:
    good = tmp_path / "good.jsonl"
    good.write_text(LINE)

    with pytest.raises(SourceError, match=r"none\.jsonl: no such file; check the path"):
        read([good, tmp_path / "none.jsonl"])


def test_good_records_beside_bad_ones_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text(f"{LINE}{{broken\n{LINE}")

    records = list(read([path]))

    assert [type(record) for record in records] == [Paper, Rejected, Paper]


def test_the_same_text_again_is_dropped_in_silence() -> None:
    first = paper("1", source="a.jsonl:1")

    assert list(distinct([first, paper("1", source="b.jsonl:7")])) == [first]
    assert list(distinct([first, first])) == [first]


def test_another_text_under_the_same_id_is_rejected_with_both_places() -> None:
    first = paper("2312.00752", source="a.jsonl:3")
    second = paper("2312.00752", abstract="Another.", source="b.jsonl:7")

    assert list(distinct([first, second])) == [
        first,
        Rejected(
            where="b.jsonl:7",
            reason="2312.00752 was read before from a.jsonl:3 with another text; the first is kept",
        ),
    ]


def test_of_papers_that_differ_in_metadata_only_the_first_is_kept() -> None:
    first = paper("1", url="https://arxiv.org/abs/1")

    kept = list(distinct([first, paper("1", url="https://example.org")]))

    assert kept == [first]


def test_rejected_records_pass_unchanged() -> None:
    rejected = Rejected("a.jsonl:1", "has no title")

    assert list(distinct([rejected, rejected])) == [rejected, rejected]


def test_distinct_asks_for_one_record_at_a_time() -> None:
    def records() -> Iterator[Paper]:
        yield paper("1")
        raise AssertionError("asked for more than was needed")

    assert next(distinct(records())) == paper("1")


def test_the_arxiv_file_is_read_with_flat_memory() -> None:
    records = distinct(read([ARXIV]))
    next(records)
    tracemalloc.start()

    count = sum(isinstance(record, Paper) for record in islice(records, 5_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 5_000
    assert peak < 5_000_000


@pytest.mark.large
def test_every_record_of_the_arxiv_file_is_a_paper_of_its_own() -> None:
    records = distinct(read([ARXIV]))

    assert sum(isinstance(record, Paper) for record in records) == 74_628
