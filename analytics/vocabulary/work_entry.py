"""A work entry: people's hours on a shot, by department and day."""

from dataclasses import dataclass
from datetime import date

from analytics.vocabulary.origin import Origin
from analytics.vocabulary.workflow import Workflow


@dataclass(frozen=True)
class WorkEntry:
    """Touch time of people. ``source`` says who logged it or, where it is assumed, which template it is from."""

    work_entry_id: str
    shot_id: str
    workflow: Workflow
    department: str
    worked_on: date
    people_hours: float
    origin: Origin
    source: str
    seniority: str | None = None
    vendor: str | None = None
    territory: str | None = None
