"""The answer of a bid: the headline, the range of the cost with the price on it, what the price is made up of."""

from collections.abc import Iterator
from decimal import Decimal
from html import escape

from analytics.bidding.documents.bid_words import (
    artist_weeks,
    count,
    day_words,
    made_up_words,
    rounded,
    rounded_pair,
    state_words,
    tenths,
)
from analytics.vocabulary.bid import Bid
from dashboards.answers.bids import ShownBid
from dashboards.look.cards import banner, page_head, show
from dashboards.look.range_bar import RangeMark, range_bar


def show_head(shown: ShownBid, where: str) -> None:
    """Banner, where we are, one sentence with the answer, how far it can be trusted."""
    bid = shown.bid
    if made_up_words(bid):
        show(banner("This bid, its history and its rates are invented."))
    show(page_head(where, _aside(bid), headline_words(bid), [*_details(shown)]))


def headline_words(bid: Bid) -> str:
    """How many shots for how much, and between what."""
    shots, cost = count(len(bid.shots), "shot"), bid.totals.cost
    if cost is None:
        weeks = f"{artist_weeks(bid.people_hours.p10)} to {artist_weeks(bid.people_hours.p90)} artist-weeks"
        return f"{shots} will take {weeks}, 8 times in 10; a price is missing, so there is no total yet."
    low, high = rounded_pair(cost.p10, cost.p90)
    return f"{shots} will cost about {rounded(cost.p50)} {bid.currency}: between {low} and {high}, 8 times in 10."


def show_range(bid: Bid, before: Bid | None) -> None:
    """What the work may cost, with this price and that of the version before on the same scale."""
    cost, gross = bid.totals.cost, bid.totals.gross
    if cost is None or gross is None:
        return
    marks = [RangeMark(f"Price {rounded(gross)}", gross)]
    if before is not None and before.totals.gross is not None and before.currency == bid.currency:
        title = f"version {before.version_number}" if before.bid_id else "before"
        marks.append(RangeMark(f"{title} {rounded(before.totals.gross)}", before.totals.gross, "before"))
    words = (rounded(cost.p10), rounded(cost.p50), rounded(cost.p90))
    show(
        f'<h2 class="bid-h2">What the work will cost, {escape(bid.currency)}</h2>'
        '<p class="bid-sub">The bar holds 8 in 10 simulated outcomes of the cost. The price is the mean cost '
        "with what is put on top.</p>",
        range_bar("total", cost.p10, cost.p50, cost.p90, words, marks),
    )


def show_sums(bid: Bid) -> None:
    """From the base to the net."""
    totals = bid.totals
    cells = [
        ("base", "Base", totals.base, "mean of the cost"),
        ("contingency", "Contingency", totals.contingency, f"covers {tenths(bid.confidence)}"),
        ("margin", "Margin", totals.margin, ""),
        ("gross", "Gross", totals.gross, "the price"),
        ("incentive", "Incentives", totals.incentive, _programmes(bid)),
        ("net", "Net", totals.net, "after incentives"),
    ]
    boxes = "".join(
        f'<p data-sum="{name}" class="{"strong" if name in ("gross", "net") else ""}"><span>{label}</span>'
        f"<b>{escape(_whole(amount))}</b><small>{escape(words)}</small></p>"
        for name, label, amount, words in cells
    )
    show(f'<div class="bid-fit"><div class="bid-sums" aria-label="What the price is made up of">{boxes}</div></div>')


def _aside(bid: Bid) -> str:
    if not bid.bid_id:
        return f"not saved; rates of {day_words(bid.priced_on)}"
    return state_words(bid)


def _details(shown: ShownBid) -> list[str]:
    bid, ground = shown.bid, shown.bid.ground
    told = [*_price(bid)]
    if ground.backtest:
        told.append(f"Tried on past shows: {ground.backtest[:1].lower()}{ground.backtest[1:]}")
    elif ground.n_shots:
        told.append("Nobody has tried this range on past shows yet: shotledger bid backtest does, and bids quote it.")
    half = shown.sums.half
    if half is not None and len(half.codes) < len(bid.shots) / 3:
        names = ", ".join(half.codes[:3]) + (" and others" if len(half.codes) > 3 else "")
        told.append(f"{count(len(half.codes), 'shot')} of {len(bid.shots):,} are half of the cost: {names}.")
    return told


def _price(bid: Bid) -> Iterator[str]:
    totals = bid.totals
    if totals.gross is None:
        return
    parts = [word for word, amount in (("contingency", totals.contingency), ("margin", totals.margin)) if amount]
    on_top = f" with {' and '.join(parts)}" if parts else ""
    covers = f", which covers the cost in {tenths(bid.confidence)} outcomes" if not totals.margin else ""
    net = f"; {rounded(totals.net)} after incentives" if totals.incentive and totals.net is not None else ""
    yield f"The price is {rounded(totals.gross)} {bid.currency}{on_top}{covers}{net}."


def _programmes(bid: Bid) -> str:
    return ", ".join(dict.fromkeys(each.programme for each in bid.incentives if each.amount)) or "none claimed"


def _whole(amount: Decimal | None) -> str:
    return "no price" if amount is None else f"{amount:,.0f}".replace("-", "\u2212")
