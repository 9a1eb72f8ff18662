"""How the what-if says things: scopes, the headline, changes in money and time."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from analytics.comparison.slate.slate_headline import money_words
from analytics.estimation.what_if.best_shares import SURE, Advice
from analytics.estimation.what_if.chosen_shares import WhatIf
from analytics.estimation.what_if.share_curves import Scope, ShareCurves
from analytics.vocabulary.bid import Amounts

SCOPE_NAMES = {
    Scope.REMAINING: "Shots still to be made",
    Scope.SLATE: "The whole slate again",
    Scope.NEXT_PRODUCTION: "The next production",
}
_SUBJECTS = {
    Scope.REMAINING: "the {count} shots still to be made",
    Scope.SLATE: "the {count} shots of the slate, made again,",
    Scope.NEXT_PRODUCTION: "a production of {count} shots like the past ones",
}
ADVICE_WORDS = {
    Advice.MORE: "Best: {share}%",
    Advice.LESS: "Best: {share}%",
    Advice.STAY: "Best: as so far",
    Advice.UNKNOWN: "Best: can’t tell",
}


def subject_words(curves: ShareCurves) -> str:
    """What is asked about, within a sentence."""
    return _SUBJECTS[curves.scope].format(count=f"{curves.n_shots:,}")


def after_words(answer: WhatIf) -> str:
    """Which cost is meant."""
    return "after incentives" if answer.is_net else "before incentives"


def headline(curves: ShareCurves, answer: WhatIf) -> str:
    """One sentence with a verb and a number."""
    who = subject_words(curves)
    if not answer.is_moved:
        cost = money_words(answer.so_far.cost.p50, answer.currency)
        return f"As things stand, {who} {_cost(curves)} about {cost} {after_words(answer)}."
    given = f"With {answer.chosen.ai_shots:,} instead of {answer.so_far.ai_shots:,} by AI, {who} {_cost(curves)}"
    change, chance = answer.change_in_cost, answer.saves_chance or 0.0
    if chance >= SURE:
        return f"{given} about {money_words(-change.p50, answer.currency)} less {after_words(answer)}."
    if chance <= 1 - SURE:
        return f"{given} about {money_words(change.p50, answer.currency)} more {after_words(answer)}."
    return f"{given} neither clearly less nor clearly more {after_words(answer)}."


def _cost(curves: ShareCurves) -> str:
    return "costs" if curves.scope is Scope.NEXT_PRODUCTION else "cost"


def details(answer: WhatIf, advised: WhatIf) -> tuple[str, ...]:
    """How sure that is, and what goes with it; before anything is moved, what the best that is known would do."""
    return tuple(_details(answer, advised))


def _details(answer: WhatIf, advised: WhatIf) -> Iterator[str]:
    if not answer.is_moved:
        cost = answer.so_far.cost
        yield (
            f"In 8 of 10 outcomes between {money_words(cost.p10, answer.currency)} and "
            f"{money_words(cost.p90, answer.currency)}, with {answer.so_far.ai_shots:,} of them by AI as so far. "
            f"With the best share that is known for each kind it would be {_less(advised)}."
        )
    else:
        yield (
            f"In 8 of 10 outcomes the difference is between {change_words(answer.change_in_cost.p10, answer.currency)} "
            f"and {change_words(answer.change_in_cost.p90, answer.currency)}; "
            f"{chance_words(answer.saves_chance or 0.0)} cost less."
        )
        if answer.change_in_incentive is not None:
            yield (
                f"Before incentives the difference is {change_words(answer.change_in_gross.p50, answer.currency)}, and "
                f"incentives change by {change_words(-answer.change_in_incentive.p50, answer.currency)}, because AI "
                "replaces labour and labour is what earns them."
                if answer.change_in_incentive.p50 > 0
                else f"Before incentives the difference is {change_words(answer.change_in_gross.p50, answer.currency)}."
            )
    if answer.untried:
        shots = "shot" if answer.untried == 1 else "shots"
        yield f"{answer.untried:,} {shots} more than so far would be of a sort that AI was hardly ever tried on here."


def _less(advised: WhatIf) -> str:
    """What the best that is known changes, in words that need no sign where it saves."""
    change, currency = advised.change_in_cost, advised.currency
    if not advised.is_moved:
        return "the same: no other share is known to be better"
    if change.p90 > 0:
        return f"{change_words(change.p50, currency)} ({range_words(change, currency)})"
    ends = f"{money_words(-change.p90, currency)} to {money_words(-change.p10, currency)}"
    return f"about {money_words(-change.p50, currency)} less ({ends})"


def change_words(amount: Decimal, currency: str) -> str:
    """A difference with its sign: ``−CAD 630 k``, ``+CAD 12 k``."""
    return money_words(amount, currency) if amount <= 0 else f"+{money_words(amount, currency)}"


def range_words(amounts: Amounts, currency: str) -> str:
    """As in ``CAD 488 k to CAD 794 k``, with signs."""
    return f"{change_words(amounts.p10, currency)} to {change_words(amounts.p90, currency)}"


def chance_words(share: float) -> str:
    """A share of the outcomes as people say it: ``98 of 100 outcomes``; never none and never all."""
    count = f"{share:.0%}".rstrip("%")
    if count == "100":
        return "more than 99 of 100 outcomes"
    return "fewer than 1 of 100 outcomes" if count == "0" else f"{count} of 100 outcomes"


def day_words(day: date | None) -> str:
    """As in ``2 July 2026``."""
    return "not known" if day is None else f"{day.day} {day:%B %Y}"


def weeks_words(weeks: float) -> str:
    """As in ``10.5 weeks`` or ``89 weeks``."""
    return f"{weeks:.1f} weeks" if weeks < 20 else f"{weeks:,.0f} weeks"
