"""What a number in a sentence is about: its metric, dataset, method and baseline.

Each function looks at the words beside the number first and then along the sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.evidence import sentences
from kg.extract import patterns
from kg.extract.numbers import Number
from kg.records import Kind, Term

_OF = re.compile(  # between a metric and its number
    r"\)?\s?(?:scores?|rates?|points?|values?)?(?: from [\d.,]{1,10}%?(?= to ))?"
    r"(?: (?:of|to|at|by|from|is|was|=|up to|about|over|only|nearly|around))*"
    r"\s?[=:(]?\s?[~$]{0,2}",
    re.IGNORECASE,
)
_UNIT_OF = re.compile(r"\$?\s(?:\w+\s)?(?:in\s|on\s)?")  # between a number and its metric
_OF_SIZE = re.compile(r"\s(?:fewer|smaller|faster|less)\b")  # behind a number
_SCORE = re.compile(r"\bscor(?:e|es|ing)(?: of)? $", re.IGNORECASE)  # before a number
_ON = re.compile(r"[^\d,;]{0,30}?\b(?:on|for|in|of|across|from)\s(?:the\s)?(?:[\w-]+\s){0,3}?")
_ON_UNKNOWN = re.compile(r"\son\s(?:the\s)?[A-Z]")
_BY = re.compile(r"\)?\s(?:for|by|of|from)\s(?:the\s)?(?:\w+\s)?")
_BY_OTHER = re.compile(r"[^\d,.;]{0,25}?\b(?:of|for|by)\s(?:[\w-]+\s){1,3}?(?:baseline|teacher)\b")
_WITH = re.compile(r"\bwith (?:an? |the )?$", re.IGNORECASE)
_NEAR = re.compile(r"[^;]{0,60}")  # between a number and a metric or dataset that follows it


@dataclass(frozen=True, slots=True)
class Place:
    """One mention within a sentence; offsets count the sentence's characters."""

    start: int
    stop: int
    index: int  # of the term
    kind: Kind
    role: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its mentions in order, but for those of umbrella terms."""

    start: int  # in the whole text
    text: str
    places: tuple[Place, ...]

    def of_kind(self, kind: Kind) -> list[Place]:
        return [place for place in self.places if place.kind == kind]


def sentences_with_places(text: str, terms: Sequence[Term]) -> Iterator[Sentence]:
    """The sentences of `text` in order, each with where it names `terms`."""
    mentions = sorted(
        (mention.start, mention.stop, index)
        for index, term in enumerate(terms)
        if term.salient or term.kind == "Metric"
        for mention in term.mentions
    )
    at = 0
    for start, stop in sentences(text):
        places: list[Place] = []
        while at < len(mentions) and mentions[at][0] < stop:
            first, last, index = mentions[at]
            term = terms[index]
            places.append(Place(first - start, last - start, index, term.kind, term.role))
            at += 1
        yield Sentence(start, text[start:stop], tuple(places))


def metric_beside(sentence: Sentence, number: Number) -> int | None:
    """The metric of `34.8 BLEU` and `a BLEU score of 34.8`."""
    for place in sentence.of_kind("Metric"):
        if place.start >= number.stop:
            between, beside = sentence.text[number.stop : place.start], _UNIT_OF
        else:
            between, beside = sentence.text[place.stop : number.start], _OF
        if beside.fullmatch(between):
            return place.index
    return None


def is_score(sentence: Sentence, number: Number) -> bool:
    """Whether the number is a score that goes by no other name: `scores 89.4 on GLUE`."""
    return bool(_SCORE.search(sentence.text[: number.start]))


def metric_of(sentence: Sentence, number: Number) -> int | None:
    """The metric beside the number, else the nearest before it or close behind."""
    beside = metric_beside(sentence, number)
    is_other = is_score(sentence, number) or _OF_SIZE.match(sentence.text, number.stop)
    if beside is not None or is_other:
        return beside
    return _nearest(sentence, number, "Metric")


def dataset_of(sentence: Sentence, number: Number) -> int | None:
    """The dataset of `91% on X`, else the nearest before the number or close behind."""
    for place in sentence.of_kind("Dataset"):
        if place.start > number.stop and _ON.fullmatch(sentence.text[number.stop : place.start]):
            return place.index
    if _ON_UNKNOWN.match(sentence.text, number.stop):
        return None
    return _nearest(sentence, number, "Dataset")


def method_of(sentence: Sentence, number: Number, own: int | None) -> int | None:
    """The method of `61% for X`, else the last subject before the number, else `own`."""
    subjects = [own]
    for place in sentence.of_kind("Method"):
        if place.start > number.stop:
            if _BY.fullmatch(sentence.text[number.stop : place.start]):
                return place.index
        elif is_subject(sentence.text, place.start, place.stop):
            subjects.append(place.index)
    if number.form == "value" and _BY_OTHER.match(sentence.text, number.stop):
        return None
    return subjects[-1]


def is_subject(sentence: str, start: int, stop: int) -> bool:
    """Whether what stands at these bounds does something: `X reaches`, `X with Y attains`."""
    is_means = _WITH.search(sentence, 0, start)
    return not is_means and bool(patterns.DOES.match(sentence, stop))


def baseline_of(sentence: Sentence, number: Number, method: int | None) -> int | None:
    """The method compared with that stands nearest to the number."""
    others = [
        (abs(place.start - number.start), place.index)
        for place in sentence.of_kind("Method")
        if place.role == "compared" and place.index != method
    ]
    return min(others)[1] if others else None


def _nearest(sentence: Sentence, number: Number, kind: Kind) -> int | None:
    """The last mention of `kind` before the number, else the first one close behind it."""
    places = sentence.of_kind(kind)
    before = [place.index for place in places if place.stop <= number.start]
    behind = [
        place.index
        for place in places
        if place.start >= number.stop and _NEAR.fullmatch(sentence.text, number.stop, place.start)
    ]
    return before[-1] if before else next(iter(behind), None)
