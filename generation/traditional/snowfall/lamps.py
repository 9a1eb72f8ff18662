"""What shines: street lamps, signs, lit shops and the figure's own light, as numbers that all steps share."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from generation.traditional.city.boxes import FloatArray
from generation.traditional.city.random_streams import random_stream
from generation.traditional.snowfall.framing import Walk, camera_place, walk
from generation.traditional.snowfall.parameters import SnowfallParameters

SODIUM = np.array([1.0, 0.54, 0.19])
LED = np.array([0.74, 0.90, 1.0])
TUNGSTEN = np.array([1.0, 0.62, 0.30])

#: Cosine of the half angle of a lamp's cone, and the share of the cone in which it fades (as Blender's spot blend).
LAMP_CONE_COSINE, LAMP_BLEND = math.cos(math.radians(70)), 0.75
EVERYWHERE_COSINE = -3.0
ARM_METRES = 1.5


@dataclass(frozen=True)
class Lamps:
    """N lamps.

    Attributes
    ----------
    position, axis
        [N,3] metres and unit vectors; a lamp shines along its axis.
    intensity
        [N,3] W/sr, scene-linear Rec.709: what a surface r metres away gets is this over r squared.
    cone_cosine, blend
        [N]; `EVERYWHERE_COSINE` shines to all sides.
    size_metres
        [N] radius of what glows.
    """

    position: FloatArray
    axis: FloatArray
    intensity: FloatArray
    cone_cosine: FloatArray
    blend: FloatArray
    size_metres: FloatArray

    def __len__(self) -> int:
        return len(self.position)

    def __add__(self, other: "Lamps") -> "Lamps":
        return Lamps(**{name: np.concatenate([getattr(self, name), getattr(other, name)]) for name in _COLUMNS})

    def take(self, rows: NDArray[np.generic]) -> "Lamps":
        """Some of them."""
        return Lamps(**{name: getattr(self, name)[rows] for name in _COLUMNS})

    def arrays(self) -> dict[str, FloatArray]:
        """Columns by name."""
        return {name: getattr(self, name) for name in _COLUMNS}

    def light_at(self, points: FloatArray) -> NDArray[np.float32]:
        """Irradiance [P,3] on a small ball at each of the points [P,3], without shadows."""
        total = np.zeros((len(points), 3), np.float32)
        for lamp in range(len(self)):
            away = (points - self.position[lamp]).astype(np.float32)
            squared = np.einsum("pi,pi->p", away, away) + np.float32(0.15)
            cosine = (away @ self.axis[lamp].astype(np.float32)) / np.sqrt(squared)
            falls = cone_share(cosine, float(self.cone_cosine[lamp]), float(self.blend[lamp])) / squared
            total += falls[:, None] * self.intensity[lamp].astype(np.float32)
        return total


_COLUMNS = tuple(Lamps.__dataclass_fields__)


def cone_share(cosine: NDArray[np.float32], cone_cosine: float, blend: float) -> NDArray[np.float32]:
    """How much of a lamp's light goes in a direction: 1 in the middle of its cone, 0 outside."""
    if cone_cosine <= EVERYWHERE_COSINE:
        return np.ones_like(cosine)
    share = np.clip((cosine - cone_cosine) / ((1 - cone_cosine) * blend), 0, 1)
    return np.asarray(share * share * (3 - 2 * share), np.float32)


def one_lamp(
    position: FloatArray,
    axis: FloatArray,
    watts: float,
    colour: FloatArray,
    cone_cosine: float,
    blend: float,
    size: float,
) -> Lamps:
    """A single lamp; Blender's watts go evenly into the full sphere, whatever the cone."""
    return Lamps(
        np.asarray(position, np.float64)[None],
        np.asarray(axis, np.float64)[None],
        (watts / (4 * math.pi) * np.asarray(colour))[None],
        np.array([cone_cosine]),
        np.array([blend]),
        np.array([size]),
    )


@dataclass(frozen=True)
class StreetLamps:
    """Lamps of the street: where their posts stand (x, y, arm's direction; 0 hangs from a wire) and which burn."""

    posts: FloatArray
    burning: NDArray[np.bool_]
    lamps: Lamps


def street_lamps(parameters: SnowfallParameters) -> StreetLamps:
    """The row of lamps; one of them always burns a few metres behind the figure, so that it stands against light."""
    stream = random_stream(parameters.seed, "lamps")
    way, eye = walk(parameters), camera_place(parameters)
    anchor = float(way.middle[1] + stream.uniform(2.2, 4.6))
    spacing, layout = parameters.lamp_spacing_metres, parameters.lamp_layout
    first = -math.floor((anchor + 4.0) / spacing)
    side = float(stream.choice([-1, 1])) if layout != "one side" else -math.copysign(1.0, eye[0])
    reach = parameters.half_road_metres + 0.45
    posts, burning, lamps = [], [], []
    for step in range(first, 9):
        sides = {"staggered": [side * (-1) ** step], "facing": [-1.0, 1.0], "one side": [side], "hanging": [0.0]}[
            layout
        ]
        for where in sides:
            y = anchor + step * spacing + float(stream.uniform(-0.4, 0.4)) * (step != 0)
            dead = stream.random() < parameters.dead_lamp_share and step != 0
            colour = LED if stream.random() < parameters.led_share else SODIUM
            tone = stream.uniform(0.92, 1.08, 3)
            x = where * reach
            if y > 105 or (where and _in_the_way(x, y, way, eye)):
                continue
            posts.append((x, y, -where))
            burning.append(not dead)
            head = [x - where * ARM_METRES, y, parameters.lamp_height_metres - 0.12]
            watts = 0.0 if dead else 1350 * parameters.lamp_brightness * (parameters.lamp_height_metres / 6) ** 2
            lamps.append(
                one_lamp(
                    np.array(head), np.array([0, 0, -1.0]), watts, colour * tone, LAMP_CONE_COSINE, LAMP_BLEND, 0.12
                )
            )
    if not lamps:
        return StreetLamps(np.zeros((0, 3)), np.zeros(0, bool), _NO_LAMPS)
    every = lamps[0]
    for lamp in lamps[1:]:
        every = every + lamp
    return StreetLamps(np.array(posts), np.array(burning), every)


def _in_the_way(x: float, y: float, way: Walk, eye: FloatArray) -> bool:
    """Whether a post would stand before the figure or at the lens."""
    if math.hypot(x - eye[0], y - eye[1]) < 2.6:
        return True
    target = way.middle
    share = float(np.clip((y - eye[1]) / (target[1] - eye[1]), 0, 1))
    return share < 1 and abs(x - (eye[0] + share * (target[0] - eye[0]))) < 0.9


@dataclass(frozen=True)
class CarriedLight:
    """The figure's own light, one row a frame: position [F,3], axis [F,3] and the lamp it is."""

    position: FloatArray
    axis: FloatArray
    lamp: Lamps

    def at(self, index: int) -> Lamps:
        """As it is in a frame."""
        return replace(self.lamp, position=self.position[index : index + 1], axis=self.axis[index : index + 1])


_NO_LAMPS = Lamps(np.zeros((0, 3)), np.zeros((0, 3)), np.zeros((0, 3)), np.zeros(0), np.zeros(0), np.zeros(0))


def lantern() -> Lamps:
    """A warm light to all sides."""
    return one_lamp(np.zeros(3), np.array([0, 0, -1.0]), 42.0, TUNGSTEN, EVERYWHERE_COSINE, 1.0, 0.05)


def torch() -> Lamps:
    """A narrow white beam."""
    return one_lamp(
        np.zeros(3), np.array([0, -1.0, 0]), 420.0, np.array([0.95, 0.97, 1.0]), math.cos(math.radians(19)), 0.7, 0.03
    )


def no_lamps() -> Lamps:
    """None at all."""
    return _NO_LAMPS
