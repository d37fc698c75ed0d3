"""Text files as numbered lines, gzipped or not, with a bound on what is held in memory."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

MAX_LINE_BYTES = 1_000_000
DAMAGED = (EOFError, OSError, zlib.error)  # what a truncated or damaged file raises
_HEAD_BYTES = 65_536
_GZIP_MAGIC = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"

_Stream = BufferedReader | gzip.GzipFile


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its line break."""

    number: int  # from 1
    text: str  # "" where the file breaks off
    flaw: str = ""  # why the text is not to be used


def head_of(path: Path) -> tuple[str, Exception | None]:
    """The first 64 kB of the text, unpacked, and the error that cut them short, if one did."""
    head = b""
    damage: Exception | None = None
    with _opened(path) as stream:
        try:
            while len(head) < _HEAD_BYTES and (piece := stream.read1(_HEAD_BYTES - len(head))):
                head += piece
        except DAMAGED as error:
            damage = error
    return head.removeprefix(_BOM).decode(errors="replace"), damage


def lines_of(path: Path) -> Iterator[Line]:
    """The lines of a text file; if it breaks off, a last one without text has this as its flaw."""
    number = 0
    with _opened(path) as stream:
        try:
            while raw := stream.readline(MAX_LINE_BYTES + 1):
                number += 1
                yield _line(number, raw)
                if _is_cut(raw):
                    _skip_rest_of_line(stream)
        except DAMAGED as error:
            yield Line(number + 1, "", f"the file is damaged from here on ({error}); get it again")


def _opened(path: Path) -> _Stream:
    with path.open("rb") as stream:
        is_gzip = stream.read(2) == _GZIP_MAGIC
    return gzip.open(path, "rb") if is_gzip else path.open("rb")


def _line(number: int, raw: bytes) -> Line:
    if _is_cut(raw):
        start = raw[:1000].decode(errors="replace")
        return Line(number, start, f"the line is longer than {MAX_LINE_BYTES:,} bytes")
    raw = (raw.removeprefix(_BOM) if number == 1 else raw).rstrip(b"\r\n")
    try:
        return Line(number, raw.decode())
    except UnicodeDecodeError as error:
        flaw = f"byte {error.start + 1} of the line is not UTF-8; save the file as UTF-8"
        return Line(number, raw.decode(errors="replace"), flaw)


def _is_cut(raw: bytes) -> bool:
    return len(raw) > MAX_LINE_BYTES and not raw.endswith(b"\n")


def _skip_rest_of_line(stream: _Stream) -> None:
    while (raw := stream.readline(MAX_LINE_BYTES)) and not raw.endswith(b"\n"):
        pass
