"""Gold annotations: what a careful reader says stands in a paper, read from a JSON file.

The file is a list of `{"id", "entities": [{"type", "name", "surfaces", "role", "optional"}],
"results": [{"value", "metric", "method", "dataset", "baseline"}]}`; other keys are left alone.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.evaluate.spellings import spellings
from kg.records import KINDS, ROLES, Kind

_CELLS = ("metric", "method", "dataset", "baseline")
_NAMED = 3  # ids in a message
_SHOWN = 40  # characters of a wrong value in a message


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """One thing that a paper names, with all its spellings there."""

    kind: Kind
    name: str
    surfaces: tuple[str, ...]  # as written in the text
    role: str  # a role of `ROLES[kind]`
    optional: bool = False  # careful readers may differ: counts neither for nor against

    @property
    def spellings(self) -> frozenset[str]:
        """Its names, folded; two entities of one kind that share one are the same."""
        return spellings(self.kind, (self.name, *self.surfaces))


@dataclass(frozen=True, slots=True)
class GoldResult:
    """A measured outcome that a paper states; what it does not state is None."""

    value: str  # as written in the text
    metric: str | None = None
    method: str | None = None
    dataset: str | None = None
    baseline: str | None = ""  # the method it is compared with; "": nobody looked for one


@dataclass(frozen=True, slots=True)
class GoldPaper:
    """All that is to be found in one paper."""

    id: str
    entities: tuple[GoldEntity, ...]
    results: tuple[GoldResult, ...] = ()


def read_gold(path: str | Path) -> tuple[GoldPaper, ...]:
    """The annotated papers of a file, in its order.

    Raises: SourceError, with the place, if the file is not what the head of this module says.
    """
    values = _json(Path(path))
    if not isinstance(values, list) or not values:
        raise SourceError(f'{path}: is no list of annotated papers, [{{"id", "entities"}}, ...]')
    papers = [_paper(value, f"{path}: paper {at}") for at, value in enumerate(values, 1)]
    first: dict[str, int] = {}
    for at, paper in enumerate(papers, 1):
        if first.setdefault(paper.id, at) != at:
            message = f'has the id of paper {first[paper.id]}, "{paper.id}"; keep one of them'
            raise SourceError(f"{path}: paper {at}: {message}")
    return tuple(papers)


def check_complete(gold: Sequence[GoldPaper], ids: Iterable[str], where: str) -> None:
    """Raises: SourceError if a paper of `gold` is not among `ids`, which stand in `where`."""
    known = set(ids)
    if missing := [paper.id for paper in gold if paper.id not in known]:
        some = ", ".join(missing[:_NAMED]) + (", ..." if len(missing) > _NAMED else "")
        which = f"{len(missing):,} of the {len(gold):,} annotated papers ({some})"
        cure = "name the file that was annotated, or take their annotations out"
        raise SourceError(f"{where}: lacks {which}; {cure}")


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        message = f"is not JSON: {error.msg} at {place}; gold annotations are one JSON list"
        raise SourceError(f"{path}: {message}") from error
    except (ValueError, RecursionError) as error:  # no UTF-8; too long a number or too deep
        raise SourceError(f"{path}: is no JSON in UTF-8 that can be read") from error


def _paper(value: Any, where: str) -> GoldPaper:
    paper = _object(value, where)
    paper_id = _text(paper, "id", where)
    where = f'{where} ("{paper_id}")'
    entities = _list(paper, "entities", where)
    results = _list(paper, "results", where) if "results" in paper else []
    return GoldPaper(
        paper_id,
        tuple(_entity(one, f"{where}, entity {at}") for at, one in enumerate(entities, 1)),
        tuple(_result(one, f"{where}, result {at}") for at, one in enumerate(results, 1)),
    )


def _entity(value: Any, where: str) -> GoldEntity:
    entity = _object(value, where)
    name = _text(entity, "name", where)
    kind = next((kind for kind in KINDS if kind == entity.get("type")), None)
    if kind is None:
        raise SourceError(_unknown(entity, "type", KINDS, where))
    role = entity.get("role")
    if role not in ROLES[kind]:
        raise SourceError(_unknown(entity, "role", ROLES[kind], f"{where} ({kind})"))
    surfaces = _list(entity, "surfaces", where)
    if not all(isinstance(surface, str) for surface in surfaces):
        raise SourceError(f'{where}: "surfaces" is to hold texts alone')
    optional = entity.get("optional", False)
    if not isinstance(optional, bool):
        raise SourceError(_unknown(entity, "optional", ("true", "false"), where))
    return GoldEntity(kind, name, tuple(surfaces), role, optional)


def _result(value: Any, where: str) -> GoldResult:
    result = _object(value, where)
    for cell in _CELLS:
        if not isinstance(result.get(cell), str | None):
            raise SourceError(f'{where}: "{cell}" is to be a text or null')
    stated = {cell: result[cell] for cell in _CELLS if cell in result}
    return GoldResult(_text(result, "value", where), **stated)


def _object(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise SourceError(f"{where}: is to be an object, {{...}}, and is {_short(value)}")
    return value


def _list(value: Mapping[str, Any], key: str, where: str) -> list[Any]:
    if not isinstance(listed := value.get(key), list):
        raise SourceError(f'{where}: "{key}" is to be a list, [...], and is {_short(listed)}')
    return listed


def _text(value: Mapping[str, Any], key: str, where: str) -> str:
    text = value.get(key)
    if not (isinstance(text, str) and text.strip()):
        raise SourceError(f'{where}: "{key}" is to be a text, "...", and is {_short(text)}')
    return text


def _unknown(value: Mapping[str, Any], key: str, known: Iterable[str], where: str) -> str:
    return f"{where}: unknown {key} {_short(value.get(key))}; known are {', '.join(known)}"


def _short(value: object) -> str:
    """`value` as JSON, cut where it is long; what is missing is null."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
