"""What another rate card would do to what is known already, before anybody puts it in force: worked out on a copy."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from analytics.costing.cards_in_force import cards_after
from analytics.costing.missing_prices import MissingPrice
from analytics.costing.rate_choice import chosen_cards
from analytics.costing.reckoned_costs import CostReckoning, reckon_costs
from analytics.ledger.backup import back_up
from analytics.ledger.ledger import Ledger
from analytics.ledger.pricing import record_rate_card
from analytics.ledger.reckoning import Said
from analytics.vocabulary.rate_card import RateCard
from analytics.vocabulary.workflow import Workflow


@dataclass(frozen=True)
class RepricedWork:
    """One production's work by one workflow before and after, in the currency of the production and not rounded.

    Attributes
    ----------
    workflow
        ``None`` where it is not known.
    before, after
        ``None`` where nothing has a price.
    missing_before, missing_after
        Priced facts without a price: where they differ, so does what the sums are of.
    """

    production_id: str
    production_name: str
    workflow: Workflow | None
    currency: str
    before: Decimal | None
    after: Decimal | None
    line_count: int
    missing_before: int
    missing_after: int

    @property
    def difference(self) -> Decimal | None:
        """After less before; positive is dearer."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def share(self) -> Decimal | None:
        """The difference as a share of what it cost before."""
        return self.difference / self.before if self.difference is not None and self.before else None


@dataclass(frozen=True)
class RepricingPreview:
    """What is priced now, and what it would cost by the other card.

    Attributes
    ----------
    rows
        Every production and workflow, whether anything changes or not.
    last_fact_on
        Last day of any priced work; ``None`` where there is none. A price from a later day on changes nothing yet.
    missing
        What the cards then in force could not price.
    """

    before: CostReckoning
    after: CostReckoning
    rows: tuple[RepricedWork, ...]
    last_fact_on: date | None
    missing: tuple[MissingPrice, ...]

    def totals(self) -> tuple[RepricedWork, ...]:
        """One row a currency: amounts in two currencies are not added."""
        return tuple(
            _sum([row for row in self.rows if row.currency == currency], "", "all", None)
            for currency in sorted({row.currency for row in self.rows})
        )

    def by_production(self) -> tuple[RepricedWork, ...]:
        """One row a production, the largest change first as a share of what it cost."""
        rows = [
            _sum([row for row in self.rows if row.production_id == each], each, _name(self.rows, each), None)
            for each in dict.fromkeys(row.production_id for row in self.rows)
        ]
        return tuple(sorted(rows, key=lambda row: (-abs(row.share or Decimal(0)), row.production_name)))

    def by_workflow(self) -> tuple[RepricedWork, ...]:
        """One row a workflow and currency."""
        keys = sorted({(row.currency, row.workflow) for row in self.rows}, key=lambda each: (each[0], each[1] or ""))
        return tuple(
            _sum(
                [row for row in self.rows if (row.currency, row.workflow) == (currency, workflow)], "", "all", workflow
            )
            for currency, workflow in keys
        )

    @property
    def changes_anything(self) -> bool:
        """Whether any amount would be another one."""
        return any(row.difference or row.missing_before != row.missing_after for row in self.rows)


def preview_repricing(
    ledger: Ledger,
    card: RateCard,
    *,
    instead_of: str | None,
    with_synthetic: bool = False,
    said: Said | None = None,
) -> RepricingPreview:
    """Price everything again as if a card were in force; the ledger itself does not get to know the card.

    Parameters
    ----------
    instead_of
        The card in force whose place it would take; ``None``: it would come before all of them.
    said
        Is told, in sentences, what lasts.

    Raises
    ------
    InputRefused
        If the other card is not in force.
    LedgerError
        If the ledger cannot be read, or no copy of it be written to the temporary folder.
    """
    cards = cards_after(chosen_cards(ledger), card.rate_card_id, instead_of)
    before = reckon_costs(ledger, with_synthetic=with_synthetic, said=said)
    rows = _asked(ledger, before, with_synthetic)
    with TemporaryDirectory(prefix="shotledger-preview-") as folder:
        copy = Ledger.open(back_up(ledger, Path(folder) / "copy.duckdb"))
        record_rate_card(copy, card)
        after = reckon_costs(copy, list(cards), with_synthetic=with_synthetic, said=said)
        repriced = _asked(copy, after, with_synthetic)
        (known,) = copy.ask_rows("last_fact_day")
    nothing: dict[str, Any] = {"cost": Decimal(0), "line_count": 0, "missing_count": 0}
    found = []
    for key in dict.fromkeys((*rows, *repriced)):
        old, new = rows.get(key, nothing), repriced.get(key, nothing)
        production_id, workflow, currency = key
        found.append(
            RepricedWork(
                production_id, (rows.get(key) or repriced[key])["production_name"],
                None if workflow is None else Workflow(workflow),
                currency, old["cost"], new["cost"], max(old["line_count"], new["line_count"]), old["missing_count"],
                new["missing_count"],
            )
        )  # fmt: skip
    return RepricingPreview(before, after, tuple(found), known["last_fact_on"], after.missing)


def _asked(
    ledger: Ledger, reckoning: CostReckoning, with_synthetic: bool
) -> dict[tuple[str, str | None, str], dict[str, Any]]:
    rows = ledger.ask_rows(
        "costs_by_production_and_workflow", rate_card_id=reckoning.rate_card_id, with_synthetic=with_synthetic
    )
    return {(row["production_id"], row["workflow"], row["currency"]): row for row in rows}


def _sum(rows: list[RepricedWork], production_id: str, name: str, workflow: Workflow | None) -> RepricedWork:
    return RepricedWork(
        production_id, name, workflow, rows[0].currency, _added([row.before for row in rows]),
        _added([row.after for row in rows]), sum(row.line_count for row in rows),
        sum(row.missing_before for row in rows), sum(row.missing_after for row in rows),
    )  # fmt: skip


def _added(amounts: list[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _name(rows: tuple[RepricedWork, ...], production_id: str) -> str:
    return next(row.production_name for row in rows if row.production_id == production_id)
