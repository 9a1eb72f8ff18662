"""What of a slate stands in its facts on the day they end: finished shots whole, others as far as they had come."""

from dataclasses import dataclass

import numpy as np

from analytics.demo_catalog.outcomes import AI, TRADITIONAL, Outcomes
from analytics.demo_catalog.parameters import SlateParameters
from analytics.demo_catalog.shots import Numbers, Shots, Truths, Wholes


@dataclass(frozen=True)
class Fate:
    """What becomes of each shot, whatever it takes.

    Attributes
    ----------
    in_ai
        The workflow it is started in.
    enabled
        It would not have been made without AI.
    both_ways
        It is made by both workflows under one name.
    omitted_after
        Share of its work after which it was cut from the picture; infinite for those that were not.
    late_days
        Days by which hours reach the facts late.
    """

    in_ai: Truths
    enabled: Truths
    both_ways: Truths
    omitted_after: Numbers
    late_days: Wholes

    def taken(self, rows: Wholes | Truths) -> "Fate":
        """Those of some of the shots."""
        return Fate(
            self.in_ai[rows], self.enabled[rows], self.both_ways[rows], self.omitted_after[rows], self.late_days[rows]
        )


@dataclass(frozen=True)
class Observed:
    """What the facts hold, by shot, on the last of their days.

    Attributes
    ----------
    ai_share, traditional_share
        Share of the work of each workflow that is in the facts; not a number where the shot has none of it.
    people_hours, machine_seconds
        Shots x 2 by the workflow they were spent in; not a number where there are none.
    final_day
        Day after `FIRST_DAY`; -1 where it was not finished.
    end_day
        The day of its last fact.
    omitted, fell_back
        As far as it had happened.
    """

    ai_share: Numbers
    traditional_share: Numbers
    people_hours: Numbers
    machine_seconds: Numbers
    final_day: Wholes
    end_day: Wholes
    omitted: Truths
    fell_back: Truths


def draw_fate(parameters: SlateParameters, shots: Shots, in_ai: Truths, rng: np.random.Generator) -> Fate:
    """Draw what becomes of each shot."""
    n = len(shots)
    omitted = rng.random(n) < parameters.omitted_share
    enabled = in_ai & ~omitted & (rng.random(n) < parameters.enabled_share / max(parameters.ai_share, 1e-9))
    both_ways = np.zeros(n, bool)
    plain = np.flatnonzero(~omitted & ~enabled)
    both_ways[rng.permutation(plain)[: parameters.both_ways_count]] = True
    return Fate(
        in_ai=in_ai,
        enabled=enabled,
        both_ways=both_ways,
        omitted_after=np.where(omitted, rng.uniform(0.05, 0.9, n), np.inf),
        late_days=np.where(rng.random(n) < parameters.late_log_share, parameters.late_log_days, 0).astype(np.int64),
    )


def lifespans(shots: Shots, outcomes: Outcomes, fate: Fate) -> tuple[Wholes, Wholes]:
    """Days from turnover to the end, and those of them in AI."""
    drawn = outcomes.drawn
    days = np.where(fate.in_ai, drawn.calendar_days[:, AI], drawn.calendar_days[:, TRADITIONAL])
    ai_days = np.where(fate.in_ai, drawn.ai_days, 0)
    ends = np.maximum(np.rint(days * np.minimum(fate.omitted_after, 1)), 1)
    return ends.astype(np.int64), ai_days.astype(np.int64)


def last_day(parameters: SlateParameters, shots: Shots, outcomes: Outcomes, fate: Fate) -> int:
    """The day the facts end: the last on which so large a share of the shots turned over by then is unfinished."""
    ends = np.sort(shots.turnover_day + lifespans(shots, outcomes, fate)[0])
    begun = np.sort(shots.turnover_day)
    if parameters.begun_share > 0:
        return int(begun[min(int(parameters.begun_share * len(begun)), len(begun) - 1)])
    if parameters.open_share <= 0:
        return int(ends[-1])
    days = np.arange(begun[len(begun) // 20], ends[-1] + 1)
    turned_over = np.searchsorted(begun, days, side="right")
    done = np.searchsorted(ends, days, side="right")
    enough = days[(turned_over - done) >= parameters.open_share * turned_over]
    return int(enough[-1]) if len(enough) else int(days[0])


def accrued(share_of_days: Numbers) -> Numbers:
    """Share of a shot's hours that are spent after so much of its days: slowly at first and towards the end."""
    x = np.clip(share_of_days, 0, 1)
    return np.asarray(0.4 * x + 0.6 * x * x * (3 - 2 * x), dtype=np.float64)


def observe(shots: Shots, outcomes: Outcomes, fate: Fate, until: int) -> Observed:
    """What is in the facts after a day. Shots that were not turned over by then are to be left out before."""
    drawn = outcomes.drawn
    lasting, ai_days = lifespans(shots, outcomes, fate)
    end_day = shots.turnover_day + lasting
    fallen = fate.in_ai & outcomes.falls_back
    logged = np.where(end_day > until - fate.late_days, until - fate.late_days - shots.turnover_day, lasting)
    worked = np.minimum(logged, lasting)
    after_ai = worked - ai_days
    one, other = drawn.calendar_days[:, TRADITIONAL], drawn.calendar_days[:, AI]
    # Where both workflows make it, they work side by side for as long as the shot takes.
    ai_share = np.where(
        fate.in_ai | fate.both_ways, accrued(worked / np.where(fallen, ai_days, np.where(fate.in_ai, other, one))), 0
    )
    traditional_share = np.where(
        fallen, accrued(after_ai / np.maximum(other - ai_days, 1)), accrued(worked / np.where(fate.in_ai, other, one))
    )
    traditional_share[fate.in_ai & ~fallen & ~fate.both_ways] = 0
    hours = np.stack([drawn.people_hours[:, TRADITIONAL] * traditional_share, drawn.ai_hours * ai_share], axis=1)
    seconds = np.stack(
        [drawn.machine_seconds[:, TRADITIONAL] * traditional_share, drawn.ai_machine_seconds * ai_share], axis=1
    )
    done = end_day <= until
    omitted = done & np.isfinite(fate.omitted_after)
    return Observed(
        ai_share=ai_share,
        traditional_share=traditional_share,
        people_hours=np.where(hours > 0, hours, np.nan),
        machine_seconds=np.where(hours > 0, seconds, np.nan),
        final_day=np.where(done & ~omitted, end_day, -1),
        end_day=np.minimum(end_day, until),
        omitted=omitted,
        fell_back=fallen & (shots.turnover_day + ai_days <= np.minimum(end_day - 1, until)),
    )
