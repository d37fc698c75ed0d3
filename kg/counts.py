"""Counts: what the papers of a ledger add up to, a paper at a time, so that order does not matter.

How many papers find each key, how they spell it, and what they say that acronyms stand for.
"""

from kg.ledger import Ledger


def add_counts(ledger: Ledger, paper_id: str) -> None:
    """Counts in a paper that has just been written."""
    for statement in (*_COUNT, _TOUCH):
        ledger.run(statement, (paper_id, 1))


def subtract_counts(ledger: Ledger, paper_id: str) -> None:
    """Takes a paper that is about to be deleted out of the counts."""
    for statement in (*_COUNT, _TOUCH, *_FORGET):
        ledger.run(statement, (paper_id, -1))


_COUNT = (
    """
    INSERT INTO counts
    SELECT key, kind, ?2, ?2 * MAX(salient) FROM terms WHERE paper = ?1 GROUP BY key, kind
    ON CONFLICT DO UPDATE
    SET papers = papers + excluded.papers, salient = salient + excluded.salient
    """,
    """
    INSERT INTO roles
    SELECT kind, role, ?2 * COUNT(*) FROM
        (SELECT DISTINCT kind, key, role FROM terms WHERE paper = ?1)
    GROUP BY kind, role
    ON CONFLICT DO UPDATE SET papers = papers + excluded.papers
    """,
    """
    INSERT INTO spellings
    SELECT kind, key, text, ?2 * MAX(is_written), ?2 * MAX(is_given) FROM (
        SELECT kind, key, CASE kind WHEN 'Repository' THEN name ELSE text END AS text,
            1 AS is_written, 0 AS is_given
        FROM terms JOIN mentions USING (paper, term) WHERE paper = ?1
        UNION ALL
        SELECT kind, key, name, 0, 1 FROM terms JOIN mentions USING (paper, term)
        WHERE paper = ?1 AND confidence = 1 AND kind <> 'Repository' -- the user's list says so
    )
    GROUP BY kind, key, text
    ON CONFLICT DO UPDATE
    SET papers = papers + excluded.papers, given = given + excluded.given
    """,
    """
    INSERT INTO expansions
    SELECT short, key, ?2 FROM terms WHERE paper = ?1 AND short <> '' GROUP BY short, key
    ON CONFLICT DO UPDATE SET papers = papers + excluded.papers
    """,
)
_TOUCH = """
    INSERT OR IGNORE INTO touched SELECT key FROM terms WHERE paper = ?1
    UNION SELECT short FROM terms WHERE paper = ?1 AND short <> '' AND ?2
"""
_FORGET = (
    """
    DELETE FROM counts WHERE papers = 0
    AND (key, kind) IN (SELECT key, kind FROM terms WHERE paper = ?1) AND ?2
    """,
    "DELETE FROM roles WHERE papers = 0 AND ?1 IS NOT NULL AND ?2",
    """
    DELETE FROM spellings WHERE papers = 0 AND given = 0
    AND (kind, key) IN (SELECT kind, key FROM terms WHERE paper = ?1) AND ?2
    """,
    """
    DELETE FROM expansions WHERE papers = 0
    AND (short, key) IN (SELECT short, key FROM terms WHERE paper = ?1) AND ?2
    """,
)
