"""The skin of one face at one age: mesh, lids and what the material paints on it. Centimetres."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.traditional.de_age.distance_fields import Floats
from generation.traditional.de_age.eyelids import with_lids
from generation.traditional.de_age.head_field import head_distance
from generation.traditional.de_age.narrow_band import mesh_surface
from generation.traditional.de_age.proportions import Face
from generation.traditional.de_age.skin_paint import paint_skin

#: (from, to, step): the vertices are dense where a close-up looks.
_ACROSS = ((-9.3, -6.0, 0.17), (-6.0, 6.0, 0.10), (6.0, 9.8, 0.17))
_ALONG = ((-12.4, -5.5, 0.10), (-5.5, 0.0, 0.15), (0.0, 12.5, 0.22))
_UP = ((-21.0, -12.2, 0.2), (-12.2, 6.4, 0.10), (6.4, 13.4, 0.25))


@dataclass(frozen=True)
class Skin:
    """``vertices`` [P,V,3] by phase of the blink, ``quads`` [Q,4], ``rest`` [V,3], ``paint`` name to [V]; lid edges."""

    vertices: Floats
    quads: NDArray[np.int32]
    rest: Floats
    paint: dict[str, Floats]
    edges: tuple[tuple[Floats, NDArray[np.bool_]], ...]


def build_skin(face: Face, age: float) -> Skin:
    """Mesh a face at an age, with lids and paint, stretched to the person's width and length."""
    axes = (_steps(_ACROSS), _steps(_ALONG), _steps(_UP))
    vertices, quads = mesh_surface(lambda points: head_distance(points, face, age), axes)
    head = with_lids(vertices, quads, face, age)
    rest = head.vertices[0]
    paint = paint_skin(rest, face, age)
    paint["margin"] = head.margin
    edges = tuple((stretched(edge, face), upper) for edge, upper in head.edges)
    return Skin(stretched(head.vertices, face), head.quads, rest, paint, edges)


def stretched(points: Floats, face: Face) -> Floats:
    """The person's build: jaw and face width, and the length of the lower face. Nothing moves around the eyes."""
    x, y, z = np.moveaxis(np.asarray(points, np.float32), -1, 0)
    outer = np.clip((np.abs(x) - 4.6) / 2.5, 0, 1) ** 2 * (3 - 2 * np.clip((np.abs(x) - 4.6) / 2.5, 0, 1))
    low = np.clip((-1.6 - z) / 6.0, 0, 1)
    low = low * low * (3 - 2 * low)
    neck = np.clip((z + 17) / 5.0, 0, 1)
    wide = 1 + 0.045 * face.width * np.maximum(outer, low) + 0.06 * face.jaw * low * neck
    return np.asarray(np.stack([x * wide, y, z - 0.55 * face.length * low * neck], -1), np.float32)


def _steps(pieces: tuple[tuple[float, float, float], ...]) -> Floats:
    return np.asarray(np.concatenate([np.arange(low, high - 1e-6, step) for low, high, step in pieces]), np.float32)
