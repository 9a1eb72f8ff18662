"""Real ledgers in temporary folders."""

import sys
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))  # where invented_manifests lies, for tests and their child processes

from analytics.ledger.ledger import Ledger

# A loaded machine is no defect, so examples have no deadline.
settings.register_profile("without_deadline", deadline=None)
settings.load_profile("without_deadline")


@pytest.fixture(scope="session")
def whole_ledger_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A new ledger's file: making one takes a third of a second, copying one takes nothing."""
    path = tmp_path_factory.mktemp("template") / "shots.duckdb"
    Ledger.open(path)
    return path.read_bytes()


@pytest.fixture
def ledger(tmp_path: Path, whole_ledger_bytes: bytes) -> Ledger:
    """An empty ledger."""
    path = tmp_path / "shots.duckdb"
    path.write_bytes(whole_ledger_bytes)
    return Ledger.open(path)
