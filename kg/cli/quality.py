"""The command that scores what is found in papers against gold annotations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import AsJson, Jobs, Names, Pipeline, extractor_of
from kg.cli.reading import complain, good
from kg.evaluate import (
    FAULT_KINDS,
    Accuracy,
    Calibration,
    CellCounts,
    Confusion,
    Evaluation,
    FaultKind,
    GoldPaper,
    check_complete,
    faults,
    read_gold,
    score,
)
from kg.exports.evaluations import evaluation_object, fault_objects, scores
from kg.extract import Extractor
from kg.records import Extraction, Kind, Paper, Rejected
from kg.sources import distinct, read
from kg.tables import counted, print_table
from kg.terminal import print_json, print_line, progress

_TITLES = {  # of scores; a kind's is its name
    "micro_method_dataset_metric": "micro: Method, Dataset, Metric",
    "micro": "micro: all types",
    "proposed_methods": "proposed methods",
    "results_value_metric": "results: value and metric",
    "results": "results: all four cells",
}


def _kind(text: str) -> FaultKind:
    """The kind that a person means, in any case."""
    for kind in FAULT_KINDS:
        if kind.lower() == text.lower():
            return kind
    raise typer.BadParameter(f'"{text}" is none; write one of {", ".join(FAULT_KINDS)}')


_Errors = Annotated[
    bool, typer.Option("--errors", help="Show what is false, missed, or wrong in a result.")
]
_Only = Annotated[
    FaultKind | None,
    typer.Option("--type", metavar="TYPE", parser=_kind, help="Show the errors of one type."),
]
_Calibration = Annotated[
    bool, typer.Option("--calibration", help="Show how often each confidence is right.")
]


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Gold annotations, a JSON file.")],
    papers: Annotated[Path, typer.Argument(help="The annotated papers, of any known format.")],
    names: Names = None,
    pipeline: Pipeline = None,
    jobs: Jobs = None,
    errors: _Errors = False,
    only: _Only = None,
    calibration: _Calibration = False,
    as_json: AsJson = False,
) -> None:
    """Score what is found in papers against gold annotations.

    GOLD is a JSON list of {"id", "entities": [{"type", "name", "surfaces",
    "role", "optional"}], "results": [{"value", "metric", "method", "dataset",
    "baseline"}]}.

    Example: kg evaluate my.gold.json my.papers.jsonl --errors --type Method
    """
    annotated = read_gold(gold)
    wanted = _annotated_papers(annotated, papers)
    with extractor_of(pipeline, names, jobs) as extractor:
        found = list(progress(_extractions(wanted, extractor), "extracting", len(wanted)))
    evaluation = score(annotated, found)
    texts = {paper.id: paper.text for paper in wanted}
    every = faults(evaluation, annotated, found, texts) if errors or only else ()
    shown = [fault for fault in every if only in (None, fault.kind)]
    if as_json:
        wrong = {"errors": fault_objects(shown, texts)} if errors or only else {}
        print_json(evaluation_object(evaluation) | wrong)
        return
    _print_figures(evaluation, in_bins=calibration)
    if shown:
        from kg.highlight import print_faults  # noqa: PLC0415 - rich is slow to import

        print_faults(shown, texts)


def _annotated_papers(gold: Sequence[GoldPaper], source: Path) -> list[Paper]:
    """The papers of a file that are annotated; says which records are no papers."""
    ids = {paper.id for paper in gold}
    papers = [paper for paper in good(distinct(read([source]))) if paper.id in ids]
    check_complete(gold, [paper.id for paper in papers], str(source))
    return papers


def _extractions(papers: Sequence[Paper], extractor: Extractor) -> Iterator[Extraction]:
    """One a paper; where one cannot be read nothing is found, and it is said why."""
    for paper, found in zip(papers, extractor.extract(papers), strict=True):
        if isinstance(found, Rejected):
            complain(found)
            yield Extraction(paper.id, (), ())
        else:
            yield found


def _print_figures(evaluation: Evaluation, *, in_bins: bool) -> None:
    _print_scores(evaluation)
    _print_roles(evaluation.confusions)
    _print_cells(evaluation.cells)
    if in_bins:
        _print_bins(evaluation.calibration)


def _print_scores(evaluation: Evaluation) -> None:
    rows: list[dict[str, object]] = [
        {
            "type": _TITLES.get(name, name),
            "precision": f"{one.precision:.3f}",
            "recall": f"{one.recall:.3f}",
            "F1": f"{one.f1:.3f}",
            "right": one.right,
            "false": one.false,
            "missed": one.missed,
        }
        for name, one in scores(evaluation).items()
    ]
    roles = evaluation.roles
    named = dict.fromkeys(rows[0], "") | {"type": "roles (accuracy)", "F1": f"{roles.share:.3f}"}
    rows.insert(-2, named | {"right": roles.right, "false": roles.wrong})
    print_table(tuple(rows[0]), rows, footer=counted(evaluation.papers, "paper"))
    error = f"{evaluation.calibration.error:.3f} expected calibration error of their confidence"
    print_line(f"{counted(evaluation.calibration.mentions, 'mention')}: {error}")


def _print_roles(confusions: Mapping[Kind, Confusion]) -> None:
    """The roles that are right and wrong of what was found; nothing where nothing is right."""
    rows = [
        {
            "type": kind,
            "gold role": role,
            "right": found[role],
            "of": terms,
            "share": f"{found[role] / terms:.3f}",
            "taken for": ", ".join(_others(role, found)),
        }
        for kind, confusion in confusions.items()
        for role, found in confusion.counts.items()
        if (terms := sum(found.values()))
    ]
    if rows:
        judged = [(kind, one.accuracy) for kind, one in confusions.items()]
        shares = [f"{kind} {one.share:.3f}" for kind, one in judged if one != Accuracy()]
        _print_below(rows, footer=f"right: {', '.join(shares)}")


def _others(role: str, found: Mapping[str, int]) -> Iterator[str]:
    """The roles for which one is taken, the most frequent first: `used 13`."""
    others = {other: count for other, count in found.items() if count and other != role}
    for other in sorted(others, key=lambda other: -others[other]):
        yield f"{other} {others[other]:,}"


def _print_cells(cells: Mapping[str, CellCounts]) -> None:
    """How often each cell of the results is right; nothing where there is no result."""
    rows = [
        {"cell": cell, **{what.replace("_", " "): count for what, count in asdict(one).items()}}
        for cell, one in cells.items()
        if one != CellCounts()
    ]
    if rows:
        found = counted(cells["value"].right, "result")
        _print_below(rows, footer=f"the cells of {found} are compared, those with the right value")


def _print_bins(calibration: Calibration) -> None:
    rows = [
        {
            "confidence": f"{one.lowest:.3f} to {one.highest:.3f}",
            "mean": f"{one.confidence:.3f}",
            "share right": f"{one.right:.3f}",
            "mentions": one.mentions,
        }
        for one in calibration.bins
    ]
    if rows:
        _print_below(rows, footer=counted(len(rows), "bin"))


def _print_below(rows: Sequence[Mapping[str, object]], footer: str) -> None:
    """A table, apart from what stands above it; its columns are those of the first row."""
    print_line("")
    print_table(tuple(rows[0]), rows, footer=footer)
