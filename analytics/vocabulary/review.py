"""A review: what was decided about one version of a shot."""

from dataclasses import dataclass
from datetime import datetime

from analytics.vocabulary.workflow import Workflow


@dataclass(frozen=True)
class Review:
    """``decision`` is ``approved``, ``retake`` or ``omit``."""

    review_id: str
    shot_id: str
    workflow: Workflow | None
    version_number: int | None
    reviewed_at: datetime
    decision: str
