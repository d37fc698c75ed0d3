"""Canonical keys: which names are one thing, how a key reads, and what holds for any name."""

import csv
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.keys import canonical_key, entity_id, is_short, spelled_key, term_keys
from kg.records import KINDS, Kind

IDENTITY = Path(__file__).parents[2] / "shared" / "gold" / "identity.tsv"
ANY_KIND = st.sampled_from(KINDS)
NAMED_KIND = st.sampled_from(KINDS[:4])  # all but Repository
ANY_NAME = st.text() | st.text(alphabet="aB1 -_.@+$\\{}é’", max_size=30)
PLAIN_NAME = st.from_regex(r"[A-Za-z]{1,6}([ -][A-Za-z0-9]{1,4}){0,3}", fullmatch=True)


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("Dataset", "CIFAR-10", "dataset:cifar-10"),
        ("Dataset", "WMT 2014 English-German", "dataset:wmt-2014-english-german"),
        ("Metric", "pass@1", "metric:pass-at-1"),
        ("Metric", "NDCG@10", "metric:ndcg-at-10"),
        ("Method", "S4", "method:s4"),
        ("Method", "GPT-3.5", "method:gpt-3.5"),
        ("Method", "β-VAE", "method:beta-vae"),
        ("Method", "Pokémon Net", "method:pokemonnet"),
        ("Method", r"\textbf{ZipNet}", "method:zipnet"),
        ("Method", "FCIS+++", "method:fcis-plus-plus-plus"),
        ("Task", "object detection", "task:object-detection"),
        ("Repository", "https://github.com/Acme/Tool_Kit", "repository:github.com/acme/tool_kit"),
    ],
)
def test_an_id_is_the_kind_and_a_readable_key(kind: Kind, name: str, expected: str) -> None:
    assert entity_id(kind, name) == expected


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("Dataset", "CIFAR-10", "CIFAR10"),
        ("Dataset", "ImageNet", "ImageNet dataset"),
        ("Dataset", "foo-bench benchmark", "Foo-Bench"),
        ("Dataset", "MS-COCO", "COCO"),
        ("Method", "BERT", "BERT model"),
        ("Method", "transformers", "Transformer"),
        ("Method", "ResNet50", "ResNet-50"),
        ("Method", "ZipNet framework", "ZipNet"),
        ("Method", "state-space models", "state space model"),
        ("Method", "LSTM", "long short-term memory"),
        ("Method", "GAN", "GANs"),
        ("Metric", "F1 score", "F1"),
        ("Metric", "Pass@1", "pass@1"),
        ("Task", "speech recognition task", "automatic speech recognition"),
        ("Repository", "http://www.github.com/A/b/", "https://github.com/a/B"),
    ],
)
def test_spellings_of_one_thing_share_a_key(kind: Kind, one: str, other: str) -> None:
    assert canonical_key(kind, one) == canonical_key(kind, other)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("Dataset", "CIFAR-10", "CIFAR-100"),
        ("Dataset", "HumanEval", "HumanEval+"),
        ("Metric", "pass@1", "pass@10"),
        ("Metric", "top-1 accuracy", "top-5 accuracy"),
        ("Method", "GPT-3", "GPT-3.5"),
        ("Method", "GPT-4", "GPT-4o"),
        ("Method", "ranking model", "ranking"),
        ("Method", "Bayesian network", "Bayesian model"),
        ("Method", "S4", "S5"),
        ("Method", "α-Net", "β-Net"),
        ("Repository", "https://github.com/a/b", "https://github.com/a/b-2"),
        ("Repository", "https://github.com/a/b", "https://gitlab.com/a/b"),
    ],
)
def test_different_things_have_different_keys(kind: Kind, one: str, other: str) -> None:
    assert canonical_key(kind, one) != canonical_key(kind, other)


def test_of_the_judged_pairs_none_is_joined_wrongly_and_nearly_all_are_joined() -> None:
    with IDENTITY.open(encoding="utf-8") as file:
        pairs = list(csv.DictReader(file, delimiter="\t"))
    joined = [
        (pair["verdict"], pair["left"], pair["right"])
        for pair in pairs
        if canonical_key(pair["kind"], pair["left"]) == canonical_key(pair["kind"], pair["right"])
    ]
    same = [pair for pair in pairs if pair["verdict"] == "same"]

    assert [pair for pair in joined if pair[0] == "different"] == []
    assert len(joined) >= 0.95 * len(same)


@given(ANY_KIND, ANY_NAME)
def test_a_key_is_never_empty_and_is_ascii_without_white_space(kind: Kind, name: str) -> None:
    key = canonical_key(kind, name)

    assert re.fullmatch(r"[!-~]+", key)
    assert key == key.lower()


@given(NAMED_KIND, PLAIN_NAME)
def test_the_key_of_a_key_is_the_key_itself(kind: Kind, name: str) -> None:
    key = canonical_key(kind, name)

    assert canonical_key(kind, key) == key


@given(st.sampled_from(["Dataset", "Repository"]), PLAIN_NAME)
def test_capitals_do_not_matter(kind: Kind, name: str) -> None:
    assert canonical_key(kind, name.upper()) == canonical_key(kind, name.lower())


@given(NAMED_KIND, PLAIN_NAME)
def test_hyphens_and_spaces_are_one(kind: Kind, name: str) -> None:
    assert canonical_key(kind, name.replace("-", " ")) == canonical_key(
        kind, name.replace(" ", "-")
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/Acme/Tool", "github.com/acme/tool"),
        ("http://www.github.com/acme/tool/", "github.com/acme/tool"),
        ("https://huggingface.co/datasets/Acme/d.1", "huggingface.co/datasets/acme/d.1"),
        ("https://github.com/acme/to ol", "github.com/acme/to%20ol"),
        ("", "unknown"),
    ],
)
def test_the_key_of_a_repository_is_lower_case_host_owner_and_name(url: str, expected: str) -> None:
    assert canonical_key("Repository", url) == expected


@pytest.mark.parametrize(
    ("name", "spellings", "expected"),
    [
        ("ZipNet", ["ZipNet"], ("zipnet", "")),
        ("neural image machine", ["neural image machine", "NIM"], ("neural-image-machine", "nim")),
        ("NIM", ["NIM", "neural image machine"], ("neural-image-machine", "nim")),
        ("image machine", ["image machine", "neural image machine", "NIM"], ("image-machine", "nim")),
        ("NIM", ["NIM", "image machine", "neural image machine"], ("neural-image-machine", "nim")),
        ("neural image machine", ["neural image machine", "NIN", "NIM", "NIM"], ("neural-image-machine", "nim")),
        ("neural image machine", ["neural image machine", "NIN", "NIM"], ("neural-image-machine", "nim")),
        ("residual network", ["residual network", "ResNet"], ("resnet", "resnet")),
        ("RAG", ["RAG"], ("rag", "")),
        ("ResNet", ["ResNet"], ("resnet", "")),
        (
            "retrieval-augmented generation",
            ["retrieval-augmented generation"],
            ("retrieval-augmented-generation", ""),
        ),
        (
            "spatial attention module",
            ["spatial attention module", "SAM"],
            ("spatial-attention-module", "sam"),
        ),
    ],
)
def test_what_is_spelled_out_decides_what_a_term_is_and_its_acronym_stands_beside_it(
    name: str, spellings: list[str], expected: tuple[str, str]
) -> None:
    assert term_keys("Method", name, spellings) == expected


@given(st.sampled_from([["neural image machine", "imaging", "NIM", "NI", "ResNet", "RAG"]]), st.data())
def test_the_order_of_the_spellings_of_a_term_does_not_matter(
    texts: list[str], data: st.DataObject
) -> None:
    spellings = data.draw(st.lists(st.sampled_from(texts), min_size=1))
    shuffled = data.draw(st.permutations(spellings))

    assert term_keys("Method", spellings[0], shuffled) == term_keys(
        "Method", spellings[0], spellings
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("RAG", True),
        ("RetNet", True),
        ("GPT-4", True),
        ("MoE", True),
        ("F1", True),
        ("Mamba", False),
        ("mamba", False),
        ("retrieval-augmented generation", False),
        ("Chain-of-Thought", False),
        ("A", False),
        ("Mixture of Experts", False),
    ],
)
def test_an_acronym_is_short_and_has_two_capitals_or_digits(name: str, expected: bool) -> None:
    assert is_short(name) is expected


@pytest.mark.parametrize(
    ("name", "meaning", "spelling"),
    [
        ("RAG", "retrieval-augmented-generation", "rag"),
        ("GAN", "gan", "gan"),
        ("LoRA", "lora", "lora"),
    ],
)
def test_a_listed_acronym_has_the_key_of_its_meaning_and_one_of_its_letters(
    name: str, meaning: str, spelling: str
) -> None:
    assert canonical_key("Method", name) == meaning
    assert spelled_key("Method", name) == spelling


@pytest.mark.parametrize(
    "piece", ["a 1 b 2 ", "a", "$\\text{", "{", "model ", "é", "1.1.", "-", "\\alpha", "ss"]
)
@pytest.mark.parametrize("kind", ["Method", "Repository"])
def test_a_very_long_name_takes_no_long_time(kind: Kind, piece: str) -> None:
    name = piece * (100_000 // len(piece))
    before = time.perf_counter()

    canonical_key(kind, name)

    assert time.perf_counter() - before < 5


def test_letters_without_a_plain_form_still_tell_names_apart() -> None:
    keys = {
        canonical_key("Method", name) for name in ("模型-2", "数据-2", "2", "AlexNet", "AlexNet 模")
    }

    assert len(keys) == 5
    assert all(key.isascii() for key in keys)
