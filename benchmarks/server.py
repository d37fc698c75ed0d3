"""A Neo4j to measure by: a fresh one as the tests have it, with APOC; or the user's own."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import neo4j

from tests.neo4j_server import (
    CACHE,
    OPENED,
    NoNeo4jError,
    Server,
    artefacts,
    ensure_java,
    free_port,
    run,
    set_password,
    wait,
)

SOURCE = Path(__file__).parent / "Neo4jWithApoc.java"
APOC = "5.26.0"  # works with later servers of 5.26, too
FLAGS = ("-Xms3g", "-Xmx3g")
WRITING = r"(?s).*\b(CREATE|MERGE|SET|REMOVE|DELETE)\b.*"
SCHEMA = r"(?s).*\b(CONSTRAINT|INDEX)\b.*"


@contextmanager
def fresh_server() -> Iterator[Server]:
    """An empty server in a process of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home, port = Path(folder), free_port()
        (home / "plugins").mkdir()
        plugin = shutil.copy(apoc(), home / "plugins")
        path = f"{artefacts()}/*{os.pathsep}{plugin}"
        command = ["java", *FLAGS, *OPENED, "-cp", path, str(SOURCE), folder, str(port)]
        log = home / "server.log"
        with log.open("w") as output:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT
            )
        try:
            server = Server(f"bolt://127.0.0.1:{port}", secrets.token_hex(8))
            wait(server, "neo4j", process)
            set_password(server)
            yield server
        except NoNeo4jError as error:
            raise NoNeo4jError(f"{error}: {log.read_text()[-2000:]}") from error
        finally:
            process.kill()
            process.communicate()


@contextmanager
def own_server(uri: str) -> Iterator[Server]:
    """The user's server, with its password from NEO4J_PASSWORD; emptied afterwards.

    Raises: NoNeo4jError if there is anything in it.
    """
    server = Server(uri, os.environ.get("NEO4J_PASSWORD", ""))
    if held(server) != (0, 0):
        raise NoNeo4jError(f"{uri} holds nodes; name an empty database")
    try:
        yield server
    finally:
        empty(server)


def apoc() -> Path:
    """The jar of APOC's procedures, fetched once by Maven into the cache."""
    jar = CACHE.parent / "apoc" / f"apoc-core-{APOC}-core.jar"
    if not jar.exists():
        ensure_java()
        artefact = f"-Dartifact=org.neo4j.procedure:apoc-core:{APOC}:jar:core"
        goal = ("dependency:copy", artefact, f"-DoutputDirectory={jar.parent}")
        fetched = run("mvn", "-q", *goal)
        if not jar.exists():
            raise NoNeo4jError(f"Maven could not fetch APOC: {fetched.stdout[-1000:]}")
    return jar


@contextmanager
def session_of(server: Server) -> Iterator[neo4j.Session]:
    """One session on a server."""
    with driver_of(server) as driver, driver.session() as session:
        yield session


def driver_of(server: Server) -> neo4j.Driver:
    """A connection to a server."""
    auth = ("neo4j", server.password)
    return neo4j.GraphDatabase.driver(server.uri, auth=auth, notifications_min_severity="OFF")


def held(server: Server) -> tuple[int, int]:
    """How many nodes and relationships there are."""
    with session_of(server) as session:
        nodes = session.run("MATCH (n) RETURN count(n)").single(strict=True)
        relationships = session.run("MATCH ()-[r]->() RETURN count(r)").single(strict=True)
        return nodes[0], relationships[0]


def empty(server: Server) -> None:
    """Removes all nodes and relationships, constraints and indexes."""
    with session_of(server) as session:
        for what, all_of_them in (("CONSTRAINT", "CONSTRAINTS"), ("INDEX", "INDEXES")):
            for row in session.run(f"SHOW {all_of_them} YIELD name, type").data():
                if row["type"] != "LOOKUP":
                    session.run(f"DROP {what} $name IF EXISTS", name=row["name"]).consume()
        for each in ("()-[each]->()", "(each)"):
            delete = f"MATCH {each} CALL (each) {{ DELETE each }} IN TRANSACTIONS OF 20000 ROWS"
            session.run(delete).consume()


def forget_statements(server: Server) -> None:
    """Begins to count statements anew; the server keeps the last few thousand."""
    with session_of(server) as session:
        for act in ("stop", "clear", "collect"):
            session.run(f"CALL db.stats.{act}('QUERIES')").consume()


def writing_statements(server: Server) -> int:
    """How many statements that write nodes or relationships have been run since."""
    with session_of(server) as session:
        counted = session.run(
            """
            CALL db.stats.retrieve('QUERIES') YIELD data
            WHERE data.query =~ $writing AND NOT data.query =~ $schema
            RETURN sum(data.invocationSummary.invocationCount)
            """,
            writing=WRITING,
            schema=SCHEMA,
        )
        return int(counted.single(strict=True)[0])


def release(server: Server) -> str:
    """The version of a server."""
    with session_of(server) as session:
        components = session.run("CALL dbms.components() YIELD versions RETURN versions[0]")
        return str(components.single(strict=True)[0])


def has_apoc(server: Server) -> bool:
    """Whether a server has the procedures that other writers call."""
    with session_of(server) as session:
        named = "SHOW PROCEDURES YIELD name WHERE name = 'apoc.merge.relationship' RETURN name"
        return session.run(named).single() is not None
