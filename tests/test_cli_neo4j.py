"""The commands that lead to Neo4j, on a real one."""

import json
import re
from pathlib import Path

import pytest
from commands import SAMPLE, kg
from loads import drop, put
from neo4j_server import Server
from papers import new_ledger, paper

from kg.ledger import Ledger
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

    assert first.out.splitlines()[1:] == [
        f"{uri}: {nodes:,} nodes ({nodes:,} created, 0 removed), "
        f"{relationships:,} relationships ({relationships:,} created, 0 removed)"
    ]
    assert second.out == (
        f"{uri}: 12 constraints and indexes present, 0 created\n"
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


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A graph of three papers."""
    with new_ledger(tmp_path / "small.kg") as ledger:
        put(*(paper(f"p{number}", f"Method:Net-{number} Method:Mamba =3") for number in range(3)))(
            ledger
        )
    return tmp_path / "small.kg"


def test_a_load_tells_of_the_schema_and_of_what_has_changed(
    small: Path, uri: str, neo4j_store: Neo4jStore
) -> None:
    first = kg("load", uri, "--graph", small)
    neo4j_store.write("DROP CONSTRAINT kg_paper_id")
    with Ledger(small / "ledger.sqlite") as ledger:
        put(paper("p0", "Method:Zorb"), paper("p3", "Method:Mamba =5 =6"))(ledger)
        drop("p1")(ledger)

    second = kg("load", uri, "--graph", small)

    assert re.fullmatch(
        rf"{uri}: \d+ constraints? and indexes present, \d+ created\n"
        rf"{uri}: 10 nodes \(10 created, 0 removed\), "
        rf"12 relationships \(12 created, 0 removed\)\n",
        first.out,
    )
    assert second.out == (
        f"{uri}: 11 constraints and indexes present, 1 created\n"
        f"{uri}: 9 nodes (4 created, 5 removed), "
        f"10 relationships (6 created, 8 removed); 2 nodes changed\n"
    )


def test_a_load_names_what_has_left_the_graph_but_stays(
    small: Path, uri: str, neo4j_store: Neo4jStore
) -> None:
    kg("load", uri, "--graph", small)
    neo4j_store.write("MATCH (n:Paper {id: 'p1'}) CREATE (n)<-[:READS]-(:Person)")
    with Ledger(small / "ledger.sqlite") as ledger:
        drop("p1")(ledger)

    one = kg("load", uri, "--graph", small)
    neo4j_store.write("MATCH (n:Kg) SET n.stars = 5")
    with Ledger(small / "ledger.sqlite") as ledger:
        drop("p0", "p2")(ledger)
    many = kg("load", uri, "--graph", small)

    assert one.out.splitlines()[-1] == (
        f"{uri}: 1 node has left the graph but stays, since you have tied something to it: p1"
    )
    told = many.out.splitlines()[-1]
    assert told.startswith(
        f"{uri}: 8 nodes have left the graph but stay, since you have tied something to it: p0, "
    )
    assert told.endswith(", ...")
    assert told.count(", ") == 6


def test_another_graph_is_refused_unless_it_is_to_replace_the_first(
    graph: Path, small: Path, uri: str
) -> None:
    assert kg("load", uri, "--graph", small).code == 0

    refused = kg("load", uri, "--graph", graph)
    replaced = kg("load", uri, "--replace", "--graph", graph)
    former = kg("load", uri, "--graph", small)

    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        f"kg: {uri}: holds another graph than {graph}; give each a database of its own "
        f"(--database), or let this one take its place with --replace\n"
    )
    assert replaced.code == 0
    assert "601 created, 9 removed" in replaced.out  # both graphs have Mamba
    assert (former.code, former.err.count("\n")) == (1, 1)


def test_the_address_and_the_database_may_be_stated_otherwise(
    small: Path, uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_URI", uri)

    by_environment = kg("load", "--graph", small)
    named = kg("load", "--database", "neo4j", "--graph", small)
    missing = kg("load", "--database", "nowhere", "--graph", small)

    assert "(10 created, 0 removed)" in by_environment.out
    assert "(0 created, 0 removed)" in named.out
    assert (missing.code, missing.out, missing.err.count("\n")) == (1, "", 1)
    assert "nowhere" in missing.err
