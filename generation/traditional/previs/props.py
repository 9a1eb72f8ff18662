"""What stands about: trees, street lamps, bollards, benches and parked cars, as one polygon mesh."""

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from generation.traditional.city.boxes import Colour
from generation.traditional.city.random_streams import random_stream
from generation.traditional.previs.car import GLASS, HUB, LAMP, PAINT, RUBBER, TAIL, TRIM, car_mesh
from generation.traditional.previs.ground import KERB_METRES, SQUARE_DEPTH_METRES, SQUARE_HALF_METRES, Ground
from generation.traditional.previs.parameters import PrevisParameters
from generation.traditional.previs.skeleton import FloatArray
from generation.traditional.previs.skinning import turned

MATT, GLOSS, LACQUER = 0, 1, 2  # material slots: see blender/previs/surfaces.py
CAR_PARTS: dict[int, tuple[Colour | None, int]] = {
    PAINT: (None, LACQUER),
    GLASS: ((0.03, 0.036, 0.042), GLOSS),
    RUBBER: ((0.028, 0.028, 0.03), MATT),
    HUB: ((0.42, 0.42, 0.43), GLOSS),
    LAMP: ((0.85, 0.84, 0.80), GLOSS),
    TAIL: ((0.45, 0.02, 0.015), GLOSS),
    TRIM: ((0.05, 0.05, 0.052), MATT),
}


@dataclass
class PropMesh:
    """A growing mesh: polygons with a tint and a material; ``smooth`` ones are shaded round."""

    vertices: list[FloatArray] = field(default_factory=list)
    corners: list[NDArray[np.int64]] = field(default_factory=list)
    sizes: list[NDArray[np.int64]] = field(default_factory=list)
    tints: list[FloatArray] = field(default_factory=list)
    surfaces: list[NDArray[np.int64]] = field(default_factory=list)
    count: int = 0

    def add(self, vertices: FloatArray, faces: NDArray[np.int64], tint: object, surface: object = MATT) -> None:
        """Add faces [P,K] of ``vertices`` [V,3] in one tint or [P,3], one material or [P]."""
        self.vertices.append(vertices)
        self.corners.append((faces + self.count).ravel())
        self.sizes.append(np.full(len(faces), faces.shape[1]))
        self.tints.append(np.broadcast_to(np.asarray(tint, float), (len(faces), 3)))
        self.surfaces.append(np.broadcast_to(np.asarray(surface, int), (len(faces),)))
        self.count += len(vertices)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """``vertices`` [V,3], ``corner_vertex`` [C], ``polygon_size`` [P], ``tint`` [P,3], ``surface`` [P]."""
        if not self.vertices:
            return {"vertices": np.zeros((0, 3)), "corner_vertex": np.zeros(0, int), "polygon_size": np.zeros(0, int),
                    "tint": np.zeros((0, 3)), "surface": np.zeros(0, int)}  # fmt: skip
        return {
            "vertices": np.concatenate(self.vertices),
            "corner_vertex": np.concatenate(self.corners),
            "polygon_size": np.concatenate(self.sizes),
            "tint": np.concatenate(self.tints),
            "surface": np.concatenate(self.surfaces),
        }


@dataclass(frozen=True)
class Props:
    """The mesh, and boxes [N,2,3] around what hides a figure behind it."""

    mesh: PropMesh
    bodies: FloatArray


def place_props(parameters: PrevisParameters, ground: Ground, kept_clear: FloatArray) -> Props:
    """Set the street; nothing stands within a step of the points ``kept_clear`` [N,2]."""
    mesh, bodies = PropMesh(), []
    taken = list(kept_clear)

    def is_free(x: float, y: float, room: float) -> bool:
        return bool(np.linalg.norm(np.array(taken) - [x, y], axis=1).min() > room)

    for spot, heading in _parking(parameters, ground):
        if is_free(*spot, 3.2):
            bodies.append(_add_parked_car(mesh, parameters, spot, heading))
            taken.extend(np.array(spot) + shift * np.array([math.cos(heading), math.sin(heading)]) for shift in (-1, 1))
    stream = random_stream(parameters.seed, "trees")
    planted = 0
    for x, y in _tree_pits(parameters, ground):
        if planted < parameters.tree_count and is_free(x, y, 2.4):
            bodies += _add_tree(mesh, stream, x, y)
            taken.append(np.array([x, y]))
            planted += 1
    for x, y, inward in _lamp_posts(parameters, ground):
        if is_free(x, y, 3.6):
            _add_lamp(mesh, x, y, inward)
            bodies.append([[x - 0.08, y - 0.08, 0.0], [x + 0.08, y + 0.08, 6.0]])
            bodies.append([[x - 0.15, min(y, y + 1.7 * inward), 5.8], [x + 0.15, max(y, y + 1.7 * inward), 6.6]])
            taken.append(np.array([x, y]))
    if ground.has_square:
        bodies += _add_monument(mesh, parameters, ground, is_free)
    bodies += _add_furniture(mesh, parameters, ground, is_free)
    return Props(mesh, np.array(bodies, float).reshape(-1, 2, 3))


def car_colours(parts: NDArray[np.int64], paint: Colour) -> tuple[FloatArray, NDArray[np.int64]]:
    """Tint [P,3] and material [P] of a car's faces."""
    tints = np.array([CAR_PARTS[part][0] or paint for part in range(len(CAR_PARTS))])
    surfaces = np.array([CAR_PARTS[part][1] for part in range(len(CAR_PARTS))])
    return tints[parts], surfaces[parts]


def _parking(parameters: PrevisParameters, ground: Ground) -> list[tuple[tuple[float, float], float]]:
    stream = random_stream(parameters.seed, "parking")
    west, east = ground.crossing
    spots = []
    for side in (-1.0, 1.0):
        for x in np.arange(-36.0, 37.0, 6.1) + float(stream.uniform(0, 4)):
            if ground.is_crossed and west - 7 < x < east + 7:
                continue
            heading = (0.0 if side < 0 else math.pi) + float(stream.uniform(-0.03, 0.03))
            spots.append(((float(x), side * (ground.kerb - 1.15)), heading))
    order = stream.permutation(len(spots))
    return [spots[index] for index in order[: parameters.parked_cars]]


def _add_parked_car(
    mesh: PropMesh, parameters: PrevisParameters, spot: tuple[float, float], heading: float
) -> list[list[float]]:
    vertices, quads, _, parts = car_mesh()
    grey = float(random_stream(parameters.seed, "parked", spot[0]).uniform(0.22, 0.55))
    tint, surface = car_colours(parts, (grey, grey, grey * 1.02))
    placed = vertices @ turned("z", heading).T + [*spot, 0.0]
    mesh.add(placed, quads, tint, surface)
    return [placed.min(0).tolist(), placed.max(0).tolist()]


def _tree_pits(parameters: PrevisParameters, ground: Ground) -> list[tuple[float, float]]:
    stream = random_stream(parameters.seed, "pits")
    pits = [
        (x + float(stream.uniform(-1, 1)), side * (ground.kerb + 0.75))
        for side in (-1.0, 1.0)
        for x in np.arange(-40.0, 41.0, 7.5)
        if not (ground.is_crossed and ground.crossing[0] - 3 < x < ground.crossing[1] + 3)
    ]
    if ground.has_square:
        half, low = SQUARE_HALF_METRES - 3, ground.line + 3
        square = [(float(stream.uniform(-half, half)), float(stream.uniform(low, low + SQUARE_DEPTH_METRES - 7)))
                  for _ in range(14)]  # fmt: skip
        pits = [pit for pair in zip(square, pits[: len(square)], strict=False) for pit in pair] + pits[len(square) :]
        return pits
    return [pits[index] for index in stream.permutation(len(pits))]


def _add_tree(mesh: PropMesh, stream: np.random.Generator, x: float, y: float) -> list[list[list[float]]]:
    height, spread = float(stream.uniform(5.5, 8.0)), float(stream.uniform(1.5, 2.2))
    foot = np.array([x, y, KERB_METRES])
    fork = foot + [stream.uniform(-0.15, 0.15), stream.uniform(-0.15, 0.15), height * 0.42]
    bark = (0.20, 0.17, 0.145)
    _add_rod(mesh, foot, fork, 0.15, 0.10, bark, 10)
    centre = foot + [0, 0, height - spread * 0.95]
    for _ in range(5):
        tip = centre + stream.normal(0, 1, 3) * spread * np.array([0.45, 0.45, 0.3])
        _add_rod(mesh, fork - [0, 0, 0.05], tip, 0.07, 0.02, bark, 6)
    # Clumps of leaves, mostly near the outside of a few rounded masses.
    masses = np.concatenate([[[0, 0, 0.1]], np.clip(stream.normal(0, 0.52, (6, 3)), -0.8, 0.8) * [1, 1, 0.75]]) * spread
    sizes = np.concatenate([[0.85], stream.uniform(0.42, 0.62, 6)]) * spread
    clumps = 850
    which = stream.choice(7, clumps, p=sizes**2 / (sizes**2).sum())
    outward = stream.normal(0, 1, (clumps, 3))
    outward /= np.linalg.norm(outward, axis=1, keepdims=True)
    places = masses[which] + outward * (sizes[which] * stream.uniform(0.72, 1.04, clumps))[:, None] * [1, 1, 0.85]
    _add_leaves(mesh, stream, centre + places, 0.09, 0.19)
    pit = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]]) * 0.5 + foot + [0, 0, 0.006]
    mesh.add(pit, np.array([[0, 1, 2, 3]]), (0.16, 0.145, 0.13))
    crown = spread * 0.85
    return [
        [[x - 0.14, y - 0.14, 0.0], [x + 0.14, y + 0.14, float(fork[2])]],
        [[x - crown, y - crown, float(centre[2]) - 0.8 * spread], [x + crown, y + crown, float(centre[2]) + spread]],
    ]


def _add_leaves(mesh: PropMesh, stream: np.random.Generator, places: FloatArray, small: float, large: float) -> None:
    """A clump of leaves at each of ``places`` [N,3]: an octahedron turned at random."""
    clumps = len(places)
    octahedron = np.array([[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 0.62], [0, 0, -0.62]], float)
    faces = np.array([[0, 2, 4], [2, 1, 4], [1, 3, 4], [3, 0, 4], [2, 0, 5], [1, 2, 5], [3, 1, 5], [0, 3, 5]])
    axes = turned("z", stream.uniform(0, 2 * math.pi, clumps)) @ turned("x", stream.normal(0, 0.7, clumps))
    size = stream.uniform(small, large, clumps)
    points = np.einsum("nij,vj->nvi", axes, octahedron) * size[:, None, None] + places[:, None]
    every = (faces[None] + 6 * np.arange(clumps)[:, None, None]).reshape(-1, 3)
    green = (
        np.array([0.26, 0.32, 0.175])
        * stream.uniform(0.8, 1.2, (clumps, 1))
        * [1.0, 1.0, float(stream.uniform(0.8, 1.1))]
    )
    mesh.add(points.reshape(-1, 3), every, np.repeat(green, 8, axis=0))


def _add_rod(
    mesh: PropMesh, start: FloatArray, end: FloatArray, radius: float, radius_end: float, tint: Colour, sides: int = 12
) -> None:
    """A tapered rod, closed at its end."""
    along = (end - start) / np.linalg.norm(end - start)
    aside = np.cross(along, [0.0, 1.0, 0.0] if abs(along[1]) < 0.9 else [1.0, 0.0, 0.0])
    aside /= np.linalg.norm(aside)
    angle = np.linspace(0, 2 * math.pi, sides, endpoint=False)[:, None]
    ring = np.cos(angle) * aside + np.sin(angle) * np.cross(along, aside)
    here = np.arange(sides)
    following = (here + 1) % sides
    mesh.add(
        np.concatenate([start + radius * ring, end + radius_end * ring]),
        np.stack([here, following, sides + following, sides + here], -1),
        tint,
    )
    mesh.add(end + radius_end * ring, here[None], tint)


def _add_block(
    mesh: PropMesh, low: Sequence[float] | FloatArray, high: Sequence[float] | FloatArray, tint: Colour
) -> None:
    x, y, z = zip(low, high, strict=True)
    corners = np.array([[x[a], y[b], z[c]] for c in (0, 1) for a, b in ((0, 0), (1, 0), (1, 1), (0, 1))])
    faces = np.array([[0, 3, 2, 1], [4, 5, 6, 7], [0, 1, 5, 4], [1, 2, 6, 5], [2, 3, 7, 6], [3, 0, 4, 7]])
    mesh.add(corners, faces, tint)


def _add_monument(
    mesh: PropMesh, parameters: PrevisParameters, ground: Ground, is_free: Callable[[float, float, float], bool]
) -> list[list[list[float]]]:
    """An obelisk on steps and four planted beds around it, where the square has room for them."""
    stream = random_stream(parameters.seed, "monument")
    stone, edge, soil = (0.50, 0.49, 0.47), (0.42, 0.41, 0.395), (0.19, 0.22, 0.13)
    bodies = []
    spots = [(float(stream.uniform(-9, 9)), ground.line + float(stream.uniform(7, 19))) for _ in range(24)]
    x, y = next((spot for spot in spots if is_free(*spot, 4.5)), (0.0, ground.line + 20.0))
    for half, low, high in ((1.9, 0.0, 0.18), (1.5, 0.18, 0.36), (0.85, 0.36, 1.5), (0.98, 1.5, 1.66)):
        _add_block(mesh, (x - half, y - half, KERB_METRES + low), (x + half, y + half, KERB_METRES + high), stone)
    foot = np.array([x, y, KERB_METRES + 1.66])
    _add_rod(mesh, foot, foot + [0, 0, 5.6], 0.62, 0.36, stone, 4)
    _add_rod(mesh, foot + [0, 0, 5.6], foot + [0, 0, 6.2], 0.36, 0.02, stone, 4)
    bodies.append([[x - 0.95, y - 0.95, 0.0], [x + 0.95, y + 0.95, 7.0]])
    for along, across in ((1, 1), (-1, 1), (1, -1), (-1, -1)):
        bed_x, bed_y = x + 5.2 * along, y + 4.6 * across
        if not (is_free(bed_x, bed_y, 3.4) and ground.line + 2 < bed_y < ground.line + 23 and abs(bed_x) < 14):
            continue
        west, south, east, north = bed_x - 1.7, bed_y - 1.2, bed_x + 1.7, bed_y + 1.2
        _add_block(mesh, (west, south, KERB_METRES), (east, north, KERB_METRES + 0.42), edge)
        _add_block(mesh, (west + 0.15, south + 0.15, 0.5), (east - 0.15, north - 0.15, 0.60), soil)
        spread = np.array([1.4, 0.9, 0.2])
        _add_leaves(mesh, stream, stream.uniform(-1, 1, (420, 3)) * spread + [bed_x, bed_y, 0.72], 0.07, 0.15)
        bodies.append([[west, south, 0.0], [east, north, 0.9]])
    return bodies


def _lamp_posts(parameters: PrevisParameters, ground: Ground) -> list[tuple[float, float, float]]:
    start = float(random_stream(parameters.seed, "lamp posts").uniform(-6, 6))
    return [
        (float(x), side * (ground.kerb + 0.55), -side)
        for side in (-1.0, 1.0)
        for x in np.arange(start - 51, 52, 17.0) + 4.0 * side
        if not (ground.is_crossed and ground.crossing[0] - 1 < x < ground.crossing[1] + 1)
    ]


def _add_lamp(mesh: PropMesh, x: float, y: float, inward: float) -> None:
    iron = (0.10, 0.105, 0.11)
    foot = np.array([x, y, KERB_METRES])
    _add_rod(mesh, foot, foot + [0, 0, 0.9], 0.10, 0.085, iron)
    _add_rod(mesh, foot + [0, 0, 0.9], foot + [0, 0, 5.9], 0.06, 0.045, iron)
    points = [foot + [0, inward * across, 5.9 + up] for across, up in ((0, 0), (0.25, 0.35), (0.75, 0.52), (1.3, 0.5))]
    for one, two in itertools.pairwise(points):
        _add_rod(mesh, one, two, 0.04, 0.035, iron, 8)
    head = points[-1]
    _add_block(mesh, head + [-0.11, -0.32, -0.07], head + [0.11, 0.32, 0.06], iron)
    _add_block(mesh, head + [-0.09, -0.28, -0.10], head + [0.09, 0.28, -0.07], (0.75, 0.74, 0.70))


def _add_furniture(
    mesh: PropMesh, parameters: PrevisParameters, ground: Ground, is_free: Callable[[float, float, float], bool]
) -> list[list[list[float]]]:
    """Bollards at the corners, and benches; returns the boxes around the benches."""
    bodies = []
    stream = random_stream(parameters.seed, "furniture")
    iron, timber = (0.12, 0.125, 0.13), (0.36, 0.29, 0.22)
    west, east = ground.crossing
    for side in (-1.0, 1.0):
        for x in np.arange(-30.0, 31.0, 1.9) if stream.random() < 0.6 else ():
            y = side * (ground.kerb + 0.45)
            near = ground.is_crossed and (abs(x - west) < 5 or abs(x - east) < 5) and not west < x < east
            if near and is_free(x, y, 1.0):
                foot = np.array([x, y, KERB_METRES])
                _add_rod(mesh, foot, foot + [0, 0, 0.85], 0.065, 0.06, iron, 10)
    for _ in range(5):
        side = float(stream.choice([-1, 1]))
        x, y = float(stream.uniform(-22, 22)), side * (ground.kerb + 0.75)
        if ground.has_square and side > 0:
            y = ground.line + float(stream.uniform(3, 18))
        if (ground.is_crossed and west - 2 < x < east + 2) or not is_free(x, y, 2.4):
            continue
        for row in range(4):
            near = y - 0.22 + row * 0.12
            _add_block(mesh, (x - 0.85, near, 0.56), (x + 0.85, near + 0.09, 0.60), timber)
        for end in (x - 0.7, x + 0.62):
            _add_block(mesh, (end, y - 0.2, KERB_METRES), (end + 0.08, y + 0.24, 0.56), iron)
        bodies.append([[x - 0.85, y - 0.25, 0.0], [x + 0.85, y + 0.25, 0.6]])
    return bodies
