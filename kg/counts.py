"""Counts: what the papers of a ledger add up to, a paper at a time, so that order does not matter.

How many papers find each key, how they spell it, and what they say that acronyms stand for.
"""

from kg.ledger import Ledger


def add_counts(ledger: Ledger, paper_id: str) -> None:
    """Counts in a paper that has just been written."""
    for statement in (*_COUNT, _TOUCH):
        ledger.run(statement, {"paper": paper_id, "sign": 1})


def subtract_counts(ledger: Ledger, paper_id: str) -> None:
    """Takes a paper that is about to be deleted out of the counts."""
    for statement in (*_COUNT, _TOUCH, *_FORGET):
        ledger.run(statement, {"paper": paper_id, "sign": -1})


_COUNT = (
    """
    INSERT INTO counts
    SELECT key, kind, :sign, :sign * MAX(salient) FROM terms WHERE paper = :paper GROUP BY key, kind
    ON CONFLICT DO UPDATE
    SET papers = papers + excluded.papers, salient = salient + excluded.salient
    """,
    """
    INSERT INTO roles
    SELECT kind, role, :sign * COUNT(*) FROM
        (SELECT DISTINCT kind, key, role FROM terms WHERE paper = :paper)
    GROUP BY kind, role
    ON CONFLICT DO UPDATE SET papers = papers + excluded.papers
    """,
    """
    INSERT INTO spellings
    SELECT kind, key, text, :sign * MAX(is_written), :sign * MAX(is_given) FROM (
        SELECT kind, key, CASE kind WHEN 'Repository' THEN name ELSE text END AS text,
            1 AS is_written, 0 AS is_given
        FROM terms JOIN mentions USING (paper, term) WHERE paper = :paper
        UNION ALL
        SELECT kind, key, name, 0, 1 FROM terms JOIN mentions USING (paper, term)
        WHERE paper = :paper AND confidence = 1 AND kind <> 'Repository' -- the user's list says so
    )
    GROUP BY kind, key, text
    ON CONFLICT DO UPDATE
    SET papers = papers + excluded.papers, given = given + excluded.given
    """,
    """
    INSERT INTO expansions
    SELECT short, key, :sign FROM terms WHERE paper = :paper AND short <> '' GROUP BY short, key
    ON CONFLICT DO UPDATE SET papers = papers + excluded.papers
    """,
)
_TOUCH = """
    INSERT OR IGNORE INTO touched SELECT key FROM terms WHERE paper = :paper
    UNION SELECT short FROM terms WHERE paper = :paper AND short <> ''
"""
_FORGET = (
    """
    DELETE FROM counts WHERE papers = 0
    AND (key, kind) IN (SELECT key, kind FROM terms WHERE paper = :paper)
    """,
    "DELETE FROM roles WHERE papers = 0",
    """
    DELETE FROM spellings WHERE papers = 0 AND given = 0
    AND (kind, key) IN (SELECT kind, key FROM terms WHERE paper = :paper)
    """,
    """
    DELETE FROM expansions WHERE papers = 0
    AND (short, key) IN (SELECT short, key FROM terms WHERE paper = :paper)
    """,
)
