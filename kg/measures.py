"""What makes measured numbers comparable: which direction of a metric is better, and which units
convert into each other.

`directions.tsv` is written by hand. A row is for metrics whose id holds one of its words and, in
brackets, for results in that unit (`[ms]`, also for `ms/sample`); of all rows the first that fits
decides. `depends` is for metrics such as the attack success rate, which attacks raise and defences
lower.
"""

from importlib.resources import files


def _read() -> list[list[str]]:
    _, *lines = files("kg").joinpath("directions.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return [[f"-{word}-", best] for best, words in rows for word in words.split("|")]


# Words, and which direction is best; they are looked for in `-latency-[ms/sample]-[ms]-`.
DIRECTIONS = _read()

# A unit, one that it converts into, and how many of that it is; other units convert into none.
UNITS: list[list[str | float]] = [
    ["ns", "s", 1e-9], ["μs", "s", 1e-6], ["ms", "s", 1e-3], ["min", "s", 60.0], ["h", "s", 3.6e3],
    ["days", "s", 8.64e4], ["weeks", "s", 6.048e5],
    ["bytes", "GB", 1e-9], ["KB", "GB", 1e-6], ["kB", "GB", 1e-6], ["MB", "GB", 1e-3],
    ["MiB", "GB", 1.048576e-3], ["GiB", "GB", 1.073741824], ["TB", "GB", 1e3],
    ["GFLOPs", "FLOPs", 1e9], ["TFLOPs", "FLOPs", 1e12], ["million", "", 1e6],
    ["nm", "m", 1e-9], ["mm", "m", 1e-3], ["cm", "m", 1e-2], ["km", "m", 1e3],
    ["mg", "kg", 1e-6], ["g", "kg", 1e-3], ["mW", "W", 1e-3], ["kW", "W", 1e3],
    ["mJ", "J", 1e-3], ["kJ", "J", 1e3], ["Wh", "J", 3.6e3], ["kWh", "J", 3.6e6],
]  # fmt: skip
