"""The records that travel through `kg`, and the conventions that hold everywhere.

Text: `Paper.text` is `title + "\\n" + abstract`. Offsets count its Unicode code points,
`[start, stop)`; for every mention, `mention.text == paper.text[mention.start:mention.stop]`.
Dates are ISO 8601 (`2023-12-01`, `2023-12`, `2023`), so they sort as text. What a source does
not state is `""` or an empty tuple.

Ids are readable and the same through every door: a paper's is the source's own (`2312.00752`,
without a version) or `p` and a hash of its title; an entity's is its kind and canonical key
(`dataset:cifar-10`); a result's is its paper's with a number (`result:2312.00752:1`).
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

Kind = Literal["Method", "Dataset", "Metric", "Task", "Repository"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_KINDS: dict[str, Kind] = {kind.lower(): kind for kind in KINDS}

EntityKey = tuple[Kind, str]  # ("Dataset", "cifar-10") of the entity `dataset:cifar-10`

Form = Literal["value", "gain", "factor"]

Property = str | int | float | bool | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as a source gives it; `title` and `abstract` are single-spaced plain text."""

    id: str
    title: str
    abstract: str
    published: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    source: str = field(default="", compare=False)  # where it was read: "papers.jsonl:12"

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.abstract}"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that a source holds but that is no usable paper."""

    where: str  # "papers.jsonl:12"
    reason: str  # what is wrong and what cures it, in one line


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a paper names something."""

    start: int
    stop: int
    text: str
    confidence: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that one paper names, with every place where it does, in order of the text."""

    kind: Kind
    name: str  # the best full form in this paper, or the user's; a repository's canonical URL
    role: str  # a role of `ROLES[kind]`
    salient: bool  # False: found, but careful readers doubt that it deserves a node
    mentions: tuple[Mention, ...]  # at least one
    evidence: int = 0  # index of the mention that shows the role

    @property
    def is_given(self) -> bool:
        """Whether its name is certain: the user's list has it, or it is an address."""
        return any(mention.confidence == 1 for mention in self.mentions)


# The roles of each kind; the one that says most of the paper first.
ROLES: Mapping[Kind, tuple[str, ...]] = {
    "Method": ("proposed", "compared", "used", "mentioned"),
    "Dataset": ("introduced", "evaluated", "mentioned"),
    "Metric": ("proposed", "reported", "mentioned"),
    "Task": ("addressed", "mentioned"),
    "Repository": ("code", "other"),
}


def role_in(kind: Kind, role: str) -> str:
    """The role of a thing of `kind` that says what `role` says of one of another kind."""
    if role in ROLES[kind]:
        return role
    is_own = role in {"proposed", "introduced"}
    return ROLES[kind][0 if is_own else -2]


@dataclass(frozen=True, slots=True)
class Result:
    """A measured outcome; its four cells are indices into the extraction's terms, or None."""

    start: int
    stop: int
    text: str  # the value exactly as written
    number: float
    unit: str  # "%", "x", "points", ... or ""
    form: Form
    confidence: float
    method: int | None = None
    dataset: int | None = None
    metric: int | None = None
    baseline: int | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one paper."""

    paper_id: str
    terms: tuple[Term, ...]
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the graph. `properties` holds the same keys for every node of a label."""

    id: str
    label: str  # "Paper", a `Kind`, or "Result"
    properties: Mapping[str, Property]


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship; `(source, type, target)` is unique. Offsets are into the paper's text."""

    source: str
    source_label: str
    type: str
    target: str
    target_label: str
    start: int  # the words that the relationship was read from
    stop: int
    confidence: float
    count: int  # mentions in the paper that support it, at least 1
    paper: str  # id of the paper whose text the offsets count


def kind_called(word: str) -> Kind | None:
    """The kind that a word names in any case, or None."""
    return _KINDS.get(word.strip().lower())


def id_of(entity: EntityKey) -> str:
    """The id of an entity, such as `dataset:cifar-10`."""
    kind, key = entity
    return f"{kind.lower()}:{key}"


def folded_title(title: str) -> str:
    """`title` in lower case without accents; of its signs only those that name languages stay."""
    plain = unicodedata.normalize("NFKD", title).casefold()
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^\w+#]+|_+", " ", re.sub(r"(?<!\w)[+#]+", " ", kept)).strip()


def title_id(title: str) -> str:
    """The id of a paper whose source gives none: `p` and eight hex digits of its folded title."""
    folded = folded_title(title) or title
    return "p" + hashlib.sha1(folded.encode(), usedforsecurity=False).hexdigest()[:8]


def merged(one: Paper, other: Paper) -> Paper:
    """One paper of two records of it that hold the same text, whatever their order.

    What only one of them states is kept; of two dates the earlier and of two lists the longer.
    """
    return replace(
        one,
        published=_first(one.published, other.published, key=_as_a_bound),
        url=_first(one.url, other.url),
        authors=max(one.authors, other.authors, key=lambda names: (len(names), names)),
        categories=max(one.categories, other.categories, key=lambda names: (len(names), names)),
        source=_first(one.source, other.source),
    )


def _first(*texts: str, key: Callable[[str], str] = str) -> str:
    """The text that sorts first of those that say something, or ""."""
    return min(filter(None, texts), key=key, default="")


def _as_a_bound(date: str) -> str:
    """`date` so that a day sorts before its month and a month before its year, which say less."""
    return f"{date}~"


def text_digest(text: str) -> str:
    """A digest that tells one text from another."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
