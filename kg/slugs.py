"""Slugs: readable ids of names whose words were run together, such as `graph-neural-network`.

A hyphen only helps the eye: without those between letters the slug is what it was made of, so two
names have one slug only where they are spelled alike.
"""

import math
import re
from functools import cache, lru_cache
from importlib.resources import files

_RUN = re.compile(r"\d+(?:\.\d+)*|[a-z]+")
_UNKNOWN, _LETTER = 9.0, 2.5  # what an unknown word costs, and each of its letters
_ROMAN = frozenset({"ii", "iii", "iv", "vi", "vii", "viii"})
_UNIT = 2.0  # what a letter costs that stands directly behind a number: 4o, 7b
_PART = math.inf  # what only begins a word costs


@lru_cache(maxsize=20_000)
def slug(solid: str) -> str:
    """`solid` with hyphens between what look like words, and between words and numbers.

    Words are told apart by how common they are in names of the field (`words.txt`, the most common
    first). A single letter keeps its number, and a number its single letter.

    >>> slug("graphneuralnetwork"), slug("cifar10"), slug("llama3-8binstruct"), slug("s4")
    ('graph-neural-network', 'cifar-10', 'llama-3-8b-instruct', 's4')
    """
    return "-".join(part for chunk in solid.split("-") for part in _pieces(chunk))


def is_common(word: str) -> bool:
    """Whether `word` is common in names of the field."""
    return _costs().get(word, _PART) < _PART


def last_word(letters: str) -> str:
    """The last of the words that were run together, as far as they can be told apart."""
    runs = _RUN.findall(letters)
    if not runs or not runs[-1].isalpha():
        return letters
    *before, last = _segments(runs[-1])[0]
    return "".join([*before[-1:], last]) if len(last) == 1 else last


def _pieces(chunk: str) -> list[str]:
    pieces: list[str] = []
    for run in _RUN.findall(chunk):
        if run[0].isdigit():
            pieces[-1:] = _with_number(pieces[-1], run) if pieces else [run]
        elif pieces and _is_unit(run):
            pieces[-1] += run[0]
            pieces += _segments(run[1:])[0]
        else:
            pieces += _segments(run)[0]
    if len(pieces) > 1 and len(pieces[-1]) == 1 and (pieces[-2][-1] + pieces[-1]).isalpha():
        pieces[-2:] = ["".join(pieces[-2:])]  # a last letter is parted in `solid`, or not at all
    return pieces


def _with_number(word: str, number: str) -> list[str]:
    """A word and the number behind it; a last letter that is none of the word goes with it: r1."""
    is_letter = len(word) > 3 and is_common(word[:-1]) and not is_common(word)
    if len(word) == 1 or is_letter:
        return [*filter(None, [word[:-1]]), word[-1] + number]
    return [word, number]


def _is_unit(run: str) -> bool:
    """Whether the first letter of `run`, which follows a number, belongs to the number."""
    if run in _ROMAN:
        return False
    return len(run) == 1 or _segments(run[1:])[1] + _UNIT < _segments(run)[1]


@lru_cache(maxsize=100_000)
def _segments(run: str) -> tuple[list[str], float]:
    """The likeliest words that make up a run of letters, and what they cost."""
    costs, size = _costs(), len(run)
    best = [0.0] + [math.inf] * size  # the least cost up to each place ...
    starts = [0] * (size + 1)  # ... and where the last word begins then
    unknown, begun = math.inf, 0  # the same if the last word is an unknown one
    for start in range(size):
        cost = best[start]
        if cost + _UNKNOWN < unknown:
            unknown, begun = cost + _UNKNOWN, start
        unknown += _LETTER
        if unknown < best[start + 1]:
            best[start + 1], starts[start + 1] = unknown, begun
        for stop in range(start + 1, size + 1):
            of_word = costs.get(run[start:stop])
            if of_word is None:
                break
            if cost + of_word < best[stop]:
                best[stop], starts[stop] = cost + of_word, start
    words, stop = [], size
    while stop:
        words.append(run[starts[stop] : stop])
        stop = starts[stop]
    return words[::-1], best[size]


@cache
def _costs() -> dict[str, float]:
    """What each word costs, by its rank; also of all that only begins one."""
    words = files("kg").joinpath("words.txt").read_text("ascii").split()
    begun = {word[:stop]: _PART for word in words for stop in range(1, len(word))}
    ranks = {word: math.log((rank + 1) * math.log(len(words))) for rank, word in enumerate(words)}
    return begun | ranks
