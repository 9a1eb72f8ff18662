"""How the lines of a bid hang together: what is typed in, what follows from it, and of which lines a share is taken.

A workbook is alive where its amounts are worked out from day counts, prices and shares that stand in one cell each. A
bid says of a share only the amount that it was taken of; which lines that is the sum of is found here, to the cent.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from analytics.vocabulary.bid import Bid, BidLine, BidTotals, LineKind
from analytics.vocabulary.department import Department

WHOLE_BID = 0
"""The number of what is of no single shot; shots are numbered from 1."""

DIRECT, UPLIFTED, OVERHEADED, CONTINGENT, MARGINED = range(5)
"""Levels of lines: a share is taken of lines of lower levels only, so that no sum can run in a circle."""

DAY_KINDS = (LineKind.PEOPLE, LineKind.SUPERVISION)
"""Kinds whose person-days are worked by people; those of other kinds only go by them."""

_LEVELS = {
    LineKind.OVERHEAD: OVERHEADED,
    LineKind.CONTINGENCY: CONTINGENT,
    LineKind.MARGIN: MARGINED,
}
_ALL = ""
"""All departments of a shot."""

_SAME = ("shot_code", "workflow", "department", "vendor", "territory")
SUPERVISING = (Department.SUPERVISION.value, Department.PRODUCTION.value)
"""Departments that do the supervising: none is charged on their hours."""

_MOST_PRICES = 12
"""Of more prices for one resource than this, each stands with its line: they are no rate that a person would edit."""


@dataclass(frozen=True)
class Base:
    """Kinds of lines that a share may be taken of; ``kinds`` empty: all of lower levels."""

    kinds: tuple[LineKind, ...] = ()
    supervising: bool = True


@dataclass(frozen=True)
class Scope:
    """Of which lines a share is taken: those of its base that agree with it in the fields ``same``."""

    base: Base
    same: tuple[str, ...] = ()


_PEOPLE, _SUPERVISED = Base((LineKind.PEOPLE,)), Base((LineKind.PEOPLE,), supervising=False)
_BASES = (_PEOPLE, Base((LineKind.PEOPLE, LineKind.SUPERVISION)), Base((LineKind.MACHINE,)), Base())


@dataclass(frozen=True)
class Rate:
    """A price that lines share, as the sheet of rates lists it."""

    resource: str
    unit: str
    price: Decimal | None
    source: str
    origin: str


@dataclass(frozen=True)
class Share:
    """A share that lines share; ``None`` where it cannot be told before every price is known."""

    kind: LineKind
    resource: str
    share: Decimal | None
    source: str
    origin: str


@dataclass(frozen=True)
class PlannedLine:
    """A line with what its cells are made from.

    Attributes
    ----------
    day_share
        Of the shot's days in its department, or in all where it has none: for people, and for what goes by their days,
        such as seats of software. ``None`` for all else.
    rate, share
        Where its price or share stands; ``None``: with the line itself.
    scope
        Of a share.
    follows
        Whether ``amount`` is quantity times price to the cent; if not it stands as it is.
    half_to_even
        Whether a sheet's own rounding, half away from zero, would be a cent above it.
    """

    line: BidLine
    shot_number: int
    level: int
    day_share: float | None = None
    rate: Rate | None = None
    share: Share | None = None
    scope: Scope | None = None
    follows: bool = True
    half_to_even: bool = False

    @property
    def is_days(self) -> bool:
        """Whether it is days that somebody works."""
        return _is_days(self.line)


@dataclass(frozen=True)
class LinePlan:
    """All lines, lower levels first and shots in the bid's order within each.

    Attributes
    ----------
    days
        Person-days by shot number and department.
    """

    lines: tuple[PlannedLine, ...]
    rates: tuple[Rate, ...]
    shares: tuple[Share, ...]
    departments: tuple[str, ...]
    days: Mapping[tuple[int, str], Decimal]

    @property
    def base_line_count(self) -> int:
        """Lines that make up the base: all but contingency and margin, which come last."""
        return self.count_below(CONTINGENT)

    def count_below(self, level: int) -> int:
        """Lines of lower levels; they come first."""
        return bisect_left(self.lines, level, key=lambda each: each.level)

    @property
    def missing_count(self) -> int:
        """Prices and shares still to be filled in."""
        return sum(rate.price is None for rate in self.rates) + sum(share.share is None for share in self.shares)


def department_of(line: BidLine) -> str:
    """The column its days stand in."""
    return line.department or line.kind.value


def plan_lines(bid: Bid) -> LinePlan:
    """Lay out the lines of a bid."""
    numbers = {shot.code: number for number, shot in enumerate(bid.shots, 1)}
    lines = [line for line in bid.lines if line.kind not in (LineKind.CONTINGENCY, LineKind.MARGIN)]
    lines += _closing_lines(bid)
    numbered = [(numbers.get(line.shot_code or "", WHOLE_BID), line) for line in lines]
    days: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for number, line in numbered:
        if _is_days(line):
            days[number, department_of(line)] += line.quantity
            days[number, _ALL] += line.quantity
    prices = Counter(name for name, _ in {(_priced_thing(line), line.unit_price) for line in lines})
    planned = []
    bases = _Bases(lines)
    for number, line in numbered:
        level = _level(line)
        if level == DIRECT:
            planned.append(_direct(line, number, days, prices[_priced_thing(line)]))
        elif level < CONTINGENT:
            known_shot = line.shot_code is None or number != WHOLE_BID
            planned.append(_uplift(line, number, level, bases.scope_of(line) if known_shot else None))
        else:
            planned.append(_closing(line, level, bases.sum_below(level)))
    last = len(bid.shots) + 1
    planned.sort(
        key=lambda each: (
            each.level,
            each.shot_number or last,
            list(LineKind).index(each.line.kind),
            department_order(each.line.department or ""),
        )
    )
    return LinePlan(
        tuple(planned),
        tuple(dict.fromkeys(each.rate for each in sorted(planned, key=_rate_order) if each.rate)),
        tuple(dict.fromkeys(each.share for each in planned if each.share)),
        tuple(sorted({department for _, department in days if department != _ALL}, key=department_order)),
        {cell: worked for cell, worked in days.items() if cell[1] != _ALL},
    )


def department_order(department: str) -> tuple[int, str]:
    """As work flows through a studio; departments of a studio's own come last, by name."""
    order = [str(each) for each in Department]
    return (order.index(department) if department in order else len(order), department)


def _rate_order(planned: PlannedLine) -> tuple[int, tuple[int, str], str]:
    line = planned.line
    return list(LineKind).index(line.kind), department_order(line.department or ""), line.resource


def _is_days(line: BidLine) -> bool:
    """Whether its quantity is days that somebody works; seats of software and bills only go by such days."""
    return line.unit == "person_day" and line.kind in DAY_KINDS


def _level(line: BidLine) -> int:
    if line.kind in (LineKind.CONTINGENCY, LineKind.MARGIN):
        return _LEVELS[line.kind]
    return _LEVELS.get(line.kind, UPLIFTED) if line.unit == "share" else DIRECT


def _closing_lines(bid: Bid) -> Iterator[BidLine]:
    """Contingency and margin, which a bid may give in its totals alone."""
    for kind, amount in _closing_amounts(bid.totals):
        known = [line for line in bid.lines if line.kind is kind]
        yield from known or [
            BidLine(kind, None, None, None, kind.value.capitalize(), Decimal(1), "lump", amount, amount)
        ]


def _closing_amounts(totals: BidTotals) -> tuple[tuple[LineKind, Decimal | None], ...]:
    return (LineKind.CONTINGENCY, totals.contingency), (LineKind.MARGIN, totals.margin)


def _priced_thing(line: BidLine) -> str:
    return line.resource or (department_of(line) if _is_days(line) else line.description)


def _direct(line: BidLine, number: int, days: Mapping[tuple[int, str], Decimal], price_count: int) -> PlannedLine:
    cell = _days_it_goes_by(line, number, days)
    day_share = None if cell is None else float(line.quantity / cell) if cell else 0.0
    rate = None
    if line.unit != "lump" and (line.unit == "person_day" or price_count <= _MOST_PRICES):
        rate = Rate(_priced_thing(line), line.unit, line.unit_price, line.rate_source, str(line.origin))
    follows, half_to_even = _rounding(line.quantity, line.unit_price, line.amount)
    return PlannedLine(line, number, DIRECT, day_share, rate, None, None, follows, half_to_even)


def _uplift(line: BidLine, number: int, level: int, scope: Scope | None) -> PlannedLine:
    share = Share(line.kind, line.resource, line.quantity, line.rate_source, str(line.origin))
    follows, half_to_even = _rounding(line.quantity, line.base_amount, line.amount)
    return PlannedLine(line, number, level, None, None, share, scope, follows, half_to_even)


def _closing(line: BidLine, level: int, base: Decimal | None) -> PlannedLine:
    """Contingency and margin as shares of what stands above them, so that they follow what is edited there."""
    part: Decimal | None = None
    if line.unit == "share" and (line.base_amount in (base, None)):
        part = line.quantity
    elif line.amount is not None and base:
        exact = line.amount / base
        # A share that somebody chose is shown as chosen; one that was worked out keeps the digits that give its cents.
        chosen = round(exact, 4)
        part = chosen if round(chosen * base, 2) == line.amount else Decimal(str(float(exact)))
    elif line.amount is not None:
        part = Decimal(0)
    share = Share(line.kind, line.resource, part, line.rate_source, str(line.origin))
    follows, half_to_even = _rounding(part, base, line.amount)
    return PlannedLine(line, WHOLE_BID, level, None, None, share, Scope(Base()), follows, half_to_even)


def _days_it_goes_by(line: BidLine, number: int, days: Mapping[tuple[int, str], Decimal]) -> Decimal | None:
    if line.unit != "person_day":
        return None
    if _is_days(line) or line.department:
        return days.get((number, department_of(line)))
    return days.get((number, _ALL))


def _rounding(quantity: Decimal | None, price: Decimal | None, amount: Decimal | None) -> tuple[bool, bool]:
    """Whether the amount follows from quantity and price, and whether only if rounded half to even."""
    if quantity is None or price is None or amount is None:
        return amount is None, False
    away_from_zero = (quantity * price).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return (True, False) if away_from_zero == amount else (round(quantity * price, 2) == amount > 0, True)


class _Bases:
    """Sums of lines by what they have in common, each worked out when it is first asked for."""

    def __init__(self, lines: Sequence[BidLine]) -> None:
        self.lines = lines
        self.sums: dict[tuple[Scope, int], dict[tuple[object, ...], Decimal]] = {}
        self.found: dict[tuple[LineKind, bool], Scope] = {}
        self.has_supervising = any(_is_supervising(line) for line in lines)

    def sum_below(self, level: int) -> Decimal | None:
        amounts = [line.amount for line in self.lines if _level(line) < level]
        return None if None in amounts else sum((amount for amount in amounts if amount is not None), Decimal(0))

    def scope_of(self, line: BidLine) -> Scope | None:
        """Which lines the share's base is the sum of; ``None`` where it is no such sum."""
        alike = (line.kind, line.shot_code is None)
        known = self.found.get(alike)
        if line.base_amount is None:
            its_own = ("shot_code", "workflow") if line.workflow else ("shot_code",)
            return known or Scope(self._bases(line.kind)[0], its_own if line.shot_code else ())
        for scope in ([known] if known else []) + list(self._scopes(line)):
            if self._sum(scope, line) == line.base_amount:
                self.found[alike] = scope
                return scope
        return None

    def _scopes(self, line: BidLine) -> Iterator[Scope]:
        """Scopes to try, those with the fewest conditions first; a shot's share is never taken of other shots."""
        its_own = [field for field in _SAME if getattr(line, field) is not None]
        for count in range(len(its_own) + 1):
            for same in combinations(its_own, count):
                if line.shot_code is None or "shot_code" in same:
                    yield from (Scope(base, same) for base in self._bases(line.kind))

    def _bases(self, kind: LineKind) -> tuple[Base, ...]:
        """Bases to try. Many shots have no hours of supervising; theirs must not decide against those that do."""
        if not self.has_supervising:
            return _BASES
        return (_SUPERVISED, *_BASES) if kind is LineKind.SUPERVISION else (*_BASES, _SUPERVISED)

    def _sum(self, scope: Scope, line: BidLine) -> Decimal | None:
        level = _level(line)
        if (scope, level) not in self.sums:
            sums: dict[tuple[object, ...], Decimal] = defaultdict(Decimal)
            for each in self.lines:
                if _level(each) < level and _counts(scope.base, each):
                    sums[tuple(getattr(each, field) for field in scope.same)] += each.amount or 0
            self.sums[scope, level] = sums
        return self.sums[scope, level].get(tuple(getattr(line, field) for field in scope.same))


def _counts(base: Base, line: BidLine) -> bool:
    return (not base.kinds or line.kind in base.kinds) and (base.supervising or not _is_supervising(line))


def _is_supervising(line: BidLine) -> bool:
    return line.kind is LineKind.PEOPLE and line.department in SUPERVISING
