"""The way of papers into a ledger: what is new or changed is extracted, all else is left alone."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Literal, TypeVar

from kg.extract import extract, extractor_digest
from kg.ledger import Ledger
from kg.records import Paper, Rejected, text_digest
from kg.resolve import resolve
from kg.rows import fill_in_paper, is_current, outdated_papers, write_paper

if TYPE_CHECKING:
    from spacy.language import Language

_BATCH = 128  # papers a transaction

_T = TypeVar("_T")
_Seen = dict[str, tuple[str, str]]  # id -> digest of the text, and where it was read


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record of a source, or of a paper of the ledger: it alone is `renewed`."""

    what: Literal["extracted", "unchanged", "repeated", "rejected", "renewed"]
    record: Paper | Rejected


def update(
    ledger: Ledger,
    records: Iterable[Paper | Rejected],
    load: Callable[[], "Language"],
) -> Iterator[Outcome]:
    """Takes `records` into the ledger, batch by batch; yields one outcome a record, in their order.

    `load` is called when there is something to extract. Behind the records, papers of the ledger
    that another version of the extractor has read are extracted again, with an outcome each.
    """
    nlp = cache(load)
    seen: _Seen = {}
    for batch in _batches(records):
        outcomes = [_outcome(ledger, record, seen) for record in batch]
        _take_in(ledger, outcomes, nlp)
        yield from outcomes
    for outdated in _batches(outdated_papers(ledger, extractor_digest())):
        outcomes = [Outcome("renewed", paper) for paper in outdated]
        _take_in(ledger, outcomes, nlp)
        yield from outcomes
    resolve(ledger)


def _take_in(ledger: Ledger, outcomes: list[Outcome], nlp: Callable[[], "Language"]) -> None:
    """Writes what the outcomes promise, all at once."""
    new = list(_papers(outcomes, "extracted", "renewed"))
    extractions = list(extract(new, nlp())) if new else []
    with ledger.transaction():
        for paper, extraction in zip(new, extractions, strict=True):
            write_paper(ledger, paper, extraction, extractor_digest())
        for paper in _papers(outcomes, "unchanged", "repeated"):
            fill_in_paper(ledger, paper)


def _batches(items: Iterable[_T]) -> Iterator[list[_T]]:
    rest = iter(items)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _papers(outcomes: Iterable[Outcome], *what: str) -> Iterator[Paper]:
    for outcome in outcomes:
        if outcome.what in what and isinstance(outcome.record, Paper):
            yield outcome.record


def _outcome(ledger: Ledger, record: Paper | Rejected, seen: _Seen) -> Outcome:
    if isinstance(record, Rejected):
        return Outcome("rejected", record)
    digest = text_digest(record.text)
    if record.id not in seen:
        seen[record.id] = (digest, record.source)
        is_known = is_current(ledger, record, extractor_digest())
        return Outcome("unchanged" if is_known else "extracted", record)
    first_digest, first_place = seen[record.id]
    if first_digest == digest:
        return Outcome("repeated", record)
    reason = f"{record.id} was read before from {first_place} with another text; that one is kept"
    return Outcome("rejected", Rejected(record.source, reason))
