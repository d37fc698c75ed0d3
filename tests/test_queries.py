"""The named questions: each documented, and with the same answer from every store."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import small_graph

from kg.errors import QueryError
from kg.queries import LABELS, TYPES, Query, cypher_folder, find_query, load_queries, statement
from kg.stores.ask import ask
from kg.stores.embedded import make_snapshot, open_snapshot
from kg.stores.protocol import Store
from kg.stores.read_only import check_read_only

GIVEN: dict[str, dict[str, object]] = {
    "builds_on": {"method": "HiPPO"},
    "code": {"topic": "Mamba"},
    "code_of_paper": {"paper": "2401.10166"},
    "datasets_of_task": {"task": "image classification"},
    "evidence": {"paper": "2312.00752", "topic": "Mamba"},
    "introduced_datasets": {"task": "question answering"},
    "leaderboard": {"dataset": "CIFAR-10"},
    "lineage": {"method": "VMamba"},
    "methods_of_task": {"task": "image classification"},
    "metrics_on_dataset": {"dataset": "CIFAR-10"},
    "most_used": {"kind": "Method"},
    "new_about": {"topic": "S4", "since": "2023"},
    "paper_facts": {"paper": "VMamba: Visual State Space Model"},
    "papers_of_task": {"task": "image classification"},
    "papers_on_both": {"first": "Mamba", "second": "ImageNet"},
    "papers_on_dataset": {"dataset": "ImageNet", "since": "2024"},
    "path": {"source": "CaféQA", "target": "HiPPO"},
    "results_of_method": {"method": "Mamba"},
    "results_of_paper": {"paper": "2312.00752"},
    "rivals": {"method": "S4"},
    "search": {"text": "mamba"},
    "similar_papers": {"paper": "2312.00752"},
    "trending": {"kind": "Method", "since": "2023-12"},
    "used_together": {"topic": "Mamba"},
    "versions": {"topic": "Mamba"},
}

# A family for each question that can take in its versions, and its rows without and with them.
FAMILIES: dict[str, tuple[dict[str, object], int, int]] = {
    "builds_on": ({"method": "Mamba"}, 3, 4),
    "leaderboard": ({"dataset": "ImageNet"}, 5, 6),
    "metrics_on_dataset": ({"dataset": "ImageNet"}, 2, 2),
    "new_about": ({"topic": "Mamba"}, 5, 7),
    "papers_on_dataset": ({"dataset": "ImageNet"}, 5, 6),
    "results_of_method": ({"method": "Mamba"}, 3, 5),
}

# What `ask` gives to a statement by itself, and what it needs for that.
FOUND: dict[str, set[str]] = {
    "route": {"source", "target"},
    "layer": {"method"},
    "step": set(),
    "directions": set(),
    "units": set(),
    "oldest": {"since"},
    "newest": {"since"},
}


@pytest.fixture(scope="module")
def shuffled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small graph as a snapshot that was made in another order."""
    path = tmp_path_factory.mktemp("shuffled") / "graph.kgl"
    make_snapshot(path, *small_graph.shuffled())
    with open_snapshot(path) as store:
        yield store


def answer(store: Store, name: str, **given: object) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in ask(store, find_query(name), given)]


@pytest.mark.parametrize("query", load_queries().values(), ids=lambda query: query.name)
def test_every_question_has_one_answer(
    query: Query, small_embedded: Store, small_neo4j: Store, shuffled: Store
) -> None:
    rows = ask(small_embedded, query, GIVEN[query.name])

    assert rows
    assert rows.columns == query.columns
    assert all(tuple(row) == query.columns for row in rows)
    for store in (small_neo4j, shuffled):
        assert ask(store, query, GIVEN[query.name]) == rows


@pytest.mark.parametrize("name", FAMILIES)
def test_a_question_takes_in_versions_only_where_asked_to(
    name: str, small_embedded: Store, small_neo4j: Store, shuffled: Store
) -> None:
    given, without, including = FAMILIES[name]
    for store in (small_neo4j, small_embedded, shuffled):
        assert ask(store, find_query(name), given) == ask(
            small_embedded, find_query(name), {**given, "versions": "no"}
        )
        rows = ask(store, find_query(name), {**given, "versions": "yes"})
        assert rows == ask(small_embedded, find_query(name), {**given, "versions": "yes"})
        assert (len(answer(store, name, **given)), len(rows)) == (without, including)


def test_every_question_that_can_take_in_versions_is_tried() -> None:
    able = [name for name, query in load_queries().items() if "$versions" in query.cypher]

    assert able == list(FAMILIES)


@pytest.mark.parametrize("query", load_queries().values(), ids=lambda query: query.name)
def test_every_question_is_documented(query: Query) -> None:
    assert query.summary.endswith(".")
    assert "//" not in query.cypher
    used = set(re.findall(r"\$(\w+)", query.cypher))
    for given, asked in FOUND.items():
        used = used - {given} | asked if given in used else used
    used |= {"kind"} if ":LABEL" in query.cypher else set()
    assert used == {parameter.name for parameter in query.parameters}
    assert all(parameter.description for parameter in query.parameters)
    required = [p.default is None for p in query.parameters]
    assert required == sorted(required, reverse=True)
    check_read_only(query.cypher)


def test_statements_name_only_what_the_schema_has() -> None:
    placeholders = {"LABEL", "SOURCE", "TARGET", "FORMER", "LATTER", "Kg", "KgLoad"}
    for file in cypher_folder().rglob("*.cypher"):
        lines = file.read_text(encoding="utf-8").splitlines()
        text = "\n".join(line for line in lines if not line.startswith("//"))
        named = re.findall(r"[(\[]\w*\s*:([\w|\s]+)", text)
        names = {name.strip() for group in named for name in re.split(r"[|:]", group)}
        assert {name.split()[0] for name in names} <= {*LABELS, *TYPES, *placeholders}, file


def test_the_schema_is_the_documented_one() -> None:
    design = (Path(__file__).parent.parent / "docs" / "design.md").read_text(encoding="utf-8")
    graph = design.partition("## The graph")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:-1] for line in graph.splitlines() if line.startswith("| `")]
    labels = {name for row in rows if len(row) == 2 for name in re.findall(r"`(\w+)`", row[0])}
    types = {name for row in rows if len(row) == 3 for name in re.findall(r"`(\w+)`", row[1])}

    assert labels == set(LABELS)
    assert types == set(TYPES)


def test_an_unknown_question_gets_the_nearest() -> None:
    with pytest.raises(QueryError, match='"papers-on-datasets"; did you mean papers_on_dataset'):
        find_query("papers-on-datasets")
    with pytest.raises(QueryError, match="there are builds_on, code, "):
        find_query("xyzzy")


def test_a_name_outside_the_schema_never_reaches_a_statement() -> None:
    with pytest.raises(QueryError, match="no label or type"):
        statement("load/nodes", LABEL="Paper) DETACH DELETE (n")


def test_a_leaderboard_ranks_values_metric_by_metric(store: Store) -> None:
    rows = ask(store, find_query("leaderboard"), {"dataset": "CIFAR-10"})

    assert [(row["metric"], row["method"], row["number"]) for row in rows] == [
        ("accuracy", "ViT", 99.5),
        ("accuracy", "ResNet-50", 95.0),
        ("accuracy", "S4", 91.1),
        ("accuracy", "ResNet-50", 91.1),
        ("FID", "Schrödinger Bridge", 3.3),
        ("FID", "β-VAE", 35.2),
    ]


def test_a_leaderboard_ends_with_results_of_no_stated_metric(store: Store) -> None:
    rows = answer(store, "leaderboard", dataset="ImageNet")

    assert [row[:4] for row in rows] == [
        ("accuracy", "higher", "ViT", "88.55%"),
        ("accuracy", "higher", "Mamba-2", "83.0%"),
        ("accuracy", "higher", "VMamba", "82.6%"),
        ("FID", "lower", "Schrödinger Bridge", "10.0"),
        (None, None, None, "83.9"),
    ]
    assert rows[2][10] == "https://github.com/mzeromiko/vmamba"


def test_a_leaderboard_says_which_version_a_result_is_on(store: Store) -> None:
    rows = ask(store, find_query("leaderboard"), {"dataset": "ImageNet", "versions": "yes"})

    assert [(row["method"], row["value"], row["version"]) for row in rows[:4]] == [
        ("ViT", "88.55%", None),
        ("Mamba-2-2.7B", "84.2%", "ImageNet-21K"),
        ("Mamba-2", "83.0%", None),
        ("VMamba", "82.6%", None),
    ]


def test_versions_of_versions_are_versions_and_doubted_ones_are_left_out(store: Store) -> None:
    assert answer(store, "versions", topic="Mamba") == [
        ("Mamba-2", "method:mamba-2", 1, "Mamba"),
        ("Mamba-2-2.7B", "method:mamba-2-2.7b", 1, "Mamba-2"),
    ]
    assert answer(store, "versions", topic="mamba 2") == [
        ("Mamba-2-2.7B", "method:mamba-2-2.7b", 1, "Mamba-2")
    ]
    assert answer(store, "versions", topic="question answering") == []


def test_results_of_versions_name_the_version(store: Store) -> None:
    rows = ask(store, find_query("results_of_method"), {"method": "Mamba", "versions": "yes"})

    assert [(row["value"], row["version"]) for row in rows] == [
        ("84.2%", "Mamba-2-2.7B"),
        ("83.0%", "Mamba-2"),
        ("16.3", None),
        ("16.3", None),
        ("5×", None),
    ]


def test_a_paper_that_names_a_thing_and_its_versions_counts_once(store: Store) -> None:
    alone = answer(store, "metrics_on_dataset", dataset="ImageNet")
    family = answer(store, "metrics_on_dataset", dataset="ImageNet", versions="yes")

    assert alone[0] == ("accuracy", "metric:accuracy", 3, 4)
    assert family[0] == ("accuracy", "metric:accuracy", 3, 6)


def test_gains_and_factors_are_ranked_apart(store: Store) -> None:
    query = find_query("leaderboard")
    gains = ask(store, query, {"dataset": "ImageNet", "form": "gain"})
    factors = ask(store, query, {"dataset": "CIFAR-10", "form": "factor", "metric": "accuracy"})

    columns = ("metric", "method", "value", "against")
    assert [[row[column] for column in columns] for row in [*gains, *factors]] == [
        ["accuracy", "VMamba", "0.9 points", "ViT"],
        ["accuracy", "ResNet-50", "1.5 times", "S4"],
    ]


def test_the_lowest_is_best_where_the_metric_says_so_whatever_the_unit(store: Store) -> None:
    rows = answer(store, "leaderboard", dataset="Long Range Arena")

    assert [row[:4] for row in rows] == [
        ("accuracy", "higher", "S4", "86.1%"),
        ("error rate", "lower", "TinyMamba", "0.04"),
        ("error rate", "lower", "S4", "5.1%"),
        ("latency", "lower", "TinyMamba", "350 ms"),
        ("latency", "lower", "S4", "1.2 s"),
    ]
    assert rows[3][-4:] == ("Its latency is 350 ms, that of S4 is 1.2 s.", "350 ms", 98, 104)


def test_doubted_terms_are_left_out_unless_named(store: Store) -> None:
    names = [row[0] for row in answer(store, "most_used", kind="Method")]
    by_name = answer(store, "new_about", topic="large language model")

    assert "large language model" not in names
    assert [row[0] for row in by_name] == ["10.1234/abc.5", "p11112222"]
    assert [row[2] for row in answer(store, "leaderboard", dataset="CaféQA")] == ["Transformer"]


def test_rivals_are_compared_by_role_or_by_result(store: Store) -> None:
    assert [row[:5] for row in answer(store, "rivals", method="S4")] == [
        ("Transformer", "method:transformer", 3, 0, 0),
        ("Mamba", "method:mamba", 2, 0, 1),  # by values of one metric
        ("ResNet-50", "method:resnet-50", 2, 0, 1),  # by a factor
        ("TinyMamba", "method:tiny-mamba", 1, 0, 1),  # by a gain alone
    ]
    assert answer(store, "rivals", method="TinyMamba") == [
        ("S4", "method:s4", 1, 1, 0, ["TinyMamba on Phones"])
    ]


def test_what_builds_on_a_method_is_named(store: Store) -> None:
    rows = ask(store, find_query("builds_on"), {"method": "HiPPO"})

    assert [(row["paper"], row["proposes"], row["evidence"]) for row in rows] == [
        ("2312.00752", ["Mamba"], "It builds on HiPPO."),
        (
            "2111.00396",
            ["S4"],
            "The Structured State Space sequence model, S4, builds on HiPPO.",
        ),
    ]


def test_a_lineage_goes_back_step_by_step_and_ends_in_a_circle(store: Store) -> None:
    rows = answer(store, "lineage", method="Mamba", steps=9)

    assert [row[:6] for row in rows] == [
        (1, "Mamba", "HiPPO", "method:hippo", "2312.00752", "2023-12-01"),
        (2, "HiPPO", "S4", "method:s4", "008", ""),  # "HiPPO Revisited" is newer than Mamba
        (3, "S4", "HiPPO", "method:hippo", "2111.00396", "2021-10-31"),
    ]
    assert rows[0][6:] == ("It builds on HiPPO.", "HiPPO", 275, 280)


def test_a_lineage_has_no_more_steps_and_rows_than_asked_for(store: Store) -> None:
    def steps(**given: int) -> list[object]:
        return [row[0] for row in answer(store, "lineage", method="HiPPO", **given)]

    assert steps() == [1, 1, 2]
    assert steps(steps=1) == [1, 1]
    assert steps(steps=0) == []
    assert steps(limit=1) == [1]
    assert steps(limit=0) == []


def test_evidence_shows_the_number_and_the_words_of_each_cell(store: Store) -> None:
    query = find_query("evidence")
    rows = ask(store, query, {"paper": "2312.00006", "topic": "LRA"})

    assert [(row["relationship"], row["evidence"], row["words"]) for row in rows[:3]] == [
        ("EVALUATES_ON", "We test it on Long Range Arena.", "Long Range Arena"),
        ("REPORTS", "Its latency is 350 ms, that of S4 is 1.2 s.", "350 ms"),
        ("ON", "We test it on Long Range Arena.", "Long Range Arena"),
    ]


def test_evidence_of_a_paper_is_that_of_each_relationship_and_cell(store: Store) -> None:
    rows = ask(store, find_query("evidence"), {"paper": "2312.00006"})

    edges = [edge for edge in small_graph.edges() if edge.paper == "2312.00006"]
    assert len(rows) == len(edges)
    assert [(row["source"], row["relationship"]) for row in rows[7:13]] == [
        ("2312.00006", "REPORTS"),
        ("result:2312.00006:1", "BY"),
        ("result:2312.00006:1", "ON"),
        ("result:2312.00006:1", "OF"),
        ("2312.00006", "REPORTS"),
        ("result:2312.00006:2", "BY"),
    ]


def test_a_direct_path_has_one_paper_and_a_longer_one_the_rarest_shared_term(store: Store) -> None:
    direct = answer(store, "path", source="Mamba", target="S4")
    longer = answer(store, "path", source="CaféQA", target="HiPPO")

    assert [row[:4] for row in direct] == [
        (1, "Do Transformers need S4?", "COMPARES_WITH", "Mamba"),
        (2, "Do Transformers need S4?", "COMPARES_WITH", "S4"),
    ]
    assert [(row[3], row[1]) for row in longer[::2]] == [
        ("CaféQA", "CaféQA: a Benchmark for Question Answering"),
        ("Transformer", "Mamba: Linear-Time Sequence Modeling 🐍"),
    ]
    assert answer(store, "path", source="S4", target="S4") == []


def test_similar_papers_share_rare_terms(store: Store) -> None:
    rows = answer(store, "similar_papers", paper="2312.00752", limit=2)

    assert [(row[0], row[3]) for row in rows] == [("2402.00001", 7.587), ("2111.00396", 5.67)]


def test_search_puts_whole_names_first(store: Store) -> None:
    rows = answer(store, "search", text="MAMBA", limit=3)

    assert [row[:2] for row in rows] == [
        ("Method", "Mamba"),
        ("Repository", "mamba"),
        ("Method", "VMamba"),
    ]


def test_trends_go_back_month_by_month_until_the_limit(store: Store) -> None:
    def months(**given: object) -> list[object]:
        return [row[0] for row in answer(store, "trending", kind="Method", **given)]

    every = months()
    assert every == sorted(every, reverse=True)
    assert len(set(every)) > 3  # more than the first two windows hold
    assert months(limit=len(every) - 1) == every[:-1]
    assert months(since=every[0]) == [month for month in every if month == every[0]]
    assert months(limit=0) == months(since="2099") == []
