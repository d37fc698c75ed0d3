r"""Units behind a number: `\%`, `percentage points`, `$\times$`, `-fold`, `ms/sample`."""

import re
from functools import lru_cache

SIZE = "size"  # `7B`, `3 billion`: how big a model or a dataset is, which is no outcome

# The short form of each unit, and how it may be written; `_` is white space, a tie or a hyphen.
_FACTORS = r"x X × \times times fold"
_SPELLINGS = {
    "%": r"% \% +% +\% percent per_cent",
    "points": (
        r"point points pts pp p.p p.p. %p \%p percentage percentage_point percentage_points"
        r" percent_point percent_points %_point %_points \%_point \%_points"
    ),
    "orders of magnitude": "order_of_magnitude orders_of_magnitude",
    "rank": "st nd rd th st_place nd_place rd_place th_place",
    "million": "million",
    SIZE: "B M K k T billion trillion million_parameters million_trainable_parameters",
    "ns": "ns nanosecond nanoseconds",
    "μs": r"μs µs \mu$s microsecond microseconds",
    "μW": r"μW µW \mu$W",
    "ms": "ms msec millisecond milliseconds",
    "s": "s sec secs second seconds",
    "min": "min mins minute minutes",
    "h": "h hr hrs hour hours",
    "days": "day days",
    "weeks": "week weeks",
    "months": "month months",
    "years": "year years",
    "FPS": "FPS fps frames/s frames/sec frame_per_second frames_per_second",
    "tokens": "token tokens",
    "tokens/s": "tokens/s tokens/sec tokens/second tok/s tokens_per_second",
    "images/s": "img/s images/s images/sec images_per_second",
    "px": "px pixel pixels",
    "°": r"° °C \circ ^\circ ^{\circ \deg deg degree degrees",
    "USD": "USD dollar dollars",
    "bytes": "byte bytes",
    "bits": "bit bits",
}
_AS_WRITTEN = (
    "TB GB MB KB kB GiB MiB Gb Mb Gbps Mbps kbps dB Hz kHz MHz GHz FLOPs GFLOPs TFLOPs TFLOPS TOPS"
    " nm mm cm m km mg g kg mW W kW mJ J kJ Wh kWh mN N Nm mV V bpm QPS mg/dL W/kg rad/s m/s km/h"
)
_NAMES = (
    {spelling.replace("_", ""): "x" for spelling in _FACTORS.split()}
    | {
        re.sub(r"[_${]", "", spelling): name
        for name, spellings in _SPELLINGS.items()
        for spelling in spellings.split()
    }
    | {unit: unit for unit in _AS_WRITTEN.split()}
)


def _any_of(spellings: str) -> str:
    """A pattern for one of `spellings`, the longest that fits."""
    longest_first = sorted(spellings.split(), key=len, reverse=True)
    return "|".join(re.escape(one).replace("_", r"[\s~-]") for one in longest_first)


_LATEX = r"\\[,;:! ]|\\(?:mathrm|text)\{"  # thin spaces and upright letters
_GAP = rf"(?:[\s~${{}}]|{_LATEX}){{0,4}}"
_HYPHEN = r"-(?=fold|times|point|pp\b|percent)"
_FACTOR = rf"(?:{_any_of(_FACTORS)})(?!\$?\s?\$?[0-9]|\scross)"  # not: 3 x 3, 5-fold cross-
_OTHER = _any_of(" ".join([*_SPELLINGS.values(), _AS_WRITTEN]))
_RATE = r"(?:/[A-Za-z]{1,12})?"
UNIT = rf"(?:{_GAP}|{_HYPHEN})(?:{_FACTOR}|(?:{_OTHER}){_RATE})"


@lru_cache(maxsize=1_000)
def unit_name(written: str) -> str:
    """The short form of what `UNIT` matches: `milliseconds` is `ms`, `-fold` is `x`."""
    plain = re.sub(rf"{_LATEX}|[\s~${{}}-]", "", written)
    unit, slash, per = plain.partition("/")
    return _NAMES.get(plain) or _NAMES.get(unit, unit) + slash + per
