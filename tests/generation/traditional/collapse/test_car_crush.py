"""Cars under rubble: pressed down by what lands on them, and by nothing else."""

import numpy as np

from generation.traditional.city.boxes import Boxes, Surface
from generation.traditional.collapse.car_crush import CRUSHED_HEIGHT_METRES, STATIONS, car_boxes, press_cars
from generation.traditional.collapse.fracture import Pieces, fracture

CARS = np.array([[0.0, 0.0, 0.0, 0.5, 0.1, 0.1], [0.0, 9.0, np.pi / 2, 0.1, 0.1, 0.5]])
STILL = np.array([1.0, 0, 0, 0], np.float32)


def _block() -> Pieces:
    """One cubic metre of concrete, centred over the front of the first car."""
    boxes = Boxes()
    boxes.add((0.9, -0.5, 4.0), (1.9, 0.5, 5.0), Surface.CONCRETE, (0.4, 0.4, 0.4))
    sites = np.array([[1.4, 0, 4.5], [1.4, 0, 40.0], [40.0, 0, 4.5], [1.4, 40.0, 4.5], [-40.0, 0, 4.5]])
    return fracture(boxes.arrays(), sites, int(Surface.CONCRETE), np.array([0.4, 0.4, 0.4]))


def test_only_the_car_that_is_hit_gives_way_and_it_stays_down() -> None:
    pieces = _block()
    # It falls to half a metre over the chassis and is then lifted off again.
    heights = np.array([4.5, 3.0, 1.5, 1.2, 6.0])
    location = np.repeat(pieces.centre[None], len(heights), 0)
    location[:, 0, 2] = heights
    roof = press_cars(CARS, pieces, location, np.tile(STILL, (len(heights), len(pieces), 1)))
    assert roof.shape == (5, 2, len(STATIONS))
    assert (roof[0] == roof[0].max()).all()
    assert (roof[:, 1] == roof[0, 0, 0]).all()
    front, rear = roof[:, 0, -2], roof[:, 0, 0]
    assert front[3] < front[2] < front[1]
    assert front[4] == front[3] >= CRUSHED_HEIGHT_METRES
    assert (rear == rear[0]).all()


def test_cars_within_reach_are_in_the_way_of_the_rubble() -> None:
    boxes = car_boxes(np.concatenate([CARS, [[80.0, 0, 0, 0, 0, 0]]]), 20.0)
    assert boxes.shape == (2, 2, 3)
    size = boxes[:, 1] - boxes[:, 0]
    assert size[0, 0] > size[0, 1]
    assert size[1, 1] > size[1, 0]
    np.testing.assert_allclose(boxes[0].mean(0)[:2], CARS[0, :2])
