"""Names by a trained pipeline: what stands in `doc.ents` under one of our labels.

A label is a kind, such as `Method`, or a kind and a question mark for what is doubtful: `Method?`.
Our own component also says how probable each label of each token is, so every span that is not too
improbable is a candidate, and they may overlap: who knows more of them decides.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import cast

from spacy.tokens import Doc, Span

from kg.extract.candidates import Name, Source
from kg.extract.labels import SPAN_LABELS, possible_spans
from kg.records import Kind

_CONFIDENCE = 0.9  # of a pipeline that does not say how sure it is
_MOST = 0.99  # 1 is what the user says
ATTACHED = (  # what may follow a name within one word: `Transformer-based`
    "based|style|like|guided|driven|powered|generated|trained|pretrained|derived|augmented|"
    "enhanced|optimized|adapted|aligned|compatible|backed|inspired|specific|free|level|aware"
)
_ATTACHED_END = re.compile(f"-(?:{ATTACHED})$", re.IGNORECASE)

Found = tuple[int, int, str, float]  # first character, the one after the last, label, confidence

if not Span.has_extension("kg_confidence"):
    Span.set_extension("kg_confidence", default=None)  # for a pipeline to set, 0 to 1
if not Doc.has_extension("kg_scores"):
    Doc.set_extension("kg_scores", default=None)  # tokens x LABELS, by our own component


def names_of_entities(doc: Doc, text: str) -> Iterator[Name]:
    """The entities of `doc` that have a label of ours, and then what else is possible.

    None crosses a line, and what is attached to a name (`-based`) is left off. `text` is that of
    `doc`, put together once.
    """
    by: Source = "pipeline" if doc._.kg_scores is None else "model"
    for first, last, label, confidence in chain(_entities(doc), _possible(doc)):
        word = text[first:last]
        start = first + len(word) - len(word.lstrip())
        kept = _ATTACHED_END.sub("", word.strip())
        if kept and "\n" not in kept and _is_whole(kept):
            kind = cast(Kind, label.removesuffix("?"))
            yield Name(start, start + len(kept), kind, confidence, by=by, doubtful=kind != label)


def is_ours(label: str) -> bool:
    """Whether entities with this label are names that are looked for."""
    return label in SPAN_LABELS


def _is_whole(word: str) -> bool:
    """Whether no bracket lacks its partner, and no sign of a sentence stands at an end."""
    are_paired = all(word.count(a) == word.count(b) for a, b in ("()", "[]", "{}"))
    return are_paired and word[0] not in "-,;:/)" and word[-1] not in "-,;:/("


def _entities(doc: Doc) -> Iterator[Found]:
    for entity in doc.ents:
        if is_ours(entity.label_):
            yield entity.start_char, entity.end_char, entity.label_, _confidence(entity)


def _possible(doc: Doc) -> Iterator[Found]:
    if doc._.kg_scores is not None:
        starts = doc.to_array("IDX").tolist()
        stops = (doc.to_array("LENGTH") + doc.to_array("IDX")).tolist()
        for first, stop, label in possible_spans(doc._.kg_scores):
            yield starts[first], stops[stop - 1], label, _CONFIDENCE


def _confidence(entity: Span) -> float:
    stated = entity._.kg_confidence
    return min(float(stated), _MOST) if stated is not None and stated > 0 else _CONFIDENCE
