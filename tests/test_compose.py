"""The Compose file: what it says is allowed, known to the server, and safe.

`compose-spec.json` is the schema of the Compose Specification, as of revision 170098b. Copyright
2020 The Compose Specification Authors, Apache License 2.0.
"""

import copy
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import neo4j
import pytest
import srsly
from neo4j_server import IMAGE, Server

FILE = Path(__file__).parents[1] / "docker-compose.yml"
TEXT = FILE.read_text("utf-8")
SCHEMA = json.loads(Path(__file__).with_name("compose-spec.json").read_text("utf-8"))
UNITS = {"m": 1, "g": 1024}


@pytest.fixture
def compose() -> dict[str, Any]:
    """The file as Compose reads it."""
    found: dict[str, Any] = srsly.yaml_loads(TEXT)
    return found


@pytest.fixture
def service(compose: dict[str, Any]) -> dict[str, Any]:
    """The only service of the file."""
    (one,) = compose["services"].values()
    return copy.deepcopy(one)


def settings(service: dict[str, Any]) -> dict[str, str]:
    """Neo4j's settings by the names that the image makes of variables: `_` is `.`, `__` is `_`."""
    return {
        name.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_"): value
        for name, value in service["environment"].items()
        if name != "NEO4J_AUTH"
    }


def megabytes(size: str) -> int:
    return int(size[:-1]) * UNITS[size[-1]]


def test_the_file_follows_the_compose_specification(compose: dict[str, Any]) -> None:
    jsonschema.Draft7Validator(SCHEMA).validate(compose)


@pytest.mark.parametrize(
    ("key", "value"), [("mem_limits", "2g"), ("healthcheck", {"tests": []}), ("ports", "7687")]
)
def test_the_specification_is_strict(compose: dict[str, Any], key: str, value: object) -> None:
    compose["services"]["neo4j"][key] = value

    assert not jsonschema.Draft7Validator(SCHEMA).is_valid(compose)


def test_the_server_knows_each_setting(service: dict[str, Any], neo4j_server: Server) -> None:
    with neo4j.GraphDatabase.driver(
        neo4j_server.uri, auth=("neo4j", neo4j_server.password)
    ) as driver:
        known = driver.execute_query("SHOW SETTINGS YIELD name").records

    assert len(settings(service)) == 4
    assert settings(service).keys() <= {row["name"] for row in known}


def test_the_memory_fits_into_its_limit(service: dict[str, Any]) -> None:
    sizes = {name.split(".memory.")[1]: megabytes(size) for name, size in settings(service).items()}

    assert sizes["heap.initial_size"] == sizes["heap.max_size"]
    assert sizes["transaction.total.max"] < sizes["heap.max_size"]
    java = 768  # classes, compiled code, threads, network
    assert sizes["heap.max_size"] + sizes["pagecache.size"] + java <= megabytes(
        service["mem_limit"]
    )


def test_it_is_the_image_that_the_tests_ask(service: dict[str, Any]) -> None:
    assert service["image"] == IMAGE


def test_it_needs_a_password_and_opens_no_port_to_others(service: dict[str, Any]) -> None:
    assert [re.fullmatch(r"(.*):\d+:\d+", port)[1] for port in service["ports"]] == [
        "127.0.0.1",
        "127.0.0.1",
    ]
    assert TEXT.count("NEO4J_PASSWORD:?") == 1
    assert service["environment"]["NEO4J_AUTH"].startswith("neo4j/${NEO4J_PASSWORD:?")


def test_no_command_holds_the_password(service: dict[str, Any]) -> None:
    commands = json.dumps([service["healthcheck"]["test"], service.get("command", "")])

    assert "AUTH" not in commands
    assert "PASSWORD" not in commands


def test_the_port_that_is_asked_for_health_is_that_of_bolt(service: dict[str, Any]) -> None:
    *_, probe = service["healthcheck"]["test"]

    assert probe == ": </dev/tcp/127.0.0.1/7687"
    assert any(port.endswith(":7687") for port in service["ports"])
