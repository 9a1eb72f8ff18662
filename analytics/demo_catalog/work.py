"""Timesheets of a made-up slate: who of which department logged how many hours on which day."""

from typing import TYPE_CHECKING

import numpy as np

from analytics.demo_catalog.departments import DEPARTMENTS, WINDOWS, hours_by_department
from analytics.demo_catalog.outcomes import AI, TRADITIONAL
from analytics.demo_catalog.parts import Parts, date_within, spread_out
from analytics.demo_catalog.prices import SENIORITIES, SENIORITY_SHARES, SUPPLIERS
from analytics.demo_catalog.productions import Productions
from analytics.demo_catalog.shots import FIRST_DAY, Numbers
from analytics.demo_catalog.slate import Slate
from analytics.vocabulary.department import Department

if TYPE_CHECKING:
    import pyarrow as pa

DAY_HOURS = np.array([8.0, 8.0, 8.0, 7.5, 8.5, 9.0, 6.5, 6.0])
"""What a person books on one shot on a full day; a department's last day is what remains."""
OVERSIGHT_HOURS = np.array([2.0, 3.0, 3.5, 4.0])
"""The same for supervision and production, who look after several shots a day."""
GIVE_AND_TAKE_HOURS = np.array([0.0, 0.0, 0.5, 1.0, 1.5])
"""By which one day is longer and the next shorter."""
QUANTUM_HOURS = 0.25
WEEKEND_SHARE = 0.04


def work_entries(
    slate: Slate, productions: Productions, parts: Parts, shares: tuple[Numbers, Numbers], shot_ids: "pa.Array",
    prefix: str, first_number: int, rng: np.random.Generator,
) -> "pa.Table":  # fmt: skip
    """The entries of some parts that had been logged by the last day.

    Parameters
    ----------
    shares
        Department shares of every shot of the slate, by workflow.
    first_number
        Of the entries' ids.
    """
    import pyarrow as pa

    shots, fate = slate.shots, slate.fate
    in_ai = parts.workflow == AI
    of_parts = np.where(in_ai[:, None], shares[AI][parts.shot], shares[TRADITIONAL][parts.shot])
    hours = hours_by_department(of_parts, parts.people_hours, parts.workflow)
    hours = np.where(hours > 0, np.maximum(np.rint(hours / QUANTUM_HOURS), 1) * QUANTUM_HOURS, 0)
    part, department = np.nonzero(hours)
    booked = hours[part, department]
    oversight = np.isin(
        department, [DEPARTMENTS.index(Department.SUPERVISION), DEPARTMENTS.index(Department.PRODUCTION)]
    )
    day_hours = np.where(oversight, rng.choice(OVERSIGHT_HOURS, len(part)), rng.choice(DAY_HOURS, len(part)))
    days = np.ceil(booked / day_hours).astype(np.int64)
    group, number = spread_out(days)
    worked = np.where(number == days[group] - 1, booked[group] - day_hours[group] * number, day_hours[group])
    taken = rng.choice(GIVE_AND_TAKE_HOURS, len(group) + 1)
    even = number % 2 == 0
    paired = number + even < days[group] - 1
    worked += np.where(paired, np.where(even, taken[1:], -taken[:-1]), 0)
    of_part, of_department = part[group], department[group]
    begins, ends = WINDOWS[of_department].T
    when = begins + (ends - begins) * (number + rng.random(len(group))) / days[group]
    worked_day = date_within(parts.start_day[of_part], parts.days[of_part], when)
    # Some Fridays' work is done on the Saturday, where the shot is not final by then.
    late = (worked_day % 7 == 4) & (rng.random(len(group)) < WEEKEND_SHARE)
    worked_day += late & (worked_day + 1 < parts.start_day[of_part] + parts.days[of_part])

    shot = parts.shot[of_part]
    stopped = when > parts.stops_after[of_part]
    kept = ~stopped & (worked_day <= slate.until - fate.late_days[shot])
    order = np.flatnonzero(kept)[np.lexsort((worked_day[kept], shot[kept]))]
    shot, of_part, of_department, worked_day = shot[order], of_part[order], of_department[order], worked_day[order]
    limits = np.cumsum(SENIORITY_SHARES, axis=1)[shots.complexity[shot]]
    seniority = np.minimum((rng.random(len(shot))[:, None] > limits).sum(axis=1), len(SENIORITIES) - 1)
    supplier = productions.supplier[shots.sequence[shot]]
    named = productions.names_workflows[shots.production[shot]] | fate.both_ways[shot]
    workflow = np.where(named, parts.workflow[of_part], 2)
    return pa.table(
        {
            "work_entry_id": numbered(f"{prefix}W", first_number, len(shot)),
            "shot_id": shot_ids.take(pa.array(shot)),
            "workflow": pa.array(["traditional", "ai", None]).take(pa.array(workflow)),
            "department": pa.array([each.value for each in DEPARTMENTS]).take(pa.array(of_department)),
            "seniority": pa.array(SENIORITIES).take(pa.array(seniority)),
            "vendor": pa.array([each.vendor for each in SUPPLIERS]).take(pa.array(supplier)),
            "territory": pa.array([each.territory for each in SUPPLIERS]).take(pa.array(supplier)),
            "worked_on": pa.array(FIRST_DAY + worked_day),
            "people_hours": pa.array(worked[order]),
        }
    )


def numbered(prefix: str, first: int, count: int) -> "pa.Array":
    """Ids of so many rows."""
    import pyarrow as pa
    import pyarrow.compute as pc

    numbers = pc.utf8_lpad(pa.array(np.arange(first, first + count)).cast(pa.string()), 6, "0")
    return pc.binary_join_element_wise(pa.scalar(prefix), numbers, pa.scalar(""))
