"""The scene `snowfall`: deadly snow on a street at night."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from generation.blocking import Blocking
from generation.picture.exr import read_exr, rgb_of
from generation.picture.grain import FilmGrain
from generation.traditional.blender.passes import MIST_METRES
from generation.traditional.blender_process import OnEvent
from generation.traditional.blocking_pass import read_blocking_pass
from generation.traditional.shot_scene import FinishedFrame, Prepared, Rendered
from generation.traditional.snowfall.composite import GRAIN, SKY_METRES, composite_frame
from generation.traditional.snowfall.flakes import Snowfall
from generation.traditional.snowfall.framing import camera_place
from generation.traditional.snowfall.guide import flake_guide, flat_in_haze, shown
from generation.traditional.snowfall.lamps import Lamps
from generation.traditional.snowfall.layout import FILES, read_carried, read_lamps, write_layout
from generation.traditional.snowfall.light import moon_direction
from generation.traditional.snowfall.parameters import SnowfallParameters, draw_parameters


class SnowfallScene:
    """See `ShotScene`; flakes are where they are in closed form, so that nothing is simulated."""

    name = "snowfall"
    has_plate = False
    simulated = False

    def draw_parameters(self, seed: int, overrides: Mapping[str, Any]) -> SnowfallParameters:
        """See `ShotScene.draw_parameters`."""
        return draw_parameters(seed, overrides)

    def prepare(self, parameters: SnowfallParameters, folder: Path, on_event: OnEvent) -> Prepared:
        """See `ShotScene.prepare`; needs no Blender."""
        write_layout(parameters, folder)
        return self.load(parameters, folder)

    def load(self, parameters: SnowfallParameters, folder: Path) -> Prepared:
        """See `ShotScene.load`."""
        return Prepared(self.name, parameters, folder, {name: folder / file for name, file in FILES.items()})

    def simulate_effects(self, prepared: Prepared) -> None:
        """Nothing: see the class."""

    def finish(self, prepared: Prepared, beauty: Rendered, plate: Rendered | None) -> Iterator[FinishedFrame]:
        """See `ShotScene.finish`; needs the pass ``mist``."""
        parameters = prepared.parameters
        snowfall, burning = Snowfall(parameters, camera_place(parameters)), _Burning(prepared)
        for frame, path, camera in zip(beauty.frames, beauty.files, beauty.cameras(), strict=True):
            channels = read_exr(path)
            distance = np.minimum(channels["ViewLayer.Mist.Z"] * np.float32(MIST_METRES), np.float32(SKY_METRES))
            seconds = (frame - parameters.first_frame) / parameters.frames_per_second
            yield composite_frame(rgb_of(channels), distance, camera, burning.at(frame), snowfall, seconds, frame)

    def block(self, prepared: Prepared, blocking: Rendered, plate: Rendered | None) -> Blocking:
        """See `ShotScene.block`: the flat pass in the shot's haze, and the flakes as smooth streaks."""
        parameters = prepared.parameters
        snowfall, burning = Snowfall(parameters, camera_place(parameters)), _Burning(prepared)
        seen = read_blocking_pass(blocking, moon_direction(parameters))
        flat, opacity, light = [], [], []
        for row, (frame, camera) in enumerate(zip(blocking.frames, blocking.cameras(), strict=True)):
            distance = np.minimum(camera.ray_distance(seen.depth[row]), np.float32(SKY_METRES))
            lamps = burning.at(frame)
            seconds = (frame - parameters.first_frame) / parameters.frames_per_second
            hazy = flat_in_haze(parameters, seen.linear[row], distance, camera, lamps, seconds)
            flat.append(shown(hazy))
            guide = flake_guide(snowfall, distance, camera, lamps, seconds, hazy, flat[-1])
            opacity.append(guide.opacity)
            light.append(guide.light)
        is_mask = np.zeros(len(seen.depth), bool)
        return Blocking(
            np.stack(flat), seen.normal, seen.depth, np.stack(opacity), np.stack(light), is_mask,
            seen.key_direction,
        )  # fmt: skip

    def grain(self, parameters: SnowfallParameters) -> FilmGrain:
        """See `ShotScene.grain`."""
        return FilmGrain(GRAIN, parameters.seed)

    def captions(self, prepared: Prepared) -> Mapping[int, str]:
        """None: a finished shot carries no words."""
        return {}

    def key_frames(self, prepared: Prepared) -> Mapping[int, str]:
        """None: evenly spaced frames will do."""
        return {}


class _Burning:
    """The lamps of each frame."""

    def __init__(self, prepared: Prepared) -> None:
        self.first_frame = prepared.parameters.first_frame
        self.still, self.carried = read_lamps(prepared.folder), read_carried(prepared.folder)

    def at(self, frame: int) -> Lamps:
        return self.still + self.carried.at(frame - self.first_frame) if self.carried else self.still
