"""Commands that read papers and change a graph."""

import shlex
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import tee
from pathlib import Path
from typing import Annotated

import typer

from kg.api import KnowledgeGraph, open_graph, open_or_make
from kg.cli.doors import write_page
from kg.cli.options import (
    GRAPH,
    PAGE,
    AsJson,
    Graph,
    Jobs,
    Names,
    Output,
    Pipeline,
    Sources,
    extractor_of,
)
from kg.cli.reading import complain, good
from kg.demo import QUESTIONS, sample
from kg.exports.extractions import extraction_object
from kg.extract import Extractor
from kg.records import Extraction, Paper, Rejected
from kg.sources import distinct, read
from kg.tables import counted
from kg.terminal import (
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
    extractor = Extractor()
    with open_or_make(graph, extractor) as knowledge:
        _take_in(knowledge, sample(), None, extractor)
        for question, parameters in QUESTIONS:
            asked = shlex.join(f"{name}={value}" for name, value in parameters.items())
            print_line("")
            print_line(f"$ kg query {question} {asked} --graph {graph}")
            print_rows(knowledge.ask(question, **parameters))
        print_line("")
        write_page(knowledge, output)
    print_line("next: `kg queries` lists what can be asked, `kg build FILE...` reads your papers")


def build(
    sources: Sources,
    graph: Graph = GRAPH,
    names: Names = None,
    pipeline: Pipeline = None,
    jobs: Jobs = None,
) -> None:
    """Read papers from files into a graph.

    What the graph holds already is left alone, unless it was read with
    other names or by another pipeline. Reads saved Daily Papers pages,
    JSON Lines and CSV, each also gzipped, and Parquet.

    Example: kg build papers.jsonl.gz saved_page.txt --graph papers.kg
    """
    extractor = extractor_of(pipeline, names, jobs)
    records = read(sources)
    with waiting("counting the records"):
        total = sum(1 for _ in read(sources)) if sys.stderr.isatty() else None
    with extractor, open_or_make(graph, extractor) as knowledge:
        counts = _take_in(knowledge, records, total, extractor)
    _end(any_good=counts.total() > counts["rejected"])


def extract(
    sources: Sources,
    names: Names = None,
    pipeline: Pipeline = None,
    jobs: Jobs = None,
    as_json: AsJson = False,
) -> None:
    """Print what is found in papers.

    Makes no graph. With --json one object a line, such as scorers read.

    Example: kg extract papers.jsonl --json > found.jsonl
    """
    any_good = False
    with extractor_of(pipeline, names, jobs) as extractor:
        for paper, extraction in _extractions(read(sources), extractor):
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
    knowledge: KnowledgeGraph,
    records: Iterable[Paper | Rejected],
    total: int | None,
    extractor: Extractor,
) -> Counter[str]:
    """Adds records to a graph; says at once what is wrong with one, then what was done.

    Returns how many records there were of each outcome.
    """
    counts: Counter[str] = Counter()
    outcomes = knowledge.add(records, extractor=extractor)
    for outcome in progress(outcomes, "reading", total):
        counts[outcome.what] += 1
        if isinstance(outcome.record, Rejected):
            complain(outcome.record)
    renewed, kept = counts.pop("renewed", 0), counts.pop("kept", 0)
    done = [f"{counts[what]:,} {what}" for what in _OUTCOMES if counts[what]]
    nothing = [] if counts["extracted"] else ["nothing to extract"]
    print_line(f"{counted(counts.total(), 'record')}: {', '.join(done + nothing)}")
    if renewed:
        why = "since the version, the names or the pipeline is another"
        print_line(f"{counted(renewed, 'paper')} of the graph extracted again, {why}")
    if kept:
        stay = "stays" if kept == 1 else "stay"
        what = f"of the graph could not be read again and {stay} as before"
        print_line(f"{counted(kept, 'paper')} {what}")
    print_line(_summary(knowledge))
    return counts


def _extractions(
    records: Iterable[Paper | Rejected], extractor: Extractor
) -> Iterator[tuple[Paper, Extraction]]:
    """The good papers with what is found in each; says at once what is wrong with another."""
    papers, again = tee(good(distinct(records)))
    found = extractor.extract(papers)
    if not sys.stdout.isatty():  # else what is found shows the progress, and a bar is in its way
        found = progress(found, "extracting", None)
    for paper, extraction in zip(again, found, strict=True):
        if isinstance(extraction, Rejected):
            complain(extraction)
        else:
            yield paper, extraction


def _end(*, any_good: bool) -> None:
    """Fails where no record of all sources was usable; each has been reported."""
    if not any_good:
        raise typer.Exit(1)


def _summary(knowledge: KnowledgeGraph) -> str:
    counts = knowledge.stats()
    labels = ", ".join(f"{count:,} {label}" for label, count in counts["nodes"].items())
    relationships = sum(counts["relationships"].values())
    return f"{knowledge.folder}: {labels}; {counted(relationships, 'relationship')}"
