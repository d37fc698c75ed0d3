"""For who browses in Neo4j's own tools: the style sheet, and the snippets to start from."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest
from neo4j.graph import Node as GraphNode
from neo4j.graph import Path as GraphPath
from neo4j.graph import Relationship
from neo4j_server import Server

from kg.exports.colours import COLOURS
from kg.exports.picture import shown_name
from kg.queries import LABELS, TYPES, cypher_folder
from kg.records import Node
from kg.stores.bolt import OURS, Neo4jStore

STYLE = (cypher_folder() / "browser.grass").read_text("utf-8")
SNIPPETS = sorted((cypher_folder() / "snippets").glob("*.cypher"))
EDGES = Path(__file__).parents[1] / "kg" / "exports" / "explorer" / "web" / "page.css"

# Neo4j Browser reads a sheet letter by letter: it knows no comments, and a value with a colon or a
# semicolon in it is lost.
RULE = re.compile(r"(node|relationship)(?:\.([A-Za-z_]+))? \{\n((?:  [^\n]+\n)+)\}\n")
PROPERTY = re.compile(r"  ([a-z-]+): ([^:;{}'\n]+|'\{[a-z]+\}'|'<type>');")
VALUES = {
    "diameter": r"(10|20|50|65|80)px",  # the sizes that Browser's own panel offers
    "color": r"#[0-9a-f]{6}",
    "border-color": r"#[0-9a-f]{6}",
    "border-width": r"\dpx",
    "text-color-internal": r"#[0-9a-f]{6}",
    "text-color-external": r"#[0-9a-f]{6}",
    "font-size": r"\d+px",
    "shaft-width": r"(1|2|3|5|8)px",
    "padding": r"\dpx",
    "caption": r"'(\{[a-z]+\}|<type>)'",
}
PARAMETER = re.compile(r"^:param (\w+) => (.+);$", re.MULTILINE)


def rules() -> dict[tuple[str, str], dict[str, str]]:
    """What the sheet says of each selector; anything that is no rule is an error."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    end = 0
    for match in RULE.finditer(STYLE):
        assert STYLE[end : match.start()].strip() == ""
        end = match.end()
        selector = (match[1], match[2] or "")
        lines = [PROPERTY.fullmatch(line) for line in match[3].splitlines()]
        assert selector not in found
        assert all(lines), match[3]
        found[selector] = {line[1]: line[2] for line in lines if line}
    assert STYLE[end:].strip() == ""
    return found


def brightness(colour: str) -> float:
    """The relative luminance of `#rrggbb`. Source: WCAG 2.2."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(brightness, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_each_label_and_each_type_has_its_rule_and_the_second_label_has_none() -> None:
    assert set(rules()) == {
        ("node", ""),
        ("relationship", ""),
        *(("node", label) for label in LABELS),
        *(("relationship", type) for type in TYPES),
    }
    assert OURS not in STYLE


def test_rules_say_only_what_browser_knows() -> None:
    for properties in rules().values():
        for name, value in properties.items():
            assert re.fullmatch(VALUES[name], value), (name, value)


@pytest.mark.parametrize("label", LABELS)
def test_colours_are_those_of_the_explorer(label: str) -> None:
    style = rules()["node", label]

    assert style["color"] == COLOURS[label].light
    assert style["border-color"] == COLOURS[label].dark
    assert contrast(style["color"], style["text-color-internal"]) >= 4.5


def test_relationships_have_the_colour_of_the_explorers_lines() -> None:
    edge = re.search(r"--edge: (#\w{6});", EDGES.read_text("utf-8"))

    assert edge
    assert {style["color"] for (tag, _), style in rules().items() if tag == "relationship"} == {
        edge[1]
    }


@pytest.mark.parametrize("label", LABELS)
def test_captions_are_what_the_explorer_calls_a_node(label: str) -> None:
    caption = rules()["node", label]["caption"].strip("'{}")

    assert shown_name(Node("id", label, {caption: "the caption"})) == "the caption"


def test_relationships_are_captioned_by_their_type() -> None:
    captions = {style.get("caption") for (tag, _), style in rules().items() if tag != "node"}

    assert captions == {"'<type>'"}


def test_there_are_at_least_ten_snippets_with_titles_of_their_own() -> None:
    titles = [file.read_text("utf-8").splitlines()[0] for file in SNIPPETS]

    assert len(set(titles)) == len(SNIPPETS) >= 10
    assert all(title.startswith("// ") for title in titles)


@pytest.mark.parametrize("file", SNIPPETS, ids=lambda file: file.stem)
def test_a_snippet_explains_and_sets_the_parameters_that_it_uses(file: Path) -> None:
    title, explained, *_ = text = file.read_text("utf-8").splitlines()
    given = dict(PARAMETER.findall("\n".join(text)))

    assert set(re.findall(r"\$(\w+)", query_of(file))) == set(given)
    assert all(re.search(rf"\b{name}\b", explained) for name in given)
    assert len(title) <= 100
    assert ";" not in query_of(file)


@pytest.mark.parametrize("file", SNIPPETS, ids=lambda file: file.stem)
def test_a_snippet_shows_a_graph(file: Path, graph: neo4j.Driver) -> None:
    found = graph.execute_query(query_of(file), parameters_of(file, graph), routing_="r")

    assert found.records
    assert any(is_graph(value) for record in found.records for value in record.values())
    assert all(status.gql_status == "00000" for status in found.summary.gql_status_objects), (
        found.summary.gql_status_objects
    )


@pytest.fixture(scope="module")
def graph(neo4j_server: Server, small_neo4j: Neo4jStore) -> Iterator[neo4j.Driver]:
    """The small graph with its words indexed, through Neo4j's driver as anybody uses it."""
    small_neo4j.read("CALL db.awaitIndexes(60)")
    small_neo4j.write("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    with neo4j.GraphDatabase.driver(
        neo4j_server.uri, auth=("neo4j", neo4j_server.password)
    ) as driver:
        yield driver


def query_of(file: Path) -> str:
    """What Browser sends once the comments and commands of a snippet are done."""
    lines = file.read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith(("//", ":param")))


def parameters_of(file: Path, graph: neo4j.Driver) -> dict[str, Any]:
    """The example that a snippet comes with, worked out by the server as Browser does."""
    given = PARAMETER.findall(file.read_text("utf-8"))
    return {
        name: graph.execute_query(f"RETURN {value} AS value").records[0]["value"]
        for name, value in given
    }


def is_graph(value: object) -> bool:
    return isinstance(value, GraphNode | Relationship | GraphPath)
