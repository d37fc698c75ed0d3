"""A load into Neo4j that ends at any moment: the server is killed, or `kg load`, or it is stopped.

What is there then is whole, and the next load ends it. The moment is chosen by how often the load
has begun to write, and some time behind that.
"""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from shutil import copytree

import pytest
from commands import Done, environment
from loads import Held, drop, held, put, wanted
from neo4j_server import JavaServer, NoNeo4jError, Server, java_server
from papers import new_ledger, paper, synthetic

from kg.queries import statement
from kg.stores.bolt import Neo4jStore, connect

PATIENCE = 15  # seconds in which a load must have ended whose server has gone
WRITING = "writing"
LOAD = f"""
import sys
from kg.cli import main
from kg.stores import writing
from kg.stores.bolt import Neo4jStore

def told(write):
    def tell(*words):
        print("{WRITING}", flush=True)
        return write(*words)
    return tell

for name in ("write", "transact"):
    setattr(Neo4jStore, name, told(getattr(Neo4jStore, name)))
writing._NODES, writing._EDGES = map(int, sys.argv.pop(1).split(","))
main()
"""


class Graph:
    """A graph, and what Neo4j should hold of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with new_ledger(folder) as ledger:
            self.wanted = wanted(ledger)

    def copied(self, folder: Path) -> Path:
        """A copy, which is the same graph; what a load notes in it this one does not know."""
        return copytree(self.folder, folder)


class Loads:
    """`kg load` into one server, in processes of their own, with so large transactions."""

    def __init__(self, server: Server, nodes: int = 2_000, edges: int = 5_000) -> None:
        self.server = server
        self._sizes = f"{nodes},{edges}"

    def begin(self, graph: Path) -> subprocess.Popen[str]:
        """A load that has just started."""
        words = ("load", self.server.uri, "--graph", str(graph))
        return subprocess.Popen(
            [sys.executable, "-W", "error", "-c", LOAD, self._sizes, *words],
            env=environment(NEO4J_PASSWORD=self.server.password),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def end(self, graph: Path) -> tuple[int, str]:
        """Loads all; how often it has written, and what it says last."""
        done = ended(self.begin(graph), patience=120)
        assert (done.code, done.err) == (0, ""), done.err
        return done.out.count(WRITING), done.out.splitlines()[-1]

    def interrupt(
        self,
        graph: Path,
        writings: int,
        seconds: float,
        how: Callable[[subprocess.Popen[str]], object],
    ) -> Done:
        """What a load leaves behind to which `how` is done in the midst: when it has begun to write
        so many times, and some seconds later."""
        process = self.begin(graph)
        assert process.stdout
        for _ in range(writings):
            process.stdout.readline()
        time.sleep(seconds)
        assert process.poll() is None, "it was over before"
        how(process)
        return ended(process, patience=PATIENCE)


def ended(process: subprocess.Popen[str], patience: float) -> Done:
    """What a process left behind, which is to end within some seconds."""
    with process:
        try:
            out, err = process.communicate(timeout=patience)
        finally:
            process.kill()
    return Done(process.returncode, out, err)


@contextmanager
def opened(server: Server) -> Iterator[Neo4jStore]:
    with connect(server.uri, password=server.password) as store:
        yield store


def graphs(folder: Path, papers: int) -> tuple[Graph, Graph]:
    """Two states of one graph: half of the texts are others, and each has papers of its own."""
    former, latter = folder / "former", folder / "latter"
    texts = [synthetic(number) for number in range(papers)]
    with new_ledger(former) as ledger:
        put(*texts)(ledger)
    copytree(former, latter)
    with new_ledger(former) as ledger:
        drop(*(one.id for one in texts[::20]))(ledger)
    others = [synthetic(number + papers // 2).abstract for number in range(0, papers, 2)]
    with new_ledger(latter) as ledger:
        drop(*(one.id for one in texts[11::20]))(ledger)
        put(*(paper(one.id, other) for one, other in zip(texts[::2], others, strict=True)))(ledger)
    return Graph(former), Graph(latter)


def papers_of(found: Held) -> dict[str, list[object]]:
    """Each paper with its results and the relationships of both, without its notes on them."""
    owned: dict[str, list[object]] = {}
    for id, (labels, properties) in found.nodes.items():
        if "Paper" in labels:
            owned[id] = [pair for pair in sorted(properties.items()) if pair[0] != "kg_links"]
    for id, node in sorted(found.nodes.items()):
        if "Result" in node[0]:
            owned[id.split(":")[1]].append((id, node))
    for link in found.relationships:
        owner = link[0].split(":")[1] if link[0].startswith("result:") else link[0]
        if owner in owned:
            owned[owner].append(link)
    return owned


def links_of(found: Held, paper_id: str) -> object:
    return found.nodes[paper_id][1].get("kg_links")


def assert_whole(server: Server, former: Graph | None, latter: Graph) -> int:
    """Asserts that each paper there is as it was or as it should be; how many are as they should.

    What is as it was may be doubted, but what is noted of a paper is never more than is there.
    """
    with opened(server) as store:
        there = held(store)
    was = papers_of(former.wanted) if former else {}
    should = papers_of(latter.wanted)
    done = 0
    for id, one in papers_of(there).items():
        assert one in (was.get(id), should.get(id)), id
        links = {-1 if former else None}
        if former and one == was.get(id):
            links.add(links_of(former.wanted, id))
        if one == should.get(id):
            links.add(links_of(latter.wanted, id))
        assert links_of(there, id) in links, id
        done += one == should.get(id)
    return done


def assert_equal(server: Server, graph: Graph) -> None:
    """Asserts that the database holds this graph with all constraints, and nothing else."""
    with opened(server) as store:
        there = held(store)
        ((counted,), (tied,)) = (
            row.values()
            for row in store.read(
                "MATCH (n) RETURN count(n) AS n UNION ALL MATCH ()-[r]->() RETURN count(r) AS n"
            )
        )
        constraints = {row["name"] for row in store.read("SHOW CONSTRAINTS YIELD name")}
        indexes = {row["name"]: row["state"] for row in store.read("SHOW INDEXES")}
    for id in there.nodes.keys() | graph.wanted.nodes.keys():
        assert there.nodes.get(id) == graph.wanted.nodes.get(id), id
    for one, other in zip(there.relationships, graph.wanted.relationships, strict=True):
        assert one == other
    assert (counted, tied) == (len(there.nodes), len(there.relationships))
    schema = statement("schema")
    assert constraints == set(re.findall(r"CREATE CONSTRAINT (\w+)", schema))
    assert {*re.findall(r"CREATE (?:\w+ )*?INDEX (\w+)", schema)} < indexes.keys()
    assert "FAILED" not in indexes.values()


def assert_mended(loads: Loads, folder: Path, graph: Graph) -> None:
    """Asserts that the next load makes the database equal to the graph, and one more writes
    nothing."""
    loads.end(folder)
    assert_equal(loads.server, graph)
    nodes, relationships = len(graph.wanted.nodes), len(graph.wanted.relationships)
    assert loads.end(folder) == (
        0,
        f"{loads.server.uri}: {nodes:,} nodes (0 created, 0 removed), "
        f"{relationships:,} relationships (0 created, 0 removed)",
    )


def assert_server_is_missed(done: Done, uri: str) -> None:
    assert done.code == 1
    assert done.err in (
        f"kg: cannot reach {uri}; is Neo4j running there?\n",
        f"kg: {uri} broke the connection off; try again when Neo4j is up\n",
    )


def empty(server: Server) -> None:
    """Takes all out of a database, constraints and indexes, too."""
    with opened(server) as store:
        for each in ("()-[each]->()", "(each)"):
            delete = f"MATCH {each} WITH each LIMIT 10000 DELETE each"
            while sum(store.write(delete).values()):
                pass
        for row in store.read("SHOW CONSTRAINTS YIELD name"):
            store.write(f"DROP CONSTRAINT {row['name']}")
        for row in store.read("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"):
            store.write(f"DROP INDEX {row['name']}")


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JavaServer]:
    """A server that may be killed."""
    try:
        with java_server(tmp_path_factory.mktemp("killed")) as server:
            yield server
    except NoNeo4jError as error:
        pytest.fail(str(error))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Graph, Graph]:
    """Two states of one graph of a few hundred papers."""
    return graphs(tmp_path_factory.mktemp("small"), 400)


def end_by(number: signal.Signals) -> Callable[[subprocess.Popen[str]], object]:
    return lambda process: process.send_signal(number)


@pytest.mark.parametrize(
    ("number", "code", "says"),
    [
        (signal.SIGINT, 130, "kg: stopped; what was finished is kept\n"),
        (signal.SIGKILL, -signal.SIGKILL, ""),
    ],
    ids=["stopped", "killed"],
)
def test_a_load_that_is_stopped_or_killed_is_ended_by_the_next_one_at_once(
    neo4j_server: Server,
    neo4j_store: Neo4jStore,
    small: tuple[Graph, Graph],
    tmp_path: Path,
    number: signal.Signals,
    code: int,
    says: str,
) -> None:
    loads = Loads(neo4j_server, nodes=50, edges=200)
    for name, graph, writings in (("first", small[0], 20), ("second", small[1], 8)):
        folder = graph.copied(tmp_path / name)

        done = loads.interrupt(folder, writings, 0.05, end_by(number))

        assert (done.code, done.err) == (code, says)
        assert_mended(loads, folder, graph)


def test_a_load_whose_server_is_killed_leaves_whole_papers_and_is_ended_by_the_next_one(
    own_server: JavaServer, small: tuple[Graph, Graph], tmp_path: Path
) -> None:
    graph = small[0]
    loads = Loads(own_server.server, nodes=50, edges=200)
    folder = graph.copied(tmp_path / "papers.kg")

    done = loads.interrupt(folder, 40, 0.05, lambda _: own_server.kill())

    assert_server_is_missed(done, loads.server.uri)
    own_server.start()
    assert 0 < assert_whole(own_server.server, None, graph) < len(papers_of(graph.wanted))
    assert_mended(loads, folder, graph)


@pytest.mark.large
def test_ten_loads_whose_server_is_killed_at_any_moment_are_ended_by_the_next_ones(
    own_server: JavaServer, tmp_path: Path
) -> None:
    graph, other = graphs(tmp_path, 2_000)
    loads = Loads(own_server.server, nodes=400, edges=1_000)
    empty(own_server.server)
    firsts, _ = loads.end(graph.copied(tmp_path / "measured"))
    changes, _ = loads.end(other.copied(tmp_path / "measured anew"))
    moments = [*random_moments(firsts, 4, Random(1)), *random_moments(changes, 6, Random(2))]
    for number, (writings, seconds) in enumerate(moments):
        started = time.monotonic()
        is_first = number < 4
        if is_first:
            empty(own_server.server)
        graph, other = other, graph
        folder = graph.copied(tmp_path / f"{number}")

        done = loads.interrupt(folder, writings, seconds, lambda _: own_server.kill())
        assert_server_is_missed(done, loads.server.uri)
        own_server.start()
        whole = assert_whole(own_server.server, None if is_first else other, graph)
        assert_mended(loads, folder, graph)

        of = firsts if is_first else changes
        sys.stdout.write(
            f"round {number + 1}, {'first load' if is_first else 'changes'}: killed behind "
            f"{writings} of {of} writings and {seconds:.2f} s; {whole:,} of "
            f"{len(papers_of(graph.wanted)):,} papers were as they should be; "
            f"{time.monotonic() - started:.0f} s; {done.err}"
        )


def random_moments(writings: int, rounds: int, chance: Random) -> Iterator[tuple[int, float]]:
    """Moments of a load, one in each equal part of it: how often it has begun to write, and some
    seconds, which are fewer towards the end."""
    for number in range(rounds):
        begun = 1 + int((writings - 2) * (number + chance.random()) / rounds)
        yield begun, chance.uniform(0, min(0.2, 0.02 * (writings - begun)))
