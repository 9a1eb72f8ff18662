"""The camera options a previs artist would try: each kind draws candidates from its own lenses, heights and moves."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from generation.traditional.city.random_streams import random_stream
from generation.traditional.previs.action import Action, Performer
from generation.traditional.previs.parameters import PrevisParameters
from generation.traditional.previs.sight import ASPECT, SENSOR_MM, Shot, looking, rolled
from generation.traditional.previs.skeleton import FloatArray

FIGURE_METRES = 1.8
_CHEST_METRES = 1.36
LENSES_MM = (18.0, 21.0, 24.0, 28.0, 35.0, 40.0, 50.0, 65.0, 75.0, 85.0, 100.0, 135.0)


@dataclass(frozen=True)
class Kind:
    """A kind of option.

    Attributes
    ----------
    words
        What the slate says.
    lens_mm, size, height_metres, azimuth_degrees
        Ranges to draw from: lens; height of the hero as a share of the picture's; height of the lens above the
        ground; direction from the hero, 0 in front of it and 180 behind (either side is tried).
    move
        Name of the move in `MOVES`.
    whom
        Whom it frames: hero, other or both.
    wide
        Whether it shows the whole place: the first option is one of these.
    """

    words: str
    lens_mm: tuple[float, float]
    size: tuple[float, float]
    height_metres: tuple[float, float]
    azimuth_degrees: tuple[float, float]
    move: str
    whom: str = "hero"
    wide: bool = False
    beats: tuple[str, ...] = ("chase", "meeting", "arrival", "stand-off")


#: A runner cannot be looked past.
_TALK = ("meeting", "arrival", "stand-off")
KINDS = (
    Kind("static wide", (21, 32), (0.24, 0.34), (1.5, 2.4), (20, 160), "static", wide=True),
    Kind("crane up", (21, 32), (0.30, 0.42), (1.2, 1.8), (20, 150), "crane", wide=True),
    Kind("high angle", (35, 65), (0.22, 0.34), (5.0, 8.5), (15, 165), "static", wide=True),
    Kind("pan", (28, 40), (0.40, 0.55), (1.4, 1.8), (55, 125), "static"),
    Kind("dolly in", (32, 50), (0.48, 0.62), (1.3, 1.7), (10, 70), "dolly"),
    Kind("tracking alongside", (32, 50), (0.58, 0.74), (1.2, 1.6), (70, 115), "track"),
    Kind("lead, pulling back", (35, 50), (0.66, 0.90), (1.35, 1.65), (8, 38), "track"),
    Kind("handheld follow", (24, 35), (0.60, 0.80), (1.45, 1.65), (145, 178), "handheld"),
    Kind("over the shoulder", (35, 65), (0.40, 0.80), (1.58, 1.74), (0, 30), "shoulder", beats=_TALK),
    Kind("reverse shoulder", (35, 65), (0.40, 0.80), (1.58, 1.74), (150, 180), "shoulder", "other", beats=_TALK),
    Kind("top shot", (28, 40), (0.26, 0.34), (7.5, 10.5), (60, 120), "top"),
    Kind("low-angle wide", (18, 24), (0.55, 0.85), (0.30, 0.55), (8, 65), "static"),
    Kind("long-lens profile", (75, 100), (0.52, 0.74), (1.2, 1.6), (70, 110), "static"),
    Kind("two-shot", (28, 50), (0.42, 0.60), (1.3, 1.7), (60, 120), "arc", "both"),
    Kind("long-lens compression", (85, 135), (0.45, 0.66), (1.4, 2.0), (5, 35), "static"),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Candidate:
    """One camera that might become an option."""

    kind: Kind
    shot: Shot
    lens_mm: float
    azimuth_radians: float
    size: float

    @property
    def height_metres(self) -> float:
        """Height above the ground at the first step."""
        return float(self.shot.matrix_world[0, 2, 3])


def draw_candidates(parameters: PrevisParameters, action: Action, kind: Kind, count: int) -> list[Candidate]:
    """Candidates of one kind, at random but for what the kind demands; steps 1 to A-2 of the action."""
    stream = random_stream(parameters.seed, "options", kind.words)
    candidates = (_candidate(parameters, action, kind, stream) for _ in range(count))
    return [candidate for candidate in candidates if candidate is not None]


@dataclass(frozen=True)
class _Aim:
    """What is being framed, over the steps shown: chests [A,3], course of the eyes, and the camera's first place."""

    chest: FloatArray
    course: FloatArray
    drawn: dict[str, float]
    other: FloatArray
    greeted: bool = False


def _candidate(
    parameters: PrevisParameters, action: Action, kind: Kind, stream: np.random.Generator
) -> Candidate | None:
    lens = _lens(parameters, kind, stream)
    if lens is None:
        return None
    drawn = {name: float(stream.uniform(*getattr(kind, name))) for name in ("size", "height_metres")}
    drawn["azimuth"] = math.radians(float(stream.uniform(*kind.azimuth_degrees))) * float(stream.choice([-1, 1]))
    drawn["spread"], drawn["turn"] = float(stream.uniform(0.7, 1.3)), float(stream.choice([-1, 1]))
    hero, other = (_shown(performer) for performer in (action.hero, action.other))
    subject, counterpart = (other, hero) if kind.whom == "other" else (hero, other)
    chest = subject[0] + [0, 0, _CHEST_METRES]
    aim = _Aim(
        chest,
        subject[1],
        drawn,
        counterpart[0],
        greeted=kind.whom == "hero" and parameters.beat in ("meeting", "arrival"),
    )
    drawn["distance"] = FIGURE_METRES * lens * ASPECT / (SENSOR_MM * drawn["size"])
    positions = MOVES[kind.move](parameters, aim, stream)
    across, up = _composition(kind, aim, positions)
    targets = chest
    if kind.whom == "both":
        targets = (chest + counterpart[0] + [0, 0, _CHEST_METRES]) / 2
        across = np.zeros_like(across)
    if kind.move in ("static", "crane", "dolly") and kind.words != "pan" and kind.lens_mm[0] < 70:
        # The operator lets the figure cross part of the frame before panning.
        targets = targets * 0.45 + targets.mean(0) * 0.55
    shot = looking(positions, targets, np.full(len(positions), lens), across, up)
    if kind.move == "handheld":
        shot = _shaken(parameters, shot, stream, action.step_seconds)
    return Candidate(kind, shot, lens, _direction(positions, chest), drawn["size"])


def _lens(parameters: PrevisParameters, kind: Kind, stream: np.random.Generator) -> float | None:
    """A lens from the case, within what the kind and the parameters allow; None if there is no such lens."""
    low, high = max(kind.lens_mm[0], parameters.shortest_lens_mm), min(kind.lens_mm[1], parameters.longest_lens_mm)
    case = [lens for lens in LENSES_MM if low <= lens <= high]
    return float(stream.choice(case)) if case else None


def _shown(performer: Performer) -> tuple[FloatArray, FloatArray]:
    return performer.place[1:-1], performer.heading[1:-1]


def _direction(positions: FloatArray, chest: FloatArray) -> float:
    away = positions[len(positions) // 2] - chest[len(chest) // 2]
    return math.atan2(away[1], away[0])


def _around(aim: _Aim, step: int, azimuth: float, distance: float, height: float) -> FloatArray:
    """A place seen from the chest at ``step``: azimuth from its course, along the ground."""
    course = aim.course[step] + azimuth
    ground = aim.chest[step] - [0, 0, _CHEST_METRES]
    place: FloatArray = ground + np.array([math.cos(course) * distance, math.sin(course) * distance, height])
    return place


def _static(parameters: PrevisParameters, aim: _Aim, stream: np.random.Generator) -> FloatArray:
    del parameters, stream
    middle = len(aim.chest) // 2
    place = _around(aim, middle, aim.drawn["azimuth"], aim.drawn["distance"], aim.drawn["height_metres"])
    return np.tile(place, (len(aim.chest), 1))


def _crane(parameters: PrevisParameters, aim: _Aim, stream: np.random.Generator) -> FloatArray:
    positions = _static(parameters, aim, stream)
    share = _eased(len(positions))[:, None]
    rise = float(stream.uniform(1.6, 3.2))
    back = (positions[0] - aim.chest[len(aim.chest) // 2]) * [1, 1, 0]
    moved: FloatArray = positions + share * (np.array([0, 0, rise]) + 0.12 * back)
    return moved


def _dolly(parameters: PrevisParameters, aim: _Aim, stream: np.random.Generator) -> FloatArray:
    positions = _static(parameters, aim, stream)
    share = _eased(len(positions))[:, None]
    towards = (aim.chest - positions) * [1, 1, 0]
    moved: FloatArray = positions - towards * 0.18 + share * towards * float(stream.uniform(0.34, 0.46))
    return moved


def _track(parameters: PrevisParameters, aim: _Aim, stream: np.random.Generator) -> FloatArray:
    """Moves with the figure, drifting a little from one side of it to the other."""
    del parameters
    drift = math.radians(float(stream.uniform(-9, 9))) * np.linspace(-0.5, 0.5, len(aim.chest))
    return np.stack([
        _around(aim, step, aim.drawn["azimuth"] + drift[step], aim.drawn["distance"], aim.drawn["height_metres"])
        for step in range(len(aim.chest))
    ])  # fmt: skip


def _arc(parameters: PrevisParameters, aim: _Aim, stream: np.random.Generator) -> FloatArray:
    """Slides past two figures, on one side of the line between them."""
    middle = (aim.chest + aim.other + [0, 0, _CHEST_METRES]).mean(0) / 2
    line = (aim.other - aim.chest).mean(0)[:2]
    apart = float(np.linalg.norm(line))
    course = math.atan2(line[1], line[0]) + aim.drawn["azimuth"]
    # Far enough for both to be in the picture.
    least = (
        apart
        * abs(math.sin(aim.drawn["azimuth"]))
        / 0.62
        * (aim.drawn["distance"] * aim.drawn["size"] / FIGURE_METRES / ASPECT)
    )
    distance = max(aim.drawn["distance"], least)
    place = np.array([math.cos(course), math.sin(course), 0]) * distance
    slide = np.array([-math.sin(course), math.cos(course), 0]) * float(stream.uniform(-0.9, 0.9))
    share = (_eased(len(aim.chest)) - 0.5)[:, None]
    del parameters
    height = np.array([0, 0, aim.drawn["height_metres"] - _CHEST_METRES])
    positions: FloatArray = middle + place + height + share * slide
    return positions


def _shoulder(parameters: PrevisParameters, aim: _Aim, stream: np.random.Generator) -> FloatArray:
    """Behind the one who is looked past, to one side of its head; follows it."""
    del parameters
    # A greeting is made with the right arm: the lens looks past the left shoulder.
    if aim.greeted:
        aim.drawn["turn"] = 1.0
    line = aim.chest - (aim.other + [0, 0, _CHEST_METRES])
    towards = line * [1, 1, 0] / np.linalg.norm(line[:, :2], axis=1, keepdims=True)
    side = np.stack([-towards[:, 1], towards[:, 0], np.zeros(len(towards))], -1) * aim.drawn["turn"]
    back = float(stream.uniform(1.0, 1.5))
    height = np.array([0, 0, aim.drawn["height_metres"]])
    push = (_eased(len(aim.chest)) - 0.5)[:, None] * 0.16
    positions: FloatArray = aim.other - towards * (back - push) + side * float(stream.uniform(0.42, 0.58)) + height
    return positions


def _top(parameters: PrevisParameters, aim: _Aim, stream: np.random.Generator) -> FloatArray:
    """High above, almost straight down, sinking slowly."""
    middle = aim.chest.mean(0)
    aside = aim.drawn["height_metres"] * math.radians(float(stream.uniform(8, 24)))
    course = aim.course[0] + aim.drawn["azimuth"]
    place = np.array([middle[0] + math.cos(course) * aside, middle[1] + math.sin(course) * aside, 0.0])
    height = aim.drawn["height_metres"] * (1.04 - 0.10 * _eased(len(aim.chest)))
    del parameters
    drift = 0.5 * (aim.chest - middle) * [1, 1, 0]
    positions: FloatArray = place + drift + height[:, None] * np.array([0, 0, 1.0])
    return positions


def _eased(count: int) -> FloatArray:
    """From 0 to 1, already moving at the start and still at the end: the cut is made inside the move."""
    share = np.linspace(0.12, 0.88, count)
    eased: FloatArray = share * share * (3 - 2 * share)
    return eased


Move = Callable[[PrevisParameters, _Aim, np.random.Generator], FloatArray]
MOVES: Mapping[str, Move] = {
    "static": _static,
    "crane": _crane,
    "dolly": _dolly,
    "track": _track,
    "handheld": _track,
    "arc": _arc,
    "shoulder": _shoulder,
    "top": _top,
}


def _composition(kind: Kind, aim: _Aim, positions: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Where the chest belongs in the picture: on a third with room ahead of the eyes, head room above."""
    away = aim.chest - positions
    course = np.arctan2(away[:, 1], away[:, 0])
    # Eyes to the right of the picture put the figure on its left third.
    eyes = np.sin(course - aim.course)
    across = -np.clip(eyes * 1.6, -1, 1) / 6
    if kind.move == "shoulder":
        across = np.full(len(away), aim.drawn["turn"] / 6.5)
    if abs(float(eyes.mean())) < 0.3 and kind.move != "shoulder":
        across = np.full(len(away), -aim.drawn["turn"] / 6.0)
    size = FIGURE_METRES / np.linalg.norm(away, axis=1) * (aim.drawn["distance"] * aim.drawn["size"] / FIGURE_METRES)
    # Small figures stand on the lower third, large ones hang from the head room.
    up = np.minimum(-0.30 + 0.76 * size, 0.39 - 0.24 * size)
    if kind.move == "top":
        up = np.full(len(away), -0.06)
    if kind.height_metres[0] > 4 and kind.move == "static":
        up = np.full(len(away), -0.04)
    return np.full(len(away), float(across.mean())), np.full(len(away), float(up.mean()))


def _shaken(parameters: PrevisParameters, shot: Shot, stream: np.random.Generator, step_seconds: float) -> Shot:
    """A hand at its own frequencies: steps at about 2 Hz, tremor above."""
    time = np.arange(len(shot.matrix_world))[:, None] * step_seconds
    noise = np.zeros((len(time), 6))
    for hertz, size in ((0.7, 1.0), (2.0, 0.6), (4.3, 0.22)):
        noise += size * np.sin(2 * math.pi * (time * hertz * stream.uniform(0.8, 1.2, 6) + stream.uniform(0, 1, 6)))
    noise *= parameters.handheld
    matrices = shot.matrix_world.copy()
    for axis, sway in ((0, 0.008 * noise[:, 3]), (1, 0.007 * noise[:, 4])):
        matrices[:, :3, 2] += sway[:, None] * matrices[:, :3, axis]
    matrices[:, :3, 2] /= np.linalg.norm(matrices[:, :3, 2], axis=1, keepdims=True)
    matrices[:, :3, 0] = np.cross([0.0, 0.0, 1.0], matrices[:, :3, 2])
    matrices[:, :3, 0] /= np.linalg.norm(matrices[:, :3, 0], axis=1, keepdims=True)
    matrices[:, :3, 1] = np.cross(matrices[:, :3, 2], matrices[:, :3, 0])
    matrices[:, :3, 3] += 0.018 * noise[:, :3]
    return rolled(Shot(matrices, shot.lens_mm), 0.006 * noise[:, 5])
