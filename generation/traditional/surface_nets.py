"""A smooth quad mesh of the zero level of a sampled distance field."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def surface_nets(
    field: NDArray[np.float32], origin: FloatArray, cell_metres: float
) -> tuple[FloatArray, NDArray[np.int64]]:
    """Vertices [V,3] in metres and quads [Q,4], counter-clockwise seen from outside (where ``field`` is positive).

    Naive surface nets (Gibson, "Constrained elastic surface nets", 1998): one vertex in each cell that the surface
    crosses, at the mean of its edges' crossings.

    Parameters
    ----------
    field
        Distance at grid points [X,Y,Z], positive all along its border.
    origin
        Where grid point (0, 0, 0) lies, metres.
    """
    inside = field < 0
    shape = tuple(size - 1 for size in field.shape)
    total, count = np.zeros((*shape, 3)), np.zeros(shape)
    corners = [(x, y, z) for x in (0, 1) for y in (0, 1) for z in (0, 1)]

    def at(array: NDArray[np.generic], corner: tuple[int, int, int]) -> NDArray[np.generic]:
        x, y, z = corner
        return array[x : x + shape[0], y : y + shape[1], z : z + shape[2]]

    for one in corners:
        for axis in range(3):
            if one[axis]:
                continue
            two = (one[0] + (axis == 0), one[1] + (axis == 1), one[2] + (axis == 2))
            crossed = np.nonzero(at(inside, one) != at(inside, two))
            low, high = at(field, one)[crossed], at(field, two)[crossed]
            place = np.tile(np.array(one, float), (len(low), 1))
            place[:, axis] += low / (low - high)  # type: ignore[operator]
            total[crossed] += place
            count[crossed] += 1
    cells = np.stack(np.nonzero(count), -1)
    vertices = origin + cell_metres * (cells + total[tuple(cells.T)] / count[tuple(cells.T)][:, None])
    number = np.full(shape, -1)
    number[tuple(cells.T)] = np.arange(len(cells))
    return vertices, np.concatenate([_quads(inside, number, axis) for axis in range(3)])


def _quads(inside: NDArray[np.bool_], number: NDArray[np.int64], axis: int) -> NDArray[np.int64]:
    """A quad around every grid edge along ``axis`` that the surface crosses."""
    turned = np.moveaxis(inside, (axis, (axis + 1) % 3, (axis + 2) % 3), (0, 1, 2))
    cells = np.moveaxis(number, (axis, (axis + 1) % 3, (axis + 2) % 3), (0, 1, 2))
    # Edges on the border have no four cells around them.
    first, second = turned[:-1, 1:-1, 1:-1], turned[1:, 1:-1, 1:-1]
    u, v, w = np.nonzero(first != second)
    ring = np.stack([cells[u, v, w], cells[u, v + 1, w], cells[u, v + 1, w + 1], cells[u, v, w + 1]], -1)
    outward = first[u, v, w]
    ring[~outward] = ring[~outward][:, ::-1]
    result: NDArray[np.int64] = ring
    return result
