"""Sums of costs by production, shot, department and so on, with incentive and net beside the gross."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.costing.exchange import reporting_rates
from analytics.costing.net_costs import NetCosts
from analytics.costing.reckoned_costs import By, CostRow
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused

HOURS_AND_UPLIFTS = ("people", "supervision", "overhead")
"""Kinds of cost that a department is named by; of all others, the kind is."""


@dataclass(frozen=True)
class NetRow:
    """A sum of costs and what it is net.

    Attributes
    ----------
    gross
        As `reckoned_costs.cost_by` answers.
    incentive
        Credits less their tax, negative where something is paid; ``None`` where nothing has a price.
    """

    gross: CostRow
    incentive: Decimal | None

    @property
    def net(self) -> Decimal | None:
        """Gross and incentive together."""
        return None if self.gross.cost is None or self.incentive is None else self.gross.cost + self.incentive


def net_rows(ledger: Ledger, rows: Sequence[CostRow], by: By, net: NetCosts, currency: str) -> tuple[NetRow, ...]:
    """Put incentive and net beside the rows of a question, in the rows' currency.

    Incentives are exchanged as the costs are: all of a production at the rate of its last day.

    Raises
    ------
    InputRefused
        If the rows are of months: a credit is a production's, and no month's.
    """
    if by is By.MONTH:
        raise InputRefused(
            "--by", by.value, "doesn't go with incentives, which are a production's and no month's", "ask by another"
        )
    key = _keys(ledger, by)
    rates = reporting_rates(ledger, currency)
    sums: dict[tuple[str | None, str | None], Decimal] = {}
    columns = ("production_id", "shot_id", "arm", "workflow", "cost_kind", "part")
    words = zip(*(net.cells[column].to_list() for column in columns), strict=True)
    for known, incentive in zip(words, net.cells["incentive"].to_list(), strict=True):
        if not incentive:
            continue
        cell = {name: word if isinstance(word, str) else None for name, word in zip(columns, known, strict=True)}
        rate = rates.get(cell["production_id"] or "")
        if rate is not None:
            sums[key(cell)] = sums.get(key(cell), Decimal(0)) + incentive * rate
    found = [(row, sums.get(_key_of_row(row, by), Decimal(0))) for row in rows]
    return tuple(NetRow(row, None if row.cost is None else incentive) for row, incentive in found)


def total_net(total: CostRow, rows: Sequence[NetRow]) -> NetRow:
    """All rows together, with their gross total."""
    known = [row.incentive for row in rows if row.incentive is not None]
    return NetRow(total, sum(known, Decimal(0)) if known else None)


def _keys(ledger: Ledger, by: By) -> Callable[[dict[str, str | None]], tuple[str | None, str | None]]:
    """Which row a cell belongs to: its production where rows are told apart by it, and its label or shot."""
    sequences = (
        {row["shot_id"]: row["sequence"] for row in ledger.ask_rows("sequences_of_shots")} if by is By.SEQUENCE else {}
    )

    def key(cell: dict[str, str | None]) -> tuple[str | None, str | None]:
        match by:
            case By.PRODUCTION:
                return cell["production_id"], None
            case By.SHOT:
                return cell["production_id"], cell["shot_id"]
            case By.SEQUENCE:
                return cell["production_id"], sequences.get(cell["shot_id"])
            case By.DEPARTMENT:
                return None, cell["part"] if cell["cost_kind"] in HOURS_AND_UPLIFTS else cell["cost_kind"]
            case By.KIND:
                return None, cell["cost_kind"]
            case _:
                return None, cell[by.value]

    return key


def _key_of_row(row: CostRow, by: By) -> tuple[str | None, str | None]:
    match by:
        case By.PRODUCTION:
            return row.production_id, None
        case By.SHOT:
            return row.production_id, row.shot_id
        case By.SEQUENCE:
            return row.production_id, row.label
        case _:
            return None, row.label
