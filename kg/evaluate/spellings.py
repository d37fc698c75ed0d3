"""Spellings: when two names are written alike."""

import re
from functools import lru_cache

from kg.records import Kind, Term


@lru_cache(maxsize=1024)
def spellings(kind: Kind, names: tuple[str, ...]) -> frozenset[str]:
    """`names` folded, each as its kind asks for, without those of which nothing is left."""
    fold = folded_address if kind == "Repository" else folded
    return frozenset(map(fold, names)) - {""}


def spellings_of(term: Term) -> frozenset[str]:
    """The spellings of a term's name and of all its mentions."""
    return spellings(term.kind, (term.name, *(mention.text for mention in term.mentions)))


def folded(name: str) -> str:
    """`name` without case, plural and all signs but letters of ASCII, digits and `+#@`."""
    plain = re.sub(r"[^a-z0-9+#@]", "", name.lower())
    is_plural = len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss")
    return plain[:-1] if is_plural else plain


def folded_address(url: str) -> str:
    """`url` without case, scheme, `www.`, `.git` and the signs of a sentence behind it."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", url.strip().lower())
    return bare.rstrip("/.,;)").removesuffix(".git")
