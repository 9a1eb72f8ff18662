"""Checks a saved model folder before anything in it is loaded: no torch needed, nothing run, nothing fetched."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from analytics.vocabulary.errors import InputRefused, MissingPart, Problem
from analytics.vocabulary.shipped import shipped_path
from generation.ai.checkpoints.weight_files import COPY_AGAIN, json_object, pickled_files, tensor_shapes

PIPELINE_CLASS = "ShotFinisherPipeline"
COMPONENTS = {
    "unet": ("generation.ai.finisher.network", "FinisherUNet"),
    "scheduler": ("diffusers", "FlowMatchEulerDiscreteScheduler"),
}
"""Component folders, and the library and class that ``model_index.json`` must give for them. Naming others is refused:
diffusers imports what the file names."""

_CONFIGS = {"unet": "config.json", "scheduler": "scheduler_config.json"}
_WEIGHTS = "diffusion_pytorch_model.safetensors"


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
    index = json_object(index_file)
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
    problems += pickled_files(path)
    if problems:
        raise InputRefused.all_of(problems)
    weights_file = path / "unet" / _WEIGHTS
    for file in (*(path / component / name for component, name in _CONFIGS.items()), weights_file):
        if not file.is_file():
            raise MissingPart(str(file), None, "is not there, so the model is incomplete", COPY_AGAIN)
    for component, name in _CONFIGS.items():
        json_object(path / component / name)
    return ModelFolder(path, weights_file, tensor_shapes(weights_file))
