from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from analytics.comparison.figures import Spread
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.rate_card import Rate
from dashboards.look.words import (
    count_words,
    energy_words,
    instant_words,
    listed,
    price_words,
    sentence,
    shot_words,
    spread_words,
    unit_words,
)


@pytest.mark.parametrize(
    ("joules", "words"),
    [(None, "unknown"), (0.0, "0 Wh"), (1908.0, "0.53 Wh"), (540_000.0, "150 Wh"), (5_400_000.0, "1.50 kWh")],
)
def test_energy_is_said_in_what_a_socket_meter_shows(joules, words):
    assert energy_words(joules) == words


def test_energy_of_repeats_is_their_middle():
    assert energy_words(Spread.of([3600.0, 7200.0, 36_000.0])) == "2 Wh"


def test_unknown_durations_are_said_to_be_unknown():
    assert spread_words(None) == "unknown"
    assert spread_words(Spread.of([135.25])) == "2 min 15 s"


@pytest.mark.parametrize(("count", "words"), [(0, "no render"), (1, "1 render"), (1200, "1,200 renders")])
def test_counts_agree_with_their_noun(count, words):
    assert count_words(count, "render") == words


@pytest.mark.parametrize(("unit", "words"), [("core_hour", "a core-hour"), ("hour", "an hour"), ("kwh", "a kWh")])
def test_a_price_names_its_unit(unit, words):
    rate = Rate("machine:cpu", unit, Decimal("0.0720"), "USD", date(2026, 1, 1), None, "a list", Origin.ASSUMED)
    assert (price_words(rate), unit_words(rate)) == ("0.072 USD", words)


def test_a_round_price_is_not_written_as_a_power_of_ten():
    rate = Rate("labour", "hour", Decimal("110.00"), "USD", date(2026, 1, 1), None, "a list", Origin.ASSUMED)
    assert price_words(rate) == "110 USD"


def test_instants_shots_lists_and_sentences():
    assert instant_words(datetime(2026, 11, 22, 9, 5, tzinfo=UTC)) == "2026-11-22 09:05 UTC"
    assert instant_words(None) == "not known"
    assert shot_words("building_collapse") == "Building collapse"
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
    assert sentence("AI took less") == "AI took less"
