"""Who gets what about single shots: hours and days for everybody, money for producers."""

import pytest

from analytics.costing.reckoned_costs import reckon_costs
from analytics.demo_catalog.catalog import make_catalog
from analytics.importers.history.importing import import_history
from analytics.ledger.found_shots import ShotSearch, SortedBy
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.origin import Origin
from dashboards.access.roles import Role
from dashboards.answers import shots


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    folder = tmp_path_factory.mktemp("slate")
    make_catalog(folder / "bundle", shot_count=80, seed=3)
    ledger = Ledger.open(folder / "slate.duckdb")
    import_history(ledger, folder / "bundle", Origin.SYNTHETIC)
    reckon_costs(ledger)
    return ledger


def test_what_a_viewer_may_ask_holds_no_money(ledger: Ledger) -> None:
    assert shots.found.role is Role.VIEWER  # type: ignore[attr-defined]
    by_code = shots.found.worked_out(ledger, ShotSearch(page_rows=500))  # type: ignore[attr-defined]
    assert by_code.cost is None
    assert by_code.costed_count == 0
    assert all(shot.cost is None for shot in by_code.shots)
    by_cost = ShotSearch(page_rows=500, sorted_by=SortedBy.COST, downwards=True)
    in_that_order = shots.found.worked_out(ledger, by_cost)  # type: ignore[attr-defined]
    assert [shot.shot_id for shot in in_that_order.shots] == [shot.shot_id for shot in by_code.shots]
    usual = shots.usual.worked_out(ledger, by_code.shots[0].shot_id)  # type: ignore[attr-defined]
    assert shots.usual.role is Role.VIEWER  # type: ignore[attr-defined]
    assert usual.currency is None
    assert not any(measure == "cost" for measure, _ in usual.usual)


@pytest.mark.parametrize("name", ["found_with_costs", "usual_with_costs", "cost_steps", "priced_by"])
def test_money_of_single_shots_is_a_producers(name: str) -> None:
    assert getattr(shots, name).role is Role.PRODUCER
