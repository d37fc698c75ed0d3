"""Results: which of those that were found are among those of the gold."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import repeat

from kg.evaluate.gold import GoldPaper
from kg.evaluate.spellings import folded
from kg.evaluate.verdicts import What
from kg.records import Extraction

_Row = tuple[str | None, ...]  # value, metric, method and dataset, folded


def result_verdicts(paper: GoldPaper, extraction: Extraction, *, cells: int) -> Iterator[What]:
    """A verdict a result; two are one where the first `cells` cells agree: value, metric, method
    and dataset. The names of an entity agree with each other."""
    names = _names(paper)
    wanted = Counter(row[:cells] for row in _gold_rows(paper, names))
    found = Counter(row[:cells] for row in _found_rows(extraction, names))
    yield from repeat("right", (wanted & found).total())
    yield from repeat("false", (found - wanted).total())
    yield from repeat("missed", (wanted - found).total())


def _names(paper: GoldPaper) -> Mapping[str, str]:
    """Each spelling with the name of the first entity that is spelled so."""
    names: dict[str, str] = {}
    for entity in paper.entities:
        for spelling in entity.spellings:
            names.setdefault(spelling, entity.name)
    return names


def _gold_rows(paper: GoldPaper, names: Mapping[str, str]) -> Iterator[_Row]:
    for result in paper.results:
        yield _row(names, result.value, result.metric, result.method, result.dataset)


def _found_rows(extraction: Extraction, names: Mapping[str, str]) -> Iterator[_Row]:
    for result in extraction.results:
        places = (result.metric, result.method, result.dataset)
        cells = (None if place is None else extraction.terms[place].name for place in places)
        yield _row(names, result.text, *cells)


def _row(names: Mapping[str, str], value: str, *cells: str | None) -> _Row:
    bare = re.sub(r"[^0-9.x%kmbKMB]", "", value)
    return bare, *(names.get(folded(cell), folded(cell)) if cell else None for cell in cells)
