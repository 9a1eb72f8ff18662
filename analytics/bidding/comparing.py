"""Two bids side by side: by shot, department and kind of line, with why they differ."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from analytics.vocabulary.bid import Bid, BidLine, BidShot, LineKind
from analytics.vocabulary.errors import InputRefused


@dataclass(frozen=True)
class AmountDifference:
    """One amount before and after; ``None`` where it is unknown. What one bid lacks altogether is zero there.

    Attributes
    ----------
    label
        A department, a kind of line, or empty.
    """

    before: Decimal | None
    after: Decimal | None
    label: str = ""

    @property
    def change(self) -> Decimal | None:
        """After less before."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class ShotDifference:
    """A shot that is not the same in both.

    Attributes
    ----------
    before, after
        ``None``: it is not in that bid.
    cost
        Direct cost with supervision and overhead.
    hours_change
        Of the mean people-hours.
    why
        In words.
    """

    code: str
    before: BidShot | None
    after: BidShot | None
    cost: AmountDifference
    hours_change: float
    why: tuple[str, ...]


@dataclass(frozen=True)
class BidComparison:
    """What became of a bid, or how two offers differ.

    Attributes
    ----------
    shots
        Those that differ: new ones, omitted ones, then by how much their cost changes.
    departments
        Cost of people, for every department of either.
    kinds
        For every kind of line of either.
    why
        What differs beside the shots, in sentences.
    """

    before: Bid
    after: Bid
    base: AmountDifference
    contingency: AmountDifference
    margin: AmountDifference
    gross: AmountDifference
    incentive: AmountDifference
    net: AmountDifference
    hours_change: float
    shots: tuple[ShotDifference, ...]
    departments: tuple[AmountDifference, ...]
    kinds: tuple[AmountDifference, ...]
    why: tuple[str, ...]


def compare_bids(before: Bid, after: Bid) -> BidComparison:
    """Hold two versions or two bids against each other.

    Raises
    ------
    InputRefused
        If they are in two currencies.
    """
    if before.currency != after.currency:
        raise InputRefused(
            "bid", after.bid_id, f"is in {after.currency}, and {before.bid_id} in {before.currency}",
            "make one of them again with --currency",
        )  # fmt: skip
    of_whole = {
        name: AmountDifference(getattr(before.totals, name), getattr(after.totals, name), name)
        for name in ("base", "contingency", "margin", "gross", "incentive", "net")
    }
    people = [[line for line in bid.lines if line.kind is LineKind.PEOPLE] for bid in (before, after)]
    return BidComparison(
        before,
        after,
        **of_whole,
        hours_change=after.people_hours.mean - before.people_hours.mean,
        shots=tuple(sorted(_shots(before, after), key=_by_size)),
        departments=_by(people, lambda line: line.department or ""),
        kinds=_by([before.lines, after.lines], lambda line: line.kind.value),
        why=tuple(_why(before, after)),
    )


def comparison_to_json(compared: BidComparison) -> dict[str, Any]:
    """A comparison ready for `json.dumps`: money as numbers to the cent in ``currency``, unknown amounts ``null``."""
    whole = (compared.base, compared.contingency, compared.margin, compared.gross, compared.incentive, compared.net)
    return {
        "before": {"bid_id": compared.before.bid_id, "version_number": compared.before.version_number},
        "after": {"bid_id": compared.after.bid_id, "version_number": compared.after.version_number},
        "currency": compared.after.currency,
        "totals": {each.label: _plain(each) for each in whole},
        "people_hours": {
            "before": compared.before.people_hours.mean,
            "after": compared.after.people_hours.mean,
            "change": compared.hours_change,
        },
        "shots": [
            {
                "code": shot.code,
                "is": "new" if shot.before is None else "omitted" if shot.after is None else "changed",
                "cost": _plain(shot.cost),
                "people_hours_change": shot.hours_change,
                "why": list(shot.why),
            }
            for shot in compared.shots
        ],
        "departments": {each.label: _plain(each) for each in compared.departments},
        "kinds": {each.label: _plain(each) for each in compared.kinds},
        "why": list(compared.why),
    }


def _plain(difference: AmountDifference) -> dict[str, float | None]:
    amounts = {"before": difference.before, "after": difference.after, "change": difference.change}
    return {name: None if amount is None else float(amount) for name, amount in amounts.items()}


def shot_changes(before: BidShot, after: BidShot) -> tuple[str, ...]:
    """How a shot itself differs, in words."""
    pairs: list[tuple[str, object, object]] = [
        ("frames on screen", before.cut_frames, after.cut_frames),
        ("frames of handles", before.handle_frames, after.handle_frames),
        ("kind", before.kind.value, after.kind.value),
        ("complexity", before.complexity.value, after.complexity.value),
        ("workflow", before.workflow.label, after.workflow.label),
        ("vendor", before.vendor or "the studio itself", after.vendor or "the studio itself"),
    ]
    said = [f"{name}: {was} to {now}" for name, was, now in pairs if was != now]
    if before.description != after.description:
        said.append("described otherwise")
    chance = after.ai_probability - before.ai_probability
    if abs(chance) >= 0.05 and before.workflow is after.workflow:
        said.append(f"chance of AI {before.ai_probability:.0%} to {after.ai_probability:.0%}")
    return tuple(said)


def _shots(before: Bid, after: Bid) -> Iterator[ShotDifference]:
    was, now = ({shot.code: shot for shot in bid.shots} for bid in (before, after))
    prices = _prices(before), _prices(after)
    for code in dict.fromkeys((*now, *was)):
        old, new = was.get(code), now.get(code)
        cost = AmountDifference(_cost(old), _cost(new), code)
        hours = (new.people_hours.mean if new else 0.0) - (old.people_hours.mean if old else 0.0)
        if old is None or new is None:
            why: tuple[str, ...] = ("new",) if old is None else ("omitted",)
        else:
            changes = shot_changes(old, new)
            if cost.before == cost.after and not changes and abs(hours) < 0.005:
                continue
            why = changes or tuple(_of_price_or_estimate(hours, old, code, *prices))
        yield ShotDifference(code, old, new, cost, hours, why)


def _of_price_or_estimate(
    hours: float,
    old: BidShot,
    code: str,
    before: Mapping[str, frozenset[object]],
    after: Mapping[str, frozenset[object]],
) -> Iterator[str]:
    if abs(hours) >= 0.005:
        share = f" ({hours / old.people_hours.mean:+.0%})" if old.people_hours.mean else ""
        yield f"estimated at {hours:+,.1f} hours{share} from another history or model"
    if before.get(code) != after.get(code):
        yield "other prices"


def _prices(bid: Bid) -> dict[str, frozenset[object]]:
    """What each shot's things cost."""
    found: dict[str, set[object]] = {}
    for line in bid.lines:
        if line.shot_code is not None:
            price = line.quantity if line.unit == "share" else line.unit_price
            found.setdefault(line.shot_code, set()).add((line.kind, line.department, line.workflow, price))
    return {code: frozenset(prices) for code, prices in found.items()}


def _cost(shot: BidShot | None) -> Decimal | None:
    if shot is None:
        return Decimal("0.00")
    return None if shot.cost is None else shot.cost.mean


def _by(sides: Sequence[Iterable[BidLine]], label: Callable[[BidLine], str]) -> tuple[AmountDifference, ...]:
    sums: list[dict[str, Decimal | None]] = [{}, {}]
    for lines, found in zip(sides, sums, strict=True):
        for line in lines:
            so_far = found.get(label(line), Decimal("0.00"))
            found[label(line)] = None if so_far is None or line.amount is None else so_far + line.amount
    before, after = sums
    zero = Decimal("0.00")
    return tuple(
        AmountDifference(before.get(name, zero), after.get(name, zero), name)
        for name in dict.fromkeys((*before, *after))
    )


def _by_size(shot: ShotDifference) -> tuple[int, Decimal, str]:
    group = 0 if shot.before is None else 1 if shot.after is None else 2
    return group, -abs(shot.cost.change or Decimal(0)), shot.code


def _why(before: Bid, after: Bid) -> Iterator[str]:
    for order in after.change_orders:
        if order not in before.change_orders:
            yield (
                f"Change order {order.number} of {order.made_on}: {order.reason} "
                f"({len(order.added)} new, {len(order.omitted)} omitted, {len(order.changed)} changed)."
            )
    if before.shot_list_sha256 != after.shot_list_sha256:
        yield f"Made from {before.shot_list_name} and from {after.shot_list_name}."
    if before.ground.rate_cards != after.ground.rate_cards:
        yield f"Priced by {' and '.join(before.ground.rate_cards)}, then by {' and '.join(after.ground.rate_cards)}."
    if before.priced_on != after.priced_on:
        yield f"Priced on {before.priced_on}, then on {after.priced_on}."
    if before.mix != after.mix:
        yield f"Workflows by the mix {before.mix}, then {after.mix}."
    if before.confidence != after.confidence:
        yield f"Covers {before.confidence:.0%} of outcomes, then {after.confidence:.0%}."
    if before.ground.n_shots != after.ground.n_shots:
        yield f"Learned from {before.ground.n_shots:,} past shots, then from {after.ground.n_shots:,}."
