"""Acronyms that a text defines: `structured state space sequence (S4)`.

Source: Schwartz & Hearst, A Simple Algorithm for Identifying Abbreviation Definitions in
Biomedical Text, PSB 2003.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

_BRACKET = re.compile(r"\(([^()\n]{2,80})\)")
_SHORT = re.compile(r"[A-Za-z0-9][\w@+./-]{1,11}(?: [\w-]{1,8})?$")
_WORD = re.compile(r"\S+")
_INITIAL = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"[^\W\d_][^\W\d_A-Z]*|\d")  # from one capital to the next
_SMALL = frozenset({"of", "and", "for", "the", "in", "on", "with", "to", "a"})
_COINED = re.compile(r"(?=(?:[a-z0-9]{0,6}[A-Z]){2})[A-Za-z][A-Za-z0-9]{0,8}(?:-[A-Za-z]{1,6})?")
_SOUNDS = {"2": "to", "4": "for"}
_BREAK = re.compile(r"\(|[.!?] [A-Z]")  # no long form holds a bracket or the end of a sentence
_MOST_WORDS = 10
_ENDING = 4  # letters of an ending that may stand for a word
_LONGEST = 120  # characters of a long form that are looked at


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short form and its long form, each with its bounds in the text."""

    short: tuple[int, int]
    long: tuple[int, int]


def find_acronyms(text: str) -> Iterator[Acronym]:
    """Every `long form (SF)` and `SF (long form)` of `text` in order of the brackets."""
    for bracket in _BRACKET.finditer(text):
        start, stop = _first_part(bracket)
        before = max(bracket.start() - _LONGEST, text.rfind("\n", 0, bracket.start()) + 1, 0)
        if _is_short(text[start:stop]):
            long_start = _long_form_start(text[start:stop], text[before : bracket.start()].rstrip())
            if long_start is not None:
                long_stop = before + len(text[before : bracket.start()].rstrip())
                yield Acronym((start, stop), (before + long_start, long_stop))
                continue
        word = re.search(r"[\w@+./-]+$", text[before : bracket.start()].rstrip())
        if word and word.group()[0].isupper() and " " in text[start:stop]:
            long_start = _long_form_start(word.group(), text[start:stop])
            if long_start == 0:
                yield Acronym((before + word.start(), before + word.end()), (start, stop))


def is_coined(short: str) -> bool:
    """Whether `short` looks like an acronym: `S2F`, `RetNet`."""
    return bool(_COINED.fullmatch(short))


def spells_out(long: str, short: str) -> bool:
    """Whether `short` is made of the first letters of the words of `long`: `Slow-to-Fast`, `S2F`.

    Further letters of a word may follow in lower case (`RetNet`); small words may lack.
    """
    words = [word.lower() for word in _INITIAL.findall(long)]
    signs = [sign for sign in re.sub(r"(?<=[A-Z])s$", "", short) if sign.isalnum()]
    if not (is_coined(short) and 2 <= len(words) <= _MOST_WORDS):
        return False

    @cache
    def fit(sign: int, word: int) -> bool:
        """Whether the signs and the words from these places on fit."""
        if word == len(words) or sign == len(signs):
            return sign == len(signs) and _SMALL.issuperset(words[word:])
        if words[word] in _SMALL and fit(sign, word + 1):
            return True
        if signs[sign] in _SOUNDS:
            return words[word] == _SOUNDS[signs[sign]] and fit(sign + 1, word + 1)
        return any(fit(sign + taken, word + 1) for taken in _taken(signs[sign:], words[word]))

    return fit(0, 0)


def _taken(signs: Sequence[str], word: str) -> Iterator[int]:
    """How many of `signs` may stand for `word`: its first letter, and then small ones, in order."""
    at = int(word[0] == signs[0].lower())
    taken = 0
    while at:
        taken += 1
        yield taken
        is_further = taken < len(signs) and signs[taken].islower()
        at = word.find(signs[taken], at) + 1 if is_further else 0


def _is_spelled(short: str, long: str) -> bool:
    """Whether the letters of `short` are those of words in `long`, each from its first letter on.

    A capital within a word may be its first, as in `LAtent consisTency`; `deep learning` does not
    spell out DNN.
    """
    pieces = [piece.lower() for piece in _PIECE.findall(long)]
    plain = "".join(sign for sign in short.lower() if sign.isalnum())
    return any(_fits(signs, pieces) for signs in (_signs(short), plain)) or spells_out(long, short)


def _fits(signs: str, pieces: Sequence[str]) -> bool:
    """Whether `signs` stand in some of `pieces` in order, in each from its first on; 4 is `for`."""

    @cache
    def fit(sign: int, piece: int) -> bool:
        """Whether the signs and the pieces from these places on fit."""
        if sign == len(signs) or piece == len(pieces):
            return sign == len(signs)
        rest = signs[sign:]
        is_end = len(rest) >= _ENDING and pieces[piece].endswith(rest)  # QDSFormer: Transformer
        is_sound = _SOUNDS.get(rest[0]) == pieces[piece]
        taken = [1] if is_sound else _taken(rest, pieces[piece])
        return is_end or any(fit(sign + count, piece + 1) for count in (0, *taken))

    return fit(0, 0)


def _first_part(bracket: re.Match[str]) -> tuple[int, int]:
    """Bounds of what stands in the bracket before a comma or semicolon."""
    part = re.split(r"[,;]", bracket.group(1))[0].rstrip()
    start = bracket.start(1) + len(part) - len(part.lstrip())
    return start, bracket.start(1) + len(part)


def _is_short(form: str) -> bool:
    letters = sum(sign.isalpha() for sign in form)
    is_capital = sum(sign.isupper() or sign.isdigit() for sign in form) >= 2
    return bool(_SHORT.match(form)) and letters >= 1 and is_capital


def _long_form_start(short: str, before: str) -> int | None:
    """Where in `before`, which ends at the bracket, the long form of `short` starts.

    Initials go first, so `Proximal Policy Optimization (PPO)` keeps its first word.
    """
    signs = _signs(short)
    if not signs:
        return None
    most_words = min(len(signs) + 5, len(signs) * 2)
    words = [word.start() for word in _WORD.finditer(before)][-most_words:]
    at = _by_initials(signs, before)
    if at is None:
        at = _by_letters(signs, before)
    if at is None or not words or at < words[0] or _BREAK.search(before, at):
        return None
    long_form = before[at:]
    is_longer = len(long_form) > len(short) and short.lower() not in long_form.lower().split()
    return at if is_longer and _is_spelled(short, long_form) else None


def _by_initials(signs: str, before: str) -> int | None:
    """Where the last words of `before` whose initials are `signs` start."""
    words = [word for word in _INITIAL.finditer(before) if word.group() not in _SMALL]
    last = words[-len(signs) :]
    if "".join(word.group()[0] for word in last).lower() != signs:
        return None
    return _word_start(before.lower(), last[0].start(), signs[0])


def _by_letters(signs: str, before: str) -> int | None:
    """Where the shortest end of `before` starts that holds all `signs` in order."""
    lower = "".join(sign.lower()[0] for sign in before)  # one sign for one, whatever the script
    at = len(lower)
    for index in range(len(signs) - 1, -1, -1):
        at = _last_match(signs[index], lower, at, is_first=index == 0)
        if at < 0:
            return None
    return _word_start(lower, at, signs[0])


def _word_start(before: str, at: int, sign: str) -> int:
    """The start of the hyphenated word around `at` where it begins with `sign` too."""
    start = at
    while start > 0 and not before[start - 1].isspace() and before[start - 1] != "(":
        start -= 1
    return start if before[start : start + 1] == sign else at


def _signs(short: str) -> str:
    """The letters to look for: `LLMs` -> `llm`; a number repeats its letter: `S4` -> `ssss`."""
    singular = re.sub(r"(?<=[A-Z])s$", "", short)
    counted = re.sub(r"([A-Za-z])([2-5])(?!\d)", lambda sign: sign[1] * int(sign[2]), singular)
    return re.sub(r"[^A-Za-z0-9]", "", counted).lower()


def _last_match(sign: str, before: str, stop: int, *, is_first: bool) -> int:
    """The last place of `sign` before `stop`; the first sign must begin a word."""
    at = before.rfind(sign, 0, stop)
    while at > 0 and is_first and before[at - 1].isalnum():
        at = before.rfind(sign, 0, at)
    return at
