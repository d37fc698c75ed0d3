"""The fields of one record, as any format gives them -> a `Paper`, or why it is none."""

import re
from collections.abc import Mapping

from kg.records import KINDS, Paper, Rejected, title_id
from kg.sources.cleaning import iso_date, one_line

Record = Paper | Rejected

FIELDS = frozenset(
    {"id", "title", "abstract", "summary", "published", "date", "url", "authors", "categories"}
)
MAX_ID = 200
MAX_TITLE = 1_000
MAX_ABSTRACT = 50_000
_MAX_URL = 2_000
_OWN_PREFIXES = (*(f"{kind.lower()}:" for kind in KINDS), "result:")
_ARXIV_ID = re.compile(
    r"(?:(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv: ?)?"
    r"(\d\d(?:0[1-9]|1[0-2])\.\d{4,5}"
    r"|(?:cs|math|nlin|physics|stat|[a-z]{1,6}-[a-z]{2,4})(?:\.[a-z]{2})?/\d{7})"
    r"(?:v\d+)?(?:\.pdf)?/?",
    re.ASCII | re.IGNORECASE,
)
_URL = re.compile(rf"https?://\S{{1,{_MAX_URL}}}")
_TYPES = {
    bool: "true or false",
    int: "a number",
    float: "a decimal number",
    list: "a list",
    bytes: "bytes",
}


class _BadFieldError(ValueError):
    """A field that makes its record unusable; the message is the reason."""


def record_of(fields: Mapping[str, object], where: str) -> Record:
    """The paper that `fields` describe; names of fields count whatever their case."""
    values = {name.strip().lower(): value for name, value in fields.items()}
    try:
        return _paper(values, where)
    except _BadFieldError as error:
        return Rejected(where, str(error))


def _paper(values: Mapping[str, object], where: str) -> Paper:
    title = _required("title", _text("title", values.get("title")), MAX_TITLE)
    abstract = _text("abstract", values.get("abstract")) or _text("summary", values.get("summary"))
    abstract = _required("abstract", abstract, MAX_ABSTRACT)
    given_id, arxiv_url = _id(values.get("id"))
    return Paper(
        id=given_id or title_id(title),
        title=title,
        abstract=abstract,
        published=iso_date(values.get("published")) or iso_date(values.get("date")),
        url=_url(values.get("url")) or arxiv_url,
        authors=_authors(values.get("authors")),
        categories=_categories(values.get("categories")),
        source=where,
    )


def _required(name: str, text: str, limit: int) -> str:
    if not text:
        raise _BadFieldError(f"has no {name}; a paper needs a title and an abstract")
    if len(text) > limit:
        raise _BadFieldError(f"the {name} has {len(text):,} characters; at most {limit:,} are read")
    return text


def _text(name: str, value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _BadFieldError(f"{name} is {_named(value)}; it must be text")
    return one_line(value)


def _named(value: object) -> str:
    return _TYPES.get(type(value), "an object")


def _id(value: object) -> tuple[str, str]:
    """The id, `""` if there is none, and the address that follows from it."""
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    given = str(value) if is_whole else _text("id", value)
    if len(given) > MAX_ID:
        raise _BadFieldError(f"the id has {len(given):,} characters; at most {MAX_ID} are read")
    if given.lower().startswith(_OWN_PREFIXES):
        prefix = given.partition(":")[0]
        raise _BadFieldError(f"the id starts with {prefix}:, which is kept for the graph's own ids")
    if arxiv := arxiv_id(given):
        return arxiv, f"https://arxiv.org/abs/{arxiv}"
    return given, ""


def arxiv_id(text: str) -> str:
    """The arXiv id, without a version, that an id or an address names, or ""."""
    match = _ARXIV_ID.fullmatch(text)
    return match[1] if match else ""


def _url(value: object) -> str:
    """A web address; anything else counts as unstated, since it would end in pages as a link."""
    text = _text("url", value)
    return text if _URL.fullmatch(text) else ""


def _authors(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return _split(value, ";" if ";" in value else ", and |,| and ")
    if isinstance(value, list):
        value = [each.get("name") if isinstance(each, dict) else each for each in value]
    return _listed("authors", value)


def _categories(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return _split(value, "[;,]" if ";" in value or "," in value else " ")
    return _listed("categories", value)


def _split(text: str, separator: str) -> tuple[str, ...]:
    parts = (part.strip() for part in re.split(separator, one_line(text)))
    return tuple(part for part in parts if part)


def _listed(name: str, value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise _BadFieldError(f"{name} is {_named(value)}; it must be text or a list of texts")
    return tuple(text for each in value if (text := _text(f"an entry of {name}", each)))
