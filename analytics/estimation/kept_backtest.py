"""Back-tests kept in the ledger, so that every bid can quote how its like did, without waiting for it."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from analytics.estimation.backtest import Backtest, TestedProduction
from analytics.ledger.ledger import Ledger
from analytics.ledger.statements import give


@dataclass(frozen=True)
class KeptBacktest:
    """A back-test as it was found.

    Attributes
    ----------
    is_current
        Whether the facts are still those it was made from.
    """

    backtest: Backtest
    made_at: datetime
    is_current: bool

    def in_words(self) -> str:
        """What a bid quotes beside its range."""
        since = "" if self.is_current else f" Facts have changed since that was tried, on {self.made_at:%Y-%m-%d}."
        return self.backtest.in_words() + since


def keep_backtest(ledger: Ledger, backtest: Backtest, *, with_synthetic: bool = False) -> None:
    """Keep it in place of the one before.

    Raises
    ------
    LedgerError
        If the ledger cannot be written.
    """
    result = json.dumps([asdict(each) for each in backtest.productions])

    def action(connection: Any) -> None:
        give(connection, "forget_backtests", with_synthetic=with_synthetic)
        give(connection, "record_backtest", with_synthetic=with_synthetic, made_at=datetime.now(UTC), result=result)

    ledger.write(action, facts=False)


def kept_backtest(ledger: Ledger, *, with_synthetic: bool = False) -> KeptBacktest | None:
    """The last one, or ``None`` where nobody tried yet."""
    rows = ledger.ask_rows("last_backtest", with_synthetic=with_synthetic)
    if not rows:
        return None
    productions = tuple(TestedProduction(**each) for each in json.loads(rows[0]["result"]))
    return KeptBacktest(Backtest(productions), rows[0]["made_at"], bool(rows[0]["is_current"]))
