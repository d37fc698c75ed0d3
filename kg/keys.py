"""The canonical key: what makes two names one thing, and the entity ids made from it.

A key is a pure function of kind and name: readable, ASCII, lower case, and it keeps whatever
tells versions and sizes apart (`cifar-10` / `cifar-100`, `pass-at-1` / `pass-at-10`).
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from kg.known import KNOWN
from kg.records import Kind

_TEX = re.compile(
    r"\\(?:text|math|emph)?(?:rm|bf|it|sf|tt|cal|bb)?\{([^{}]*)\}|\\([A-Za-z]+)|[${}]"
)
_SIGNS = {"@": " at ", "+": " plus ", "*": " star ", "#": " sharp ", "&": " and ", "^": "-"}
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi",
    "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "χ": "chi", "ψ": "psi",
    "ω": "omega",
}  # fmt: skip
_WORD = re.compile(r"[0-9]+(?:\.[0-9]+)+[a-z]*|[a-z]+(?:\.[a-z]+)*|[0-9]+[a-z]*")
_GENERIC_TAILS: dict[Kind, frozenset[str]] = {
    "Method": frozenset({"model", "method", "algorithm", "architecture", "framework", "network"}),
    "Dataset": frozenset(
        {"dataset", "datasets", "data", "benchmark", "benchmarks", "corpus", "suite"}
    ),
    "Metric": frozenset({"score", "metric"}),
    "Task": frozenset({"task", "problem"}),
    "Repository": frozenset(),
}
_NAME_SHAPE = re.compile(r"[A-Za-z][A-Z]|[0-9]")
_SINGULAR = frozenset({"bayes", "means", "series", "news", "lens", "bias", "canvas"})


def entity_id(kind: Kind, name: str) -> str:
    """The id of the entity that `name` denotes, such as `dataset:cifar-10`."""
    return f"{kind.lower()}:{canonical_key(kind, name)}"


def shared_key(kind: Kind, name: str, spellings: Iterable[str]) -> str:
    """The key of a thing that one text calls `name` and by other `spellings`.

    A spelling that is well-known decides, so `residual network (ResNet)` is ResNet.
    """
    keys = {canonical_key(kind, spelling) for spelling in spellings}
    return min((key for key in keys if known_name(kind, key)), default=canonical_key(kind, name))


def known_name(kind: Kind, key: str) -> str:
    """The well-known name whose key is `key`, or "" where there is none."""
    return _known_names().get((kind, key), "")


@lru_cache(maxsize=20_000)
def canonical_key(kind: Kind, name: str) -> str:
    """The key that all spellings of one name share; never empty.

    A name from the list of well-known ones has the key of its first form.
    """
    if kind == "Repository":
        return _repository_key(name) or "unknown"
    words = _words(kind, name)
    has_tail = len(words) > 1 and words[-1] in _GENERIC_TAILS[kind]
    whole, short = _joined(words), _joined(words[:-1] if has_tail else words)
    known = _known_keys()
    key = short if has_tail and _stands_alone(kind, name) else whole
    fallback = key or "u" + name.encode("utf-8", "replace").hex()
    return known.get((kind, whole)) or known.get((kind, short)) or fallback


@lru_cache(maxsize=1)
def _known_names() -> dict[tuple[Kind, str], str]:
    firsts = [(entry.kind, entry.names[0]) for entry in KNOWN]
    return {(kind, canonical_key(kind, first)): first for kind, first in firsts}


@lru_cache(maxsize=1)
def _known_keys() -> dict[tuple[Kind, str], str]:
    keys: dict[tuple[Kind, str], str] = {}
    for entry in KNOWN:
        for name in entry.names:
            key = _joined(_words(entry.kind, name))
            keys.setdefault((entry.kind, key), _joined(_words(entry.kind, entry.names[0])))
    return keys


def _repository_key(url: str) -> str:
    plain = re.sub(r"^[a-z]+://(?:www\.)?", "", url.strip().lower()).rstrip("/")
    return re.sub(r"[^a-z0-9./_~-]", lambda sign: f"%{ord(sign.group()):x}", plain)


def _words(kind: Kind, name: str) -> list[str]:
    """The words of `name`, folded; the last one in the singular, but for a dataset's."""
    words = _WORD.findall(_ascii(name))
    if words and kind != "Dataset":
        words[-1] = _singular(words[-1])
    return words


def _ascii(name: str) -> str:
    text = _TEX.sub(lambda tex: tex.group(1) or f" {tex.group(2) or ''} ".rstrip(" "), name)
    text = "".join(_GREEK.get(sign, sign) for sign in text.lower())
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    text = re.sub(r"[’'`]", "", text)
    text = unicodedata.normalize("NFKD", text)
    return "".join(_plain(sign) for sign in text if not unicodedata.combining(sign))


def _plain(sign: str) -> str:
    """`sign`, or for a letter that has no plain form its code as a word: `u6a21`."""
    return f" u{ord(sign):x} " if sign.isalnum() and not sign.isascii() else sign


def _stands_alone(kind: Kind, name: str) -> bool:
    """Whether `name` is one without its last word, which is `dataset`, `model`, ...

    `ZipBERT model` is ZipBERT and `Foo dataset` is Foo, but a ranking model is no ranking.
    """
    head = re.split(r"[\s_-]+", name.strip())[:-1]
    return kind == "Dataset" or bool(_NAME_SHAPE.search(" ".join(head)))


def _singular(word: str) -> str:
    if len(word) <= 3 or word in _SINGULAR or re.search(r"(?:ss|us|is|ics)$", word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:sses|xes|ches|shes)$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def _joined(words: list[str]) -> str:
    """Words with hyphens between them, but a short letter and its number together: `s4`."""
    parts: list[str] = []
    for word in words:
        if parts and len(parts[-1]) == 1 and parts[-1].isalpha() and word[0].isdigit():
            parts[-1] += word
        else:
            split = re.fullmatch(r"([a-z]{3,})([0-9.]+.*)", word)
            parts += split.groups() if split else [word]
    return "-".join(parts)
