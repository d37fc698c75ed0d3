"""The demonstration: papers that come with the package, and two questions about them."""

from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import as_file, files

from kg.records import Paper, Rejected
from kg.sources import read

QUESTIONS: tuple[tuple[str, dict[str, str]], ...] = (
    ("leaderboard", {"dataset": "ImageNet", "metric": "top-1 accuracy"}),
    ("builds_on", {"method": "Transformer"}),
)


def sample() -> Iterator[Paper | Rejected]:
    """The papers that come with the package; their `source` names no place of this machine."""
    with as_file(files("kg").joinpath("sample/papers.jsonl")) as path:
        for record in read([path]):
            if isinstance(record, Paper):
                line = record.source.rpartition(":")[2]
                yield replace(record, source=f"sample/papers.jsonl:{line}")
            else:
                yield record
