"""The street around the building: neighbours, pavements, markings, lamps and parked cars.

Only what the camera can see is built in detail. Lots that would stand between camera and building are left out, lots
outside the picture become plain bodies that still throw shadows.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.traditional.city.architecture import add_building
from generation.traditional.city.boxes import Boxes, Colour, FloatArray, Surface
from generation.traditional.city.palettes import CAR_PAINTS, METAL, palette
from generation.traditional.city.plan import Detail, Plan, draw_style
from generation.traditional.city.random_streams import random_stream
from generation.traditional.collapse.foreground import frame_the_picture
from generation.traditional.collapse.framing import CameraPath
from generation.traditional.collapse.parameters import CollapseParameters
from generation.traditional.collapse.sightlines import angles, crosses_the_view, in_the_way

KERB_METRES = 0.14
NORTH_PAVEMENT_METRES = 3.2
SOUTH_PAVEMENT_METRES = 3.4
ASPHALT: Colour = (0.10, 0.098, 0.095)
PAVEMENT: Colour = (0.26, 0.25, 0.235)
ROAD_PAINT: Colour = (0.55, 0.55, 0.52)

CAR_COLUMNS = ("x", "y", "heading_radians", "red", "green", "blue")


@dataclass(frozen=True)
class Street:
    """The set.

    Attributes
    ----------
    boxes
        As `Boxes.arrays`.
    cars
        float64 [C,6], `CAR_COLUMNS`; parked.
    trees
        float64 [T,4]: x, y, height and radius of the crown, metres.
    obstacles
        float64 [M,2,3] corners of the buildings that stand near the hero.
    """

    boxes: dict[str, NDArray[np.generic]]
    cars: FloatArray
    trees: FloatArray
    obstacles: FloatArray


def lay_street(parameters: CollapseParameters, camera: CameraPath) -> Street:
    """Everything that stands around the hero building and does not move."""
    boxes = Boxes()
    plots = [plot for plot in _plots(parameters) if not in_the_way(plot, parameters, camera)]
    for number, plot in enumerate(plots):
        _add_neighbour(boxes, parameters, camera, plot, number)
    _add_ground(boxes, parameters)
    _add_lamps(boxes, parameters, camera)
    near = [plot for plot in plots if abs(plot.west + plot.width / 2) < 45 and abs(plot.south + plot.depth / 2) < 45]
    obstacles = [[[plot.west, plot.south, 0.0], [plot.east, plot.north, plot.roof]] for plot in near]
    cars, trees = _park_cars(parameters, camera), _plant_trees(parameters, camera)
    close_cars, close_trees = frame_the_picture(boxes, parameters, camera)
    return Street(
        boxes.arrays(),
        np.concatenate([cars, close_cars]),
        np.concatenate([trees, close_trees]),
        np.array(obstacles).reshape(-1, 2, 3),
    )


def side_street(parameters: CollapseParameters) -> tuple[float, float]:
    """Inner and outer kerb of the side street, as distances from x = 0 (meaningless without a corner)."""
    width = float(random_stream(parameters.seed, "side street").uniform(6.5, 10.0))
    inner = parameters.width_metres / 2 + 2.8
    return inner, inner + width


def _plots(parameters: CollapseParameters) -> list[Plan]:
    stream = random_stream(parameters.seed, "plots")
    half = parameters.width_metres / 2
    storeys = parameters.neighbour_floors

    def floors(lowest: int, highest: int) -> int:
        return int(np.clip(storeys + stream.integers(lowest, highest + 1), 2, 14))

    plots = []
    for side in (-1, 1):
        x = side_street(parameters)[1] + 2.6 if side == parameters.corner else half + 0.15
        while x < 78:
            width, depth = float(stream.uniform(11.5, 18.5)), float(stream.uniform(11.5, 14.5))
            # The party-wall neighbour stays lower than the hero, so that its outline reads against the sky.
            party = side != parameters.corner and x < half + 1
            height = min(floors(-2, 1), parameters.floors - 1) if party else floors(-2, 2)
            west = x if side > 0 else -x - width
            plots.append(Plan(west, float(stream.uniform(0.0, 0.4)), width, depth, max(2, height)))
            x += width + (0.1 if stream.random() < 0.8 else 5.0)
    back = parameters.depth_metres + float(stream.uniform(11.0, 17.0))
    x = -66.0 + float(stream.uniform(0, 8))
    while x < 64:
        width = float(stream.uniform(15, 24))
        if parameters.corner == 0 or abs(x + width / 2 - parameters.corner * (half + 7)) > width / 2 + 4:
            plots.append(Plan(x, back, width, 14.0, floors(-1, 3)))
        x += width + float(stream.uniform(0.5, 6.0))
    for x in (-88, -52, -18, 22, 56, 92):
        if stream.random() < 0.65:
            where = float(x + stream.uniform(-8, 8)), float(stream.uniform(62, 95))
            plots.append(Plan(*where, float(stream.uniform(16, 26)), 18.0, floors(2, 7)))
    south = -NORTH_PAVEMENT_METRES - parameters.street_width_metres - SOUTH_PAVEMENT_METRES
    x = -84.0 + float(stream.uniform(0, 9))
    while x < 80:
        width = float(stream.uniform(13, 20))
        plots.append(Plan(x, south - 14.0, width, 14.0, floors(-2, 1)))
        x += width + (0.1 if stream.random() < 0.6 else 7.0)
    return plots


def _add_neighbour(boxes: Boxes, parameters: CollapseParameters, camera: CameraPath, plot: Plan, number: int) -> None:
    stream = random_stream(parameters.seed, "neighbour", number)
    colours = palette(int(stream.integers(0, 12)), stream, parameters.brick_share)
    eye = camera.positions.mean(0)
    xs, ys = np.linspace(plot.west, plot.east, 6), np.linspace(plot.south, plot.north, 6)
    ground = np.stack(np.meshgrid(xs, ys), -1).reshape(-1, 2) - eye[:2]
    distance = float(np.linalg.norm(ground, axis=1).min())
    view = -camera.matrix_world[:, :2, 2].mean(0)
    half_view = math.atan(camera.sensor_mm / 2 / camera.lens_mm) + math.radians(4)
    seen = bool((np.abs(angles(ground, view)) < half_view).any())
    sides = ""
    if seen:
        sides += "S" if eye[1] < plot.south else ""
        sides += "N" if eye[1] > plot.north else ""
        sides += "W" if eye[0] < plot.west else ""
        sides += "E" if eye[0] > plot.east else ""
    detail = Detail.NEAR if distance < 26 else Detail.MIDDLE if distance < 62 else Detail.FAR
    style = draw_style(stream)
    add_building(boxes, stream, plot, style, colours, sides=sides, detail=detail if seen else Detail.FAR)


def _add_ground(boxes: Boxes, parameters: CollapseParameters) -> None:
    inner, outer = side_street(parameters)
    corner = parameters.corner
    kerb = -NORTH_PAVEMENT_METRES
    far_kerb = kerb - parameters.street_width_metres
    boxes.add((-260, -260, -1), (260, 260, 0), Surface.ASPHALT, ASPHALT, False)
    hero_west, hero_east = (-inner if corner < 0 else -130.0), (inner if corner > 0 else 130.0)
    boxes.add((hero_west, kerb, 0), (hero_east, 130, KERB_METRES), Surface.PAVEMENT, PAVEMENT, False)
    if corner:
        boxes.add((corner * outer, kerb, 0), (corner * 130, 130, KERB_METRES), Surface.PAVEMENT, PAVEMENT, False)
    boxes.add((-130, far_kerb, 0), (130, far_kerb - 40, KERB_METRES), Surface.PAVEMENT, PAVEMENT, False)
    middle = (kerb + far_kerb) / 2
    paint = (Surface.ROAD_PAINT, ROAD_PAINT, False)
    for dash in range(-14, 16):
        boxes.add((dash * 4.4, middle - 0.08, 0), (dash * 4.4 + 2.2, middle + 0.08, 0.012), *paint)
    if corner:  # zebra crossing over the side street
        stripes = np.arange(inner + 0.3, outer - 0.3, 0.78)
        for x in stripes:
            boxes.add((corner * x, kerb - 0.4, 0), (corner * (x + 0.42), kerb + 2.4, 0.012), *paint)
    crossing = float(random_stream(parameters.seed, "crossing").uniform(-9, 9))
    for y in np.arange(far_kerb + 0.4, kerb - 0.6, 0.85):
        boxes.add((crossing - 1.5, y, 0), (crossing + 1.5, y + 0.45, 0.012), *paint)


def _add_lamps(boxes: Boxes, parameters: CollapseParameters, camera: CameraPath) -> None:
    stream = random_stream(parameters.seed, "lamps")
    far_kerb = -NORTH_PAVEMENT_METRES - parameters.street_width_metres
    height = float(stream.uniform(6.0, 8.0))
    start = float(stream.uniform(-6, 6))
    for x in np.arange(start - 54, start + 55, 18.0):
        for y, inward in ((-2.5, -1), (far_kerb - 0.7, 1)):
            in_hero = y > -3 and abs(x) < parameters.width_metres / 2 - 2
            if in_hero or crosses_the_view(float(x), y, parameters, camera):
                continue
            arm = y + inward * 1.7
            for corner, opposite in (
                ((x - 0.08, y - 0.08, 0.0), (x + 0.08, y + 0.08, height)),
                ((x - 0.16, y - 0.16, 0.0), (x + 0.16, y + 0.16, 0.9)),
                ((x - 0.05, y, height - 0.1), (x + 0.05, arm, height)),
                ((x - 0.14, arm - 0.4, height - 0.2), (x + 0.14, arm + 0.4, height + 0.02)),
            ):
                boxes.add(corner, opposite, Surface.METAL, METAL, False)


def _park_cars(parameters: CollapseParameters, camera: CameraPath) -> FloatArray:
    stream = random_stream(parameters.seed, "cars")
    inner, outer = side_street(parameters)
    kerb = -NORTH_PAVEMENT_METRES
    far_kerb = kerb - parameters.street_width_metres
    places: list[tuple[float, float, float]] = []
    for row, heading in ((kerb - 1.15, 0.0), (far_kerb + 1.15, math.pi)):
        x = -48.0 + float(stream.uniform(0, 5))
        while x < 48:
            on_side_street = parameters.corner and inner - 3 < x * parameters.corner < outer + 3
            if not on_side_street and stream.random() < 0.42:
                places.append((x, row, heading))
            x += float(stream.uniform(5.2, 6.6))
    if parameters.corner:
        for y in np.arange(7.0, 40.0, 6.2):
            if stream.random() < 0.45:
                places.append((parameters.corner * (outer - 1.1), float(y), math.pi / 2))
    cars = []
    for x, y, heading in places:
        paint = CAR_PAINTS[int(stream.integers(len(CAR_PAINTS)))]
        shift, turn = stream.uniform(-0.15, 0.15), stream.uniform(-0.03, 0.03)
        if np.linalg.norm(camera.positions[:, :2] - [x, y], axis=1).min() > 4.5:
            cars.append((x, y + shift, heading + turn, *paint))
    return np.array(cars, np.float64).reshape(-1, len(CAR_COLUMNS))


def _plant_trees(parameters: CollapseParameters, camera: CameraPath) -> FloatArray:
    """Street trees on the pavements, where they hide nothing."""
    stream = random_stream(parameters.seed, "trees")
    far_kerb = -NORTH_PAVEMENT_METRES - parameters.street_width_metres
    trees: list[tuple[float, float, float, float]] = []
    planted, spacing = stream.random(2) < (0.45, 0.75), float(stream.uniform(7.5, 11.0))
    half = parameters.width_metres / 2
    for row, is_planted in zip((-2.3, far_kerb - 0.9), planted, strict=True):
        for x in np.arange(-62.0 + stream.uniform(0, 6), 62.0, spacing):
            height, radius = float(stream.uniform(4.5, 8.0)), float(stream.uniform(1.3, 2.3))
            beside_the_hero = row > -3 and abs(x) < half + 9
            if (
                is_planted
                and not beside_the_hero
                and not crosses_the_view(float(x), row, parameters, camera, radius, 14)
            ):
                trees.append((float(x), row, height, radius))
    return np.array(trees, np.float64).reshape(-1, 4)
