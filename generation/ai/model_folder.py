"""Checks a saved model folder before anything in it is loaded: no torch needed, nothing run, nothing fetched."""

import hashlib
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.vocabulary.errors import InputRefused, MissingPart, Problem
from analytics.vocabulary.shipped import shipped_path

PIPELINE_CLASS = "ShotFinisherPipeline"
COMPONENTS = {
    "unet": ("generation.ai.finisher.network", "FinisherUNet"),
    "scheduler": ("diffusers", "FlowMatchEulerDiscreteScheduler"),
}
"""Component folders, and the library and class that ``model_index.json`` must give for them. Naming others is refused:
diffusers imports what the file names."""

_CONFIGS = {"unet": "config.json", "scheduler": "scheduler_config.json"}
_WEIGHTS = "diffusion_pytorch_model.safetensors"
_PICKLED = {".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle"}
_LARGEST_HEADER_BYTES = 10_000_000


@dataclass(frozen=True)
class ModelFolder:
    """A folder that has passed the checks.

    Attributes
    ----------
    path
        Where it lies.
    weights_file
        The network's safetensors.
    tensor_shapes
        What the weights file holds, by name.
    """

    path: Path
    weights_file: Path
    tensor_shapes: dict[str, tuple[int, ...]]

    def revision(self) -> str:
        """SHA-256 of the weights: the only version of a model that cannot be mistaken."""
        with self.weights_file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


def check_model_folder(path: Path | None = None) -> ModelFolder:
    """Find out whether a folder, by default the shipped one, holds a finisher that is safe and whole.

    Raises
    ------
    MissingPart
        If there is no folder, or a part of the model is not in it.
    InputRefused
        If it is another kind of model, holds pickled files, or a file is damaged; all problems at once.
    """
    path = path or shipped_path("models", "embedded")
    index_file = path / "model_index.json"
    if not index_file.is_file():
        raise MissingPart(
            str(path),
            None,
            "holds no model (there is no model_index.json)",
            "restore data/models/embedded, or name a folder saved by `python -m generation.training.train`",
        )
    index = _json_of(index_file)
    named = index.get("_class_name")
    if named != PIPELINE_CLASS:
        raise InputRefused(
            f"{index_file}: _class_name",
            str(named),
            f"is not the pipeline of the embedded model, {PIPELINE_CLASS}",
            "name a folder saved by `python -m generation.training.train`",
        )
    problems = [
        Problem(
            f"{index_file}: {component}",
            str(index.get(component)),
            f"must be {list(expected)}",
            "restore the file from where the model came from",
        )
        for component, expected in COMPONENTS.items()
        if index.get(component) != list(expected)
    ]
    problems += [
        Problem(
            str(file),
            None,
            "is a pickled file, and unpickling can run any code",
            "delete it; weights are taken from safetensors only",
        )
        for file in sorted(path.rglob("*"))
        if file.suffix.lower() in _PICKLED
    ]
    if problems:
        raise InputRefused.all_of(problems)
    weights_file = path / "unet" / _WEIGHTS
    for file in (*(path / component / name for component, name in _CONFIGS.items()), weights_file):
        if not file.is_file():
            raise MissingPart(
                str(file), None, "is not there, so the model is incomplete", "copy the whole model folder again"
            )
    for component, name in _CONFIGS.items():
        _json_of(path / component / name)
    return ModelFolder(path, weights_file, _shapes_in(weights_file))


def _json_of(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise InputRefused(
            str(file), None, f"cannot be read as JSON ({error})", "copy the whole model folder again"
        ) from error
    if not isinstance(content, dict):
        raise InputRefused(str(file), None, "holds no JSON object", "copy the whole model folder again")
    return content


def _shapes_in(file: Path) -> dict[str, tuple[int, ...]]:
    """Read the header of a safetensors file and hold its claims against the file's length.

    The format is eight bytes with the header's length, the header as JSON, then the tensors' bytes without gaps. A copy
    that broke off is caught here, in a millisecond, and not as a cryptic error of the loader.
    """
    mend = "copy the whole model folder again"
    length = file.stat().st_size
    with file.open("rb") as stream:
        start = stream.read(8)
        header_bytes = struct.unpack("<Q", start)[0] if len(start) == 8 else 0
        if not 2 <= header_bytes <= min(_LARGEST_HEADER_BYTES, length - 8):
            raise InputRefused(
                str(file), f"{length} bytes", "is no safetensors file, or was cut off in its header", mend
            )
        try:
            header: dict[str, Any] = json.loads(stream.read(header_bytes))
            entries = {name: entry for name, entry in header.items() if name != "__metadata__"}
            shapes = {name: tuple(entry["shape"]) for name, entry in entries.items()}
            needed = 8 + header_bytes + max(entry["data_offsets"][1] for entry in entries.values())
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise InputRefused(str(file), None, "has a header that is not safetensors", mend) from error
    if needed != length:
        raise InputRefused(
            str(file), f"{length} bytes", f"should be {needed} bytes long, so it was cut off or changed", mend
        )
    return shapes
