"""The graph's nodes and edges, from an extraction made by hand."""

from pathlib import Path

import pytest
from papers import extract_marks, new_ledger, paper

from kg.graph import RELATIONSHIPS, edges, nodes, paper_edges, result_id
from kg.ledger import Ledger
from kg.queries import LABELS, TYPES
from kg.records import ROLES, Extraction, Kind, Mention, Node, Paper, Result, Term
from kg.resolve import resolve
from kg.rows import write_paper
from kg.totals import counts


def term(kind: Kind, name: str, role: str, *starts: int, evidence: int = 0) -> Term:
    mentions = tuple(Mention(start, start + len(name), name, 0.5 + start / 100) for start in starts)
    return Term(kind, name, role, True, mentions, evidence)


def result(start: int, **cells: int) -> Result:
    return Result(start, start + 4, "97.5", 97.5, "%", "value", 0.6, **cells)


def graph_of(folder: Path, one: Paper, extraction: Extraction) -> tuple[dict[str, Node], Ledger]:
    ledger = new_ledger(folder)
    write_paper(ledger, one, extraction, "rules")
    resolve(ledger)
    return {node.id: node for node in nodes(ledger)}, ledger


def test_every_role_of_every_kind_makes_a_relationship() -> None:
    assert set(RELATIONSHIPS) == {(kind, role) for kind, roles in ROLES.items() for role in roles}


def test_the_types_are_those_that_queries_know() -> None:
    assert {*RELATIONSHIPS.values(), "OF", "ON", "BY", "AGAINST", "VERSION_OF"} == set(TYPES)


@pytest.mark.parametrize(
    ("kind", "role", "type"),
    [
        ("Method", "proposed", "PROPOSES"),
        ("Method", "used", "USES"),
        ("Method", "compared", "COMPARES_WITH"),
        ("Method", "mentioned", "MENTIONS"),
        ("Dataset", "introduced", "INTRODUCES"),
        ("Dataset", "evaluated", "EVALUATES_ON"),
        ("Dataset", "mentioned", "MENTIONS"),
        ("Metric", "proposed", "PROPOSES"),
        ("Metric", "reported", "REPORTS"),
        ("Metric", "mentioned", "MENTIONS"),
        ("Task", "addressed", "ADDRESSES"),
        ("Task", "mentioned", "MENTIONS"),
        ("Repository", "code", "HAS_CODE"),
        ("Repository", "other", "LINKS_TO"),
    ],
)
def test_a_role_makes_its_relationship(kind: Kind, role: str, type: str) -> None:
    extraction = Extraction("p", (term(kind, "zorb", role, 7),), ())

    (edge,) = paper_edges(extraction, [(kind, "zorb")])

    assert (edge.source, edge.source_label, edge.type) == ("p", "Paper", type)
    assert (edge.target, edge.target_label) == (f"{kind.lower()}:zorb", kind)


def test_an_edge_shows_the_mention_that_shows_the_role_and_counts_all() -> None:
    extraction = Extraction("p", (term("Method", "Mamba", "used", 3, 20, 40, evidence=1),), ())

    (edge,) = paper_edges(extraction, [("Method", "mamba")])

    assert (edge.start, edge.stop, edge.confidence) == (20, 25, 0.7)
    assert (edge.count, edge.paper) == (3, "p")


def test_two_terms_with_one_key_and_one_relationship_are_one_edge_with_the_mentions_of_both() -> (
    None
):
    terms = (
        term("Dataset", "CIFAR-10", "evaluated", 3, 50),
        term("Dataset", "cifar10", "evaluated", 20),
        term("Dataset", "Cifar 10", "mentioned", 30),
    )

    made = list(paper_edges(Extraction("p", terms, ()), [("Dataset", "cifar-10")] * 3))

    assert [(edge.type, edge.start, edge.count) for edge in made] == [
        ("EVALUATES_ON", 3, 3),
        ("MENTIONS", 30, 1),
    ]


def test_a_result_is_reported_and_leads_to_its_four_cells() -> None:
    terms = (
        term("Method", "Mamba", "proposed", 0),
        term("Dataset", "Pile", "evaluated", 10),
        term("Metric", "accuracy", "reported", 20),
        term("Method", "Hyena", "compared", 40),
    )
    found = (result(30, method=0, dataset=1, metric=2, baseline=3),)

    entities = [
        ("Method", "mamba"), ("Dataset", "pile"), ("Metric", "accuracy"), ("Method", "hyena"),
    ]  # fmt: skip

    made = list(paper_edges(Extraction("p", terms, found), entities))

    assert [(edge.source, edge.type, edge.target) for edge in made[4:]] == [
        ("p", "REPORTS", "result:p:1"),
        ("result:p:1", "OF", "metric:accuracy"),
        ("result:p:1", "ON", "dataset:pile"),
        ("result:p:1", "BY", "method:mamba"),
        ("result:p:1", "AGAINST", "method:hyena"),
    ]
    reported, of, *_ = made[4:]
    assert (reported.start, reported.stop, reported.confidence, reported.count) == (30, 34, 0.6, 1)
    assert (of.source_label, of.target_label) == ("Result", "Metric")
    assert (of.start, of.stop, of.confidence, of.paper) == (20, 28, 0.6, "p")


def test_an_unknown_cell_makes_no_edge() -> None:
    terms = (term("Metric", "accuracy", "reported", 20),)

    extraction = Extraction("p", terms, (result(30, metric=0),))

    made = list(paper_edges(extraction, [("Metric", "accuracy")]))

    assert [edge.type for edge in made] == ["REPORTS", "REPORTS", "OF"]


@pytest.mark.parametrize(
    ("starts", "number", "nearest"),
    [((0, 40, 90), 50, 40), ((0, 40, 90), 89, 90), ((10, 30), 20, 10), ((60,), 0, 60)],
)
def test_a_cell_shows_the_mention_nearest_to_the_number(
    starts: tuple[int, ...], number: int, nearest: int
) -> None:
    terms = (term("Metric", "F1", "reported", *starts),)

    extraction = Extraction("p", terms, (result(number, metric=0),))

    *_, cell = paper_edges(extraction, [("Metric", "f1")])

    assert (cell.type, cell.start) == ("OF", nearest)


def test_a_result_has_the_number_of_its_place() -> None:
    assert result_id("2312.00752", 0) == "result:2312.00752:1"


def test_a_paper_node_holds_what_the_paper_states(tmp_path: Path) -> None:
    one = Paper("p", "Title", "Abstract.", "2023", "https://p.example", ("Ada",), source="a.csv:2")

    found, ledger = graph_of(tmp_path, one, Extraction("p", (), ()))
    ledger.close()

    assert found == {
        "p": Node(
            "p",
            "Paper",
            {
                "title": "Title",
                "abstract": "Abstract.",
                "published": "2023",
                "url": "https://p.example",
                "authors": ("Ada",),
                "source": "a.csv:2",
            },
        )
    }


def test_entities_and_results_have_the_properties_of_the_schema(tmp_path: Path) -> None:
    terms = (term("Dataset", "cifar10", "evaluated", 0),)
    extraction = Extraction("p", terms, (result(30, dataset=0),))

    found, ledger = graph_of(tmp_path, paper("p", "cifar10"), extraction)
    ledger.close()

    assert found["dataset:cifar-10"].properties == {
        "name": "CIFAR-10",
        "aliases": ("cifar10",),
        "papers": 1,
        "salient": True,
        "ambiguous": False,
        "external_ids": (),
    }
    assert found["result:p:1"] == Node(
        "result:p:1",
        "Result",
        {"text": "97.5", "number": 97.5, "unit": "%", "form": "value", "start": 30, "stop": 34},
    )


@pytest.mark.parametrize(
    ("url", "host", "owner", "name"),
    [
        ("https://github.com/state-spaces/mamba", "github.com", "state-spaces", "mamba"),
        ("https://gitlab.com/nativqa/framework", "gitlab.com", "nativqa", "framework"),
        ("https://huggingface.co/jmhb/model", "huggingface.co", "jmhb", "model"),
        ("https://huggingface.co/datasets/jmhb/microvqa", "huggingface.co", "jmhb", "microvqa"),
        ("https://huggingface.co/spaces/jmhb/demo", "huggingface.co", "jmhb", "demo"),
        ("https://huggingface.co/gpt2", "huggingface.co", "", "gpt2"),
        ("https://anonymous.4open.science/r/EHNet", "anonymous.4open.science", "", "EHNet"),
    ],
)
def test_a_repository_is_split_into_host_owner_and_name(
    tmp_path: Path, url: str, host: str, owner: str, name: str
) -> None:
    extraction = Extraction("p", (term("Repository", url, "code", 0),), ())

    found, ledger = graph_of(tmp_path, paper("p", url), extraction)
    ledger.close()

    (node,) = (node for node in found.values() if node.label == "Repository")
    assert node.id == f"repository:{url.removeprefix('https://').lower()}"
    assert node.properties == {"url": url, "host": host, "owner": owner, "name": name}


def test_nodes_come_as_papers_then_entities_then_results_each_in_order(tmp_path: Path) -> None:
    papers = [paper("b", "Method:Zorb =2 =3"), paper("a", "Dataset:Set Method:Yarn =1")]
    with new_ledger(tmp_path) as ledger:
        for one, extraction in zip(papers, extract_marks(papers), strict=True):
            write_paper(ledger, one, extraction, "rules")
        resolve(ledger)

        assert [node.id for node in nodes(ledger)] == [
            "a",
            "b",
            "dataset:set",
            "method:yarn",
            "method:zorb",
            "result:a:1",
            "result:b:1",
            "result:b:2",
        ]
        assert [edge.paper for edge in edges(ledger)] == ["a"] * 5 + ["b"] * 5


def test_counts_are_there_for_every_label_and_type_in_the_order_of_the_schema(
    tmp_path: Path,
) -> None:
    with new_ledger(tmp_path) as ledger:
        counted = counts(ledger)

    assert tuple(counted["nodes"]) == LABELS
    assert tuple(counted["relationships"]) == TYPES
    assert {*counted["nodes"].values(), *counted["relationships"].values()} == {0}
