"""The parts that shots are made in: one for each workflow that works on a shot, with its days, hours and machines."""

from dataclasses import dataclass

import numpy as np

from analytics.demo_catalog.observing import lifespans
from analytics.demo_catalog.outcomes import AI, TRADITIONAL
from analytics.demo_catalog.shots import Numbers, Truths, Wholes
from analytics.demo_catalog.slate import Slate


@dataclass(frozen=True)
class Parts:
    """Columns of equal length; a row is the work of one workflow on one shot, as it would be without a last day.

    Attributes
    ----------
    shot
        Row of the slate.
    workflow
        `TRADITIONAL` or `AI`.
    start_day, days
        From when, in days after `FIRST_DAY`, and for how many calendar days.
    stops_after
        Share of the part after which it was stopped because the shot was omitted; infinite otherwise.
    reaches_final
        Whether its last version is the shot's final one, were there no last day.
    """

    shot: Wholes
    workflow: Wholes
    start_day: Wholes
    days: Wholes
    people_hours: Numbers
    machine_seconds: Numbers
    rounds: Wholes
    stops_after: Numbers
    reaches_final: Truths

    def __len__(self) -> int:
        return len(self.shot)


def parts_of(slate: Slate) -> Parts:
    """All parts, in the order of shots; a shot that falls back has an AI part and then a traditional one."""
    shots, fate, drawn = slate.shots, slate.fate, slate.outcomes.drawn
    fallen = fate.in_ai & slate.outcomes.falls_back
    whole_days, ai_days = lifespans(shots, slate.outcomes, fate)
    arm_days = np.where(fate.in_ai, drawn.calendar_days[:, AI], drawn.calendar_days[:, TRADITIONAL]).astype(np.int64)
    stop_day = np.where(np.isfinite(fate.omitted_after), whole_days, np.iinfo(np.int64).max // 2)
    kept = []
    for workflow, there in ((AI, fate.in_ai | fate.both_ways), (TRADITIONAL, ~fate.in_ai | fate.both_ways | fallen)):
        rows = np.flatnonzero(there & slate.begun)
        after = np.where(fallen[rows] & (workflow == TRADITIONAL), ai_days[rows], 0)
        days = np.where(fallen[rows] & (workflow == AI), ai_days[rows], arm_days[rows] - after)
        both = workflow == AI
        kept.append(
            (
                rows,
                np.full(len(rows), workflow),
                shots.turnover_day[rows] + after,
                days,
                (drawn.ai_hours if both else drawn.people_hours[:, TRADITIONAL])[rows],
                (drawn.ai_machine_seconds if both else drawn.machine_seconds[:, TRADITIONAL])[rows],
                (slate.outcomes.ai_rounds if both else slate.outcomes.rounds[:, TRADITIONAL])[rows],
                np.where(stop_day[rows] < arm_days[rows], np.maximum(stop_day[rows] - after, 0) / days, np.inf),
                ~(fallen[rows] & (workflow == AI)),
            )
        )
    columns = [np.concatenate(pair) for pair in zip(*kept, strict=True)]
    order = np.lexsort((columns[2], columns[0]))
    return Parts(*(column[order] for column in columns))


def date_within(start_day: Wholes, days: Wholes, share: Numbers) -> Wholes:
    """The working day that lies at a share (0 to 1) of so many calendar days, which begin and end on working days."""
    weekday = start_day % 7
    working_days = np.maximum(days - 2 * ((weekday + days) // 7), 1)
    place = np.minimum(np.floor(share * working_days).astype(np.int64), working_days - 1)
    return np.asarray(start_day + place + 2 * ((weekday + place) // 5), dtype=np.int64)


def spread_out(counts: Wholes) -> tuple[Wholes, Wholes]:
    """For so many rows each: which row every item belongs to, and its number there from 0."""
    owner = np.repeat(np.arange(len(counts)), counts)
    first = np.cumsum(counts) - counts
    return owner, np.arange(len(owner)) - first[owner]
