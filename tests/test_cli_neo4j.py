"""The commands that lead to Neo4j, on a real one."""

import json
from pathlib import Path

import pytest
from commands import SAMPLE, kg
from neo4j_server import Server

from kg.stores.bolt import Neo4jStore

WORDS = ("query", "papers_on_dataset", "dataset=imagenet", "--json")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the sample, which none of these tests changes."""
    graph = tmp_path_factory.mktemp("sample") / "papers.kg"
    assert kg("build", SAMPLE, "--graph", graph).code == 0
    return graph


@pytest.fixture
def uri(neo4j_server: Server, neo4j_store: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty Neo4j whose password the environment holds."""
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    return neo4j_server.uri


def test_a_graph_is_loaded_once_and_answers_as_the_embedded_store_does(
    graph: Path, uri: str
) -> None:
    counted = json.loads(kg("stats", "--json", "--graph", graph).out)
    nodes, relationships = (sum(part.values()) for part in counted.values())

    first = kg("load", uri, "--graph", graph)
    second = kg("load", uri, "--graph", graph)

    assert first.out == (
        f"{uri}: {nodes:,} nodes ({nodes:,} created, 0 removed), "
        f"{relationships:,} relationships ({relationships:,} created, 0 removed)\n"
    )
    assert second.out == (
        f"{uri}: {nodes:,} nodes (0 created, 0 removed), "
        f"{relationships:,} relationships (0 created, 0 removed)\n"
    )
    assert kg(*WORDS, "--store", uri) == kg(*WORDS, "--graph", graph)
    statement = "MATCH (p:Paper) RETURN count(p) AS papers"
    assert kg("cypher", statement, "--store", uri, "--csv").out == "papers\n48\n"


def test_what_cannot_be_asked_of_neo4j_is_said_in_one_line(uri: str) -> None:
    for words in (
        ["query", "leaderboard", "dataset=nowhere"],
        ["cypher", "CREATE (n)"],
        ["cypher", "MATCH (n RETURN n"],
    ):
        done = kg(*words, "--store", uri)

        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
        assert done.err.startswith("kg: ")


def test_a_wrong_password_is_said_and_not_repeated(
    graph: Path, uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "a wrong one")

    done = kg("load", uri, "--graph", graph)

    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "a wrong one" not in done.err
