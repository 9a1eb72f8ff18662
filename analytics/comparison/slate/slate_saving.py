"""What AI has saved in money so far: what its shots would have cost traditionally less what they did cost.

By intention to treat: a shot that fell back counts with both costs. Omitted shots are sunk cost and enabled ones have
no comparator; both stand beside the saving and in no part of it.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from analytics.comparison.figures import Clock
from analytics.comparison.slate.results import Estimand, Method, Population, Verdict
from analytics.comparison.slate.slate_comparison import SlateComparison


@dataclass(frozen=True)
class Saved:
    """A saving in money, positive where AI took less; to the whole unit, for it is an estimate.

    Attributes
    ----------
    actual
        What the AI shots cost.
    expected
        What the same shots would have cost traditionally.
    low, high
        Ends of the saving's interval; ``None`` for an end that is unbounded.
    """

    actual: Decimal
    expected: Decimal
    saved: Decimal
    low: Decimal | None
    high: Decimal | None

    @property
    def verdict(self) -> Verdict:
        """By the interval alone."""
        if self.low is not None and self.low > 0:
            return Verdict.AI_NEEDS_LESS
        return Verdict.AI_NEEDS_MORE if self.high is not None and self.high < 0 else Verdict.NO_DIFFERENCE_SHOWN


@dataclass(frozen=True)
class SlateSaving:
    """Money saved to date.

    Attributes
    ----------
    gross, net
        Before and after incentives; ``None`` where it cannot be told, with the reason in ``why_not``.
    incentive_change
        What the saving changes of the incentives: negative where less is given back because less is spent on labour;
        ``None`` without a net.
    n_ai
        AI shots it is worked out on.
    n_not_compared
        AI shots that are in no saving: too young, still without cost, or without a counterpart; enabled and omitted
        ones are not among them.
    fell_back_count
        Of all AI shots, begun by AI and finished otherwise.
    omitted_cost, enabled_cost
        Gross; ``None`` where unknown.
    """

    currency: str
    confidence: float
    gross: Saved | None
    net: Saved | None
    incentive_change: Decimal | None
    n_ai: int
    n_traditional: int
    n_not_compared: int
    fell_back_count: int
    omitted_count: int
    omitted_cost: Decimal | None
    enabled_count: int
    enabled_cost: Decimal | None
    why_not: str = ""

    @property
    def told(self) -> Saved | None:
        """Net where it is known, else gross."""
        return self.net or self.gross


def slate_saving(comparison: SlateComparison) -> SlateSaving | None:
    """What a comparison says was saved; ``None`` where it was not asked for costs."""
    clocks = {clock.clock: clock for clock in comparison.clocks}
    if Clock.COST_GROSS not in clocks or comparison.currency is None:
        return None
    gross, why_not, (n_ai, n_traditional) = _saved(comparison, Clock.COST_GROSS)
    net, why_no_net, _ = _saved(comparison, Clock.COST_NET) if Clock.COST_NET in clocks else (None, "", (0, 0))
    ai = comparison.arms[0]
    return SlateSaving(
        comparison.currency,
        comparison.confidence,
        gross,
        net,
        net.saved - gross.saved if net and gross else None,
        n_ai,
        n_traditional,
        max(0, ai.shot_count - ai.omitted_count - n_ai),
        ai.fell_back_count,
        ai.omitted_count,
        _whole(ai.sunk_cost),
        comparison.enabled.shot_count,
        _whole(comparison.enabled.cost),
        why_not or why_no_net,
    )


def scaled(saving: SlateSaving, share: float) -> SlateSaving:
    """What was saved on all, from what was saved on a part that is such a share (above 0 to 1) of it."""

    def up(amount: Decimal) -> Decimal:
        return Decimal(round(float(amount) / share))

    def whole(amount: Decimal | None) -> Decimal | None:
        return None if amount is None else up(amount)

    def of(saved: Saved | None) -> Saved | None:
        if saved is None:
            return None
        return Saved(up(saved.actual), up(saved.expected), up(saved.saved), whole(saved.low), whole(saved.high))

    return replace(
        saving,
        gross=of(saving.gross),
        net=of(saving.net),
        incentive_change=whole(saving.incentive_change),
        omitted_cost=whole(saving.omitted_cost),
        enabled_cost=whole(saving.enabled_cost),
    )


def _saved(comparison: SlateComparison, clock: Clock) -> tuple[Saved | None, str, tuple[int, int]]:
    found = next(each for each in comparison.clocks if each.clock is clock)
    totals = found.result(Estimand.RATIO_OF_TOTALS, Method.ADJUSTED, Population.AI)
    counts = totals.n_ai, totals.n_traditional
    if not totals.ratio or not totals.low or totals.high is None or not found.ai_total:
        return None, totals.warnings[-1] if totals.warnings else "There are no such shots.", counts
    actual = found.ai_total
    # A high ratio is a small saving: the ends change places. An unbounded ratio leaves all of the cost unsaved.
    low, high = actual / totals.high - actual, actual / totals.low - actual
    middle = actual / totals.ratio - actual
    saved = Saved(*(Decimal(round(each)) for each in (actual, actual + middle, middle, low, high)))
    return saved, "", counts


def _whole(amount: float | None) -> Decimal | None:
    return None if amount is None or amount != amount else Decimal(round(amount))
