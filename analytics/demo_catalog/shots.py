"""Draws the shots of a slate: what is known of each, where it stands, and what nobody knows of it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.demo_catalog.parameters import SlateParameters
from analytics.demo_catalog.traits import (
    COMPLEXITIES,
    COMPLEXITY_SHARE,
    CUT_FRAMES_SD,
    KIND_SHARE,
    KINDS,
    MIDDLE_CUT_FRAMES,
)

FIRST_DAY = np.datetime64("2024-01-08", "D")
"""A Monday: the rest of a day's number by 7 is its weekday."""
Numbers = NDArray[np.float64]
Wholes = NDArray[np.int64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Shots:
    """Shots as columns of equal length; a row of each is one shot.

    Attributes
    ----------
    production, sequence
        Indices; sequences are numbered through all productions.
    kind, complexity
        Indices into `traits.KINDS` and `traits.COMPLEXITIES`.
    cut_frames, handle_frames
        Frames.
    turnover_day
        Days after `FIRST_DAY`.
    hidden
        Standard normal: what makes a shot hard in either workflow and no column tells.
    """

    production: Wholes
    sequence: Wholes
    kind: Wholes
    complexity: Wholes
    cut_frames: Wholes
    handle_frames: Wholes
    turnover_day: Wholes
    hidden: Numbers

    def __len__(self) -> int:
        return len(self.production)

    @property
    def log_length(self) -> Numbers:
        """Logarithm of the frames on screen over those of a middling shot."""
        return np.asarray(np.log(self.cut_frames / MIDDLE_CUT_FRAMES), dtype=np.float64)

    def taken(self, rows: Wholes | Truths) -> "Shots":
        """Some of the shots."""
        return replace(self, **{each.name: getattr(self, each.name)[rows] for each in fields(self)})


def by_kind(table: Mapping[Any, float]) -> Numbers:
    """A table by kind as a row of numbers."""
    return np.array([table[kind] for kind in KINDS])


def by_complexity(table: Mapping[Any, float]) -> Numbers:
    """A table by complexity as a row of numbers."""
    return np.array([table[complexity] for complexity in COMPLEXITIES])


def draw_shots(parameters: SlateParameters, rng: np.random.Generator) -> Shots:
    """Draw the shots of every production, in the order of productions and sequences."""
    count = parameters.production_count
    spread = rng.normal(0, parameters.production_size_sd, count)
    limits = np.rint(np.cumsum(np.exp(spread)) / np.exp(spread).sum() * count * parameters.shots_per_production)
    production = np.repeat(np.arange(count), np.diff(limits, prepend=0).astype(np.int64))
    per_production = parameters.sequences_per_production
    weights = rng.gamma(2.0, 1.0, (count, per_production))
    place = _drawn(rng, weights / weights.sum(axis=1, keepdims=True), production)
    order = np.lexsort((place, production))
    sequence = (production * per_production + place)[order]

    # A sequence is made of shots of a few kinds: the storm, the creature, the street that has to be extended.
    usual = by_kind(KIND_SHARE)
    shares = rng.dirichlet(usual * 12, count)
    of_sequences = rng.gamma(np.maximum(np.repeat(shares, per_production, axis=0) * 4, 1e-3))
    of_sequences /= of_sequences.sum(axis=1, keepdims=True)
    kind = _drawn(rng, of_sequences, sequence)
    complexity = _drawn(rng, np.array([COMPLEXITY_SHARE[each] for each in KINDS]), kind)
    cut_frames = np.exp(rng.normal(np.log(MIDDLE_CUT_FRAMES), CUT_FRAMES_SD, len(kind)))
    starts = np.sort(rng.integers(0, parameters.production_start_spread_days + 1, count))
    opening = rng.uniform(0, 0.7, count * per_production)
    when = opening[sequence] + rng.uniform(0, 0.3, len(kind))
    turnover_day = (starts[production] + np.floor(when * parameters.schedule_days)).astype(np.int64)
    return Shots(
        production=production,
        sequence=sequence,
        kind=kind,
        complexity=complexity,
        cut_frames=np.clip(np.rint(cut_frames), 12, 960).astype(np.int64),
        handle_frames=rng.choice([8, 8, 10, 12], count)[production],
        turnover_day=turnover_day + np.array([0, 0, 0, 0, 0, 2, 1])[turnover_day % 7],
        hidden=rng.normal(size=len(kind)),
    ).taken(np.lexsort((turnover_day, sequence)))


def _drawn(rng: np.random.Generator, shares: Numbers, row: Wholes) -> Wholes:
    """One category for each row, by the shares in that row of a table."""
    limits = np.cumsum(shares, axis=1)[row]
    place = (rng.random(len(row))[:, None] > limits).sum(axis=1)
    return np.asarray(np.minimum(place, shares.shape[1] - 1), dtype=np.int64)
