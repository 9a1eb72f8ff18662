"""Machines as estimates see them: this one, or a graphics card by its name, rated by what its makers say."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psutil

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.shipped import shipped_path

REACHED_ELSEWHERE = 0.4
"""Share of a card's rated speed that is assumed where nothing was published: what the recorded H100 reached."""
REACHED_BY_PROCESSORS = 0.5
"""Large float32 products come to 0.6 to 0.8 of a processor's peak; a network also normalises and copies."""
_FLOPS_PER_CYCLE = (("amx_bf16", 1024), ("avx512_bf16", 128), ("avx512f", 64), ("avx2", 32), ("asimd", 16))
"""Of one core and its widest unit, two operations for each multiply-and-add."""
_BYTES_PER_SECOND_OF_MAIN_MEMORY = 20e9
_GIGAHERTZ_ASSUMED = 2.5


@dataclass(frozen=True)
class Machine:
    """What an estimate needs to know of a machine.

    Attributes
    ----------
    device
        ``cuda`` or ``cpu``.
    memory_bytes
        Of one card; on a processor the main memory.
    main_memory_bytes
        ``None`` where it isn't known, as for a card that is only named.
    flops_per_second
        Rated by its maker in `precision`; ``None`` for a card that we have no figures of.
    bytes_per_second
        Of the memory that the weights are read from.
    reached
        Share of `flops_per_second` that whole denoising steps come to.
    """

    name: str
    title: str
    device: str
    precision: str
    memory_bytes: int
    main_memory_bytes: int | None
    flops_per_second: float | None
    bytes_per_second: float | None
    watts: float | None
    reached: float
    source: str


def this_machine() -> Machine:
    """The card of this machine, or its processor where it has none. Needs no torch."""
    from generation.metering.hardware import read_hardware

    hardware = read_hardware()
    main_memory_bytes = int(psutil.virtual_memory().total)
    if hardware.gpu_model is None:
        return _processor(hardware.cpu_model, hardware.cpu_count, hardware.cpu_tdp_watts, main_memory_bytes)
    rating = rating_of(hardware.gpu_model)
    if rating is None:
        why = f"no figures of {hardware.gpu_model} in data/hardware/gpus.toml"
        return Machine(
            "gpu", hardware.gpu_model, "cuda", "bfloat16", hardware.gpu_memory_bytes, main_memory_bytes,
            None, None, None, REACHED_ELSEWHERE, why,
        )  # fmt: skip
    return _card(rating, hardware.gpu_memory_bytes, main_memory_bytes)


def card_named(name: str) -> Machine:
    """A card of ``data/hardware/gpus.toml``.

    Raises
    ------
    InputRefused
        If there is none of that name.
    """
    for rating in _ratings():
        if rating["name"] == name:
            return _card(rating, rating["memory_bytes"], None)
    names = ", ".join(str(rating["name"]) for rating in _ratings())
    raise InputRefused("card", name, "there are no figures of such a card", f"choose one of: {names}")


def rating_of(device_name: str) -> dict[str, Any] | None:
    """The maker's figures of a card, found by the name that its driver gives it."""
    return next((rating for rating in _ratings() if re.search(rating["pattern"], device_name, re.IGNORECASE)), None)


@cache
def _ratings() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(shipped_path("hardware", "gpus.toml").read_text(encoding="utf-8"))["gpu"])


def _card(rating: dict[str, Any], memory_bytes: int, main_memory_bytes: int | None) -> Machine:
    return Machine(
        name=rating["name"],
        title=rating["title"],
        device="cuda",
        precision="bfloat16",
        memory_bytes=memory_bytes,
        main_memory_bytes=main_memory_bytes,
        flops_per_second=rating["bfloat16_flops_per_second"],
        bytes_per_second=rating["bytes_per_second"],
        watts=rating["watts"],
        reached=rating.get("reached", REACHED_ELSEWHERE),
        source=rating["source"],
    )


def _processor(model: str, thread_count: int, watts: float, memory_bytes: int) -> Machine:
    features, gigahertz = _cpuinfo()
    unit, flops_per_cycle = next(((unit, flops) for unit, flops in _FLOPS_PER_CYCLE if unit in features), ("scalar", 8))
    cores = max(1.0, thread_count / 2) if "ht" in features else float(thread_count)
    return Machine(
        name="cpu",
        title=f"{thread_count} CPUs of {model}",
        device="cpu",
        precision="bfloat16" if unit in ("amx_bf16", "avx512_bf16") else "float32",
        memory_bytes=memory_bytes,
        main_memory_bytes=memory_bytes,
        flops_per_second=cores * gigahertz * 1e9 * flops_per_cycle,
        bytes_per_second=_BYTES_PER_SECOND_OF_MAIN_MEMORY,
        watts=watts,
        reached=REACHED_BY_PROCESSORS,
        source=f"{cores:g} cores at {gigahertz:.1f} GHz with {unit}: {flops_per_cycle} operations a cycle",
    )


def _cpuinfo() -> tuple[set[str], float]:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return set(), _GIGAHERTZ_ASSUMED
    features = re.search(r"^(?:flags|Features)\s*:\s*(.+)$", text, re.MULTILINE)
    megahertz = re.search(r"^cpu MHz\s*:\s*([\d.]+)", text, re.MULTILINE)
    return (
        set(features[1].split()) if features else set(),
        float(megahertz[1]) / 1000 if megahertz else _GIGAHERTZ_ASSUMED,
    )
