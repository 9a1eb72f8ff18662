"""What the list of shots and a shot's page ask of the ledger. Money of single shots is a producer's."""

from dataclasses import replace

from analytics.comparison.usual_shots import UsualShots, usual_shots
from analytics.costing.cost_steps import ShotCostSteps, shot_cost_steps
from analytics.costing.reckoned_costs import CostReckoning, reckon_costs, report_currency
from analytics.ledger.found_shots import (
    MOST_ROWS,
    FoundShots,
    ProductionToChoose,
    ShotSearch,
    find_shots,
    productions_to_choose,
)
from analytics.ledger.ledger import Ledger
from analytics.ledger.shot_life import Movie, ShotLife, movies_of, shot_life
from dashboards.access.persons import require
from dashboards.access.roles import Role
from dashboards.answers.asking import answer, reckoned


@answer(Role.VIEWER, costs=True)
def productions(ledger: Ledger, with_synthetic: bool) -> tuple[ProductionToChoose, ...]:
    """What can be chosen from."""
    return productions_to_choose(ledger, with_synthetic=with_synthetic)


@answer(Role.VIEWER, costs=True)
def found(ledger: Ledger, search: ShotSearch) -> FoundShots:
    """A page of shots without their money."""
    return find_shots(ledger, search)


@answer(Role.PRODUCER, costs=True)
def found_with_costs(ledger: Ledger, search: ShotSearch, rate_card_id: str, currency: str) -> FoundShots:
    """A page of shots with what each cost."""
    return find_shots(ledger, search, rate_card_id=rate_card_id, currency=currency)


def everything_found(search: ShotSearch, rate_card_id: str | None, currency: str | None) -> FoundShots:
    """All shots on one page, for a file; with costs for a producer. Not cached: it may be a whole slate."""
    require(Role.VIEWER if rate_card_id is None else Role.PRODUCER)
    whole = replace(search, page=1, page_rows=MOST_ROWS)
    return find_shots(reckoned().ledger, whole, rate_card_id=rate_card_id, currency=currency)


@answer(Role.VIEWER)
def movies(ledger: Ledger, shot_ids: tuple[str, ...]) -> tuple[Movie, ...]:
    """The newest movies of some shots."""
    return movies_of(ledger, shot_ids)


@answer(Role.VIEWER)
def life(ledger: Ledger, shot_id: str) -> ShotLife:
    """What happened to a shot."""
    return shot_life(ledger, shot_id)


@answer(Role.VIEWER, costs=True)
def usual(ledger: Ledger, shot_id: str) -> UsualShots:
    """What shots like it take, without money."""
    return usual_shots(ledger, shot_id)


@answer(Role.PRODUCER, costs=True)
def usual_with_costs(ledger: Ledger, shot_id: str, rate_card_id: str, currency: str) -> UsualShots:
    """What shots like it take and cost."""
    return usual_shots(ledger, shot_id, rate_card_id=rate_card_id, currency=currency)


@answer(Role.PRODUCER, costs=True)
def cost_steps(ledger: Ledger, shot_id: str, rate_card_id: str) -> ShotCostSteps:
    """What a shot cost, down to each fact and rate."""
    return shot_cost_steps(ledger, rate_card_id, shot_id)


@answer(Role.PRODUCER, costs=True)
def priced_by(ledger: Ledger) -> CostReckoning:
    """The rates that every cost here is reckoned by. They are already: this only reads."""
    return reckon_costs(ledger)


@answer(Role.VIEWER, costs=True)
def currency_of_slate(ledger: Ledger) -> str:
    """The currency that most shots are made in."""
    return report_currency(ledger)
