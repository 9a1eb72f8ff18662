"""Measures one full-size model: builds it, runs one clip through diffusers, and writes down what it took."""

import contextlib
import datetime
import platform
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from generation.ai.estimates.machines import rating_of
from generation.ai.full_size.assemblies import Assembly
from generation.ai.full_size.card import Card
from generation.ai.full_size.pipeline import build_pipeline, call_arguments, timed_methods
from generation.ai.full_size.stage_timing import MethodTimer, StageMeasurement, StepTimer
from generation.ai.model_presets import ModelPreset

EXPECTED_UTILISATION = (0.28, 0.38)
EXPECTED_UTILISATION_COMPILED = (0.28, 0.51)
BELIEVABLE_UTILISATION = (0.20, 0.60)
"""A utilisation outside of these is a fault of the measurement until it is explained."""
WHOLE_CLIP = "median step x native steps, plus each other stage measured once; loading is not in it"
DENOISING_ALONE = "median step x native steps: the denoising alone, and its memory; compiling is the first warm-up step"
"""What `native_seconds`, `native_joules` and `peak_vram_bytes` of a record hold."""

Report = Callable[[dict[str, Any]], None]


def measure(
    preset: ModelPreset,
    assembly: Assembly,
    card: Card,
    device: str,
    matmul_flops_per_second: float,
    report: Report,
    warm_ups: int = 2,
    compiled_with_flops_per_call: int | None = None,
    attention_backend: str = "native",
) -> dict[str, Any]:
    """Build a model with random weights and measure every stage of one native clip.

    Parameters
    ----------
    preset, assembly
        What is run, and what it is made of.
    matmul_flops_per_second
        Ceiling measured in the same run, for the utilisation.
    report
        Given the record so far after the denoising and again at the end, so that a run can be cut at any moment.
    warm_ups
        Steps before the measured ones, at least 1.
    compiled_with_flops_per_call
        Compile the repeated blocks of the denoiser and measure the denoising only. Its operations have to be known from
        a run without compilation.
    attention_backend
        One of diffusers' names, such as ``native`` or ``_native_cudnn``.

    Returns
    -------
    dict
        The record; every name carries its unit.
    """
    import torch

    started = time.perf_counter()
    compiled = compiled_with_flops_per_call is not None
    record = _about(preset, card, attention_backend, compiled, warm_ups)
    pipeline = build_pipeline(preset, assembly, device)
    card.settle()
    record["build_seconds"] = time.perf_counter() - started
    record["parameter_count"] = {
        name: sum(weight.numel() for weight in getattr(pipeline, name).parameters()) for name in assembly.parts
    }
    denoiser = getattr(pipeline, assembly.denoiser)
    if compiled:
        denoiser.compile_repeated_blocks()
    beside = [getattr(pipeline, name) for name in assembly.parts if name == "controlnet"]
    steps = StepTimer(card, pipeline, denoiser, preset.steps, warm_ups, compiled_with_flops_per_call, beside)
    methods = {
        stage: MethodTimer(card, stage, owner, method)
        for stage, (owner, method) in ({} if compiled else timed_methods(preset, pipeline)).items()
    }
    arguments = call_arguments(preset, pipeline)
    if compiled:
        arguments["output_type"] = "latent"
    ended = _Reporter(steps, lambda: report(_complete(record, preset, steps, methods, matmul_flops_per_second, False)))
    with _attention(attention_backend), torch.no_grad():
        pipeline(**arguments, callback_on_step_end=ended)
    finished = _complete(record, preset, steps, methods, matmul_flops_per_second, True)
    finished["wall_seconds"] = time.perf_counter() - started
    report(finished)
    return finished


class _Reporter:
    """Passes steps on to their timer, and reports once when they have been measured."""

    def __init__(self, steps: StepTimer, report: Callable[[], None]) -> None:
        self._steps, self._report, self._reported = steps, report, False

    def __call__(self, pipeline: Any, step: int, timestep: Any, kept: dict[str, Any]) -> dict[str, Any]:
        kept = self._steps(pipeline, step, timestep, kept)
        if self._steps.measurement is not None and not self._reported:
            self._reported = True
            self._report()
        return kept


def _about(preset: ModelPreset, card: Card, attention_backend: str, compiled: bool, warm_ups: int) -> dict[str, Any]:
    import diffusers
    import torch
    import transformers

    return {
        "model": preset.name,
        "title": preset.title,
        "purpose": "benchmark",
        "weights": "random",
        "measured_at_utc": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "hardware": card.hardware,
        "versions": {
            "python": platform.python_version(),
            "torch": torch.__version__,
            "diffusers": diffusers.__version__,
            "transformers": transformers.__version__,
        },
        "pipeline_class": preset.pipeline_class,
        "precision": preset.precision,
        "attention_backend": attention_backend,
        "compiled": compiled,
        "width": preset.width,
        "height": preset.height,
        "frame_count": preset.frame_count,
        "frames_per_second": preset.frames_per_second,
        "guidance": preset.guidance,
        "native_steps": preset.steps,
        "warm_up_steps": warm_ups,
    }


def _complete(
    record: dict[str, Any],
    preset: ModelPreset,
    steps: StepTimer,
    methods: dict[str, MethodTimer],
    matmul_flops_per_second: float,
    complete: bool,
) -> dict[str, Any]:
    stages = {stage: timer.measurement for stage, timer in methods.items() if timer.measurement is not None}
    denoise = steps.measurement
    if denoise is None:
        return {**record, "complete": False, "stages": {name: _of_stage(stage) for name, stage in stages.items()}}
    step_seconds = denoise.median_seconds
    seconds = step_seconds * preset.steps + sum(stage.median_seconds for stage in stages.values())
    energies = [stage.joules_per_run for stage in stages.values()]
    step_joules = denoise.joules_per_run
    known = step_joules is not None and all(energy is not None for energy in energies)
    peaks = [stage.peak_vram_bytes for stage in (denoise, *stages.values()) if stage.peak_vram_bytes is not None]
    return {
        **record,
        "complete": complete,
        "stages": {"denoise_step": _of_stage(denoise), **{name: _of_stage(stage) for name, stage in stages.items()}},
        "measured_steps": len(denoise.seconds),
        "extrapolated": len(denoise.seconds) < preset.steps,
        "denoiser_calls_per_step": steps.calls_per_step,
        "denoiser_flops_per_call": steps.flops_per_call,
        "seconds_per_step": step_seconds,
        "native_seconds": seconds,
        "native_joules": step_joules * preset.steps + sum(e or 0.0 for e in energies)
        if known and step_joules
        else None,
        "native_note": DENOISING_ALONE if record["compiled"] else WHOLE_CLIP,
        "peak_vram_bytes": max(peaks, default=None),
        **_utilisation(record, denoise, matmul_flops_per_second),
    }


def _of_stage(stage: StageMeasurement) -> dict[str, Any]:
    return {**asdict(stage), "median_seconds": stage.median_seconds, "joules_per_run": stage.joules_per_run}


def _utilisation(record: dict[str, Any], denoise: StageMeasurement, ceiling: float) -> dict[str, Any]:
    """Model FLOPs utilisation of the denoising, and whether it can be believed."""
    achieved = None if denoise.flops is None else denoise.flops / denoise.median_seconds
    rating = rating_of(str(record["hardware"]["device"]))
    rated = None if rating is None else float(rating["bfloat16_flops_per_second"])
    share = achieved / rated if achieved is not None and rated is not None else None
    low, high = EXPECTED_UTILISATION_COMPILED if record["compiled"] else EXPECTED_UTILISATION
    if share is None:
        verdict = "not known"
    elif not BELIEVABLE_UTILISATION[0] <= share <= BELIEVABLE_UTILISATION[1]:
        verdict = "flagged: outside 20 to 60 %, a fault until explained"
    else:
        verdict = "as expected" if low <= share <= high else f"believable, outside {low:.0%} to {high:.0%}"
    return {
        "achieved_flops_per_second": achieved,
        "rated_flops_per_second": rated,
        "matmul_flops_per_second": ceiling,
        "utilisation_of_rated": share,
        "utilisation_of_matmul": achieved / ceiling if achieved is not None else None,
        "utilisation_verdict": verdict,
    }


def _attention(backend: str) -> contextlib.AbstractContextManager[Any]:
    if backend == "native":
        return contextlib.nullcontext()
    from diffusers.models.attention_dispatch import attention_backend

    context: contextlib.AbstractContextManager[Any] = attention_backend(backend)
    return context
