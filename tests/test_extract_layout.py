"""The layout: what a text holds, as arrays."""

import numpy as np
import pytest

from kg.extract.layout import BETWEEN, LOOKS, MOST_MENTIONS, TAGS, Layout
from kg.extract.pipeline import make_pipeline
from kg.extract.results import numbers_outside
from kg.records import Kind, Mention, Term

NLP = make_pipeline()
TEXT = "ZipNet: Nets\nZipNet scores 91% on CIFAR-10. It scores 80% and 70% on MNIST."


def term(kind: Kind, name: str, text: str = TEXT, *, salient: bool = True) -> Term:
    """The term that `text` names by `name`, wherever it does."""
    starts = [at for at in range(len(text)) if text.startswith(name, at)]
    mentions = tuple(Mention(at, at + len(name), name, 0.9) for at in starts)
    return Term(kind, name, "mentioned", salient, mentions)


def layout(*terms: Term, text: str = TEXT) -> Layout:
    return Layout.of(NLP.make_doc(text), text, terms, numbers_outside(text, terms))


@pytest.fixture
def whole() -> Layout:
    return layout(term("Method", "ZipNet"), term("Dataset", "CIFAR-10"), term("Dataset", "MNIST"))


def test_mentions_and_numbers_are_spans_of_tokens(whole: Layout) -> None:
    words = [token.text for token in NLP.make_doc(TEXT)]

    named = ["".join(words[a:b]) for a, b in whole.mentions]
    stated = ["".join(words[a:b]) for a, b in whole.numbers]

    assert named == ["ZipNet", "ZipNet", "CIFAR-10", "MNIST"]
    assert stated == ["91%", "80%", "70%"]
    assert whole.terms.tolist() == [0, 0, 1, 2]
    assert whole.kinds.tolist() == [0, 1, 1]


def test_a_tag_tells_kind_and_salience_of_a_token_and_whether_a_term_begins_there() -> None:
    text = "A title\nGraph neural networks on MNIST 91%"
    found = layout(
        term("Method", "Graph neural networks", text, salient=False),
        term("Dataset", "MNIST", text),
        text=text,
    )

    of_words = dict(zip((one.text for one in NLP.make_doc(text)), found.tags.tolist(), strict=True))

    assert of_words == {
        "A": 0,
        "title": 0,
        "\n": 0,
        "Graph": 3,
        "neural": 4,
        "networks": 4,
        "on": 0,
        "MNIST": 5,
        "91": TAGS - 1,
        "%": TAGS - 1,
    }


def test_what_lies_between_a_number_and_a_mention(whole: Layout) -> None:
    same, before = whole.between[..., 0], whole.between[..., 1]
    after, others = whole.between[..., 5], whole.between[..., 9]

    assert same.tolist() == [[0, 1, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1]]
    assert before.tolist() == [[1, 0, 0, 0], [0, 1, 1, 0], [0, 1, 1, 0]]
    assert after.tolist() == [[0, 0, 1, 1], [0, 0, 0, 1], [0, 0, 0, 1]]
    assert not others.any()


def test_numbers_and_mentions_of_a_sentence_are_counted_in_their_order() -> None:
    text = "A title\nOn MNIST and CIFAR-10 it scores 80% and 70%."
    found = layout(term("Dataset", "MNIST", text), term("Dataset", "CIFAR-10", text), text=text)

    numbered, others, nearest = (found.between[..., k] for k in (8, 9, 10))
    of_one_rank, of_one_count = found.between[..., 12], found.between[..., 13]

    assert numbered == pytest.approx(np.array([[0, 0], [1, 1]]) / 3)
    assert others == pytest.approx(np.array([[1, 0], [1, 0]]) / 3)
    assert nearest.tolist() == [[0, 1], [0, 1]]
    assert of_one_rank.tolist() == [[1, 0], [0, 1]]
    assert of_one_count.tolist() == [[1, 1], [1, 1]]


def test_a_text_without_terms_or_numbers_has_a_layout() -> None:
    found = layout(text="A title\nNothing is said.")

    assert found.mentions.shape == found.numbers.shape == (0, 2)
    assert found.looks.shape == (0, LOOKS)
    assert found.between.shape == (0, 0, BETWEEN)


def test_no_text_makes_it_large() -> None:
    text = "A title\n" + "MNIST 80%, " * 3_000
    found = layout(term("Dataset", "MNIST", text), text=text)

    assert found.between.shape == (250, MOST_MENTIONS, BETWEEN)
    assert len(found.mentions) == 3_000
