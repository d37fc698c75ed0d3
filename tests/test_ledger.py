"""The ledger as a file: who may open it, what writers and readers see of each other."""

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from papers import dump, extract_marks, new_ledger, paper

import kg.ledger
from kg.errors import GraphError
from kg.ledger import VERSION, Ledger
from kg.records import Paper
from kg.rows import (
    fill_in_paper,
    is_current,
    outdated_papers,
    read_extraction,
    read_extractions,
    read_paper,
    read_papers,
    read_results,
    remove_paper,
    write_paper,
)

MAMBA = paper(
    "2312.00752",
    "Method:Mamba/proposed runs on Dataset:Pile with Metric:perplexity =7.5 and Method:Mamba.",
    published="2023-12-01",
    url="https://arxiv.org/abs/2312.00752",
    authors=("Albert Gu", "Tri Dao"),
    categories=("cs.LG",),
    source="papers.jsonl:1",
)


def keep(ledger: Ledger, *papers: Paper, extractor: str = "rules") -> None:
    for one, extraction in zip(papers, extract_marks(papers), strict=True):
        write_paper(ledger, one, extraction, extractor)


def test_a_paper_comes_back_as_it_was_written(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        keep(ledger, MAMBA)

        found = read_paper(ledger, MAMBA.id)

    assert found == MAMBA
    assert found.source == "papers.jsonl:1"


def test_what_was_found_in_a_paper_comes_back_as_it_was_written(tmp_path: Path) -> None:
    (written,) = extract_marks([MAMBA])
    with new_ledger(tmp_path) as ledger:
        keep(ledger, MAMBA)

        found, entities = read_extraction(ledger, MAMBA.id)

    assert found == written
    assert len(found.terms[0].mentions) == 2
    assert entities == (
        ("Method", "mamba"),
        ("Dataset", "pile"),
        ("Metric", "perplexity"),
    )


def test_papers_and_what_was_found_come_in_order_of_the_ids(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        keep(ledger, paper("b", "=2 =3"), paper("c", "nothing"), paper("a", "=1"))

        assert [one.id for one in read_papers(ledger)] == ["a", "b", "c"]
        assert [found.paper_id for found, _ in read_extractions(ledger)] == ["a", "b", "c"]
        assert [(of, index, one.text) for of, index, one in read_results(ledger)] == [
            ("a", 0, "1"),
            ("b", 0, "2"),
            ("b", 1, "3"),
        ]


def test_an_unknown_paper_is_none(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        assert read_paper(ledger, "nobody") is None


def test_a_paper_that_is_written_again_leaves_nothing_of_its_former_self(tmp_path: Path) -> None:
    with new_ledger(tmp_path / "again") as again, new_ledger(tmp_path / "once") as once:
        keep(again, paper("a", "Method:Old =1 =2 =3"), paper("a", "Method:New"))
        keep(once, paper("a", "Method:New"))
        again.run("DELETE FROM touched")
        once.run("DELETE FROM touched")

        assert dump(again) == dump(once)


def test_a_changed_text_touches_the_old_names_and_the_new_ones(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        keep(ledger, paper("a", "Method:Old"))
        ledger.run("DELETE FROM touched")

        keep(ledger, paper("a", "Method:New"))

        assert sorted(ledger.rows("SELECT * FROM touched")) == [("new",), ("old",)]


def test_another_reading_of_the_same_text_keeps_what_the_former_record_stated(
    tmp_path: Path,
) -> None:
    with new_ledger(tmp_path) as ledger:
        keep(ledger, MAMBA)

        keep(ledger, Paper(MAMBA.id, MAMBA.title, MAMBA.abstract), extractor="newer rules")

        assert read_paper(ledger, MAMBA.id) == MAMBA


def test_another_text_replaces_what_the_former_record_stated(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        keep(ledger, MAMBA)

        keep(ledger, paper(MAMBA.id, "Withdrawn."))

        assert read_paper(ledger, MAMBA.id) == paper(MAMBA.id, "Withdrawn.")


def test_filling_in_adds_what_was_not_stated(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        keep(ledger, Paper(MAMBA.id, MAMBA.title, MAMBA.abstract))

        fill_in_paper(ledger, MAMBA)

        assert read_paper(ledger, MAMBA.id) == MAMBA


def test_filling_in_what_is_known_writes_nothing(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        keep(ledger, MAMBA)
        before = ledger.revision()

        fill_in_paper(ledger, Paper(MAMBA.id, MAMBA.title, MAMBA.abstract))

        assert ledger.revision() == before


def test_filling_in_leaves_a_record_of_another_text_alone(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        keep(ledger, paper("a", "The text that is there."))

        fill_in_paper(ledger, paper("a", "Another text.", published="2024"))

        assert read_paper(ledger, "a") == paper("a", "The text that is there.")


def test_a_paper_is_current_with_the_same_text_and_the_same_extractor(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        keep(ledger, MAMBA)

        assert is_current(ledger, Paper(MAMBA.id, MAMBA.title, MAMBA.abstract), "rules")
        assert not is_current(ledger, MAMBA, "newer rules")
        assert not is_current(ledger, paper(MAMBA.id, "Another abstract."), "rules")
        assert not is_current(ledger, paper("2401.00001", MAMBA.abstract), "rules")


def test_outdated_papers_can_be_written_while_they_are_read(tmp_path: Path) -> None:
    papers = [paper(f"{number}", f"Method:M{number}") for number in range(9)]
    with new_ledger(tmp_path) as ledger:
        keep(ledger, *papers)
        keep(ledger, papers[4], extractor="newer rules")

        read = []
        for one in outdated_papers(ledger, "newer rules"):
            read.append(one.id)
            keep(ledger, one, extractor="newer rules")

        assert read == ["0", "1", "2", "3", "5", "6", "7", "8"]
        assert list(outdated_papers(ledger, "newer rules")) == []


def test_another_may_write_while_outdated_papers_are_read_and_written(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger, new_ledger(tmp_path) as other:
        keep(
            ledger, paper("a", "Method:Zorb"), paper("b", "Method:Zorb"), paper("c", "Method:Zorb")
        )

        for one in outdated_papers(ledger, "newer rules"):
            remove_paper(other, "b")
            with ledger.transaction():
                keep(ledger, one, extractor="newer rules")

        assert [one.id for one in read_papers(ledger)] == ["a", "c"]


def test_removing_takes_all_that_was_found_along(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        keep(ledger, MAMBA)

        remove_paper(ledger, MAMBA.id)
        ledger.run("DELETE FROM touched")

        assert set(map(len, dump(ledger).values())) == {0}


def test_no_word_of_a_removed_paper_stays_in_the_file(tmp_path: Path) -> None:
    papers = [paper(f"{number}", "Method:Quokka " * 200) for number in range(50)]
    with new_ledger(tmp_path) as ledger:
        keep(ledger, *papers)
        for one in papers:
            remove_paper(ledger, one.id)
        ledger.run("DELETE FROM touched")

    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"quokka" not in left.lower()


def test_what_fails_inside_a_transaction_is_undone(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        before = dump(ledger)

        with pytest.raises(KeyboardInterrupt), ledger.transaction():
            keep(ledger, MAMBA)
            raise KeyboardInterrupt

        assert dump(ledger) == before


def test_a_wrong_statement_is_one_line_and_is_undone(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger:
        with pytest.raises(GraphError, match="no such table: nowhere"), ledger.transaction():
            keep(ledger, MAMBA)
            ledger.run("DELETE FROM nowhere")

        assert read_paper(ledger, MAMBA.id) is None


def one_line(error: pytest.ExceptionInfo[GraphError]) -> str:
    message = str(error.value)
    assert "\n" not in message
    return message


def test_a_missing_ledger_is_said_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(GraphError) as error:
        Ledger(tmp_path / "papers.kg" / "ledger.sqlite")

    assert one_line(error).endswith("papers.kg: no graph is here; make one with `kg build SOURCE`")
    assert not (tmp_path / "papers.kg").exists()


@pytest.mark.parametrize("create", [False, True])
def test_a_text_file_is_no_ledger(tmp_path: Path, create: bool) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_text("I am a text file.\n" * 100)

    with pytest.raises(GraphError) as error:
        Ledger(path, create=create)

    assert one_line(error).endswith("cannot be used as a ledger: file is not a database")
    assert path.read_text() == "I am a text file.\n" * 100


def test_a_file_that_is_no_ledger_is_let_go_of(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_text("I am a text file.\n" * 100)

    with pytest.raises(GraphError) as error:
        Ledger(path)

    assert error.traceback  # it holds the ledger, which is therefore not collected yet
    assert path.name not in {link.resolve().name for link in Path("/proc/self/fd").iterdir()}


@pytest.mark.parametrize("create", [False, True])
def test_a_folder_is_no_ledger(tmp_path: Path, create: bool) -> None:
    (tmp_path / "ledger.sqlite").mkdir()

    with pytest.raises(GraphError) as error:
        Ledger(tmp_path / "ledger.sqlite", create=create)

    assert "cannot be used as a ledger" in one_line(error)


def test_a_place_below_a_file_is_no_place_for_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(GraphError) as error:
        Ledger(tmp_path / "file" / "papers.kg" / "ledger.sqlite", create=True)

    assert "cannot be used as a ledger" in one_line(error)


@pytest.mark.parametrize("version", [VERSION + 1, 99, -1])
def test_a_ledger_of_another_version_is_refused(tmp_path: Path, version: int) -> None:
    new_ledger(tmp_path).close()
    with sqlite3.connect(tmp_path / "ledger.sqlite") as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    connection.close()

    with pytest.raises(GraphError) as error:
        new_ledger(tmp_path)

    assert f"(ledger {version}, this one reads {VERSION})" in one_line(error)


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "ledger.sqlite") as connection:
        connection.execute("CREATE TABLE cookies (name TEXT)")
    connection.close()

    with pytest.raises(GraphError, match="is the database of another program"):
        new_ledger(tmp_path)

    with sqlite3.connect(tmp_path / "ledger.sqlite") as connection:
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    connection.close()
    assert tables == [("cookies",)]


def test_a_ledger_whose_maker_was_killed_at_once_is_made_whole(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").touch()

    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        assert list(read_papers(ledger)) == []


def test_a_ledger_opens_while_another_reader_keeps_it_from_changing_its_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg.ledger, "_WAIT", 0.1)
    with new_ledger(tmp_path) as ledger:
        keep(ledger, paper("a", "Method:First"))
        ledger.run("PRAGMA journal_mode = DELETE")
    connection = sqlite3.connect(tmp_path / "ledger.sqlite")
    connection.execute("BEGIN")
    connection.execute("SELECT * FROM papers").fetchone()

    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        assert [one.id for one in read_papers(ledger)] == ["a"]
    connection.close()


def test_many_may_make_the_same_ledger_at_once(tmp_path: Path) -> None:
    def open_and_close(number: int) -> int:
        with new_ledger(tmp_path / f"{number // 8}") as ledger:
            return next(ledger.rows("PRAGMA user_version"))[0]

    with ThreadPoolExecutor(8) as pool:
        versions = list(pool.map(open_and_close, range(160)))

    assert versions == [VERSION] * 160


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as first, new_ledger(tmp_path) as second:
        is_written = threading.Event()

        def hold() -> None:
            with new_ledger(tmp_path) as holder, holder.transaction():
                is_written.set()
                time.sleep(0.3)
                keep(holder, paper("a", "Method:First"))

        thread = threading.Thread(target=hold)
        thread.start()
        is_written.wait()
        with second.transaction():
            keep(second, paper("b", "Method:Second"))
        thread.join()

        assert [one.id for one in read_papers(first)] == ["a", "b"]


def test_a_writer_that_waits_in_vain_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg.ledger, "_WAIT", 0.1)
    with new_ledger(tmp_path) as first, new_ledger(tmp_path) as second, first.transaction():
        started = time.monotonic()

        with pytest.raises(GraphError) as error, second.transaction():
            pass

    assert one_line(error).endswith(
        "ledger.sqlite: another process writes to the graph; try again when it is done"
    )
    assert 0.05 < time.monotonic() - started < 5


def test_a_reader_does_not_wait_for_a_writer_and_sees_what_was_there_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg.ledger, "_WAIT", 0.1)
    with new_ledger(tmp_path) as writer:
        keep(writer, paper("a", "Method:First"))
        with writer.transaction():
            keep(writer, paper("b", "Method:Second"))
            with Ledger(tmp_path / "ledger.sqlite") as reader:
                during = [one.id for one in read_papers(reader)]

    with Ledger(tmp_path / "ledger.sqlite") as reader:
        after = [one.id for one in read_papers(reader)]
    assert during == ["a"]
    assert after == ["a", "b"]


def test_inside_one_reading_the_ledger_stands_still(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as writer, new_ledger(tmp_path) as reader:
        keep(writer, paper("a", "Method:First"))
        with reader.reading():
            before = [one.id for one in read_papers(reader)]
            keep(writer, paper("b", "Method:Second"))
            with reader.reading():
                again = [one.id for one in read_papers(reader)]
        after = [one.id for one in read_papers(reader)]

    assert before == again == ["a"]
    assert after == ["a", "b"]


def test_the_revision_changes_with_every_write_and_only_then(tmp_path: Path) -> None:
    with new_ledger(tmp_path) as ledger, new_ledger(tmp_path) as other:
        revisions = [ledger.revision(), ledger.revision()]
        keep(other, paper("a", "Method:First"))
        revisions += [ledger.revision(), ledger.revision()]
        keep(ledger, paper("b", "Method:Second"))
        revisions += [ledger.revision(), ledger.revision()]

    assert [revisions.index(one) for one in revisions] == [0, 0, 2, 2, 4, 4]


def test_a_closed_ledger_says_so(tmp_path: Path) -> None:
    ledger = new_ledger(tmp_path)
    ledger.close()

    with pytest.raises(GraphError, match="closed database"):
        list(read_papers(ledger))
