"""The command that shows one paper with what is found in it."""

import difflib
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from kg.api import open_graph
from kg.cli.doors import IN_BROWSER, write_file
from kg.cli.options import GRAPH, AsJson, Graph, Names, Pipeline, extractor_of
from kg.cli.reading import good
from kg.errors import KgError, UnknownNameError
from kg.exports.extractions import extraction_object
from kg.extract import Extractor
from kg.records import Extraction, Paper, Rejected, folded_title
from kg.rows import read_extraction, read_papers
from kg.sources import read
from kg.sources.fields import arxiv_id
from kg.terminal import print_json

_SUGGESTIONS = 3
_NEAR = 0.8  # how alike ids are that may be meant, 1 for the same

_From = Annotated[
    Path | None, typer.Option("--from", help="Take it from a file of papers, not from a graph.")
]
_All = Annotated[bool, typer.Option("--all", help="Show also what careful readers doubt.")]
_Html = Annotated[Path | None, typer.Option("--html", help="Write it to this file, as a page.")]


def show(
    paper: Annotated[str, typer.Argument(help="Id of a paper.")],
    graph: Graph = GRAPH,
    source: _From = None,
    names: Names = None,
    pipeline: Pipeline = None,
    doubtful: _All = False,
    page: _Html = None,
    as_json: AsJson = False,
) -> None:
    """Show a paper's text with what is found in it.

    From a graph, or with --from from a file, which is read by --names and --pipeline.

    Example: kg show 1706.03762 --graph demo.kg
    """
    if source:
        with extractor_of(pipeline, names, 1) as extractor:
            one, found = _from_file(paper, source, extractor)
    elif names or pipeline:
        raise typer.BadParameter(
            "--names and --pipeline are for --from FILE; the graph's papers have been read"
        )
    else:
        one, found = _from_graph(paper, graph)
    if as_json:
        print_json(extraction_object(found))
    elif page:
        from kg.exports.displacy import render  # noqa: PLC0415 - spaCy is slow to import

        write_file([render(one, found, doubtful=doubtful)], page, IN_BROWSER)
    else:
        from kg.highlight import print_paper  # noqa: PLC0415 - rich is slow to import

        print_paper(one, found, doubtful=doubtful)


def _from_graph(typed: str, graph: Path) -> tuple[Paper, Extraction]:
    """The paper with this id, and what the graph holds of it."""
    with open_graph(graph) as knowledge, knowledge.ledger.reading():
        paper = knowledge.paper(typed) or knowledge.paper(arxiv_id(typed))
        if paper is None:
            cure = "`kg query search text=WORD` finds papers by their titles"
            raise _unknown(typed, graph, read_papers(knowledge.ledger), cure)
        extraction, _ = read_extraction(knowledge.ledger, paper.id)
        return paper, extraction


def _from_file(typed: str, source: Path, extractor: Extractor) -> tuple[Paper, Extraction]:
    """The paper with this id in a file, and what is found in it."""
    passed = []
    for paper in good(read([source])):
        if paper.id in (typed, arxiv_id(typed)):
            found = next(extractor.extract([paper]))
            if isinstance(found, Rejected):
                raise KgError(f"{found.where}: {found.reason}")
            return paper, found
        passed.append(paper)
    raise _unknown(typed, source, passed, f"`kg extract {source}` prints the ids")


def _unknown(typed: str, where: Path, papers: Iterable[Paper], cure: str) -> UnknownNameError:
    """That no paper has this id, with those whose titles or ids are near."""
    titles = {paper.id: paper.title for paper in papers}
    words = f" {folded_title(typed) or typed}"
    named = (one for one, title in titles.items() if words in f" {folded_title(title)}")
    close = difflib.get_close_matches(typed, titles, n=_SUGGESTIONS, cutoff=_NEAR)
    near = list(dict.fromkeys([*islice(named, _SUGGESTIONS), *close]))[:_SUGGESTIONS]
    listed = ", ".join(f"{one} ({titles[one]})" for one in near)
    advice = f"did you mean {listed}?" if near else cure
    return UnknownNameError(f'{where}: no paper has the id "{typed}"; {advice}', near)
