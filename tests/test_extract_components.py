"""The components in spaCy: each can be had by name, and the order of all is sound."""

import subprocess
import sys

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract import load_pipeline
from kg.extract.components import COMPONENTS

TEXT = "ZipNet: Fast Nets\nWe propose ZipNet; code: https://github.com/acme/zipnet."


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_is_found_without_an_import_of_kg(name: str) -> None:
    program = (
        f"import spacy; nlp = spacy.blank('en'); nlp.add_pipe({name!r}); print(nlp.pipe_names)"
    )

    printed = subprocess.check_output([sys.executable, "-c", program], text=True)

    assert printed == f"[{name!r}]\n"


def test_the_pipeline_has_all_components_in_their_order() -> None:
    trained = ("kg_ner",)  # behind the acronyms; a pipeline of the user's has its own

    assert tuple(load_pipeline().pipe_names) == COMPONENTS[:2] + trained + COMPONENTS[2:]


def test_every_component_finds_before_it_what_it_needs() -> None:
    analysis = load_pipeline().analyze_pipes()

    assert not any(analysis["problems"].values())
    assert analysis["summary"]["kg_names"]["requires"] == ["doc._.kg_links", "doc._.kg_acronyms"]
    assert analysis["summary"]["kg_relations"]["assigns"] == [
        "doc._.kg_terms",
        "doc._.kg_results",
    ]


def test_a_missing_component_is_reported() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_links")
    nlp.add_pipe("kg_names")

    assert nlp.analyze_pipes()["problems"]["kg_names"] == ["doc._.kg_acronyms"]


def test_a_single_component_works_in_any_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_links")

    (link,) = nlp(TEXT)._.kg_links

    assert link.repository == "https://github.com/acme/zipnet"


def test_a_fresh_doc_has_found_nothing() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["none"])

    assert [getattr(doc._, name) for name in ("kg_links", "kg_names", "kg_terms")] == [(), (), ()]


def test_each_component_leaves_its_findings_on_the_doc() -> None:
    doc = load_pipeline()(TEXT)

    assert len(doc._.kg_links) == 1
    assert doc._.kg_acronyms == ()
    assert {doc.text[name.start : name.stop] for name in doc._.kg_names} >= {"ZipNet"}
    roles = {term.name: term.role for term in doc._.kg_terms}
    assert (roles["ZipNet"], roles["https://github.com/acme/zipnet"]) == ("proposed", "code")
    assert ("ZipNet", "Method") in {(entity.text, entity.label_) for entity in doc.ents}
    assert doc._.kg_results == ()
