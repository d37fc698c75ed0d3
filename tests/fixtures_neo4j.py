"""Fixtures for the tests that need a Neo4j: started once a session, never skipped."""

from collections.abc import Iterator

import pytest
import small_graph
from neo4j_server import NoNeo4jError, Server, running_server

from kg.stores.bolt import Neo4jStore, connect
from kg.stores.embedded import EmbeddedStore, make_snapshot, open_snapshot
from kg.stores.load import write_all
from kg.stores.protocol import Store
from kg.stores.schema import make_schema


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    try:
        with running_server(tmp_path_factory.mktemp("neo4j")) as server:
            yield server
    except NoNeo4jError as error:
        pytest.fail(str(error))


@pytest.fixture(scope="session")
def neo4j_uri(neo4j_server: Server) -> str:
    return neo4j_server.uri


@pytest.fixture(scope="session")
def neo4j_password(neo4j_server: Server) -> str:
    return neo4j_server.password


@pytest.fixture(scope="session")
def neo4j_connection(neo4j_server: Server) -> Iterator[Neo4jStore]:
    """One connection for all; the database was empty when the tests began."""
    with connect(neo4j_server.uri, password=neo4j_server.password) as store:
        if store.run("MATCH (n) RETURN n.id LIMIT 1"):
            pytest.fail(f"{neo4j_server.uri} holds nodes; the tests need an empty database")
        yield store


@pytest.fixture
def neo4j_store(neo4j_connection: Neo4jStore) -> Iterator[Neo4jStore]:
    """An empty database, for tests that change it."""
    neo4j_connection.write("MATCH (n) DETACH DELETE n")
    yield neo4j_connection
    neo4j_connection.write("MATCH (n) DETACH DELETE n")


@pytest.fixture(scope="session")
def small_embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    """The small graph as a snapshot."""
    path = tmp_path_factory.mktemp("snapshot") / "graph.kgl"
    make_snapshot(path, small_graph.nodes(), small_graph.edges())
    with open_snapshot(path) as store:
        yield store


@pytest.fixture(scope="module")
def small_neo4j(neo4j_connection: Neo4jStore) -> Iterator[Neo4jStore]:
    """The small graph in Neo4j, loaded in another order."""
    neo4j_connection.write("MATCH (n) DETACH DELETE n")
    make_schema(neo4j_connection)
    write_all(neo4j_connection, "small", *small_graph.wholes(*small_graph.shuffled()))
    neo4j_connection.write("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    yield neo4j_connection
    neo4j_connection.write("MATCH (n) DETACH DELETE n")


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest) -> Store:
    """The small graph in one store after the other."""
    loaded: Store = request.getfixturevalue(f"small_{request.param}")
    return loaded
