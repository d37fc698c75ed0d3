"""An extraction as a JSON object: what scorers and other programs read."""

from kg.records import Extraction, Term


def extraction_object(extraction: Extraction) -> dict[str, object]:
    """`{"id", "entities": [...], "results": [...]}`; the cells of results are entities' names."""
    terms = extraction.terms

    def name(index: int | None) -> str | None:
        return None if index is None else terms[index].name

    return {
        "id": extraction.paper_id,
        "entities": [_entity(term) for term in terms],
        "results": [
            {
                "metric": name(result.metric),
                "value": result.text,
                "method": name(result.method),
                "dataset": name(result.dataset),
                "baseline": name(result.baseline),
                "number": result.number,
                "unit": result.unit,
                "form": result.form,
                "start": result.start,
                "stop": result.stop,
                "confidence": result.confidence,
            }
            for result in extraction.results
        ],
    }


def _entity(term: Term) -> dict[str, object]:
    return {
        "type": term.kind,
        "name": term.name,
        "surfaces": sorted({mention.text for mention in term.mentions}),
        "role": term.role,
        "salient": term.salient,
        "spans": [
            {"start": mention.start, "stop": mention.stop, "confidence": mention.confidence}
            for mention in term.mentions
        ],
    }
