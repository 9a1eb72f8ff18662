"""What bids of a studio are worked out from: its past shots, the model fitted to them, what else they cost.

Read once and used for bid after bid while the facts stay the same, so that a list with a cell changed is bid again in
a second or two.
"""

from collections.abc import Sequence
from decimal import Decimal
from threading import Lock
from typing import TYPE_CHECKING

from analytics.bidding.other_costs import other_costs
from analytics.bidding.price_book import OtherCost
from analytics.estimation.fitted_history import FittedHistory
from analytics.estimation.history import BidHistory, bid_history
from analytics.ledger.ledger import Ledger

if TYPE_CHECKING:
    from analytics.estimation.templates import BidTemplate

_MOST_PRICED = 8
"""Choices of cards, currency and day's length whose other costs are kept, the last asked for."""


class PastWork:
    """Past shots with everything that was worked out from them; may be shared by threads.

    Holds for the facts it was read from: whoever keeps one reads another when the ledger's change number is another.
    """

    def __init__(self, fitted: FittedHistory, with_synthetic: bool) -> None:
        self.fitted = fitted
        self.with_synthetic = with_synthetic
        self._priced: dict[tuple[tuple[str, ...], str, Decimal], tuple[tuple[OtherCost, ...], tuple[str, ...]]] = {}
        self._one_at_a_time = Lock()

    @property
    def history(self) -> BidHistory:
        """The past shots."""
        return self.fitted.history

    def other_costs(
        self, ledger: Ledger, card_ids: Sequence[str], currency: str, hours_per_person_day: Decimal
    ) -> tuple[tuple[OtherCost, ...], tuple[str, ...]]:
        """What machines and all else cost these shots, and warnings; as `other_costs.other_costs`."""
        key = (tuple(card_ids), currency, hours_per_person_day)
        with self._one_at_a_time:
            found = self._priced.pop(key, None) or other_costs(
                ledger, card_ids, self.history.shots, currency=currency, hours_per_person_day=hours_per_person_day,
                with_synthetic=self.with_synthetic,
            )  # fmt: skip
            self._priced[key] = found
            for oldest in list(self._priced)[:-_MOST_PRICED]:
                del self._priced[oldest]
        return found


def past_work(ledger: Ledger, *, with_synthetic: bool = False, template: "BidTemplate | None" = None) -> PastWork:
    """Read the past shots of a ledger; nothing is fitted before the first bid.

    Parameters
    ----------
    template
        What shots take where history says nothing; ``None``: the one that comes with Shotledger.
    """
    return PastWork(FittedHistory(bid_history(ledger, with_synthetic=with_synthetic), template), with_synthetic)
