"""What the ledger knows of the test shots: which were rendered, what that took, and which can be reviewed blind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analytics.ledger.ledger import Ledger
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.workflow import Workflow

TEST_PRODUCTION = "test_shots"
"""The production that test shots are recorded under."""


@dataclass(frozen=True)
class RenderedShot:
    """One test shot at one quality, size and frame range.

    Attributes
    ----------
    movie
        Absolute path of the newest movie of it, by whichever workflow.
    """

    shot_id: str
    shot_code: str
    quality: str
    size: FrameSize
    frames: FrameRange
    ai_count: int
    traditional_count: int
    unusable_count: int
    newest_at: datetime | None
    movie: str | None

    @property
    def is_pair(self) -> bool:
        """Whether both workflows have a usable render of it."""
        return self.ai_count > 0 and self.traditional_count > 0


@dataclass(frozen=True)
class EarlierRenders:
    """What renders like one took, loading included, on one machine.

    Attributes
    ----------
    is_same
        Whether they have the size and frames that were asked for; otherwise ``size`` and ``frames`` are the nearest
        thing there is.
    """

    is_same: bool
    size: FrameSize
    frames: FrameRange
    render_count: int
    median_seconds: float
    lowest_seconds: float
    highest_seconds: float
    machine: str | None


@dataclass(frozen=True)
class ShotToReview:
    """A shot with a pair that can be shown as A and B, and who has answered so far."""

    shot_id: str
    shot_code: str
    pair_count: int
    answered_count: int
    reviewer_count: int
    last_answered_at: datetime | None


def rendered_test_shots(ledger: Ledger, production_id: str = TEST_PRODUCTION) -> tuple[RenderedShot, ...]:
    """Test shots that were rendered, by quality, size and frames, the newest first."""
    return tuple(
        RenderedShot(**_with_setup(row)) for row in ledger.ask_rows("test_shots_rendered", production_id=production_id)
    )


def shots_to_review(ledger: Ledger, production_id: str = TEST_PRODUCTION) -> tuple[ShotToReview, ...]:
    """Test shots that somebody can review, those with the fewest answers first."""
    return tuple(ShotToReview(**row) for row in ledger.ask_rows("shots_to_review", production_id=production_id))


def earlier_renders(
    ledger: Ledger,
    shot_code: str,
    workflow: Workflow,
    model: str | None,
    quality: str,
    size: FrameSize,
    frames: FrameRange,
) -> EarlierRenders | None:
    """What this took before: the same test shot, workflow, model and quality; ``None`` where there was none."""
    rows = ledger.ask_rows(
        "renders_like",
        shot_id=f"{TEST_PRODUCTION}/{shot_code}",
        workflow=workflow.value,
        model=model,
        quality=quality,
        width=size.width,
        height=size.height,
        first_frame=frames.first,
        last_frame=frames.last,
    )
    return EarlierRenders(**_with_setup(rows[0])) if rows else None


def _with_setup(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its size and frames as the vocabulary has them."""
    size = FrameSize(row.pop("width"), row.pop("height"))
    return row | {"size": size, "frames": FrameRange(row.pop("first_frame"), row.pop("last_frame"))}
