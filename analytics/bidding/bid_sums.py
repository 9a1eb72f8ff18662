"""A bid summed the ways a producer asks for it: kinds of line, departments, sequences, dearest shots, flags."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.bidding.documents.bid_words import HOURS_PER_WEEK
from analytics.bidding.documents.contract_json import unpriced_words
from analytics.bidding.documents.line_plan import DAY_KINDS
from analytics.vocabulary.bid import Bid, BidLine, BidShot, Hours, LineKind


@dataclass(frozen=True)
class KindSum:
    """Lines of one kind; ``amount`` is ``None`` where one has no price, ``share`` is of the gross."""

    kind: LineKind
    amount: Decimal | None
    share: Decimal | None


@dataclass(frozen=True)
class DepartmentSum:
    """A department over all shots: its range of people-hours, its person-days and what they and their seats cost."""

    department: str
    people_hours: Hours
    person_days: Decimal
    amount: Decimal | None

    @property
    def artist_weeks(self) -> Hours:
        """The same range in weeks of one artist."""
        hours = self.people_hours
        return Hours(*(each / HOURS_PER_WEEK for each in (hours.p10, hours.p50, hours.p90, hours.mean)))


@dataclass(frozen=True)
class SequenceSum:
    """A sequence: shots, expected shots by AI, mean people-hours, and the mean of what its shots cost."""

    sequence: str | None
    shot_count: int
    ai_shots: float
    cut_frames: int
    people_hours: float
    amount: Decimal | None
    share: Decimal | None


@dataclass(frozen=True)
class Flagged:
    """One remark on shots, and the shots it is on."""

    words: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class HalfOfCost:
    """The fewest shots that make up half of the cost, the dearest first."""

    codes: tuple[str, ...]
    share: Decimal


@dataclass(frozen=True)
class BidSums:
    """All of these of one bid.

    Attributes
    ----------
    margin
        Share of base and contingency; ``None`` where a price is missing.
    unpriced
        Why amounts are missing, in sentences.
    territory
        Where most of its lines are paid.
    """

    kinds: tuple[KindSum, ...]
    departments: tuple[DepartmentSum, ...]
    sequences: tuple[SequenceSum, ...]
    flags: tuple[Flagged, ...]
    half: HalfOfCost | None
    margin: Decimal | None
    line_count: int
    unpriced: tuple[str, ...]
    territory: str | None


def sums_of(bid: Bid) -> BidSums:
    """Everything of a bid that is not told by the bid itself."""
    return BidSums(
        kind_sums(bid),
        department_sums(bid),
        sequence_sums(bid),
        flagged_shots(bid),
        half_of_cost(bid),
        margin_share(bid),
        len(bid.lines),
        unpriced_words(bid),
        _usual_territory(bid),
    )


def kind_sums(bid: Bid) -> tuple[KindSum, ...]:
    """Every kind of line that the bid has, in the order in which a bid is read; they add up to the gross."""
    found = []
    for kind in LineKind:
        own = [line for line in bid.lines if line.kind is kind]
        if own:
            amount = _sum(own)
            found.append(KindSum(kind, amount, _share(amount, bid.totals.gross)))
    return tuple(found)


def department_sums(bid: Bid) -> tuple[DepartmentSum, ...]:
    """Every department, the largest first."""
    day_lines: dict[str, list[BidLine]] = {}
    for line in bid.lines:
        if line.unit == "person_day" and line.kind in DAY_KINDS:
            day_lines.setdefault(line.department or line.kind.value, []).append(line)
    return tuple(
        DepartmentSum(
            each.department,
            each.people_hours,
            sum((line.quantity for line in own if line.kind is not LineKind.LICENCE), Decimal(0)),
            _sum(own) if own else None,
        )
        for each in bid.departments
        for own in [day_lines.get(each.department, [])]
    )


def sequence_sums(bid: Bid) -> tuple[SequenceSum, ...]:
    """Every sequence in the order of the list; ``share`` is of the cost of all shots."""
    whole = _sum_known([_mean_cost(shot) for shot in bid.shots])
    found = []
    for name in dict.fromkeys(shot.sequence for shot in bid.shots):
        own = [shot for shot in bid.shots if shot.sequence == name]
        amount = _sum_known([_mean_cost(shot) for shot in own])
        found.append(
            SequenceSum(
                name,
                len(own),
                sum(shot.ai_probability for shot in own),
                sum(shot.cut_frames for shot in own),
                sum(shot.people_hours.mean for shot in own),
                amount,
                _share(amount, whole),
            )
        )
    return tuple(found)


def flagged_shots(bid: Bid) -> tuple[Flagged, ...]:
    """Each remark on shots once, that of most shots first."""
    found: dict[str, list[str]] = {}
    for shot in bid.shots:
        for flag in shot.flags:
            found.setdefault(flag, []).append(shot.code)
    return tuple(Flagged(words, tuple(codes)) for words, codes in sorted(found.items(), key=lambda each: -len(each[1])))


def half_of_cost(bid: Bid) -> HalfOfCost | None:
    """Which few shots cost as much as all others; ``None`` where a price is missing."""
    costs = [(shot.cost.mean, shot.code) for shot in bid.shots if shot.cost is not None]
    whole = sum((cost for cost, _ in costs), Decimal(0))
    if len(costs) < len(bid.shots) or not whole:
        return None
    return HalfOfCost(*_dearest(sorted(costs, key=lambda each: (-each[0], each[1])), whole))


def margin_share(bid: Bid) -> Decimal | None:
    """What share margin is of base and contingency; ``None`` where a price is missing."""
    totals = bid.totals
    if totals.base is None or totals.contingency is None or totals.margin is None:
        return None
    covered = totals.base + totals.contingency
    return (totals.margin / covered).quantize(Decimal("0.0001")) if covered else Decimal(0)


def _dearest(costs: Sequence[tuple[Decimal, str]], whole: Decimal) -> tuple[tuple[str, ...], Decimal]:
    so_far = Decimal(0)
    codes: list[str] = []
    for cost, code in costs:
        so_far += cost
        codes.append(code)
        if 2 * so_far >= whole:
            break
    return tuple(codes), so_far / whole


def _usual_territory(bid: Bid) -> str | None:
    counts = Counter(line.territory for line in bid.lines if line.territory)
    return counts.most_common(1)[0][0] if counts else None


def _mean_cost(shot: BidShot) -> Decimal | None:
    return None if shot.cost is None else shot.cost.mean


def _sum(lines: Sequence[BidLine]) -> Decimal | None:
    return _sum_known([line.amount for line in lines])


def _sum_known(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal("0.00")) if len(known) == len(amounts) else None


def _share(amount: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return amount / whole if amount is not None and whole else None
