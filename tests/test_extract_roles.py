"""Roles: what a text says it does with the things that it names."""

import pytest

from kg.extract import load_pipeline
from kg.extract.roles import repository_role

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
        ("We propose a zip zap network (ZZN).", "zip zap network", "proposed"),
        ("Others have proposed ZapNet.", "ZapNet", "used"),
        ("We propose a Transformer for it.", "Transformer", "used"),
        ("Our PyTorch code is small.", "PyTorch", "used"),
        ("It outperforms ZapNet.", "ZapNet", "compared"),
        ("It is faster than ZapNet.", "ZapNet", "compared"),
        ("It has less noise compared with ZapNet.", "ZapNet", "compared"),
        ("We compare it against ResNet-50.", "ResNet-50", "compared"),
        ("We build upon the ZapNet model.", "ZapNet", "used"),
        ("We introduce ShoeSet, a dataset of shoes.", "ShoeSet", "introduced"),
        ("We evaluate it on CIFAR-10.", "CIFAR-10", "evaluated"),
        ("It gains two points in accuracy.", "accuracy", "reported"),
        ("We propose ZipScore to judge text.", "ZipScore", "proposed"),
        ("This paper presents the Transformer, a net of attention.", "Transformer", "proposed"),
        ("We work on machine translation.", "machine translation", "addressed"),
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


def test_a_whole_abstract_gives_each_thing_its_role() -> None:
    found = roles(
        "ZipNet: Fast Nets for Shoes\n"
        "Recent models such as GPT-4 have shown promise, but they are slow. In this paper, we"
        " propose ZipNet, a fast net that builds on ResNet-50 and is trained with Adam. Extensive"
        " experiments on CIFAR-10 and ImageNet show that ZipNet outperforms ZapNet and BERT in"
        " accuracy."
    )

    assert found["ZipNet"] == "proposed"
    assert found["GPT-4"] in {"compared", "mentioned"}
    assert [found["ResNet-50"], found["Adam"]] == ["used", "used"]
    assert [found["CIFAR-10"], found["ImageNet"]] == ["evaluated", "evaluated"]
    assert [found["ZapNet"], found["BERT"]] == ["compared", "compared"]
    assert found["accuracy"] == "reported"


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Unlike ZapNet, our method needs no labels.", "ZapNet"),
        ("It is trained without BatchNorm.", "BatchNorm"),
        ("ResNet-50 fails to tell shoes from boots.", "ResNet-50"),
        ("ResNet-50 often fails to tell shoes from boots.", "ResNet-50"),
        ("Instead of BERT, a bag of words is read.", "BERT"),
        ("Rather than ZapNet, we take a bag of words.", "ZapNet"),
        ("It needs no CLIP to see shoes.", "CLIP"),
        ("It does not use LoRA.", "LoRA"),
        ("In contrast to Mamba, it sees all tokens.", "Mamba"),
        ("GPT-4 cannot count shoes.", "GPT-4"),
        ("The Transformer (TRF) model struggles with long texts.", "Transformer"),
    ],
)
def test_what_a_text_goes_without_or_sees_fail_is_not_used(sentence: str, name: str) -> None:
    found = roles(f"We propose ZipNet. {sentence}")

    assert found[name] in {"compared", "mentioned"}


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("We fine-tune BERT because labels are not available.", "BERT", "used"),
        ("We evaluate on ImageNet and models are not retrained.", "ImageNet", "evaluated"),
    ],
)
def test_what_is_denied_or_beaten_beside_a_name_is_not_the_name(
    sentence: str, name: str, role: str
) -> None:
    assert roles(f"We propose ZipNet. {sentence}")[name] == role


def test_a_dataset_that_a_text_goes_without_is_not_evaluated_on() -> None:
    assert roles("We propose ZipNet. It is trained without ImageNet.")["ImageNet"] == "mentioned"


def test_what_is_used_in_one_place_is_used_though_another_denies_it() -> None:
    found = roles("It is built on BERT. Unlike BERT, it is small. We fine-tune BERT on shoes.")

    assert found["BERT"] == "used"


def test_what_is_beaten_is_compared_with_though_it_is_used_and_that_shows_it() -> None:
    text = (
        "ZipNet\nWe propose ZipNet. It is built on BERT and BERT is fine-tuned. ZipNet beats BERT."
    )
    (beaten,) = (term for term in NLP(text)._.kg_terms if term.name == "BERT")

    assert (beaten.role, beaten.evidence) == ("compared", 2)


def test_the_papers_own_method_stays_its_own_though_it_is_used_later() -> None:
    text = (
        "ZipNet: Fast Nets\nNets are slow. We propose ZipNet, a fast net. We use ZipNet for shoes"
        " and compare ZipNet with ZapNet. On CIFAR-10, ZipNet is better."
    )
    (own,) = (term for term in NLP(text)._.kg_terms if term.name == "ZipNet")

    shown = own.mentions[own.evidence]

    assert own.role == "proposed"
    assert shown.start in {0, text.index("ZipNet, a fast net")}


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
        ("We compare with the official implementation of ZapNet at ", "other"),
        ("Code can be downloaded from ", "code"),
        ("Shoes are taken from ", "other"),
        ("We take the baselines of ", "other"),
        ("You can reproduce it using our code at ", "code"),
        ("Our toolkit, available at ", "code"),
        ("Code, data and baselines are at ", "code"),
    ],
)
def test_a_repository_is_the_papers_own_unless_it_builds_on_it(before: str, role: str) -> None:
    text = f"A title\n{before}https://github.com/acme/toolkit."

    assert repository_role(text, text.index("https")) == role
