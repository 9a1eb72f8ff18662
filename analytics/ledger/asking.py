"""The questions that other packages ask of the ledger, one typed function each."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from analytics.ledger.ledger import Ledger
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.render import Outcome, Purpose
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    from pandas import DataFrame


def _render_filters(
    render_id: str | None,
    shot_id: str | None,
    shot_code: str | None,
    workflow: Workflow | None,
    purpose: Purpose | None,
    outcome: Outcome | None,
    quality: str | None,
    with_synthetic: bool,
    row_limit: int | None,
) -> dict[str, Any]:
    return {
        "render_id": render_id,
        "shot_id": shot_id,
        "shot_code": shot_code,
        "workflow": workflow and workflow.value,
        "purpose": purpose and purpose.value,
        "outcome": outcome and outcome.value,
        "quality": quality,
        "with_synthetic": with_synthetic,
        "row_limit": row_limit,
    }


def renders(
    ledger: Ledger,
    shot_code: str | None = None,
    *,
    render_id: str | None = None,
    shot_id: str | None = None,
    workflow: Workflow | None = None,
    purpose: Purpose | None = None,
    outcome: Outcome | None = None,
    quality: str | None = None,
    with_synthetic: bool = False,
    row_limit: int | None = None,
) -> "DataFrame":
    """Renders, newest first; the column ``stages`` holds each one's list of dicts. See ``questions/renders.sql``.

    Demonstration rows are left out while the ledger also holds real ones, unless asked for.
    """
    return ledger.ask(
        "renders",
        **_render_filters(
            render_id, shot_id, shot_code, workflow, purpose, outcome, quality, with_synthetic, row_limit
        ),
    )


def render_rows(
    ledger: Ledger,
    shot_code: str | None = None,
    *,
    render_id: str | None = None,
    shot_id: str | None = None,
    workflow: Workflow | None = None,
    purpose: Purpose | None = None,
    outcome: Outcome | None = None,
    quality: str | None = None,
    with_synthetic: bool = False,
    row_limit: int | None = None,
) -> list[dict[str, Any]]:
    """As `renders`, in plain Python values with nested stages, ready for JSON once instants are written as text."""
    return ledger.ask_rows(
        "renders",
        **_render_filters(
            render_id, shot_id, shot_code, workflow, purpose, outcome, quality, with_synthetic, row_limit
        ),
    )


def stages_of_shot(ledger: Ledger, shot_id: str) -> "DataFrame":
    """One row a stage of every render of a shot, in the order they ran."""
    return ledger.ask("stages_of_shot", shot_id=shot_id)


def work_entries_of_shot(ledger: Ledger, shot_id: str) -> "DataFrame":
    """People's hours booked to a shot, by workflow, day and department."""
    return ledger.ask("work_entries_of_shot", shot_id=shot_id)


@dataclass(frozen=True)
class TableSummary:
    """How much of one kind of fact the ledger holds. ``first_at`` and ``last_at`` are instants in UTC."""

    table: str
    row_count: int
    measured_count: int
    imported_count: int
    assumed_count: int
    synthetic_count: int
    first_at: datetime | None
    last_at: datetime | None

    @property
    def shares(self) -> dict[Origin, float]:
        """Of its rows by origin, those that there are; they add up to 1."""
        counts = {
            Origin.MEASURED: self.measured_count,
            Origin.IMPORTED: self.imported_count,
            Origin.ASSUMED: self.assumed_count,
            Origin.SYNTHETIC: self.synthetic_count,
        }
        return {origin: count / self.row_count for origin, count in counts.items() if count}


def ledger_summary(ledger: Ledger) -> tuple[TableSummary, ...]:
    """Rows of each fact table by origin, with the first and last instant where the table has one."""
    return tuple(TableSummary(row.pop("table_name"), **row) for row in ledger.ask_rows("ledger_summary"))
