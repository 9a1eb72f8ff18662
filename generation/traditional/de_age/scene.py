"""The scene `de_age`: an old face on the plate, the same person young in the shot."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from analytics.vocabulary.errors import InputRefused
from generation.blocking import Blocking
from generation.picture.display import to_display
from generation.picture.grain import FilmGrain
from generation.traditional.blender_process import OnEvent
from generation.traditional.blocking_pass import read_blocking_pass
from generation.traditional.de_age.composite import (
    GRAIN,
    change_mask,
    composite,
    in_the_light_of,
    photographed,
    picture_and_changes,
)
from generation.traditional.de_age.files import FILES, write_files
from generation.traditional.de_age.lamps import key_direction
from generation.traditional.de_age.parameters import DeAgeParameters, draw_parameters
from generation.traditional.shot_scene import FinishedFrame, Prepared, Rendered

EXPOSURE_STOPS = 0.0


class DeAgeScene:
    """See `ShotScene`; the effect is the young face, its alpha the mask of what may change."""

    name = "de_age"
    has_plate = True
    simulated = False

    def draw_parameters(self, seed: int, overrides: Mapping[str, Any]) -> DeAgeParameters:
        """See `ShotScene.draw_parameters`."""
        return draw_parameters(seed, overrides)

    def prepare(self, parameters: DeAgeParameters, folder: Path, on_event: OnEvent) -> Prepared:
        """See `ShotScene.prepare`: sculpts both ages of the head."""
        on_event({"event": "stage", "stage": "simulate"})
        write_files(parameters, folder)
        return self.load(parameters, folder)

    def load(self, parameters: DeAgeParameters, folder: Path) -> Prepared:
        """See `ShotScene.load`."""
        return Prepared(self.name, parameters, folder, {name: folder / file for name, file in FILES.items()})

    def simulate_effects(self, prepared: Prepared) -> None:
        """Nothing: a face is not simulated."""

    def finish(self, prepared: Prepared, beauty: Rendered, plate: Rendered | None) -> Iterator[FinishedFrame]:
        """See `ShotScene.finish`: the young face in the mask over the plate, then lens and grain over both alike."""
        plates = _files_of(plate)
        for frame, path in zip(beauty.frames, beauty.files, strict=True):
            (young, young_skin), (old, old_skin) = picture_and_changes(path), picture_and_changes(plates[frame])
            mask = change_mask(young_skin, old_skin)
            merged = composite(young, old, mask)
            yield FinishedFrame(photographed(merged, prepared.parameters.seed, frame, EXPOSURE_STOPS), mask)

    def block(self, prepared: Prepared, blocking: Rendered, plate: Rendered | None) -> Blocking:
        """See `ShotScene.block`.

        ``flat`` is the plate through its lens, without grain; normal and depth are the young head's; ``effect_opacity``
        is the mask of what may change and ``effect_light`` the flat-shaded young head, a guide to its form.
        """
        plates = _files_of(plate)
        seen = read_blocking_pass(blocking, key_direction(prepared.parameters))
        flat, opacity, light = [], [], []
        for row, (frame, path) in enumerate(zip(blocking.frames, blocking.files, strict=True)):
            old, old_skin = picture_and_changes(plates[frame])
            _, young_skin = picture_and_changes(path)
            mask = change_mask(young_skin, old_skin)
            flat.append(to_display(photographed(old, None, frame, EXPOSURE_STOPS)))
            form = in_the_light_of(seen.linear[row], young_skin, old, old_skin)
            guide = to_display(photographed(form, None, frame, EXPOSURE_STOPS))
            opacity.append(np.rint(mask * 255).astype(np.uint8))
            light.append(np.where(mask[..., None] > 0, guide, 0).astype(np.uint8))
        is_mask = np.ones(len(flat), bool)
        return Blocking(
            np.stack(flat), seen.normal, seen.depth, np.stack(opacity), np.stack(light), is_mask,
            seen.key_direction,
        )  # fmt: skip

    def grain(self, parameters: DeAgeParameters) -> FilmGrain:
        """See `ShotScene.grain`."""
        return FilmGrain(GRAIN, parameters.seed)

    def captions(self, prepared: Prepared) -> Mapping[int, str]:
        """None: a finished shot carries no words."""
        return {}

    def key_frames(self, prepared: Prepared) -> Mapping[int, str]:
        """First, blink and last."""
        parameters: DeAgeParameters = prepared.parameters
        blink = parameters.first_frame + round(parameters.blink_second * parameters.frames_per_second)
        frames = {parameters.first_frame: "first", parameters.last_frame: "last"}
        return dict(sorted(({blink: "blink"} | frames).items())) if blink < parameters.last_frame else frames


def _files_of(plate: Rendered | None) -> Mapping[int, Path]:
    if plate is None:
        raise InputRefused("plate", None, "this shot is made over a plate", "render the plate first")
    return dict(zip(plate.frames, plate.files, strict=True))
