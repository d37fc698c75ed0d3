"""Acronyms: which short form a text defines, and where its long form starts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.acronyms import find_acronyms, spells_out


def pairs(text: str) -> list[tuple[str, str]]:
    return [(text[slice(*one.short)], text[slice(*one.long)]) for one in find_acronyms(text)]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("a graph neural network (GNN) is", "GNN", "graph neural network"),
        ("Large Language Models (LLMs) are", "LLMs", "Large Language Models"),
        ("large language models (LLMs) are", "LLMs", "large language models"),
        ("We use Proximal Policy Optimization (PPO)", "PPO", "Proximal Policy Optimization"),
        ("the structured state space sequence (S4) model", "S4", "structured state space sequence"),
        ("a Text-to-Text Transfer Transformer (T5)", "T5", "Text-to-Text Transfer Transformer"),
        ("a mixture of experts (MoE) layer", "MoE", "mixture of experts"),
        ("retrieval-augmented generation (RAG)", "RAG", "retrieval-augmented generation"),
        ("the DEtection TRansformer (DETR) sees", "DETR", "DEtection TRansformer"),
        ("a variational auto-encoder (VAE, in short)", "VAE", "variational auto-encoder"),
        ("We introduce BERN (Bold Early Road Notes), a set", "BERN", "Bold Early Road Notes"),
        ("Multi-Modal Large Language Models (MLLMs)", "MLLMs", "Multi-Modal Large Language Models"),
        ("a Quantum Doubly Stochastic Transformer (QDSFormer)", "QDSFormer", "Quantum Doubly"),
        ("with LAtent consisTency INverse sOlver (LATINO)", "LATINO", "LAtent consisTency"),
        (
            "Bidirectional Encoder Representations from Transformers for sequential "
            "Recommendation (BERT4Rec)",
            "BERT4Rec",
            "Bidirectional Encoder",
        ),
        ("an electrocardiogram (ECG)", "ECG", "electrocardiogram"),
        ("Mender (Memory ENhanceD Encoder for Recall) is", "Mender", "Memory ENhanceD Encoder"),
    ],
)
def test_a_definition_joins_a_short_and_a_long_form(text: str, short: str, long: str) -> None:
    ((found_short, found_long),) = pairs(text)

    assert found_short == short
    assert found_long.startswith(long)


@pytest.mark.parametrize(
    "text",
    [
        "We train it (see Sec. 2) and stop.",
        "It wins (by 3%) on all.",
        "We compare GPT-4 (OpenAI) with others.",
        "It is fast (ours) and small.",
        "a cat sat here (XYZ)",
        "deep learning (DNN)",
        "we fine-tune binary labels and four trained models (BERT)",
        "the network (2024)",
        "GNN (GNN)",
        "()",
        "( )",
        "",
    ],
)
def test_a_bracket_that_defines_nothing_is_no_acronym(text: str) -> None:
    assert pairs(text) == []


def test_a_long_form_does_not_reach_over_the_end_of_the_title() -> None:
    assert pairs("Learning with Graph\nNeural Networks (GNN) are here.") == []


def test_a_long_form_holds_no_bracket() -> None:
    text = "for natural tasks (Foo) and language inference (NLI)"

    assert pairs(text) == []


def test_definitions_come_in_the_order_of_the_text() -> None:
    text = "a variational autoencoder (VAE) and a generative adversarial network (GAN)"

    assert [short for short, _ in pairs(text)] == ["VAE", "GAN"]


@given(st.text(alphabet="abAB12 -(),\nİß", max_size=60) | st.text())
def test_the_bounds_lie_in_the_text_and_hold_no_line_break(text: str) -> None:
    for acronym in find_acronyms(text):
        for start, stop in (acronym.short, acronym.long):
            assert 0 <= start < stop <= len(text)
            assert "\n" not in text[start:stop]
            assert text[start:stop] == text[start:stop].strip()


@pytest.mark.parametrize(
    "text", ["Ω(n log n) time", "Θ(n m)", "Õ(d T)", "The Σ (sum of all)", "É(a b)"]
)
def test_signs_of_other_scripts_before_a_bracket_define_nothing(text: str) -> None:
    assert list(find_acronyms(text)) == []


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("Slow-to-Fast", "S2F"),
        ("Mask to Adapt", "M2A"),
        ("retentive network", "RetNet"),
        ("positional embeddings", "PEs"),
        ("Zip Context Benchmark", "ZC-Bench"),
        ("Zip of the Zap", "ZoZ"),
        ("component interface for agents", "CI4A"),
    ],
)
def test_an_acronym_is_spelled_out_by_the_first_letters_of_words(long: str, short: str) -> None:
    assert spells_out(long, short)


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("diffusion models", "DMD"),
        ("guided prompting", "GPT-4"),
        ("segment anything model", "SAM2"),
        ("reinforcement learning", "R9L"),
        ("slow for fast", "S2F"),
        ("language models", "Large Language Models"),
        ("zip zap net", "ZN"),
        ("zip", "Z"),
        ("zip zap", "zz"),
        ("zip zap", ""),
        ("a " * 5000, "A" * 9),
    ],
)
def test_other_words_spell_out_no_acronym(long: str, short: str) -> None:
    assert not spells_out(long, short)


def test_a_long_form_does_not_cross_the_end_of_a_sentence() -> None:
    assert list(find_acronyms("We see far views. Every user sees (FVEUS) it.")) == []
