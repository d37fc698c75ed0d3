"""`kg export jsonl`: a graph as lines of JSON, the same for equal graphs."""

import json
from pathlib import Path

import pytest
from commands import Done, kg
from papers import Marks, new_ledger, paper, synthetic

from kg.build import update
from kg.exports.lines import to_line, to_objects
from kg.graph import edges, nodes
from kg.records import Edge, Node, Paper
from kg.resolve import resolve
from kg.rows import remove_paper

PAPERS = [synthetic(number) for number in range(60)]


def build(folder: Path, *batches: list[Paper]) -> Path:
    with new_ledger(folder) as ledger:
        for batch in batches:
            list(update(ledger, batch, Marks()))
    return folder


def export(graph: Path) -> str:
    done = kg("export", "jsonl", "--graph", graph)
    assert (done.code, done.err) == (0, "")
    return done.out


def test_nodes_come_before_relationships_one_a_line(tmp_path: Path) -> None:
    graph = build(tmp_path / "papers.kg", [paper("1", "Method:Zorb/used on Dataset:Set-1")])

    lines = [json.loads(line) for line in export(graph).splitlines()]

    assert [line.get("id") for line in lines] == ["1", "dataset:set-1", "method:zorb", None, None]
    assert lines[2] == {
        "id": "method:zorb", "label": "Method", "name": "Zorb", "aliases": [], "papers": 1,
        "salient": True, "ambiguous": False, "external_ids": [],
    }  # fmt: skip
    assert lines[3] == {
        "from": "1", "to": "method:zorb", "type": "USES", "start": 15, "stop": 19,
        "confidence": 0.75, "count": 1, "paper": "1",
    }  # fmt: skip


def test_all_nodes_and_relationships_are_there(tmp_path: Path) -> None:
    graph = build(tmp_path / "papers.kg", PAPERS)

    lines = [json.loads(line) for line in export(graph).splitlines()]

    counts = json.loads(kg("stats", "--json", "--graph", graph).out)
    assert sum("label" in line for line in lines) == sum(counts["nodes"].values())
    assert sum("type" in line for line in lines) == sum(counts["relationships"].values())
    known = {line["id"] for line in lines if "id" in line}
    assert {line[end] for line in lines if "type" in line for end in ("from", "to")} <= known


def test_a_file_holds_what_stdout_gets_and_its_size_is_said(tmp_path: Path) -> None:
    graph, file = build(tmp_path / "papers.kg", PAPERS[:5]), tmp_path / "graph.jsonl"

    done = kg("export", "jsonl", "-o", file, "--graph", graph)

    assert done == Done(0, f"{file}: {file.stat().st_size / 1e3:.1f} kB\n", "")
    assert file.read_bytes() == export(graph).encode()
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []


def test_twice_is_the_same(tmp_path: Path) -> None:
    graph = build(tmp_path / "papers.kg", PAPERS)

    assert export(graph) == export(graph)


@pytest.mark.parametrize(
    "batches",
    [[PAPERS[::-1]], [PAPERS[40:], PAPERS[:40]], [[one] for one in PAPERS], [PAPERS, PAPERS]],
    ids=["reversed", "two files", "a file each", "twice"],
)
def test_the_order_of_papers_and_files_does_not_matter(
    tmp_path: Path, batches: list[list[Paper]]
) -> None:
    once = build(tmp_path / "once.kg", PAPERS)

    other = build(tmp_path / "other.kg", *batches)

    assert export(other) == export(once)


def test_papers_that_came_and_went_leave_no_trace(tmp_path: Path) -> None:
    once = build(tmp_path / "once.kg", PAPERS[:30])
    other = build(tmp_path / "other.kg", PAPERS)

    with new_ledger(other) as ledger:
        for one in PAPERS[30:]:
            remove_paper(ledger, one.id)
        resolve(ledger)

    assert export(other) == export(once)


def test_the_place_where_a_paper_was_read_is_left_out(tmp_path: Path) -> None:
    here = build(tmp_path / "here.kg", [paper("1", "Method:Zorb", source="here.jsonl:1")])
    there = build(tmp_path / "there.kg", [paper("1", "Method:Zorb", source="there.csv:9")])

    assert export(here) == export(there)
    assert "here.jsonl" not in export(here)


@pytest.mark.parametrize("output", [".", "missing/graph.jsonl", "file/graph.jsonl"])
def test_a_place_that_cannot_be_written_is_said(
    tmp_path: Path, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    graph = build(tmp_path / "papers.kg", PAPERS[:1])
    Path("file").write_text("")

    done = kg("export", "jsonl", "--output", output, "--graph", graph)

    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert done.err.startswith(f"kg: {output}: cannot be written: ")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file", "papers.kg"]


def test_a_full_disk_is_said_and_the_former_file_stays(tmp_path: Path) -> None:
    graph, file = build(tmp_path / "papers.kg", PAPERS), tmp_path / "graph.jsonl"
    file.write_text("former")
    (tmp_path / "graph.jsonl.part").symlink_to("/dev/full")

    done = kg("export", "jsonl", "--output", file, "--graph", graph)

    assert done == Done(1, "", f"kg: {file}: cannot be written: No space left on device\n")
    assert file.read_text() == "former"


def test_a_device_is_written_to_and_stays_a_device(tmp_path: Path) -> None:
    graph = build(tmp_path / "papers.kg", PAPERS[:1])

    done = kg("export", "jsonl", "--output", "/dev/null", "--graph", graph)

    assert done == Done(0, "", "")
    assert Path("/dev/null").is_char_device()


def test_a_graph_that_is_not_there_and_an_unknown_form_are_said(tmp_path: Path) -> None:
    missing = kg("export", "jsonl", "--graph", tmp_path / "nowhere.kg")
    unknown = kg("export", "xml", "--graph", tmp_path / "nowhere.kg")

    assert (missing.code, missing.out) == (1, "")
    assert "no graph is here" in missing.err
    assert unknown.code == 2
    assert "'jsonl'" in unknown.err


def test_hostile_text_stays_in_its_line(tmp_path: Path) -> None:
    text = 'Method:Zorb "}\\u2028 \u2028 <script> \x1b[31m {"id": 1}'
    graph = build(tmp_path / "papers.kg", [paper("1", text)])

    lines = export(graph).split("\n")

    assert len(lines) == 4
    assert json.loads(lines[0])["abstract"] == text


def test_lines_are_those_of_the_nodes_and_relationships_that_are_given() -> None:
    given = [Node("method:zorb", "Method", {"name": "Zorb β", "source": "x.csv:1"})]
    between = [Edge("1", "Paper", "USES", "method:zorb", "Method", 0, 4, 0.5, 2, "1")]

    assert [to_line(one) for one in to_objects(given, between)] == [
        '{"id": "method:zorb", "label": "Method", "name": "Zorb β"}\n',
        '{"from": "1", "to": "method:zorb", "type": "USES", "start": 0, "stop": 4, '
        '"confidence": 0.5, "count": 2, "paper": "1"}\n',
    ]


def test_the_lines_of_an_empty_graph_are_none(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        resolve(ledger)

        assert list(to_objects(nodes(ledger), edges(ledger))) == []


def test_tables_for_neo4j_are_told_with_the_command_that_reads_them(tmp_path: Path) -> None:
    graph, folder = build(tmp_path / "papers.kg", PAPERS), tmp_path / "bulk"

    done = kg("export", "neo4j-admin", folder, "--graph", graph)

    assert (done.code, done.err) == (0, "")
    first, second, command, *options, last = done.out.splitlines()
    counts = json.loads(kg("stats", "--json", "--graph", graph).out)
    nodes, relationships = (sum(counts[part].values()) for part in ("nodes", "relationships"))
    size = sum(file.stat().st_size for file in folder.iterdir())
    assert first == f"{folder}: {nodes} nodes, {relationships} relationships, {size / 1e6:.1f} MB"
    assert second == "while Neo4j is stopped, run there, as import.sh does:"
    assert command == "neo4j-admin database import full neo4j \\"
    assert all(option.startswith("  --") for option in options)
    assert last == "then start it, and run there: cypher-shell --file finish.cypher"
    assert "\n".join([command, *options]) in (folder / "import.sh").read_text("utf-8")


def test_each_form_says_where_it_is_written(tmp_path: Path) -> None:
    graph = build(tmp_path / "papers.kg", PAPERS[:1])
    folder = tmp_path / "bulk"

    lines = kg("export", "jsonl", folder, "--graph", graph)
    tables = kg("export", "neo4j-admin", "--graph", graph)
    both = kg("export", "neo4j-admin", folder, "-o", tmp_path / "file", "--graph", graph)

    assert (lines.code, tables.code, both.code) == (2, 2, 2)
    assert lines.last_error == f"Error: Invalid value: jsonl is one file; write -o {folder}"
    assert tables.last_error == both.last_error
    assert tables.last_error.endswith("is a folder; write kg export neo4j-admin FOLDER")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["papers.kg"]


@pytest.mark.parametrize("folder", ["file", "missing/bulk", "file/bulk"])
def test_a_folder_that_cannot_be_written_is_said(
    tmp_path: Path, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    graph = build(tmp_path / "papers.kg", PAPERS[:1])
    Path("file").write_text("")

    done = kg("export", "neo4j-admin", folder, "--graph", graph)

    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert done.err.startswith(f"kg: {folder}: cannot be written: ")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file", "papers.kg"]


def test_tables_are_not_put_beside_other_files(tmp_path: Path) -> None:
    graph = build(tmp_path / "papers.kg", PAPERS[:1])

    done = kg("export", "neo4j-admin", graph, "--graph", graph)

    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert done.err.endswith("which is no export; name a folder of its own\n")
    assert not (graph / "import.sh").exists()
