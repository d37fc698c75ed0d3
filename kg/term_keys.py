"""The key of what one text names in several ways: by what is spelled out, not by its acronym."""

import re
from collections.abc import Sequence

from kg.keys import canonical_key, is_listed, listed_meaning, spelled_key
from kg.records import Kind

_SHORT = re.compile(r"(?=(?:[^A-Z0-9]{0,9}[A-Z0-9]){2})[A-Za-z0-9@+._/-]{2,12}")


def term_keys(kind: Kind, name: str, spellings: Sequence[str]) -> tuple[str, str]:
    """The key of a thing that one text calls `name` and writes as `spellings`, and its acronym's.

    What is spelled out decides, and of that what is well-known: `residual network (ResNet)` is
    ResNet, `spatial attention module (SAM)` is no Segment Anything Model. The second key is ""
    where the text has no acronym beside what it stands for. An acronym alone has the key of its
    spelling: what it means is decided by all papers.
    """
    longs = [one for one in dict.fromkeys(spellings) if not is_short(one)]
    if not longs:
        key = spelled_key(kind, name)
        return (key if listed_meaning(kind, key) else canonical_key(kind, name)), ""
    shorts = [spelled_key(kind, one) for one in spellings if is_short(one)]
    spelled = {spelled_key(kind, one) for one in longs}  # `RAG model` spells nothing out
    shorts = [one for one in shorts if one not in spelled]
    keys = [canonical_key(kind, one) for one in longs]
    listed = [key for key in keys if is_listed(kind, key)]
    own = keys[longs.index(name)] if name in longs else max(keys, key=lambda key: (len(key), key))
    key = min(listed, default=own)
    short = min(shorts, key=lambda one: (-shorts.count(one), one), default="")
    return key, short


def is_short(name: str) -> bool:
    """Whether `name` looks like an acronym: `RAG`, `RetNet`, `GPT-4`."""
    return bool(_SHORT.fullmatch(name))
