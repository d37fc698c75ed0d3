"""Numbers as a sentence writes them: which value, in which unit, and whether it is a gain."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.extract import numerals
from kg.extract.gains import form_of, goes_on, is_factor
from kg.extract.units import SIZE, unit_name
from kg.records import Form

_CHANGE = re.compile(  # before `26.5 to 31.8`, which are two numbers here
    r"from(?<!ranging from)(?<!ranges from)(?<!ranged from)(?<!range from)(?<!varying from)"
    r"(?<!varies from)(?<!gains from)\s(?:(?:[\w'-]{1,20}\s){1,4}of\s"
    r"|(?:about|approximately|around|roughly|nearly|below|above|over|under|only)\s)?"
    r"(?:[0-9.]{1,8}(?:\\?%)?\sto\s[0-9.]{1,8}(?:\\?%)?,?\sand\s)?\$?$"
)
_SHOWN = re.compile(r"[(:][^()0-9]{0,30}$")  # before the same without `from`
_NOT_MEASURED = re.compile(
    r"(?:[Tt]op|±|\\pm\$?|\+/-|[0-9]\$?\s?(?:[x×]|\\times)|\bp(?:-values?)?\s?(?:of|[<>=≤]|\\?leq?)"
    r"|\bCI:?|\binterval(?: of|:)?)\s?[\[$]?$"
)
_OF_CONFIDENCE = re.compile(r"\s?(?:confidence|credible|CI\b|percentile|quantile)")  # behind it
_FROM = re.compile(r"\bfrom\s(?:[\w-]{1,12}\s)?[~$]?$")  # before the first end of a change
_TO = re.compile(  # behind it
    r"(?:\s[\w@-]{1,20}){0,2}(?:\s\([^()]{1,40}\))?\s(?:(?:down|up)\s)?to\s[~$]?[0-9]"
)
_COUNTED = re.compile(  # before a whole number that is a name: `Table 2`, `k = 10`
    r"\b(?:section|table|figure|fig\.|level|stage|step|(?:sub)?task|(?:sub)?track|phase|chapter"
    r"|part|version|equation|theorem|lemma|appendix|algorithm|layer|[a-z]\s?=)\s?\$?$",
    re.IGNORECASE,
)
_POINT = re.compile(r"(?:^|[(]|[,;:]\s|\band\s)$")  # before the number of a point: `(1)`, `2)`
_YEAR = re.compile(r"(?:19|20)[0-9]{2}s?")
_UNIT_OF_WORD = {"zero": "", "half": "x", "twice": "x"}  # every other word needs one of these:
_UNITS_OF_WORDS = {"x", "%", "points", "orders of magnitude"}
_WINDOW = 100  # characters beside a number that are looked at


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a sentence; a range, a share (`3 of 4`) and a spread (`3 ± 1`) are one."""

    start: int
    stop: int
    text: str  # as written, with its unit
    value: float  # of `2-3x` the first, of `3 of 4` too
    unit: str  # "%", "x", "points", "rank", "ms", "GB", ... or ""
    form: Form
    is_start: bool = False  # of a change: the first of `from 26.5 to 31.8`


class _Term(NamedTuple):
    """A numeral with its unit: a number, or a part of one."""

    start: int
    stop: int
    numeral: str
    unit: str


def find_numbers(sentence: str) -> Iterator[Number]:
    """Every number of `sentence` that may be an outcome, in order.

    Of a change (`from 26.5 to 31.8`) both ends are numbers, and values. Years, ranks from the top
    (`top 5%`), sizes (`7B`), counted things (`Table 2`) and parts of names (`top-5`) are none.
    """
    previous: Number | None = None
    for match in numerals.NUMBER.finditer(sentence):
        is_change = bool(match["to"]) and _is_change(match)
        for place, term in enumerate(_terms(match, is_change)):
            if _may_be_measured(sentence, term):
                number = _number(sentence, term, is_change, previous)
                is_start = place == 0 and (is_change or _is_left(sentence, term))
                previous = replace(number, is_start=is_start)
                yield previous


def _is_change(match: re.Match[str]) -> bool:
    """Whether `A to B` are the ends of a change: `from 3 to 5`, `(3% to 5%)`."""
    before = _before(match.string, match.start("first"))
    are_alike = bool(match["first_unit"]) == bool(match["last_unit"])
    is_signed = match["first"].startswith(("+", "-", "−"))
    return bool(_CHANGE.search(before) or (are_alike and not is_signed and _SHOWN.search(before)))


def _is_left(sentence: str, term: _Term) -> bool:
    """Whether a number is the first end of a change: `from 40 mAP (X) up to 43 mAP`."""
    is_from = _FROM.search(_before(sentence, term.start, 20))
    return bool(is_from and _TO.match(sentence, term.stop))


def _terms(match: re.Match[str], is_change: bool) -> list[_Term]:
    """The numbers of a match: one, or two that only stand side by side."""
    first = _term(match, "first")
    if match["join"] is None:
        return [first]
    last = _term(match, "last")
    if is_change:
        return [first._replace(unit=first.unit or last.unit), last]
    if not _is_one(match, first, last):
        return [first, last]
    start = match.start() if match["between"] else first.start
    return [first._replace(start=start, stop=last.stop, unit=last.unit or first.unit)]


def _term(match: re.Match[str], name: str) -> _Term:
    is_followed = name == "first" and match["join"] is not None
    stop = match.start("join") if is_followed else match.end()
    unit = unit_name(match[f"{name}_unit"] or match[f"{name}_inner"] or "")
    is_price = match[name].startswith(r"\$")
    return _Term(match.start(name), stop, match[name], unit or ("USD" if is_price else ""))


def _is_one(match: re.Match[str], first: _Term, last: _Term) -> bool:
    """Whether two joined numerals are one number: a range, or a share as `23 of 24`."""
    if match["of"] or match["out_of"]:
        is_count = numerals.is_whole(last.numeral) and not last.unit
        is_part = match["out_of"] is not None or numerals.is_whole(first.numeral)
        return is_count and is_part and first.unit in {"", "rank"}
    return first.unit in {"", last.unit}


def _may_be_measured(sentence: str, term: _Term) -> bool:
    before = _before(sentence, term.start, 16)
    is_given = _NOT_MEASURED.search(before) or _OF_CONFIDENCE.match(sentence, term.stop)
    if term.unit == SIZE or is_given:
        return False
    if term.numeral in numerals.WORDS:
        is_share = " of " in sentence[term.start : term.stop]
        if sentence.startswith("-", term.stop):  # zero-shot
            return False
        return term.unit in _UNITS_OF_WORDS or is_share or term.numeral in _UNIT_OF_WORD
    if term.unit or not term.numeral.isdigit():
        return not _YEAR.fullmatch(sentence, term.start, term.stop)
    is_year = _YEAR.fullmatch(term.numeral)
    is_point = sentence[term.start + 1 : term.start + 2] == ")" and _POINT.search(before)
    return not (is_year or is_point or _COUNTED.search(before))


def _number(sentence: str, term: _Term, is_end: bool, previous: Number | None) -> Number:
    """The number of `term`; it may be the end of a change, or go on after a gain."""
    start, stop = term.start, numerals.closed(sentence, term.start, term.stop)
    before, text = _before(sentence, start), sentence[start:stop]
    unit = "x" if is_factor(before) else term.unit or _UNIT_OF_WORD.get(term.numeral, "")
    form = form_of(before, text, sentence[stop : stop + _WINDOW], unit)
    if form != "factor" and is_end:
        form = "value"
    elif form == "value" and previous and (previous.form, previous.unit) == ("gain", unit):
        form = "gain" if goes_on(sentence[previous.stop : start]) else "value"
    return Number(start, stop, text, numerals.value(term.numeral), unit, form)


def _before(sentence: str, start: int, length: int = _WINDOW) -> str:
    return sentence[max(start - length, 0) : start]
