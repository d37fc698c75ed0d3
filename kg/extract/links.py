"""Links: where a text holds URLs, and which of them are source-code repositories."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.repositories import is_forge, repository_url

_CHARACTERS = r"(?:[A-Za-z0-9._~/%#?=&+@:-]|\\[_%&#~])"
_LINK = re.compile(
    rf"(?:https?: ?//|www\.){_CHARACTERS}+"
    rf"|(?<![\w.@/-])(?:github\.com|gitlab\.com|bitbucket\.org|huggingface\.co|hf\.co"
    rf"|anonymous\.4open\.science)/{_CHARACTERS}+",
    re.IGNORECASE,
)
_GAP = re.compile(r"/ ([\w-]+/[\w.-]+|[\w.-]*[A-Z0-9_][\w.-]*)")  # where a line was broken
_TRAILING = ".,;:!?/#&=~-@%+"


@dataclass(frozen=True, slots=True)
class Link:
    """One URL of a text; `repository` is its canonical URL, or "" where it is no repository."""

    start: int
    stop: int
    repository: str


def find_links(text: str) -> Iterator[Link]:
    """Every URL of `text` in order, with a scheme or of a well-known code host.

    Bounds leave out trailing punctuation. A URL of a code host that a space breaks before it names
    a repository goes on behind the space.
    """
    for match in _LINK.finditer(text):
        start, stop = match.span()
        gap = _GAP.match(text, stop - 1)
        if gap and is_forge(match.group()) and not repository_url(match.group()):
            stop = gap.end()
        url = text[start:stop].rstrip(_TRAILING)
        yield Link(start, start + len(url), repository_url(url.replace(" ", "")))
