"""Well-known names, written by hand, and tables of the same form that users write.

The first form of each name is the one that its key is made of.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import cast

from kg.errors import ExtractorError
from kg.records import KINDS, Kind

_COLUMNS = ["kind", "names", "salient"]
_KINDS = tuple(kind for kind in KINDS if kind != "Repository")
_ACRONYM = re.compile(r"(?=(?:[a-z0-9]?[A-Z0-9]){2})[A-Za-z0-9]{2,6}s?")
_WEIGHTS = {"": True, "yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class KnownName:
    """One well-known thing and all its spellings that folding alone would not join."""

    kind: Kind
    names: tuple[str, ...]
    salient: bool  # False for umbrella terms such as "large language model"

    @property
    def acronyms(self) -> tuple[str, ...]:
        """The forms that only stand for the first one, which is spelled out: `RAG`, `MoE`."""
        first, *others = self.names
        is_spelled_out = not _ACRONYM.fullmatch(first)
        return tuple(name for name in others if is_spelled_out and _ACRONYM.fullmatch(name))


def read_names(path: Path) -> tuple[KnownName, ...]:
    """The names of a table of one's own: `kind`, `names`, and `salient` where it is stated.

    Raises: ExtractorError with the line and the cure, if one says nothing that can be used.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        is_missing = isinstance(error, FileNotFoundError)
        what = "no such file" if is_missing else f"cannot be read: {error.strerror}"
        raise ExtractorError(f"{path}: {what}") from error
    except UnicodeDecodeError as error:
        raise ExtractorError(f"{path}: is not UTF-8; save it as UTF-8") from error
    seen: dict[str, int] = {}
    for line, entry in (found := list(_entries(text, str(path)))):
        for name in entry.names:
            if seen.setdefault(name, line) != line:
                where = f"stands in line {seen[name]}, too; one name is one thing"
                raise ExtractorError(f'{path}:{line}: "{name}" {where}')
    return tuple(entry for _, entry in found)


def _entries(text: str, place: str) -> Iterator[tuple[int, KnownName]]:
    """Each row of a table with its line; blank lines say nothing."""
    head, *lines = (line.rstrip("\r") for line in text.split("\n"))
    columns = head.split("\t")
    if columns not in (_COLUMNS, _COLUMNS[:2]):
        cure = "write kind, names and, if you like, salient, with tabs between them"
        raise ExtractorError(f"{place}:1: is not the head of a table of names; {cure}")
    for number, line in enumerate(lines, 2):
        if line.strip():
            cells = [cell.strip() for cell in line.split("\t")]
            if wrong := _fault(cells, len(columns)):
                raise ExtractorError(f"{place}:{number}: {wrong}")
            kind, names, salient = (*cells, "")[:3]
            yield number, KnownName(cast(Kind, kind), _spellings(names), _WEIGHTS[salient])


def _fault(cells: list[str], most: int) -> str:
    """What is wrong with a row and how to cure it, or ""."""
    if not 2 <= len(cells) <= most:
        count = f"{len(cells)} column{'s' * (len(cells) != 1)}"
        return f"has {count}; the head has {most}, with tabs between them"
    if cells[0] not in _KINDS:
        return f'"{cells[0]}" is no kind; write {", ".join(_KINDS[:-1])} or {_KINDS[-1]}'
    if not _spellings(cells[1]):
        return "has no name; write one, or several with | between them"
    if "".join(cells[2:]) not in _WEIGHTS:
        return f'"{cells[2]}" does not say whether it is salient; write yes or no'
    return ""


def _spellings(names: str) -> tuple[str, ...]:
    spellings = (" ".join(name.split()) for name in names.split("|"))
    return tuple(dict.fromkeys(filter(None, spellings)))


def _read() -> tuple[KnownName, ...]:
    table = files("kg").joinpath("known.tsv").read_text("utf-8")
    return tuple(entry for _, entry in _entries(table, "known.tsv"))


KNOWN = _read()
