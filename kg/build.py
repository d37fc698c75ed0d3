"""The way of papers into a ledger: what is new or changed is extracted, all else is left alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, tee
from typing import Literal, TypeVar

from kg.extract import Extractor
from kg.ledger import Ledger
from kg.records import Extraction, Paper, Rejected, text_digest
from kg.resolve import resolve
from kg.rows import fill_in_paper, is_current, outdated_papers, read_paper, write_paper

_BATCH = 128  # papers a transaction

_T = TypeVar("_T")
_Seen = dict[str, tuple[str, str]]  # id -> digest of the text, and where it was read


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record of a source.

    Or of a paper that another extractor has read before and no record is about: it is `renewed`,
    or `kept` as it was, where it cannot be read.
    """

    what: Literal["extracted", "unchanged", "repeated", "rejected", "renewed", "kept"]
    record: Paper | Rejected


def update(
    ledger: Ledger, records: Iterable[Paper | Rejected], extractor: Extractor
) -> Iterator[Outcome]:
    """Takes `records` into the ledger, batch by batch; yields one outcome a record, in their order.

    Behind the records, papers of the ledger that another extractor has read are extracted again,
    with an outcome each. What the ledger holds of a paper that cannot be read stays.
    """
    seen: _Seen = {}
    decided = (_outcome(ledger, record, seen, extractor.digest) for record in records)
    yield from _take_in(ledger, decided, extractor)
    outdated = outdated_papers(ledger, extractor.digest)
    renewed = (Outcome("renewed", paper) for paper in outdated if not _has_been_read(paper, seen))
    yield from _take_in(ledger, renewed, extractor)
    resolve(ledger)


def _take_in(
    ledger: Ledger, outcomes: Iterable[Outcome], extractor: Extractor
) -> Iterator[Outcome]:
    """Writes what the outcomes promise, a batch a transaction; yields what has come of each.

    The extractor may draw some batches ahead, so that one is written while others are read.
    """
    ahead, batches = tee(_batches(outcomes))
    new = ([paper for outcome in batch if (paper := _new(outcome))] for batch in ahead)
    for batch, found in zip(batches, extractor.extract_batches(new), strict=True):
        with ledger.transaction():
            done = list(_written(ledger, batch, iter(found), extractor.digest))
        yield from done


def _written(
    ledger: Ledger,
    outcomes: Iterable[Outcome],
    found: Iterator[Extraction | Rejected],
    extractor: str,
) -> Iterator[Outcome]:
    """Writes `outcomes`, the new ones with the next of what was `found`."""
    for outcome in outcomes:
        if paper := _new(outcome):
            extraction = next(found)
            if isinstance(extraction, Rejected):
                yield _unread(ledger, outcome, paper, extraction)
                continue
            write_paper(ledger, paper, extraction, extractor)
        elif isinstance(outcome.record, Paper):
            fill_in_paper(ledger, outcome.record)
        yield outcome


def _new(outcome: Outcome) -> Paper | None:
    """The paper that is to be extracted, if one is."""
    is_new = outcome.what in {"extracted", "renewed"}
    return outcome.record if is_new and isinstance(outcome.record, Paper) else None


def _unread(ledger: Ledger, outcome: Outcome, paper: Paper, failure: Rejected) -> Outcome:
    is_known = read_paper(ledger, paper.id) is not None
    rest = "what was found in it before stays" if is_known else "it is left out"
    told = replace(failure, reason=f"{failure.reason}; {rest}")
    return Outcome("kept" if outcome.what == "renewed" else "rejected", told)


def _has_been_read(paper: Paper, seen: _Seen) -> bool:
    """Whether a record had the same text, so that one that is still outdated cannot be read."""
    return paper.id in seen and seen[paper.id][0] == text_digest(paper.text)


def _batches(items: Iterable[_T]) -> Iterator[list[_T]]:
    rest = iter(items)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _outcome(ledger: Ledger, record: Paper | Rejected, seen: _Seen, extractor: str) -> Outcome:
    if isinstance(record, Rejected):
        return Outcome("rejected", record)
    digest = text_digest(record.text)
    if record.id not in seen:
        seen[record.id] = (digest, record.source)
        is_known = is_current(ledger, record, extractor)
        return Outcome("unchanged" if is_known else "extracted", record)
    first_digest, first_place = seen[record.id]
    if first_digest == digest:
        return Outcome("repeated", record)
    reason = f"{record.id} was read before from {first_place} with another text; that one is kept"
    return Outcome("rejected", Rejected(record.source, reason))
