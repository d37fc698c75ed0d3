"""Numbers as a sentence writes them: which value, in which unit, and whether it is a gain."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.records import Form

_DIGITS = r"(?:[+~≈−-])?[0-9]{1,12}(?:,[0-9]{3}){0,4}(?:\.[0-9]{1,12})?"
_UNIT = (
    r"\s?(?:\\?%(?: points?\b)?|percent(?:age points?)?\b|per cent\b|points?\b|pp\b"
    r"|\\times\b|times\b|×|[xX]\b(?!\s?\d)|-?fold\b|\$\\times\$?)"
)
_NUMBER = re.compile(
    rf"(?<![\w.\\^_/-])(?P<first>{_DIGITS})(?P<unit>{_UNIT})?"
    rf"(?:\s?(?:-|–|--|to)\s?(?P<last>{_DIGITS})(?P<last_unit>{_UNIT})?)?(?![\w@/]|[.,-]\d|-\w)"
)
_FACTOR = re.compile(r"times|×|x|fold")
_GAIN_BEFORE = re.compile(
    r"(?:\bby|\b(?:improv|gain|increas|reduc|decreas|drop|boost|sav|cut|higher|lower)\w*(?: of)?)"
    r"(?: (?:up to|over|about|at least|more than|nearly|around|an average of|a|an|the|average"
    r"|absolute|relative|additional))*\s\(?\$?$",
    re.IGNORECASE,
)
_GAIN_BEHIND = re.compile(
    r"\s(?:\w+\s){0,3}?(?:improvements?|gains?|increases?|reductions?|decreases?|higher|lower"
    r"|better|drop|boost|fewer|less|more|faster|smaller|beyond)\b",
    re.IGNORECASE,
)
_NOT_MEASURED = re.compile(r"(?:\b[Tt]op|±|\\pm\$?)\s?\$?$")  # top 5%, ± 0.2
_OF_DATA = re.compile(r"\sof\s(?:the\s|all\s)?(?:\w+\s)?(?:labels?|data|samples|examples)\b")
_RISE = re.compile(r"\bfrom\s\$?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a sentence; of `from 26.5 to 31.8` it is the second."""

    start: int
    stop: int
    text: str  # as written, with its unit
    value: float  # of `2-3x` the first
    unit: str  # "%", "x", "points" or ""
    form: Form


def find_numbers(sentence: str) -> Iterator[Number]:
    """Every number of `sentence` in order.

    Years, ranks (`top 5%`), spreads (`± 0.2`), shares (`1% of the labels`) and parts of names
    (`top-5`, `7B`) are none.
    """
    for match in _NUMBER.finditer(sentence):
        is_bare = not (match["unit"] or match["last_unit"])
        before = sentence[max(match.start() - 12, 0) : match.start()]
        is_given = _NOT_MEASURED.search(before) or _OF_DATA.match(sentence, match.end())
        if not (is_bare and _is_year(match["first"])) and not is_given:
            yield _number(match, sentence)


def _is_year(digits: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", digits))


def _number(match: re.Match[str], sentence: str) -> Number:
    is_rise = bool(match["last"] and _RISE.search(sentence[: match.start()]))
    which = "last" if is_rise else "first"
    unit = _unit(match["last_unit"] or match["unit"] or "")
    start, stop = match.start(which), match.end()
    form = _form(match, sentence, unit, is_rise)
    return Number(start, stop, sentence[start:stop], _value(match[which]), unit, form)


def _value(digits: str) -> float:
    return float(re.sub(r"[^0-9.-]", "", digits.replace("−", "-")))


def _unit(written: str) -> str:
    plain = written.strip().strip("\\$-").lower()
    if _FACTOR.fullmatch(plain):
        return "x"
    if plain in {"%", "percent", "per cent"}:
        return "%"
    return "points" if plain else ""


def _form(match: re.Match[str], sentence: str, unit: str, is_rise: bool) -> Form:
    if unit == "x":
        return "factor"
    before, behind = sentence[max(match.start() - 60, 0) : match.start()], sentence[match.end() :]
    is_gain = _GAIN_BEFORE.search(before) or _GAIN_BEHIND.match(behind) or match["first"][0] == "+"
    return "gain" if (is_gain or unit == "points") and not is_rise else "value"
