"""Facts priced by dated rates: cost lines, each with its fact, its rate and its cost."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from analytics.ledger.ledger import Ledger
from analytics.ledger.statements import statement
from analytics.vocabulary.money import Money
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.rate_card import Rate, RateCard
from analytics.vocabulary.workflow import Workflow


class CostKind(StrEnum):
    """What a cost line pays for: ``machine`` time, ``people``'s hours, or an amount that was ``billed``."""

    MACHINE = "machine"
    PEOPLE = "people"
    BILLED = "billed"


@dataclass(frozen=True)
class CostLine:
    """One fact, the rate it is priced at and what that makes: ``cost == amount * rate.price``, exactly.

    Attributes
    ----------
    fact_id
        ``render_id``, ``training_run_id``, ``work_entry_id`` or ``charge_id`` of the row behind it.
    part
        Stage of a render, department of a work entry, category of a charge.
    workflow
        ``None`` where an entry or bill names none.
    fact_amount, fact_unit
        The fact as it was recorded: ``wall_seconds``, ``people_hours`` or a currency.
    on
        ``None`` for an imported render of which nobody wrote down when it began; no rate is known to have held then.
    amount
        The fact in the unit of the rate: hours, core-hours, days. ``None`` where there is no rate.
    resource
        The most general resource it can be priced by, such as ``machine:gpu`` or ``labour:comp``.
    rate
        ``None`` where the card has no rate for it on that day; a bill needs none.
    cost
        ``None`` where the rate is missing: an unknown cost is not zero.
    source
        Who logged the hours or which template they are from, where that is known.
    """

    kind: CostKind
    fact_id: str
    workflow: Workflow | None
    part: str
    on: date | None
    fact_amount: float
    fact_unit: str
    fact_origin: Origin
    amount: Decimal | None
    resource: str
    rate: Rate | None
    cost: Money | None
    source: str | None = None


@dataclass(frozen=True)
class MissingRate:
    """A resource that a card has no price for on some days, with the facts that wait for it.

    Attributes
    ----------
    first_day, last_day
        Of the facts; ``None`` where no day of theirs is known.
    """

    rate_card_id: str
    resource: str
    first_day: date | None
    last_day: date | None
    workflow: Workflow | None
    fact_count: int
    fact_amount: float
    fact_unit: str

    def __str__(self) -> str:
        if self.first_day is None:
            days = "on a day that nobody wrote down"
        elif self.first_day == self.last_day:
            days = f"on {self.first_day}"
        else:
            days = f"from {self.first_day} to {self.last_day}"
        rows = f"{self.workflow.label} {'row' if self.fact_count == 1 else 'rows'}" if self.workflow else "rows"
        amount = f"{self.fact_amount:,.2f} {self.fact_unit.replace('_', ' ')}"
        return (
            f"{self.rate_card_id} has no rate for {self.resource} {days}: "
            f"{self.fact_count} {rows} ({amount}) cannot be priced."
        )


def record_rate_card(ledger: Ledger, card: RateCard) -> str:
    """Make sure that the ledger holds a card, and return its id. A card that is there is read, not written again."""
    if ledger.ask_rows("rates_of_card", rate_card_id=card.rate_card_id):
        return card.rate_card_id
    rates = [
        {
            "rate_number": number,
            "resource": rate.resource,
            "unit": rate.unit,
            "price": str(rate.price),
            "currency": rate.currency,
            "territory": rate.territory,
            "vendor": rate.vendor,
            "valid_from": rate.valid_from.isoformat(),
            "valid_to": rate.valid_to.isoformat() if rate.valid_to else None,
            "source": rate.source,
            "origin": rate.origin.value,
        }
        for number, rate in enumerate(card.rates, start=1)
    ]

    def both(connection: Any) -> None:
        # One transaction: a card without its rates would price nothing and be taken for complete.
        for name, parameters in (
            ("record_rate_card", {"rate_card_id": card.rate_card_id, "name": card.name, "currency": card.currency}),
            ("record_rates", {"rate_card_id": card.rate_card_id, "rates": json.dumps(rates)}),
        ):
            command = statement("commands", name)
            connection.execute(command.text, command.bound(parameters))

    ledger.write(both, facts=False)  # a card is a way to price facts; another one changes nothing of what they came to
    return card.rate_card_id


def rates_of_card(ledger: Ledger, rate_card_id: str) -> dict[int, Rate]:
    """Rates of a recorded card by their number."""
    return {
        row["rate_number"]: Rate(
            row["resource"], row["unit"], row["price"], row["currency"], row["valid_from"], row["valid_to"],
            row["source"], Origin(row["origin"]), row["territory"], row["vendor"],
        )
        for row in ledger.ask_rows("rates_of_card", rate_card_id=rate_card_id)
    }  # fmt: skip


def cost_lines(ledger: Ledger, shot_id: str, rate_card_id: str) -> tuple[CostLine, ...]:
    """Every fact of a shot with its price under a recorded card: machine stages, people's hours, bills."""
    # The file stays open over the four questions: nobody can write in between, so they all see the same facts.
    with ledger.reading():
        rates = rates_of_card(ledger, rate_card_id)
        machine = ledger.ask_rows("render_cost_lines", shot_id=shot_id, training_run_ids=[], rate_card_id=rate_card_id)
        people = ledger.ask_rows("work_cost_lines", shot_id=shot_id, rate_card_id=rate_card_id)
        bills = ledger.ask_rows("charge_lines", shot_id=shot_id)
    return (
        *(_priced(CostKind.MACHINE, row, row["render_id"], row["part"], "wall_seconds", rates) for row in machine),
        *(
            _priced(CostKind.PEOPLE, row, row["work_entry_id"], row["department"], "people_hours", rates)
            for row in people
        ),
        *(_billed(row) for row in bills),
    )


def training_cost_lines(ledger: Ledger, training_run_ids: Iterable[str], rate_card_id: str) -> tuple[CostLine, ...]:
    """Machine time of training runs and of the footage made for them, priced under a recorded card.

    ``part`` is ``training`` or ``footage``; footage is priced by the day on which its training began.
    """
    with ledger.reading():
        rates = rates_of_card(ledger, rate_card_id)
        rows = ledger.ask_rows(
            "render_cost_lines",
            shot_id=None,
            training_run_ids=list(training_run_ids),
            rate_card_id=rate_card_id,
        )
    return tuple(_priced(CostKind.MACHINE, row, row["render_id"], row["part"], "wall_seconds", rates) for row in rows)


def missing_rates(lines: Iterable[CostLine], rate_card_id: str) -> tuple[MissingRate, ...]:
    """What a card lacks to price these lines, by resource and workflow."""
    waiting: dict[tuple[str, Workflow | None, str], list[CostLine]] = {}
    for line in lines:
        if line.cost is None:
            waiting.setdefault((line.resource, line.workflow, line.fact_unit), []).append(line)
    return tuple(
        MissingRate(
            rate_card_id,
            resource,
            min((line.on for line in unpriced if line.on), default=None),
            max((line.on for line in unpriced if line.on), default=None),
            workflow,
            len(unpriced),
            sum(line.fact_amount for line in unpriced),
            unit,
        )
        for (resource, workflow, unit), unpriced in waiting.items()
    )


def _priced(
    kind: CostKind, row: Mapping[str, Any], fact_id: str, part: str, unit: str, rates: Mapping[int, Rate]
) -> CostLine:
    rate = rates.get(row["rate_number"])
    cost = None if rate is None or row["cost"] is None else Money(row["cost"], rate.currency)
    return CostLine(
        kind,
        fact_id,
        _workflow(row),
        part,
        row["worked_on"],
        row[unit],
        unit,
        Origin(row["fact_origin"]),
        row["amount"],
        row["rate_resource"],
        rate,
        cost,
        row.get("source"),
    )


def _billed(row: Mapping[str, Any]) -> CostLine:
    billed = Money(row["amount"], row["currency"])
    return CostLine(
        CostKind.BILLED,
        row["charge_id"],
        _workflow(row),
        row["category"],
        row["charged_on"],
        float(billed.amount),
        billed.currency,
        Origin(row["origin"]),
        billed.amount,
        row["category"],
        None,
        billed,
    )


def _workflow(row: Mapping[str, Any]) -> Workflow | None:
    return None if row["workflow"] is None else Workflow(row["workflow"])
