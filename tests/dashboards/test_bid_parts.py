"""Parts of the bid page that need no browser: the range bar, charts, and words in place of the terminal's options."""

from decimal import Decimal
from typing import Any

import pytest

from analytics.bidding.bid_sums import department_sums
from analytics.bidding.mix_ranges import MixRange
from analytics.vocabulary.bid import Amounts
from analytics.vocabulary.errors import Problem
from dashboards.app_pages.bid.charts import departments_chart, mix_ranges_chart
from dashboards.app_pages.bid.head import headline_words
from dashboards.app_pages.bid.words import COMPLEXITIES, KINDS, MIXES, UNSAID, WORKFLOWS, in_page_words, word_of
from dashboards.look.range_bar import RangeMark, range_bar
from tests.analytics.bidding.making_bids import making_bid


def positions(html: str) -> list[float]:
    return [float(part.split("%")[0]) for part in html.split("left:")[1:]]


def rows_of(chart: Any) -> list[dict[str, Any]]:
    """What the bars of a chart are drawn from."""
    spec = chart.to_dict()
    bar = next(layer for layer in spec["layer"] if layer["mark"].get("type") == "bar")
    found: list[dict[str, Any]] = bar["data"]["values"]
    return found


def test_a_range_bar_keeps_every_mark_on_its_scale() -> None:
    marks = [RangeMark("Price 9", Decimal(9)), RangeMark("version 1 <2>", Decimal(2), "before")]
    html = range_bar("total", Decimal(3), Decimal(5), Decimal(8), ("3", "5", "8"), marks)
    assert all(0 <= each <= 100 for each in positions(html))
    assert "version 1 &lt;2&gt;" in html
    assert 'aria-label="from 3; middle 5; to 8; Price 9; version 1 &lt;2&gt;"' in html


def test_a_range_of_one_amount_stands_in_the_middle() -> None:
    html = range_bar("total", *(3 * [Decimal(0)]), ("0", "0", "0"), [])
    assert set(positions(html)) == {50.0}


def test_mixes_are_told_with_their_chance_and_none_is_called_certain() -> None:
    cost = Amounts(Decimal(1_000_000), Decimal(2_000_000), Decimal(3_000_000), Decimal(2_000_000))
    mixes = [
        MixRange("traditional", cost, 0, None),
        MixRange("current", cost, 4.2, 0.62),
        MixRange("ai", cost, 12, 1.0),
    ]
    rows = rows_of(mix_ranges_chart(mixes, "current", "CAD"))
    assert [row["chance"] for row in rows] == ["", "cheaper in 62 of 100", "cheaper in over 99 of 100"]
    assert [row["role"] for row in rows] == ["Traditional", "ink", "AI"]
    assert rows[1]["mix"] == f"{MIXES['current']}, this bid"
    assert rows[0]["span"] == "1.00 to 3.00 million"


def test_departments_without_a_price_are_drawn_and_say_so() -> None:
    bid = making_bid(12, unpriced=("fx",))
    rows = rows_of(departments_chart(department_sums(bid), "CAD"))
    assert {row["department"]: row["money"] for row in rows}["FX"] == "no price"
    assert rows[0]["p90"] == pytest.approx(bid.departments[0].people_hours.p90 / 40)


def test_the_headline_tells_amounts_or_why_there_are_none() -> None:
    priced = making_bid(12)
    assert headline_words(priced).startswith("12 shots will cost about ")
    assert "CAD" in headline_words(priced)
    assert "a price is missing" in headline_words(making_bid(12, unpriced=("fx",)))


def test_options_of_the_terminal_become_the_pickers() -> None:
    (told,) = in_page_words([Problem("--mix", "best", "needs a price", "name a card with --rates")])
    assert told == Problem("Who makes the shots", "best", "needs a price", "name a card with Rates")


def test_every_word_of_a_cell_stands_for_one_value() -> None:
    for words in (KINDS, COMPLEXITIES, WORKFLOWS):
        assert len(set(words.values())) == len(words)
        for word, value in words.items():
            assert word_of(words, value) == word
    assert word_of(KINDS, None) == UNSAID
