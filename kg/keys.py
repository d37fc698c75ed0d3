"""The canonical key: what makes two names one thing, and the entity ids made from it.

A key is a pure function of kind and name: readable, ASCII, lower case, and it keeps whatever
tells versions and sizes apart (`cifar-10` / `cifar-100`, `pass-at-1` / `pass-at-10`).
"""

import re
import unicodedata
from functools import lru_cache

from kg.known import KNOWN
from kg.records import Kind

_TEX = re.compile(r"\\(?:text|math|emph)?(?:rm|bf|it|sf|tt|cal|bb)?\{([^{}]*)\}|\\([A-Za-z]+)|[${}]")
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
    "Dataset": frozenset({"dataset", "data", "benchmark", "corpus", "suite", "challenge"}),
    "Metric": frozenset({"score", "metric"}),
    "Task": frozenset({"task", "problem"}),
    "Repository": frozenset(),
}
_NAMED_BY_TAIL = re.compile(r"[A-Z0-9]")
_SINGULAR = frozenset({"bayes", "means", "series", "news", "gans", "lens", "bias", "canvas"})


def entity_id(kind: Kind, name: str) -> str:
    """The id of the entity that `name` denotes, such as `dataset:cifar-10`."""
    return f"{kind.lower()}:{canonical_key(kind, name)}"


@lru_cache(maxsize=200_000)
def canonical_key(kind: Kind, name: str) -> str:
    """The key that all spellings of one name share; never empty.

    A name from the list of well-known ones has the key of its first form.
    """
    if kind == "Repository":
        return _repository_key(name)
    key = _plain_key(kind, name)
    return _known_keys().get((kind, key), key)


@lru_cache(maxsize=1)
def _known_keys() -> dict[tuple[Kind, str], str]:
    keys: dict[tuple[Kind, str], str] = {}
    for entry in KNOWN:
        for alias in entry.names:
            keys.setdefault((entry.kind, _plain_key(entry.kind, alias)), _plain_key(entry.kind, entry.names[0]))
    return keys


def _repository_key(url: str) -> str:
    plain = re.sub(r"^[a-z]+://(?:www\.)?", "", url.strip().lower()).rstrip("/")
    return re.sub(r"[^a-z0-9./_~-]", lambda sign: f"%{ord(sign.group()):x}", plain)


def _plain_key(kind: Kind, name: str) -> str:
    words = _WORD.findall(_ascii(name))
    words = _without_generic_tail(kind, words, name)
    if words and kind != "Dataset":
        words[-1] = _singular(words[-1], name)
    return _joined(words) or "u" + name.encode("utf-8").hex()


def _ascii(name: str) -> str:
    text = _TEX.sub(lambda tex: tex.group(1) or f" {tex.group(2) or ''} ".rstrip(" "), name)
    text = "".join(_GREEK.get(sign, sign) for sign in text.lower())
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    text = re.sub(r"[’'`]", "", text)
    text = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in text if not unicodedata.combining(sign))


def _without_generic_tail(kind: Kind, words: list[str], name: str) -> list[str]:
    """`words` without `dataset`, `model`, ... behind a name that stands without it."""
    last = _singular(words[-1], "") if words else ""
    is_name = bool(_NAMED_BY_TAIL.search(name[1:]))
    if len(words) > 1 and last in _GENERIC_TAILS[kind] and is_name:
        return words[:-1]
    return list(words)


def _singular(word: str, name: str) -> str:
    if len(word) <= 3 or word in _SINGULAR or re.search(r"(?:ss|us|is|ics)$", word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:sses|xes|ches|shes)$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def _joined(words: list[str]) -> str:
    """Words with hyphens between them, but a short letter and its number together: `s4`."""
    key = ""
    for word in words:
        split = re.fullmatch(r"([a-z]{3,})([0-9.]+.*)", word)
        glued = bool(re.search(r"(?:^|-)[a-z]{1,2}$", key)) and word[0].isdigit()
        key += ("" if not key or glued else "-") + ("-".join(split.groups()) if split else word)
    return key
