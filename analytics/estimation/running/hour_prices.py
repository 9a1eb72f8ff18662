"""What an hour costs, all in, while a production runs: the budget's word, moved by what its own shots cost so far.

Of each shot with hours, ``ln(cost / (hours x budgeted price of an hour))`` is one observation of how dear this
production is. The budget's own price is the expectation beforehand, with a spread that says how far productions go from
it; the two are weighed as normal distributions are (conjugate normal mean). Hours are weighed, not shots: one of 500
hours says more than one of 5.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Row = np.ndarray[Any, np.dtype[np.float64]]

SHOT_SPREAD = 0.2
"""Standard deviation of that logarithm between shots, until there are enough to tell; assumed."""
_ENOUGH_SHOTS = 8


@dataclass(frozen=True)
class HourPrices:
    """How much dearer an hour of this production is than budgeted.

    Attributes
    ----------
    log_factor, log_factor_spread
        Middle and standard deviation of the natural logarithm.
    shot_spread
        The same between shots.
    n_shots
        Shots with hours and a cost that it was learned from.
    """

    log_factor: float
    log_factor_spread: float
    shot_spread: float
    n_shots: int

    def factors(self, shape: tuple[int, int], rng: "np.random.Generator") -> Any:
        """Factors on the budgeted price, shape (outcomes, shots): a part that all shots share and a part of each.

        They mean what the middle means: the spread of a logarithm would lift the mean above it.
        """
        import numpy as np

        shared = rng.normal(self.log_factor, self.log_factor_spread, (shape[0], 1))
        own = rng.normal(0, self.shot_spread, shape)
        return np.exp(shared + own - (self.log_factor_spread**2 + self.shot_spread**2) / 2)


def learned_prices(costs: "Row", hours: "Row", budgeted_prices: "Row", budget_spread: float) -> HourPrices:
    """Learn from shots with hours.

    Parameters
    ----------
    costs, hours, budgeted_prices
        By shot; those without hours or cost are left out.
    budget_spread
        Of the logarithm by which productions differ from their budget's price.
    """
    import numpy as np

    known = (hours > 0) & (costs > 0) & (budgeted_prices > 0)
    if not known.any():
        return HourPrices(0.0, budget_spread, SHOT_SPREAD, 0)
    expected = hours[known] * budgeted_prices[known]
    # The ratio of sums is what the rest will cost by; the mean of logarithms gives the spread around it.
    middle = float(np.log(costs[known].sum() / expected.sum()))
    apart = np.log(costs[known] / expected)
    n = int(known.sum())
    weights = expected / expected.sum()
    spread = SHOT_SPREAD
    if n >= _ENOUGH_SHOTS:
        spread = float(np.sqrt(np.sum(weights * (apart - np.sum(weights * apart)) ** 2)))
    effective = 1 / float(np.sum(weights**2))
    of_data, of_budget = effective / max(spread, 0.02) ** 2, 1 / budget_spread**2
    return HourPrices(
        middle * of_data / (of_data + of_budget), float((of_data + of_budget) ** -0.5), min(spread, 1.0), n
    )
