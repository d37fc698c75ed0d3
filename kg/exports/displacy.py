"""A paper's page: its text with the names coloured, as spaCy's displaCy draws them.

displaCy escapes the text that it marks, but neither labels nor titles, and its own page states no
encoding. So it gets no title and labels of ours alone, and the page around is written here: it may
not load or run anything, whatever the text says.
"""

from collections.abc import Iterable, Iterator
from html import escape
from string import Template
from typing import Any

from spacy import displacy

from kg.exports.colours import COLOURS
from kg.exports.spans import Span, spans
from kg.exports.summary import Line, summary
from kg.records import Extraction, Paper

# How displaCy draws one name; it fills the places in.
_MARK = '<mark class="{look}" style="background:{bg}">{text}<small>{label}</small></mark>'
_OPTIONS = {
    "colors": {label: colour.dark for label, colour in COLOURS.items()},
    "template": _MARK,
}
_PAGE = Template("""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>$title</title>
<style>
body { max-width: 50rem; margin: 3rem auto; padding: 0 1.5rem; color: #17212c; background: #fff;
  font: 1.1rem/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
h1 { margin: 0 0 1.5rem; font-size: 1.6rem; }
.entities { line-height: 2 !important; overflow-wrap: anywhere; unicode-bidi: isolate; }
mark { color: #000; padding: 0.2em 0.35em; border-radius: 0.35em; box-decoration-break: clone;
  -webkit-box-decoration-break: clone; }
h1 mark { padding: 0.1em 0.3em; }
h1 .entities { line-height: 1.6 !important; }
mark small { margin-left: 0.5em; font-size: 0.65em; font-weight: 600; opacity: 0.75; }
mark.doubtful { opacity: 0.6; }
p, th { color: #566473; font-size: 0.95rem; font-weight: normal; }
a { color: #0b5cad; }
table { width: 100%; margin-top: 2rem; padding-top: 1rem; border-top: 1px solid #d9e0e7;
  border-spacing: 0; font-size: 0.95rem; }
th, td { padding: 0.25rem 1.5rem 0.25rem 0; text-align: left; vertical-align: top; }
td:first-child { white-space: nowrap; }
td:last-child { width: 100%; overflow-wrap: anywhere; }
</style>
</head>
<body>
<p>$head</p>
<h1>$heading</h1>
$abstract
<table>
$rows
</table>
</body>
</html>
""")


def render(paper: Paper, extraction: Extraction, *, doubtful: bool = False) -> str:
    """The page of a paper: its title and abstract with the names marked, and a list of them.

    Terms that are not salient are there, paler, if `doubtful`.
    """
    marked = spans(extraction, doubtful=doubtful)
    end = len(paper.title)
    page = _PAGE.substitute(
        title=escape(paper.title),
        head=" · ".join(_head(paper)),
        heading=_figure(paper.text, 0, end, marked),
        abstract=_figure(paper.text, end + 1, len(paper.text), marked),
        rows="\n".join(_rows(summary(extraction, doubtful=doubtful))),
    )
    return page.encode("utf-8", "replace").decode()  # a lone surrogate cannot be written


def _head(paper: Paper) -> Iterator[str]:
    """Where the paper is from, as HTML; an address is a link where it is one of the web."""
    yield escape(paper.id)
    if paper.published:
        yield escape(paper.published)
    if paper.url:
        url = escape(paper.url)
        is_web = paper.url.startswith(("https://", "http://"))
        yield f'<a href="{url}" rel="noreferrer">{url}</a>' if is_web else url


def _figure(text: str, start: int, stop: int, marked: Iterable[Span]) -> str:
    """`text[start:stop]` as displaCy draws it."""
    ents: list[dict[str, Any]] = [
        {
            "start": span.start - start,
            "end": span.stop - start,
            "label": span.label,
            "params": {"look": "" if span.salient else "doubtful"},
        }
        for span in marked
        if start <= span.start and span.stop <= stop
    ]
    drawn = {"text": text[start:stop], "ents": ents}
    return displacy.render(
        drawn, style="ent", manual=True, page=False, jupyter=False, options=_OPTIONS
    )


def _rows(lines: Iterable[Line]) -> Iterator[str]:
    """A row of the table a line; a label stands in the first of its rows alone."""
    before = ""
    for line in lines:
        mark = f'<mark style="background:{COLOURS[line.label].dark}">{line.label}</mark>'
        cells = f"<th>{escape(line.role)}</th><td>{escape(line.words)}</td>"
        yield f"<tr><td>{mark if line.label != before else ''}</td>{cells}</tr>"
        before = line.label
