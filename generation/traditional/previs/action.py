"""What happens: a beat of two figures and a car, in steps that every camera option shows."""

import math
from dataclasses import dataclass

import numpy as np

from generation.traditional.city.random_streams import random_stream
from generation.traditional.previs.car import drive
from generation.traditional.previs.gait import Pose, stand, walk
from generation.traditional.previs.ground import Ground
from generation.traditional.previs.parameters import PrevisParameters
from generation.traditional.previs.path import Path
from generation.traditional.previs.skeleton import FloatArray

#: An option that has more time than this shows the action slower: nobody runs out of the picture's world.
LONGEST_SECONDS = 4.0


@dataclass(frozen=True)
class Performer:
    """A figure over the action steps.

    Attributes
    ----------
    place, heading
        [A,3] where it stands on the ground, smoothed over its steps, and [A] radians.
    speed
        Metres a second.
    matrices
        [A,B,3,4] of its bones.
    """

    place: FloatArray
    heading: FloatArray
    speed: float
    matrices: FloatArray


@dataclass(frozen=True)
class Action:
    """The beat. Step 0 and the last step are only there for motion blur: options show steps 1 to A-2.

    ``car`` [A,5,3,4] matrices of the car; ``car_place`` [A,2]; ``door`` (x, side) of the doorway the hero came from.
    """

    step_seconds: float
    hero: Performer
    other: Performer
    car: FloatArray
    car_place: FloatArray
    car_heading: FloatArray
    door: tuple[float, float] | None

    def kept_clear(self) -> FloatArray:
        """Ground points [N,2] that nothing may stand on."""
        along = np.stack([np.cos(self.car_heading), np.sin(self.car_heading)], -1)
        car = [self.car_place + reach * along for reach in (-2.0, -0.7, 0.7, 2.0)]
        return np.concatenate([self.hero.place[:, :2], self.other.place[:, :2], *car])


def stage_action(parameters: PrevisParameters, ground: Ground) -> Action:
    """Block the beat on the ground."""
    longest = max(parameters.option_lengths)
    step_seconds = min(parameters.seconds_per_frame, LONGEST_SECONDS / longest)
    time = (np.arange(longest + 2) - 1) * step_seconds
    middle = time - (longest - 1) * step_seconds / 2  # 0 halfway through
    staging = _Staging(parameters, ground, time, middle)
    return {
        "chase": staging.chase,
        "meeting": staging.meeting,
        "arrival": staging.arrival,
        "stand-off": staging.stand_off,
    }[parameters.beat]()


class _Staging:
    """Lays the beats out; x is along the street, ``side`` is where the hero is: 1 north, -1 south."""

    def __init__(self, parameters: PrevisParameters, ground: Ground, time: FloatArray, middle: FloatArray) -> None:
        self.ground, self.time, self.middle = ground, time, middle
        self.stream = random_stream(parameters.seed, "staging")
        self.forth = float(self.stream.choice([-1, 1]))
        # On the sunny side, mostly.
        sunny = -1.0 if parameters.sun_direction[1] > 0 else 1.0
        self.side = 1.0 if ground.has_square else sunny * float(self.stream.choice([-1, 1], p=[0.2, 0.8]))
        self.step_seconds = float(time[1] - time[0])

    def chase(self) -> Action:
        kerb, line, side, forth = self.ground.kerb, self.ground.line, self.side, self.forth
        speed = float(self.stream.uniform(4.1, 5.1))
        # From the pavement out over the road; the car keeps to the other half.
        start = np.array([-7.0 * forth, side * (line - 0.45 * (line - kerb))])
        end = np.array([6.5 * forth, side * max(0.9, kerb - float(self.stream.uniform(2.2, 3.4)))])
        path = Path(start, end, float(self.stream.uniform(-0.5, 0.5)))
        travelled = path.length * float(self.stream.uniform(0.45, 0.6)) + speed * self.middle
        gap = float(self.stream.uniform(3.2, 4.6))
        ahead = self._ahead(path, travelled, 8.0)
        hero = self._walker(path, travelled, speed, ahead)
        other = self._walker(path, travelled - gap + 0.1 * self.middle, speed * 1.02, self._heads(hero))
        lane = -side * max(kerb / 2, 1.3)
        braking, car_speed = 3.0, float(self.stream.uniform(6.0, 8.5))
        start_x = forth * float(self.stream.uniform(3.5, 7.0))
        return self._with_car(hero, other, self._lane(start_x, lane, -forth), car_speed, braking)

    def meeting(self) -> Action:
        spot, course = self._open_spot()
        facing = np.array([math.cos(course), math.sin(course)])
        gap, speed = float(self.stream.uniform(2.6, 3.6)), float(self.stream.uniform(1.2, 1.55))
        meet = spot + facing * gap / 2
        left = np.array([-facing[1], facing[0]])
        path = Path(
            spot - facing * (gap / 2 + 4), meet - facing * 0.6 + left * 0.35, float(self.stream.uniform(-0.2, 0.2))
        )
        travelled = path.length - gap + 0.6 + speed * self.middle
        heads = np.tile([*meet, 1.65], (len(self.time), 1))
        hero = self._walker(path, travelled, speed, heads)
        greeting = np.interp(self.middle, [-0.5, 0.1], [15.0, 82.0]) + 5 * np.sin(2 * math.pi * 1.5 * self.time)
        pose = Pose(self._heads(hero), greeting)
        other = self._stander(meet, course + math.pi, pose)
        lane = float(self.stream.choice([-1, 1])) * max(self.ground.kerb / 2, 1.3)
        drive_x = float(self.stream.uniform(-5, 5))
        return self._with_car(
            hero, other, self._lane(drive_x, lane, self.forth), float(self.stream.uniform(5.0, 7.0)), 0.0
        )

    def arrival(self) -> Action:
        kerb, line, side, forth = self.ground.kerb, self.ground.line, self.side, self.forth
        door_x, door_side = self._door_x(-1.5 * forth), -side if self.ground.has_square else side
        side = door_side
        speed = float(self.stream.uniform(1.25, 1.6))
        start = np.array([door_x, side * (line - 0.1)])
        end = np.array([door_x + forth * 5.0, side * (kerb + 0.75)])
        path = Path(start, end, -side * forth * 0.45)
        travelled = 1.5 + speed * (self.middle + 0.5)
        wait = np.array([door_x + forth * float(self.stream.uniform(5.6, 6.6)), side * (kerb + 0.9)])
        heads = np.tile([*wait, 1.6], (len(self.time), 1))
        hero = self._walker(path, travelled, speed, heads)
        greeting = np.interp(self.middle, [-0.3, 0.4], [0.0, 30.0])
        other = self._stander(wait, math.pi if forth > 0 else 0.0, Pose(self._heads(hero), greeting))
        stop = door_x + forth * float(self.stream.uniform(2.0, 4.5))
        # It comes to rest as the option ends: v = braking x time left.
        braking = 3.2
        left = np.maximum(self.middle[-2] + 0.1 - self.middle, 0.0)
        car_path = self._lane(stop, side * (kerb - 1.2), forth)
        travelled_car = 30.0 - 0.5 * braking * left**2
        return self._finished(
            hero, other, car_path, travelled_car, braking * (left > 0) * np.minimum(left / 0.3, 1), (door_x, side)
        )

    def stand_off(self) -> Action:
        spot, course = self._open_spot()
        if not self.ground.has_square:
            spot = np.array([spot[0], float(self.stream.uniform(-0.25, 0.25)) * self.ground.kerb])
            course = (0.0 if self.forth > 0 else math.pi) + float(self.stream.uniform(-0.18, 0.18))
        facing = np.array([math.cos(course), math.sin(course)])
        gap, speed = float(self.stream.uniform(5.0, 7.0)), float(self.stream.uniform(0.85, 1.1))
        path = Path(spot - facing * (gap / 2 + 3), spot + facing * gap / 2)
        travelled = 3.0 + speed * self.middle
        meet = spot + facing * gap / 2
        hero = self._walker(path, travelled, speed, np.tile([*meet, 1.6], (len(self.time), 1)), out=15.0, elbows=14.0)
        other = self._stander(
            meet, course + math.pi, Pose(self._heads(hero), np.zeros(len(self.time)), 17.0, 16.0), 0.19
        )
        # The car stands behind the other one, turned half across.
        turn = course + math.pi + float(self.stream.choice([-1, 1])) * float(self.stream.uniform(0.5, 1.0))
        behind = meet + facing * float(self.stream.uniform(3.6, 4.8))
        along = np.array([math.cos(turn), math.sin(turn)])
        return self._finished(hero, other, Path(behind - 20 * along, behind + 20 * along), 20.0 + 0.35 * self.middle,
                              np.zeros(len(self.time)), None)  # fmt: skip

    def _open_spot(self) -> tuple[FloatArray, float]:
        """The middle of a quiet scene and the hero's course: on the square, or along the pavement."""
        if self.ground.has_square:
            spot = np.array(
                [float(self.stream.uniform(-4, 4)), self.ground.line + float(self.stream.uniform(4.5, 8.0))]
            )
            return spot, float(self.stream.uniform(-math.pi, math.pi))
        x = float(self.stream.uniform(-2, 2))
        if self.ground.is_crossed:
            west, east = self.ground.crossing
            x = east + 5.5 if west < 0 else west - 5.5
        # Away from the wall, where a camera can get round.
        spot = np.array([x, self.side * (self.ground.kerb + 0.42 * self.ground.pavement)])
        return spot, (0.0 if self.forth > 0 else math.pi) + float(self.stream.uniform(-0.08, 0.08))

    def _door_x(self, wanted: float) -> float:
        """Near ``wanted``, but with a house behind it and the way to the kerb on one pavement."""
        if not self.ground.is_crossed:
            return wanted
        west, east = self.ground.crossing
        return min(wanted, west - 7.5 - 2 * self.forth) if west > 0 else max(wanted, east + 7.5 - 2 * self.forth)

    def _walker(
        self,
        path: Path,
        travelled: FloatArray,
        speed: float,
        look_at: FloatArray,
        out: float = 9.0,
        elbows: float = 0.0,
    ) -> Performer:
        pose = Pose(look_at, np.zeros(len(travelled)), out, elbows)
        height = np.mean([self.ground.height(path.at(travelled + shift)) for shift in (-0.4, 0.0, 0.4)], axis=0)
        place = np.concatenate([path.at(travelled), height[:, None]], 1)
        matrices = walk(path, travelled, speed, pose, self.ground.height)
        return Performer(place, path.heading(travelled), speed, matrices)

    def _stander(self, spot: FloatArray, heading: float, pose: Pose, apart: float = 0.13) -> Performer:
        count = len(self.time)
        place = np.concatenate([np.tile(spot, (count, 1)), self.ground.height(np.tile(spot, (count, 1)))[:, None]], 1)
        matrices = stand(spot, heading, self.time + 0.4, pose, self.ground.height, apart)
        return Performer(place, np.full(count, heading), 0.0, matrices)

    def _heads(self, performer: Performer) -> FloatArray:
        return performer.place + [0.0, 0.0, 1.62]

    def _ahead(self, path: Path, travelled: FloatArray, metres: float) -> FloatArray:
        return np.concatenate([path.at(travelled + metres), np.full((len(travelled), 1), 1.6)], 1)

    def _lane(self, x: float, y: float, forth: float) -> Path:
        """A straight lane that passes ``x`` after 30 m."""
        return Path(np.array([x - 30.0 * forth, y]), np.array([x + 30.0 * forth, y]))

    def _with_car(self, hero: Performer, other: Performer, lane: Path, speed: float, braking: float) -> Action:
        time = np.minimum(self.middle, speed / braking if braking else np.inf)
        travelled = 30.0 + speed * time - 0.5 * braking * time**2
        return self._finished(hero, other, lane, travelled, np.full(len(time), braking), None)

    def _finished(
        self, hero: Performer, other: Performer, path: Path, travelled: FloatArray, braking: FloatArray,
        door: tuple[float, float] | None,
    ) -> Action:  # fmt: skip
        return Action(self.step_seconds, hero, other, drive(path, travelled, braking), path.at(travelled),
                      path.heading(travelled), door)  # fmt: skip
