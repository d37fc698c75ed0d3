"""The trained component: spaCy's hash-embedding CNN gives each token a label; spans follow.

Texts are read one by one, so that what is found does not depend on how they are batched.

Source: Honnibal, "Embed, encode, attend, predict", https://explosion.ai/blog/deep-learning-formula-nlp
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import registry
from spacy.vocab import Vocab
from thinc.api import Model, NumpyOps

from kg.extract.labels import LABELS, SPAN_LABELS, Scores, label_spans

DEFAULT_MODEL = {
    "@architectures": "spacy.Tagger.v2",
    "nO": len(LABELS),
    "normalize": True,
    "tok2vec": {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": 192,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": [10000, 500, 3000, 2000],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 192,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 2,
        },
    },
}


class EntityTagger(TrainablePipe):  # type: ignore[misc]
    """Labels each token; writes `doc._.kg_scores` and `doc.ents`.

    Trained by `spacy train` on entities with the labels of `SPAN_LABELS`; others are not learned.
    """

    def __init__(self, vocab: Vocab, model: Model[list[Doc], list[Scores]], name: str) -> None:
        super().__init__(vocab, model, name)
        self.scorer = registry.scorers.get("spacy.ner_scorer.v1")()
        for node in model.walk():
            if isinstance(node.ops, NumpyOps):  # whose other product of matrices is slower
                node.ops = NumpyOps(use_blis=False)

    @property
    def labels(self) -> tuple[str, ...]:
        return SPAN_LABELS

    def predict(self, docs: Iterable[Doc]) -> list[Scores]:
        """The scores of each text: tokens x `LABELS`. White space is never part of a name."""
        return [self._scores(doc) for doc in docs]

    def set_annotations(self, docs: Iterable[Doc], scores: Sequence[Scores]) -> None:
        for doc, rows in zip(docs, scores, strict=True):
            doc._.kg_scores = rows
            doc.set_ents([Span(doc, *span) for span in label_spans(rows)])

    def get_loss(
        self, examples: Iterable[Example], scores: Sequence[Scores]
    ) -> tuple[float, list[Scores]]:
        """Cross-entropy and its gradient; tokens without annotation count for nothing."""
        ops = self.model.ops
        gradients, loss = [], 0.0
        for example, rows in zip(examples, scores, strict=True):
            wanted = ops.asarray(_wanted(example))
            known = wanted.sum(axis=1, keepdims=True)
            gradient = (rows - wanted) * known
            loss += float((gradient**2).sum())
            gradients.append(gradient)
        return loss, gradients

    def initialize(
        self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language | None = None
    ) -> None:
        """Makes the model ready for training, if it has learned nothing yet."""
        some = [example.x for example, _ in zip(get_examples(), range(10), strict=False)]
        self.model.initialize(X=some)

    def _scores(self, doc: Doc) -> Scores:
        if not len(doc):
            return np.zeros((0, len(LABELS)), dtype=np.float32)
        rows: Scores = self.model.ops.to_numpy(self.model.predict([doc])[0])
        rows[doc.to_array("IS_SPACE") == 1] = np.eye(1, len(LABELS))
        return rows


def _wanted(example: Example) -> Scores:
    """One-hot rows; zeros for a token whose label is unknown or none of ours."""
    rows = np.zeros((len(example.x), len(LABELS)), dtype=np.float32)
    for row, tag in zip(rows, example.get_aligned_ner(), strict=True):
        label = tag and tag.replace("U-", "B-").replace("L-", "I-")
        if label in LABELS:
            row[LABELS.index(label)] = 1
    return rows


@Language.factory(
    "kg_ner",
    assigns=["doc._.kg_scores", "doc.ents"],
    default_config={"model": DEFAULT_MODEL},
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0},
)
def make_tagger(nlp: Language, name: str, model: Model[Any, Any]) -> EntityTagger:
    """Component that finds names by a trained model."""
    return EntityTagger(nlp.vocab, model, name)
