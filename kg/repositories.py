"""Repositories: which URLs lead to source code, and how each repository is written once."""

import re

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


def repository_key(url: str) -> str:
    """The key that all addresses of one repository share, also for `git`; never empty."""
    plain = re.sub(r"^(?:ssh://)?git@([^:/]+)[:/]", r"\1/", url.strip().rstrip(".,;:"))
    plain = re.sub(r"^git(?:\+https?)?://", "", plain)
    plain = (repository_url(plain) or plain).lower()
    plain = re.sub(r"^[a-z]+://(?:www\.)?", "", plain).rstrip("/")
    return re.sub(r"[^a-z0-9./_~-]", lambda sign: f"%{ord(sign.group()):x}", plain) or "unknown"


def is_forge(url: str) -> bool:
    """Whether `url` leads to a host of source code."""
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
