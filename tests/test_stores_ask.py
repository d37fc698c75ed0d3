"""What a person types becomes ids, numbers and dates; offsets become sentences."""

import datetime

import pytest

from kg.errors import QueryError, UnknownNameError
from kg.queries import find_query
from kg.stores.ask import ask
from kg.stores.names import find_id
from kg.stores.protocol import Store


@pytest.mark.parametrize(
    ("label", "typed", "found"),
    [
        ("Dataset", "dataset:cifar-10", "dataset:cifar-10"),
        ("Dataset", "CIFAR-10", "dataset:cifar-10"),
        ("Dataset", " cifar10 ", "dataset:cifar-10"),
        ("Dataset", "CIFAR 10 dataset", "dataset:cifar-10"),
        ("Dataset", "cafeqa", "dataset:cafeqa"),
        ("Dataset", "CAFÉQA", "dataset:cafeqa"),
        ("Dataset", "lra", "dataset:long-range-arena"),
        ("Method", "structured state space SEQUENCE", "method:s4"),
        ("Method", "Schrodinger bridge", "method:schrodinger-bridge"),
        ("Method", "vision transformers", "method:vision-transformer"),
        ("Method", "LLM", "method:large-language-model"),
        ("Metric", "Frechet Inception Distance", "metric:fid"),
        ("Metric", "accuracy", "metric:accuracy"),
        ("Task", "accuracy", "task:accuracy"),
        ("Entity", "accuracy", "metric:accuracy"),
        ("Entity", "task:accuracy", "task:accuracy"),
        ("Entity", "QA", "task:question-answering"),
        ("Repository", "state-spaces/mamba", "repository:github.com/state-spaces/mamba"),
        ("Repository", "https://GitLab.com/cafe/qa.bench/", "repository:gitlab.com/cafe/qa.bench"),
        ("Repository", "gitlab.com/Cafe/qa.bench.git", "repository:gitlab.com/cafe/qa.bench"),
        ("Repository", "qa.bench", "repository:gitlab.com/cafe/qa.bench"),
        ("Paper", "2312.00752", "2312.00752"),
        ("Paper", "007", "007"),
        ("Paper", "arXiv:2312.00752v2", "2312.00752"),
        ("Paper", "https://arxiv.org/pdf/2312.00752v1", "2312.00752"),
        ("Paper", "do transformers need s4?", "2402.00001"),
        ("Paper", "MAMBA: linear-time sequence modeling 🐍", "2312.00752"),
    ],
)  # fmt: skip
def test_a_name_leads_to_its_node(store: Store, label: str, typed: str, found: str) -> None:
    assert find_id(store, label, typed) == found


@pytest.mark.parametrize(
    ("label", "typed", "message"),
    [
        ("Dataset", "cifar11", 'no dataset is called "cifar11"; did you mean CIFAR-10, CIFAR-100?'),
        ("Method", "Mambo", 'no method is called "Mambo"; did you mean Mamba, VMamba, Mamba-2?'),
        (
            "Entity",
            "imagnet",
            'nothing is called "imagnet"; did you mean ImageNet, ImageNet-21K, image generation?',
        ),
        (
            "Dataset",
            "imaegnet",  # a swap in the middle
            'no dataset is called "imaegnet"; did you mean ImageNet, ImageNet-21K?',
        ),
        ("Paper", "mamba or", 'no paper is called "mamba or"; did you mean Mamba or VMamba??'),
        (
            "Task",
            "xyzzy",
            'no task is called "xyzzy"; the question `search` finds names by a part of them',
        ),
    ],
)
def test_an_unknown_name_gets_the_nearest(
    store: Store, label: str, typed: str, message: str
) -> None:
    with pytest.raises(UnknownNameError) as caught:
        find_id(store, label, typed)

    assert str(caught.value) == message


def test_suggestions_are_on_the_error(store: Store) -> None:
    with pytest.raises(UnknownNameError) as caught:
        ask(store, find_query("leaderboard"), {"dataset": "cifar11"})

    assert caught.value.suggestions == ("CIFAR-10", "CIFAR-100")


def test_numbers_kinds_and_dates_may_be_typed(store: Store) -> None:
    query = find_query("trending")
    typed = {"kind": "dataset", "since": "2024-02", "limit": "2"}
    proper = {"kind": "Dataset", "since": datetime.date(2024, 2, 1), "limit": 2}

    rows = ask(store, query, typed)

    assert [tuple(row.values()) for row in rows] == [
        ("2024-05", "ImageNet", "dataset:imagenet", 1),
        ("2024-05", "ImageNet-21K", "dataset:imagenet-21k", 1),
    ]
    assert ask(store, query, proper) == rows


@pytest.mark.parametrize(("given", "proper"), [("Yes", "yes"), (True, "yes"), (False, "no")])
def test_a_switch_may_be_true_or_false(store: Store, given: object, proper: str) -> None:
    query = find_query("new_about")

    rows = ask(store, query, {"topic": "Mamba", "versions": given})

    assert rows == ask(store, query, {"topic": "Mamba", "versions": proper})


def test_what_is_none_counts_as_not_given(store: Store) -> None:
    query = find_query("most_used")

    assert ask(store, query, {"kind": None, "limit": None}) == ask(store, query)


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("leaderboard", {}, "leaderboard needs dataset: a dataset by name, alias or id"),
        (
            "leaderboard",
            {"dataset": "LRA", "metrik": "F1"},
            "leaderboard has no parameter metrik; it has dataset, metric, form, versions, limit",
        ),
        ("leaderboard", {"dataset": ["LRA"]}, r"dataset takes text, not \['LRA'\]"),
        ("leaderboard", {"dataset": "  "}, "the name of the dataset is empty"),
        ("leaderboard", {"dataset": "LRA", "form": "win"}, "form takes value, gain or factor, not"),
        ("most_used", {"limit": "ten"}, "limit takes a whole number from 0, not 'ten'"),
        ("most_used", {"limit": -1}, "limit takes a whole number from 0, not -1"),
        ("most_used", {"limit": True}, "limit takes a whole number from 0, not True"),
        (
            "most_used",
            {"kind": "Paper"},
            "kind takes Method, Dataset, Metric, Task or Repository, not 'Paper'",
        ),
        (
            "trending",
            {"since": "2024-13"},
            "since takes a date such as 2024, 2024-03 or 2024-03-01, not '2024-13'",
        ),
        ("trending", {"since": "yesterday"}, "since takes a date such as"),
        ("new_about", {"topic": "S4", "versions": "1"}, "versions takes yes or no, not '1'"),
        ("new_about", {"topic": "S4", "versions": 1}, "versions takes yes or no, not '1'"),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_told(
    store: Store, name: str, given: dict[str, object], message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        ask(store, find_query(name), given)


def test_evidence_is_the_sentence_and_the_words_behind_an_emoji(store: Store) -> None:
    rows = ask(store, find_query("evidence"), {"paper": "2312.00752", "topic": "Transformer"})

    assert rows == [
        {
            "source": "2312.00752",
            "relationship": "COMPARES_WITH",
            "target": "method:transformer",
            "confidence": 0.9,
            "count": 2,
            "evidence": "Unlike Transformers, Mamba scales linearly.",
            "words": "Transformers",
            "start": 99,
            "stop": 111,
        },
        {
            "source": "2312.00752",
            "relationship": "REPORTS",
            "target": "result:2312.00752:3",
            "confidence": 0.75,
            "count": 1,
            "evidence": "Mamba enjoys 5× higher throughput than Transformers.",
            "words": "5×",
            "start": 222,
            "stop": 224,
        },
        {
            "source": "result:2312.00752:3",
            "relationship": "AGAINST",
            "target": "method:transformer",
            "confidence": 0.75,
            "count": 1,
            "evidence": "Mamba enjoys 5× higher throughput than Transformers.",
            "words": "5×",
            "start": 222,
            "stop": 224,
        },
    ]


def test_columns_with_evidence_are_known_without_rows(store: Store) -> None:
    rows = ask(store, find_query("papers_of_task"), {"task": "QA", "since": "2030"})

    assert rows == []
    assert rows.columns == find_query("papers_of_task").columns
