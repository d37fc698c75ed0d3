"""Random reading statements over a graph: shapes that people ask, filled with the graph's values.

An order is given by all columns that are no lists, so that rows which tie are equal. Nothing is
asked that the embedded store is known to lack:

- `WHERE` within the brackets of a pattern, `COLLECT {}`, `OPTIONAL CALL`, labels joined by anything
  but `|`, quantified paths, percentiles, `isEmpty`, look-around in a regular expression,
  `a < b < c`, a parenthesis that begins with `COUNT {`, `ORDER BY count(*)` where it has a name;
- `keys()` and `properties()`, and the `name`, `title` or `type` of what has none, which kglite
  answers with what it shows a node by;
- `ORDER BY` with `LIMIT` behind the `RETURN` of a `CALL` for each row, which kglite may answer with
  null; halves of negative numbers, which it rounds away from 0; and `duration.between`, which it
  gives in days alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import parity_patterns
import parity_values
from parity_draw import Draw, Words

SHAPES = {shape.__name__: shape for shape in (*parity_values.SHAPES, *parity_patterns.SHAPES)}


@dataclass(frozen=True)
class Question:
    """A statement; the rows of one that is not ordered may come in any order."""

    cypher: str
    parameters: Mapping[str, object]
    is_ordered: bool


def questions(shape: str, words: Words, count: int) -> Iterator[Question]:
    """`count` questions of a shape, the same ones for the same graph each time."""
    for number in range(count):
        draw = Draw(f"{shape} {number}", words)
        cypher = " ".join(SHAPES[shape](draw).split())
        is_ordered = "ORDER BY" in cypher.rpartition("RETURN")[2]
        yield Question(cypher, draw.parameters, is_ordered)
