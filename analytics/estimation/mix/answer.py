"""A chosen mix: which workflow makes each shot, what that costs, how sure it is and when it is done."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analytics.vocabulary.workflow import Workflow


class MixObjective(StrEnum):
    """What a mix is chosen for; each takes the least expected cost where that leaves a choice."""

    LEAST_COST = "least_cost"
    SUREST_BUDGET = "surest_budget"
    EARLIEST_FINISH = "earliest_finish"


@dataclass(frozen=True)
class Shortfall:
    """What would have to be added before everything fits.

    Attributes
    ----------
    what
        A resource such as ``fx`` or ``gpu`` with its missing hours, or a shot with its missing weeks.
    amount, unit
        How much of it is missing: ``hours`` or ``weeks``.
    words
        The same as a sentence, with the weeks it is missing in.
    """

    what: str
    amount: float
    unit: str
    words: str


@dataclass(frozen=True)
class StepReached:
    """Where a mix stands with one incentive rule.

    Attributes
    ----------
    at_least, rate
        Of the step that the expected amounts reach; both 0 where they reach none.
    chance
        Share of outcomes that reach it or a higher one.
    """

    name: str
    measured: float
    at_least: float
    rate: float
    chance: float


@dataclass(frozen=True)
class MixAnswer:
    """A mix. Money is float, in the problem's currency: for choosing, a bid is priced anew to the cent.

    Attributes
    ----------
    workflows
        By shot, in the problem's order.
    gross, credit, net
        Means over all outcomes. ``credit`` is what these shots bring of the incentives; ``net = gross - credit``.
    chance_of_budget
        Share of ``n_outcomes`` outcomes whose net cost is within the budget: always of the same ones, none of which the
        surest mix is chosen by; ``None`` without a budget.
    finish_week, finish_on
        Last week of work where all resources work without a break, and its Sunday where weeks are of a calendar.
    shortfalls
        Empty where every constraint holds; else what is missing, for the mix that misses least.
    gap
        How far the answer may lie from the best there is, as a share of it, by the solver's bound; ``None`` where only
        the plan at expected amounts has a bound (`words` says so).
    words
        What a reader has to know.
    """

    objective: MixObjective
    workflows: tuple[Workflow, ...]
    gross: float
    credit: float
    net: float
    net_p10: float
    net_p50: float
    net_p90: float
    chance_of_budget: float | None
    n_outcomes: int
    finish_week: int
    finish_on: date | None
    shortfalls: tuple[Shortfall, ...]
    steps: tuple[StepReached, ...]
    gap: float | None
    seconds: float
    words: tuple[str, ...]

    @property
    def proved(self) -> bool:
        """Whether no mix can be better, to one ten-thousandth."""
        return self.gap is not None and self.gap <= 1e-4
