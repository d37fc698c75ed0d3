"""Any bytes at all: records or one clear error, in linear time and never another exception."""

import gzip
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.records import Paper, Rejected
from kg.sources import read

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

LINE = b'{"title": "Mamba", "abstract": "We propose Mamba."}\n'

STARTS = [
    b"",
    LINE,
    b'{"',
    b"\x1f\x8b",
    gzip.compress(LINE),
    b"title,abstract\n",
    b"\xef\xbb\xbftitle\tsummary\n",
    b"Daily Papers\n\n",
    b"PAR1",
]


@unhurried
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=300))
def test_any_bytes_are_records_or_one_clear_error(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, rest: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(start + rest)

    try:
        records = list(read([path]))
    except SourceError as error:
        assert len(str(error).splitlines()) == 1
    else:
        for record in records:
            repr(record).encode()
            assert isinstance(record, Paper | Rejected)


TEXT_STARTS = ["", "Daily Papers\n", "title,abstract\n", "title;abstract;id\n"]


@unhurried
@given(
    start=st.sampled_from(TEXT_STARTS),
    rest=st.text(alphabet='a,;"·• \n\r\t\x0b\u2028{}[]:.', max_size=200),
)
def test_papers_hold_single_spaced_text_that_utf8_can_write(
    tmp_path_factory: pytest.TempPathFactory, start: str, rest: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_text(LINE.decode() * (not start) + start + rest, encoding="utf-8", newline="")

    for record in read([path]):
        if isinstance(record, Paper):
            assert record.title == " ".join(record.title.split()) != ""
            assert record.abstract == " ".join(record.abstract.split()) != ""


def seconds(content: Callable[[int], str], size: int, path: Path) -> float:
    path.write_text(content(size))
    start = time.process_time()
    for _ in read([path]):
        pass
    return time.process_time() - start


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda n: "title,abstract\n" + '",a","\n' * n + 'x"y",z"\n', id="open quotes"),
        pytest.param(lambda n: 'title,abstract\n"a,b\n' + "c,d\n" * n, id="one open quote"),
        pytest.param(lambda n: "Daily Papers\n\nT\n\n" + ".\n\n" * n, id="paragraphs"),
        pytest.param(lambda n: "Daily Papers\n\n" + "by " * n + "\n", id="banner"),
        pytest.param(lambda n: "Daily Papers\n\nT\n\n" + "https://" * n + "\n.\n", id="links"),
        pytest.param(lambda n: LINE.decode() + "[" * n + "\n" + '{"a":' * n, id="nesting"),
        pytest.param(lambda n: LINE.decode() + '{"title": ' + "9" * n + "}\n", id="digits"),
        pytest.param(lambda n: "title,abstract\nT," + " and , ; " * n + "\n", id="cells"),
    ],
)
def test_hostile_input_takes_linear_time(tmp_path: Path, content: Callable[[int], str]) -> None:
    assert seconds(content, 100_000, tmp_path / "hostile") < 5
