"""How each shot of a running production stands on a day, beside what it is budgeted at."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from analytics.estimation.running.budget import BudgetedShot
from analytics.vocabulary.listed_shot import ListedShot
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow


class Standing(StrEnum):
    """``final`` and ``omitted`` by the day; ``in work``: something is booked, rendered or billed; ``not begun``."""

    FINAL = "final"
    OMITTED = "omitted"
    IN_WORK = "in work"
    NOT_BEGUN = "not begun"


@dataclass(frozen=True)
class RunningShot:
    """One shot, of the ledger or of the budget or of both.

    Attributes
    ----------
    name
        Its code, with its sequence where two shots of the production have the same code.
    shot_id
        ``None`` where the ledger does not have it yet.
    listed
        As an estimate of what is left of it takes it; ``workflow`` is the one it is in, or the one that was decided on.
    people_hours, workflow_people_hours
        Booked by the day, and of these in the workflow it is in: hours of a workflow it has left are sunk.
    planned_start, due_on
        As the ledger says, else as the budget does.
    budget
        ``None``: it is in no budget.
    """

    name: str
    shot_id: str | None
    sequence: str | None
    standing: Standing
    listed: ListedShot
    people_hours: float
    workflow_people_hours: float
    planned_start: date | None
    due_on: date | None
    begun_on: date | None
    closed_on: date | None
    budget: BudgetedShot | None
    is_synthetic: bool = False

    @property
    def is_open(self) -> bool:
        """Whether anything is left to do."""
        return self.standing in (Standing.IN_WORK, Standing.NOT_BEGUN)


def standing_shots(
    rows: Sequence[Mapping[str, Any]], budgeted: Sequence[BudgetedShot], *, territory: str | None = None
) -> tuple[RunningShot, ...]:
    """Put the shots of a ledger and those of a budget together, by their codes.

    Parameters
    ----------
    rows
        Of the question ``shots_on_day``, missing values as ``None``.
    budgeted
        A code that stands in several sequences is told apart by its sequence.
    """
    counts = Counter(_key(row["code"]) for row in rows) | Counter(_key(shot.listed.code) for shot in budgeted)
    place = {
        (_key(shot.listed.code), _key(shot.listed.sequence) if counts[_key(shot.listed.code)] > 1 else ""): number
        for number, shot in enumerate(budgeted)
    }
    shots, met = [], set()
    names: Counter[str] = Counter()
    for row in rows:
        code = _key(row["code"])
        several = counts[code] > 1
        number = place.get((code, _key(row["sequence"]) if several else ""))
        budget = None if number is None or number in met else budgeted[number]
        if number is not None:
            met.add(number)
        name = _name(row["code"], row["sequence"], several)
        names[name] += 1
        shots.append(_of_ledger(row, name if names[name] == 1 else row["shot_id"], budget, territory))
    for number, shot in enumerate(budgeted):
        if number not in met:
            several = counts[_key(shot.listed.code)] > 1
            shots.append(_of_budget(shot, _name(shot.listed.code, shot.listed.sequence, several), territory))
    return tuple(shots)


def _of_ledger(row: Mapping[str, Any], name: str, budget: BudgetedShot | None, territory: str | None) -> RunningShot:
    begun = row["first_fact_on"] is not None
    standing = {"final": Standing.FINAL, "omitted": Standing.OMITTED}.get(
        row["status"], Standing.IN_WORK if begun else Standing.NOT_BEGUN
    )
    # What the ledger leaves open the bid may say.
    bid = budget.listed if budget else ListedShot("", row["code"], int(row["cut_frames"]))
    # Until something is booked, the bid's word on who makes it counts for more than a list of intentions.
    workflow = None if row["workflow"] is None else Workflow(row["workflow"])
    workflow = workflow or bid.workflow
    listed = ListedShot(
        place=row["shot_id"],
        code=name,
        cut_frames=int(row["cut_frames"]),
        handle_frames=int(row["handle_frames"] or 0),
        sequence=row["sequence"],
        kind=ShotKind(row["kind"]) if row["kind"] else bid.kind,
        complexity=Complexity(row["complexity"]) if row["complexity"] else bid.complexity,
        description=row["description"] or bid.description,
        width=row["width"],
        height=row["height"],
        camera_move=row["camera_move"],
        vendor=row["main_vendor"] or bid.vendor,
        territory=territory,
        workflow=workflow,
        turnover_on=row["turnover_on"],
        due_on=row["due_on"] or bid.due_on,
    )
    return RunningShot(
        name=name,
        shot_id=row["shot_id"],
        sequence=row["sequence"] or bid.sequence,
        standing=standing,
        listed=listed,
        people_hours=float(row["people_hours"]),
        workflow_people_hours=float(row["workflow_people_hours"]),
        planned_start=row["turnover_on"],
        due_on=listed.due_on,
        begun_on=row["first_fact_on"],
        closed_on=row["closed_on"],
        budget=budget,
        is_synthetic=bool(row["is_synthetic"]),
    )


def _of_budget(shot: BudgetedShot, name: str, territory: str | None) -> RunningShot:
    return RunningShot(
        name=name,
        shot_id=None,
        sequence=shot.listed.sequence,
        standing=Standing.NOT_BEGUN,
        listed=replace(shot.listed, code=name, territory=shot.listed.territory or territory),
        people_hours=0.0,
        workflow_people_hours=0.0,
        planned_start=shot.listed.turnover_on,
        due_on=shot.due_on,
        begun_on=None,
        closed_on=None,
        budget=shot,
    )


def _name(code: str, sequence: str | None, several: bool) -> str:
    return f"{sequence}/{code}" if several and sequence else code


def _key(text: str | None) -> str:
    return (text or "").strip().casefold()
