"""A knowledge graph of machine-learning papers, made from abstracts alone.

import kg

graph = kg.build(["papers.jsonl"], graph="papers.kg")
graph.ask("papers_on_dataset", dataset="CIFAR-10")
"""

from kg.api import KnowledgeGraph, build
from kg.api import open_graph as open
from kg.errors import KgError
from kg.extract import Extractor
from kg.queries import load_queries as queries

__all__ = ["Extractor", "KgError", "KnowledgeGraph", "__version__", "build", "open", "queries"]

__version__ = "0.1.0"
