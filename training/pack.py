"""From the student's weights and the scorer's to the pipeline that ships.

    python -m training.pack WORK --student NAME [--reader NAME --folds NAME...]

Writes kg/pipeline/, a spaCy pipeline with all of kg's components; without a reader it lacks the
last one.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from spacy.language import Language

import kg
from kg.extract.components import COMPONENTS
from kg.extract.tagger import DEFAULT_MODEL
from kg.extract.weights import FILE, PIPELINE
from training.labels import blank

Scores = dict[str, dict[str, float]]


def tagger_settings(weights: dict[str, torch.Tensor]) -> dict[str, Any]:
    """The architecture of a student, read off the shapes of its weights."""
    tables = [value for name, value in weights.items() if name.startswith("tables.")]
    layers = [
        value
        for name, value in weights.items()
        if name.startswith("layers.") and name.endswith("linear.weight")
    ]
    width = tables[0].shape[1]
    settings = json.loads(json.dumps(DEFAULT_MODEL))
    settings["tok2vec"]["embed"] |= {"width": width, "rows": [len(table) for table in tables]}
    settings["tok2vec"]["encode"] |= {
        "width": width,
        "depth": len(layers),
        "maxout_pieces": len(layers[0]) // width,
    }
    return settings


def fill(nlp: Language, weights: dict[str, torch.Tensor]) -> None:
    """Puts a student's weights into the component `kg_ner`."""
    tagger = nlp.get_pipe("kg_ner")
    tagger.model.initialize(X=[nlp.make_doc("a text")])
    arrays = {name: value.numpy().astype(np.float32) for name, value in weights.items()}
    depth = sum(name.startswith("layers.") and name.endswith("linear.weight") for name in arrays)
    blocks = ["mix", *(f"layers.{layer}" for layer in range(depth))]
    places = {
        "hashembed": iter({"E": arrays[f"tables.{k}.weight"]} for k in range(4)),
        "maxout": iter(
            {"W": arrays[f"{at}.linear.weight"], "b": arrays[f"{at}.linear.bias"]} for at in blocks
        ),
        "layernorm": iter(
            {"G": arrays[f"{at}.norm.weight"], "b": arrays[f"{at}.norm.bias"]} for at in blocks
        ),
        "softmax": iter([{"W": arrays["out.weight"], "b": arrays["out.bias"]}]),
    }
    for node in tagger.model.walk():
        if node.name in places:
            for name, value in next(places[node.name]).items():
                node.set_param(name, value.reshape(node.get_param(name).shape))


def make(weights: dict[str, torch.Tensor], components: Sequence[str]) -> Language:
    """The pipeline of `components` and the tagger."""
    nlp = blank()
    for name in components:
        nlp.add_pipe(name)
        if name == "kg_acronyms":
            nlp.add_pipe("kg_ner", config={"model": tagger_settings(weights)})
    fill(nlp, weights)
    return nlp


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("work", type=Path)
    parser.add_argument("--student", required=True)
    parser.add_argument("--reader", default="")
    parser.add_argument("--folds", nargs="+", default=[])
    asked = parser.parse_args()
    put("kg_terms", asked.work / "scorer.npz")
    scores = json.loads((asked.work / "scores.json").read_text())
    if asked.reader:
        put("kg_relations", asked.work / f"{asked.reader}.weights.npz")
        scores["pages_dev"] |= figures(asked.work, asked.reader)["pages_dev"]
        scores["folds of train"] |= mean([figures(asked.work, one)["fold"] for one in asked.folds])
    components = COMPONENTS if asked.reader else COMPONENTS[:-1]
    nlp = make(torch.load(asked.work / f"{asked.student}.pt"), components)
    nlp.meta |= {
        "name": "kg",
        "version": kg.__version__,
        "license": "Apache-2.0",
        "description": "Methods, datasets, metrics and tasks of machine-learning abstracts, their"
        " roles, and results.",
        "performance": scores,
    }
    nlp.to_disk(PIPELINE, exclude=["vocab"])


def put(component: str, weights: Path) -> None:
    """Where the component takes them from."""
    (PIPELINE / component).mkdir(parents=True, exist_ok=True)
    (PIPELINE / component / FILE).write_bytes(weights.read_bytes())


def figures(work: Path, reader: str) -> dict[str, Scores]:
    """The scores that `training.read_relations` has written."""
    found: dict[str, Scores] = json.loads((work / f"{reader}.json").read_text())
    return found


def mean(folds: list[Scores]) -> Scores:
    return {
        name: {
            figure: round(sum(fold[name][figure] for fold in folds) / len(folds), 4)
            for figure in figures
        }
        for name, figures in (folds[0] if folds else {}).items()
    }


if __name__ == "__main__":
    main()
