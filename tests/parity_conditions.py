"""The conditions of random questions: what a node or a relationship of a pattern must fulfil."""

import re
from collections.abc import Callable
from functools import partial

from parity_draw import Draw

from kg.records import Property

EVIDENCE = ("start", "stop", "count", "confidence")
_ELSEWHERE = ("papers", "number", "url", "published", "salient")  # what only some labels have


def where(draw: Draw, **labels: str) -> str:
    """WHERE some variables, which have these labels, fulfil a condition each; or nothing."""
    conditions = [
        condition(draw, variable, label) for variable, label in labels.items() if draw.likely(0.5)
    ]
    return f"WHERE {draw.one(' AND ', ' OR ').join(conditions)}" if conditions else ""


def condition(draw: Draw, variable: str, label: str) -> str:
    """On a property or on the neighbours of a node; at times two, or the contrary of one."""
    again = partial(condition, draw, variable, label)
    match draw.number(0, 11):
        case 0:
            return f"({again()} {draw.one('AND', 'OR', 'XOR')} {again()})"
        case 1:
            return f"NOT ({again()})"
        case 2 | 3:
            return _on_neighbours(draw, variable, label)
        case 4:
            return f"{variable}.{draw.one(*_ELSEWHERE)} IS {draw.one('', 'NOT ')}NULL"
    key = draw.key(label)
    match draw.words.values[label][key][0]:
        case bool():
            return _on_switch(draw, f"{variable}.{key}")
        case str():
            return _on_text(draw, f"{variable}.{key}", label, key)
        case tuple():
            return _on_list(draw, f"{variable}.{key}", label, key)
    return _on_number(draw, f"{variable}.{key}", *draw.some(label, key))


def link_condition(draw: Draw, variable: str) -> str:
    """On a property that every relationship has."""
    key = draw.one(*EVIDENCE)
    if key == "confidence":
        return f"{variable}.{key} {draw.one('<', '>=')} {draw.given(draw.number(5, 9) / 10)}"
    most = 3 if key == "count" else 900
    return _on_number(draw, f"{variable}.{key}", *(draw.number(1, most) for _ in range(3)))


def _on_switch(draw: Draw, name: str) -> str:
    return draw.one(name, f"NOT {name}", f"{name} = {draw.given(draw.likely(0.5))}")


def _on_number(draw: Draw, name: str, *values: Property) -> str:
    one, other, *_ = values
    match draw.number(0, 6):
        case 0:
            return f"{name} IN {draw.given(list(values))}"
        case 1:
            return f"({draw.given(one)} <= {name} AND {name} <= {draw.given(other)})"
        case 2:
            return f"{name} % 2 = 0"
    return f"{name} {draw.one('=', '<>', '<', '<=', '>', '>=')} {draw.given(one)}"


def _on_text(draw: Draw, name: str, label: str, key: str) -> str:
    value = str(draw.value(label, key))
    start = draw.number(0, len(value))
    part = value[start : start + draw.number(1, 3)]
    word = draw.one(*re.findall(r"\w+", value) or [""])
    forms: list[Callable[[], str]] = [
        lambda: f"{name} {draw.one('=', '<>', '<', '>=')} {draw.given(value)}",
        lambda: f"{name} IN {draw.given(draw.some(label, key))}",
        lambda: f"{name} STARTS WITH {draw.given(value[: draw.number(1, 3)])}",
        lambda: f"{name} ENDS WITH {draw.given(value[-draw.number(1, 2) :])}",
        lambda: f"{name} CONTAINS {draw.given(part)}",
        lambda: f"toLower({name}) CONTAINS {draw.given(part.lower())}",
        lambda: f"{name} =~ {draw.given(f'(?is).*{word[:4]}.*')}",
        lambda: f"size({name}) {draw.one('<', '>=')} {draw.given(len(value))}",
    ]
    return draw.chance.choice(forms)()


def _on_list(draw: Draw, name: str, label: str, key: str) -> str:
    values = draw.value(label, key)
    one = draw.one(*values) if isinstance(values, tuple) and values else "a"
    forms: list[Callable[[], str]] = [
        lambda: f"size({name}) {draw.one('=', '>', '<=')} {draw.number(0, 2)}",
        lambda: f"{draw.given(one)} IN {name}",
        lambda: f"{name}[0] STARTS WITH {draw.given(one[:1])}",
        lambda: (
            f"{draw.one('any', 'all', 'none', 'single')}(one IN {name} "
            f"WHERE one CONTAINS {draw.given(one[:2])})"
        ),
    ]
    return draw.chance.choice(forms)()


def _on_neighbours(draw: Draw, variable: str, label: str) -> str:
    """That there are some, or none, or how many."""
    touching = [pattern for pattern in draw.words.patterns if label in (pattern[0], pattern[2])]
    source, kind, target = draw.chance.choice(touching)
    before, after, other = ("-", "->", target) if source == label else ("<-", "-", source)
    plain = f"({variable}){before}[:{kind}]{after}(:{other})"
    link = f"({variable}){before}[link:{kind}]{after}(other:{other})"
    held = f"{{ MATCH {link} WHERE {link_condition(draw, 'link')} }}"
    return draw.one(
        plain,
        f"NOT {plain}",
        f"{draw.one('', 'NOT ')}EXISTS {{ {draw.one('', 'MATCH ')}{plain} }}",
        f"{draw.one('', 'NOT ')}EXISTS {held}",
        f"{draw.number(0, 3)} {draw.one('=', '<', '>=')} COUNT {{ {plain} }}",
        f"{draw.number(0, 1)} {draw.one('<', '>=')} COUNT {held}",
    )
