"""Names by a trained pipeline: what stands in `doc.ents` under one of our labels.

A label is a kind, such as `Method`, or a kind and a question mark for what is doubtful: `Method?`.
"""

from collections.abc import Iterator
from typing import cast

from spacy.tokens import Doc, Span

from kg.extract.candidates import Name
from kg.records import KINDS, Kind

LABELS = tuple(kind for kind in KINDS if kind != "Repository")
_CONFIDENCE = 0.9  # of a pipeline that does not say how sure it is
_MOST = 0.99  # 1 is what the user says

if not Span.has_extension("kg_confidence"):
    Span.set_extension("kg_confidence", default=None)  # for a pipeline to set, 0 to 1


def names_of_entities(doc: Doc) -> Iterator[Name]:
    """The entities of `doc` that have a label of ours and do not cross a line, in order."""
    for entity in doc.ents:
        label = entity.label_.removesuffix("?")
        text = entity.text
        start = entity.start_char + len(text) - len(text.lstrip())
        stop = start + len(text.strip())
        if label in LABELS and start < stop and "\n" not in text.strip():
            doubtful = label != entity.label_
            kind, confidence = cast(Kind, label), _confidence(entity)
            yield Name(start, stop, kind, confidence, by="model", doubtful=doubtful)


def is_ours(label: str) -> bool:
    """Whether entities with this label are names that are looked for."""
    return label.removesuffix("?") in LABELS


def _confidence(entity: Span) -> float:
    stated = entity._.kg_confidence
    return min(float(stated), _MOST) if stated is not None and stated > 0 else _CONFIDENCE
