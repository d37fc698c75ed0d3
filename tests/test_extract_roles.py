"""Roles: what a text says it does with the things that it names."""

import pytest

from kg.extract import load_pipeline
from kg.extract.roles import repository_role
from kg.records import ROLES

NLP = load_pipeline()


def roles(text: str) -> dict[str, str]:
    """The role of each term of an abstract or, where there is a line break, of a whole paper."""
    doc = NLP(text if "\n" in text else f"On some things\n{text}")
    return {term.name: term.role for term in doc._.kg_terms}


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("We propose ZipNet.", "ZipNet", "proposed"),
        ("We introduce the ZipNet, which is small.", "ZipNet", "proposed"),
        ("In this paper, we present a layer called ZipNorm.", "ZipNorm", "proposed"),
        ("This paper describes a new loss, dubbed ZipLoss.", "ZipLoss", "proposed"),
        ("We present the Transformer, built on attention.", "Transformer", "proposed"),
        ("We propose a zip zap network (ZZN).", "zip zap network", "proposed"),
        ("Then the ZipGate is introduced.", "ZipGate", "proposed"),
        ("Our ZipNet is small.", "ZipNet", "proposed"),
        ("Others have proposed ZapNet.", "ZapNet", "used"),
        ("We propose a Transformer for it.", "Transformer", "used"),
        ("Our PyTorch code is small.", "PyTorch", "used"),
        ("It outperforms ZapNet.", "ZapNet", "compared"),
        ("It is faster than ZapNet.", "ZapNet", "compared"),
        ("It has less noise compared with ZapNet.", "ZapNet", "compared"),
        ("We compare it against ResNet-50.", "ResNet-50", "compared"),
        ("Compared with others, ZipNet achieves more.", "ZipNet", "used"),
        ("Recent methods such as ZapNet have shown promise.", "ZapNet", "mentioned"),
        ("We build upon the ZapNet model.", "ZapNet", "used"),
        ("We introduce ShoeSet, a dataset of shoes.", "ShoeSet", "introduced"),
        ("We evaluate it on CIFAR-10.", "CIFAR-10", "evaluated"),
        ("It gains two points in accuracy.", "accuracy", "reported"),
        ("There is accuracy.", "accuracy", "mentioned"),
        ("We propose ZipScore to judge text.", "ZipScore", "proposed"),
        ("We work on machine translation.", "machine translation", "addressed"),
        ("Machine translation is old.", "Machine translation", "mentioned"),
        ("For machine translation, it is better.", "machine translation", "addressed"),
    ],
)
def test_a_sentence_gives_a_role(sentence: str, name: str, role: str) -> None:
    assert roles(sentence)[name] == role


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("ZipNet: Fast Nets\nIt is fast.", "ZipNet", "proposed"),
        ("ShoeSet: A Dataset of Shoes\nIt is big.", "ShoeSet", "introduced"),
        ("Graph Attention Networks\nThey are fast.", "Graph Attention Networks", "proposed"),
        ("On Graph Attention Networks\nThey are old.", "Graph Attention Networks", "used"),
        ("Better Object Detection\nIt is hard.", "Object Detection", "addressed"),
    ],
)
def test_a_title_gives_a_role(text: str, name: str, role: str) -> None:
    assert roles(text)[name] == role


def test_a_well_known_baseline_of_a_proposing_sentence_is_not_proposed() -> None:
    found = roles("We propose ZipNet, which outperforms BERT and GPT-4 on GLUE.")

    assert found == {
        "ZipNet": "proposed",
        "BERT": "compared",
        "GPT-4": "compared",
        "GLUE": "evaluated",
    }


def test_the_role_that_says_most_stands_and_its_evidence_is_the_mention_that_shows_it() -> None:
    doc = NLP("On shoes\nRecent work has shown ZipNet. We use ZipNet. It outperforms ZipNet.")

    (term,) = doc._.kg_terms

    assert (term.role, term.evidence) == ("compared", 2)
    assert term.role in ROLES[term.kind]


@pytest.mark.parametrize(
    ("before", "role"),
    [
        ("Our code is available at ", "code"),
        ("You can get it from ", "code"),
        ("We build it. Code: ", "code"),
        ("Our implementation is based on ", "other"),
        ("It was built upon ", "other"),
        ("The code is adapted from ", "other"),
        ("It was trained using ", "other"),
        ("It is based on faith. Code: ", "code"),
    ],
)
def test_a_repository_is_the_papers_own_unless_it_builds_on_it(before: str, role: str) -> None:
    text = f"A title\n{before}https://github.com/acme/toolkit."

    assert repository_role(text, text.index("https")) == role
