"""What one currency buys of another on a day, by the rates the ledger holds."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.ledger.ledger import Ledger
from analytics.vocabulary.money import Money


@dataclass(frozen=True)
class Exchange:
    """A dated rate between two currencies.

    Attributes
    ----------
    rate
        What one unit of ``from_currency`` buys of ``to_currency``.
    valid_from
        First day of the rate; ``None`` where both are the same currency.
    """

    from_currency: str
    to_currency: str
    rate: Decimal
    valid_from: date | None

    @classmethod
    def none(cls, currency: str) -> "Exchange":
        """A currency for itself."""
        return cls(currency, currency, Decimal(1), None)

    def __str__(self) -> str:
        return f"1 {self.from_currency} = {self.rate:.6f} {self.to_currency} since {self.valid_from}"

    def back(self, money: Money) -> Money:
        """An amount of ``to_currency`` in ``from_currency``, to the cent."""
        return money if self.valid_from is None else Money(money.amount / self.rate, self.from_currency).rounded()


def exchange_on(ledger: Ledger, from_currency: str, to_currency: str, on: date) -> Exchange | None:
    """The ledger's rate that holds on a day, or ``None`` where it has none: the direct one before the inverse."""
    if from_currency == to_currency:
        return Exchange.none(from_currency)
    rows = ledger.ask_rows("exchange_rate_on", from_currency=from_currency, to_currency=to_currency, on_day=on)
    return Exchange(from_currency, to_currency, rows[0]["rate"], rows[0]["valid_from"]) if rows else None


def reporting_rates(ledger: Ledger, currency: str) -> dict[str, Decimal | None]:
    """What one unit of each production's currency buys of the one a report is in, or ``None`` where no rate is known.

    All of a production is exchanged at the rate of its last day.
    """
    rows = ledger.ask_rows("reporting_exchange_rates", currency=currency)
    return {row["production_id"]: row["exchange_rate"] for row in rows}
