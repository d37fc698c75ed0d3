"""What stores answer, in a form that can be compared."""

import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from parity_questions import Question

from kg.stores.protocol import Rows, Store

Answer = tuple[tuple[str, ...], list[str]]  # the columns, and each row as text
_Thing = TypeVar("_Thing")


def answer(store: Store, question: Question) -> Answer:
    """What `store` answers, sorted where the question asks for no order."""
    columns, rows = comparable(store.run(question.cypher, question.parameters))
    return columns, rows if question.is_ordered else sorted(rows)


def answers(asked: Iterable[_Thing], answer: Callable[[_Thing], Answer]) -> list[Answer]:
    """The answer to each, in order, several at once, since a server mostly plans."""
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(answer, asked))


def comparable(rows: Rows) -> Answer:
    """Rows as texts, in which 1, 1.0 and true differ."""
    return rows.columns, [written(list(row.values())) for row in rows]


def written(value: object) -> str:
    return json.dumps(_rounded(value), ensure_ascii=False, sort_keys=True)


def _rounded(value: object) -> object:
    """`value` with ten digits of each number, and without the sentences that only Neo4j holds."""
    match value:
        case float():
            return float(f"{value:.10g}")
        case dict():
            return {key: _rounded(inner) for key, inner in value.items() if key != "sentence"}
        case list():
            return [_rounded(inner) for inner in value]
    return value
