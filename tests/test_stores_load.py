"""Loading into Neo4j: what is equal is left alone, what differs is written, whatever breaks off."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loads import (
    CHANGES,
    ROWS,
    TEXTS,
    Change,
    Held,
    assert_holds,
    correct,
    drop,
    held,
    name_elsewhere,
    put,
    scratch_ledger,
    skim,
    wanted,
)
from papers import new_ledger, paper, synthetic

from kg.corrections import Correction
from kg.digests import is_digested, refresh
from kg.errors import StoreError
from kg.ledger import Ledger
from kg.stores import comparing, writing
from kg.stores.bolt import Neo4jStore, connect
from kg.stores.load import Loaded, load
from kg.stores.schema import Made

_T = TypeVar("_T")
PAPERS = [paper(f"{number}", text) for number, text in enumerate(TEXTS)]


@pytest.fixture
def graph(ledger: Ledger) -> Ledger:
    """The ledger of a small graph."""
    put(*PAPERS)(ledger)
    return ledger


@pytest.fixture
def one_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each node and each paper in a transaction of its own."""
    monkeypatch.setattr(writing, "_NODES", 1)
    monkeypatch.setattr(writing, "_EDGES", 0)


def forbid_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("nothing is to be written")

    for name in ("transact", "write", "alone"):
        monkeypatch.setattr(Neo4jStore, name, refuse)


def changes(loaded: Loaded) -> tuple[int, int, int, int]:
    """What was created and removed of nodes, and of relationships."""
    return (
        loaded.nodes_created,
        loaded.nodes_removed,
        loaded.relationships_created,
        loaded.relationships_removed,
    )


# --- once, and again


@pytest.mark.parametrize("is_known", [False, True], ids=["new", "digested"])
def test_a_first_load_creates_all(neo4j_store: Neo4jStore, graph: Ledger, is_known: bool) -> None:
    if is_known:
        refresh(graph)
    what = wanted(graph)
    nodes, relationships = len(what.nodes), len(what.relationships)

    loaded = load(neo4j_store, graph)

    assert held(neo4j_store) == what
    assert (loaded.nodes, loaded.relationships) == (nodes, relationships)
    assert changes(loaded) == (nodes, 0, relationships, 0)
    assert loaded.kept == ()
    assert is_digested(graph)


def test_an_equal_graph_is_only_read(
    neo4j_store: Neo4jStore, graph: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load(neo4j_store, graph)
    forbid_writing(monkeypatch)

    second = load(neo4j_store, graph)

    assert (second.nodes, second.relationships) == (first.nodes, first.relationships)
    assert changes(second) == (0, 0, 0, 0)


def test_a_graph_that_changes_and_changes_back_is_only_read(
    neo4j_store: Neo4jStore, graph: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(neo4j_store, graph)
    put(paper("0", TEXTS[5]))(graph)
    correct(ROWS[0])(graph)
    refresh(graph)
    correct()(graph)
    put(*PAPERS)(graph)
    forbid_writing(monkeypatch)

    assert changes(load(neo4j_store, graph)) == (0, 0, 0, 0)


def test_an_empty_graph_is_loaded_into_an_empty_store(
    neo4j_store: Neo4jStore, ledger: Ledger
) -> None:
    assert changes(load(neo4j_store, ledger)) == (0, 0, 0, 0)
    assert held(neo4j_store) == Held({}, [])


def test_a_graph_that_has_become_empty_leaves_nothing(
    neo4j_store: Neo4jStore, graph: Ledger
) -> None:
    first = load(neo4j_store, graph)
    drop(*(one.id for one in PAPERS))(graph)

    loaded = load(neo4j_store, graph)

    assert held(neo4j_store) == Held({}, [])
    assert loaded.nodes_removed == first.nodes


def test_more_than_a_page_and_a_batch_is_loaded_changed_and_removed(
    neo4j_store: Neo4jStore, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("_NODES", 7), ("_EDGES", 20)):
        monkeypatch.setattr(writing, name, value)
    monkeypatch.setattr(comparing, "_ROWS", 3)
    monkeypatch.setattr("kg.stores.syncing._LEAVING", 3)
    monkeypatch.setattr("kg.digests.refreshing._PAGE", 5)
    monkeypatch.setattr("kg.digests.refreshing._LARGEST", 9)
    put(*map(synthetic, range(16)))(ledger)
    load(neo4j_store, ledger)
    assert_holds(neo4j_store, ledger)

    put(*(paper(f"{number:06}", TEXTS[number % 9]) for number in range(0, 24, 3)))(ledger)
    drop(*(f"{number:06}" for number in range(0, 16, 4)))(ledger)
    load(neo4j_store, ledger)

    assert_holds(neo4j_store, ledger)


def test_ids_and_texts_of_any_characters_are_loaded_once(
    neo4j_store: Neo4jStore, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.digests.refreshing._PAGE", 1)
    ids = [
        "a",
        "A",
        "\x7f",
        "é",
        "e\u0301",
        "\ud7ff",
        "\U00010000",
        "\U0001f600",
        "'",
        "a:b",
        "a\n",
    ]
    put(*(paper(one, f"\U0001f600 'ß' Method:Mamba =3 in {one}") for one in ids))(ledger)

    load(neo4j_store, ledger)

    assert_holds(neo4j_store, ledger)
    forbid_writing(monkeypatch)
    assert changes(load(neo4j_store, ledger)) == (0, 0, 0, 0)


def test_ids_that_the_server_sorts_otherwise_are_loaded_all(
    neo4j_store: Neo4jStore, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.digests.refreshing._PAGE", 1)
    ids = ["\ue000", "\uffff", "\U00010000", "\U0001f600"]
    put(*(paper(one, "Method:Mamba =3") for one in ids))(ledger)
    load(neo4j_store, ledger)

    put(*(paper(one, "Method:Mamba/used Method:S4") for one in ids[1:]))(ledger)
    loaded = load(neo4j_store, ledger)

    assert_holds(neo4j_store, ledger)
    assert loaded.kept == ()


# --- only what differs is written


def mark(store: Neo4jStore) -> None:
    """Writes over all of kg's nodes and relationships, so that one sees what is written again."""
    for label in ("Paper.title", "Repository.url", "Result.text"):
        name, key = label.split(".")
        store.write(f"MATCH (n:Kg:{name}) SET n.{key} = 'marked'")
    store.write("MATCH (n:Kg&(Method|Dataset|Metric|Task)) SET n.name = 'marked'")
    store.write("MATCH (:Kg)-[r]->(:Kg) SET r.stop = -1")


def written(store: Neo4jStore) -> set[str]:
    """The nodes, and the relationships as `a TYPE b`, that were written since they were marked."""
    rows = store.read(
        "MATCH (n:Kg) WHERE coalesce(n.title, n.url, n.name, n.text) <> 'marked' RETURN n.id AS it "
        "UNION MATCH (a:Kg)-[r]->(b:Kg) WHERE r.stop <> -1 "
        "RETURN a.id + ' ' + type(r) + ' ' + b.id AS it"
    )
    return {row["it"] for row in rows}


def test_a_new_paper_is_written_with_what_belongs_to_it(
    neo4j_store: Neo4jStore, ledger: Ledger
) -> None:
    put(paper("a", "Method:Mamba on Dataset:CIFAR-10 =3"), paper("b", "Method:S4"))(ledger)
    load(neo4j_store, ledger)
    mark(neo4j_store)

    put(paper("c", "Method:Mamba/used Method:Zorb =7"))(ledger)
    loaded = load(neo4j_store, ledger)

    assert written(neo4j_store) == {
        "c",
        "method:mamba",  # which more papers name now
        "method:zorb",
        "result:c:1",
        "c USES method:mamba",
        "c MENTIONS method:zorb",
        "c REPORTS result:c:1",
        "result:c:1 BY method:mamba",
    }
    assert changes(loaded) == (3, 0, 4, 0)


def test_of_a_changed_text_what_differs_is_written(neo4j_store: Neo4jStore, ledger: Ledger) -> None:
    put(paper("a", "Method:Mamba =3 =4 on Dataset:CIFAR-10"), paper("b", "Method:Mamba"))(ledger)
    load(neo4j_store, ledger)

    put(paper("a", "Method:Mamba/proposed =5"))(ledger)
    loaded = load(neo4j_store, ledger)

    assert_holds(neo4j_store, ledger)
    assert changes(loaded) == (0, 2, 1, 6)


def test_of_a_paper_whose_date_changes_only_its_node_is_written(
    neo4j_store: Neo4jStore, ledger: Ledger
) -> None:
    put(paper("a", "Method:Mamba =3"), paper("b", "Method:Mamba"))(ledger)
    load(neo4j_store, ledger)
    mark(neo4j_store)

    put(paper("a", "Method:Mamba =3", published="2024-05-01"))(ledger)
    loaded = load(neo4j_store, ledger)

    assert written(neo4j_store) == {"a"}
    assert changes(loaded) == (0, 0, 0, 0)


def test_a_paper_that_goes_takes_along_what_only_it_has(
    neo4j_store: Neo4jStore, ledger: Ledger
) -> None:
    put(paper("a", "Method:Mamba on Dataset:CIFAR-10 =3"), paper("b", "Method:Mamba"))(ledger)
    load(neo4j_store, ledger)
    mark(neo4j_store)

    drop("a")(ledger)
    loaded = load(neo4j_store, ledger)

    assert written(neo4j_store) == {"method:mamba"}
    assert changes(loaded) == (0, 3, 0, 5)
    ids = {row["id"] for row in neo4j_store.read("MATCH (n:Kg) RETURN n.id AS id")}
    assert ids == {"b", "method:mamba"}


@pytest.mark.parametrize(
    "change",
    [
        correct(Correction("rename", "method:mamba", "MAMBA")),
        name_elsewhere("Method\tMamba\tQ1"),
        put(paper("b", "Method:mamba")),
    ],
    ids=["renamed", "known elsewhere", "spelled otherwise"],
)
def test_an_entity_that_is_called_otherwise_is_written(
    neo4j_store: Neo4jStore, ledger: Ledger, change: Change
) -> None:
    put(paper("a", "Method:Mamba Method:S4"), paper("b", "Method:Mamba"))(ledger)
    load(neo4j_store, ledger)
    mark(neo4j_store)

    change(ledger)
    load(neo4j_store, ledger)

    assert (
        {"method:mamba"} <= written(neo4j_store) <= {"method:mamba", "b", "b MENTIONS method:mamba"}
    )


def test_a_family_that_comes_and_goes_is_tied_and_untied(
    neo4j_store: Neo4jStore, ledger: Ledger
) -> None:
    put(paper("a", "Method:Qwen2-VL-7B Dataset:ImageNet-1K"))(ledger)
    load(neo4j_store, ledger)

    put(paper("b", "Method:Qwen2-VL Dataset:ImageNet"))(ledger)
    came = load(neo4j_store, ledger)
    ties = [link[:3] for link in held(neo4j_store).relationships if link[1] == "VERSION_OF"]
    drop("b")(ledger)
    went = load(neo4j_store, ledger)

    assert ties == [
        ("dataset:imagenet-1k", "VERSION_OF", "dataset:imagenet"),
        ("method:qwen-2-vl-7b", "VERSION_OF", "method:qwen-2-vl"),
    ]
    assert changes(came) == (3, 0, 4, 0)
    assert changes(went) == (0, 3, 0, 4)
    assert_holds(neo4j_store, ledger)


FIXED = {
    "another extractor": [skim()],
    "merged": [correct(ROWS[0])],
    "merged into what no paper names": [correct(ROWS[1])],
    "a meaning merged": [correct(ROWS[2])],
    "merged across kinds": [correct(ROWS[5])],
    "split": [correct(ROWS[6], ROWS[7])],
    "blocked": [correct(ROWS[9], ROWS[10])],
    "corrected and not": [correct(*ROWS[:4]), correct()],
    "texts exchanged": [put(paper("0", TEXTS[5]), paper("5", TEXTS[0]))],
    "a version is its family": [correct(Correction("merge", "method:mamba", "method:mamba-2"))],
    "a version is another": [correct(Correction("merge", "method:zorb", "method:mamba-2"))],
    "a family is another": [correct(Correction("merge", "method:zorb-2", "method:mamba"))],
}


@pytest.mark.parametrize("steps", FIXED.values(), ids=FIXED)
def test_after_a_change_the_store_holds_the_graph(
    neo4j_store: Neo4jStore, graph: Ledger, steps: list[Change]
) -> None:
    load(neo4j_store, graph)
    for change in steps:
        change(graph)
        loaded = load(neo4j_store, graph)

        assert_holds(neo4j_store, graph)
        assert loaded.kept == ()


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(CHANGES, min_size=2, max_size=6))
def test_after_each_of_any_changes_the_store_holds_the_graph(
    neo4j_store: Neo4jStore, steps: list[Change]
) -> None:
    neo4j_store.write("MATCH (n) DETACH DELETE n")
    with scratch_ledger() as ledger:
        for change in steps:
            change(ledger)
            loaded = load(neo4j_store, ledger)

            assert_holds(neo4j_store, ledger)
            assert loaded.nodes == len(held(neo4j_store).nodes)
            assert loaded.kept == ()


# --- one graph in a database


OTHER = [paper("2", TEXTS[2]), paper("x", TEXTS[3]), paper("0", "Method:Zorb")]


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Ledger]:
    """The ledger of another graph; one of its papers is the same."""
    with new_ledger(tmp_path / "other") as ledger:
        put(*OTHER)(ledger)
        yield ledger


def test_another_graph_is_refused_and_nothing_changed(
    neo4j_store: Neo4jStore, graph: Ledger, other: Ledger
) -> None:
    load(neo4j_store, graph)
    before = held(neo4j_store)

    with pytest.raises(StoreError) as error:
        load(neo4j_store, other)

    assert str(error.value) == (
        f"{neo4j_store.name}: holds another graph than {other.path.parent}; give each a database "
        f"of its own (--database), or let this one take its place with --replace"
    )
    assert held(neo4j_store) == before


def test_another_graph_that_replaces_one_has_its_place(
    neo4j_store: Neo4jStore, graph: Ledger, other: Ledger
) -> None:
    load(neo4j_store, graph)

    load(neo4j_store, other, replace=True)

    assert_holds(neo4j_store, other)
    assert changes(load(neo4j_store, other)) == (0, 0, 0, 0)
    with pytest.raises(StoreError, match="holds another graph"):
        load(neo4j_store, graph)


def test_an_equal_graph_that_was_built_anew_replaces_the_former(
    neo4j_store: Neo4jStore, graph: Ledger, other: Ledger
) -> None:
    load(neo4j_store, graph)
    drop("x")(other)
    put(*PAPERS)(other)
    with pytest.raises(StoreError, match="holds another graph"):
        load(neo4j_store, other)

    load(neo4j_store, other, replace=True)

    assert_holds(neo4j_store, other)
    assert changes(load(neo4j_store, other)) == (0, 0, 0, 0)


@pytest.mark.usefixtures("one_each")
@pytest.mark.parametrize("n", [1, 5, 9])
def test_a_graph_that_replaces_one_and_breaks_off_must_be_told_to_replace_again(
    neo4j_store: Neo4jStore, graph: Ledger, other: Ledger, monkeypatch: pytest.MonkeyPatch, n: int
) -> None:
    load(neo4j_store, graph)
    with monkeypatch.context() as patch, pytest.raises(BrokenOffError):
        break_off(patch, n)
        load(neo4j_store, other, replace=True)

    with pytest.raises(StoreError, match="holds another graph"):
        load(neo4j_store, other)
    load(neo4j_store, other, replace=True)

    assert_holds(neo4j_store, other)


def test_a_copy_of_a_graph_is_the_same_graph(
    neo4j_store: Neo4jStore, graph: Ledger, tmp_path: Path
) -> None:
    load(neo4j_store, graph)
    graph.close()
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    for file in graph.path.parent.glob("ledger.sqlite*"):
        (folder / file.name).write_bytes(file.read_bytes())
    with Ledger(folder / "ledger.sqlite") as copied:
        put(paper("new", TEXTS[0]))(copied)

        load(neo4j_store, copied)

        assert_holds(neo4j_store, copied)


def test_an_id_that_a_foreign_node_has_is_an_error(neo4j_store: Neo4jStore, graph: Ledger) -> None:
    neo4j_store.write("CREATE (:Paper {id: '3', title: 'mine'})")

    with pytest.raises(StoreError, match="already exists with label `Paper`") as error:
        load(neo4j_store, graph)

    assert "\n" not in str(error.value)
    assert_no_paper_is_half_written(neo4j_store, graph)
    neo4j_store.write("MATCH (n:Paper {title: 'mine'}) DELETE n")
    load(neo4j_store, graph)
    assert_holds(neo4j_store, graph)


# --- while the ledger changes


@pytest.mark.parametrize("is_loaded", [False, True], ids=["first", "later"])
def test_what_changes_while_a_graph_is_loaded_comes_with_the_next_load(
    neo4j_store: Neo4jStore, graph: Ledger, is_loaded: bool
) -> None:
    if is_loaded:
        load(neo4j_store, graph)
        put(paper("0", TEXTS[2]))(graph)
    what = wanted(graph)

    def watch(items: Iterable[_T], what: str, total: int, /) -> Iterator[_T]:
        for at, item in enumerate(items):
            if what == "papers" and at == 0:
                with Ledger(graph.path) as other:
                    put(paper("0", TEXTS[5]), paper("new", TEXTS[1]))(other)
                    drop("4")(other)
            yield item

    load(neo4j_store, graph, watch=watch)
    in_between = held(neo4j_store)
    load(neo4j_store, graph)

    assert in_between == what
    assert_holds(neo4j_store, graph)
    assert "new" in held(neo4j_store).nodes


# --- two loads at once


@pytest.fixture
def another(neo4j_uri: str, neo4j_password: str) -> Iterator[Neo4jStore]:
    """A second connection to the same database."""
    with connect(neo4j_uri, password=neo4j_password) as store:
        yield store


def load_both(stores: list[Neo4jStore], path: Path) -> list[Loaded]:
    """Two loads of a graph by two ledgers; both have looked at the store before one writes."""

    def work(store: Neo4jStore) -> Loaded:
        with Ledger(path) as ledger:
            return load(store, ledger)

    with ThreadPoolExecutor(2) as pool:
        with stores[0].alone():
            running = [pool.submit(work, store) for store in stores]
            _, waiting = wait(running, timeout=1)
            assert len(waiting) == 2
        return [one.result() for one in running]


def assert_nothing_is_there_twice(store: Neo4jStore) -> None:
    twice = store.read(
        "MATCH (a)-[r]->(b) WITH a, type(r) AS type, b, count(r) AS n WHERE n > 1 RETURN a.id, type"
    )
    assert twice == []


def test_two_first_loads_at_once_write_all_once(
    neo4j_store: Neo4jStore, another: Neo4jStore, graph: Ledger
) -> None:
    done = load_both([neo4j_store, another], graph.path)

    assert_holds(neo4j_store, graph)
    assert_nothing_is_there_twice(neo4j_store)
    assert sorted(one.nodes_created for one in done) == [0, done[0].nodes]


def test_two_loads_of_a_change_at_once_write_it_once(
    neo4j_store: Neo4jStore, another: Neo4jStore, graph: Ledger
) -> None:
    load(neo4j_store, graph)
    put(paper("0", TEXTS[3]), paper("new", TEXTS[1]))(graph)
    drop("4")(graph)

    done = load_both([neo4j_store, another], graph.path)

    assert_holds(neo4j_store, graph)
    assert_nothing_is_there_twice(neo4j_store)
    assert sorted(one.relationships_created > 0 for one in done) == [False, True]


def test_two_loads_that_start_at_any_time_write_all_once(
    neo4j_store: Neo4jStore, another: Neo4jStore, graph: Ledger
) -> None:
    def work(store: Neo4jStore) -> Loaded:
        with Ledger(graph.path) as ledger:
            return load(store, ledger)

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(work, [neo4j_store, another]))

    assert sum(one.nodes_created for one in done) == done[0].nodes
    assert_holds(neo4j_store, graph)
    assert_nothing_is_there_twice(neo4j_store)


def test_whoever_comes_while_somebody_is_alone_waits(
    neo4j_store: Neo4jStore, another: Neo4jStore, graph: Ledger
) -> None:
    load(neo4j_store, graph)  # for its constraints
    is_in = Event()

    def enter() -> None:
        with another.alone():
            is_in.set()

    with ThreadPoolExecutor(1) as pool:
        with neo4j_store.alone():
            second: Future[None] = pool.submit(enter)
            assert not is_in.wait(1)
        assert is_in.wait(20)
        second.result()
    assert neo4j_store.read("MATCH (n:KgLoad) RETURN n") == []


def test_whoever_was_alone_and_failed_lets_others_in(
    neo4j_store: Neo4jStore, another: Neo4jStore, graph: Ledger
) -> None:
    load(neo4j_store, graph)
    with pytest.raises(BrokenOffError), neo4j_store.alone():
        raise BrokenOffError

    with another.alone():
        pass


# --- what breaks off


class BrokenOffError(Exception):
    """Something that was not foreseen."""


def break_off(patch: pytest.MonkeyPatch, n: int) -> None:
    """Makes the n-th writing transaction fail, and all behind it, as if the power was off."""
    count = 0
    former = Neo4jStore.transact

    def transact(self: Neo4jStore, work: Callable[..., Any]) -> Any:
        nonlocal count
        count += 1
        if count < n:
            return former(self, work)
        raise BrokenOffError

    patch.setattr(Neo4jStore, "transact", transact)


def assert_no_paper_is_half_written(store: Neo4jStore, *ledgers: Ledger) -> None:
    """Asserts that each paper there is as one of the ledgers says, with all that belongs to it."""
    found = held(store)
    papers = {id for id, (labels, _) in found.nodes.items() if "Paper" in labels}
    whole = [belongings(wanted(ledger)) for ledger in ledgers]
    there = belongings(found)
    for id in papers:
        assert there[id] in [one.get(id) for one in whole], id
    results = {id for id, (labels, _) in found.nodes.items() if "Result" in labels}
    assert {id.split(":")[1] for id in results} <= papers


def belongings(found: Held) -> dict[str, list[object]]:
    """The relationships of each paper and of its results."""
    owned: dict[str, list[object]] = {
        id: [] for id, (labels, _) in found.nodes.items() if "Paper" in labels
    }
    for source, *rest in found.relationships:
        owner = source.split(":")[1] if source.startswith("result:") else source
        if owner in owned:
            owned[owner].append((source, *rest))
    return owned


@pytest.mark.usefixtures("one_each")
@pytest.mark.parametrize("n", [1, 20, 32])
def test_a_first_load_that_breaks_off_leaves_whole_papers_and_is_mended(
    neo4j_store: Neo4jStore, graph: Ledger, monkeypatch: pytest.MonkeyPatch, n: int
) -> None:
    with monkeypatch.context() as patch, pytest.raises(BrokenOffError):
        break_off(patch, n)
        load(neo4j_store, graph)
    assert_no_paper_is_half_written(neo4j_store, graph)

    load(neo4j_store, graph)

    assert_holds(neo4j_store, graph)


@pytest.mark.usefixtures("one_each")
@pytest.mark.parametrize("n", [1, 6, 12])
def test_a_load_of_changes_that_breaks_off_leaves_whole_papers_and_is_mended(
    neo4j_store: Neo4jStore,
    graph: Ledger,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    n: int,
) -> None:
    load(neo4j_store, graph)
    (tmp_path / "former").mkdir()
    graph.run("VACUUM INTO ?", (str(tmp_path / "former" / "ledger.sqlite"),))
    put(paper("0", TEXTS[3]), paper("new", TEXTS[1]), paper("1", "nothing"))(graph)
    drop("4", "7")(graph)
    correct(ROWS[5])(graph)
    with monkeypatch.context() as patch, pytest.raises(BrokenOffError):
        break_off(patch, n)
        load(neo4j_store, graph)
    with Ledger(tmp_path / "former" / "ledger.sqlite") as former:
        assert_no_paper_is_half_written(neo4j_store, former, graph)

    load(neo4j_store, graph)

    assert_holds(neo4j_store, graph)


@pytest.mark.usefixtures("one_each")
@pytest.mark.parametrize("n", [1, 2])
def test_a_load_that_breaks_off_behind_a_new_id_is_mended(
    neo4j_store: Neo4jStore, graph: Ledger, monkeypatch: pytest.MonkeyPatch, n: int
) -> None:
    load(neo4j_store, graph)
    correct(Correction("merge", "method:zorb", "method:mamba-2"))(graph)
    with monkeypatch.context() as patch, pytest.raises(BrokenOffError):
        break_off(patch, n)
        load(neo4j_store, graph)

    load(neo4j_store, graph)

    assert_holds(neo4j_store, graph)


@pytest.mark.usefixtures("one_each")
def test_a_transaction_that_is_repeated_writes_nothing_twice(
    neo4j_store: Neo4jStore, graph: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = Neo4jStore.transact

    def transact(self: Neo4jStore, work: Callable[..., Any]) -> Any:
        former(self, work)
        return former(self, work)

    monkeypatch.setattr(Neo4jStore, "transact", transact)

    load(neo4j_store, graph)
    assert_holds(neo4j_store, graph)
    put(paper("0", TEXTS[3]), paper("new", TEXTS[1]))(graph)
    drop("4", "7")(graph)
    load(neo4j_store, graph)

    assert_holds(neo4j_store, graph)


# --- constraints and indexes


def test_what_is_missing_of_the_schema_is_made_and_counted(
    neo4j_store: Neo4jStore, graph: Ledger
) -> None:
    load(neo4j_store, graph)

    second = load(neo4j_store, graph)
    neo4j_store.write("DROP CONSTRAINT kg_paper_id")
    neo4j_store.write("DROP INDEX kg_paper_published")
    third = load(neo4j_store, graph)

    assert second.schema == Made(12, 0)
    assert third.schema == Made(10, 2)
    assert load(neo4j_store, graph).schema == Made(12, 0)
