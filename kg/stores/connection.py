"""The way to a Neo4j: its address, whom its encryption trusts, and which server answers there."""

import logging
import re
import ssl
from pathlib import Path
from typing import Any

import neo4j

from kg.errors import StoreError

# Types of relationships that are parameters, by which a load writes them, came with 5.26, the
# oldest 5.x that is still looked after; the questions alone would do with 5.0.
# Source: https://neo4j.com/docs/cypher-manual/5/deprecations-additions-removals-compatibility/
OLDEST = "5.26"
_CONNECT_SECONDS = 10.0
_ANSWER_SECONDS = 20.0  # until a server that took the connection must have let the user in
_RETRY_SECONDS = 5.0
_ADDRESS = re.compile(
    r"bolt(\+s|\+ssc)?://[^\s/?#]+/?"
    r"|neo4j(\+s|\+ssc)?://[^\s/?#]+/?(\?\S+)?"  # with what a cluster chooses a server by
)
_AGENT = re.compile(r"Neo4j/(?P<version>\d+\.\d+)\S*")

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # else Python prints its warnings


def check_address(uri: str) -> None:
    """Pass where `uri` is an address of Neo4j without a user or a password in it.

    Raises: StoreError that does not repeat a password.
    """
    if "@" in uri:
        raise StoreError(
            "an address with a user or a password in it shows them to others; "
            "write bolt://localhost:7687 or the like, --user, and set NEO4J_PASSWORD"
        )
    if not _ADDRESS.fullmatch(uri):
        shown = uri.partition("?")[0]
        raise StoreError(f"{shown} is no address of Neo4j; write bolt://localhost:7687 or the like")


def open_driver(
    uri: str, *, user: str, password: str, certificate: Path | None = None
) -> neo4j.Driver:
    """A driver for the server at `uri`, which it has not spoken to yet.

    Raises: StoreError for a wrong address or certificate, and whatever the driver raises.
    """
    check_address(uri)
    plain, trust = (uri, {}) if certificate is None else _trusting(uri, certificate)
    return neo4j.GraphDatabase.driver(
        plain,
        auth=(user, password),
        connection_timeout=_CONNECT_SECONDS,
        connection_acquisition_timeout=_ANSWER_SECONDS,
        max_transaction_retry_time=_RETRY_SECONDS,
        **trust,
    )


def check_server(agent: str, uri: str) -> None:
    """Pass where `agent`, as the server at `uri` calls itself, is a Neo4j that is new enough.

    Raises: StoreError that says what was found and what is needed.
    """
    known = _AGENT.fullmatch(agent)
    if not known:
        raise StoreError(f'{uri} is no Neo4j but "{agent}"; kg needs Neo4j {OLDEST} or later')
    if _numbers(known["version"]) < _numbers(OLDEST):
        version = agent.removeprefix("Neo4j/")
        raise StoreError(f"{uri} is Neo4j {version}; kg needs {OLDEST} or later")


def _trusting(uri: str, certificate: Path) -> tuple[str, dict[str, Any]]:
    """The address and the settings by which the driver trusts `certificate` and nothing else.

    It takes such settings only with a scheme that does not speak of encryption itself.
    """
    scheme, _, rest = uri.partition("://")
    if not scheme.endswith("+s"):
        raise StoreError(f"{uri}: --ca-certificate goes with bolt+s:// or neo4j+s://")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(certificate)
    except ssl.SSLError as error:
        raise StoreError(
            f"{certificate}: holds no certificate; give the PEM file of the authority "
            "that signed the server's"
        ) from error
    except OSError as error:
        raise StoreError(f"{certificate}: cannot be read: {error.strerror}") from error
    trust = neo4j.TrustCustomCAs(str(certificate))
    plain = scheme.removesuffix("+s")
    return f"{plain}://{rest}", {"encrypted": True, "trusted_certificates": trust}


def _numbers(version: str) -> list[int]:
    return [int(number) for number in version.split(".")]
