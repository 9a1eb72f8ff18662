"""Makes a bid of an estimate and a book of prices: lines, ranges, contingency, margin, incentives and words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

from analytics.bidding.assumptions import bid_assumptions
from analytics.bidding.bid_incentives import IncentivesOfBid, bid_incentives
from analytics.bidding.bid_lines import lines_of_shots
from analytics.bidding.bid_terms import BidTerms
from analytics.bidding.cost_outcomes import CostOutcomes, complexity_of, made_so, price_outcomes
from analytics.bidding.documents.account_chart import AccountChart, account_chart
from analytics.bidding.price_book import CENT, PriceBook
from analytics.bidding.wording import Wording, shipped_wording
from analytics.costing.incentive_plan import IncentivePlan
from analytics.costing.production_credits import ExchangeOn
from analytics.estimation.estimate import Estimate, hours_range
from analytics.vocabulary.bid import (
    Amounts,
    Bid,
    BidDepartment,
    BidGround,
    BidLine,
    BidShot,
    BidStatus,
    BidTotals,
    LineKind,
)
from analytics.vocabulary.shot import ShotKind

if TYPE_CHECKING:
    from analytics.estimation.estimate import Draws

WHOLE_BID = (LineKind.CONTINGENCY, LineKind.MARGIN)


def assemble_bid(
    estimate: Estimate,
    book: PriceBook,
    terms: BidTerms,
    *,
    plan: IncentivePlan | None = None,
    exchange_on: ExchangeOn | None = None,
    outcomes: CostOutcomes | None = None,
    why_workflow: Sequence[str] = (),
    assumptions: Sequence[str] = (),
    warnings: Sequence[str] = (),
    backtest: str = "",
    wording: Wording | None = None,
    chart: AccountChart | None = None,
    seed: int = 0,
) -> Bid:
    """Put a bid together. It has no id yet: storing gives it one.

    Parameters
    ----------
    plan, exchange_on
        Incentives that are claimed, and what answers the exchange into the currency that they pay in.
    outcomes
        Of the same estimate and book, where somebody has priced them already.
    why_workflow
        By shot, in words.
    assumptions, warnings
        What is known of beside the estimate and the book.

    Raises
    ------
    InputRefused
        If an incentive needs what nobody states; every problem at once. A missing price is no reason to refuse: it is
        told, and every total is unknown.
    """
    wording = wording or shipped_wording()
    outcomes = outcomes or price_outcomes(estimate, book, terms.fps, territory=terms.territory, seed=seed)
    of_shots = lines_of_shots(estimate, book, terms.fps, terms.territory)
    shots = tuple(_shots(estimate, outcomes, of_shots, why_workflow))
    lines = tuple(line for of_shot in of_shots for line in of_shot)
    total = outcomes.cost.sum(axis=1)
    base = base_of(lines)
    contingency = None if base is None else max(Decimal("0.00"), _quantile(total, float(terms.confidence)) - base)
    net = IncentivesOfBid()
    if plan is not None and base is not None:
        assert exchange_on is not None, "incentives may pay in another currency"
        net = bid_incentives(lines, plan, terms, book.currency, book.priced_on, exchange_on)
    cost = None if base is None else amounts_of(total, base)
    totals = totals_of(lines, cost, contingency, terms.margin, net)
    said = bid_assumptions(estimate, book, terms, totals, wording, with_incentives=plan is not None)
    return Bid(
        bid_id="",
        version_number=1,
        status=BidStatus.DRAFT,
        production_id=terms.production_id,
        production_name=terms.production_name,
        name=terms.name,
        currency=book.currency,
        fps=str(terms.fps),
        created_at=terms.created_at,
        priced_on=book.priced_on,
        valid_until=None,
        confidence=terms.confidence,
        mix=terms.mix,
        hours_per_person_day=book.hours_per_person_day,
        shot_list_name=terms.shot_list_name,
        shot_list_sha256=terms.shot_list_sha256,
        shots=shots,
        departments=departments_of(estimate),
        lines=booked((*lines, *whole_bid_lines(totals)), chart or account_chart()),
        incentives=net.rules,
        people_hours=hours_range(estimate.people_hours.sum(axis=1)),
        totals=totals,
        ground=BidGround(
            estimate.rests_on.n_shots,
            estimate.rests_on.n_productions,
            estimate.rests_on.n_ai_shots,
            estimate.rests_on.until,
            book.card_ids,
            origins_of(lines),
            backtest,
        ),
        assumptions=(*said, *assumptions, *net.notes),
        exclusions=wording.exclusions,
        warnings=tuple(dict.fromkeys((*estimate.warnings, *book.warnings, *missing_prices_of(lines, book), *warnings))),
    )


def base_of(lines: Sequence[BidLine]) -> Decimal | None:
    """What the lines add up to without contingency and margin; ``None`` where one has no price."""
    amounts = [line.amount for line in lines if line.kind not in WHOLE_BID]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal("0.00")) if len(known) == len(amounts) else None


def totals_of(
    lines: Sequence[BidLine],
    cost: Amounts | None,
    contingency: Decimal | None,
    margin_share: Decimal,
    net: IncentivesOfBid,
) -> BidTotals:
    """The money of the whole bid. What vendors get of contingency and margin goes by their share of the base."""
    base = base_of(lines)
    if base is None or contingency is None or cost is None:
        return BidTotals(None, None, None, None, None, None, None)
    margin = ((base + contingency) * margin_share).quantize(CENT, rounding=ROUND_HALF_EVEN)
    gross = base + contingency + margin
    bought = sum((line.amount or Decimal(0) for line in lines if line.vendor is not None), Decimal("0.00"))
    vendor = (gross * bought / base).quantize(CENT, rounding=ROUND_HALF_EVEN) if base else Decimal("0.00")
    return BidTotals(
        cost,
        base,
        contingency,
        margin,
        gross,
        net.amount,
        gross + net.amount,
        vendor,
        gross - vendor,
        net.vendor_amount,
    )


def whole_bid_lines(totals: BidTotals) -> Iterator[BidLine]:
    """Contingency and margin, where there are any."""
    for kind, words, amount in (
        (LineKind.CONTINGENCY, "Contingency", totals.contingency),
        (LineKind.MARGIN, "Margin", totals.margin),
    ):
        if amount:
            yield BidLine(kind, None, None, None, words, Decimal(1), "lump", amount, amount)


def booked(lines: Sequence[BidLine], chart: AccountChart) -> tuple[BidLine, ...]:
    """The lines with the accounts that they are booked to."""
    return tuple(replace(line, account_code=chart.code_of(line.kind, line.department)) for line in lines)


def departments_of(estimate: Estimate) -> tuple[BidDepartment, ...]:
    """Hours of each department over all shots, in the workflow of each outcome; the largest first."""
    import numpy as np

    hours: dict[str, Draws] = {}
    for workflow, made in made_so(estimate).items():
        drawn = np.where(made, estimate.hours_by_workflow[workflow], 0.0)
        shares = estimate.department_shares[workflow]
        for name, of_department in zip(shares.columns, (drawn @ shares.to_numpy(dtype=float)).T, strict=True):
            hours[str(name)] = hours.get(str(name), 0.0) + of_department
    found = [BidDepartment(name, hours_range(drawn)) for name, drawn in hours.items() if drawn.any()]
    return tuple(sorted(found, key=lambda each: (-each.people_hours.mean, each.department)))


def amounts_of(outcomes: "Draws", mean: Decimal) -> Amounts:
    """Range of an amount over its outcomes, with the mean that the lines add up to."""
    return Amounts(_quantile(outcomes, 0.1), _quantile(outcomes, 0.5), _quantile(outcomes, 0.9), mean)


def amounts_from(outcomes: "Draws") -> Amounts:
    """Range of an amount over its outcomes, with their own mean."""
    return amounts_of(outcomes, _cents(float(outcomes.mean())))


def origins_of(lines: Sequence[BidLine]) -> dict[str, float]:
    """Share of the base by the origin of its prices."""
    sums: dict[str, float] = {}
    for line in lines:
        sums[line.origin] = sums.get(line.origin, 0.0) + float(line.amount or 0)
    whole = sum(sums.values())
    return {origin: round(amount / whole, 4) for origin, amount in sorted(sums.items())} if whole else {}


def missing_prices_of(lines: Sequence[BidLine], book: PriceBook) -> Iterator[str]:
    """What keeps lines from having a price, in sentences."""
    told = {(price.resource, price.vendor, price.territory): price.missing for price in book.prices}
    said = {
        told.get(subject)
        or f"{subject[0]} of {subject[1] or 'the studio itself'}: the prices of this bid do not hold it"
        for subject in {(line.resource, line.vendor, line.territory) for line in lines if line.amount is None}
        if subject[0] and not subject[0].startswith("uplift:")
    }
    for missing in sorted(said):
        yield f"No price for {missing}. The hours are whole; no total in money is told."


def _shots(
    estimate: Estimate, outcomes: CostOutcomes, lines: Sequence[Sequence[BidLine]], why_workflow: Sequence[str]
) -> Iterator[BidShot]:
    hours = estimate.people_hours
    for number, shot in enumerate(estimate.shots):
        mean = base_of(lines[number])
        yield BidShot(
            shot.code,
            shot.sequence,
            shot.kind or ShotKind.OTHER,
            complexity_of(shot),
            shot.cut_frames,
            shot.handle_frames,
            shot.description,
            estimate.workflows[number],
            float(estimate.in_ai[:, number].mean()),
            hours_range(hours[:, number]),
            None if mean is None else amounts_of(outcomes.cost[:, number], mean),
            estimate.basis[number],
            estimate.flags[number],
            estimate.drivers[number],
            why_workflow[number] if why_workflow else "",
            shot.vendor,
            shot.due_on,
            shot.place,
        )


def _quantile(outcomes: "Draws", share: float) -> Decimal:
    import numpy as np

    return _cents(float(np.quantile(outcomes, share)))


def _cents(amount: float) -> Decimal:
    return Decimal(repr(amount)).quantize(CENT, rounding=ROUND_HALF_EVEN)
