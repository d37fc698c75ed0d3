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

from kg.slugs import is_common

_TEX = re.compile(
    r"\\(?:text|math|emph)?(?:rm|bf|it|sf|sc|tt|cal|bb|up)?\s?\{([^{}]*)\}|\\([A-Za-z]+)|[${}~\\]"
)
_ACCENT = re.compile(r"\\[`'^\"~=.](?=\{?[A-Za-z])")
_MARKS = re.compile(r"[™®©]+$")
_MARKDOWN = re.compile(r"(\*{1,3}|__?)([^*_]+)\1")  # **Foo**
_YEAR = re.compile(r"'(\d\d)(?!\d)")
_POSSESSIVE = re.compile(r"'s(?![a-z])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_POINT = re.compile(r"(?<![\w.])\.(?=\d)")
_LAST_CAPITAL = re.compile(r"(?<=[A-Za-z][a-z]{2})([A-Z])$")  # ImageNetC, RougeL
_PLURAL_CAPITALS = re.compile(r"(?<=[A-Z]{2})s$")  # QAs
_WORD = re.compile(r"\d+(?:\.\d+)*|[a-z]+")
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


def _table(what: str) -> dict[str, str]:
    """The rows of `spelling.tsv` that say something of this."""
    lines = files("kg").joinpath("spelling.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return {word: folded for kind, word, folded in rows if kind == what}


_AMERICAN = _table("british")  # also where it is a part of a word
_IRREGULAR = _table("plural")
_SINGULAR = tuple(_table("singular"))  # ends of words that only look like a plural
_SHORT = _table("short")
_YEARLY = frozenset(_table("yearly"))  # each year's set is another one; two digits tell the year
_LANGUAGES = _table("language")
_NAMED_LANGUAGES = frozenset(_LANGUAGES.values())
ENDS_IN_V = frozenset(_table("v"))  # whose v is no sign of a version


def words(name: str, *, plural: bool) -> list[str]:
    """The words and numbers of `name` in order, folded; its last word too if it may be a `plural`.

    A letter that has no plain form gives its code, as letters and numbers.

    >>> words("Llama-3.1-8B Models", plural=True)
    ['llama', '3.1', '8', 'b', 'model']
    """
    plain = _plain(name, plural=plural)
    found = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(plain)]
    parts = list(_parts(found))
    if not _YEARLY.isdisjoint(parts):
        parts = list(_languages(_years(parts)))
    if plural and parts and _may_be_plural(name, parts):
        parts[-1] = singular(parts[-1])
    return parts


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
    """`word`, in lower case, as Americans write it and written out."""
    word = _SHORT.get(word, _BRITISH_IS.sub("iz", word))
    for british, american in _AMERICAN.items():
        if british in word:
            word = word.replace(british, american)
    return word


def _plain(name: str, *, plural: bool) -> str:
    """`name` in lower case, in plain letters, digits and signs that only separate."""
    text = _MARKDOWN.sub(r"\2", _MARKS.sub("", name.strip()))
    if "\\" in text or "$" in text or "{" in text or "~" in text:
        text = _TEX.sub(_tex, _ACCENT.sub("", text))
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_APOSTROPHES)
    if plural:
        text = _PLURAL_CAPITALS.sub("", text)
    text = _LAST_CAPITAL.sub(r"-\1", text).lower()
    if "'" in text:
        text = _POSSESSIVE.sub("", _YEAR.sub(_whole_year, text))
    text = _POINT.sub("0.", _THOUSANDS.sub("", text)).translate(_SIGNS)
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


def _parts(found: list[tuple[str, int, int]]) -> Iterator[str]:
    """The words that were `found`, with their places, each folded by what stands beside it."""
    for at, (word, _, stop) in enumerate(found):
        if word[0].isdigit():
            yield word[:-2] if word.endswith(".0") else word
            continue
        after = found[at + 1] if at + 1 < len(found) else ("", -1, -1)
        if word.endswith("v") and after[0][:1].isdigit():
            if word == "v" and at and len(found[at - 1][0]) > 1:
                continue  # DINO v2
            is_version = len(word) > 2 and after[1] == stop and word not in ENDS_IN_V
            yield american(word[:-1] if is_version else word)  # DINOv2
        else:
            yield american(word)


def _years(parts: list[str]) -> Iterator[str]:
    """`parts` with the last two digits of a year behind the name of what is yearly as the year."""
    is_yearly = False
    for part in parts:
        is_yearly |= part in _YEARLY
        is_short = is_yearly and len(part) == 2 and part.isdigit() and not "30" <= part <= "89"
        yield _century(part) if is_short else part


def _languages(parts: Iterator[str]) -> Iterator[str]:
    """`parts` with languages by their names, and no `to` between two of them."""
    whole = [_LANGUAGES.get(part, part) for part in parts]
    for before, part, after in zip(["", *whole], whole, [*whole[1:], ""], strict=False):
        if part != "to" or not {before, after} <= _NAMED_LANGUAGES:
            yield part


def _may_be_plural(name: str, parts: list[str]) -> bool:
    """Whether a last S may be that of the plural: of a name's one word only if it is a common one.

    MAPS and VITS are names, and so are coinages such as Locas.
    """
    if len(parts) > 1:
        return True
    return is_common(singular(parts[0])) and not (name.isalpha() and name.isupper())
