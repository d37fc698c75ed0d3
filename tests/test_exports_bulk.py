"""The bulk door: what Neo4j's own offline import makes of the files is what a load makes."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import neo4j
import pytest
from neo4j_server import imported_server
from papers import Marks, new_ledger, paper

from kg.build import update
from kg.digests import Page, everything, frozen, graph_id
from kg.errors import KgError
from kg.exports.bulk import FINISH, IMPORT, Written, import_command, write_import
from kg.ledger import Ledger
from kg.queries import LABELS, TYPES, Query, load_queries
from kg.records import Extraction, Node, Paper, Rejected, Term
from kg.stores.ask import ask
from kg.stores.bolt import Neo4jStore, connect
from kg.stores.comparing import differing_pages
from kg.stores.load import Loaded, load
from kg.stores.protocol import Rows
from kg.wholes import Whole

SIGNS = 'a "quote", ""two"", a comma; a|bar \\ \\" \\n 🎉 \u2028 ünï\nline\r\nline\rline\ttab "'
NASTY = {"Nasty": 'Nas"ty;,|\\\n\r\n\tone 🎉', "Nastier": 'NAS"TY,\n;|\\one'}
PAPERS = [
    paper(
        "1",
        "Method:Zorb/proposed for Task:Parsing/addressed on Dataset:Set-1/introduced in "
        "Metric:Score/reported =97.5 from Method:Base/used https://github.com/zorb/code",
        published="2023-12-01",
        authors=("Ann", "Bo"),
    ),
    paper(
        "2",
        "Method:Zorb-2/proposed beats Method:Zorb/used and Method:Base/compared. For "
        "Task:Parsing/addressed on Dataset:Set-1/evaluated in Metric:Score/reported it has =98.1",
        published="2024-03-01",
    ),
    paper("3", "Method:Zorb/compared Method:Nasty/compared Task:Parsing/addressed Dataset:Set-2"),
    Paper(
        'x;,"\\', SIGNS, f"{SIGNS} Method:Nasty/proposed. {SIGNS} Method:Nastier/used {SIGNS} =1e",
        published="2024-03", url="https://x.org/?a=1,2;3", authors=(SIGNS, ";", "A, B", '"'),
    ),
    paper("5", "Method:Nasty/used and nothing else"),
    paper("6", "nothing at all"),
]  # fmt: skip
GIVEN: dict[str, dict[str, object]] = {
    "builds_on": {"method": "Zorb"},
    "code": {"topic": "Zorb"},
    "code_of_paper": {"paper": "1"},
    "datasets_of_task": {"task": "Parsing"},
    "evidence": {"paper": 'x;,"\\'},
    "introduced_datasets": {"task": "Parsing"},
    "leaderboard": {"dataset": "Set-1"},
    "lineage": {"method": "Zorb-2"},
    "methods_of_task": {"task": "Parsing"},
    "metrics_on_dataset": {"dataset": "Set-1"},
    "most_used": {"kind": "Method"},
    "new_about": {"topic": "Zorb", "versions": "yes"},
    "paper_facts": {"paper": 'x;,"\\'},
    "papers_of_task": {"task": "Parsing"},
    "papers_on_both": {"first": "Zorb", "second": "Base"},
    "papers_on_dataset": {"dataset": "Set-1"},
    "path": {"source": "Set-2", "target": "Set-1"},
    "results_of_method": {"method": "Zorb"},
    "results_of_paper": {"paper": "1"},
    "rivals": {"method": "Base"},
    "search": {"text": "s"},
    "similar_papers": {"paper": "1"},
    "trending": {"kind": "Method"},
    "used_together": {"topic": "Zorb"},
    "versions": {"topic": "Zorb"},
}
NODES = """
    MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties, n.id AS id
    ORDER BY id, labels
"""
RELATIONSHIPS = """
    MATCH (a)-[r]->(b)
    RETURN a.id AS source, type(r) AS type, b.id AS target, properties(r) AS properties
    ORDER BY source, type, target
"""
NO_LISTS = """
    MATCH (n:Paper|Method|Dataset|Metric|Task)
    WHERE coalesce(n.aliases, n.authors) IS NULL
    RETURN n.id AS id ORDER BY id
"""


class NastyMarks(Marks):
    """An extractor of marks that gives some of them names which hold all kinds of signs."""

    def _extract(self, one: Paper) -> Extraction | Rejected:
        found = super()._extract(one)
        assert isinstance(found, Extraction)
        return replace(found, terms=tuple(map(renamed, found.terms)))


def renamed(term: Term) -> Term:
    name = NASTY.get(term.name, term.name)
    mentions = (replace(one, text=NASTY.get(one.text, one.text)) for one in term.mentions)
    return replace(term, name=name, mentions=tuple(mentions))


@dataclass(frozen=True)
class Doors:
    """The same graph behind both doors, and what a load found to do after the import."""

    loaded: Neo4jStore
    imported: Neo4jStore
    differing: dict[str, list[Page]]
    again: Loaded
    without_lists: Rows  # before the import was finished


def export(ledger: Ledger, folder: Path) -> Written:
    with frozen(ledger):
        return write_import(folder, graph_id(ledger), everything(ledger))


def finish(uri: str, password: str, folder: Path) -> None:
    """Runs what `cypher-shell --file finish.cypher` would."""
    with (
        neo4j.GraphDatabase.driver(uri, auth=("neo4j", password)) as driver,
        driver.session() as session,
    ):
        for statement in (folder / FINISH).read_text("utf-8").split(";\n"):
            if statement.strip():
                session.run(statement).consume()


@contextmanager
def imported_by(folder: Path, home: Path, ledger: Ledger, loaded: Neo4jStore) -> Iterator[Doors]:
    with (
        imported_server(home, folder / IMPORT) as server,
        connect(server.uri, password=server.password) as store,
    ):
        with frozen(ledger):
            differing = differing_pages(store, ledger)
        again = load(store, ledger)
        without_lists = store.read(NO_LISTS)
        finish(server.uri, server.password, folder)
        yield Doors(loaded, store, differing, again, without_lists)


@pytest.fixture(scope="module")
def doors(
    tmp_path_factory: pytest.TempPathFactory, neo4j_connection: Neo4jStore
) -> Iterator[Doors]:
    folder = tmp_path_factory.mktemp("bulk")
    neo4j_connection.write("MATCH (n) DETACH DELETE n")
    with new_ledger(folder / "papers.kg") as ledger:
        list(update(ledger, PAPERS, NastyMarks()))
        load(neo4j_connection, ledger)
        export(ledger, folder / "export")
        with imported_by(folder / "export", folder / "home", ledger, neo4j_connection) as both:
            yield both
    neo4j_connection.write("MATCH (n) DETACH DELETE n")


def test_a_load_after_the_import_finds_nothing_to_change(doors: Doors) -> None:
    assert doors.differing == {}
    assert doors.again == Loaded(18, 30, 0, 0, 0, 0, 0, (), doors.again.schema)


def test_each_node_is_what_a_load_makes(doors: Doors) -> None:
    made = doors.loaded.read(NODES)

    assert {label for row in made for label in row["labels"]} == {*LABELS, "Kg"}
    assert [sorted(row["labels"]) for row in doors.imported.read(NODES)] == [
        sorted(row["labels"]) for row in made
    ]
    assert [row["properties"] for row in doors.imported.read(NODES)] == [
        row["properties"] for row in made
    ]


def test_each_relationship_is_what_a_load_makes(doors: Doors) -> None:
    made = doors.loaded.read(RELATIONSHIPS)

    assert {row["type"] for row in made} == {*TYPES} - {"AGAINST", "LINKS_TO"}
    assert doors.imported.read(RELATIONSHIPS) == made


def test_names_and_texts_keep_all_their_signs(doors: Doors) -> None:
    names = "MATCH (m:Method) WHERE m.name CONTAINS '|' RETURN m.name AS name, m.aliases AS aliases"
    texts = "MATCH (p:Paper {id: $id}) RETURN p.title AS title, p.authors AS authors"
    sentences = "MATCH (:Paper {id: $id})-[r:USES]->() RETURN r.sentence AS sentence"
    given = {"id": 'x;,"\\'}

    assert doors.imported.read(names) == [{"name": NASTY["Nasty"], "aliases": [NASTY["Nastier"]]}]
    assert doors.imported.read(texts, given) == [
        {"title": SIGNS, "authors": [SIGNS, ";", "A, B", '"']}
    ]
    assert "\\" in str(doors.imported.read(sentences, given)[0]["sentence"])


def test_empty_lists_are_there_once_the_import_is_finished(doors: Doors) -> None:
    assert {"id": "6"} in doors.without_lists
    assert {"id": "method:zorb"} in doors.without_lists
    assert doors.imported.read(NO_LISTS) == []


def test_an_import_is_finished_by_all_constraints_and_indexes(doors: Doors) -> None:
    shown = "SHOW INDEXES YIELD name, labelsOrTypes, properties RETURN * ORDER BY name"

    assert doors.imported.read(shown) == doors.loaded.read(shown)


@pytest.mark.parametrize("query", load_queries().values(), ids=lambda query: query.name)
def test_every_question_has_the_same_answer_behind_both_doors(query: Query, doors: Doors) -> None:
    rows = ask(doors.imported, query, GIVEN[query.name])

    assert rows
    assert rows == ask(doors.loaded, query, GIVEN[query.name])


def tables(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of each table by the columns that its header names."""
    found = {}
    for header in sorted(folder.glob("*-header.csv")):
        table = header.name.removesuffix("-header.csv")
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            columns = header.read_text("utf-8").strip().split(",")
            found[table] = list(csv.DictReader(file, columns))
    return found


def test_a_table_holds_a_label_or_the_relationships_between_two(
    tmp_path: Path, ledger: Ledger
) -> None:
    list(update(ledger, PAPERS, Marks()))

    written = export(ledger, tmp_path / "export")

    found = tables(tmp_path / "export")
    assert [table for table in found if table.startswith("nodes-")] == sorted(
        f"nodes-{label.lower()}" for label in LABELS
    )
    nodes = sum(len(rows) for table, rows in found.items() if table.startswith("nodes-"))
    assert (nodes, sum(map(len, found.values())) - nodes) == (written.nodes, written.relationships)
    header = (tmp_path / "export" / "nodes-task-header.csv").read_text("utf-8")
    assert header == (
        "id:ID(Task),name:string,aliases:string[],papers:long,salient:boolean,"
        "ambiguous:boolean,external_ids:string[],kg_digest:long\n"
    )
    assert found["relationships-method-method"] == [
        {
            ":START_ID(Method)": "method:zorb-2", ":END_ID(Method)": "method:zorb",
            ":TYPE": "VERSION_OF",
            "start:long": "0", "stop:long": "0", "confidence:double": "1.0", "count:long": "1",
        }
    ]  # fmt: skip


def test_the_command_reads_every_table_and_nothing_else(tmp_path: Path, ledger: Ledger) -> None:
    export(ledger, tmp_path / "export")

    files = {file.name for file in (tmp_path / "export").iterdir()}
    named = {
        file
        for line in import_command().splitlines()
        if "--nodes" in line or "--relationships" in line
        for file in line.removesuffix(" \\").rpartition("=")[2].split(",")
    }
    assert files == named | {IMPORT, FINISH}
    script = (tmp_path / "export" / IMPORT).read_text("utf-8")
    assert script.endswith(f"\n{import_command()}\n")


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path, ledger: Ledger) -> None:
    list(update(ledger, PAPERS, Marks()))

    for name in ("one", "other"):
        export(ledger, tmp_path / name)

    one, other = (
        {file.name: file.read_bytes() for file in (tmp_path / name).iterdir()}
        for name in ("one", "other")
    )
    assert one == other


def test_what_parts_the_items_of_a_list_becomes_a_space_in_an_item(tmp_path: Path) -> None:
    node = Node(
        "1",
        "Paper",
        {
            "title": "a\x1fb", "abstract": "", "published": "", "url": "",
            "authors": ("c\x1fd", "e"), "source": "",
        },
    )  # fmt: skip

    write_import(tmp_path / "export", "graph", [Whole(node)])

    (row,) = tables(tmp_path / "export")["nodes-paper"]
    assert (row["title:string"], row["authors:string[]"]) == ("a\x1fb", "c d\x1fe")


def test_an_earlier_export_stays_until_the_new_one_is_whole(tmp_path: Path, ledger: Ledger) -> None:
    list(update(ledger, PAPERS, Marks()))
    export(ledger, tmp_path / "export")
    before = {file.name: file.read_bytes() for file in (tmp_path / "export").iterdir()}

    def breaking() -> Iterator[Whole]:
        yield next(everything(ledger))
        raise OSError(28, "No space left on device")

    for folder in ("export", "new"):
        with pytest.raises(OSError, match="No space left"):
            write_import(tmp_path / folder, "graph", breaking())

    after = {file.name: file.read_bytes() for file in (tmp_path / "export").iterdir()}
    assert after == before
    assert not (tmp_path / "new").exists()


def test_a_new_export_takes_the_place_of_an_earlier_one(tmp_path: Path, ledger: Ledger) -> None:
    list(update(ledger, PAPERS[:2], Marks()))
    export(ledger, tmp_path / "one")
    (tmp_path / "one" / "import.report").write_text("")  # by Neo4j
    (tmp_path / "one" / ".part").mkdir()  # by an export that was killed
    list(update(ledger, PAPERS, Marks()))

    export(ledger, tmp_path / "one")

    export(ledger, tmp_path / "other")
    assert tables(tmp_path / "one") == tables(tmp_path / "other")
    assert not (tmp_path / "one" / ".part").exists()


def test_a_folder_that_holds_anything_else_is_left_alone(tmp_path: Path, ledger: Ledger) -> None:
    (tmp_path / "notes.txt").write_text("mine")

    with pytest.raises(KgError, match=r"holds \S+, which is no export; name a folder of its own"):
        export(ledger, tmp_path)

    assert not (tmp_path / IMPORT).exists()
    assert (tmp_path / "notes.txt").read_text() == "mine"
