"""Saves trained weights as a diffusers folder that the AI workflow loads."""

import copy
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler

from analytics.ledger.training_runs import training_runs_as_plain
from analytics.vocabulary.training_run import TrainingRun
from generation.ai.finisher.network import FinisherUNet
from generation.ai.finisher.pipeline import ShotFinisherPipeline
from generation.ai.model_folder import check_model_folder
from generation.training.model_card import TRAINING_FILE, write_card


def save_model(
    network: FinisherUNet,
    folder: Path,
    training: dict[str, Any] | None = None,
    runs_of: Callable[[str], tuple[TrainingRun, ...]] | None = None,
) -> Path:
    """Write a model folder with float16 weights in safetensors.

    It is written beside its place and moved there when whole, in exchange for the model that was there.

    Parameters
    ----------
    network
        The weights, in any precision; left as they are.
    training
        How it was made, for ``training.json`` and the model card; neither is written without it.
    runs_of
        Given the weights' SHA-256, the training runs they came of, for ``training.json`` too.
    """
    fresh = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(fresh, ignore_errors=True)
    halved = copy.deepcopy(network)
    # torch's own `to`: that of diffusers warns about an empty list of layers that want float32.
    torch.nn.Module.to(halved, "cpu", torch.float16, memory_format=torch.contiguous_format)  # type: ignore[call-overload]
    pipeline = ShotFinisherPipeline(halved, FlowMatchEulerDiscreteScheduler())
    pipeline.save_pretrained(fresh, safe_serialization=True)
    if training is not None:
        revision = check_model_folder(fresh).revision()
        training = training | {"training_runs": training_runs_as_plain(runs_of(revision) if runs_of else ())}
        (fresh / TRAINING_FILE).write_text(json.dumps(training, indent=1) + "\n", encoding="utf-8")
        write_card(fresh)
    check_model_folder(fresh)
    # diffusers writes weights readable by their owner only; a model that is shipped must be readable by all.
    for file in fresh.rglob("*.safetensors"):
        file.chmod(0o644)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return folder
