"""Shot planning: many candidate cameras, judged by what they see, and the set that is best together."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.traditional.city.random_streams import random_stream
from generation.traditional.previs.action import Action, Performer
from generation.traditional.previs.camera_moves import FIGURE_METRES, KINDS, Candidate, draw_candidates
from generation.traditional.previs.parameters import PrevisParameters
from generation.traditional.previs.sight import distance_along, distance_to, inside_any
from generation.traditional.previs.skeleton import FloatArray

CANDIDATES_A_KIND = 30
_KEPT_A_KIND = 4
#: What an option must reach: share of the hero seen, and share of it in the picture.
LEAST_SEEN = 0.8


@dataclass(frozen=True, eq=False)
class Judged:
    """A candidate and how good it is.

    Attributes
    ----------
    seen
        Share of the points of the framed figure that lie in the picture with nothing before them, over the steps.
    score
        Higher is better; below 0 it is no option at all.
    best_step
        The step that stands for the option on a contact sheet.
    """

    candidate: Candidate
    seen: float
    score: float
    best_step: int


def plan_options(parameters: PrevisParameters, action: Action, bodies: FloatArray) -> list[Judged]:
    """The options of the shot, the widest first; ``bodies`` [N,2,3] are the boxes that hide things."""
    taste = random_stream(parameters.seed, "taste")
    pool: list[Judged] = []
    for kind in KINDS:
        # Straight down says least about who is who: it must be much better than the rest.
        liking = float(taste.uniform(0.0, 0.22)) - (0.15 if kind.move == "top" else 0.0)
        if parameters.beat not in kind.beats:
            continue
        judged = [_judge(parameters, action, candidate, bodies, liking)
                  for candidate in draw_candidates(parameters, action, kind, CANDIDATES_A_KIND)]  # fmt: skip
        judged.sort(key=lambda one: -one.score)
        pool += judged[:_KEPT_A_KIND]
    chosen: list[Judged] = []
    while len(chosen) < parameters.option_count:
        left = [one for one in pool if one not in chosen]
        wides = [one for one in left if one.candidate.kind.wide and one.score > 0]
        from_these = wides if not chosen and wides else left
        chosen.append(max(from_these, key=lambda one: one.score - sum(_likeness(one, other) for other in chosen)))
    first, rest = chosen[0], sorted(chosen[1:], key=lambda one: one.candidate.size)
    return [first, *rest]


def _likeness(one: Judged, two: Judged) -> float:
    """How much two options repeat each other."""
    a, b = one.candidate, two.candidate
    turn = abs((a.azimuth_radians - b.azimuth_radians + math.pi) % (2 * math.pi) - math.pi)
    lens = abs(math.log(a.lens_mm / b.lens_mm))
    height = abs(math.log(max(a.height_metres, 0.2) / max(b.height_metres, 0.2)))
    alike = 0.16 * math.exp(-((turn / 0.6) ** 2)) + 0.10 * math.exp(-((lens / 0.3) ** 2))
    alike += 0.08 * math.exp(-((height / 0.4) ** 2)) * math.exp(-((turn / 1.2) ** 2))
    alike += 0.16 * math.exp(-((math.log(a.size / b.size) / 0.3) ** 2)) + (0.14 if a.kind.wide and b.kind.wide else 0.0)
    return alike + (0.55 if a.kind is b.kind else 0.0) + (0.12 if a.kind.move == b.kind.move else 0.0)


def _judge(
    parameters: PrevisParameters, action: Action, candidate: Candidate, bodies: FloatArray, liking: float
) -> Judged:
    shot, kind = candidate.shot, candidate.kind
    count = len(shot.matrix_world)
    eyes = shot.matrix_world[:, :3, 3]
    ground_clearance = float(eyes[:, 2].min())
    foreground = kind.move == "shoulder"
    middle = [0, count // 2, count - 1]
    people = np.concatenate([_figure_boxes(action.hero)[middle], _figure_boxes(action.other)[middle]])
    if (
        inside_any(eyes, bodies, 0.35)
        or ground_clearance < 0.22
        or inside_any(eyes, people, 0.3 if foreground else 1.0)
    ):
        return Judged(candidate, 0.0, -1.0, count // 2)
    steps = np.unique(np.linspace(0, count - 1, min(count, 6)).round().astype(int))
    framed, counterpart = (action.other, action.hero) if kind.whom == "other" else (action.hero, action.other)
    subject = _seen(candidate, framed, counterpart if not foreground else None, action, bodies, steps)
    seen = float(subject.mean())
    if seen < 0.5:
        return Judged(candidate, seen, seen - 2.0, count // 2)
    second = _seen(candidate, counterpart, framed, action, bodies, steps)
    car = _car_seen(candidate, action, bodies, steps)
    sizes = _sizes(candidate, framed, steps)
    wanted = min(kind.size) * 0.75, max(kind.size) * 1.35
    fits = float(np.mean((sizes > wanted[0]) & (sizes < wanted[1])))
    near, wall, sky = _surroundings(candidate, framed, bodies, steps)
    both = float(second.mean()) if kind.whom == "both" or foreground else 1.0
    score = 1.2 * seen**2 + 0.3 * fits + 0.22 * float(second.mean()) + 0.14 * car + liking
    score -= (
        1.6 * max(near - 0.06, 0.0) + (1.1 if kind.wide else 0.6) * max(wall - 0.4, 0.0) + 0.4 * max(sky - 0.5, 0.0)
    )
    score += 0.12 * _modelling(parameters, candidate)
    if seen < LEAST_SEEN or both < 0.35:
        score -= 1.2
    return Judged(
        candidate,
        seen,
        score,
        int(steps[int(np.argmax(subject + 0.5 * second - 0.35 * np.abs(steps / max(count - 1, 1) - 0.6)))]),
    )


def _points(candidate: Candidate, performer: Performer, steps: NDArray[np.int64]) -> FloatArray:
    """Points of a figure [S,P,3] at steps of the option: feet, knees, hips, shoulders and head, over its width."""
    ups = np.array([0.12, 0.5, 0.95, 0.95, 1.3, 1.3, 1.62])
    asides = np.array([0.0, 0.0, 0.15, -0.15, 0.18, -0.18, 0.0])
    right = candidate.shot.matrix_world[steps, :3, 0]
    points: FloatArray = (
        performer.place[1:-1][steps][:, None]
        + ups[None, :, None] * np.array([0.0, 0.0, 1.0])
        + asides[None, :, None] * right[:, None]
    )
    return points


def _seen(
    candidate: Candidate, performer: Performer, before: Performer | None, action: Action, bodies: FloatArray,
    steps: NDArray[np.int64],
) -> FloatArray:  # fmt: skip
    """Share of a figure's points in the picture and in sight, [S]; close figures may be cut at the knees."""
    points = _points(candidate, performer, steps)
    shot = candidate.shot
    picture, ahead = shot.project(_every(points, steps, len(shot.matrix_world)))
    picture, ahead = picture[steps], ahead[steps]
    margin = np.array([0.40 if candidate.kind.whom == "both" else 0.45, 0.47])
    inside = (np.abs(picture) < margin).all(-1) & (ahead > 0.3)
    if candidate.size > 0.58:
        # The feet of a close figure may be out of the picture, and the top of its head must not.
        inside[:, :2] |= (picture[:, :2, 1] < 0) & (np.abs(picture[:, :2, 0]) < 0.46)
    eyes = np.repeat(shot.matrix_world[steps, :3, 3][:, None], points.shape[1], axis=1)
    away = points - eyes
    reach = distance_along(eyes.reshape(-1, 3), away.reshape(-1, 3), bodies).reshape(inside.shape)
    reach = np.minimum(reach, distance_to(eyes, away, _car_boxes(action)[steps][:, None]))
    if before is not None:
        reach = np.minimum(reach, distance_to(eyes, away, _figure_boxes(before)[steps][:, None]))
    share: FloatArray = (inside & (reach > 0.97)).mean(1)
    return share


def _every(points: FloatArray, steps: NDArray[np.int64], count: int) -> FloatArray:
    """Points [S,P,3] at their steps in an array [A,P,3]; the other steps repeat the first."""
    spread = np.tile(points[:1], (count, 1, 1))
    spread[steps] = points
    return spread


def _sizes(candidate: Candidate, performer: Performer, steps: NDArray[np.int64]) -> FloatArray:
    place = performer.place[1:-1][steps] + [0, 0, FIGURE_METRES / 2]
    away = np.linalg.norm(place - candidate.shot.matrix_world[steps, :3, 3], axis=1)
    sizes: FloatArray = FIGURE_METRES * candidate.lens_mm * (16 / 9) / 36.0 / np.maximum(away, 0.3)
    return sizes


def _car_seen(candidate: Candidate, action: Action, bodies: FloatArray, steps: NDArray[np.int64]) -> float:
    middle = np.concatenate([action.car_place, np.full((len(action.car_place), 1), 0.8)], 1)[1:-1][steps][:, None]
    shot = candidate.shot
    picture, ahead = shot.project(_every(middle, steps, len(shot.matrix_world)))
    inside = (np.abs(picture[steps][:, 0]) < 0.5).all(-1) & (ahead[steps][:, 0] > 1)
    eyes = shot.matrix_world[steps, :3, 3]
    reach = distance_along(eyes, middle[:, 0] - eyes, bodies)
    return float(np.mean(inside & (reach > 0.97)))


def _surroundings(
    candidate: Candidate, performer: Performer, bodies: FloatArray, steps: NDArray[np.int64]
) -> tuple[float, float, float]:
    """Shares of the picture: something close before the figure, one blank wall right behind it, empty sky."""
    near, wall, sky = [], [], []
    across, up = np.meshgrid(np.linspace(-0.47, 0.47, 9), np.linspace(-0.45, 0.45, 6))
    focal = candidate.lens_mm / 36.0
    own = np.stack([across.ravel() / focal, up.ravel() / focal * 9 / 16, np.full(across.size, -1.0)], -1)
    for step in steps[[0, len(steps) // 2, -1]]:
        matrix = candidate.shot.matrix_world[step]
        rays = own @ matrix[:3, :3].T
        reach = distance_along(np.tile(matrix[:3, 3], (len(rays), 1)), rays, bodies)
        away = float(np.linalg.norm(performer.place[1:-1][step] - matrix[:3, 3]))
        near.append(float(np.mean(reach < 0.6 * away)))
        wall.append(float(np.mean((reach >= 0.6 * away) & (reach < away + 7.0))))
        sky.append(float(np.mean(np.isinf(reach) & (rays[:, 2] > 0.02))))
    return max(near), float(np.mean(wall)), float(np.mean(sky))


def _modelling(parameters: PrevisParameters, candidate: Candidate) -> float:
    """From -1 to 1: light from the side or towards the lens shapes figures, light from behind it flattens them."""
    view = -candidate.shot.matrix_world[len(candidate.shot.matrix_world) // 2, :2, 2]
    sun = np.array(parameters.sun_direction[:2])
    facing = float(view @ sun) / max(float(np.linalg.norm(view) * np.linalg.norm(sun)), 1e-6)
    return (1.0 - 1.6 * max(-facing - 0.35, 0.0)) * (1 - parameters.overcast)


def _car_boxes(action: Action) -> FloatArray:
    """Boxes [S,2,3] around the car at the steps of an option."""
    place, course = action.car_place[1:-1], action.car_heading[1:-1, None]
    reach = np.abs(np.cos(course)) * [2.1, 0.85] + np.abs(np.sin(course)) * [0.85, 2.1]
    low, high = np.zeros_like(reach[:, :1]) + 0.1, np.zeros_like(reach[:, :1]) + 1.3
    return np.stack([np.hstack([place - reach, low]), np.hstack([place + reach, high])], 1)


def _figure_boxes(performer: Performer) -> FloatArray:
    """Boxes [S,2,3] around a figure at the steps of an option."""
    place = performer.place[1:-1]
    return np.stack([place + [-0.25, -0.25, 0.0], place + [0.25, 0.25, 1.75]], 1)
