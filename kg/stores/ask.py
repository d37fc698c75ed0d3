"""Asking a named question: what a person types becomes parameters, offsets become sentences."""

import datetime
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, get_args

from kg.errors import QueryError
from kg.evidence import sentence
from kg.measures import DIRECTIONS, UNITS
from kg.queries import Parameter, Query, statement
from kg.records import KINDS, Form
from kg.stores.lineage import follow
from kg.stores.months import go_back
from kg.stores.names import find_id
from kg.stores.protocol import Rows, Store
from kg.stores.routes import find_route

_SWITCH = ("yes", "no")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def ask(
    store: Store, query: Query, parameters: Mapping[str, object] = MappingProxyType({})
) -> Rows:
    """The answer of `store` to `query`; its columns are `query.columns`.

    Parameters may be given as text, as a command line does; None counts as not given. A text whose
    default is yes or no is a switch, which takes nothing else but True and False. A statement
    that speaks of `$route` gets the ids on a shortest path from `$source` to `$target`, one that
    speaks of `$directions` the tables of `kg.measures`; one that speaks of `$layer` is asked layer
    by layer, one that speaks of `$oldest` month by month, and LABEL stands for `$kind`. Where the
    statement returns `text`, `start` and `stop`, the answer has the sentence `evidence` and its
    `words` in place of the whole text.

    Raises: QueryError if a parameter is missing, unknown or of the wrong type, UnknownNameError
    if nothing is called as it says.
    """
    given = {name: value for name, value in parameters.items() if value is not None}
    _check_names(query, given)
    values = {
        parameter.name: _value(store, parameter, given[parameter.name])
        if parameter.name in given
        else parameter.default
        for parameter in query.parameters
    }
    return _with_evidence(_run(store, _labelled(query, values), values))


def _run(store: Store, cypher: str, values: dict[str, object]) -> Rows:
    """The rows of a statement, which also gets what it speaks of and nobody types."""
    if "$route" in cypher:
        values["route"] = find_route(store, str(values["source"]), str(values["target"]))
    if "$directions" in cypher:
        values |= {"directions": DIRECTIONS, "units": UNITS}
    if "$oldest" in cypher:
        return go_back(store, cypher, values)
    return follow(store, cypher, values) if "$layer" in cypher else store.run(cypher, values)


def _labelled(query: Query, values: Mapping[str, object]) -> str:
    """The statement of `query`, which looks at the nodes of one kind only where it says LABEL."""
    if ":LABEL" not in query.cypher:
        return query.cypher
    return statement(f"queries/{query.name}", LABEL=str(values["kind"]))


def _check_names(query: Query, given: Mapping[str, object]) -> None:
    known = [parameter.name for parameter in query.parameters]
    for name in given:
        if name not in known:
            raise QueryError(f"{query.name} has no parameter {name}; it has {', '.join(known)}")
    for parameter in query.parameters:
        if parameter.default is None and parameter.name not in given:
            raise QueryError(f"{query.name} needs {parameter.name}: {parameter.description}")


def _value(store: Store, parameter: Parameter, given: object) -> object:
    """What the statement gets for what was `given`."""
    if parameter.type == "integer":
        return _integer(parameter.name, given)
    if parameter.default in _SWITCH:
        return _switch(parameter.name, given)
    if parameter.type == "date" and isinstance(given, datetime.date):
        given = given.isoformat()
    if not isinstance(given, str):
        raise QueryError(f"{parameter.name} takes text, not {given!r}")
    if given == parameter.default or parameter.type == "text":
        return given
    if parameter.type == "date":
        return _date(parameter.name, given)
    if parameter.type == "kind":
        return _choice(parameter.name, given, KINDS)
    if parameter.type == "form":
        return _choice(parameter.name, given, get_args(Form))
    return find_id(store, parameter.type, given)


def _integer(name: str, given: object) -> int:
    text = "" if isinstance(given, bool) else str(given).strip()
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise QueryError(f"{name} takes a whole number from 0, not {given!r}")
    return int(text)


def _switch(name: str, given: object) -> str:
    text = _SWITCH[not given] if isinstance(given, bool) else str(given)
    return _choice(name, text, _SWITCH)


def _date(name: str, given: str) -> str:
    try:
        if not _DATE.fullmatch(given):
            raise ValueError(given)
        datetime.date.fromisoformat(given + "-01-01"[len(given) - 4 :])
    except ValueError:
        message = f"{name} takes a date such as 2024, 2024-03 or 2024-03-01, not {given!r}"
        raise QueryError(message) from None
    return given


def _choice(name: str, given: str, choices: Sequence[str]) -> str:
    for choice in choices:
        if choice.lower() == given.lower():
            return choice
    raise QueryError(f"{name} takes {', '.join(choices[:-1])} or {choices[-1]}, not {given!r}")


def _with_evidence(rows: Rows) -> Rows:
    if not {"text", "start", "stop"} <= set(rows.columns):
        return rows
    columns = [
        new
        for column in rows.columns
        for new in (("evidence", "words") if column == "text" else (column,))
    ]
    return Rows(columns, (_evident(row, columns) for row in rows))


def _evident(row: dict[str, Any], columns: Sequence[str]) -> dict[str, object]:
    text, start, stop = row["text"], row["start"], row["stop"]
    found = {"evidence": sentence(text, start, stop), "words": text[start:stop]}
    return {column: (row | found)[column] for column in columns}
