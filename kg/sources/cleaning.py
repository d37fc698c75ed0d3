"""What a source writes -> plain text that every store and file format can hold."""

import re
from datetime import date

_UNWANTED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_OPEN_LINK = re.compile(
    r"(?:https?://(?:\S*[-_])?"
    r"|(?:github\.com|gitlab\.com|bitbucket\.org|huggingface\.co(?:/datasets|/spaces)?)"
    r"/(?:[\w.-]+/)?)$"
)
_LONGEST_LINK = 300
_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?![^T ])", re.ASCII)
_AMERICAN = re.compile(r"([A-Z][a-z]{2})[a-z]{0,6}\.? (\d{1,2}), (\d{4})\b", re.ASCII)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def one_line(text: str) -> str:
    """`text` with one space for each run of white space and without control characters.

    A link that a line break cuts in two is made whole: `github.com/owner/` and `name`.
    """
    clean = _LONE_SURROGATE.sub("\ufffd", _UNWANTED.sub("", text))
    lines = (" ".join(line.split()) for line in clean.splitlines())
    return "".join(line + _gap_behind(line) for line in lines if line).rstrip()


def _gap_behind(line: str) -> str:
    return "" if _OPEN_LINK.search(line[-_LONGEST_LINK:]) else " "


def iso_date(value: object) -> str:
    """`value` as an ISO 8601 date (`2025-08-13`, `2025-08`, `2025`), or "" if it is no date."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    text = one_line(str(value)) if isinstance(value, str | int) else ""
    if (match := _AMERICAN.match(text)) and match[1] in _MONTHS:
        parts = [match[3], f"{_MONTHS.index(match[1]) + 1:02}", f"{int(match[2]):02}"]
    elif match := _ISO.match(text):
        parts = [part for part in match.groups() if part]
    else:
        return ""
    return "-".join(parts) if _is_day(*map(int, parts)) else ""


def _is_day(year: int, month: int = 1, day: int = 1) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
