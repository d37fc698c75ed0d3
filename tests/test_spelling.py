"""Spelling: a name as plain words, whatever signs, capitals and customs it is written with."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.spelling import singular, words

ANY_NAME = st.text() | st.text(alphabet="aB1vs -_.@+$\\{}é’α", max_size=30)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Llama-3.1-8B Models", ["llama", "3.1", "8", "b", "model"]),
        ("β-VAE", ["beta", "vae"]),
        (r"$\beta$-VAE", ["beta", "vae"]),
        (r"\textbf{ZipNet}", ["zipnet"]),
        (r"$\mathcal{L}_1$ loss", ["l", "1", "loss"]),
        (r"$\ell_2$ loss", ["l", "2", "loss"]),
        (r"Schr\"odinger bridge", ["schrodinger", "bridge"]),
        ("Pokémon", ["pokemon"]),
        ("Łukasz Sørensen", ["lukasz", "sorensen"]),
        ("ﬁne-tuning", ["fine", "tuning"]),
        ("C++", ["c", "plus", "plus"]),
        ("C#", ["c", "sharp"]),
        ("pass@10", ["pass", "at", "10"]),
        ("HumanEval+", ["humaneval", "plus"]),
        ("precision & recall", ["precision", "and", "recall"]),
        ("Mamba™", ["mamba"]),
        ("*Mamba*", ["mamba"]),
        ("Bayes' rule", ["bayes", "rule"]),
        ("Adam's rule", ["adam", "rule"]),
        ("Adam’s rule", ["adam", "rule"]),
        ("10,000 words", ["10000", "word"]),
        (".5 quantile", ["0.5", "quantile"]),
        ("ImageNetC", ["imagenet", "c"]),
        ("QAs", ["qa"]),
        ("MAPS", ["maps"]),
        ("VITS", ["vits"]),
        ("WMT'14", ["wmt", "2014"]),
        ("WMT14", ["wmt", "2014"]),
        ("WMT 2014", ["wmt", "2014"]),
        ("CoNLL-03", ["conll", "2003"]),
        ("DAVIS 16", ["davis", "2016"]),
        ("TREC-99", ["trec", "1999"]),
        ("TREC-50", ["trec", "50"]),
        ("WMT14 En-De", ["wmt", "2014", "english", "german"]),
        ("WMT14 English-to-French", ["wmt", "2014", "english", "french"]),
        ("En-De", ["en", "de"]),
        ("CIFAR-10", ["cifar", "10"]),
        ("CIFAR-14", ["cifar", "14"]),
        ("DINOv2", ["dino", "2"]),
        ("DINO v2", ["dino", "2"]),
        ("AlpacaEval 2.0", ["alpacaeval", "2"]),
        ("SQuAD 1.10", ["squad", "1.10"]),
        ("conv2d", ["conv", "2", "d"]),
        ("top-1 acc", ["top", "1", "accuracy"]),
        ("", []),
        ("- -", []),
    ],
)
def test_a_name_is_folded_to_its_words(name: str, expected: list[str]) -> None:
    assert words(name, plural=True) == expected


def test_a_letter_that_has_no_plain_form_gives_its_code() -> None:
    assert "".join(words("模型-2", plural=True)) == "u6a21u578b2"


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("normalisation", "normalization"),
        ("normalised", "normalized"),
        ("tokeniser", "tokenizer"),
        ("optimising", "optimizing"),
        ("behaviour cloning", "behavior cloning"),
        ("colourisation", "colorization"),
        ("tumour", "tumor"),
        ("centre", "center"),
        ("modelling", "modeling"),
        ("multilabelled", "multilabeled"),
        ("dialogue", "dialog"),
        ("grey", "gray"),
        ("analyse", "analyze"),
        ("artefact", "artifact"),
        ("anaesthesia", "anesthesia"),
    ],
)
def test_british_words_are_american(british: str, american: str) -> None:
    assert words(british, plural=False) == words(american, plural=False)


@pytest.mark.parametrize(
    "word",
    [
        "precision",
        "revision",
        "noise",
        "exercise",
        "promise",
        "wise",
        "raise",
        "expertise",
        "Paris",
    ],
)
def test_words_that_only_look_british_stay(word: str) -> None:
    assert words(word, plural=False) == [word.lower()]


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("models", "model"),
        ("networks", "network"),
        ("accuracies", "accuracy"),
        ("classes", "class"),
        ("boxes", "box"),
        ("branches", "branch"),
        ("meshes", "mesh"),
        ("matrices", "matrix"),
        ("indices", "index"),
        ("analyses", "analysis"),
        ("corpora", "corpus"),
        ("gas", "gas"),
        ("loss", "loss"),
        ("bias", "bias"),
        ("analysis", "analysis"),
        ("statistics", "statistics"),
        ("corpus", "corpus"),
        ("series", "series"),
        ("naivebayes", "naivebayes"),
        ("means", "means"),
    ],
)
def test_a_plural_loses_its_ending_and_what_is_none_keeps_it(plural: str, expected: str) -> None:
    assert singular(plural) == expected


def test_only_the_last_word_may_be_a_plural() -> None:
    assert words("systems models", plural=True) == ["systems", "model"]
    assert words("systems models", plural=False) == ["systems", "models"]


@given(ANY_NAME, st.booleans())
def test_words_are_plain_whatever_the_name_is(name: str, plural: bool) -> None:
    found = words(name, plural=plural)

    assert [one for one in found if not re.fullmatch(r"[a-z]+|\d+(\.\d+)*|u[0-9a-f]+", one)] == []


@given(ANY_NAME)
def test_singular_is_of_the_singular_the_same(name: str) -> None:
    for word in words(name, plural=False):
        assert singular(singular(singular(word))) == singular(singular(word))
