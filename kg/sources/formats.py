"""Which reader a file needs, told by its content, and what makes a file no source at all."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.errors import SourceError
from kg.sources.fields import Record
from kg.sources.json_lines import is_json_lines, read_json_lines
from kg.sources.lines import DAMAGED, Line, head_of, lines_of
from kg.sources.pages import is_page, read_page
from kg.sources.tables import is_table, read_table

_KNOWN = "kg reads Daily Papers pages, JSON Lines and CSV, each also gzipped, and Parquet"
_PARQUET_MAGIC = b"PAR1"
_Reader = Callable[[Iterable[Line], str], Iterator[Record]]
_TEXT_READERS: tuple[tuple[Callable[[str], bool], _Reader], ...] = (
    (is_json_lines, read_json_lines),
    (is_table, read_table),
    (is_page, read_page),
)


def records_of(source: str | Path) -> Iterator[Record]:
    """The records of a file, which is checked now and read when the records are asked for.

    Raises: SourceError, if it is missing, unreadable, empty or of no known format.
    """
    path, name = Path(source), _printable(str(source))
    try:
        _check_is_file(path, name)
        records = _parquet(path, name) if _is_parquet(path) else _text(path, name)
    except DAMAGED as error:
        raise _unreadable(name, error) from error
    return _guarded(records, name)


def _printable(name: str) -> str:
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in name)


def _check_is_file(path: Path, name: str) -> None:
    if path.is_dir():
        raise SourceError(f"{name}: is a folder; name the files in it, such as {name}/*")
    if not path.exists():
        raise SourceError(f"{name}: no such file; check the path")
    if not path.is_file():
        raise SourceError(f"{name}: is a device or pipe; save its content to a file first")


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(_PARQUET_MAGIC)) == _PARQUET_MAGIC


def _parquet(path: Path, name: str) -> Iterator[Record]:
    from kg.sources.parquet import check_parquet, read_parquet  # noqa: PLC0415 - pyarrow is slow

    check_parquet(path, name)
    return read_parquet(path, name)


def _text(path: Path, name: str) -> Iterator[Record]:
    head, damage = head_of(path)
    for recognises, read in _TEXT_READERS:
        if recognises(head):
            return read(lines_of(path), name)
    if damage:
        raise damage
    if not head.strip():
        raise SourceError(f"{name}: is empty; leave it out, or save it again")
    raise SourceError(f"{name}: {_guess(head)}; {_KNOWN}")


def _guess(head: str) -> str:
    if head.startswith(_PARQUET_MAGIC.decode()):
        return "is Parquet inside gzip: unpack it first"
    if head.lstrip().startswith(("[", "{")):
        return "is JSON, but not JSON Lines: write each object on a line of its own"
    if "\0" in head or "\ufffd" in head:
        return "is binary, or text in another encoding than UTF-8"
    return "is text of no known format"


def _unreadable(name: str, error: Exception) -> SourceError:
    reason = getattr(error, "strerror", None)
    if reason:
        return SourceError(f"{name}: cannot be opened ({reason}); check path and permissions")
    return SourceError(f"{name}: truncated or damaged gzip; get it again")


def _guarded(records: Iterator[Record], name: str) -> Iterator[Record]:
    """`records`; a file that vanishes after its check is no traceback either."""
    try:
        yield from records
    except OSError as error:
        raise _unreadable(name, error) from error
