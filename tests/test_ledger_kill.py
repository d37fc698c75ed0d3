"""A build that is killed at any moment: the ledger opens again, is whole, and the next goes on."""

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from papers import Marks, extract_marks, new_ledger, synthetic

from kg.api import KnowledgeGraph
from kg.build import update
from kg.graph import edges, nodes
from kg.ledger import Ledger
from kg.records import Edge, Node
from kg.rows import read_extraction, read_papers

COUNT = 3_000
TESTS = Path(__file__).parent
HEAD = """
import sys
from pathlib import Path
from papers import BUILD, Marks, new_ledger, synthetic
from kg.build import update

def wait():
    print(flush=True)
    sys.stdin.readline()
"""
KILLED_ANYWHERE = f"""{HEAD}
with new_ledger(Path(sys.argv[1])) as ledger:
    for number, _ in enumerate(update(ledger, map(synthetic, range({COUNT})), Marks())):
        if number == int(sys.argv[2]):
            wait()
    sys.stdin.read()
"""
KILLED_BEFORE_RESOLVING = f"""{HEAD}
BUILD.resolve = lambda ledger: wait()
with new_ledger(Path(sys.argv[1])) as ledger:
    list(update(ledger, map(synthetic, range(300)), Marks()))
"""


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Node], list[Edge]]:
    with new_ledger(tmp_path_factory.mktemp("whole")) as ledger:
        build(ledger, COUNT)
        return list(nodes(ledger)), list(edges(ledger))


def build(ledger: Ledger, count: int) -> list[str]:
    records = map(synthetic, range(count))
    return [outcome.what for outcome in update(ledger, records, Marks())]


def kill(code: str, folder: Path, *, after: int = 0, then: float | None = None) -> None:
    """Runs `code` until it waits, behind so many papers, and kills it there.

    With `then` it may go on, and is killed so many seconds later.
    """
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder), str(after)],
        cwd=TESTS,
        env={"PYTHONPATH": f"{TESTS}:{TESTS.parent}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == b"\n"
        if then is not None:
            process.stdin.write(b"\n")
            process.stdin.flush()
            time.sleep(then)
        process.kill()
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    ("after", "then"),
    [(0, None), (127, 0.01), (400, 0.03), (1_500, 0.02), (2_000, 0.05), (2_900, 0.025)],
)
def test_a_killed_build_leaves_whole_papers_and_the_next_one_goes_on(
    tmp_path: Path,
    uninterrupted: tuple[list[Node], list[Edge]],
    after: int,
    then: float | None,
) -> None:
    kill(KILLED_ANYWHERE, tmp_path, after=after, then=then)

    assert integrity(tmp_path) == "ok"
    with new_ledger(tmp_path) as ledger:
        papers = list(read_papers(ledger))
        for one, fresh in zip(papers, extract_marks(papers), strict=True):
            assert one == synthetic(int(one.id))
            assert read_extraction(ledger, one.id)[0] == fresh
        assert len(papers) > after
        assert len(papers) in (COUNT, len(papers) // 128 * 128)

        outcomes = build(ledger, COUNT)

        assert outcomes.count("unchanged") == len(papers)
        assert outcomes.count("extracted") == COUNT - len(papers)
        assert (list(nodes(ledger)), list(edges(ledger))) == uninterrupted


def test_a_build_that_is_killed_before_its_first_paper_leaves_an_empty_ledger_or_none(
    tmp_path: Path,
) -> None:
    for number, delay in enumerate((0.1, 0.2, 0.25, 0.3)):
        folder = tmp_path / f"{number}"
        with subprocess.Popen(
            [sys.executable, "-c", KILLED_ANYWHERE, str(folder), "0"],
            cwd=TESTS,
            env={"PYTHONPATH": f"{TESTS}:{TESTS.parent}"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as process:
            time.sleep(delay)
            process.kill()

        with new_ledger(folder) as ledger:
            assert len(list(read_papers(ledger))) in (0, 128)


def integrity(folder: Path) -> str:
    """What SQLite says of the file, as the kill left it."""
    connection = sqlite3.connect(folder / "ledger.sqlite")
    (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    return str(answer)


def test_what_a_killed_build_has_not_resolved_the_next_reader_does(tmp_path: Path) -> None:
    kill(KILLED_BEFORE_RESOLVING, tmp_path / "killed")
    with new_ledger(tmp_path / "killed") as ledger:
        assert next(ledger.rows("SELECT COUNT(*) FROM touched"))[0] > 0
        assert next(ledger.rows("SELECT COUNT(*) FROM entities"))[0] == 0
    with new_ledger(tmp_path / "whole") as ledger:
        build(ledger, 300)
        whole = list(nodes(ledger)), list(edges(ledger))

    with KnowledgeGraph(tmp_path / "killed") as graph:
        assert (list(graph.nodes()), list(graph.edges())) == whole
        assert graph.stats()["nodes"]["Dataset"] == 31
