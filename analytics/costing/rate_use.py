"""How much each rate has priced: which prices matter, and which are on a card and were never needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analytics.costing.reckoned_costs import CostReckoning
from analytics.ledger.ledger import Ledger


@dataclass(frozen=True)
class Used:
    """What one rate priced.

    Attributes
    ----------
    amount
        Hours of people and machines; seconds of footage; joules of energy.
    """

    fact_count: int
    amount: float
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True)
class RateUse:
    """By card and number of the rate; a rate that is not here priced nothing."""

    by_rate: Mapping[tuple[str, int], Used]

    def of(self, rate_card_id: str, numbers: tuple[int, ...]) -> Used | None:
        """What several rates of a card priced together; ``None`` where they priced nothing."""
        used = [found for number in numbers if (found := self.by_rate.get((rate_card_id, number))) is not None]
        if not used:
            return None
        days = [day for each in used for day in (each.first_day, each.last_day) if day is not None]
        return Used(
            sum(each.fact_count for each in used),
            sum(each.amount for each in used),
            min(days, default=None),
            max(days, default=None),
        )


def rate_use(ledger: Ledger, reckoning: CostReckoning, since: date | None = None) -> RateUse:
    """What each rate of a reckoning priced, of the facts of a day and later. Ask after `reckon_costs`."""
    rows = ledger.ask_rows("rates_in_use", rate_card_id=reckoning.rate_card_id, from_day=since)
    return RateUse(
        {
            (row["from_card_id"], row["rate_number"]): Used(
                row["fact_count"], row["fact_amount"], row["first_day"], row["last_day"]
            )
            for row in rows
        }
    )
