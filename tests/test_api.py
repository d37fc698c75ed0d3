"""`kg` as a person at a notebook holds it."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from papers import BUILD, Marks, new_ledger, paper, synthetic

import kg
from kg.api import KnowledgeGraph
from kg.build import update
from kg.errors import GraphError, QueryError, SourceError, UnknownNameError
from kg.records import Paper, Rejected

ROOT = Path(__file__).parents[1]
A = paper("a", "Method:Mamba/proposed on Dataset:CIFAR-10/evaluated Metric:accuracy =97.5")
B = paper("b", "Method:Mamba/used on Dataset:CIFAR-10/evaluated https://github.com/o/n")
C = paper("c", "Method:Hyena/proposed on Dataset:CIFAR-100/evaluated")


@pytest.fixture(autouse=True)
def marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.api.Extractor", Marks)


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph(tmp_path / "papers.kg", create=True) as graph:
        list(graph.add([A, B]))
        yield graph


def snapshots(graph: KnowledgeGraph) -> list[str]:
    return sorted(path.name for path in graph.folder.glob("*.kgl"))


def papers_on(graph: KnowledgeGraph, dataset: str) -> list[object]:
    return [row["paper"] for row in graph.ask("papers_on_dataset", dataset=dataset)]


def edge_count(graph: KnowledgeGraph) -> object:
    return graph.cypher("MATCH ()-[r]->() RETURN count(r) AS n")[0]["n"]


def jsonl(path: Path, *papers: Paper) -> Path:
    rows = [{"id": one.id, "title": one.title, "abstract": one.abstract} for one in papers]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_all_that_is_public_is_there_and_documented() -> None:
    assert kg.__all__ == [
        "Extractor",
        "KgError",
        "KnowledgeGraph",
        "__version__",
        "build",
        "open",
        "queries",
    ]
    assert [name for name in kg.__all__ if not getattr(kg, name).__doc__] == []
    assert re.fullmatch(r"\d+\.\d+\.\d+", kg.__version__)


def test_importing_kg_imports_nothing_heavy() -> None:
    heavy = (
        "{'spacy', 'kglite', 'networkx', 'pandas', 'pyarrow', 'neo4j', 'numpy', 'rich', 'typer'}"
    )
    code = f"import sys, kg; print(sorted({heavy} & set(sys.modules)))"

    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, check=True
    )

    assert done.stdout.decode().strip() == "[]"


def test_build_makes_a_graph_that_can_be_opened_again(tmp_path: Path) -> None:
    source = jsonl(tmp_path / "papers.jsonl", A, B)

    with kg.build([source], graph=tmp_path / "papers.kg") as built:
        counted = built.stats()
    with kg.open(tmp_path / "papers.kg") as opened:
        again = opened.stats()

    assert counted == again
    assert counted["nodes"] == {
        "Paper": 2,
        "Method": 1,
        "Dataset": 1,
        "Metric": 1,
        "Task": 0,
        "Repository": 1,
        "Result": 1,
    }


def test_build_takes_a_single_path_too(tmp_path: Path) -> None:
    source = jsonl(tmp_path / "papers.jsonl", A)

    with kg.build(str(source), graph=tmp_path / "papers.kg") as built:
        assert built.stats()["nodes"]["Paper"] == 1


def test_papers_are_read_by_the_extractor_that_is_given(tmp_path: Path) -> None:
    source = jsonl(tmp_path / "papers.jsonl", A)
    mine = Marks("mine")

    with kg.build([source], graph=tmp_path / "papers.kg", extractor=mine) as graph:
        added = [outcome.what for outcome in graph.add([A, B], extractor=mine)]
        others = [outcome.what for outcome in graph.add([A])]

    assert mine.read == ["a", "b"]
    assert added == ["unchanged", "extracted"]
    assert others == ["extracted", "renewed"]


def test_build_tells_its_watcher_of_each_record_in_turn(tmp_path: Path) -> None:
    source = jsonl(tmp_path / "papers.jsonl", A, B, A)
    source.write_text(source.read_text() + "not json\n")
    seen: list[str] = []

    kg.build(
        [source], graph=tmp_path / "papers.kg", watch=lambda outcome: seen.append(outcome.what)
    ).close()

    assert seen == ["extracted", "extracted", "repeated", "rejected"]


def test_build_from_a_file_that_is_not_there_makes_nothing(tmp_path: Path) -> None:
    good = jsonl(tmp_path / "papers.jsonl", A)

    with pytest.raises(SourceError, match="no such file"):
        kg.build([good, tmp_path / "missing.jsonl"], graph=tmp_path / "papers.kg")

    assert not (tmp_path / "papers.kg").exists()


def test_build_lets_go_of_the_graph_where_its_watcher_fails(tmp_path: Path) -> None:
    source = jsonl(tmp_path / "papers.jsonl", A, B)

    with pytest.raises(ZeroDivisionError):
        kg.build([source], graph=tmp_path / "papers.kg", watch=lambda outcome: 1 / 0)

    assert [path.name for path in (tmp_path / "papers.kg").iterdir()] == ["ledger.sqlite"]


def test_opening_what_is_not_there_says_so_and_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no graph is here; make one with `kg build SOURCE`"):
        kg.open(tmp_path / "papers.kg")

    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_graph_folder(tmp_path: Path) -> None:
    (tmp_path / "papers.kg").write_text("")

    with pytest.raises(GraphError, match="is no graph folder"):
        kg.open(tmp_path / "papers.kg")


def test_a_graph_is_closed_behind_its_context(graph: KnowledgeGraph) -> None:
    with graph:
        graph.store()

    with pytest.raises(GraphError, match="closed"):
        graph.stats()
    assert repr(graph) == f"<KnowledgeGraph {graph.folder}>"


def test_all_doors_lead_to_the_same_ids(graph: KnowledgeGraph) -> None:
    ids = {node.id for node in graph.nodes()}
    triples = {(edge.source, edge.type, edge.target) for edge in graph.edges()}

    by_cypher = {row["id"] for row in graph.cypher("MATCH (n) RETURN n.id AS id")}
    related = graph.cypher("MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS r, b.id AS b")
    networkx = graph.to_networkx()
    pyvis = graph.to_pyvis()
    page = graph.to_html()

    assert ids == by_cypher == set(networkx.nodes) == set(pyvis.get_nodes())
    assert triples == {(row["a"], row["r"], row["b"]) for row in related}
    assert triples == {(source, key, target) for source, target, key in networkx.edges(keys=True)}
    assert triples == {(edge["from"], edge["type"], edge["to"]) for edge in pyvis.get_edges()}
    for node_id in ids - {"result:a:1"}:  # a result is shown with its paper
        assert f'"{node_id}"' in page


def test_a_named_question_is_answered(graph: KnowledgeGraph) -> None:
    assert papers_on(graph, "cifar10") == ["a", "b"]


def test_a_cypher_statement_takes_parameters(graph: KnowledgeGraph) -> None:
    found = graph.cypher("MATCH (p:Paper {id: $id}) RETURN p.title AS title", id="b")

    assert found == [{"title": "Paper b"}]


def test_an_unknown_question_is_known_as_such_before_a_snapshot_is_made(
    graph: KnowledgeGraph,
) -> None:
    with pytest.raises(QueryError, match="did you mean papers_on_dataset"):
        graph.ask("paper_on_dataset", dataset="CIFAR-10")

    assert snapshots(graph) == []


def test_an_unknown_name_comes_with_suggestions(graph: KnowledgeGraph) -> None:
    with pytest.raises(UnknownNameError) as error:
        graph.ask("papers_on_dataset", dataset="CIFAR-1000")

    assert error.value.suggestions == ("CIFAR-10",)


def test_a_statement_that_writes_is_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="DELETE would write"):
        graph.cypher("MATCH (n) DELETE n")


def test_a_paper_and_its_text_are_found_by_id(graph: KnowledgeGraph) -> None:
    assert graph.paper("a") == A
    assert graph.text_of("a") == A.text
    assert graph.paper("nobody") is None
    assert graph.text_of("nobody") == ""


def test_adding_tells_what_became_of_each_record(graph: KnowledgeGraph) -> None:
    outcomes = graph.add([B, C, Rejected("x.csv:2", "has no title")])

    assert [outcome.what for outcome in outcomes] == ["unchanged", "extracted", "rejected"]


def test_a_snapshot_is_made_once_and_again_after_a_change_in_place_of_the_old_one(
    graph: KnowledgeGraph,
) -> None:
    assert edge_count(graph) == 10
    (first,) = snapshots(graph)
    made = (graph.folder / first).stat().st_mtime_ns
    with kg.open(graph.folder) as again:
        assert edge_count(again) == 10
    assert (graph.folder / first).stat().st_mtime_ns == made

    list(graph.add([C]))

    assert edge_count(graph) == 12
    (second,) = snapshots(graph)
    assert second != first


def test_a_snapshot_is_made_again_where_only_metadata_has_changed(graph: KnowledgeGraph) -> None:
    graph.store()

    list(graph.add([paper("a", A.abstract, published="2023-12-01")]))

    found = graph.cypher("MATCH (p:Paper {id: 'a'}) RETURN p.published AS published")
    assert found == [{"published": "2023-12-01"}]


def test_a_snapshot_is_made_again_where_other_code_has_named_things(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph.store()
    monkeypatch.setattr("kg.resolve.resolver_digest", lambda: "another")
    monkeypatch.setattr("kg.resolve.entities.display", lambda kind, key, *_: (key.upper(), ()))
    monkeypatch.setattr("kg.snapshot.digest_of", lambda *parts, of="": "another")

    with kg.open(graph.folder) as upgraded:
        found = upgraded.cypher("MATCH (m:Method) RETURN m.name AS name")

    assert found == [{"name": "MAMBA"}]


def test_a_damaged_snapshot_is_made_again(graph: KnowledgeGraph) -> None:
    graph.store()
    (name,) = snapshots(graph)
    (graph.folder / name).write_bytes(b"half a snapshot")

    with kg.open(graph.folder) as reader:
        assert edge_count(reader) == 10


def test_one_who_adds_and_asks_in_turn_sees_what_was_added(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BUILD, "_BATCH", 1)

    before = edge_count(graph)
    during = [edge_count(graph) for _ in graph.add([C, paper("d", "Method:Mamba Method:S4")])]

    assert (before, during, edge_count(graph)) == (10, [12, 14], 14)


def test_an_open_reader_sees_what_another_has_written_since(graph: KnowledgeGraph) -> None:
    with kg.open(graph.folder) as reader, kg.open(graph.folder) as another:
        before = [papers_on(reader, "CIFAR-10"), papers_on(another, "CIFAR-10")]

        graph.remove("b")

        after = [papers_on(reader, "CIFAR-10"), papers_on(another, "CIFAR-10")]
    assert before == [["a", "b"]] * 2
    assert after == [["a"]] * 2


def test_a_reader_in_the_midst_of_a_build_gets_a_whole_graph(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BUILD, "_BATCH", 50)
    with (
        KnowledgeGraph(tmp_path, create=True) as writer,
        KnowledgeGraph(tmp_path) as reader,
    ):
        build = writer.add(map(synthetic, range(100)))
        next(build)

        halfway = reader.to_networkx()
        counted = edge_count(reader)
        list(build)

        assert sum("title" in values for _, values in halfway.nodes(data=True)) == 50
        assert halfway.number_of_edges() == counted
        assert all("label" in values for _, values in halfway.nodes(data=True))
        assert reader.stats()["nodes"]["Paper"] == 100


def test_inside_frozen_the_graph_stands_still_though_another_writes(
    graph: KnowledgeGraph,
) -> None:
    with kg.open(graph.folder) as reader, reader.frozen():
        before = list(reader.edges())
        list(graph.add([C]))

        assert list(reader.edges()) == before
        assert edge_count(reader) == len(before)
        assert reader.stats()["nodes"]["Paper"] == 2


def test_readers_beside_a_writer_in_another_process_always_see_a_whole_graph(
    tmp_path: Path,
) -> None:
    code = f"""
import sys
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
from pathlib import Path
from papers import BUILD, Marks, new_ledger, synthetic
from kg.build import update
BUILD._BATCH = 20
with new_ledger(Path({str(tmp_path)!r})) as ledger:
    list(update(ledger, map(synthetic, range(1_500)), Marks()))
"""
    new_ledger(tmp_path).close()
    seen: list[int] = []

    with (
        subprocess.Popen([sys.executable, "-c", code]) as writer,
        KnowledgeGraph(tmp_path) as reader,
    ):
        while writer.poll() is None or not seen:
            with reader.frozen():
                nodes = {node.id for node in reader.nodes()}
                ends = {end for edge in reader.edges() for end in (edge.source, edge.target)}
            assert ends <= nodes
            assert edge_count(reader) is not None
            seen.append(len(nodes))
        last = reader.stats()["nodes"]["Paper"]

    assert writer.returncode == 0
    assert last == 1_500
    assert seen == sorted(seen)


def test_removing_leaves_no_trace(graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph.store()

    graph.remove(["b"])

    with new_ledger(tmp_path / "never") as never:
        list(update(never, [A], Marks()))
        with kg.open(tmp_path / "never") as other:
            assert list(graph.nodes()) == list(other.nodes())
            assert list(graph.edges()) == list(other.edges())
    assert snapshots(graph) == []


def test_removing_an_unknown_paper_removes_none(graph: KnowledgeGraph) -> None:
    before = list(graph.nodes())

    with pytest.raises(GraphError, match=r"papers\.kg: no paper has the id nobody, nothing$"):
        graph.remove(["a", "nobody", "nothing"])

    assert list(graph.nodes()) == before


def test_a_single_id_is_removed_as_such(graph: KnowledgeGraph) -> None:
    list(graph.add([paper("2312.00752", "Method:Mamba")]))

    graph.remove("2312.00752")

    assert graph.stats()["nodes"]["Paper"] == 2


def test_a_notebook_is_told_of_bad_records(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    source = tmp_path / "papers.jsonl"
    source.write_text('{"title": "T", "abstract": "We propose Foo."}\n{"title": "no more"}\n')

    kg.build([source], graph=tmp_path / "papers.kg").close()

    (warning,) = caplog.messages
    assert warning.startswith(f"{source}:2: has no abstract")
