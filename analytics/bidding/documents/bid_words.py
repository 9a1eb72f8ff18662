"""What a bid says in a few sentences: the same words on the workbook's first sheet and on the screen."""

from datetime import date
from decimal import Decimal

from analytics.vocabulary.bid import Basis, Bid, BidStatus, BidTotals, LineKind

HOURS_PER_WEEK = 40
"""Of one artist: what turns people-hours into the artist-weeks that people think in."""

KIND_WORDS = {
    LineKind.PEOPLE: "People",
    LineKind.SUPERVISION: "Supervision",
    LineKind.OVERHEAD: "Overhead",
    LineKind.MACHINE: "Machines",
    LineKind.LICENCE: "Licences",
    LineKind.API: "AI services",
    LineKind.OTHER: "Other",
    LineKind.CONTINGENCY: "Contingency",
    LineKind.MARGIN: "Margin",
}
BASIS_WORDS = {
    Basis.TEMPLATE: "template",
    Basis.POOLED: "template and history",
    Basis.LEARNED: "history",
}
STATUS_WORDS = {
    BidStatus.DRAFT: "draft",
    BidStatus.SENT: "sent",
    BidStatus.AWARDED: "awarded",
    BidStatus.LOCKED: "locked budget",
}
MIX_WORDS = {
    "current": "as the studio works now",
    "ai": "all by AI where that is allowed",
    "traditional": "all traditional",
    "best": "chosen shot by shot",
}


def headline(bid: Bid) -> str:
    """What it costs and how sure that is, in one or two sentences."""
    cost, totals = bid.totals.cost, bid.totals
    if cost is None or totals.gross is None or totals.base is None:
        return (
            f"No total yet: a price is missing. The work is {artist_weeks(bid.people_hours.p10)} to "
            f"{artist_weeks(bid.people_hours.p90)} artist-weeks, 8 times in 10."
        )
    low, high = rounded_pair(cost.p10, cost.p90)
    sentence = (
        f"The work will cost between {low} and {high} {bid.currency}, 8 times in 10. The bid{_on_top(totals)} is "
        f"{rounded(totals.gross)} {bid.currency}"
    )
    if totals.incentive and totals.net is not None:
        sentence += f", {rounded(totals.net)} {bid.currency} after tax incentives"
    return f"{sentence}."


def _on_top(totals: BidTotals) -> str:
    parts = [word for word, amount in (("contingency", totals.contingency), ("margin", totals.margin)) if amount]
    return f" with {' and '.join(parts)}" if parts else ""


def made_up_words(bid: Bid) -> str:
    """A warning where the bid rests on demonstration data; empty where it does not."""
    if not bid.ground.origins.get("synthetic"):
        return ""
    return "Demonstration data: what this bid rests on is invented."


def confidence_words(bid: Bid) -> str:
    """What the contingency is for."""
    if bid.totals.contingency is None:
        return ""
    if not bid.totals.contingency:
        return f"No contingency: the mean already covers {tenths(bid.confidence)} outcomes."
    return f"Contingency lifts the base to what covers {tenths(bid.confidence)} outcomes."


def tenths(share: Decimal) -> str:
    """``8 of 10``; ``17 of 20`` where tenths do not do."""
    for whole in (10, 20, 100):
        if share * whole == int(share * whole):
            return f"{int(share * whole)} of {whole}"
    return f"{100 * share:.1f} % of"


def rounded_pair(low: Decimal, high: Decimal) -> tuple[str, str]:
    """Both ends of a range in one unit, as people say it: ``1.2`` and ``1.9 million``."""
    if low >= 1_000_000 or high >= 9_950_000:
        return _millions(low), f"{_millions(high)} million"
    return rounded(low), rounded(high)


def rounded(amount: Decimal) -> str:
    """To three figures, as people say it: ``1.74 million``, ``212,000``, ``840``."""
    if abs(amount) >= 999_500:
        return f"{_millions(amount)} million"
    smallest = Decimal(1).scaleb(max(0, amount.adjusted() - 2)) if amount else Decimal(1)
    return f"{round(amount / smallest) * smallest:,.0f}"


def _millions(amount: Decimal) -> str:
    millions = amount / 1_000_000
    return f"{millions:,.2f}" if abs(millions) < 10 else f"{millions:,.1f}"


def artist_weeks(hours: float) -> str:
    """Weeks of one artist, without decimals from ten on."""
    weeks = hours / HOURS_PER_WEEK
    return f"{weeks:,.0f}" if weeks >= 9.95 else f"{weeks:.1f}"


def ground_words(bid: Bid) -> tuple[str, ...]:
    """What the figures rest on, in sentences."""
    ground = bid.ground
    words = []
    if ground.n_shots:
        until = f" up to {day_words(ground.history_until)}" if ground.history_until else ""
        words.append(
            f"Hours are learned from {count(ground.n_shots, 'finished shot')} of "
            f"{count(ground.n_productions, 'production')}{until}, {ground.n_ai_shots:,} of them by AI."
        )
    else:
        words.append("There is no history to learn from: hours are a template's, which nobody has measured.")
    bases = [basis for basis in Basis if any(shot.basis is basis for shot in bid.shots)]
    if len(bases) > 1:
        told = ", ".join(
            f"{sum(shot.basis is basis for shot in bid.shots):,} by {BASIS_WORDS[basis]}" for basis in bases
        )
        words.append(f"Shots estimated: {told}.")
    if ground.backtest:
        words.append(ground.backtest)
    if ground.rate_cards:
        words.append(f"Prices of {' and '.join(ground.rate_cards)}, as they stood on {day_words(bid.priced_on)}.")
    if ground.origins:
        mix = sorted(ground.origins.items(), key=lambda each: -each[1])
        words.append(
            "Of the base, " + ", ".join(f"{100 * share:.0f} % rests on {origin} prices" for origin, share in mix) + "."
        )
    words.append(
        f"Shot list: {bid.shot_list_name} ({count(len(bid.shots), 'shot')} at {bid.fps} frames a second); workflows "
        f"{MIX_WORDS.get(bid.mix, bid.mix)}."
    )
    return tuple(words)


def state_words(bid: Bid) -> str:
    """Version, state and the days that matter."""
    words = [f"version {bid.version_number}", STATUS_WORDS[bid.status], day_words(bid.created_at.date())]
    if bid.valid_until and bid.status in (BidStatus.DRAFT, BidStatus.SENT):
        words.append(f"valid until {day_words(bid.valid_until)}")
    return ", ".join(words)


def day_words(day: date) -> str:
    """``7 January 2027``."""
    return f"{day.day} {day:%B %Y}"


def count(number: int, noun: str) -> str:
    """``1 shot``, ``3 shots``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
