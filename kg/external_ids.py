"""External ids: what other catalogues call an entity, in a table beside the ledger.

`external_ids.tsv` has the columns `kind` and `name`, and behind them one for each catalogue, called
as it is: `wikidata`, `paperswithcode`, or any other. A cell may hold several ids with | between.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from kg.errors import CorrectionError
from kg.keys import canonical_key
from kg.records import EntityKey, kind_called
from kg.tabular import read_table

FILE = "external_ids.tsv"
_CATALOGUE = re.compile(r"[a-z][a-z0-9_-]{0,30}")
_ID = re.compile(r"[!-{}~]{1,200}")


def read_external_ids(path: Path) -> Iterator[tuple[EntityKey, str]]:
    """Each entity by its key with an id such as `wikidata:Q28778629`; none where there is no file.

    Raises: CorrectionError with the line and the cure, if a row cannot be used.
    """
    catalogues: list[str] = []
    for place, (number, cells) in enumerate(read_table(path)):
        try:
            if place:
                yield from _ids(cells, catalogues)
            else:
                catalogues = _catalogues(cells)
        except CorrectionError as error:
            raise CorrectionError(f"{path}:{number}: {error}") from error


def _catalogues(head: list[str]) -> list[str]:
    catalogues = head[2:]
    if head[:2] != ["kind", "name"] or not catalogues:
        raise CorrectionError("is not the head; write kind, name, wikidata with tabs between them")
    for catalogue in catalogues:
        if not _CATALOGUE.fullmatch(catalogue):
            raise CorrectionError(f'"{catalogue}" names no catalogue; write one such as wikidata')
    return catalogues


def _ids(cells: list[str], catalogues: list[str]) -> Iterator[tuple[EntityKey, str]]:
    if len(cells) > len(catalogues) + 2:
        raise CorrectionError(f"has {len(cells)} columns; the head has {len(catalogues) + 2}")
    kind, name = kind_called(cells[0]), cells[1] if len(cells) > 1 else ""
    if kind is None or not name:
        raise CorrectionError(f'"{cells[0]}" and "{name}" are no kind and name; write both')
    entity = (kind, canonical_key(kind, name))
    for catalogue, cell in zip(catalogues, cells[2:], strict=False):
        for one in filter(None, cell.split("|")):
            if not _ID.fullmatch(one):
                raise CorrectionError(f'"{one}" is no id of {catalogue}; write it without spaces')
            yield entity, f"{catalogue}:{one}"
