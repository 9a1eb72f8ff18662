"""Facts priced by dated rates: to the cent, by the right rate, and never as zero where a rate is missing."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.costing.rate_cards import default_rate_card_path, load_rate_card
from analytics.costing.shot_costs import price_shot, total_cost
from analytics.ledger.pricing import CostKind, rates_of_card, record_rate_card
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.rate_card import Rate, RateCard
from analytics.vocabulary.render import Outcome
from analytics.vocabulary.stage import StageName
from analytics.vocabulary.workflow import Workflow

AI, TRADITIONAL = Workflow.AI, Workflow.TRADITIONAL
MakeRate = Callable[..., Rate]
MakeCard = Callable[..., RateCard]


def prices_used(shot: Any, card: RateCard) -> list[tuple[str, str]]:
    """Part and price of every line of a shot, in order."""
    lines = price_shot(shot.ledger, shot.shot_id, card).lines
    return [(line.part, f"{line.rate.price.normalize():f}" if line.rate else "missing") for line in lines]


def test_a_core_hour_counts_every_processor_and_a_line_names_fact_rate_and_cost(
    shot: Any, make_rate: MakeRate, make_card: MakeCard
) -> None:
    shot.render(TRADITIONAL, {StageName.RENDER: 1800.0}, hardware=shot.machine(cpu_count=16))
    (line,) = price_shot(shot.ledger, shot.shot_id, make_card(make_rate("machine:cpu", "0.07", "core_hour"))).lines
    assert (line.kind, line.part, line.fact_amount, line.fact_unit) == (
        CostKind.MACHINE,
        "render",
        1800.0,
        "wall_seconds",
    )
    assert (line.fact_origin, line.amount, line.rate and line.rate.source) == (
        Origin.MEASURED,
        8,
        "invented for a test",
    )
    assert line.cost is not None
    assert (line.cost.amount, line.cost.currency) == (Decimal("0.56"), "USD")


@pytest.mark.parametrize(
    ("unit", "price", "gpu_count", "cost"),
    [
        ("hour", "4", 1, "1"),
        ("hour", "4", 8, "8"),  # the price is for one card, and the render held all eight
        ("second", "0.01", 1, "9"),
        ("day", "96", 1, "1"),
        ("core_hour", "0.5", 8, "4"),
    ],
)
def test_machine_units(
    shot: Any, make_rate: MakeRate, make_card: MakeCard, unit: str, price: str, gpu_count: int, cost: str
) -> None:
    shot.render(AI, {StageName.DENOISE: 900.0}, hardware=shot.machine(32, "NVIDIA H100 80GB HBM3", gpu_count))
    costs = price_shot(shot.ledger, shot.shot_id, make_card(make_rate("machine:gpu", price, unit)))
    total = total_cost(costs.lines, "USD")
    assert total is not None
    assert round(total.amount, 8) == Decimal(cost)


def test_loading_and_renders_that_failed_are_charged_like_the_others(
    shot: Any, make_rate: MakeRate, make_card: MakeCard
) -> None:
    shot.render(AI, {StageName.LOAD: 3600.0, StageName.DENOISE: 3600.0})
    shot.render(AI, {StageName.LOAD: 3600.0}, outcome=Outcome.FAILED)
    shot.render(AI, {StageName.LOAD: 1800.0}, outcome=Outcome.INTERRUPTED)
    total = total_cost(price_shot(shot.ledger, shot.shot_id, make_card(make_rate("machine:cpu", "2"))).lines, "USD")
    assert total is not None
    assert total.amount == 7


@pytest.mark.parametrize(
    ("gpu_model", "price"),
    [
        ("NVIDIA H200", "5.41"),
        ("NVIDIA H100 80GB HBM3", "4.29"),
        ("NVIDIA GeForce RTX 4090", "3.29"),
        ("NVIDIA H100 PCIe", "3.5"),
        ("NVIDIA H2000", "3.29"),  # another model whose name only starts the same
    ],
)
def test_the_most_particular_machine_rate_wins(
    shot: Any, make_rate: MakeRate, make_card: MakeCard, gpu_model: str, price: str
) -> None:
    card = make_card(
        make_rate("machine:gpu:h200", "5.41"),
        make_rate("machine:gpu", "3.29"),
        make_rate("machine:gpu:h100", "4.29"),
        make_rate("machine:gpu:h100:pcie", "3.5"),
    )
    shot.render(AI, {StageName.DENOISE: 10.0}, hardware=shot.machine(32, gpu_model))
    assert prices_used(shot, card) == [("denoise", price)]


def test_the_most_particular_labour_rate_wins(shot: Any, make_rate: MakeRate, make_card: MakeCard) -> None:
    card = make_card(
        make_rate("labour", "10"),
        # The newest of all, so that only being particular can beat it.
        make_rate("labour:comp", "20", valid_from=date(2021, 1, 1)),
        make_rate("labour:comp:senior", "30"),
        make_rate("labour:comp", "25", vendor="north"),
        make_rate("labour:comp", "15", territory="IN"),
    )
    work = (
        shot.hours(AI, "fx", 1, number=1),
        shot.hours(AI, "comp", 1, number=2),
        shot.hours(AI, "Comp", 1, number=3, seniority="Senior"),
        shot.hours(AI, "comp", 1, number=4, seniority="junior"),
        shot.hours(AI, "comp", 1, number=5, vendor="north"),
        shot.hours(AI, "comp", 1, number=6, territory="IN"),
        shot.hours(AI, "fx", 1, number=7, vendor="north", territory="IN", seniority="senior"),
    )
    shot.render(AI, {}, work=work)
    costs = price_shot(shot.ledger, shot.shot_id, card)
    found = {line.fact_id.rpartition("/")[2]: line.rate.price for line in costs.lines if line.rate}
    assert found == {"1": 10, "2": 20, "3": 30, "4": 20, "5": 25, "6": 15, "7": 10}


def test_a_rate_of_another_territory_or_vendor_is_no_rate(shot: Any, make_rate: MakeRate, make_card: MakeCard) -> None:
    card = make_card(make_rate("labour", "10", territory="IN"), make_rate("machine:cpu", "1", vendor="north"))
    shot.render(AI, {StageName.DENOISE: 1.0}, work=(shot.hours(AI, "comp", 1),))
    assert prices_used(shot, card) == [("denoise", "missing"), ("comp", "missing")]


def test_a_price_of_a_person_day_is_parted_by_the_hours_of_that_day(
    shot: Any, make_rate: MakeRate, make_card: MakeCard
) -> None:
    shot.render(AI, {}, work=(shot.hours(AI, "comp", 12),))
    (line,) = price_shot(shot.ledger, shot.shot_id, make_card(make_rate("labour", "800", "day"))).lines
    assert line.amount == Decimal("1.5")
    assert line.cost is not None
    assert line.cost.amount == 1200


@pytest.mark.parametrize(
    ("on", "price"),
    [
        (date(2025, 12, 31), "missing"),
        (date(2026, 1, 1), "1"),
        (date(2026, 5, 31), "1"),
        (date(2026, 6, 1), "2"),
        (date(2026, 8, 31), "2"),
        (date(2026, 9, 1), "missing"),
        (date(2026, 10, 1), "3"),
    ],
)
def test_a_fact_is_priced_as_of_its_day(
    shot: Any, make_rate: MakeRate, make_card: MakeCard, on: date, price: str
) -> None:
    card = make_card(
        *(
            make_rate(resource, amount, valid_from=first, valid_to=end)
            for resource in ("machine:cpu", "labour")
            for amount, first, end in (
                ("1", date(2026, 1, 1), date(2026, 6, 1)),
                ("2", date(2026, 6, 1), date(2026, 9, 1)),
                ("3", date(2026, 10, 1), None),
            )
        )
    )
    last_second = datetime(on.year, on.month, on.day, 23, 59, 59, tzinfo=UTC)
    shot.render(AI, {StageName.DENOISE: 5.0}, started_at=last_second, work=(shot.hours(AI, "comp", 1, on=on),))
    assert prices_used(shot, card) == [("denoise", price), ("comp", price)]


def test_a_particular_rate_that_has_ended_gives_way_to_the_general_one(
    shot: Any, make_rate: MakeRate, make_card: MakeCard
) -> None:
    card = make_card(
        make_rate("labour", "10"),
        make_rate("labour:comp", "20", valid_from=date(2020, 1, 1), valid_to=date(2026, 1, 1)),
    )
    shot.render(AI, {}, work=(shot.hours(AI, "comp", 1, on=date(2026, 1, 1)),))
    assert prices_used(shot, card) == [("comp", "10")]


def test_a_missing_rate_is_told_with_its_facts_and_makes_no_total(
    shot: Any, make_rate: MakeRate, make_card: MakeCard
) -> None:
    shot.render(AI, {StageName.LOAD: 2.0, StageName.DENOISE: 4.0}, work=(shot.hours(AI, "comp", 8),))
    costs = price_shot(shot.ledger, shot.shot_id, make_card(make_rate("labour", "100")))
    (missing,) = costs.missing_rates
    assert (missing.resource, missing.workflow, missing.fact_count, missing.fact_amount) == ("machine:cpu", AI, 2, 6.0)
    assert "no rate for machine:cpu on 2026-11-20" in str(missing)
    assert total_cost(costs.lines, "USD") is None
    assert total_cost([line for line in costs.lines if line.kind is CostKind.PEOPLE], "USD") is not None


def test_a_render_of_an_unknown_day_is_told_as_missing(shot: Any, make_rate: MakeRate, make_card: MakeCard) -> None:
    shot.render(AI, {StageName.DENOISE: 4.0})
    insert = (
        "INSERT INTO renders BY NAME SELECT render_id || ' imported' AS render_id, shot_id, workflow, hardware_id, "
        "60 AS wall_seconds, 'ok' AS outcome, 'imported' AS origin FROM renders"
    )
    shot.ledger.write(lambda connection: connection.execute(insert))
    (missing,) = price_shot(shot.ledger, shot.shot_id, make_card(make_rate("machine:gpu", "4"))).missing_rates
    assert (missing.first_day, missing.last_day, missing.fact_count) == (date(2026, 11, 20), date(2026, 11, 20), 2)
    (missing,) = price_shot(shot.ledger, shot.shot_id, make_card(make_rate("machine:cpu", "4"))).missing_rates
    assert (missing.first_day, missing.last_day, missing.fact_amount) == (None, None, 60)
    assert "no rate for machine:cpu on a day that nobody wrote down: 1" in str(missing)


def test_another_card_changes_every_cost_and_no_fact(shot: Any, make_rate: MakeRate, make_card: MakeCard) -> None:
    for workflow in (AI, TRADITIONAL):
        stages = {StageName.LOAD: 12.25, StageName.RENDER: 98.5}
        shot.render(workflow, stages, work=(shot.hours(workflow, "comp", 7.5), shot.hours(workflow, "fx", 3.25)))
    one = price_shot(shot.ledger, shot.shot_id, make_card(make_rate("machine:cpu", "1"), make_rate("labour", "50")))
    other = price_shot(shot.ledger, shot.shot_id, make_card(make_rate("machine:cpu", "2"), make_rate("labour", "60")))
    again = price_shot(shot.ledger, shot.shot_id, make_card(make_rate("machine:cpu", "1"), make_rate("labour", "50")))
    facts, other_facts = (
        [(line.fact_id, line.part, line.on, line.fact_amount, line.fact_origin) for line in costs.lines]
        for costs in (one, other)
    )
    assert facts == other_facts
    assert len(facts) == 8
    assert all(line.cost != priced.cost for line, priced in zip(one.lines, other.lines, strict=True))
    assert again == one


def test_a_card_is_recorded_once_and_read_back_as_it_was(shot: Any) -> None:
    card = load_rate_card(default_rate_card_path())
    for _ in range(2):
        record_rate_card(shot.ledger, card)
    assert tuple(rates_of_card(shot.ledger, card.rate_card_id).values()) == card.rates


PRICES = st.decimals(min_value=0, max_value=10**6, places=6, allow_nan=False, allow_infinity=False)
SECONDS = st.floats(min_value=0, max_value=10**6, allow_nan=False)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    stage_seconds=st.lists(SECONDS, min_size=1, max_size=8),
    hours=st.lists(st.floats(min_value=0, max_value=10**4, allow_nan=False), max_size=5),
    machine_price=PRICES,
    labour_price=PRICES,
    machine_unit=st.sampled_from(["second", "hour", "core_hour", "day"]),
    cpu_count=st.integers(1, 256),
)
def test_a_total_equals_its_recomputation_to_the_cent(
    new_shot: Callable[[], Any],
    make_rate: MakeRate,
    make_card: MakeCard,
    stage_seconds: list[float],
    hours: list[float],
    machine_price: Decimal,
    labour_price: Decimal,
    machine_unit: str,
    cpu_count: int,
) -> None:
    card = make_card(make_rate("machine:cpu", str(machine_price), machine_unit), make_rate("labour", str(labour_price)))
    shot = new_shot()
    paid = [name for name in StageName if name is not StageName.PLATE]
    stages = dict(zip(paid, stage_seconds, strict=False))
    work = tuple(shot.hours(AI, "comp", amount, number=number) for number, amount in enumerate(hours))
    shot.render(AI, stages, hardware=shot.machine(cpu_count), work=work)
    costs = price_shot(shot.ledger, shot.shot_id, card)
    total = total_cost(costs.lines, "USD")
    assert total is not None

    seconds_in_unit = {"second": 1, "hour": 3600, "core_hour": 3600, "day": 86400}[machine_unit]
    multiple = cpu_count if machine_unit == "core_hour" else 1
    machine_amount = sum(Fraction(seconds) * multiple / seconds_in_unit for seconds in stages.values())
    labour_amount = sum(Fraction(amount) for amount in hours)
    recomputed = machine_amount * Fraction(machine_price) + labour_amount * Fraction(labour_price)
    # What a double cannot hold of the facts, and half of the last of an amount's 12 decimals, each times its price.
    lost = Fraction(2) ** -50 * recomputed
    lost += Fraction(1, 10**12) * (len(stages) * Fraction(machine_price) + len(hours) * Fraction(labour_price))
    assert lost < Fraction(1, 200)
    assert abs(Fraction(total.amount) - recomputed) <= lost + Fraction(1, 10**12)
    for line in costs.lines:
        assert line.amount is not None
        assert line.rate is not None
        assert line.cost is not None
        assert Fraction(line.amount) * Fraction(line.rate.price) == Fraction(line.cost.amount)


def test_a_plate_costs_nothing(new_shot: Callable[[], Any], make_rate: MakeRate, make_card: MakeCard) -> None:
    card = make_card(make_rate("machine:cpu", "1", "second"), make_rate("labour", "1"))
    shot = new_shot()
    shot.render(AI, {StageName.PLATE: 100.0, StageName.RENDER: 3.0}, hardware=shot.machine(1))
    costs = price_shot(shot.ledger, shot.shot_id, card)
    assert [line.part for line in costs.lines if line.part in {"plate", "render"}] == ["render"]
    total = total_cost(costs.lines, "USD")
    assert total is not None
    assert total.amount == 3
