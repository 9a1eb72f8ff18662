"""Hair as polylines that grow out of the skin: brows, beard, scalp; and lashes as ribbons on the lids. Centimetres."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.traditional.city.random_streams import random_stream
from generation.traditional.de_age.distance_fields import Floats, Points, along, ramp
from generation.traditional.de_age.head_mesh import Skin
from generation.traditional.de_age.proportions import Face

_BROW = ((1.05, 1.38), (1.9, 1.82), (3.2, 2.12), (4.15, 1.92), (4.85, 1.45))
#: The hairline by angle from straight ahead: height in centimetres. Sideburns come down in front of the ear.
_HAIRLINE = (
    (0, 15, 32, 46, 58, 66, 78, 90, 104, 125, 150, 180),
    (7.0, 7.3, 7.2, 5.6, 3.2, 0.2, -1.6, 2.2, 0.5, -4.8, -7.6, -8.4),
)


@dataclass(frozen=True)
class Strands:
    """``points`` [S,P,3], ``radius`` [S] at the root and ``shade`` [S] 0 to 1 for colour variation."""

    points: Floats
    radius: Floats
    shade: Floats


def scalp_mask(rest: Floats) -> Floats:
    """1 where hair grows on the head."""
    points = Points(rest)
    angle = np.degrees(np.arctan2(points.side, -points.y))
    line = np.interp(angle, *_HAIRLINE).astype(np.float32)
    ragged = 0.18 * np.sin(angle * 0.9) + 0.12 * np.sin(angle * 2.3 + 1.0)
    ear = (points.side > 6.55) & (np.abs(points.y - 1.9) < 1.7) & (points.z < 1.9)
    return np.asarray(ramp(points.z - line - ragged, -0.35, 0.45) * ~ear, np.float32)


def _brow_path(face: Face, age: float) -> list[tuple[float, float]]:
    return [(x, z + 0.12 * face.brow - 0.16 * age * (0.4 + 0.15 * x)) for x, z in _BROW]


def brow_mask(rest: Floats, face: Face, age: float) -> Floats:
    """1 where the eyebrows grow."""
    points = Points(rest)
    gap, share = along(points.side, points.z, _brow_path(face, age))
    width = np.interp(share, [0, 0.15, 0.6, 1.0], [0.2, 0.27, 0.22, 0.08]) * (1 + 0.2 * age)
    return np.asarray(np.exp(-((gap / width) ** 4)) * ramp(points.y, -3.5, -4.5), np.float32)


def brows(skin: Skin, face: Face, age: float) -> Strands:
    """Both eyebrows: upright at the inner end, lying outwards along the arch; long and sparse in age."""
    path = _brow_path(face, age)
    density = brow_mask(skin.rest, face, age)

    def grow(root: Floats, normal: Floats, random: np.random.Generator) -> Floats:
        sign = np.sign(root[:, :1])
        _, at = along(np.abs(root[:, 0]), root[:, 2], path)
        lean = np.interp(at, [0, 0.2, 0.6, 1.0], [1.25, 0.62, 0.10, -0.50])[:, None] + random.normal(
            0, 0.16 + 0.2 * age, (len(root), 1)
        )
        return np.concatenate([sign * np.cos(lean), np.zeros_like(lean), np.sin(lean)], 1)

    return _grown(
        skin,
        density,
        int(900 * (1 - 0.45 * age)),
        "brows",
        face,
        grow,
        (0.45, 0.8 + 0.35 * age),
        0.009,
        lift=0.22 + 0.25 * age,
        droop=0.35,
    )


def beard(skin: Skin, face: Face, amount: float) -> Strands:
    """Beard and moustache, growing downwards: stubble at a small amount, a short full beard at 1."""
    density = skin.paint["beard"] ** 1.5

    def grow(root: Floats, normal: Floats, random: np.random.Generator) -> Floats:
        down = np.array([0.0, -0.15, -1.0]) + random.normal(0, 0.28, root.shape)
        outward = np.stack([0.25 * root[:, 0] / 4, np.zeros(len(root)), np.zeros(len(root))], 1)
        return np.asarray(down + outward, np.float32)

    length = 0.12 + 0.95 * amount**1.5
    return _grown(
        skin,
        density,
        int(2600 + 6000 * amount),
        "beard",
        face,
        grow,
        (0.6 * length, length),
        0.0075,
        lift=0.55,
        droop=0.3,
    )


def hair(skin: Skin, face: Face, style: str) -> Strands:
    """Hair of the head: cropped close, or swept back; under a beanie only what shows."""
    density = scalp_mask(skin.rest)
    if style == "beanie":
        density = density * ramp(skin.rest[:, 2], 4.0, 3.2)
    swept = style == "swept"

    def grow(root: Floats, normal: Floats, random: np.random.Generator) -> Floats:
        if swept:
            part = np.where(root[:, 0] > -2.2, 0.55, -0.55)
            flow = np.stack([part, np.full(len(root), 0.75), 0.4 - 0.14 * (7 - root[:, 2]).clip(0)], 1)
        else:
            flow = np.stack([0.2 * root[:, 0] / 7, np.full(len(root), -0.35), np.full(len(root), -0.5)], 1)
        clump = np.sin(root @ np.array([[2.1, 0.4, -0.9], [-0.6, 1.8, 1.1], [0.8, -1.2, 1.7]]))
        return np.asarray(flow + 0.22 * clump + random.normal(0, 0.13, root.shape), np.float32)

    if swept:
        # Sides are short, the top is long.
        return _grown(
            skin, density, 15000, "hair", face, grow, (2.6, 4.4), 0.011, lift=0.30, droop=0.22, by_height=True
        )
    return _grown(
        skin,
        density,
        5200 if style == "beanie" else 17000,
        "hair",
        face,
        grow,
        (0.45, 0.8),
        0.008,
        lift=0.55,
        droop=0.2,
    )


def lashes(skin: Skin, face: Face, age: float) -> tuple[Floats, NDArray[np.int32]]:
    """Ribbons [P,V,3] in every phase of the blink, quads [Q,4]; thinner and shorter in age."""
    random = random_stream(face.seed, "lashes")
    shapes: list[list[Floats]] = [[] for _ in skin.edges[0][0]]
    for edge, upper in skin.edges:
        for is_upper, count, length in ((True, 84, 0.60), (False, 34, 0.24)):
            row = np.flatnonzero(upper == is_upper)
            row = row[np.argsort(np.abs(edge[0, row, 0]))]
            # Spread over the lid's width: its vertices crowd in the corners, and lashes would too.
            out = np.sort(random.uniform(0.10, 0.96, int(count * (1 - 0.35 * age))))
            width = np.abs(edge[0, row, 0])
            place = np.interp(width[0] + out * (width[-1] - width[0]), width, np.arange(len(row)))
            side = np.sign(edge[0, row[0], 0])
            fan = (out - 0.42) * 1.1 + random.normal(0, 0.10, len(place))
            size = length * (0.5 + 0.65 * out) * random.uniform(0.7, 1.05, len(place)) * (1 - 0.25 * age)
            curl = random.uniform(0.8, 1.2, len(place))
            for phase, shape in enumerate(shapes):
                line = edge[phase][row]
                root = np.stack([np.interp(place, np.arange(len(row)), line[:, axis]) for axis in range(3)], 1)
                closed = phase / (len(shapes) - 1)
                rise = (0.35 - 1.15 * closed) if is_upper else -0.75
                bend = (0.95 if is_upper else -0.25) * curl
                shape.append(_ribbons(root, side, fan, rise, bend, size))
    stacked = np.stack([np.concatenate(parts) for parts in shapes])
    blades = stacked.shape[1] // 8
    quads = (np.arange(blades)[:, None, None] * 8 + np.array([[0, 1, 3, 2], [2, 3, 5, 4], [4, 5, 7, 6]])).reshape(-1, 4)
    return stacked, quads.astype(np.int32)


def _ribbons(root: Floats, side: float, fan: Floats, rise: float, bend: Floats, size: Floats) -> Floats:
    """Curved blades of four pairs of vertices, facing forward."""
    pairs = []
    at, angle = root.copy(), np.full(len(root), rise)
    for step in range(4):
        width = 0.006 * (1 - 0.8 * step / 3)
        across = np.array([1.0, 0.0, 0.0]) * width
        pairs += [at - across, at + across]
        sideways = np.sin(fan) * side
        ahead = np.stack([sideways, -np.cos(angle) * np.cos(fan), np.sin(angle)], 1)
        at = at + ahead * (size / 3)[:, None]
        angle = angle + bend / 3
    return np.stack(pairs, 1).reshape(-1, 3).astype(np.float32)


def _grown(
    skin: Skin,
    density: Floats,
    count: int,
    name: str,
    face: Face,
    grow: Callable[[Floats, Floats, np.random.Generator], Floats],
    length: tuple[float, float],
    radius: float,
    lift: float,
    droop: float,
    by_height: bool = False,
) -> Strands:
    """``count`` hairs at places drawn by density, each five points that leave the skin and lie down again."""
    random = random_stream(face.seed, name)
    corners = skin.vertices[0][skin.quads]
    area = np.linalg.norm(np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1]), axis=1)
    weight = area * density[skin.quads].mean(1)
    chosen = random.choice(len(weight), count, p=weight / weight.sum())
    u, v = random.random((2, count, 1))
    quad = corners[chosen]
    root = (quad[:, 0] * (1 - u) + quad[:, 1] * u) * (1 - v) + (quad[:, 3] * (1 - u) + quad[:, 2] * u) * v
    normal = np.cross(quad[:, 2] - quad[:, 0], quad[:, 3] - quad[:, 1])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True) + 1e-9
    flow = grow(root, normal, random)
    flow = flow - normal * (flow * normal).sum(1, keepdims=True)
    flow /= np.linalg.norm(flow, axis=1, keepdims=True) + 1e-9
    reach = random.uniform(*length, (count, 1))
    if by_height:
        reach = reach * np.interp(root[:, 2:], [1.0, 6.0], [0.22, 1.0])
    shares = np.linspace(0, 1, 5)
    tilt = random.uniform(0.7, 1.3, (count, 1)) * lift
    parts = [
        root
        - 0.03 * normal
        + reach * share * (flow * (1 - 0.3 * tilt * share))
        + normal * reach * tilt * (share - droop * share**2 * 1.6)
        for share in shares
    ]
    return Strands(
        np.stack(parts, 1).astype(np.float32),
        np.full(count, radius, np.float32) * random.uniform(0.7, 1.2, count).astype(np.float32),
        random.random(count).astype(np.float32),
    )
