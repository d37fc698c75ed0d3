"""Evidence for the page: where, in a paper's text, the words and their sentence stand.

JavaScript counts UTF-16 units where Python counts code points, so here offsets become units.
"""

from typing import Any

from kg.evidence import sentence_bounds


def evidence(text: str, start: int, stop: int) -> dict[str, Any]:
    """The `words`, `text[start:stop]`, and their `sentence` as pairs of offsets in units."""
    first, last = sentence_bounds(text, start, stop)
    return {
        "words": [_units(text, start), _units(text, stop)],
        "sentence": [_units(text, first), _units(text, last)],
    }


def _units(text: str, offset: int) -> int:
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
