"""Shapes of random questions that follow relationships: chains, options, versions, subqueries."""

from collections.abc import Callable, Sequence

from parity_conditions import EVIDENCE, condition, link_condition, where
from parity_draw import Draw

from kg.families import KINDS as VERSIONED

ENTITIES = ("Method", "Dataset", "Metric", "Task")


def links(draw: Draw) -> str:
    source, kind, target = draw.pattern()
    more = f"WITH a, r, b WHERE {link_condition(draw, 'r')}" if draw.likely(0.5) else ""
    ends = {"a": "a.id", "b": "b.id"}
    values = {**ends, "t": "type(r)", **{key: f"r.{key}" for key in EVIDENCE}}
    whole = {"r": "r", "ends": "[startNode(r).id, endNode(r).id]"}
    answer = draw.answer(values) if draw.likely(0.5) else draw.answer(ends, whole)
    return f"""MATCH (a:{source})-[r:{kind}]->(b:{target}) {where(draw, a=source, b=target)}
        {more} {answer}"""


def undirected(draw: Draw) -> str:
    source, kind, target = draw.pattern()
    label = draw.one(source, target)
    columns = {"n": "n.id", "t": "type(r)", "o": "o.id", "out": "startNode(r).id = n.id"}
    return f"""MATCH (n:{label})-[r:{draw.one(kind, f"{kind}|MENTIONS|USES")}]-(o)
        {where(draw, n=label)} {draw.answer(columns)}"""


def chains(draw: Draw) -> str:
    """From a paper to a result, and to what two of its cells hold."""
    _, first, one = draw.pattern("Result")
    _, second, other = draw.pattern("Result")
    step = draw.one(",", f"{where(draw, r='Result')} MATCH")
    columns = {"p": "p.id", "r": "r.id", "n": "r.number", "a": "a.id", "b": "b.id"}
    return f"""MATCH (p:Paper)-[:REPORTS]->(r:Result)-[:{first}]->(a:{one}) {step}
        (r)-[:{second}]->(b:{other}) {draw.answer(columns)}"""


def together(draw: Draw) -> str:
    """Two entities of one paper."""
    _, first, one = draw.pattern("Paper", draw.one(*ENTITIES))
    _, second, other = draw.pattern("Paper", draw.one(*ENTITIES))
    guard = draw.one("a.id < b.id", "a.id <> b.id", "a <> b", "a.papers > b.papers")
    more = f"AND {condition(draw, 'p', 'Paper')}" if draw.number(0, 1) else ""
    columns = {"a": "a.id", "b": "b.id", "n": draw.one("count(p)", "count(DISTINCT p)")}
    return f"""MATCH (a:{one})<-[{draw.one("", "r")}:{first}]-(p:Paper)-[:{second}]->(b:{other})
        WHERE {guard} {more} {draw.answer(columns)}"""


def related_papers(draw: Draw) -> str:
    _, kind, target = draw.pattern("Paper", draw.one(*ENTITIES))
    columns = {"p": "p.id", "n": "count(DISTINCT q)", "first": "min(q.title)"}
    return f"""MATCH (p:Paper)-[:{kind}]->(x:{target})<-[:{draw.one(kind, f"{kind}|MENTIONS")}]-
        (q:Paper) WHERE p.id <> q.id AND {condition(draw, "x", target)} {draw.answer(columns)}"""


def optional(draw: Draw) -> str:
    source, kind, target = draw.pattern()
    counted = draw.one("count(b)", "count(DISTINCT b)", "count(*)", "count(b.papers)")
    single = {"a": "a.id", "b": "b.id", "c": f"coalesce(b.{draw.key(target, str, int)}, 'none')"}
    grouped = {"a": "a.id", "n": counted, "least": "min(b.id)"}
    inner = f"WHERE {condition(draw, 'b', target)}" if draw.number(0, 1) else ""
    return f"""MATCH (a:{source}) {where(draw, a=source)}
        OPTIONAL MATCH (a)-[r:{kind}]->(b:{target}) {inner}
        {draw.answer(draw.chance.choice([single, grouped]))}"""


def optional_twice(draw: Draw) -> str:
    columns = {"r": "r.id", "d": "d.name", "m": "m.name", "x": "coalesce(x.name, '?')"}
    return f"""MATCH (r:Result) {where(draw, r="Result")} OPTIONAL MATCH (r)-[:ON]->(d:Dataset)
        OPTIONAL MATCH (r)-[:OF]->(m:Metric) OPTIONAL MATCH (r)-[:BY]->(x:Method)
        WITH r, d, m, x WHERE {draw.one("d IS NULL", "m IS NOT NULL", "coalesce(x.salient, true)")}
        {draw.answer(columns)}"""


def kept_groups(draw: Draw) -> str:
    source, kind, target = draw.pattern("Paper", draw.one(*ENTITIES))
    _, other_kind, other = draw.pattern("Paper", draw.one(*ENTITIES))
    least = draw.given(draw.number(1, 3))
    columns = {"b": "b.id", "n": "n", "o": "o.id", "m": "count(DISTINCT p)"}
    return f"""MATCH (a:{source})-[:{kind}]->(b:{target}) WITH b, count(a) AS n
        WHERE n > {least} MATCH (b)<-[:{kind}]-(p:Paper)-[:{other_kind}]->(o:{other})
        {where(draw, o=other)} {draw.answer(columns)}"""


def best_first(draw: Draw) -> str:
    _, kind, target = draw.pattern("Paper", draw.one(*ENTITIES))
    columns = {"x": "x.id", "n": "n", "c": "c.id"}
    return f"""MATCH (p:Paper)-[:{kind}]->(x:{target}) WITH x, count(p) AS n
        ORDER BY n DESC, x.id LIMIT {draw.given(draw.number(1, 6))}
        MATCH (x)<-[:{kind}]-(p:Paper) {where(draw, p="Paper")}
        OPTIONAL MATCH (p)-[:HAS_CODE]->(c:Repository) {draw.answer(columns)}"""


def union(draw: Draw) -> str:
    one, other = draw.label(), draw.label()
    again = draw.one("UNION", "UNION ALL")
    return f"""MATCH (n:{one}) WHERE {condition(draw, "n", one)} RETURN n.id AS id
        {again} MATCH (n:{other}) WHERE {condition(draw, "n", other)} RETURN n.id AS id"""


def counted_neighbours(draw: Draw) -> str:
    source, kind, target = draw.pattern()
    columns = {
        "a": "a.id",
        "n": f"COUNT {{ (a)-[:{kind}]->(:{target}) }}",
        "m": f"COUNT {{ MATCH (a)-[r]->(x) WHERE {link_condition(draw, 'r')} }}",
        "e": f"EXISTS {{ (a)-[:{kind}]->(:{target}) }}",
    }
    chosen = dict(draw.chance.sample(list(columns.items()), 3))
    return f"MATCH (a:{source}) {where(draw, a=source)} {draw.answer(chosen)}"


def given_rows(draw: Draw) -> str:
    rows = [{"id": id, "k": k} for k, id in enumerate(draw.some("Paper", "id"))]
    draw.parameters["rows"] = [*rows, {"id": "nothing"}]
    _, kind, target = draw.pattern("Paper")
    columns = {"k": "row.k", "p": "p.published", "x": "x.id"}
    return f"""UNWIND $rows AS row MATCH (p:Paper {{id: row.id}})
        {draw.one("", "OPTIONAL ")}MATCH (p)-[:{kind}]->(x:{target}) {draw.answer(columns)}"""


def versions(draw: Draw) -> str:
    label = draw.one(*VERSIONED, "|".join(VERSIONED))
    length = draw.one("*1..3", "*0..2", "*..2", "*", "*2", "*1..1")
    columns = {"v": "v.id", "f": "f.id", "n": "length(path)", "m": "size(nodes(path))"}
    return f"""MATCH path = (v:{label})-[:VERSION_OF{length}]->(f)
        {draw.one("", "WHERE v.salient", "WHERE v.papers < f.papers", "WHERE v.id <> f.id")}
        {draw.answer(columns)}"""


def families(draw: Draw) -> str:
    """What papers say of a name and of all its versions."""
    label = draw.one(*VERSIONED)
    columns = {"f": "f.id", "n": "count(DISTINCT v)", "p": "count(DISTINCT p)"}
    return f"""MATCH (f:{label})<-[:VERSION_OF*{draw.one("0", "1")}..3]-(v:{label})
        MATCH (v)<-[:{draw.pattern("Paper", label)[1]}]-(p:Paper)
        WHERE f.papers {draw.one(">", "=")} 1 {draw.answer(columns)}"""


def walks(draw: Draw) -> str:
    """Ways of several steps, there and back, without a step twice."""
    source, kind, target = draw.pattern("Paper", draw.one(*ENTITIES))
    columns = {"a": "a.id", "n": "count(*)", "d": "count(DISTINCT b)", "l": "max(length(path))"}
    return f"""MATCH path = (a:{target})-
        [:{kind}*{draw.one("1..2", "2", "2..3", "1..3")}]-(b:{draw.one(source, target)})
        WHERE a.papers {draw.one("=", "<=", ">")} {draw.number(1, 4)} {draw.answer(columns)}"""


def subqueries(draw: Draw) -> str:
    _, kind, target = draw.pattern("Paper", draw.one(*ENTITIES))
    head = draw.one("CALL { WITH p", "CALL (p) {")
    inner = draw.one(
        "RETURN count(x) AS n",
        "WITH x ORDER BY x.id LIMIT 2 RETURN x.id AS n",
        "WITH x WHERE x.papers > 1 RETURN min(x.id) AS n",
    )
    return f"""MATCH (p:Paper) {where(draw, p="Paper")} {head} MATCH (p)-[:{kind}]->(x:{target})
        {inner} }} {draw.answer({"p": "p.id", "n": "n"})}"""


SHAPES: Sequence[Callable[[Draw], str]] = (
    links,
    undirected,
    chains,
    together,
    related_papers,
    optional,
    optional_twice,
    kept_groups,
    best_first,
    union,
    counted_neighbours,
    given_rows,
    versions,
    families,
    walks,
    subqueries,
)
