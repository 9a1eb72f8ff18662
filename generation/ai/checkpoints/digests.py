"""The SHA-256 of weights: the only version of a model that cannot be mistaken; read once, then remembered."""

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def weights_digest(folder: Path, files: Iterable[Path]) -> str:
    """SHA-256 over the names and digests of weight files; the same wherever the folder lies.

    Digests are kept in the user's cache by path, size and time of change: thirty gigabytes take half a minute to read,
    and a render should not wait for them twice.
    """
    known = _read_known()
    lines = {}
    for file in files:
        name = file.relative_to(folder).as_posix() if file.is_relative_to(folder) else f"{file.parent.name}/{file.name}"
        lines[name] = _digest(file, known)
    _write_known(known)
    return hashlib.sha256("".join(f"{lines[name]}  {name}\n" for name in sorted(lines)).encode()).hexdigest()


def _digest(file: Path, known: dict[str, str]) -> str:
    state = file.stat()
    key = f"{file.resolve()}|{state.st_size}|{state.st_mtime_ns}"
    if key not in known:
        with file.open("rb") as stream:
            known[key] = hashlib.file_digest(stream, "sha256").hexdigest()
    return known[key]


def _cache_file() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "shotledger" / "weight_digests.json"


def _read_known() -> dict[str, str]:
    try:
        known = json.loads(_cache_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _write_known(known: dict[str, str]) -> None:
    """Losing the cache costs time only, so a folder that cannot be written is no reason to stop."""
    file = _cache_file()
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(f".{os.getpid()}.tmp")
        beside.write_text(json.dumps(known), encoding="utf-8")
        beside.replace(file)
