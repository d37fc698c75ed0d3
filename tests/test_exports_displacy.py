"""A paper's page: what displaCy draws, and that no text becomes markup or runs."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from playwright.sync_api import Browser

from kg.exports.colours import COLOURS
from kg.exports.displacy import render
from kg.records import Extraction, Mention, Paper, Result, Term

HOSTILE = (
    '<script>window.ran=1</script><img src=x onerror="window.ran=2">'
    "</title></style></mark><!-- {bg} {0} $title ${head} %s &lt; & ' \" 深度 🚀"
)


def term(text: str, part: str, salient: bool = True) -> Term:
    start = text.index(part)
    mention = Mention(start, start + len(part), part, 0.9)
    return Term("Method", part, "used", salient, (mention,))


def hostile() -> tuple[Paper, Extraction]:
    """A paper all of whose texts are hostile, all of whose words are a name."""
    paper = Paper(
        HOSTILE, HOSTILE, f"S4. {HOSTILE}", published=HOSTILE, url=f"https://x.org/{HOSTILE}"
    )
    title = term(paper.text, HOSTILE)
    start = len(paper.title) + len("\nS4. ")
    abstract = replace(
        title, name=HOSTILE, mentions=(Mention(start, len(paper.text), HOSTILE, 0.9),)
    )
    result = Result(start - 4, start - 1, HOSTILE, 1.0, "", "value", 0.5, method=0, metric=1)
    return paper, Extraction(paper.id, (title, abstract), (result,))


class Elements(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.comments = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.comments += 1


PAPER = Paper("2312.00752", "S4 at work", "It beats the LSTM.\nAlways.", url="https://arxiv.org/x")
FOUND = Extraction(PAPER.id, (term(PAPER.text, "S4"), term(PAPER.text, "LSTM", salient=False)), ())


def test_names_are_drawn_with_the_colour_and_the_label_of_their_kind() -> None:
    page = render(PAPER, FOUND)

    blue = COLOURS["Method"].dark
    assert (
        f'<mark class="" style="background:{blue}">S4<small>Method</small></mark> at work' in page
    )
    assert "It beats the LSTM.<br>Always." in page
    assert '<a href="https://arxiv.org/x" rel="noreferrer">' in page
    assert page.lower().startswith("<!doctype html>")


def test_what_is_not_salient_is_drawn_paler_on_demand() -> None:
    assert "(LSTM)" not in render(PAPER, FOUND)

    page = render(PAPER, FOUND, doubtful=True)

    assert re.search('<mark class="doubtful"[^>]*>LSTM<small>', page)
    assert "<td>S4, (LSTM)</td>" in page


def test_no_text_becomes_an_element_or_leaves_its_place() -> None:
    plain, bad = Elements(render(PAPER, FOUND)), Elements(render(*hostile()))

    assert set(bad.tags) <= {*plain.tags, "small"}
    assert {name for name, _ in bad.attributes} <= {name for name, _ in plain.attributes}
    assert bad.comments == 0
    assert bad.text.count(HOSTILE) == 11  # title, id, date, url, heading, abstract, 5 in the list


def test_only_an_address_of_the_web_is_a_link() -> None:
    page = render(replace(PAPER, url="javascript:alert(1)"), FOUND)

    assert "href" not in page
    assert "javascript:alert(1)" in page


def test_a_page_can_be_written_whatever_its_text_holds() -> None:
    page = render(replace(PAPER, abstract="a lone \ud800 surrogate"), FOUND)

    assert "a lone ? surrogate" in page
    assert '<meta charset="utf-8">' in page


def test_a_browser_shows_hostile_words_as_words_and_runs_nothing(
    tmp_path: Path, browser: Browser
) -> None:
    file = tmp_path / "page.html"
    file.write_text(render(*hostile()), "utf-8")
    errors: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: errors.append(message.text))

    page.goto(file.as_uri())

    assert page.evaluate("window.ran") is None
    assert page.title() == " ".join(HOSTILE.split())
    assert page.locator("h1").text_content() == f"{HOSTILE}Method"
    assert page.locator("script, img").count() == 0
    assert errors == []
    page.close()
