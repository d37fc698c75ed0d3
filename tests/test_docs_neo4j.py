"""What docs/neo4j.md shows is what happens: its commands and Cypher are run, in their order."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest
from commands import kg
from neo4j_server import Server

from kg.queries import LABELS, TYPES, cypher_folder
from kg.stores.bolt import Neo4jStore
from kg.stores.protocol import MAX_ROWS, TIMEOUT_SECONDS

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "neo4j.md").read_text("utf-8")
BLOCK = r"^```(\w+)\n(.*?)^```\n(?=(\n```cypher)?)"  # and whether Cypher stands right below
BLOCKS = re.findall(BLOCK, PAGE, re.MULTILINE | re.DOTALL)
SHOWN = "bolt://localhost:7687"


@pytest.fixture
def server(neo4j_server: Server, neo4j_store: Neo4jStore) -> Iterator[Server]:
    """A server that is as empty as a new one, without the schema, too."""
    for row in neo4j_store.read("SHOW CONSTRAINTS YIELD name"):
        neo4j_store.write(f"DROP CONSTRAINT {row['name']}")
    for row in neo4j_store.read("SHOW INDEXES YIELD name WHERE name STARTS WITH 'kg_'"):
        neo4j_store.write(f"DROP INDEX {row['name']}")
    yield neo4j_server


def run(command: str, server: Server) -> str:
    """What a command prints, or if it fails, what it says."""
    done = kg(*shlex.split(command.replace(SHOWN, server.uri))[1:])
    return without_padding((done.err if done.code else done.out).replace(server.uri, SHOWN))


def commands(body: str) -> list[tuple[str, str]]:
    """Each command of a console block with what is shown below it."""
    found = re.findall(r"^\$ (kg .*)\n((?:(?!\$ ).*\n)*)", body, re.MULTILINE)
    assert "".join(f"$ {command}\n{shown}" for command, shown in found) == body
    return found


def check_command(command: str, shown: str, server: Server) -> None:
    printed = run(command, server)
    *whole, ellipsis = without_padding(shown).splitlines() or [""]
    if ellipsis == "...":
        assert printed.startswith("\n".join(whole)), command
    else:
        assert printed == without_padding(shown), command


def check_cypher(statement: str, shown: str, driver: neo4j.Driver) -> None:
    """A statement that returns something finds it; below a table of `n rows` it finds the same."""
    driver.execute_query("CALL db.awaitIndexes(60)")
    driver.execute_query("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    found = driver.execute_query(statement)
    if "RETURN" not in statement:
        assert found.summary.counters.contains_updates, statement
        return
    assert found.records, statement
    if rows := re.search(r"^(\d+) rows?$", shown, re.MULTILINE):
        assert len(found.records) == int(rows[1]), statement
        for record in found.records:
            for value in record.values():
                assert is_shown(value, shown), (value, statement)


def is_shown(value: object, shown: str) -> bool:
    """Whether a table shows a value, which it may have broken into lines."""
    if isinstance(value, list):
        return all(is_shown(item, shown) for item in value)
    return value is None or all(word in shown for word in str(value).split())


def without_padding(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def test_each_block_does_what_the_page_shows(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NEO4J_PASSWORD", server.password)
    table = ""  # above the Cypher that finds the same
    access = ("neo4j", server.password)
    with neo4j.GraphDatabase.driver(server.uri, auth=access) as driver:
        for language, body, has_cypher_below in BLOCKS:
            if language == "console":
                for command, shown in commands(body):
                    check_command(command, shown, server)
                table = body if has_cypher_below else ""
            elif language == "json":
                (tmp_path / "more.jsonl").write_text(body, "utf-8")
            elif language == "cypher":
                check_cypher(body, table, driver)


def test_ten_questions_are_asked_in_both_ways() -> None:
    questions = PAGE.partition("## Ten questions")[2].partition("\n## ")[0]
    languages = re.findall(r"^```(\w+)\n", questions, re.MULTILINE)

    assert languages == ["console", "cypher"] * 10
    assert questions.count("$ kg query") == 10
    assert questions.count(f"--store {SHOWN}") == 10


def test_the_page_names_every_snippet_and_what_the_schema_makes() -> None:
    schema = (cypher_folder() / "schema.cypher").read_text("utf-8")
    snippets = {file.name for file in (cypher_folder() / "snippets").glob("*.cypher")}
    indexes = set(re.findall(r"INDEX (\w+) IF", schema))

    assert {name for name in snippets | indexes if f"`{name}`" not in PAGE} == set()


def test_the_page_names_every_label_and_type() -> None:
    assert {name for name in (*LABELS, *TYPES, "Kg") if f"`{name}`" not in PAGE} == set()


def test_the_limits_are_those_of_the_code() -> None:
    assert f"{MAX_ROWS:,} rows" in PAGE
    assert f"{TIMEOUT_SECONDS} seconds" in PAGE


def test_local_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?://|#)([^)#]+)", PAGE)

    assert targets
    assert [target for target in targets if not (ROOT / "docs" / target).exists()] == []
