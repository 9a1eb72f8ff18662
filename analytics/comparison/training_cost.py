"""What the AI model of a comparison cost to make, and how many shots pay it back."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.comparison.figures import WorkflowFigures
from analytics.costing.shot_costs import total_cost
from analytics.ledger.ledger import Ledger
from analytics.ledger.pricing import training_cost_lines
from analytics.ledger.training_runs import (
    RUNS_KEY,
    RecordedRun,
    read_training_runs,
    record_training_runs,
    training_runs_of,
)
from analytics.vocabulary.money import Money
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.shipped import shipped_path

TRAINING_FILE = "training.json"


@dataclass(frozen=True)
class BreakEven:
    """After how many shots like this one a saving has paid back what was spent once.

    Attributes
    ----------
    shot_count
        ``None`` where it never does, or where a part is unknown; then ``why_not`` says which.
    """

    shot_count: int | None
    why_not: str | None = None

    def __str__(self) -> str:
        if self.shot_count is None:
            return self.why_not or "not known"
        return f"paid back after {self.shot_count:,} shot{'' if self.shot_count == 1 else 's'} like this one"


@dataclass(frozen=True)
class TrainingCost:
    """Training of the models that the compared AI renders used, with the footage rendered for it.

    Attributes
    ----------
    machine_seconds, footage_machine_seconds
        In which machines were taken by training, and by rendering the footage.
    cost
        Of both, by the rate card of the comparison; ``None`` where a rate is missing.
    energy_joules
        Of both; ``None`` where a part is unknown.
    saving
        Machine cost that AI saves on a usable render of this shot; negative where it costs more.
    saved_joules
        The same of energy.
    """

    models: tuple[str, ...]
    machines: tuple[str, ...]
    machine_seconds: float
    footage_clip_count: int
    footage_machine_seconds: float
    cost: Money | None
    energy_joules: float | None
    origins: tuple[Origin, ...]
    energy_origins: tuple[Origin, ...]
    saving: Money | None
    saved_joules: float | None
    cost_break_even: BreakEven
    energy_break_even: BreakEven

    def cost_a_shot(self, shot_count: int) -> Money | None:
        """Training spread evenly over so many shots."""
        return None if self.cost is None else Money(self.cost.amount / shot_count, self.cost.currency)


def training_cost(
    ledger: Ledger,
    revisions: Sequence[str | None],
    rate_card_id: str,
    ai: WorkflowFigures,
    traditional: WorkflowFigures,
) -> TrainingCost | None:
    """Price the training behind some renders; ``None`` unless it is known of every one of them.

    A record that ships with a model is recorded in the ledger when it is met for the first time.

    Parameters
    ----------
    revisions
        Of the model of each usable AI render; ``None`` where a render names none.
    """
    named = sorted({revision for revision in revisions if revision})
    if not named or None in revisions:
        return None
    runs = training_runs_of(ledger, named)
    if {run.revision for run in runs} != set(named):
        if not _record_shipped(ledger, set(named) - {run.revision for run in runs}):
            return None
        runs = training_runs_of(ledger, named)
        if {run.revision for run in runs} != set(named):
            return None
    cost = total_cost(
        training_cost_lines(ledger, [run.training_run_id for run in runs], rate_card_id), ai.billed_cost.currency
    )
    saving = _cost_saving(ai, traditional)
    energy, saved_joules = _energy(runs), _energy_saving(ai, traditional)
    return TrainingCost(
        tuple(dict.fromkeys(run.model for run in runs)),
        tuple(dict.fromkeys(run.machine for run in runs)),
        sum(run.wall_seconds for run in runs),
        sum(run.footage_clip_count for run in runs),
        sum(run.footage_wall_seconds for run in runs),
        cost,
        energy,
        _each_once([origin for run in runs for origin in (run.origin, run.footage_origin)]),
        _each_once([origin for run in runs for origin in (run.energy_origin, run.footage_energy_origin)]),
        saving,
        saved_joules,
        break_even(_float(cost), _float(saving), "cost"),
        break_even(energy, saved_joules, "energy"),
    )


def break_even(spent_once: float | None, saved_each: float | None, what: str) -> BreakEven:
    """The first whole number of shots whose savings reach what was spent."""
    if spent_once is None:
        return BreakEven(None, f"not known: no {what} of training")
    if saved_each is None:
        return BreakEven(None, f"not known: no {what} of both sides")
    if saved_each <= 0:
        return BreakEven(None, f"never: AI saves no machine {what} on this shot")
    # A hair above a whole number is rounding, not another shot.
    return BreakEven(math.ceil(spent_once / saved_each - 1e-9))


def _cost_saving(ai: WorkflowFigures, traditional: WorkflowFigures) -> Money | None:
    if ai.machine_cost is None or traditional.machine_cost is None:
        return None
    return traditional.machine_cost - ai.machine_cost


def _float(amount: Money | None) -> float | None:
    return None if amount is None else float(amount.amount)


def _energy_saving(ai: WorkflowFigures, traditional: WorkflowFigures) -> float | None:
    if ai.energy_joules is None or traditional.energy_joules is None:
        return None
    return traditional.energy_joules.median - ai.energy_joules.median


def _energy(runs: Sequence[RecordedRun]) -> float | None:
    parts = [joules for run in runs for joules in (run.energy_joules, run.footage_energy_joules)]
    return None if None in parts else sum(joules for joules in parts if joules is not None)


def _each_once(origins: Sequence[Origin | None]) -> tuple[Origin, ...]:
    return tuple(dict.fromkeys(origin for origin in origins if origin is not None))


def _record_shipped(ledger: Ledger, revisions: set[str]) -> bool:
    """Record what ships of the training of these revisions; says whether there was anything."""
    found = []
    for path in sorted(shipped_path("models").glob(f"*/{TRAINING_FILE}")):
        if RUNS_KEY in json.loads(path.read_text(encoding="utf-8")):
            found += [run for run in read_training_runs(path) if run.revision in revisions]
    return bool(found) and record_training_runs(ledger, found) > 0
