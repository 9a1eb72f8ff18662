"""The neighbourhood in clay: buildings with windows in relief, ground, kerbs and crossings, all boxes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.traditional.city.architecture import add_building
from generation.traditional.city.boxes import Boxes, Colour, Surface
from generation.traditional.city.palettes import Palette
from generation.traditional.city.plan import Detail, Plan, draw_style
from generation.traditional.city.random_streams import random_stream
from generation.traditional.previs.ground import KERB_METRES, SQUARE_HALF_METRES, Ground
from generation.traditional.previs.parameters import PrevisParameters
from generation.traditional.previs.skeleton import FloatArray

ROAD: Colour = (0.150, 0.155, 0.162)
PAVING: Colour = (0.33, 0.325, 0.315)
KERBSTONE: Colour = (0.43, 0.425, 0.41)
PAINT: Colour = (0.66, 0.66, 0.64)
_RECOLOURED = {
    Surface.GLASS: (0.17, 0.205, 0.235),
    Surface.METAL: (0.15, 0.155, 0.16),
    Surface.ROOF: (0.30, 0.295, 0.29),
    Surface.CLOTH: (0.55, 0.54, 0.52),
}
#: Clay is never quite grey: hue of the walls as factors on grey, from warm to cool.
_CLAYS = (
    (1.08, 1.0, 0.88),
    (1.03, 1.0, 0.96),
    (1.0, 1.0, 1.0),
    (0.93, 1.0, 1.06),
    (1.17, 0.97, 0.82),
    (0.96, 1.03, 0.93),
)


@dataclass(frozen=True)
class Massing:
    """Boxes as `Boxes.arrays` and the buildings' bodies [N,2,3] (low, high corner), which hide what is behind them."""

    boxes: dict[str, NDArray[np.generic]]
    bodies: FloatArray


def build_massing(parameters: PrevisParameters, ground: Ground, door: tuple[float, float] | None) -> Massing:
    """Build it; ``door`` is (x, side) of an entrance in a building line, side 1 north and -1 south."""
    boxes = Boxes()
    bodies: list[list[tuple[float, float, float]]] = []
    stream = random_stream(parameters.seed, "massing")
    tone = float(stream.uniform(0.44, 0.54))
    clay = int(stream.integers(len(_CLAYS)))
    for number, (plan, sides, distance) in enumerate(_plans(parameters, ground)):
        own = random_stream(parameters.seed, "building", number)
        detail = Detail.NEAR if distance < 17 else Detail.MIDDLE if distance < 42 else Detail.FAR
        add_building(boxes, own, plan, draw_style(own), _clay(own, tone, clay), sides=sides, detail=detail)
        bodies.append([(plan.west, plan.south, 0.0), (plan.east, plan.north, plan.top)])
    _add_ground(boxes, ground)
    if door is not None:
        _add_door(boxes, ground, *door)
    arrays = boxes.arrays()
    for surface, tint in _RECOLOURED.items():
        arrays["tint"][arrays["surface"] == surface] = tint
    # In clay there is one matt surface, and glass.
    arrays["surface"] = np.where(arrays["surface"] == Surface.GLASS, 1, 0).astype(np.uint8)
    return Massing(arrays, np.array(bodies, np.float64).reshape(-1, 2, 3))


def _clay(stream: np.random.Generator, tone: float, clay: int) -> Palette:
    hue = np.array(_CLAYS[clay if stream.random() < 0.6 else int(stream.integers(len(_CLAYS)))])
    grey = tone * float(stream.uniform(0.82, 1.10))
    wall, trim, shop = (tuple((value * hue).tolist()) for value in (grey, min(grey * 1.18, 0.70), grey * 0.62))
    return Palette(wall, trim, Surface.PLASTER, shop, wall, wall)


def _plans(parameters: PrevisParameters, ground: Ground) -> list[tuple[Plan, str, float]]:
    """Plans with the sides that may be seen and their distance from the action."""
    stream = random_stream(parameters.seed, "plans")
    plans: list[tuple[Plan, str, float]] = []

    def add(west: float, south: float, width: float, depth: float, floors: int, sides: str) -> None:
        plan = Plan(west, south, width, depth, int(np.clip(floors, 2, 14)), float(stream.uniform(2.7, 3.6)))
        away_x = max(plan.west, -plan.east, 0.0)
        away_y = max(plan.south, -plan.north, 0.0)
        plans.append((plan, sides, float(np.hypot(away_x, away_y))))

    for side, start, end, line in ground.plots():
        x = start
        while x < end - 1.0:
            width = float(stream.uniform(9.5, 16.0))
            # No sliver is left over at the end of a row.
            if end - x - width < 9.5:
                width = end - x if end - x < 19 else (end - x) / 2
            floors = parameters.floors + int(stream.integers(-1, 2))
            depth = float(stream.uniform(11.0, 13.0))
            corner = ("W" if abs(x - start) < 0.1 else "") + ("E" if abs(x + width - end) < 0.1 else "")
            add(x, line if side == "S" else line - depth, width, depth, floors, side + corner)
            x += width
    # Side walls of the street: houses down the side street, along the square, and at the ends of the vista.
    west, east = ground.crossing
    if ground.is_crossed:
        for sign in (-1.0, 1.0):
            y = ground.line + 13.2
            while y < 52:
                depth = float(stream.uniform(10, 15))
                for x, sides in ((west - ground.pavement - 12.0, "E"), (east + ground.pavement, "W")):
                    add(
                        x,
                        y if sign > 0 else -y - depth,
                        12.0,
                        depth,
                        parameters.floors + int(stream.integers(-1, 2)),
                        sides,
                    )
                y += depth
            span = east - west + 2 * ground.pavement + 20
            add(
                (west + east - span) / 2,
                56.0 if sign > 0 else -70.0,
                span,
                14.0,
                parameters.floors + 1,
                "S" if sign > 0 else "N",
            )
    if ground.has_square:
        for x, sides in ((-SQUARE_HALF_METRES - 12.0, "E"), (SQUARE_HALF_METRES, "W")):
            for step in range(2):
                low = ground.line + 13.0 + 12.5 * step
                add(x, low, 12.0, 12.5, parameters.floors + int(stream.integers(-1, 2)), sides)
    for sign in (-1.0, 1.0):
        add(
            66.0 if sign > 0 else -80.0,
            -24.0,
            14.0,
            48.0,
            parameters.floors + int(stream.integers(0, 3)),
            "W" if sign > 0 else "E",
        )
    for x in (-58, -30, -6, 20, 46):  # a few taller ones behind, for the skyline
        for line in (52.0, -60.0):
            if stream.random() < 0.55 and not (ground.is_crossed and west - 16 < x < east + 6):
                height = parameters.floors + int(stream.integers(3, 8))
                add(
                    x + float(stream.uniform(-4, 4)),
                    line,
                    float(stream.uniform(11, 17)),
                    12.0,
                    height,
                    "S" if line > 0 else "N",
                )
    return plans


def _add_ground(boxes: Boxes, ground: Ground) -> None:
    reach = 130.0
    boxes.add((-260, -260, -1), (260, 260, 0), Surface.ASPHALT, ROAD, False)
    west, east = ground.crossing
    spans = [(-reach, west), (east, reach)] if ground.is_crossed else [(-reach, reach)]
    for sign in (-1.0, 1.0):
        for start, end in spans:
            kerb = sign * ground.kerb
            boxes.add((start, kerb, 0), (end, sign * reach, KERB_METRES), Surface.PAVEMENT, PAVING, False)
            boxes.add((start - 0.015, kerb - sign * 0.01, 0), (end + 0.015, kerb + sign * 0.28, KERB_METRES + 0.012),
                      Surface.PAVEMENT, KERBSTONE, False)  # fmt: skip
    if ground.is_crossed:
        for sign in (-1.0, 1.0):
            for x, outward in ((west, -1.0), (east, 1.0)):
                # Two faces in one plane would shadow each other: it starts where the other kerb ends, a hair lower.
                corner = (x - outward * 0.01, sign * (ground.kerb + 0.28), 0)
                opposite = (x + outward * 0.28, sign * reach, KERB_METRES + 0.01)
                boxes.add(corner, opposite, Surface.PAVEMENT, KERBSTONE, False)
            for x in np.arange(west + 0.35, east - 0.5, 0.95):
                near = sign * (ground.kerb + 0.4)
                boxes.add((x, near, 0), (x + 0.5, near + sign * 2.6, 0.005), Surface.ROAD_PAINT, PAINT, False)
    else:
        for y in np.arange(-ground.kerb + 0.35, ground.kerb - 0.5, 0.95):
            boxes.add((-9.5, y, 0), (-6.7, y + 0.5, 0.005), Surface.ROAD_PAINT, PAINT, False)
    for x in np.arange(-58.0, 58.0, 5.0):
        if not (ground.is_crossed and west - 3 < x < east + 1) and not -13 < x < -6:
            boxes.add((x, -0.07, 0), (x + 2.4, 0.07, 0.005), Surface.ROAD_PAINT, PAINT, False)
    # Paving joints every few metres give the ground a scale.
    top, joint = KERB_METRES + 0.002, (0.245, 0.242, 0.236)
    depth = ground.line + (26.0 if ground.has_square else 0.0)
    for x in np.arange(-48.0, 48.0, 2.4):
        if ground.is_crossed and west - 0.3 < x < east + 0.3:
            continue
        wide = ground.has_square and abs(x) < SQUARE_HALF_METRES
        for sign in (-1.0, 1.0):
            far = depth if wide and sign > 0 else ground.line
            boxes.add((x, sign * (ground.kerb + 0.28), 0), (x + 0.03, sign * far, top), Surface.PAVEMENT, joint, False)
    if ground.has_square:
        for y in np.arange(ground.line, depth, 2.4):
            boxes.add(
                (-SQUARE_HALF_METRES, y, 0), (SQUARE_HALF_METRES, y + 0.03, top - 0.001), Surface.PAVEMENT, joint, False
            )


def _add_door(boxes: Boxes, ground: Ground, x: float, side: float) -> None:
    """A doorway with a canopy and lamps before it."""
    line = side * ground.line
    dark, frame = (0.16, 0.163, 0.17), (0.62, 0.61, 0.58)
    out = -side
    boxes.add((x - 0.85, line, 0), (x + 0.85, line + out * 0.06, 2.5), Surface.WOOD, dark, False)
    for left, right in ((x - 1.1, x - 0.85), (x + 0.85, x + 1.1)):
        boxes.add((left, line, 0), (right, line + out * 0.16, 2.75), Surface.TRIM, frame, False)
    boxes.add((x - 1.1, line, 2.5), (x + 1.1, line + out * 0.16, 2.8), Surface.TRIM, frame, False)
    boxes.add((x - 1.5, line, 2.95), (x + 1.5, line + out * 1.3, 3.09), Surface.TRIM, frame, False)
    boxes.add((x - 1.3, line, 0), (x + 1.3, line + out * 0.5, KERB_METRES + 0.10), Surface.TRIM, KERBSTONE, False)
