"""From a simulated collapse to its dust, its dust guide and its finished frames: what the renderers call."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from generation.picture.exr import read_exr, rgb_of
from generation.traditional.blender.passes import MIST_METRES
from generation.traditional.collapse.parameters import CollapseParameters
from generation.traditional.composite import SKY_METRES, FinishedFrame, composite_frame, daylight_grade
from generation.traditional.dust.camera import Camera
from generation.traditional.dust.guide import DustGuide, dust_guide
from generation.traditional.dust.lighting import daylight_look
from generation.traditional.dust.ray_march import DustMarcher
from generation.traditional.dust.solver import FULL_CELL_METRES, simulate_dust
from generation.traditional.dust.sources import DustParameters, Floats
from generation.traditional.dust.sun_shadow import Box
from generation.traditional.scene import Event, Rendered

_SKY_SHARE = 0.985  # of the mist pass; a pixel that is mostly sky is treated as sky


def simulate_event_dust(
    event: Event, last_frame: int | None = None, cell_metres: float = FULL_CELL_METRES
) -> DustMarcher:
    """Simulate the dust of an event and make it ready to be marched.

    Parameters
    ----------
    event : Event
    last_frame : int, optional
        Shot frame after which no dust is needed; the dust of earlier frames is the same either way.
    cell_metres : float
        Edge of the solver's cells.
    """
    until = len(event.location) if last_frame is None else event.frame_index(last_frame) + 1
    dust = simulate_dust(
        _hulls(event),
        event.pieces.volume,
        event.location[:until],
        _obstacles(event),
        dust_parameters(event.parameters),
        cell_metres,
    )
    look = daylight_look(event.parameters.sun_elevation_degrees, event.parameters.overcast)
    return DustMarcher(dust, event.sun_direction, look)


def finish_frames(event: Event, beauty: Rendered, marcher: DustMarcher) -> Iterator[FinishedFrame]:
    """Composite every rendered frame, in order; each is scene-linear and wants the view transform next.

    Parameters
    ----------
    event : Event
    beauty : Rendered
        With the passes ``depth`` and ``mist``.
    marcher : DustMarcher
        From `simulate_event_dust`.
    """
    look = daylight_grade(
        event.parameters.sun_elevation_degrees, event.parameters.overcast, event.parameters.haze_metres
    )
    cameras = event_cameras(beauty)
    for frame, path, camera in zip(beauty.frames, beauty.files, cameras, strict=True):
        channels = read_exr(path)
        mist = channels["ViewLayer.Mist.Z"]
        distance = np.where(mist > _SKY_SHARE, np.float32(SKY_METRES * 10), mist * np.float32(MIST_METRES))
        yield composite_frame(
            rgb_of(channels), distance, camera, marcher, event.frame_index(frame), event.parameters.seed, look
        )


def event_dust_guide(event: Event, blocking: Rendered, planar_depth: npt.NDArray[np.float32]) -> DustGuide:
    """The cheap dust guide for the frames of a blocking pass.

    Parameters
    ----------
    event : Event
    blocking : Rendered
    planar_depth : float32 (F, H, W)
        Its depth, metres along the view axis, one for each of ``blocking.frames``.
    """
    look = daylight_look(event.parameters.sun_elevation_degrees, event.parameters.overcast)
    return dust_guide(
        _hulls(event),
        event.pieces.volume,
        event.location,
        _obstacles(event),
        dust_parameters(event.parameters),
        event_cameras(blocking),
        planar_depth,
        event.sun_direction,
        look,
        [event.frame_index(frame) for frame in blocking.frames],
    )


def event_cameras(rendered: Rendered) -> list[Camera]:
    """The camera of each rendered frame, in order."""
    rows = {int(frame): row for row, frame in enumerate(rendered.camera.frames)}
    return [
        Camera(rendered.camera.matrix_world[rows[frame]], rendered.camera.lens_mm, rendered.camera.sensor_mm)
        for frame in rendered.frames
    ]


def dust_parameters(parameters: CollapseParameters) -> DustParameters:
    """What the collapse's own numbers say about its dust: the wind blows out of the undermined side."""
    across = {"west": -0.6, "east": 0.6}.get(parameters.undermined, 0.15)
    return DustParameters(
        seed=parameters.seed,
        amount=parameters.dust_amount,
        wind=(across, -0.4, 0.0),
        frames_per_second=parameters.frames_per_second,
        time_scale=parameters.time_scale,
        start=1 + int(parameters.collapse_start_seconds * parameters.frames_per_second),
        gravity=parameters.gravity,
    )


def _hulls(event: Event) -> Sequence[Floats]:
    return [event.pieces.hull(piece) - event.pieces.centre[piece] for piece in range(len(event.pieces))]


def _obstacles(event: Event) -> list[Box]:
    return [(low.tolist(), high.tolist()) for low, high in event.obstacles]
