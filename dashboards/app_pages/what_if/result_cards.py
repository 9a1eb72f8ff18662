"""The four cards of a what-if: cost, difference, work and risk; each as so far beside as chosen."""

from decimal import Decimal
from html import escape

from analytics.comparison.slate.slate_headline import money_words
from analytics.estimation.what_if.chosen_shares import WhatIf
from analytics.estimation.what_if.share_curves import Scope, ShareCurves
from analytics.vocabulary.bid import Amounts, Hours
from dashboards.app_pages.what_if.wording import (
    after_words,
    chance_words,
    change_words,
    day_words,
    range_words,
    weeks_words,
)


def result_cards(curves: ShareCurves, answer: WhatIf, advised: WhatIf, hours_per_week: float) -> str:
    """All four."""
    told = _cost(answer), _difference(answer, advised), _work(curves, answer, hours_per_week), _risk(answer)
    return f'<div class="sl-fit"><div class="sl-cards four wi-cards">{"".join(told)}</div></div>'


def _card(name: str, title: str, big: str, sub: str, *parts: str) -> str:
    return (
        f'<article class="sl-card" data-card="{name}"><h2>{escape(title)}</h2><p class="big">{escape(big)}</p>'
        f'<p class="sub">{escape(sub)}</p>{"".join(parts)}</article>'
    )


def _cost(answer: WhatIf) -> str:
    cost, before, currency = answer.chosen.cost, answer.so_far.cost, answer.currency
    told = (
        [("chosen", "chosen", cost), ("so far", "before", before)]
        if answer.is_moved
        else [("so far", "chosen", before)]
    )
    least, most = min(each.p10 for _, _, each in told), max(each.p90 for _, _, each in told)
    bars = "".join(_bar(words, kind, each, least, most) for words, kind, each in told)
    sub = "at the shares as they are so far"
    if answer.is_moved:
        sub = f"instead of {money_words(before.p50, currency)} as so far"
    span = f"8 of 10 outcomes lie between {money_words(cost.p10, currency)} and {money_words(cost.p90, currency)}."
    facts = f'<p class="facts">{escape(span)}</p>'
    return _card("cost", f"Cost {after_words(answer)}", money_words(cost.p50, currency), sub, bars, facts)


def _bar(words: str, kind: str, cost: Amounts, least: Decimal, most: Decimal) -> str:
    """A range and its middle on a scale that both bars share."""

    def at(amount: Decimal) -> str:
        return f"{4 + 92 * float((amount - least) / (most - least)):.1f}%" if most > least else "50%"

    return (
        f'<div class="wi-bar {kind}" aria-hidden="true"><span>{escape(words)}</span><div>'
        f'<i style="left:{at(cost.p10)};width:calc({at(cost.p90)} - {at(cost.p10)})"></i>'
        f'<em style="left:{at(cost.p50)}"></em></div></div>'
    )


def _difference(asked: WhatIf, advised: WhatIf) -> str:
    answer = asked if asked.is_moved else advised
    currency, change = answer.currency, answer.change_in_cost
    if not answer.is_moved:
        return _card("difference", "Difference", "None", "No other share is known to be better.")
    rows = [("Gross", answer.change_in_gross)]
    if answer.change_in_incentive is not None and answer.change_in_net is not None:
        rows += [("Incentive", answer.change_in_incentive), ("Net", answer.change_in_net)]
    body = "".join(
        f'<tr><th scope="row">{label}</th>'
        f'<td class="num"><b>{escape(change_words(amounts.p50, currency))}</b></td></tr>'
        for label, amounts in rows
    )
    sub = f"{range_words(change, currency)} in 8 of 10 outcomes"
    table = f'<table class="wi-mini"><tbody>{body}</tbody></table>'
    note = '<p class="facts">Middles of ranges: they need not add up.</p>'
    title = "Difference to so far" if asked.is_moved else "Best that is known, against so far"
    return _card("difference", title, change_words(change.p50, currency), sub, table, note)


def _work(curves: ShareCurves, answer: WhatIf, hours_per_week: float) -> str:
    chosen, before = answer.chosen, answer.so_far
    sub = f"of work, {_span(chosen.weeks)} in 8 of 10 outcomes"
    facts = [f"{chosen.people_hours.p50:,.0f} people-hours"]
    if answer.is_moved:
        sub = f"of work instead of {weeks_words(before.weeks.p50)}"
        facts = [f"{chosen.people_hours.p50:,.0f} people-hours instead of {before.people_hours.p50:,.0f}"]
        facts.append(f"{_span(chosen.weeks)} weeks in 8 of 10 outcomes")
    if curves.scope is Scope.REMAINING:
        instead = f" instead of {day_words(before.done_on)}" if answer.is_moved else ""
        facts.append(f"Worked off by about {day_words(chosen.done_on)}{instead}")
    facts.append(f"At {hours_per_week:,.0f} people-hours a week")
    lines = "".join(f'<p class="facts">{escape(fact)}.</p>' for fact in facts)
    return _card("work", "Work", weeks_words(chosen.weeks.p50), sub, lines)


def _span(hours: Hours) -> str:
    return f"{hours.p10:,.0f} to {hours.p90:,.0f}"


def _risk(answer: WhatIf) -> str:
    falls = answer.chosen.fallbacks
    facts = [f"{falls.p50:,.0f} AI shots fall back to traditional work ({_span(falls)}); both costs are counted."]
    if not answer.is_moved:
        facts = [f"{_span(falls)} in 8 of 10 outcomes. They are made again traditionally; both costs are counted."]
    if answer.is_moved:
        over = chance_words(answer.over_chance)
        facts.append(
            f"{over[:1].upper()}{over[1:]} cost more than {money_words(answer.so_far.cost.p50, answer.currency)}, "
            "the middle of so far."
        )
        if answer.untried:
            facts.append(f"{answer.untried:,} more AI shots are of a sort hardly tried.")
        big, sub = chance_words(answer.saves_chance or 0.0), "cost less than the shares as so far, with the same luck"
        big = f"{big[:1].upper()}{big[1:]}"
    else:
        big, sub = f"{falls.p50:,.0f} fallbacks", f"expected among {answer.chosen.ai_shots:,} AI shots"
    lines = "".join(f'<p class="facts">{escape(fact)}</p>' for fact in facts)
    return _card("risk", "Risk", big, sub, lines)
