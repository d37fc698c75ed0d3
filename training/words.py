"""The words of the field's names, the most common first: what slugs are cut by.

    python training/words.py GRAPH > kg/words.txt

GRAPH is the folder of a graph of many papers. A word is a run of letters in the name of a method,
dataset, metric or task; it counts once for each paper that writes a name with it. Of short words
only those are kept that are common, and none that is a name with the `v` of its version.
"""

import re
import sys
from collections import Counter
from pathlib import Path

from kg.known import KNOWN
from kg.ledger import Ledger
from kg.spelling import ENDS_IN_V, american

FEWEST = 15  # papers
FEWEST_OF_SHORT = 60  # of a word without a vowel, or of three letters
OF_TWO = (
    "ai", "ml", "of", "to", "in", "on", "by", "vs", "qa", "at", "re", "rl", "nn", "vl", "bi", "un",
    "en", "as", "an", "is", "or", "no", "do", "up", "go", "my", "it", "we", "ms",
)  # fmt: skip
SIGNS = "plus star sharp and infinity percent at alpha beta gamma delta epsilon lambda sigma theta"
LETTERS = re.compile(r"[a-z]+")
LONGEST = 16  # letters


def main() -> None:
    """Writes the words of a graph's names to stdout."""
    with Ledger(Path(sys.argv[1]) / "ledger.sqlite") as ledger:
        counts: Counter[str] = Counter()
        for text, papers in ledger.rows(
            "SELECT text, papers FROM spellings WHERE kind <> 'Repository' AND papers"
        ):
            for word in set(LETTERS.findall(text.lower())):
                counts[american(word)] += papers
    for word in {*SIGNS.split(), *listed()}:
        counts[word] = max(counts[word], FEWEST_OF_SHORT)
    kept = [word for word in counts if is_kept(word, counts)]
    print("\n".join(sorted(kept, key=lambda word: (-counts[word], word))))


def listed() -> set[str]:
    """The longer words of well-known names."""
    found = (LETTERS.findall(name.lower()) for entry in KNOWN for name in entry.names)
    return {american(word) for words in found for word in words if len(word) > 3}


def is_kept(word: str, counts: Counter[str]) -> bool:
    """Whether a word helps to cut names."""
    if len(word) < 3 or len(word) > LONGEST:
        return word in OF_TWO
    is_version = word.endswith("v") and word not in ENDS_IN_V
    is_short = len(word) == 3 or not set(word) & set("aeiouy")
    return not is_version and counts[word] >= (FEWEST_OF_SHORT if is_short else FEWEST)


if __name__ == "__main__":
    main()
