"""The lines of a bid's shots: expected days, frames and seconds, each at its price, to the cent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

from analytics.bidding.cost_outcomes import made_so, territory_of
from analytics.bidding.price_book import CENT, SUPERVISING, Price, PriceBook, PriceKind
from analytics.estimation.estimate import Estimate
from analytics.vocabulary.bid import BidLine, LineKind
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ListedShot
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    import numpy as np

_HISTORY = "finished shots of past productions, priced by the same cards"


@dataclass(frozen=True)
class _Part:
    """A shot in one of the workflows it may be made by."""

    shot: ListedShot
    workflow: Workflow
    territory: str | None
    probability: float

    def line(
        self, kind: LineKind, description: str, quantity: Decimal, unit: str, price: Decimal | None,
        department: str | None = None, resource: str = "", source: str = "", origin: str = "assumed",
        base_amount: Decimal | None = None,
    ) -> BidLine:  # fmt: skip
        """A line whose amount is quantity times price, half to even."""
        amount = None if price is None else (quantity * price).quantize(CENT, rounding=ROUND_HALF_EVEN)
        return BidLine(
            kind, department, self.shot.code, self.workflow, description, quantity, unit, price, amount, resource,
            source, origin, self.shot.vendor, self.territory, base_amount=base_amount,
        )  # fmt: skip


def lines_of_shots(
    estimate: Estimate, book: PriceBook, fps: FrameRate, territory: str | None
) -> tuple[tuple[BidLine, ...], ...]:
    """The lines of each shot, in the order of the estimate's shots.

    A shot that may be made by either workflow has lines of both, each with what it is expected to take there: hours of
    outcomes in which it is made otherwise count as none.
    """
    hours, probabilities = expected_hours(estimate)
    return tuple(
        tuple(
            line
            for workflow in estimate.hours_by_workflow
            if probabilities[workflow][number] > 0
            for line in _lines(
                _Part(shot, workflow, territory_of(shot, territory), float(probabilities[workflow][number])),
                float(hours[workflow][number]),
                [
                    (str(name), float(share))
                    for name, share in estimate.department_shares[workflow].iloc[number].items()
                ],
                book,
                fps,
            )
        )
        for number, shot in enumerate(estimate.shots)
    )


def expected_hours(
    estimate: Estimate,
) -> "tuple[dict[Workflow, np.ndarray[tuple[int], np.dtype[np.float64]]], dict[Workflow, np.ndarray[tuple[int], np.dtype[np.float64]]]]":  # noqa: E501
    """By workflow and shot: mean hours, counting none where it is made otherwise, and how often it is made so."""
    import numpy as np

    hours, probabilities = {}, {}
    for workflow, made in made_so(estimate).items():
        hours[workflow] = np.where(made, estimate.hours_by_workflow[workflow], 0.0).mean(axis=0)
        probabilities[workflow] = made.mean(axis=0)
    return hours, probabilities


def _lines(
    part: _Part, hours: float, shares: Sequence[tuple[str, float]], book: PriceBook, fps: FrameRate
) -> Iterator[BidLine]:
    days = _days_of_departments(hours / float(book.hours_per_person_day), shares)
    people: list[BidLine] = []
    seats: list[BidLine] = []
    for department, person_days in days:
        price = book.labour(department, part.shot.vendor, part.territory)
        if not person_days and price is not None and price.amount is not None:
            continue
        people.append(_of_days(part, LineKind.PEOPLE, department, department, person_days, price))
        for seat in book.all_of(PriceKind.LICENCE, department, part.shot.vendor, part.territory):
            words = f"Seat of {seat.resource.split(':')[1]} for {department}"
            seats.append(_of_days(part, LineKind.LICENCE, words, department, person_days, seat))
    yield from people
    supervised = [line for line in people if (line.department or "").lower() not in SUPERVISING]
    for kind, line_kind, words, counted in (
        (PriceKind.SUPERVISION, LineKind.SUPERVISION, "Supervision and production", supervised),
        (PriceKind.OVERHEAD, LineKind.OVERHEAD, "Overhead", people),
    ):
        share = book.share(kind, part.shot.vendor, part.territory)
        if share is None or share.amount is None or not counted:
            continue
        amounts = [line.amount for line in counted if line.amount is not None]
        base = sum(amounts, Decimal("0.00")) if len(amounts) == len(counted) else None
        yield part.line(
            line_kind, f"{words}, {share.amount:.1%} of people", share.amount, "share", base, resource=share.resource,
            source=share.source, origin=share.origin, base_amount=base,
        )  # fmt: skip
    yield from seats
    amounts_of = {
        "frame": part.shot.work_frames * part.probability,
        "second": fps.seconds(part.shot.cut_frames) * part.probability,
        "person_day": hours / float(book.hours_per_person_day),
    }
    for other in book.other_costs(part.workflow, part.shot.complexity):
        quantity = _hundredths(amounts_of[other.unit])
        if quantity:
            source = f"{_HISTORY}: n = {other.shot_count:,} shots, {len(other.productions)} productions"
            yield part.line(
                other.kind,
                other.description,
                quantity,
                other.unit,
                other.unit_price,
                source=source,
                origin=other.origin,
            )


def _of_days(
    part: _Part, kind: LineKind, words: str, department: str, person_days: Decimal, price: Price | None
) -> BidLine:
    resource = f"labour:{department}" if price is None else price.resource
    return part.line(
        kind, words, person_days, "person_day", price.amount if price else None, department, resource,
        price.source if price else "", price.origin if price else "assumed",
    )  # fmt: skip


def _days_of_departments(person_days: float, shares: Sequence[tuple[str, float]]) -> list[tuple[str, Decimal]]:
    """Days to the hundredth that add up to all of them: odd hundredths go by the largest remainder."""
    whole = round(person_days * 100)
    exact = [person_days * 100 * share for _, share in shares]
    counts = [int(amount) for amount in exact]
    by_remainder = sorted(range(len(exact)), key=lambda number: counts[number] - exact[number])
    for number in by_remainder[: max(0, whole - sum(counts))]:
        counts[number] += 1
    return [(name, Decimal(count).scaleb(-2)) for (name, share), count in zip(shares, counts, strict=True) if share > 0]


def _hundredths(amount: float) -> Decimal:
    return Decimal(round(amount * 100)).scaleb(-2)
