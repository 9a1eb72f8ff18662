"""What the slate asks of the ledger: comparison and budgets, which are kept, and what lies below a production."""

from collections.abc import Callable

from analytics.bidding.budgeting_slate import slate_budgets
from analytics.bidding.slate_budgets import SlateBudgets
from analytics.comparison.slate.drill_down import ProductionParts, ShotFigures, production_parts, shots_of_sequence
from analytics.comparison.slate.slate_overview import SlateOverview, slate_overview
from analytics.costing.territory_plan import territory_plan
from analytics.ledger.ledger import Ledger
from dashboards.access.roles import Role
from dashboards.answers.asking import answer
from dashboards.answers.kept import Watched, kept_answer


@kept_answer(Role.VIEWER)
def overview(ledger: Ledger, said: Callable[[str], None] | None = None) -> SlateOverview:
    """The slate by every clock."""
    return slate_overview(ledger, said=said)


@kept_answer(Role.VIEWER, watches=Watched.EVERYTHING)
def budgets(ledger: Ledger, said: Callable[[str], None] | None = None) -> SlateBudgets:
    """Every production's budget and forecast; bids change it too."""
    return slate_budgets(ledger, territory_plan(ledger).plan, said=said)


@answer(Role.VIEWER, costs=True)
def production(ledger: Ledger, production_id: str) -> ProductionParts:
    """One production by sequence."""
    return production_parts(ledger, production_id)


@answer(Role.VIEWER)
def shots(ledger: Ledger, production_id: str, sequence: str | None) -> tuple[ShotFigures, ...]:
    """The shots of a sequence without their money."""
    return shots_of_sequence(ledger, production_id, sequence, with_costs=False)


@answer(Role.PRODUCER, costs=True)
def shots_with_costs(ledger: Ledger, production_id: str, sequence: str | None) -> tuple[ShotFigures, ...]:
    """The shots of a sequence with what each cost."""
    return shots_of_sequence(ledger, production_id, sequence)
