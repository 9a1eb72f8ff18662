"""Where everything stands in the workbook: the addresses that formulas of one sheet take from another."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import cache, cached_property

from analytics.bidding.documents.line_plan import CONTINGENT, WHOLE_BID, LinePlan, Rate, Share, department_of
from analytics.vocabulary.bid import Bid

SUMMARY, SHOTS, SEQUENCES, DEPARTMENTS, LINES, RATES, ASSUMPTIONS, INCENTIVES, CHANGES = (
    "Summary", "Shots", "Sequences", "Departments", "Lines", "Rates", "Assumptions", "Incentives", "Changes",
)  # fmt: skip
"""The sheets, in their order; names stay as they are, because other workbooks link to them."""

NO_PRICE = "no price"
HEAD_ROW = 3
FIRST_ROW = HEAD_ROW + 1
"""Of the tables on Shots, Lines and Rates, counted from 0: title, subtitle and an empty row stand above."""


class ShotColumn(IntEnum):
    """Columns of Shots before its departments."""

    NUMBER = 0
    SEQUENCE = 1
    CODE = 2
    DESCRIPTION = 3
    KIND = 4
    COMPLEXITY = 5
    WORKFLOW = 6
    AI = 7
    CUT = 8
    HANDLES = 9
    WORK = 10
    FIRST_DEPARTMENT = 11


class LineColumn(IntEnum):
    """Columns of Lines."""

    NUMBER = 0
    SHOT = 1
    KIND = 2
    DEPARTMENT = 3
    WORKFLOW = 4
    DESCRIPTION = 5
    VENDOR = 6
    TERRITORY = 7
    DAY_SHARE = 8
    QUANTITY = 9
    UNIT = 10
    PRICE = 11
    AMOUNT = 12
    ACCOUNT = 13
    RESOURCE = 14
    SOURCE = 15
    ORIGIN = 16


RATE_PRICE_COLUMN = 3


@dataclass(frozen=True)
class Places:
    """The bid, the plan of its lines and the address of every cell that a formula needs."""

    bid: Bid
    plan: LinePlan

    @cached_property
    def has_whole_bid_row(self) -> bool:
        """Whether some of the base is of no single shot."""
        return any(each.shot_number == WHOLE_BID for each in self.plan.lines if each.level < CONTINGENT)

    @cached_property
    def last_shot_row(self) -> int:
        """Of Shots, with the row of what is of no single shot."""
        return FIRST_ROW + len(self.bid.shots) + self.has_whole_bid_row - 1

    def day_column(self, department: str) -> int:
        """Of Shots."""
        return ShotColumn.FIRST_DEPARTMENT + self.plan.departments.index(department)

    @property
    def days_column(self) -> int:
        """Of Shots: all departments."""
        return ShotColumn.FIRST_DEPARTMENT + len(self.plan.departments)

    @property
    def cost_column(self) -> int:
        """Of Shots."""
        return self.days_column + 1

    def shots(self, column: int) -> str:
        """A column of the table of shots."""
        return _span(SHOTS, FIRST_ROW, self.last_shot_row, column)

    def lines(self, column: int, count: int | None = None) -> str:
        """A column of the first so many lines; those of the base where no count is given."""
        count = self.plan.base_line_count if count is None else count
        return _span(LINES, FIRST_ROW, FIRST_ROW + max(count, 1) - 1, column)

    def rate(self, rate: Rate) -> str:
        """The cell of a price."""
        return _cell(RATES, FIRST_ROW + self._rate_positions[rate], RATE_PRICE_COLUMN)

    @cached_property
    def _rate_positions(self) -> dict[Rate, int]:
        return {rate: position for position, rate in enumerate(self.plan.rates)}

    @property
    def share_head_row(self) -> int:
        """Of Rates: shares stand under the prices."""
        return FIRST_ROW + len(self.plan.rates) + 2

    def share(self, share: Share) -> str:
        """The cell of a share."""
        return _cell(RATES, self.share_head_row + 1 + self.plan.shares.index(share), RATE_PRICE_COLUMN)

    @property
    def last_share_row(self) -> int:
        """Of Rates."""
        return self.share_head_row + len(self.plan.shares)

    @property
    def missing(self) -> str:
        """The cell that counts prices and shares to be filled in."""
        return _cell(RATES, 1, RATE_PRICE_COLUMN)

    def priced(self, formula: str) -> str:
        """A formula that says so where a price is missing, instead of a sum that lacks it."""
        return f'=IF({self.missing}>0,"{NO_PRICE}",{formula})'

    def amount_of(self, shot_number: int) -> Decimal | None:
        """What the lines of a shot come to, without contingency and margin; ``None`` where one has no price."""
        return self._amounts[shot_number]

    @cached_property
    def base_amount(self) -> Decimal | None:
        """All lines without contingency and margin; ``None`` where a price or share is missing."""
        if self.plan.missing_count:
            return None
        return sum_or_none([each.line.amount for each in self.plan.lines if each.level < CONTINGENT])

    @cached_property
    def _amounts(self) -> dict[int, Decimal | None]:
        amounts: dict[int, Decimal | None] = dict.fromkeys(range(len(self.bid.shots) + 1), Decimal(0))
        for each in self.plan.lines:
            if each.level < CONTINGENT:
                so_far, own = amounts[each.shot_number], each.line.amount
                amounts[each.shot_number] = None if so_far is None or own is None else so_far + own
        return amounts

    def people_amount(self, department: str) -> Decimal | None:
        """What the days of a department come to."""
        return sum_or_none(self._people_amounts[department])

    @cached_property
    def _people_amounts(self) -> dict[str, list[Decimal | None]]:
        amounts: dict[str, list[Decimal | None]] = defaultdict(list)
        for each in self.plan.lines:
            if each.is_days:
                amounts[department_of(each.line)].append(each.line.amount)
        return amounts


def sum_or_none(amounts: list[Decimal | None]) -> Decimal | None:
    """Their sum; ``None`` where one is not known."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None


def shown(amount: Decimal | None) -> float | str:
    """What a cell of money holds."""
    return NO_PRICE if amount is None else float(amount)


@cache
def column_name(column: int) -> str:
    """``A`` for 0."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


@cache
def _cell(sheet: str, row: int, column: int) -> str:
    return f"{sheet}!${column_name(column)}${row + 1}"


@cache
def _span(sheet: str, first_row: int, last_row: int, column: int) -> str:
    name = column_name(column)
    return f"{sheet}!${name}${first_row + 1}:${name}${last_row + 1}"
