"""Names by rules and lists: which words of a sentence they take for names, and of which kind."""

import pytest
import spacy

from kg.extract.candidates import without_overlaps
from kg.extract.names import find_names
from kg.records import Kind

NLP = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.WordTokenizer.v1"}}})
for component in ("kg_links", "kg_acronyms", "kg_names"):
    NLP.add_pipe(component)
TITLE = "On some things\n"


def kinds(text: str) -> dict[str, Kind]:
    doc = NLP(text if "\n" in text else TITLE + text)
    return {doc.text[name.start : name.stop]: name.kind for name in doc._.kg_names}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # well-known names
        ("It is tested with BERT.", {"BERT": "Method"}),
        ("We test on CIFAR-10.", {"CIFAR-10": "Dataset"}),
        ("It has a high perplexity.", {"perplexity": "Metric"}),
        ("It is made for machine translation.", {"machine translation": "Task"}),
        ("We train two LSTMs.", {"LSTMs": "Method"}),
        ("We do some math in class.", {}),
        ("It scores high on MATH.", {"MATH": "Dataset"}),
        ("Object Detection is hard.", {"Object Detection": "Task"}),
        # what the paper makes
        ("We propose ZipNet, a fast model.", {"ZipNet": "Method"}),
        ("We introduce the Zip Router, which is fast.", {"Zip Router": "Method"}),
        ("We present a new layer called ZipNorm.", {"ZipNorm": "Method"}),
        ("This work describes a method, dubbed ZipNorm, for it.", {"ZipNorm": "Method"}),
        (r"We propose \textbf{ZipNet}, which is fast.", {"ZipNet": "Method"}),
        ("We develop a small framework ZipFlow that is fast.", {"ZipFlow": "Method"}),
        ("We release ZipSet, a dataset of shoes.", {"ZipSet": "Dataset"}),
        ("We build a benchmark named ZipTrack.", {"ZipTrack": "Dataset"}),
        ("We introduce ZipScore, which judges text.", {"ZipScore": "Metric"}),
        # what it is tested on and by
        ("We evaluate on ZipA, ZipB and ZipC.", dict.fromkeys(["ZipA", "ZipB", "ZipC"], "Dataset")),
        ("It is tested on the Shoe Parts dataset.", {"Shoe Parts": "Dataset"}),
        (
            "We use benchmarks such as ShoeSet and SockSet.",
            {"ShoeSet": "Dataset", "SockSet": "Dataset"},
        ),
        ("Our runs cover ShoeBench.", {"ShoeBench": "Dataset"}),
        ("It is better in terms of turn rate.", {"turn rate": "Metric"}),
        ("It has a sole score of 31.2.", {"sole score": "Metric"}),
        # by shape and context
        ("It is built upon ParaFoo.", {"ParaFoo": "Method"}),
        ("It is built upon ParaFoo-L/14.", {"ParaFoo-L/14": "Method"}),
        ("It outperforms Foobar and Bazinga.", {"Foobar": "Method", "Bazinga": "Method"}),
        ("We ask Claude 3.5 Sonnet for it.", {"Claude 3.5 Sonnet": "Method"}),
        ("We ask Llama 3.1 8B for it.", {"Llama 3.1 8B": "Method"}),
        ("It helps in shoe sole segmentation.", {"shoe sole segmentation": "Task"}),
        # no names
        ("It runs on a TPU, a V100 or in Python.", {}),
        ("We use Spatio-Temporal and LLM-generated data.", {}),
        ("However, Chinese and English differ.", {}),
        ("The code is at https://github.com/acme/BERT-CIFAR-10 now.", {}),
        ("", {}),
    ],
)
def test_a_sentence_gives_names_of_their_kinds(sentence: str, expected: dict[str, Kind]) -> None:
    assert kinds(sentence) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("ZipNet: Fast Nets for All", {"ZipNet": "Method"}),
        ("ZipTrack: A Large Benchmark of Shoes", {"ZipTrack": "Dataset"}),
        ("ZipNet, a very fast net", {"ZipNet": "Method"}),
        ("Mind the Shoe: Walking Far", {}),
        ("Fast Nets for All", {}),
    ],
)
def test_a_title_names_the_work(title: str, expected: dict[str, Kind]) -> None:
    assert kinds(f"{title}\nThere is no more to say.") == expected


def test_plain_words_of_a_title_are_a_name_where_the_abstract_takes_them_up() -> None:
    assert kinds("Mind Walker: Going Far\nMind Walker goes far.") == {"Mind Walker": "Method"}


def test_an_acronym_that_a_text_defines_has_the_kind_of_its_long_form() -> None:
    text = "A masked autoencoder (MAE) hides patches. MAE learns fast."

    assert kinds(text) == {"masked autoencoder": "Method", "MAE": "Method"}


def test_the_long_form_of_an_acronym_is_found_in_the_title_too() -> None:
    text = "Zip Zap Networks\nA zip zap network (ZZN) learns."

    assert list(kinds(text)) == ["Zip Zap Networks", "zip zap network", "ZZN"]


def test_names_are_found_in_plain_text_without_a_pipeline() -> None:
    text = "ZipNet: Fast\nWe propose ZipNet."

    found = without_overlaps(find_names(text))

    assert [(text[name.start : name.stop], name.cue) for name in found] == [
        ("ZipNet", "own"),
        ("ZipNet", "own"),
    ]
