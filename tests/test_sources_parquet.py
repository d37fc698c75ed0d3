"""Parquet: rows in batches, odd types, and damage."""

import subprocess
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kg.errors import SourceError
from kg.records import Paper, Rejected
from kg.sources import read


def written(path: Path, columns: dict[str, object], **options: int) -> Path:
    pq.write_table(pa.table(columns), path, **options)
    return path


def test_all_columns_of_a_paper_are_taken(tmp_path: Path) -> None:
    path = written(
        tmp_path / "papers.parquet",
        {
            "id": ["2312.00752v2", None],
            "Title": ["Mamba", "Second"],
            "summary": ["We propose\nMamba.", "An abstract."],
            "date": [datetime(2023, 12, 1, 17), None],
            "authors": [["A. Gu", "T. Dao"], None],
            "embedding": [[0.1, 0.2], [0.3, 0.4]],
        },
    )

    first, second = read([path])

    assert first == Paper(
        id="2312.00752",
        title="Mamba",
        abstract="We propose Mamba.",
        published="2023-12-01",
        url="https://arxiv.org/abs/2312.00752",
        authors=("A. Gu", "T. Dao"),
    )
    assert isinstance(second, Paper)
    assert second.source == f"{path}:2"


def test_rows_of_many_batches_are_counted_on(tmp_path: Path) -> None:
    titles = [f"Title {number}" for number in range(3_500)]
    path = written(
        tmp_path / "p", {"title": titles, "abstract": ["A."] * 3_500}, row_group_size=700
    )

    records = [record for record in read([path]) if isinstance(record, Paper)]

    assert [record.title for record in records] == titles
    assert records[-1].source == f"{path}:3500"


def test_a_bad_row_is_rejected_and_the_others_are_kept(tmp_path: Path) -> None:
    broken = pa.array([b"A.", b"caf\xe9", b"A.", b""], pa.binary())
    abstracts = pa.Array.from_buffers(pa.string(), 4, broken.buffers())
    path = written(tmp_path / "p", {"title": ["T", "U", None, "W"], "abstract": abstracts})

    first, *rejected = read([path])

    assert isinstance(first, Paper)
    assert rejected == [
        Rejected(
            f"{path}:2",
            "cannot be read: 'utf-8' codec can't decode byte 0xe9 in position 3: "
            "unexpected end of data",
        ),
        Rejected(f"{path}:3", "has no title; a paper needs a title and an abstract"),
        Rejected(f"{path}:4", "has no abstract; a paper needs a title and an abstract"),
    ]


def test_a_column_of_another_type_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "p", {"title": ["T"], "abstract": [["A."]]})

    assert list(read([path])) == [Rejected(f"{path}:1", "abstract is a list; it must be text")]


def test_a_file_without_the_columns_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "p", {"title": ["T"], "name": ["A."]})

    with pytest.raises(SourceError) as caught:
        read([path])

    assert str(caught.value) == (
        f"{path}: needs the columns title and abstract; it has title, name"
    )


def test_a_truncated_file_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "p", {"title": ["T"], "abstract": ["A."]})
    path.write_bytes(path.read_bytes()[:-20])

    with pytest.raises(SourceError) as caught:
        read([path])

    assert str(caught.value) == f"{path}: truncated or damaged Parquet; get it again"


def test_rows_before_a_damaged_place_are_kept(tmp_path: Path) -> None:
    titles = [f"Title {number}" for number in range(4_000)]
    path = written(
        tmp_path / "p", {"title": titles, "abstract": ["A."] * 4_000}, row_group_size=1_000
    )
    with pq.ParquetFile(path) as file:
        offset = file.metadata.row_group(2).column(0).dictionary_page_offset
    content = bytearray(path.read_bytes())
    content[offset : offset + 200] = b"\xff" * 200
    path.write_bytes(content)

    *papers, last = read([path])

    assert len(papers) == 2_000
    assert all(isinstance(record, Paper) for record in papers)
    assert last == Rejected(f"{path}:2001", "the file is damaged from here on; get it again")


def test_any_damaged_byte_is_no_traceback(tmp_path: Path) -> None:
    path = written(tmp_path / "p", {"title": ["T", "U"], "abstract": ["A.", "B."]})
    content = path.read_bytes()

    for place in range(4, len(content), 7):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :])
        with suppress(SourceError):
            list(read([path]))


def test_pyarrow_is_imported_only_for_parquet(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text('{"title": "T", "abstract": "A."}')
    program = (
        "import sys; from kg.sources import read; "
        f"list(read([{str(path)!r}])); print('pyarrow' in sys.modules)"
    )

    output = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert output.stdout == "False\n"
