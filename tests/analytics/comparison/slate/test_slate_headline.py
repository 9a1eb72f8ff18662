"""The head of the slate says what was found, in words that cannot be read the other way."""

from decimal import Decimal

import pytest

from analytics.comparison.figures import Clock
from analytics.comparison.slate.clock_comparison import ClockComparison
from analytics.comparison.slate.pooling import GroupRatio, PooledRatios
from analytics.comparison.slate.results import Estimand, Method, Population, RatioResult
from analytics.comparison.slate.slate_headline import (
    change_words,
    group_certainty,
    kind_verdicts,
    money_words,
    production_headline,
    slate_headline,
)
from analytics.comparison.slate.slate_saving import Saved, SlateSaving

KINDS = (
    GroupRatio("cleanup", 40, 60, 0.6, 0.6, 0.5, 0.7),
    GroupRatio("previs", 40, 60, 0.4, 0.4, 0.3, 0.5),
    GroupRatio("de_age", 20, 30, 1.1, 1.1, 0.9, 1.4),
    GroupRatio("creature", 20, 30, 2.4, 2.4, 1.6, 3.4),
    GroupRatio("crowd", 1, 30, None, None, None, None),
)


def clock_of(
    clock: Clock, ratio: float | None, low: float | None, high: float | None, kinds: tuple[GroupRatio, ...] = KINDS
) -> ClockComparison:
    results = tuple(
        RatioResult(
            estimand, population, clock, method, ratio, low, high, 0.95, None, None, 120, 180, 0, 7, {}, ("too few",)
        )
        for estimand in Estimand for population in Population for method in Method
    )  # fmt: skip
    pooled = PooledRatios(kinds, 0.1, None, None)
    return ClockComparison(clock, results, (), "", (), None, 300, 1.0, 0, {}, None, None, None, None, pooled, None)


def saving_of(low: int, high: int) -> SlateSaving:
    saved = Saved(Decimal(100), Decimal(200), Decimal((low + high) // 2), Decimal(low), Decimal(high))
    gross = Saved(Decimal(100), Decimal(200), saved.saved * 2, Decimal(low) * 2, Decimal(high) * 2)
    return SlateSaving("CAD", 0.95, gross, saved, Decimal(0), 120, 180, 5, 3, 1, None, 0, None)


def test_less() -> None:
    words = slate_headline(clock_of(Clock.COST_GROSS, 0.61, 0.56, 0.67), saving_of(2_000_000, 4_000_000))
    assert words.claim == "AI shots cost 39% less than like shots made traditionally."
    assert "between 33% and 44% less before incentives, from 120 AI" in words.certainty
    assert "and 180 traditional shots of 7 productions" in words.certainty
    assert words.where_not == "It does not pay for creature. It cannot be told yet for de-ageing and crowd."
    assert words.money == (
        "So far that has saved about CAD 3.00 M after incentives (95% sure: CAD 2.00 M to CAD 4.00 M), "
        "and CAD 6.00 M before them."
    )


def test_more_and_many_times() -> None:
    words = slate_headline(clock_of(Clock.COST_GROSS, 1.22, 1.1, 1.4), saving_of(-4_000_000, -2_000_000))
    assert words.claim == "AI shots cost 22% more than like shots made traditionally."
    assert "between 10% more and 40% more" in words.certainty
    assert words.money.startswith("So far that has cost about CAD 3.00 M more after incentives (95% sure: ")
    assert words.money.endswith(", and CAD 6.00 M before them.")
    many = slate_headline(clock_of(Clock.PEOPLE, 2.4, 2.1, 2.8), None)
    assert many.claim == "AI shots take 2.4 times the people-hours as like shots made traditionally."
    assert many.money == ""


def test_what_is_open_has_no_number_in_bold_and_nothing_is_proven() -> None:
    words = slate_headline(clock_of(Clock.CALENDAR, 0.9, 0.7, 1.2), saving_of(-100_000, 300_000))
    assert words.claim == (
        "No difference in calendar days is shown between AI shots and like shots made traditionally."
    )
    assert "between 20% more and 30% less" in words.certainty
    assert "is not proven: anything from −CAD 100 k to CAD 300 k" in words.money


def test_what_cannot_be_told_says_why() -> None:
    words = slate_headline(clock_of(Clock.MACHINE, None, None, None, ()), None)
    assert words.claim == "How AI compares in machine time cannot be told yet."
    assert words.certainty == "too few"
    assert words.where_not == ""


def test_no_kind_that_does_not_pay_is_said_too() -> None:
    words = slate_headline(clock_of(Clock.PEOPLE, 0.5, 0.4, 0.6, KINDS[:2]), None)
    assert words.where_not == "For no kind of shot is AI shown to take more."


def test_kinds_are_sorted_by_what_can_be_said() -> None:
    found = kind_verdicts(clock_of(Clock.COST_GROSS, 0.6, 0.5, 0.7))
    assert [each.group for each in found.pays] == ["previs", "cleanup"]
    assert [each.group for each in found.open] == ["de_age"]
    assert [each.group for each in found.does_not_pay] == ["creature"]
    assert [each.group for each in found.too_few] == ["crowd"]


def test_a_production() -> None:
    assert production_headline(KINDS[0], Clock.COST_GROSS, "Salt Line") == (
        "On Salt Line a typical AI shot costs 40% less than a like shot made traditionally."
    )
    assert "anything from 10% less to 40% more" in production_headline(KINDS[2], Clock.CALENDAR, "Salt Line")
    assert "too few shots" in production_headline(None, Clock.PEOPLE, "Salt Line")
    assert "between 30% less and 50% less" in group_certainty(KINDS[0], 0.95)
    assert group_certainty(None, 0.95) == ""


@pytest.mark.parametrize(
    ("ratio", "words"),
    [(0.61, "39% less"), (1.22, "22% more"), (2.4, "2.4 times as much"), (1.001, "the same"), (1.99, "99% more")],
)
def test_changes(ratio: float, words: str) -> None:
    assert change_words(ratio) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [("3012453", "CAD 3.01 M"), ("-675273", "−CAD 675 k"), ("12345678", "CAD 12.3 M"), ("999600", "CAD 1.00 M"),
     ("4641", "CAD 4,641"), ("0", "CAD 0")],
)  # fmt: skip
def test_money_has_no_false_digits(amount: str, words: str) -> None:
    assert money_words(Decimal(amount), "CAD") == words
