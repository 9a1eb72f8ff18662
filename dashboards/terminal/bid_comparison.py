"""The screen of ``shotledger bid compare`` and ``change``: what became of a bid, where, and why."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.console import Group
from rich.constrain import Constrain
from rich.text import Text

from analytics.bidding.documents.bid_words import KIND_WORDS, count, rounded, state_words
from analytics.vocabulary.bid import Bid, LineKind
from dashboards.terminal.bid_screens import listing, money_words, points, titled
from dashboards.terminal.listings import NOTHING, plain
from dashboards.terminal.one_shot import SCREEN_WIDTH

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from analytics.bidding.comparing import AmountDifference, BidComparison, ShotDifference

MOST_SHOTS = 30
"""Of more shots that differ than this, those that matter least are counted and not shown."""


def bid_comparison_screen(comparison: "BidComparison") -> "RenderableType":
    """Both bids' totals, what the change is made of, and the shots that differ with why."""
    before, after = comparison.before, comparison.after
    header = Text(_named(before, after), style="bold")
    header.append(f"\n→ {_named(after, before)}")
    wholes = [
        (words, difference)
        for words, difference in (
            ("Base", comparison.base),
            ("Contingency", comparison.contingency),
            ("Margin", comparison.margin),
            ("Gross", comparison.gross),
            ("Tax incentives", comparison.incentive),
            ("Net", comparison.net),
        )
        if difference.before != 0 or difference.after != 0
    ]
    parts: list[RenderableType] = [Text(), header, Text(), Text(change_headline(comparison), style="bold"), Text()]
    parts += titled(f"In {after.currency}", _amounts_table("", wholes))
    kinds = [(_kind_words(each.label), each) for each in comparison.kinds]
    parts += _those_that_differ("By kind of line", "Kind", kinds)
    departments = [(each.label or NOTHING, each) for each in comparison.departments]
    parts += _those_that_differ("By department", "Department", departments)
    if comparison.shots:
        parts += _shots_section(comparison.shots, after.currency)
    else:
        parts += [Text("No shot differs."), Text()]
    parts += points("What else differs", comparison.why)
    return Constrain(Group(*parts), SCREEN_WIDTH)


def change_headline(comparison: "BidComparison") -> str:
    """The change in one sentence."""
    change, currency = comparison.gross.change, comparison.after.currency
    new = sum(shot.before is None for shot in comparison.shots)
    omitted = sum(shot.after is None for shot in comparison.shots)
    other = len(comparison.shots) - new - omitted
    told = [f"{number:,} {word}" for number, word in ((new, "new"), (omitted, "omitted"), (other, "changed")) if number]
    shots = f" {', '.join(told)} {'shot' if len(comparison.shots) == 1 else 'shots'}." if told else ""
    if change is None:
        return f"What it changes in money cannot be told: a price is missing.{shots}"
    if change == 0:
        return f"The gross is the same.{shots}"
    share = f" ({100 * change / comparison.gross.before:+.1f} %)" if comparison.gross.before else ""
    way = "more" if change > 0 else "less"
    hours = comparison.hours_change
    return f"{rounded(abs(change))} {currency} {way} gross{share}, {hours:+,.0f} people-hours.{shots}"


def _named(bid: Bid, other: Bid) -> str:
    name = f"{bid.bid_id} {state_words(bid)}"
    return name if bid.name == other.name else f"{bid.name}: {name}"


def _kind_words(label: str) -> str:
    return KIND_WORDS[LineKind(label)]


def _those_that_differ(title: str, head: str, rows: "Sequence[tuple[str, AmountDifference]]") -> "list[RenderableType]":
    differing = [(words, each) for words, each in rows if each.before != each.after]
    differing.sort(key=lambda row: -abs(row[1].change or Decimal(0)))
    return titled(title, _amounts_table(head, differing)) if differing else []


def _amounts_table(head: str, rows: "Iterable[tuple[str, AmountDifference]]") -> "Table":
    table = listing(head, ">before", ">after", ">change", ">")
    for words, each in rows:
        change = each.change
        share = f"{100 * change / each.before:+.1f} %" if change and each.before else ""
        table.add_row(*plain(words, money_words(each.before), money_words(each.after), _signed(change), share))
    return table


def _shots_section(shots: "Sequence[ShotDifference]", currency: str) -> "list[RenderableType]":
    table = listing("Shot", f">before, {currency}", ">after", ">change", ">hours", "Why")
    for shot in sorted(shots, key=_weight)[:MOST_SHOTS]:
        table.add_row(
            *plain(
                shot.code,
                NOTHING if shot.before is None else _whole(shot.cost.before),
                NOTHING if shot.after is None else _whole(shot.cost.after),
                _signed(shot.cost.change, lambda change: f"{change:+,.0f}"),
                f"{shot.hours_change:+,.1f}",
                "; ".join(shot.why),
            )
        )
    rest = len(shots) - MOST_SHOTS
    caption = f"And {count(rest, 'shot')} whose cost changes less: --json has all." if rest > 0 else ""
    return titled("Shots that differ, the largest change first", table, caption)


def _weight(shot: "ShotDifference") -> Decimal:
    return -abs(shot.cost.change or Decimal(0))


def _whole(amount: Decimal | None) -> str:
    return "no price" if amount is None else f"{amount:,.0f}"


def _signed(change: Decimal | None, written: Callable[[Decimal], str] = lambda change: f"{change:+,.2f}") -> str:
    return "unknown" if change is None else written(change) if change else "0"
