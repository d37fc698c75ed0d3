"""Routes between entities, on graphs small enough to draw."""

from pathlib import Path

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records import Edge, Node
from kg.stores.embedded import EmbeddedStore, make_snapshot, open_snapshot
from kg.stores.routes import find_route

Papers = dict[str, str]  # id of a paper -> the entities that it names, a letter each


def store_of(papers: Papers, path: Path, doubted: str = "") -> EmbeddedStore:
    """A snapshot of papers that name methods."""
    names = sorted(set("".join(papers.values())))
    count = {name: sum(name in terms for terms in papers.values()) for name in names}
    nodes = [
        Node(
            f"method:{name}",
            "Method",
            {"name": name, "aliases": (), "papers": count[name], "salient": name not in doubted},
        )
        for name in names
    ]
    texts = {"title": "T", "abstract": "A", "published": "", "url": "", "authors": (), "source": ""}
    nodes += [Node(paper, "Paper", texts) for paper in papers]
    edges = [
        Edge(paper, "Paper", "USES", f"method:{name}", "Method", 0, 1, 1.0, 1, paper)
        for paper, terms in papers.items()
        for name in sorted(set(terms))
    ]
    make_snapshot(path, nodes, edges)
    return open_snapshot(path)


def route(papers: Papers, path: Path, ends: str, doubted: str = "") -> str:
    with store_of(papers, path / "graph.kgl", doubted) as store:
        found = find_route(store, f"method:{ends[0]}", f"method:{ends[1]}")
    return "".join(one.removeprefix("method:") for one in found)


@pytest.mark.parametrize(
    ("papers", "ends", "expected"),
    [
        pytest.param({"p1": "ab"}, "ab", "ab", id="one paper names both"),
        pytest.param({"p1": "ab", "p2": "bc", "p3": "cd", "p4": "de"}, "ae", "abcde", id="a chain"),
        pytest.param({"p1": "ab", "p2": "bc", "p3": "cd", "p4": "ad"}, "ad", "ad", id="no detour"),
        pytest.param(
            {"p1": "axy", "p2": "xb", "p3": "yb", "p4": "x"}, "ab", "ayb", id="the rarer term"
        ),
        pytest.param({"p1": "ayx", "p2": "xyb"}, "ab", "axb", id="of equals the first by id"),
        pytest.param({"p1": "ab", "p2": "cd"}, "ac", "", id="nothing connects them"),
        pytest.param({"p1": "ab"}, "aa", "", id="one thing"),
    ],
)
def test_a_route_is_shortest_and_always_the_same(
    papers: Papers, ends: str, expected: str, tmp_path: Path
) -> None:
    assert route(papers, tmp_path, ends) == expected


def test_a_doubted_term_is_no_way_but_may_be_an_end(tmp_path: Path) -> None:
    papers = {"p1": "ax", "p2": "xb"}

    assert route(papers, tmp_path, "ab", doubted="x") == ""
    assert route(papers, tmp_path, "ax", doubted="x") == "ax"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("abcdefgh", min_size=1, max_size=3), min_size=1, max_size=8))
def test_a_route_is_as_long_as_networkx_says(
    tmp_path_factory: pytest.TempPathFactory, terms: list[str]
) -> None:
    papers = {f"p{index}": named for index, named in enumerate(terms)}
    graph = networkx.Graph((paper, name) for paper, named in papers.items() for name in named)
    first, last = min("".join(terms)), max("".join(terms))
    linked = first != last and networkx.has_path(graph, first, last)

    found = route(papers, tmp_path_factory.mktemp("routes"), first + last)

    links = networkx.shortest_path_length(graph, first, last) if linked else 0
    assert len(found) == (links // 2 + 1 if linked else 0)
