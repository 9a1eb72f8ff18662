"""What can be wrong with a studio's data, one check each: what it means for the figures and what to do about it."""

from dataclasses import dataclass
from typing import Any

from analytics.ledger.ledger import Ledger


@dataclass(frozen=True)
class Check:
    """One thing that is looked for.

    Attributes
    ----------
    question
        In ``questions/``: found_count, of_count, amount and examples.
    title, of_what
        What was found, and among what, as ``3 of 4,000 final shots``.
    unit
        Of the amount; empty where it says nothing more than the count.
    meaning
        Which figures it touches, and how.
    mend
        What to do about it, as a sentence.
    """

    question: str
    title: str
    of_what: str
    unit: str
    meaning: str
    mend: str


@dataclass(frozen=True)
class Example:
    """One of the rows that were found; ``shot_id`` is ``None`` where it is no shot."""

    label: str
    detail: str
    shot_id: str | None


@dataclass(frozen=True)
class CheckResult:
    """What a check found.

    Attributes
    ----------
    of_count
        Among how many; ``None`` where that cannot be said.
    amount
        In the unit of the check.
    examples
        The few that weigh most.
    """

    check: Check
    found_count: int
    of_count: int | None
    amount: float
    examples: tuple[Example, ...]

    @property
    def is_in_order(self) -> bool:
        """Whether nothing was found."""
        return self.found_count == 0


CHECKS = (
    Check(
        "health_finals_without_hours", "Final shots without a booked hour", "final shots", "",
        "They count with no people-hours and almost no cost. Comparisons by hours and cost leave them out.",
        "Import the timesheets of these shots, or mark them as omitted where nobody worked on them.",
    ),
    Check(
        "health_finals_without_days", "Final shots of unknown duration", "final shots", "",
        "Their calendar days cannot be told, so they are in no comparison by days and in no forecast of dates.",
        "Fill in turnover_on and final_on in shots.csv and import the bundle again.",
    ),
    Check(
        "health_shots_without_workflow", "Shots that no workflow can be told for", "shots in work or final", "",
        "They stand on neither side of any comparison.",
        "Name the workflow in assignments.csv, or on the hours and renders of the shot.",
    ),
    Check(
        "health_late_entries", "Hours that came in late", "imported work entries", "hours",
        "Every forecast that was made in between lacked them, and last week's cost report looked too good.",
        "Import timesheets at least weekly. Forecasts made from now on know these hours.",
    ),
    Check(
        "health_silent_weeks", "Two weeks or more without any hour while shots were in work", "productions with hours",
        "days",
        "A holiday, or timesheets that never came. In the second case hours and cost of these shots are too low.",
        "Ask the production's coordinator for the timesheets of these weeks and import them.",
    ),
    Check(
        "health_doubled_entries", "Hours that came in twice, by two imports", "work entries", "hours",
        "The same day, department and hours stand there under two ids: the shot costs more than it did.",
        "Take one of the two imports back on the page Import, and give both exports the same work_entry_id.",
    ),
    Check(
        "health_long_entries", "Entries of more than 24 hours", "work entries", "hours",
        "Most are a week or a crew written into one line, some a slip of the decimal point.",
        "Check the largest ones at their source and import the corrected timesheets again.",
    ),
    Check(
        "health_hours_after_final", "Hours booked more than a week after final", "work entries of final shots", "hours",
        "The shot was reopened, or its hours belong elsewhere. Its cost counts them, its calendar days do not.",
        "Set final_on to the day on which it was really final, or move the hours to the right shot.",
    ),
    Check(
        "health_hours_before_turnover", "Hours booked more than two weeks before turnover",
        "work entries of shots with a turnover", "hours",
        "Work began before the clock of calendar days did, so the shot looks quicker than it was.",
        "Check turnover_on of these shots: it should be the day on which work could begin.",
    ),
    Check(
        "health_approved_but_open", "Open shots that were approved four weeks ago or earlier", "open shots", "",
        "The forecast still expects work on them, and no comparison counts them as finished.",
        "Set their status to final, with final_on, and import the shots again.",
    ),
    Check(
        "health_overlapping_assignments", "Shots given to two workflows on the same days",
        "shots given away more than once", "days",
        "Hours without a workflow of their own count for the later one on such days.",
        "Correct ended_on in assignments.csv, or write the workflow on each work entry.",
    ),
)  # fmt: skip


def run_checks(ledger: Ledger, *, with_synthetic: bool = False) -> tuple[CheckResult, ...]:
    """Look for everything in `CHECKS`. Ask after `reckoning.reckon_shots`.

    Demonstration shots are left out while the ledger also holds real ones, unless asked for.
    """
    return tuple(_result(check, ledger.ask_rows(check.question, with_synthetic=with_synthetic)[0]) for check in CHECKS)


def _result(check: Check, row: dict[str, Any]) -> CheckResult:
    examples = tuple(Example(**example) for example in row["examples"])
    return CheckResult(check, int(row["found_count"]), int(row["of_count"]), float(row["amount"]), examples)
