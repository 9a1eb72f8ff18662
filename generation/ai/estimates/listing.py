"""What ``shotledger models`` lists: every preset, whether a machine holds it, and what a clip takes there."""

import tomllib
from typing import Any

from analytics.vocabulary.errors import ShotledgerError
from analytics.vocabulary.shipped import shipped_path
from generation.ai.checkpoints.finding import find_weights
from generation.ai.checkpoints.memory_levers import MEANING, NEEDS_CARD
from generation.ai.estimates.clip_cost import clip_cost
from generation.ai.estimates.machines import Machine
from generation.ai.estimates.memory import BYTES_PER_PARAMETER, has_room, holding, needs_of
from generation.ai.model_presets import ModelPreset, find_preset, preset_names

EMBEDDED = "embedded"


def model_rows(machine: Machine) -> list[dict[str, Any]]:
    """One row for the embedded model and one for each preset, the smallest first; every name carries its unit."""
    presets = sorted(map(find_preset, preset_names()), key=lambda preset: sum(preset.parameters.values()))
    rows = [model_row(preset, machine) for preset in presets]
    embedded = _embedded_row()
    return [{name: embedded[name] for name in rows[0]}, *rows]


def model_row(preset: ModelPreset, machine: Machine) -> dict[str, Any]:
    """What a preset is, and what it needs and takes on a machine."""
    held = holding(preset, machine)
    cost = clip_cost(preset, machine, held)
    parameter_count = sum(preset.parameters.values()) or None
    return {
        "name": preset.name,
        "title": preset.title,
        "takes": list(preset.takes),
        "width": preset.width,
        "height": preset.height,
        "frame_count": preset.frame_count,
        "frames_per_second": preset.frames_per_second,
        "steps": preset.steps,
        "parameter_count": parameter_count,
        "weights_bytes": None if parameter_count is None else parameter_count * BYTES_PER_PARAMETER[preset.precision],
        "weights_here": _weights_here(preset),
        "machine": machine.title,
        "machine_memory_bytes": machine.memory_bytes,
        "held": held.words,
        "levers": [] if held.needs is None else list(held.needs.levers),
        "needed_bytes": None if held.needs is None else held.needs.device_bytes,
        "clip_seconds": None if cost is None else cost.seconds,
        "clip_seconds_low": None if cost is None else cost.low_seconds,
        "clip_seconds_high": None if cost is None else cost.high_seconds,
        "clip_joules": None if cost is None else cost.joules,
        "clip_origin": None if cost is None else cost.origin.value,
        "clip_source": None if cost is None else cost.source,
        "commercial_use": preset.commercial_use,
        "licence": preset.licence,
        "suits": preset.suits,
    }


def model_in_full(preset: ModelPreset, machine: Machine) -> dict[str, Any]:
    """Everything that is known of a preset, and its memory on a machine with each further lever."""
    usable = [lever for lever in preset.memory_levers if machine.device == "cuda" or lever not in NEEDS_CARD]
    memory = []
    for count in range(len(usable) + 1 if preset.parameters else 0):
        needs = needs_of(preset, machine.precision, usable[:count])
        memory.append(
            {
                "levers": list(needs.levers),
                "needed_bytes": needs.device_bytes,
                "main_memory_bytes": needs.main_memory_bytes,
                "fits": has_room(needs, machine),
            }
        )
    return {
        **model_row(preset, machine),
        "pipeline_class": preset.pipeline_class,
        "first_frame_pipeline_class": preset.first_frame_pipeline_class or None,
        "hub_id": preset.hub_id,
        "revision": preset.revision,
        "parts_from": {name: dict(part) for name, part in preset.parts_from.items()},
        "commercial_terms": preset.commercial_terms,
        "sizes": [list(size) for size in preset.sizes],
        "size_multiple": preset.size_multiple,
        "frame_step": preset.frame_step,
        "guidance": preset.guidance,
        "negative_prompt": preset.negative_prompt,
        "scheduler": {"class": preset.scheduler_class, **preset.scheduler_arguments},
        "call": dict(preset.call),
        "precision": preset.precision,
        "precision_here": machine.precision,
        "parameters": dict(preset.parameters),
        "clip_flops": dict(preset.clip_flops),
        "memory_levers": {lever: MEANING[lever] for lever in preset.memory_levers},
        "memory": memory,
    }


def _weights_here(preset: ModelPreset) -> str | None:
    """Where the weights of a preset lie on this machine; what is there but cannot be used counts as refused."""
    try:
        found = find_weights(preset, None)
    except ShotledgerError:
        return "refused"
    return None if found is None else found.source


def _embedded_row() -> dict[str, Any]:
    described = tomllib.loads(shipped_path("models", f"{EMBEDDED}.toml").read_text(encoding="utf-8"))
    unknown = dict.fromkeys(("width", "height", "frames_per_second", "frame_count", "machine", "machine_memory_bytes"))
    not_estimated = ("needed_bytes", "seconds", "seconds_low", "seconds_high", "joules", "origin", "source")
    return {
        **unknown,
        **{name if name == "needed_bytes" else f"clip_{name}": None for name in not_estimated},
        "name": EMBEDDED,
        "title": described["name"],
        "takes": ["blocking video"],
        "steps": 1,
        "parameter_count": described["parameter_count"],
        "weights_bytes": described["parameter_count"] * BYTES_PER_PARAMETER["float16"],
        "weights_here": "shipped",
        "held": "yes",
        "levers": [],
        "commercial_use": "yes",
        "licence": described["licence"],
        "suits": "The default: finishes the blocking of a test shot, on any machine.",
    }
