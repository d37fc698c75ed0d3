"""`kg demo` in an empty folder: papers, two answers, a page."""

import re
import shlex
from pathlib import Path

import pytest
from commands import kg, kg_process

from kg.demo import QUESTIONS, sample
from kg.queries import find_query
from kg.records import Paper


def test_the_sample_holds_good_papers_only_and_names_no_place_of_this_machine() -> None:
    records = list(sample())

    assert len(records) == 48
    assert all(isinstance(record, Paper) for record in records)
    assert [record.source for record in records if isinstance(record, Paper)][:2] == [
        "sample/papers.jsonl:1",
        "sample/papers.jsonl:2",
    ]


def test_the_two_questions_are_named_ones_with_their_parameters() -> None:
    assert len(QUESTIONS) == 2
    for question, parameters in QUESTIONS:
        assert set(parameters) <= {one.name for one in find_query(question).parameters}


def test_the_demonstration_shows_papers_two_answers_and_a_page(tmp_path: Path) -> None:
    done = kg_process("demo", cwd=tmp_path)

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("48 records: 48 extracted\ndemo.kg: 48 Paper, ")
    asked = re.findall(r"^\$ (kg query .*)$", done.out, re.M)
    assert asked == [
        "kg query leaderboard dataset=ImageNet 'metric=top-1 accuracy' --graph demo.kg",
        "kg query builds_on method=Transformer --graph demo.kg",
    ]
    assert len([int(count) for count in re.findall(r"^(\d+) rows$", done.out, re.M)]) == 2
    assert re.search(r"^explorer\.html: \d\.\d MB; open it in a browser$", done.out, re.M)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo.kg", "explorer.html"]


def test_what_the_demonstration_says_it_asked_can_be_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = kg("demo").out

    for command in re.findall(r"^\$ kg (query .*)$", shown, re.M):
        answer = kg(*shlex.split(command))
        assert answer.code == 0
        assert answer.out in shown
        assert len(answer.out.splitlines()) > 3


def test_the_demonstration_can_be_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first = kg("demo")
    page = Path("explorer.html").read_bytes()

    again = kg("demo")

    assert again.out == first.out.replace("48 extracted", "48 unchanged, nothing to extract")
    assert Path("explorer.html").read_bytes() == page
