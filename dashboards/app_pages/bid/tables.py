"""Tables of a bid: kinds of line, sequences, and what is told in words."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from analytics.bidding.bid_sums import Flagged
from analytics.bidding.documents.bid_words import KIND_WORDS, artist_weeks, count, ground_words
from analytics.vocabulary.bid import Bid, LineKind
from dashboards.access.roles import Role
from dashboards.answers.bids import ShownBid
from dashboards.app_pages.bid.words import page_sentence
from dashboards.look.cards import section, show
from dashboards.look.downloads import csv_link

SEQUENCES_SHOWN = 30
FLAGS_SHOWN = 8
WARNINGS_SHOWN = 10


def show_lines(shown: ShownBid) -> None:
    """What the price is made of, adding up to the gross."""
    bid, rows = shown.bid, ""
    for each in shown.sums.kinds:
        rule = ' class="rule"' if each.kind is LineKind.CONTINGENCY else ""
        rows += (
            f'<tr{rule} data-kind="{each.kind}"><th scope="row">{KIND_WORDS[each.kind]}</th>'
            f'<td class="num">{money(each.amount)}</td><td class="num">{percent(each.share)}</td></tr>'
        )
    rows += (
        f'<tr class="total" data-kind="gross"><th scope="row">Gross</th><td class="num">{money(bid.totals.gross)}</td>'
        '<td class="num">100 %</td></tr>'
    )
    told = [
        {"kind": each.kind.value, f"amount_{bid.currency}": each.amount, "share": each.share}
        for each in shown.sums.kinds
    ]
    show(
        section("What the price is made of", f"{shown.sums.line_count:,} lines; each is in the workbook."),
        _table("Kinds of line", ("", f">{bid.currency}", ">share"), rows),
        csv_link(told, name="bid-kinds-of-line", role=Role.PRODUCER),
    )


def show_sequences(shown: ShownBid) -> None:
    """Where in the cut the money goes."""
    bid, sums = shown.bid, shown.sums.sequences
    rows = ""
    for each in sums[:SEQUENCES_SHOWN]:
        rows += (
            f'<tr><th scope="row">{escape(each.sequence or "no sequence")}</th><td class="num">{each.shot_count:,}</td>'
            f'<td class="num">{each.ai_shots:,.1f}</td><td class="num">{artist_weeks(each.people_hours)}</td>'
            f'<td class="num">{money(each.amount)}</td><td class="num">{percent(each.share)}</td></tr>'
        )
    more = f" The first {SEQUENCES_SHOWN} of {len(sums):,}; all in the CSV." if len(sums) > SEQUENCES_SHOWN else ""
    told = [
        {
            "sequence": each.sequence, "shots": each.shot_count, "by_ai": round(each.ai_shots, 2),
            "cut_frames": each.cut_frames, "people_hours": round(each.people_hours, 1),
            f"cost_{bid.currency}": each.amount, "share": each.share,
        }
        for each in sums
    ]  # fmt: skip
    show(
        section("By sequence", f"Mean cost, before contingency and margin.{more}"),
        _table("Sequences", ("Sequence", ">shots", ">by AI", ">artist-weeks", f">{bid.currency}", ">share"), rows),
        csv_link(told, name="bid-sequences", role=Role.PRODUCER),
    )


def show_notes(shown: ShownBid) -> None:
    """What it rests on, what is taken for granted, what is not in it, what to know."""
    bid = shown.bid
    parts = (
        ("rests", "What it rests on", ground_words(bid)),
        (
            "known",
            "To know",
            [page_sentence(each) for each in (*_first(bid.warnings, WARNINGS_SHOWN), *shown.sums.unpriced)],
        ),
        ("assumed", "Taken for granted", bid.assumptions),
        ("excluded", "Not in this bid", bid.exclusions),
    )
    boxes = "".join(_note(name, title, sentences) for name, title, sentences in parts if sentences)
    show(section("What this price stands on"), f'<div class="bid-fit"><div class="bid-notes">{boxes}</div></div>')


def show_unusual(bid: Bid, flags: Sequence[Flagged]) -> None:
    """Each remark on shots once, with the shots."""
    if not flags:
        return
    items = "".join(
        f"<li><b>{escape(_codes(each.codes))}</b>: {escape(each.words)}</li>" for each in flags[:FLAGS_SHOWN]
    )
    more = len(flags) - FLAGS_SHOWN
    items += f"<li>{count(more, 'other remark')}: in the workbook</li>" if more > 0 else ""
    show(f'<div class="bid-flags"><h3>Unusual shots</h3><ul>{items}</ul></div>')


def _codes(codes: Sequence[str]) -> str:
    return ", ".join(codes[:3]) + (f" and {len(codes) - 3:,} more" if len(codes) > 3 else "")


def money(amount: Decimal | None, *, signed: bool = False) -> str:
    """Whole units of the currency, a real minus; the cents are in the workbook."""
    if amount is None:
        return '<span class="open">no price</span>'
    return f"{amount:{'+' if signed else ''},.0f}".replace("-", "\u2212")


def percent(share: Decimal | None) -> str:
    """A share to a tenth of a per cent."""
    return "" if share is None else f"{share:.1%}".replace("%", " %")


def _table(label: str, heads: Sequence[str], rows: str) -> str:
    head = "".join(
        f'<th scope="col"{" class=num" if name.startswith(">") else ""}>{escape(name.lstrip(">"))}</th>'
        for name in heads
    )
    return (
        f'<div class="sl-scroll" role="region" aria-label="{escape(label)}" tabindex="0">'
        f'<table class="sl-table bid-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _note(name: str, title: str, sentences: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(each)}</li>" for each in sentences)
    return f'<section data-note="{name}"><h3>{escape(title)}</h3><ul>{items}</ul></section>'


def _first(sentences: Sequence[str], most: int) -> list[str]:
    more = len(sentences) - most
    return [*sentences[:most], *([f"{count(more, 'other remark')}: in the workbook."] if more > 0 else [])]
