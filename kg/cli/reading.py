"""Records on their way into a command: what is wrong with one is said at once."""

from collections.abc import Iterable, Iterator

from kg.records import Paper, Rejected
from kg.terminal import print_error


def good(records: Iterable[Paper | Rejected]) -> Iterator[Paper]:
    """The papers among `records`; says why each other record is none."""
    for record in records:
        if isinstance(record, Rejected):
            complain(record)
        else:
            yield record


def complain(record: Rejected) -> None:
    """Says what is wrong with a record, and where it is."""
    print_error(f"{record.where}: {record.reason}")
