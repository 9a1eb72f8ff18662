"""Rows of a cost report add up to the hundredth, in every direction."""

from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.estimation.running.cost_report import (
    ShotAmounts,
    rounded_together,
    rows_by,
    rows_by_group,
    spread_to_come,
    total_row,
)

AMOUNTS = st.decimals("-1000", "100000", places=9)


@given(st.lists(AMOUNTS, max_size=40))
def test_rounded_amounts_add_up_to_their_rounded_sum(amounts: list[Decimal]) -> None:
    rounded = rounded_together(amounts)
    assert sum(rounded, Decimal(0)) == sum(amounts, Decimal(0)).quantize(Decimal("0.01"))
    for amount, each in zip(amounts, rounded, strict=True):
        assert abs(each - amount) < Decimal("0.01")


def amounts_of(seed: int, count: int = 9) -> ShotAmounts:
    rng = np.random.default_rng(seed)
    parts = [
        {
            name: Decimal(repr(round(float(each), 6)))
            for name, each in zip(("comp", "fx", "machine"), rng.gamma(2, 50, 3), strict=True)
        }
        for _ in range(count)
    ]
    actual_parts = [
        {name: amount * Decimal(repr(round(float(share), 3))) for name, amount in each.items()}
        for each, share in zip(parts, rng.uniform(0, 1.4, count), strict=True)
    ]
    actuals = [sum(each.values(), Decimal(0)) for each in actual_parts]
    outcomes = np.array([float(each) for each in actuals]) + rng.gamma(2, 40, (200, count)) * (rng.random(count) < 0.7)
    budgets = [None if number % 4 == 3 else sum(each.values(), Decimal(0)) for number, each in enumerate(parts)]
    return ShotAmounts(
        budgets, [{} if budget is None else each for budget, each in zip(budgets, parts, strict=True)], actuals,
        actual_parts, [{"comp": 0.6, "fx": 0.4}] * count, outcomes,
    )  # fmt: skip


@given(st.integers(0, 500))
def test_sequences_and_departments_hold_the_same_whole(seed: int) -> None:
    amounts = amounts_of(seed)
    names = ["A", "B", None, "A", "C", "B", "A", None, "C"]
    by_sequence = rows_by(amounts, names, [False] * 9)
    by_group = rows_by_group(amounts)
    for column in ("actual", "etc", "efc"):
        one, other = (sum((getattr(row, column) for row in rows), Decimal(0)) for rows in (by_sequence, by_group))
        assert one == other
    total = total_row(by_sequence, "all", amounts.outcomes, 9, 0)
    assert total.budget is not None
    assert total.variance == total.budget - total.actual - total.etc
    assert total.variance == sum((row.variance or Decimal(0) for row in by_sequence), Decimal(0))
    assert abs(float(total.efc) - amounts.outcomes.sum(axis=1).mean()) < 0.02
    assert by_sequence[-1].name == "no sequence"
    assert sum(row.shot_count or 0 for row in by_sequence) == 9


@given(st.integers(0, 200), st.decimals("0.01", "5000", places=2))
def test_what_is_to_come_of_a_shot_goes_where_it_lacks(seed: int, etc: Decimal) -> None:
    amounts = amounts_of(seed)
    for place in range(9):
        spread = spread_to_come(etc, amounts, place)
        assert sum(spread.values(), Decimal(0)) == etc
        assert all(each >= 0 for each in spread.values())


def test_a_department_that_is_done_gets_nothing_more() -> None:
    parts = {"roto": Decimal(100), "comp": Decimal(300)}
    amounts = ShotAmounts(
        [Decimal(400)], [parts], [Decimal(150)], [{"roto": Decimal(150)}], [{}], np.full((3, 1), 450.0)
    )
    assert spread_to_come(Decimal(300), amounts, 0) == {"roto": 0, "comp": 300}


def test_the_range_of_a_row_is_that_of_its_sum_and_not_the_sum_of_ranges() -> None:
    outcomes = np.random.default_rng(1).normal(100, 20, (4000, 16))
    nothing = [Decimal(0)] * 16
    amounts = ShotAmounts([Decimal(100)] * 16, [{}] * 16, nothing, [{}] * 16, [{"comp": 1.0}] * 16, outcomes)
    (row,) = rows_by(amounts, ["A"] * 16, [False] * 16)
    assert row.efc_p90 is not None
    assert row.efc_p10 is not None
    # Sixteen independent shots: the sum's spread is 4 x 20, where adding percentiles would give 16 x 20.
    assert abs(float(row.efc_p90 - row.efc_p10) - 2 * 1.2816 * 80) < 12
