"""What hangs and stands in the street: lamp posts, wires and bare trees."""

import math

import numpy as np

from generation.traditional.city.boxes import Colour, FloatArray, Surface
from generation.traditional.city.random_streams import random_stream
from generation.traditional.snowfall.framing import camera_place, walk
from generation.traditional.snowfall.lamps import ARM_METRES, StreetLamps
from generation.traditional.snowfall.mesh_parts import MeshParts, lathe
from generation.traditional.snowfall.parameters import SnowfallParameters
from generation.traditional.snowfall.surfaces import SnowSurface

_IRON: Colour = (0.035, 0.04, 0.042)
_BARK: Colour = (0.05, 0.045, 0.04)
#: Radiance of a lamp's glass for each W/sr it sends out; real ones are a hundred times brighter, and so is their noise.
_GLASS_RADIANCE = 0.17


def add_street_lamps(parts: MeshParts, street: StreetLamps, parameters: SnowfallParameters) -> None:
    """Posts with curved arms, or lamps on a wire across the street, and their glowing glass."""
    height, reach = parameters.lamp_height_metres, parameters.half_street_metres + 0.1
    for (x, y, arm), head, intensity in zip(street.posts, street.lamps.position, street.lamps.intensity, strict=True):
        if arm:
            shaft = [(0.0, 0.16), (0.7, 0.15), (0.8, 0.085), (height - 0.4, 0.055)]
            parts.tube(*lathe((x, y, 0), (0, 0, 1), shaft), Surface.METAL, _IRON)
            bend = np.linspace(0, math.pi / 2, 6)
            curve = np.stack([x + arm * 0.5 * (1 - np.cos(bend)), np.full(6, y), height - 0.4 + 0.55 * np.sin(bend)], 1)
            tip = [[x + arm * (ARM_METRES + 0.25), y, height + 0.24]]
            parts.tube(
                np.concatenate([curve, tip]), [0.055, 0.05, 0.045, 0.04, 0.04, 0.04, 0.035], Surface.METAL, _IRON
            )
        else:
            across = np.linspace(-reach, reach, 13)
            sag = height + 0.7 - 0.5 * (1 - (across / reach) ** 2)
            parts.tube(np.stack([across, np.full(13, y), sag], 1), np.full(13, 0.018), Surface.METAL, _IRON, 5)
            parts.tube([[x, y, height + 0.2], [x, y, height + 0.5]], [0.02, 0.02], Surface.METAL, _IRON, 5)
        hood = [(-0.17, 0.0), (-0.16, 0.07), (-0.10, 0.16), (0.0, 0.24), (0.05, 0.25), (0.05, 0.19)]
        # Above the light itself, which the glass would put in its own shadow.
        top = (head[0], head[1], head[2] + 0.27)
        parts.tube(*lathe(top, (0, 0, -1), hood), Surface.METAL, _IRON, 14)
        red, green, blue = (intensity * _GLASS_RADIANCE).tolist()
        glass = [(0.0, 0.18), (0.07, 0.17), (0.12, 0.10), (0.14, 0.0)]
        burning = bool(intensity.max() > 0)
        tint = (red, green, blue) if burning else (0.08, 0.08, 0.075)
        surface = SnowSurface.GLOW if burning else Surface.PLASTER
        parts.tube(*lathe(top, (0, 0, -1), glass), surface, tint, 12)


def add_wires(parts: MeshParts, parameters: SnowfallParameters) -> None:
    """Cables across the street and along the fronts, each with its sag."""
    stream = random_stream(parameters.seed, "wires")
    reach = parameters.half_street_metres + 0.1
    for _ in range(int(stream.integers(2, 7))):
        y, slant = float(stream.uniform(5, 45)), float(stream.uniform(-6, 6))
        ends, sag = stream.uniform(5.5, 9.5, 2), float(stream.uniform(0.25, 0.9))
        share = np.linspace(0, 1, 14)
        way = np.stack(
            [
                reach * (2 * share - 1),
                y + slant * (share - 0.5),
                ends[0] + (ends[1] - ends[0]) * share - sag * 4 * share * (1 - share),
            ],
            1,
        )
        parts.tube(way, np.full(14, 0.013), Surface.METAL, _IRON, 5)


def add_trees(parts: MeshParts, parameters: SnowfallParameters) -> None:
    """Bare plane trees on the pavements, none of them before the figure or at the lens."""
    stream = random_stream(parameters.seed, "trees")
    eye, target = camera_place(parameters), walk(parameters).middle
    planted = 0
    for _ in range(60):
        side, y = float(stream.choice([-1, 1])), float(stream.uniform(3.5, 42.0))
        x = side * (parameters.half_road_metres + 0.75)
        share = y / target[1]
        hides = share < 1.05 and abs(x - (eye[0] + share * (target[0] - eye[0]))) < 0.9 + 0.3 * (1 - share)
        if planted >= parameters.tree_count or hides or math.hypot(x - eye[0], y - eye[1]) < 3.0:
            continue
        planted += 1
        base = np.array([x, y, 0.0])
        trunk = np.array([stream.normal(0, 0.05), stream.normal(0, 0.05), 1.0])
        _branch(parts, stream, base, trunk, float(stream.uniform(2.1, 2.9)), 0.15, 0, y)


def _branch(
    parts: MeshParts,
    stream: np.random.Generator,
    base: FloatArray,
    direction: FloatArray,
    length: float,
    radius: float,
    level: int,
    away: float,
) -> None:
    points, radii = [base], [radius]
    heading = direction / np.linalg.norm(direction)
    steps = 4
    for step in range(steps):
        heading = heading + stream.normal(0, 0.13, 3) + [0, 0, 0.05]
        heading /= np.linalg.norm(heading)
        points.append(points[-1] + heading * length / steps)
        radii.append(radius * (1 - 0.42 * (step + 1) / steps))
    parts.tube(np.array(points), radii, Surface.WOOD, _BARK, 7 if level < 2 else 4)
    if level >= (5 if away < 20 else 4):
        return
    for number in range(2 + int(stream.random() < 0.55)):
        aside = stream.normal(size=3)
        aside -= heading * (aside @ heading)
        aside /= np.linalg.norm(aside)
        spread = 0.35 if number == 0 else float(stream.uniform(0.6, 1.05))
        turned = heading * math.cos(spread) + aside * math.sin(spread)
        at = points[-1] if number < 2 else points[-2]
        _branch(parts, stream, at, turned, length * float(stream.uniform(0.58, 0.8)), radii[-1] * 0.8, level + 1, away)
