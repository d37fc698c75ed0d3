"""Sources: files of papers, of any known format, read as one stream of records.

A reader a file. A bad source stops everything before the first record (`SourceError`); a bad
record becomes a `Rejected` in the stream, and the good ones around it are kept.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from kg.records import Paper, Rejected, text_digest
from kg.sources.formats import records_of

__all__ = ["distinct", "read"]


def read(sources: Iterable[str | Path]) -> Iterator[Paper | Rejected]:
    """The records of all `sources`, in order; all sources are checked before the first record.

    The format is told by content, not by name: saved Daily Papers pages, JSON Lines and CSV, each
    also gzipped, and Parquet. Files are streamed, whatever their size.

    Raises: SourceError, if a source is missing, unreadable, empty or of no known format.
    """
    listed = [sources] if isinstance(sources, str | Path) else sources
    checked = [records_of(source) for source in listed]
    return chain.from_iterable(checked)


def distinct(records: Iterable[Paper | Rejected]) -> Iterator[Paper | Rejected]:
    """`records` with each paper once: of equal texts the first, whatever their metadata.

    A paper with the id of an earlier one but another text becomes a `Rejected`.
    """
    seen: dict[str, tuple[str, str]] = {}
    for record in records:
        if isinstance(record, Rejected):
            yield record
            continue
        digest = text_digest(record.text)
        if record.id not in seen:
            seen[record.id] = (digest, record.source)
            yield record
            continue
        first_digest, place = seen[record.id]
        if digest != first_digest:
            reason = f"{record.id} was read before from {place} with another text"
            yield Rejected(record.source, f"{reason}; the first is kept")
