"""Reads what weight files and configurations claim, without torch and without running anything that is in them."""

import json
import struct
from pathlib import Path
from typing import Any

from analytics.vocabulary.errors import InputRefused, Problem

COPY_AGAIN = "copy the whole model folder again"
_PICKLED = {".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle"}
_LARGEST_HEADER_BYTES = 100_000_000
"""The format's own limit."""


def pickled_files(folder: Path) -> list[Problem]:
    """One problem for each file that only unpickling could read."""
    return [
        Problem(
            str(file),
            None,
            "is a pickled file, and unpickling can run any code",
            "delete it; weights are taken from safetensors only",
        )
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in _PICKLED
    ]


def json_object(file: Path) -> dict[str, Any]:
    """Read a configuration.

    Raises
    ------
    InputRefused
        If the file cannot be read, or holds no JSON object.
    """
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise InputRefused(str(file), None, f"cannot be read as JSON ({error})", COPY_AGAIN) from error
    if not isinstance(content, dict):
        raise InputRefused(str(file), None, "holds no JSON object", COPY_AGAIN)
    return content


def tensor_shapes(file: Path) -> dict[str, tuple[int, ...]]:
    """Read the header of a safetensors file and hold its claims against the file's length.

    The format is eight bytes with the header's length, the header as JSON, then the tensors' bytes without gaps. A copy
    that broke off is caught here, in a millisecond, and not as a cryptic error of the loader.

    Raises
    ------
    InputRefused
        If it is no safetensors file, or not as long as its header says.
    """
    length = file.stat().st_size
    with file.open("rb") as stream:
        start = stream.read(8)
        header_bytes = struct.unpack("<Q", start)[0] if len(start) == 8 else 0
        if not 2 <= header_bytes <= min(_LARGEST_HEADER_BYTES, length - 8):
            raise InputRefused(
                str(file), f"{length} bytes", _why_no_safetensors(start + stream.read(60)), _mend_no_safetensors(start)
            )
        try:
            header: dict[str, Any] = json.loads(stream.read(header_bytes))
            entries = {name: entry for name, entry in header.items() if name != "__metadata__"}
            shapes = {name: tuple(entry["shape"]) for name, entry in entries.items()}
            needed = 8 + header_bytes + max(entry["data_offsets"][1] for entry in entries.values())
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise InputRefused(str(file), None, "has a header that is not safetensors", COPY_AGAIN) from error
    if needed != length:
        raise InputRefused(
            str(file), f"{length} bytes", f"should be {needed} bytes long, so it was cut off or changed", COPY_AGAIN
        )
    return shapes


def _why_no_safetensors(start: bytes) -> str:
    if start.startswith(b"version "):
        return "is not the weights but the note that git keeps in their place"
    return "is no safetensors file, or was cut off in its header"


def _mend_no_safetensors(start: bytes) -> str:
    return "run: git lfs pull" if start.startswith(b"version ") else COPY_AGAIN
