"""A shot's cost, step by step: every fact is in one step, and the steps add up to what the shot costs elsewhere."""

from decimal import Decimal
from pathlib import Path

import pytest

from analytics.costing.cost_steps import shot_cost_steps, spoken_department
from analytics.costing.rate_cards import rate_card_id
from analytics.costing.reckoned_costs import By, CostReckoning, cost_by, cost_lines_of, reckon_costs
from analytics.demo_catalog.catalog import make_catalog
from analytics.importers.history.importing import import_history
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.rate_card import RateCard
from analytics.vocabulary.workflow import Workflow


@pytest.fixture(scope="module")
def slate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ledger, CostReckoning]:
    folder = tmp_path_factory.mktemp("slate")
    make_catalog(folder / "bundle", shot_count=120, seed=5)
    ledger = Ledger.open(folder / "slate.duckdb")
    import_history(ledger, folder / "bundle", Origin.SYNTHETIC)
    return ledger, reckon_costs(ledger)


def test_steps_add_up_to_what_each_shot_costs(slate: tuple[Ledger, CostReckoning]) -> None:
    ledger, reckoning = slate
    rows = [row for row in cost_by(ledger, reckoning, By.SHOT) if row.shot_id is not None]
    currencies = {row["production_id"]: row["currency"] for row in ledger.ask_rows("production_terms")}
    held = 0
    for row in rows[:40]:
        assert row.shot_id is not None
        assert row.production_id is not None
        steps = shot_cost_steps(ledger, reckoning.rate_card_id, row.shot_id)
        assert steps.currency == currencies[row.production_id]
        facts = [fact for step in steps.steps for fact in step.facts]
        assert len(facts) == len(cost_lines_of(ledger, reckoning, row.shot_id))
        if steps.currency == "CAD":  # the currency that the rows are told in: there the exchange adds nothing
            assert steps.cost == row.cost
            held += 1
        for workflow in steps.workflows:
            height = Decimal(0)
            for step in steps.of(workflow):
                assert step.begins_at == height
                assert step.cost == sum((fact.cost for fact in step.facts if fact.cost is not None), Decimal(0))
                height = step.ends_at
            assert height == steps.cost_of(steps.of(workflow))
    assert held > 5


def test_a_step_tells_its_quantity_and_prices_in_the_unit_of_its_rate(slate: tuple[Ledger, CostReckoning]) -> None:
    ledger, reckoning = slate
    shot_id = next(row["shot_id"] for row in ledger.ask_rows("work_entries_of_shot", shot_id=_worked(ledger)))
    steps = shot_cost_steps(ledger, reckoning.rate_card_id, shot_id)
    people = [step for step in steps.steps if step.cost_kind == "people"]
    assert people
    for step in people:
        assert step.unit == "hour"
        assert step.quantity == sum(Decimal(str(fact.fact_amount)) for fact in step.facts)
        assert step.lowest_price is not None
        assert step.highest_price is not None
        assert step.lowest_price * step.quantity <= step.cost <= step.highest_price * step.quantity


def test_what_has_no_price_is_told_and_in_no_sum(tmp_path: Path, slate: tuple[Ledger, CostReckoning]) -> None:
    ledger, _ = slate
    empty = RateCard(rate_card_id("empty", "CAD", ()), "empty", "CAD", ())
    reckoning = reckon_costs(ledger, empty)
    steps = shot_cost_steps(ledger, reckoning.rate_card_id, _worked(ledger))
    assert any(missing.startswith("labour") for missing in steps.missing)
    for step in steps.steps:
        if step.missing:
            assert step.cost == 0
            assert step.quantity is None or step.facts
    only_people = [step for step in steps.steps if step.cost_kind == "people"]
    assert steps.cost_of(only_people) is None


def test_a_shot_without_facts_has_no_steps(slate: tuple[Ledger, CostReckoning]) -> None:
    ledger, reckoning = slate
    steps = shot_cost_steps(ledger, reckoning.rate_card_id, "nowhere")
    assert (steps.steps, steps.cost, steps.currency, steps.of(Workflow.AI)) == ((), None, None, ())


@pytest.mark.parametrize(
    ("department", "spoken"), [("comp", "Comp"), ("fx", "FX"), ("ai", "AI artists"), ("VFX Ops", "VFX Ops")]
)
def test_departments_are_called_as_people_call_them(department: str, spoken: str) -> None:
    assert spoken_department(department) == spoken


def _worked(ledger: Ledger) -> str:
    with ledger.reading() as connection:
        row = connection.execute("SELECT shot_id FROM work_entries ORDER BY work_entry_id LIMIT 1").fetchone()
    assert row is not None
    return str(row[0])
