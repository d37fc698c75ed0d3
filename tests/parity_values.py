"""Shapes of random questions that compute: groups, totals, lists, texts, numbers."""

from collections.abc import Callable, Sequence

from parity_conditions import EVIDENCE, condition, link_condition, where
from parity_draw import Draw

ENTITIES = ("Method", "Dataset", "Metric", "Task")


def nodes(draw: Draw) -> str:
    label = draw.label()
    keys = draw.keys(label, str, int, float, bool)
    columns = {f"c{n}": f"n.{key}" for n, key in enumerate(draw.chance.sample(keys, 3))}
    return f"MATCH (n:{label}) {where(draw, n=label)} {draw.answer(columns)}"


def whole_nodes(draw: Draw) -> str:
    label = draw.label()
    lists = {"whole": draw.one("n", f"n {{.id, .{draw.key(label)}}}", "{id: n.id, list: [n.id]}")}
    return f"MATCH (n:{label}) {where(draw, n=label)} {draw.answer({'id': 'n.id'}, lists)}"


def grouped(draw: Draw) -> str:
    label = draw.label()
    measured = f"n.{draw.one(*draw.keys(label, int, float), 'id')}".replace("n.id", "size(n.id)")
    columns = {
        "g": f"n.{draw.key(label, str, bool, int)}",
        "n": "count(*)",
        "d": f"count(DISTINCT n.{draw.key(label, str, int, bool)})",
        "m": _measure(draw, measured),
    }
    return f"MATCH (n:{label}) {where(draw, n=label)} {draw.answer(columns)}"


def grouped_links(draw: Draw) -> str:
    source, kind, target = draw.pattern()
    columns = {
        "b": f"b.{draw.key(target, str, int, bool)}",
        "n": "count(r)",
        "s": "sum(r.count)",
        "m": _measure(draw, f"r.{draw.one(*EVIDENCE)}"),
        "p": f"count(DISTINCT a.{draw.key(source, str)})",
    }
    return f"""MATCH (a:{source})-[r:{kind}]->(b:{target}) {where(draw, a=source, b=target)}
        {draw.answer(columns)}"""


def totals(draw: Draw) -> str:
    """One row, even of nothing."""
    label = draw.label()
    text = draw.key(label, str)
    mean = _rounded("avg(n.number)")
    return f"""MATCH (n:{label}) WHERE {condition(draw, "n", label)} RETURN count(*) AS rows,
        min(n.{text}) AS first, max(n.{text}) AS last, sum(n.papers) AS papers, {mean} AS mean,
        count(n.papers) AS counted, collect(n.nothing) AS none"""


def collected(draw: Draw) -> str:
    source, kind, target = draw.pattern()
    element = draw.one("b.id", "[b.id, r.count]", "{id: b.id, at: r.start}", "b.id + '!'", "r.stop")
    part = draw.one("", "", "[..3]", "[1..]", "[0]")
    lists = {"all": f"collect({draw.one('', 'DISTINCT ')}{element}){part}"}
    return f"""MATCH (a:{source})-[r:{kind}]->(b:{target}) {where(draw, a=source)}
        WITH a, r, b ORDER BY b.id {draw.one("", "DESC")} {draw.answer({"a": "a.id"}, lists)}"""


def listed_ids(draw: Draw) -> str:
    """Of ids, among them one that nothing has, and null."""
    label = draw.label()
    ids = [*draw.some(label, "id"), "nothing", None]
    columns = {"id": "id", "n": f"n.{draw.key(label, str, int, float, bool)}"}
    return f"""UNWIND {draw.given(ids)} AS id
        {draw.one("", "OPTIONAL ")}MATCH (n:{label} {{id: id}}) {draw.answer(columns)}"""


def spread(draw: Draw) -> str:
    """Element by element of a list that nodes have."""
    label = draw.one(*ENTITIES)
    columns = {"alias": draw.one("alias", "toLower(alias)", "left(alias, 1)"), "n": "count(x)"}
    return f"""MATCH (x:{label}) {where(draw, x=label)} UNWIND x.aliases AS alias
        WITH x, alias {draw.one("", "WHERE alias <> x.name")} {draw.answer(columns)}"""


def cases(draw: Draw) -> str:
    label = draw.label()
    key = draw.key(label, str, int, float, bool)
    value = draw.given(draw.value(label, key))
    several = f"""CASE WHEN {condition(draw, "n", label)} THEN 'one'
        WHEN {condition(draw, "n", label)} THEN 'two' {draw.one("ELSE 'none'", "")} END"""
    simple = f"CASE n.{key} WHEN {value} THEN 'same' ELSE toString(n.{key}) END"
    columns = {"k": draw.one(several, simple), "n": "count(*)", "least": "min(n.id)"}
    return f"MATCH (n:{label}) {draw.answer(columns)}"


def kinds_of_things(draw: Draw) -> str:
    kind = "head([label IN labels(x) WHERE label <> 'Kg'])"
    measure = _measure(draw, f"r.{draw.one(*EVIDENCE)}")
    columns = {"k": kind, "t": "type(r)", "n": "count(*)", "s": "sum(r.count)", "m": measure}
    guard = draw.one("x:Method OR x:Task", "NOT x:Method", "'Dataset' IN labels(x)", "true")
    more = f"AND {link_condition(draw, 'r')}" if draw.likely(0.5) else ""
    return f"MATCH (p:Paper)-[r]->(x) WHERE ({guard}) {more} {draw.answer(columns)}"


def lists(draw: Draw) -> str:
    label = draw.one(*ENTITIES)
    part = draw.given(str(draw.value(label, "name"))[:2])
    made = {
        "some": f"[one IN x.aliases WHERE one CONTAINS {part} | {draw.one('size(one)', 'one')}]",
        "long": "reduce(length = 0, one IN x.aliases | length + size(one))",
        "ends": "[head(x.aliases), last(x.aliases), x.aliases[-1], x.aliases[7]]",
        "more": "x.aliases + [x.name] + x.id",
        "tail": f"tail(x.aliases)[..{draw.number(0, 2)}]",
        "ways": "[i IN range(0, size(x.aliases)) | x.aliases[i]]",
    }
    chosen = dict(draw.chance.sample(list(made.items()), 3))
    return f"MATCH (x:{label}) {where(draw, x=label)} {draw.answer({'id': 'x.id'}, chosen)}"


def texts(draw: Draw) -> str:
    label = draw.label()
    name = f"n.{draw.key(label, str)}"
    made = [
        f"toUpper({name})", f"size({name})", f"left({name}, {draw.number(0, 9)})", f"trim({name})",
        f"right({name}, 3)", f"substring({name}, {draw.number(0, 5)}, 4)", f"reverse({name})",
        f"replace({name}, 'a', {draw.given('é🐍')})", f"head(split({name}, ' '))", f"{name} + n.id",
        f"coalesce(n.nothing, {name})", f"{name} + n.nothing",
    ]  # fmt: skip
    columns = {f"c{n}": one for n, one in enumerate(draw.chance.sample(made, 3))}
    return f"MATCH (n:{label}) {where(draw, n=label)} {draw.answer({'id': 'n.id', **columns})}"


def sums(draw: Draw) -> str:
    """Arithmetic on whole and broken numbers."""
    a, b = draw.chance.choice([("r.number", "r.start"), ("r.start", "r.stop")])
    made = [
        f"{a} + {b}", f"{a} * 2 - {b}", f"{a} / 3", f"{b} / 4.0", f"{b} % 7", f"abs({a} - {b})",
        f"toInteger({a})", f"floor({a})", f"ceil({a} / 2.0)", f"toFloat({a})", f"sqrt(abs({a}))",
        f"sign({a} - {b})", f"round(abs({a}) * 10) / 10.0", f"log(abs({a}) + 1)", f"-{b}",
    ]  # fmt: skip
    columns = {f"c{n}": one for n, one in enumerate(draw.chance.sample(made, 3))}
    return f"MATCH (r:Result) {where(draw, r='Result')} {draw.answer({'id': 'r.id', **columns})}"


def distinct_steps(draw: Draw) -> str:
    source, kind, target = draw.pattern()
    key = draw.key(target, str, int, bool)
    return f"""MATCH (a:{source})-[:{kind}]->(b:{target}) {where(draw, b=target)}
        WITH DISTINCT a, b.{key} AS k WITH k, count(a) AS n, min(a.id) AS least
        WHERE n {draw.one(">", "<=")} {draw.given(draw.number(1, 3))}
        {draw.answer({"k": "k", "n": "n", "l": "least"})}"""


def _measure(draw: Draw, expression: str) -> str:
    return _rounded(f"{draw.one('sum', 'avg', 'min', 'max')}({expression})")


def _rounded(expression: str) -> str:
    """To what no decimal is a half of, for the order of a sum decides on its last digits."""
    return f"round({expression} * 1073741824) / 1073741824.0"


SHAPES: Sequence[Callable[[Draw], str]] = (
    nodes,
    whole_nodes,
    grouped,
    grouped_links,
    totals,
    collected,
    listed_ids,
    spread,
    cases,
    kinds_of_things,
    lists,
    texts,
    sums,
    distinct_steps,
)
