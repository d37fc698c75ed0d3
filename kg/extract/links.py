"""Links: where a text holds URLs, and which of them are source-code repositories."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CHARACTERS = r"(?:[A-Za-z0-9._~/%#?=&+@:-]|\\[_%&#~])"
_LINK = re.compile(
    rf"(?:https?: ?//|www\.){_CHARACTERS}+"
    rf"|(?<![\w.@/-])(?:github\.com|gitlab\.com|bitbucket\.org|huggingface\.co|hf\.co"
    rf"|anonymous\.4open\.science)/{_CHARACTERS}+",
    re.IGNORECASE,
)
_GAP = re.compile(r"/ ([\w-]+/[\w.-]+|[\w.-]*[A-Z0-9_][\w.-]*)")  # where a line was broken
_TRAILING = ".,;:!?/#&=~-@%+"
_FORGES = {
    "github.com": "github.com",
    "gitlab.com": "gitlab.com",
    "bitbucket.org": "bitbucket.org",
    "huggingface.co": "huggingface.co",
    "hf.co": "huggingface.co",
    "anonymous.4open.science": "anonymous.4open.science",
}
_SECTIONS = {"datasets", "spaces", "collections"}
_NO_OWNERS = {"orgs", "topics", "features", "sponsors", "papers", "docs", "blog", "join", "about"}


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
        if gap and _is_forge(match.group()) and not repository_url(match.group()):
            stop = gap.end()
        url = text[start:stop].rstrip(_TRAILING)
        yield Link(start, start + len(url), repository_url(url.replace(" ", "")))


def repository_url(url: str) -> str:
    """The canonical URL of the repository that `url` leads to, or "" where it leads to none.

    >>> repository_url("http://www.github.com/pytorch/pytorch.git")
    'https://github.com/pytorch/pytorch'
    """
    host, path = _host_and_path(url)
    forge = _FORGES.get(host, "")
    parts = [part for part in path.split("/") if part.strip(".")]
    kept = _repository_path(forge, parts) if forge and parts else []
    return "/".join([f"https://{forge}", *kept]) if kept else ""


def _is_forge(url: str) -> bool:
    return _host_and_path(url)[0] in _FORGES


def _host_and_path(url: str) -> tuple[str, str]:
    plain = re.sub(r"^(?:https?: ?//)?(?:www\.)?", "", url.replace("\\", ""), flags=re.IGNORECASE)
    host, _, path = re.split(r"[?#]", plain)[0].partition("/")
    return host.lower(), path


def _repository_path(forge: str, parts: list[str]) -> list[str]:
    """The segments of `parts` that name a repository of `forge`; empty where none does."""
    if parts[0].lower() in _NO_OWNERS:
        return []
    if forge == "anonymous.4open.science":
        return parts[:2] if parts[0] in {"r", "repository"} and len(parts) > 1 else []
    depth = 3 if forge == "huggingface.co" and parts[0] in _SECTIONS else 2
    kept = parts[:depth]
    kept[-1] = re.sub(r"\.git$", "", kept[-1].rstrip("."))
    is_whole = len(kept) == depth or (forge == "huggingface.co" and depth == 2)
    return kept if is_whole and kept[-1] else []
