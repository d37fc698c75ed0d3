"""A summary of an extraction: its terms by kind and role, and its results, a line each."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.records import KINDS, ROLES, Extraction, Result, Term

_CELLS = (("", "metric"), ("on ", "dataset"), ("by ", "method"), ("against ", "baseline"))


@dataclass(frozen=True, slots=True)
class Line:
    """Something that a paper holds."""

    label: str  # a `Kind`, or "Result"
    role: str  # of the terms, or the form of the result
    words: str  # their names, or `97.5% accuracy on CIFAR-10 by Mamba`


def summary(extraction: Extraction, *, doubtful: bool = False) -> Iterator[Line]:
    """Lines in the order of the schema; names that are not salient in brackets, if `doubtful`."""
    shown = [term for term in extraction.terms if term.salient or doubtful]
    for kind in KINDS:
        for role in ROLES[kind]:
            names = [_name(term) for term in shown if (term.kind, term.role) == (kind, role)]
            if names:
                yield Line(kind, role, ", ".join(names))
    for result in extraction.results:
        yield Line("Result", result.form, _sentence(result, extraction.terms))


def _name(term: Term) -> str:
    return term.name if term.salient else f"({term.name})"


def _sentence(result: Result, terms: tuple[Term, ...]) -> str:
    places = [(word, getattr(result, cell)) for word, cell in _CELLS]
    cells = [f"{word}{terms[at].name}" for word, at in places if at is not None]
    return " ".join([result.text.strip(), *cells])
