"""Names and terms: which things a sentence names, of which kind, and which are one."""

import pytest

from kg.extract import load_pipeline
from kg.extract.names import find_names
from kg.records import Kind, Term

NLP = load_pipeline()
TITLE = "On some things\n"


def terms(text: str) -> list[Term]:
    return list(NLP(text if "\n" in text else TITLE + text)._.kg_terms)


def kinds(text: str) -> dict[str, Kind]:
    return {term.name: term.kind for term in terms(text)}


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
        (
            "The code is at https://github.com/acme/BERT-CIFAR-10 now.",
            {"https://github.com/acme/BERT-CIFAR-10": "Repository"},
        ),
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


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("We train on CIFAR-10 and CIFAR-100.", [{"CIFAR-10"}, {"CIFAR-100"}]),
        (
            "A graph neural network (GNN) learns; the GNN is small.",
            [{"graph neural network", "GNN"}],
        ),
        ("A zip zap network (ZZN) learns; the ZZN is small.", [{"zip zap network", "ZZN"}]),
        ("We use ResNet-50 and ResNet50.", [{"ResNet-50", "ResNet50"}]),
        ("We use GPT-4 and GPT-4o.", [{"GPT-4"}, {"GPT-4o"}]),
        ("We test on COCO, that is MS COCO.", [{"COCO", "MS COCO"}]),
    ],
)
def test_one_thing_is_one_term(text: str, surfaces: list[set[str]]) -> None:
    assert [{mention.text for mention in term.mentions} for term in terms(text)] == surfaces


def test_an_acronym_that_a_text_defines_has_the_kind_of_its_long_form() -> None:
    text = "A masked autoencoder (MAE) hides patches. MAE learns fast."

    (term,) = terms(text)

    assert term.kind == "Method"
    assert [mention.text for mention in term.mentions] == ["masked autoencoder", "MAE", "MAE"]


def test_the_long_form_of_an_acronym_is_found_in_the_title_too() -> None:
    text = "Zip Zap Networks\nA zip zap network (ZZN) learns."

    (term,) = terms(text)

    assert [one.text for one in term.mentions] == ["Zip Zap Networks", "zip zap network", "ZZN"]


def test_a_benchmark_that_the_paper_introduces_is_a_dataset_wherever_it_stands() -> None:
    text = "ZipTrack: Following Shoes\nWe introduce ZipTrack, a benchmark. ZipTrack is hard."

    (term,) = terms(text)

    assert (term.kind, term.role, len(term.mentions)) == ("Dataset", "introduced", 3)


def test_a_term_is_called_by_its_longest_spelling_and_lists_its_mentions_in_order() -> None:
    text = "On shoes\nThe LSTM is old. A long short-term memory (LSTM) learns."

    (term,) = terms(text)

    assert term.name == "long short-term memory"
    assert [(one.start, one.text) for one in term.mentions] == [
        (13, "LSTM"),
        (28, "long short-term memory"),
        (52, "LSTM"),
    ]


@pytest.mark.parametrize(
    ("sentence", "salient"),
    [
        ("We ask a large language model.", False),
        ("We ask some LLMs.", False),
        ("We use fine-tuning.", False),
        ("We use contrastive learning.", True),
        ("We work on machine translation.", True),
        ("Machine translation is old.", False),
        ("We gain in accuracy.", True),
        ("There is accuracy.", False),
    ],
)
def test_umbrella_terms_and_what_is_named_in_passing_are_not_salient(
    sentence: str, salient: bool
) -> None:
    (term,) = terms(sentence)

    assert term.salient is salient


def test_links_to_one_repository_are_one_term() -> None:
    (term,) = terms("See https://github.com/Acme/Tool or https://github.com/acme/tool/issues.")

    assert term.name == "https://github.com/Acme/Tool"
    assert len(term.mentions) == 2


def test_names_are_found_in_plain_text_without_a_pipeline() -> None:
    text = "ZipNet: Fast\nWe propose ZipNet."

    assert [(text[name.start : name.stop], name.cue) for name in find_names(text)] == [
        ("ZipNet", "own"),
        ("ZipNet", "own"),
    ]
