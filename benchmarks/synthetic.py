"""A large graph of made-up papers: what a load is measured by, made in minutes.

    python benchmarks/synthetic.py GRAPH [--papers 100000] [--seed 0]

Nothing is extracted: made-up texts, and what they are said to name, are written into a ledger, as
after an extractor, and resolved. For 100,000 papers there are about 200,000 entities and 1.5
million relationships. Each paper brings two entities of its own; what else it names is drawn by
popularity, so that a few are named by tens of thousands of papers, and most by one. The same seed
makes the same graph.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from random import Random

from kg import Extractor
from kg.families import KINDS as VERSIONED
from kg.graph import CELL_KINDS
from kg.ledger import Ledger
from kg.records import ROLES, Extraction, Kind, Mention, Paper, Result, Term
from kg.resolve import resolve
from kg.rows import write_paper

MOST = 500_000  # papers, since there are a million stems
BATCH = 1_000  # papers a transaction
OWN = 2  # entities that a paper is the first to name
OTHERS = (6, 15)  # the least and the most that it names besides
HEAD = 2.0  # how flat popularity is among the most popular: the larger, the flatter
KINDS_IN_TURN: tuple[Kind, ...] = (
    "Method", "Metric", "Method", "Task", "Method", "Dataset", "Method", "Task", "Method", "Task",
    "Method", "Dataset", "Method", "Metric", "Method", "Task", "Method", "Dataset", "Task",
    "Repository",
)  # fmt: skip
NAMES: dict[Kind, str] = {
    "Method": "{0}",
    "Dataset": "{0}Bench",
    "Metric": "{0} rate",
    "Task": "{1} detection",
    "Repository": "https://github.com/{1}/{1}",
}
USUAL: dict[Kind, tuple[str, ...]] = {  # roles of what others brought
    "Method": ("used", "used", "used", "used", "compared", "mentioned"),
    "Dataset": ("evaluated",),
    "Metric": ("reported", "reported", "reported", "mentioned"),
    "Task": ("addressed", "addressed", "addressed", "mentioned"),
    "Repository": ("code",),
}
STATED = {"method": 0.8, "dataset": 0.8, "metric": 0.8, "baseline": 0.2}  # how often a cell is
SYLLABLES = [consonant + vowel for consonant in "bdfghjklmnprstvwxyzc" for vowel in "aeiou"]


@dataclass
class Text:
    """A text that grows, and where each entity stands in it."""

    words: str = ""
    mentions: dict[int, list[Mention]] = field(default_factory=dict)
    values: list[Mention] = field(default_factory=list)

    def add(self, words: str, confidence: float = 0.0) -> Mention:
        """Adds words; they are a mention."""
        start = len(self.words)
        self.words += words
        return Mention(start, len(self.words), words, confidence)


def main() -> None:
    """Makes the graph that was asked for."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("graph", type=Path, help="a folder that is not there yet")
    options.add_argument("--papers", type=int, default=100_000, help=f"at most {MOST:,}")
    options.add_argument("--seed", type=int, default=0)
    asked = options.parse_args()
    if asked.graph.exists() or not 0 < asked.papers <= MOST:
        options.error(f"name a folder that is not there yet, and 1 to {MOST:,} papers")
    started = time.perf_counter()
    make(asked.graph, asked.papers, asked.seed)
    print(f"{asked.graph}: {asked.papers:,} papers in {time.perf_counter() - started:.0f} s")


def make(graph: Path, papers: int, seed: int = 0) -> None:
    """Makes a graph of so many papers in a new folder."""
    digest = Extractor().digest  # as if it had read them, so that a build leaves them alone
    found = made_up(papers, Random(seed))
    with Ledger(graph / "ledger.sqlite", create=True) as ledger:
        while batch := list(islice(found, BATCH)):
            with ledger.transaction():
                for paper, extraction in batch:
                    write_paper(ledger, paper, extraction, digest)
        resolve(ledger)


def made_up(papers: int, chance: Random) -> Iterator[tuple[Paper, Extraction]]:
    """Papers by their ids, with what each names."""
    for number in range(papers):
        month, day = divmod(number * 24 * 28 // papers, 28)
        year, month = 24 + month // 12, month % 12 + 1
        paper_id = f"{year}{month:02}.{number:06}"
        text = written(named(number, papers, chance), chance)
        title, _, abstract = text.words.partition("\n")
        paper = Paper(
            paper_id,
            title,
            abstract,
            published=f"20{year}-{month:02}-{day + 1:02}",
            url=f"https://example.org/{paper_id}",
            authors=tuple(f"{stem(n).title()} {stem(n + 9).title()}" for n in range(number % 5)),
            categories=("cs.LG",),
        )
        terms = tuple(term(one, text.mentions[one], number, chance) for one in text.mentions)
        yield paper, Extraction(paper_id, terms, tuple(results(text.values, terms, chance)))


def named(number: int, papers: int, chance: Random) -> list[int]:
    """The entities that a paper names: its own, and others by their popularity."""
    own = range(number * OWN, number * OWN + OWN)
    others = (popular(papers * OWN, chance) for _ in range(chance.randint(*OTHERS)))
    return list(dict.fromkeys([*own, *others]))


def popular(entities: int, chance: Random) -> int:
    """One of the entities but repositories, the first most often: about as Zipf's law has it."""
    while True:
        entity = int(HEAD * (entities / HEAD + 1) ** chance.random() - HEAD)
        if kind_of(entity) != "Repository":
            return entity


def kind_of(entity: int) -> Kind:
    """What the entity with this number is."""
    return KINDS_IN_TURN[entity % len(KINDS_IN_TURN)]


def name_of(entity: int) -> str:
    """What the entity with this number is called; some are versions of others."""
    kind, turn = kind_of(entity), len(KINDS_IN_TURN)
    is_version = kind in VERSIONED and entity % 23 == 22
    base = stem(entity - turn if is_version else entity)
    return NAMES[kind].format(base.title(), base) + ("-2" if is_version else "")


def stem(number: int) -> str:
    """A made-up word of three syllables, another one for each number below a million."""
    size = len(SYLLABLES)
    return "".join(SYLLABLES[number // size**place % size] for place in range(3))


def written(entities: Sequence[int], chance: Random) -> Text:
    """A title and an abstract that name each of the entities, some of them twice, and give results.

    The first entity is in the title; each sentence names two.
    """
    text = Text()
    name(text, entities[0], chance)
    text.add(f": {words(7, chance)}\n")
    again = [one for one in entities if chance.random() < 0.5]
    for at, entity in enumerate([*entities, *again]):
        opening = words(9, chance)
        text.add(f"{opening.capitalize()} " if at % 2 == 0 else f" {opening} ")
        name(text, entity, chance)
        if at % 2:
            text.add(f" {words(5, chance)}. ")
    for _ in range(chance.randrange(3)):
        text.add(f" {words(5, chance)} ")
        text.values.append(text.add(f"{chance.uniform(20, 99):.1f}%", confidence(chance)))
    text.add(f" {words(4, chance)}.")
    return text


def name(text: Text, entity: int, chance: Random) -> None:
    """Adds the name of an entity to a text."""
    mention = text.add(name_of(entity), confidence(chance))
    text.mentions.setdefault(entity, []).append(mention)


def words(number: int, chance: Random) -> str:
    """So many made-up words, some of them often."""
    known, weights = vocabulary()
    return " ".join(chance.choices(known, cum_weights=weights, k=number))


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Made-up words of one to three syllables, with the sums of how often they stand."""
    known = [stem(7_919 * number)[: 2 * (number % 3 + 1)] for number in range(3_000)]
    return known, list(accumulate(1 / (rank + 10) for rank in range(len(known))))


def confidence(chance: Random) -> float:
    """How sure an extractor might be; only what a user lists has 1."""
    return round(chance.uniform(0.5, 0.99), 4)


def term(entity: int, mentions: Sequence[Mention], number: int, chance: Random) -> Term:
    """What the paper with this number says of an entity."""
    kind = kind_of(entity)
    is_own = entity // OWN == number
    role = ROLES[kind][0] if is_own else chance.choice(USUAL[kind])
    shown = chance.randrange(len(mentions))
    return Term(kind, name_of(entity), role, role != "mentioned", tuple(mentions), shown)


def results(values: Sequence[Mention], terms: Sequence[Term], chance: Random) -> Iterator[Result]:
    """Results of a paper: on its first dataset, by its first method, against its second one."""
    for value in values:
        cells: dict[str, int | None] = {}
        for cell, often in STATED.items():
            kind, skipped = CELL_KINDS[cell], cell == "baseline"
            fitting = (at for at, one in enumerate(terms) if one.kind == kind)
            first = next(islice(fitting, skipped, None), None)
            cells[cell] = first if chance.random() < often else None
        number = float(value.text.removesuffix("%"))
        place = (value.start, value.stop, value.text, number, "%", "value", value.confidence)
        yield Result(*place, **cells)


if __name__ == "__main__":
    main()
