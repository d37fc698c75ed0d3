"""Figures of a benchmark as they become known, and as a table of ratios."""

import os
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import PackageNotFoundError, version

HEAD = "| graph | writer | rows | seconds | rate, bare = 1 | time, first load = 1 | |"
LINE = "|---|---|---:|---:|---:|---:|---|"


@dataclass
class Part:
    """One thing that was measured, as often as there were rounds."""

    rows: int  # that it wrote; 0 where what counts is its time
    beside: str  # the part that it is compared with
    seconds: list[float] = field(default_factory=list)
    note: str = ""

    @property
    def median(self) -> float:
        """The median of the seconds."""
        return statistics.median(self.seconds)


@dataclass
class Figures:
    """What is known of one graph."""

    graph: str
    parts: dict[str, Part] = field(default_factory=dict)

    def add(self, name: str, beside: str, seconds: float, rows: int = 0, note: str = "") -> None:
        """Takes a figure, and prints it with what it is in ratio to the part `beside`."""
        part = self.parts.setdefault(name, Part(rows, beside))
        part.seconds.append(seconds)
        part.note = note
        of_what = f"{self.ratio(part):.2f} of {'the time' if not rows else 'the rate'} of {beside}"
        told = (f"{rows:,} rows" if rows else "", of_what if name != beside else "", note)
        print(f"{self.graph}: {name}: {seconds:.1f} s", *filter(None, told), sep=", ", flush=True)

    def ratio(self, part: Part) -> float:
        """Its rate, or where no rows count its time, as a share of that of the part beside it."""
        other = self.parts[part.beside]
        if not part.rows:
            return part.median / other.median
        return part.rows / part.median / (other.rows / other.median)

    def table(self) -> Iterator[str]:
        """The medians, a row for each part."""
        for name, part in self.parts.items():
            ratio = f"{self.ratio(part):.2f}"
            rows = f"{part.rows:,}" if part.rows else ""
            cells = (rows, f"{part.median:.1f}", *((ratio, "") if rows else ("", ratio)))
            yield f"| {self.graph} | {name} | {' | '.join(cells)} | {part.note} |"


def print_table(measured: Iterable[Figures], release: str, packages: Iterable[str]) -> None:
    """What was measured, with when and where, as Markdown."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    known = (f"{package} {found}" for package in packages if (found := installed(package)))
    where = f"{os.cpu_count()} cores, {memory:.0f} GB; Neo4j {release}; "
    print(f"\n{date.today()}: {where}{', '.join(known)}.\n")
    print(HEAD, LINE, *(row for figures in measured for row in figures.table()), sep="\n")


def installed(package: str) -> str:
    """The version of a package, or ""."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
