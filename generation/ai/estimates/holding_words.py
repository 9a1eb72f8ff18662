"""Says in words what a machine can hold, for refusals."""

from analytics.vocabulary.errors import InputRefused
from generation.ai.estimates.machines import Machine
from generation.ai.estimates.memory import Holding
from generation.ai.model_presets import ModelPreset


def gigabytes(byte_count: int) -> str:
    """``45.6 GB``, of 10^9 bytes."""
    return f"{byte_count / 1e9:.1f} GB" if byte_count < 100e9 else f"{byte_count / 1e9:.0f} GB"


def does_not_fit(preset: ModelPreset, held: Holding, machine: Machine) -> InputRefused:
    """The refusal of a model that a machine cannot hold, naming where its estimate is to be found."""
    needed = "" if held.needs is None else gigabytes(held.needs.device_bytes)
    with_levers = f" with {', '.join(held.needs.levers)}" if held.needs is not None and held.needs.levers else ""
    also = (
        f", and {gigabytes(held.needs.main_memory_bytes)} of main memory"
        if held.needs is not None and held.needs.main_memory_bytes
        else ""
    )
    return InputRefused(
        "model",
        preset.name,
        f"needs about {needed}{with_levers}{also}, and {machine.title} has {gigabytes(machine.memory_bytes)}",
        f"choose a model that `shotledger models` says this machine can hold; what this one would take elsewhere is "
        f"estimated by `shotledger models {preset.name} --card h100`",
    )
