"""From the student's weights and the scorer's to the pipeline that ships.

    python -m training.pack WORK --student NAME

Writes kg/pipeline/, a spaCy pipeline with all of kg's components.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from spacy.language import Language

import kg
from kg.extract.components import COMPONENTS
from kg.extract.scorer import WEIGHTS
from kg.extract.tagger import DEFAULT_MODEL
from training.labels import blank

PIPELINE = Path(kg.__file__).parent / "pipeline"


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


def make(weights: dict[str, torch.Tensor]) -> Language:
    """The whole pipeline."""
    nlp = blank()
    for name in COMPONENTS:
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
    asked = parser.parse_args()
    WEIGHTS.parent.mkdir(parents=True, exist_ok=True)
    WEIGHTS.write_bytes((asked.work / "scorer.npz").read_bytes())
    nlp = make(torch.load(asked.work / f"{asked.student}.pt"))
    nlp.meta |= {
        "name": "kg",
        "version": kg.__version__,
        "license": "Apache-2.0",
        "description": "Methods, datasets, metrics and tasks of machine-learning abstracts.",
        "performance": json.loads((asked.work / "scores.json").read_text()),
    }
    nlp.to_disk(PIPELINE, exclude=["vocab"])


if __name__ == "__main__":
    main()
