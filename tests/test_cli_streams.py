"""Data on stdout, the rest on stderr: pipes, terminals, signals, and text that means harm."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from commands import COMMAND, PAGES, SAMPLE, environment, kg, kg_process

from kg.sources import read

EDGES = "MATCH (a)-[r]->(b) RETURN a.id AS source, type(r) AS type, b.id AS target"
HOSTILE = (
    "Zorb \x1b[31mred\x1b]0;title\x07 [red]markup[/red] [link=https://x.example]x[/link]\u202e"
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the sample, which none of these tests changes."""
    graph = tmp_path_factory.mktemp("sample") / "papers.kg"
    assert kg("build", SAMPLE, "--graph", graph).code == 0
    return graph


def on_a_terminal(*words: object, cwd: Path, is_all: bool = False) -> tuple[int, str, str]:
    """Runs a command whose stderr is a terminal: exit code, stdout, and what the terminal got.

    With `is_all` its stdout is that terminal, too.
    """
    terminal, its_end = pty.openpty()
    with (
        (cwd / "stdout").open("w+b") as out,
        subprocess.Popen(
            [*COMMAND, *map(str, words)],
            cwd=cwd,
            env=environment(TERM="xterm", COLUMNS="100"),
            stdin=subprocess.DEVNULL,
            stdout=its_end if is_all else out,
            stderr=its_end,
        ) as process,
    ):
        os.close(its_end)
        shown = b"".join(pieces(terminal))
        process.wait(timeout=60)
    os.close(terminal)
    return process.returncode, (cwd / "stdout").read_text("utf-8"), shown.decode()


def pieces(terminal: int) -> Iterator[bytes]:
    """What is shown on a terminal, until its other end is closed."""
    with suppress(OSError):
        while piece := os.read(terminal, 65_536):
            yield piece


def test_progress_with_its_rate_is_shown_on_a_terminal(tmp_path: Path) -> None:
    code, out, shown = on_a_terminal("build", *PAGES, cwd=tmp_path)

    assert code == 0
    assert out.startswith("306 records: 211 extracted, 95 repeated\npapers.kg: ")
    assert "reading" in shown
    assert "306/306" in shown
    assert re.search(r"\d/s", shown)


def test_data_and_bad_records_go_their_own_ways_beside_the_progress(tmp_path: Path) -> None:
    (tmp_path / "papers.jsonl").write_text(f"{SAMPLE.read_text('utf-8')}rubbish\n", "utf-8")

    code, out, shown = on_a_terminal("extract", "papers.jsonl", "--json", cwd=tmp_path)

    assert code == 0
    assert len([json.loads(line) for line in out.splitlines()]) == 48
    assert "papers.jsonl:49: is not JSON" in shown
    assert "extracting" in shown


def test_on_a_terminal_people_see_what_is_found_whole_and_no_bar(tmp_path: Path) -> None:
    code, _, shown = on_a_terminal("extract", SAMPLE, "--json", cwd=tmp_path, is_all=True)

    assert code == 0
    assert len([json.loads(line) for line in shown.splitlines()]) == 48
    assert "\x1b" not in shown


@pytest.mark.parametrize("words", [["build", SAMPLE], ["extract", SAMPLE], ["demo"]])
def test_no_progress_is_shown_where_stderr_is_no_terminal(
    words: list[object], tmp_path: Path
) -> None:
    done = kg_process(*words, cwd=tmp_path)

    assert (done.code, done.err) == (0, "")
    assert "\x1b" not in done.out


def test_a_reader_that_has_enough_is_no_error(graph: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "cypher", EDGES, "--csv", "--graph", graph],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        first = process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()

    assert first == b"source,type,target\n"
    assert said == b""
    assert process.returncode in (0, 1)


@pytest.mark.parametrize("words", [["queries"], ["queries", "--json"], ["--version"], ["--help"]])
def test_a_reader_that_has_gone_before_the_first_line_is_no_error(words: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run(
        [*COMMAND, *words], env=environment(), stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)

    assert done.stderr == b""
    assert done.returncode in (0, 1)


def test_an_interrupt_ends_a_build_with_130_and_what_is_done_is_kept(tmp_path: Path) -> None:
    lines = SAMPLE.read_text("utf-8").splitlines()
    with (tmp_path / "many.jsonl").open("w", encoding="utf-8") as many:
        for number in range(20_000):
            values = json.loads(lines[number % len(lines)])
            many.write(json.dumps(values | {"id": f"{number}"}) + "\n")
    with subprocess.Popen(
        [*COMMAND, "build", "many.jsonl"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        wait_for(tmp_path / "papers.kg" / "ledger.sqlite")
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        out, said = process.communicate(timeout=60)

    assert process.returncode == 130
    assert b"Traceback" not in said
    assert said.count(b"\n") <= 1
    assert out == b""
    assert kg("stats", "--json", "--graph", tmp_path / "papers.kg").code == 0


def wait_for(path: Path) -> None:
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.05)
    pytest.fail(f"{path} does not come")


@pytest.mark.parametrize("words", [["queries", "--json"], ["queries"]])
def test_a_pipe_gets_utf_8_whatever_the_terminal_speaks(words: list[str]) -> None:
    plain = kg_process(*words)

    latin = kg_process(*words, env=environment(PYTHONIOENCODING="latin-1", LC_ALL="C"))

    assert latin == plain
    assert plain.code == 0


def test_a_sign_that_cannot_be_written_is_no_traceback(graph: Path) -> None:
    done = kg_process(
        "cypher", "RETURN '𝔐amba β' AS name", "--json", "--graph", graph,
        env=environment(PYTHONIOENCODING="ascii"),
    )  # fmt: skip

    assert json.loads(done.out) == [{"name": "𝔐amba β"}]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source whose every text would steer a terminal, and the graph that is made of it."""
    folder = tmp_path_factory.mktemp("hostile")
    values = {
        "id": f"1{HOSTILE}",
        "title": f"Zorb-1: {HOSTILE}",
        "abstract": f"We propose Zorb-1 {HOSTILE}.\nIt beats BERT on ImageNet. {HOSTILE}",
        "authors": [HOSTILE],
    }
    (folder / "papers.jsonl").write_text(json.dumps(values), "utf-8")
    done = kg("build", folder / "papers.jsonl", "--graph", folder / "papers.kg")
    assert done.code == 0
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ["extract", "papers.jsonl"],
        ["extract", "papers.jsonl", "--json"],
        ["query", "papers_on_dataset", "dataset=ImageNet"],
        ["query", "papers_on_dataset", "dataset=ImageNet", "--json"],
        ["query", "papers_on_dataset", "dataset=ImageNet", "--csv"],
        ["cypher", "MATCH (p:Paper) RETURN p"],
        ["cypher", "MATCH (p:Paper) RETURN p.title AS title, p.abstract AS abstract"],
        ["query", "search", "text=Zorb-1"],
    ],
    ids=" ".join,
)
def test_hostile_text_is_printed_inert(
    hostile: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hostile)

    done = kg(*words)

    assert done.code == 0
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", done.out)
    if "--json" not in words and "--csv" not in words:
        assert "\u202e" not in done.out


def test_markup_in_a_title_is_printed_as_it_stands(
    hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hostile)

    for words in (["extract", "papers.jsonl"], ["query", "papers_on_dataset", "dataset=ImageNet"]):
        assert "[red]markup[/red]" in " ".join(kg(*words).out.split())


def test_a_hostile_place_is_printed_inert(tmp_path: Path) -> None:
    source = tmp_path / "a\x1b[31m\nb[red].jsonl"
    source.write_text('{"title": "x"}\n')

    done = kg("build", source, "--graph", tmp_path / "c\x1b[31m\nd[red].kg")

    assert done.code == 1
    assert [line.isprintable() for line in (done.err + done.out).splitlines()] == [True] * 3
    assert "b[red].jsonl:1: has no abstract" in done.err


def test_a_stream_that_is_read_slowly_loses_nothing(graph: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "cypher", EDGES, "--csv", "--graph", graph],
        env=environment(),
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        select.select([process.stdout], [], [], 30)
        time.sleep(0.2)
        lines = process.stdout.read().splitlines()

    stats = json.loads(kg("stats", "--json", "--graph", graph).out)
    assert len(lines) == 1 + sum(stats["relationships"].values())
    assert sum(1 for _ in read([SAMPLE])) == stats["nodes"]["Paper"]
