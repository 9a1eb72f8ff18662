"""What machines and bills cost in past productions, for each frame, second or day, by the workflow of the shot."""

from decimal import Decimal
from pathlib import Path

import pytest

from analytics.bidding.other_costs import other_costs
from analytics.bidding.price_book import OtherCost
from analytics.costing.rate_choice import chosen_cards
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import slate_shots
from analytics.vocabulary.bid import LineKind
from analytics.vocabulary.shot import Complexity
from analytics.vocabulary.workflow import Workflow
from tests.analytics.bidding.making_estimates import card, rate, studio_ledger

CARD = card(
    rate("labour", "hour", "50"), rate("machine:gpu", "hour", "6"), rate("uplift:idle", "share", "0.5"),
    rate("api:veo", "second", "0.40"), rate("licence:nuke:comp", "hour", "3"), rate("licence:blender", "hour", "1"),
)  # fmt: skip


def ledger_of(folder: Path, shots: int = 4, **more: list[dict[str, object]]) -> Ledger:
    """Two productions; A's shots take 2 GPU-hours each, B's one; odd shots are AI's and were generated twice over."""
    productions = [
        {"production_id": "A", "name": "A", "currency": "USD", "fps": "24"},
        {"production_id": "B", "name": "B", "currency": "CAD", "fps": "24"},
    ]
    rows: dict[str, list[dict[str, object]]] = {
        name: [] for name in ("shots", "assignments", "renders", "work_entries", "charges")
    }
    for production, hours in (("A", 2), ("B", 1)):
        for number in range(shots):
            shot = f"{production}{number}"
            workflow = "ai" if number % 2 else "traditional"
            about = {"complexity": "hero" if number >= 4 else "easy", "status": "final", "final_on": "2026-03-20"}
            rows["shots"].append(
                {
                    "shot_id": shot,
                    "production_id": production,
                    "code": shot,
                    "cut_frames": 80,
                    "handle_frames": 10,
                    **about,
                }
            )
            rows["assignments"].append({"shot_id": shot, "workflow": workflow, "started_on": "2026-03-01"})
            render = {"shot_id": shot, "workflow": workflow, "started_at": "2026-03-05T10:00:00Z"}
            rows["renders"].append(
                {
                    "render_id": shot,
                    "hardware": "machine:gpu",
                    "engine": "blender",
                    "wall_seconds": 3600 * hours,
                    **render,
                }
            )
            if workflow == "ai":
                rows["renders"].append(
                    {"render_id": f"{shot}g", "model": "veo", "generated_seconds": 20, "wall_seconds": 30, **render}
                )
            rows["work_entries"].append(
                {
                    "work_entry_id": shot,
                    "shot_id": shot,
                    "department": "comp",
                    "worked_on": "2026-03-05",
                    "people_hours": 16,
                }
            )
            bill = {"production_id": production, "shot_id": shot, "category": "consent", "charged_on": "2026-03-06"}
            rows["charges"].append({"charge_id": shot, "amount": "30", "currency": "USD", **bill})
    fx = [{"from_currency": "USD", "to_currency": "CAD", "rate": "1.25", "valid_from": "2026-01-01"}]
    return studio_ledger(folder, productions=productions, fx_rates=fx, **{**rows, **more})


def found(
    ledger: Ledger, currency: str = "USD"
) -> tuple[dict[tuple[str, str, str | None], OtherCost], tuple[str, ...]]:
    costs, warnings = other_costs(ledger, chosen_cards(ledger, CARD), slate_shots(ledger), currency=currency)
    return {(cost.kind.value, cost.workflow.value, cost.complexity): cost for cost in costs}, warnings


def test_costs_are_over_what_they_grow_with(tmp_path: Path) -> None:
    costs, warnings = found(ledger_of(tmp_path))
    prices = {(kind, workflow): cost.unit_price for (kind, workflow, _), cost in costs.items()}
    # Two hours and one at 6 with half as much of idle time, over 100 frames worked on each.
    assert prices["machine", "traditional"] == Decimal("0.135")
    assert prices["licence", "traditional"] == Decimal("0.015"), "a seat that people's hours pay is no render's"
    assert prices["api", "ai"] == (20 * Decimal("0.40") / (Decimal(80) / 24)).quantize(Decimal("0.0001"))
    assert prices["other", "ai"] == Decimal("15.00")
    assert ("api", "traditional") not in prices
    assert warnings == ()


def test_each_production_is_exchanged_and_stands_for_how_they_differ(tmp_path: Path) -> None:
    costs, _ = found(ledger_of(tmp_path), "CAD")
    machine = costs["machine", "traditional", None]
    assert [(each.production_id, each.cost, each.amount) for each in machine.productions] == [
        ("A", Decimal("45"), 200.0), ("B", Decimal("22.5"), 200.0),
    ]  # fmt: skip
    assert machine.shot_count == 4


def test_a_production_without_an_exchange_rate_is_left_out_and_told(tmp_path: Path) -> None:
    costs, warnings = found(ledger_of(tmp_path), "EUR")
    assert costs == {}
    assert "A, B are left out: the ledger has no exchange rate to EUR" in warnings[0]


def test_machines_are_told_apart_by_complexity_where_there_are_enough_shots(tmp_path: Path) -> None:
    costs, _ = found(ledger_of(tmp_path, 16))
    assert ("machine", "ai", Complexity.HERO) in costs
    assert ("machine", "ai", Complexity.EASY) not in costs
    assert ("api", "ai", Complexity.HERO) not in costs


def test_a_production_without_renders_is_not_taken_for_free(tmp_path: Path) -> None:
    only_a = [
        {"render_id": f"A{number}", "hardware": "machine:gpu", "wall_seconds": 7200, "shot_id": f"A{number}",
         "workflow": "ai" if number % 2 else "traditional", "started_at": "2026-03-05T10:00:00Z"}
        for number in range(4)
    ]  # fmt: skip
    costs, _ = found(ledger_of(tmp_path, renders=only_a))
    assert costs["machine", "traditional", None].unit_price == Decimal("0.18")
    assert [each.production_id for each in costs["machine", "traditional", None].productions] == ["A"]
    assert len(costs["other", "traditional", None].productions) == 2


def test_a_shot_of_which_a_part_has_no_price_is_left_out_of_that(tmp_path: Path) -> None:
    renders = [
        {"render_id": f"A{number}", "hardware": "machine:gpu" if number else "machine:wafer", "wall_seconds": 7200,
         "shot_id": f"A{number}", "workflow": "traditional", "started_at": "2026-03-05T10:00:00Z"}
        for number in (0, 2)
    ]  # fmt: skip
    costs, _ = found(ledger_of(tmp_path, renders=renders))
    machine = costs["machine", "traditional", None]
    assert (machine.unit_price, machine.shot_count) == (Decimal("0.18"), 1)


def test_unfinished_shots_and_an_empty_ledger_tell_nothing(tmp_path: Path) -> None:
    empty = Ledger.open(tmp_path / "empty.duckdb")
    assert other_costs(empty, chosen_cards(empty, CARD), slate_shots(empty), currency="USD") == ((), ())


@pytest.mark.parametrize("kind", [LineKind.MACHINE, LineKind.OTHER])
def test_origins_are_those_of_facts_and_prices(tmp_path: Path, kind: LineKind) -> None:
    costs, _ = found(ledger_of(tmp_path))
    origin = costs[kind.value, Workflow.AI.value, None].origin
    assert origin == ("assumed" if kind is LineKind.MACHINE else "imported"), "an invented card's prices are assumed"
