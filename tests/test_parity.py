"""Both stores answer alike about the graph of five pages of papers: named and random questions.

To try other versions of kglite and of Neo4j's driver than the newest that `pyproject.toml` allows:

    python -m venv ../other && ../other/bin/pip install -e '.[dev]' kglite==0.21.0 neo4j==5.26.0
    ../other/bin/pytest tests/test_stores.py tests/test_parity*.py
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from commands import PAGES
from parity_answers import Answer, answer, answers, comparable
from parity_draw import Words
from parity_questions import SHAPES, Question, questions
from parity_settings import Choices, settings

from kg.api import KnowledgeGraph, build
from kg.queries import Query, load_queries
from kg.records import Edge, Node
from kg.stores.ask import ask
from kg.stores.bolt import Neo4jStore
from kg.stores.embedded import make_snapshot, open_snapshot
from kg.stores.load import load
from kg.stores.protocol import Store

EACH = 10  # random questions of a shape

Asked = dict[str, list[tuple[Question, Answer]]]  # the random questions by shape
Altered = Callable[[list[Node], list[Edge]], tuple[list[Node], list[Edge]]]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    """The graph of the five pages."""
    with build(PAGES, tmp_path_factory.mktemp("pages") / "papers.kg") as graph:
        yield graph


@pytest.fixture(scope="module")
def embedded(pages: KnowledgeGraph) -> Store:
    return pages.store()


@pytest.fixture(scope="module")
def in_neo4j(pages: KnowledgeGraph, neo4j_connection: Neo4jStore) -> Iterator[Store]:
    neo4j_connection.write("MATCH (n) DETACH DELETE n")
    load_graph(neo4j_connection, pages)
    yield neo4j_connection
    neo4j_connection.write("MATCH (n) DETACH DELETE n")


@pytest.fixture(scope="module")
def words(pages: KnowledgeGraph) -> Words:
    return Words(pages.nodes(), pages.edges())


@pytest.fixture(scope="module")
def choices(pages: KnowledgeGraph) -> Choices:
    return Choices(pages.nodes(), pages.edges())


@pytest.fixture(scope="module")
def asked(words: Words, embedded: Store) -> Asked:
    """All random questions by shape, with the answers of the embedded store."""
    return {
        shape: [
            (question, answer(embedded, question)) for question in questions(shape, words, EACH)
        ]
        for shape in SHAPES
    }


def load_graph(store: Neo4jStore, graph: KnowledgeGraph) -> None:
    load(store, graph.ledger)


@pytest.mark.parametrize("query", load_queries().values(), ids=lambda query: query.name)
def test_a_named_question_has_one_answer_whatever_is_given(
    query: Query, choices: Choices, embedded: Store, in_neo4j: Store
) -> None:
    given = settings(query, choices)

    here = [comparable(ask(embedded, query, each)) for each in given]
    there = answers(given, lambda each: comparable(ask(in_neo4j, query, each)))

    different = [both for both in zip(given, here, there, strict=True) if both[1] != both[2]]
    assert not different
    assert any(rows for _, rows in here)


def test_the_named_questions_are_asked_in_hundreds_of_ways(choices: Choices) -> None:
    ways = [settings(query, choices) for query in load_queries().values()]

    assert sum(map(len, ways)) > 400
    assert min(map(len, ways)) > 5


@pytest.mark.parametrize("shape", SHAPES)
def test_random_questions_of_a_shape_have_equal_rows(
    shape: str, asked: Asked, in_neo4j: Store
) -> None:
    there = answers(asked[shape], lambda one: answer(in_neo4j, one[0]))

    pairs = zip(asked[shape], there, strict=True)
    assert not [(question, here, there) for (question, here), there in pairs if here != there]
    assert any(rows for _, (_, rows) in asked[shape])


def test_the_random_questions_are_300_and_mostly_have_rows(asked: Asked) -> None:
    every = list(chain(*asked.values()))

    assert len(every) == 300
    assert len({question.cypher for question, _ in every}) > 290
    assert sum(bool(rows) for _, (_, rows) in every) > 200


def without_a_relationship(nodes: list[Node], edges: list[Edge]) -> tuple[list[Node], list[Edge]]:
    left_out = next(edge for edge in edges if edge.type == "USES")
    return nodes, [edge for edge in edges if edge is not left_out]


def with_a_higher_count(nodes: list[Node], edges: list[Edge]) -> tuple[list[Node], list[Edge]]:
    first = next(number for number, edge in enumerate(edges) if edge.type == "ADDRESSES")
    other = replace(edges[first], count=edges[first].count + 1)
    return nodes, [*edges[:first], other, *edges[first + 1 :]]


def with_another_value(label: str, key: str, value: str | float) -> Altered:
    def altered(nodes: list[Node], edges: list[Edge]) -> tuple[list[Node], list[Edge]]:
        first = next(number for number, node in enumerate(nodes) if node.label == label)
        other = replace(nodes[first], properties={**nodes[first].properties, key: value})
        return [*nodes[:first], other, *nodes[first + 1 :]], edges

    return altered


@pytest.mark.parametrize(
    "alter",
    [
        without_a_relationship,
        with_a_higher_count,
        with_another_value("Result", "number", 0.5),
        with_another_value("Method", "name", "Zebra"),
        with_another_value("Dataset", "papers", 99),
    ],
    ids=["relationship", "count", "number", "name", "papers"],
)
def test_random_questions_notice_a_small_change(
    alter: Altered, pages: KnowledgeGraph, asked: Asked, tmp_path: Path
) -> None:
    path = tmp_path / "altered.kgl"
    make_snapshot(path, *alter(list(pages.nodes()), list(pages.edges())))

    with open_snapshot(path) as altered:
        different = [q for q, here in chain(*asked.values()) if answer(altered, q) != here]

    assert different
