"""`kg evaluate` and `kg show`: what they print, and what goes wrong in one line."""

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from commands import SAMPLE, SHARED, Done, kg

from kg.extract import Extractor
from kg.records import Extraction, Kind, Mention, Rejected, Result, Term

GOLD = SHARED / "gold" / "pages_dev.gold.json"
PAPERS = SHARED / "gold" / "pages_dev.papers.jsonl"
TITLE = "Mamba at work"
ABSTRACT = "We propose Mamba. It attains 97.5% accuracy on CIFAR-10, beyond the LSTM."


def named(kind: str, name: str, role: str, optional: bool = False) -> dict[str, Any]:
    return {"type": kind, "name": name, "surfaces": [name], "role": role, "optional": optional}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Gold of one paper, in which the LSTM is no Method but a Task, and a metric is missing."""
    path = tmp_path / "gold.json"
    entities = [
        named("Method", "Mamba", "proposed"),
        named("Dataset", "CIFAR-10", "evaluated"),
        named("Task", "LSTM", "addressed"),
        named("Metric", "[red]Awork[/red]", "reported"),
    ]
    path.write_text(json.dumps([{"id": "p", "entities": entities}]), "utf-8")
    return path


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    path = tmp_path / "papers.jsonl"
    records = [
        {"id": "p", "title": TITLE, "abstract": ABSTRACT},
        {"id": "q", "title": "Another", "abstract": "We propose Hyena."},
    ]
    path.write_text("\n".join(map(json.dumps, records)), "utf-8")
    return path


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    graph = tmp_path_factory.mktemp("sample") / "papers.kg"
    assert kg("build", SAMPLE, "--graph", graph).code == 0
    return graph


def one_line(done: Done) -> str:
    """The only line that a failed command prints."""
    assert (done.code, done.out) == (1, "")
    assert done.err.count("\n") == 1
    return done.err.removeprefix("kg: ").rstrip("\n")


def test_the_scores_of_a_real_set_are_the_reference_scorers(tmp_path: Path) -> None:
    found = tmp_path / "found.jsonl"
    found.write_text(kg("extract", PAPERS, "--json").out, "utf-8")
    scorer = [sys.executable, SHARED / "gold" / "score.py", GOLD, found, "--json"]
    expected = json.loads(subprocess.run(scorer, capture_output=True, check=True).stdout)

    table = kg("evaluate", GOLD, PAPERS)
    data = json.loads(kg("evaluate", GOLD, PAPERS, "--json").out)

    assert table.err == ""
    rows = re.findall(r"^(.+?)  +([\d. ]+)$", table.out.partition("\n60 papers\n")[0], re.M)
    shown = [(name, cells.split()) for name, cells in rows]
    scores = list(expected.values())
    assert [name for name, _ in shown[:5]] == list(expected)[:5]
    assert len(shown) == len(scores) == 11
    for (name, cells), one in zip(shown, scores, strict=True):
        wanted = [f"{one[key]:.3f}" for key in "prf"] + [
            str(one[key]) for key in ("tp", "fp", "fn")
        ]
        assert cells == (wanted if name != "roles (accuracy)" else wanted[2:5]), name
    assert [one["right"] for one in data["scores"].values()] == [
        one["tp"] for name, one in expected.items() if name != "Role accuracy"
    ]


def test_all_figures_are_there_as_json(gold: Path, papers: Path) -> None:
    data = json.loads(kg("evaluate", gold, papers, "--json").out)

    assert list(data) == ["papers", "scores", "roles", "results", "calibration"]
    assert data["papers"] == 1
    assert list(data["scores"]) == [
        "Method", "Dataset", "Metric", "Task", "Repository", "micro_method_dataset_metric", "micro",
        "proposed_methods", "results_value_metric", "results",
    ]  # fmt: skip
    assert data["scores"]["Method"] == {
        "precision": 0.5, "recall": 1.0, "f1": pytest.approx(2 / 3),
        "right": 1, "false": 1, "missed": 0,
    }  # fmt: skip
    assert list(data["roles"]) == ["accuracy", "right", "wrong", "types", "confusion"]
    assert data["roles"]["types"]["Method"] == {"accuracy": 1.0, "right": 1, "wrong": 0}
    assert set(data["calibration"]) == {"error", "mentions", "bins"}
    assert set(data["calibration"]["bins"][0]) == {
        "lowest", "highest", "confidence", "right", "mentions",
    }  # fmt: skip


def test_the_calibration_is_a_line_and_in_detail_ten_bins(gold: Path, papers: Path) -> None:
    short = kg("evaluate", GOLD, PAPERS).out.splitlines()
    long = kg("evaluate", GOLD, PAPERS, "--calibration").out.splitlines()

    (line,) = [line for line in short if " mentions: " in line]
    assert re.fullmatch(r"\d+ mentions: 0\.\d{3} expected calibration error.*", line)
    assert long[: len(short)] == short
    bins = [line.split() for line in long if re.match(r"0\.\d{3} to ", line)]
    assert len(bins) == 10
    assert sum(int(cells[-1]) for cells in bins) == int(line.split()[0])


def results_annotated(path: Path, **cells: str | None) -> None:
    """Gold with the right metric, and with two results of which one has these cells."""
    (paper,) = json.loads(path.read_text("utf-8"))
    paper["entities"][2:] = [
        named("Method", "LSTM", "compared"),
        named("Metric", "accuracy", "reported"),
    ]
    results = [{"value": "97.5%", "metric": "accuracy", **cells}, {"value": "10"}]
    path.write_text(json.dumps([paper | {"results": results}]), "utf-8")


def term(kind: Kind, name: str, role: str) -> Term:
    start = len(TITLE) + 1 + ABSTRACT.index(name)
    return Term(kind, name, role, True, (Mention(start, start + len(name), name, 0.9),))


def finding(monkeypatch: pytest.MonkeyPatch, *terms: Term, results: Iterable[Result] = ()) -> None:
    """Makes the extractor find these in the annotated paper."""
    extraction = Extraction("p", terms, tuple(results))
    monkeypatch.setattr(Extractor, "extract", lambda self, papers: iter([extraction]))


@pytest.fixture
def _found(monkeypatch: pytest.MonkeyPatch) -> None:
    """That the LSTM is used, accuracy is proposed, and the one attains 97.5% of the other."""
    start = len(TITLE) + 1 + ABSTRACT.index("97.5%")
    value = Result(start, start + 5, "97.5%", 97.5, "%", "value", 0.5, 1, 2, 3, baseline=0)
    finding(
        monkeypatch,
        term("Method", "Mamba", "proposed"),
        term("Method", "LSTM", "used"),
        term("Dataset", "CIFAR-10", "evaluated"),
        term("Metric", "accuracy", "proposed"),
        results=[value],
    )


@pytest.mark.usefixtures("_found")
def test_roles_and_cells_stand_in_a_table_each(gold: Path, papers: Path) -> None:
    results_annotated(gold, method="Mamba", baseline=None)

    out = kg("evaluate", gold, papers).out

    lines = [line.rstrip() for line in out.splitlines()]
    assert lines[lines.index("") + 1 :] == [
        "type     gold role  right  of  share  taken for",
        "Method   proposed       1   1  1.000",
        "Method   compared       0   1  0.000  used 1",
        "Dataset  evaluated      1   1  1.000",
        "Metric   reported       0   1  0.000  proposed 1",
        "right: Method 0.500, Dataset 1.000, Metric 0.000",
        "",
        "cell      right  other  missing  too much  unstated",
        "value         1      0        1         0         0",
        "metric        1      0        0         0         0",
        "method        0      1        0         0         0",
        "dataset       0      0        0         1         0",
        "baseline      0      0        0         1         0",
        "the cells of 1 result are compared, those with the right value",
    ]


def test_the_role_for_which_one_is_taken_most_often_stands_first(
    gold: Path, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_for = {"Mamba": "compared", "LSTM": "mentioned", "CIFAR": "mentioned", "It": "proposed"}
    (paper,) = json.loads(gold.read_text("utf-8"))
    paper["entities"] = [named("Method", name, "proposed") for name in taken_for]
    gold.write_text(json.dumps([paper]), "utf-8")
    finding(monkeypatch, *(term("Method", *pair) for pair in taken_for.items()))

    out = kg("evaluate", gold, papers).out

    assert re.search(r"^Method +proposed +1 +4 +0\.250 +mentioned 2, compared 1 *$", out, re.M)


@pytest.mark.usefixtures("_found")
def test_roles_and_cells_are_there_as_json(gold: Path, papers: Path) -> None:
    results_annotated(gold, method="Mamba", baseline=None)

    data = json.loads(kg("evaluate", gold, papers, "--json").out)

    roles, results = data["roles"], data["results"]
    assert (roles["accuracy"], roles["right"], roles["wrong"]) == (0.5, 2, 2)
    assert roles["types"]["Metric"] == {"accuracy": 0.0, "right": 0, "wrong": 1}
    assert list(roles["confusion"]) == ["Method", "Dataset", "Metric", "Task", "Repository"]
    assert roles["confusion"]["Metric"] == {
        "proposed": {"proposed": 0, "reported": 0, "mentioned": 0},
        "reported": {"proposed": 1, "reported": 0, "mentioned": 0},
        "mentioned": {"proposed": 0, "reported": 0, "mentioned": 0},
    }
    assert list(results) == ["value", "metric", "method", "dataset", "baseline"]
    assert results["value"] == {
        "right": 1, "other": 0, "missing": 1, "too_much": 0, "unstated": 0,
    }  # fmt: skip
    assert results["dataset"]["too_much"] == results["method"]["other"] == 1


@pytest.mark.usefixtures("_found")
def test_errors_of_results_name_the_wrong_cells(gold: Path, papers: Path) -> None:
    results_annotated(gold, method="Mamba", dataset="CIFAR-10", baseline=None)

    done = kg("evaluate", gold, papers, "--type", "result")

    start = done.out.index("\nResult: ")
    assert [line.rstrip() for line in done.out[start + 1 :].splitlines()] == [
        "Result: 1 missed",
        "p  It attains 97.5% accuracy on CIFAR-[10](missed), beyond the LSTM.",
        "",
        "Result: 1 wrong",
        "p  It attains [97.5%](wrong) accuracy on CIFAR-10, beyond the LSTM.  "
        '(method: found "LSTM", gold "Mamba"; baseline: found "Mamba", gold nothing)',
    ]


@pytest.mark.usefixtures("_found")
def test_errors_stand_in_the_order_of_the_schema_and_those_of_results_last(
    gold: Path, papers: Path
) -> None:
    paper = {"id": "p", "entities": [], "results": [{"value": "97.5%", "method": "Mamba"}]}
    gold.write_text(json.dumps([paper]), "utf-8")

    out = kg("evaluate", gold, papers, "--errors").out

    assert re.findall(r"^\w+: \d+ (?:false|missed|wrong)$", out, re.M) == [
        "Method: 2 false",
        "Dataset: 1 false",
        "Metric: 1 false",
        "Result: 1 wrong",
    ]


@pytest.mark.usefixtures("_found")
def test_in_colour_the_value_of_a_wrong_result_stands_on_a_ground(
    gold: Path, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results_annotated(gold, method="Mamba")
    for name, value in {"FORCE_COLOR": "1", "TERM": "xterm", "COLORTERM": "truecolor"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)

    out = kg("evaluate", gold, papers, "--type", "Result").out

    assert re.search(r"It attains \x1b\[[\d;]*48;2;231;157;198m97\.5%\x1b\[0m accuracy", out)


def test_where_nothing_is_right_and_no_result_is_there_are_no_tables_of_them(
    gold: Path, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding(monkeypatch)

    out = kg("evaluate", gold, papers).out

    assert out.splitlines()[-1].startswith("0 mentions: ")


def test_errors_are_shown_in_their_sentences(gold: Path, papers: Path) -> None:
    out = kg("evaluate", gold, papers, "--errors").out

    sentence = "It attains 97.5% {} on CIFAR-10, beyond the {}."
    false = "[LSTM](false)", "[LSTM](missed)", "[accuracy](false)"
    assert out.index("Method: 1 false") < out.index("Metric: 1 false") < out.index("Task: 1 missed")
    assert f"p  {sentence.format('accuracy', false[0])}  (a Task in the gold)" in out
    assert f"p  {sentence.format('accuracy', false[1])}  (found as Method)" in out
    assert f"p  {sentence.format(false[2], 'LSTM')}" in out
    assert "p  [red]Awork[/red] (these words are not in the text)" in out


def test_errors_of_one_type_are_shown_alone(gold: Path, papers: Path) -> None:
    out = kg("evaluate", gold, papers, "--type", "task").out

    assert "Task: 1 missed" in out
    assert "Method: " not in out.partition("mentions: ")[2]


def test_errors_are_there_as_json(gold: Path, papers: Path) -> None:
    data = json.loads(kg("evaluate", gold, papers, "--type", "Metric", "--json").out)

    start = len(TITLE) + 1 + ABSTRACT.index("accuracy")
    assert data["errors"] == [
        {
            "what": "false",
            "type": "Metric",
            "paper": "p",
            "name": "accuracy",
            "start": start,
            "stop": start + 8,
            "sentence": ABSTRACT.partition(". ")[2],
            "remark": "",
        },
        {
            "what": "missed",
            "type": "Metric",
            "paper": "p",
            "name": "[red]Awork[/red]",
            "start": None,
            "stop": None,
            "sentence": "",
            "remark": "",
        },
    ]


def test_names_of_ones_own_count(gold: Path, papers: Path, tmp_path: Path) -> None:
    table = tmp_path / "names.tsv"
    table.write_text("kind\tnames\nTask\tLSTM\n", "utf-8")

    data = json.loads(kg("evaluate", gold, papers, "--names", table, "--json").out)

    assert data["scores"]["Task"]["right"] == 1


def test_gold_without_its_papers_is_told(gold: Path, papers: Path) -> None:
    papers.write_text(papers.read_text("utf-8").replace('"p"', '"r"'), "utf-8")

    message = one_line(kg("evaluate", gold, papers))

    assert message == (
        f"{papers}: lacks 1 of the 1 annotated papers (p); name the file that was annotated, "
        "or take their annotations out"
    )


def test_bad_gold_is_told(gold: Path, papers: Path) -> None:
    gold.write_text(gold.read_text("utf-8").replace("proposed", "invented"), "utf-8")

    message = one_line(kg("evaluate", gold, papers))

    assert message == (
        f'{gold}: paper 1 ("p"), entity 1 (Method): unknown role "invented"; known are proposed, '
        "compared, used, mentioned"
    )


def test_bad_records_beside_annotated_papers_are_named(gold: Path, papers: Path) -> None:
    papers.write_text(f"{papers.read_text('utf-8')}\nrubbish\n", "utf-8")

    done = kg("evaluate", gold, papers)

    assert done.code == 0
    assert done.err.startswith(f"{papers}:3: is not JSON")


def test_a_paper_that_cannot_be_read_is_named_and_all_of_it_missed(
    gold: Path, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rejected = Rejected(f"{papers}:1", "p cannot be read")
    monkeypatch.setattr(Extractor, "extract", lambda self, papers: iter([rejected]))

    done = kg("evaluate", gold, papers, "--json")

    assert done.err == f"{papers}:1: p cannot be read\n"
    assert json.loads(done.out)["scores"]["micro"]["missed"] == 4
    assert one_line(kg("show", "p", "--from", papers)) == f"{papers}:1: p cannot be read"


def test_an_unknown_type_is_a_wrong_command_line(gold: Path, papers: Path) -> None:
    done = kg("evaluate", gold, papers, "--type", "Model")

    assert (done.code, done.out) == (2, "")
    assert '"Model" is none; write one of Method, Dataset' in " ".join(done.err.split())


def test_a_paper_of_a_graph_is_shown_with_what_the_graph_holds(sample: Path) -> None:
    done = kg("show", "1706.03762", "--graph", sample)

    assert done.code == 0
    assert done.out.startswith("1706.03762  2017-06-12  https://arxiv.org/abs/1706.03762\n")
    assert "\nAttention Is All You Need\n" in done.out
    assert "We present the\n[Transformer](Method)" in done.out
    assert re.search(r"^Method +proposed +Transformer *$", done.out, re.M)
    assert re.search(r"^Result +value +28\.4 BLEU on WMT 2014 English-German by", done.out, re.M)
    assert "doubtful terms left out" in done.out


@pytest.mark.parametrize("typed", ["arXiv:1706.03762v3", "https://arxiv.org/abs/1706.03762"])
def test_an_id_may_be_written_as_arxiv_does(typed: str, sample: Path) -> None:
    plain = kg("show", "1706.03762", "--graph", sample)

    assert kg("show", typed, "--graph", sample) == plain
    assert kg("show", typed, "--from", SAMPLE) == plain


def test_doubtful_terms_are_shown_on_demand(sample: Path) -> None:
    done = kg("show", "1706.03762", "--graph", sample, "--all")

    assert "[Attention](Method?) Is All You Need" in done.out


def test_a_paper_of_a_file_is_read_with_names_of_ones_own(papers: Path, tmp_path: Path) -> None:
    table = tmp_path / "names.tsv"
    table.write_text("kind\tnames\nTask\tbeyond\n", "utf-8")

    plain = kg("show", "p", "--from", papers)
    own = kg("show", "p", "--from", papers, "--names", table)

    assert "[CIFAR-10](Dataset), beyond the [LSTM](Method)" in " ".join(plain.out.split())
    assert "[beyond](Task)" in own.out


def test_a_shown_paper_as_json_is_what_extract_prints(papers: Path) -> None:
    shown = kg("show", "p", "--from", papers, "--json")

    assert json.loads(shown.out) == json.loads(kg("extract", papers, "--json").out.splitlines()[0])


def test_a_paper_is_written_as_a_page(sample: Path, tmp_path: Path) -> None:
    page = tmp_path / "paper.html"

    done = kg("show", "1706.03762", "--graph", sample, "--html", page)

    assert re.fullmatch(rf"{page}: \d\.\d kB; open it in a browser\n", done.out)
    text = page.read_text("utf-8")
    assert ">Transformer<small>Method</small></mark>" in text
    assert ">Attention<small>" not in text
    kg("show", "1706.03762", "--graph", sample, "--html", page, "--all")
    assert ">Attention<small>" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("1706.0376", "did you mean 1706.03762 (Attention Is All You Need)?"),
        ("attention is all", "did you mean 1706.03762 (Attention Is All You Need)?"),
        ("qwerty", "`kg query search text=WORD` finds papers by their titles"),
        ("***", "`kg query search text=WORD` finds papers by their titles"),
    ],
)
def test_an_unknown_paper_of_a_graph_gets_near_ones(typed: str, advice: str, sample: Path) -> None:
    message = one_line(kg("show", typed, "--graph", sample))

    assert message == f'{sample}: no paper has the id "{typed}"; {advice}'


def test_an_unknown_paper_of_a_file_is_told(papers: Path) -> None:
    message = one_line(kg("show", "2312.00752", "--from", papers))

    assert message == (
        f'{papers}: no paper has the id "2312.00752"; `kg extract {papers}` prints the ids'
    )


def test_a_page_that_cannot_be_written_is_told(sample: Path, tmp_path: Path) -> None:
    page = tmp_path / "nowhere" / "paper.html"

    message = one_line(kg("show", "1706.03762", "--graph", sample, "--html", page))

    assert message == f"{page}: cannot be written: No such file or directory"


def test_how_to_read_is_no_question_of_a_graph(sample: Path, tmp_path: Path) -> None:
    done = kg("show", "1706.03762", "--graph", sample, "--names", tmp_path / "names.tsv")

    assert (done.code, done.out) == (2, "")
    assert "are for --from FILE" in " ".join(done.err.split())


def test_help_is_not_slowed_by_what_only_these_commands_need() -> None:
    heavy = "{'spacy', 'rich.table', 'kg.highlight', 'kg.exports.displacy'}"
    code = f"import sys, kg.cli; print(sorted({heavy} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
