"""`kg resolve`: what names denote, a line each, with or without a graph."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from commands import COMMAND, Done, environment, kg
from papers import extract_marks, new_ledger, paper

from kg.corrections import Correction, write_corrections
from kg.resolve import resolve
from kg.rows import write_paper

CURE = "write Dataset, a tab, and CIFAR-10"


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> "Ask":
    return Ask(monkeypatch)


class Ask:
    """Runs `kg resolve words...` on bytes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch

    def __call__(self, typed: bytes | str, *words: object) -> Done:
        raw = typed.encode() if isinstance(typed, str) else typed
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), "ascii"))
        return kg("resolve", *words)


def graph_of(folder: Path, *abstracts: str) -> Path:
    papers = [paper(str(number), abstract) for number, abstract in enumerate(abstracts)]
    with new_ledger(folder) as ledger:
        for one, extraction in zip(papers, extract_marks(papers), strict=True):
            write_paper(ledger, one, extraction, "rules")
        resolve(ledger)
    return folder


def rows(done: Done) -> list[dict[str, str | None]]:
    return [json.loads(line) for line in done.out.splitlines()]


def test_each_line_has_an_id_a_name_and_a_reason(ask: Ask) -> None:
    done = ask("Dataset\tCifar 10\nmetric\tmean absolute error\n METHOD \t Zorb-Net \n", "--json")

    assert (done.code, done.err) == (0, "")
    assert rows(done) == [
        {"id": "dataset:cifar-10", "name": "CIFAR-10", "reason": "spelling"},
        {"id": "metric:mae", "name": "MAE", "reason": "well-known"},
        {"id": "method:zorbnet", "name": "Zorb-Net", "reason": "spelling"},
    ]


def test_without_json_there_is_a_line_for_people(ask: Ask) -> None:
    assert ask("Dataset\tCifar 10\n") == Done(0, "dataset:cifar-10  CIFAR-10  spelling\n", "")


def test_a_repository_is_known_by_its_address(ask: Ask) -> None:
    done = ask("Repository\thttps://github.com/State-Spaces/mamba.git\n", "--json")

    assert rows(done)[0]["id"] == "repository:github.com/state-spaces/mamba"


def test_the_example_of_the_help_works() -> None:
    example = re.search(r"Example: (.+)", kg("resolve", "--help").out)
    assert example
    run = example[1].replace("| kg", '| "$@"')

    done = subprocess.run(
        ["sh", "-c", run, "sh", *COMMAND], capture_output=True, env=environment(), check=True
    )

    assert json.loads(done.stdout)["id"] == "dataset:cifar-10"


def test_no_line_has_no_answer(ask: Ask) -> None:
    assert ask("", "--json") == Done(0, "", "")
    assert ask("\n  \n\t\n") == Done(0, "", "")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"CIFAR-10", "is no kind, tab and name"),
        (b"Dataset", "is no kind, tab and name"),
        (b"Dataset\t", "is no kind, tab and name"),
        (b"Dataset\tCIFAR-10\t7", "is no kind, tab and name"),
        (b"Dataset CIFAR-10", "is no kind, tab and name"),
        (b"Paper\tMamba", '"Paper" is no kind'),
        (b"\tMamba", '"" is no kind'),
        (b"Dataset\tCIFAR\xff10", "is not UTF-8"),
        (b"y" * 100_000 + b"\tMamba", f'"{"y" * 40}" is no kind'),
    ],
    ids=str,
)
def test_a_bad_line_is_told_with_its_number_and_all_others_are_answered(
    ask: Ask, line: bytes, reason: str
) -> None:
    done = ask(b"Method\tZorb\n\n" + line + b"\nTask\tYarn\n", "--json")

    assert done.code == 1
    assert done.err == f"stdin:3: {reason}; {CURE}\n"
    assert rows(done) == [
        {"id": "method:zorb", "name": "Zorb", "reason": "spelling"},
        {"id": None, "name": None, "reason": f"{reason}; {CURE}"},
        {"id": "task:yarn", "name": "Yarn", "reason": "spelling"},
    ]


def test_a_table_of_another_system_is_read_with_its_bom_and_ends(ask: Ask) -> None:
    done = ask(b"\xef\xbb\xbfMethod\tZorb\r\n\r\nTask\tYarn\r\n", "--json")

    assert (done.code, done.err) == (0, "")
    assert [row["id"] for row in rows(done)] == ["method:zorb", "task:yarn"]


def test_a_last_line_needs_no_end(ask: Ask) -> None:
    assert rows(ask("Method\tZorb", "--json"))[0]["id"] == "method:zorb"


@pytest.mark.parametrize(
    "name",
    ["'}) DETACH DELETE n //", "<b>x</b>", "'; DROP TABLE entities; --", '"q" 😀', "x" * 50_000],
    ids=["cypher", "html", "sql", "quotes", "long"],
)
def test_a_hostile_name_is_given_back_as_text(ask: Ask, tmp_path: Path, name: str) -> None:
    graph = graph_of(tmp_path / "papers.kg", "Method:Zorb")

    alone = rows(ask(f"Method\t{name}\n", "--json"))
    in_graph = rows(ask(f"Method\t{name}\nMethod\tZorb\n", "--json", "--graph", graph))

    assert alone[0]["name"] == name
    assert in_graph[0] == alone[0]
    assert in_graph[1]["id"] == "method:zorb"


def test_signs_that_steer_a_terminal_are_marked_without_json(ask: Ask) -> None:
    done = ask("Method\tZorb\x1b[31m\n")

    assert done.out == "method:zorb-31m  Zorb\ufffd[31m  spelling\n"


def test_a_graph_says_what_its_papers_say(ask: Ask, tmp_path: Path) -> None:
    graph = graph_of(
        tmp_path / "papers.kg",
        *["Method:ZNT=zorb-network-tuning Task:Yarn"] * 8,
        "Method:ZNT Method:Yarn",
    )

    done = ask("Method\tznt\nMethod\tYarn\nMethod\tFrob\n", "--json", "--graph", graph)

    assert rows(done) == [
        {"id": "method:zorb-network-tuning", "name": "ZNT", "reason": "acronym"},
        {"id": "task:yarn", "name": "Yarn", "reason": "kind"},
        {"id": "method:frob", "name": "Frob", "reason": "spelling"},
    ]


def test_an_ambiguous_acronym_stays_what_it_is(ask: Ask, tmp_path: Path) -> None:
    graph = graph_of(
        tmp_path / "papers.kg",
        *["Method:ZNT=zorb-network-tuning", "Method:ZNT=zero-noise-transfer"] * 3,
        "Method:ZNT",
    )

    done = ask("Method\tZNT\n", "--json", "--graph", graph)

    assert rows(done) == [{"id": "method:znt", "name": "ZNT", "reason": "spelling"}]


def test_a_graph_says_what_its_curator_says(ask: Ask, tmp_path: Path) -> None:
    graph = graph_of(
        tmp_path / "papers.kg", "Method:Mamba Method:Yarn Method:LoRA", "Method:LoRa Method:Ours"
    )
    write_corrections(
        graph / "corrections.tsv",
        [
            Correction("merge", "method:mamba", "method:yarn"),
            Correction("split", "method:lora", "LoRa"),
            Correction("block", "method:ours", ""),
        ],
    )

    done = ask("Method\tYarn\nMethod\tLoRa\nMethod\tOurs\n", "--json", "--graph", graph)

    assert (done.code, done.err) == (0, "")
    assert rows(done) == [
        {"id": "method:mamba", "name": "Mamba", "reason": "merged"},
        {"id": "method:lora=LoRa", "name": "LoRa", "reason": "split"},
        {"id": None, "name": "Ours", "reason": "blocked"},
    ]


def test_a_graph_that_is_not_there_is_said(ask: Ask, tmp_path: Path) -> None:
    done = ask("Method\tMamba\n", "--graph", tmp_path / "nowhere.kg")

    assert done == Done(
        1, "", f"kg: {tmp_path / 'nowhere.kg'}: no graph is here; make one with `kg build SOURCE`\n"
    )


@pytest.mark.parametrize("words", [[], ["--json"]])
def test_answers_stream_before_all_is_asked(words: list[str]) -> None:
    with subprocess.Popen(
        [*COMMAND, "resolve", *words],
        env=environment(PYTHONUNBUFFERED="1"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(b"Method\tZorb\n" * 100)
        first = process.stdout.readline()
        process.stdin.close()
        rest = process.stdout.read()

    assert b"method:zorb" in first
    assert rest.count(b"\n") == 99
    assert process.returncode == 0


def test_a_hundred_thousand_lines_are_answered_one_by_one(ask: Ask) -> None:
    lines = "".join(f"Method\tNet-{number % 500}\n" for number in range(100_000))

    done = ask(lines, "--json")

    assert done.code == 0
    assert done.out.count("\n") == 100_000


def test_a_reader_that_has_gone_is_no_error() -> None:
    with subprocess.Popen(
        [*COMMAND, "resolve", "--json"],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b"Method\tZorb\n" * 500)
        process.stdin.close()
        process.stdout.close()
        said = process.stderr.read()

    assert said == b""
    assert process.returncode in (0, 1)


def test_names_are_utf_8_whatever_the_terminal_speaks() -> None:
    done = subprocess.run(
        [*COMMAND, "resolve", "--json"],
        input="Method\tβ-VAE 😀\n".encode(),
        capture_output=True,
        env=environment(PYTHONIOENCODING="latin-1", LC_ALL="C", PATH=os.environ["PATH"]),
        check=True,
    )

    assert json.loads(done.stdout)["name"] == "β-VAE 😀"
