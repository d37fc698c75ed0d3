"""What a method is built upon: a layer of methods a statement, as routes are searched.

Engines can follow a pattern of any length, too, but not alike, and most that they find are circles.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import cast

from kg.stores.protocol import Rows, Store


def follow(store: Store, cypher: str, values: Mapping[str, object]) -> Rows:
    """All rows of `cypher`, asked again with another `$step` and `$layer` until nothing new comes.

    The first layer is `$method`. The next is whatever is an `id` of the rows for the first time,
    with `newest`: when the newest paper that leads there was `published`, "" where one does not
    say. All layers together have at most `$limit` rows.
    """
    layers = list(_layers(store, cypher, values))
    return Rows(layers[0].columns, chain(*layers))


def _layers(store: Store, cypher: str, values: Mapping[str, object]) -> Iterator[Rows]:
    layer, seen, step = {str(values["method"]): ""}, set[str](), 1
    left = cast(int, values["limit"])
    while layer and (left or step == 1):
        seen |= layer.keys()
        maps = [{"id": id, "newest": newest} for id, newest in layer.items()]
        rows = store.run(cypher, {**values, "step": step, "layer": maps, "limit": left})
        yield rows
        layer, step, left = _led_to(rows, seen), step + 1, left - len(rows)


def _led_to(rows: Rows, seen: set[str]) -> dict[str, str]:
    """The ids of `rows` that are not `seen`, each with the newest date that led there."""
    newest: dict[str, str] = {}
    for row in rows:
        id, date = str(row["id"]), str(row["published"])
        if id not in seen:
            newest[id] = _newer(newest.get(id, date), date)
    return newest


def _newer(one: str, other: str) -> str:
    """The later date, or "" if one is unstated; a month is later than its days."""
    return max(one, other, key=lambda date: f"{date}~") if one and other else ""
