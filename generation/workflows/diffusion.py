"""The AI workflow with a diffusers model of the presets: what it is shown, its clip, and the conform to the shot."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.vocabulary.errors import InputRefused, RenderFailed
from analytics.vocabulary.frames import FrameSize
from analytics.vocabulary.stage import StageName
from generation.ai.checkpoints.loading import LoadedModel, check_weights, levers_left, load_model
from generation.ai.diffusion.choice import RANDOM_WEIGHTS, check_choice
from generation.ai.diffusion.framing import picture_area
from generation.ai.diffusion.shown import changes_plate, show, takes_scene
from generation.ai.diffusion.timing import clip_timing
from generation.ai.diffusion.windows import plan_windows
from generation.ai.diffusion.words import negative_prompt_for, prompt_for
from generation.ai.model_presets import find_preset
from generation.order import RenderOrder
from generation.workflows.session import Session

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generation.workflows.blocked_scene import BlockedScene

RANDOM_WORDS = "random weights: no picture"
"""Burnt into every frame of a benchmark, so that nobody takes it for a result."""


class DiffusionWorkflow:
    """Renders an order with one of the models that `generation.ai.model_presets` describes.

    Raises
    ------
    InputRefused
        If there is no such model, or the shot is too long for it.
    """

    def __init__(self, order: RenderOrder) -> None:
        self.choice = order.model
        self.preset = preset = find_preset(order.model.name)
        self.engine = "diffusers"
        self.model: str | None = preset.name
        self.key_frames: Mapping[int, str] = {}
        self.steps = order.model.steps or preset.steps
        self.words = (prompt_for(preset, order.shot.prompt), negative_prompt_for(preset))
        self.area = picture_area(preset, order.model, order.size)
        self.timing = clip_timing(preset, order.frames.count, order.shot.fps.exact)
        self.plan = plan_windows(preset, self.timing.frame_count, order.seed, led=self.timing.led)
        self.holds_frames = self.timing.held
        self.settings: Mapping[str, Any] = {
            "preset": order.model.name,
            "pipeline": preset.pipeline_class,
            "weights": _where(order.model.weights),
            "levers": list(order.model.levers),
            "speed_levers": list(order.model.speed),
            "prompt": self.words[0],
            "negative_prompt": self.words[1],
            "num_inference_steps": self.steps,
            preset.guidance_argument: preset.guidance,
            "call": dict(preset.call),
            "model_size": str(self.area.model_size),
            "first_frame": _still_settings(order.model.first_frame),
            "windows": [asdict(window) for window in self.plan.windows],
        }
        if len(self.plan.windows) > 1:
            self._note({"window_overlap_frames": self.plan.overlap, "window_join": self.plan.joined})

    def check(self, order: RenderOrder) -> None:
        """See `FrameMaker.check`."""
        check_choice(self.choice, self.preset)
        if takes_scene(self.preset, self.choice):
            from generation.traditional.blender_process import interpreter
            from generation.workflows.scene_parameters import scene_of

            interpreter()
            scene_of(order)
        check_weights(self.preset, self.choice.weights, self.choice.levers or None, self.choice.speed)

    def make_frames(self, session: Session) -> "NDArray[np.uint8]":
        """See `FrameMaker.make_frames`."""
        session.enter(StageName.LOAD)
        from generation.ai.diffusion.memory import free_memory, is_out_of_memory

        scene = self._blocked(session)
        try:
            made = self._made(session, scene)
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            failed = self._out_of_memory(session)
        else:
            return self._finished(session, scene, made)
        # Outside of the handler: the exception it has caught keeps every tensor of the failed call alive.
        free_memory()
        raise failed

    def _blocked(self, session: Session) -> "BlockedScene | None":
        """The model's picture area is blocked at its own size, so that no edge it is led by was scaled."""
        if not takes_scene(self.preset, self.choice):
            return None
        from generation.workflows.blocked_scene import block_scene

        sides = (max(side, FrameSize.SMALLEST) for side in (self.area.width, self.area.height))
        scene = block_scene(session, FrameSize(*sides))
        self._note(scene.settings)
        self.key_frames = scene.key_frames
        return scene

    def _made(self, session: Session, scene: "BlockedScene | None") -> "NDArray[np.uint8]":
        # The model is loaded after Blender has left, so that the two never share the machine's memory.
        session.enter(StageName.LOAD)
        from generation.ai.diffusion.clip import ClipOrder, make_clip

        asked = self.choice
        loaded = load_model(self.preset, asked.weights, asked.levers or None, asked.speed, self._native_clips())
        self._note(_settings_of(loaded))
        self.engine = f"diffusers {_version('diffusers')}, torch {_version('torch')}"
        if self.choice.expected_revision not in (None, loaded.revision):
            raise InputRefused(
                "--weights",
                loaded.revision,
                f"these are other weights than those of the render to repeat ({self.choice.expected_revision})",
                "name the folder with the same weights",
            )
        session.enter(StageName.CONDITION)
        shown = show(self.preset, self.choice, self.area, None if scene is None else scene.blocking)
        self._note({"shown": list(shown.words) or ["nothing but words"]})
        order = ClipOrder(self.plan, self.timing, self.area.model_size, self.steps, self.words)
        return make_clip(loaded, order, shown, lambda index: _WindowTold(session, index, len(self.plan.windows)))

    def _finished(
        self, session: Session, scene: "BlockedScene | None", made: "NDArray[np.uint8]"
    ) -> "NDArray[np.uint8]":
        import numpy as np

        from generation.picture.conform import conform
        from generation.picture.lettering import burn_in

        order = session.order
        session.enter(StageName.CONFORM, order.frames.count)
        frames = []
        for number, frame in zip(
            order.frames, conform(made, self.area, order.size, self.timing.positions), strict=True
        ):
            frames.append(frame)
            session.progress.frame(number)
        self._note(
            {
                "conform": {
                    "kept_of_each_frame": str(self.area),
                    "scaled_to": str(order.size),
                    "filter": "lanczos",
                    "retimed": self.timing.words,
                    "frames_made": len(made),
                }
            }
        )
        finished = np.stack(frames)
        captions: Mapping[int, str] = {}
        if scene is not None:
            captions = scene.captions
            if changes_plate(scene.blocking) and self.timing.led:
                # Nothing outside the mask was asked for: there the plate stays what it was.
                session.enter(StageName.COMPOSITE, order.frames.count)
                mask = scene.blocking.effect_opacity[..., None].astype(np.float32) / 255
                finished = np.rint(finished * mask + scene.blocking.flat * (1 - mask)).astype(np.uint8)
        if self.choice.has_random_weights:
            captions = dict.fromkeys(order.frames, RANDOM_WORDS)
        return np.stack([burn_in(frame, captions.get(order.frames.first + row)) for row, frame in enumerate(finished)])

    def _out_of_memory(self, session: Session) -> RenderFailed:
        """Say what did not fit and what is left to try; the stopwatch has measured the attempt."""
        from generation.ai.diffusion.memory import out_of_memory

        stage = session.stopwatch.running or StageName.LOAD
        left = levers_left(self.preset, self.settings.get("levers", self.choice.levers))
        self._note({"out_of_memory": {"stage": stage.value, "levers_left": list(left)}})
        return out_of_memory(self.preset.name, stage.value, self.area.model_size, self.plan.windows[0], left)

    def _native_clips(self) -> float:
        """How much the order asks of the model, in clips of its native size, frames and steps."""
        size, preset = self.area.model_size, self.preset
        frames = sum(window.frame_count for window in self.plan.windows)
        pixels = frames * size.width * size.height / (preset.frame_count * preset.width * preset.height)
        return pixels * self.steps / preset.steps

    def _note(self, settings: Mapping[str, Any]) -> None:
        self.settings = {**self.settings, **settings}


class _WindowTold:
    """Passes on what a pipeline does in one window. See `generation.ai.diffusion.calling.CallListener`."""

    def __init__(self, session: Session, index: int, count: int) -> None:
        self.session, self.index, self.count = session, index, count

    def condition(self) -> None:
        self.session.enter(StageName.CONDITION)

    def denoise(self) -> None:
        self.session.enter(StageName.DENOISE)

    def step(self, done: int, count: int) -> None:
        part = f"window {self.index + 1} of {self.count}" if self.count > 1 else ""
        self.session.progress.step(self.index * count + done, self.count * count, part)

    def decode(self) -> None:
        self.session.enter(StageName.DECODE)


def _settings_of(loaded: LoadedModel) -> dict[str, Any]:
    """What of a loaded model changes the picture."""
    import torch

    scheduler = loaded.pipeline.scheduler
    config = {name: value for name, value in dict(scheduler.config).items() if not name.startswith("_")}
    return {
        "source": loaded.source,
        "revision": loaded.revision,
        "scheduler": {"class": type(scheduler).__name__, **json.loads(json.dumps(config, default=str))},
        "precision": loaded.precision,
        "device": loaded.device,
        "device_name": torch.cuda.get_device_name() if loaded.device == "cuda" else "cpu",
        "threads": torch.get_num_threads(),
        "levers": list(loaded.levers),
        "speed_levers": list(loaded.speed.levers),
        "speed_levers_because": loaded.speed.because,
        "transformers": _version("transformers"),
    }


def _where(weights: str | None) -> str | None:
    """Weights as a repeat will find them from any working folder."""
    return weights if weights in (None, RANDOM_WEIGHTS) else str(Path(weights).resolve())


def _still_settings(still: Path | None) -> dict[str, str] | None:
    if still is None or not still.is_file():
        return None
    return {"path": str(still.resolve()), "sha256": hashlib.sha256(still.read_bytes()).hexdigest()}


def _version(package: str) -> str:
    from importlib.metadata import version

    return version(package)
