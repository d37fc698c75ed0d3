"""From gold annotations to the files that `spacy train` reads.

    python -m training.annotations GOLD PAPERS OUT.spacy

GOLD and PAPERS are the files that `kg evaluate` takes.
"""

import argparse
import json
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.util import filter_spans
from spacy.vocab import Vocab

from kg.extract.tokenizer import WordTokenizer
from kg.records import Paper
from kg.sources import read
from training.labels import spans


def annotated_docs(gold: Path, papers: Path) -> list[Doc]:
    """A Doc with entities for each annotated paper."""
    annotations = {one["id"]: one for one in json.loads(gold.read_text("utf-8"))}
    tokenize = WordTokenizer(Vocab())
    docs = []
    for paper in read([papers]):
        if isinstance(paper, Paper) and paper.id in annotations:
            doc = tokenize(paper.text)
            found = [
                doc.char_span(start, stop, label, alignment_mode="expand")
                for start, stop, label in spans(paper.text, annotations[paper.id])
            ]
            doc.set_ents(filter_spans(found))
            docs.append(doc)
    return docs


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("papers", type=Path)
    parser.add_argument("out", type=Path)
    asked = parser.parse_args()
    docs = annotated_docs(asked.gold, asked.papers)
    DocBin(docs=docs).to_disk(asked.out)
    print(f"{asked.out}: {len(docs):,} papers, {sum(len(doc.ents) for doc in docs):,} entities")


if __name__ == "__main__":
    main()
