"""The scene `collapse`: an old apartment house falls into its own dust."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
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
from generation.traditional.collapse.composite import SKY_METRES, CompositeLook, composite_frame, daylight_grade
from generation.traditional.collapse.dusting import event_dust_guide, event_marcher, simulate_event_dust
from generation.traditional.collapse.light_meter import metered_stops
from generation.traditional.collapse.parameters import CollapseParameters, draw_parameters
from generation.traditional.collapse.simulation import FILES, load_event, simulate_collapse
from generation.traditional.dust.snapshots import load_dust, save_dust
from generation.traditional.lens import through_lens
from generation.traditional.shot_scene import FinishedFrame, Prepared, Rendered

DUST_FILE = "dust.npz"
_SKY_SHARE = 0.985  # of the mist pass; a pixel that is mostly sky is treated as sky


class CollapseScene:
    """See `ShotScene`; the simulated event is rigid bodies and debris, the effect is the dust."""

    name = "collapse"
    has_plate = False
    simulated = True

    def draw_parameters(self, seed: int, overrides: Mapping[str, Any]) -> CollapseParameters:
        """See `ShotScene.draw_parameters`."""
        return draw_parameters(seed, overrides)

    def prepare(self, parameters: CollapseParameters, folder: Path, on_event: OnEvent) -> Prepared:
        """See `ShotScene.prepare`."""
        blender_version = simulate_collapse(parameters, folder, on_event)
        return replace(self.load(parameters, folder), blender_version=blender_version)

    def load(self, parameters: CollapseParameters, folder: Path) -> Prepared:
        """See `ShotScene.load`."""
        return Prepared(self.name, parameters, folder, {name: folder / file for name, file in FILES.items()})

    def simulate_effects(self, prepared: Prepared) -> None:
        """See `ShotScene.simulate_effects`."""
        event = load_event(prepared.parameters, prepared.folder)
        save_dust(simulate_event_dust(event), prepared.folder / DUST_FILE)

    def finish(self, prepared: Prepared, beauty: Rendered, plate: Rendered | None) -> Iterator[FinishedFrame]:
        """See `ShotScene.finish`; needs the pass ``mist``."""
        event = load_event(prepared.parameters, prepared.folder)
        dust, marcher = load_dust(prepared.folder / DUST_FILE), None
        look = _grade(prepared.parameters)
        for frame, path, camera in zip(beauty.frames, beauty.files, beauty.cameras(), strict=True):
            channels = read_exr(path)
            mist = channels["ViewLayer.Mist.Z"]
            marcher = marcher or event_marcher(event, dust, mist.shape[1])
            distance = np.where(mist > _SKY_SHARE, np.float32(SKY_METRES * 10), mist * np.float32(MIST_METRES))
            yield composite_frame(
                rgb_of(channels), distance, camera, marcher, event.frame_index(frame), event.parameters.seed, look
            )

    def block(self, prepared: Prepared, blocking: Rendered, plate: Rendered | None) -> Blocking:
        """See `ShotScene.block`: the flat pass under the shot's air, lens and dust shadow, and the cheap dust guide.

        Exposure, haze and vignette cost nothing and are the same in both workflows. Left to the network, the vignette
        could not be learned at all: a crop does not know where in the frame it was cut.
        """
        event = load_event(prepared.parameters, prepared.folder)
        seen = read_blocking_pass(blocking, event.sun_direction)
        guide = event_dust_guide(event, blocking, seen.depth)
        look = replace(_grade(prepared.parameters), grain=0.0)
        flat, light = [], []
        for row, camera in enumerate(blocking.cameras()):
            distance = camera.ray_distance(seen.depth[row])
            shaded = seen.linear[row] * np.where(distance >= SKY_METRES, 1, guide.shadow[row])[..., None]
            flat.append(to_display(composite_frame(shaded, distance, camera, None, 0, 0, look).linear))
            exposed = guide.light[row] * np.float32(2.0**look.exposure_stops)
            light.append(to_display(through_lens(exposed, 0.0, look.vignette)) * (guide.opacity[row, ..., None] > 0))
        opacity = np.rint(guide.opacity * 255).astype(np.uint8)
        is_mask = np.zeros(len(seen.depth), bool)
        return Blocking(
            np.stack(flat), seen.normal, seen.depth, opacity, np.stack(light), is_mask,
            seen.key_direction,
        )  # fmt: skip

    def grain(self, parameters: CollapseParameters) -> FilmGrain:
        """See `ShotScene.grain`."""
        return FilmGrain(CompositeLook().grain, parameters.seed, parameters.first_frame)

    def captions(self, prepared: Prepared) -> Mapping[int, str]:
        """None: a finished shot carries no words."""
        return {}

    def key_frames(self, prepared: Prepared) -> Mapping[int, str]:
        """None: evenly spaced frames tell the fall best."""
        return {}


def _grade(parameters: CollapseParameters) -> CompositeLook:
    stops = metered_stops(parameters)
    return daylight_grade(parameters.sun_elevation_degrees, parameters.overcast, parameters.haze_metres, stops)
