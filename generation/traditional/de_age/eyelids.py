"""The lids: the head's shut eyes are cut out and replaced by lids with an opening that can close. Centimetres."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.traditional.de_age.distance_fields import Floats
from generation.traditional.de_age.features import lid_line
from generation.traditional.de_age.head_field import head_distance
from generation.traditional.de_age.proportions import EYE, EYE_RADIUS, Face

#: The region that is replaced, in the front view: centre and half axes.
_REGION, _REACH = (3.12, 0.12), (1.82, 1.02)
_RINGS = 16
#: How far shut the lids are in each stored shape; between them they move along straight lines.
PHASES = (0.0, 0.35, 0.7, 1.0)
_CORNERS = (EYE[0] - 1.42, EYE[0] + 1.38)


@dataclass(frozen=True)
class LiddedHead:
    """One watertight skin.

    Attributes
    ----------
    vertices, quads
        [P,V,3], one shape for each of `PHASES`, and [Q,4].
    margin
        [V], 1 on the lids' rims.
    edges
        The lids' outer edges, [P,N,3], and whether a point is on the upper lid, [N]; one pair an eye.
    """

    vertices: Floats
    quads: NDArray[np.int32]
    margin: Floats
    edges: tuple[tuple[Floats, NDArray[np.bool_]], ...]


def with_lids(vertices: Floats, quads: NDArray[np.int32], face: Face, age: float) -> LiddedHead:
    """Replace the skin over both eyes by lids."""
    shapes, faces, margin, edges = [vertices] * len(PHASES), [], np.zeros(len(vertices), np.float32), []
    kept = np.ones(len(quads), bool)
    for sign in (1, -1):
        inside = _in_region(vertices, sign)
        cut = _without_pinches(inside[quads].all(1), quads)
        kept &= ~cut
        loop = _rim_of(vertices, quads[cut], sign)
        new, lid_quads, rim = _lid(vertices[loop], sign, face, age)
        count = len(loop)
        edges.append((new[:, (_RINGS - 1) * count : _RINGS * count], _upper(vertices[loop], sign)))
        base = len(shapes[0])
        numbers = np.concatenate([loop, base + np.arange(new.shape[1])]).astype(np.int32)
        faces.append(numbers[lid_quads])
        shapes = [np.concatenate([shape, part]) for shape, part in zip(shapes, new, strict=True)]
        margin = np.concatenate([margin, rim])
    every = np.concatenate([quads[kept], *faces])
    used, compact = np.unique(every, return_inverse=True)
    stacked = np.stack(shapes)[:, used].astype(np.float32)
    return LiddedHead(stacked, compact.reshape(every.shape).astype(np.int32), margin[used], tuple(edges))


def _upper(loop: Floats, sign: int) -> NDArray[np.bool_]:
    return np.asarray(loop[:, 2] > _REGION[1])


def _in_region(vertices: Floats, sign: int) -> NDArray[np.bool_]:
    across, height = vertices[:, 0] * sign - _REGION[0], vertices[:, 2] - _REGION[1]
    return ((across / _REACH[0]) ** 2 + (height / _REACH[1]) ** 2 < 1) & (vertices[:, 1] < 0)


def _without_pinches(cut: NDArray[np.bool_], quads: NDArray[np.int32]) -> NDArray[np.bool_]:
    """The cut grown until its rim passes through no vertex twice, or the rim would not be one loop."""
    for _ in range(8):
        starts = _rim_edges(quads[cut])[:, 0]
        twice, count = np.unique(starts, return_counts=True)
        if count.max(initial=1) == 1:
            break
        cut = cut | np.isin(quads, twice[count > 1]).any(1)
    return cut


def _rim_edges(quads: NDArray[np.int32]) -> NDArray[np.int64]:
    """Directed edges [E,2] that only one face has."""
    wide = quads.astype(np.int64)
    edges = np.concatenate([np.stack([wide[:, side], wide[:, (side + 1) % 4]], 1) for side in range(4)])
    there, back = edges[:, 0] << 32 | edges[:, 1], edges[:, 1] << 32 | edges[:, 0]
    return np.asarray(edges[~np.isin(there, back)])


def _rim_of(vertices: Floats, quads: NDArray[np.int32], sign: int) -> NDArray[np.int32]:
    """The loop of vertices around a patch, in the direction of its faces."""
    edges = _rim_edges(quads)
    follow: dict[int, int] = dict(edges.tolist())
    loops: list[list[int]] = []
    while follow:
        start = at = next(iter(follow))
        loop = []
        while at in follow:
            loop.append(at)
            at = follow.pop(at)
        loops.append(loop if at == start else [])
    longest = max(loops, key=len)
    if len(longest) > 0.9 * len(edges):
        return np.array(longest, np.int32)
    # Where two sheets touch there is no clean loop: go round by angle, at the price of cracks finer than a pore.
    rim = np.unique(edges)
    angle = np.arctan2(vertices[rim, 2] - _REGION[1], vertices[rim, 0] - sign * _REGION[0])
    return rim[np.argsort(angle)].astype(np.int32)


def _lid(loop: Floats, sign: int, face: Face, age: float) -> tuple[Floats, NDArray[np.int32], Floats]:
    """Rings from the rim of the hole to the lids' edge and over it onto the eyeball, in every phase."""
    count = len(loop)
    outer = np.stack([loop[:, 0] * sign, loop[:, 2]], 1)
    angle = np.arctan2((outer[:, 1] - _REGION[1]) / _REACH[1], (outer[:, 0] - _REGION[0]) / _REACH[0])
    # The lids' edge is longer at its corners than its outline suggests: spread the vertices evenly in x there.
    middle, half = (_CORNERS[0] + _CORNERS[1]) / 2, (_CORNERS[1] - _CORNERS[0]) / 2
    across = (middle + half * np.cos(angle)).astype(np.float32)
    upper = _upper(loop, sign)
    open_up, open_low = lid_line(face, across, True, age), lid_line(face, across, False, age)
    shapes = []
    for shut in PHASES:
        # The upper lid does the work; the lower one comes a little way to meet it.
        meet = open_low + 0.12 * (open_up - open_low)
        up, low = open_up + (meet - open_up) * shut, open_low + (meet - open_low) * shut
        edge = np.stack([across, np.where(upper, up + 0.012, low - 0.012)], 1)
        share = (np.arange(1, _RINGS + 1) / _RINGS)[:, None, None]
        share = 1 - (1 - share) ** 1.35  # finer towards the edge
        flat = outer[None] * (1 - share) + edge[None] * share
        ring = _on_skin(flat, loop, face, age, 1 - shut)
        ring = np.concatenate([ring, _over_the_edge(ring[-1], edge, upper)])
        ring[..., 0] *= sign
        shapes.append(ring.reshape(-1, 3))
    rings = _RINGS + 4
    index = np.arange((rings + 1) * count).reshape(rings + 1, count)
    here, there = index, np.roll(index, -1, axis=1)
    quads = np.stack([here[:-1], there[:-1], there[1:], here[1:]], -1).reshape(-1, 4)
    rim = np.zeros((rings, count), np.float32)
    rim[_RINGS - 2 :] = np.array([0.3, 1, 1, 1, 1, 1])[:, None]
    return np.stack(shapes), quads, rim.ravel()


def _on_skin(flat: Floats, loop: Floats, face: Face, age: float, folded: float) -> Floats:
    """Points of the front view put onto the closed-lid skin: marched along y from where the hole's rim is."""
    rows, count = flat.shape[:2]
    share = np.linspace(1 / rows, 1, rows)[:, None]
    points = np.empty((rows, count, 3), np.float32)
    points[..., 0], points[..., 2] = flat[..., 0], flat[..., 1]
    bulge = np.sqrt(np.maximum(1.45**2 - (flat[..., 0] - EYE[0]) ** 2 - flat[..., 1] ** 2, 0.25))
    points[..., 1] = loop[:, 1] * (1 - share) + (EYE[1] - bulge) * share
    moving = points.reshape(-1, 3)

    def distance(at: Floats) -> Floats:
        return head_distance(at, face, age, folded)

    # Along y only, so that the lids' outline in the front view stays as it was drawn.
    step = np.array([0, 0.03, 0], np.float32)
    for _ in range(5):
        here = distance(moving)
        slope = np.minimum((distance(moving + step) - here) / step[1], -0.45)
        moving[:, 1] -= np.clip(here / slope, -0.12, 0.12)
    return _evened(moving.reshape(points.shape), loop)


def _evened(rings: Floats, loop: Floats) -> Floats:
    """Depths averaged a little with their neighbours: a column that found another sheet is brought back in line."""
    depth = rings[..., 1]
    around = np.median([np.roll(depth, shift, axis=1) for shift in range(-4, 5)], axis=0)
    share = np.linspace(1, 0, len(rings))[:, None]
    strayed = np.abs(depth - around) > 0.12 + 0.10 * share
    rings[..., 1] = np.where(strayed, around, depth)
    return rings


def _over_the_edge(rim: Floats, edge: Floats, upper: NDArray[np.bool_]) -> Floats:
    """Four rings that round the lid's edge and follow the eyeball behind it."""
    centre = np.array(EYE, np.float32)
    inward = np.where(upper, 1.0, -1.0)[:, None] * np.array([0, 0, 1], np.float32)
    towards = centre - rim
    depth = np.linalg.norm(towards, axis=1, keepdims=True)
    towards = towards / depth
    thick = np.maximum(depth - EYE_RADIUS - 0.005, 0.05)
    first = rim + towards * thick * 0.35 - inward * 0.025
    second = rim + towards * thick * 0.8 - inward * 0.02
    third = rim + towards * (thick + 0.02) + inward * 0.05
    fourth = rim + towards * (thick + 0.10) + inward * 0.35
    return np.asarray(np.stack([first, second, third, fourth]), np.float32)
