"""Below the slate: the sequences of a production, the shots of a sequence, and by which workflows each shot was tried.

These are what was taken, side by side and adjusted for nothing: too few shots to compare, and easy ones go to AI.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from analytics.costing.rate_choice import Rates, chosen_cards
from analytics.ledger.cost_reckoning import reckon_costs_by
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import Said, reckon_shots
from analytics.vocabulary.errors import InputRefused

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class ArmTotals:
    """Shots that count in one workflow, whoever finished them.

    Attributes
    ----------
    cost
        In the currency of the production; ``None`` where there are no shots or nothing has a price.
    cut_seconds
        On screen, of final shots.
    median_days
        From turnover to final; ``None`` where no shot is final.
    """

    shot_count: int
    people_hours: float
    cost: Decimal | None
    cut_seconds: float
    median_days: float | None

    @property
    def cost_per_shot(self) -> Decimal | None:
        """All of it, over all shots."""
        return (self.cost / self.shot_count).quantize(_CENT) if self.cost is not None and self.shot_count else None

    @property
    def hours_per_shot(self) -> float | None:
        """All of them, over all shots."""
        return self.people_hours / self.shot_count if self.shot_count else None


@dataclass(frozen=True)
class SequenceFigures:
    """One sequence, or a production as a whole; ``name`` is ``None`` for shots in no sequence.

    Attributes
    ----------
    fell_back_count
        Begun by AI and finished by another workflow; they count as AI.
    missing_count
        Facts without a price, in no cost.
    """

    name: str | None
    shot_count: int
    final_count: int
    open_count: int
    omitted_count: int
    fell_back_count: int
    ai: ArmTotals
    traditional: ArmTotals
    missing_count: int


@dataclass(frozen=True)
class ProductionParts:
    """A production and its sequences, in its own currency."""

    production_id: str
    name: str
    title_kind: str | None
    territory: str | None
    currency: str
    first_on: date | None
    last_on: date | None
    sequences: tuple[SequenceFigures, ...]
    whole: SequenceFigures


@dataclass(frozen=True)
class Attempt:
    """A stretch of time in which a shot was in one workflow, and what came of it."""

    workflow: str
    started_on: date | None
    ended_on: date | None
    outcome: str


@dataclass(frozen=True)
class ShotFigures:
    """One shot of a sequence; ``cost`` in the currency of the production."""

    shot_id: str
    code: str
    kind: str
    complexity: str | None
    status: str
    arm: str | None
    enabled: bool
    cut_seconds: float
    versions: int | None
    retake_count: int
    people_hours: float | None
    machine_seconds: float | None
    calendar_days: int | None
    cost: Decimal | None
    missing_count: int
    attempts: tuple[Attempt, ...]


def production_parts(
    ledger: Ledger,
    production_id: str,
    *,
    rates: "Rates | Sequence[Rates] | None" = None,
    said: Said | None = None,
) -> ProductionParts:
    """The sequences of a production by the workflow their shots count in.

    Raises
    ------
    InputRefused
        If there is no such production with shots.
    LedgerError
        If the ledger cannot be read, or has to be reckoned and cannot be written.
    """
    card_id = reckon_costs_by(ledger, chosen_cards(ledger, rates), said)
    known = {row["production_id"]: row for row in ledger.ask_rows("slate_productions", with_synthetic=True)}
    if production_id not in known:
        raise InputRefused("production", production_id, "has no shots in this ledger", "open one that the slate lists")
    row = known[production_id]
    asked = ledger.ask_rows("sequences_of_production", production_id=production_id, rate_card_id=card_id)
    sequences = tuple(_sequence(each) for each in asked)
    return ProductionParts(
        production_id, row["name"], row["title_kind"], row["territory"], row["currency"], row["first_on"],
        row["last_on"], sequences, _whole(sequences),
    )  # fmt: skip


def shots_of_sequence(
    ledger: Ledger,
    production_id: str,
    sequence: str | None,
    *,
    with_costs: bool = True,
    rates: "Rates | Sequence[Rates] | None" = None,
) -> tuple[ShotFigures, ...]:
    """The shots of one sequence with their attempts; ``None`` asks for those in no sequence.

    Parameters
    ----------
    with_costs
        Whether to tell what each cost; otherwise ``cost`` is ``None``.
    """
    reckon_shots(ledger)
    card_id = reckon_costs_by(ledger, chosen_cards(ledger, rates)) if with_costs else "no card"
    rows = ledger.ask_rows("shots_of_sequence", production_id=production_id, sequence=sequence, rate_card_id=card_id)
    return tuple(
        ShotFigures(
            **row | {"attempts": tuple(Attempt(**each) for each in row["attempts"]), "cost": _cents(row["cost"])}
        )
        for row in rows
    )


_COUNTS = ("shot_count", "final_count", "open_count", "omitted_count", "fell_back_count", "missing_count")


def _sequence(row: Mapping[str, Any]) -> SequenceFigures:
    def arm(name: str) -> ArmTotals:
        return ArmTotals(
            row[f"{name}_count"], row[f"{name}_people_hours"] or 0.0, _cents(row[f"{name}_cost"]),
            row[f"{name}_cut_seconds"] or 0.0, row[f"{name}_days"],
        )  # fmt: skip

    counts = {name: row[name] for name in _COUNTS}
    return SequenceFigures(name=row["sequence"], ai=arm("ai"), traditional=arm("traditional"), **counts)


def _whole(sequences: Sequence[SequenceFigures]) -> SequenceFigures:
    """All sequences together; a median of medians would mean nothing, so days are left open."""

    def arm(parts: Sequence[ArmTotals]) -> ArmTotals:
        costs = [part.cost for part in parts if part.cost is not None]
        return ArmTotals(
            sum(part.shot_count for part in parts), sum(part.people_hours for part in parts),
            sum(costs, Decimal(0)) if costs else None, sum(part.cut_seconds for part in parts), None,
        )  # fmt: skip

    return SequenceFigures(
        name=None,
        ai=arm([each.ai for each in sequences]),
        traditional=arm([each.traditional for each in sequences]),
        **{name: sum(getattr(each, name) for each in sequences) for name in _COUNTS},
    )


def _cents(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(_CENT)
