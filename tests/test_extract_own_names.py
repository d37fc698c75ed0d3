"""Names of the user's own: read from a table, always found, one thing in every paper."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from commands import Done, kg
from papers import dump, new_ledger, paper
from spacy.matcher import PhraseMatcher
from spacy.vocab import Vocab

from kg.api import KnowledgeGraph
from kg.build import update
from kg.errors import ExtractorError
from kg.extract import Extractor
from kg.extract.pipeline import make_pipeline
from kg.known import KnownName, read_names
from kg.records import Extraction, Paper, Term

HEAD = "kind\tnames\tsalient\n"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def table(*rows: str, head: str = HEAD) -> Path:
    path = Path("names.tsv")
    path.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def terms(text: str, *rows: str) -> dict[str, Term]:
    """The terms of a text by their names; its title is its first line."""
    title, _, abstract = text.partition("\n")
    (found,) = Extractor(names=table(*rows)).extract([Paper("p", title, abstract)])
    assert isinstance(found, Extraction)
    return {term.name: term for term in found.terms}


def mentions(term: Term) -> list[str]:
    return [mention.text for mention in term.mentions]


# --- the lists


def test_the_well_known_names_are_taken_in_once_though_there_are_names_of_ones_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []

    def counted(vocab: Vocab, attr: str) -> PhraseMatcher:
        made.append(attr)
        return PhraseMatcher(vocab, attr=attr)

    monkeypatch.setattr("kg.extract.gazetteer.PhraseMatcher", counted)
    make_pipeline(names=read_names(table(*ROWS)))

    assert made == ["ORTH", "LOWER"]


# --- the table


def test_a_table_is_read_with_or_without_weights_and_blank_lines() -> None:
    with_weights = table("Method\tFoo  Net| FN|\tno", "", "Task\tfoo\tyes", "Metric\tbar\t")
    assert read_names(with_weights) == (
        KnownName("Method", ("Foo Net", "FN"), False),
        KnownName("Task", ("foo",), True),
        KnownName("Metric", ("bar",), True),
    )
    assert read_names(table("Dataset\tFoo", head="kind\tnames\n")) == (
        KnownName("Dataset", ("Foo",), True),
    )
    assert read_names(table()) == ()


def test_a_table_as_a_spreadsheet_saves_it_is_read() -> None:
    path = Path("names.tsv")
    path.write_bytes(b"\xef\xbb\xbfkind\tnames\tsalient\r\nMethod\tF\xc3\xb6o|FN\tno\r\n")

    assert read_names(path) == (KnownName("Method", ("Föo", "FN"), False),)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", ':1: is not the head of a table of names; write kind, names and, if you like, sal'),
        ("Method\tFoo\n", ":1: is not the head of a table"),
        ("kind,names\nMethod,Foo\n", ":1: is not the head of a table"),
        (f"{HEAD}Model\tFoo\t\n", ':2: "Model" is no kind; write Method, Dataset, Metric or Task'),
        (f"{HEAD}Repository\tFoo\t\n", ':2: "Repository" is no kind; write Method, '),
        (f"{HEAD}\nMethod\t | \tno\n", ":3: has no name; write one, or several with | between"),
        (f"{HEAD}Method Foo\n", ":2: has 1 column; the head has 3, with tabs between them"),
        (f"{HEAD}Task\ta\tno\tb\n", ":2: has 4 columns; the head has 3, with tabs between them"),
        ("kind\tnames\nTask\ta\tno\n", ":2: has 3 columns; the head has 2, with tabs between the"),
        (f"{HEAD}Task\ta\tnever\n", ':2: "never" does not say whether it is salient; write yes'),
        (f"{HEAD}Task\ta|b\nTask\tb\n", ':3: "b" stands in line 2, too; one name is one thing'),
        (f"{HEAD}Task\ta\nMethod\ta\n", ':3: "a" stands in line 2, too; one name is one thing'),
    ],
)  # fmt: skip
def test_a_row_that_says_nothing_usable_is_named_with_its_line_and_the_cure(
    content: str, message: str
) -> None:
    Path("names.tsv").write_text(content)

    with pytest.raises(ExtractorError) as error:
        Extractor(names="names.tsv")

    assert str(error.value).startswith(f"names.tsv{message}")
    assert "\n" not in str(error.value)


def test_a_file_that_is_no_table_is_named() -> None:
    Path("names.tsv").write_bytes("kind\tnames\n".encode("utf-16"))

    for path, message in [
        ("names.tsv", "names.tsv: is not UTF-8; save it as UTF-8"),
        ("missing.tsv", "missing.tsv: no such file"),
        (".", ".: cannot be read: Is a directory"),
    ]:
        with pytest.raises(ExtractorError) as error:
            Extractor(names=path)
        assert str(error.value) == message


# --- in a text


def test_a_name_that_no_rule_knows_is_found_wherever_it_stands_and_is_certain() -> None:
    text = "On plain walking\nHere plain walking is studied; Plain walking helps."

    assert not any(term.is_given for term in terms(text).values())
    found = terms(text, "Method\tplain walking")["plain walking"]

    assert (found.kind, found.salient) == ("Method", True)
    assert mentions(found) == ["plain walking", "plain walking", "Plain walking"]
    assert {mention.confidence for mention in found.mentions} == {1.0}


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("Method\tDOOR", ["DOOR", "DOORs"]),  # a form with a capital as written
        ("Method\tdoor", ["DOOR", "door", "DOORs"]),  # one in lower case in any case
    ],
)
def test_a_name_is_matched_as_written_or_in_any_case_and_with_a_plural(
    row: str, found: list[str]
) -> None:
    term = terms("A title\nThe DOOR is open, so the door and the DOORs are.", row)[row[7:]]

    assert mentions(term) == found


def test_a_name_of_ones_own_wins_over_all_that_overlaps_it() -> None:
    text = "A title\nWe evaluate on the Great CIFAR-10 Challenge dataset and on CIFAR-10."

    found = terms(text, "Task\tCIFAR-10 Challenge")

    assert mentions(found["CIFAR-10 Challenge"]) == ["CIFAR-10 Challenge"]
    assert (found["CIFAR-10 Challenge"].kind, found["CIFAR-10"].kind) == ("Task", "Dataset")
    assert not any("CIFAR-10" in name for name in found.keys() - {"CIFAR-10 Challenge", "CIFAR-10"})


def test_of_two_names_of_ones_own_the_longer_one_stands() -> None:
    found = terms("A title\nBy plain walking.", "Task\tplain", "Method\tplain walking")

    assert list(found) == ["plain walking"]


def test_a_name_of_ones_own_has_its_kind_whatever_the_words_around_it_say() -> None:
    text = "A title\nWe introduce Zorb, a new benchmark. We evaluate on the Zorb dataset."

    assert terms(text)["Zorb"].kind == "Dataset"
    found = terms(text, "Metric\tZorb")["Zorb"]

    assert (found.kind, found.role, len(found.mentions)) == ("Metric", "proposed", 2)


def test_all_forms_of_a_row_are_one_term_that_is_called_by_the_first() -> None:
    text = "A title\nPlain walking beats BERT. With SlowWalk we go far, and SW goes on."

    found = terms(text, "Method\tSlowWalk|plain walking|SW")

    assert mentions(found["SlowWalk"]) == ["Plain walking", "SlowWalk", "SW"]
    assert list(found) == ["SlowWalk", "BERT"]


def test_an_acronym_that_the_text_defines_joins_forms_that_the_row_lacks() -> None:
    row = "Method\tZorbNet|Zorb Overlay Network"
    short = terms("A title\nWe propose the Zorb Overlay Network (ZON). ZON is good.", row)
    long = terms("A title\nWe propose Long Overlay Networks (LON). LON is good.", "Method\tLeo|LON")

    assert mentions(short["ZorbNet"]) == ["Zorb Overlay Network", "ZON", "ZON"]
    assert mentions(long["Leo"]) == ["Long Overlay Networks", "LON", "LON"]
    assert (len(short), len(long)) == (1, 1)


def test_a_well_known_name_may_be_called_otherwise_and_be_another_kind() -> None:
    found = terms("A title\nWe use BERT and ResNet.", "Dataset\tBerta|BERT")

    assert mentions(found["Berta"]) == ["BERT"]
    assert found["Berta"].kind == "Dataset"
    assert found["ResNet"].kind == "Method"


@pytest.mark.parametrize(("weight", "salient"), [("", True), ("yes", True), ("no", False)])
def test_a_name_is_salient_unless_its_row_says_no(weight: str, salient: bool) -> None:
    text = "A title\nRecently, large language models and walking have become common."

    found = terms(text, f"Method\tlarge language model\t{weight}", f"Task\twalking\t{weight}")

    assert [found[name].salient for name in ("large language model", "walking")] == [salient] * 2


def test_a_name_is_found_neither_in_a_link_nor_across_the_end_of_the_title() -> None:
    text = "By plain\nWalking, see https://github.com/a/zorb and https://zorb.example/zorb."

    assert set(terms(text, "Task\tplain walking", "Method\tzorb")) == {"https://github.com/a/zorb"}


def test_text_is_found_exactly_where_it_stands() -> None:
    one = paper("p", "We use C++ Zorb, Zörb-α (ZA) and $Z$.")
    rows = table("Method\tC++ Zorb", "Metric\tZörb-α|ZA", "Task\t$Z$")

    (found,) = Extractor(names=rows).extract([one])

    assert isinstance(found, Extraction)
    assert {term.name for term in found.terms} == {"C++ Zorb", "Zörb-α", "$Z$"}
    for term in found.terms:
        for mention in term.mentions:
            assert one.text[mention.start : mention.stop] == mention.text


# --- in a graph


PAPERS = (
    paper("a", "Plain walking beats BERT."),
    paper("b", "We use SlowWalk; SlowWalk is good."),
    paper("c", "Recently SW has become common, and SW is good, like SlowWalk."),
    paper("d", "We evaluate on ImageNet."),
)
ROWS = ("Method\tSlowWalk|plain walking|SW", "Dataset\tThe Big One|ImageNet")


def graph_of(folder: Path, names: Path | None, papers: Iterable[Paper] = PAPERS) -> KnowledgeGraph:
    graph = KnowledgeGraph(folder, create=True)
    list(graph.add(papers, extractor=Extractor(names=names)))
    return graph


def entities(graph: KnowledgeGraph) -> dict[str, tuple[object, ...]]:
    """`id` -> name, papers, salient."""
    return {
        node.id: tuple(node.properties[name] for name in ("name", "papers", "salient"))
        for node in graph.nodes()
        if node.label != "Paper"
    }


def test_in_the_graph_a_row_is_one_node_called_by_its_first_form() -> None:
    with graph_of(Path("papers.kg"), table(*ROWS)) as graph:
        found = entities(graph)

        assert found["method:slow-walk"] == ("SlowWalk", 3, True)
        assert found["dataset:big-one"] == ("The Big One", 1, True)
        assert set(found) == {"method:slow-walk", "method:bert", "dataset:big-one"}


def test_the_first_form_is_the_name_even_where_papers_prefer_another() -> None:
    papers = [paper("a", "We use SW."), paper("b", "SW, SlowWalk, SW!")]

    with graph_of(Path("papers.kg"), table(ROWS[0]), papers) as graph:
        assert entities(graph) == {"method:slow-walk": ("SlowWalk", 2, True)}


def test_a_node_is_found_by_every_form_that_papers_use() -> None:
    with graph_of(Path("papers.kg"), table(*ROWS)) as graph:
        answers = [
            graph.ask("papers_on_dataset", dataset=name)
            for name in ("the big one", "imagenet", "dataset:big-one")
        ]

    assert [[row["paper"] for row in rows] for rows in answers] == [["d"]] * 3


def test_other_names_give_the_graph_that_they_would_have_given_at_once(tmp_path: Path) -> None:
    with graph_of(tmp_path / "one.kg", None) as graph:
        without = dump(graph.ledger)
        list(graph.add([], extractor=Extractor(names=table(*ROWS))))
        with graph_of(tmp_path / "other.kg", table(*ROWS)) as other:
            assert entities(graph) == entities(other)
            assert dump(graph.ledger) == dump(other.ledger)
        list(graph.add([]))

        assert dump(graph.ledger) == without


def test_the_same_names_are_no_reason_to_extract_again() -> None:
    with new_ledger(Path("papers.kg")) as ledger:
        list(update(ledger, PAPERS, Extractor(names=table(*ROWS))))
        Path("names.tsv").rename("moved.tsv")
        again = update(ledger, PAPERS, Extractor(names="moved.tsv"))

        assert {outcome.what for outcome in again} == {"unchanged"}


# --- as a command


def source() -> Path:
    rows = ({"id": one.id, "title": one.title, "abstract": one.abstract} for one in PAPERS)
    path = Path("papers.jsonl")
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def names_in(done: Done) -> set[str]:
    lines = map(json.loads, done.out.splitlines())
    return {entity["name"] for line in lines for entity in line["entities"]}


def test_extract_finds_the_names_of_a_table() -> None:
    papers, names = source(), table(*ROWS)

    assert "The Big One" not in names_in(kg("extract", papers, "--json"))
    assert {"The Big One", "SlowWalk"} <= names_in(
        kg("extract", papers, "--json", "--names", names)
    )


def test_build_takes_a_table_and_extracts_again_where_it_is_another() -> None:
    papers = source()

    first = kg("build", papers, "--names", table(*ROWS))
    again = kg("build", papers, "--names", table(*ROWS))
    other = kg("build", papers, "--names", table(*ROWS[:1]))

    assert first.out.startswith("4 records: 4 extracted\n")
    assert again.out.startswith("4 records: 4 unchanged, nothing to extract\n")
    assert other.out.startswith("4 records: 4 extracted\n")


@pytest.mark.parametrize("command", ["build", "extract"])
def test_a_bad_table_is_told_before_anything_is_done(command: str) -> None:
    papers = source()

    done = kg(command, papers, "--names", table("Model\tFoo"))

    assert (done.code, done.out) == (1, "")
    assert done.err == (
        'kg: names.tsv:2: "Model" is no kind; write Method, Dataset, Metric or Task\n'
    )
    assert not Path("papers.kg").exists()
