"""The dust of a simulated collapse: what it is simulated from, the full one and the cheap guide."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from generation.traditional.collapse.parameters import CollapseParameters
from generation.traditional.collapse.simulation import Event
from generation.traditional.dust.guide import DustGuide, dust_guide
from generation.traditional.dust.lighting import daylight_look
from generation.traditional.dust.ray_march import DETAIL_CELL_METRES, STEP_METRES, DustMarcher
from generation.traditional.dust.snapshots import DustSnapshots
from generation.traditional.dust.solver import FULL_CELL_METRES, simulate_dust
from generation.traditional.dust.sources import DustParameters, Floats
from generation.traditional.dust.sun_shadow import Box
from generation.traditional.shot_scene import Rendered

#: The dust's own cells and steps were tuned on frames of this width.
DRAFT_WIDTH = 256


def simulate_event_dust(event: Event, cell_metres: float = FULL_CELL_METRES) -> DustSnapshots:
    """The full dust of an event, every frame of it; ``cell_metres`` is the edge of the solver's cells."""
    return simulate_dust(
        _hulls(event),
        event.pieces.volume,
        event.location,
        _obstacles(event),
        dust_parameters(event.parameters),
        cell_metres,
    )


def event_marcher(event: Event, dust: DustSnapshots, width: int) -> DustMarcher:
    """The event's dust in the shot's light, as finely as a frame of ``width`` pixels shows it."""
    look = daylight_look(event.parameters.sun_elevation_degrees, event.parameters.overcast)
    # The square root: twice as many pixels across want finer billows, but not eight times the cells.
    finer = max(1.0, width / DRAFT_WIDTH) ** 0.5
    return DustMarcher(dust, event.sun_direction, look, DETAIL_CELL_METRES / finer, STEP_METRES / finer)


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
        blocking.cameras(),
        planar_depth,
        event.sun_direction,
        look,
        [event.frame_index(frame) for frame in blocking.frames],
    )


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
