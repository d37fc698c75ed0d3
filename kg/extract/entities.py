"""Names by a trained pipeline: what stands in `doc.ents` under one of our labels.

A label is a kind, such as `Method`, or a kind and a question mark for what is doubtful: `Method?`.
Our own component also says how probable each label of each token is, and what it nearly found
counts, too: others may know more of it.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import cast

from spacy.tokens import Doc, Span

from kg.extract.candidates import Name
from kg.extract.labels import SPAN_LABELS, label_spans
from kg.records import Kind

_CONFIDENCE = 0.9  # of a pipeline that does not say how sure it is
_MOST = 0.99  # 1 is what the user says
_OUTSIDE = 0.25  # nearly found: at least a quarter as probable as nothing
ATTACHED = (  # what may follow a name within one word: `Transformer-based`
    "based|style|like|guided|driven|powered|generated|trained|pretrained|derived|augmented|"
    "enhanced|optimized|adapted|aligned|compatible|backed|inspired|specific|free|level|aware"
)
_ATTACHED_END = re.compile(f"-(?:{ATTACHED})$", re.IGNORECASE)

if not Span.has_extension("kg_confidence"):
    Span.set_extension("kg_confidence", default=None)  # for a pipeline to set, 0 to 1
if not Doc.has_extension("kg_scores"):
    Doc.set_extension("kg_scores", default=None)  # tokens x LABELS, by our own component


def names_of_entities(doc: Doc) -> Iterator[Name]:
    """The entities of `doc` that have a label of ours, and then what was nearly found.

    None crosses a line, and what is attached to a name (`-based`) is left off.
    """
    for entity in chain(_entities(doc), _nearly(doc)):
        text = entity.text
        start = entity.start_char + len(text) - len(text.lstrip())
        kept = _ATTACHED_END.sub("", text.strip())
        if kept and "\n" not in kept:
            label = entity.label_.removesuffix("?")
            yield Name(
                start,
                start + len(kept),
                cast(Kind, label),
                _confidence(entity),
                by="pipeline" if doc._.kg_scores is None else "model",
                doubtful=label != entity.label_,
            )


def is_ours(label: str) -> bool:
    """Whether entities with this label are names that are looked for."""
    return label in SPAN_LABELS


def _entities(doc: Doc) -> Iterator[Span]:
    return (entity for entity in doc.ents if is_ours(entity.label_))


def _nearly(doc: Doc) -> Iterator[Span]:
    if doc._.kg_scores is not None:
        taken = {place for entity in doc.ents for place in range(entity.start, entity.end)}
        for start, stop, label in label_spans(doc._.kg_scores, outside=_OUTSIDE):
            if taken.isdisjoint(range(start, stop)):
                yield Span(doc, start, stop, label)


def _confidence(entity: Span) -> float:
    stated = entity._.kg_confidence
    return min(float(stated), _MOST) if stated is not None and stated > 0 else _CONFIDENCE
