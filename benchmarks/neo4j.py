"""How fast a graph gets into Neo4j: beside bare statements, and beside other packages.

    python benchmarks/neo4j.py [--graph GRAPH ...] [--synthetic [--papers 100000]]
        [--peers-sample 5000] [--rounds 3] [--store URI]

Bare is the least that a writer must do: the same rows, ready in memory, in batches of MERGE in one
session. `kg load` counts from the command's start to its end; it is measured again when nothing has
changed, and when one paper has. Other packages (`pip install -e '.[benchmarks]'`) get a sample, the
first papers, and are compared with bare on the same. Each begins with an empty server that it has
warmed up: a fresh one, or with `--store` an empty database (its password in NEO4J_PASSWORD; the
other packages need APOC there). Prints each figure when it is known, and the medians as a table.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

sys.path.pop(0)  # this folder, whose `neo4j.py` would hide the driver
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import server as servers
from benchmarks.figures import Figures, installed, print_table
from benchmarks.server import NoNeo4jError, Server
from benchmarks.synthetic import make
from benchmarks.writers import BARE, WRITERS, seconds_of
from kg import Extractor
from kg.api import open_graph
from kg.ledger import Ledger
from kg.resolve import resolve

LOAD, AGAIN, CHANGED = "kg load", "kg load, nothing changed", "kg load, one paper changed"
ROOT = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-c", "from kg.cli import main; main()"]
PAGE = os.sysconf("SC_PAGE_SIZE")
WARM = 2_000  # papers that a server is given before the clock runs


@dataclass(frozen=True)
class Bench:
    """Where measurements are made."""

    folder: Path  # for what may go
    store: str  # address of the user's database, or ""

    @contextmanager
    def server(self, writer: str) -> Iterator[Server]:
        """An empty server that has warmed up, by the writer that is to be measured."""
        warm = self.folder / "warm.kg"
        if not warm.exists():
            make(warm, WARM)
        with servers.own_server(self.store) if self.store else servers.fresh_server() as server:
            if writer == LOAD:
                loaded(warm, server)
            else:
                written_apart(writer, warm, None, server)
            servers.empty(server)
            yield server


def main() -> None:
    """Measures what was asked for, round by round."""
    asked = options()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), asked.store)
        try:
            release, peers = inspected(bench)
            graphs = [copied(graph, bench.folder) for graph in asked.graph]
            if asked.synthetic:
                graphs.append(bench.folder / "synthetic.kg")
                make(graphs[-1], asked.papers)
            measured = {graph: Figures(graph.name) for graph in graphs}
            for number in range(asked.rounds):
                for graph, figures in measured.items():
                    measure_whole(graph, figures, bench, number)
                    measure_sample(graph, figures, bench, asked.peers_sample, peers)
        except NoNeo4jError as error:
            raise SystemExit(str(error)) from error
    print_table(measured.values(), release, ("kg-papers", "neo4j", *peers))


def options() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--graph", nargs="+", type=Path, default=[], help="folders; none changes")
    parser.add_argument("--synthetic", action="store_true", help="also a graph of made-up papers")
    parser.add_argument("--papers", type=int, default=100_000, help="of the made-up graph")
    parser.add_argument("--peers-sample", type=int, default=5_000, help="papers for other packages")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--store", default="", help="an empty database, instead of a fresh server")
    asked = parser.parse_args()
    if not (asked.graph or asked.synthetic):
        parser.error("give --graph or --synthetic")
    return asked


def inspected(bench: Bench) -> tuple[str, list[str]]:
    """The version of the server, and which other packages can be measured here."""
    with bench.server(BARE) as server:
        release, has_apoc = servers.release(server), servers.has_apoc(server)
    peers = [name for name in WRITERS if name != BARE]
    for name in peers:
        if not (installed(name) and has_apoc):
            lacking = "APOC is not in the server" if installed(name) else "it is not installed"
            print(f"{name} is left out: {lacking}")
    return release, [name for name in peers if installed(name) and has_apoc]


def copied(graph: Path, folder: Path) -> Path:
    """A copy of a graph, as if today's extractor had read it, so that a build leaves it alone."""
    copy = folder / graph.resolve().name
    shutil.copytree(graph, copy, ignore=shutil.ignore_patterns("*.kgl"))
    digest = Extractor().digest
    with Ledger(copy / "ledger.sqlite") as ledger:
        ledger.run("UPDATE papers SET extractor = ? WHERE extractor <> ?", (digest, digest))
        resolve(ledger)
    return copy


def measure_whole(graph: Path, figures: Figures, bench: Bench, number: int) -> None:
    """Measures bare and `kg load` with the whole graph, and what a second load costs."""
    with bench.server(BARE) as server:
        seconds, rows = written_apart(BARE, graph, None, server)
        figures.add(BARE, BARE, seconds, rows)
    with bench.server(LOAD) as server:
        seconds, note = loaded(graph, server)
        figures.add(LOAD, BARE, seconds, rows, note)
        seconds, note = loaded(graph, server)
        figures.add(AGAIN, LOAD, seconds, note=note)
        change_a_paper(graph, number)
        seconds, note = loaded(graph, server)
        figures.add(CHANGED, LOAD, seconds, note=note)


def measure_sample(
    graph: Path, figures: Figures, bench: Bench, papers: int, peers: Sequence[str]
) -> None:
    """Measures other packages with the first papers of a graph, and bare with the same."""
    beside = f"{BARE}, {papers:,} papers"
    for writer in (BARE, *peers) if peers else ():
        with bench.server(writer) as server:
            seconds, rows = written_apart(writer, graph, papers, server)
            figures.add(f"{writer}, {papers:,} papers", beside, seconds, rows)


def written_apart(
    writer: str, graph: Path, papers: int | None, server: Server
) -> tuple[float, int]:
    """How long a writer takes in a process of its own, and how many rows it writes."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(seconds_of, writer, graph, papers, server).result()


def loaded(graph: Path, server: Server) -> tuple[float, str]:
    """How long `kg load` takes, and a note of its memory and of what it wrote."""
    servers.forget_statements(server)
    started = time.perf_counter()
    peak = run("load", server.uri, "--graph", graph, NEO4J_PASSWORD=server.password)
    seconds = time.perf_counter() - started
    statements = servers.writing_statements(server)
    return seconds, f"{peak / 1e6:,.0f} MB at most, {statements:,} writing statements"


def run(*words: str | Path, **variables: str) -> int:
    """Runs `kg words...` to its end; the most bytes that its processes have held at once."""
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    where = {"cwd": ROOT, "env": {**os.environ, **variables}, "start_new_session": True}
    process = subprocess.Popen([*COMMAND, *map(str, words)], **quiet, **where)
    peak = 0
    while process.poll() is None:
        peak = max(peak, held_by(process.pid))
        time.sleep(0.05)
    if process.returncode:
        raise SystemExit(f"kg {words[0]} has failed; it says why above")
    return peak


def held_by(session: int) -> int:
    """Bytes that the processes of a session hold in memory."""
    held = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):  # it has just ended
            continue
        if int(fields[3]) == session:
            held += int(fields[21]) * PAGE
    return held


def change_a_paper(graph: Path, number: int) -> None:
    """Adds a sentence to the abstract of the first paper, another one each time."""
    with open_graph(graph) as knowledge:
        first = next(knowledge.nodes()).id
        paper = knowledge.paper(first)
    abstract = f"{paper.abstract} We beat BERT-{number + 2} on CIFAR-10 by {number + 1} points."
    known = ("id", "title", "published", "url", "authors", "categories")
    row = {name: getattr(paper, name) for name in known} | {"abstract": abstract}
    source = graph.parent / "changed.jsonl"
    source.write_text(json.dumps(row), encoding="utf-8")
    run("build", source, "--graph", graph)


if __name__ == "__main__":
    main()
