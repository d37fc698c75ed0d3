"""Calibration: whether mentions are right as often as their confidence says."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import fsum
from operator import itemgetter

from kg.evaluate.gold import GoldPaper
from kg.evaluate.spellings import folded
from kg.records import Extraction, Kind

_BINS = 10

_Point = tuple[float, float]  # confidence, and 1 for a mention that is right, 0 for another


@dataclass(frozen=True, slots=True)
class Bin:
    """Mentions of like confidence."""

    lowest: float  # confidence
    highest: float
    mentions: int
    confidence: float  # the mean
    right: float  # share of the mentions


@dataclass(frozen=True, slots=True)
class Calibration:
    """The bins by rising confidence; none where there is no mention."""

    bins: tuple[Bin, ...]

    @property
    def mentions(self) -> int:
        """How many were judged."""
        return sum(one.mentions for one in self.bins)

    @property
    def error(self) -> float:
        """The expected calibration error: by how much a bin's confidence and share right differ,
        on average over the mentions; 0 where there is none."""
        gaps = (one.mentions * abs(one.confidence - one.right) for one in self.bins)
        return sum(gaps) / (self.mentions or 1)


def calibrate(pairs: Iterable[tuple[GoldPaper, Extraction]]) -> Calibration:
    """The calibration of the confidence of mentions, over 10 bins of equal mass.

    Judged are the mentions of salient terms of all kinds but Repository. A mention is right if the
    paper's gold has a required entity of its kind with the mention's folded text among its
    spellings; one whose text is that of an optional entity alone is left out. The bins are cut
    from the mentions in order of confidence and differ by one mention at most; mentions of one
    confidence count each as their mean, so that their order makes no difference.

    Source: Guo et al. 2017, "On Calibration of Modern Neural Networks", with bins of equal mass as
    in Nguyen and O'Connor 2015, "Posterior calibration and exploratory analysis".
    """
    points = [point for pair in pairs for point in judged_mentions(*pair)]
    evened = list(_evened(points))
    cuts = [len(evened) * cut // _BINS for cut in range(_BINS + 1)]
    parts = (evened[start:stop] for start, stop in pairwise(cuts))
    return Calibration(tuple(_bin(part) for part in parts if part))


def judged_mentions(paper: GoldPaper, extraction: Extraction) -> Iterator[_Point]:
    """Confidence of each mention of a paper that is judged, and whether it is right."""
    required = _spelled(paper, optional=False)
    optional = _spelled(paper, optional=True)
    for term in extraction.terms:
        if term.salient and term.kind != "Repository":
            for mention in term.mentions:
                key = (term.kind, folded(mention.text))
                if key in required or key not in optional:
                    yield mention.confidence, float(key in required)


def _spelled(paper: GoldPaper, *, optional: bool) -> set[tuple[Kind, str]]:
    """Each kind and spelling of the entities that are optional, or of those that are not."""
    entities = (entity for entity in paper.entities if entity.optional == optional)
    return {(entity.kind, spelling) for entity in entities for spelling in entity.spellings}


def _evened(points: Iterable[_Point]) -> Iterator[_Point]:
    """`points` by rising confidence, those of one confidence each as right as their mean."""
    for confidence, same in groupby(sorted(points), key=itemgetter(0)):
        rights = [right for _, right in same]
        yield from [(confidence, _mean(rights))] * len(rights)


def _bin(points: Sequence[_Point]) -> Bin:
    confidences, rights = zip(*points, strict=True)
    means = (_mean(confidences), _mean(rights))
    return Bin(confidences[0], confidences[-1], len(points), *means)


def _mean(values: Sequence[float]) -> float:
    return fsum(values) / len(values)
