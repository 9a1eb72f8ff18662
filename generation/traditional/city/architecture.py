"""Buildings out of convex boxes, because a convex box can be fractured exactly by clipping it with planes."""

import numpy as np

from generation.traditional.city.boxes import Boxes, Surface
from generation.traditional.city.facade import Wall, add_storey
from generation.traditional.city.palettes import METAL, ROOF, RUST, Palette
from generation.traditional.city.plan import SLAB_METRES, WALL_METRES, Detail, Plan, Style


def add_building(
    boxes: Boxes,
    stream: np.random.Generator,
    plan: Plan,
    style: Style,
    colours: Palette,
    *,
    sides: str = "SWEN",
    interior: bool = False,
    detail: Detail = Detail.NEAR,
) -> None:
    """Add a building; walls not named in ``sides`` (any of S, W, E, N) become plain."""
    # A stream of its own: coarse facades draw less, and the roof must come out the same at every detail.
    roof_stream = stream.spawn(1)[0]
    levels = plan.levels
    for floor in range(plan.floors):
        base, height = levels[floor], levels[floor + 1] - levels[floor]
        for side in sides:
            add_storey(Wall(boxes, plan, side), stream, style, colours, floor, plan.floors, base, height, detail)
        if interior:
            _add_rooms(boxes, stream, plan, colours, floor, base, height)
            for side in sorted(set("SWEN") - set(sides)):
                party = Wall(boxes, plan, side)
                party.add(
                    (0, party.length), (-WALL_METRES, 0), (base, base + height), colours.wall_surface, colours.wall
                )
    if not interior:
        _add_core(boxes, plan, colours, sides)
    _add_roof(boxes, roof_stream, plan, style, colours, sides, detail)


def _add_rooms(
    boxes: Boxes, stream: np.random.Generator, plan: Plan, colours: Palette, floor: int, base: float, height: float
) -> None:
    """Slabs and partitions: what is seen when the facade comes down."""
    bays_x, bays_y = plan.bays
    inner_west, inner_south = plan.west + WALL_METRES, plan.south + WALL_METRES
    step_x, step_y = (plan.width - 2 * WALL_METRES) / bays_x, (plan.depth - 2 * WALL_METRES) / bays_y
    ceiling = base + height - SLAB_METRES
    last = floor == plan.floors - 1
    surface, tint = (Surface.ROOF, ROOF) if last else (Surface.CONCRETE, colours.concrete)
    for i in range(bays_x):
        for j in range(bays_y):
            boxes.add(
                (inner_west + step_x * i, inner_south + step_y * j, ceiling),
                (inner_west + step_x * (i + 1), inner_south + step_y * (j + 1), base + height),
                surface,
                tint,
            )
            _add_reinforcement(boxes, (inner_west + step_x * i, inner_south + step_y * j), (step_x, step_y), ceiling)
    paint = colours.interior if stream.random() < 0.5 else colours.interior_accent
    inner_north, corridor = plan.north - WALL_METRES, plan.south + plan.depth * 0.5
    for i in range(1, bays_x):
        if stream.random() < 0.75:
            x = plan.west + plan.width * i / bays_x
            boxes.add((x - 0.08, inner_south, base), (x + 0.08, corridor, ceiling), Surface.INTERIOR, paint)
            if stream.random() < 0.8:
                behind = plan.south + plan.depth * 0.62
                boxes.add((x - 0.08, behind, base), (x + 0.08, inner_north, ceiling), Surface.INTERIOR, paint)
    boxes.add(
        (inner_west, corridor, base),
        (plan.east - WALL_METRES, corridor + 0.16, ceiling),
        Surface.INTERIOR,
        colours.interior,
    )


def _add_reinforcement(boxes: Boxes, corner: tuple[float, float], size: tuple[float, float], ceiling: float) -> None:
    """Two bars hidden in a slab. They stay whole when it breaks, and stick out of the broken edge."""
    (west, south), (length, depth) = corner, size
    middle, thick = ceiling + SLAB_METRES / 2, 0.032
    x, y = west + length * 0.37, south + depth * 0.63
    along, inward = (west + length * 0.04, west + length * 0.96), (south + depth * 0.04, south + depth * 0.96)
    boxes.add((along[0], y, middle), (along[1], y + thick, middle + thick), Surface.METAL, RUST, False)
    boxes.add((x, inward[0], middle), (x + thick, inward[1], middle + thick), Surface.METAL, RUST, False)


def _add_core(boxes: Boxes, plan: Plan, colours: Palette, sides: str) -> None:
    """A dark body behind the windows, and plain walls where no camera looks."""
    gap = 1.6
    boxes.add(
        (plan.west + (gap if "W" in sides else 0.02), plan.south + (gap if "S" in sides else 0.02), 0.0),
        (plan.east - (gap if "E" in sides else 0.02), plan.north - (gap if "N" in sides else 0.02), plan.roof),
        colours.wall_surface,
        tuple(0.8 * part for part in colours.wall),  # type: ignore[arg-type]
        False,
    )
    for level in plan.levels[1:]:
        boxes.add(
            (plan.west + 0.3, plan.south + 0.3, level - SLAB_METRES),
            (plan.east - 0.3, plan.north - 0.3, level),
            Surface.ROOF,
            ROOF,
            False,
        )


def _add_roof(
    boxes: Boxes, stream: np.random.Generator, plan: Plan, style: Style, colours: Palette, sides: str, detail: Detail
) -> None:
    west, east, south, north, roof = plan.west, plan.east, plan.south, plan.north, plan.roof
    thick, out = WALL_METRES, style.cornice_metres
    layers = [
        (out * 0.45, roof - 0.35, roof - 0.1),
        (out * 0.8, roof - 0.1, roof + 0.12),
        (out, roof + 0.12, roof + 0.34),
    ]
    for reach, low, high in layers if detail is not Detail.FAR else [(out, roof - 0.2, roof + 0.34)]:
        # A cornice never reaches into a party wall's neighbour.
        w, e = (reach if "W" in sides else 0.0), (reach if "E" in sides else 0.0)
        s, n = (reach if "S" in sides else 0.0), (reach if "N" in sides else 0.0)
        boxes.add((west - w, south - s, low), (east + e, south + thick, high), Surface.TRIM, colours.trim)
        boxes.add((west - w, north - thick, low), (east + e, north + n, high), Surface.TRIM, colours.trim)
        boxes.add((west - w, south + thick, low), (west + thick, north - thick, high), Surface.TRIM, colours.trim)
        boxes.add((east - thick, south + thick, low), (east + e, north - thick, high), Surface.TRIM, colours.trim)
    for corner, opposite in (
        ((west, south), (east, south + 0.25)),
        ((west, north - 0.25), (east, north)),
        ((west, south + 0.25), (west + 0.25, north - 0.25)),
        ((east - 0.25, south + 0.25), (east, north - 0.25)),
    ):
        boxes.add((*corner, roof + 0.34), (*opposite, plan.top), colours.wall_surface, colours.wall)
    _add_roof_furniture(boxes, stream, plan, colours)


def _add_roof_furniture(boxes: Boxes, stream: np.random.Generator, plan: Plan, colours: Palette) -> None:
    roof = plan.roof
    x, y = plan.west + plan.width * stream.uniform(0.3, 0.6), plan.south + plan.depth * stream.uniform(0.4, 0.6)
    boxes.add((x, y, roof), (x + 3, y + 3, roof + 2.6), colours.wall_surface, colours.wall)
    for _ in range(3):
        x_chimney = plan.west + stream.uniform(1, plan.width - 2)
        y_chimney = plan.south + stream.uniform(1, plan.depth - 2)
        surface, tint = (Surface.WOOD, colours.shop) if stream.random() < 0.3 else (Surface.CONCRETE, colours.concrete)
        boxes.add(
            (x_chimney, y_chimney, roof),
            (x_chimney + 0.8, y_chimney + 0.6, roof + stream.uniform(1.2, 2.2)),
            surface,
            tint,
        )
    x_mast = plan.west + stream.uniform(2, plan.width - 2)
    boxes.add((x_mast, y, roof), (x_mast + 0.06, y + 0.06, roof + 4.5), Surface.METAL, METAL, False)
