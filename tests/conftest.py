"""What several test files share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from papers import new_ledger

from kg.ledger import Ledger

pytest_plugins = ["fixtures_neo4j", "fixtures_browser"]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    with new_ledger(tmp_path) as ledger:
        yield ledger
