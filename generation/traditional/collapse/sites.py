"""Where a building breaks: sites of Voronoi cells along its walls, in its slabs and under its roof."""

import numpy as np

from generation.traditional.city.boxes import FloatArray
from generation.traditional.city.plan import Plan


def scatter_sites(stream: np.random.Generator, plan: Plan, pieces: int) -> FloatArray:
    """About ``pieces`` sites [S,3]: most hug the walls (chunks of one bay), the rest lie in slabs and on the roof."""
    bays_x, bays_y = plan.bays
    levels, floors = plan.levels, plan.floors
    wall_weight, slab_weight = 1.25 * 2 * (bays_x + bays_y), 0.75 * bays_x * bays_y
    roof_count = max(3, round(pieces * 0.045))
    body = max(1, pieces - roof_count)
    share = body / (floors * (wall_weight + slab_weight))
    wall_counts = _spread(body * wall_weight / (wall_weight + slab_weight), floors)
    slab_counts = _spread(floors * slab_weight * share, floors)
    girth = 2 * (plan.width + plan.depth)
    sites: list[tuple[float, float, float]] = []
    for floor in range(floors):
        phase = stream.uniform(0, 1)
        for k in range(wall_counts[floor]):
            along = ((k + phase + stream.uniform(-0.35, 0.35)) / wall_counts[floor] % 1) * girth
            height = stream.uniform(levels[floor] + 0.3, levels[floor + 1] - 0.6)
            sites.append((*_on_the_wall(plan, float(along)), float(height)))
        for _ in range(slab_counts[floor]):
            x = stream.uniform(plan.west + 1.2, plan.east - 1.2)
            y = stream.uniform(plan.south + 1.2, plan.north - 1.2)
            sites.append((float(x), float(y), float(levels[floor + 1] - stream.uniform(0.1, 1.2))))
    for _ in range(roof_count):
        x, y = stream.uniform(plan.west, plan.east), stream.uniform(plan.south, plan.north)
        sites.append((float(x), float(y), float(plan.roof + stream.uniform(0.4, 1.6))))
    return np.array(sites)


def _spread(total: float, floors: int) -> list[int]:
    """``total`` as whole numbers over the floors."""
    edges = np.round(np.linspace(0, max(total, floors * 0.75), floors + 1)).astype(int)
    return [int(amount) for amount in np.diff(edges)]


def _on_the_wall(plan: Plan, along: float) -> tuple[float, float]:
    width, depth, inside = plan.width, plan.depth, 0.1
    if along < width:
        return plan.west + along, plan.south + inside
    if along < width + depth:
        return plan.east - inside, plan.south + along - width
    if along < 2 * width + depth:
        return plan.east - (along - width - depth), plan.north - inside
    return plan.west + inside, plan.north - (along - 2 * width - depth)
