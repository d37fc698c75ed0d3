"""How papers are read: by one process or several, one failing text apart from the others."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from multiprocessing import active_children
from pathlib import Path

import pytest
from commands import COMMAND, ROOT, SAMPLE, environment, kg, kg_process
from papers import BUILD, dump, new_ledger, paper
from spacy.language import Language
from spacy.tokens import Doc
from threadpoolctl import ThreadpoolController

from kg.build import update
from kg.errors import ExtractorError
from kg.extract import Extractor, all_jobs
from kg.extract.pipeline import extract_batch, make_pipeline
from kg.extract.workers import _one_thread_each
from kg.records import Extraction, Paper, Rejected
from kg.rows import read_papers
from kg.sources import read

TOO_LONG = Paper("long", "A title", "A" * 1_000_001, source="papers.jsonl:7")  # for spaCy


@Language.component("fails_on_marked_texts")
def fails_on_marked_texts(doc: Doc) -> Doc:
    for error in (KeyError, MemoryError, KeyboardInterrupt, RecursionError):
        if error.__name__ in doc.text:
            raise error("in\n two lines")
    return doc


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers start after the eighth paper, and batches are small."""
    monkeypatch.setattr("kg.extract.workers._FEW", 8)
    monkeypatch.setattr("kg.extract._BATCH", 4)


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline whose component fails on a text that says so."""
    folder = tmp_path_factory.mktemp("pipelines") / "failing"
    nlp = make_pipeline()
    nlp.add_pipe("fails_on_marked_texts", first=True)
    nlp.to_disk(folder)
    return folder


@pytest.fixture(scope="module")
def sample() -> list[Paper]:
    return [one for one in read([SAMPLE]) if isinstance(one, Paper)]


@pytest.fixture(scope="module")
def found(sample: list[Paper]) -> list[Extraction | Rejected]:
    """What one process finds in the sample."""
    return list(Extractor().extract(sample))


def many(count: int) -> Iterator[Paper]:
    for number in range(count):
        yield paper(f"{number:05}", f"We propose Zorb{number}Net. It beats BERT on CIFAR-10.")


# --- several processes


@pytest.mark.usefixtures("few")
def test_several_processes_find_what_one_finds_in_the_same_order(
    sample: list[Paper], found: list[Extraction | Rejected]
) -> None:
    with Extractor(jobs=2) as extractor:
        assert list(extractor.extract(sample)) == found
        assert len(active_children()) == 2


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(("jobs", "batch"), [(1, 3), (2, 3), (2, 128)])
def test_a_graph_is_the_same_by_any_number_of_processes_and_in_batches_of_any_size(
    sample: list[Paper], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, batch: int
) -> None:
    records = [*sample[:30], TOO_LONG, *sample[10:]]
    with new_ledger(tmp_path / "one") as ledger:
        outcomes = list(update(ledger, records, Extractor()))
        whole = dump(ledger)

    monkeypatch.setattr(BUILD, "_BATCH", batch)
    with new_ledger(tmp_path / "other") as ledger, Extractor(jobs=jobs) as extractor:
        assert list(update(ledger, records, extractor)) == outcomes
        assert dump(ledger) == whole


def test_few_papers_start_no_process(sample: list[Paper]) -> None:
    with Extractor(jobs=4) as extractor:
        list(extractor.extract(sample))

        assert active_children() == []


def test_one_process_reads_no_paper_before_it_is_asked_for() -> None:
    drawn: list[Sequence[Paper]] = []

    found = Extractor().extract_batches(watched(drawn, in_batches(9)))
    next(found)
    next(found)

    assert len(drawn) == 2


@pytest.mark.usefixtures("few")
def test_workers_are_ahead_of_who_takes_what_they_find_but_not_far() -> None:
    drawn: list[Sequence[Paper]] = []

    with Extractor(jobs=2) as extractor:
        found = extractor.extract_batches(watched(drawn, in_batches(100)))
        for taken in range(1, 21):
            assert next(found)
            assert taken <= len(drawn) <= taken + 4


def in_batches(count: int) -> Iterator[list[Paper]]:
    for number in range(count):
        yield [paper(f"{number}-{index}", "We propose ZorbNet.") for index in range(4)]


def watched(
    drawn: list[Sequence[Paper]], batches: Iterable[Sequence[Paper]]
) -> Iterator[Sequence[Paper]]:
    for batch in batches:
        drawn.append(batch)
        yield batch


@pytest.mark.usefixtures("few")
def test_empty_batches_are_answered_in_their_place() -> None:
    batches = [[], list(many(9)), [], list(many(3)), []]

    with Extractor(jobs=2) as extractor:
        assert [len(one) for one in extractor.extract_batches(batches)] == [0, 9, 0, 3, 0]


@pytest.mark.usefixtures("few")
def test_a_closed_extractor_has_no_processes_and_starts_them_again_when_it_is_used(
    sample: list[Paper], found: list[Extraction | Rejected]
) -> None:
    extractor = Extractor(jobs=2)
    half = extractor.extract(sample)
    next(half)
    for _ in zip(range(20), half, strict=False):
        pass
    assert active_children()

    half.close()
    extractor.close()

    assert active_children() == []
    assert list(extractor.extract(sample)) == found
    extractor.close()
    extractor.close()


@pytest.mark.usefixtures("few")
def test_a_worker_that_dies_ends_the_build_in_one_line_and_whole_batches_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BUILD, "_BATCH", 4)
    with new_ledger(tmp_path) as ledger:
        with (
            pytest.raises(ExtractorError, match=r"^a worker process has died.*fewer jobs") as error,
            Extractor(jobs=2) as extractor,
        ):
            for number, _ in enumerate(update(ledger, many(2_000), extractor)):
                if number == 40:
                    os.kill(active_children()[0].pid or 0, signal.SIGKILL)

        kept = len(list(read_papers(ledger)))
        assert "\n" not in str(error.value)
        assert active_children() == []
        assert 40 <= kept < 2_000
        assert kept % 4 == 0
        with Extractor() as extractor:
            again = [one.what for one in update(ledger, many(kept + 4), extractor)]
        assert again == ["unchanged"] * kept + ["extracted"] * 4


def test_jobs_are_one_or_more_and_all_of_them_are_not_too_many() -> None:
    with pytest.raises(ExtractorError, match="1 or more"):
        Extractor(jobs=0)

    assert 1 <= all_jobs() <= 12


# --- as a command


def started(tmp_path: Path, count: int = 3_000) -> "subprocess.Popen[bytes]":
    """A build by two workers, which both run."""
    source = tmp_path / "papers.jsonl"
    rows = ({"id": one.id, "title": one.title, "abstract": one.abstract} for one in many(count))
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    process = subprocess.Popen(
        [*COMMAND, "build", source, "--graph", tmp_path / "papers.kg", "--jobs", "2"],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while len(workers_of(process.pid)) < 2:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return process


def workers_of(session: int) -> list[int]:
    """The workers of a build that are not at their end."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, its_session, *_ = (folder / "stat").read_text().rpartition(") ")[2].split()
            command = (folder / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(its_session) == session and state != "Z" and b"spawn_main" in command:
            found.append(int(folder.name))
    return found


@pytest.mark.parametrize("delay", [0.0, 0.3, 2.0])
def test_ctrl_c_ends_a_build_and_its_workers_in_one_line(tmp_path: Path, delay: float) -> None:
    with started(tmp_path) as process:
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)

    assert process.returncode == 130
    assert (out, err) == (b"", b"kg: stopped; what was finished is kept\n")
    assert workers_of(process.pid) == []


@pytest.mark.parametrize("delay", [0.05, 0.3])
def test_a_second_ctrl_c_ends_it_at_once(tmp_path: Path, delay: float) -> None:
    with started(tmp_path) as process:
        time.sleep(2)
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)

    assert process.returncode in (130, -signal.SIGINT)
    assert b"Traceback" not in err


@pytest.mark.parametrize("send", [os.kill, os.killpg])
@pytest.mark.parametrize("delay", [0.0, 2.0])
def test_sigterm_ends_a_build_and_its_workers_as_ctrl_c_does(
    tmp_path: Path, delay: float, send: Callable[[int, int], None]
) -> None:
    with started(tmp_path) as process:
        time.sleep(delay)
        send(process.pid, signal.SIGTERM)
        out, err = process.communicate(timeout=60)

    assert process.returncode == 130
    assert (out, err) == (b"", b"kg: stopped; what was finished is kept\n")
    assert workers_of(process.pid) == []


def test_a_build_in_the_background_which_hears_no_ctrl_c_is_ended_by_sigterm(
    tmp_path: Path,
) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # a process that is started has it, too
    try:
        with started(tmp_path) as process:
            process.terminate()
            _, err = process.communicate(timeout=60)
    finally:
        signal.signal(signal.SIGINT, before)

    assert (process.returncode, err) == (130, b"kg: stopped; what was finished is kept\n")


def test_a_command_in_a_process_of_others_leaves_its_signals_as_they_are() -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)

    kg("queries")

    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before


def test_workers_end_when_the_build_is_killed(tmp_path: Path) -> None:
    with started(tmp_path) as process:
        process.kill()
        process.wait()
        deadline = time.monotonic() + 30
        while workers_of(process.pid) and time.monotonic() < deadline:
            time.sleep(0.05)

    assert workers_of(process.pid) == []


def test_a_build_by_workers_finds_what_one_by_one_process_finds(tmp_path: Path) -> None:
    with started(tmp_path, 400) as process:
        out, err = process.communicate(timeout=120)
    alone = kg_process(
        "build", tmp_path / "papers.jsonl", "--graph", tmp_path / "one.kg", "--jobs", "1"
    )

    assert err == b""
    assert out.decode().replace("papers.kg", "one.kg") == alone.out


# --- a text that cannot be read


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.usefixtures("few")
def test_a_text_that_the_tokenizer_refuses_is_named_and_all_others_are_read(
    sample: list[Paper], found: list[Extraction | Rejected], jobs: int
) -> None:
    with Extractor(jobs=jobs) as extractor:
        *others, failure = extractor.extract([*sample, TOO_LONG])

    assert others == found
    assert isinstance(failure, Rejected)
    assert failure.where == "papers.jsonl:7"
    assert failure.reason.startswith("long cannot be read: the tokenizer fails on its text (Value")
    assert len(failure.reason) < 300


@pytest.mark.parametrize("kind", ["KeyError", "RecursionError"])
def test_a_text_on_which_a_component_fails_is_named_with_it_in_one_line(
    failing: Path, kind: str
) -> None:
    papers = [paper("a", "We propose ZorbNet."), paper("b", kind), paper("c", "We use BERT.")]

    first, failure, last = Extractor(pipeline=failing).extract(papers)

    said = "'in\\n two lines'" if kind == "KeyError" else "in two lines"
    assert failure == Rejected(
        "b", f"b cannot be read: fails_on_marked_texts fails on its text ({kind}: {said})"
    )
    assert [first, last] == list(Extractor().extract([papers[0], papers[2]]))


@pytest.mark.parametrize("kind", [MemoryError, KeyboardInterrupt])
def test_what_is_no_fault_of_a_text_stops_the_reading(
    failing: Path, kind: type[BaseException]
) -> None:
    with pytest.raises(kind):
        list(Extractor(pipeline=failing).extract([paper("a", kind.__name__)]))


def test_commands_name_a_text_that_cannot_be_read_and_say_what_stays(
    failing: Path, tmp_path: Path
) -> None:
    source, graph = tmp_path / "papers.jsonl", tmp_path / "papers.kg"
    rows = [{"title": "One", "abstract": "KeyError in BERT."}, {"title": "Two", "abstract": "No."}]
    source.write_text("".join(json.dumps({"id": row["title"]} | row) + "\n" for row in rows))
    empty = tmp_path / "empty.csv"
    empty.write_text("title,abstract\n")
    said = f"{source}:1: One cannot be read: fails_on_marked_texts fails on its text (KeyError: "

    extracted = kg("extract", source, "--pipeline", failing, "--json")
    new = kg("build", source, "--pipeline", failing, "--graph", tmp_path / "new.kg")
    kg("build", source, "--graph", graph)
    renewed = kg("build", empty, "--pipeline", failing, "--graph", graph)

    assert [json.loads(line)["id"] for line in extracted.out.splitlines()] == ["Two"]
    assert [done.err.startswith(said) for done in (extracted, new, renewed)] == [True] * 3
    assert [done.err.count("\n") for done in (extracted, new, renewed)] == [1] * 3
    assert (new.code, new.out.splitlines()[0]) == (0, "2 records: 1 extracted, 1 rejected")
    assert new.err.endswith("; it is left out\n")
    assert renewed.out.splitlines()[1:3] == [
        "1 paper of the graph extracted again, since the version, the names or the pipeline is "
        "another",
        "1 paper of the graph could not be read again and stays as before",
    ]
    assert renewed.err.endswith("; what was found in it before stays\n")
    assert ": 2 Paper, 2 Method, " in renewed.out


def test_a_tokenizer_that_changes_texts_is_found_out(failing: Path) -> None:
    nlp = make_pipeline()
    make_doc = nlp.tokenizer
    nlp.tokenizer = lambda text: make_doc(text.replace("  ", " "))  # type: ignore[assignment]

    good, bad = extract_batch([paper("a", "We use BERT."), paper("b", "We  use BERT.")], nlp)

    assert isinstance(good, Extraction)
    assert isinstance(bad, Rejected)
    assert "the tokenizer fails on its text (ValueError: it changes the text" in bad.reason


# --- memory, and what is not loaded


def test_what_spacy_notes_of_words_is_forgotten_behind_each_batch(sample: list[Paper]) -> None:
    nlp = make_pipeline()
    extract_batch(sample[:1], nlp)
    strings, words = len(nlp.vocab.strings), sum(1 for _ in nlp.vocab)

    extract_batch(sample, nlp)

    assert (len(nlp.vocab.strings), sum(1 for _ in nlp.vocab)) == (strings, words)


def test_spacy_is_not_loaded_where_nothing_is_extracted(tmp_path: Path) -> None:
    code = f"""
import sys
from kg.extract import Extractor
extractor = Extractor(jobs=2)
assert extractor.digest
assert list(extractor.extract([])) == []
assert list(extractor.extract_batches([[], []])) == [[], []]
import kg
for load in (True, False):
    kg.build([{str(SAMPLE)!r}], graph={str(tmp_path / "papers.kg")!r}).close()
    if load:
        assert "spacy" in sys.modules
        for name in [name for name in sys.modules if name.partition(".")[0] == "spacy"]:
            del sys.modules[name]
assert "spacy" not in sys.modules
"""
    code = code.replace("import kg\n", 'assert "spacy" not in sys.modules\nimport kg\n')

    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


# --- the digest


def test_the_digest_is_of_all_that_decides_what_is_found(tmp_path: Path) -> None:
    names, other, pipeline = tmp_path / "names.tsv", tmp_path / "other.tsv", tmp_path / "pipeline"
    names.write_text("kind\tnames\nMethod\tZorbNet\n")
    other.write_text("kind\tnames\nMethod\tYarnNet\n")
    make_pipeline().to_disk(pipeline)

    digests = [
        Extractor().digest,
        Extractor(names=names).digest,
        Extractor(names=other).digest,
        Extractor(pipeline=pipeline).digest,
        Extractor(pipeline=pipeline, names=names).digest,
    ]
    (pipeline / "vocab" / "more.bin").write_bytes(b"more")
    digests.append(Extractor(pipeline=pipeline).digest)
    (pipeline / "vocab" / "more.bin").rename(pipeline / "vocab" / "other.bin")
    digests.append(Extractor(pipeline=pipeline).digest)

    assert len(set(digests)) == len(digests)


def test_the_digest_is_the_same_by_any_number_of_processes_and_in_any_place(
    tmp_path: Path,
) -> None:
    for folder in ("a", "b"):
        make_pipeline().to_disk(tmp_path / folder)

    assert Extractor(jobs=3).digest == Extractor().digest
    assert (
        Extractor(pipeline=tmp_path / "a").digest == Extractor(pipeline=str(tmp_path / "b")).digest
    )


def test_the_digest_is_also_of_the_pipeline_that_comes_with_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.extract._PIPELINE", tmp_path / "pipeline")
    before = Extractor().digest
    make_pipeline().to_disk(tmp_path / "pipeline")

    assert Extractor().digest != before


# --- threads


def blas_threads() -> set[int]:
    """How many threads each library that multiplies matrices would take now."""
    found = ThreadpoolController().select(user_api="blas").info()
    return {library["num_threads"] for library in found}


@pytest.mark.parametrize("fails", [False, True])
def test_the_first_process_reads_by_one_thread_and_all_else_keeps_its_number(
    monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    inside: list[set[int]] = []

    def note(papers: Sequence[Paper], nlp: Language) -> list[Extraction | Rejected]:
        inside.append(blas_threads())
        if fails:
            raise MemoryError
        return []

    monkeypatch.setattr("kg.extract.workers.extract_batch", note)
    with ThreadpoolController().limit(limits=2, user_api="blas"):
        found = Extractor().extract(many(3))
        with pytest.raises(MemoryError) if fails else nullcontext():
            assert list(found) == []
        outside = blas_threads()

    assert (inside, outside) == ([{1}], {2})


def test_one_batch_at_a_time_is_read_here_since_threads_are_counted_for_the_whole_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps: list[str] = []

    def slow(papers: Sequence[Paper], nlp: Language) -> list[Extraction | Rejected]:
        steps.append("in")
        time.sleep(0.2)
        steps.append("out")
        return []

    monkeypatch.setattr("kg.extract.workers.make_pipeline", lambda *_: None)
    monkeypatch.setattr("kg.extract.workers.extract_batch", slow)
    with ThreadPoolExecutor() as threads:
        list(threads.map(lambda _: list(Extractor().extract(many(3))), range(2)))

    assert steps == ["in", "out"] * 2


def test_a_process_that_is_started_multiplies_by_one_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)

    with _one_thread_each():
        inside = os.environ["OMP_NUM_THREADS"], os.environ["OPENBLAS_NUM_THREADS"]

    assert inside == ("1", "1")
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "OPENBLAS_NUM_THREADS" not in os.environ
