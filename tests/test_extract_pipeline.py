"""A pipeline of the user's own: its entities are names, and what it lacks is put behind it."""

from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from commands import SAMPLE, kg
from papers import dump, new_ledger, paper
from spacy.language import Language
from spacy.tokens import Doc

from kg.api import build
from kg.build import update
from kg.errors import ExtractorError
from kg.extract import Extractor
from kg.extract.candidates import Name
from kg.extract.components import COMPONENTS
from kg.extract.pipeline import make_pipeline
from kg.records import Extraction, Paper, Term

PATTERNS = [
    {"label": "Method", "pattern": "slow walking"},
    {"label": "Method", "pattern": "BERT"},
    {"label": "Method?", "pattern": "quick sorting"},
    {"label": "Dataset", "pattern": "great lake"},
    {"label": "Metric", "pattern": "wetness"},
    {"label": "Task", "pattern": "swimming"},
    {"label": "PERSON", "pattern": "Ada"},
    {"label": "Method", "pattern": [{"LOWER": "slow"}, {"IS_SPACE": True}, {"LOWER": "lake"}]},
    {"label": "Method", "pattern": [{"TEXT": {"REGEX": "zorb"}}]},
]
Making = Callable[[Callable[[Language], object]], Path]


@Language.component("states_confidence")
def states_confidence(doc: Doc) -> Doc:
    for entity in doc.ents:
        entity._.kg_confidence = {"BERT": 1.0, "wetness": 0.0}.get(entity.text, 0.25)
    return doc


@Language.component("finds_only_what_it_likes", assigns=["doc.ents"])
def finds_only_what_it_likes(doc: Doc) -> Doc:
    return doc


@pytest.fixture
def make(tmp_path: Path) -> Making:
    """Writes a plain English pipeline with what is added to it."""

    def make(add: Callable[[Language], object]) -> Path:
        nlp = spacy.blank("en")
        add(nlp)
        nlp.to_disk(tmp_path / "pipeline")
        return tmp_path / "pipeline"

    return make


@pytest.fixture
def ruler(make: Making) -> Path:
    """A pipeline that finds the patterns, with spaCy's own tokenizer."""
    return make(add_ruler)


def add_ruler(nlp: Language, **options: str) -> None:
    nlp.add_pipe("entity_ruler", **options).add_patterns(PATTERNS)


def terms(pipeline: Path | None, text: str, names: Path | None = None) -> dict[str, Term]:
    """The terms of a text by their names; its title is its first line."""
    title, _, abstract = text.partition("\n")
    (found,) = Extractor(pipeline=pipeline, names=names).extract([Paper("p", title, abstract)])
    assert isinstance(found, Extraction)
    return {term.name: term for term in found.terms}


TEXT = "A title\nIn wetness, slow walking on the great lake is better, and swimming is hard."


def test_entities_are_terms_of_the_kind_that_their_label_says(ruler: Path) -> None:
    found = terms(ruler, TEXT)

    assert {name: term.kind for name, term in found.items()} == {
        "wetness": "Metric",
        "slow walking": "Method",
        "great lake": "Dataset",
        "swimming": "Task",
    }
    assert all(term.salient for term in found.values())
    assert {term.mentions[0].confidence for term in found.values()} == {0.9}


def test_a_name_says_who_has_found_it(ruler: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.tsv"
    names.write_text("kind\tnames\nTask\thard\n")
    with_names = make_pipeline(ruler, Extractor(names=names)._names)

    doc = with_names(f"{TEXT} It beats ResNet and Zorb-3.")

    assert {doc.text[one.start : one.stop]: one.by for one in doc._.kg_names} == {
        "wetness": "pipeline",
        "slow walking": "pipeline",
        "great lake": "pipeline",
        "swimming": "pipeline",
        "hard": "user",
        "ResNet": "known",
        "Zorb-3": "rule",
    }


def test_a_label_with_a_question_mark_is_a_name_that_is_not_salient(ruler: Path) -> None:
    found = terms(ruler, "A title\nWe use quick sorting and slow walking.")

    assert (found["quick sorting"].kind, found["quick sorting"].salient) == ("Method", False)
    assert found["slow walking"].salient


def test_what_the_pipeline_doubts_in_one_place_only_is_salient(make: Making) -> None:
    patterns = [{"label": "Method?", "pattern": "zorb"}, {"label": "Method", "pattern": "Zorb"}]
    pipeline = make(lambda nlp: nlp.add_pipe("entity_ruler").add_patterns(patterns))

    assert not terms(pipeline, "A title\nBy zorb and zorb.")["zorb"].salient
    assert terms(pipeline, "A title\nBy zorb and Zorb.")["zorb"].salient


def test_other_labels_are_no_names(ruler: Path) -> None:
    assert terms(ruler, "A title\nAda is no method.") == {}


def test_a_pipeline_may_say_how_sure_it_is_but_not_as_sure_as_the_user(make: Making) -> None:
    def add(nlp: Language) -> None:
        add_ruler(nlp)
        nlp.add_pipe("states_confidence")

    found = terms(make(add), f"{TEXT} BERT, too.")

    assert {name: term.mentions[0].confidence for name, term in found.items()} == {
        "wetness": 0.9,  # what it states is no confidence
        "slow walking": 0.25,
        "great lake": 0.25,
        "swimming": 0.25,
        "BERT": 0.99,
    }


def test_no_entity_crosses_the_end_of_the_title_or_lies_in_a_link(ruler: Path) -> None:
    found = terms(ruler, "Too slow\nLake zorb, see https://github.com/a/zorb for it.")

    assert set(found) == {"zorb", "https://github.com/a/zorb"}
    assert [mention.text for mention in found["zorb"].mentions] == ["zorb"]


def test_an_entity_is_taken_without_the_space_around_it(make: Making) -> None:
    spaced = [{"label": "Method", "pattern": [{"IS_SPACE": True}, {"LOWER": "zorb"}]}]
    pipeline = make(lambda nlp: nlp.add_pipe("entity_ruler").add_patterns(spaced))

    found = terms(pipeline, "A title\nzorb and   zorb.")

    assert [mention.text for mention in found["zorb"].mentions] == ["zorb", "zorb"]
    assert found["zorb"].mentions[0].start == 8


def test_names_of_the_user_win_over_entities_and_those_over_rules(
    ruler: Path, tmp_path: Path
) -> None:
    names = tmp_path / "names.tsv"
    names.write_text("kind\tnames\nDataset\tslow walking|BERT\n")
    text = "A title\nWe evaluate on slow walking, swimming and BERT."

    found = terms(ruler, text, names)

    assert {name: term.kind for name, term in found.items()} == {
        "slow walking": "Dataset",
        "swimming": "Task",
    }


def test_rules_and_lists_find_beside_the_entities_what_they_always_find(ruler: Path) -> None:
    text = "A title\nWe propose ZipNet. On CIFAR-10 it has an accuracy of 91%."

    assert set(terms(ruler, text)) == {"ZipNet", "CIFAR-10", "accuracy"}


def test_workers_read_by_the_pipeline_and_the_names_too_wherever_the_folder_is_named_from(
    ruler: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg.extract.workers._FEW", 0)
    Path("names.tsv").write_text("kind\tnames\nTask\thard\n")

    with Extractor(pipeline=ruler.name, names="names.tsv", jobs=2) as extractor:
        (found,) = extractor.extract([Paper("p", *TEXT.split("\n"))])

    assert isinstance(found, Extraction)
    assert {term.name for term in found.terms} == {
        "wetness", "slow walking", "great lake", "swimming", "hard",
    }  # fmt: skip


@pytest.mark.parametrize("batch", [1, 64])
def test_every_mention_is_exact_by_spacys_own_tokenizer_too(
    ruler: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr("kg.extract._BATCH", batch)
    papers = [
        Paper(str(number), "Zörb-3 (Z3)", f"{'We  use 😀 CIFAR-10s, pass@1 and Zörb-3! ' * number}")
        for number in range(5)
    ]

    for one, found in zip(papers, Extractor(pipeline=ruler).extract(papers), strict=True):
        assert isinstance(found, Extraction)
        for term in found.terms:
            for mention in term.mentions:
                assert mention.text == one.text[mention.start : mention.stop] != ""


# --- its components


def test_our_components_stand_behind_those_of_the_pipeline(ruler: Path) -> None:
    nlp = make_pipeline(ruler)

    assert nlp.pipe_names == ["entity_ruler", *COMPONENTS]
    assert nlp.analyze_pipes()["problems"]["kg_names"] == []


@pytest.mark.parametrize("own", [["kg_links"], ["kg_names"], ["kg_acronyms", "kg_relations"]])
def test_what_a_pipeline_has_of_ours_stays_and_what_it_lacks_is_put_in_order(
    make: Making, own: list[str]
) -> None:
    def add(nlp: Language) -> None:
        for name in own:
            nlp.add_pipe(name)
        add_ruler(nlp, first=True)  # type: ignore[arg-type]

    nlp = make_pipeline(make(add))

    assert nlp.pipe_names == ["entity_ruler", *COMPONENTS]
    assert nlp("A title\nBy slow walking.")._.kg_names == (
        Name(11, 23, "Method", 0.9, by="pipeline"),
    )


def test_a_pipeline_without_entities_leaves_it_to_the_rules(make: Making) -> None:
    assert set(terms(make(lambda nlp: None), "A title\nWe propose ZipNet.")) == {"ZipNet"}


# --- what is no such pipeline


def untrained(*labels: str) -> Callable[[Language], None]:
    def add(nlp: Language) -> None:
        recognizer = nlp.add_pipe("ner")
        for label in labels:
            recognizer.add_label(label)  # type: ignore[attr-defined]
        nlp.initialize()

    return add


@pytest.mark.parametrize(
    ("labels", "have"), [(("PERSON", "ORG"), "the labels ORG, PERSON"), ((), "no labels")]
)
def test_a_recognizer_of_other_things_is_told_with_its_labels(
    make: Making, labels: tuple[str, ...], have: str
) -> None:
    pipeline = make(untrained(*labels))

    with pytest.raises(ExtractorError) as error:
        terms(pipeline, TEXT)

    cure = "train it on Method, Dataset, Metric, Task"
    assert str(error.value) == f"{pipeline}: its entities have {have}; {cure}"


def test_a_recognizer_of_our_labels_is_taken_as_is_one_whose_labels_nobody_knows(
    make: Making,
) -> None:
    def add(nlp: Language) -> None:
        untrained("PERSON")(nlp)
        nlp.add_pipe("finds_only_what_it_likes")

    assert make_pipeline(make(untrained("Method?", "PERSON"))).pipe_names[0] == "ner"
    assert make_pipeline(make(add)).pipe_names[:2] == ["ner", "finds_only_what_it_likes"]


def test_what_is_no_folder_is_told_before_anything_is_read(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()

    for path, what in [(tmp_path / "none", "no such folder"), (file, "is no folder")]:
        with pytest.raises(ExtractorError) as error:
            Extractor(pipeline=path)
        assert str(error.value) == f"{path}: {what}; name one that nlp.to_disk() wrote"


def test_a_folder_that_holds_no_pipeline_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExtractorError, match=r"holds no config\.cfg, so it is no spaCy pipeline"):
        terms(tmp_path, TEXT)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("config.cfg", "[nlp\n"),
        ("config.cfg", ""),
        ("meta.json", "{"),
        ("vocab/strings.json", "["),
        ("entity_ruler/patterns.jsonl", "{"),
    ],
)
def test_a_damaged_pipeline_is_told_in_one_line(ruler: Path, file: str, content: str) -> None:
    assert (ruler / file).is_file()
    (ruler / file).write_text(content)

    with pytest.raises(ExtractorError) as error:
        terms(ruler, TEXT)

    message = str(error.value)
    assert message.startswith(f"{ruler}: cannot be loaded; install what it was made with (")
    assert "\n" not in message
    assert len(message) < 400


def test_a_pipeline_of_a_package_that_is_not_installed_is_told(ruler: Path) -> None:
    config = ruler / "config.cfg"
    config.write_text(config.read_text().replace('"entity_ruler"\n', '"nobody_has_this"\n'))

    with pytest.raises(ExtractorError, match=r"install what it was made with .*nobody_has_this"):
        terms(ruler, TEXT)


def test_a_pipeline_that_cannot_be_used_leaves_no_graph_behind(ruler: Path, tmp_path: Path) -> None:
    (ruler / "meta.json").write_text("{")

    done = kg("build", SAMPLE, "--pipeline", ruler, "--graph", tmp_path / "a.kg")
    with pytest.raises(ExtractorError):
        build([SAMPLE], graph=tmp_path / "b.kg", extractor=Extractor(pipeline=ruler))

    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert list(tmp_path.glob("*.kg")) == []


def test_a_pipeline_that_cannot_be_used_leaves_a_graph_as_it_is(
    ruler: Path, tmp_path: Path
) -> None:
    with new_ledger(tmp_path / "a.kg") as ledger:
        list(update(ledger, [paper("a", "We propose ZorbNet.")], Extractor()))
        before = dump(ledger)
    (ruler / "meta.json").write_text("{")

    done = kg("build", SAMPLE, "--pipeline", ruler, "--graph", tmp_path / "a.kg")

    assert done.code == 1
    with new_ledger(tmp_path / "a.kg") as ledger:
        assert dump(ledger) == before


# --- as a command


def test_extract_and_build_read_by_a_pipeline(ruler: Path, tmp_path: Path) -> None:
    source = tmp_path / "papers.jsonl"
    source.write_text('{"id": "1", "title": "A title", "abstract": "By slow walking."}\n')
    graph = tmp_path / "papers.kg"

    extracted = kg("extract", source, "--pipeline", ruler)
    built = kg("build", source, "--pipeline", ruler, "--graph", graph)
    again = kg("build", source, "--pipeline", ruler, "--graph", graph)
    without = kg("build", source, "--graph", graph)

    assert "slow walking" in extracted.out
    assert "1 extracted" in built.out
    assert ", 1 Method," in built.out
    assert "1 unchanged, nothing to extract" in again.out
    assert ", 0 Method," in without.out


def test_a_bad_pipeline_is_told_in_one_line_and_ends_the_command(tmp_path: Path) -> None:
    source = tmp_path / "papers.jsonl"
    source.write_text('{"id": "1", "title": "A title", "abstract": "By slow walking."}\n')

    done = kg("build", source, "--pipeline", tmp_path, "--graph", tmp_path / "papers.kg")

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"kg: {tmp_path}: holds no config.cfg")
    assert done.err.count("\n") == 1
