"""The command line, each command on papers that come with the package."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import COMMAND, PAGES, SAMPLE, SHARED, environment, kg, kg_process

from kg.extract import Extractor
from kg.queries import load_queries

COMMANDS = (
    "demo", "build", "extract", "show", "evaluate", "remove", "query", "queries", "cypher", "load",
    "html", "export", "resolve", "stats",
)  # fmt: skip
SCORE = SHARED / "gold" / "score.py"
EDGES = "MATCH (a)-[r]->(b) RETURN a.id AS source, type(r) AS type, b.id AS target"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the sample; tests that change it take a copy."""
    graph = tmp_path_factory.mktemp("sample") / "papers.kg"
    assert kg("build", SAMPLE, "--graph", graph).code == 0
    return graph


@pytest.fixture
def own_sample(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample, tmp_path / "papers.kg"))


def test_help_names_every_command_in_the_order_of_use() -> None:
    done = kg("--help")

    assert done.code == 0
    assert re.findall(r"^  (\w+)  +\S", done.out.partition("Commands:")[2], re.M) == [
        *COMMANDS,
        "entity",
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_ends_in_an_example(command: str) -> None:
    done = kg(command, "--help")

    assert done.code == 0
    assert f"kg {command}" in done.out.partition("Example: ")[2]
    assert done.err == ""


def test_without_a_command_the_help_is_shown() -> None:
    done = kg()

    assert done.code == 2
    assert "Commands:" in done.out + done.err


def test_help_comes_at_once() -> None:
    took = []
    for _ in range(5):
        started = time.perf_counter()
        assert kg_process("--help").code == 0
        took.append(time.perf_counter() - started)

    sys.stdout.write(f"kg --help: {min(took):.2f} s\n")
    assert min(took) < 1


def test_the_version_is_printed() -> None:
    done = kg("--version")

    assert (done.code, done.out, done.err) == (0, "kg 0.1.0\n", "")


@pytest.mark.parametrize(
    "words",
    [["nonsense"], ["build"], ["query"], ["remove"], ["stats", "--colour"], ["html", "one", "two"]],
)
def test_a_wrong_command_line_has_exit_code_2(words: list[str]) -> None:
    done = kg(*words)

    assert done.code == 2
    assert done.out == ""
    assert "Error: " in done.err


def test_build_says_what_it_did_and_what_there_is_now(sample: Path, own_sample: Path) -> None:
    again = kg("build", SAMPLE, "--graph", own_sample)

    first, second = again.out.splitlines()
    assert first == "48 records: 48 unchanged, nothing to extract"
    assert second.startswith(f"{own_sample}: 48 Paper, ")
    assert re.search(r", \d+ Result; [\d,]+ relationships$", second)
    assert again.err == ""


def test_build_takes_several_files_and_counts_repeated_papers(tmp_path: Path) -> None:
    some = tmp_path / "some.jsonl"
    some.write_text("".join(SAMPLE.read_text("utf-8").splitlines(keepends=True)[:3]), "utf-8")

    done = kg("build", some, SAMPLE, "--graph", tmp_path / "papers.kg")

    assert done.out.startswith("51 records: 48 extracted, 3 repeated\n")


def test_build_keeps_the_good_records_beside_bad_ones_and_names_each_bad_one(
    tmp_path: Path,
) -> None:
    source = tmp_path / "mixed.jsonl"
    good = SAMPLE.read_text("utf-8").splitlines()[:2]
    source.write_text(
        "\n".join([good[0], '{"id": "x", "title": "No abstract"}', "{broken", good[1]]), "utf-8"
    )

    done = kg("build", source, "--graph", tmp_path / "papers.kg")

    assert done.code == 0
    assert done.out.startswith("4 records: 2 extracted, 2 rejected\n")
    places = [line.partition(": ")[0] for line in done.err.splitlines()]
    assert places == [f"{source}:2", f"{source}:3"]


def test_papers_that_a_former_version_has_read_are_no_records_of_the_source(
    own_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"title": "No abstract"}\n')
    monkeypatch.setattr(Extractor, "digest", "another")

    done = kg("build", bad, "--graph", own_sample)

    assert done.code == 1
    assert done.out.splitlines()[:2] == [
        "1 record: 1 rejected, nothing to extract",
        "48 papers of the graph extracted again, since the version, the names or the pipeline is "
        "another",
    ]


def test_a_source_that_holds_only_bad_records_fails(tmp_path: Path) -> None:
    source = tmp_path / "bad.jsonl"
    source.write_text('{"title": "No abstract"}\n')

    done = kg("build", source, "--graph", tmp_path / "papers.kg")

    assert done.code == 1
    assert done.out.startswith("1 record: 1 rejected, nothing to extract\n")


def test_the_five_saved_pages_hold_211_papers_and_48_repositories(tmp_path: Path) -> None:
    graph = tmp_path / "papers.kg"

    built = kg("build", *PAGES, "--graph", graph)
    counted = kg("stats", "--json", "--graph", graph)

    assert built.out.startswith("306 records: 211 extracted, 95 repeated\n")
    nodes = json.loads(counted.out)["nodes"]
    assert (nodes["Paper"], nodes["Repository"]) == (211, 48)


def test_stats_are_a_table_or_json(sample: Path) -> None:
    table = kg("stats", "--graph", sample)
    data = json.loads(kg("stats", "--json", "--graph", sample).out)

    assert list(data) == ["nodes", "relationships"]
    for name, count in [*data["nodes"].items(), *data["relationships"].items()]:
        assert re.search(rf"^{name} +{count}\b", table.out, re.M)
    assert f"{sum(data['nodes'].values()):,} nodes" in table.out


def test_queries_lists_every_question_with_its_parameters() -> None:
    table, data = kg("queries"), json.loads(kg("queries", "--json").out)

    assert [one["name"] for one in data] == list(load_queries())
    assert set(data[0]) == {"name", "summary", "parameters", "columns", "cypher"}
    assert re.search(r"^papers_on_dataset +dataset=Dataset", table.out, re.M)
    assert "[limit=20]" in table.out


def test_a_question_is_answered_as_table_json_and_csv(sample: Path) -> None:
    words = ("query", "papers_on_dataset", "dataset=imagenet", "limit=3", "--graph", sample)

    table, data, sheet = kg(*words), kg(*words, "--json"), kg(*words, "--csv")

    rows = json.loads(data.out)
    columns = next(csv.reader(io.StringIO(sheet.out)))
    assert len(rows) == 3
    assert [list(row) for row in rows] == [columns] * 3
    assert [row["paper"] for row in csv.DictReader(io.StringIO(sheet.out))] == [
        row["paper"] for row in rows
    ]
    assert all(row["paper"] in table.out for row in rows)
    assert table.out.endswith("\n3 rows\n")
    assert (table.err, data.err, sheet.err) == ("", "", "")


def test_a_question_without_an_answer_has_no_rows_and_no_error(sample: Path) -> None:
    words = ("query", "search", "text=qwertyuiop", "--graph", sample)

    table, data, sheet = kg(*words), kg(*words, "--json"), kg(*words, "--csv")

    assert (table.code, table.out) == (0, "0 rows\n")
    assert json.loads(data.out) == []
    assert len(sheet.out.splitlines()) == 1


def test_cypher_is_answered_as_table_json_and_csv(sample: Path) -> None:
    words = ("cypher", "MATCH (p:Paper) RETURN count(p) AS papers", "--graph", sample)

    assert kg(*words).out == "papers\n    48\n1 row\n"
    assert json.loads(kg(*words, "--json").out) == [{"papers": 48}]
    assert kg(*words, "--csv").out == "papers\n48\n"


def test_remove_takes_papers_out(own_sample: Path) -> None:
    done = kg("remove", "1706.03762", "1810.04805", "1706.03762", "--graph", own_sample)

    assert done.code == 0
    assert done.out.startswith(f"removed 2 papers; {own_sample}: 46 Paper, ")
    assert json.loads(kg("stats", "--json", "--graph", own_sample).out)["nodes"]["Paper"] == 46


def test_html_writes_one_page(sample: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"

    done = kg("html", "--graph", sample, "-o", page)

    size = page.stat().st_size / 1e6
    assert done.out == f"{page}: {size:.1f} MB; open it in a browser\n"
    assert page.read_text("utf-8").lower().startswith("<!doctype html>")


def test_extract_prints_one_object_a_paper_that_holds_what_scorers_read() -> None:
    done = kg("extract", SAMPLE, "--json")

    lines = [json.loads(line) for line in done.out.splitlines()]
    texts = {one["id"]: one for one in map(json.loads, SAMPLE.read_text("utf-8").splitlines())}
    assert [line["id"] for line in lines] == list(texts)
    assert done.err == ""
    for line in lines:
        assert list(line) == ["id", "entities", "results"]
        text = "{title}\n{abstract}".format(**texts[line["id"]])
        for entity in line["entities"]:
            assert list(entity) == ["type", "name", "surfaces", "role", "salient", "spans"]
            assert entity["spans"]
            for span in entity["spans"]:
                assert list(span) == ["start", "stop", "confidence"]
                assert text[span["start"] : span["stop"]] in entity["surfaces"]
        for result in line["results"]:
            assert list(result)[:5] == ["metric", "value", "method", "dataset", "baseline"]
            assert list(result)[5:] == ["number", "unit", "form", "start", "stop", "confidence"]
            assert text[result["start"] : result["stop"]] == result["value"]


def test_the_scorer_reads_what_extract_prints(tmp_path: Path) -> None:
    found = tmp_path / "found.jsonl"
    found.write_text(kg("extract", SHARED / "gold" / "pages_dev.papers.jsonl", "--json").out)

    scored = subprocess.run(
        [sys.executable, SCORE, SHARED / "gold" / "pages_dev.gold.json", found, "--json"],
        capture_output=True,
        check=True,
    )

    assert scored.stderr == b""  # no paper is missing
    scores = json.loads(scored.stdout)
    assert scores["Repository"]["tp"] >= 10
    assert scores["Micro M/D/M"]["tp"] >= 100


def test_extract_prints_tables_for_people() -> None:
    done = kg("extract", SAMPLE)

    assert "1706.03762  Attention Is All You Need\nkind " in done.out
    assert re.search(r"^\d+ terms, \d+ results$", done.out, re.M)


def test_extract_leaves_repeated_papers_out_and_names_bad_records(tmp_path: Path) -> None:
    source = tmp_path / "papers.jsonl"
    line = SAMPLE.read_text("utf-8").splitlines()[0]
    source.write_text(f"{line}\n{line}\nrubbish\n", "utf-8")

    done = kg("extract", source, "--json")

    assert len(done.out.splitlines()) == 1
    assert done.err.startswith(f"{source}:3: is not JSON")
    assert done.code == 0


def test_extract_fails_where_no_record_is_good(tmp_path: Path) -> None:
    source = tmp_path / "papers.jsonl"
    source.write_text('{"title": "No abstract"}\n')

    done = kg("extract", source)

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"{source}:1: has no abstract")


def test_a_command_of_its_own_process_does_the_same(sample: Path, tmp_path: Path) -> None:
    here = kg("query", "papers_on_dataset", "dataset=imagenet", "--graph", sample)

    there = kg_process("query", "papers_on_dataset", "dataset=imagenet", "--graph", sample)

    assert there == here


def test_two_processes_may_ask_at_once(own_sample: Path) -> None:
    for snapshot in own_sample.glob("*.kgl"):
        snapshot.unlink()
    command = [*COMMAND, "cypher", EDGES, "--json", "--graph", own_sample]

    askers = [
        subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE) for _ in range(4)
    ]
    answers = [asker.communicate(timeout=60)[0] for asker in askers]

    assert [asker.returncode for asker in askers] == [0] * 4
    assert len({tuple(sorted(map(str, json.loads(answer)))) for answer in answers}) == 1
    assert len(json.loads(answers[0])) > 500
