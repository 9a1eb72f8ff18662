"""What the page Methods and data health asks."""

from collections.abc import Callable

from analytics.health.data_health import DataHealth, data_health
from analytics.health.ledger_file import LedgerFile, ledger_file
from analytics.health.methods import Method, methods
from analytics.ledger.ledger import Ledger
from dashboards.access.roles import Role
from dashboards.answers.asking import answer
from dashboards.answers.kept import kept_answer


@kept_answer(Role.VIEWER)
def health(ledger: Ledger, with_synthetic: bool, said: Callable[[str], None] | None = None) -> DataHealth:
    """The state of the data."""
    return data_health(ledger, with_synthetic=with_synthetic, said=said)


@answer(Role.VIEWER)
def how_numbers_are_made(ledger: Ledger) -> tuple[Method, ...]:
    """Every method, with the settings that hold now."""
    return methods(ledger)


@answer(Role.VIEWER)
def about_the_ledger(ledger: Ledger) -> LedgerFile:
    """The ledger file itself."""
    return ledger_file(ledger)


@answer(Role.VIEWER)
def shots_by_origin(ledger: Ledger) -> tuple[int, int]:
    """Made-up shots, and all others."""
    (row,) = ledger.ask_rows("shot_origins")
    return row["synthetic_count"], row["real_count"]
