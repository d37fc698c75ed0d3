"""Value, gain or factor: told by a number's sign, its unit and the words beside it."""

import re

from kg.records import Form

_CHANGE = (
    r"(?:improv|gain|increas|reduc|decreas|declin|degrad|drop(?!out)|boost|sav|cut|higher|lower"
    r"|margin|gap|difference|advantage|uplift)"
)
_IS_CHANGE = re.compile(_CHANGE)
_IN_SOMETHING = re.compile(rf"{_CHANGE}[a-z]{{0,8}} in (?:[\w@-]{{1,20}} ){{1,4}}of$")
_ABOUT = re.compile(  # words between `by` and its number
    r"upto|over|about|at|least|more|than|nearly|around|roughly|approximately|almost|only|as|much"
    r"|an?|the|average|absolute|relative|additional|further|another|just|between|[$\\].{0,20}"
)
_BEHIND = re.compile(
    r"[\s$}]{1,3}(?:(?:and|or|to)\s\+?[0-9.]{1,8}\s?(?:\\?%)?\s)?"  # `3% and 5% gains`
    r"(?:(?!with|while|at|and|but|using|in|on|for|of|to|from|vs|versus|than|is|are|as|by|over)"
    r"[\w@-]{1,20}\s){0,3}?"
    r"(?:improvements?|gains?|increases?|reductions?|decreases?|declines?|drops?|boosts?|uplift|speed-?ups?"
    r"|higher|lower|better|worse|fewer|less|more|faster|slower|smaller|larger|shorter|longer"
    r"|greater|cheaper|beyond|points?"
    r"|(?:absolute|relative)(?!\s(?:\w{1,20}\s)?(?:error|deviation|distance|pose)))\b"
)
_GOES_ON = re.compile(
    r"(?:\s(?:on|in|for|over|against)\s[^,;.:()0-9]{1,40})?(?:,?\s(?:and\s|or\s)?(?:by\s|up\sto\s)?|/)\$?"
)
_OF_EITHER_SIGN = {"", "dB", "°", "V", "mV", "USD"}  # a negative one may be a value


def is_factor(before: str) -> bool:
    """Whether the words before a number make it a factor: `by a factor of 3`, `up to ×3`."""
    words = before.rstrip(" $")
    for sign in ("×", r"\times"):
        if words.endswith(sign):
            words = words.removesuffix(sign).rstrip(" $")
            return not words or words.endswith("(") or words[-2:].islower()  # not: N × 3
    return words.endswith(("factor of", "factors of"))


def form_of(before: str, number: str, behind: str, unit: str) -> Form:
    """The form of `number`, which counts `unit`, by it and by what stands at its sides."""
    if unit in {"x", "orders of magnitude"}:
        return "factor"
    is_negative = number.startswith(("-", "−")) and unit not in _OF_EITHER_SIGN
    is_gain = number.startswith("+") or unit == "points" or is_negative
    return "gain" if is_gain or _is_gained(before) or _BEHIND.match(behind) else "value"


def _is_gained(before: str) -> bool:
    """Whether the words before a number make it a gain: `by up to`, `an increase in recall of`."""
    plain = before.rstrip(r" ($~").removesuffix(r"\sim").removesuffix(r"\approx")
    words = plain.lower().replace("up to", "upto").replace("average of", "average").split()
    while words and _ABOUT.fullmatch(words[-1]):
        words.pop()
    if words[-1:] == ["of"]:
        is_of_change = bool(_IS_CHANGE.match(" ".join(words[-2:])))
        return is_of_change or bool(_IN_SOMETHING.search(" ".join(words[-8:])))
    return words[-1:] in (["by"], ["within"]) or bool(_IS_CHANGE.match("".join(words[-1:])))


def goes_on(between: str) -> bool:
    """Whether a second number follows as the first: `by 3% on X and 5%`."""
    return bool(_GOES_ON.fullmatch(between))
