"""What is known of a term before it is decided what it is: one row of numbers a group of names.

The trained component's probabilities, what the rules and the list say, where and how often it is
named, how the name looks, and the words around it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.evidence import sentence_bounds
from kg.extract.candidates import Name
from kg.extract.gazetteer import is_umbrella
from kg.extract.labels import NAMED, Scores, begins, goes_on
from kg.keys import canonical_key

Features = NDArray[np.float32]
Group = Sequence[Name]

_NUMBER = re.compile(r"\d\.\d|\d\s?%|\d[x×]\b")
_WE = re.compile(r"\b(?:we|our)\b", re.IGNORECASE)
_CLAIM = re.compile(
    r"outperform|improv|achiev|state-of-the-art|better|higher|lower|reduc|surpass", re.IGNORECASE
)
_BEFORE = tuple(
    re.compile(rf"(?:{words})$", re.IGNORECASE)
    for words in (
        r"\(",
        r"(?:such as|including|like|e\.g\.,?) ",
        r"\b(?:for|of) ",
        r"\bon ",
        r"\b(?:using|via|with|by) ",
        r"\bin ",
        r"\b(?:a|an|the) ",
        r", |\band ",
    )
)
_BEHIND = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"\s?\(",
        r" (?:datasets?|benchmarks?|corpus)",
        r" (?:models?|methods?|algorithms?|frameworks?|architectures?|networks?)",
        r" (?:tasks?|problems?)",
        r" (?:scores?|metrics?)",
        r",| and",
        r"-",
    )
)
_CASES = re.compile(r"[a-z][A-Z]|[A-Z]{2}")
_AROUND = 20  # characters


def term_features(doc: Doc, text: str, groups: Sequence[Group]) -> Features:
    """One row a group; none where there is no group. `text` is that of `doc`, put together once."""
    names = list(chain.from_iterable(groups))
    if not names:
        return np.zeros((0, 0), dtype=np.float32)
    starts = np.cumsum([0, *(len(group) for group in groups[:-1])])
    sure = _probabilities(doc, names)
    seen = np.array([[*_said(text, name)] for name in names], dtype=np.float32)
    counts = np.array([[len(group)] for group in groups], dtype=np.float32)
    mean = np.add.reduceat(sure, starts) / counts
    most = np.maximum.reduceat(np.hstack([sure, seen]), starts)
    share = np.add.reduceat(seen[:, :4], starts) / counts
    forms = {text[slice(*bounds)] for one in doc._.kg_acronyms for bounds in (one.short, one.long)}
    own = np.array([[*_looks(text, group, forms)] for group in groups], dtype=np.float32)
    whole = np.array([[np.log1p(len(text)), np.log1p(len(groups)), bool(doc._.kg_links)]])
    wholes = np.repeat(whole.astype(np.float32), len(groups), axis=0)
    return np.hstack([most, mean, sure[starts], share, np.log1p(counts), own, wholes])


def _probabilities(doc: Doc, names: Sequence[Name]) -> Features:
    """Of each name: the mean probability of each label, and how sure its bounds are."""
    scores: Scores = doc._.kg_scores
    begin, go_on = begins(scores), goes_on(scores)
    inside = begin + go_on
    sums = np.vstack([np.zeros((1, inside.shape[1])), np.cumsum(inside, axis=0)])
    begun = begin.sum(axis=1)
    left = np.append(1 - go_on.sum(axis=1), 1)  # how probable it is that nothing goes on here
    places = doc.to_array("IDX")
    first = np.searchsorted(places, [name.start for name in names], side="right") - 1
    stop = np.maximum(np.searchsorted(places, [name.stop for name in names]), first + 1)
    mean = (sums[stop] - sums[first]) / (stop - first)[:, None]
    least = [1 - scores[a:b, 0].max() for a, b in zip(first, stop, strict=True)]
    return np.column_stack([mean, begun[first], left[stop], least]).astype(np.float32)


def _said(text: str, name: Name) -> Iterator[float]:
    """What stands around one mention, and what rules and lists say of it."""
    first, last = sentence_bounds(text, name.start, name.stop)
    sentence = text[first:last]
    before = text[max(name.start - _AROUND, 0) : name.start]
    behind = text[name.stop : name.stop + _AROUND]
    in_title = first == 0
    yield in_title
    yield bool(_NUMBER.search(sentence)) and not in_title
    yield any(sign.isdigit() for sign in before + behind) and not in_title
    yield bool(_CLAIM.search(sentence))
    yield bool(_WE.search(sentence))
    for pattern in _BEFORE:
        yield pattern.search(before) is not None
    for pattern in _BEHIND:
        yield pattern.match(behind) is not None
    found = (name, *name.also)
    for kind in NAMED:
        yield max(
            (one.confidence for one in found if (one.by, one.kind) == ("rule", kind)), default=0
        )
    listed = [one.kind for one in found if one.by == "known"]
    word = text[name.start : name.stop]
    for kind in NAMED:
        yield kind in listed
        yield kind in listed and is_umbrella(kind, canonical_key(kind, word))
    yield name.cue == "own"
    yield name.cue == "compared"


def _looks(text: str, group: Group, forms: set[str]) -> Iterator[float]:
    """How the names of a group look, and where the first stands."""
    names = {text[name.start : name.stop] for name in group}
    longest = max(names, key=lambda name: (" " in name, len(name), name))
    yield len(names)
    yield len(longest)
    yield longest.count(" ")
    yield any(sign.isdigit() for sign in longest)
    yield longest == longest.lower()
    yield longest[0].isupper()
    yield bool(_CASES.search(longest))
    yield "-" in longest
    yield not forms.isdisjoint(names)
    yield group[0].start / len(text)
