"""Earned value against the textbook's vector, where it divides by zero, and as algebra."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.estimation.running.earned_value import EacFormula, EarnedValue
from analytics.estimation.running.earning import EarningRule, EarningShot, earned_value

TEXTBOOK = EarnedValue(bac=Decimal(100), pv=Decimal(50), ev=Decimal(40), ac=Decimal(45))
AMOUNTS = st.decimals("0.01", "1000000", places=2)


def to_places(value: Decimal | None, places: str = "0.01") -> Decimal:
    assert value is not None
    return value.quantize(Decimal(places))


def test_the_textbook_vector() -> None:
    """BAC/EV/AC 100/40/45, PV 50: wikislate.com, 15-evm-forecasting, as docs/cost-report.md quotes it."""
    assert (TEXTBOOK.cv, TEXTBOOK.sv) == (-5, -10)
    assert (to_places(TEXTBOOK.cpi), to_places(TEXTBOOK.spi)) == (Decimal("0.89"), Decimal("0.80"))
    assert to_places(TEXTBOOK.eac()) == Decimal("112.50")
    assert to_places(TEXTBOOK.etc()) == Decimal("67.50")
    assert to_places(TEXTBOOK.vac()) == Decimal("-12.50")
    assert to_places(TEXTBOOK.eac(EacFormula.COST_AND_SCHEDULE), "0.1") == Decimal("129.4")
    assert TEXTBOOK.eac(EacFormula.ATYPICAL) == 105
    assert to_places(TEXTBOOK.tcpi()) == Decimal("1.09")
    assert to_places(TEXTBOOK.tcpi(TEXTBOOK.eac())) == Decimal("0.89")
    assert TEXTBOOK.gaps() == ()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (EarnedValue(Decimal(100), Decimal(0), Decimal(0), Decimal(0)), "Nothing is booked yet"),
        (EarnedValue(Decimal(100), Decimal(5), Decimal(0), Decimal(9)), "Nothing is earned yet"),
        (EarnedValue(Decimal(100), None, Decimal(3), Decimal(9)), "No shot of the budget has a due date"),
        (EarnedValue(Decimal(100), Decimal(0), Decimal(3), Decimal(9)), "Nothing was due yet"),
        (EarnedValue(Decimal(100), Decimal(50), Decimal(30), Decimal(100)), "The budget is spent"),
    ],
)
def test_what_would_divide_by_zero_is_told_in_words(told: EarnedValue, words: str) -> None:
    assert any(gap.startswith(words) for gap in told.gaps())
    for formula in EacFormula:
        told.eac(formula), told.etc(formula), told.vac(formula)
    told.tcpi(), told.spi, told.cpi


def test_without_anything_earned_no_efc_follows_from_cpi_but_one_follows_from_the_budget() -> None:
    told = EarnedValue(Decimal(100), Decimal(5), Decimal(0), Decimal(9))
    assert told.cpi == 0
    assert told.eac() is None
    assert told.eac(EacFormula.COST_AND_SCHEDULE) is None
    assert told.eac(EacFormula.ATYPICAL) == 109


def test_a_production_that_is_done_costs_what_it_cost() -> None:
    told = EarnedValue(Decimal(100), Decimal(100), Decimal(100), Decimal(130))
    assert {told.eac(formula) for formula in EacFormula} == {Decimal(130)}
    assert told.vac() == -30
    assert told.tcpi() is None


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_figures_agree_with_each_other(bac: Decimal, pv: Decimal, ev: Decimal, ac: Decimal) -> None:
    told = EarnedValue(max(bac, ev), pv, ev, ac)
    for formula in EacFormula:
        eac, etc, vac = told.eac(formula), told.etc(formula), told.vac(formula)
        assert eac is not None
        assert etc is not None
        assert vac is not None
        assert abs(ac + etc - eac) < Decimal("1e-9")
        assert abs(told.bac - eac - vac) < Decimal("1e-9")
        assert etc >= 0
    # Whoever spends what the typical EAC foretells has worked at the CPI to the end.
    at_eac = told.tcpi(told.eac())
    if at_eac is not None and told.bac > ev:
        assert told.cpi is not None
        assert abs(at_eac - told.cpi) < Decimal("1e-6") * max(told.cpi, 1)


def shot(
    budget: int, *, begun: bool = True, final: bool = False, omitted: bool = False, due: int | None = 20
) -> EarningShot:
    return EarningShot(
        Decimal(budget), begun, final, omitted, date(2026, 3, 1), None if due is None else date(2026, 3, due)
    )


def test_a_shot_earns_by_the_rule_that_is_stated() -> None:
    shots = [shot(100, final=True, due=5), shot(60), shot(40, begun=False, due=9)]
    on = date(2026, 3, 10)
    strict = earned_value(shots, Decimal(170), EarningRule.AT_FINAL, on)
    assert (strict.bac, strict.ev, strict.pv) == (200, 100, 140)
    half = earned_value(shots, Decimal(170), EarningRule.HALF_AT_START, on)
    assert (half.ev, half.pv) == (130, 170)
    assert "0/100" in EarningRule.AT_FINAL.words


def test_retakes_add_to_what_is_spent_and_never_to_what_is_earned() -> None:
    before = earned_value([shot(100, final=True)], Decimal(90), EarningRule.AT_FINAL, date(2026, 3, 10))
    after = earned_value([shot(100, final=True)], Decimal(125), EarningRule.AT_FINAL, date(2026, 3, 20))
    assert (before.ev, after.ev) == (100, 100)
    assert before.cpi is not None
    assert after.cpi is not None
    assert after.cpi < 1 < before.cpi


def test_an_omitted_shot_leaves_the_budget_of_the_work_and_its_cost_stays() -> None:
    told = earned_value(
        [shot(100, final=True), shot(300, omitted=True)], Decimal(150), EarningRule.AT_FINAL, date(2026, 3, 25)
    )
    assert (told.bac, told.ev, told.pv, told.ac) == (100, 100, 100, 150)
    assert told.eac() == 150


def test_shots_without_a_due_date_are_planned_at_the_pace_of_the_others() -> None:
    shots = [shot(50, due=5), shot(50, due=25), shot(100, due=None)]
    assert earned_value(shots, Decimal(1), EarningRule.AT_FINAL, date(2026, 3, 10)).pv == 100
    assert earned_value([shot(50, due=None)], Decimal(1), EarningRule.AT_FINAL, date(2026, 3, 10)).pv is None
