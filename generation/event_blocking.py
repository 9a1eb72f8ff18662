"""The blocking of a simulated event: the flat pass under the shot's air and lens, and the dust guide.

Training and the AI workflow both make their blockings here, so that the network is never shown another kind of input
than it learned from.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from generation.blocking import Blocking
from generation.picture.display import to_display
from generation.picture.exr import read_exr, rgb_of
from generation.traditional.blocking_pass import read_blocking_pass
from generation.traditional.composite import composite_frame, daylight_grade
from generation.traditional.dust.lighting import LitDust
from generation.traditional.dust.ray_march import DustMarcher
from generation.traditional.finishing import event_cameras, event_dust_guide
from generation.traditional.scene import Event, Rendered


def block_event(event: Event, rendered: Rendered) -> Blocking:
    """Read a rendered blocking pass and add the dust guide.

    Parameters
    ----------
    event
        What `simulate_collapse` gave.
    rendered
        What `render_blocking` gave for it.

    Raises
    ------
    InputRefused
        If a frame's file is missing or unreadable.
    """
    seen = read_blocking_pass(rendered, event.sun_direction)
    guide = event_dust_guide(event, rendered, seen.depth)
    flat = _through_air_and_lens(event, rendered, seen.depth)
    return Blocking(flat, seen.normal, seen.depth, guide.opacity, guide.light, seen.sun_direction)


def _through_air_and_lens(event: Event, rendered: Rendered, depth: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    """The flat colours with the shot's exposure, haze and vignette, but no dust and no grain, uint8 [F,H,W,3].

    These cost nothing and are the same in both workflows. Left to the network, the vignette could not be learned at
    all: a crop does not know where in the frame it was cut.
    """
    parameters = event.parameters
    grade = daylight_grade(parameters.sun_elevation_degrees, parameters.overcast, parameters.haze_metres)
    look = replace(grade, grain=0.0)
    frames = []
    for path, camera, planar in zip(rendered.files, event_cameras(rendered), depth, strict=True):
        distance = camera.ray_distance(planar)
        finished = composite_frame(rgb_of(read_exr(path)), distance, camera, _ClearAir(), 0, parameters.seed, look)
        frames.append(to_display(finished.linear))
    return np.stack(frames)


class _ClearAir(DustMarcher):
    """Marches through no dust at all."""

    def __init__(self) -> None:
        """Nothing to prepare: the noise and the light of a real one would be made for nothing."""

    def light(self, frame_index: int) -> LitDust | None:
        """No frame has any dust."""
        return None
