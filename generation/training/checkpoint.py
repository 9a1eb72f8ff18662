"""A checkpoint: everything a stopped training needs to go on as if it had never stopped."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from analytics.vocabulary.errors import InputRefused

FILE_NAME = "checkpoint.pt"


@dataclass
class Progress:
    """Where a training stands.

    Attributes
    ----------
    step
        Steps done.
    training_seconds
        Time spent in steps, over all sittings.
    random
        The only source of chance: its state is the order of the data still to come.
    """

    step: int
    training_seconds: float
    random: np.random.Generator


def save_checkpoint(
    folder: Path,
    settings: dict[str, Any],
    network: torch.nn.Module,
    average: torch.nn.Module,
    optimizer: torch.optim.Optimizer,
    progress: Progress,
) -> None:
    """Write the checkpoint under a temporary name, sync it and rename it: a kill leaves the last whole one."""
    temporary = folder / f".{FILE_NAME}.part"
    with temporary.open("wb") as stream:
        torch.save(
            {
                "settings": json.dumps(settings, sort_keys=True),
                "network": network.state_dict(),
                "average": average.state_dict(),
                "optimizer": optimizer.state_dict(),
                "step": progress.step,
                "training_seconds": progress.training_seconds,
                # As JSON, because its 128-bit numbers are not something that torch's safe unpickler promises to read.
                "random": json.dumps(progress.random.bit_generator.state),
            },
            stream,
        )
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(folder / FILE_NAME)


def load_checkpoint(
    folder: Path,
    settings: dict[str, Any],
    network: torch.nn.Module,
    average: torch.nn.Module,
    optimizer: torch.optim.Optimizer,
) -> Progress:
    """Fill network, average and optimizer from a run folder.

    Raises
    ------
    InputRefused
        If the checkpoint is damaged, or was made under other settings: its continuation would be a third thing.
    """
    file = folder / FILE_NAME
    try:
        content = torch.load(file, map_location="cpu", weights_only=True)
        made_with = json.loads(content["settings"])
        odd = sorted(name for name in settings.keys() | made_with.keys() if settings.get(name) != made_with.get(name))
        if odd:
            raise InputRefused(
                f"{file}: {odd[0]}",
                str(made_with.get(odd[0])),
                f"is what the run began with, and now it is {settings.get(odd[0])}",
                "go on with the same settings, or begin a new run in another folder",
            )
        network.load_state_dict(content["network"])
        average.load_state_dict(content["average"])
        optimizer.load_state_dict(content["optimizer"])
        random = np.random.default_rng()
        random.bit_generator.state = json.loads(content["random"])
        return Progress(int(content["step"]), float(content["training_seconds"]), random)
    except InputRefused:
        raise
    except Exception as error:  # torch raises anything from KeyError to UnpicklingError for a damaged file
        raise InputRefused(
            str(file), None, f"cannot be gone on from ({error})", "delete the run's folder and begin anew"
        ) from error
