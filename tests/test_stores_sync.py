"""Loading beside what others have written: it stays, and what they have damaged is mended."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loads import (
    CHANGES,
    TEXTS,
    Change,
    assert_holds,
    correct,
    drop,
    held,
    put,
    scratch_ledger,
    skim,
)
from papers import paper

from kg.corrections import Correction
from kg.ledger import Ledger
from kg.stores import syncing
from kg.stores.bolt import Neo4jStore
from kg.stores.load import load

BEFORE = paper("a", "Method:Mamba/used on Dataset:CIFAR-10/evaluated =3 https://example.org/m")
AFTER = paper("a", "Method:S4/used on Dataset:MNIST/evaluated")
OTHER = paper("b", "Method:S4")
IDS = ("a", "method:mamba", "result:a:1", "repository:example.org/m")  # what only BEFORE gives

TIES = {
    "a label": "MATCH (n:Kg {id: $id}) SET n:Mine",
    "a property": "MATCH (n:Kg {id: $id}) SET n.stars = 5",
    "a relationship from another node": "MATCH (n:Kg {id: $id}) CREATE (:Person)-[:LIKES]->(n)",
    "a relationship to another node": "MATCH (n:Kg {id: $id}) CREATE (n)-[:READ_BY]->(:Person)",
    "a relationship to one of kg's": (
        "MATCH (n:Kg {id: $id}), (m:Kg {id: 'method:s4'}) CREATE (n)-[:CITES]->(m)"
    ),
    "a relationship of a type of kg's": (
        "MATCH (n:Kg {id: $id}), (m:Kg {id: 'method:s4'}) CREATE (n)-[:USES {start: 3}]->(m)"
    ),
}
TIE = TIES["a relationship from another node"]
UNTIE = (
    "MATCH (n:Kg) REMOVE n:Mine REMOVE n.stars WITH n OPTIONAL MATCH (n)-[r]-() "
    "WHERE r.count IS NULL DELETE r"
)
OWN = """
    MATCH (n {id: $id})
    OPTIONAL MATCH (n)-[r]-(m) WHERE r.count IS NULL
    RETURN elementId(n) AS node, n:Mine AS label, n.stars AS stars,
        type(r) AS type, elementId(r) AS tie, elementId(m) AS other
"""


def own(store: Neo4jStore, id: str) -> list[dict[str, Any]]:
    """Which node has this id, and what others have tied to it."""
    return list(store.read(OWN, {"id": id}))


def ids(store: Neo4jStore) -> set[str]:
    """The ids of all nodes that kg wrote."""
    return {row["id"] for row in store.read("MATCH (n:Kg) RETURN n.id AS id")}


@pytest.fixture
def graph(ledger: Ledger, neo4j_store: Neo4jStore) -> Ledger:
    """The ledger of a small graph that is loaded."""
    put(BEFORE, OTHER)(ledger)
    load(neo4j_store, ledger)
    return ledger


# --- what others have tied to a node


@pytest.mark.parametrize("tie", TIES.values(), ids=TIES)
def test_what_others_have_tied_to_a_node_stays_whatever_happens_to_it(
    neo4j_store: Neo4jStore, graph: Ledger, tie: str
) -> None:
    for id in IDS:
        neo4j_store.write(tie, {"id": id})
    mine = {id: own(neo4j_store, id) for id in IDS}

    again = load(neo4j_store, graph)
    put(paper("a", f"{BEFORE.abstract} Method:S4/used ", published="2024"))(graph)
    changed = load(neo4j_store, graph)
    in_between = {id: own(neo4j_store, id) for id in IDS}
    drop("a")(graph)
    without = load(neo4j_store, graph)
    left = {id: own(neo4j_store, id) for id in IDS}
    put(BEFORE)(graph)
    with_it = load(neo4j_store, graph)

    assert again.kept == changed.kept == with_it.kept == ()
    assert sorted(without.kept) == sorted(IDS)
    assert in_between == left == mine == {id: own(neo4j_store, id) for id in IDS}
    neo4j_store.write(UNTIE)
    load(neo4j_store, graph)
    assert_holds(neo4j_store, graph)


def test_what_has_left_the_graph_but_is_tied_holds_nothing_else_of_kgs(
    neo4j_store: Neo4jStore, graph: Ledger
) -> None:
    for id in IDS:
        neo4j_store.write(TIE, {"id": id})

    drop("a")(graph)
    load(neo4j_store, graph)

    found = held(neo4j_store)
    assert found.nodes.keys() == {"b", "method:s4", *IDS}
    assert [link[:3] for link in found.relationships] == [("b", "MENTIONS", "method:s4")]
    assert all("kg_digest" not in found.nodes[id][1] for id in IDS)


def test_what_was_kept_is_told_each_time_and_goes_when_it_is_untied(
    neo4j_store: Neo4jStore, graph: Ledger
) -> None:
    for id in IDS:
        neo4j_store.write(TIE, {"id": id})
    drop("a")(graph)
    first, second = load(neo4j_store, graph), load(neo4j_store, graph)

    neo4j_store.write(UNTIE)
    third = load(neo4j_store, graph)

    assert sorted(first.kept) == sorted(second.kept) == sorted(IDS)
    assert (second.nodes_removed, second.relationships_removed) == (0, 0)
    assert (third.kept, third.nodes_removed) == ((), len(IDS))
    assert_holds(neo4j_store, graph)


def test_a_result_that_disappears_from_its_paper_stays_if_it_is_tied(
    neo4j_store: Neo4jStore, graph: Ledger
) -> None:
    neo4j_store.write(TIE, {"id": "result:a:1"})
    mine = own(neo4j_store, "result:a:1")

    put(AFTER)(graph)
    loaded = load(neo4j_store, graph)
    left = own(neo4j_store, "result:a:1")
    put(BEFORE)(graph)
    load(neo4j_store, graph)

    assert loaded.kept == ("result:a:1",)
    assert left == mine == own(neo4j_store, "result:a:1")
    assert_holds(neo4j_store, graph)


def test_what_others_have_written_beside_the_graph_is_not_touched(
    neo4j_store: Neo4jStore, graph: Ledger
) -> None:
    neo4j_store.write(
        "CREATE (:Paper {id: 'theirs', title: 'Theirs'})-[:USES {start: 0, count: 1}]->"
        "(:Method {id: 'method:theirs'}), (:Person {id: 'a', name: 'me'})"
    )
    query = "MATCH (n) WHERE NOT n:Kg OPTIONAL MATCH (n)-[r]->(m) RETURN n, r, m ORDER BY n.id"
    before = neo4j_store.read(query)

    drop("a")(graph)
    load(neo4j_store, graph)
    drop("b")(graph)
    load(neo4j_store, graph)

    assert neo4j_store.read(query) == before
    assert len(before) == 3
    assert ids(neo4j_store) == set()


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(CHANGES, min_size=2, max_size=4), st.lists(CHANGES, min_size=1, max_size=4))
def test_what_others_have_tied_stays_whatever_changes(
    neo4j_store: Neo4jStore, before: list[Change], behind: list[Change]
) -> None:
    neo4j_store.write("MATCH (n) DETACH DELETE n")
    with scratch_ledger() as ledger:
        for change in before:
            change(ledger)
        load(neo4j_store, ledger)
        neo4j_store.write("MATCH (n:Kg) CREATE (n)<-[:LIKES]-(:Person)")
        likes = "MATCH (n:Kg)<-[r:LIKES]-() RETURN elementId(n), elementId(r) ORDER BY elementId(n)"
        mine = neo4j_store.read(likes)
        for change in behind:
            change(ledger)
            loaded = load(neo4j_store, ledger)

            assert neo4j_store.read(likes) == mine
            assert_holds(neo4j_store, ledger, kept=loaded.kept)
        neo4j_store.write("MATCH ()-[r:LIKES]->() DELETE r")
        load(neo4j_store, ledger)
        assert_holds(neo4j_store, ledger)


# --- entities whose id changes


MOVES: dict[str, tuple[Change, str]] = {
    "its kind is another": (
        correct(Correction("merge", "dataset:mamba", "method:mamba")),
        "dataset:mamba",
    ),
    "it is merged into what no paper names": (
        correct(Correction("merge", "method:zorb", "method:mamba")),
        "method:zorb",
    ),
}


@pytest.mark.parametrize(("change", "id"), MOVES.values(), ids=MOVES)
def test_an_entity_whose_id_changes_keeps_its_node(
    neo4j_store: Neo4jStore, graph: Ledger, change: Change, id: str
) -> None:
    for tie in TIES.values():
        neo4j_store.write(tie, {"id": "method:mamba"})
    mine = own(neo4j_store, "method:mamba")

    change(graph)
    loaded = load(neo4j_store, graph)

    assert own(neo4j_store, id) == mine
    assert loaded.kept == ()
    assert (loaded.nodes_created, loaded.nodes_removed) == (0, 0)
    correct()(graph)
    load(neo4j_store, graph)
    assert own(neo4j_store, "method:mamba") == mine
    neo4j_store.write(UNTIE)
    assert_holds(neo4j_store, graph)


def test_an_entity_whose_key_is_made_otherwise_keeps_its_node(
    neo4j_store: Neo4jStore, graph: Ledger
) -> None:
    neo4j_store.write(TIES["a property"], {"id": "method:mamba"})
    mine = own(neo4j_store, "method:mamba")
    neo4j_store.write(  # as another version of kg may have called it
        "MATCH (n:Kg {id: 'method:mamba'}) SET n.id = 'method:mam-ba', n.kg_digest = 7 "
        "WITH n MATCH (p:Paper {id: 'a'}) SET p.kg_links = 7"
    )

    load(neo4j_store, graph)

    assert own(neo4j_store, "method:mamba") == mine
    assert ids(neo4j_store) & {"method:mam-ba"} == set()


def test_entities_whose_ids_change_together_keep_their_nodes(
    neo4j_store: Neo4jStore, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syncing, "_LEAVING", 1)
    names = ("Mamba", "Yarn", "Zorb", "Quux")
    put(*(paper(name, f"Method:{name}") for name in names))(ledger)
    load(neo4j_store, ledger)
    query = "MATCH (p:Paper)-->(n:Method|Dataset) RETURN p.id, elementId(n) ORDER BY p.id"
    before = neo4j_store.read(query)

    rows = (Correction("merge", f"dataset:{name}", f"method:{name}") for name in names)
    correct(*rows)(ledger)
    load(neo4j_store, ledger)

    assert neo4j_store.read(query) == before
    assert_holds(neo4j_store, ledger)


def test_a_version_whose_id_changes_leaves_its_family(
    neo4j_store: Neo4jStore, ledger: Ledger
) -> None:
    put(paper("a", "Method:Mamba-2"), paper("b", "Method:Mamba"))(ledger)
    load(neo4j_store, ledger)

    correct(Correction("merge", "method:zorb", "method:mamba-2"))(ledger)
    load(neo4j_store, ledger)

    assert_holds(neo4j_store, ledger)
    assert "VERSION_OF" not in {link[1] for link in held(neo4j_store).relationships}


@pytest.mark.parametrize("is_tied", [False, True], ids=["free", "tied"])
def test_an_entity_that_is_merged_into_another_goes_unless_it_is_tied(
    neo4j_store: Neo4jStore, graph: Ledger, is_tied: bool
) -> None:
    neo4j_store.write(TIE, {"id": "method:s4"})
    former = own(neo4j_store, "method:s4")
    if is_tied:
        neo4j_store.write(TIE, {"id": "method:mamba"})

    correct(Correction("merge", "method:s4", "method:mamba"))(graph)
    loaded = load(neo4j_store, graph)

    assert own(neo4j_store, "method:s4") == former
    assert loaded.kept == (("method:mamba",) if is_tied else ())
    assert ("method:mamba" in ids(neo4j_store)) == is_tied
    neo4j_store.write(UNTIE)
    load(neo4j_store, graph)
    assert_holds(neo4j_store, graph)


# --- what others have damaged


@pytest.fixture
def wide(ledger: Ledger, neo4j_store: Neo4jStore) -> Ledger:
    """The ledger of a graph with results and families that is loaded."""
    put(*(paper(f"{number}", text) for number, text in enumerate(TEXTS)))(ledger)
    load(neo4j_store, ledger)
    return ledger


DAMAGES = {
    "a paper is deleted": "MATCH (n {id: '0'}) DETACH DELETE n",
    "papers are deleted": "MATCH (n:Paper) WHERE n.id < '5' DETACH DELETE n",
    "a paper is deleted with its results": ("MATCH (n {id: '1'})-->(r:Result) DETACH DELETE n, r"),
    "a result is deleted": "MATCH (n {id: 'result:1:2'}) DETACH DELETE n",
    "an entity is deleted": "MATCH (n {id: 'metric:accuracy'}) DETACH DELETE n",
    "a family is deleted": "MATCH (n {id: 'dataset:imagenet'}) DETACH DELETE n",
    "a version is deleted": "MATCH (n {id: 'dataset:imagenet-1k'}) DETACH DELETE n",
    "all methods are deleted": "MATCH (n:Method) DETACH DELETE n",
    "all is deleted but one": "MATCH (n) WHERE n.id <> 'method:mamba' DETACH DELETE n",
    "an entity has another digest": "MATCH (n:Method) SET n.kg_digest = 5, n.name = 'x'",
    "an entity has no digest": "MATCH (n:Method) REMOVE n.kg_digest SET n.name = 'x'",
    "a result has another digest": "MATCH (n:Result) SET n.kg_digest = 0, n.text = 'x'",
    "papers have huge digests": (
        "MATCH (n:Paper) SET n.kg_digest = 9223372036854775807, n.title = 'x'"
    ),
    "relationships and their digest are deleted": (
        "MATCH (n:Paper)-[r]->() SET n.kg_links = 3 DELETE r"
    ),
    "families and their digest are deleted": (
        "MATCH (n)-[r:VERSION_OF]->() REMOVE n.kg_links DELETE r"
    ),
    "an entity is added": "CREATE (:Method:Kg {id: 'method:nowhere', kg_digest: 1})",
    "a paper is added": (
        "CREATE (:Paper:Kg {id: 'zz', kg_graph: $graph})"
        "-[:USES {start: 0, count: 1}]->(:Method:Kg {id: 'method:x'})"
    ),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damage_is_mended(neo4j_store: Neo4jStore, wide: Ledger, damage: str) -> None:
    ((graph,),) = wide.rows("SELECT graph FROM identity")
    neo4j_store.write(damage, {"graph": graph})

    loaded = load(neo4j_store, wide)

    assert_holds(neo4j_store, wide)
    assert loaded.kept == ()


@pytest.mark.parametrize(
    ("id", "n"),
    [
        ("metric:accuracy", 2),
        ("dataset:imagenet", 2),
        ("dataset:imagenet", 3),
    ],
)
def test_damage_is_mended_even_if_a_load_breaks_off(
    neo4j_store: Neo4jStore, wide: Ledger, monkeypatch: pytest.MonkeyPatch, id: str, n: int
) -> None:
    neo4j_store.write("MATCH (n {id: $id}) DETACH DELETE n", {"id": id})
    former, count = Neo4jStore.transact, 0

    def transact(self: Neo4jStore, work: Callable[..., Any]) -> Any:
        nonlocal count
        count += 1
        if count < n:
            return former(self, work)
        raise RuntimeError("the power is off")

    with monkeypatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr(Neo4jStore, "transact", transact)
        load(neo4j_store, wide)

    load(neo4j_store, wide)

    assert_holds(neo4j_store, wide)


def test_what_is_tied_and_damaged_keeps_what_is_tied(
    neo4j_store: Neo4jStore, graph: Ledger
) -> None:
    neo4j_store.write(TIE, {"id": "method:mamba"})
    mine = own(neo4j_store, "method:mamba")
    neo4j_store.write("MATCH (n:Paper {id: 'a'}) DETACH DELETE n")
    neo4j_store.write("MATCH (n:Method) SET n.kg_digest = 3")

    skim()(graph)
    load(neo4j_store, graph)

    assert own(neo4j_store, "method:mamba") == mine
    neo4j_store.write(UNTIE)
    assert_holds(neo4j_store, graph)
