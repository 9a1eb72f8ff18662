"""A made-up slate as a whole: its shots, what each would take in either workflow, and how far its facts go."""

from dataclasses import dataclass, replace

import numpy as np

from analytics.demo_catalog.assigning import assign
from analytics.demo_catalog.observing import Fate, draw_fate, last_day
from analytics.demo_catalog.outcomes import Outcomes, draw_outcomes
from analytics.demo_catalog.parameters import SlateParameters
from analytics.demo_catalog.shots import Shots, Truths, Wholes, draw_shots


@dataclass(frozen=True)
class Slate:
    """Shots and, as the last rows, twins: the same work done again by the other workflow.

    Attributes
    ----------
    twin_of
        The row whose twin a row is, or -1.
    until
        Day after `FIRST_DAY` on which the facts end.
    """

    parameters: SlateParameters
    shots: Shots
    outcomes: Outcomes
    fate: Fate
    twin_of: Wholes
    until: int

    @property
    def begun(self) -> Truths:
        """Which shots had been turned over before the facts end."""
        return np.asarray(self.shots.turnover_day < self.until, dtype=np.bool_)

    @property
    def compared(self) -> Truths:
        """Which shots a comparison is about: begun, not cut from the picture, and possible without AI."""
        return self.begun & ~self.fate.enabled & ~np.isfinite(self.fate.omitted_after)


def draw_slate(parameters: SlateParameters, rng: np.random.Generator, *, with_future: bool = False) -> Slate:
    """Draw a slate; ``with_future`` keeps the shots that had not been turned over when the facts end."""
    shots = draw_shots(parameters, rng)
    in_ai = assign(parameters, shots, rng)
    outcomes = draw_outcomes(parameters, shots, in_ai, rng)
    fate = draw_fate(parameters, shots, in_ai, rng)
    until = last_day(parameters, shots, outcomes, fate)
    begun = shots.turnover_day < until
    kept = np.arange(len(shots)) if with_future else np.flatnonzero(begun)
    plain = np.flatnonzero((begun & ~(fate.enabled | fate.both_ways | np.isfinite(fate.omitted_after)))[kept])
    chosen = np.sort(rng.permutation(plain)[: parameters.twin_pair_count])
    rows = np.concatenate([kept, kept[chosen]])
    twin_of = np.concatenate([np.full(len(kept), -1), chosen])
    fate = fate.taken(rows)
    fate = replace(fate, in_ai=np.where(twin_of >= 0, ~fate.in_ai, fate.in_ai))
    return Slate(parameters, shots.taken(rows), outcomes.taken(rows), fate, twin_of, until)
