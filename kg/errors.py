"""What can go wrong, as a caller may want to tell apart.

KgError
├── SourceError     a source cannot be read at all
├── ExtractorError  papers cannot be read so: a bad table of names, pipeline, or worker process
├── GraphError      a graph folder is missing, locked, or of another version
├── CorrectionError a curator's table, or a correction, says nothing that can be used
├── QueryError      a question cannot be asked: unknown name or parameter, a writing statement
│   └── UnknownNameError   nothing in the graph is called so; carries suggestions
└── StoreError      a store refuses or cannot be reached

Each message is one line: what, where, and the cure or the valid choices.
"""

from collections.abc import Sequence


class KgError(Exception):
    """Anything that `kg` reports to its user in one line."""


class SourceError(KgError):
    """A source cannot be read: missing, empty, or of no known format."""


class ExtractorError(KgError):
    """Papers cannot be read in the way that was asked for."""


class GraphError(KgError):
    """A graph folder cannot be used."""


class CorrectionError(KgError):
    """A correction of an entity, or a table of them, cannot be used."""


class QueryError(KgError):
    """A question cannot be asked as it stands."""


class UnknownNameError(QueryError):
    """Nothing in the graph has this name, alias or id; `suggestions` are the nearest names."""

    def __init__(self, message: str, suggestions: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.suggestions = tuple(suggestions)


class StoreError(KgError):
    """A graph store cannot be reached or refuses a statement."""
