"""Tiny checkpoints that tests of this folder share; each test that spoils one takes a copy."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch

from tests.generation.ai.tiny_checkpoints import save_tiny_checkpoint


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> Iterator[None]:
    """On a machine that is busy, two threads that wait for each other are ten times slower than one."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(autouse=True)
def no_studio_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SHOTLEDGER_MODELS", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture(scope="session")
def checkpoints(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a preset's tiny checkpoint, saved when it is first asked for."""
    saved: dict[str, Path] = {}

    def checkpoint(name: str) -> Path:
        if name not in saved:
            saved[name] = tmp_path_factory.mktemp("tiny") / name
            # Wan's text encoder in several shards, as it is published
            save_tiny_checkpoint(name, saved[name], "40KB" if name.startswith("wan") else "10GB")
        return saved[name]

    return checkpoint


@pytest.fixture
def copy_of(checkpoints: Callable[[str], Path], tmp_path: Path) -> Callable[[str], Path]:
    """A copy of a preset's tiny checkpoint, for a test to spoil."""

    def copy(name: str) -> Path:
        return Path(shutil.copytree(checkpoints(name), tmp_path / name))

    return copy
