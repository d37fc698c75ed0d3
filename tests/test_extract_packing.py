"""What was found travels with a spaCy `Doc`."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from kg.extract import load_pipeline

TEXT = (
    "Foo: A Model\nWe propose Foo (Feature Overlay Optimization), which reaches 91.5% accuracy on"
    " CIFAR-10. Code: https://github.com/a/foo"
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def found(doc: Doc) -> tuple[object, ...]:
    names = ("kg_links", "kg_acronyms", "kg_names", "kg_terms", "kg_results")
    return tuple(tuple(doc._.get(name)) for name in names)


def test_a_doc_comes_back_from_bytes_with_all_that_was_found(nlp: Language) -> None:
    doc = nlp(TEXT)

    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())

    assert all(found(doc))
    assert found(again) == found(doc)


def test_docs_come_back_from_a_docbin(nlp: Language) -> None:
    doc = nlp(TEXT)
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()

    (again,) = DocBin().from_bytes(stored).get_docs(nlp.vocab)

    assert found(again) == found(doc)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of fork, in the standard library
def test_several_processes_find_what_one_finds(nlp: Language) -> None:
    texts = [TEXT, "No names\nat all."] * 3

    alone = [found(doc) for doc in nlp.pipe(texts)]
    shared = [found(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=2)]

    assert shared == alone
