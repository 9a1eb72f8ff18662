"""The screens of ``shotledger bid``: what it comes to, how sure that is, what it is made of; lists and comparisons."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.constrain import Constrain
from rich.table import Table
from rich.text import Text

from analytics.bidding.documents.bid_words import (
    KIND_WORDS,
    STATUS_WORDS,
    artist_weeks,
    confidence_words,
    count,
    ground_words,
    headline,
    made_up_words,
    state_words,
)
from analytics.bidding.documents.contract_json import unpriced_words
from analytics.bidding.documents.line_plan import DAY_KINDS
from analytics.vocabulary.bid import Basis, Bid, BidLine, BidShot, BidStatus, LineKind
from analytics.vocabulary.workflow import Workflow
from dashboards.terminal.listings import COLOURS, NOTHING, plain, workflow_words
from dashboards.terminal.one_shot import SCREEN_WIDTH, bar

if TYPE_CHECKING:
    from rich.console import RenderableType

    from analytics.bidding.stored_bids import BidRow

MOST_SHOTS = 40
"""Of more shots than this a screen shows sequences: shot by shot a bid would fill pages."""

_FLAGS_SHOWN = 8
_BASIS_MARKS = {Basis.TEMPLATE: "template", Basis.POOLED: "both", Basis.LEARNED: "history"}


def bid_screen(bid: Bid, *, all_shots: bool = False) -> "RenderableType":
    """A bid on 100 columns, the answer first.

    Parameters
    ----------
    all_shots
        Shot by shot, however many there are.
    """
    header = Text(bid.name, style="bold")
    header.append(f"\n{bid.production_name}: {state_words(bid)}. Bid {bid.bid_id or '(not stored)'}.", style="not bold")
    parts: list[RenderableType] = [Text(), header, Text()]
    if made_up_words(bid):
        parts += [Text(made_up_words(bid), style="bold reverse"), Text()]
    parts.append(Text(headline(bid), style="bold"))
    if confidence_words(bid):
        parts.append(Text(confidence_words(bid)))
    parts += [Text(), *titled(f"What it comes to, in {bid.currency}", _totals_table(bid))]
    parts += titled("How sure it is", _range_table(bid), _NOT_ADDED_UP)
    parts += titled("By department", _departments_table(bid))
    if len(bid.shots) > MOST_SHOTS and not all_shots:
        parts += titled("By sequence", _sequences_table(bid), "Shot by shot: --shots, or write it with -o bid.xlsx.")
    else:
        parts += titled("Shot by shot", _shots_table(bid.shots, bid.currency), _BASIS_CAPTION)
    parts += points("Unusual shots", _flags(bid.shots))
    parts += points("What it rests on", ground_words(bid))
    parts += points("Changes since the award", _changes(bid))
    parts += points("To know", (*bid.warnings, *unpriced_words(bid)))
    if bid.assumptions or bid.exclusions:
        known = f"{count(len(bid.assumptions), 'assumption')} and {count(len(bid.exclusions), 'exclusion')}"
        parts.append(Text(f"{known}: in the workbook, or with --json.", style="italic"))
    return Constrain(Group(*parts), SCREEN_WIDTH)


_NOT_ADDED_UP = "Simulated with what shots of a production share; ranges of shots or departments do not add up to it."
_BASIS_CAPTION = "8 in 10: of ten such shots, one takes fewer hours than the first number and one more than the second."


def _totals_table(bid: Bid) -> Table:
    totals = bid.totals
    table = listing("", ">amount", ">share of gross", "")
    for kind in LineKind:
        if kind not in (LineKind.CONTINGENCY, LineKind.MARGIN):
            own = [line for line in bid.lines if line.kind is kind]
            if own:
                _amount_row(table, KIND_WORDS[kind], _sum(own), totals.gross)
    table.add_section()
    _amount_row(table, "Base", totals.base, totals.gross)
    if totals.contingency != 0:
        _amount_row(table, "Contingency", totals.contingency, totals.gross)
    if totals.margin != 0:
        _amount_row(table, "Margin", totals.margin, totals.gross)
    _amount_row(table, "Gross", totals.gross, totals.gross, _vendor_words(bid), style="bold")
    if totals.incentive:
        names = dict.fromkeys(each.programme for each in bid.incentives if each.amount)
        _amount_row(table, "Tax incentives", totals.incentive, totals.gross, ", ".join(names))
        _amount_row(table, "Net", totals.net, totals.gross, style="bold")
    return table


def _amount_row(
    table: Table, label: str, amount: Decimal | None, gross: Decimal | None, words: str = "", style: str = ""
) -> None:
    share = f"{100 * amount / gross:.1f} %" if amount is not None and gross else ""
    table.add_row(Text(label, style=style), Text(money_words(amount), style=style), *plain(share, words))


def _vendor_words(bid: Bid) -> str:
    vendor, gross = bid.totals.vendor, bid.totals.gross
    if not vendor or not gross:
        return ""
    return f"{100 * vendor / gross:.0f} % of it from vendors"


def _range_table(bid: Bid) -> Table:
    table = listing("", ">1 in 10 below", ">middle", ">9 in 10 below", ">mean")
    cost, hours = bid.totals.cost, bid.people_hours
    if cost is not None:
        table.add_row(
            *plain(f"Base, {bid.currency}", *(money_words(each) for each in (cost.p10, cost.p50, cost.p90, cost.mean)))
        )
    values = (hours.p10, hours.p50, hours.p90, hours.mean)
    table.add_row(*plain("People-hours", *(f"{each:,.0f}" for each in values)))
    table.add_row(*plain("Artist-weeks of 40 hours", *(artist_weeks(each) for each in values)))
    return table


def _departments_table(bid: Bid) -> Table:
    """Days and what they come to; the bar is of the amount, or of hours where there is none."""
    table = listing("Department", ">days", ">artist-weeks", ">hours, 8 in 10", f">{bid.currency}", "")
    day_lines = [line for line in bid.lines if line.unit == "person_day" and line.kind in DAY_KINDS]
    longest = max((each.people_hours.mean for each in bid.departments), default=0.0)
    for each in bid.departments:
        own = [line for line in day_lines if (line.department or line.kind.value) == each.department]
        hours = each.people_hours
        table.add_row(
            *plain(
                each.department,
                f"{sum((line.quantity for line in own), Decimal(0)):,.1f}",
                artist_weeks(hours.mean),
                f"{hours.p10:,.0f}–{hours.p90:,.0f}",
                money_words(_sum(own)) if own else NOTHING,
                bar(hours.mean, longest, 16),
            )
        )
    return table


def _sequences_table(bid: Bid) -> Table:
    table = listing("Sequence", ">shots", ">by AI", ">cut frames", ">people-hours", f">{bid.currency}", ">share")
    known = [shot.cost.mean for shot in bid.shots if shot.cost is not None]
    whole = sum(known, Decimal(0)) if len(known) == len(bid.shots) else None
    for name in dict.fromkeys(shot.sequence for shot in bid.shots):
        own = [shot for shot in bid.shots if shot.sequence == name]
        costs = [shot.cost.mean for shot in own if shot.cost is not None]
        cost = sum(costs, Decimal(0)) if len(costs) == len(own) else None
        table.add_row(
            *plain(
                name or NOTHING,
                f"{len(own):,}",
                f"{sum(shot.ai_probability for shot in own):.1f}",
                f"{sum(shot.cut_frames for shot in own):,}",
                f"{sum(shot.people_hours.mean for shot in own):,.0f}",
                money_words(cost),
                f"{100 * cost / whole:.1f} %" if cost is not None and whole else "",
            )
        )
    return table


def _shots_table(shots: Sequence[BidShot], currency: str) -> Table:
    bases = {shot.basis for shot in shots}
    basis_head = ("rests on",) if len(bases) > 1 else ()
    table = listing("Shot", "Kind", "Workflow", ">frames", ">hours", ">8 in 10", f">{currency}", *basis_head, gap=1)
    for shot in shots:
        made = Text(workflow_words(shot.workflow), style=COLOURS[shot.workflow])
        if 0 < shot.ai_probability < 1:
            likely = shot.ai_probability if shot.workflow is Workflow.AI else 1 - shot.ai_probability
            made.append(f" {100 * likely:.0f} %")
        hours = shot.people_hours
        table.add_row(
            *plain(
                shot.code,
                f"{shot.kind.value.replace('_', ' ')}, {shot.complexity.value}",
                made,
                f"{shot.cut_frames:,}",
                f"{hours.mean:,.1f}",
                f"{hours.p10:,.0f}–{hours.p90:,.0f}",
                NOTHING if shot.cost is None else f"{shot.cost.mean:,.0f}",
                *((_BASIS_MARKS[shot.basis],) if basis_head else ()),
            )
        )
    return table


def _flags(shots: Sequence[BidShot]) -> Iterator[str]:
    """Each flag once, with the shots that it is of."""
    flagged: dict[str, list[str]] = {}
    for shot in shots:
        for flag in shot.flags:
            flagged.setdefault(flag, []).append(shot.code)
    for number, (flag, codes) in enumerate(sorted(flagged.items(), key=lambda each: -len(each[1]))):
        if number == _FLAGS_SHOWN:
            yield f"{count(len(flagged) - number, 'other remark')}: in the workbook, or with --json"
            return
        more = f" and {len(codes) - 3:,} more" if len(codes) > 3 else ""
        yield f"{', '.join(codes[:3])}{more}: {flag}"


def _changes(bid: Bid) -> Iterator[str]:
    for order in bid.change_orders:
        shots = ", ".join(
            f"{len(codes)} {word}"
            for word, codes in (("new", order.added), ("omitted", order.omitted), ("changed", order.changed))
            if codes
        )
        yield (
            f"No. {order.number}, {order.made_on}: {order.reason} ({shots or 'no shots'}): "
            f"{order.gross:+,.2f} {bid.currency} gross, {order.net:+,.2f} net"
        )


def bids_table(bids: "Iterable[BidRow]", today: date | None = None) -> "RenderableType":
    """Versions of bids, a row each.

    Parameters
    ----------
    today
        What validity is told by; the day it is.
    """
    today = today or datetime.now(UTC).date()
    table = listing("Bid", ">version", "State", "Valid until", ">shots", ">gross", ">net", "", "Name", gap=1)
    for bid in bids:
        offered = bid.status in (BidStatus.DRAFT, BidStatus.SENT)
        expired = offered and bid.valid_until is not None and bid.valid_until < today
        table.add_row(
            *plain(
                bid.bid_id,
                str(bid.version_number),
                f"{STATUS_WORDS[bid.status]}{', expired' if expired else ''}",
                str(bid.valid_until) if bid.valid_until and offered else NOTHING,
                f"{bid.shot_count:,}",
                money_words(bid.gross_amount),
                money_words(bid.net_amount),
                bid.currency,
                bid.name,
            )
        )
    return table if table.row_count else Text("No bids yet. Make one: shotledger bid new SHOTLIST --production P")


def _sum(lines: Sequence[BidLine]) -> Decimal | None:
    known = [line.amount for line in lines if line.amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(lines) else None


def money_words(amount: Decimal | None) -> str:
    """To the cent, or that there is no price."""
    return "no price" if amount is None else f"{amount:,.2f}"


def titled(title: str, table: Table, caption: str = "") -> "list[RenderableType]":
    """Title and caption as wide as the screen: a table's own are broken at its last column."""
    return [Text(title, style="bold"), table, *([Text(caption, style="italic")] if caption else []), Text()]


def points(title: str, sentences: Iterable[str]) -> "list[RenderableType]":
    """Sentences with a hanging dot under a title; nothing where there are none."""
    parts: list[RenderableType] = []
    for words in sentences:
        line = Table.grid(padding=(0, 1))
        line.add_row("·", Text(words))
        parts.append(line)
    return [Text(title, style="bold"), *parts, Text()] if parts else []


def listing(*headings: str, gap: int = 2) -> Table:
    """A heading that starts with ``>`` has numbers under it."""
    table = Table(box=SIMPLE_HEAD, padding=(0, gap, 0, 0), pad_edge=False, show_edge=False)
    for heading in headings:
        right = heading.startswith(">")
        # Only text may be broken; half a number is a wrong number.
        table.add_column(heading.lstrip(">"), justify="right" if right else "left", no_wrap=right, overflow="fold")
    return table
