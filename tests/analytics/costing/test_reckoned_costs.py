"""What is priced beside hours and machines, by which card, and what happens to what nothing prices."""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from analytics.costing.rate_cards import rate_card_id
from analytics.costing.reckoned_costs import (
    By,
    CostReckoning,
    cost_by,
    cost_lines_of,
    reckon_costs,
    report_currency,
    shot_costs,
    total_of,
)
from analytics.costing.repriced_costs import repriced
from analytics.importers.history.importing import import_history
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.rate_card import Rate, RateCard

Bundle = Callable[..., Ledger]


@pytest.fixture
def studio(tmp_path: Path) -> Bundle:
    """A ledger with a production P1, its shots S1 and S2, and the tables given: lists of rows."""

    def build(origin: Origin = Origin.IMPORTED, **tables: list[dict[str, object]]) -> Ledger:
        folder = tmp_path / f"bundle_{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        tables.setdefault(
            "productions",
            [{"production_id": "P1", "name": "One", "currency": "USD", "fps": "24", "territory": "CA-BC"}],
        )
        tables.setdefault(
            "shots",
            [
                {"shot_id": id_, "production_id": "P1", "code": id_, "sequence": "A", "cut_frames": 48}
                for id_ in ("S1", "S2")
            ],
        )
        for name, rows in tables.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as content:
                writer = csv.DictWriter(content, list(dict.fromkeys(key for row in rows for key in row)))
                writer.writeheader()
                writer.writerows(rows)
        ledger = Ledger.open(tmp_path / "studio.duckdb")
        import_history(ledger, folder, origin)
        return ledger

    return build


def card(*rates: tuple[str, str, str], **more: Any) -> RateCard:
    """A card of resources, units and prices in USD that hold since 2020."""
    held = tuple(
        Rate(resource, unit, Decimal(price), "USD", date(2020, 1, 1), None, "invented", Origin.ASSUMED, **more)
        for resource, unit, price in rates
    )
    return RateCard(rate_card_id("test", "USD", held), "test", "USD", held)


def work(number: int, hours: float, shot_id: str = "S1", **more: object) -> dict[str, object]:
    """A work entry of the comp department by the traditional workflow."""
    return {"work_entry_id": f"W{number}", "shot_id": shot_id, "workflow": "traditional", "department": "comp",
            "worked_on": "2026-03-02", "people_hours": hours} | more  # fmt: skip


def render(number: int, **more: object) -> dict[str, object]:
    """A render of an hour by the AI workflow."""
    return {"render_id": f"R{number}", "shot_id": "S1", "workflow": "ai", "started_at": "2026-03-02T10:00:00Z",
            "wall_seconds": 3600} | more  # fmt: skip


def by_kind(ledger: Ledger, reckoning: CostReckoning) -> dict[str | None, Decimal | None]:
    return {row.label: row.cost for row in cost_by(ledger, reckoning, By.KIND)}


def test_uplifts_stand_on_what_they_are_a_share_of_and_never_on_supervision_itself(studio: Bundle) -> None:
    entries = [work(1, 10), work(2, 5, department="supervision")]
    ledger = studio(work_entries=entries, renders=[render(1, hardware="machine:cpu")])
    rates = card(
        ("labour", "hour", "100"), ("machine", "hour", "8"), ("uplift:supervision", "share", "0.2"),
        ("uplift:overhead", "share", "0.5"), ("uplift:idle", "share", "0.25"),
    )  # fmt: skip
    found = by_kind(ledger, reckon_costs(ledger, rates))
    assert found == {"people": 1500, "supervision": 200, "overhead": 750, "machine": 8, "idle": 2}


@pytest.mark.parametrize(("unit", "cost"), [("hour", "5200"), ("day", "650"), ("month", "30")])
def test_a_seat_is_paid_by_the_hours_of_its_department(studio: Bundle, unit: str, cost: str) -> None:
    ledger = studio(work_entries=[work(1, 520), work(2, 100, department="fx")])
    reckoning = reckon_costs(ledger, card(("labour", "hour", "0"), ("licence:nuke:comp", unit, "10")))
    assert round(by_kind(ledger, reckoning)["licence"] or 0, 9) == Decimal(cost)
    assert reckoning.missing == ()


def test_a_licence_of_an_engine_is_paid_by_its_render_hours(studio: Bundle) -> None:
    renders = [
        render(1, engine="Nuke 15.1", hardware="machine:cpu"),
        render(2, engine="blender 4.5", hardware="machine:cpu"),
    ]
    ledger = studio(renders=renders)
    found = by_kind(ledger, reckon_costs(ledger, card(("machine", "hour", "1"), ("licence:nuke", "hour", "3"))))
    assert found == {"machine": 2, "licence": 3}


def test_energy_is_priced_apart_only_by_a_card_that_prices_it(studio: Bundle) -> None:
    ledger = studio(renders=[render(1, hardware="machine:cpu", energy_joules=7_200_000)])
    machine = ("machine", "hour", "1")
    assert by_kind(ledger, reckon_costs(ledger, card(machine))) == {"machine": 1}
    assert by_kind(ledger, reckon_costs(ledger, card(machine, ("energy", "kwh", "0.3")))) == {
        "machine": 1, "energy": Decimal("0.6"),
    }  # fmt: skip
    elsewhere = reckon_costs(ledger, card(machine, ("energy", "kwh", "0.3"), territory="GB"))
    assert {price.missing for price in elsewhere.missing} == {"machine:cpu", "energy"}


def test_a_service_is_paid_by_the_second_and_its_waiting_costs_no_machine(studio: Bundle) -> None:
    ledger = studio(renders=[render(1, model="veo-3.1", generated_seconds=40, wall_seconds=900)])
    assert by_kind(ledger, reckon_costs(ledger, card(("api:veo-3.1", "second", "0.4")))) == {"api": 16}
    (missing,) = reckon_costs(ledger, card(("machine", "hour", "1"))).missing
    assert str(missing).endswith(
        "There is no rate for api:veo-3.1 on " + missing.rate_card_id + " on 2026-03-02: 1 AI fact "
        "(40.00 generated seconds) cannot be priced."
    )


def test_a_machine_that_nobody_named_is_told_and_not_free(studio: Bundle) -> None:
    ledger = studio(renders=[render(1), render(2, hardware="farm 7")])
    reckoning = reckon_costs(ledger, card(("machine", "hour", "1")))
    assert {price.missing for price in reckoning.missing} == {"a machine that nobody named", "machine studio:farm 7"}
    assert [row.cost for row in cost_by(ledger, reckoning, By.PRODUCTION)] == [None]


def test_a_machine_is_charged_as_what_its_renders_held(studio: Bundle) -> None:
    gpu, cpu = render(1, hardware="H100", gpu_seconds=3500), render(2, hardware="node 3", cpu_seconds=9000)
    # What held a card once is a machine with a card, also where a render left it idle.
    ledger = studio(renders=[gpu, cpu, render(3, hardware="H100", cpu_seconds=100)])
    rates = (("machine:gpu", "hour", "3"), ("machine:cpu", "hour", "1"))
    assert by_kind(ledger, reckon_costs(ledger, card(*rates))) == {"machine": 3 + 1 + 3}
    assert by_kind(ledger, reckon_costs(ledger, card(*rates, ("machine:gpu:h100", "hour", "4")))) == {
        "machine": 4 + 1 + 4
    }


def test_a_rate_of_a_country_holds_in_its_parts_unless_they_have_their_own(studio: Bundle) -> None:
    ledger = studio(work_entries=[work(1, 1), work(2, 1, territory="CA-QC"), work(3, 1, territory="GB")])
    rates = RateCard("x", "x", "USD", tuple(
        rate for territory, price in (("CA", "10"), ("CA-QC", "7"))
        for rate in card(("labour", "hour", price), territory=territory).rates
    ))  # fmt: skip
    reckoning = reckon_costs(ledger, rates)
    lines = {line["fact_id"]: line["cost"] for line in cost_lines_of(ledger, reckoning, "S1")}
    assert lines == {"W1": 10, "W2": 7, "W3": None}


def test_the_studios_own_rates_come_first_and_the_shipped_card_fills_what_they_never_price(studio: Bundle) -> None:
    rate = {"resource": "labour:comp", "unit": "day", "price": "480", "currency": "USD", "valid_from": "2026-03-01"}
    entries = [work(1, 8), work(2, 1, department="roto"), work(3, 8, worked_on="2026-02-01")]
    ledger = studio(work_entries=entries, rates=[rate])
    reckoning = reckon_costs(ledger)
    found = {line["fact_id"]: (line["cost"], line["rate_origin"]) for line in cost_lines_of(ledger, reckoning, "S1")}
    assert found == {"W1": (480, "imported"), "W2": (80, "assumed"), "W3": (None, None)}
    assert reckoning.filled == ("labour:roto",)
    assert "what it has no rate for on any day (labour:roto) by default-2026-" in str(reckoning)
    assert [(price.missing, price.first_day) for price in reckoning.missing] == [("labour:comp", date(2026, 2, 1))]


def test_costs_follow_the_exchange_of_their_day_and_a_missing_one_is_told(studio: Bundle) -> None:
    productions = [{"production_id": "P1", "name": "One", "currency": "CAD", "fps": "24"}]
    entries = [work(1, 1), work(2, 1, worked_on="2026-03-20"), work(3, 1, worked_on="2026-01-01")]
    exchanges = [{"from_currency": "CAD", "to_currency": "USD", "valid_from": "2026-02-01", "rate": "0.8"},
                 {"from_currency": "CAD", "to_currency": "USD", "valid_from": "2026-03-10", "rate": "0.5"}]  # fmt: skip
    ledger = studio(productions=productions, work_entries=entries, fx_rates=exchanges)
    reckoning = reckon_costs(ledger, card(("labour", "hour", "100")))
    assert report_currency(ledger) == "CAD"
    found = {line["fact_id"]: line["cost"] for line in cost_lines_of(ledger, reckoning, "S1")}
    assert found == {"W1": 125, "W2": 200, "W3": None}
    (missing,) = reckoning.missing
    assert missing.is_exchange
    assert str(missing).startswith("The ledger has no exchange rate from USD to CAD on 2026-01-01: 1 Traditional fact")
    # All of a production is reported at one rate, that of its last day.
    assert [row.cost for row in cost_by(ledger, reckoning, By.PRODUCTION, "USD")] == [Decimal("162.5")]


def test_a_bill_of_the_production_is_shared_by_what_shots_cost_to_the_last_decimal(studio: Bundle) -> None:
    bill = {"charge_id": "C1", "production_id": "P1", "category": "storage", "amount": "100", "currency": "USD",
            "charged_on": "2026-03-05"}  # fmt: skip
    ledger = studio(work_entries=[work(1, 1), work(2, 2, shot_id="S2")], charges=[bill])
    reckoning = reckon_costs(ledger, card(("labour", "hour", "10")))
    frame = shot_costs(ledger, reckoning)
    found = dict(zip(frame["shot_id"], frame["cost_gross"], strict=True))
    assert round(found["S1"], 6) == Decimal("43.333333")
    assert sum(found.values()) == 130
    months = {row.label: row.cost for row in cost_by(ledger, reckoning, By.MONTH)}
    assert months == {"2026-03": 130}


def test_a_bill_that_no_shot_can_carry_stays_with_the_production(studio: Bundle) -> None:
    bill = {"charge_id": "C1", "production_id": "P1", "category": "storage", "amount": "100", "currency": "USD",
            "charged_on": "2026-03-05"}  # fmt: skip
    ledger = studio(charges=[bill])
    reckoning = reckon_costs(ledger, card(("labour", "hour", "10")))
    assert [(row.shot_id, row.cost) for row in cost_by(ledger, reckoning, By.SHOT)] == [(None, 100)]
    assert shot_costs(ledger, reckoning).empty


def test_costs_are_reckoned_again_when_facts_changed_and_both_cards_are_kept(studio: Bundle) -> None:
    ledger = studio(work_entries=[work(1, 1)])
    cheap, dear = card(("labour", "hour", "10")), card(("labour", "hour", "25"))
    rows = [cost_by(ledger, reckon_costs(ledger, each), By.PRODUCTION) for each in (cheap, dear)]
    (row,) = repriced(*rows)
    assert (row.before, row.after, row.difference) == (10, 25, 15)
    studio(work_entries=[work(1, 3)])
    assert total_of(cost_by(ledger, reckon_costs(ledger, cheap), By.PRODUCTION)).cost == 30


def test_demonstration_rows_are_left_out_beside_real_ones_unless_asked_for(studio: Bundle) -> None:
    ledger = studio(Origin.SYNTHETIC, work_entries=[work(1, 1)])
    rates = card(("labour", "hour", "10"))
    assert [row.cost for row in cost_by(ledger, reckon_costs(ledger, rates), By.ARM)] == [10]
    studio(
        productions=[{"production_id": "P2", "name": "Two", "currency": "USD", "fps": "24"}],
        shots=[{"shot_id": "S9", "production_id": "P2", "code": "S9", "cut_frames": 48}],
        work_entries=[work(9, 4, shot_id="S9")],
    )
    reckoning = reckon_costs(ledger, rates)
    assert [(row.production_id, row.cost) for row in cost_by(ledger, reckoning, By.PRODUCTION)] == [("P2", 40)]
    both = cost_by(ledger, reckoning, By.PRODUCTION, with_synthetic=True)
    assert [(row.cost, row.synthetic_cost) for row in both] == [(10, 10), (40, 0)]


def test_a_card_that_is_nowhere_is_refused(studio: Bundle) -> None:
    ledger = studio(work_entries=[work(1, 1)])
    with pytest.raises(InputRefused, match="is no rate card and no file"):
        reckon_costs(ledger, "nonsense")


def test_a_loss_of_machine_and_hours_is_in_the_arm_where_the_shot_began(studio: Bundle) -> None:
    ledger = studio(
        assignments=[
            {"shot_id": "S1", "workflow": "ai", "started_on": "2026-02-01", "outcome": "fell_back"},
            {"shot_id": "S1", "workflow": "traditional", "started_on": "2026-03-01", "outcome": "final"},
        ],
        work_entries=[work(1, 1, workflow="", worked_on="2026-02-10"), work(2, 5, workflow="")],
    )
    reckoning = reckon_costs(ledger, card(("labour", "hour", "10")))
    assert [(row.label, row.cost) for row in cost_by(ledger, reckoning, By.ARM)] == [("ai", 60)]
    assert {row.label: row.cost for row in cost_by(ledger, reckoning, By.WORKFLOW)} == {"traditional": 50, "ai": 10}
