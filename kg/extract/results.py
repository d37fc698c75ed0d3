"""Results: the numbers that an abstract states as measured outcomes, each with its four cells.

The trained network says which numbers are results and what each is about (`relations`). Rules say
only what is certain: where a sentence lists as many numbers as things, the first belongs to the
first, and so on; `6.2 for X` and `X's 6.2` are of X.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.evidence import sentences
from kg.extract.layout import Floats
from kg.extract.numbers import Number, find_numbers
from kg.extract.relations import CELLS, Said
from kg.records import Kind, Mention, Result, Term

_MOST = 250  # numbers of a text that may be results; no abstract states more
_BOUND = 0.6  # how probable a result must be
_FILLS = 0.25  # how probable what fills a cell
_NEAR = 12  # characters between a number and whose it is
_LEAST = 2  # numbers of a list
_PAIRED = CELLS[:3]  # a list of baselines goes with none of numbers
_AND = re.compile(  # between two things of a list
    r"\)?\s?(?:,|;|/|&|and\b|or\b|,\s?(?:and|or)\b)\s?(?:(?:on|for|in|of|the|by|at|an?)\s){0,2}"
)
_SAME = re.compile(r"\s?\(")  # between a name and its acronym
_FOR = re.compile(r"\)?\s(?:for|by)\s(?:the\s)?")  # between a number and whose it is
_ITS = re.compile(r"['’]s?\s")  # between who has it and a number
_OPEN = re.compile(r"\s\(")  # the same, where a bracket closes behind the number
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)

Thing = tuple[int, int, int]  # start, stop, and which it is


def numbers_outside(text: str, terms: Sequence[Term]) -> list[Number]:
    """The numbers of the abstract that are no part of a name; they count the text's characters."""
    title = text.find("\n")
    taken = [(one.start, one.stop) for term in terms for one in term.mentions]
    inside = {at for start, stop in taken for at in range(start, stop)}
    found = (
        replace(number, start=start + number.start, stop=start + number.stop)
        for start, stop in sentences(text)
        if start > title
        for number in find_numbers(text[start:stop])
    )
    outside = (one for one in found if one.start not in inside)
    return [number for number, _ in zip(outside, range(_MOST), strict=False)]


def find_results(
    text: str, terms: Sequence[Term], numbers: Sequence[Number], said: Said
) -> Iterator[Result]:
    """Every number that states a measured outcome, in order; a cell that nothing fills is None."""
    listed = dict(_listed(text, terms, numbers))
    for index, (number, sure) in enumerate(zip(numbers, said.results.tolist(), strict=True)):
        if sure > _BOUND:
            cells = dict(_cells(said.cells[index])) | listed.get(index, {})
            if number.is_start:  # what was there before
                cells["method"], cells["baseline"] = cells["baseline"], None
            cells["method"] = _owner(text, terms, number, cells["method"])
            if cells["baseline"] == cells["method"]:
                cells["baseline"] = None
            yield Result(
                number.start,
                number.stop,
                number.text,
                number.value,
                number.unit,
                number.form,
                round(sure, 4),
                **cells,
            )


def _cells(odds: Floats) -> Iterator[tuple[str, int | None]]:
    """Each cell with the term that fills it best, or None; one row of odds a cell, none at the end.

    What an annotator holds for unstated weighs little: a probable term says more than none.
    """
    for (cell, _), row in zip(CELLS, odds, strict=True):
        best = int(row[:-1].argmax()) if len(row) > 1 else 0
        yield cell, best if len(row) > 1 and row[best] > _FILLS else None


def _owner(text: str, terms: Sequence[Term], number: Number, said: int | None) -> int | None:
    """The method that the words right beside a number say has it, or else what is `said`."""
    for index, term in enumerate(terms):
        if term.kind == "Method" and any(_is_owner(text, number, one) for one in term.mentions):
            return index
    return said


def _is_owner(text: str, number: Number, one: Mention) -> bool:
    if number.start < one.start <= number.stop + _NEAR:
        return bool(_FOR.fullmatch(text, number.stop, one.start))
    if one.stop <= number.start <= one.stop + _NEAR:
        is_enclosed = text.startswith(")", number.stop)
        between = text[one.stop : number.start]
        return bool(_ITS.fullmatch(between) or (is_enclosed and _OPEN.fullmatch(between)))
    return False


def _listed(
    text: str, terms: Sequence[Term], numbers: Sequence[Number]
) -> Iterator[tuple[int, dict[str, int]]]:
    """Numbers of a list, each with the cells that lists of as many things fill in its sentence."""
    every = [(one.start, one.stop, index) for index, one in enumerate(numbers)]
    for start, stop in sentences(text):
        stated = [one for one in every if start <= one[0] < stop]
        if len(stated) < _LEAST:
            continue
        is_paired = bool(_RESPECTIVELY.search(text, start, stop))
        lists = {
            cell: list(_runs(text, _named(terms, kind, start, stop))) for cell, kind in _PAIRED
        }
        for run in _runs(text, stated):
            of_size = {
                cell: next((one for one in runs if len(one) == len(run)), [])
                for cell, runs in lists.items()
                if len(run) > 1 and (is_paired or cell != "method")
            }
            for place, (_, _, index) in enumerate(run):
                yield index, {cell: one[place][2] for cell, one in of_size.items() if one}


def _named(terms: Sequence[Term], kind: Kind, start: int, stop: int) -> list[Thing]:
    """The mentions of terms of `kind` between two places, in order."""
    return sorted(
        (one.start, one.stop, index)
        for index, term in enumerate(terms)
        if term.kind == kind and (term.salient or kind == "Metric")
        for one in term.mentions
        if start <= one.start < stop
    )


def _runs(text: str, things: Sequence[Thing]) -> Iterator[list[Thing]]:
    """`things` as the lists that they stand in; a name and its acronym are one."""
    run: list[Thing] = []
    for thing in things:
        between = text[run[-1][1] : thing[0]] if run else ""
        if run and thing[2] == run[-1][2] and _SAME.fullmatch(between):
            run[-1] = (run[-1][0], thing[1], thing[2])
        elif run and _AND.fullmatch(between):
            run.append(thing)
        else:
            if run:
                yield run
            run = [thing]
    if run:
        yield run
