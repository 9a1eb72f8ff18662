"""The studios' tables are imported by their file's name: every test is imported on its own."""

import sys
from pathlib import Path

import pytest

from analytics.ledger.ledger import Ledger

sys.path.append(str(Path(__file__).parent))


@pytest.fixture
def empty_ledger(tmp_path: Path) -> Ledger:
    return Ledger.open(tmp_path / "empty.duckdb")
