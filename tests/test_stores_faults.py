"""What goes wrong with a Neo4j is told in one line, with the place and the cure."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from bolt_stub import Answer, Failure, HangUp, Nonsense, bolt_stub, listener
from commands import environment, kg, kg_process

from kg.errors import KgError, QueryError, StoreError
from kg.stores import connection
from kg.stores.bolt import Neo4jStore, connect
from kg.stores.protocol import Bounds

MEMORY = "server.memory.heap.max_size and dbms.memory.transaction.total.max"
UNAVAILABLE = "the database of this user is stopping or starting; try again when it is up"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What may pass by itself is not waited for."""
    monkeypatch.setattr(connection, "_RETRY_SECONDS", 0.0)
    monkeypatch.setenv("NEO4J_PASSWORD", "a-password")


def told(uri: str) -> str:
    """The one line in which `kg` says what is wrong with the server at `uri`, without the place."""
    done = kg("cypher", "RETURN 2", "--store", uri)

    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    return done.err.removeprefix("kg: ").rstrip("\n").replace(uri, "URI")


@pytest.mark.parametrize(
    ("message", "code", "line"),
    [
        (
            "LOGON",
            "Neo.ClientError.Security.Unauthorized",
            "URI refuses this user and password; check --user and NEO4J_PASSWORD",
        ),
        (
            "LOGON",
            "Neo.ClientError.Security.AuthenticationRateLimit",
            "URI refuses this user after too many wrong passwords; wait a while, then check "
            "NEO4J_PASSWORD",
        ),
        (
            "RETURN 1",
            "Neo.ClientError.Security.CredentialsExpired",
            "URI: this password must be changed first, as one that Neo4j came with; do so in its "
            "browser or by cypher-shell",
        ),
        (
            "RETURN 1",
            "Neo.ClientError.Database.DatabaseNotFound",
            "URI has no database of this user; name another with --database",
        ),
        (
            "RETURN 2",
            "Neo.ClientError.Security.Forbidden",
            "URI: this user may not do that; let it read and write there, or name another with "
            "--user (a message of the server)",
        ),
        (
            "RETURN 2",
            "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
            "URI: the database of this user can only be read; name another with --database",
        ),
        (
            "RETURN 2",
            "Neo.ClientError.Cluster.NotALeader",
            "URI: this server of a cluster takes no writes; write neo4j:// for bolt://, which "
            "finds the one that does",
        ),
        (
            "RETURN 2",
            "Neo.TransientError.General.TransactionMemoryLimit",
            f"URI: the server ran out of memory; raise {MEMORY} there",
        ),
        (
            "RETURN 2",
            "Neo.TransientError.General.OutOfMemoryError",
            f"URI: the server ran out of memory; raise {MEMORY} there",
        ),
        ("RETURN 2", "Neo.TransientError.General.DatabaseUnavailable", f"URI: {UNAVAILABLE}"),
        ("RETURN 2", "Neo.ClientError.Transaction.Terminated", f"URI: {UNAVAILABLE}"),
        (
            "RETURN 2",
            "Neo.ClientError.Transaction.TransactionTimedOut",
            "no answer within the time limit; ask for less (kg cypher --timeout allows more)",
        ),
        ("RETURN 2", "Neo.ClientError.Statement.SyntaxError", "a message of the server"),
        ("RETURN 2", "Neo.DatabaseError.General.UnknownError", "URI: a message of the server"),
        ("BEGIN", "no code at all", "URI: a message of the server"),
    ],
)
def test_what_the_server_refuses_is_told_with_a_cure(message: str, code: str, line: str) -> None:
    with bolt_stub(answers={message: Failure(code)}) as stub:
        assert told(stub.uri) == line


def test_the_setting_that_a_server_names_is_the_one_to_raise() -> None:
    full = Failure(
        "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
        "would use more than the limit 512.0 MiB. db.memory.transaction.total.max threshold",
    )

    with bolt_stub(answers={"RETURN 2": full}) as stub:
        assert told(stub.uri) == (
            "URI: the server ran out of memory; raise db.memory.transaction.total.max there"
        )


@pytest.mark.parametrize("message", ["HELLO", "LOGON", "RETURN 1", "BEGIN", "RETURN 2", "COMMIT"])
def test_a_server_that_stops_meanwhile_is_told(message: str) -> None:
    with bolt_stub(answers={message: HangUp()}) as stub:
        assert told(stub.uri) == "URI broke the connection off; try again when Neo4j is up"


@pytest.mark.parametrize("message", ["HELLO", "RETURN 1", "RETURN 2"])
def test_a_server_that_talks_nonsense_is_told(message: str) -> None:
    with bolt_stub(answers={message: Nonsense()}) as stub:
        assert told(stub.uri).startswith("URI: Unexpected response")


@pytest.mark.parametrize(
    ("greeting", "line"),
    [
        (
            b"HTTP/1.1 400 Bad Request\r\n\r\n",
            "URI answers in HTTP; write the port of Bolt, which usually is 7687",
        ),
        (b"SSH-2.0-OpenSSH\r\n", "URI is no Neo4j 5.26 or later, which kg needs; check the port"),
        (
            b"",
            "URI does not answer in Bolt; check the port, or write bolt+s:// if it is encrypted",
        ),
    ],
    ids=["http", "ssh", "nothing"],
)
@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_port_of_something_else_is_told(scheme: str, greeting: bytes, line: str) -> None:
    def greet(one: socket.socket) -> None:
        one.sendall(greeting)
        if greeting:
            one.recv(20)

    with listener(greet) as port:
        assert told(f"{scheme}://127.0.0.1:{port}") == line


def test_a_server_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_ANSWER_SECONDS", 0.5)

    with listener(lambda _: time.sleep(5)) as port:
        started = time.monotonic()
        line = told(f"bolt://127.0.0.1:{port}")

    assert line.startswith("URI does not answer in Bolt")
    assert time.monotonic() - started < 4


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+s", "neo4j+s"])
def test_a_server_that_does_not_run_is_told_in_one_line(scheme: str) -> None:
    uri = f"{scheme}://localhost:1"

    done = kg_process(  # where Python would show what the driver logs
        "cypher", "RETURN 2", "--store", uri, env=environment(NEO4J_PASSWORD="a-password")
    )

    assert (done.code, done.out) == (1, "")
    assert done.err == f"kg: cannot reach {uri}; is Neo4j running there?\n"


@pytest.mark.parametrize("host", ["no.such.host.invalid", "localhost:port"])
@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_host_that_is_none_is_told(scheme: str, host: str) -> None:
    assert told(f"{scheme}://{host}") == "URI: there is no such host or port; check the address"


@pytest.fixture
def stubbed() -> Iterator[Neo4jStore]:
    with bolt_stub() as stub, connect(stub.uri, password="a-password") as store:
        yield store


@pytest.mark.parametrize("value", [2**70, object(), {1: 2}, "\ud800"])
def test_a_parameter_that_cannot_be_sent_is_told(stubbed: Neo4jStore, value: object) -> None:
    with pytest.raises(QueryError) as caught:
        stubbed.run("RETURN $value", {"value": value})

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("CREATE (n)", Failure("Neo.ClientError.Security.Forbidden")),
        ("COMMIT", Failure("Neo.TransientError.General.OutOfMemoryError")),
        ("COMMIT", HangUp()),
    ],
)
def test_what_could_not_be_written_is_an_error(message: str, answer: Answer) -> None:
    with bolt_stub(answers={message: answer}) as stub, connect(stub.uri, password="p") as store:
        with pytest.raises(StoreError):
            store.write("CREATE (n)")

        assert stub.names.count("COMMIT") == (message == "COMMIT")


def test_a_statement_that_fails_on_its_way_writes_nothing(neo4j_store: Neo4jStore) -> None:
    with pytest.raises(KgError, match="/ by zero"):
        neo4j_store.write("UNWIND [1, 0] AS n CREATE (:Half {n: 1 / n})")

    assert neo4j_store.run("MATCH (n:Half) RETURN count(n) AS n") == [{"n": 0}]


def test_a_question_that_takes_too_long_is_given_up(neo4j_store: Neo4jStore) -> None:
    started = time.monotonic()

    with pytest.raises(QueryError, match="no answer within the time limit"):
        neo4j_store.run(
            "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN sum(a * b)",
            bounds=Bounds(seconds=1),
        )

    assert time.monotonic() - started < 30


def test_a_missing_database_is_told_on_both_ways(neo4j_uri: str, neo4j_password: str) -> None:
    for uri in (neo4j_uri, neo4j_uri.replace("bolt:", "neo4j:")):
        with pytest.raises(StoreError) as caught:
            connect(uri, password=neo4j_password, database="nowhere")

        assert str(caught.value) == f"{uri} has no database nowhere; name another with --database"


def test_nothing_is_asked_of_a_server_while_the_graph_is_missing(tmp_path: Path) -> None:
    with bolt_stub() as stub:
        done = kg("load", stub.uri, "--graph", tmp_path / "nowhere.kg")

    assert done.code == 1
    assert stub.heard == []
