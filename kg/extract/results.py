"""Results: numbers that a text states as measured outcomes, each linked to what it is about."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.evidence import sentences
from kg.records import Form, Mention, Result, Term

_NUMBER = r"[+~≈-]?\$?\d+(?:,\d{3})*(?:\.\d+)?"
_UNIT = (
    r"\s?(?:\\?%|percent(?:age points?)?\b|points?\b|pp\b|\\times\b|times\b|×|[xX]\b|-?fold\b"
    r"|\$\\times\$?)"
)
_VALUE = re.compile(
    rf"(?<![\w.$\\^_/-])(?P<first>{_NUMBER})(?P<unit>{_UNIT})?"
    rf"(?:\s?(?:-|–|--|to)\s?(?P<last>{_NUMBER})(?P<last_unit>{_UNIT})?)?(?![\w@]|[.-]\d)"
)
_FACTOR = re.compile(r"times|×|x|fold", re.IGNORECASE)
_GAIN = re.compile(
    r"(?:\bby(?: (?:up to|over|about|at least|an average of|more than|nearly|around))?"
    r"|\b(?:improv|gain|increas|reduc|decreas|drop|boost|sav|cut|higher|lower)\w*"
    r"(?: of)?(?: (?:up to|over|about))?)"
    r"(?: (?:a|an|the|average|absolute|relative))*\s$",
    re.IGNORECASE,
)
_GAIN_BEHIND = re.compile(
    r"^\s(?:\w+\s){0,3}?(?:improvements?|gains?|increases?|reductions?|decreases?|higher|lower"
    r"|better|drop|boost|fewer|less|more)\b",
    re.IGNORECASE,
)
_RISE = re.compile(r"\bfrom\s$", re.IGNORECASE)
_MEASURING = re.compile(
    r"\b(?:achiev|reach|attain|obtain|yield|improv|outperform|reduc|increas|surpass|scor|accura"
    r"|result|perform|speed|faster|gain|boost|exceed|deliver|report|beat|drop|decreas|cut|sav"
    r"|higher|lower|up to|compar|only|retain|maintain)\w*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    text: str
    mentions: tuple[tuple[int, Term, Mention], ...]  # index of the term, the term, the mention

    def of_kind(self, kind: str) -> list[tuple[int, Term, Mention]]:
        return [mention for mention in self.mentions if mention[1].kind == kind]


def find_results(text: str, terms: Sequence[Term]) -> Iterator[Result]:
    """Every measured outcome of `text` in order; cells that the text does not state are None."""
    own = next((i for i, term in enumerate(terms) if term.role == "proposed"), None)
    for start, stop in sentences(text):
        sentence = _Sentence(start, text[start:stop], _mentions_within(terms, start, stop))
        if start and _MEASURING.search(sentence.text):
            for match in _VALUE.finditer(sentence.text):
                if _is_result(match, sentence):
                    yield _result(match, sentence, own)


def _mentions_within(
    terms: Sequence[Term], start: int, stop: int
) -> tuple[tuple[int, Term, Mention], ...]:
    return tuple(
        (index, term, mention)
        for index, term in enumerate(terms)
        for mention in term.mentions
        if start <= mention.start and mention.stop <= stop
    )


def _is_result(match: re.Match[str], sentence: _Sentence) -> bool:
    start, stop = sentence.start + match.start(), sentence.start + match.end()
    if any(m.start < stop and start < m.stop for _, _, m in sentence.mentions):
        return False
    if match["unit"] or match["last_unit"]:
        return True
    return _is_year(match) is False and _metric_beside(match, sentence) is not None


def _is_year(match: re.Match[str]) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", match["first"]))


def _metric_beside(match: re.Match[str], sentence: _Sentence) -> int | None:
    """The metric right beside the number, as in `34.8 BLEU` and `a BLEU score of 34.8`."""
    start, stop = sentence.start + match.start(), sentence.start + match.end()
    for index, _, mention in sentence.of_kind("Metric"):
        behind = sentence.text[stop - sentence.start : mention.start - sentence.start]
        before = sentence.text[mention.stop - sentence.start : start - sentence.start]
        if stop <= mention.start and re.fullmatch(r"\s(?:\w+\s)?", behind):
            return index
        if mention.stop <= start and re.fullmatch(
            r"\s?(?:scores?|rates?)?\s?(?:of|to|=|:|\()?\s?(?:about |up to |only )?", before
        ):
            return index
    return None


def _result(match: re.Match[str], sentence: _Sentence, own: int | None) -> Result:
    is_rise = bool(match["last"] and _RISE.search(sentence.text[: match.start()]))
    start = match.start("last") if is_rise else match.start()
    written = sentence.text[start : match.end()]
    unit = _unit(match["last_unit"] or match["unit"] or "")
    at = sentence.start + start
    metric = _metric_beside(match, sentence)
    baseline = _nearest(sentence, at, "Method", lambda t, m: t.role == "compared")
    return Result(
        start=at,
        stop=sentence.start + match.end(),
        text=written,
        number=_number(match["last"] if is_rise else match["first"]),
        unit=unit,
        form=_form(match, sentence.text, unit, is_rise),
        confidence=0.5,
        method=_method(sentence, at, own, baseline),
        dataset=_nearest(sentence, at, "Dataset"),
        metric=metric if metric is not None else _nearest(sentence, at, "Metric"),
        baseline=baseline,
    )


def _nearest(
    sentence: _Sentence,
    at: int,
    kind: str,
    accept: Callable[[Term, Mention], bool] = lambda term, mention: True,
) -> int | None:
    """The term of `kind` whose mention in the sentence is nearest to `at`."""
    found = [
        (abs(mention.start - at), index)
        for index, term, mention in sentence.of_kind(kind)
        if accept(term, mention)
    ]
    return min(found)[1] if found else None


def _method(sentence: _Sentence, at: int, own: int | None, baseline: int | None) -> int | None:
    """The paper's own method where the sentence names no other one before the number."""
    before = [
        (mention.start, index)
        for index, term, mention in sentence.of_kind("Method")
        if mention.stop <= at and term.role in {"proposed", "used"} and index != baseline
    ]
    proposed = [index for _, index in before if index == own]
    if proposed:
        return own
    return own if own is not None else (before[0][1] if before else None)


def _form(match: re.Match[str], sentence: str, unit: str, is_rise: bool) -> Form:
    if unit == "x":
        return "factor"
    before, behind = sentence[: match.start()], sentence[match.end() :]
    is_gain = _GAIN.search(before[-60:]) or _GAIN_BEHIND.match(behind) or match["first"][0] == "+"
    return "gain" if (is_gain or unit == "points") and not is_rise else "value"


def _unit(written: str) -> str:
    plain = written.strip().strip("\\$-").lower()
    if _FACTOR.fullmatch(plain):
        return "x"
    if plain in {"%", "percent"}:
        return "%"
    return "points" if plain else ""


def _number(written: str) -> float:
    return float(re.sub(r"[^0-9.-]", "", written.replace("+", "")))
