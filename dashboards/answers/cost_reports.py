"""What the cost report asks: which productions there are, and the report of one on a day, which is kept."""

from collections.abc import Callable
from datetime import date

from analytics.bidding.running.reportable import ReportableProduction, reportable_productions
from analytics.bidding.running.reporting import running_report
from analytics.bidding.running.running_report import RunningReport
from analytics.ledger.ledger import Ledger
from dashboards.access.roles import Role
from dashboards.answers.asking import answer
from dashboards.answers.kept import Watched, kept_answer


@answer(Role.PRODUCER, costs=True)
def productions(ledger: Ledger) -> tuple[ReportableProduction, ...]:
    """Every production with shots, the running ones first."""
    return reportable_productions(ledger)


@kept_answer(Role.PRODUCER, watches=Watched.EVERYTHING)
def report(
    ledger: Ledger, production_id: str, on: date | None, said: Callable[[str], None] | None = None
) -> RunningReport:
    """The report of a production on a day, or on the last that anything is known of; bids change it too."""
    return running_report(ledger, production_id, on=on, said=said)
