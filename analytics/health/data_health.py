"""What a ledger's data lacks, and what its figures are made of, in one answer."""

from dataclasses import dataclass
from decimal import Decimal

from analytics.costing.missing_prices import MissingPrice
from analytics.costing.reckoned_costs import (
    By,
    CostReckoning,
    CostRow,
    cost_by,
    reckon_costs,
    report_currency,
    total_of,
)
from analytics.health.checks import CheckResult, run_checks
from analytics.health.kinds import KindShare, kind_shares
from analytics.ledger.asking import TableSummary, ledger_summary
from analytics.ledger.checking import Finding, check_ledger
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import Said, reckon_shots
from analytics.vocabulary.origin import Origin


@dataclass(frozen=True)
class CostOrigins:
    """Of what a sum of costs is made: shares by the weakest of fact, rate and exchange; they add up to 1.

    Attributes
    ----------
    label
        Kind of cost, such as people or machine; ``all`` for the whole.
    shares
        By origin; empty where the cost is nothing.
    line_count, missing_count
        Priced facts behind it, and those of them without a price, which are in no sum.
    """

    label: str
    cost: Decimal | None
    currency: str
    shares: dict[Origin, float]
    line_count: int
    missing_count: int

    @property
    def sure_share(self) -> float | None:
        """Of the cost, what rests on facts and rates that were measured or imported; ``None`` where there is none."""
        if not self.shares:
            return None
        return self.shares.get(Origin.MEASURED, 0.0) + self.shares.get(Origin.IMPORTED, 0.0)

    @classmethod
    def of_row(cls, row: CostRow, currency: str) -> "CostOrigins":
        """From a sum of costs."""
        parts = {
            Origin.MEASURED: row.measured_cost,
            Origin.IMPORTED: row.imported_cost,
            Origin.ASSUMED: row.assumed_cost,
            Origin.SYNTHETIC: row.synthetic_cost,
        }
        whole = sum(parts.values(), Decimal(0))
        shares = {origin: float(part / whole) for origin, part in parts.items() if part} if whole else {}
        return cls(row.label or "unknown", row.cost, currency, shares, row.line_count, row.missing_count)


@dataclass(frozen=True)
class DataHealth:
    """The state of a ledger's data.

    Attributes
    ----------
    tables
        Rows of each table of facts by origin.
    costs
        Origins of the whole cost, then of each kind of cost, the largest first.
    reckoning
        By which rate cards they are priced, and what has no price.
    checks
        Those that found something first, in the order of `checks.CHECKS`.
    faults
        What is broken in the ledger itself; empty where nothing is.
    has_synthetic, has_real
        Whether it holds demonstration shots and real ones; the first are left out where both are there.
    """

    tables: tuple[TableSummary, ...]
    costs: tuple[CostOrigins, ...]
    reckoning: CostReckoning
    checks: tuple[CheckResult, ...]
    kinds: tuple[KindShare, ...]
    faults: tuple[Finding, ...]
    has_synthetic: bool
    has_real: bool

    @property
    def missing(self) -> tuple[MissingPrice, ...]:
        """Facts that wait for a price, those with the most facts first."""
        return tuple(sorted(self.reckoning.missing, key=lambda price: -price.fact_count))

    @property
    def headline(self) -> str:
        """The state in one sentence."""
        if not (self.has_real or self.has_synthetic):
            return "There is nothing to look through yet."
        found, asked = len(self.found), len(self.checks)
        sure = self.costs[0].sure_share if self.costs else None
        made_of = "" if sure is None else f"{sure:.0%} of the cost rests on what was measured or imported"
        if not self.has_real:
            made_of = "every figure here is made up"
        gaps = f"{found} of {asked} checks found gaps" if found else f"all {asked} checks are in order"
        said = f"{made_of}; {gaps}." if made_of else f"{gaps}."
        return said[:1].upper() + said[1:]

    @property
    def details(self) -> tuple[str, ...]:
        """What the sentence rests on."""
        if not self.costs:
            return ("No fact has a price, because there is none: no hours, renders or bills.",)
        whole = self.costs[0]
        lines = f"{whole.line_count:,} priced facts"
        waiting = f"; {whole.missing_count:,} more wait for a price and are in no sum" if whole.missing_count else ""
        return (f"{lines}{waiting}. {self.reckoning}",)

    @property
    def found(self) -> tuple[CheckResult, ...]:
        """Checks that found something."""
        return tuple(result for result in self.checks if not result.is_in_order)


def data_health(ledger: Ledger, *, with_synthetic: bool = False, said: Said | None = None) -> DataHealth:
    """Look through a whole ledger: a few seconds where it holds millions of work entries.

    Parameters
    ----------
    with_synthetic
        Whether to count demonstration shots beside real ones.
    said
        Is told, in a sentence, what lasts longer than a moment.

    Raises
    ------
    LedgerError
        If the ledger cannot be read, or has to be reckoned and cannot be written.
    """
    reckon_shots(ledger, said)
    reckoning = reckon_costs(ledger, with_synthetic=with_synthetic, said=said)
    currency = report_currency(ledger)
    rows = cost_by(ledger, reckoning, By.KIND, currency, with_synthetic=with_synthetic)
    whole = (total_of(rows), *rows) if rows else ()
    if said is not None:
        said("Looking for gaps in hours, dates and workflows.")
    results = run_checks(ledger, with_synthetic=with_synthetic)
    tables = ledger_summary(ledger)
    (shots,) = (table for table in tables if table.table == "shots")
    return DataHealth(
        tables=tables,
        costs=tuple(CostOrigins.of_row(row, currency) for row in whole),
        reckoning=reckoning,
        checks=tuple(sorted(results, key=lambda result: result.is_in_order)),
        kinds=kind_shares(ledger, with_synthetic=with_synthetic),
        faults=tuple(finding for finding in check_ledger(ledger) if finding.severity == "problem"),
        has_synthetic=shots.synthetic_count > 0,
        has_real=shots.row_count > shots.synthetic_count,
    )
