"""Loads the networks of a checked folder one by one, and refuses weights that do not fill them."""

import importlib
from typing import Any

from analytics.vocabulary.errors import InputRefused
from generation.ai.checkpoints.folder import CheckedFolder, CheckedNetwork
from generation.ai.checkpoints.weight_files import COPY_AGAIN
from generation.ai.model_presets import ModelPreset


def load_pipeline(preset: ModelPreset, checked: CheckedFolder, precision: str) -> Any:
    """Put the pipeline of a preset together from a folder, in main memory.

    Nothing is fetched, no code of the folder is run, and every network is loaded by the class that the preset is made
    of, whatever the folder says.

    Raises
    ------
    InputRefused
        If weights do not fit the network that their configuration describes, or the folder cannot be loaded.
    """
    import diffusers

    networks = {name: _load_network(network, precision) for name, network in checked.networks.items()}
    try:
        pipeline = getattr(diffusers, preset.pipeline_class).from_pretrained(
            checked.path, **networks, local_files_only=True, use_safetensors=True
        )
    except (TypeError, ValueError, KeyError, AttributeError, ImportError, OSError) as error:
        raise InputRefused(
            str(checked.path), None, f"cannot be loaded by diffusers ({_first_line(error)})", COPY_AGAIN
        ) from error
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def _load_network(network: CheckedNetwork, precision: str) -> Any:
    import torch

    library, _, class_name = network.class_name.rpartition(".")
    dtype = getattr(torch, precision)
    options = {"torch_dtype": dtype} if library == "diffusers" else {"dtype": dtype}
    try:
        loaded, report = getattr(importlib.import_module(library), class_name).from_pretrained(
            network.folder,
            variant=network.variant,
            use_safetensors=True,
            local_files_only=True,
            output_loading_info=True,
            **options,
        )
    except torch.OutOfMemoryError:
        raise
    except (TypeError, ValueError, KeyError, AttributeError, RuntimeError, OSError) as error:
        if "allocate memory" in str(error):
            raise
        raise InputRefused(
            str(network.folder), None, f"cannot be loaded as {class_name} ({_first_line(error)})", COPY_AGAIN
        ) from error
    lacking = sorted({*report["missing_keys"], *(key[0] for key in report["mismatched_keys"])})
    if lacking:
        raise InputRefused(
            str(network.folder),
            lacking[0],
            f"is not in the weights as config.json describes it, with {len(lacking)} in all: {class_name} would run "
            "on invented numbers",
            COPY_AGAIN,
        )
    return loaded.eval().requires_grad_(False)


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
