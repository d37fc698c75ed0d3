"""What a text holds, as arrays: its tokens, where it names terms, and where numbers stand.

This is all that is known when it is decided what the text says of its terms (`relations`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.evidence import sentence_starts
from kg.extract.labels import NAMED
from kg.extract.numbers import Number
from kg.records import Term

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

TAGS = 2 + 4 * len(NAMED)  # of a token: nothing; begins or goes on a term of a kind; a number
LOOKS = 11  # numbers that are known of a term
BETWEEN = 15  # numbers that are known of a number and a mention
MOST_MENTIONS = 1_000  # of which it is known what lies between them and a number
_ATTRIBUTES: list[int | str] = ["NORM", "PREFIX", "SUFFIX", "SHAPE"]
_NUMBER_TAG = TAGS - 1
_FAR, _NEAR = 100, 15  # tokens
_MANY = 3  # others between


@dataclass(frozen=True, slots=True)
class Layout:
    """A text's tokens, the places of `terms` (repositories have none) and of `numbers`."""

    attributes: NDArray[np.uint64]  # tokens x (norm, prefix, suffix, shape)
    tags: Ints  # of each token
    mentions: Ints  # mentions x (first token, stop)
    terms: Ints  # of each mention its term, in order
    kinds: Ints  # of each term
    looks: Floats  # terms x LOOKS
    numbers: Ints  # numbers x (first token, stop)
    between: Floats  # numbers x the first MOST_MENTIONS mentions x BETWEEN

    @classmethod
    def of(cls, doc: Doc, text: str, terms: Sequence[Term], numbers: Sequence[Number]) -> Self:
        """The layout of `text`, that of `doc`; `terms` are named and have mentions in order."""
        tokens = _Tokens(doc)
        kinds = np.array([NAMED.index(term.kind) for term in terms], dtype=np.int64)
        places = [(one.start, one.stop) for term in terms for one in term.mentions]
        chars = np.array(places, dtype=np.int64).reshape(-1, 2)
        counts = [len(term.mentions) for term in terms]
        of_term = np.repeat(np.arange(len(terms)), counts)
        at = np.array([(one.start, one.stop) for one in numbers], dtype=np.int64).reshape(-1, 2)
        mentions, stands = tokens.spans(chars), tokens.spans(at)
        salient = np.array([term.salient for term in terms], dtype=bool)
        tags = _tags(len(doc), mentions, 4 * kinds[of_term] + 2 * ~salient[of_term], stands)
        starts, near = sentence_starts(text), slice(MOST_MENTIONS)
        rows = _between(
            _Places(mentions[near], np.searchsorted(starts, chars[near, 0], side="right")),
            _Places(stands, np.searchsorted(starts, at[:, 0], side="right")),
            kinds[of_term[near]],
        )
        looks = _looks(text, terms, kinds)
        return cls(tokens.attributes, tags, mentions, of_term, kinds, looks, stands, rows)


class _Tokens:
    def __init__(self, doc: Doc) -> None:
        self.attributes = doc.to_array(_ATTRIBUTES).astype(np.uint64)
        self.starts = doc.to_array("IDX").astype(np.int64)

    def spans(self, chars: Ints) -> Ints:
        """First token and stop of each pair of offsets; at least one token each."""
        first = np.maximum(np.searchsorted(self.starts, chars[:, 0], side="right") - 1, 0)
        stop = np.searchsorted(self.starts, chars[:, 1])
        return np.stack([first, np.maximum(stop, first + 1)], axis=1)


@dataclass(frozen=True, slots=True)
class _Places:
    tokens: Ints  # places x (first, stop)
    sentences: Ints


def _tags(length: int, mentions: Ints, sorts: Ints, numbers: Ints) -> Ints:
    tags = np.zeros(length, dtype=np.int64)
    for (first, stop), sort in zip(mentions.tolist(), sorts.tolist(), strict=True):
        tags[first:stop] = sort + 2
        tags[first] = sort + 1
    for first, stop in numbers.tolist():
        tags[first:stop] = _NUMBER_TAG
    return tags


def _looks(text: str, terms: Sequence[Term], kinds: Ints) -> Floats:
    """How often, where and how a text names each term."""
    title = text.find("\n")
    counts = np.array([len(term.mentions) for term in terms], dtype=np.float32)
    of_kind = np.bincount(kinds, weights=counts, minlength=len(NAMED))
    rows = [
        (
            len(term.mentions) == 1,
            len(term.mentions) == 2,
            term.mentions[0].start < title,
            term.mentions[0].start / len(text),
            term.mentions[-1].start / len(text),
            len({one.text for one in term.mentions}) > 1,
            any(map(str.isdigit, term.name)),
            term.name != term.name.lower(),
            term.salient,
            term.mentions[0].confidence,
            len(term.mentions) / of_kind[kind],
        )
        for term, kind in zip(terms, kinds.tolist(), strict=True)
    ]
    return np.array(rows, dtype=np.float32).reshape(-1, LOOKS)


def _between(mentions: _Places, numbers: _Places, kinds: Ints) -> Floats:
    """What lies between each number and each mention."""
    at, named = numbers.tokens[:, :1], mentions.tokens[:, 0]
    apart = numbers.sentences[:, None] - mentions.sentences
    same, after = apart == 0, named > at
    away = np.abs(named - at)
    rank, of_sentence = _ranks(numbers.sentences, at[:, 0])
    place, of_kind = _ranks(mentions.sentences * len(NAMED) + kinds, named)
    ranks = rank[:, None]
    earlier = np.stack([(same & ~after & (kinds == k)).sum(axis=1) for k in range(len(NAMED))], 1)
    others = np.where(after, place - earlier[:, kinds], earlier[:, kinds] - place - 1)
    behind = (same & after).sum(axis=0)  # numbers of its sentence that a mention stands behind
    numbered = np.where(after, behind - ranks - 1, ranks - behind)
    columns = (
        same,
        apart == 1,
        apart > 1,
        apart < 0,
        mentions.sentences == 1,
        after,
        np.minimum(away, _FAR) / _FAR,
        np.minimum(away, _NEAR) / _NEAR,
        same * np.minimum(numbered, _MANY) / _MANY,
        same * np.minimum(others, _MANY) / _MANY,
        same & ~after & (others == 0),
        same & after & (others == 0),
        same & (ranks == place),
        same & (of_sentence[:, None] == of_kind),
        same & (np.abs(ranks - place) == 1),
    )
    return np.stack(np.broadcast_arrays(*columns), axis=2).astype(np.float32)


def _ranks(groups: Ints, places: Ints) -> tuple[Ints, Ints]:
    """Of each member of a group: how many stand before it there, and how many there are."""
    order = np.lexsort((places, groups))
    firsts = np.searchsorted(groups[order], groups[order])
    ranks = np.empty(len(groups), dtype=np.int64)
    ranks[order] = np.arange(len(groups)) - firsts
    counts = np.bincount(groups, minlength=1)[groups] if len(groups) else ranks
    return ranks, counts
