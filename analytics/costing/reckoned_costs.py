"""What the facts of a ledger cost by a rate card: reckoned once, then asked by shot, production, month and so on."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from analytics.costing.missing_prices import MissingPrice
from analytics.costing.rate_choice import HISTORY_CARD, Rates, chosen_cards
from analytics.ledger.cost_reckoning import reckon_costs_by
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import Said

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class CostReckoning:
    """Costs that a ledger keeps.

    Attributes
    ----------
    rate_card_id
        What they are kept under: the cards they are priced by, with a plus between them.
    card_ids
        Those cards; a later one priced what the earlier has no rate for on any day.
    filled
        Resources whose rates came from a card after the first.
    missing
        What could not be priced. Its facts are in no sum.
    """

    rate_card_id: str
    card_ids: tuple[str, ...]
    filled: tuple[str, ...]
    missing: tuple[MissingPrice, ...]

    def __str__(self) -> str:
        first = "the studio's own rates (history)" if self.card_ids[0] == HISTORY_CARD else self.card_ids[0]
        if not self.filled:
            return f"Priced by {first}."
        resources = ", ".join(self.filled)
        return (
            f"Priced by {first}; what it has no rate for on any day ({resources}) by {' and '.join(self.card_ids[1:])}."
        )


def reckon_costs(
    ledger: Ledger,
    rates: Rates | Sequence[Rates] | None = None,
    *,
    production_ids: Sequence[str] | None = None,
    with_synthetic: bool = False,
    said: Said | None = None,
) -> CostReckoning:
    """Bring costs up to date with the facts, unless they are, and say what could not be priced.

    Parameters
    ----------
    rates
        Cards by which to price, as `rate_choice.chosen_cards` takes them.
    production_ids, with_synthetic
        What `CostReckoning.missing` is told for; costs are always reckoned for all.
    said
        Is told once, in a sentence, where it will last.

    Raises
    ------
    InputRefused
        If the card cannot be used.
    LedgerError
        If the ledger has to be written and cannot be.
    """
    card_ids = chosen_cards(ledger, rates)
    rate_card_id = reckon_costs_by(ledger, card_ids, said)
    missing = ledger.ask_rows(
        "missing_prices",
        rate_card_id=rate_card_id,
        production_ids=_listed(production_ids),
        with_synthetic=with_synthetic,
    )
    used = ledger.ask_rows("rates_used", rate_card_id=rate_card_id) if len(card_ids) > 1 else []
    filled = tuple(row["resource"] for row in used if row["from_card_id"] != card_ids[0])
    return CostReckoning(
        rate_card_id, card_ids, filled, tuple(MissingPrice.of_row(rate_card_id, row) for row in missing)
    )


def report_currency(ledger: Ledger, production_ids: Sequence[str] | None = None) -> str:
    """The currency that most shots are made in: what a report is in where nobody names one. USD without productions."""
    rows = ledger.ask_rows("report_currency", production_ids=_listed(production_ids))
    return str(rows[0]["currency"]) if rows else "USD"


def shot_costs(
    ledger: Ledger,
    reckoning: CostReckoning,
    currency: str | None = None,
    *,
    production_ids: Sequence[str] | None = None,
    with_synthetic: bool = False,
) -> "DataFrame":
    """What each shot cost, one row a shot; see ``questions/shot_costs.sql``. Unknown as soon as one part of it is.

    Parameters
    ----------
    currency
        To answer in; ``None``: `report_currency`. All of a production is exchanged at the rate of its last day.

    Returns
    -------
    DataFrame
        shot_id, production_id, cost_gross, cost_gross_ai, cost_gross_traditional, known_cost (`Decimal` or ``None``),
        line_count, missing_count, weakest_origin.
    """
    return ledger.ask(
        "shot_costs",
        rate_card_id=reckoning.rate_card_id,
        currency=currency or report_currency(ledger, production_ids),
        production_ids=_listed(production_ids),
        with_synthetic=with_synthetic,
    )


def cost_cells(
    ledger: Ledger,
    reckoning: CostReckoning,
    *,
    production_ids: Sequence[str] | None = None,
    with_synthetic: bool = False,
) -> "DataFrame":
    """Costs by shot, workflow, kind, part, territory and vendor, in the currency of each production.

    Two rows may differ in origin alone. ``cost`` is a `Decimal`, ``None`` where a price is missing; see
    ``questions/cost_cells.sql``.
    """
    return ledger.ask(
        "cost_cells",
        rate_card_id=reckoning.rate_card_id,
        production_ids=_listed(production_ids),
        with_synthetic=with_synthetic,
    )


class By(StrEnum):
    """What a row of costs is of."""

    PRODUCTION = "production"
    SEQUENCE = "sequence"
    SHOT = "shot"
    DEPARTMENT = "department"
    WORKFLOW = "workflow"
    ARM = "arm"
    KIND = "kind"
    MONTH = "month"


@dataclass(frozen=True)
class CostRow:
    """A sum of costs; all amounts in one currency and not rounded.

    Attributes
    ----------
    label
        What it is of; ``None`` where that is not known.
    shot_count
        ``None`` where a shot may stand in several rows.
    line_count
        Priced facts behind it, a line for each price of each.
    missing_count
        Of these, how many have no price: they are in no amount.
    cost
        ``None`` where nothing has a price.
    people_cost
        Hours with the supervision and overhead on them.
    machine_cost
        Machines with their idle time and energy.
    measured_cost, imported_cost, assumed_cost, synthetic_cost
        Shares of ``cost`` by the weakest of fact, rate and exchange.
    """

    production_id: str | None
    label: str | None
    shot_id: str | None
    shot_count: int | None
    line_count: int
    missing_count: int
    cost: Decimal | None
    people_cost: Decimal
    machine_cost: Decimal
    measured_cost: Decimal
    imported_cost: Decimal
    assumed_cost: Decimal
    synthetic_cost: Decimal

    @property
    def other_cost(self) -> Decimal | None:
        """Licences, generated seconds and bills."""
        return None if self.cost is None else self.cost - self.people_cost - self.machine_cost


def cost_by(
    ledger: Ledger,
    reckoning: CostReckoning,
    by: By,
    currency: str | None = None,
    *,
    production_ids: Sequence[str] | None = None,
    with_synthetic: bool = False,
) -> tuple[CostRow, ...]:
    """Costs by production, sequence, shot, department, workflow, arm, kind or month, in one currency."""
    ask = partial(
        ledger.ask_rows,
        rate_card_id=reckoning.rate_card_id,
        currency=currency or report_currency(ledger, production_ids),
        production_ids=_listed(production_ids),
        with_synthetic=with_synthetic,
    )
    match by:
        case By.SHOT:
            rows = ask("costs_by_shot")
        case By.MONTH:
            rows = ask("costs_by_month")
        case _:
            rows = ask("costs_by", by=by.value)
    return tuple(CostRow(**row) for row in rows)


@dataclass(frozen=True)
class KeepRatio:
    """Seconds that generators made, over the shots that were approved or final.

    Attributes
    ----------
    unapproved_seconds
        Made for shots that are neither: in no ratio, but paid for.
    """

    shot_count: int
    generated_seconds: float
    cut_seconds: float
    unapproved_seconds: float

    def __str__(self) -> str:
        if not self.shot_count or not self.cut_seconds:
            return f"{self.unapproved_seconds:,.0f} seconds were generated, none for a shot that is approved."
        shots = "shot" if self.shot_count == 1 else "shots"
        more = f", and {self.unapproved_seconds:,.0f} for others" if self.unapproved_seconds else ""
        return (
            f"{self.generated_seconds / self.cut_seconds:,.1f} seconds were generated for each second on screen "
            f"(n = {self.shot_count:,} approved {shots}){more}."
        )


def keep_ratio(
    ledger: Ledger, *, production_ids: Sequence[str] | None = None, with_synthetic: bool = False
) -> KeepRatio | None:
    """What was generated for what was kept; ``None`` where nothing was generated. Ask after `reckon_costs`."""
    (row,) = ledger.ask_rows("keep_ratio", production_ids=_listed(production_ids), with_synthetic=with_synthetic)
    ratio = KeepRatio(
        row["shot_count"], row["generated_seconds"] or 0.0, row["cut_seconds"] or 0.0, row["unapproved_seconds"] or 0.0
    )
    return ratio if ratio.generated_seconds or ratio.unapproved_seconds else None


def cost_lines_of(ledger: Ledger, reckoning: CostReckoning, shot_id: str) -> list[dict[str, Any]]:
    """Every fact of a shot with each of its prices; see ``questions/cost_lines_of_shot.sql``."""
    return ledger.ask_rows("cost_lines_of_shot", rate_card_id=reckoning.rate_card_id, shot_id=shot_id)


def total_of(rows: Sequence[CostRow], shot_count: int | None = None) -> CostRow:
    """All rows of one answer together."""
    known = [row.cost for row in rows if row.cost is not None]
    counts = [row.shot_count for row in rows]
    return CostRow(
        None,
        "all",
        None,
        sum(count for count in counts if count is not None) if None not in counts and counts else shot_count,
        sum(row.line_count for row in rows),
        sum(row.missing_count for row in rows),
        sum(known, Decimal(0)) if known else None,
        *(
            sum((getattr(row, name) for row in rows), Decimal(0))
            for name in (
                "people_cost",
                "machine_cost",
                "measured_cost",
                "imported_cost",
                "assumed_cost",
                "synthetic_cost",
            )
        ),
    )


def _listed(production_ids: Sequence[str] | None) -> list[str] | None:
    return None if production_ids is None else list(production_ids)
