"""Facades: storeys of one wall with windows, balconies, awnings and band courses."""

import numpy as np

from generation.traditional.city.boxes import Boxes, Colour, Point, Surface
from generation.traditional.city.palettes import CLOTH, GLASS, METAL, Palette
from generation.traditional.city.plan import WALL_METRES, Detail, Plan, Style


class Wall:
    """One storey of one wall: turns (along, outward, height) into world boxes."""

    def __init__(self, boxes: Boxes, plan: Plan, side: str) -> None:
        self.boxes = boxes
        inset = WALL_METRES
        # Start point and directions; east and west walls fit between the north and south ones.
        start_x, start_y, self.along, self.outward, self.length, bays = {
            "S": (plan.west, plan.south, (1.0, 0.0), (0.0, -1.0), plan.width, 0),
            "N": (plan.west, plan.north, (1.0, 0.0), (0.0, 1.0), plan.width, 0),
            "W": (plan.west, plan.south + inset, (0.0, 1.0), (-1.0, 0.0), plan.depth - 2 * inset, 1),
            "E": (plan.east, plan.south + inset, (0.0, 1.0), (1.0, 0.0), plan.depth - 2 * inset, 1),
        }[side]
        self.start = (start_x, start_y)
        self.bay_count = plan.bays[bays]

    def point(self, along: float, outward: float, height: float) -> Point:
        """World point."""
        return (
            self.start[0] + self.along[0] * along + self.outward[0] * outward,
            self.start[1] + self.along[1] * along + self.outward[1] * outward,
            height,
        )

    def add(
        self,
        along: tuple[float, float],
        outward: tuple[float, float],
        height: tuple[float, float],
        surface: Surface,
        tint: Colour,
        breakable: bool = True,
    ) -> None:
        """Add a box given by its ranges."""
        self.boxes.add(
            self.point(along[0], outward[0], height[0]),
            self.point(along[1], outward[1], height[1]),
            surface,
            tint,
            breakable,
        )


def add_storey(
    wall: Wall,
    stream: np.random.Generator,
    style: Style,
    colours: Palette,
    floor: int,
    floors: int,
    base: float,
    height: float,
    detail: Detail,
) -> None:
    """One storey of one wall, ``base`` to ``base + height`` metres above the street."""
    ground = floor == 0
    bay = wall.length / wall.bay_count
    top = base + height
    pier_surface, pier_tint = (Surface.TRIM, colours.trim) if ground else (colours.wall_surface, colours.wall)
    panel_surface, panel_tint = (Surface.WOOD, colours.shop) if ground else (colours.wall_surface, colours.wall)
    sill, head = (base + 0.45, top - 0.75) if ground else (base + style.sill_metres, top - 0.5)
    thick = (-WALL_METRES, 0.0)
    if detail is Detail.FAR:
        # One wall sheet with dark panes on it: from far away nobody sees that they are not recessed.
        wall.add((0, wall.length), thick, (base, top), pier_surface, pier_tint)
    for index in range(wall.bay_count):
        left, right = index * bay, (index + 1) * bay
        opening = bay * (0.74 if ground else style.window_share)
        window_left = left + (bay - opening) / 2
        window = (window_left, window_left + opening)
        if detail is Detail.FAR:
            wall.add(window, (-0.05, 0.02), (sill, head), Surface.GLASS, GLASS, False)
            if style.has_balcony(floor, floors, index):
                _add_balcony_massing(wall, colours, (left, right), base)
            continue
        wall.add((left, window[0]), thick, (base, top), pier_surface, pier_tint)
        wall.add((window[1], right), thick, (base, top), pier_surface, pier_tint)
        wall.add(window, thick, (base, sill), panel_surface, panel_tint)
        wall.add(window, thick, (head, top), panel_surface, panel_tint)
        _add_window(wall, stream, style, colours, window, (sill, head), ground, detail)
        if ground:
            if stream.random() < style.awning_share:
                awning = (0.30, 0.06, 0.05) if stream.random() < 0.4 else colours.shop
                wall.add(
                    (window[0] - 0.1, window[1] + 0.1),
                    (0, 1.1),
                    (head + 0.02, head + 0.14),
                    Surface.CLOTH,
                    awning,
                    False,
                )
        elif style.has_balcony(floor, floors, index):
            _add_balcony(wall, colours, (left, right), base, detail)
        elif style.air_conditioners and stream.random() < 0.13:
            unit = (window[0] + 0.1, window[0] + 0.85)
            wall.add(unit, (0.02, 0.42), (sill - 0.75, sill - 0.2), Surface.METAL, (0.5, 0.5, 0.48), False)
    # A band course under each storey, heavier above the shops.
    wall.add(
        (0, wall.length), (0, 0.28 if floor == 1 else 0.10), (base - 0.14, base + 0.10), Surface.TRIM, colours.trim
    )
    if style.pilasters and not ground and detail is not Detail.FAR:
        tint = colours.trim if style.pilasters == 2 else colours.wall
        surface = Surface.TRIM if style.pilasters == 2 else colours.wall_surface
        for index in range(wall.bay_count + 1):
            middle = min(max(index * bay, 0.18), wall.length - 0.18)
            wall.add((middle - 0.18, middle + 0.18), (0, 0.12), (base, top), surface, tint)


def _add_window(
    wall: Wall,
    stream: np.random.Generator,
    style: Style,
    colours: Palette,
    window: tuple[float, float],
    height: tuple[float, float],
    ground: bool,
    detail: Detail,
) -> None:
    (left, right), (sill, head) = window, height
    thick, bar = WALL_METRES, 0.06
    frame_surface, frame_tint = (Surface.METAL, METAL) if ground else (Surface.TRIM, colours.trim)
    frame_depth = (-thick * 0.66, -thick * 0.4)
    wall.add(window, (-thick * 0.72, -thick * 0.66), height, Surface.GLASS, GLASS, False)
    middle, transom = (left + right) / 2, sill + (head - sill) * 0.66
    uprights = [(middle - bar / 2, middle + bar / 2)]
    crossbars = [(transom, transom + bar)]
    if detail is Detail.NEAR:
        uprights += [(left, left + bar), (right - bar, right)]
        crossbars += [(sill, sill + bar), (head - bar, head)]
    for upright in uprights:
        wall.add(upright, frame_depth, height, frame_surface, frame_tint, False)
    for crossbar in crossbars:
        wall.add(window, frame_depth, crossbar, frame_surface, frame_tint, False)
    if ground:
        return
    wall.add((left - 0.12, right + 0.12), (0, 0.14), (sill - 0.12, sill), Surface.TRIM, colours.trim, False)
    wall.add((left - 0.10, right + 0.10), (0, 0.08), (head, head + 0.22), Surface.TRIM, colours.trim, False)
    if stream.random() < style.curtain_share:
        cloth = (right - left) * float(stream.uniform(0.25, 0.8)) / 2
        # A pane is dark and reflects, nobody looks through it: what hangs behind it is drawn just before it.
        behind = (-thick * 0.66, -thick * 0.64)
        shade = float(stream.uniform(0.35, 1.0))
        tint = (CLOTH[0] * shade, CLOTH[1] * shade, CLOTH[2] * shade)
        if stream.random() < 0.3:
            blind = head - (head - sill) * float(stream.uniform(0.25, 0.9))
            wall.add(window, behind, (blind, head), Surface.CLOTH, tint, False)
        else:
            wall.add((left, left + cloth), behind, height, Surface.CLOTH, tint, False)
            wall.add((right - cloth, right), behind, height, Surface.CLOTH, tint, False)


def _add_balcony(wall: Wall, colours: Palette, bay: tuple[float, float], base: float, detail: Detail) -> None:
    left, right = bay
    wall.add((left + 0.2, right - 0.2), (0, 1.15), (base - 0.12, base + 0.06), Surface.TRIM, colours.trim)
    wall.add((left + 0.2, right - 0.2), (1.08, 1.13), (base + 0.98, base + 1.04), Surface.METAL, METAL, False)
    for bar in np.linspace(left + 0.22, right - 0.25, 9 if detail is Detail.NEAR else 5):
        wall.add((bar, bar + 0.03), (1.09, 1.12), (base + 0.06, base + 1.0), Surface.METAL, METAL, False)
    for end in (left + 0.2, right - 0.25):
        wall.add((end, end + 0.05), (0, 1.13), (base + 0.98, base + 1.04), Surface.METAL, METAL, False)
        for out in np.linspace(0.2, 0.95, 4 if detail is Detail.NEAR else 0):
            wall.add((end, end + 0.03), (out, out + 0.03), (base + 0.06, base + 1.0), Surface.METAL, METAL, False)


def _add_balcony_massing(wall: Wall, colours: Palette, bay: tuple[float, float], base: float) -> None:
    """Floor and front of a balcony: enough for its shadow and its outline."""
    left, right = bay[0] + 0.2, bay[1] - 0.2
    wall.add((left, right), (0, 1.15), (base - 0.12, base + 0.06), Surface.TRIM, colours.trim, False)
    # Bars let light through: from afar they are a paler front than a plate of iron.
    bars = (colours.trim[0] * 0.4, colours.trim[1] * 0.4, colours.trim[2] * 0.4)
    wall.add((left, right), (1.08, 1.13), (base + 0.06, base + 1.04), Surface.TRIM, bars, False)
