"""The four cards of the cost report: final cost with its range, spent to date, shots, and earned value."""

from decimal import Decimal
from html import escape

from analytics.bidding.running.report_words import amount
from analytics.bidding.running.running_report import RunningReport, UnitReport
from analytics.estimation.running.standing import Standing
from dashboards.app_pages.cost_report.head import over_words

STANDINGS = (Standing.FINAL, Standing.IN_WORK, Standing.NOT_BEGUN, Standing.OMITTED)
_EDGE, _INSIDE = 4.0, 92.0
"""Percent of a range's track: what is left free at its ends, so that marks at the ends stay on it."""


def cards_of(report: RunningReport, unit: UnitReport) -> str:
    """All four in one grid."""
    cards = _final_card(report, unit), _spent_card(unit), _shots_card(report), _earned_card(report, unit)
    return f'<div class="sl-fit"><div class="cr-cards">{"".join(cards)}</div></div>'


def _final_card(report: RunningReport, unit: UnitReport) -> str:
    total, sub, kind = unit.total, "No budget to hold it against", "sub"
    if total.variance is not None:
        share = "" if total.variance_share is None else f" ({abs(total.variance_share):.1%})"
        sub = f"{over_words(total, unit)} budget{share}"
        kind = "sub over" if total.variance < 0 else "sub"
    title = "Estimated final cost (EFC)" if total.etc else "Final cost"
    known = f"n = {report.n_shots:,} shots of history" if total.etc else "All work is done."
    body = f'<p class="{kind}">{escape(sub)}</p>{_range(unit)}'
    return _card("efc", title, amount(total.efc, unit), body, known, _origins(unit))


def _spent_card(unit: UnitReport) -> str:
    total, in_hours = unit.total, unit.unit == "people_hours"
    sides = (("Vendors", unit.actual_of_vendors), ("Non-vendor", unit.actual_of_studio))
    rows = "".join(_side(name, value, total.actual, unit) for name, value in sides)
    share = ""
    if total.spent_share is not None:
        share = f"{total.spent_share:.0%} of what it will {'take' if in_hours else 'cost'}"
    body = f'<p class="sub">{share}</p><table class="cr-mini">{rows}</table>'
    gross = "" if in_hours else "Gross, before incentives."
    return _card("spent", "Spent to date", amount(total.actual, unit), body, gross, _origins(unit))


def _shots_card(report: RunningReport) -> str:
    counts = {each: report.standing[each] for each in STANDINGS if report.standing[each]}
    names = {each: each.value.replace(" ", "-") for each in counts}
    bars = "".join(f'<i class="{names[each]}" style="flex-grow:{count}"></i>' for each, count in counts.items())
    words = "".join(
        f'<span class="nowrap"><i class="key {names[each]}" aria-hidden="true"></i>{count:,} {each.value}</span> '
        for each, count in counts.items()
    )
    body = f'<div class="cr-stack" aria-hidden="true">{bars}</div><p class="sub">{words}</p>'
    whole = sum(report.standing.values())
    return _card("shots", "Shots", f"{report.standing[Standing.FINAL]:,} of {whole:,} final", body)


def _earned_card(report: RunningReport, unit: UnitReport) -> str:
    earned = unit.earned
    if earned.cpi is None:
        return _card("earned", "Earned value", "Nothing spent yet", "")
    one = "hour" if unit.unit == "people_hours" else unit.unit
    sub = f"Work budgeted at {amount(earned.ev, unit)} is final, for {amount(earned.ac, unit)} spent on all shots."
    indices, pace = f"CPI {earned.cpi:.2f}", ""
    if earned.spi is not None and earned.pv is not None:
        pace = f"Due by now: {amount(earned.pv, unit)} of budget; {earned.spi:.0%} as much is final."
        indices += f" · SPI {earned.spi:.2f}"
    body = f'<p class="sub">{escape(sub)}</p><p class="facts">{escape(pace)}</p>'
    known = f"{indices} · n = {report.standing[Standing.FINAL]:,} final shots"
    return _card("earned", "Earned value", f"{earned.cpi:.2f} earned per {one}", body, known)


def _card(name: str, title: str, big: str, body: str, facts: str = "", foot: str = "") -> str:
    return (
        f'<article class="sl-card cr-card" data-card="{name}"><h2>{escape(title)}</h2>'
        f'<p class="big">{escape(big)}</p>{body}<p class="facts">{escape(facts)}</p><footer>{foot}</footer></article>'
    )


def _origins(unit: UnitReport) -> str:
    return "".join(
        f'<span class="origin"><i class="o-{name}" aria-hidden="true"></i>{name} {share:.0%}</span>'
        for name, share in unit.origin_shares
    )


def _range(unit: UnitReport) -> str:
    """What is spent, where 8 in 10 outcomes end, and the budget, on one scale."""
    total = unit.total
    if total.budget is None or total.efc_p10 is None or total.efc_p90 is None:
        return ""
    low, high = float(min(total.actual, total.budget)), float(max(total.efc_p90, total.budget))
    width = (high - low) or 1.0

    def at(value: Decimal) -> float:
        return _EDGE + _INSIDE * (float(value) - low) / width

    budget, spent = at(total.budget), at(total.actual)
    first, last = at(total.efc_p10), at(total.efc_p90)
    said = (
        f"Budget {amount(total.budget, unit)}; final cost between {amount(total.efc_p10, unit)} and "
        f"{amount(total.efc_p90, unit)}"
    )
    side = "right" if budget > 75 else "left" if budget < 25 else "middle"
    return (
        f'<div class="cr-range" role="img" aria-label="{escape(said)}"><i class="track"></i>'
        f'<i class="spent" style="left:0;width:{spent:.1f}%"></i>'
        f'<i class="span" style="left:{first:.1f}%;width:{last - first:.1f}%"></i>'
        f'<i class="tick" style="left:{at(total.efc):.1f}%"></i><i class="budget" style="left:{budget:.1f}%"></i>'
        f'<small class="{side}" style="left:{budget:.1f}%">budget {amount(total.budget, unit, with_unit=False)}</small>'
        "</div>"
    )


def _side(name: str, value: Decimal, whole: Decimal, unit: UnitReport) -> str:
    width = max(0.0, 100 * float(value) / float(whole)) if whole > 0 else 0.0
    return (
        f'<tr><th scope="row">{name}</th><td><i style="width:{width:.1f}%"></i></td>'
        f'<td class="num">{amount(value, unit, with_unit=False)}</td></tr>'
    )
