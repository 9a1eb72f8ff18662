"""The first screen of the slate: one sentence, how sure, where not, money; four cards; three boxes of kinds of shot."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape
from math import log

from analytics.bidding.slate_budgets import SlateBudgets
from analytics.comparison.figures import Clock
from analytics.comparison.slate.clock_figures import ClockFigures
from analytics.comparison.slate.kind_words import kind_words
from analytics.comparison.slate.pooling import GroupRatio
from analytics.comparison.slate.results import RatioResult, Verdict
from analytics.comparison.slate.slate_headline import KindVerdicts, SlateHeadline, change_words, money_words
from analytics.comparison.slate.slate_saving import SlateSaving
from analytics.vocabulary.origin import Origin
from dashboards.app_pages.slate.verdicts import CSS_CLASS, ROLE, verdict_mark
from dashboards.app_pages.slate.wording import sides_words

STRIP_ENDS = (0.25, 4.0)

CARD_TITLES = {
    Clock.COST_GROSS: "Cost per approved shot, gross",
    Clock.COST_NET: "Cost per approved shot, net",
    Clock.PEOPLE: "People-hours per shot",
    Clock.CALENDAR: "Calendar days, turnover to final",
    Clock.MACHINE: "Machine time per shot",
}


def slate_head(where: str, aside: str, headline: SlateHeadline, quality: str = "") -> str:
    """Where we are, one sentence with a verb and a number, and four lines that nobody may miss."""
    lines = "".join(
        f"<p><b>{label}</b><span>{escape(words)}</span></p>"
        for label, words in (
            ("How sure", headline.certainty), ("Exceptions", headline.where_not), ("Money", headline.money),
            ("Quality", quality),
        )
        if words
    )  # fmt: skip
    return (
        f'<header class="sl-head"><p class="eyebrow"><span>{escape(where)}</span><span>{escape(aside)}</span></p>'
        f'<h1>{escape(headline.claim)}</h1><div class="slate-lines">{lines}</div></header>'
    )


def ratio_card(figures: ClockFigures, currency: str | None) -> str:
    """One clock: the verdict, both values in people's units, the interval on a scale, the ratio with its n."""
    result = figures.result
    title = escape(CARD_TITLES[figures.clock])
    if result.ratio is None or result.low is None or result.high is None:
        why = result.warnings[-1] if result.warnings else "There are no such shots."
        return _card(figures.clock, title, "Cannot be told", [why], "", _n_words(result), origin_bar(result.origins))
    known = result.verdict in (Verdict.AI_NEEDS_LESS, Verdict.AI_NEEDS_MORE)
    big = f"{change_words(result.ratio)} with AI" if known else "Can’t tell"
    shot = "a typical shot" if figures.each_is_typical else "the average shot"
    lines = [f"{sides_words(figures.clock, figures.each, currency)}, {shot}"] if figures.each else []
    if figures.per_minute:
        lines.append(f"{sides_words(figures.clock, figures.per_minute, currency)}, a finished minute")
    elif figures.whole and figures.each_is_typical and figures.whole_result.ratio:
        lines.append(
            f"{change_words(figures.whole_result.ratio)} over all AI shots: "
            f"{sides_words(figures.clock, figures.whole, currency)}"
        )
    facts = (
        f"<b>{result.ratio:.2f}</b> AI ÷ traditional, <span class=nowrap>{100 * result.confidence:.0f}% interval "
        f"{result.low:.2f}–{_end(result.high)}</span><br>{_n_words(result)}"
    )
    return _card(figures.clock, title, big, lines, interval_strip(result), facts, origin_bar(result.origins))


def saving_card(saving: SlateSaving | None, origins: Mapping[Origin, float], *, incentive_is_assumed: bool) -> str:
    """Money saved to date: gross, what the incentives lose, net; no bare figure stands where nothing is proven."""
    title = "Net saving to date" if saving is None or saving.net else "Gross saving to date"
    if saving is None or saving.told is None or saving.gross is None:
        why = "No cost was compared." if saving is None else saving.why_not
        return _card("saving", title, "Cannot be told", [why], "", "", "")
    told, currency = saving.told, saving.currency
    ends = span_words(told.low, told.high, currency)
    proven = told.verdict is not Verdict.NO_DIFFERENCE_SHOWN
    big = money_words(told.saved, currency) if proven else "Not proven"
    lines = [
        f"{100 * saving.confidence:.0f}% sure: {ends}"
        if proven
        else f"about {money_words(told.saved, currency)}, but anywhere from {ends}"
    ]
    rows = [("Gross", saving.gross.saved, "solid")]
    if saving.incentive_change is not None and saving.net is not None:
        changed = "Incentives forgone" if saving.incentive_change < 0 else "Incentives"
        rows += [(changed, saving.incentive_change, "open"), ("Net", saving.net.saved, "ink")]
    longest = max(abs(amount) for _, amount, _ in rows) or 1
    bars = "".join(
        f'<tr data-saving="{label.lower().split()[0]}"><th scope="row">{label}</th>'
        f'<td><i class="{css}" style="width:{100 * float(abs(amount) / longest):.0f}%"></i></td>'
        f'<td class="num">{escape(money_words(amount, currency))}</td></tr>'
        for label, amount, css in rows
    )
    net = "" if saving.net else "Net: no incentive plan chosen. "
    assumed = ""
    if saving.net:
        assumed = "Less labour earns less incentive" if (saving.incentive_change or 0) < 0 else "After incentives"
        assumed += ", here of assumed programmes. " if incentive_is_assumed else ". "
    facts = (
        f"{net}{assumed}n = {saving.n_ai:,} AI shots, {saving.fell_back_count:,} went back to traditional work and "
        f"count with both costs. Not in it: {saving.enabled_count:,} possible with AI only, {saving.omitted_count:,} "
        f"cut from the show, {saving.n_not_compared:,} that can’t be compared"
    )
    return _card("saving", title, big, lines, f'<table class="slate-mini">{bars}</table>', facts, origin_bar(origins))


def exposure_band(budgets: SlateBudgets) -> str:
    """What running productions may end over their locked budgets, in one line of figures."""
    found, currency = budgets.exposure, budgets.currency
    if not found.running_count:
        return (
            '<section class="slate-band" data-card="exposure"><h2>Exposure</h2>'
            "<p>No production with a locked budget is running.</p></section>"
        )
    over = found.net > 0
    share = f" ({abs(found.net_share):.0%})" if found.net_share is not None else ""
    words = f"{money_words(abs(found.net), currency)}{share} {'over' if over else 'under'} budget is expected"
    span = ""
    if found.low is not None and found.high is not None:
        span = f"8 outcomes in 10: {_over_words(found.low, currency)} to {_over_words(found.high, currency)}"
    named = ", ".join(found.likeliest_over[:3])
    more = f" and {len(found.likeliest_over) - 3} more" if len(found.likeliest_over) > 3 else ""
    where = f"Furthest over: {escape(named)}{more}." if named else ""
    return (
        f'<section class="slate-band" data-card="exposure"><h2>Exposure on running productions</h2>'
        f'<p class="big {"alarm" if over else ""}">{escape(words)}</p><p>{escape(span)}</p>'
        f"<p>{found.over_count:,} of {found.running_count:,} running productions are expected over budget. "
        f"{where} {escape(money_words(found.efc_left, currency))} is expected to be spent yet.</p>"
        "<p>This holds all work against its budget. The saving holds AI work against traditional work: neither is part "
        "of the other.</p></section>"
    )


def verdict_boxes(verdicts: KindVerdicts, *, is_money: bool) -> str:
    """Three boxes of equal weight: pays, can't tell, does not pay."""
    pays, does_not = ("AI pays", "AI does not pay") if is_money else ("AI takes less", "AI takes more")
    boxes = (
        (pays, Verdict.AI_NEEDS_LESS, verdicts.pays),
        ("Can’t tell yet", Verdict.NO_DIFFERENCE_SHOWN, (*verdicts.open, *verdicts.too_few)),
        (does_not, Verdict.AI_NEEDS_MORE, verdicts.does_not_pay),
    )
    return f'<div class="slate-verdicts">{"".join(_box(*box) for box in boxes)}</div>'


def key_to_marks() -> str:
    """What shapes, lines and numbers of the charts mean."""
    return (
        f'<p class="slate-key"><span>{verdict_mark(Verdict.AI_NEEDS_LESS)} AI takes less</span>'
        f"<span>{verdict_mark(Verdict.AI_NEEDS_MORE)} traditional takes less</span>"
        f"<span>{verdict_mark(Verdict.NO_DIFFERENCE_SHOWN)} can’t tell: the interval crosses “same”</span>"
        '<span><i class="line"></i> 95% interval</span><span>n: AI / traditional shots</span></p>'
    )


def interval_strip(result: RatioResult) -> str:
    """A log scale with the mark "same". Built of boxes: st.html removes ``<svg>``."""
    assert result.ratio is not None
    low, high = result.low or STRIP_ENDS[0], result.high or STRIP_ENDS[1]
    span = f'style="left:{_at(low):.1f}%;width:{_at(high) - _at(low):.1f}%"'
    spoken = f"{result.ratio:.2f}, 95% interval {low:.2f} to {_end(high)}, where 1 is the same"
    return (
        f'<div class="slate-strip {CSS_CLASS[ROLE[result.verdict]]}" role="img" aria-label="{spoken}">'
        f'<i class="half"></i><i class="half right" style="left:{_at(1):.1f}%"></i><i class="span" {span}></i>'
        f'<i class="dot" style="left:{_at(result.ratio):.1f}%"></i><i class="same" style="left:{_at(1):.1f}%"></i>'
        f'<small style="left:0">AI less</small><small class="middle" style="left:{_at(1):.1f}%">same</small>'
        '<small class="end">AI more</small></div>'
    )


def origin_bar(origins: Mapping[Origin, float]) -> str:
    """The mix that a figure is made of, as a bar and in words."""
    known = [(origin, origins[origin]) for origin in Origin if origins.get(origin)]
    parts = "".join(f'<i class="o-{origin}" style="width:{100 * share:.1f}%"></i>' for origin, share in known)
    words = " · ".join(f"{origin} {100 * share:.0f}%" for origin, share in known)
    return f'<div class="slate-origin"><div aria-hidden="true">{parts}</div><span>{words}</span></div>'


def _card(name: str, title: str, big: str, lines: Sequence[str], middle: str, facts: str, origins: str) -> str:
    said = "<br>".join(escape(line) for line in lines)
    return (
        f'<article class="sl-card" data-card="{escape(name)}"><h2>{title}</h2><p class="big">{escape(big)}</p>'
        f'<p class="sub">{said}</p>{middle}<p class="facts">{facts}</p>{origins}</article>'
    )


def _box(title: str, verdict: Verdict, found: Sequence[GroupRatio]) -> str:
    items = "".join(
        f"<li>{escape(kind_words(each.group))} <span>{escape(_box_words(each))}</span></li>" for each in found
    )
    css = CSS_CLASS[ROLE[verdict]]
    nothing = '<li class="none">no kind of shot so far</li>'
    return (
        f'<section class="box {css}" data-verdict="{verdict}"><h3>{verdict_mark(verdict)} {title}</h3>'
        f"<ul>{items or nothing}</ul></section>"
    )


def _box_words(group: GroupRatio) -> str:
    if group.ratio is None or group.low is None or group.high is None:
        return f"too few: n = {group.n_ai} AI"
    if group.verdict is Verdict.NO_DIFFERENCE_SHOWN:
        return f"{change_words(group.low)} to {change_words(group.high)}"
    return change_words(group.ratio)


def _n_words(result: RatioResult) -> str:
    if result.n_pairs:
        return f"n = {result.n_pairs:,} pairs"
    return f"n = {result.n_ai:,} AI, {result.n_traditional:,} traditional"


def _over_words(amount: Decimal, currency: str) -> str:
    return f"{money_words(abs(amount), currency)} {'over' if amount > 0 else 'under'}"


def span_words(low: Decimal | None, high: Decimal | None, currency: str) -> str:
    """As in ``CAD 2.34 M to 3.75 M``: the currency once where both are above zero."""
    ends = ["unbounded" if end is None else money_words(end, currency) for end in (low, high)]
    return f"{ends[0]} to {ends[1].removeprefix(f'{currency} ') if low is not None and low > 0 else ends[1]}"


def _end(high: float) -> str:
    return "∞" if high == float("inf") else f"{high:.2f}"


def _at(ratio: float) -> float:
    low, high = STRIP_ENDS
    return 100 * log(min(max(ratio, low), high) / low) / log(high / low)
