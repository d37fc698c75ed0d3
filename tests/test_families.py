"""Families: of which name another is a version, by the names alone."""

import pytest

from kg.families import family_of
from kg.keys import canonical_key
from kg.records import KINDS, Kind


@pytest.mark.parametrize(
    ("kind", "name", "family"),
    [
        ("Method", "GPT-4", "GPT"),
        ("Method", "Llama-3-8B", "Llama-3"),
        ("Method", "Llama-3.1", "Llama"),
        ("Method", "Qwen2.5-VL-7B", "Qwen2.5-VL"),
        ("Method", "Qwen2.5-7B-Instruct", "Qwen2.5-7B"),
        ("Method", "BERT-large", "BERT"),
        ("Method", "Mamba-2", "Mamba"),
        ("Method", "DINOv2", "DINO"),
        ("Method", "Zorb-B", "Zorb"),
        ("Method", "Gemini 1.5 Pro", "Gemini 1.5"),
        ("Method", "Zorb Turbo", "Zorb"),
        ("Dataset", "ImageNet-1K", "ImageNet"),
        ("Dataset", "SWE-bench Verified", "SWE-bench"),
        ("Dataset", "FooBench Hard", "FooBench"),
        ("Dataset", "HumanEval+", "HumanEval"),
        ("Dataset", "AIME 2024", "AIME"),
        ("Dataset", "SQuAD 2.0", "SQuAD"),
        ("Metric", "NDCG@10", "NDCG"),
        ("Metric", "Recall@1", "Recall"),
        ("Metric", "ROUGE-L", "ROUGE"),
        ("Metric", "BLEU-4", "BLEU"),
    ],
)
def test_what_tells_only_a_version_is_one_of_its_family(kind: Kind, name: str, family: str) -> None:
    known = {(kind, canonical_key(kind, one)) for one in (name, family)}

    found = family_of((kind, canonical_key(kind, name)), known)

    assert found == (kind, canonical_key(kind, family))


@pytest.mark.parametrize(
    ("kind", "name", "other"),
    [
        ("Method", "GPT", "GPT-4"),
        ("Method", "ResNeXt", "ResNet"),
        ("Method", "Mamba", "Mamba"),
        ("Method", "graph attention network", "graph"),
        ("Method", "BERTScore", "BERT"),
        ("Method", "RoBERTa", "BERT"),
        ("Dataset", "COCO-Stuff", "COCO"),
        ("Dataset", "MIMIC-CXR", "MIMIC"),
        ("Metric", "mean accuracy", "accuracy"),
        ("Task", "object detection 2", "object detection"),
    ],
)
def test_another_name_is_no_version(kind: Kind, name: str, other: str) -> None:
    known = {(kind, canonical_key(kind, one)) for one in (name, other)}

    assert family_of((kind, canonical_key(kind, name)), known) is None


def test_the_nearest_family_that_is_known_is_meant() -> None:
    version = ("Method", "qwen-2.5-7b-instruct")
    seven, all_of_them = ("Method", "qwen-2.5-7b"), ("Method", "qwen")

    assert family_of(version, {seven, all_of_them}) == seven
    assert family_of(version, {all_of_them}) == all_of_them
    assert family_of(version, set()) is None


def test_a_family_is_of_the_same_kind() -> None:
    assert family_of(("Dataset", "zorb-2"), {("Method", "zorb")}) is None


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind in {"Task", "Repository"}])
def test_tasks_and_repositories_have_no_versions(kind: Kind) -> None:
    assert family_of((kind, "zorb-2"), {(kind, "zorb")}) is None
