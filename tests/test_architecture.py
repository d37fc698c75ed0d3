"""The one-way street of `docs/design.md`, and how the code must look, read from the source."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "kg").rglob("*.py"))
TREES = {path: ast.parse(path.read_text("utf-8")) for path in FILES}
LONGEST = 220  # lines of a file

# A room may import those of a lower number; the rooms of one number keep apart.
LEAVES = {
    "kg.errors": 0,
    "kg.records": 0,
    "kg.known": 1,
    "kg.evidence": 1,
    "kg.measures": 1,
    "kg.repositories": 1,
    "kg.slugs": 0,
    "kg.spelling": 1,
    "kg.tabular": 1,
    "kg.versions": 1,
    "kg.keys": 2,
    "kg.queries": 2,
    "kg.families": 3,
    "kg.term_keys": 3,
    "kg.corrections": 4,
    "kg.external_ids": 4,
}
ROOMS = {
    **LEAVES,
    "kg.ledger": 4,
    "kg.sources": 5,
    "kg.counts": 5,
    "kg.rows": 6,
    "kg.extract": 7,
    "kg.evaluate": 7,
    "kg.resolve": 8,
    "kg.build": 9,
    "kg.nodes": 9,
    "kg.graph": 10,
    "kg.totals": 11,
    "kg.wholes": 11,
    "kg.digests": 12,
    "kg.stores": 13,
    "kg.exports": 13,
    "kg.snapshot": 14,
    "kg.api": 15,
    "kg": 16,
    "kg.tables": 16,
    "kg.terminal": 17,
    "kg.highlight": 17,
    "kg.demo": 17,
    "kg.cli": 18,
}
BOUNDARY = "kg/extract/pipeline.py"  # other people's code runs there, and its errors are told
FOREIGN = {  # what only these may import, but for the names of types
    "spacy": ("kg/extract/", "kg/exports/displacy.py"),
    "threadpoolctl": ("kg/extract/workers.py",),
    "kglite": ("kg/stores/embedded.py",),
    "neo4j": ("kg/stores/bolt.py", "kg/stores/connection.py", "kg/stores/faults.py"),
    "sqlite3": ("kg/ledger.py",),
    "pyarrow": ("kg/sources/parquet.py",),
    "networkx": ("kg/exports/",),
    "pyvis": ("kg/exports/",),
    "jinja2": ("kg/exports/explorer/",),
    "typer": ("kg/cli/",),
    "rich": ("kg/tables.py", "kg/terminal.py", "kg/highlight.py"),
}


@dataclass(frozen=True)
class Import:
    """A module that a file imports."""

    file: str  # "kg/api.py"
    line: int
    module: str  # "kg.stores.ask"
    is_for_types: bool  # below `if TYPE_CHECKING:`

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.module}"


def imports() -> Iterator[Import]:
    for path, tree in TREES.items():
        name = path.relative_to(ROOT).as_posix()
        for_types = {
            id(node)
            for block in ast.walk(tree)
            if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
            for node in ast.walk(block)
        }
        for node in ast.walk(tree):
            for module in modules(node):
                yield Import(name, node.lineno, module, id(node) in for_types)


def modules(node: ast.AST) -> list[str]:
    """The modules that an import statement names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute"
        whole = [f"{node.module}.{alias.name}" for alias in node.names]
        return [name if is_module(name) else str(node.module) for name in whole]
    return []


def is_module(name: str) -> bool:
    path = ROOT / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file()


def room(module: str) -> str:
    """The room that a module of ours lies in: `kg.stores` for `kg.stores.ask`."""
    return ".".join(module.split(".")[:2])


def room_of_file(file: str) -> str:
    return room(file.removesuffix(".py").removesuffix("/__init__").replace("/", "."))


IMPORTS = list(imports())
OURS = [one for one in IMPORTS if room(one.module).split(".")[0] == "kg"]


def test_every_file_lies_in_a_room() -> None:
    assert {room_of_file(one.file) for one in IMPORTS} | set(LEAVES) == set(ROOMS)


def test_the_street_is_one_way() -> None:
    ways = [(room_of_file(one.file), room(one.module), one) for one in OURS]

    assert len(ways) > 100
    assert [
        str(one) for here, there, one in ways if here != there and ROOMS[there] >= ROOMS[here]
    ] == []


def test_the_leaves_hang_by_themselves() -> None:
    inner = [one for one in OURS if room_of_file(one.file) in LEAVES and not one.is_for_types]

    assert {room(one.module) for one in inner} <= set(LEAVES)


@pytest.mark.parametrize("module", sorted(FOREIGN))
def test_a_foreign_library_is_known_in_one_place(module: str) -> None:
    all_places = [one for one in IMPORTS if one.module.split(".")[0] == module]
    places = [one for one in all_places if not one.is_for_types]

    assert places
    assert [str(one) for one in places if not one.file.startswith(FOREIGN[module])] == []


def test_every_file_is_short_enough_to_be_read() -> None:
    lengths = {str(path): len(path.read_text("utf-8").splitlines()) for path in FILES}

    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}


def test_nothing_prints_but_the_terminal() -> None:
    printing = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"print", "pprint"}
    ]
    streams = [
        path.relative_to(ROOT).as_posix()
        for path in FILES
        if re.search(r"sys\.std(?:out|err)\.write", path.read_text("utf-8"))
    ]

    assert printing == []
    assert streams == ["kg/terminal.py"]


def test_all_that_is_public_says_what_it_is() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path, tree in TREES.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        if not (node.name.startswith("_") or ast.get_docstring(node))
    ]

    assert silent == []


def test_every_file_says_what_it_is_for() -> None:
    silent = [str(path) for path, tree in TREES.items() if not ast.get_docstring(tree)]

    assert silent == []


def test_no_error_is_swallowed() -> None:
    swallowing = [
        f"{path.relative_to(ROOT)}:{handler.lineno}"
        for path, tree in TREES.items()
        for handler in ast.walk(tree)
        if isinstance(handler, ast.ExceptHandler) and is_greedy(handler)
    ]

    assert [place for place in swallowing if not place.startswith(BOUNDARY)] == []


def is_greedy(handler: ast.ExceptHandler) -> bool:
    """Whether it catches everything, and does not raise it again."""
    caught = {ast.unparse(handler.type)} if handler.type else {"everything"}
    raises = any(isinstance(node, ast.Raise) and not node.exc for node in handler.body)
    return bool(caught & {"everything", "Exception", "BaseException"}) and not raises


def test_the_process_ends_in_the_command_line_alone() -> None:
    ends = {
        path.relative_to(ROOT).as_posix()
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"sys.exit", "exit", "os._exit"}
    }

    assert ends == {"kg/cli/__init__.py"}


def test_cypher_lives_in_files() -> None:
    statement = re.compile(r"\b(?:MATCH|MERGE|UNWIND)\s+[(\[$]")
    glued = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr) and statement.search(ast.unparse(node))
    ]

    assert glued == []
