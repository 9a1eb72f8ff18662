"""What the running pages were started with: set once by the server, in the environment that its children share."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from analytics.ledger.ledger import LEDGER_VARIABLE

DEFAULT_LEDGER = "shotledger.duckdb"
ACCESS_VARIABLE = "SHOTLEDGER_ACCESS"
CACHE_VARIABLE = "SHOTLEDGER_CACHE"


@dataclass(frozen=True)
class Settings:
    """What the pages run on.

    Attributes
    ----------
    ledger_path
        The ledger that they show.
    access_path
        The access file; ``None``: no sign-in, which is refused off this machine.
    cache_folder
        Where answers are kept that took long to work out. Nothing is lost with it.
    """

    ledger_path: Path
    access_path: Path | None
    cache_folder: Path


_settings: Settings | None = None


def settings() -> Settings:
    """The settings of this process."""
    global _settings
    if _settings is None:
        ledger = Path(os.environ.get(LEDGER_VARIABLE) or DEFAULT_LEDGER).expanduser().absolute()
        access = os.environ.get(ACCESS_VARIABLE)
        _settings = Settings(ledger, Path(access).expanduser().absolute() if access else None, _cache_folder(ledger))
    return _settings


def _cache_folder(ledger: Path) -> Path:
    """A folder of each ledger's own, which nobody else may read: the answers in it are as secret as the ledger."""
    named = os.environ.get(CACHE_VARIABLE)
    root = Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "shotledger"
    folder = root.expanduser().absolute() / hashlib.sha256(str(ledger).encode()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
