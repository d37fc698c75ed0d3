"""A knowledge graph of machine-learning papers, made from abstracts alone."""

__version__ = "0.1.0"
