"""Which Cypher is let through to an engine: no way to write, and no false alarms."""

import time
from contextlib import suppress

import pytest

from kg.errors import QueryError
from kg.stores.read_only import check_read_only, without_comments

WRITING = [
    "CREATE (n)",
    "match (n) set n.x = 1",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) REMOVE n.x",
    "MATCH (n) MERGE (n)-[:A]->(m)",
    "MATCH (n) INSERT (x)",
    "WITH [1] AS list FOREACH (x IN list | CREATE (n))",
    "MATCH (n) CALL { WITH n DELETE n } RETURN 1",
    "MATCH (n) CALL (n) { SET n.x = 1 } RETURN 1",
    "CALL { MATCH (n) DELETE n } IN TRANSACTIONS",
    "RETURN 1 UNION CREATE (n) RETURN 1",
    "EXPLAIN CREATE (n)",
    "CYPHER runtime=slotted CREATE (n)",
    "WITH 1 AS as CREATE (n)",
    "RETURN 1CREATE (n)",
    "RETURN 1. CREATE (n)",
    "MATCH (n)\u00a0SET\u2003n.x = 1",
    "MATCH (n) \u017fET n.x = 1",
    "MATCH (n) /**/SET/**/ n.x = 1",
    "/* ' */ CREATE (n)",
    "// '\nCREATE (n) //'",
    "RETURN 'a' /* ' */ CREATE (n)",
    r"RETURN 'it\'s' CREATE (n) RETURN 'x'",
    'RETURN "a" CREATE (n) RETURN "b"',
    "RETURN `a``b` CREATE (n)",
    r"MATCH (n) \u0053ET n.x = 1",
    r"RETURN '\u0027 CREATE (n) //'",
    r"/* \u002A/ ' */ RETURN '\u0027 CREATE (n) //'",
]

OTHERWISE_REFUSED = {
    "": "not nothing",
    "// only a comment": "not nothing",
    "SHOW USERS": "not SHOW",
    "DROP INDEX x": "DROP would write",
    "USE system MATCH (n) RETURN n": "not USE",
    "GRANT ROLE a TO b": "not GRANT",
    "FOR VALID_TIME ALL MATCH (n) RETURN n": "not FOR",
    "RETURN 1; RETURN 2": "one statement",
    "LOAD CSV FROM '/etc/passwd' AS row RETURN row": "LOAD CSV",
    "`LOAD` CSV FROM '/etc/passwd' AS row RETURN row": "LOAD CSV",
    "PROFILE LOAD `CSV` FROM '/etc/passwd' AS row RETURN row": "LOAD CSV",
    "UNWIND [1] AS x LOAD CSV FROM 'x' AS row RETURN row": "LOAD CSV",
    "CALL apoc.load.json('x') YIELD value RETURN value": "CALL apoc.load.json",
    "CALL db.createLabel('x')": "CALL db.createLabel",
    "CALL `db`.`createLabel`('x')": "CALL db.createLabel",
    "OPTIONAL CALL dbms.listConfig()": "CALL dbms.listConfig",
    "RETURN genai.vector.encode('x', 'OpenAI', {}) AS v": "genai.vector.encode",
    "RETURN `apoc` . `x`('a') AS v": "apoc.x",
    "RETURN 'open": "never closes",
    "RETURN 1 /* open": "never closes",
    "RETURN `open": "never closes",
}

READING = [
    "MATCH (n) RETURN n",
    "  optional match (n) return n",
    "MATCH (n) WHERE n.set = 1 RETURN n.delete AS x, n . create AS y",
    "MATCH (n:Set)-[:CREATE|MERGE]->(m:!Drop) RETURN n {.set, .name}",
    "RETURN 'CREATE (n)' AS x, \"it's SET\" AS y, 'a\\\\' AS z, 'SET' AS w",
    "RETURN 1 AS `SET`, $delete AS x, {set: 1, create : 2} AS m",
    "RETURN 1 // CREATE (n)",
    "/* CREATE */ RETURN 1 ; ; \n",
    "CALL db.labels() YIELD label RETURN label",
    "CALL db.schema.visualization",
    "CALL { MATCH (n) RETURN count(n) AS c } RETURN c",
    "MATCH (n) CALL (n) { RETURN 1 AS c } RETURN c",
    "MATCH (n) WHERE n.call = 1 OR n:Call RETURN n.`load csv`",
    "RETURN date.truncate('month', date()) AS d, point.distance(a, b) AS p",
    "UNWIND [1, 2] AS x RETURN x[0..1], 1.5, .5, 1e5",
    "MATCH (a)-[r*1..2]->(b) RETURN r.start AS start, r.stop AS stop, settings, created",
    "EXPLAIN MATCH (n) RETURN n",
    r"RETURN 'C:\\users' AS x, '\u00e9' AS y",
]


@pytest.mark.parametrize("cypher", WRITING)
def test_what_writes_is_refused(cypher: str) -> None:
    with pytest.raises(QueryError, match="would write"):
        check_read_only(cypher)


@pytest.mark.parametrize(("cypher", "reason"), OTHERWISE_REFUSED.items())
def test_what_is_no_single_reading_statement_is_refused(cypher: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason) as caught:
        check_read_only(cypher)

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("cypher", READING)
def test_what_only_reads_passes(cypher: str) -> None:
    check_read_only(cypher)


@pytest.mark.parametrize(
    ("cypher", "plain"),
    [
        ("RETURN 1", "RETURN 1"),
        (" // first\nRETURN 1 // last", "RETURN 1"),
        ("RETURN/*x*/1;;\n", "RETURN 1"),
        ("RETURN '//' AS `/*`, \"*/\" AS b ;", "RETURN '//' AS `/*`, \"*/\" AS b"),
    ],
)
def test_comments_and_last_semicolons_go(cypher: str, plain: str) -> None:
    assert without_comments(cypher) == plain


@pytest.mark.parametrize(
    "piece", ["'", "\\'", "a.", "`a`.", "/*", "CALL ", "$", " ", "; ", "EXPLAIN "]
)
def test_a_long_statement_is_judged_in_linear_time(piece: str) -> None:
    started = time.perf_counter()
    with suppress(QueryError):
        check_read_only(f"MATCH (n) {piece * 100_000}")

    assert time.perf_counter() - started < 5
