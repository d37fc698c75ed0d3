"""Commands that read papers and change a graph."""

import shlex
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import tee
from pathlib import Path
from typing import Annotated

import typer

from kg.api import KnowledgeGraph, open_graph
from kg.cli.doors import write_page
from kg.cli.options import GRAPH, PAGE, AsJson, Graph, Output, Sources
from kg.demo import QUESTIONS, sample
from kg.exports.extractions import extraction_object
from kg.extract import extract as extractions_of
from kg.extract import load_pipeline
from kg.records import Paper, Rejected
from kg.sources import distinct, read
from kg.tables import counted
from kg.terminal import (
    print_error,
    print_extraction,
    print_json_line,
    print_line,
    print_rows,
    progress,
    waiting,
)

_DEMO = Path("demo.kg")
_OUTCOMES = ("extracted", "unchanged", "repeated", "rejected")


def demo(graph: Graph = _DEMO, output: Output = PAGE) -> None:
    """Show it all on the papers that come with kg.

    Builds a graph of them, asks it two questions and writes the explorer.

    Example: kg demo
    """
    with KnowledgeGraph(graph, create=True) as knowledge:
        _take_in(knowledge, sample(), None)
        for question, parameters in QUESTIONS:
            asked = shlex.join(f"{name}={value}" for name, value in parameters.items())
            print_line("")
            print_line(f"$ kg query {question} {asked} --graph {graph}")
            print_rows(knowledge.ask(question, **parameters))
        print_line("")
        write_page(knowledge, output)
    print_line("next: `kg queries` lists what can be asked, `kg build FILE...` reads your papers")


def build(sources: Sources, graph: Graph = GRAPH) -> None:
    """Read papers from files into a graph.

    What the graph holds already is left alone. Reads saved Daily Papers
    pages, JSON Lines and CSV, each also gzipped, and Parquet.

    Example: kg build papers.jsonl.gz saved_page.txt --graph papers.kg
    """
    records = read(sources)
    with waiting("counting the records"):
        total = sum(1 for _ in read(sources)) if sys.stderr.isatty() else None
    with KnowledgeGraph(graph, create=True) as knowledge:
        counts = _take_in(knowledge, records, total)
    _end(any_good=counts.total() > counts["rejected"])


def extract(sources: Sources, as_json: AsJson = False) -> None:
    """Print what is found in papers.

    Makes no graph. With --json one object a line, such as scorers read.

    Example: kg extract papers.jsonl --json > found.jsonl
    """
    papers, again = tee(_good(distinct(read(sources))))
    found = extractions_of(papers, load_pipeline())
    if not sys.stdout.isatty():  # else what is found shows the progress, and a bar is in its way
        found = progress(found, "extracting", None)
    any_good = False
    for paper, extraction in zip(again, found, strict=True):
        any_good = True
        if as_json:
            print_json_line(extraction_object(extraction))
        else:
            print_extraction(paper, extraction)
    _end(any_good=any_good)


def remove(
    papers: Annotated[list[str], typer.Argument(help="Ids of papers.")], graph: Graph = GRAPH
) -> None:
    """Remove papers without a trace.

    Example: kg remove 2312.00752 --graph papers.kg
    """
    with open_graph(graph) as knowledge:
        knowledge.remove(papers)
        print_line(f"removed {counted(len(set(papers)), 'paper')}; {_summary(knowledge)}")


def _take_in(
    knowledge: KnowledgeGraph, records: Iterable[Paper | Rejected], total: int | None
) -> Counter[str]:
    """Adds records to a graph; says at once what is wrong with one, then what was done.

    Returns how many records there were of each outcome.
    """
    counts: Counter[str] = Counter()
    for outcome in progress(knowledge.add(records), "reading", total):
        counts[outcome.what] += 1
        if isinstance(outcome.record, Rejected):
            _complain(outcome.record)
    renewed = counts.pop("renewed", 0)
    done = [f"{counts[what]:,} {what}" for what in _OUTCOMES if counts[what]]
    nothing = [] if counts["extracted"] else ["nothing to extract"]
    print_line(f"{counted(counts.total(), 'record')}: {', '.join(done + nothing)}")
    if renewed:
        print_line(f"{counted(renewed, 'paper')} of the graph extracted again by this version")
    print_line(_summary(knowledge))
    return counts


def _good(records: Iterable[Paper | Rejected]) -> Iterator[Paper]:
    for record in records:
        if isinstance(record, Rejected):
            _complain(record)
        else:
            yield record


def _complain(record: Rejected) -> None:
    print_error(f"{record.where}: {record.reason}")


def _end(*, any_good: bool) -> None:
    """Fails where no record of all sources was usable; each has been reported."""
    if not any_good:
        raise typer.Exit(1)


def _summary(knowledge: KnowledgeGraph) -> str:
    counts = knowledge.stats()
    labels = ", ".join(f"{count:,} {label}" for label, count in counts["nodes"].items())
    relationships = sum(counts["relationships"].values())
    return f"{knowledge.folder}: {labels}; {counted(relationships, 'relationship')}"
