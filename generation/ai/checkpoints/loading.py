"""Loads a preset's weights into a diffusers pipeline: from a folder, from the hub, or random ones for a benchmark."""

import inspect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.util import find_spec
from typing import Any

from analytics.vocabulary.errors import InputRefused, MissingPart
from generation.ai.checkpoints import hub, memory_levers
from generation.ai.checkpoints.devices import device_of_this_machine, precision_on
from generation.ai.checkpoints.digests import weights_digest
from generation.ai.checkpoints.finding import fetch_weights, find_weights
from generation.ai.checkpoints.memory_levers import NEEDS_CARD, apply_levers, check_levers
from generation.ai.checkpoints.networks import load_pipeline
from generation.ai.checkpoints.quiet import quiet_libraries
from generation.ai.checkpoints.speed_levers import (
    SpeedChoice,
    apply_speed_levers,
    check_speed_levers,
    choose_speed_levers,
)
from generation.ai.estimates.holding_words import does_not_fit
from generation.ai.estimates.machines import this_machine
from generation.ai.estimates.memory import Holding, holding
from generation.ai.full_size.assemblies import Assembly, full_size
from generation.ai.full_size.pipeline import SEED, build_pipeline
from generation.ai.model_presets import ModelPreset

RANDOM = "random"
"""What is given in place of a folder to build the real architecture with random weights."""


@dataclass(frozen=True)
class LoadedModel:
    """A pipeline that is ready to be called.

    Attributes
    ----------
    preset
        What was loaded.
    pipeline
        A diffusers pipeline of `ModelPreset.pipeline_class` on its device, its own progress bar off.
    device
        ``cpu`` or ``cuda``.
    precision
        As run, such as ``bfloat16``: the preset's on a GPU, on a processor what it multiplies in hardware.
    levers
        Memory levers that were applied, in the preset's words.
    speed
        Speed levers that were applied, and why these.
    source
        ``folder:<name>``, ``hub:<id>@<revision>`` or ``random``.
    revision
        SHA-256 over the checkpoint's weight files, the hub's commit, or ``random seed 7``.
    parameter_count
        Of all its networks: the smaller model of a family has the same classes as the larger, but not as many.
    """

    preset: ModelPreset
    pipeline: Any
    device: str
    precision: str
    levers: tuple[str, ...]
    speed: SpeedChoice
    source: str
    revision: str
    parameter_count: int

    def first_frame_pipeline(self) -> Any:
        """The same networks, on the same device, in the class that starts from a first frame; made once.

        Raises
        ------
        InputRefused
            If the preset has no such class.
        """
        if not self.preset.first_frame_pipeline_class:
            raise InputRefused("first frame", self.preset.name, "this model starts from words only", "leave it out")
        return self._first_frame_pipeline

    @cached_property
    def _first_frame_pipeline(self) -> Any:
        """Not by diffusers' ``from_pipe``: that casts every network, those of the first pipeline too."""
        import diffusers

        built_from = getattr(diffusers, self.preset.first_frame_pipeline_class)
        given = {**self.pipeline.config, **self.pipeline.components}
        wanted = inspect.signature(built_from.__init__).parameters
        with quiet_libraries():
            made = built_from(**{name: value for name, value in given.items() if name in wanted})
            if "model_cpu_offload" in self.levers:
                made.enable_model_cpu_offload(device=self.device)
        made.set_progress_bar_config(disable=True)
        return made


def check_weights(
    preset: ModelPreset, weights: str | None, levers: Sequence[str] | None = None, speed: Sequence[str] = ()
) -> None:
    """Find every reason for which `load_model` would refuse, before anything is rendered.

    Loads nothing and fetches nothing; where the hub has to be asked, at most some seconds.

    Raises
    ------
    InputRefused
        If the folder is of another model, unsafe or damaged, a lever cannot be used, or the machine cannot hold the
        model. All problems of a folder at once.
    MissingPart
        If the libraries are not installed, or the weights are neither here nor to be had.
    """
    _require_libraries()
    check_levers(preset, device_of_this_machine(), levers or ())
    held = holding(preset, this_machine())
    if weights == RANDOM:
        full_size(preset)
        _require_room(preset, held)
    else:
        found = find_weights(preset, weights)
        if found is None:
            hub.require_reachable(preset)
        else:  # the weights at least: how large a picture is asked for is not known here
            parameters = found.checked.parameters
            _require_room(preset, holding(preset, this_machine(), parameters, working_share=0.0))
            held = holding(preset, this_machine(), parameters)
    check_speed_levers(preset, device_of_this_machine(), speed, _levers_needed(held) if levers is None else levers)


def load_model(
    preset: ModelPreset,
    weights: str | None,
    levers: Sequence[str] | None = None,
    speed: Sequence[str] = (),
    native_clips: float = 1.0,
) -> LoadedModel:
    """Load a preset's weights.

    Parameters
    ----------
    preset
        What to load.
    weights
        A folder in diffusers' format; ``random``; or ``None`` for ``$SHOTLEDGER_MODELS/<name>`` where that is a
        folder, else the hub.
    levers
        Memory levers to apply, of `ModelPreset.memory_levers`. ``None`` applies those without which this machine could
        not hold the model, by the estimate.
    speed, native_clips
        Speed levers that were asked for, and the work by which they are chosen where none was; see
        `generation.ai.checkpoints.speed_levers.choose_speed_levers`.

    Raises
    ------
    InputRefused, MissingPart
        As `check_weights`, and where weights do not fit the networks that their configurations describe.
    """
    check_weights(preset, weights, levers, speed)
    device = device_of_this_machine()
    if weights == RANDOM:
        return load_random(preset, full_size(preset), device, levers, speed, native_clips)
    found = find_weights(preset, weights) or fetch_weights(preset)
    levers = _levers_needed(holding(preset, this_machine(), found.checked.parameters)) if levers is None else levers
    precision = precision_on(device, preset)
    with quiet_libraries():
        pipeline = load_pipeline(preset, found.checked, precision)
        applied = apply_levers(pipeline, preset, device, levers)
        pulled = choose_speed_levers(preset, device, speed, applied, native_clips)
        apply_speed_levers(pipeline, pulled.levers)
    files = [file for network in found.checked.networks.values() for file in network.weight_files]
    return LoadedModel(
        preset=preset,
        pipeline=pipeline,
        device=device,
        precision=precision,
        levers=applied,
        speed=pulled,
        source=found.source,
        revision=found.commit or weights_digest(found.checked.path, files),
        parameter_count=sum(found.checked.parameters.values()),
    )


def load_random(
    preset: ModelPreset,
    assembly: Assembly,
    device: str,
    levers: Sequence[str] | None = None,
    speed: Sequence[str] = (),
    native_clips: float = 1.0,
) -> LoadedModel:
    """Build an architecture with random weights, for a benchmark: what it paints is noise."""
    if levers is None:
        levers = _levers_needed(holding(preset, this_machine()))
    if assembly.tile_decode:
        levers = tuple({*levers, "vae_tiling"})
    precision = precision_on(device, preset)
    # A model that the card does not hold as it is, is built in main memory and brought over by its levers.
    built_on = "cpu" if set(levers) & {*NEEDS_CARD, "layerwise_float8"} else device
    with quiet_libraries():
        pipeline = build_pipeline(replace(preset, precision=precision), assembly, built_on)
        applied = apply_levers(pipeline, preset, device, levers)
        pulled = choose_speed_levers(preset, device, speed, applied, native_clips)
        apply_speed_levers(pipeline, pulled.levers)
    networks = [getattr(pipeline, name) for name in assembly.parts]
    return LoadedModel(
        preset=preset,
        pipeline=pipeline,
        device=device,
        precision=precision,
        levers=applied,
        speed=pulled,
        source=RANDOM,
        revision=f"random seed {SEED}",
        parameter_count=sum(weight.numel() for network in networks for weight in network.parameters()),
    )


def levers_left(preset: ModelPreset, applied: Sequence[str]) -> tuple[str, ...]:
    """Levers of a preset that are not applied yet and would still save memory on this machine, in the order to try."""
    return memory_levers.levers_left(preset, applied, device_of_this_machine())


def _levers_needed(held: Holding) -> tuple[str, ...]:
    return () if held.needs is None else held.needs.levers


def _require_room(preset: ModelPreset, held: Holding) -> None:
    if not held.fits:
        raise does_not_fit(preset, held, this_machine())


def _require_libraries() -> None:
    missing = [name for name in ("torch", "diffusers", "transformers", "accelerate") if find_spec(name) is None]
    if missing:
        raise MissingPart(
            ", ".join(missing), None, "the AI workflow's models need it", "run: pip install 'shotledger[ai]'"
        )
