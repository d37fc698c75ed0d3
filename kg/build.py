"""The way of papers into a ledger: what is new or changed is extracted, all else is left alone."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal

from kg.extract import extract, extractor_digest
from kg.ledger import Ledger, fill_in, is_current, outdated_papers
from kg.records import Paper, Rejected, text_digest
from kg.resolve import resolve

if TYPE_CHECKING:
    from spacy.language import Language

_BATCH = 128  # papers a transaction


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record of a source."""

    what: Literal["extracted", "unchanged", "repeated", "rejected"]
    record: Paper | Rejected


def update(
    ledger: Ledger,
    records: Iterable[Paper | Rejected],
    load: Callable[[], "Language"],
) -> Iterator[Outcome]:
    """Takes `records` into the ledger, batch by batch; yields one outcome a record, in their order.

    `load` is called when there is something to extract. Papers of the ledger that another version
    of the extractor read are extracted again, behind the records.
    """
    nlp = _once(load)
    seen: dict[str, tuple[str, str]] = {}
    outdated = (paper for paper in _outdated(ledger) if paper.id not in seen)
    everything = chain(records, outdated)
    while batch := list(islice(everything, _BATCH)):
        outcomes = [_outcome(ledger, record, seen) for record in batch]
        new = [o.record for o in outcomes if o.what == "extracted" and isinstance(o.record, Paper)]
        found = list(extract(new, nlp())) if new else []
        with ledger.transaction():
            for paper, extraction in zip(new, found, strict=True):
                ledger.write(paper, extraction, extractor_digest())
            for outcome in outcomes:
                if outcome.what in {"unchanged", "repeated"} and isinstance(outcome.record, Paper):
                    fill_in(ledger, outcome.record)
        yield from outcomes
    resolve(ledger)


def _outdated(ledger: Ledger) -> Iterator[Paper]:
    yield from list(outdated_papers(ledger, extractor_digest()))


def _outcome(ledger: Ledger, record: Paper | Rejected, seen: dict[str, tuple[str, str]]) -> Outcome:
    if isinstance(record, Rejected):
        return Outcome("rejected", record)
    digest = text_digest(record.text)
    if record.id in seen:
        first_digest, first_place = seen[record.id]
        if first_digest == digest:
            return Outcome("repeated", record)
        reason = f"{record.id} was read before from {first_place} with another text; it is kept"
        return Outcome("rejected", Rejected(record.source, reason))
    seen[record.id] = (digest, record.source)
    is_known = is_current(ledger, record, extractor_digest())
    return Outcome("unchanged" if is_known else "extracted", record)


def _once(load: Callable[[], "Language"]) -> Callable[[], "Language"]:
    loaded: list[Language] = []

    def nlp() -> "Language":
        if not loaded:
            loaded.append(load())
        return loaded[0]

    return nlp
