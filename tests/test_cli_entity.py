"""The commands for a curator: what an entity is and why, and what it should be."""

import json
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import SAMPLE, Done, kg
from papers import Marks, extract_marks, new_ledger, paper

from kg.build import update
from kg.records import Paper
from kg.resolve import resolve
from kg.rows import write_paper

HEAD = "correction\tentity\tvalue\n"
PAPERS = (
    paper("1", "Method:Mamba/proposed Dataset:CIFAR-10/evaluated Metric:Acc/reported =97.5"),
    paper("2", "Method:Mamba/used Dataset:CIFAR10 https://github.com/o/n"),
    paper("3", "Method:Yarn/used Method:LoRA/used Dataset:CIFAR-100"),
    paper("4", "Method:Zorb/used Method:LoRa/used"),
    paper("5", "Method:LoRA/used Task:Zorb"),
)
Run = Callable[..., Done]


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    folder = tmp_path / "papers.kg"
    make(folder, PAPERS)
    return folder


@pytest.fixture
def entity(graph: Path) -> Run:
    """`kg entity words...` on the graph."""
    return lambda *words: kg("entity", *words, "--graph", graph)


def make(folder: Path, papers: tuple[Paper, ...]) -> None:
    with new_ledger(folder) as ledger:
        for one, found in zip(papers, extract_marks(papers), strict=True):
            write_paper(ledger, one, found, "rules")
        resolve(ledger)


def exported(graph: Path) -> list[dict[str, object]]:
    done = kg("export", "jsonl", "--graph", graph)
    assert (done.code, done.err) == (0, "")
    return [json.loads(line) for line in done.out.splitlines()]


def named(graph: Path, label: str) -> dict[object, object]:
    """The names of the nodes of a label, by their ids."""
    return {node["id"]: node["name"] for node in exported(graph) if node.get("label") == label}


def stats(graph: Path) -> dict[str, int]:
    nodes = json.loads(kg("stats", "--json", "--graph", graph).out)["nodes"]
    return {label: nodes[label] for label in ("Method", "Dataset", "Metric", "Task")}


def one_line(done: Done) -> str:
    assert (done.code, done.out) == (1, "")
    assert done.err.count("\n") == 1
    return done.err.removeprefix("kg: ").rstrip("\n")


@pytest.mark.parametrize("command", ["show", "merge", "split", "rename", "block", "doubts"])
def test_the_help_of_a_command_ends_in_an_example(command: str) -> None:
    done = kg("entity", command, "--help")

    assert done.code == 0
    assert f"Example: kg entity {command}" in done.out


def test_the_help_of_the_group_tells_each_command_in_a_whole_sentence() -> None:
    done = kg("entity", "--help")

    lines = re.findall(r"^  (show|merge|split|rename|block|doubts)  +(.+)$", done.out, re.M)
    assert [name for name, _ in lines] == ["show", "merge", "split", "rename", "block", "doubts"]
    assert [line for _, line in lines if line.endswith("...")] == []


def test_the_examples_of_the_help_work_on_the_sample(tmp_path: Path) -> None:
    graph = tmp_path / "demo.kg"
    assert kg("build", SAMPLE, "--graph", graph).code == 0

    for command in ("show", "doubts", "rename"):
        example = re.search(r"Example: kg (.+)", kg("entity", command, "--help").out)
        assert example
        done = kg(*shlex.split(example[1].replace("demo.kg", str(graph))))
        assert (done.code, done.err) == (0, "")


def test_show_prints_names_with_reasons_and_the_newest_papers(entity: Run) -> None:
    done = entity("show", "Cifar 10")

    assert done.out == (
        "CIFAR-10 (dataset:cifar-10): 2 papers\n"
        "\n"
        "text      papers  reason    paper\n"
        "CIFAR-10       1  spelling  1    \n"
        "CIFAR10        1  spelling  2    \n"
        "2 names\n"
        "\n"
        "paper  title  \n"
        "1      Paper 1\n"
        "2      Paper 2\n"
        "2 papers\n"
    )


def test_show_as_json_holds_all_that_is_known(entity: Run) -> None:
    found = json.loads(entity("show", "Mamba", "--json").out)

    assert list(found) == [
        "id", "name", "papers", "salient", "ambiguous", "external_ids", "spellings", "meanings",
        "family", "versions", "newest",
    ]  # fmt: skip
    assert (found["id"], found["papers"], found["salient"]) == ("method:mamba", 2, True)
    assert found["spellings"] == [
        {"text": "Mamba", "papers": 2, "reason": "spelling", "paper": "1"}
    ]


def test_show_says_of_what_a_name_is_doubted_and_of_what_it_is_a_version(tmp_path: Path) -> None:
    folder = tmp_path / "other.kg"
    make(folder, (paper("1", "Method:Zorb Method:Zorb-7B"),))

    assert kg("entity", "show", "Zorb", "--graph", folder).out.startswith(
        "Zorb (method:zorb): 1 paper, doubted\nversions: method:zorb-7b\n"
    )
    assert "\nversion of: method:zorb\n" in kg("entity", "show", "Zorb-7B", "-g", folder).out


def test_show_says_what_an_acronym_may_mean(tmp_path: Path) -> None:
    folder = tmp_path / "other.kg"
    texts = ["Method:ZNT=zorb-network-tuning"] * 3 + ["Method:ZNT=zero-noise-transfer"] * 2
    make(folder, tuple(paper(f"{at}", text) for at, text in enumerate([*texts, "Method:ZNT"])))

    done = kg("entity", "show", "method:znt", "--graph", folder)

    assert "1 paper, doubted, an acronym with several meanings\n" in done.out
    assert (
        "\nmay mean: method:zorb-network-tuning (3), method:zero-noise-transfer (2)\n" in done.out
    )


def test_show_cuts_long_lists_and_says_how_much_more_there_is(tmp_path: Path) -> None:
    folder = tmp_path / "other.kg"
    names = " ".join(f"Method:{'Zorb'[:at]}{'ZORB'[at:]}" for at in range(5))
    marks = [f"Method:zorb-{'-' * at}net" for at in range(40)]
    versions = " ".join(f"Method:Frob-{size}B" for size in range(1, 31))
    texts = (f"{names} Method:Frob {versions}", " ".join(marks))
    make(folder, tuple(paper(f"{at}", text) for at, text in enumerate(texts)))

    families = kg("entity", "show", "Frob", "--graph", folder).out
    many = kg("entity", "show", "zorb-net", "--graph", folder).out

    assert re.search(r"^versions: method:frob-.*\n", families, re.M)
    assert "and 20 more\n" in families
    assert max(map(len, families.splitlines())) <= 120
    assert "\n25 of 40 names\n" in many


def test_a_merge_shows_everywhere(graph: Path, entity: Run) -> None:
    done = entity("merge", "Mamba", "Yarn")

    assert done == Done(0, f"{graph / 'corrections.tsv'}: merge method:mamba method:yarn\n", "")
    assert (graph / "corrections.tsv").read_text() == f"{HEAD}merge\tmethod:mamba\tmethod:yarn\n"
    assert stats(graph) == {"Method": 3, "Dataset": 2, "Metric": 1, "Task": 1}
    assert set(named(graph, "Method")) == {"method:lora", "method:mamba", "method:zorb"}
    rows = json.loads(kg("query", "most_used", "--json", "--graph", graph).out)
    assert "Yarn" not in str(rows)
    assert "merged in corrections.tsv" in entity("show", "Yarn").out


def test_a_split_shows_everywhere_and_a_merge_undoes_it(graph: Path, entity: Run) -> None:
    before = exported(graph)

    entity("split", "LoRA", "LoRa")
    between = named(graph, "Method")
    entity("merge", "LoRA", "method:lora=LoRa")

    assert between["method:lora=LoRa"] == "LoRa"
    assert between["method:lora"] == "LoRA"
    assert exported(graph) == before
    assert (graph / "corrections.tsv").read_text() == HEAD


def test_a_merge_is_undone_by_a_split(graph: Path, entity: Run) -> None:
    before = exported(graph)

    entity("merge", "Mamba", "Yarn")
    entity("split", "Mamba", "Yarn")

    assert exported(graph) == before


def test_a_rename_shows_everywhere_and_can_be_taken_back(graph: Path, entity: Run) -> None:
    before = exported(graph)

    entity("rename", "Mamba", "MAMBA!")
    between = named(graph, "Method")
    rows = kg("query", "search", "text=MAMBA!", "--json", "--graph", graph).out
    entity("rename", "Mamba", "Mamba")

    assert between["method:mamba"] == "MAMBA!"
    assert "MAMBA!" in rows
    assert exported(graph) == before


def test_a_block_shows_everywhere_and_says_so_where_the_name_is_looked_up(
    graph: Path, entity: Run
) -> None:
    entity("block", "Mamba")

    assert "method:mamba" not in str(exported(graph))
    assert one_line(entity("show", "Mamba")) == (
        '"Mamba" is blocked in corrections.tsv; take the row out to have it again'
    )
    assert one_line(entity("block", "Mamba")).startswith('"Mamba" is blocked')


def test_a_blocked_name_is_back_when_its_row_is_gone(graph: Path, entity: Run) -> None:
    before = exported(graph)
    entity("block", "Mamba")

    (graph / "corrections.tsv").write_text(HEAD)

    assert exported(graph) == before


def test_corrections_hold_for_papers_that_are_built_later(graph: Path, entity: Run) -> None:
    entity("merge", "Mamba", "Yarn")
    entity("split", "LoRA", "LoRa")
    entity("block", "Zorb")
    later = [paper("9", "Method:Yarn/used Method:LoRa/used Method:Zorb/used Method:Frob/used")]

    with new_ledger(graph) as ledger:
        assert [one.what for one in update(ledger, later, Marks("rules"))] == ["extracted"]

    assert set(named(graph, "Method")) == {
        "method:frob", "method:lora", "method:lora=LoRa", "method:mamba",
    }  # fmt: skip
    assert [line["to"] for line in exported(graph) if line.get("from") == "9"] == [
        "method:mamba", "method:lora=LoRa", "method:frob",
    ]  # fmt: skip


def test_a_graph_that_is_built_anew_beside_its_table_is_the_same(graph: Path, entity: Run) -> None:
    entity("merge", "Mamba", "Yarn")
    entity("split", "LoRA", "LoRa")
    entity("rename", "CIFAR-10", "Ten")
    before = kg("export", "jsonl", "--graph", graph).out

    for file in graph.glob("ledger.sqlite*"):
        file.unlink()
    make(graph, tuple(reversed(PAPERS)))

    assert kg("export", "jsonl", "--graph", graph).out == before


def test_a_table_of_another_editor_is_read_with_its_bom_its_ends_and_its_blank_lines(
    graph: Path,
) -> None:
    table = f"\ufeff{HEAD}\nmerge\tmethod:mamba\tmethod:yarn\n\t\t\n\nblock\tmethod:zorb\n"
    (graph / "corrections.tsv").write_bytes(table.replace("\n", "\r\n").encode())

    assert set(named(graph, "Method")) == {"method:lora", "method:mamba"}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("join\tmethod:mamba\tmethod:yarn\n", ':2: "join" is no correction; write merge or split'),
        ("\nmerge\tmamba\tmethod:yarn\n", ':3: "mamba" is no id of an entity; write one such as'),
        ("merge\tmethod:mamba\n", ':2: "" is no id of an entity'),
        ("rename\tmethod:mamba\t\n", ":2: rename needs a value in the third column"),
        ("block\tmethod:mamba\tx\n", ":2: block takes no value"),
        ("merge\tmethod:a\tmethod:b\tc\n", ":2: has 4 columns; the head has 3"),
        ("merge\tmethod:a\tmethod:a\n", ":2: merges method:a into itself"),
        ("merge\tmethod:a\tmethod:b\nmerge\tmethod:b\tmethod:a\n", ":3: merges method:a into"),
    ],
)
@pytest.mark.parametrize("words", [["stats"], ["entity", "show", "Mamba"], ["entity", "doubts"]])
def test_a_row_that_says_nothing_usable_is_named_with_its_line(
    graph: Path, words: list[str], rows: str, message: str
) -> None:
    (graph / "corrections.tsv").write_text(HEAD + rows)

    said = one_line(kg(*words, "--graph", graph))

    assert said.startswith(str(graph / "corrections.tsv"))
    assert message in said


def test_a_bad_table_is_not_written_over(graph: Path, entity: Run) -> None:
    (graph / "corrections.tsv").write_text(f"{HEAD}nonsense\n")

    assert "nonsense" in one_line(entity("merge", "Mamba", "Yarn"))
    assert (graph / "corrections.tsv").read_text() == f"{HEAD}nonsense\n"


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a\tb\tc\n"])
def test_a_file_that_is_no_table_is_said(graph: Path, content: bytes) -> None:
    (graph / "corrections.tsv").write_bytes(content)

    assert one_line(kg("stats", "--graph", graph)).startswith(str(graph / "corrections.tsv"))


def test_a_table_that_cannot_be_written_is_said_and_nothing_changes(
    graph: Path, entity: Run
) -> None:
    before = exported(graph)
    (graph / "corrections.tsv.new").mkdir()  # where it is written first; root may write anywhere

    said = one_line(entity("merge", "Mamba", "Yarn"))

    assert said == f"{graph / 'corrections.tsv'}: cannot be written: Is a directory"
    assert exported(graph) == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["show", "nobody"], 'nothing is called "nobody"'),
        (["show", ""], 'nothing is called ""'),
        (["merge", "Mamba", "nobody"], 'nothing is called "nobody"'),
        (["merge", "Mamba", "MAMBA"], '"MAMBA" is method:mamba already'),
        (["split", "Mamba", "Yarn"], 'method:mamba is never written "Yarn"'),
        (["split", "Mamba", "Mamba"], "rename or block it"),
        (["rename", "Mamba", ""], "the new name of method:mamba is empty"),
        (["rename", "https://github.com/o/n", "N"], "is called by its address"),
        (["merge", "https://github.com/o/n", "Mamba"], "a repository is nothing else"),
    ],
)
def test_a_correction_that_cannot_be_made_is_said(
    graph: Path, entity: Run, words: list[str], message: str
) -> None:
    assert message in one_line(entity(*words))
    assert not (graph / "corrections.tsv").exists()


@pytest.mark.parametrize(
    "name",
    [
        "a\tb\nc \x1b[31m",
        "'}) DETACH DELETE n //",
        "<img src=x onerror=alert(1)>",
        "'; DROP TABLE entities; --",
        '"quoted" 😀 [red]markup[/red]',
        "n" * 3_000,
    ],
    ids=["control", "cypher", "html", "sql", "quotes", "long"],
)
def test_a_hostile_name_stays_text_everywhere(graph: Path, entity: Run, name: str) -> None:
    before = stats(graph)

    done = entity("rename", "Mamba", name)

    assert (done.code, done.err, done.out.count("\n")) == (0, "", 1)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f]", done.out + entity("show", "method:mamba").out)
    assert named(graph, "Method")["method:mamba"] == " ".join(name.split())
    assert stats(graph) == before
    assert kg("query", "most_used", "--json", "--graph", graph).code == 0
    page = graph / "page.html"
    assert kg("html", "--graph", graph, "-o", page).code == 0
    assert "<img src=x" not in page.read_text("utf-8")


def test_each_doubt_stands_above_the_command_that_settles_it(tmp_path: Path) -> None:
    graph = tmp_path / "my graph.kg"
    make(graph, tuple(paper(f"{at}", text) for at, text in enumerate(
        ["Method:pseudo-label Method:ZoRA"] * 3 + ["Method:pseudo-labeling Method:ZoRa"] * 2
    )))  # fmt: skip

    done = kg("entity", "doubts", "--graph", graph)

    where = shlex.quote(str(graph))
    assert done.out == (
        "duplicate: method:pseudo-label, method:pseudo-labeling (2 papers): "
        "differ in endings or order only\n"
        "    kg entity merge method:pseudo-label method:pseudo-labeling "
        f"--graph {where}\n"
        "wrong merge: method:zora, ZoRa (2 papers): ZoRA with other capitals\n"
        f"    kg entity split method:zora Method:ZoRa --graph {where}\n"
        "2 of 2 doubts\n"
    )
    for command in re.findall("^    kg (.+)$", done.out, re.M):
        assert kg(*shlex.split(command)).code == 0
    assert kg("entity", "doubts", "--graph", graph).out == "0 of 0 doubts\n"


def test_doubts_are_limited_and_json_for_programs(tmp_path: Path) -> None:
    graph = tmp_path / "papers.kg"
    make(graph, tuple(paper(f"{at}", text) for at, text in enumerate(
        ["Method:pseudo-label Method:ZoRA"] * 3 + ["Method:pseudo-labeling Method:ZoRa"] * 2
    )))  # fmt: skip

    (row,) = json.loads(kg("entity", "doubts", "-n", "1", "--json", "--graph", graph).out)

    assert list(row) == ["what", "first", "second", "why", "papers", "correction", "score"]
    assert row["correction"].endswith(f"--graph {graph}")
    assert kg("entity", "doubts", "--limit", "0", "--graph", graph).code == 2


def test_a_command_for_the_usual_graph_names_no_graph(
    graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(graph)
    make(graph, tuple(paper(f"{at}", f"Method:pseudo-label{'ing' * (at % 2)}") for at in range(4)))
    monkeypatch.chdir(graph.parent)

    done = kg("entity", "doubts")

    assert "    kg entity merge method:pseudo-label method:pseudo-labeling\n" in done.out
