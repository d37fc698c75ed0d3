"""Papers' words on stdout, those marked that matter: in colour, or in brackets where there is none.

Text that others wrote is never read as markup, and cannot steer the terminal.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import attrgetter

from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from kg.evaluate import FAULT_KINDS, Fault
from kg.evidence import sentence_bounds
from kg.exports.colours import COLOURS
from kg.exports.spans import Span, pieces, spans
from kg.exports.summary import summary
from kg.records import Extraction, Paper
from kg.tables import counted, printable

_PROSE = 100  # characters of a line that is good to read
_LINE = 4_000  # and of one that is never folded: longer than any sentence with its marks
_GROUNDS = {label: colour.dark for label, colour in COLOURS.items()} | {
    "false": COLOURS["Repository"].dark,
    "missed": COLOURS["Dataset"].dark,
    "wrong": COLOURS["Metric"].dark,
}


def print_paper(paper: Paper, extraction: Extraction, *, doubtful: bool = False) -> None:
    """A paper's title and abstract with what was found in them marked, and a list of it.

    Terms that are not salient are shown, paler, if `doubtful`; else they are counted.
    """
    console = Console(highlight=False)
    console.width = min(console.width, _PROSE) if sys.stdout.isatty() else _PROSE
    in_colour = _has_colour(console)
    marked = spans(extraction, doubtful=doubtful)
    head = "  ".join(filter(None, (paper.id, paper.published, paper.url)))
    console.print(Text(printable(head), style="dim"))
    for start, stop, style in _paragraphs(paper):
        words = _marked(paper.text, start, stop, marked, in_colour=in_colour)
        words.stylize_before(style)
        console.print(words)
        console.print()
    _print_list(console, extraction, doubtful=doubtful)
    hidden = 0 if doubtful else sum(not term.salient for term in extraction.terms)
    if hidden:
        note = f"{counted(hidden, 'doubtful term')} left out; --all shows them too"
        console.print(Text(note, style="dim"))


def print_faults(faults: Iterable[Fault], texts: Mapping[str, str]) -> None:
    """Each fault in its sentence; those of one kind together, then of one sort."""
    console = Console(width=None if sys.stdout.isatty() else _LINE, highlight=False)
    in_order = sorted(faults, key=lambda fault: (FAULT_KINDS.index(fault.kind), fault.what))
    for (kind, what), group in groupby(in_order, key=attrgetter("kind", "what")):
        same = list(group)
        width = max(len(printable(fault.paper_id)) for fault in same)
        console.print()
        console.print(Text(f"{kind}: {len(same):,} {what}", style="bold"))
        for fault in same:
            sentence = _sentence(fault, texts[fault.paper_id], in_colour=_has_colour(console))
            console.print(_beside(Text(printable(fault.paper_id), "dim"), sentence, width))


def _paragraphs(paper: Paper) -> Iterator[tuple[int, int, str]]:
    """Bounds and style of the title and of the abstract."""
    end = len(paper.title)
    yield 0, end, "bold"
    yield end + 1, len(paper.text), ""


def _has_colour(console: Console) -> bool:
    return console.color_system is not None and not console.no_color


def _marked(text: str, start: int, stop: int, marked: Iterable[Span], *, in_colour: bool) -> Text:
    """`text[start:stop]` with the spans in it marked."""
    inner = [
        Span(span.start - start, span.stop - start, span.label, span.salient)
        for span in marked
        if start <= span.start and span.stop <= stop
    ]
    words = Text(overflow="fold")
    for piece, span in pieces(text[start:stop], inner):
        plain = printable(re.sub(r"\s", " ", piece))
        if span is None:
            words.append(plain)
        elif in_colour:
            words.append(plain, _style(span.label, salient=span.salient))
        else:
            words.append(f"[{plain}]({span.label}{'' if span.salient else '?'})")
    return words


def _style(label: str, *, salient: bool) -> Style:
    """Black on the label's colour; its colour alone for what is not salient."""
    ground = _GROUNDS[label]
    return Style(color="#000000", bgcolor=ground) if salient else Style(color=ground, italic=True)


def _print_list(console: Console, extraction: Extraction, *, doubtful: bool) -> None:
    """The terms by kind and role, and the results; the colours of the kinds stand before them."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    before = ""
    for line in summary(extraction, doubtful=doubtful):
        style = _style(line.label, salient=True) if _has_colour(console) else ""
        head = Text(line.label, style) if line.label != before else Text()
        grid.add_row(head, Text(printable(line.role)), Text(printable(line.words)))
        before = line.label
    if grid.row_count:
        console.print(grid)


def _sentence(fault: Fault, text: str, *, in_colour: bool) -> Text:
    """The sentence of a fault with its words marked, and the remark on it."""
    if fault.stop:
        start, stop = sentence_bounds(text, fault.start, fault.stop)
        span = Span(fault.start, fault.stop, fault.what)
        words = _marked(text, start, stop, [span], in_colour=in_colour)
    else:
        words = Text(f"{printable(fault.name)} (these words are not in the text)")
    return words.append(f"  ({printable(fault.remark)})" if fault.remark else "", "italic dim")


def _beside(head: Text, words: Text, width: int) -> Table:
    """`words` in a column of their own beside `head`, whose column is `width` wide."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(min_width=width, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(head, words)
    return grid
