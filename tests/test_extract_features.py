"""Features: what is known of a name, and of all names of one thing, as numbers."""

import numpy as np
import pytest
import spacy
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.extract import tagger  # noqa: F401 - the extension kg_scores
from kg.extract.acronyms import find_acronyms
from kg.extract.candidates import Name
from kg.extract.features import name_features, term_features
from kg.extract.labels import LABELS
from kg.extract.weights import own_weights
from kg.records import Kind

NLP = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.WordTokenizer.v1"}}})
TEXT = "On shoes\nWe improve zip nets on ShoeSet by 3%. Using zip nets is fast."


def read(text: str, **labels: float) -> Doc:
    """`text`, where the words `labels` begin a method as probably as given."""
    doc = NLP.make_doc(text)
    doc._.kg_scores = np.zeros((len(doc), len(LABELS)), dtype=np.float32)
    for token in doc:
        probability = labels.get(token.text, 0.0)
        doc._.kg_scores[token.i, LABELS.index("B-Method")] = probability
        doc._.kg_scores[token.i, 0] = 1 - probability
    doc._.kg_acronyms = tuple(find_acronyms(text))
    return doc


def name(word: str, text: str = TEXT, nth: int = 0, kind: Kind = "Method") -> Name:
    start = [place for place in range(len(text)) if text.startswith(word, place)][nth]
    return Name(start, start + len(word), kind, 0.9, by="model")


def row(doc: Doc, one: Name, *others: Name) -> NDArray[np.float32]:
    """The features of `one`, where `others` are found, too."""
    rows: NDArray[np.float32] = name_features(doc, doc.text, [[one], *([name] for name in others)])
    return rows[0]


def differ(one: NDArray[np.float32], other: NDArray[np.float32]) -> int:
    return int((one != other).sum())


def test_each_name_has_a_row_in_the_order_of_the_groups() -> None:
    doc = read(TEXT, zip=0.9)
    first, again, data = name("zip nets"), name("zip nets", nth=1), name("ShoeSet")

    together = name_features(doc, TEXT, [[first, again], [data]])
    turned = name_features(doc, TEXT, [[data], [first, again]])

    assert together.tolist() == turned[[1, 2, 0]].tolist()


def test_the_first_number_is_how_probable_the_whole_name_is() -> None:
    doc = read(TEXT, zip=0.9)

    assert row(doc, name("zip"))[0] == pytest.approx(0.9)
    assert row(doc, name("ShoeSet"))[0] == 0


@pytest.mark.parametrize("other", ["zip nets on", "nets", "improve zip"])
def test_names_that_overlap_are_known_to_each_other(other: str) -> None:
    doc = read(TEXT, zip=0.9, nets=0.5, improve=0.5)
    alone, beside = row(doc, name("zip nets")), row(doc, name("zip nets"), name(other))

    assert differ(alone, beside) == 1
    assert differ(alone, row(doc, name("zip nets"), name("ShoeSet"))) == 0


@pytest.mark.parametrize(
    "sentence",
    [
        "We like to see in ZipNet a lot.",
        "We like to see it (ZipNet a lot.",
        "We like nets such as ZipNet a lot.",
        "We improve some of ZipNet a lot.",
        "They like to see a ZipNet a lot.",
        "We like to see 42 ZipNet a lot.",
        "We like to see it ZipNet models.",
        "We like to see it ZipNet, alone.",
        "We like to see it ZipNet-like it.",
    ],
)
def test_the_words_around_a_name_count(sentence: str) -> None:
    other = f"On shoes\n{sentence}"
    start = other.index("ZipNet")
    plain = "On shoes\nWe like to see it again and again"[: start - 1] + " ZipNet"
    plain += " a lot of it all."[: len(other) - len(plain) - 1] + "."  # as long as the other
    rows = [row(read(text), name("ZipNet", text)) for text in (plain, other)]

    assert len(plain) == len(other)
    assert differ(*rows) > 0


def test_what_rules_and_lists_say_counts() -> None:
    doc = read(TEXT)
    start = TEXT.index("ShoeSet")
    known = Name(start, start + 7, "Dataset", 0.8, by="known")
    plain = Name(known.start, known.stop, "Dataset", 0.9, by="model")
    both = Name(known.start, known.stop, "Dataset", 0.9, by="model", also=(known,))

    assert differ(row(doc, plain), row(doc, both)) == 1


def test_a_defined_acronym_counts() -> None:
    texts = [f"On shoes\nZip zap networks ({form}) learn." for form in ("ZZN", "QQN")]
    rows = [row(read(text), name("Zip zap networks", text)) for text in texts]

    assert differ(*rows) > 0


def test_a_term_has_one_row_of_all_its_names() -> None:
    doc = read(TEXT, zip=0.9)
    groups = [[name("zip nets"), name("zip nets", nth=1)], [name("ShoeSet")]]
    names = name_features(doc, TEXT, groups)
    odds = np.full((3, 9), 1 / 9, dtype=np.float32)

    rows = term_features(TEXT, groups, names, odds, links=0)
    again = term_features(TEXT, [groups[1]], names[2:], odds[2:], links=0)

    assert len(rows) == 2
    assert differ(rows[1], again[0]) == 1  # how many terms there are
    assert differ(rows[1], term_features(TEXT, groups, names, odds, links=1)[1]) == 1


def test_the_rows_are_as_wide_as_the_networks_that_ship() -> None:
    groups = [[name("zip nets")]]
    names = name_features(read(TEXT), TEXT, groups)
    terms = term_features(TEXT, groups, names, np.zeros((1, 9), dtype=np.float32), links=0)
    weights = own_weights("kg_terms")

    assert weights["names.mean"].shape == names[0].shape
    assert weights["terms.mean"].shape == terms[0].shape


def test_where_there_is_no_name_there_is_no_row() -> None:
    nothing = np.zeros((0, 0), dtype=np.float32)

    assert len(name_features(read("None"), "None", [])) == 0
    assert len(term_features("None", [], nothing, nothing, links=0)) == 0


def test_a_name_that_is_probable_everywhere_differs_from_one_that_is_so_once() -> None:
    doc = read(TEXT, zip=0.9)
    one, two = name("zip nets"), name("zip nets", nth=1)
    alone, both = row(doc, one), name_features(doc, TEXT, [[one, two]])[0]

    assert differ(alone, both) == 1
