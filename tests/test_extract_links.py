"""Links: which URLs a text holds, where they end, and which lead to a repository."""

import itertools
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.links import find_links, repository_url

SHARED = Path(__file__).parents[2] / "shared"
TOOLKIT = "https://github.com/acme/toolkit"


@pytest.mark.parametrize(
    ("text", "url", "repository"),
    [
        ("Code: https://github.com/acme/toolkit", TOOLKIT, TOOLKIT),
        ("Code is at https://github.com/acme/toolkit.", TOOLKIT, TOOLKIT),
        ("See https://github.com/acme/toolkit, it is open.", TOOLKIT, TOOLKIT),
        ("It is open (https://github.com/acme/toolkit).", TOOLKIT, TOOLKIT),
        ("It is open [https://github.com/acme/toolkit];", TOOLKIT, TOOLKIT),
        (r"at \url{https://github.com/acme/toolkit}}", TOOLKIT, TOOLKIT),
        ("https://github.com/acme/toolkit.\nThe end", TOOLKIT, TOOLKIT),
        ("https://github.com/acme/toolkit/ is it", TOOLKIT, TOOLKIT),
        ("https://github.com/acme/toolkit.git", f"{TOOLKIT}.git", TOOLKIT),
        ("https://github.com/acme/toolkit/tree/main/x", f"{TOOLKIT}/tree/main/x", TOOLKIT),
        ("https://github.com/acme/toolkit#readme", f"{TOOLKIT}#readme", TOOLKIT),
        ("https://github.com/acme/toolkit?tab=readme", f"{TOOLKIT}?tab=readme", TOOLKIT),
        ("on www.github.com/acme/toolkit today", "www.github.com/acme/toolkit", TOOLKIT),
        ("on github.com/acme/toolkit today", "github.com/acme/toolkit", TOOLKIT),
        ("https: //github.com/acme/toolkit", "https: //github.com/acme/toolkit", TOOLKIT),
        ("https://github.com/ acme/toolkit", "https://github.com/ acme/toolkit", TOOLKIT),
        (
            "https://github.com/acme/ ToolKit is open",
            "https://github.com/acme/ ToolKit",
            "https://github.com/acme/ToolKit",
        ),
        (
            "HTTPS://GitHub.COM/Acme/ToolKit",
            "HTTPS://GitHub.COM/Acme/ToolKit",
            "https://github.com/Acme/ToolKit",
        ),
        (
            r"https://github.com/acme/tool\_kit",
            r"https://github.com/acme/tool\_kit",
            "https://github.com/acme/tool_kit",
        ),
        (
            "https://huggingface.co/acme/model-1",
            "https://huggingface.co/acme/model-1",
            "https://huggingface.co/acme/model-1",
        ),
        (
            "https://huggingface.co/datasets/acme/data/blob/main/x",
            "https://huggingface.co/datasets/acme/data/blob/main/x",
            "https://huggingface.co/datasets/acme/data",
        ),
        (
            "https://huggingface.co/acme",
            "https://huggingface.co/acme",
            "https://huggingface.co/acme",
        ),
        (
            "https://anonymous.4open.science/r/toolkit-12AB/README.md",
            "https://anonymous.4open.science/r/toolkit-12AB/README.md",
            "https://anonymous.4open.science/r/toolkit-12AB",
        ),
        (
            "https://gitlab.com/acme/toolkit/-/tree/main",
            "https://gitlab.com/acme/toolkit/-/tree/main",
            "https://gitlab.com/acme/toolkit",
        ),
        (
            "https://bitbucket.org/acme/toolkit",
            "https://bitbucket.org/acme/toolkit",
            "https://bitbucket.org/acme/toolkit",
        ),
    ],
)
def test_a_repository_is_found_where_it_stands(text: str, url: str, repository: str) -> None:
    (link,) = find_links(text)

    assert text[link.start : link.stop] == url
    assert link.repository == repository


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.github.io/toolkit",
        "https://github.com/acme",
        "https://github.com/topics/nlp",
        "https://huggingface.co/papers/2401.00001",
        "https://github.com@evil.example/x/y",
        "https://github.com.evil.example/a/b",
        "https://evilgithub.com/a/b",
        "https://evil.example/github.com/a/b",
        "https://evil.example/?to=github.com/a/b",
        "https://anonymous.4open.science/r",
        "https://example.org/paper",
    ],
)
def test_another_url_is_a_link_but_no_repository(url: str) -> None:
    (link,) = find_links(f"See {url} for more.")

    assert (link.start, link.stop) == (4, 4 + len(url))
    assert link.repository == ""


@pytest.mark.parametrize(
    "text", ["evilgithub.com/a/b", "mail doe@github.com/a/b", "on GitHub", "github.com", ""]
)
def test_what_only_looks_like_a_link_is_none(text: str) -> None:
    assert list(find_links(text)) == []


def test_several_links_come_in_the_order_of_the_text() -> None:
    text = "Demo: https://a.example/x. Code: https://github.com/a/b; data: hf.co/datasets/a/d."

    assert [link.repository for link in find_links(text)] == [
        "",
        "https://github.com/a/b",
        "https://huggingface.co/datasets/a/d",
    ]


@given(st.text(alphabet="https://github.com/ab.\\_#?@ \n(){}", max_size=80) | st.text())
def test_links_stand_in_order_and_a_canonical_url_is_its_own(text: str) -> None:
    links = list(find_links(text))

    assert all(one.stop <= other.start for one, other in itertools.pairwise(links))
    for link in links:
        assert link.start < link.stop <= len(text)
        assert repository_url(link.repository) == link.repository


def test_the_five_real_pages_lead_to_48_repositories() -> None:
    pages = sorted((SHARED / "papers").glob("daily_papers_00*.txt"))
    found = {
        link.repository for page in pages for link in find_links(page.read_text(encoding="utf-8"))
    } - {""}

    assert Counter(url.split("/")[2] for url in found) == {
        "github.com": 46,
        "anonymous.4open.science": 1,
        "huggingface.co": 1,
    }


@pytest.mark.parametrize(("name", "least"), [("train", 0.99), ("pages_dev", 1.0)])
def test_nearly_all_repositories_of_the_annotated_papers_are_found(name: str, least: float) -> None:
    lines = (SHARED / "gold" / f"{name}.papers.jsonl").read_text(encoding="utf-8").splitlines()
    papers = {paper["id"]: paper for paper in map(json.loads, lines)}
    gold = json.loads((SHARED / "gold" / f"{name}.gold.json").read_text(encoding="utf-8"))
    right = wrong = missed = 0
    for paper in gold:
        text = f"{papers[paper['id']]['title']}\n{papers[paper['id']]['abstract']}"
        found = {folded(link.repository) for link in find_links(text)} - {""}
        for entity in (one for one in paper["entities"] if one["type"] == "Repository"):
            forms = {folded(entity["name"]), *map(folded, entity["surfaces"])}
            hit = bool(found & forms)
            found -= forms
            right += hit and not entity["optional"]
            missed += not hit and not entity["optional"]
        wrong += len(found)

    assert 2 * right / (2 * right + wrong + missed) >= least


def folded(url: str) -> str:
    """`url` as the scorer of the annotated papers compares it."""
    plain = re.sub(r"^(https?://)?(www\.)?", "", url.strip().lower()).rstrip("/.,;)")
    return re.sub(r"\.git$", "", plain)
