"""Digests: whatever happens to a ledger, they are those that working all out anew would give."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loads import CHANGES, TEXTS, Change, correct, drop, name_elsewhere, put, scratch_ledger, skim
from papers import extract_marks, new_ledger, paper

from kg.corrections import Correction
from kg.digests import (
    END,
    begin_notes,
    digests,
    everything,
    frozen,
    graph_id,
    has_node,
    is_digested,
    keep_notes,
    noted,
    pages,
    refresh,
    refreshing,
    totals,
)
from kg.graph import edges, nodes
from kg.ledger import VERSION, Ledger, Row
from kg.queries import LABELS
from kg.resolve import resolve
from kg.rows import write_paper
from kg.wholes import node_digest

NEW_TABLES = ("digests", "pages", "digested", "stale", "identity")


def kept(ledger: Ledger) -> list[Row]:
    """The digests as the ledger keeps them."""
    return sorted(ledger.rows("SELECT * FROM digests"))


def from_nothing(ledger: Ledger) -> list[Row]:
    """The digests as all nodes and relationships give them."""
    found: list[Row] = []
    for whole in everything(ledger):
        id, label = whole.node.id, whole.node.label
        found.append((label, id, id, node_digest(whole.node), whole.links, len(whole.edges)))
        found += (("Result", one.id, id, node_digest(one), 0, 0) for one in whole.results)
    return sorted(found)


def check(ledger: Ledger) -> None:
    """Asserts that digests, pages and totals are what they should be."""
    rows = kept(ledger)
    assert rows == from_nothing(ledger)
    for label in LABELS:
        own = pages(ledger, label)
        assert own[0].first == ""
        assert [page.end for page in own] == [*(page.first for page in own[1:]), END]
        for page in own:
            on_it = [row for row in rows if row[0] == label and page.first <= row[1] < page.end]
            sums = (len(on_it), sum(row[3] for row in on_it), sum(row[4] for row in on_it))
            assert (page.nodes, page.digest, page.links) == sums
            assert list(digests(ledger, page)) == sorted(row[1] for row in on_it)
    assert totals(ledger) == (sum(1 for _ in nodes(ledger)), sum(1 for _ in edges(ledger)))
    assert next(ledger.rows("SELECT 1 FROM stale"), None) is None


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of two nodes, which are cut anew when they hold more than three."""
    monkeypatch.setattr(refreshing, "_PAGE", 2)
    monkeypatch.setattr(refreshing, "_LARGEST", 3)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CHANGES, st.booleans()), max_size=12))
def test_after_any_changes_the_digests_are_those_of_the_graph(
    steps: list[tuple[Change, bool]],
) -> None:
    with scratch_ledger() as ledger:
        for change, is_refreshed in steps:
            change(ledger)
            if is_refreshed:
                refresh(ledger)

        refresh(ledger)

        check(ledger)


@settings(max_examples=15, deadline=None)
@given(st.lists(CHANGES, max_size=8))
def test_pages_of_two_nodes_add_up_after_any_changes(steps: list[Change]) -> None:
    with scratch_ledger() as ledger, pytest.MonkeyPatch.context() as patch:
        patch.setattr(refreshing, "_PAGE", 2)
        patch.setattr(refreshing, "_LARGEST", 3)
        for change in steps:
            change(ledger)
            refresh(ledger)

            check(ledger)
            assert all(page.nodes <= 3 for label in LABELS for page in pages(ledger, label))


@pytest.mark.parametrize("text", TEXTS)
def test_a_paper_that_comes_and_goes_leaves_the_digests_as_they_were(
    ledger: Ledger, text: str
) -> None:
    put(*(paper(f"b{number}", text) for number, text in enumerate(TEXTS)))(ledger)
    refresh(ledger)
    before = kept(ledger)

    put(paper("a", text))(ledger)
    refresh(ledger)
    check(ledger)
    assert kept(ledger) != before
    drop("a")(ledger)
    refresh(ledger)

    assert kept(ledger) == before
    check(ledger)


@pytest.mark.parametrize(
    ("version", "family", "id"),
    [
        ("Method:Qwen2-VL-7B", "Method:Qwen2-VL", "method:qwen-2-vl-7b"),
        ("Method:Qwen2-VL-7B-Instruct", "Method:Qwen2-VL", "method:qwen-2-vl-7b-instruct"),
        ("Method:ViT-L", "Method:Vision-Transformer", "method:vit-l"),
        ("Dataset:ILSVRC-2012", "Dataset:ImageNet", "dataset:imagenet-1k"),
    ],
)
def test_a_family_that_comes_later_and_goes_again_changes_its_versions(
    ledger: Ledger, version: str, family: str, id: str
) -> None:
    put(paper("a", version), paper("b", "Method:Mamba"))(ledger)
    refresh(ledger)
    alone = kept(ledger)
    assert links_of(ledger, id) == 0

    put(paper("c", family))(ledger)
    refresh(ledger)

    check(ledger)
    assert links_of(ledger, id) != 0
    drop("c")(ledger)
    refresh(ledger)
    assert kept(ledger) == alone


def links_of(ledger: Ledger, id: str) -> int:
    """The digest of what is written with a node."""
    ((links,),) = ledger.rows("SELECT links FROM digests WHERE id = ?", (id,))
    return int(links)


CURATION = {
    "merged": correct(Correction("merge", "method:mamba", "method:qwen-2")),
    "merged into what no paper names": correct(Correction("merge", "method:zorb", "method:mamba")),
    "split": correct(Correction("split", "method:lora", "LoRa")),
    "renamed": correct(Correction("rename", "method:mamba", "MAMBA")),
    "blocked": correct(Correction("block", "dataset:imagenet", "")),
    "known elsewhere": name_elsewhere("Method\tMamba\tQ1", "Dataset\tImageNet-1K\tQ2"),
    "known elsewhere by an acronym": name_elsewhere("Method\tNIM\tQ3"),
    "read by another": skim(),
}


@pytest.mark.parametrize("change", CURATION.values(), ids=CURATION)
def test_what_a_curator_says_changes_digests_and_changes_them_back(
    ledger: Ledger, change: Change
) -> None:
    papers = [paper(f"{number}", text) for number, text in enumerate(TEXTS)]
    put(*papers)(ledger)
    refresh(ledger)
    before = kept(ledger)

    change(ledger)
    refresh(ledger)

    check(ledger)
    assert kept(ledger) != before
    correct()(ledger)
    name_elsewhere()(ledger)
    put(*papers)(ledger)
    refresh(ledger)
    assert kept(ledger) == before


def test_a_change_that_changes_nothing_leaves_all_as_it_was(ledger: Ledger) -> None:
    put(paper("a", TEXTS[0]))(ledger)
    refresh(ledger)
    before = kept(ledger)
    with ledger.transaction():
        ledger.run("UPDATE papers SET extractor = 'another'")

    refresh(ledger)

    assert kept(ledger) == before
    check(ledger)


def test_what_is_fresh_is_not_written_again(ledger: Ledger) -> None:
    put(paper("a", TEXTS[0]))(ledger)
    refresh(ledger)
    revision = ledger.revision()

    refresh(ledger)

    assert ledger.revision() == revision


@pytest.mark.parametrize("id", ["0", "c5", "z"], ids=["in front", "in the middle", "at the end"])
@pytest.mark.usefixtures("small_pages")
def test_a_node_joins_the_page_on_which_its_id_lies(ledger: Ledger, id: str) -> None:
    put(*(paper(one, "nothing") for one in ("b", "c", "d", "e", "f")))(ledger)
    refresh(ledger)
    firsts = [page.first for page in pages(ledger, "Paper")]
    assert firsts == ["", "d", "f"]

    put(paper(id, "nothing"))(ledger)
    refresh(ledger)

    assert [page.first for page in pages(ledger, "Paper")] == firsts
    check(ledger)


@pytest.mark.usefixtures("small_pages")
def test_a_page_that_has_grown_too_long_is_cut_anew(ledger: Ledger) -> None:
    put(*(paper(one, "nothing") for one in "abcd"))(ledger)
    refresh(ledger)

    put(*(paper(f"b{number}", "nothing") for number in range(3)))(ledger)
    refresh(ledger)

    assert [page.first for page in pages(ledger, "Paper")] == ["", "b0", "b2", "d"]
    assert [page.nodes for page in pages(ledger, "Paper")] == [2, 2, 2, 1]
    check(ledger)


def test_an_empty_graph_has_one_open_page_for_each_label(ledger: Ledger) -> None:
    refresh(ledger)

    for label in LABELS:
        (page,) = pages(ledger, label)
        assert (page.first, page.end, page.nodes, page.digest, page.links) == ("", END, 0, 0, 0)
        assert digests(ledger, page) == {}
    assert totals(ledger) == (0, 0)


def test_a_node_is_looked_up_by_label_and_id(ledger: Ledger) -> None:
    put(paper("a", "Method:Mamba =3"))(ledger)
    refresh(ledger)

    assert has_node(ledger, "Method", "method:mamba")
    assert has_node(ledger, "Result", "result:a:1")
    assert not has_node(ledger, "Dataset", "method:mamba")
    assert not has_node(ledger, "Method", "method:s4")


def test_a_result_belongs_to_its_paper(ledger: Ledger) -> None:
    put(paper("a", "Method:Mamba =3"))(ledger)
    refresh(ledger)

    (page,) = pages(ledger, "Result")

    assert {id: found.owner for id, found in digests(ledger, page).items()} == {"result:a:1": "a"}


# --- notes, which are taken while everything passes by


@pytest.fixture
def other(ledger: Ledger) -> Iterator[Ledger]:
    """The same ledger, open a second time."""
    with Ledger(ledger.path) as other:
        yield other


def take_notes(ledger: Ledger) -> None:
    for _ in noted(ledger, everything(ledger)):
        pass


def test_notes_that_are_kept_are_the_digests(ledger: Ledger) -> None:
    put(*(paper(f"{number}", text) for number, text in enumerate(TEXTS)))(ledger)
    begin_notes(ledger)
    take_notes(ledger)
    assert not is_digested(ledger)

    keep_notes(ledger)

    assert is_digested(ledger)
    check(ledger)


@pytest.mark.parametrize(
    "change",
    [
        put(paper("a", "Method:Qwen2-VL =4")),
        put(paper("c", TEXTS[1])),
        put(paper("b", TEXTS[0], published="2024-05-01")),
        correct(Correction("rename", "method:mamba", "MAMBA")),
        name_elsewhere("Method\tMamba\tQ1"),
    ],
    ids=["text", "new", "date", "name", "external id"],
)
def test_what_changes_while_notes_are_taken_is_worked_out_later(
    ledger: Ledger, other: Ledger, change: Change
) -> None:
    put(paper("a", TEXTS[0]), paper("b", TEXTS[3]))(ledger)
    with ledger.reading():
        begin_notes(ledger)
        change(other)
        take_notes(ledger)
    keep_notes(ledger)
    assert list(ledger.rows("SELECT 1 FROM stale")) != []

    refresh(ledger)

    check(ledger)


def test_a_paper_that_goes_while_notes_are_taken_leaves_no_digest(
    ledger: Ledger, other: Ledger
) -> None:
    put(paper("a", TEXTS[0]), paper("b", TEXTS[3]))(ledger)
    with ledger.reading():
        begin_notes(ledger)
        drop("b")(other)
        take_notes(ledger)

    keep_notes(ledger)

    assert kept(ledger) == from_nothing(ledger)
    check(ledger)


def test_notes_are_not_kept_where_somebody_has_worked_out_later_ones_meanwhile(
    ledger: Ledger, other: Ledger
) -> None:
    put(paper("a", TEXTS[0]))(ledger)
    with ledger.reading():
        begin_notes(ledger)
        take_notes(ledger)
    put(paper("a", TEXTS[1]), paper("b", TEXTS[2]))(other)
    refresh(other)

    keep_notes(ledger)
    refresh(ledger)

    check(ledger)


def test_notes_that_were_broken_off_leave_no_trace_in_the_next_ones(ledger: Ledger) -> None:
    put(*(paper(f"{number}", text) for number, text in enumerate(TEXTS)))(ledger)
    begin_notes(ledger)
    passing = noted(ledger, everything(ledger))
    next(passing)
    passing.close()

    begin_notes(ledger)
    take_notes(ledger)
    keep_notes(ledger)

    check(ledger)


def test_a_frozen_ledger_is_of_one_moment(ledger: Ledger, other: Ledger) -> None:
    put(paper("a", TEXTS[0]))(ledger)

    with frozen(ledger):
        before = kept(ledger)
        put(paper("a", TEXTS[1]))(other)
        refresh(other)

        assert kept(ledger) == before == from_nothing(ledger)
    with frozen(ledger):
        assert kept(ledger) == from_nothing(ledger) != before


def test_a_frozen_ledger_is_resolved_and_fresh(ledger: Ledger) -> None:
    put(paper("a", TEXTS[3]))(ledger)
    refresh(ledger)
    with ledger.transaction():
        ledger.run("INSERT INTO touched SELECT key FROM counts")
        ledger.run("DELETE FROM entities")

    with frozen(ledger):
        check(ledger)


# --- ledgers of other versions of the code


def test_digests_that_other_code_has_made_are_made_again(ledger: Ledger) -> None:
    put(paper("a", TEXTS[0]), paper("b", TEXTS[3]))(ledger)
    refresh(ledger)
    with ledger.transaction():
        ledger.run("UPDATE digested SET maker = 'other'")
        ledger.run("UPDATE digests SET node = 1")
    assert not is_digested(ledger)

    refresh(ledger)

    check(ledger)


def of_version_2(folder: Path) -> Path:
    """A ledger as it was before there were digests."""
    with new_ledger(folder) as ledger:
        put(*(paper(f"{number}", text) for number, text in enumerate(TEXTS)))(ledger)
        path = ledger.path
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in found.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for name in NEW_TABLES:
            connection.execute(f"DROP TABLE {name}")
        connection.execute("PRAGMA user_version = 2")
    connection.close()
    return path


def test_a_ledger_without_digests_gets_them(tmp_path: Path) -> None:
    with Ledger(of_version_2(tmp_path)) as ledger:
        refresh(ledger)

        check(ledger)
        assert next(ledger.rows("PRAGMA user_version")) == (VERSION,)


def test_a_ledger_without_digests_gets_them_while_it_changes(tmp_path: Path) -> None:
    with Ledger(of_version_2(tmp_path)) as ledger:
        put(paper("0", TEXTS[4]), paper("new", TEXTS[5]))(ledger)
        drop("1")(ledger)
        refresh(ledger)

        check(ledger)


# --- which graph it is


def test_a_graph_keeps_its_identity_and_no_other_has_it(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "one") as ledger:
        identity = graph_id(ledger)
    with Ledger(tmp_path / "one" / "ledger.sqlite") as again, new_ledger(tmp_path / "two") as two:
        assert graph_id(again) == identity
        assert graph_id(two) != identity
    assert len(identity) == 16


def test_a_paper_that_is_written_without_being_resolved_is_noted(ledger: Ledger) -> None:
    put(paper("a", TEXTS[0]))(ledger)
    refresh(ledger)
    one = paper("b", "nothing at all")
    with ledger.transaction():
        write_paper(ledger, one, next(extract_marks([one])), "marks")

    resolve(ledger)
    refresh(ledger)

    check(ledger)
