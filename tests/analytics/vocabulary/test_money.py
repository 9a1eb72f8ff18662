"""Money: decimal, one currency, exact."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.money import Money

AMOUNTS = st.decimals(-(10**12), 10**12, places=6)
US_DOLLARS = AMOUNTS.map(lambda amount: Money(amount, "USD"))


@given(US_DOLLARS, US_DOLLARS)
def test_adding_and_taking_away_is_exact(one: Money, other: Money) -> None:
    assert one + other == other + one
    assert one + other - other == one
    assert one + -one == Money(Decimal(0), "USD")


@given(US_DOLLARS, st.integers(0, 1000))
def test_so_many_times_is_adding_so_often(one: Money, times: int) -> None:
    total = Money(Decimal(0), "USD")
    for _ in range(times % 10):
        total += one
    assert one * (times % 10) == total


@given(AMOUNTS)
def test_rounding_moves_by_half_a_cent_at_most(amount: Decimal) -> None:
    rounded = Money(amount, "EUR").rounded()
    assert abs(rounded.amount - amount) <= Decimal("0.005")
    assert rounded.rounded() == rounded


def test_halves_go_to_the_even_cent() -> None:
    assert [str(Money.of(text, "USD").rounded().amount) for text in ("0.125", "0.135", "-0.125")] == [
        "0.12",
        "0.14",
        "-0.12",
    ]


@given(AMOUNTS)
def test_text_comes_back_as_the_same_amount(amount: Decimal) -> None:
    assert Money.of(str(amount), "ARS").amount == amount


def test_shown_with_thousands_and_currency() -> None:
    assert str(Money.of("1234567.50", "USD")) == "1,234,567.50 USD"


@pytest.mark.parametrize("currency", ["usd", "US", "DOLLAR", "", "€"])
def test_a_currency_is_three_capitals(currency: str) -> None:
    with pytest.raises(InputRefused, match="ISO 4217"):
        Money(Decimal(1), currency)


@pytest.mark.parametrize("amount", ["twelve", "", "NaN", "Infinity", "1,5"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(InputRefused, match="is not a decimal amount"):
        Money.of(amount, "USD")


def test_two_currencies_do_not_add() -> None:
    for combine in (Money.__add__, Money.__sub__):
        with pytest.raises(InputRefused, match="two currencies"):
            combine(Money.of(1, "USD"), Money.of(1, "EUR"))


def test_floats_never_touch_money() -> None:
    with pytest.raises(TypeError):
        Money.of(0.1, "USD")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money.of(1, "USD") * 0.1  # type: ignore[operator]
