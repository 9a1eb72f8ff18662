"""What is set up once so that every denoising step is quicker: chosen where it pays, and applied to a pipeline."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from analytics.vocabulary.errors import InputRefused, Problem
from generation.ai.checkpoints.components import known_assembly
from generation.ai.checkpoints.recorded_steps import record_steps
from generation.ai.estimates.clip_cost import clip_cost
from generation.ai.estimates.machines import card_named, this_machine
from generation.ai.model_presets import SPEED_LEVERS, ModelPreset

MEANING = {
    "cuda_graph": "records a denoising step on the card and replays it, so that the card never waits for the "
    "processor; the same kernels, so the same picture",
    "regional_compile": "compiles the blocks that the denoiser repeats, with fewer and larger kernels; pictures differ "
    "by rounding",
}
NONE = "none"
"""What a user says who wants none of them."""
LEAST_GAIN = 1.5
"""A lever is pulled by itself where it saves at least so many times the seconds that setting it up takes: the shares
were measured on one card, and a shot that is slower than expected is worse than one that is as slow as expected."""
MEMORY_LEVERS_BESIDE = ("vae_tiling",)
"""Every other memory lever moves or recasts weights while the denoiser runs: a recorded step would read freed memory,
and compiled blocks would be compiled again."""
NOTHING_TO_COMPILE = "has nothing to compile: diffusers names no repeated blocks in this model"


@dataclass(frozen=True)
class SpeedChoice:
    """Speed levers of a render, and a sentence that says why these."""

    levers: tuple[str, ...]
    because: str


def check_speed_levers(preset: ModelPreset, device: str, levers: Sequence[str], memory_levers: Sequence[str]) -> None:
    """Find speed levers that were asked for and cannot be pulled.

    Raises
    ------
    InputRefused
        Naming each of them, and why.
    """
    mend = f"leave it out, or say {NONE} for none at all"
    reasons = {lever: why_not(preset, lever, device, memory_levers) for lever in levers if list(levers) != [NONE]}
    problems = [Problem("speed", lever, why, mend) for lever, why in reasons.items() if why is not None]
    if problems:
        raise InputRefused.all_of(problems)


def choose_speed_levers(
    preset: ModelPreset, device: str, asked: Sequence[str], memory_levers: Sequence[str], native_clips: float
) -> SpeedChoice:
    """Choose what to set up for a render.

    Parameters
    ----------
    asked
        What a user named; empty for those that pay.
    memory_levers
        Those that are applied.
    native_clips
        How much is asked of the model, in clips of its native size, frames and steps.
    """
    if asked:
        check_speed_levers(preset, device, asked, memory_levers)
        return SpeedChoice(tuple(lever for lever in SPEED_LEVERS if lever in asked), "asked for")
    hindrances = {lever: why_not(preset, lever, device, memory_levers) for lever in preset.speed_levers}
    free = [lever for lever, hindrance in hindrances.items() if hindrance is None]
    levers, reasons = what_pays(preset, free, native_clips * denoise_seconds(preset)) if free else ((), [])
    reasons += [f"{lever} {hindrance}" for lever, hindrance in hindrances.items() if hindrance is not None]
    return SpeedChoice(levers, "; ".join(reasons) or f"none was tried with {preset.name}")


def what_pays(preset: ModelPreset, levers: Sequence[str], seconds: float) -> tuple[tuple[str, ...], list[str]]:
    """Levers that save at least `LEAST_GAIN` times what they cost, and a sentence for each that could be pulled.

    Parameters
    ----------
    seconds
        Of denoising that lie before the card, without any lever.
    """
    chosen, reasons = [], []
    for lever in levers:
        share, set_up = (preset.speed_levers[lever][name] for name in ("saved_share", "set_up_seconds"))
        pays = share * seconds >= LEAST_GAIN * set_up
        words = "saves" if pays else "would save"
        reasons.append(f"{lever} {words} about {share * seconds:.2g} s and takes {set_up:.2g} s to set up")
        if pays:
            chosen.append(lever)
            seconds *= 1 - share
    return tuple(chosen), reasons


def denoise_seconds(preset: ModelPreset) -> float:
    """Denoising of one native clip without any lever, as recorded or assumed for this machine.

    As on an H100 where nothing is known of the card: most are slower, and then a lever pays sooner.
    """
    cost = clip_cost(preset, this_machine()) or clip_cost(preset, card_named("h100"))
    if cost is None:
        return 0.0
    flops = preset.clip_flops
    denoise = preset.steps * flops["denoise_step"]
    return cost.seconds * denoise / (denoise + flops["encode"] + flops["decode"])


def apply_speed_levers(pipeline: Any, levers: Sequence[str]) -> None:
    """Set up the denoising networks of a pipeline; compiling and recording happen in its first two steps.

    Raises
    ------
    InputRefused
        If nothing in them can be compiled, which is not known before for a pipeline that no shipped preset has.
    """
    named: list[Any] = [getattr(pipeline, name, None) for name in ("transformer", "unet", "controlnet")]
    networks = [network for network in named if network is not None]
    if "regional_compile" in levers:
        with_blocks = [network for network in networks if network._repeated_blocks]
        if not with_blocks:
            raise InputRefused("speed", "regional_compile", NOTHING_TO_COMPILE, "leave it out")
        for network in with_blocks:
            # Not dynamic: a clip has one size, and kernels for any size are slower than those for this one.
            network.compile_repeated_blocks(dynamic=False)
    if "cuda_graph" in levers:
        for network in networks:
            record_steps(network)


def why_not(preset: ModelPreset, lever: str, device: str, memory_levers: Sequence[str]) -> str | None:
    """Why a lever cannot be pulled here, or ``None``."""
    if lever == NONE:
        return "stands alone"
    if lever not in SPEED_LEVERS:
        return f"is no speed lever; there are {', '.join(SPEED_LEVERS)}"
    if device != "cuda":
        return "needs a card"
    beside = [name for name in memory_levers if name not in MEMORY_LEVERS_BESIDE]
    if beside:
        return f"cannot go with {', '.join(beside)}, which moves or recasts weights in mid-step"
    if lever == "regional_compile" and not _names_blocks(preset):
        return NOTHING_TO_COMPILE
    if lever == "regional_compile" and not (find_spec("triton") and _has_c_compiler()):
        return "needs triton and a C compiler, and one of them is not installed"
    return None


def _names_blocks(preset: ModelPreset) -> bool:
    assembly = known_assembly(preset)
    if assembly is None:
        return True  # not known before it is loaded
    import diffusers

    class_name = assembly.parts[assembly.denoiser].class_name.rpartition(".")[2]
    return bool(getattr(diffusers, class_name)._repeated_blocks)


def _has_c_compiler() -> bool:
    return bool(os.environ.get("CC")) or any(shutil.which(name) for name in ("cc", "gcc", "clang"))
