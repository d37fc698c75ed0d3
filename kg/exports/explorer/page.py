"""The explorer's page: template, style, scripts and graph in one file.

A paper's text is hostile input. It enters the page as JSON alone, in which every `<` is escaped;
the scripts show it as text; and the page's own policy lets nothing run but the scripts whose
hashes it lists, and lets nothing be fetched.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from kg.exports.explorer.contents import contents
from kg.exports.picture import MARKS
from kg.records import Edge, Node

_SCRIPTS = (  # in this order: a constant must be there before it is used
    *("graph.js", "shapes.js", "dom.js"),
    *("map.js", "ground.js", "focus.js", "labels.js", "camera.js"),
    *("search.js", "evidence.js", "results.js", "panel.js", "paper.js", "entity.js"),
    *("filters.js", "app.js"),
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def render(
    nodes: Iterable[Node], edges: Iterable[Edge], heading: str = "Papers and what they name"
) -> str:
    """The graph as one HTML page that works offline; the same graph gives the same page."""
    shown = contents(nodes, edges)
    net = Network(heading=heading, directed=True, cdn_resources="in_line")
    net.nodes, net.edges = shown.nodes, shown.edges
    net.templateEnv, net.path = _environment(results=shown.results), "page.html"
    page: str = net.generate_html()
    return _LONE_SURROGATE.sub("\ufffd", page)


def _environment(**values: Any) -> Environment:
    """Where the template finds what pyvis does not hand it; all but `Markup` is escaped."""
    style = _colours() + _own("page.css")
    scripts = [_vis_network(), *map(_own, _SCRIPTS)]
    environment = Environment(
        loader=PackageLoader("kg.exports.explorer", "web"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "allow_nan": False}
    environment.globals.update(
        policy=_policy(scripts, style),
        style=Markup(style),
        scripts=[Markup(script) for script in scripts],
        shapes={label: mark.shape for label, mark in MARKS.items()},
        **values,
    )
    return environment


def _policy(scripts: Iterable[str], style: str) -> str:
    """The page's Content-Security-Policy."""
    hashes = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(inline: str) -> str:
    digest = hashlib.sha256(inline.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _colours() -> str:
    """A variable for the colour of each label, such as `--Paper`, light and dark."""
    light = "".join(f"--{label}:{mark.light};" for label, mark in MARKS.items())
    dark = "".join(f"--{label}:{mark.dark};" for label, mark in MARKS.items())
    return f":root{{{light}}}@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def _own(name: str) -> str:
    return (files("kg.exports.explorer") / "web" / name).read_text(encoding="utf-8")


def _vis_network() -> str:
    """vis-network without its style sheet, which is for controls that this page does not use."""
    folder = files("pyvis") / "templates" / "lib" / "vis-9.1.2"
    return (folder / "vis-network.min.js").read_text(encoding="utf-8")
