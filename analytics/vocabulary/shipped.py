"""Where the files that come with Shotledger lie: test shots, rate cards, model weights."""

import os
from pathlib import Path

DATA_VARIABLE = "SHOTLEDGER_DATA"


def shipped_path(*parts: str) -> Path:
    """Path of a shipped file or folder, such as ``shipped_path("rates", "default.toml")``.

    It is looked for in ``$SHOTLEDGER_DATA``, then in ``data/`` of a checkout, then in the installed package.
    """
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named, *parts)
    root = Path(__file__).resolve().parents[2]
    folder = root / "data"
    return (folder if folder.is_dir() else root / "shotledger_data").joinpath(*parts)
