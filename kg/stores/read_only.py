"""Only reading Cypher passes: a statement is judged before any engine sees it.

The engines guard themselves too (Neo4j by its access mode, the snapshot by being frozen), but an
engine may still read files (`LOAD CSV`) or call out (procedures), and its messages are its own.
"""

import re
from collections.abc import Iterator

from kg.errors import QueryError

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<comment>//[^\r\n]*+|/\*(?:[^*]|\*(?!/))*+(?P<mark>\*/|\Z))
      | (?P<string>'(?:[^'\\]|\\.)*+(?P<single>'|\Z)|"(?:[^"\\]|\\.)*+(?P<double>"|\Z))
      | (?P<name>`(?:[^`]|``)*+(?P<tick>`|\Z))
      | (?P<word>[^\W\d]\w*)
      | (?P<number>\d+(?:\.(?!\.))?)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_ENDS = ("mark", "single", "double", "tick")
_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")

_BEGINNING = re.compile(
    r" (?:(?:EXPLAIN|PROFILE) )*(?:MATCH|OPTIONAL|WITH|UNWIND|RETURN|CALL) ", re.IGNORECASE
)
_LOAD_CSV = re.compile(r" `?LOAD`? `?CSV`? ", re.IGNORECASE)
_WRITING = re.compile(  # but not where only a name can stand: `n.set`, `:Set`, `$set`, `{set: 1}`
    r"(?<! [.:$|&!]) (CREATE|MERGE|SET|DELETE|DETACH|NODETACH|REMOVE|DROP|FOREACH|INSERT) (?!:)",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(r"(?<! [.:$|&!]) CALL (?![{(:])((?:\S+ \. )*+\S+) ", re.IGNORECASE)
_FUNCTION = re.compile(r"(?<!\.)(?<!CALL) (`?\w+`?(?: \. `?\w+`?)++) \( ", re.IGNORECASE)
_PROCEDURES = (
    "db.labels",
    "db.relationshipTypes",
    "db.propertyKeys",
    "db.schema.visualization",
    "db.schema.nodeTypeProperties",
    "db.schema.relTypeProperties",
)
_NAMESPACES = ("date", "datetime", "localdatetime", "time", "localtime", "duration", "point")


def check_read_only(cypher: str) -> None:
    """Pass where `cypher` is one statement that only reads the graph.

    Raises: QueryError that names the clause, procedure or function in the way.
    """
    text = without_comments(cypher)
    _check_reading(_skeleton(text))
    if "\\u" in text:  # Neo4j resolves `\u0041` before anything else
        _check_reading(_skeleton(_ESCAPE.sub(lambda sign: chr(int(sign.group(1), 16)), text)))


def without_comments(cypher: str) -> str:
    """`cypher` with a space for each comment and without the semicolons at its end."""
    parts = [" " if kind == "comment" else text for kind, text in _tokens(cypher)]
    while parts and (parts[-1].isspace() or parts[-1] == ";"):
        parts.pop()
    return "".join(parts).lstrip()


def _tokens(cypher: str) -> Iterator[tuple[str, str]]:
    """All pieces of `cypher` in order, each with what it is."""
    for match in _TOKEN.finditer(cypher):
        if "" in match.group(*_ENDS):
            line = cypher.count("\n", 0, match.start()) + 1
            raise QueryError(f"a comment, string or name that opens in line {line} never closes")
        yield match.lastgroup or "sign", match.group()


def _skeleton(cypher: str) -> str:
    """The tokens of `cypher` with one space around each, but nothing of what strings hold."""
    tokens = [""]
    for kind, text in _tokens(cypher):
        if kind == "string":
            tokens.append("''")
        elif kind == "name":
            tokens.append("`" + re.sub(r"\W", "_", text[1:-1]) + "`")
        elif kind not in ("space", "comment"):
            tokens.append(text)
    return " ".join([*tokens, ""])


def _check_reading(skeleton: str) -> None:
    if " ; " in skeleton:
        raise QueryError("one statement at a time: something stands behind a semicolon")
    if _LOAD_CSV.search(skeleton):
        raise QueryError("LOAD CSV reads files and is not allowed here")
    if writing := _WRITING.search(skeleton):
        word = writing.group(1)
        raise QueryError(f"{word} would write, and here is only read (as a name: `{word}`)")
    if not _BEGINNING.match(skeleton):
        first = skeleton.split(maxsplit=1)[0] if skeleton.strip() else "nothing"
        raise QueryError(f"a question begins with MATCH, WITH, UNWIND, RETURN or CALL, not {first}")
    _check_calls(skeleton)


def _check_calls(skeleton: str) -> None:
    """Refuse procedures and functions of plugins: they may write, read files or call out."""
    for call in _PROCEDURE.finditer(skeleton):
        name = _name(call.group(1))
        if name not in _PROCEDURES:
            raise QueryError(f"CALL {name} is not allowed here; allowed: {', '.join(_PROCEDURES)}")
    for call in _FUNCTION.finditer(skeleton):
        name = _name(call.group(1))
        if name.partition(".")[0].lower() not in _NAMESPACES:
            raise QueryError(f"{name}() belongs to a plugin and is not allowed here")


def _name(dotted: str) -> str:
    return dotted.replace(" ", "").replace("`", "")
