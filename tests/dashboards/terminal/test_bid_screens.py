from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from rich.console import Console, RenderableType

from analytics.bidding.comparing import compare_bids
from analytics.bidding.documents.bid_words import headline, rounded, rounded_pair, tenths
from analytics.bidding.stored_bids import BidRow
from analytics.vocabulary.bid import Bid, BidStatus, ChangeOrder
from dashboards.terminal.bid_comparison import bid_comparison_screen
from dashboards.terminal.bid_screens import bid_screen, bids_table
from tests.analytics.bidding.making_bids import making_bid


def lines_of(screen: RenderableType, width: int = 100) -> list[str]:
    console = Console(file=StringIO(), width=width)
    console.print(screen)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue().splitlines()


def numbers_of(lines: Sequence[str], label: str) -> list[str]:
    found = [line for line in lines if line.startswith(f"{label}  ")]  # a cell's label ends in a column's gap
    assert found, f"no line {label}"
    return found[0].removeprefix(label).split()


@pytest.mark.parametrize(
    "bid", [making_bid(12), making_bid(120, seed=4), making_bid(9, unpriced=["fx"]), making_bid(3, change_orders=2)]
)
def test_a_bid_fits_a_hundred_columns(bid: Bid) -> None:
    lines = lines_of(bid_screen(bid))
    assert max(map(len, lines)) <= 100
    assert headline(bid).split(". ")[0][:60] in " ".join(line.strip() for line in lines)


def test_the_screen_has_the_bids_own_amounts() -> None:
    bid = making_bid(12)
    lines, totals = lines_of(bid_screen(bid)), bid.totals
    for label, amount in (
        ("Base", totals.base),
        ("Contingency", totals.contingency),
        ("Margin", totals.margin),
        ("Gross", totals.gross),
        ("Tax incentives", totals.incentive),
        ("Net", totals.net),
    ):
        assert numbers_of(lines, label)[0] == f"{amount:,.2f}"
    assert totals.cost is not None
    assert numbers_of(lines, "Base, CAD")[0] == f"{totals.cost.p10:,.2f}"


def test_many_shots_are_shown_by_sequence_unless_all_are_asked_for() -> None:
    bid = making_bid(60)
    lines = lines_of(bid_screen(bid))
    assert not any(line.startswith(bid.shots[30].code + " ") for line in lines)
    assert numbers_of(lines, "B01")[0] == "12"
    assert any("--shots" in line for line in lines)
    assert any(line.startswith(bid.shots[30].code) for line in lines_of(bid_screen(bid, all_shots=True)))


def test_a_missing_price_is_named_and_no_total_is_shown() -> None:
    text = " ".join(line.strip() for line in lines_of(bid_screen(making_bid(12, unpriced=["fx"]))))
    assert "No total yet: a price is missing" in text
    assert "No price for labour:fx: add it to the rate card" in text
    assert "artist-weeks, 8 times in 10" in text


def test_demonstration_data_is_called_that() -> None:
    bid = making_bid(3)
    invented = replace(bid, ground=replace(bid.ground, origins={"synthetic": 0.1, "imported": 0.9}))
    assert any("invented" in line for line in lines_of(bid_screen(invented)))
    assert not any("invented" in line for line in lines_of(bid_screen(bid)))


def test_brackets_in_names_are_shown_as_they_are() -> None:
    bid = making_bid(2, codes=("A[bold]", "[/]B"))
    text = "\n".join(lines_of(bid_screen(replace(bid, name="cut [red]", warnings=("see [link=x]",)))))
    assert all(name in text for name in ("A[bold]", "[/]B", "cut [red]", "see [link=x]"))


def test_amounts_are_said_as_people_say_them() -> None:
    assert rounded(Decimal("3345067.52")) == "3.35 million"
    assert rounded(Decimal("999600")) == "1.00 million"
    assert rounded(Decimal("212345")) == "212,000"
    assert rounded(Decimal("7.4")) == "7"
    assert rounded(Decimal(0)) == "0"
    assert rounded_pair(Decimal("1234567"), Decimal("1890000")) == ("1.23", "1.89 million")
    assert rounded_pair(Decimal("436164"), Decimal("1256503")) == ("436,000", "1.26 million")
    assert (tenths(Decimal("0.8")), tenths(Decimal("0.85"))) == ("8 of 10", "17 of 20")


def row(**changes: object) -> BidRow:
    made = datetime(2026, 11, 23, tzinfo=UTC)
    bid = BidRow(
        "P12-bid-1", 2, True, "P12", "Salt Line", BidStatus.SENT, "CAD", made, made.date(), date(2027, 1, 7), made,
        None, None, 300, 25_000.0, Decimal("3345067.52"), None,
    )  # fmt: skip
    return replace(bid, **changes)  # type: ignore[arg-type]


def test_a_list_of_bids_tells_which_have_expired() -> None:
    lines = lines_of(bids_table([row(), row(bid_id="P12-bid-2", status=BidStatus.LOCKED)], today=date(2027, 2, 1)))
    assert max(map(len, lines)) <= 100
    sent, locked = (next(line for line in lines if line.startswith(name)) for name in ("P12-bid-1", "P12-bid-2"))
    assert "sent, expired" in sent
    assert "2027-01-07" in sent
    assert "no price" in sent
    assert "expired" not in locked
    assert "locked budget" in locked
    assert "bid new" in lines_of(bids_table([]))[0]


def test_a_comparison_tells_the_change_and_where_it_lies() -> None:
    before = making_bid(12)
    order = ChangeOrder(1, date(2026, 12, 1), "Recut of reel 2", ("TIDE_B01_0020",), (), (), Decimal(1), Decimal(1))
    after = replace(making_bid(14), version_number=4, change_orders=(order,))
    lines = lines_of(bid_comparison_screen(compare_bids(before, after)))
    assert max(map(len, lines)) <= 100
    assert before.totals.gross is not None
    assert after.totals.gross is not None
    assert numbers_of(lines, "Gross")[:3] == [
        f"{before.totals.gross:,.2f}",
        f"{after.totals.gross:,.2f}",
        f"{after.totals.gross - before.totals.gross:+,.2f}",
    ]
    text = " ".join(line.strip() for line in lines)
    assert "more gross" in text
    assert "2 new" in text
    assert any(line.startswith("TIDE_B01_0020") and line.rstrip().endswith("new") for line in lines)
    assert "Recut of reel 2" in text


def test_a_comparison_with_itself_says_that_nothing_changed() -> None:
    bid = making_bid(5)
    text = "\n".join(lines_of(bid_comparison_screen(compare_bids(bid, bid))))
    assert "The gross is the same." in text
    assert "No shot differs." in text


def test_what_has_no_price_cannot_be_compared_in_money() -> None:
    lines = lines_of(bid_comparison_screen(compare_bids(making_bid(6), making_bid(6, unpriced=["comp"]))))
    assert any("cannot be told: a price is missing" in line for line in lines)
    assert numbers_of(lines, "Gross")[-1] == "unknown"
