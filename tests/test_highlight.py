"""Marked words on the terminal: in colour, or in brackets; and never as the text says."""

import pytest

from kg.evaluate import Fault
from kg.highlight import print_faults, print_paper
from kg.records import Extraction, Kind, Mention, Paper, Result, Term

Captured = pytest.CaptureFixture[str]
PAPER = Paper("2312.00752", "S4 at work", "It beats LSTM by 9.5 F1.", "2023-12-01")


def term(kind: Kind, text: str, role: str, salient: bool = True) -> Term:
    start = PAPER.text.index(text)
    return Term(kind, text, role, salient, (Mention(start, start + len(text), text, 0.9),))


VALUE = PAPER.text.index("9.5")
FOUND = Extraction(
    PAPER.id,
    (term("Method", "S4", "used"), term("Metric", "F1", "reported"),
     term("Method", "LSTM", "compared", salient=False)),
    (Result(VALUE, VALUE + 3, "9.5", 9.5, "", "gain", 0.5, method=0, metric=1),),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


def lines(captured: Captured) -> list[str]:
    return [line.rstrip() for line in captured.readouterr().out.splitlines()]


def test_without_colour_names_stand_in_brackets_with_their_kinds(capsys: Captured) -> None:
    print_paper(PAPER, FOUND)

    assert lines(capsys) == [
        "2312.00752  2023-12-01",
        "[S4](Method) at work",
        "",
        "It beats LSTM by [9.5](Result) [F1](Metric).",
        "",
        "Method  used      S4",
        "Metric  reported  F1",
        "Result  gain      9.5 F1 by S4",
        "1 doubtful term left out; --all shows them too",
    ]


def test_what_is_not_salient_is_shown_on_demand(capsys: Captured) -> None:
    print_paper(PAPER, FOUND, doubtful=True)

    out = lines(capsys)
    assert "It beats [LSTM](Method?) by [9.5](Result) [F1](Metric)." in out
    assert "Method  compared  (LSTM)" in out
    assert "doubtful" not in "".join(out)


@pytest.mark.usefixtures("colour")
def test_in_colour_names_stand_as_written_on_the_ground_of_their_kind(capsys: Captured) -> None:
    print_paper(PAPER, FOUND, doubtful=True)

    out = capsys.readouterr().out
    assert "48;2;86;180;233mS4\x1b[0m" in out  # black on blue
    assert "\x1b[3;38;2;86;180;233mLSTM\x1b[0m" in out  # blue, in italics
    assert "(Method" not in out


@pytest.mark.usefixtures("colour")
def test_who_wants_no_colour_gets_brackets(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    print_paper(PAPER, FOUND)

    assert "[9.5](Result)" in capsys.readouterr().out


@pytest.mark.parametrize("in_colour", [True, False])
def test_text_is_never_markup_and_cannot_steer_the_terminal(
    in_colour: bool, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    if in_colour:
        monkeypatch.setenv("FORCE_COLOR", "1")
    evil = "[red]x[/red] [link=file:///]y[/link] :snake: \x1b]0;title\x07 \x1b[2J\u202e"
    paper = Paper(evil, evil, evil, evil, evil)
    named = Term("Method", evil, "used", True, (Mention(0, len(evil), evil, 0.9),))
    fault = Fault("false", evil, "Method", evil, 0, len(evil), evil)

    print_paper(paper, Extraction(evil, (named,), ()))
    print_faults([fault], {evil: paper.text})

    out = capsys.readouterr().out
    assert "[red]x[/red] [link=file:///]y[/link] :snake: \ufffd]0;title\ufffd \ufffd[2J" in out
    assert [sign for sign in ("\x07", "\u202e", "\x1b]", "\x1b[2J") if sign in out] == []


def test_a_fault_is_shown_in_its_sentence_with_those_of_its_kind(capsys: Captured) -> None:
    faults = [
        Fault("missed", "p2", "Task", "work", 6, 10, "found as Method"),
        Fault("missed", "p2", "Method", "LSTM", 20, 24, ""),
        Fault("missed", "p1", "Method", "Mamba", 0, 0, ""),
        Fault("false", "paper", "Method", "S4", 0, 2, "again S5"),
    ]

    print_faults(faults, dict.fromkeys(("p1", "p2", "paper"), PAPER.text))

    assert lines(capsys) == [
        "",
        "Method: 1 false",
        "paper  [S4](false) at work  (again S5)",
        "",
        "Method: 2 missed",
        "p2  It beats [LSTM](missed) by 9.5 F1.",
        "p1  Mamba (these words are not in the text)",
        "",
        "Task: 1 missed",
        "p2  S4 at [work](missed)  (found as Method)",
    ]


def test_where_there_is_no_terminal_a_fault_is_one_line(capsys: Captured) -> None:
    text = f"{'word ' * 199}S4"

    print_faults([Fault("missed", "p", "Method", "S4", 995, 997, "")], {"p": text})

    assert lines(capsys)[-1] == f"p  {'word ' * 199}[S4](missed)"
