"""Round things as meshes: tubes, lathed bodies and free quads, collected with surface, colour and smoothness."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from generation.traditional.city.boxes import Colour, FloatArray

Faces = NDArray[np.int64]


@dataclass
class MeshParts:
    """A growing mesh of quads."""

    vertices: list[FloatArray] = field(default_factory=list)
    faces: list[Faces] = field(default_factory=list)
    surfaces: list[int] = field(default_factory=list)
    tints: list[Colour] = field(default_factory=list)
    smooth: list[bool] = field(default_factory=list)
    count: int = 0

    def add(
        self, vertices: FloatArray, faces: Faces, surface: int, tint: Colour, smooth: bool = True
    ) -> tuple[int, int]:
        """Add vertices [V,3] and quads [P,4]; returns the range of vertex numbers they got."""
        first = self.count
        self.vertices.append(np.asarray(vertices, np.float64))
        self.faces.append(np.asarray(faces) + first)
        self.surfaces.append(int(surface))
        self.tints.append(tint)
        self.smooth.append(smooth)
        self.count += len(vertices)
        return first, self.count

    def tube(
        self, points: ArrayLike, radii: ArrayLike, surface: int, tint: Colour, sides: int = 8, smooth: bool = True
    ) -> tuple[int, int]:
        """Add a tube along points [N,3] of the given radii [N]; a radius of 0 at an end closes it."""
        return self.add(*tube(points, radii, sides), surface, tint, smooth)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Columns as the Blender side wants them.

        ``vertices`` float32 [V,3]; ``corner_vertex`` int32 [4P]; ``polygon_size`` int32 [P], always 4;
        ``polygon_surface`` uint8 [P]; ``polygon_tint`` float32 [P,3]; ``polygon_smooth`` bool [P].
        """
        counts = [len(faces) for faces in self.faces]
        total = sum(counts)
        corners = np.concatenate([faces.reshape(-1) for faces in self.faces]) if total else np.zeros(0)
        vertices = np.concatenate(self.vertices) if total else np.zeros((0, 3))
        return {
            "vertices": vertices.astype(np.float32),
            "corner_vertex": corners.astype(np.int32),
            "polygon_size": np.full(total, 4, np.int32),
            "polygon_surface": np.repeat(np.array(self.surfaces, np.uint8), counts),
            "polygon_tint": np.repeat(np.array(self.tints, np.float32).reshape(-1, 3), counts, axis=0),
            "polygon_smooth": np.repeat(np.array(self.smooth, bool), counts),
        }


def grid_faces(rows: int, columns: int, around: bool = False) -> Faces:
    """Quads between the points of a rows x columns grid; ``around`` joins the last column to the first."""
    numbers = np.arange(rows * columns).reshape(rows, columns)
    if around:
        numbers = np.concatenate([numbers, numbers[:, :1]], 1)
    quads = [numbers[:-1, :-1], numbers[:-1, 1:], numbers[1:, 1:], numbers[1:, :-1]]
    faces: Faces = np.stack(quads, -1).reshape(-1, 4)
    return faces


def tube(points: ArrayLike, radii: ArrayLike, sides: int) -> tuple[FloatArray, Faces]:
    """Vertices and quads of a tube whose rings stand square to its way."""
    way, thickness = np.asarray(points, np.float64), np.asarray(radii, np.float64)
    along = np.gradient(way, axis=0)
    lengths = np.linalg.norm(along, axis=1, keepdims=True)
    # Rings of a lathed body may share their height: they take the direction of the whole way.
    whole = way[-1] - way[0]
    along = np.where(lengths > 1e-9, along / np.maximum(lengths, 1e-9), whole / max(float(np.linalg.norm(whole)), 1e-9))
    reference = np.where(np.abs(along[:, 2:]) < 0.9, [[0.0, 0.0, 1.0]], [[0.0, 1.0, 0.0]])
    first = np.cross(along, reference)
    first = first / np.linalg.norm(first, axis=1, keepdims=True)
    second = np.cross(along, first)
    angle = np.linspace(0, 2 * np.pi, sides, endpoint=False)[None, :, None]
    ring = first[:, None] * np.cos(angle) + second[:, None] * np.sin(angle)
    return (way[:, None] + ring * thickness[:, None, None]).reshape(-1, 3), grid_faces(len(way), sides, around=True)


def lathe(origin: ArrayLike, axis: ArrayLike, profile: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Points [N,3] and radii [N] for `tube` from a profile [N,2] of (distance along the axis, radius)."""
    direction = np.asarray(axis, np.float64)
    direction = direction / np.linalg.norm(direction)
    outline = np.asarray(profile, np.float64)
    return np.asarray(origin, np.float64) + outline[:, :1] * direction, outline[:, 1]
