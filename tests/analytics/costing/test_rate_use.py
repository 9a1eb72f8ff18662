"""What each rate has priced, counted over the facts."""

import sys
from datetime import date
from pathlib import Path

from analytics.costing.rate_use import rate_use
from analytics.costing.reckoned_costs import reckon_costs
from analytics.ledger.pricing import rates_of_card

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "estimation" / "running"))
from running_ledgers import running_ledger


def test_hours_are_counted_by_the_rate_that_prices_them(tmp_path: Path) -> None:
    ledger = running_ledger(tmp_path)
    reckoning = reckon_costs(ledger)
    numbers = {rate.resource: number for number, rate in rates_of_card(ledger, "history").items()}
    use = rate_use(ledger, reckoning)
    effects = use.of("history", (numbers["labour:fx"],))
    assert effects is not None
    assert (effects.fact_count, effects.amount) == (2, 56)
    assert (effects.first_day, effects.last_day) == (date(2026, 2, 17), date(2026, 3, 3))
    both = use.of("history", tuple(numbers.values()))
    assert both is not None
    assert both.amount == 125.5
    assert use.of("history", (99,)) is None
    since = rate_use(ledger, reckoning, date(2026, 3, 1)).of("history", (numbers["labour:fx"],))
    assert since is not None
    assert since.amount == 40
