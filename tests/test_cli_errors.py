"""What goes wrong is said in one line, with the place and the cure, and ends in exit code 1."""

import json
import random
from pathlib import Path

import pytest
from commands import SAMPLE, Done, kg, kg_process

GOOD = {"id": "2312.00752", "title": "Mamba", "abstract": "We propose Mamba. It beats S4."}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the sample, which none of these tests changes."""
    graph = tmp_path_factory.mktemp("sample") / "papers.kg"
    assert kg("build", SAMPLE, "--graph", graph).code == 0
    return graph


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def one_line(done: Done) -> str:
    """The only line that a failed command prints, without the name of the program."""
    assert (done.code, done.out) == (1, "")
    assert done.err.endswith("\n")
    assert done.err.count("\n") == 1
    assert done.err.startswith("kg: ")
    return done.err.removeprefix("kg: ").rstrip("\n")


def rejected(done: Done) -> str:
    """The only line on stderr of a command that found no usable record."""
    assert done.code == 1
    assert done.err.count("\n") == 1
    return done.err.rstrip("\n")


def rubbish() -> bytes:
    return random.Random(0).randbytes(10_000)


@pytest.mark.parametrize("command", ["build", "extract"])
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "no such file"),
        (b"", "is empty"),
        (b"  \n\n", "is empty"),
        (rubbish(), "is binary"),
        (b"\x1f\x8b" + rubbish(), "damaged gzip"),
        (b"PAR1" + rubbish(), "Parquet"),
        (b"Dear reader,\nthis is a letter.\n", "no known format"),
        (b'[\n{"title": "A"}\n]', "write each object on a line of its own"),
    ],
    ids=["missing", "empty", "blank", "binary", "gzip", "parquet", "letter", "array"],
)
def test_a_file_that_is_no_source_is_named(
    command: str, content: bytes | None, reason: str
) -> None:
    if content is not None:
        Path("papers.jsonl").write_bytes(content)

    message = one_line(kg(command, "papers.jsonl"))

    assert message.startswith("papers.jsonl: ")
    assert reason in message
    assert not Path("papers.kg").exists()


def test_a_folder_is_no_source() -> None:
    Path("papers").mkdir()

    assert one_line(kg("build", "papers")).startswith("papers: is a folder")


def test_nothing_is_built_where_one_source_of_several_is_bad() -> None:
    assert one_line(kg("build", SAMPLE, "missing.jsonl")).startswith("missing.jsonl: no such file")
    assert not Path("papers.kg").exists()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "is not JSON"),
        ('{"title": "Mamba"}', "has no abstract"),
        ('{"abstract": "We propose Mamba."}', "has no title"),
        ('{"title": "Mamba", "abstract": 7}', "abstract is a number; it must be text"),
        (json.dumps(GOOD | {"abstract": "word " * 2_000_000}), "longer than 1,000,000 bytes"),
        (json.dumps(GOOD | {"abstract": "word " * 20_000}), "at most 50,000 are read"),
    ],
    ids=["json", "abstract", "title", "number", "ten-megabytes", "long"],
)
def test_a_record_that_is_no_paper_is_named_with_its_line(line: str, reason: str) -> None:
    Path("papers.jsonl").write_text(f'\n{line}\n{{"title": "", "abstract": ""}}\n')

    first, second = kg("build", "papers.jsonl").err.splitlines()

    assert first.startswith("papers.jsonl:2: ")
    assert reason in first
    assert len(first) < 200
    assert second.startswith("papers.jsonl:3: has no title")


def test_good_records_beside_bad_ones_are_kept_and_the_bad_ones_counted() -> None:
    lines = [json.dumps(GOOD), "{broken", '{"title": "Mamba"}']
    Path("papers.jsonl").write_text("\n".join(lines))

    done = kg("build", "papers.jsonl")

    assert done.code == 0
    assert done.out.startswith("3 records: 1 extracted, 2 rejected\npapers.kg: 1 Paper, ")
    assert [line.split()[0] for line in done.err.splitlines()] == [
        "papers.jsonl:2:",
        "papers.jsonl:3:",
    ]


def test_a_second_text_with_the_same_id_is_named_with_both_places() -> None:
    other = json.dumps(GOOD | {"abstract": "Another abstract."})
    Path("papers.jsonl").write_text(f"{json.dumps(GOOD)}\n{other}\n")

    done = kg("build", "papers.jsonl")

    assert done.out.startswith("2 records: 1 extracted, 1 rejected\n")
    assert done.err.startswith("papers.jsonl:2: 2312.00752 was read before from papers.jsonl:1")


def test_a_table_without_rows_is_no_success() -> None:
    Path("papers.csv").write_text("title,abstract\n")

    done = kg("build", "papers.csv")

    assert done.code == 1
    assert done.out.startswith("0 records: nothing to extract\n")


@pytest.mark.parametrize(
    "words",
    [
        ["stats"],
        ["query", "leaderboard", "dataset=imagenet"],
        ["cypher", "MATCH (n) RETURN n"],
        ["html"],
        ["remove", "2312.00752"],
        ["load", "bolt://localhost:1"],
    ],
    ids=lambda words: words[0],
)
def test_a_graph_that_is_not_there_is_said_with_the_cure(words: list[str]) -> None:
    message = one_line(kg(*words, "--graph", "nowhere.kg"))

    assert message == "nowhere.kg: no graph is here; make one with `kg build SOURCE`"
    assert not Path("nowhere.kg").exists()


def test_a_file_in_the_place_of_the_graph_is_said() -> None:
    Path("papers.kg").write_text("")

    assert one_line(kg("build", SAMPLE)).startswith("papers.kg: is no graph folder")


def test_a_damaged_ledger_is_said() -> None:
    Path("papers.kg").mkdir()
    Path("papers.kg/ledger.sqlite").write_bytes(rubbish())

    assert one_line(kg("stats")) == (
        "papers.kg/ledger.sqlite: cannot be used as a ledger: file is not a database"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["leaderbord"], 'no question is called "leaderbord"; did you mean leaderboard?'),
        (["Papers-On-Dataset"], "did you mean papers_on_dataset"),
        (["qwertz"], "there are builds_on, code, "),
        (["leaderboard", "imagenet"], '"imagenet" is no parameter; write key=value'),
        (["leaderboard", "=imagenet"], '"=imagenet" is no parameter; write key=value'),
        (["leaderboard", "data=imagenet"], "has no parameter data; it has dataset, "),
        (["leaderboard"], "leaderboard needs dataset: "),
        (["leaderboard", "dataset="], "is empty"),
        (["leaderboard", "dataset=ImageNett"], "did you mean ImageNet"),
        (["leaderboard", "dataset=imagenet", "limit=many"], "limit takes a whole number"),
    ],
)
def test_a_question_that_cannot_be_asked_is_said(
    graph: Path, words: list[str], message: str
) -> None:
    assert message in one_line(kg("query", *words, "--graph", graph))


def test_an_unknown_question_is_said_even_without_a_graph() -> None:
    assert "did you mean leaderboard" in one_line(kg("query", "leaderbord"))


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("CREATE (n:Paper)", "CREATE would write"),
        ("MATCH (n) DETACH DELETE n", "would write"),
        ("MATCH (n) SET n.title = 'x' RETURN n", "SET would write"),
        ("LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row", "LOAD CSV reads files"),
        ("MATCH (n RETURN n", ""),
        ("", "a question begins with"),
        ("RETURN nonsense(1)", ""),
    ],
)
def test_a_statement_that_cannot_be_run_is_said(graph: Path, statement: str, message: str) -> None:
    said = one_line(kg("cypher", statement, "--graph", graph))

    assert said
    assert message in said


def test_one_unknown_id_removes_nothing(graph: Path) -> None:
    message = one_line(kg("remove", "1706.03762", "nobody", "--graph", graph))

    assert message == f"{graph}: no paper has the id nobody"
    assert json.loads(kg("stats", "--json", "--graph", graph).out)["nodes"]["Paper"] == 48


@pytest.mark.parametrize("output", [".", "missing/page.html", "file/page.html"])
def test_a_page_that_cannot_be_written_is_said(graph: Path, output: str) -> None:
    Path("file").write_text("")

    message = one_line(kg("html", "--graph", graph, "--output", output))

    assert message.startswith(f"{output}: cannot be written: ")


def test_a_graph_in_a_place_that_cannot_be_written_is_said() -> None:
    Path("file").write_text("")

    message = one_line(kg("build", SAMPLE, "--graph", "file/papers.kg"))

    assert message.startswith("file/papers.kg/ledger.sqlite: cannot be used as a ledger: ")


def test_a_password_that_nobody_can_give_is_asked_of_the_environment(
    graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)

    message = one_line(kg("load", "bolt://localhost:1", "--graph", graph))

    assert message == "bolt://localhost:1: no password; set NEO4J_PASSWORD"


@pytest.mark.parametrize(
    "words", [["load", "bolt://localhost:1"], ["query", "most_used", "--store=bolt://localhost:1"]]
)
def test_a_neo4j_that_does_not_answer_is_said(
    graph: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "secret")

    message = one_line(kg(*words, "--graph", graph))

    assert "bolt://localhost:1" in message
    assert "secret" not in message


@pytest.mark.parametrize(
    "words",
    [
        ["build", "missing.jsonl"],
        ["query", "leaderbord"],
        ["query", b"\xff\n\x1b[31m"],
        ["cypher", b"RETURN '\xff'"],
        ["stats", "--graph", b"no\nwhere\x1b[31m\xff"],
        ["build", b"no\nwhere\x1b[31m\xff"],
    ],
    ids=str,
)
def test_in_a_process_of_its_own_there_is_no_traceback_either(
    graph: Path, words: list[str | bytes]
) -> None:
    where = [] if "--graph" in words or words[0] == "build" else ["--graph", str(graph)]

    done = kg_process(
        *(word if isinstance(word, str) else _argument(word) for word in words), *where
    )

    assert one_line(done).isprintable()


def _argument(word: bytes) -> str:
    return word.decode("utf-8", "surrogateescape")
