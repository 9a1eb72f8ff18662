"""What can be traded for memory: applied to a pipeline, and named when a render ran out of it."""

from collections.abc import Sequence
from typing import Any

from analytics.vocabulary.errors import InputRefused, Problem
from generation.ai.model_presets import ModelPreset

MEANING = {
    "vae_tiling": "decodes the picture in tiles: less memory at the end, a little slower, seams are blended",
    "layerwise_float8": "keeps the denoiser's weights in 8 bits and widens them layer by layer: half of its memory",
    "model_cpu_offload": "holds one network at a time on the card, the others in main memory",
    "group_offload": "holds one layer at a time on the card: least memory, slowest; takes model_cpu_offload's place",
}
NEEDS_CARD = ("model_cpu_offload", "group_offload")
"""They move weights between the card and main memory."""


def check_levers(preset: ModelPreset, device: str, levers: Sequence[str]) -> None:
    """Find levers that a preset does not have or a machine cannot pull.

    Raises
    ------
    InputRefused
        Naming each of them, and those that there are.
    """
    possible = levers_left(preset, (), device)
    problems = []
    for lever in levers:
        if lever in possible:
            continue
        why = (
            "moves weights between a card and main memory, and there is no card here"
            if lever in preset.memory_levers
            else f"is no memory lever of {preset.name}"
        )
        mend = f"choose from: {', '.join(possible)}" if possible else "leave it out"
        problems.append(Problem("lever", lever, why, mend))
    if problems:
        raise InputRefused.all_of(problems)


def levers_left(preset: ModelPreset, applied: Sequence[str], device: str | None = None) -> tuple[str, ...]:
    """Levers of a preset that are not applied yet and that would still save something, in the order to try.

    Parameters
    ----------
    device
        ``cpu`` or ``cuda``; ``None`` for what this machine has.
    """
    if device is None:
        from generation.ai.checkpoints.devices import device_of_this_machine

        device = device_of_this_machine()
    gone = set(applied)
    if "group_offload" in gone:
        gone.add("model_cpu_offload")
    return tuple(
        lever for lever in preset.memory_levers if lever not in gone and (device == "cuda" or lever not in NEEDS_CARD)
    )


def apply_levers(pipeline: Any, preset: ModelPreset, device: str, levers: Sequence[str]) -> tuple[str, ...]:
    """Put a pipeline onto its device with the levers pulled.

    Parameters
    ----------
    pipeline
        Its networks still in main memory, or on the device already.
    levers
        Of `ModelPreset.memory_levers`, in any order.

    Returns
    -------
    tuple of str
        What was applied, in the preset's order; without ``model_cpu_offload`` where ``group_offload`` does its work.

    Raises
    ------
    InputRefused
        If a lever is not among those that the preset has and this device can use.
    """
    check_levers(preset, device, levers)
    wanted = [lever for lever in preset.memory_levers if lever in levers]
    if "group_offload" in wanted and "model_cpu_offload" in wanted:
        wanted.remove("model_cpu_offload")
    if "vae_tiling" in wanted:
        pipeline.vae.enable_tiling()
    if "layerwise_float8" in wanted:
        _store_in_float8(pipeline)
    if "group_offload" in wanted:
        import torch

        pipeline.enable_group_offload(onload_device=torch.device(device), offload_type="leaf_level", use_stream=True)
    elif "model_cpu_offload" in wanted:
        pipeline.enable_model_cpu_offload(device=device)
    else:
        pipeline.to(device)
    return tuple(wanted)


def _store_in_float8(pipeline: Any) -> None:
    import torch

    for name in ("transformer", "unet", "controlnet"):
        network = getattr(pipeline, name, None)
        if network is not None and not getattr(network, "_stored_in_float8", False):
            network.enable_layerwise_casting(storage_dtype=torch.float8_e4m3fn, compute_dtype=network.dtype)
            network._stored_in_float8 = True  # a second pipeline of the same networks must not wrap them again
