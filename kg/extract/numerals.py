r"""Patterns of numerals and what they stand for: `1,200`, `$2$-$3x$`, `twofold`, `3 of 4`."""

import re

from kg.extract.units import UNIT

_FROM_TWO = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_OTHERS = {"zero": 0.0, "half": 0.5, "twice": 2.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0}
WORDS = {word: float(value) for value, word in enumerate(_FROM_TWO, start=2)} | _OTHERS

_DIGITS = (
    r"(?:(?:[0-9]{1,3}(?:(?:,|\{,\})[0-9]{3}){1,4}|[0-9]{1,12})(?:\.[0-9]{1,12})?|\.[0-9]{1,12})"
)
_POWER = r"(?:\s?(?:\\times|\\cdot|×|x)\s?10\^\{?[−-]?[0-9]{1,2}\}?)?"
_NUMERAL = rf"(?:(?:[+~≈−-]\$?|\\\$)?{_DIGITS}{_POWER}|{'|'.join(WORDS)})"
_SPREAD = rf"\s?\$?\s?(?:±|\\pm|\+/?-|plus or minus|plus-minus|pm(?=\s))\s?\$?\s?{_DIGITS}"
_JOIN = (
    r"(?P<to>\$?\sto\s\$?)|(?P<of>\$?\sof\s(?:the\s)?\$?)"
    r"|(?P<out_of>\$?/\$?|\$?\sout\sof\s(?:the\s|our\s|all\s)?\$?)"
    r"|\s?\$?\s?(?:-{1,3}|–|~|\\sim)\s?\$?\s?"
)
# Not within a word, a name, an exponent or an argument: `x_1`, `v1.2`, `e^{-3}`, `\frac{1}{2}`.
_START = (
    r"(?:(?<![\w.\\^_/@{-])(?<![0-9],)|(?<=bf\{)|(?<=rm\{)|(?<=text\{)|(?<=emph\{)|(?<=line\{)"
    r"|(?<=\\sim)|(?<=\\approx)|(?<=\\times)|(?<=\\geq)|(?<=\\leq)|(?<=[a-z]--)"
    r"|(?<=[0-9%B]/)(?=[0-9]{1,4}(?:\.[0-9]|\\?%)))"
)
_END = (
    r"(?![\w@]|[.-][0-9]|(?<!%),[0-9]|(?<![%xX×])-\w|\s?\\?%|\s?\^"
    r"|\$?\s?(?:[x×]|\\times)\s?\$?\s?[0-9]|/(?!\$?[0-9]{1,4}(?:\.[0-9]|\\?%)|[A-Za-z]))"
)


def _term(name: str) -> str:
    """A pattern for a numeral with its spread and its unit, as groups that begin with `name`."""
    spread = rf"(?:(?P<{name}_inner>{UNIT})?{_SPREAD})?"
    return rf"(?P<{name}>{_NUMERAL}){spread}(?P<{name}_unit>{UNIT})?"


# One or two terms; `between A and B` is the only place where `and` joins.
NUMBER = re.compile(
    rf"(?:\b(?P<between>[Bb]etween)\s\$?)?{_START}{_term('first')}"
    rf"(?:(?P<join>(?(between)\$?\sand\s\$?|(?:{_JOIN}))){_term('last')})?{_END}"
)


def is_whole(numeral: str) -> bool:
    """Whether a numeral counts things: `23`, `1,000`, `three`."""
    return bool(re.fullmatch(r"[0-9,]{1,12}(?:\.0{1,2})?", numeral)) or numeral in WORDS


def value(numeral: str) -> float:
    """What a numeral stands for; signs of about (`~`) and of money count nothing."""
    if numeral in WORDS:
        return WORDS[numeral]
    digits, _, power = numeral.replace("−", "-").partition("10^")
    sign = -1 if digits.startswith("-") else 1
    return sign * float(re.sub(r"[^0-9.]", "", digits)) * 10.0 ** int(power.strip("{}") or 0)


def closed(text: str, start: int, stop: int) -> int:
    """`stop`, or behind the LaTeX signs that close what was opened since `start`."""
    for opened, closing in (("{", "}"), ("$", "$")):
        part = text[start:stop]
        is_open = part.count("{") > part.count("}") if opened == "{" else part.count("$") % 2 == 1
        stop += is_open and text.startswith(closing, stop)
    return stop
