"""The Cypher of the project lives in `cypher/`, one statement a file; this is its reader."""

import difflib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast, get_args

from kg.errors import QueryError
from kg.records import KINDS

LABELS = ("Paper", *KINDS, "Result")
TYPES = (
    "PROPOSES", "USES", "COMPARES_WITH", "MENTIONS", "INTRODUCES", "EVALUATES_ON", "REPORTS",
    "ADDRESSES", "HAS_CODE", "LINKS_TO", "OF", "ON", "BY", "AGAINST", "VERSION_OF",
)  # fmt: skip

ParameterType = Literal[
    "integer", "text", "date", "kind", "form",
    "Paper", "Method", "Dataset", "Metric", "Task", "Repository", "Entity",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question wants to know; `default` is None where it must be given."""

    name: str
    type: ParameterType
    default: int | str | None
    description: str


@dataclass(frozen=True, slots=True)
class Query:
    """A named question."""

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]  # as `ask` answers
    cypher: str  # without comments


@cache
def load_queries() -> Mapping[str, Query]:
    """All named questions by name, in order of their names.

    Raises: QueryError if the head of a file does not say what the file does.
    """
    files = sorted((cypher_folder() / "queries").glob("*.cypher"))
    return MappingProxyType({file.stem: _parsed(file) for file in files})


def find_query(name: str) -> Query:
    """The question called `name`.

    Raises: QueryError if there is none, with the nearest names.
    """
    queries = load_queries()
    if name in queries:
        return queries[name]
    near = difflib.get_close_matches(name.lower().replace("-", "_"), queries, n=3, cutoff=0.5)
    advice = f"did you mean {', '.join(near)}?" if near else f"there are {', '.join(queries)}"
    raise QueryError(f'no question is called "{name}"; {advice}')


def statement(path: str, **names: str) -> str:
    """The Cypher of `cypher/<path>.cypher` without comments, each placeholder replaced by a name.

    Labels and types cannot be parameters in Cypher: a file writes `:LABEL`, and `LABEL="Paper"`
    or `LABEL="Method|Task"` puts names of the graph's schema there.
    """
    unknown = {part for name in names.values() for part in name.split("|")} - {*LABELS, *TYPES}
    if unknown:
        raise QueryError(f"{', '.join(sorted(unknown))}: no label or type of the graph's schema")
    text = _cypher(path)
    for placeholder, name in names.items():
        text = text.replace(f":{placeholder}", f":{name}")
    return text


def cypher_folder() -> Path:
    """Where the files are: inside an installed package, beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "cypher"
    return installed if installed.is_dir() else package.parent / "cypher"


_PARAMETER = re.compile(r'\$(\w+): (\w+)(?: = ("[^"]*"|\d+))?, (.+)')


def _parsed(file: Path) -> Query:
    text = file.read_text(encoding="utf-8")
    head = [line.removeprefix("//").strip() for line in text.splitlines() if line.startswith("//")]
    summary = " ".join(line for line in head if not line.startswith(("$", "columns:")))
    columns = "".join(line.removeprefix("columns:") for line in head if line.startswith("columns:"))
    if not summary or not columns:
        raise QueryError(f"{file.name}: its head needs a summary and a line `// columns: ...`")
    return Query(
        name=file.stem,
        summary=summary,
        parameters=tuple(_parameter(line, file) for line in head if line.startswith("$")),
        columns=tuple(column.strip() for column in columns.split(",")),
        cypher=_without_comments(text),
    )


def _parameter(line: str, file: Path) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if match is None or match[2] not in get_args(ParameterType):
        raise QueryError(f"{file.name}: not `// $name: type = default, description`: {line}")
    name, kind, default, description = match.groups()
    value = None if default is None else json.loads(default)
    return Parameter(name, cast(ParameterType, kind), value, description)


def _without_comments(text: str) -> str:
    """`text` without its comments, each of which has a line of its own."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("//"))
    return "\n".join(lines).strip()


@cache
def _cypher(path: str) -> str:
    return _without_comments((cypher_folder() / f"{path}.cypher").read_text(encoding="utf-8"))
