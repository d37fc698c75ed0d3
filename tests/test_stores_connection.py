"""The way to a Neo4j: options, encryption, versions, bounds of answers, and what stays secret."""

import logging
import socket
import ssl
import threading
import time
import traceback
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import neo4j
import pytest
import trustme
import typer
from bolt_stub import Failure, bolt_stub, listener
from commands import environment, kg, kg_process
from neo4j_server import Server

from kg.cli import app
from kg.cli.options import Address
from kg.errors import QueryError, StoreError
from kg.stores.bolt import Neo4jStore, connect
from kg.stores.embedded import EmbeddedStore
from kg.stores.protocol import MAX_ROWS, Bounds, Store

SECRET = "secret-7f3a91"
NAMES = ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_DATABASE", "NEO4J_PASSWORD")


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that names no Neo4j but knows a password."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NEO4J_PASSWORD", SECRET)


# --- options and environment ---


def test_the_environment_names_user_and_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_USERNAME", "ada")
    monkeypatch.setenv("NEO4J_DATABASE", "papers")

    with bolt_stub() as stub:
        assert kg("cypher", "RETURN 1 AS one", "--store", stub.uri).code == 0

    logon = dict(stub.heard)["LOGON"][0]
    assert logon == {"scheme": "basic", "principal": "ada", "credentials": SECRET}
    assert [one["db"] for one in stub.begun()] == ["papers"]
    assert dict(stub.heard[:3])["RUN"][2] == {"db": "papers", "mode": "r"}  # the first question


def test_an_option_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_USERNAME", "ada")
    monkeypatch.setenv("NEO4J_DATABASE", "papers")

    with bolt_stub() as stub:
        options = ("--store", stub.uri, "--user", "grace", "--database", "others")
        assert kg("query", "most_used", *options).code == 0

    assert dict(stub.heard)["LOGON"][0]["principal"] == "grace"
    assert [one["db"] for one in stub.begun()] == ["others"]


def test_without_either_it_is_the_user_neo4j_and_the_database_of_the_server() -> None:
    with bolt_stub() as stub:
        assert kg("cypher", "RETURN 1 AS one", "--store", stub.uri).code == 0

    assert dict(stub.heard)["LOGON"][0]["principal"] == "neo4j"
    assert "db" not in stub.begun()[0]


def test_an_address_in_the_environment_leaves_questions_with_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bolt_stub() as stub:
        monkeypatch.setenv("NEO4J_URI", stub.uri)
        for words in (["cypher", "RETURN 1 AS one"], ["query", "most_used"]):
            done = kg(*words, "--graph", tmp_path / "nowhere.kg")

            assert done.code == 1
            assert "nowhere.kg" in done.err

    assert stub.heard == []


def test_the_address_to_load_to_may_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def show(store: Address) -> None:
        typer.echo(store)

    command = typer.Typer()
    command.command()(show)
    monkeypatch.setenv("NEO4J_URI", "bolt://from.environment")

    command([], standalone_mode=False)
    command(["bolt://given"], standalone_mode=False)

    assert capsys.readouterr().out == "bolt://from.environment\nbolt://given\n"


@pytest.mark.parametrize(
    "uri",
    [
        f"bolt://neo4j:{SECRET}@localhost:7687",
        f"neo4j+s://neo4j:{SECRET}@host",
        f"neo4j:{SECRET}@localhost",
        f"bolt://neo4j:{SECRET}/@localhost",
        f"http://{SECRET}@localhost",
        f"bolt://localhost?password={SECRET}",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(uri: str) -> None:
    done = kg("cypher", "RETURN 1", "--store", uri)

    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert SECRET not in done.err
    with pytest.raises(StoreError) as caught:
        connect(uri, password="p")
    assert SECRET not in "".join(traceback.format_exception(caught.value))


# --- encryption ---


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def certificate(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the authority."""
    path = tmp_path_factory.mktemp("tls") / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


@pytest.fixture(scope="module")
def encrypted_port(authority: trustme.CA, neo4j_server: Server) -> Iterator[int]:
    """A port of localhost where the real server is asked through TLS."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    host, _, port = neo4j_server.uri.removeprefix("bolt://").partition(":")

    def forward(plain: socket.socket) -> None:
        with (
            context.wrap_socket(plain, server_side=True) as inner,
            socket.create_connection((host, int(port))) as outer,
        ):
            back = threading.Thread(target=pump, args=(outer, inner), daemon=True)
            back.start()
            pump(inner, outer)
            back.join()

    with listener(forward) as encrypted:
        yield encrypted


def pump(source: socket.socket, target: socket.socket) -> None:
    """Hand on what comes until it ends."""
    with suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_server_is_trusted_by_the_authority_that_is_named(
    scheme: str, encrypted_port: int, certificate: Path, neo4j_password: str
) -> None:
    uri = f"{scheme}://localhost:{encrypted_port}"

    with connect(uri, password=neo4j_password, certificate=certificate) as store:
        assert store.run("RETURN 1 AS one") == [{"one": 1}]


@pytest.mark.parametrize("scheme", ["bolt+ssc", "neo4j+ssc"])
def test_any_certificate_is_trusted_where_the_address_says_so(
    scheme: str, encrypted_port: int, neo4j_password: str
) -> None:
    with connect(f"{scheme}://localhost:{encrypted_port}", password=neo4j_password) as store:
        assert store.run("RETURN 1 AS one") == [{"one": 1}]


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_server_of_an_unknown_authority_is_not_trusted(scheme: str, encrypted_port: int) -> None:
    uri = f"{scheme}://localhost:{encrypted_port}"

    done = kg("cypher", "RETURN 1", "--store", uri)

    assert (done.code, done.err) == (
        1,
        f"kg: {uri}: the certificate is not trusted (unable to get local issuer certificate); "
        "name the authority that signed it with --ca-certificate\n",
    )


def test_a_certificate_for_another_name_is_not_trusted(
    encrypted_port: int, certificate: Path
) -> None:
    with pytest.raises(StoreError, match="certificate is another server's; write the name"):
        connect(f"bolt+s://127.0.0.1:{encrypted_port}", password="p", certificate=certificate)


def test_encryption_that_only_one_side_wants_is_told(
    encrypted_port: int, neo4j_uri: str, certificate: Path
) -> None:
    with pytest.raises(StoreError, match=r"does not answer encrypted; write it without \+s"):
        connect(neo4j_uri.replace("bolt:", "bolt+s:"), password="p", certificate=certificate)
    with pytest.raises(StoreError, match=r"write bolt\+s:// if it is encrypted"):
        connect(f"bolt://localhost:{encrypted_port}", password="p")


@pytest.mark.parametrize(
    ("content", "line"),
    [(None, "cannot be read: No such file"), ("no PEM", "holds no certificate"), ("", "holds no")],
)
def test_a_file_that_is_no_certificate_is_named(
    tmp_path: Path, content: str | None, line: str
) -> None:
    path = tmp_path / "authority.pem"
    if content is not None:
        path.write_text(content)

    done = kg("cypher", "RETURN 1", "--store", "bolt+s://localhost:1", "--ca-certificate", path)

    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert done.err.startswith(f"kg: {path}: {line}")


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+ssc"])
def test_a_certificate_goes_with_checked_encryption_alone(scheme: str, certificate: Path) -> None:
    with pytest.raises(StoreError, match=r"--ca-certificate goes with bolt\+s:// or neo4j\+s://"):
        connect(f"{scheme}://localhost:1", password="p", certificate=certificate)


# --- versions ---


@pytest.mark.parametrize(
    "agent", ["Neo4j/5.26.0", "Neo4j/5.26.30", "Neo4j/5.27-aura", "Neo4j/2025.01.0", "Neo4j/2026.6"]
)
def test_a_neo4j_of_today_is_good(agent: str) -> None:
    with bolt_stub(agent) as stub, connect(stub.uri, password="p") as store:
        assert store.run("RETURN 1 AS one") == []


@pytest.mark.parametrize(
    ("agent", "version", "line"),
    [
        ("Neo4j/4.4.42", (4, 4), "URI is Neo4j 4.4.42; kg needs 5.26 or later"),
        ("Neo4j/5.25.1", (5, 7), "URI is Neo4j 5.25.1; kg needs 5.26 or later"),
        (
            "Neo4j/v5.11.0 compatible graph database server - Memgraph",
            (5, 2),
            'URI is no Neo4j but "Neo4j/v5.11.0 compatible graph database server - Memgraph"; '
            "kg needs Neo4j 5.26 or later",
        ),
        ("", (5, 4), 'URI is no Neo4j but ""; kg needs Neo4j 5.26 or later'),
        ("", (0, 0), "URI is no Neo4j 5.26 or later, which kg needs; check the port"),
    ],
    ids=["4.4", "5.25", "memgraph", "nameless", "another-bolt"],
)
def test_another_server_is_told_with_what_is_needed(
    agent: str, version: tuple[int, int], line: str
) -> None:
    with bolt_stub(agent, version=version) as stub:
        done = kg("cypher", "RETURN 2", "--store", stub.uri)

        assert (done.code, done.out) == (1, "")
        assert done.err.replace(stub.uri, "URI") == f"kg: {line}\n"


def test_a_connection_costs_one_question() -> None:
    with bolt_stub() as stub, connect(stub.uri, password="p"):
        assert stub.names == ["HELLO", "LOGON", "RUN", "PULL"]


def test_a_connection_that_fails_is_closed_again() -> None:
    with bolt_stub("Neo4j/4.4.42", version=(4, 4)) as stub:
        with pytest.raises(StoreError):
            connect(stub.uri, password="p")

        deadline = time.monotonic() + 5
        while "GOODBYE" not in stub.names and time.monotonic() < deadline:
            time.sleep(0.01)
        assert stub.names[-1] == "GOODBYE"


# --- bounds ---


def test_questions_only_read_and_have_a_time() -> None:
    with bolt_stub() as stub:
        assert kg("cypher", "RETURN 1 AS one", "--store", stub.uri).code == 0
        assert kg("query", "most_used", "--store", stub.uri).code == 0
        words = ("cypher", "RETURN 1 AS one", "--store", stub.uri, "--timeout", "7")
        assert kg(*words).code == 0

    assert [(one["mode"], one["tx_timeout"]) for one in stub.begun()] == [
        ("r", 180_000),
        ("r", 180_000),
        ("r", 7_000),
    ]


def test_an_answer_is_read_up_to_a_number_of_rows(store: Store) -> None:
    ten = "UNWIND range(1, 10) AS n RETURN n"

    assert len(store.run(ten, bounds=Bounds(rows=10))) == 10
    assert len(store.run(ten, bounds=Bounds(rows=None))) == 10
    with pytest.raises(QueryError, match="more than 9 rows; put a LIMIT"):
        store.run(ten, bounds=Bounds(rows=9))


def test_a_question_that_says_nothing_has_a_bound_too(store: Store) -> None:
    with pytest.raises(QueryError, match="more than 100,000 rows"):
        store.run(f"UNWIND range(0, {MAX_ROWS}) AS n RETURN n")


def test_the_folder_gives_a_question_up_as_neo4j_does(small_embedded: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match="no answer within the time limit"):
        small_embedded.run(
            "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b RETURN sum(a * b)",
            bounds=Bounds(seconds=0.01),
        )


def test_an_endless_answer_is_not_fetched(neo4j_connection: Neo4jStore) -> None:
    tracemalloc.start()
    started = time.monotonic()
    try:
        with pytest.raises(QueryError, match="more than 10,000 rows"):
            neo4j_connection.run(
                "UNWIND range(1, 10000000) AS n RETURN n", bounds=Bounds(rows=10_000)
            )
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < 20e6
    assert time.monotonic() - started < 20


def test_the_rows_of_a_command_are_bounded(
    neo4j_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    words = ("cypher", "UNWIND range(1, 4) AS n RETURN n", "--store", neo4j_server.uri, "--csv")

    assert kg(*words, "--max-rows", "4").out == "n\n1\n2\n3\n4\n"
    done = kg(*words, "--max-rows", "3")
    assert (done.code, done.out) == (1, "")
    assert done.err == "kg: more than 3 rows; put a LIMIT (kg cypher --max-rows allows more)\n"


# --- what stays secret ---


def test_no_command_takes_a_password() -> None:
    commands = typer.main.get_command(app).commands

    options = {option for one in commands.values() for part in one.params for option in part.opts}
    assert {"--store", "--user", "--database", "--ca-certificate"} <= options
    assert [option for option in options if "pass" in option] == []


@pytest.mark.parametrize("command", ["load", "query", "cypher"])
def test_help_shows_no_value_of_the_environment(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        monkeypatch.setenv(name, SECRET)

    done = kg(command, "--help")

    assert done.code == 0
    assert "NEO4J_USERNAME" in done.out
    assert SECRET not in done.out + done.err


@pytest.mark.parametrize("where", ["LOGON", "RETURN 1", "RETURN 2", "COMMIT"])
def test_no_error_holds_the_password(where: str) -> None:
    refused = Failure("Neo.ClientError.Security.Unauthorized")

    with bolt_stub(answers={where: refused}) as stub:
        words = ("cypher", "RETURN 2", "--store", stub.uri)
        done = kg_process(*words, env=environment(NEO4J_PASSWORD=SECRET))
        with pytest.raises(StoreError) as caught, connect(stub.uri, password=SECRET) as store:
            store.run("RETURN 2")

    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert SECRET not in done.err
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert SECRET not in repr(causes(caught.value))


def causes(error: BaseException | None) -> list[object]:
    """An error and all that it came of, each with what it holds."""
    found: list[object] = []
    while error is not None:
        found.append((error, error.args, vars(error)))
        error = error.__cause__ or error.__context__
    return found


def test_no_log_of_the_driver_holds_the_password(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="neo4j")

    with bolt_stub() as stub, connect(stub.uri, password=SECRET) as store:
        store.run("RETURN 2")

    assert "'credentials': '*******'" in caplog.text
    assert SECRET not in caplog.text


def test_a_store_does_not_show_what_it_knows() -> None:
    with bolt_stub() as stub, connect(stub.uri, password=SECRET) as store:
        assert SECRET not in repr(store) + repr(vars(store))


def test_every_session_sees_what_another_has_written(
    neo4j_store: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a cluster a session may read from a server that lags behind, unless it is told."""
    managers = []
    session = type(neo4j_store._driver).session

    def noting(driver: neo4j.Driver, **config: object) -> neo4j.Session:
        managers.append(config.get("bookmark_manager"))
        return session(driver, **config)

    monkeypatch.setattr(type(neo4j_store._driver), "session", noting)
    neo4j_store.write("CREATE (:Note)")
    neo4j_store.run("MATCH (n:Note) RETURN n")
    neo4j_store.read("MATCH (n:Note) RETURN n")

    assert None not in managers
    assert len(set(map(id, managers))) == 1
    assert list(managers[0].get_bookmarks())
