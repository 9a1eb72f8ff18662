"""A new card is the old one with dated changes; the old one stays, and what cannot be used is refused all at once."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.costing.held_cards import rate_lines
from analytics.costing.new_cards import RateChange, changed_rates, name_after, new_card, price_on, scaled_price
from analytics.costing.rate_cards import rate_card_id
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.rate_card import Rate, RateCard

DAY = date(2026, 3, 1)


def rate(resource: str, price: str, since: date = date(2025, 1, 1), until: date | None = None, **more: str) -> Rate:
    return Rate(resource, "hour", Decimal(price), "CAD", since, until, "imported", Origin.IMPORTED, **more)


def card(*rates: Rate) -> RateCard:
    return RateCard(rate_card_id("Studio history", "CAD", rates), "Studio history", "CAD", rates)


BASE = card(
    rate("labour:comp", "100"),
    rate("labour:comp", "104", date(2026, 6, 1)),
    rate("labour:comp", "90", vendor="Mill"),
    rate("labour:fx", "130"),
)


def change(price: str = "112.50", resource: str = "labour:comp", day: date = DAY, **more: str) -> RateChange:
    return RateChange(resource, "hour", price, "CAD", day, "side letter", **more)


def test_the_old_price_ends_on_the_day_of_the_new_one_which_holds_until_the_next() -> None:
    made = new_card(BASE, [change()])
    comp = [each for each in made.rates if each.resource == "labour:comp" and each.vendor is None]
    assert sorted((each.price, each.valid_from, each.valid_to) for each in comp) == [
        (Decimal(100), date(2025, 1, 1), DAY),
        (Decimal(104), date(2026, 6, 1), None),
        (Decimal("112.50"), DAY, date(2026, 6, 1)),
    ]
    untouched = [each for each in BASE.rates if (each.resource, each.vendor) != ("labour:comp", None)]
    assert set(untouched) < set(made.rates)
    new = next(each for each in made.rates if each.price == Decimal("112.50"))
    assert (new.source, new.origin) == ("side letter", Origin.ASSUMED)
    assert made.name == "studio-2026-03-01"
    assert made.rate_card_id != BASE.rate_card_id


def test_a_change_on_the_day_of_a_price_takes_its_place() -> None:
    made = new_card(BASE, [change(day=date(2026, 6, 1))])
    assert [each.price for each in made.rates if each.valid_from == date(2026, 6, 1)] == [Decimal("112.50")]
    assert len(made.rates) == len(BASE.rates)


def test_a_vendor_is_another_subject_and_a_new_thing_has_no_price_before() -> None:
    made = new_card(BASE, [change("95", vendor="Mill"), change("12", "machine:gpu")])
    (largest, other) = changed_rates(BASE, made)
    assert (largest.after.resource, largest.before, largest.factor) == ("machine:gpu", None, None)
    assert (other.after.vendor, other.factor) == ("Mill", pytest.approx(95 / 90))
    assert price_on(made.rates, rate("labour:comp", "1", DAY)) == BASE.rates[0]


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(InputRefused) as refused:
        new_card(
            BASE,
            [
                change("1,5"), change("-3"), change(resource="Comp!"), replace(change(), source=" "),
                replace(change(), unit="kwh"), change("130", "labour:fx"), change("7", vendor="Mill"),
                change("8", vendor="Mill"),
            ],
            name="no name!",
        )  # fmt: skip
    told = [str(problem) for problem in refused.value.problems]
    assert len(told) == 8
    for number, words in ((1, "'1,5'"), (2, "'-3'"), (3, "Comp!"), (4, "rumour"), (5, "kwh"), (6, "is what it costs")):
        assert any(f"rate {number}" in each and words in each for each in told)
    assert any("given twice" in each for each in told)
    assert any("no name!" in each for each in told)


def test_no_change_is_refused() -> None:
    with pytest.raises(InputRefused, match="changes nothing"):
        new_card(BASE, [])


def test_a_name_says_the_day_and_leaves_an_older_day_out() -> None:
    assert name_after(BASE, DAY) == "studio-2026-03-01"
    assert name_after(replace(BASE, name="default-2026"), DAY) == "default-2026-03-01"
    assert name_after(replace(BASE, name="atelier-2026-01-05"), DAY) == "atelier-2026-03-01"


@given(
    days=st.lists(st.integers(0, 900), min_size=1, max_size=6, unique=True),
    cents=st.lists(st.integers(1, 10_000_00), min_size=6, max_size=6, unique=True),
    asked=st.integers(-50, 1000),
)
def test_on_any_day_the_last_change_before_it_is_the_price(days: list[int], cents: list[int], asked: int) -> None:
    began = date(2024, 1, 1)
    base = card(rate("labour", "0.001", date(2000, 1, 1)))
    changes = [
        change(f"{Decimal(price) / 100:f}", "labour", began + timedelta(days=day))
        for day, price in zip(days, cents, strict=False)
    ]
    made = new_card(base, changes)
    on = began + timedelta(days=asked)
    begun = [each for each in changes if each.valid_from <= on]
    expected = Decimal(max(begun, key=lambda each: each.valid_from).price) if begun else Decimal("0.001")
    (line,) = rate_lines(dict(enumerate(made.rates, start=1)), on)
    assert line.now is not None
    assert line.now.price == expected
    assert len(line.earlier) + len(line.later) + 1 == len(made.rates)
    # No two hold on one day.
    assert [
        each.price for each in made.rates if each.valid_from <= on and (not each.valid_to or on < each.valid_to)
    ] == [expected]


def test_a_scaled_price_is_written_to_the_cent_or_as_fine_as_it_was() -> None:
    assert scaled_price(rate("labour", "147.06"), Decimal("3")) == "151.47"
    assert scaled_price(rate("machine:cpu", "0.072"), Decimal("-10")) == "0.065"
    assert scaled_price(rate("labour", "100.000000"), Decimal("0.5")) == "100.50"
    with pytest.raises(InputRefused, match="negative"):
        scaled_price(rate("labour", "1"), Decimal("-101"))
