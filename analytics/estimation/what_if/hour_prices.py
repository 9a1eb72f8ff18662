"""What an hour and everything beside people cost in past shots, so that simulated hours become costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from pandas import DataFrame

    Row = np.ndarray[Any, np.dtype[np.float64]]

_FEWEST = 5
"""Finished shots; with fewer, what more shots have in common speaks for them."""
_PASSES = 4


@dataclass(frozen=True)
class PastPrices:
    """Prices in one currency.

    Attributes
    ----------
    hour
        What an hour cost over all shots, with supervision and overhead.
    factors
        By column and its value, what multiplies that: productions, arms, complexities and kinds.
    beside_people
        By kind, complexity and arm, mean cost of a shot beside people: machines, generated footage, licences, consent
        and bills; ``None`` for kind or complexity is all of them.
    """

    hour: float
    factors: Mapping[str, Mapping[Any, float]]
    beside_people: Mapping[tuple[Any, ...], float]

    def of_hours(self, shots: "DataFrame", arm: str) -> "Row":
        """Price of an hour of each shot in an arm."""
        import numpy as np

        price = np.full(len(shots), self.hour)
        for column, factors in self.factors.items():
            values: Sequence[Any] = [arm] * len(shots) if column == "arm" else list(shots[column])
            price *= np.array([factors.get(value, 1.0) for value in values])
        return price

    def beside(self, shots: "DataFrame", arm: str) -> "Row":
        """Cost of each shot beside people in an arm."""
        import numpy as np

        ways = [(kind, level) for kind, level in zip(shots["kind"], shots["complexity"], strict=True)]
        known = self.beside_people
        return np.array(
            [
                known.get((kind, level, arm), known.get((kind, None, arm), known.get((None, None, arm), 0.0)))
                for kind, level in ways
            ]
        )


def past_prices(past: "DataFrame") -> PastPrices:
    """Learn prices from finished shots with people_hours, cost_gross and cost_people; unknown costs are left out.

    The price of an hour is a product of factors, each the ratio of what was paid to what the others say (raking).
    """
    known = past[(past["status"] == "final") & past["cost_gross"].notna() & (past["people_hours"] > 0)]
    if not len(known):
        return PastPrices(0.0, {}, {})
    hour = float(known["cost_people"].sum() / known["people_hours"].sum())
    factors: dict[str, dict[Any, float]] = {column: {} for column in ("production_id", "arm", "complexity", "kind")}
    prices = PastPrices(hour, factors, {})
    for _ in range(_PASSES):
        for column, own in factors.items():
            expected = known["people_hours"] * _as_made(prices, known)
            sums = known.assign(expected=expected).groupby(column)[["cost_people", "expected"]].agg(["sum", "count"])
            for value, row in sums.iterrows():
                if row["expected", "count"] >= _FEWEST and row["expected", "sum"] > 0:
                    own[value] = own.get(value, 1.0) * float(row["cost_people", "sum"] / row["expected", "sum"])
    beside = known.assign(beside=(known["cost_gross"] - known["cost_people"]).clip(lower=0))
    means: dict[tuple[Any, ...], float] = {}
    for by in (["arm"], ["kind", "arm"], ["kind", "complexity", "arm"]):
        for key, own_shots in beside.groupby(by):
            if len(own_shots) >= _FEWEST or by == ["arm"]:
                kind, level, arm = (*key[:-1], None, None)[:2] + key[-1:]
                means[kind, level, arm] = float(own_shots["beside"].mean())
    return PastPrices(hour, factors, means)


def _as_made(prices: PastPrices, shots: "DataFrame") -> "Row":
    import numpy as np

    by_ai = (shots["arm"] == "ai").to_numpy()
    return np.where(by_ai, prices.of_hours(shots, "ai"), prices.of_hours(shots, "traditional"))
