"""A mix plan: what a mix of workflows is chosen for and what it has to keep to, in TOML, read strictly."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from analytics.costing.strict_toml import StrictReader, read_toml
from analytics.estimation.mix.answer import MixObjective
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.shot import ShotKind
from analytics.vocabulary.workflow import Workflow

LEAST_SHARE_APPROVED = Decimal("0.8")
"""A kind of shot of which AI finished a smaller share without falling back is not given to AI."""

LONGEST_WEEKS = 260
MOST_HOURS = Decimal(1_000_000)
_FIELDS = (
    "objective", "budget", "starts_on", "deadline", "gpu_hours_per_week", "gate", "not_by_ai", "capacity",
    "weeks_needed",
)  # fmt: skip
_OBJECTIVES = {
    MixObjective.LEAST_COST: "the least expected cost",
    MixObjective.SUREST_BUDGET: "the surest budget",
    MixObjective.EARLIEST_FINISH: "the earliest finish",
}
WeeklyHours = tuple[float, ...]


@dataclass(frozen=True)
class MixPlan:
    """What a mix is chosen for and what it keeps to; what is not named does not hold it back.

    Attributes
    ----------
    budget
        In the bid's currency: of what the shots cost without contingency and margin, net of incentives.
    starts_on, deadline
        First day of work, and the day by whose week all work is done. Without a first day no date of the list counts.
    capacity
        By department, people-hours that there are week by week from ``starts_on``; the last holds for the weeks after.
    gpu_hours_per_week
        Of GPUs, in the same way; empty where they hold nothing back.
    gate
        Share (0 to 1) of a kind's decided shots that AI has to have finished without falling back; 0 judges no kind.
    not_by_ai
        Kinds that AI may not make, whatever its record.
    weeks_needed
        By workflow, least calendar weeks from turnover to final.
    """

    name: str = ""
    objective: MixObjective = MixObjective.LEAST_COST
    budget: Decimal | None = None
    starts_on: date | None = None
    deadline: date | None = None
    capacity: Mapping[str, WeeklyHours] = field(default_factory=dict)
    gpu_hours_per_week: WeeklyHours = ()
    gate: Decimal = LEAST_SHARE_APPROVED
    not_by_ai: tuple[ShotKind, ...] = ()
    weeks_needed: Mapping[Workflow, int] = field(default_factory=dict)

    @property
    def objective_words(self) -> str:
        """What it is chosen for."""
        return _OBJECTIVES[self.objective]

    @property
    def tells_finish(self) -> bool:
        """Whether it names what takes time; without, every shot would be done as it is turned over."""
        return bool(self.capacity or self.gpu_hours_per_week or self.weeks_needed)

    def in_words(self, currency: str) -> str:
        """What a mix by it takes for granted, as one sentence."""
        held = "; ".join(self._held_to(currency))
        by = f" by the plan {self.name}" if self.name else ""
        return f"The mix is chosen{by} for {self.objective_words}{f', and keeps to: {held}' if held else ''}."

    def _held_to(self, currency: str) -> Iterator[str]:
        if self.budget is not None:
            yield f"a budget of {self.budget:,.2f} {currency} net of incentives, without contingency and margin"
        if self.starts_on is not None:
            yield f"work from {self.starts_on}"
        if self.deadline is not None:
            yield f"done by {self.deadline}"
        for name, hours in self._weekly_hours():
            yield f"{name} {_weekly(hours)} hours a week"
        for workflow, weeks in self.weeks_needed.items():
            yield f"{weeks} week{'' if weeks == 1 else 's'} at least for a shot by {workflow.label}"
        if self.not_by_ai:
            yield f"no AI for {', '.join(kind.value.replace('_', ' ') for kind in self.not_by_ai)}"
        if self.gate != LEAST_SHARE_APPROVED:
            yield f"{self.gate:.0%} of a kind's shots finished by AI without falling back"

    def _weekly_hours(self) -> Iterator[tuple[str, WeeklyHours]]:
        yield from self.capacity.items()
        if self.gpu_hours_per_week:
            yield "GPUs", self.gpu_hours_per_week


def load_mix_plan(path: Path) -> MixPlan:
    """Read a plan.

    Raises
    ------
    InputRefused
        If the file cannot be read, is not TOML, or any field is unusable; every problem at once.
    """
    reader = _MixPlanReader(str(path))
    plan = reader.plan(read_toml(path), path.name)
    if reader.problems:
        raise InputRefused.all_of(reader.problems)
    return plan


class _MixPlanReader(StrictReader):
    """Turns the parsed file into a plan and collects what is wrong with it on the way."""

    def plan(self, written: Mapping[str, Any], name: str) -> MixPlan:
        self.known_fields(written, _FIELDS, "")
        objectives = [each.value for each in MixObjective]
        objective = self.choice(written, "objective", "", objectives) if "objective" in written else objectives[0]
        budget = self.optional_number(written, "budget", "", share=False)
        starts_on, deadline = self.day(written, "starts_on", ""), self.day(written, "deadline", "")
        if objective == MixObjective.SUREST_BUDGET and "budget" not in written:
            self.refuse("budget", None, "must be there to be held surely", 'write budget = "250000"')
        if deadline is not None and "starts_on" not in written:
            self.refuse("starts_on", None, "must be there where a deadline is", "write starts_on = 2027-01-04")
        elif deadline is not None and starts_on is not None and deadline < starts_on:
            self.refuse("deadline", str(deadline), f"lies before starts_on, {starts_on}", "correct one of the two")
        capacity, weeks = self.table(written, "capacity", ""), self.table(written, "weeks_needed", "")
        self.known_fields(weeks, [each.value for each in Workflow], "weeks_needed.")
        gate = self.optional_number(written, "gate", "", share=True)
        return MixPlan(
            name=name,
            objective=MixObjective(objective or objectives[0]),
            budget=budget,
            starts_on=starts_on,
            deadline=deadline,
            capacity={each: self.hours(capacity, each, "capacity.") for each in capacity},
            gpu_hours_per_week=self.hours(written, "gpu_hours_per_week", "") if "gpu_hours_per_week" in written else (),
            gate=LEAST_SHARE_APPROVED if gate is None else gate,
            not_by_ai=self.kinds(written),
            weeks_needed={Workflow(each): self.weeks(weeks, each) for each in weeks if each in list(Workflow)},
        )

    def hours(self, table: Mapping[str, Any], name: str, place: str) -> WeeklyHours:
        """A number, or one for each week; empty where it was refused."""
        value = table[name]
        given = value if isinstance(value, list) else [value]
        if not given or not all(
            isinstance(each, int | Decimal)
            and not isinstance(each, bool)
            and Decimal(each).is_finite()
            and 0 <= each <= MOST_HOURS
            for each in given
        ):
            mend = f"write {name} = 320, or week by week {name} = [320, 320, 160]"
            self.refuse(f"{place}{name}", _shown(value), "is no number of hours a week from 0 on", mend)
            return ()
        return tuple(float(each) for each in given)

    def kinds(self, written: Mapping[str, Any]) -> tuple[ShotKind, ...]:
        known = [kind.value for kind in ShotKind]
        found = []
        for name in self.texts(written, "not_by_ai", ""):
            if name in known:
                found.append(ShotKind(name))
            else:
                self.refuse("not_by_ai", name, "is no kind of work", f"use {', '.join(known)}")
        return tuple(dict.fromkeys(found))

    def weeks(self, table: Mapping[str, Any], workflow: str) -> int:
        value = table[workflow]
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LONGEST_WEEKS:
            return value
        why = f"is no whole number of weeks from 1 to {LONGEST_WEEKS}"
        self.refuse(f"weeks_needed.{workflow}", _shown(value), why, f"write {workflow} = 3")
        return 1


def _weekly(hours: WeeklyHours) -> str:
    """At most five weeks one by one; more are told by their least and most."""
    if len(hours) > 5:
        return f"{min(hours):,g} to {max(hours):,g}"
    return ", ".join(f"{each:,g}" for each in hours)


def _shown(value: object) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)
