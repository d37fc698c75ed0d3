"""Spans: the words of a paper that are marked where its text is shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.records import Extraction


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a paper's text, `[start, stop)`, and what they name."""

    start: int
    stop: int
    label: str  # a `Kind`, or "Result"
    salient: bool = True


def spans(extraction: Extraction, *, doubtful: bool = False) -> list[Span]:
    """The mentions and the values of results in order of the text, no two of which overlap.

    Terms that are not salient are there if `doubtful`. Of two that overlap, what is salient stands
    rather than what is not, then the longer one, then the first.
    """
    taken: set[int] = set()  # offsets
    chosen = []
    for span in sorted(_candidates(extraction), key=_rank):
        place = range(span.start, span.stop)
        if (span.salient or doubtful) and taken.isdisjoint(place):
            taken.update(place)
            chosen.append(span)
    return sorted(chosen, key=lambda span: span.start)


def pieces(text: str, marked: Iterable[Span]) -> Iterator[tuple[str, Span | None]]:
    """`text` cut at the bounds of spans in order, each piece with the span that it is."""
    done = 0
    for span in marked:
        yield text[done : span.start], None
        yield text[span.start : span.stop], span
        done = span.stop
    yield text[done:], None


def _candidates(extraction: Extraction) -> Iterator[Span]:
    for term in extraction.terms:
        for mention in term.mentions:
            yield Span(mention.start, mention.stop, term.kind, term.salient)
    for result in extraction.results:
        yield Span(result.start, result.stop, "Result")


def _rank(span: Span) -> tuple[bool, int, int]:
    return not span.salient, span.start - span.stop, span.start
