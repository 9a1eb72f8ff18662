"""A shot list estimated and priced, before anybody decides who makes which shot: what bids and mixes begin with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from analytics.bidding.bid_production import BidProduction
from analytics.bidding.bid_terms import BidTerms, remarks_on
from analytics.bidding.cost_outcomes import CostOutcomes, price_outcomes, territory_of
from analytics.bidding.past_work import PastWork, past_work
from analytics.bidding.planned_prices import Need, planned_prices
from analytics.bidding.price_book import PriceBook
from analytics.costing.rate_choice import Rates, chosen_cards
from analytics.estimation.estimate import Estimate
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.listed_shot import ShotList

if TYPE_CHECKING:
    from analytics.estimation.history import BidHistory
    from analytics.estimation.templates import BidTemplate

Mix = Literal["current", "ai", "traditional", "best"]
Said = Callable[[str], None]


@dataclass(frozen=True)
class PricedList:
    """A shot list with what it may take and cost, by workflow and as the studio would make it.

    Attributes
    ----------
    production
        Its territory taken from past shots where nobody names one.
    warnings
        What was taken for granted about production and list, in sentences.
    """

    shot_list: ShotList
    production: BidProduction
    history: "BidHistory"
    estimate: Estimate
    book: PriceBook
    outcomes: CostOutcomes
    warnings: tuple[str, ...]

    def terms(
        self, name: str, mix: str, confidence: Decimal = Decimal("0.8"), margin: Decimal = Decimal(0)
    ) -> BidTerms:
        """The terms of a bid of it, made now."""
        return BidTerms(
            self.production.production_id,
            self.production.name,
            name,
            self.shot_list.fps,
            datetime.now(UTC),
            self.shot_list.name,
            self.shot_list.sha256,
            confidence,
            margin,
            mix,
            self.production.territory,
            self.production.started_on,
        )


def priced_list(
    ledger: Ledger,
    shot_list: ShotList,
    production: BidProduction,
    currency: str,
    *,
    on: date,
    rates: Rates | Sequence[Rates] | None = None,
    territory: str | None = None,
    mix: Mix = "current",
    template: "BidTemplate | None" = None,
    with_synthetic: bool = False,
    outcomes: int = 2000,
    seed: int = 0,
    past: PastWork | None = None,
    said: Said = lambda words: None,
) -> PricedList:
    """Estimate and price a list; parameters as in `new_bids.new_bid`."""
    from analytics.estimation.estimating import estimate_shots

    if past is None:
        said("reading the history")
        past = past_work(ledger, with_synthetic=with_synthetic, template=template)
    history = past.history
    production, territory_words = _with_territory(production, territory, history)
    known = past.fitted.is_fitted_for(shot_list.shots)
    said("estimating the shots" if known else f"learning from {len(history.shots):,} past shots")
    estimate = estimate_shots(
        history, shot_list.shots, fps=shot_list.fps, production_id=production.production_id,
        title_id=production.title_id, territory=production.territory, on=on,
        mix="current" if mix == "best" else mix, fitted=past.fitted, outcomes=outcomes, seed=seed,
    )  # fmt: skip
    said("pricing")
    book = priced_book(
        ledger, chosen_cards(ledger, rates), estimate, past, production, on=on, currency=currency
    )  # fmt: skip
    priced = price_outcomes(estimate, book, shot_list.fps, territory=production.territory, seed=seed)
    warnings = (*territory_words, *remarks_on(shot_list), *_frame_rate_words(shot_list, production))
    return PricedList(shot_list, production, history, estimate, book, priced, warnings)


def priced_book(
    ledger: Ledger,
    card_ids: Sequence[str],
    estimate: Estimate,
    past: PastWork,
    production: BidProduction,
    *,
    on: date,
    currency: str,
) -> PriceBook:
    """All prices that a bid of an estimate needs."""
    book = planned_prices(
        ledger, card_ids, needs_of(estimate, production.territory), on=on, currency=currency,
        hours_per_person_day=production.hours_per_person_day, with_synthetic=past.with_synthetic,
    )  # fmt: skip
    others, warnings = past.other_costs(ledger, card_ids, currency, production.hours_per_person_day)
    return replace(book, others=others, warnings=(*book.warnings, *warnings), territory=production.territory)


def needs_of(estimate: Estimate, territory: str | None) -> list[Need]:
    """Every department with every vendor and territory that shots of an estimate may be made by and in."""
    names = sorted({str(name).lower() for shares in estimate.department_shares.values() for name in shares.columns})
    subjects = dict.fromkeys((shot.vendor, territory_of(shot, territory)) for shot in estimate.shots)
    return [(name, vendor, where) for vendor, where in subjects for name in names]


def _with_territory(
    production: BidProduction, named: str | None, history: "BidHistory"
) -> tuple[BidProduction, list[str]]:
    """The production with a territory, and what was taken for granted about it.

    Studios price by territory: without one, none of their rates would hold.
    """
    if named or production.territory:
        return replace(production, territory=named or production.territory), []
    past = history.shots["territory"].dropna()
    if past.empty:
        return production, []
    usual = str(past.value_counts().sort_index(kind="stable").idxmax())
    return replace(production, territory=usual), [
        f"Nobody says where {production.production_id} is made: its work is taken to be paid in {usual}, as that of "
        "most past shots."
    ]


def _frame_rate_words(shot_list: ShotList, production: BidProduction) -> list[str]:
    if production.fps is None or production.fps == shot_list.fps:
        return []
    return [
        f"The list counts {shot_list.fps} frames a second and {production.production_id} is made at {production.fps}: "
        "frames are taken at the rate of the list."
    ]
