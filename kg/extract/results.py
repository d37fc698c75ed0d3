"""Results: the numbers that an abstract states as measured outcomes, each with its four cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extract import cells
from kg.extract.cells import Sentence
from kg.extract.numbers import Number, find_numbers
from kg.extract.vocabulary import MEASURE
from kg.records import Result, Term

_CONFIDENCE = 0.5
_MEASURING = re.compile(
    rf"\b{MEASURE}\b|\b(?:has|have|had|with|is|are|was|were) an? ", re.IGNORECASE
)
_GOES_ON = re.compile(  # from a bare number that is a result to a second one
    r"(?:,|\sand|,\sand|\sor|;|\sbut|,\swith)(?:\s(?:only|even|to|then))*\s"
    r"|[^.;\d]{0,60}\b(?:compared (?:to|with)|versus|vs\.?|against|from|over|and|to|has|have|at)\s",
    re.IGNORECASE,
)
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)


def find_results(text: str, terms: Sequence[Term]) -> Iterator[Result]:
    """Every measured outcome of the abstract in order; a cell that nothing fills is None."""
    own = next((index for index, term in enumerate(terms) if term.role == "proposed"), None)
    for sentence in cells.sentences_with_places(text, terms):
        if sentence.start and _MEASURING.search(sentence.text):
            found = [_result(number, sentence, own) for number in _measured(sentence)]
            yield from _paired(found, sentence) if _RESPECTIVELY.search(sentence.text) else found


def _measured(sentence: Sentence) -> Iterator[Number]:
    """The numbers outside of names that have a unit or a metric, or go on after such a one."""
    taken = {at for place in sentence.places for at in range(place.start, place.stop)}
    last: Number | None = None
    for number in find_numbers(sentence.text):
        if taken.isdisjoint(range(number.start, number.stop)) and (
            number.unit
            or cells.is_score(sentence, number)
            or cells.metric_beside(sentence, number) is not None
            or (last and _GOES_ON.fullmatch(sentence.text, last.stop, number.start))
        ):
            last = number
            yield number


def _result(number: Number, sentence: Sentence, own: int | None) -> Result:
    method = cells.method_of(sentence, number, own)
    return Result(
        start=sentence.start + number.start,
        stop=sentence.start + number.stop,
        text=number.text,
        number=number.value,
        unit=number.unit,
        form=number.form,
        confidence=_CONFIDENCE,
        method=method,
        dataset=cells.dataset_of(sentence, number),
        metric=cells.metric_of(sentence, number),
        baseline=cells.baseline_of(sentence, number, method),
    )


def _paired(results: list[Result], sentence: Sentence) -> list[Result]:
    """`90%, 80% in accuracy, recall, respectively`: the first with the first, and so on."""
    metrics = list(dict.fromkeys(place.index for place in sentence.of_kind("Metric")))
    if len(metrics) == len(results):
        results = [replace(one, metric=at) for one, at in zip(results, metrics, strict=True)]
    datasets = list(dict.fromkeys(place.index for place in sentence.of_kind("Dataset")))
    if len(datasets) == len(results):
        results = [replace(one, dataset=at) for one, at in zip(results, datasets, strict=True)]
    return results
