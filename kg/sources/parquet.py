"""Parquet: a row a record, read in batches of rows; of the columns only those of a paper.

Importing this module imports pyarrow.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kg.errors import SourceError
from kg.records import Rejected
from kg.sources.cleaning import one_line
from kg.sources.fields import FIELDS, Record, record_of

_BATCH_ROWS = 1_000
_DAMAGED = (pa.ArrowException, OSError, ValueError)
_UNREADABLE = (pa.ArrowException, ValueError, OverflowError, LookupError)  # bytes, dates, zones


def check_parquet(path: Path, name: str) -> None:
    """Raises: SourceError, if the file is damaged or has no columns of papers."""
    try:
        with pq.ParquetFile(path) as file:
            names = [column.strip().lower() for column in file.schema_arrow.names]
    except _DAMAGED as error:
        raise SourceError(f"{name}: truncated or damaged Parquet; get it again") from error
    if "title" not in names or not {"abstract", "summary"} & set(names):
        raise SourceError(f"{name}: needs the columns title and abstract; it has {_listed(names)}")


def _listed(names: list[str]) -> str:
    return one_line(", ".join(names[:10]))[:200]


def read_parquet(path: Path, name: str) -> Iterator[Record]:
    """A record for each row, its place the row's number from 1."""
    number = 0
    try:
        with pq.ParquetFile(path) as file:
            columns = [each for each in file.schema_arrow.names if each.strip().lower() in FIELDS]
            for batch in file.iter_batches(_BATCH_ROWS, columns=columns):
                for index in range(batch.num_rows):
                    number += 1
                    yield _record(batch.slice(index, 1), f"{name}:{number}")
    except _DAMAGED:
        yield Rejected(f"{name}:{number + 1}", "the file is damaged from here on; get it again")


def _record(row: Any, where: str) -> Record:
    try:
        fields = row.to_pylist()[0]
    except _UNREADABLE as error:
        return Rejected(where, f"cannot be read: {one_line(str(error))}")
    return record_of(fields, where)
