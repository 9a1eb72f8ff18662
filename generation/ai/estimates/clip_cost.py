"""Seconds and joules of one native clip: as recorded on such a card, else assumed from operations and a roofline."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from analytics.vocabulary.origin import Origin
from analytics.vocabulary.shipped import shipped_path
from generation.ai.estimates.machines import Machine, card_named, rating_of
from generation.ai.estimates.memory import BYTES_PER_PARAMETER, Holding, holding
from generation.ai.full_size.assemblies import full_size
from generation.ai.model_presets import ModelPreset, find_preset, preset_names

TO_THE_CARD_BYTES_PER_SECOND = 20e9
"""Of PCIe 4 with sixteen lanes, as offloaded weights travel."""
LOW, HIGH = 0.7, 1.7
"""A clip took between these multiples of the assumed seconds in all 11 published timings, on four cards, that the test
of this module lists: ten took 0.87 to 1.15 of them, one that offloads 1.68. What those cards are said to reach rests
partly on the same timings, so another machine may lie further off."""
POWER_WHILE_RUNNING = 0.95
"""Share of the rated power that video models drew: 0.64 to 0.70 kJ a second on a card of 700 W, see data/recordings."""


@dataclass(frozen=True)
class ClipCost:
    """What one native clip takes: the preset's first size, its frames and steps, loading apart.

    Attributes
    ----------
    origin
        ``measured`` where a recording of this model on this card exists, else ``assumed``.
    low_seconds, high_seconds
        Between these the assumed seconds may lie; both are `seconds` where they were measured.
    joules
        ``None`` where the power is not known.
    source
        The recording's file, or what the estimate rests on.
    """

    seconds: float
    low_seconds: float
    high_seconds: float
    joules: float | None
    origin: Origin
    source: str


def clip_cost(preset: ModelPreset, machine: Machine, held: Holding | None = None) -> ClipCost | None:
    """What one native clip of a preset takes on a machine.

    Parameters
    ----------
    held
        How the machine holds the model, by default as `holding` finds it: offloaded weights have to travel.

    Returns
    -------
    ClipCost or None
        ``None`` where the machine cannot hold the model, or too little is known of either.
    """
    held = held or holding(preset, machine)
    recorded = recording_on(preset, machine.name)
    if recorded is not None and held.needs is not None and held.needs.levers == _levers_of(recorded):
        seconds = float(recorded["native_seconds"])
        joules = recorded["native_joules"]
        return ClipCost(seconds, seconds, seconds, joules, Origin.MEASURED, f"data/recordings/{recorded['file']}")
    if not held.fits or held.needs is None or not preset.clip_flops or machine.flops_per_second is None:
        return None
    speed = machine.flops_per_second * machine.reached * _relative_efficiency(preset, machine)
    seconds = _assumed_seconds(preset, machine, speed, held.needs.levers)
    watts = None if machine.watts is None else machine.watts * POWER_WHILE_RUNNING
    return ClipCost(
        seconds,
        seconds * LOW,
        seconds * HIGH,
        None if watts is None else watts * seconds,
        Origin.ASSUMED,
        f"{_operations(preset) / 1e15:.3g} PFLOP at {speed / machine.flops_per_second:.0%} of "
        f"{machine.flops_per_second / 1e12:.3g} TFLOP/s",
    )


def recording_on(preset: ModelPreset, card_name: str) -> dict[str, Any] | None:
    """The shipped recording of a preset as it is run by default on a card, or ``None``."""
    return _recordings().get((preset.name, card_name))


def _levers_of(record: dict[str, Any]) -> tuple[str, ...]:
    return ("vae_tiling",) if record["stages"]["decode"]["tiled"] else ()


def _assumed_seconds(preset: ModelPreset, machine: Machine, speed: float, levers: tuple[str, ...]) -> float:
    """Roofline: a step takes as long as its operations at a speed, or as moving its weights, whichever is longer."""
    width = BYTES_PER_PARAMETER[machine.precision]
    flops = preset.clip_flops
    weights = {name: count * width for name, count in preset.parameters.items()}
    denoiser = sum(weights.get(name, 0) for name in ("transformer", "unet", "controlnet"))
    travel = TO_THE_CARD_BYTES_PER_SECOND if "group_offload" in levers else machine.bytes_per_second
    step = max(flops["denoise_step"] / speed, denoiser / travel if travel else 0.0)
    seconds = flops["encode"] / speed + preset.steps * step + flops["decode"] / speed
    if "model_cpu_offload" in levers:
        seconds += sum(weights.values()) / TO_THE_CARD_BYTES_PER_SECOND
    return seconds


def _operations(preset: ModelPreset) -> float:
    flops = preset.clip_flops
    return float(flops["encode"] + preset.steps * flops["denoise_step"] + flops["decode"])


def _relative_efficiency(preset: ModelPreset, machine: Machine) -> float:
    """How far a model stays behind others on the same card, carried over from the card that it was recorded on.

    A model without a recording is taken for the recorded one that has the same denoiser. A processor is slow enough to
    keep up with itself: what holds a model up on a card does not hold it up there.
    """
    if machine.device == "cpu":
        return 1.0
    alike = {preset.name: 0} | {name: 1 for name in preset_names() if _denoiser(name) == _denoiser(preset.name)}
    for name in sorted(alike, key=lambda each: alike[each]):
        for (model, card_name), record in _recordings().items():
            if model == name and record["utilisation_of_rated"]:
                return float(record["utilisation_of_rated"]) / card_named(card_name).reached
    return 1.0


def _denoiser(name: str) -> str | None:
    """Class of a shipped model's denoiser."""
    if name not in preset_names():
        return None
    assembly = full_size(find_preset(name))
    return assembly.parts[assembly.denoiser].class_name


@cache
def _recordings() -> Mapping[tuple[str, str], dict[str, Any]]:
    """Recordings of models run as they come, neither compiled nor with another attention, by model and card."""
    found = {}
    for path in sorted(shipped_path("recordings").glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        rating = rating_of(record["hardware"]["device"])
        plain = not record["compiled"] and record["attention_backend"] == "native"
        if plain and rating is not None and not path.stem.endswith("_earlier"):
            found[record["model"], str(rating["name"])] = {**record, "file": path.name}
    return found
