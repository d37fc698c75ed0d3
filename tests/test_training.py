"""The recipe for going on with the training on annotations of one's own, as it is written down."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

from commands import SHARED, kg

from kg.extract.weights import PIPELINE

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "training" / "README.md").read_text("utf-8")
FEW_STEPS = ["--training.max_steps", "4", "--training.eval_frequency", "2"]


def own_annotations(folder: Path, **papers: slice) -> None:
    """Some annotated papers under the names that the recipe uses."""
    gold = json.loads((SHARED / "gold" / "pages_dev.gold.json").read_text("utf-8"))
    lines = (SHARED / "gold" / "pages_dev.papers.jsonl").read_text("utf-8").splitlines()
    for name, some in papers.items():
        stem = folder / name.replace("_", "-")
        stem.with_suffix(".gold.json").write_text(json.dumps(gold[some]), "utf-8")
        stem.with_suffix(".papers.jsonl").write_text("\n".join(lines), "utf-8")


def commands() -> list[list[str]]:
    """The commands of the recipe."""
    (block,) = re.findall(r"^```sh\n(python -m training.annotations.*?)^```", GUIDE, re.M | re.S)
    return [shlex.split(line) for line in block.replace("\\\n", " ").splitlines()]


def run(words: list[str], folder: Path) -> str:
    """What a command that starts with `python` prints, with the files of the recipe in `folder`."""
    own = {word: str(folder / word) for word in words if word.startswith(("my", "train.", "dev."))}
    words = [sys.executable, *(own.get(word, word) for word in words[1:])]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_shipped_pipeline_learns_from_annotations_of_ones_own(tmp_path: Path) -> None:
    own_annotations(tmp_path, my=slice(0, 12), my_dev=slice(12, 16))
    first, second, train, evaluate, build = commands()

    for words in (first, second, train + FEW_STEPS):
        run(words, tmp_path)
    own = tmp_path / "my-pipeline" / "model-best"
    printed = kg("evaluate", *(tmp_path / name for name in evaluate[2:4]), "--pipeline", own)

    assert build[:2] == ["kg", "build"]
    assert "Method" in printed.out
    learned, shipped = (folder / "kg_ner" / "model" for folder in (own, PIPELINE))
    assert learned.read_bytes() != shipped.read_bytes()
