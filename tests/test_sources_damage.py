"""Sources that cannot be read, break off or are hostile: one line of what, where and the cure."""

import gzip
import os
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.records import Paper, Rejected
from kg.sources import read

LINE = b'{"title": "Mamba", "abstract": "We propose Mamba."}\n'
EMPTY = "is empty; leave it out, or save it again"
GZIP = "truncated or damaged gzip; get it again"
KNOWN = "; kg reads Daily Papers pages, JSON Lines and CSV, each also gzipped, and Parquet"
BINARY = "is binary, or text in another encoding than UTF-8" + KNOWN
TEXT = "is text of no known format" + KNOWN
JSON = "is JSON, but not JSON Lines: write each object on a line of its own" + KNOWN


def error_of(source: str | Path) -> str:
    with pytest.raises(SourceError) as caught:
        list(read([source]))
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", EMPTY),
        (b"\xef\xbb\xbf", EMPTY),
        (b" \r\n\n", EMPTY),
        (gzip.compress(b""), EMPTY),
        (b"\x1f\x8b", GZIP),
        (b"\x1f\x8bnonsense", GZIP),
        (gzip.compress(LINE)[:12], GZIP),
        (b"\0\1\2\3" * 9, BINARY),
        (b"\x89PNG\r\n\x1a\n\0\0", BINARY),
        ("title,abstract\n".encode("utf-16"), BINARY),
        (gzip.compress(gzip.compress(LINE)), BINARY),
        (b"Dear reader,\n\nhello.\n", TEXT),
        (b"id,name\n1,x\n", TEXT),
        (b'[{"title": "T", "abstract": "A."}]', JSON),
        (b'[\n{"title": "T", "abstract": "A."}\n]', JSON),
        (b'{\n  "title": "T"\n}', JSON),
        (gzip.compress(b"PAR1 PAR1"), "is Parquet inside gzip: unpack it first" + KNOWN),
        (b"PAR1 nonsense PAR1", "truncated or damaged Parquet; get it again"),
    ],
)
def test_a_file_that_is_no_source_is_told_with_the_cure(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "source"
    path.write_bytes(content)

    assert error_of(path) == f"{path}: {message}"


def test_a_missing_file_is_told() -> None:
    assert error_of("none.jsonl") == "none.jsonl: no such file; check the path"
    assert error_of("no\0ne.jsonl") == "no\ufffdne.jsonl: no such file; check the path"


def test_a_folder_is_told_how_to_name_its_files(tmp_path: Path) -> None:
    message = f"{tmp_path}: is a folder; name the files in it, such as {tmp_path}/*"

    assert error_of(tmp_path) == message


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert error_of(tmp_path / "pipe").endswith(
        "pipe: is a device or pipe; save its content to a file first"
    )


def test_a_file_without_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_bytes(LINE)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    assert error_of(path) == (
        f"{path}: cannot be opened (Permission denied); check path and permissions"
    )


def test_a_file_that_vanishes_after_its_check_is_told(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_bytes(LINE)
    records = read([path])
    path.unlink()

    with pytest.raises(SourceError, match=r"papers\.jsonl: cannot be opened \(No such file"):
        next(records)


def test_a_name_of_broken_bytes_stays_writable_text(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"pap\xffers.jsonl")
    path.write_bytes(LINE)

    (record,) = read([path])

    assert isinstance(record, Paper)
    assert record.source == f"{tmp_path}/pap\ufffders.jsonl:1"


def test_what_stands_before_the_end_of_a_truncated_gzip_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl.gz"
    lines = [
        b'{"title": "%d", "abstract": "%s"}\n' % (n, os.urandom(50).hex().encode())
        for n in range(2000)
    ]
    path.write_bytes(gzip.compress(b"".join(lines))[:-5_000])

    *papers, last = read([path])

    assert len(papers) > 1_800
    assert all(isinstance(record, Paper) for record in papers)
    assert last == Rejected(
        where=f"{path}:{len(papers) + 1}",
        reason="the file is damaged from here on (Compressed file ended before the "
        "end-of-stream marker was reached); get it again",
    )


def test_a_gzip_of_several_members_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl.gz"
    path.write_bytes(gzip.compress(LINE[:9]) + gzip.compress(LINE[9:]) + gzip.compress(LINE))

    assert [type(record) for record in read([path])] == [Paper, Paper]


def test_a_line_without_end_is_rejected_and_what_follows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_bytes(LINE + b'{"title": "' + b"x" * 30_000_000 + b'"}\n' + LINE)

    first, rejected, last = read([path])

    assert isinstance(first, Paper)
    assert rejected == Rejected(f"{path}:2", "the line is longer than 1,000,000 bytes")
    assert isinstance(last, Paper)
    assert last.source == f"{path}:3"


def test_text_that_is_not_utf8_is_rejected_alone(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_bytes(LINE + LINE.replace(b"Mamba", b"Caf\xe9") + LINE)

    first, rejected, last = read([path])

    assert isinstance(first, Paper)
    assert rejected == Rejected(
        f"{path}:2", "byte 15 of the line is not UTF-8; save the file as UTF-8"
    )
    assert isinstance(last, Paper)
