"""Records as rows of the ledger: a paper with all that was found in it, written, read, removed."""

import json
from collections.abc import Iterator
from itertools import starmap
from operator import attrgetter

from kg.corrections import Correction, Corrections, Splits, corrections_of
from kg.counts import add_counts, subtract_counts
from kg.keys import canonical_key
from kg.ledger import Ledger, Row
from kg.records import EntityKey, Extraction, Mention, Paper, Result, Term, merged, text_digest
from kg.term_keys import term_keys

_PAPER = "id, title, abstract, published, url, authors, categories, source"
METADATA = "published, url, authors, categories, source"
_MENTION = "start, stop, text, confidence"
_RESULT = "start, stop, text, number, unit, form, confidence, method, dataset, metric, baseline"

_TERMS = """
    SELECT term, kind, name, role, salient, evidence,
        coalesce(to_kind, kind), coalesce(to_key, key)
    FROM terms LEFT JOIN moves USING (kind, key) WHERE paper = ? ORDER BY term
"""
_MENTIONS = f"SELECT term, {_MENTION} FROM mentions WHERE paper = ? ORDER BY term, mention"
_RESULTS = f"SELECT {_RESULT} FROM results WHERE paper = ? ORDER BY result"

_mention_cells = attrgetter(*_MENTION.split(", "))
_result_cells = attrgetter(*_RESULT.split(", "))


def write_paper(ledger: Ledger, paper: Paper, extraction: Extraction, extractor: str) -> None:
    """Puts a paper and what was found in it in the place of all that was known of it.

    Of a record of the same text, what `paper` does not state is kept.
    """
    whole = _with_known(ledger, paper)
    remove_paper(ledger, paper.id)
    ledger.insert("papers", [_paper_row(whole, extractor)])
    ledger.insert("terms", _term_rows(extraction, read_corrected(ledger).splits))
    ledger.insert("mentions", _mention_rows(extraction))
    ledger.insert("results", _result_rows(extraction))
    add_counts(ledger, paper.id)


def rewrite_paper(ledger: Ledger, paper_id: str) -> None:
    """Writes a paper as it is once more, by the corrections as they are now."""
    paper = read_paper(ledger, paper_id)
    if paper:
        extraction, _ = read_extraction(ledger, paper_id)
        read_by = "SELECT extractor FROM papers WHERE id = ?"
        ((extractor,),) = ledger.rows(read_by, (paper_id,))
        write_paper(ledger, paper, extraction, extractor)


def fill_in_paper(ledger: Ledger, paper: Paper) -> None:
    """Adds what `paper` states and the ledger's record of the same text does not."""
    values = _metadata_row(_with_known(ledger, paper))
    marks = ", ".join("?" * len(values))
    where = f"id = ? AND text_digest = ? AND ({METADATA}) <> ({marks})"
    update = f"UPDATE papers SET ({METADATA}) = ({marks}) WHERE {where}"
    ledger.run(update, (*values, paper.id, text_digest(paper.text), *values))


def remove_paper(ledger: Ledger, paper_id: str) -> None:
    """Deletes a paper, if it is there, with all that was found in it."""
    subtract_counts(ledger, paper_id)
    ledger.run("DELETE FROM papers WHERE id = ?", (paper_id,))


def is_current(ledger: Ledger, paper: Paper, extractor: str) -> bool:
    """Whether the ledger holds this text of the paper as this extractor reads it."""
    known = ledger.rows("SELECT text_digest, extractor FROM papers WHERE id = ?", (paper.id,))
    return next(known, None) == (text_digest(paper.text), extractor)


def outdated_papers(ledger: Ledger, extractor: str) -> Iterator[Paper]:
    """The papers that another extractor has read, by id; they may be written meanwhile."""
    outdated = ledger.rows("SELECT id FROM papers WHERE extractor <> ? ORDER BY id", (extractor,))
    for (paper_id,) in list(outdated):
        if paper := read_paper(ledger, paper_id):
            yield paper


def read_paper(ledger: Ledger, paper_id: str) -> Paper | None:
    """The paper with this id, or None."""
    found = ledger.rows(f"SELECT {_PAPER} FROM papers WHERE id = ?", (paper_id,))
    return next(map(_paper_of, found), None)


def read_papers(ledger: Ledger) -> Iterator[Paper]:
    """All papers in order of their ids."""
    yield from map(_paper_of, ledger.rows(f"SELECT {_PAPER} FROM papers ORDER BY id"))


def read_paper_ids(ledger: Ledger) -> Iterator[str]:
    """The ids of all papers in their order."""
    yield from (paper_id for (paper_id,) in ledger.rows("SELECT id FROM papers ORDER BY id"))


def read_extraction(ledger: Ledger, paper_id: str) -> tuple[Extraction, tuple[EntityKey, ...]]:
    """What was found in a paper, and the entities of its terms in their order.

    The key of an entity is "" for what the user has blocked.
    """
    mentions: dict[int, list[Mention]] = {}
    for index, *cells in ledger.rows(_MENTIONS, (paper_id,)):
        mentions.setdefault(index, []).append(Mention(*cells))
    terms, entities = [], []
    for index, kind, name, role, salient, evidence, *entity in ledger.rows(_TERMS, (paper_id,)):
        terms.append(Term(kind, name, role, bool(salient), tuple(mentions[index]), evidence))
        entities.append((entity[0], entity[1]))
    results = (Result(*cells) for cells in ledger.rows(_RESULTS, (paper_id,)))
    return Extraction(paper_id, tuple(terms), tuple(results)), tuple(entities)


def read_extractions(ledger: Ledger) -> Iterator[tuple[Extraction, tuple[EntityKey, ...]]]:
    """What was found in each paper, in order of the papers' ids, with the entities of its terms."""
    for paper_id in read_paper_ids(ledger):
        yield read_extraction(ledger, paper_id)


def read_results(ledger: Ledger) -> Iterator[tuple[str, int, Result]]:
    """Every result in order of the papers' ids, with its paper and its index there."""
    every = f"SELECT paper, result, {_RESULT} FROM results ORDER BY paper, result"
    for paper_id, index, *cells in ledger.rows(every):
        yield paper_id, index, Result(*cells)


def _with_known(ledger: Ledger, paper: Paper) -> Paper:
    """`paper`, and what the ledger's record of the same text states besides."""
    known = read_paper(ledger, paper.id)
    return merged(known, paper) if known and known.text == paper.text else paper


def _paper_row(paper: Paper, extractor: str) -> Row:
    """A row of `papers`."""
    head = (paper.id, paper.title, paper.abstract)
    return (*head, *_metadata_row(paper), text_digest(paper.text), extractor)


def _metadata_row(paper: Paper) -> Row:
    """The columns `METADATA` of a row of `papers`."""
    lists = (json.dumps(one, ensure_ascii=False) for one in (paper.authors, paper.categories))
    return (paper.published, paper.url, *lists, paper.source)


def _paper_of(row: Row) -> Paper:
    """The paper in the columns `_PAPER`."""
    paper_id, title, abstract, published, url, authors, categories, source = row
    lists = (tuple(json.loads(authors)), tuple(json.loads(categories)))
    return Paper(paper_id, title, abstract, published, url, *lists, source)


def read_corrected(ledger: Ledger) -> Corrections:
    """The corrections that the ledger goes by."""
    rows = ledger.rows("SELECT correction, entity, value FROM corrections ORDER BY line")
    return corrections_of(tuple(starmap(Correction, rows)))


def _term_rows(extraction: Extraction, splits: Splits) -> Iterator[Row]:
    """Rows of `terms`, in the order of the extraction."""
    for index, term in enumerate(extraction.terms):
        key, short = _keys_of(term, splits)
        head = (extraction.paper_id, index, term.kind, key, short, term.name, term.role)
        yield (*head, int(term.salient), term.evidence)


def _mention_rows(extraction: Extraction) -> Iterator[Row]:
    """Rows of `mentions`, term by term."""
    for index, term in enumerate(extraction.terms):
        for number, mention in enumerate(term.mentions):
            yield (extraction.paper_id, index, number, *_mention_cells(mention))


def _result_rows(extraction: Extraction) -> Iterator[Row]:
    """Rows of `results`, in the order of the extraction."""
    for index, result in enumerate(extraction.results):
        yield (extraction.paper_id, index, *_result_cells(result))


def _keys_of(term: Term, splits: Splits) -> tuple[str, str]:
    """The key of a term, and that of the acronym beside it or ""."""
    if term.is_given:
        return canonical_key(term.kind, term.name), ""
    texts = [mention.text for mention in term.mentions]
    key, short = term_keys(term.kind, term.name, texts)
    own = splits.get((term.kind, key), {})
    return (own[texts[0]], short) if own.keys() >= set(texts) else (key, short)
