"""A quad mesh of a distance field's zero level that looks only where the surface is."""

from collections.abc import Callable
from itertools import product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Distance = Callable[[Floats], Floats]

_CORNERS = np.array(list(product((0, 1), repeat=3)))
_CHUNK = 150_000


def mesh_surface(
    distance: Distance, axes: tuple[Floats, Floats, Floats], settle: int = 1
) -> tuple[Floats, NDArray[np.int32]]:
    """Vertices [V,3] and quads [Q,4], counter-clockwise seen from outside.

    Surface nets (Gibson 1998) on a rectilinear grid, refined from cells of eight over cells of two to single ones so
    that a surface costs its area and not its volume; vertices are then moved onto the zero level by Newton's method.

    Parameters
    ----------
    distance
        Signed distance at points [N,3], negative inside; roughly true near the surface.
    axes
        Grid coordinates along x, y and z. Uneven steps put the vertices where they are needed.
    settle
        Newton steps.
    """
    axes = tuple(axis[: (len(axis) - 1) // 8 * 8 + 1] for axis in axes)  # type: ignore[assignment]
    shape = tuple(len(axis) for axis in axes)
    cells = np.stack(np.meshgrid(*[np.arange(0, size - 1, 8) for size in shape], indexing="ij"), -1).reshape(-1, 3)
    for size, parts in ((8, 4), (2, 2)):
        low, high = _place(axes, cells), _place(axes, cells + size)
        reach = 0.5 * np.linalg.norm(high - low, axis=1) * 1.5 + 0.25
        cells = cells[np.abs(_measure(distance, (low + high) / 2)) < reach]
        steps = np.array(list(product(range(parts), repeat=3))) * (size // parts)
        cells = (cells[:, None] + steps[None]).reshape(-1, 3)
    flat = np.unique(np.concatenate([np.ravel_multi_index((cells + corner).T, shape) for corner in _CORNERS]))
    values = np.full(int(np.prod(shape)), np.nan, np.float32)
    values[flat] = _measure(distance, _place(axes, np.stack(np.unravel_index(flat, shape), -1)))
    strides = np.array([shape[1] * shape[2], shape[2], 1])
    first = np.ravel_multi_index(cells.T, shape)
    corners = values[first[:, None] + _CORNERS @ strides]
    crossed = (corners.min(1) < 0) & (corners.max(1) >= 0)
    cells, first, corners = cells[crossed], first[crossed], corners[crossed]
    vertices = _settled(distance, _cell_vertices(axes, cells, corners), settle)
    number = np.full(len(values), -1, np.int32)
    number[first] = np.arange(len(first))
    quads = np.concatenate([_quads(values, number, first, strides, axis) for axis in range(3)])
    return vertices, quads[(quads >= 0).all(1)]


def gradient(distance: Distance, points: Floats, step: float = 0.02) -> Floats:
    """Slope of the field at points [N,3]."""
    # Four corners of a tetrahedron instead of six neighbours.
    corners = np.array([[1, -1, -1], [-1, -1, 1], [-1, 1, -1], [1, 1, 1]], np.float32)
    total = sum(corner * _measure(distance, points + corner * step)[:, None] for corner in corners)
    return np.asarray(total / (4 * step), np.float32)


def _measure(distance: Distance, points: Floats) -> Floats:
    parts = [distance(points[at : at + _CHUNK]) for at in range(0, max(len(points), 1), _CHUNK)]
    return np.asarray(np.concatenate(parts), np.float32)


def _place(axes: tuple[Floats, Floats, Floats], index: NDArray[np.int64]) -> Floats:
    return np.asarray(np.stack([axis[index[:, number]] for number, axis in enumerate(axes)], -1), np.float32)


def _cell_vertices(axes: tuple[Floats, Floats, Floats], cells: NDArray[np.int64], corners: Floats) -> Floats:
    """The mean of the places where the surface crosses a cell's edges."""
    total, count = np.zeros((len(cells), 3)), np.zeros(len(cells))
    for one, two in product(range(8), repeat=2):
        if one < two and np.abs(_CORNERS[one] - _CORNERS[two]).sum() == 1:
            low, high = corners[:, one], corners[:, two]
            cut = (low < 0) != (high < 0)
            share = np.where(cut, low / np.where(cut, low - high, 1), 0)[:, None]
            total += np.where(cut[:, None], _CORNERS[one] * (1 - share) + _CORNERS[two] * share, 0)
            count += cut
    share = total / count[:, None]
    low, high = _place(axes, cells), _place(axes, cells + 1)
    return np.asarray(low + (high - low) * share, np.float32)


def _settled(distance: Distance, points: Floats, steps: int) -> Floats:
    for _ in range(steps):
        slope = gradient(distance, points)
        move = slope * (_measure(distance, points) / np.maximum((slope**2).sum(1), 0.05))[:, None]
        points = points - move * np.minimum(1, 0.1 / (np.linalg.norm(move, axis=1) + 1e-9))[:, None]
    return np.asarray(points, np.float32)


def _quads(
    values: Floats, number: NDArray[np.int32], first: NDArray[np.int64], strides: NDArray[np.int64], axis: int
) -> NDArray[np.int32]:
    """A quad around every grid edge along ``axis`` that the surface crosses."""
    along, u, v = strides[axis], strides[(axis + 1) % 3], strides[(axis + 2) % 3]
    starts_inside = values[first] < 0
    crossed = starts_inside != (values[first + along] < 0)
    edge, outward = first[crossed], starts_inside[crossed]
    ring = np.stack([number[edge - u - v], number[edge - v], number[edge], number[edge - u]], -1)
    ring[~outward] = ring[~outward][:, ::-1]
    return np.asarray(ring, np.int32)
