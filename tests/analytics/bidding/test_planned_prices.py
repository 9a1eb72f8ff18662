"""Planned prices follow the rules by which facts are priced, and say what they lack."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analytics.bidding.planned_prices import planned_prices
from analytics.bidding.price_book import PriceBook, PriceKind, book_from_json, book_to_json
from analytics.costing.rate_choice import chosen_cards
from analytics.costing.reckoned_costs import cost_cells, reckon_costs
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.rate_card import RateCard
from tests.analytics.bidding.making_estimates import ON, card, rate, studio_ledger


def booked(department: str, hours: float, seniority: str = "", day: str = "2026-03-02") -> dict[str, object]:
    booked.number = getattr(booked, "number", 0) + 1  # type: ignore[attr-defined]
    return {
        "work_entry_id": f"W{booked.number}", "shot_id": "S1", "department": department, "seniority": seniority,
        "workflow": "traditional", "worked_on": day, "people_hours": hours,
    }  # fmt: skip


def book(ledger: Ledger, *cards: RateCard, **more: object) -> PriceBook:
    known: dict[str, object] = {"on": ON, "currency": "USD"}
    needs = more.pop("needs", [("comp", None, None)])
    return planned_prices(ledger, chosen_cards(ledger, list(cards)), needs, **{**known, **more})  # type: ignore[arg-type]


def day_price(ledger: Ledger, *cards: RateCard, **more: object) -> Decimal | None:
    (price,) = [price for price in book(ledger, *cards, **more).prices if price.kind is PriceKind.LABOUR]
    return price.amount


def test_the_most_particular_resource_then_vendor_then_territory(tmp_path: Path) -> None:
    ledger = studio_ledger(tmp_path)
    rates = card(
        rate("labour", "hour", "50"),
        rate("labour:comp", "hour", "60"),
        rate("labour:comp", "hour", "70", territory="CA"),
        rate("labour:comp", "hour", "80", territory="CA-BC"),
        rate("labour:comp", "day", "500", vendor="Harbour FX"),
        rate("labour", "hour", "1", vendor="Harbour FX"),
    )
    prices = [
        day_price(ledger, rates, needs=[(department, vendor, territory)])
        for department, vendor, territory in [
            ("fx", None, None),
            ("comp", None, None),
            ("comp", None, "CA-ON"),
            ("comp", None, "CA-BC"),
            ("comp", None, "CAX"),
            ("comp", "Harbour FX", "CA-BC"),
            ("comp", "Other", "CA-BC"),
            ("fx", "Harbour FX", None),
        ]
    ]
    assert prices == [Decimal(amount) for amount in ("400", "480", "560", "640", "480", "500", "640", "8")]


def test_the_first_card_with_any_rate_answers_alone(tmp_path: Path) -> None:
    ledger = studio_ledger(tmp_path)
    studio = card(rate("labour:comp", "hour", "60", territory="GB"), name="studio")
    general = card(rate("labour", "hour", "110"), name="general")
    assert day_price(ledger, studio, general, needs=[("fx", None, "CA")]) == 880
    assert day_price(ledger, studio, general, needs=[("comp", None, "GB")]) == 480
    assert day_price(ledger, studio, general, needs=[("comp", None, "CA")]) is None


def test_what_has_no_price_says_what_it_lacks(tmp_path: Path) -> None:
    ledger = studio_ledger(tmp_path)
    later = card(rate("labour", "hour", "110", valid_from=date(2027, 1, 1)))
    (price,) = book(ledger, later).prices
    assert price.amount is None
    assert (
        f"{later.rate_card_id} has no rate for it on 2026-11-02; its first one holds from 2027-01-01" in price.missing
    )


def test_an_ended_rate_is_taken_with_a_warning(tmp_path: Path) -> None:
    ledger = studio_ledger(tmp_path)
    ended = card(
        rate("labour:comp", "hour", "60", valid_to=date(2024, 1, 1)),
        rate("labour", "hour", "50", valid_to=date(2025, 1, 1)),
    )
    made = book(ledger, ended)
    assert [price.amount for price in made.prices] == [Decimal("400")]
    assert made.warnings == ("labour:comp: its rate ended on 2024-12-31; its last price is taken.",)


def test_a_price_is_exchanged_directly_or_by_the_inverse_rate_else_missing(tmp_path: Path) -> None:
    fx = [
        {"from_currency": "USD", "to_currency": "CAD", "rate": "1.25", "valid_from": "2026-01-01"},
        {"from_currency": "EUR", "to_currency": "USD", "rate": "1.25", "valid_from": "2026-01-01"},
        {"from_currency": "USD", "to_currency": "NZD", "rate": "1.60", "valid_from": "2027-01-01"},
    ]
    ledger = studio_ledger(tmp_path, fx_rates=fx)
    rates = card(rate("labour", "day", "1000"))
    assert day_price(ledger, rates, currency="CAD") == Decimal("1250.00")
    assert day_price(ledger, rates, currency="EUR") == Decimal("800.00")
    (price,) = book(ledger, rates, currency="NZD").prices
    assert price.amount is None
    assert "no exchange rate from USD to NZD on 2026-11-02 or before" in price.missing


def test_seniorities_are_mixed_as_history_has_them(tmp_path: Path) -> None:
    ledger = studio_ledger(tmp_path, work_entries=[booked("Comp", 30, "senior"), booked("comp", 10, "junior")])
    rates = card(rate("labour:comp:senior", "day", "800"), rate("labour:comp:junior", "day", "400"))
    (price,) = book(ledger, rates).prices
    assert price.amount == Decimal("700.00")
    assert price.source.startswith("labour:comp (25% junior, 75% senior) since 2020-01-01 on test-")
    assert day_price(ledger, card(*rates.rates, rate("labour", "day", "100"))) == Decimal("700.00")


def test_seniorities_without_history_are_taken_in_equal_parts_and_told(tmp_path: Path) -> None:
    ledger = studio_ledger(tmp_path)
    made = book(ledger, card(rate("labour:comp:senior", "day", "800"), rate("labour:comp:junior", "day", "400")))
    assert [price.amount for price in made.prices] == [Decimal("600.00")]
    assert "no history tells who does the work" in made.warnings[0]


def test_a_seniority_without_a_rate_is_left_out_and_told(tmp_path: Path) -> None:
    ledger = studio_ledger(tmp_path, work_entries=[booked("comp", 30, "senior"), booked("comp", 10, "lead")])
    made = book(ledger, card(rate("labour:comp:senior", "day", "800")))
    assert [price.amount for price in made.prices] == [Decimal("800.00")]
    assert "25% of the hours in history" in made.warnings[0]


def test_a_department_that_nobody_ever_worked_in_costs_what_the_others_do(tmp_path: Path) -> None:
    ledger = studio_ledger(tmp_path, work_entries=[booked("comp", 30), booked("fx", 10), booked("roto", 10)])
    needs = [(name, None, None) for name in ("comp", "fx", "layout", "roto")]
    made = book(ledger, card(rate("labour:comp", "day", "800"), rate("labour:fx", "day", "400")), needs=needs)
    prices = {price.department: price for price in made.prices}
    assert prices["layout"].amount == Decimal("700.00")
    assert prices["layout"].origin == "assumed"
    assert prices["roto"].amount is None, "hours were booked there, so its rate is missing"
    assert [warning.split(":")[1] for warning in made.warnings] == ["layout"]


def test_shares_and_seats_come_along(tmp_path: Path) -> None:
    ledger = studio_ledger(tmp_path)
    rates = card(
        rate("labour", "day", "800"),
        rate("uplift:supervision", "share", "0.200"),
        rate("uplift:overhead", "share", "0.35"),
        rate("licence:nuke:comp", "month", "260.00"),
        rate("licence:houdini:fx", "day", "21"),
    )
    made = book(ledger, rates, hours_per_person_day=Decimal(10))
    found = {price.resource: price.amount for price in made.prices}
    assert found == {
        "labour:comp": Decimal("800.00"),
        "licence:nuke:comp": Decimal("15.00"),  # 260 over 173 1/3 hours, for ten of them
        "uplift:supervision": Decimal("0.2"),
        "uplift:overhead": Decimal("0.35"),
    }


def test_a_book_comes_back_from_text_as_it_was(tmp_path: Path) -> None:
    made = book(studio_ledger(tmp_path), card(rate("labour", "day", "800"), rate("uplift:overhead", "share", "0.35")))
    assert book_from_json(book_to_json(made), "stored") == made


RESOURCES = ("labour", "labour:comp", "labour:comp:senior", "labour:fx")
rates_drawn = st.builds(
    rate,
    st.sampled_from(RESOURCES),
    st.sampled_from(["hour", "day"]),
    st.integers(1, 900).map(str),
    territory=st.sampled_from([None, "CA", "CA-BC", "GB"]),
    vendor=st.sampled_from([None, "Harbour FX"]),
    valid_from=st.sampled_from([date(2020, 1, 1), date(2026, 3, 2), date(2026, 3, 3)]),
    valid_to=st.sampled_from([None, date(2026, 3, 5)]),
)


@pytest.fixture(scope="module")
def booked_ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A day of ten hours for each of several departments, vendors and territories, all on 2026-03-02."""
    cases = [
        (department, seniority, vendor, territory)
        for department, seniority in (("comp", ""), ("fx", ""), ("roto", ""))
        for vendor in ("", "Harbour FX", "Other")
        for territory in ("CA-BC", "GB")
    ]
    entries = [
        {**booked(department, 10.0, seniority), "vendor": vendor, "territory": territory}
        for department, seniority, vendor, territory in cases
    ]
    return studio_ledger(tmp_path_factory.mktemp("booked"), work_entries=entries)


# No shrinking: an example asks a ledger, and the cards of a failing one are short enough to be read.
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.reuse, Phase.generate]
)
@given(st.lists(rates_drawn, min_size=1, max_size=6), st.lists(rates_drawn, max_size=3))
def test_a_planned_price_is_what_the_same_work_is_charged_at(
    booked_ledger: Ledger, first: list[object], second: list[object]
) -> None:
    cards = [card(*rates, name=name) for name, rates in (("one", first), ("two", second)) if rates]  # type: ignore[arg-type]
    ids = chosen_cards(booked_ledger, cards)
    cells = cost_cells(booked_ledger, reckon_costs(booked_ledger, list(ids)))
    people = cells[cells["cost_kind"] == "people"]
    needs = [
        (row.part, row.vendor if isinstance(row.vendor, str) else None, row.territory) for row in people.itertuples()
    ]
    made = planned_prices(booked_ledger, ids, needs, on=date(2026, 3, 2), currency="USD")
    assert len(needs) == 18
    for need, cost in zip(needs, people["cost"], strict=True):
        price = made.labour(*need)
        assert price is not None
        # None of these rates had ended by that day: then a bid takes the last, where a fact has no price.
        assert price.amount == (None if cost is None else (cost / 10 * 8).quantize(Decimal("0.01")))
