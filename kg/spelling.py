r"""Spelling: a name as plain words, so that one name written differently gives the same; pure.

Folded are alphabets and signs (`$\beta$-VAE`, `β-VAE`), capitals, British and American,
possessives, plural heads, and forms of numbers (`WMT'14`, `WMT 2014`; `v2.0`, `2`). Whatever tells
versions and sizes apart stays.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from kg.slugs import is_common, last_word

_TEX = re.compile(
    r"\\(?:text|math|emph)?(?:rm|bf|it|sf|sc|tt|cal|bb|up)?\s?\{([^{}]*)\}|\\([A-Za-z]+)|[${}~\\]"
)
_ACCENT = re.compile(r"\\[`'^\"~=.](?=\{?[A-Za-z])")
_MARKDOWN = re.compile(r"(\*{1,3}|__?)([^*_]+)\1")  # **Foo**
_YEAR = re.compile(r"'(\d\d)(?!\d)")
_POSSESSIVE = re.compile(r"'s(?![a-z])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_POINT = re.compile(r"(?<![\w.])\.(?=\d)")
_PERCENT = re.compile(r"(?<=\d) ?%")  # ImageNet-10%; a bare % only says how a metric is told
_VERSION = re.compile(r"(?<=[A-Z0-9])v(?=\d)|(?<=[a-z0-9])V(?=\d)")  # DINOv2, MobileNetV2
_LAST_CAPITAL = re.compile(r"(?<=[A-Za-z][a-z]{2})([A-Z])$")  # ImageNetC, RougeL
_PLURAL_CAPITALS = re.compile(r"(?<=[A-Z]{2})s$")  # QAs
_WORD = re.compile(r"\d+(?:\.\d+)*|[a-z]+")
_NOTHING = ("", -1, -1)  # before the first word and behind the last
_VERSION_NUMBER = re.compile(r"\d(?:\.\d+)?|1[0-3]")
_APOSTROPHES = str.maketrans("’‘`´ʼ", "'''''")
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho", "ς": "sigma", "σ": "sigma", "τ": "tau",
    "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_SIGNS = str.maketrans(
    {letter: f" {word} " for letter, word in _GREEK.items()}
    | {"@": " at ", "+": " plus ", "*": " star ", "#": " sharp ", "&": " and "}
    | {"∞": " infinity ", "→": " to ", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae"}
    | {"œ": "oe", "ı": "i", "×": "x", "'": ""}
)

_BRITISH_IS = re.compile(
    r"is(?=ations?$|ational$)"
    r"|(?<=al|an|ar|at|ct|en|er|et|hi|id|il|im|in|iv|ol|on|or|ic|nt)is(?=e[drs]?$|ers$|ing$|able$)"
    r"|(?<=ndom|stom|thes)is(?=e[drs]?$|ing$)"
)


def _read_tables() -> dict[str, dict[str, str]]:
    """The rows of `spelling.tsv` by what they say: a word -> what it is folded to."""
    tables: dict[str, dict[str, str]] = {}
    for line in files("kg").joinpath("spelling.tsv").read_text("utf-8").splitlines():
        what, word, folded = line.split("\t")
        tables.setdefault(what, {})[word] = folded
    return tables


_TABLES = _read_tables()
_AMERICAN = _TABLES["british"]  # also where it is a part of a word
_IRREGULAR = _TABLES["plural"]
_SINGULAR = tuple(_TABLES["singular"])  # ends of words that only look like a plural
_SHORT = _TABLES["short"]
_YEARLY = _TABLES["yearly"]  # each year's set is another one: the two digits that tell a year
_LANGUAGES = _TABLES["language"]
_NAMED_LANGUAGES = frozenset(_LANGUAGES.values())
ENDS_IN_V = frozenset(_TABLES["v"])  # whose v is no sign of a version


def words(name: str, *, plural: bool) -> list[str]:
    """The words and numbers of `name` in order, folded; its last word too if it may be a `plural`.

    A letter that has no plain form gives its code, as letters and numbers.

    >>> words("Llama-3.1-8B Models", plural=True)
    ['llama', '3.1', '8', 'b', 'model']
    """
    return list(_folded(name, plural))


@lru_cache(maxsize=20_000)  # one name is looked up as several kinds
def _folded(name: str, plural: bool) -> tuple[str, ...]:
    parts = list(_parts(_plain(name, plural=plural)))
    if len(parts) > 1:
        parts = [_SHORT.get(part, part) for part in parts]
    if not _YEARLY.keys().isdisjoint(parts):
        parts = list(_languages(_years(parts)))
    if plural and parts and _may_be_plural(name, parts):
        parts[-1] = singular(parts[-1])
    return tuple(parts)


@lru_cache(maxsize=50_000)
def singular(word: str) -> str:
    """`word` without the ending of the plural, where it is long enough to have one."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or word.endswith(("ss", "us", "is", "ics", *_SINGULAR)):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


@lru_cache(maxsize=50_000)
def american(word: str) -> str:
    """`word`, in lower case, as Americans write it."""
    word = _BRITISH_IS.sub("iz", word)
    for british, american in _AMERICAN.items():
        if british in word and word not in _IRREGULAR:
            word = word.replace(british, american)
    return word


def _plain(name: str, *, plural: bool) -> str:
    """`name` in lower case, in plain letters, digits and signs that only separate."""
    text = _MARKDOWN.sub(r"\2", name.strip().rstrip("™®©"))
    if "\\" in text or "$" in text or "{" in text or "~" in text:
        text = _TEX.sub(_tex, _ACCENT.sub("", text))
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_APOSTROPHES)
    if plural:
        text = _PLURAL_CAPITALS.sub("", text)
    text = _LAST_CAPITAL.sub(r"-\1", _VERSION.sub(" v", text)).lower()
    if "'" in text:
        text = _POSSESSIVE.sub("", _YEAR.sub(_whole_year, text))
    text = _PERCENT.sub(" percent ", _POINT.sub("0.", _THOUSANDS.sub("", text))).translate(_SIGNS)
    return text if text.isascii() else "".join(map(_code, text))


def _tex(match: re.Match[str]) -> str:
    """What stands in the place of a command: its argument, or its name, as of a Greek letter."""
    name = "l" if match.group(2) == "ell" else match.group(2) or ""
    return match.group(1) or f" {name} ".rstrip(" ")


def _whole_year(match: re.Match[str]) -> str:
    return f" {_century(match.group(1))}"


def _century(digits: str) -> str:
    return ("19" if digits > "50" else "20") + digits


def _code(sign: str) -> str:
    if sign.isascii():
        return sign
    if unicodedata.combining(sign):
        return ""
    return f" u{ord(sign):x} " if sign.isalnum() else " "


def _parts(plain: str) -> Iterator[str]:
    """The words and numbers of `plain`, each folded by what stands beside it."""
    found = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(plain)]
    for (before, _, _), (word, _, stop), (after, start, end) in zip(
        [_NOTHING, *found], found, [*found[1:], _NOTHING], strict=False
    ):
        is_version = word[-1] == "v" and _is_version(after, plain[end : end + 1])
        if word[0].isdigit():
            yield word.removesuffix(".0")
        elif is_version and word == "v" and len(before) > 1 and f"{before}v" not in ENDS_IN_V:
            continue  # DINO v2
        elif is_version and start == stop and len(word) > 2 and word not in ENDS_IN_V:
            yield american(word[:-1])  # dinov2
        else:
            yield american(word)


def _is_version(number: str, after: str) -> bool:
    """Whether a number can be that of a version: 2, 1.5; not 2D, 19, or a year."""
    return bool(_VERSION_NUMBER.fullmatch(number)) and (not after.isalpha() or after in "nsmlb")


def _years(parts: list[str]) -> Iterator[str]:
    """`parts` with two digits behind the name of what is yearly as the year that they tell."""
    for before, part in zip(["", *parts], parts, strict=False):
        first, _, last = _YEARLY.get(before, "").partition("-")
        is_year = first and len(part) == 2 and (first <= part <= last or "90" <= part <= "99")
        yield _century(part) if is_year else part


def _languages(parts: Iterator[str]) -> Iterator[str]:
    """`parts` with languages by their names, and no `to` between two of them."""
    whole = [_LANGUAGES.get(part, part) for part in parts]
    for before, part, after in zip(["", *whole], whole, [*whole[1:], ""], strict=False):
        if part != "to" or not {before, after} <= _NAMED_LANGUAGES:
            yield part


def _may_be_plural(name: str, parts: list[str]) -> bool:
    """Whether a last S may be that of the plural: of one word only if it ends in a common one.

    MAPS and VITS are names, and so are coinages such as Locas.
    """
    if len(parts) > 1:
        return True
    is_capital = name.isalpha() and name.isupper()
    return not is_capital and is_common(singular(last_word(parts[0])))
