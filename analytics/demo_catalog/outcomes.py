"""Draws what each shot would take in either workflow: both are known here, and only here."""

from dataclasses import dataclass, fields, replace
from math import log, log2
from typing import Any

import numpy as np

from analytics.demo_catalog.parameters import SlateParameters, Tails
from analytics.demo_catalog.shots import Numbers, Shots, Truths, Wholes, by_complexity, by_kind
from analytics.demo_catalog.traits import (
    COMPLEXITY_LOG_MACHINE_RATIO,
    COMPLEXITY_LOG_RATIO,
    DAYS_OF_AN_HOUR,
    EXPERIENCE_OF_THE_RATIO,
    FALLBACK_LOG_ODDS_BY_COMPLEXITY,
    FALLBACK_LOG_ODDS_OF_CREATURES,
    KIND_LOG_HOURS,
    KIND_LOG_MACHINE,
    KIND_LOG_RATIO,
    KINDS,
    LENGTH_EXPONENT,
    MACHINE_SECONDS_PER_FRAME,
    MIDDLE_HOURS,
    MIDDLE_ROUNDS,
)
from analytics.vocabulary.shot import ShotKind

TRADITIONAL, AI = 0, 1
"""Columns of what is told by workflow."""
DAYS_A_YEAR = 365.25
ROUNDS_SHAPE = 2.5
"""Of the negative binomial that retakes follow: the smaller, the more they pile up on a few shots."""


@dataclass(frozen=True)
class Taken:
    """What shots take where they are *started* in a workflow; arrays of shots x 2 (traditional, AI) unless said.

    Attributes
    ----------
    people_hours, machine_seconds, calendar_days
        All of the shot, and of both workflows where it falls back.
    ai_hours, ai_machine_seconds, ai_days
        By shot: what of the AI column is spent in AI; all of it where nothing falls back.
    """

    people_hours: Numbers
    machine_seconds: Numbers
    calendar_days: Numbers
    ai_hours: Numbers
    ai_machine_seconds: Numbers
    ai_days: Numbers

    def taken(self, rows: Wholes | Truths) -> "Taken":
        """Those of some of the shots."""
        return replace(self, **{each.name: getattr(self, each.name)[rows] for each in fields(self)})


@dataclass(frozen=True)
class Outcomes:
    """Both outcomes of every shot.

    Attributes
    ----------
    drawn
        What it would take; calendar days are whole.
    expected
        The same without what is drawn anew for each workflow: the effect as an estimator can know it.
    rounds, ai_rounds
        Times it is shown to the client, shots x 2; and those of AI before it falls back, by shot.
    falls_back
        By shot: whether it would fall back, were it started in AI.
    """

    drawn: Taken
    expected: Taken
    rounds: Wholes
    ai_rounds: Wholes
    falls_back: Truths

    def taken(self, rows: Wholes | Truths) -> "Outcomes":
        """Those of some of the shots."""
        return Outcomes(
            self.drawn.taken(rows), self.expected.taken(rows), self.rounds[rows], self.ai_rounds[rows],
            self.falls_back[rows],
        )  # fmt: skip


def draw_outcomes(parameters: SlateParameters, shots: Shots, in_ai: Truths, rng: np.random.Generator) -> Outcomes:
    """Draw both outcomes of every shot.

    Parameters
    ----------
    in_ai
        Which shots are given to AI: what a team has learnt when a shot comes in depends on those before it.
    """
    n = len(shots)
    hours_alike = (
        by_complexity({key: log(hours) for key, hours in MIDDLE_HOURS.items()})[shots.complexity]
        + by_kind(KIND_LOG_HOURS)[shots.kind]
        + LENGTH_EXPONENT * shots.log_length
        + _of_group(rng, parameters.production_sd, shots.production)
        + _of_group(rng, parameters.sequence_sd, shots.sequence)
        + parameters.hidden_difficulty_sd * shots.hidden
    )
    hours_ratio = (
        log(parameters.people_ratio)
        + parameters.kind_ratio_spread * by_kind(KIND_LOG_RATIO)[shots.kind]
        + parameters.complexity_ratio_spread * by_complexity(COMPLEXITY_LOG_RATIO)[shots.complexity]
        + _of_group(rng, parameters.production_ratio_sd, shots.production)
        + _of_group(rng, parameters.sequence_ratio_sd, shots.sequence)
        + rng.normal(0, 1, n) * parameters.shot_ratio_sd
        + learnt(parameters, shots, in_ai)
    )
    machine_alike = (
        by_complexity({key: log(seconds) for key, seconds in MACHINE_SECONDS_PER_FRAME.items()})[shots.complexity]
        + by_kind(KIND_LOG_MACHINE)[shots.kind]
        + np.log(shots.cut_frames + 2 * shots.handle_frames)
        + _of_group(rng, parameters.production_sd, shots.production)
        + 0.5 * parameters.hidden_difficulty_sd * shots.hidden
    )
    machine_ratio = (
        log(parameters.machine_ratio)
        - 0.8 * parameters.kind_ratio_spread * by_kind(KIND_LOG_MACHINE)[shots.kind]
        + parameters.complexity_ratio_spread * by_complexity(COMPLEXITY_LOG_MACHINE_RATIO)[shots.complexity]
        + _of_group(rng, parameters.production_ratio_sd, shots.production)
        + rng.normal(0, 1, n) * parameters.shot_ratio_sd
    )
    days_alike = log(DAYS_OF_AN_HOUR) + _of_group(rng, parameters.production_sd / 2, shots.production)

    falls_back, spent = _fallbacks(parameters, shots, rng)
    of_hours = parameters.shot_sd * noise(parameters, rng, (n, 2))
    of_machine = 0.6 * of_hours + 0.8 * parameters.shot_sd * noise(parameters, rng, (n, 2))
    of_days = rng.normal(0, 0.25, (n, 2))

    def taken(share_of_noise: float) -> Taken:
        log_hours = np.stack([hours_alike, hours_alike + hours_ratio], axis=1) + share_of_noise * of_hours
        log_machine = np.stack([machine_alike, machine_alike + machine_ratio], axis=1) + share_of_noise * of_machine
        log_days = days_alike[:, None] + parameters.calendar_exponent * log_hours + share_of_noise * of_days
        log_days[:, AI] += log(parameters.calendar_ratio)
        hours, machine, days = np.exp(log_hours), np.exp(log_machine), np.exp(log_days)
        ai_hours, ai_machine, ai_days = hours[:, AI] * spent, machine[:, AI] * spent, days[:, AI] * spent
        if share_of_noise:
            ai_days = to_working_day(shots.turnover_day, ai_days)
        days = _with_fallback(days, ai_days, falls_back)
        if share_of_noise:
            days = to_working_day(shots.turnover_day[:, None], days)
        return Taken(
            people_hours=_with_fallback(hours, ai_hours, falls_back),
            machine_seconds=_with_fallback(machine, ai_machine, falls_back),
            calendar_days=days,
            ai_hours=ai_hours,
            ai_machine_seconds=ai_machine,
            ai_days=np.where(falls_back, ai_days, days[:, AI]),
        )

    # A shot that takes more than such shots take has been sent back more often than such shots are.
    retakes = (by_complexity(MIDDLE_ROUNDS)[shots.complexity][:, None] - 1) * np.exp(0.5 * np.clip(of_hours, -2, 2))
    rounds = 1 + rng.poisson(retakes * rng.gamma(ROUNDS_SHAPE, 1 / ROUNDS_SHAPE, (n, 2)))
    ai_rounds = np.floor(rounds[:, AI] * np.where(falls_back, spent, 1.0)).astype(np.int64)
    return Outcomes(taken(1.0), taken(0.0), _with_fallback(rounds, ai_rounds, falls_back), ai_rounds, falls_back)


def to_working_day(start: Wholes, days: Numbers) -> Numbers:
    """Days rounded to whole ones, at least 1, and put off to a Monday where they would end on a weekend."""
    whole = np.maximum(np.rint(days), 1)
    return np.asarray(whole + np.array([0, 0, 0, 0, 0, 2, 1])[(start + whole.astype(np.int64)) % 7], dtype=np.float64)


def _fallbacks(parameters: SlateParameters, shots: Shots, rng: np.random.Generator) -> tuple[Truths, Numbers]:
    """Which shots fall back were they started in AI, and what share of AI's work was spent on each by then."""
    odds = np.exp(
        by_complexity(FALLBACK_LOG_ODDS_BY_COMPLEXITY)[shots.complexity]
        + FALLBACK_LOG_ODDS_OF_CREATURES * (shots.kind == KINDS.index(ShotKind.CREATURE))
    )
    falls_back = rng.random(len(shots)) < np.minimum(parameters.fallback_share * odds, 0.6)
    return falls_back, np.where(falls_back, rng.uniform(0.25, 0.9, len(shots)), 1.0)


def learnt(parameters: SlateParameters, shots: Shots, in_ai: Truths) -> Numbers:
    """Logarithm of what experience and newer tools leave of AI's hours, by shot.

    Wright's law: hours fall to ``learning_rate`` whenever the AI shots a production has begun have doubled.
    """
    before = _begun_before(shots, in_ai)
    wright = log2(parameters.learning_rate) * np.log((before + 1) / EXPERIENCE_OF_THE_RATIO)
    middle = np.median(shots.turnover_day) if len(shots) else 0.0
    return np.asarray(
        wright + log(parameters.yearly_tool_ratio) * (shots.turnover_day - middle) / DAYS_A_YEAR, dtype=np.float64
    )


def noise(parameters: SlateParameters, rng: np.random.Generator, shape: tuple[int, ...]) -> Numbers:
    """What nothing explains, about standard: its middle half is that of a standard normal whatever its tails."""
    match parameters.tails:
        case Tails.NORMAL:
            return rng.normal(size=shape)
        case Tails.STUDENT:
            # The upper quartile of t lies about (1 + 0.4 / degrees) times as far out as that of the normal.
            return np.asarray(rng.standard_t(parameters.tail_degrees, shape) / (1 + 0.4 / parameters.tail_degrees))
        case Tails.CONTAMINATED:
            far = rng.random(shape) < parameters.contaminated_share
            return np.asarray(rng.normal(size=shape) * np.where(far, parameters.contaminated_scale, 1.0))
        case Tails.SKEWED:
            return np.asarray((rng.gamma(2.0, 1.0, shape) - 2.0) / np.sqrt(2.0))


def _of_group(rng: np.random.Generator, sd: float, group: Wholes) -> Numbers:
    return rng.normal(0, 1, int(group.max(initial=0)) + 1)[group] * sd


def _with_fallback(both: Any, ai_part: Any, falls_back: Truths) -> Any:
    """Both columns, where the AI one holds the traditional work too if the shot falls back."""
    ai = np.where(falls_back, ai_part + both[:, TRADITIONAL], both[:, AI])
    return np.stack([both[:, TRADITIONAL], ai], axis=1)


def _begun_before(shots: Shots, in_ai: Truths) -> Wholes:
    """How many AI shots of the same production had been turned over before each shot."""
    order = np.lexsort((shots.turnover_day, shots.production))
    begun = np.cumsum(in_ai[order]) - in_ai[order]
    production = shots.production[order]
    first = np.searchsorted(production, production)
    before = np.empty(len(shots), np.int64)
    before[order] = begun - begun[first]
    return before
