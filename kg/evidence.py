"""Evidence: the sentence around the words that a fact was read from."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

_END = re.compile(r"[.!?][\"'”’)\]]{0,2}\s+(?=[\"'“‘(\[]?[A-Z0-9$\\])|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|cf|vs|resp|approx|Fig|Figs|Eq|Eqs|Sec|Tab|No|Dr|Prof|St|w\.r\.t)"
    r"|(?:^|[\s(])[A-Z])\.$"
)
_LONGEST_ABBREVIATION = 8
LONGEST = 1_000  # characters of a sentence


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Bounds of the sentences of `text` in order, without the white space between them.

    A line break always ends a sentence, so a title is a sentence of its own. What would be longer
    than `LONGEST` characters is cut at a space.
    """
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for start, stop in _split(text):
        cut = _cut(text, start, stop)
        while cut < stop:
            yield start, cut
            start = cut + (text[cut] == " ")  # noqa: PLW2901 - what is left of the sentence
            cut = _cut(text, start, stop)
        if start < stop:
            yield start, stop


def _cut(text: str, start: int, stop: int) -> int:
    """`stop`, or a place before it where a sentence that is too long is cut."""
    if stop - start <= LONGEST:
        return stop
    space = text.rfind(" ", start + 1, start + LONGEST)
    return space if space > 0 else start + LONGEST


def _split(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _END.finditer(text):
        stop = end.start() if end.group() == "\n" else end.start() + len(end.group().rstrip())
        if "\n" not in end.group() and _is_abbreviation(text, end.start() + 1):
            continue
        if stop > start:
            yield start, stop
        start = end.end()
    stop = start + len(text[start:].rstrip())
    if start < stop:
        yield start, stop


def sentence_bounds(text: str, start: int, stop: int) -> tuple[int, int]:
    """Bounds of the sentence (or sentences) that hold `text[start:stop]`."""
    starts, bounds = _all_sentences(text)
    first = max(bisect_right(starts, start) - 1, 0)
    last = max(bisect_right(starts, max(stop - 1, start)) - 1, 0)
    return min(bounds[first][0], start), max(bounds[last][1], stop)


def sentence(text: str, start: int, stop: int) -> str:
    """The sentence (or sentences) that hold `text[start:stop]`."""
    first, last = sentence_bounds(text, start, stop)
    return text[first:last]


def sentence_starts(text: str) -> list[int]:
    """Where the sentences of `text` start, in order; at least one."""
    return _all_sentences(text)[0]


@lru_cache(maxsize=64)
def _all_sentences(text: str) -> tuple[list[int], tuple[tuple[int, int], ...]]:
    """The starts of all sentences, and their bounds."""
    bounds = sentences(text) or ((0, len(text)),)
    return [start for start, _ in bounds], bounds


def _is_abbreviation(text: str, stop: int) -> bool:
    return bool(_ABBREVIATION.search(text[max(stop - _LONGEST_ABBREVIATION, 0) : stop]))
