"""Commands for a curator: what one entity is, why it is that, and what it should be."""

import shlex
from collections.abc import Sequence
from dataclasses import asdict, replace
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from kg.api import open_graph
from kg.cli.options import GRAPH, AsJson, Graph
from kg.corrections import FILE, What
from kg.resolve.correcting import correct
from kg.resolve.dossier import Dossier, dossier
from kg.resolve.finding import find_entity
from kg.tables import counted, print_table
from kg.terminal import print_json, print_line

if TYPE_CHECKING:
    from pathlib import Path

_IDS = 10  # that are listed of the versions of a name, and of what it may mean
_WIDTH = 100
_NAMES = 25  # rows of the table of names

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
_Name = Annotated[str, typer.Argument(help="Any name of it, its id, or Kind:name.")]
_Other = Annotated[str, typer.Argument(help="A name of the other entity, or its id.")]
_Spelling = Annotated[str, typer.Argument(help="The name to split off, as papers write it.")]
_NewName = Annotated[str, typer.Argument(help="How it is to be called.")]
_Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="How many to list.")]


@app.command()
def show(name: _Name, graph: Graph = GRAPH, as_json: AsJson = False) -> None:
    """Show an entity: its names, versions and newest papers.

    Each name with the reason why it leads there. With --json all of them, however many.

    Example: kg entity show CIFAR-10 --graph demo.kg
    """
    with open_graph(graph) as knowledge, knowledge.frozen():
        found = dossier(knowledge.ledger, find_entity(knowledge.ledger, name))
    if as_json:
        print_json(asdict(found))
    else:
        _print_dossier(found)


@app.command()
def merge(name: _Name, other: _Other, graph: Graph = GRAPH) -> None:
    """Make two entities one; the first stays.

    Example: kg entity merge "masked autoencoder" MAE --graph demo.kg
    """
    _correct(graph, "merge", name, other)


@app.command()
def split(name: _Name, spelling: _Spelling, graph: Graph = GRAPH) -> None:
    """Make a name an entity of its own, or undo a merge.

    Example: kg entity split LoRA LoRa --graph demo.kg
    """
    _correct(graph, "split", name, spelling)


@app.command()
def rename(name: _Name, new_name: _NewName, graph: Graph = GRAPH) -> None:
    """Call an entity by another name; its id stays.

    Example: kg entity rename S4 "Structured State Space (S4)" --graph demo.kg
    """
    _correct(graph, "rename", name, new_name)


@app.command()
def block(name: _Name, graph: Graph = GRAPH) -> None:
    """Make a name no entity, wherever it is found.

    Example: kg entity block Task:reasoning --graph demo.kg
    """
    _correct(graph, "block", name)


@app.command()
def doubts(graph: Graph = GRAPH, limit: _Limit = 20, as_json: AsJson = False) -> None:
    """List what may be one entity, or should not be one.

    Likely duplicates left and likely wrong merges, those first that more papers name. Below each
    stands the command that settles it, to paste where you agree.

    Example: kg entity doubts --limit 5 --graph demo.kg
    """
    from kg.resolve.doubts import doubts as find_doubts  # noqa: PLC0415 - only this needs it

    with open_graph(graph) as knowledge, knowledge.frozen():
        found = find_doubts(knowledge.ledger)
    where = "" if graph == GRAPH else f" --graph {shlex.quote(str(graph))}"
    shown = [asdict(replace(one, correction=one.correction + where)) for one in found[:limit]]
    if as_json:
        print_json(shown)
        return
    for row in shown:
        papers = counted(row["papers"], "paper")
        print_line("{what}: {first}, {second} ({}): {why}".format(papers, **row))
        print_line("    {correction}".format(**row))
    print_line(f"{len(shown)} of {counted(len(found), 'doubt')}")


def _correct(graph: "Path", what: What, name: str, value: str = "") -> None:
    """Writes a correction, and says what has become of the entity."""
    with open_graph(graph) as knowledge:
        with knowledge.frozen():  # what a build has left is resolved first
            pass
        done = correct(knowledge.ledger, what, name, value)
    print_line(f"{graph / FILE}: {' '.join(filter(None, (what, done.entity, done.value)))}")


def _print_dossier(found: Dossier) -> None:
    doubt = "" if found.salient else ", doubted"
    ambiguous = ", an acronym with several meanings" if found.ambiguous else ""
    print_line(f"{found.name} ({found.id}): {counted(found.papers, 'paper')}{doubt}{ambiguous}")
    for what, ids in (
        ("also", found.external_ids),
        ("version of", (found.family,) if found.family else ()),
        ("versions", found.versions),
        ("may mean", tuple(f"{one} ({papers})" for one, papers in found.meanings)),
    ):
        if ids:
            for line in wrap(f"{what}: {_listed(ids)}", _WIDTH, break_on_hyphens=False):
                print_line(line)
    print_line("")
    spellings = [asdict(one) for one in found.spellings[:_NAMES]]
    names = _counted_of(len(spellings), len(found.spellings), "name")
    print_table(("text", "papers", "reason", "paper"), spellings, names)
    print_line("")
    columns = ("paper", "published", "title")
    newest = [dict(zip(columns, row, strict=True)) for row in found.newest]
    print_table(columns, newest, _counted_of(len(newest), found.papers, "paper"))


def _listed(ids: Sequence[str]) -> str:
    """The first ids, and how many more there are."""
    more = f" and {len(ids) - _IDS:,} more" if len(ids) > _IDS else ""
    return ", ".join(ids[:_IDS]) + more


def _counted_of(shown: int, total: int, what: str) -> str:
    whole = counted(total, what)
    return whole if shown == total else f"{shown} of {whole}"
