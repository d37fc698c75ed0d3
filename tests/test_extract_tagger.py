"""The trained component: it learns from examples, and reads each text alone."""

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from kg.extract.tagger import EntityTagger

SMALL = {"width": 16, "rows": [200, 50, 100, 100]}
TEXTS = [
    (
        "ZipNet wins.\nWe train ZipNet on ShoeSet.",
        [(0, 6, "Method"), (22, 28, "Method"), (32, 39, "Dataset")],
    ),
    ("On ShoeSet\nWe test on the hard ShoeSet.", [(3, 10, "Dataset"), (31, 38, "Dataset")]),
]


def small_pipeline() -> Language:
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.WordTokenizer.v1"}}})
    tok2vec = {"embed": SMALL, "encode": {"width": 16, "depth": 2}}
    nlp.add_pipe("kg_ner", config={"model": {"tok2vec": tok2vec}})
    return nlp


def examples(nlp: Language) -> list[Example]:
    return [Example.from_dict(nlp.make_doc(text), {"entities": spans}) for text, spans in TEXTS]


@pytest.fixture(scope="module")
def trained() -> Language:
    nlp = small_pipeline()
    some = examples(nlp)
    optimizer = nlp.initialize(lambda: some)
    optimizer.learn_rate = 0.01
    for _ in range(60):
        nlp.update(some, sgd=optimizer)
    return nlp


def tagger(nlp: Language) -> EntityTagger:
    return nlp.get_pipe("kg_ner")  # type: ignore[return-value]


def entities(doc: Doc) -> list[tuple[str, str]]:
    return [(entity.text, entity.label_) for entity in doc.ents]


def test_it_learns_what_examples_show(trained: Language) -> None:
    assert entities(trained(TEXTS[0][0])) == [
        ("ZipNet", "Method"),
        ("ZipNet", "Method"),
        ("ShoeSet", "Dataset"),
    ]
    assert trained.evaluate(examples(trained))["ents_f"] == 1.0


def test_the_scores_of_a_token_are_probabilities(trained: Language) -> None:
    rows = trained(TEXTS[0][0])._.kg_scores

    assert rows.sum(axis=1) == pytest.approx(np.ones(len(rows)), abs=1e-4)


def test_a_text_has_the_same_scores_alone_and_among_others(trained: Language) -> None:
    docs = [trained.make_doc(text) for text, _ in TEXTS * 3]
    together = tagger(trained).predict(docs)

    for doc, rows in zip(docs, together, strict=True):
        (alone,) = tagger(trained).predict([doc])
        assert np.array_equal(rows, alone)


def test_white_space_is_never_part_of_a_name(trained: Language) -> None:
    doc = trained("ZipNet\nZipNet\n\nZipNet")

    assert {entity.text for entity in doc.ents} == {"ZipNet"}


def test_an_empty_text_has_no_entities(trained: Language) -> None:
    assert entities(trained("")) == []


def test_a_token_without_annotation_teaches_nothing() -> None:
    nlp = small_pipeline()
    unknown = Example.from_dict(nlp.make_doc("ZipNet wins."), {"entities": ["-", "-", "-"]})
    nlp.initialize(lambda: [unknown])
    (rows,) = tagger(nlp).predict([unknown.x])

    loss, (gradient,) = tagger(nlp).get_loss([unknown], [rows])

    assert loss == 0
    assert not gradient.any()


def test_it_comes_back_from_disk(trained: Language, tmp_path: Path) -> None:
    trained.to_disk(tmp_path)

    again = spacy.load(tmp_path)

    assert entities(again(TEXTS[0][0])) == entities(trained(TEXTS[0][0]))
