"""An assignment: which workflow a shot was given to. The first one is the arm the shot counts in."""

from dataclasses import dataclass
from datetime import date

from analytics.vocabulary.workflow import Workflow


@dataclass(frozen=True)
class Assignment:
    """A stretch of a shot's life in one workflow; ``outcome`` is ``final``, ``fell_back``, ``omitted`` or ``open``."""

    shot_id: str
    workflow: Workflow
    started_on: date
    ended_on: date | None
    outcome: str
