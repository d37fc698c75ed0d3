"""A real Neo4j for the tests: one that runs already, one in Docker, or one from Maven's artefacts.

`KG_TEST_NEO4J_URI` and `NEO4J_PASSWORD` name an empty database to use instead of starting any.
"""

import os
import secrets
import shlex
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import neo4j
from neo4j.exceptions import Neo4jError, ServiceUnavailable

HERE = Path(__file__).parent
VERSION = "5.26.30"
IMAGE = "neo4j:5.26-community"
CACHE = HERE.parent.parent / ".cache" / "neo4j"
PATIENCE = 180  # seconds until a server must answer
FLAGS = ["-Xmx768m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]  # small, and soon up
OPENED = [
    f"--add-opens=java.base/{package}=ALL-UNNAMED"
    for package in ("java.nio", "java.lang", "sun.nio.ch")
]


class NoNeo4jError(Exception):
    """No Neo4j can be started here; the message says what is missing."""


@dataclass(frozen=True)
class Server:
    uri: str
    password: str


@contextmanager
def running_server(home: Path) -> Iterator[Server]:
    """A server that answers; what was started for it is gone afterwards."""
    if uri := os.environ.get("KG_TEST_NEO4J_URI"):
        if not (known := os.environ.get("NEO4J_PASSWORD")):
            raise NoNeo4jError("KG_TEST_NEO4J_URI is set, but NEO4J_PASSWORD is not")
        yield Server(uri, known)
    elif container := _started_container(password := secrets.token_hex(8)):
        try:
            server = Server(f"bolt://{_published(container)}", password)
            wait(server, password)
            yield server
        finally:
            run("docker", "rm", "--force", container)
    else:
        with java_server(home) as one:
            yield one.server


def _started_container(password: str) -> str:
    """The id of a new container, or "" where no Docker engine runs or the image cannot be had."""
    if not shutil.which("docker") or run("docker", "info").returncode:
        return ""
    options = ("--env", f"NEO4J_AUTH=neo4j/{password}", "--publish", "127.0.0.1::7687")
    started = run("docker", "run", "--detach", "--rm", *options, IMAGE)
    return started.stdout.split()[-1] if started.returncode == 0 else ""


def _published(container: str) -> str:
    return run("docker", "port", container, "7687/tcp").stdout.split()[0]


class JavaServer:
    """A server in a process of its own, which can be killed and started again where it was.

    It ends with this process at the latest.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self._port = free_port()
        self._log = home / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self.server = Server(f"bolt://127.0.0.1:{self._port}", secrets.token_hex(8))

    def start(self, password: str = "") -> None:
        """Starts it, and waits until it answers; on what it held before it has mended its store."""
        source = str(HERE / "Neo4jServer.java")
        classpath = f"{artefacts()}/*"
        words = ("-cp", classpath, source, str(self._home), str(self._port))
        with self._log.open("a") as output:
            self._process = subprocess.Popen(
                ["java", *FLAGS, *OPENED, *words],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            wait(self.server, password or self.server.password, self._process)
        except NoNeo4jError as error:
            raise NoNeo4jError(f"{error}: {self._log.read_text()[-2000:]}") from error

    def kill(self) -> None:
        """Ends it at once; it can finish nothing."""
        if self._process:
            self._process.kill()
            self._process.communicate()


@contextmanager
def java_server(home: Path) -> Iterator[JavaServer]:
    """A new server from Maven's artefacts, nobody else's; it is gone afterwards."""
    one = JavaServer(home)
    try:
        one.start("neo4j")
        set_password(one.server)
        yield one
    finally:
        one.kill()


def artefacts() -> Path:
    """The folder of Neo4j's jars, fetched once by Maven into the cache."""
    folder = CACHE / VERSION
    if not folder.is_dir():
        ensure_java()
        fresh = CACHE / f"{VERSION}.{os.getpid()}"
        goal = ("dependency:copy-dependencies", f"-DoutputDirectory={fresh}")
        fetched = run("mvn", "-q", "-f", str(HERE / "pom.xml"), *goal)
        if fetched.returncode:
            raise NoNeo4jError(f"Maven could not fetch Neo4j: {fetched.stdout[-1000:]}")
        if not folder.is_dir():
            fresh.rename(folder)
    return folder


def ensure_java() -> None:
    if shutil.which("mvn") and shutil.which("java"):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        run("apt-get", "update")
        run("apt-get", "install", "-y", "maven", "default-jdk-headless")
    if not (shutil.which("mvn") and shutil.which("java")):
        raise NoNeo4jError(
            "the tests need a Neo4j: start Docker, or install Maven and a JDK 17 or later "
            "(apt-get install maven default-jdk-headless), or set KG_TEST_NEO4J_URI"
        )


def wait(server: Server, password: str, process: subprocess.Popen[bytes] | None = None) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process and process.poll() is not None:
            break
        try:
            with neo4j.GraphDatabase.driver(server.uri, auth=("neo4j", password)) as driver:
                driver.verify_connectivity()
                return
        except ServiceUnavailable:
            time.sleep(0.2)
        except Neo4jError as error:
            if "CredentialsExpired" in str(error.code):
                return
            raise
    raise NoNeo4jError("Neo4j did not start")


def set_password(server: Server) -> None:
    with neo4j.GraphDatabase.driver(server.uri, auth=("neo4j", "neo4j")) as driver:
        driver.execute_query(
            "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password",
            password=server.password,
            database_="system",
        )


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


@contextmanager
def imported_server(home: Path, script: Path) -> Iterator[Server]:
    """A server of its own in a new folder, filled by a script that calls `neo4j-admin`."""
    (home / "conf").mkdir(parents=True)
    tool = home / "neo4j-admin"
    command = ["java", *FLAGS, *OPENED, "-cp", f"{artefacts()}/*", "org.neo4j.cli.AdminTool"]
    tool.write_text(f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n')
    tool.chmod(0o755)
    places = {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    path = f"{home}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [script],
        env={**os.environ, **places, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NoNeo4jError(f"the import failed: {done.stdout[-2000:]}")
    with java_server(home) as one:
        yield one.server
