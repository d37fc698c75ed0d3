"""The bulk door: a folder of CSV files that Neo4j's own offline import reads.

The files hold what `kg load` writes, digests too, so a load that comes later finds nothing to
change. Each text is quoted, which lets commas, quotes, backslashes and line breaks be what they
are; the items of a list are parted by U+001F, which no text of a paper has, and which becomes a
space in an item that has it all the same. An empty text stays one, but the import cannot hold an
empty list: it leaves the property out, and `finish.cypher` puts it there.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from kg import families
from kg.errors import KgError
from kg.graph import CELL_KINDS, RELATIONSHIPS
from kg.queries import LABELS, cypher_folder
from kg.records import Edge, Node, Property
from kg.wholes import Whole, node_digest

IMPORT, FINISH = "import.sh", "finish.cypher"
_PART = ".part"  # the folder that is written first, inside the other
_REPORT = "import.report"  # Neo4j writes it where it is started
_BETWEEN = "\x1f"  # the items of a list

_ENTITY = (
    "name:string", "aliases:string[]", "papers:long", "salient:boolean", "ambiguous:boolean",
    "external_ids:string[]", "kg_digest:long",
)  # fmt: skip
_NODE_COLUMNS: Mapping[str, Sequence[str]] = {
    "Paper": (
        "title:string", "abstract:string", "published:string", "url:string", "authors:string[]",
        "source:string", "kg_digest:long", "kg_links:long", "kg_graph:string",
    ),
    "Repository": ("url:string", "host:string", "owner:string", "name:string", "kg_digest:long"),
    "Result": (
        "text:string", "number:double", "unit:string", "form:string", "start:long", "stop:long",
        "kg_digest:long",
    ),
    "Task": _ENTITY,
    **dict.fromkeys(families.KINDS, (*_ENTITY, "kg_links:long")),
}  # fmt: skip
_EDGE_COLUMNS = ("start:long", "stop:long", "confidence:double", "count:long")
_VERSIONS = [(kind, kind) for kind in families.KINDS]  # which nobody says in a sentence
_ENDS = sorted(
    {("Paper", "Result"), *_VERSIONS}
    | {("Paper", kind) for kind, _ in RELATIONSHIPS}
    | {("Result", kind) for kind in CELL_KINDS.values()}
)

_HEAD = f"""\
#!/bin/sh
# Reads the files of this folder into the database neo4j of a Neo4j 5.26, which must not be running;
# what the database held is gone then. Afterwards start Neo4j, and run in this folder
#     cypher-shell --file {FINISH}
# which makes constraints and indexes, and the empty lists that no import can make.
set -eu
cd "$(dirname "$0")"
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What an export holds."""

    nodes: int
    relationships: int
    size: int  # of all files, in bytes


def write_import(folder: Path, graph: str, wholes: Iterable[Whole]) -> Written:
    """Writes a graph into `folder`, whose files take the place of an earlier export.

    Nothing is held in memory. Until all is written, the earlier export stays.

    Raises: KgError if the folder holds anything else, OSError if it cannot be written.
    """
    is_new = not folder.exists()
    folder.mkdir(exist_ok=True)
    _check_is_ours(folder)
    part = folder / _PART
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        written = _write(part, graph, wholes)
        _move(part, folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        if is_new:
            with suppress(OSError):
                folder.rmdir()
        raise
    return written


def import_command() -> str:
    """The command that reads an export, to be run in its folder; its lines are those of a shell."""
    options = (
        "--overwrite-destination", "--array-delimiter=U+001F", "--multiline-fields=true",
        *(f"--nodes={label}:Kg={','.join(_files(_node_table(label)))}" for label in LABELS),
        *(f"--relationships={','.join(_files(_edge_table(*ends)))}" for ends in _ENDS),
    )  # fmt: skip
    return " \\\n  ".join(("neo4j-admin database import full neo4j", *options))


def _check_is_ours(folder: Path) -> None:
    tables = {file for table in _columns_of_all() for file in _files(table)}
    ours = {*tables, IMPORT, FINISH, _PART, _REPORT}
    if others := sorted({one.name for one in folder.iterdir()} - ours):
        raise KgError(f"{folder}: holds {others[0]}, which is no export; name a folder of its own")


def _write(part: Path, graph: str, wholes: Iterable[Whole]) -> Written:
    with ExitStack() as opened:
        tables = _Tables(part, opened)
        for whole in wholes:
            tables.add(whole, graph)
    schema, lists = (cypher_folder() / name for name in ("schema.cypher", "load/lists.cypher"))
    _write_text(part / FINISH, f"{schema.read_text('utf-8')}\n{lists.read_text('utf-8')}")
    _write_text(part / IMPORT, f"{_HEAD}{import_command()}\n")
    (part / IMPORT).chmod(0o755)
    size = sum(file.stat().st_size for file in part.iterdir())
    return Written(tables.nodes, tables.relationships, size)


def _move(part: Path, folder: Path) -> None:
    """Puts what was written in its place, and last of all what tells how to read it."""
    (folder / IMPORT).unlink(missing_ok=True)
    for file in sorted(part.iterdir(), key=lambda file: file.name == IMPORT):
        file.replace(folder / file.name)
    part.rmdir()


class _Tables:
    """All tables, open at once."""

    def __init__(self, folder: Path, opened: ExitStack) -> None:
        self.nodes = self.relationships = 0  # that are written
        self._files: dict[str, TextIO] = {}
        self._names: dict[str, list[str]] = {}
        for table, columns in _columns_of_all().items():
            header, rows = (folder / file for file in _files(table))
            _write_text(header, f"{','.join(columns)}\n")
            opened_rows = rows.open("w", encoding="utf-8", newline="\n")
            self._files[table] = opened.enter_context(opened_rows)
            self._names[table] = [column.partition(":")[0] for column in columns[1:]]

    def add(self, whole: Whole, graph: str) -> None:
        """A node, and what is written with it."""
        links = whole.links if whole.edges or whole.node.label == "Paper" else None
        self._add_node(whole.node, {"kg_links": links, "kg_graph": graph})
        for result in whole.results:
            self._add_node(result, {})
        for edge, sentence in zip(whole.edges, whole.sentences, strict=True):
            self._add_edge(edge, sentence)

    def _add_node(self, node: Node, notes: Mapping[str, Property]) -> None:
        table = _node_table(node.label)
        values = {**node.properties, **notes, "kg_digest": node_digest(node)}
        self._files[table].write(_row(node.id, *(values[name] for name in self._names[table])))
        self.nodes += 1

    def _add_edge(self, edge: Edge, sentence: str) -> None:
        evidence = (edge.start, edge.stop, edge.confidence, edge.count)
        said = (sentence,) if edge.paper else ()
        row = _row(edge.source, edge.target, edge.type, *evidence, *said)
        self._files[_edge_table(edge.source_label, edge.target_label)].write(row)
        self.relationships += 1


def _columns_of_all() -> dict[str, tuple[str, ...]]:
    """The columns of each table."""
    nodes = {_node_table(label): (f"id:ID({label})", *_NODE_COLUMNS[label]) for label in LABELS}
    edges = {_edge_table(*ends): _edge_columns(*ends) for ends in _ENDS}
    return {**nodes, **edges}


def _edge_columns(source: str, target: str) -> tuple[str, ...]:
    said = () if (source, target) in _VERSIONS else ("sentence:string",)
    return f":START_ID({source})", f":END_ID({target})", ":TYPE", *_EDGE_COLUMNS, *said


def _node_table(label: str) -> str:
    return f"nodes-{label.lower()}"


def _edge_table(source: str, target: str) -> str:
    return f"relationships-{source.lower()}-{target.lower()}"


def _files(table: str) -> tuple[str, str]:
    return f"{table}-header.csv", f"{table}.csv"


def _row(*values: Property) -> str:
    return ",".join(_cells(values)) + "\n"


def _cells(values: Iterable[Property]) -> Iterator[str]:
    """Values as CSV; what is not there is empty, an empty text is two quotes."""
    for value in values:
        if isinstance(value, str):
            yield '"' + value.replace('"', '""') + '"'
        elif isinstance(value, bool):
            yield "true" if value else "false"
        elif isinstance(value, tuple):
            items = _BETWEEN.join(item.replace(_BETWEEN, " ") for item in value)
            yield '"' + items.replace('"', '""') + '"'
        else:
            yield "" if value is None else repr(value)


def _write_text(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
