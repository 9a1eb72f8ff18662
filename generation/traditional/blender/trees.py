"""Street trees: a trunk, boughs and a crown of leaf cards, all of them in one mesh."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from . import meshes
from .arrays import Array

WOOD, FOLIAGE = 8, 15
#: Leaf cards a tree, and the edge of one in metres: far off a card a few pixels wide stands for a clump of leaves.
FAR, NEAR, FINE = (240, 0.60), (1500, 0.27), (3200, 0.19)
_NEAR_METRES = 22.0
_BARK = (0.075, 0.058, 0.045)


def build(scene: Any, trees: Array, surfaces: Sequence[Any], seed: int, eye: Array, *, fine: bool) -> None:
    """Add ``trees`` [T,4] (x, y, height, crown radius; metres), in more detail near the ``eye`` [3]."""
    vertices: list[Array] = []
    tints: list[Array] = []
    kinds: list[Array] = []
    for number, tree in enumerate(trees):
        random = np.random.default_rng([seed, 911, number])
        wood = _wood(random, tree)
        near = np.hypot(tree[0] - eye[0], tree[1] - eye[1]) < _NEAR_METRES
        leaves, tint = _leaves(random, tree, *(FINE if fine else NEAR if near else FAR))
        vertices += [wood, leaves]
        tints += [np.tile(_BARK, (len(wood) // 4, 1)), tint]
        kinds += [np.full(len(wood) // 4, WOOD), np.full(len(leaves) // 4, FOLIAGE)]
    if not vertices:
        return
    points = np.concatenate(vertices)
    built = meshes.mesh_object(
        scene, "trees", points, np.arange(len(points)), np.full(len(points) // 4, 4), surfaces,
        np.concatenate(kinds), np.concatenate(tints),
    )  # fmt: skip
    built.cycles.use_motion_blur = False


def _wood(random: Any, tree: Array) -> Array:
    """Trunk and boughs as four-sided prisms, corners [Q*4,3]."""
    x, y, height, radius = tree
    fork = np.array([x + random.uniform(-0.15, 0.15), y + random.uniform(-0.15, 0.15), height * 0.42])
    prisms = [_prism(np.array([x, y, 0.0]), fork, 0.15, 0.10)]
    for _ in range(5):
        turn, reach = random.uniform(0, 2 * np.pi), random.uniform(0.3, 0.7) * radius
        tip = np.array([x + np.cos(turn) * reach, y + np.sin(turn) * reach, height * random.uniform(0.62, 0.88)])
        prisms.append(_prism(fork, tip, 0.07, 0.025))
    return np.concatenate(prisms)


def _prism(foot: Array, tip: Array, thick: float, thin: float) -> Array:
    square = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]], float)
    low, high = foot + square * thick, tip + square * thin
    sides = [np.stack([low[k], low[(k + 1) % 4], high[(k + 1) % 4], high[k]]) for k in range(4)]
    return np.concatenate(sides)


def _leaves(random: Any, tree: Array, count: int, edge_metres: float) -> tuple[Array, Array]:
    """Cards in clumps around the ends of the boughs: corners [count*4,3] and colours [count,3]."""
    x, y, height, radius = tree
    clump_count = 14
    towards = random.normal(size=(clump_count, 3))
    towards /= np.linalg.norm(towards, axis=1, keepdims=True)
    middle = np.array([x, y, height * 0.72])
    shape = np.array([radius, radius, height * 0.24])
    clumps = middle + towards * shape * random.uniform(0.45, 0.8, (clump_count, 1))
    own = random.integers(0, clump_count, count)
    offset = random.normal(size=(count, 3))
    offset /= np.linalg.norm(offset, axis=1, keepdims=True)
    centre = clumps[own] + offset * (radius * 0.42) * np.cbrt(random.uniform(0.15, 1, (count, 1)))
    # Cards lie across the way out of the crown, more or less, as leaves turn to the light.
    normal = offset + random.normal(0, 0.55, (count, 3)) + np.array([0, 0, 0.4])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    first = np.cross(normal, random.normal(size=(count, 3)))
    first /= np.linalg.norm(first, axis=1, keepdims=True)
    second = np.cross(normal, first)
    half = edge_metres * 0.5 * random.uniform(0.6, 1.3, (count, 1))
    corners = [centre + first * half * a + second * half * b * 0.7 for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    green = np.array([0.105, 0.14, 0.035]) * random.uniform(0.5, 1.25, (count, 1))
    green = green * np.array([random.uniform(0.8, 1.5), 1.0, random.uniform(0.7, 1.3)])
    return np.stack(corners, 1).reshape(-1, 3), green
