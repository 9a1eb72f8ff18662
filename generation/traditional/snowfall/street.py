"""The houses of the street, their lit windows, and the snow that lies on every ledge."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.traditional.city.architecture import add_building
from generation.traditional.city.boxes import Boxes, FloatArray, Surface
from generation.traditional.city.palettes import palette
from generation.traditional.city.plan import GROUND_STOREY_METRES, Detail, Plan, draw_style
from generation.traditional.city.random_streams import random_stream
from generation.traditional.snowfall.parameters import SnowfallParameters
from generation.traditional.snowfall.surfaces import SnowSurface

END_METRES = 112.0
DEPTH_METRES = 12.0
SNOW_TINT = (0.74, 0.80, 0.78)

_ROOM_LIGHT = np.array([[1.0, 0.62, 0.28], [1.0, 0.50, 0.18], [1.0, 0.78, 0.50], [0.45, 0.72, 1.0]])

BoxArrays = dict[str, NDArray[Any]]


def houses(parameters: SnowfallParameters, finest: Detail = Detail.NEAR) -> BoxArrays:
    """Columns as `Boxes.arrays`; nothing finer than ``finest``."""
    boxes = Boxes()
    for side in (-1, 1):
        stream = random_stream(parameters.seed, "plots", side)
        y = -8.0 + float(stream.uniform(-5, 0))
        number, open_south = 0, True
        while y < END_METRES:
            length = float(stream.uniform(9.5, 16.0))
            floors = int(np.clip(parameters.building_floors + stream.integers(-2, 3), 2, 11))
            setback = float(stream.uniform(0.0, 0.35))
            front = parameters.half_street_metres + setback
            west = front if side > 0 else -front - DEPTH_METRES
            plan = Plan(west, y, DEPTH_METRES, length, floors, float(stream.uniform(2.9, 3.7)))
            house = random_stream(parameters.seed, "house", side, number)
            colours = palette(int(house.integers(0, 12)), house, parameters.brick_share)
            detail = Detail.NEAR if y < 24 else Detail.MIDDLE if y < 52 else Detail.FAR
            sides = ("W" if side > 0 else "E") + ("S" if open_south or y > 0 else "")
            add_building(boxes, house, plan, draw_style(house), colours, sides=sides, detail=min(detail, finest))
            open_south = stream.random() < parameters.gap_share
            y += length + (float(stream.uniform(2.2, 5.0)) if open_south else 0.05)
            number += 1
    arrays = boxes.arrays()
    _light_windows(arrays, parameters)
    return arrays


def _light_windows(arrays: BoxArrays, parameters: SnowfallParameters) -> None:
    """Turn some panes into windows that are lit from inside."""
    stream = random_stream(parameters.seed, "windows")
    panes = np.flatnonzero(arrays["surface"] == Surface.GLASS)
    ground = arrays["low"][panes, 2] < GROUND_STOREY_METRES * 0.5
    # Few shops stay lit; upstairs somebody is hiding behind a curtain here and there.
    share = np.where(ground, min(0.9, 0.05 + parameters.lit_window_share * 0.7), parameters.lit_window_share)
    lit = stream.random(len(panes)) < share
    colour = _ROOM_LIGHT[stream.choice(4, len(panes), p=[0.4, 0.25, 0.25, 0.1])]
    bright = np.where(ground, 0.9, 0.35) * stream.uniform(0.5, 1.3, len(panes))
    arrays["surface"][panes[lit]] = SnowSurface.WINDOW
    arrays["tint"][panes[lit]] = (colour * bright[:, None])[lit]


def lit_shops(arrays: BoxArrays, half_street_metres: float) -> FloatArray:
    """Lit panes at street level as rows (x of the front, y, height, width, red, green, blue), nearest first."""
    lit = np.flatnonzero(
        (arrays["surface"] == SnowSurface.WINDOW) & (arrays["low"][:, 2] < 2.0) & (arrays["low"][:, 1] < 50)
    )
    low, high = np.asarray(arrays["low"])[lit], np.asarray(arrays["high"])[lit]
    middle, extent = (low + high) / 2, high - low
    along = extent[:, 1] > extent[:, 0]
    rows = np.concatenate([middle, extent[:, 1:2], np.asarray(arrays["tint"])[lit]], 1)[along]
    rows = rows[np.abs(rows[:, 0]) < half_street_metres + 1.5]
    return np.asarray(rows[np.argsort(rows[:, 1])], np.float64)


def snow_on_ledges(arrays: BoxArrays, parameters: SnowfallParameters, south_of: float = 60.0) -> BoxArrays:
    """A slab of snow on every sill, cornice, balcony and awning nearer than ``south_of``: boxes as `Boxes.arrays`."""
    low, high, surface = (np.asarray(arrays[name]) for name in ("low", "high", "surface"))
    extent = high - low
    shorter = extent[:, :2].min(1)
    ledge = np.isin(surface, [Surface.TRIM, Surface.CLOTH, Surface.METAL, Surface.ROOF])
    ledge &= (extent[:, 2] < 0.8) & (shorter > 0.025) & (shorter < 1.6) & (extent[:, :2].max(1) > 0.25)
    ledge &= low[:, 1] < south_of
    # Curtains and window bars stand behind the front and get none.
    ledge &= ~((surface == Surface.CLOTH) & (extent[:, 2] > 0.3))
    chosen = np.flatnonzero(ledge)
    stream = random_stream(parameters.seed, "ledges")
    depth = np.minimum(parameters.snow_depth_metres * 0.75, shorter[chosen] * 0.55) * stream.uniform(
        0.6, 1.25, len(chosen)
    )
    base, top = low[chosen].copy(), high[chosen].copy()
    base[:, 2] = high[chosen, 2] - 0.004
    top[:, 2] = high[chosen, 2] + depth
    inset = np.minimum(0.012, shorter[chosen] * 0.1)[:, None]
    base[:, :2] += inset
    top[:, :2] -= inset
    count = len(chosen)
    return {
        "low": base,
        "high": top,
        "surface": np.full(count, SnowSurface.SNOW, np.uint8),
        "tint": np.tile(np.array(SNOW_TINT, np.float32), (count, 1)),
        "breakable": np.zeros(count, bool),
    }


def joined(*columns: BoxArrays) -> BoxArrays:
    """Several sets of boxes as one."""
    return {name: np.concatenate([one[name] for one in columns]) for name in columns[0]}
