"""Whether a machine can hold a model, and with which memory levers: weights plus what the work itself needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generation.ai.checkpoints.memory_levers import NEEDS_CARD
from generation.ai.estimates.machines import Machine
from generation.ai.model_presets import ModelPreset

BYTES_PER_PARAMETER = {"float32": 4, "float16": 2, "bfloat16": 2}
TILES_LEAVE = 8
"""Decoding in tiles is assumed to need an eighth of the memory where that was not measured."""
LARGEST_LAYER = 0.2
"""Share of the largest network that group offloading is assumed to keep on the card: the layer at work and the next.
The largest layer of all is the table of words of Wan's text encoder, 18 % of it."""
KEPT_BY_THE_SYSTEM = 0.06
"""Share of a card's memory that the driver, the context and fragments take."""
KEPT_OF_MAIN_MEMORY_BYTES = 3_000_000_000
_DENOISERS = ("transformer", "unet", "controlnet")


@dataclass(frozen=True)
class Needs:
    """Memory of a model with certain levers.

    Attributes
    ----------
    device_bytes
        Highest use of the card, or of main memory on a processor.
    main_memory_bytes
        What lies in main memory meanwhile; 0 where everything is on the card.
    """

    levers: tuple[str, ...]
    device_bytes: int
    main_memory_bytes: int


@dataclass(frozen=True)
class Holding:
    """Whether a machine holds a model.

    Attributes
    ----------
    needs
        With the fewest levers that fit; with all of them where nothing fits. ``None`` where the preset says too little.
    fits
        Whether it does.
    """

    fits: bool
    needs: Needs | None

    @property
    def words(self) -> str:
        """``yes``, ``with levers``, ``no`` or ``not known``."""
        if self.needs is None:
            return "not known"
        return ("with levers" if self.needs.levers else "yes") if self.fits else "no"


def holding(
    preset: ModelPreset,
    machine: Machine,
    parameters: Mapping[str, int] | None = None,
    working_share: float | None = None,
) -> Holding:
    """Find the fewest levers with which a machine holds a model, those that leave the picture alone first.

    Parameters
    ----------
    parameters
        Number of parameters of each network as they really are; by default the preset's.
    working_share
        Share of the preset's working memory that is needed; by default as much less as the networks are smaller.
    """
    parameters = parameters or preset.parameters
    if not parameters:
        return Holding(True, None)
    if working_share is None:
        working_share = min(1.0, sum(parameters.values()) / max(1, sum(preset.parameters.values())))
    usable = [lever for lever in preset.memory_levers if machine.device == "cuda" or lever not in NEEDS_CARD]
    for count in range(len(usable) + 1):
        needs = needs_of(preset, machine.precision, usable[:count], parameters, working_share)
        if has_room(needs, machine):
            return Holding(True, needs)
    return Holding(False, needs)


def needs_of(
    preset: ModelPreset,
    precision: str,
    levers: Sequence[str],
    parameters: Mapping[str, int] | None = None,
    working_share: float = 1.0,
) -> Needs:
    """Memory of a native clip with certain levers.

    A sum, not a simulation: the weights that lie on the device, plus the larger of what denoising and decoding need
    beside them.
    """
    width = BYTES_PER_PARAMETER[precision]
    weights = {
        name: count * (1 if "layerwise_float8" in levers and name in _DENOISERS else width)
        for name, count in (parameters or preset.parameters).items()
    }
    working = {name: int(bytes_ * width / 2 * working_share) for name, bytes_ in preset.working_bytes.items()}
    denoise, decode = working.get("denoise", 0), working.get("decode", 0)
    if "vae_tiling" in levers:
        decode = working.get("decode_tiled", decode // TILES_LEAVE)
    on_device = sum(weights.values()) + max(denoise, decode)
    if "model_cpu_offload" in levers or "group_offload" in levers:
        denoisers = max((weights[name] for name in weights if name in _DENOISERS), default=0)
        on_device = max(denoisers + denoise, weights.get("vae", 0) + decode, *weights.values())
    if "group_offload" in levers:
        on_device = min(on_device, max(denoise, decode) + int(LARGEST_LAYER * max(weights.values())))
    offloaded = any(lever in NEEDS_CARD for lever in levers)
    kept = tuple(lever for lever in levers if not (lever == "model_cpu_offload" and "group_offload" in levers))
    return Needs(kept, on_device, sum(weights.values()) if offloaded else 0)


def has_room(needs: Needs, machine: Machine) -> bool:
    """Whether a machine has the memory that a model needs, beside what the system keeps for itself."""
    if machine.device == "cpu":
        return needs.device_bytes <= machine.memory_bytes - KEPT_OF_MAIN_MEMORY_BYTES
    on_card = needs.device_bytes <= machine.memory_bytes * (1 - KEPT_BY_THE_SYSTEM)
    main = machine.main_memory_bytes
    return on_card and (main is None or needs.main_memory_bytes <= main - KEPT_OF_MAIN_MEMORY_BYTES)
