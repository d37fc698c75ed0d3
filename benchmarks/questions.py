"""How long the named questions take, each with the heaviest parameters that a graph has for it.

    python benchmarks/questions.py [--graph papers.kg] [--store bolt://localhost:7687] [--runs 5]

Prints a line a question, then a line for each way to type a name: the seconds in the embedded
store and, with `--store`, in a Neo4j into which the same graph was loaded (its password is
NEO4J_PASSWORD). Of several parameters those count that take longest. The seconds are the median
of the runs and, in brackets, those of the first run, in which Neo4j also plans. A line ends in
`rows differ` if the stores answer differently.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import islice
from pathlib import Path

sys.path.pop(0)  # this folder, whose `neo4j.py` would hide the driver
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kg.api import open_graph
from kg.errors import UnknownNameError
from kg.keys import entity_id
from kg.queries import load_queries
from kg.records import Kind
from kg.stores.ask import ask
from kg.stores.bolt import connect
from kg.stores.names import find_id
from kg.stores.protocol import Rows, Store

MOST_NAMED = "MATCH (x:{}) WHERE x.papers > 0 RETURN x.id AS id ORDER BY x.papers DESC, id LIMIT 3"
RAREST = "MATCH (x:{}) WHERE x.papers = 1 RETURN x.id AS id ORDER BY id DESC LIMIT 1"
MOST = " RETURN x.id AS id, count(*) AS n ORDER BY n DESC, id LIMIT 1"
MOST_LINKS = "MATCH (x:{})-[link]-()" + MOST
MOST_VERSIONS = "MATCH (x:{})<-[:VERSION_OF]-(v)" + MOST
MOST_RESULTS = "MATCH (x:{})<-[:BY|ON]-(r:Result)" + MOST
CALLED = (
    "MATCH (x:{}) WHERE size(x.aliases) > 0 RETURN x.id AS id, x.name AS name, "
    "x.aliases AS aliases ORDER BY x.papers DESC, id LIMIT 300"
)
TITLE = "MATCH (x:Paper) RETURN x.id AS id, x.title AS name, [] AS aliases ORDER BY id DESC LIMIT 1"
KINDS: tuple[Kind, ...] = ("Method", "Dataset", "Metric", "Task")

Given = Mapping[str, str | int]
Trial = tuple[Given, list[tuple[float, float]], bool]  # median and first seconds; same rows?


def main() -> None:
    """Asks both stores all questions in all ways."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--graph", default="papers.kg")
    options.add_argument("--store", help="address of a Neo4j that holds the graph, too")
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--only", nargs="+", default=[], help="these questions, or `names`")
    asked = options.parse_args()
    with ExitStack() as opened:
        stores: list[Store] = [opened.enter_context(open_graph(asked.graph)).store()]
        if asked.store:
            password = os.environ.get("NEO4J_PASSWORD", "")
            stores.append(opened.enter_context(connect(asked.store, password=password)))
        measure_questions(stores, asked.runs, asked.only)
        if not asked.only or "names" in asked.only:
            measure_names(stores, asked.runs)


def measure_questions(stores: Sequence[Store], runs: int, only: Sequence[str]) -> None:
    """Prints a line a question: its heaviest parameters in each store."""
    given = heavy(stores[0])
    for name in load_queries():
        if not only or name in only:
            print_line(name, [trial(asking(stores, name, one), runs, one) for one in given[name]])


def asking(stores: Sequence[Store], name: str, given: Given) -> list[Callable[[], object]]:
    """What asks each store a question."""
    return [partial(ask, store, load_queries()[name], given) for store in stores]


def measure_names(stores: Sequence[Store], runs: int) -> None:
    """Prints a line for each label and each way to type the name of one of its nodes."""
    for label, text, way in typed(stores[0]):
        asks = [partial(found, store, label, text) for store in stores]
        print_line(f"{label} {way}", [trial(asks, runs, {"name": text})])


def trial(asks: Sequence[Callable[[], object]], runs: int, given: Given) -> Trial:
    """Asks each store several times."""
    seconds, answers = [], []
    for one in asks:
        taken = []
        for _ in range(runs):
            started = time.perf_counter()
            answer = one()
            taken.append(time.perf_counter() - started)
        seconds.append((statistics.median(taken), taken[0]))
        answers.append(answer)
    return given, seconds, all(answer == answers[0] for answer in answers)


def print_line(name: str, trials: Sequence[Trial]) -> None:
    """Prints for each store the slowest trial, and the parameters of the slowest of all."""
    worst = [max(seconds) for seconds in zip(*(one[1] for one in trials), strict=True)]
    figures = "  ".join(f"{median:7.3f} ({first:6.3f})" for median, first in worst)
    heaviest = max(trials, key=lambda one: max(one[1]))[0]
    parameters = " ".join(f"{key}={value!r:.60}" for key, value in heaviest.items())
    agree = "" if all(one[2] for one in trials) else "  rows differ"
    print(f"{name:22} {figures}  {parameters}{agree}", flush=True)


def heavy(store: Store) -> dict[str, list[Given]]:
    """For each question the parameters that give it most to do."""
    top = {kind: ids(store, MOST_NAMED, kind) for kind in KINDS}
    rare = ids(store, RAREST, "Task")[0]
    family = {kind: ids(store, MOST_VERSIONS, kind)[0] for kind in ("Method", "Dataset")}
    scored = {kind: ids(store, MOST_RESULTS, kind)[0] for kind in ("Method", "Dataset")}
    full = [{"paper": ids(store, MOST_LINKS, "Paper")[0]}]
    methods = [{"method": one} for one in dict.fromkeys((*top["Method"][:2], scored["Method"]))]
    datasets = dict.fromkeys((top["Dataset"][0], scored["Dataset"], family["Dataset"]))
    tasks = [{"task": top["Task"][0]}, {"task": top["Task"][1]}]
    topics = [{"topic": top[kind][0]} for kind in KINDS]
    whole = [{**one, "versions": "yes"} for one in [*methods[:1], {"method": family["Method"]}]]
    on = [{"dataset": one, "versions": "yes"} for one in datasets]
    return {
        "builds_on": [*methods, *whole],
        "code": topics,
        "code_of_paper": full,
        "datasets_of_task": tasks,
        "evidence": [*full, {**full[0], "topic": top["Method"][0]}],
        "introduced_datasets": [{}, {"since": "2026"}, *tasks],
        "leaderboard": [*on, {"dataset": top["Dataset"][0]}, {**on[0], "form": "gain"}],
        "lineage": [*methods, {**methods[0], "steps": 9, "limit": 500}],
        "methods_of_task": tasks,
        "metrics_on_dataset": on,
        "most_used": [{"kind": kind} for kind in (*KINDS, "Repository")],
        "new_about": [*topics, {**topics[0], "versions": "yes"}],
        "paper_facts": full,
        "papers_of_task": tasks,
        "papers_on_both": [
            {"first": top["Method"][0], "second": top["Metric"][0]},
            {"first": top["Metric"][0], "second": top["Method"][0]},
            {"first": top["Method"][0], "second": rare},
        ],
        "papers_on_dataset": on,
        "path": [
            {"source": top["Method"][0], "target": top["Metric"][0]},
            {"source": rare, "target": ids(store, RAREST, "Dataset")[0]},
            {"source": ids(store, RAREST, "Method")[0], "target": ids(store, RAREST, "Metric")[0]},
        ],
        "results_of_method": [*methods, *whole, {**whole[0], "metric": top["Metric"][0]}],
        "results_of_paper": full,
        "rivals": methods,
        "search": [{"text": text} for text in ("a", "net", "transformer", "zzzz", "GPT-4")],
        "similar_papers": full,
        "trending": [{"kind": kind} for kind in (*KINDS, "Repository")],
        "used_together": [*topics, {**topics[0], "kind": "Dataset"}],
        "versions": [{"topic": one} for one in (*family.values(), top["Method"][0])],
    }  # fmt: skip


def typed(store: Store) -> Iterator[tuple[str, str, str]]:
    """Labels, what somebody may type for a much named node of each, and in which way it is."""
    for label in ("Paper", *KINDS):
        row = store.run(TITLE if label == "Paper" else CALLED.format(label))[0]
        name = str(row["name"])
        yield label, str(row["id"]), "by id"
        yield label, name, "by name"
        yield label, name.swapcase(), "in other case"
    for label in KINDS:
        for text in strange_alias(store, label):
            yield label, text, "by alias"
            yield "Entity", text, f"by alias of a {label}"
    for label in ("Paper", *KINDS, "Entity"):
        yield label, "halucination of cifar", "misspelt"
        yield label, "halucination", "a bit misspelt"
        yield label, "xyzzy", "of no name"


def strange_alias(store: Store, kind: Kind) -> list[str]:
    """A name of a node that by itself would be another one."""
    rows = store.run(CALLED.format(kind))
    pairs = ((row["id"], alias) for row in rows for alias in list(row["aliases"]))  # type: ignore[call-overload]
    return list(islice((alias for id, alias in pairs if entity_id(kind, alias) != id), 1))


def found(store: Store, label: str, text: str) -> object:
    """The id, or what is said of a name that nothing has."""
    try:
        return find_id(store, label, text)
    except UnknownNameError as error:
        return str(error)


def ids(store: Store, cypher: str, label: str) -> list[str]:
    """The ids that a statement finds for a label."""
    rows: Rows = store.run(cypher.format(label))
    return [str(row["id"]) for row in rows]


if __name__ == "__main__":
    main()
