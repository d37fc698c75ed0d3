"""The tokenizer: loses nothing, keeps names whole, and a stored pipeline has it again."""

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from kg.extract import load_pipeline
from kg.extract.tokenizer import WordTokenizer

TOKENIZER = WordTokenizer(Vocab())
SPACES = st.text(alphabet=" \n\t\r\u00a0\u2003aB1.😀𝔽", max_size=40)


@given(SPACES | st.text())
def test_the_tokens_hold_the_whole_text(text: str) -> None:
    assert TOKENIZER(text).text == text


@pytest.mark.parametrize("text", ["", " ", "   ", "\n", " a", "a ", "a  b", "a \n b", "😀 𝔽x"])
def test_odd_white_space_is_kept(text: str) -> None:
    assert TOKENIZER(text).text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on CIFAR-10.", ["on", "CIFAR-10", "."]),
        ("a pass@1 of 3.5", ["a", "pass@1", "of", "3.5"]),
        ("GPT-3.5, GPT-4", ["GPT-3.5", ",", "GPT-4"]),
        ("HumanEval+ and MBPP", ["HumanEval+", "and", "MBPP"]),
        ("10,000 words", ["10,000", "words"]),
        ("(LLMs)", ["(", "LLMs", ")"]),
        ("WMT'14", ["WMT", "'", "14"]),
    ],
)
def test_a_name_stays_whole_and_a_sign_stands_alone(text: str, expected: list[str]) -> None:
    assert [token.text for token in TOKENIZER(text)] == expected


def test_a_stored_pipeline_finds_the_same_again(tmp_path: Path) -> None:
    text = "ZipNet: Fast Nets\nWe propose ZipNet; on CIFAR-10 it has an accuracy of 91%."
    nlp = load_pipeline()

    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")

    assert again.pipe_names == nlp.pipe_names
    assert again(text)._.kg_terms == nlp(text)._.kg_terms
    assert again(text)._.kg_results == nlp(text)._.kg_results


def test_a_pipeline_goes_through_bytes() -> None:
    nlp = load_pipeline()

    again = load_pipeline().from_bytes(nlp.to_bytes())

    assert [token.text for token in again("GPT-3.5 wins")] == ["GPT-3.5", "wins"]
