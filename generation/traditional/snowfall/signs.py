"""Neon signs that stick out from the fronts: letters of a pixel font, one below the other, and the light they give."""

from dataclasses import dataclass

import numpy as np

from generation.traditional.city.boxes import Boxes, FloatArray, Surface
from generation.traditional.city.random_streams import random_stream
from generation.traditional.snowfall.framing import camera_place, walk
from generation.traditional.snowfall.lamps import EVERYWHERE_COSINE, Lamps, no_lamps, one_lamp
from generation.traditional.snowfall.parameters import SnowfallParameters
from generation.traditional.snowfall.surfaces import SnowSurface

#: Words a Buenos Aires street shows at night, and the colours of their tubes.
WORDS = ("HOTEL", "BAR", "CINE", "CAFE", "RADIO", "TRUCO", "KIOSCO", "TEATRO")
_NEON = np.array([[1.0, 0.07, 0.05], [0.05, 0.75, 1.0], [1.0, 0.16, 0.50], [0.15, 1.0, 0.55], [1.0, 0.45, 0.08]])

_FONT = {
    "A": ".#. #.# ### #.# #.#", "B": "##. #.# ##. #.# ##.", "C": ".## #.. #.. #.. .##", "D": "##. #.# #.# #.# ##.",
    "E": "### #.. ##. #.. ###", "F": "### #.. ##. #.. #..", "H": "#.# #.# ### #.# #.#", "I": "### .#. .#. .#. ###",
    "K": "#.# #.# ##. #.# #.#", "L": "#.. #.. #.. #.. ###", "N": "##. #.# #.# #.# #.#", "O": "### #.# #.# #.# ###",
    "R": "##. #.# ##. #.# #.#", "S": ".## #.. .#. ..# ##.", "T": "### .#. .#. .#. .#.", "U": "#.# #.# #.# #.# ###",
}  # fmt: skip


@dataclass(frozen=True)
class Sign:
    """A sign: the front's side, how far up the street, height of its middle, its word, letter height and colour."""

    side: float
    y: float
    height: float
    word: str
    letter_metres: float
    colour: FloatArray


def hang_signs(parameters: SnowfallParameters) -> list[Sign]:
    """Signs on both sides, the nearest where the camera sees it."""
    stream = random_stream(parameters.seed, "signs")
    eye, target = camera_place(parameters), walk(parameters).middle
    signs = []
    for number in range(parameters.sign_count):
        # The side away from the camera shows its signs; on its own side they stand edge on before the figure.
        side = -np.sign(eye[0]) if number % 2 == 0 else float(stream.choice([-1, 1]))
        y = float(target[1] * stream.uniform(0.7, 1.2) + stream.uniform(0, 5) + 8.5 * number)
        word = str(stream.choice(WORDS))
        colour = _NEON[int(stream.integers(len(_NEON)))]
        signs.append(
            Sign(
                float(side or 1.0), y, float(stream.uniform(3.7, 5.6)), word, float(stream.uniform(0.42, 0.62)), colour
            )
        )
    return signs


def add_signs(boxes: Boxes, signs: list[Sign], half_street_metres: float) -> None:
    """Dark cases with letters on the side that faces the camera."""
    for sign in signs:
        pixel = sign.letter_metres / 5.6
        width, tall = pixel * 4.6, sign.letter_metres * 1.18 * len(sign.word)
        near = sign.side * (half_street_metres - 0.12)
        middle = near - sign.side * width / 2
        top = sign.height + tall / 2
        case = ((middle - width / 2, sign.y, top + 0.1), (middle + width / 2, sign.y + 0.16, top - tall - 0.05))
        boxes.add(*case, Surface.METAL, (0.03, 0.03, 0.035), False)
        for z in (top - 0.3, top - tall + 0.3):
            boxes.add(
                (near, sign.y + 0.05, z),
                (near + sign.side * 0.3, sign.y + 0.1, z + 0.06),
                Surface.METAL,
                (0.03, 0.03, 0.03),
            )
        radiance = tuple((sign.colour * 2.6 + 0.10).tolist())
        for index, letter in enumerate(sign.word):
            for row, line in enumerate(_FONT[letter].split()):
                for column, dot in enumerate(line):
                    if dot == "#":
                        x = middle + (column - 1.5) * pixel
                        z = top - index * sign.letter_metres * 1.18 - (row + 0.5) * pixel
                        boxes.add(
                            (x, sign.y - 0.035, z), (x + pixel * 0.97, sign.y, z - pixel * 0.97),
                            SnowSurface.GLOW, radiance, False,  # type: ignore[arg-type]  # a slot beyond the kit's
                        )  # fmt: skip


def sign_lamps(signs: list[Sign], half_street_metres: float) -> Lamps:
    """What the signs throw into the street."""
    lamps = no_lamps()
    for sign in signs:
        place = np.array([sign.side * (half_street_metres - 0.5), sign.y - 0.3, sign.height])
        strength = 34 * len(sign.word) * sign.letter_metres
        lamps = lamps + one_lamp(place, np.array([0, -1.0, 0]), strength, sign.colour, EVERYWHERE_COSINE, 1.0, 0.35)
    return lamps
