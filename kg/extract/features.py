"""What is known before it is decided what stands and what it is: one row of numbers a name or term.

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
from kg.extract.labels import NAMED, Scores, begins, edges, goes_on
from kg.keys import canonical_key, is_umbrella

Features = NDArray[np.float32]
Group = Sequence[Name]

_NUMBER = re.compile(r"\d\.\d|\d\s?%|\d[x×]\b")
_WE = re.compile(r"\b(?:we|our)\b", re.IGNORECASE)
_CLAIM = re.compile(
    r"outperform|improv|achiev|state-of-the-art|better|higher|lower|reduc|surpass", re.IGNORECASE
)
_BEFORE = (  # the last words before a name
    {"such as", "including", "like", "e.g.", "e.g.,"},
    {"for", "of"},
    {"on"},
    {"using", "via", "with", "by"},
    {"in"},
    {"a", "an", "the"},
    {"and"},
)
_BEHIND = (  # the first word behind it
    {"dataset", "datasets", "benchmark", "benchmarks", "corpus"},
    {
        *("model", "models", "method", "methods", "algorithm", "algorithms", "framework"),
        *("frameworks", "architecture", "architectures", "network", "networks"),
    },
    {"task", "tasks", "problem", "problems"},
    {"score", "scores", "metric", "metrics"},
    {"and"},
)
_CASES = re.compile(r"[a-z][A-Z]|[A-Z]{2}")
_AROUND = 20  # characters
_WHOLE = 0  # the column of how probable a whole name is
_MEANT, _FIRST = 32, 25  # so many columns count by their mean as well, and by their first name


def name_features(doc: Doc, text: str, groups: Sequence[Group]) -> Features:
    """One row a name, in the order of `groups`. `text` is that of `doc`, put together once."""
    names = list(chain.from_iterable(groups))
    if not names:
        return np.zeros((0, 0), dtype=np.float32)
    said = _Said(text)
    forms = {text[slice(*bounds)] for one in doc._.kg_acronyms for bounds in (one.short, one.long)}
    sure = _probabilities(doc, names)
    seen = [[*said.of(name), *_looks(text, name, forms)] for name in names]
    return np.hstack([sure, _again(text, names, sure[:, _WHOLE]), np.array(seen, dtype=np.float32)])


def term_features(
    text: str, groups: Sequence[Group], rows: Features, odds: Features, *, links: int
) -> Features:
    """One row a group, of the `rows` of its names and the `odds` of what each is."""
    if not groups:
        return np.zeros((0, 0), dtype=np.float32)
    starts = np.cumsum([0, *(len(group) for group in groups[:-1])])
    counts = np.array([[len(group)] for group in groups], dtype=np.float32)
    both = np.hstack([odds, rows])
    most = np.maximum.reduceat(both, starts)
    mean = np.add.reduceat(both[:, :_MEANT], starts) / counts
    forms = [[len({text[name.start : name.stop] for name in group})] for group in groups]
    whole = [np.log1p(len(text)), np.log1p(len(groups)), links > 0]
    wholes = np.repeat(np.array([whole], dtype=np.float32), len(groups), axis=0)
    return np.hstack([most, mean, both[starts, :_FIRST], np.log1p(counts), forms, wholes])


def _probabilities(doc: Doc, names: Sequence[Name]) -> Features:
    """Of each name: the mean probability of each label, how sure its bounds are, and its rivals."""
    scores: Scores = doc._.kg_scores
    begin, go_on, ended = edges(scores)
    inside = begins(scores) + goes_on(scores)
    sums = np.vstack([np.zeros((1, inside.shape[1])), np.cumsum(inside, axis=0)])
    logs = np.append(0, np.cumsum(np.log(go_on + 1e-4)))
    places = doc.to_array("IDX")
    first = np.searchsorted(places, [name.start for name in names], side="right") - 1
    stop = np.maximum(np.searchsorted(places, [name.stop for name in names]), first + 1)
    mean = (sums[stop] - sums[first]) / (stop - first)[:, None]
    least = [1 - scores[a:b, 0].max() for a, b in zip(first, stop, strict=True)]
    broken = [begin[a + 1 : b].max(initial=0) for a, b in zip(first, stop, strict=True)]
    whole = begin[first] * np.exp(logs[stop] - logs[first + 1]) * ended[stop]
    rivals = _rivals(names, whole.tolist())
    columns = [whole, mean, begin[first], ended[stop], least, broken, rivals]
    return np.column_stack(columns).astype(np.float32)


def _again(text: str, names: Sequence[Name], whole: Features) -> Features:
    """How often a name's words are a name in the text, and how probably at best and on average."""
    found: dict[str, list[float]] = {}
    words = [text[name.start : name.stop] for name in names]
    for word, probability in zip(words, whole.tolist(), strict=True):
        found.setdefault(word, []).append(probability)
    facts = {word: (np.log1p(len(p)), max(p), sum(p) / len(p)) for word, p in found.items()}
    return np.array([facts[word] for word in words], dtype=np.float32)


def _rivals(names: Sequence[Name], whole: Sequence[float]) -> NDArray[np.float32]:
    """How probable the best other name is that holds a name, lies within it or only crosses it."""
    found = np.zeros((len(names), 3), dtype=np.float32)
    order = sorted(range(len(names)), key=lambda k: (names[k].start, -names[k].stop))
    for place, one in enumerate(order):
        for other in order[place + 1 :]:
            if names[other].start >= names[one].stop:
                break
            within = names[other].stop <= names[one].stop
            found[one, 1 if within else 2] = max(found[one, 1 if within else 2], whole[other])
            found[other, 0 if within else 2] = max(found[other, 0 if within else 2], whole[one])
    return found


class _Said:
    """What stands around a mention, and what rules and lists say of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences: dict[tuple[int, int], tuple[bool, ...]] = {}

    def of(self, name: Name) -> list[float]:
        bounds = sentence_bounds(self.text, name.start, name.stop)
        if bounds not in self.sentences:
            sentence = self.text[slice(*bounds)]
            self.sentences[bounds] = _of_sentence(sentence, in_title=bounds[0] == 0)
        before = self.text[max(name.start - _AROUND, 0) : name.start]
        behind = self.text[name.stop : name.stop + _AROUND]
        is_measured = any(map(str.isdigit, before + behind)) and bounds[0] > 0
        around = [*_before(before), *_behind(behind), *_listed(self.text, name)]
        return [*self.sentences[bounds], is_measured, *around]


def _of_sentence(sentence: str, *, in_title: bool) -> tuple[bool, ...]:
    return (
        in_title,
        bool(_NUMBER.search(sentence)) and not in_title,
        bool(_CLAIM.search(sentence)),
        bool(_WE.search(sentence)),
    )


def _before(text: str) -> Iterator[bool]:
    yield text.endswith("(")
    words = text.lower().split(" ")[-3:-1] if text.endswith(" ") else []
    last = {words[-1], " ".join(words)} if words else set()
    for listed in _BEFORE:
        yield not listed.isdisjoint(last)
    yield text.endswith(", ")


def _behind(text: str) -> Iterator[bool]:
    yield text.startswith(("(", " ("))
    word = text[1:].partition(" ")[0].rstrip(".,;:)").lower() if text.startswith(" ") else ""
    for listed in _BEHIND:
        yield word in listed
    yield text.startswith(",")
    yield text.startswith("-")


def _listed(text: str, name: Name) -> Iterator[float]:
    """What rules and lists say."""
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


def _looks(text: str, name: Name, forms: set[str]) -> Iterator[float]:
    """How a name looks, and where it stands."""
    word = text[name.start : name.stop]
    yield len(word)
    yield word.count(" ")
    yield any(map(str.isdigit, word))
    yield word == word.lower()
    yield word[0].isupper()
    yield bool(_CASES.search(word))
    yield "-" in word
    yield word in forms
    yield name.start / len(text)
    yield text[name.start - 1 : name.start].isalnum() or text[name.stop : name.stop + 1].isalnum()
