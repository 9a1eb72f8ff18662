"""What one shot cost, step by step: every fact with its rate, added up to what a producer calls by one name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from analytics.ledger.ledger import Ledger
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.workflow import Workflow

KINDS = ("people", "supervision", "overhead", "machine", "idle", "energy", "api", "licence", "billed", "shared")
"""Kinds of cost in the order they are told: people first, what stands on their hours, machines, what was bought."""

_WITHOUT_PART = {
    "supervision": "Supervision on hours",
    "overhead": "Overhead on hours",
    "idle": "Idle machines",
    "energy": "Energy",
}
_SPOKEN = {"fx": "FX", "ai": "AI artists", "whole render": "Machines"}


def spoken_department(department: str) -> str:
    """A department, or another part of the work, as a heading: ``comp`` becomes ``Comp``, ``fx`` ``FX``."""
    plain = department.replace("_", " ").capitalize() if department.islower() else department
    return _SPOKEN.get(department.lower(), plain)


@dataclass(frozen=True)
class PricedFact:
    """One fact of a shot at one of its prices; see ``questions/cost_lines_of_shot.sql``.

    Attributes
    ----------
    fact_id
        ``None`` for a share of what was billed to the whole production.
    amount
        The fact in the unit of the rate.
    price
        Of one unit, in ``price_currency``; of an uplift: the share of the hours' cost.
    cost
        In the currency of the production; ``None`` where the price is missing, which ``missing`` names.
    """

    workflow: Workflow | None
    cost_kind: str
    part: str | None
    used_on: date | None
    fact_id: str | None
    fact_amount: float | None
    fact_unit: str | None
    fact_origin: Origin
    amount: Decimal | None
    resource: str | None
    unit: str | None
    price: Decimal | None
    price_currency: str | None
    source: str | None
    cost: Decimal | None
    rate_origin: Origin | None
    missing: str | None


@dataclass(frozen=True)
class CostStep:
    """Facts of one kind and part in one workflow, added up.

    Attributes
    ----------
    begins_at, cost
        Where the step stands in the sum of all before it, and how high it is; without what has no price.
    quantity, unit
        Of the facts that have a price, in the unit of their rates; ``None`` where they have several units or none.
    lowest_price, highest_price, price_currency
        Of one unit; ``None`` where there are several currencies, or none is needed.
    missing
        What no price was found for: then the cost is only part of it.
    """

    workflow: Workflow | None
    cost_kind: str
    part: str | None
    begins_at: Decimal
    cost: Decimal
    quantity: Decimal | None
    unit: str | None
    lowest_price: Decimal | None
    highest_price: Decimal | None
    price_currency: str | None
    origins: tuple[Origin, ...]
    missing: tuple[str, ...]
    facts: tuple[PricedFact, ...]

    @property
    def name(self) -> str:
        """What a producer calls it."""
        if self.cost_kind in _WITHOUT_PART:
            return _WITHOUT_PART[self.cost_kind]
        part = self.part or "not said"
        spoken = spoken_department(part)
        match self.cost_kind:
            case "billed":
                return f"{spoken}, billed"
            case "shared":
                return f"{spoken}, its share"
            case "licence":
                return f"{spoken} licence"
            case "machine" if part != "whole render":
                return f"Machines, {part}"
            case _:
                return spoken

    @property
    def ends_at(self) -> Decimal:
        """The sum with this step."""
        return self.begins_at + self.cost


@dataclass(frozen=True)
class ShotCostSteps:
    """What a shot cost: its steps, workflow after workflow, and their sum."""

    currency: str | None
    steps: tuple[CostStep, ...]

    @property
    def cost(self) -> Decimal | None:
        """Of everything that has a price; ``None`` where nothing has."""
        return self.cost_of(self.steps)

    @property
    def missing(self) -> tuple[str, ...]:
        """What no price was found for."""
        return tuple(dict.fromkeys(missing for step in self.steps for missing in step.missing))

    def of(self, workflow: Workflow | None) -> tuple[CostStep, ...]:
        """The steps of one workflow."""
        return tuple(step for step in self.steps if step.workflow is workflow)

    @property
    def workflows(self) -> tuple[Workflow | None, ...]:
        """Those that have steps, in their order."""
        return tuple(dict.fromkeys(step.workflow for step in self.steps))

    @staticmethod
    def cost_of(steps: Sequence[CostStep]) -> Decimal | None:
        """Sum of some steps; ``None`` where none of their facts has a price."""
        priced = any(fact.cost is not None for step in steps for fact in step.facts)
        return sum((step.cost for step in steps), Decimal(0)) if priced else None


def shot_cost_steps(ledger: Ledger, rate_card_id: str, shot_id: str) -> ShotCostSteps:
    """What a shot cost, down to each fact and rate. Ask after `reckoned_costs.reckon_costs`.

    Parameters
    ----------
    rate_card_id
        What the costs were reckoned under.
    """
    rows = ledger.ask_rows("cost_lines_of_shot", rate_card_id=rate_card_id, shot_id=shot_id)
    return ShotCostSteps(rows[0]["currency"] if rows else None, tuple(_steps([_fact(row) for row in rows])))


def _steps(facts: Iterable[PricedFact]) -> Iterable[CostStep]:
    """The steps of each workflow begin at nothing again: a fall-back stands beside what it replaced, not on it."""
    in_order = sorted(facts, key=_group)
    for workflow, of_workflow in groupby(in_order, key=lambda fact: fact.workflow):
        groups = [tuple(group) for _, group in groupby(of_workflow, key=_group)]
        groups.sort(key=lambda group: (KINDS.index(group[0].cost_kind), -_known(group)))
        height = Decimal(0)
        for group in groups:
            yield _step(workflow, height, group)
            height += _known(group)


def _group(fact: PricedFact) -> tuple[str, str, str]:
    return (fact.workflow or "", fact.cost_kind, fact.part or "")


def _known(facts: Iterable[PricedFact]) -> Decimal:
    return sum((fact.cost for fact in facts if fact.cost is not None), Decimal(0))


def _step(workflow: Workflow | None, begins_at: Decimal, facts: tuple[PricedFact, ...]) -> CostStep:
    priced = [fact for fact in facts if fact.price is not None and fact.amount is not None]
    units = {fact.unit for fact in priced}
    currencies = {fact.price_currency for fact in priced}
    prices = [fact.price for fact in priced if fact.price is not None] if len(currencies) == 1 else []
    origins = {origin for fact in facts for origin in (fact.fact_origin, fact.rate_origin) if origin is not None}
    is_of_one_unit = len(units) == 1
    return CostStep(
        workflow=workflow,
        cost_kind=facts[0].cost_kind,
        part=facts[0].part,
        begins_at=begins_at,
        cost=_known(facts),
        quantity=sum((fact.amount for fact in priced if fact.amount), Decimal(0)) if is_of_one_unit else None,
        unit=priced[0].unit if is_of_one_unit else None,
        lowest_price=min(prices, default=None) if is_of_one_unit else None,
        highest_price=max(prices, default=None) if is_of_one_unit else None,
        price_currency=priced[0].price_currency if prices else None,
        origins=tuple(origin for origin in Origin if origin in origins),
        missing=tuple(dict.fromkeys(fact.missing for fact in facts if fact.missing is not None)),
        facts=facts,
    )


def _fact(row: Mapping[str, Any]) -> PricedFact:
    told = {name: value for name, value in row.items() if name in PricedFact.__dataclass_fields__}
    told["workflow"] = None if row["workflow"] is None else Workflow(row["workflow"])
    told["fact_origin"] = Origin(row["fact_origin"])
    told["rate_origin"] = None if row["rate_origin"] is None else Origin(row["rate_origin"])
    return PricedFact(**told)
