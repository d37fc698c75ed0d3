"""How Neo4j goes about each statement: by indexes and labels, never by all nodes or all pairs."""

import re
from collections.abc import Iterator
from typing import Any

import neo4j
import pytest
from neo4j_server import Server

from kg.queries import cypher_folder, load_queries, statement
from kg.records import KINDS
from kg.stores.bolt import Neo4jStore
from kg.stores.embedded import EmbeddedStore

BAD = {"AllNodesScan", "CartesianProduct"}
PARAMETERS: dict[str, object] = {
    **{key: ["a", "b"] for key in ("ids", "ends", "among", "parts", "pieces", "route")},
    **dict.fromkeys(("limit", "step", "steps"), 3),
    "layer": [{"id": "a", "newest": ""}],
    "directions": [["a", "higher"]],
    "units": [["s", "s", 1.0]],
}
STATEMENTS = {
    **{f"queries/{name}": "Method" for name in load_queries()},
    **{
        f"lookup/{file.stem}": "|".join(KINDS)
        for file in sorted((cypher_folder() / "lookup").glob("*.cypher"))
    },
}
LOADING = sorted({file.stem for file in (cypher_folder() / "load").glob("*.cypher")} - {"lists"})
ENDS = {"SOURCE": "Paper", "TARGET": "Task"}
NAMES = {"LABEL": "Method", "FORMER": "Metric", "LATTER": "Task", **ENDS}
SEARCHES = {"any", "adopt", "graphs"}  # that look at all nodes of a label


@pytest.fixture(scope="module")
def session(neo4j_server: Server, small_neo4j: Neo4jStore) -> Iterator[neo4j.Session]:
    """A session that tells all that Neo4j has to say of a statement."""
    auth = ("neo4j", neo4j_server.password)
    with (
        neo4j.GraphDatabase.driver(neo4j_server.uri, auth=auth) as driver,
        driver.session(default_access_mode=neo4j.READ_ACCESS) as session,
    ):
        yield session


@pytest.mark.parametrize("path", STATEMENTS)
def test_no_statement_goes_through_all_nodes_or_all_pairs(
    path: str, session: neo4j.Session
) -> None:
    summary = explained(session, path)

    assert summary.plan
    assert not BAD & set(operators(summary.plan))


@pytest.mark.parametrize("name", LOADING)
def test_a_load_finds_each_node_by_its_id(name: str, session: neo4j.Session) -> None:
    cypher = statement(f"load/{name}", **NAMES)
    names = set(re.findall(r"\$(\w+)", cypher))
    kinds = {"limit": 3, "most": 3, "sentence": [0]}
    given = {key: kinds.get(key, ["a"]) for key in names}

    plan = session.run(f"EXPLAIN {cypher}", given).consume().plan

    assert plan
    found = set(operators(plan))
    assert "AllNodesScan" not in found  # a product of two nodes that ids give is one row
    assert name in SEARCHES or not {one for one in found if one.endswith("LabelScan")}
    assert name in SEARCHES or any("Index" in one for one in found)


@pytest.mark.parametrize("path", STATEMENTS)
def test_neo4j_warns_of_no_statement(path: str, session: neo4j.Session) -> None:
    warned = [
        found.status_description
        for found in explained(session, path).gql_status_objects
        if found.raw_classification in ("DEPRECATION", "PERFORMANCE")
    ]

    assert warned == []


@pytest.mark.parametrize("path", STATEMENTS)
def test_the_embedded_store_plans_each_statement(path: str, small_embedded: EmbeddedStore) -> None:
    cypher = statement(path, LABEL=STATEMENTS[path])

    steps = [
        str(row["operation"]) for row in small_embedded.run(f"EXPLAIN {cypher}", given(cypher))
    ]

    assert steps
    assert not [step for step in steps if "Cartesian" in step or "AllNodes" in step]


def explained(session: neo4j.Session, path: str) -> neo4j.ResultSummary:
    """What Neo4j tells of a statement without running it."""
    cypher = statement(path, LABEL=STATEMENTS[path])
    return session.run(f"EXPLAIN {cypher}", given(cypher)).consume()


def given(cypher: str) -> dict[str, object]:
    """A value for each parameter that a statement speaks of; most take text."""
    names = {word.group(1) for word in re.finditer(r"\$(\w+)", cypher)}
    return {name: PARAMETERS.get(name, "a") for name in names}


def operators(plan: dict[str, Any]) -> Iterator[str]:
    """The operators of a plan and of all below it, such as `NodeUniqueIndexSeek`."""
    yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", []):
        yield from operators(child)
