"""What happens month by month, asked from the latest back: few months fill an answer."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import cast

from kg.queries import statement
from kg.stores.protocol import Rows, Store


def go_back(store: Store, cypher: str, values: Mapping[str, object]) -> Rows:
    """The first `$limit` rows of `cypher`, which are ordered by month, the latest first.

    It is asked again with an earlier `$oldest` and `$newest` month until there are so many, each
    time for twice as many months; none is before `$since`.
    """
    months = store.run(statement("lookup/months"), {"since": values["since"]})
    answers = list(_answers(store, cypher, values, [str(row["month"]) for row in months]))
    return Rows(answers[0].columns, chain(*answers))


def _answers(
    store: Store, cypher: str, values: Mapping[str, object], months: list[str]
) -> Iterator[Rows]:
    left, start, count = cast(int, values["limit"]), 0, 1
    while start == 0 or (left and start < len(months)):
        asked = months[start : start + count] or [""]
        window = {"newest": asked[0], "oldest": asked[-1], "limit": left}
        rows = store.run(cypher, {**values, **window})
        yield rows
        left, start, count = left - len(rows), start + count, 2 * count
