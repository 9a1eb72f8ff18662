"""An awarded bid after a change: what stays to the cent, what is priced anew, and what that adds or takes away."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal

from analytics.bidding.assembling import (
    amounts_of,
    assemble_bid,
    base_of,
    booked,
    departments_of,
    missing_prices_of,
    origins_of,
    totals_of,
    whole_bid_lines,
)
from analytics.bidding.bid_incentives import IncentivesOfBid
from analytics.bidding.bid_terms import BidTerms, remarks_on
from analytics.bidding.cost_outcomes import price_outcomes
from analytics.bidding.documents.account_chart import account_chart
from analytics.bidding.price_book import CENT, PriceBook
from analytics.bidding.wording import shipped_wording
from analytics.estimation.estimate import Estimate, hours_range
from analytics.vocabulary.bid import Bid, BidLine, BidShot, BidStatus, ChangeOrder
from analytics.vocabulary.errors import InputRefused, Problem
from analytics.vocabulary.listed_shot import ListedShot, ShotList

AS_AWARDED = "\0as awarded"
"""Ends the code of a shot as it was awarded, which is estimated beside the changed one."""


def shots_to_estimate(awarded: Bid, listed: Sequence[ListedShot]) -> tuple[frozenset[str], tuple[ListedShot, ...]]:
    """Codes of the shots that stay as awarded, and what to estimate: the new list, and changed shots as awarded."""
    before = {shot.code: shot for shot in awarded.shots}
    territories = {line.shot_code: line.territory for line in awarded.lines}
    # What a list does not say about a shot stays as it was awarded.
    asked = tuple(_as_known(shot, before.get(shot.code), territories.get(shot.code)) for shot in listed)
    kept = frozenset(shot.code for shot in asked if shot.code in before and not what_changed(before[shot.code], shot))
    earlier = tuple(
        _as_it_was(before[shot.code], shot) for shot in asked if shot.code in before and shot.code not in kept
    )
    return kept, (*asked, *earlier)


def what_changed(before: BidShot, now: ListedShot) -> tuple[str, ...]:
    """What of a shot is not as it was awarded, in words; what the list does not say is no change."""
    said: list[str] = []
    if now.cut_frames != before.cut_frames:
        said.append(f"{before.cut_frames} to {now.cut_frames} frames on screen")
    if now.handle_frames != before.handle_frames:
        said.append(f"{before.handle_frames} to {now.handle_frames} frames of handles")
    if now.kind is not None and now.kind is not before.kind:
        said.append(f"{before.kind.value} to {now.kind.value}")
    if now.complexity is not None and now.complexity is not before.complexity:
        said.append(f"{before.complexity.value} to {now.complexity.value}")
    if now.vendor is not None and now.vendor != before.vendor:
        said.append(f"{before.vendor or 'the studio itself'} to {now.vendor}")
    if now.workflow is not None and now.workflow is not before.workflow:
        said.append(f"{before.workflow.label} to {now.workflow.label}")
    if now.description and before.description and now.description != before.description:
        said.append("described otherwise")
    return tuple(said)


def changed_bid(
    awarded: Bid,
    shots: ShotList,
    kept: frozenset[str],
    estimate: Estimate,
    book: PriceBook,
    reason: str,
    *,
    on: date | None = None,
    seed: int = 0,
) -> Bid:
    """The bid after a change; its incentives stay to be worked out.

    Parameters
    ----------
    kept, estimate
        Codes that stay as awarded, and an estimate of the shots, as `shots_to_estimate` answers them.

    Raises
    ------
    InputRefused
        If a price is missing: a change order is money, and nothing missing is taken as zero.
    """
    now = datetime.now(UTC) if on is None else datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    before = {shot.code: shot for shot in awarded.shots}
    scaled = _as_awarded(estimate, before, len(shots.shots), seed)
    terms = terms_of_change(awarded, shots, now, book.territory, None)
    made = assemble_bid(scaled, book, terms, seed=seed)
    fresh = {shot.code: shot for shot in made.shots}
    stay, new = _lines_by_shot(awarded), _lines_by_shot(made)
    lines = tuple(line for code in fresh for line in (stay if code in kept else new).get(code, ()))
    base, old = base_of(lines), awarded.totals
    if base is None:
        raise InputRefused.all_of(
            [
                Problem(
                    shots.name,
                    None,
                    f"cannot be priced: {words.split('. ')[0].removeprefix('No price for ')}",
                    "name a card that has the rate with --rates",
                )
                for words in missing_prices_of(lines, book)
            ]
        )
    assert old.base is not None, "what was sent had its prices"
    assert old.contingency is not None
    assert old.margin is not None
    assert old.gross is not None
    assert old.net is not None
    total = price_outcomes(scaled, book, terms.fps, territory=book.territory, seed=seed).cost.sum(axis=1)
    margin_share = old.margin / (old.base + old.contingency) if old.base else Decimal(0)
    totals = totals_of(
        lines, amounts_of(total, base), _at_share(base, old.contingency, old.base), margin_share, IncentivesOfBid()
    )
    assert totals.gross is not None
    assert totals.net is not None
    order = ChangeOrder(
        len(awarded.change_orders) + 1,
        now.date(),
        reason,
        tuple(code for code in fresh if code not in before),
        tuple(code for code in before if code not in fresh),
        tuple(code for code in fresh if code in before and code not in kept),
        totals.gross - old.gross,
        totals.net - old.net,
    )
    return replace(
        made,
        bid_id=awarded.bid_id,
        version_number=awarded.version_number + 1,
        status=BidStatus.AWARDED,
        name=awarded.name,
        mix=awarded.mix,
        valid_until=awarded.valid_until,
        shots=tuple(
            before[code] if code in kept else _explained(shot, before.get(code)) for code, shot in fresh.items()
        ),
        departments=departments_of(scaled),
        lines=(*lines, *booked(tuple(whole_bid_lines(totals)), account_chart())),
        people_hours=hours_range(scaled.people_hours.sum(axis=1)),
        totals=totals,
        ground=replace(awarded.ground, origins=origins_of(lines)),
        assumptions=tuple(dict.fromkeys((*awarded.assumptions, *shipped_wording().assumption("change")))),
        exclusions=awarded.exclusions,
        warnings=tuple(dict.fromkeys((*made.warnings, *remarks_on(shots)))),
        change_orders=(*awarded.change_orders, order),
        sent_at=awarded.sent_at,
        awarded_at=awarded.awarded_at,
        locked_at=None,
    )


def _lines_by_shot(bid: Bid) -> dict[str, list[BidLine]]:
    found: dict[str, list[BidLine]] = {}
    for line in bid.lines:
        if line.shot_code is not None:
            found.setdefault(line.shot_code, []).append(line)
    return found


def _as_known(shot: ListedShot, before: BidShot | None, territory: str | None) -> ListedShot:
    if before is None:
        return shot
    decided = before.workflow if before.ai_probability in (0.0, 1.0) else None
    return replace(
        shot,
        kind=shot.kind or before.kind,
        complexity=shot.complexity or before.complexity,
        description=shot.description or before.description,
        sequence=shot.sequence or before.sequence,
        vendor=shot.vendor or before.vendor,
        territory=shot.territory or territory,
        workflow=shot.workflow or decided,
    )


def _as_it_was(before: BidShot, now: ListedShot) -> ListedShot:
    return replace(
        now,
        code=now.code + AS_AWARDED,
        cut_frames=before.cut_frames,
        handle_frames=before.handle_frames,
        kind=before.kind,
        complexity=before.complexity,
        description=before.description,
        vendor=before.vendor,
        workflow=before.workflow if before.ai_probability in (0.0, 1.0) else None,
    )


def _as_awarded(estimate: Estimate, before: Mapping[str, BidShot], count: int, seed: int) -> Estimate:
    """The first so many shots of an estimate, with hours scaled so that what was awarded has the hours of the award.

    Between the award and the change, history grew. A change is what it makes in one and the same estimate.
    """
    import numpy as np

    rng = np.random.default_rng((seed, 11))
    places = {shot.code: number for number, shot in enumerate(estimate.shots)}
    in_ai = estimate.in_ai.copy()
    for number, shot in enumerate(estimate.shots):
        awarded = before.get(shot.code.removesuffix(AS_AWARDED))
        if awarded is not None and shot.workflow is None:
            in_ai[:, number] = rng.random(len(in_ai)) < awarded.ai_probability
    hours = replace(estimate, in_ai=in_ai).people_hours
    factors = np.ones(count)
    for number, shot in enumerate(estimate.shots[:count]):
        if shot.code in before:
            reference = places.get(shot.code + AS_AWARDED, number)
            mean = float(hours[:, reference].mean())
            factors[number] = before[shot.code].people_hours.mean / mean if mean else 1.0
    return replace(
        estimate,
        shots=estimate.shots[:count],
        hours_by_workflow={name: drawn[:, :count] * factors for name, drawn in estimate.hours_by_workflow.items()},
        in_ai=in_ai[:, :count],
        workflows=estimate.workflows[:count],
        department_shares={name: shares.iloc[:count] for name, shares in estimate.department_shares.items()},
        basis=estimate.basis[:count],
        flags=estimate.flags[:count],
        drivers=estimate.drivers[:count],
    )


def terms_of_change(
    awarded: Bid, shots: ShotList, now: datetime, territory: str | None, started_on: date | None
) -> BidTerms:
    """The terms of the award for another list; its margin is an amount by now and no share."""
    return BidTerms(
        awarded.production_id, awarded.production_name, awarded.name, shots.fps, now, shots.name, shots.sha256,
        awarded.confidence, Decimal(0), awarded.mix, territory, started_on,
    )  # fmt: skip


def _at_share(base: Decimal, part: Decimal, of: Decimal) -> Decimal:
    return (base * part / of).quantize(CENT, rounding=ROUND_HALF_EVEN) if of else Decimal("0.00")


def _explained(shot: BidShot, before: BidShot | None) -> BidShot:
    if before is None:
        return replace(shot, flags=("new since the award", *shot.flags))
    return shot
