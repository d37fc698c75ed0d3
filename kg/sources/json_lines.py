"""JSON Lines: one JSON object a line."""

import json
import re
from collections.abc import Iterable, Iterator

from kg.records import Rejected
from kg.sources.fields import Record, record_of
from kg.sources.lines import Line

_START = re.compile(r'\s*\{[ \t]*"')


def is_json_lines(head: str) -> bool:
    """Whether the first line sets out to be an object, or a later one is one."""
    lines = head.strip().split("\n")
    is_open_array = lines[0].startswith("[") and not lines[0].rstrip().endswith("]")
    return not is_open_array and (bool(_START.match(head)) or any(map(_is_object, lines)))


def read_json_lines(lines: Iterable[Line], name: str) -> Iterator[Record]:
    """A record for each line that is not blank."""
    for line in lines:
        if line.flaw:
            yield Rejected(f"{name}:{line.number}", line.flaw)
        elif line.text.strip():
            yield _record(line.text, f"{name}:{line.number}")


def _record(text: str, where: str) -> Record:
    try:
        value = json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        return Rejected(where, f"is not JSON: {error.msg} at column {error.colno}")
    except (ValueError, RecursionError):  # a number of thousands of digits; nested too deeply
        return Rejected(where, "is JSON that cannot be read: too long a number or too deep")
    if not isinstance(value, dict):
        return Rejected(where, 'is JSON, but no object such as {"title": ..., "abstract": ...}')
    return record_of(value, where)


def _is_object(line: str) -> bool:
    try:
        return line.startswith("{") and isinstance(json.loads(line, strict=False), dict)
    except (ValueError, RecursionError):
        return False
