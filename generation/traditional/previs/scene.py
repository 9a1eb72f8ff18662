"""The scene `previs`: one blocked action, seen by the camera options that were planned for it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from generation.blocking import Blocking
from generation.picture.display import to_display
from generation.picture.exr import read_exr, rgb_of
from generation.picture.grain import FilmGrain
from generation.traditional.blender.passes import MIST_METRES
from generation.traditional.blender_process import OnEvent
from generation.traditional.blocking_pass import read_blocking_pass
from generation.traditional.previs.grade import GRAIN, SKY_METRES, PrevisGrade
from generation.traditional.previs.parameters import PrevisParameters, draw_parameters
from generation.traditional.previs.planning import plan_for
from generation.traditional.previs.writing import (
    FILES,
    read_slates,
    write_cameras,
    write_moving,
    write_slates,
    write_street,
)
from generation.traditional.shot_scene import FinishedFrame, Prepared, Rendered

_SKY_SHARE = 0.985  # of the mist pass; a pixel that is mostly sky is treated as sky


class PrevisScene:
    """See `ShotScene`; the frames of the shot are the options one after another, each over the same action."""

    name = "previs"
    has_plate = False
    simulated = False

    def draw_parameters(self, seed: int, overrides: Mapping[str, Any]) -> PrevisParameters:
        """See `ShotScene.draw_parameters`."""
        return draw_parameters(seed, overrides)

    def prepare(self, parameters: PrevisParameters, folder: Path, on_event: OnEvent) -> Prepared:
        """See `ShotScene.prepare`: stage the action, build the set around it, plan the cameras; no Blender yet."""
        folder.mkdir(parents=True, exist_ok=True)
        on_event({"event": "stage", "stage": "simulate"})
        plan = plan_for(parameters)
        write_street(plan.massing, plan.props, folder)
        write_moving(parameters, plan.action, folder)
        write_cameras(parameters, plan.options, folder)
        write_slates(parameters, plan.options, folder)
        return self.load(parameters, folder)

    def load(self, parameters: PrevisParameters, folder: Path) -> Prepared:
        """See `ShotScene.load`."""
        return Prepared(self.name, parameters, folder, {name: folder / file for name, file in FILES.items()})

    def simulate_effects(self, prepared: Prepared) -> None:
        """Nothing to simulate."""

    def finish(self, prepared: Prepared, beauty: Rendered, plate: Rendered | None) -> Iterator[FinishedFrame]:
        """See `ShotScene.finish`; needs the pass ``mist``."""
        grade = PrevisGrade.of(prepared.parameters)
        for frame, path in zip(beauty.frames, beauty.files, strict=True):
            channels = read_exr(path)
            mist = channels["ViewLayer.Mist.Z"]
            distance = np.where(mist > _SKY_SHARE, np.float32(SKY_METRES * 10), mist * np.float32(MIST_METRES))
            linear = grade.apply(rgb_of(channels), distance, (prepared.parameters.seed, frame))
            yield FinishedFrame(linear, np.zeros(linear.shape[:2], np.float32))

    def block(self, prepared: Prepared, blocking: Rendered, plate: Rendered | None) -> Blocking:
        """See `ShotScene.block`: the flat pass under the same grade; there is no effect."""
        parameters: PrevisParameters = prepared.parameters
        seen = read_blocking_pass(blocking, np.array(parameters.sun_direction))
        grade = PrevisGrade.of(parameters)
        flat = [
            to_display(grade.apply(linear, camera.ray_distance(planar), None))
            for linear, planar, camera in zip(seen.linear, seen.depth, blocking.cameras(), strict=True)
        ]
        no_effect = np.zeros(seen.depth.shape, np.uint8)
        no_light = np.zeros((*seen.depth.shape, 3), np.uint8)
        is_mask = np.zeros(len(seen.depth), bool)
        return Blocking(
            np.stack(flat), seen.normal, seen.depth, no_effect, no_light, is_mask,
            seen.key_direction,
        )  # fmt: skip

    def grain(self, parameters: PrevisParameters) -> FilmGrain:
        """See `ShotScene.grain`."""
        return FilmGrain(GRAIN, parameters.seed)

    def captions(self, prepared: Prepared) -> Mapping[int, str]:
        """The slate of every frame: option, lens, height and move."""
        return read_slates(prepared.files["slates"], "captions")

    def key_frames(self, prepared: Prepared) -> Mapping[int, str]:
        """One frame an option."""
        return read_slates(prepared.files["slates"], "key_frames")
