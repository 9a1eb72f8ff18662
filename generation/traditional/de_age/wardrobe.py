"""Beanie, collar and shoulders: grids wrapped around the head and the neck. Centimetres."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from generation.traditional.city.random_streams import random_stream
from generation.traditional.de_age.distance_fields import Floats
from generation.traditional.de_age.eyeball import ring_quads

Grid = tuple[Floats, NDArray[np.int32], Floats]  # vertices [V,3], quads [Q,4], place in the cloth [V,2] in centimetres

_SPOKES = 240


def beanie(seed: int) -> Grid:
    """A ribbed knit cap with a turned-up cuff, pulled down over the hairline."""
    random = random_stream(seed, "beanie")
    low, slouch = float(random.uniform(3.0, 3.8)), float(random.uniform(0.2, 1.4))
    cuff, ribs, lean = float(random.uniform(3.2, 4.4)), int(random.integers(38, 56)), float(random.uniform(-0.05, 0.05))
    around = np.linspace(0, 2 * np.pi, _SPOKES * 2, endpoint=False)
    # From inside the rim over the cuff's edge and up to the crown: height share and how far the wool stands off.
    profile = [
        (-0.02, -0.35),
        (-0.045, 0.1),
        (-0.03, 0.5),
        (0.03, 0.68),
        (0.2, 0.72),
        (0.4, 0.7),
        (0.405, 0.55),
        (0.41, 0.22),
    ]
    rows = []
    top = 12.5 + slouch
    for share, out in profile:
        rows.append((low + share * (cuff / 0.4), out))
    start = low + 0.41 * (cuff / 0.4)
    for turn in np.linspace(0.06, 1, 26):
        rows.append((start + (top - start) * math.sin(turn * math.pi / 2), 0.3 if turn < 0.12 else 0.42))
    vertices, cloth = [], []
    for number, (height, out) in enumerate(rows):
        inside = np.clip((height - 4.5) / (top - 4.2), 0, 1)
        girth = (1 - inside**2.3) ** 0.5 if number >= len(profile) else 1 - 0.02 * max(0.0, height - 5) / 3
        wide, deep = 7.35 * girth + out, 9.75 * girth + out
        rib = 0.075 * np.cos(around * ribs) * (girth**0.5) * (0.4 if number < 2 else 1)
        wrinkle = 0.16 * np.sin(around * 3 + height * 0.9 + seed % 7) * np.clip((height - start) / 3, 0, 1) * girth
        reach = 1 + (rib + wrinkle) / 9
        x, y = wide * np.sin(around) * reach, 0.75 - deep * np.cos(around) * reach
        # Worn as it is worn: above the brows in front, over the tops of the ears, low on the neck.
        drop = 1.8 * (1 - np.cos(around)) + lean * x
        vertices.append(np.stack([x, y, height - drop * (1 - inside)], -1))
        cloth.append(np.stack([around * 8.5, np.full_like(around, height)], -1))
    return _grid(vertices, cloth)


def garment(kind: str, seed: int) -> list[Grid]:
    """What is worn, from the throat down: a turtleneck, with a coat or a hood over it."""
    random = random_stream(seed, "garment")
    pieces = [_pullover(random)]
    if kind == "coat":
        pieces.append(_coat(random))
    elif kind == "hoodie":
        pieces.append(_hood(random))
    return pieces


def _pullover(random: np.random.Generator) -> Grid:
    around = np.linspace(0, 2 * np.pi, _SPOKES, endpoint=False)
    phase = random.uniform(0, 6.28, 6)
    #        height, half width, half depth, middle of the depth
    rows = [
        (-13.6, 5.6, 5.7, 1.2),
        (-13.1, 6.1, 6.2, 1.2),
        (-13.0, 6.5, 6.6, 1.2),
        (-13.3, 6.85, 6.95, 1.2),
        (-14.5, 7.0, 7.1, 1.3),
        (-15.6, 7.05, 7.15, 1.5),
        (-16.3, 7.3, 7.4, 1.7),
        (-16.9, 8.2, 8.0, 2.0),
        (-17.8, 11.0, 8.8, 2.4),
        (-19.2, 15.5, 9.6, 2.8),
        (-21.2, 19.0, 10.4, 3.0),
        (-24.0, 21.2, 11.2, 3.0),
        (-28.0, 22.3, 12.0, 2.6),
        (-34.0, 23.0, 13.0, 2.0),
        (-44.0, 23.5, 13.5, 2.0),
    ]
    vertices, cloth = [], []
    for height, wide, deep, middle in _refined(rows):
        square = float(np.interp(height, [-24, -17], [2.5, 2.0]))
        x, y = _superellipse(around, wide, deep, square)
        fold = 0.12 * np.sin(around * 2 + height * 1.7 + phase[0]) + 0.07 * np.sin(around * 5 - height * 1.1 + phase[1])
        rib = 0.035 * np.cos(around * 70) * np.clip((height + 17.5) / 1.0, 0, 1)
        rise = 0.5 * np.cos(around) * np.clip((height + 20) / 5, 0, 1)  # a collar stands higher at the back
        reach = 1 + (fold + rib) / wide
        vertices.append(np.stack([x * reach, y * reach + middle, height - rise + 0 * x], -1))
        cloth.append(np.stack([around * wide, np.full_like(around, height)], -1))
    return _grid(vertices, cloth)


def _coat(random: np.random.Generator) -> Grid:
    """A stand-up collar, open in front, and the shoulders of a heavy coat."""
    phase = random.uniform(0, 6.28, 4)
    spread = float(random.uniform(0.45, 0.75))
    share = np.linspace(0, 1, _SPOKES)
    rows = [
        (-18.5, 7.3, 8.0, 2.6, 0.5),
        (-15.2, 7.7, 8.4, 2.6, 0.42),
        (-12.4, 8.4, 9.0, 2.9, 0.40),
        (-12.0, 8.75, 9.3, 2.9, 0.42),
        (-12.5, 9.1, 9.6, 3.0, 0.45),
        (-15.0, 8.9, 9.3, 3.0, 0.5),
        (-17.2, 9.6, 9.3, 3.0, 0.5),
        (-18.2, 12.8, 9.8, 3.0, 0.42),
        (-19.7, 17.5, 10.8, 3.1, 0.36),
        (-21.8, 21.2, 11.8, 3.1, 0.3),
        (-25.0, 23.4, 12.6, 3.0, 0.26),
        (-31.0, 24.5, 13.8, 2.5, 0.22),
        (-44.0, 25.0, 14.5, 2.0, 0.2),
    ]
    vertices, cloth = [], []
    for height, wide, deep, middle, gap in _refined(rows):
        opening = gap * spread * 1.5
        around = opening + (2 * np.pi - 2 * opening) * share
        x, y = _superellipse(around, wide, deep, float(np.interp(height, [-24, -17], [2.5, 2.0])))
        fold = 0.22 * np.sin(around * 3 + height * 0.8 + phase[0]) + 0.10 * np.sin(around * 7 - height * 0.6 + phase[1])
        rise = 1.1 * np.cos(around) * np.clip((height + 19) / 5, 0, 1)
        reach = 1 + fold / wide
        vertices.append(np.stack([x * reach, y * reach + middle, height - rise], -1))
        cloth.append(np.stack([around * wide, np.full_like(around, height)], -1))
    return _grid(vertices, cloth, closed=False)


def _hood(random: np.random.Generator) -> Grid:
    """A hood that lies in folds around the neck: a thick ring, fuller at the back."""
    phase = random.uniform(0, 6.28, 4)
    around, turn = np.linspace(0, 2 * np.pi, _SPOKES, endpoint=False), np.linspace(0, 2 * np.pi, 40)
    vertices, cloth = [], []
    back = (1 - np.cos(around)) / 2
    for angle in turn:
        thick = (
            1.9
            + 1.3 * back
            + 0.25 * np.sin(around * 4 + angle * 2 + phase[0])
            + 0.12 * np.sin(around * 9 - angle + phase[1])
        )
        reach = 8.3 + 0.9 * back + thick * 0.85 * np.cos(angle)
        height = -16.9 + 1.6 * back + thick * np.sin(angle)
        vertices.append(np.stack([reach * np.sin(around), 2.0 - reach * np.cos(around), height], -1))
        cloth.append(np.stack([around * 9, np.full_like(around, angle * 2.5)], -1))
    return _grid(vertices, cloth)


def _superellipse(
    around: NDArray[np.float64], wide: float, deep: float, power: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    sine, cosine = np.sin(around), np.cos(around)
    return wide * np.sign(sine) * np.abs(sine) ** (2 / power), -deep * np.sign(cosine) * np.abs(cosine) ** (2 / power)


def _refined(rows: Sequence[tuple[float, ...]], parts: int = 4) -> list[tuple[float, ...]]:
    """The profile as a smooth curve through its rows."""
    from scipy.interpolate import PchipInterpolator

    at = np.linspace(0, len(rows) - 1, (len(rows) - 1) * parts + 1)
    smooth = PchipInterpolator(np.arange(len(rows)), np.array(rows))(at)
    return [tuple(row) for row in smooth.tolist()]


def _grid(vertices: list[NDArray[np.float64]], cloth: list[NDArray[np.float64]], closed: bool = True) -> Grid:
    stacked = np.stack(vertices)
    quads = ring_quads(stacked.shape[0], stacked.shape[1], closed)
    return stacked.reshape(-1, 3).astype(np.float32), quads, np.stack(cloth).reshape(-1, 2).astype(np.float32)
