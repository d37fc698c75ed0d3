"""Wholes: what is written together, and when its digest is another."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from loads import ROWS, TEXTS, correct, put
from papers import paper

import kg
from kg.families import KINDS, family_of, stems_of_versions
from kg.graph import edges, nodes
from kg.keys import PARTS, canonical_key
from kg.known import KNOWN
from kg.ledger import Ledger
from kg.records import Edge, EntityKey, Kind, Node
from kg.wholes import MAKERS, Whole, entity_wholes, node_digest, paper_wholes

PAPER = Node("p", "Paper", {"title": "Mamba", "published": "2024"})
RESULT = Node("result:p:1", "Result", {"text": "97.5", "number": 97.5})
EDGE = Edge("p", "Paper", "USES", "method:mamba", "Method", 0, 5, 0.75, 1, "p")
WHOLE = Whole(PAPER, (RESULT,), (EDGE,), ("Mamba is fast.",))


@pytest.mark.parametrize(
    "other",
    [
        replace(WHOLE, results=(replace(RESULT, id="result:p:2"),)),
        replace(WHOLE, results=(replace(RESULT, properties={"text": "97.5", "number": 98.5}),)),
        replace(WHOLE, results=()),
        replace(WHOLE, sentences=("Mamba is slow.",)),
        replace(WHOLE, edges=(replace(EDGE, type="PROPOSES"),)),
        replace(WHOLE, edges=(replace(EDGE, target="method:s4"),)),
        replace(WHOLE, edges=(replace(EDGE, start=1),)),
        replace(WHOLE, edges=(replace(EDGE, stop=6),)),
        replace(WHOLE, edges=(replace(EDGE, confidence=0.5),)),
        replace(WHOLE, edges=(replace(EDGE, count=2),)),
        replace(WHOLE, edges=(EDGE, EDGE), sentences=("", "")),
        replace(WHOLE, edges=(), sentences=()),
    ],
)
def test_what_belongs_to_a_node_has_a_digest_of_its_own(other: Whole) -> None:
    assert other.links != WHOLE.links
    assert other.digest == WHOLE.digest


@pytest.mark.parametrize(
    "node",
    [
        replace(PAPER, id="q"),
        replace(PAPER, label="Method"),
        replace(PAPER, properties={"title": "Mamba", "published": "2023"}),
        replace(PAPER, properties={"title": "Mamba", "date": "2024"}),
    ],
)
def test_a_node_has_a_digest_of_label_id_and_properties(node: Node) -> None:
    assert node_digest(node) != node_digest(PAPER)
    assert replace(WHOLE, node=node).links == WHOLE.links


def test_digests_are_small_enough_that_thousands_add_up_in_63_bits() -> None:
    digests = [node_digest(replace(PAPER, id=f"{number}")) for number in range(4_000)]

    assert 0 < sum(digests) < 2**63 / 4
    assert len(set(digests)) == len(digests)


def test_a_node_to_which_nothing_belongs_has_no_digest_of_that() -> None:
    assert Whole(PAPER).links == 0


def test_a_digest_does_not_change_between_processes() -> None:
    assert (WHOLE.digest, WHOLE.links) == (176454628313958, 31588980492023)


def test_text_that_is_no_utf_8_has_a_digest() -> None:
    assert node_digest(replace(PAPER, properties={"title": "\ud83d"})) > 0


def test_wholes_are_all_nodes_and_relationships_of_the_graph(ledger: Ledger) -> None:
    put(*(paper(f"{number}", text) for number, text in enumerate(TEXTS)))(ledger)
    correct(ROWS[0], ROWS[6])(ledger)

    ids = [f"{number}" for number in range(len(TEXTS))]
    wholes = [*entity_wholes(ledger), *paper_wholes(ledger, ids)]

    whole_nodes = [node for whole in wholes for node in (whole.node, *whole.results)]
    whole_edges = [edge for whole in wholes for edge in whole.edges]
    assert sorted(whole_nodes, key=by_id) == sorted(nodes(ledger), key=by_id)
    assert sorted(whole_edges, key=by_ends) == sorted(edges(ledger), key=by_ends)
    assert all(len(whole.edges) == len(whole.sentences) for whole in wholes)


def by_id(node: Node) -> str:
    return node.id


def by_ends(edge: Edge) -> tuple[str, str, str]:
    return edge.source, edge.type, edge.target


def test_the_sentence_of_a_relationship_holds_the_words_that_it_was_read_from(
    ledger: Ledger,
) -> None:
    put(paper("a", "We say Method:Mamba. Nothing here. Then Dataset:CIFAR-10 =3."))(ledger)

    (whole,) = paper_wholes(ledger, ["a"])

    found = dict(zip((edge.target for edge in whole.edges), whole.sentences, strict=True))
    assert found["method:mamba"] == "We say Method:Mamba."
    assert found["result:a:1"] == "Then Dataset:CIFAR-10 =3."


def test_some_entities_and_papers_are_read_in_the_order_in_which_they_are_asked_for(
    ledger: Ledger,
) -> None:
    put(*(paper(f"{number}", text) for number, text in enumerate(TEXTS)))(ledger)
    asked: list[EntityKey] = [("Method", "mamba"), ("Dataset", "nowhere"), ("Dataset", "imagenet")]

    entities = [whole.node.id for whole in entity_wholes(ledger, asked)]
    papers = [whole.node.id for whole in paper_wholes(ledger, ["3", "nowhere", "1"])]

    assert entities == ["method:mamba", "dataset:imagenet"]
    assert papers == ["3", "1"]


def test_digests_are_made_again_when_code_changes_that_makes_nodes_or_edges() -> None:
    package = Path(kg.__file__).parent
    found = {"wholes.py"}
    for name in ("wholes.py", "graph.py", "nodes.py", "families.py"):
        for node in ast.walk(ast.parse((package / name).read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
                found |= {f"{one.removeprefix('kg.')}.py" for one in names if one[:3] == "kg."}
    modules = {one for one in found if (package / one).is_file()}

    assert modules - {"ledger.py"} <= {*MAKERS}
    assert {*PARTS} <= {*MAKERS}  # which names are listed decides on families


# --- families, as digests look for them


LAST = ("2", "7b", "large", "1k", "v2")


@pytest.mark.parametrize("kind", KINDS)
def test_the_key_of_a_version_begins_as_its_family_says(kind: Kind) -> None:
    names = [name for known in KNOWN if known.kind == kind for name in known.names]
    keys = sorted({canonical_key(kind, f"{name}{end}") for name in names for end in ("", "-2")})
    known = {(kind, key) for key in keys}
    versions = [(kind, f"{key}-{last}") for key in keys for last in (*LAST, "2-large", "at-1")]

    found = [(one, family) for one in versions if (family := family_of(one, known))]

    assert len(found) > len(keys)
    for (_, key), family in found:
        assert any(key.startswith(f"{stem}-") for stem in stems_of_versions(family)), (key, family)
