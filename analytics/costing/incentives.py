"""What incentive programmes give back on a production's costs, step by step: gross and net side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from analytics.costing.incentive_assistance import PaidOnLabour, earned_by, unreduced_territories
from analytics.costing.incentive_base import (
    CountedCosts,
    cap_in_words,
    counted_costs,
    counted_part,
    percent,
    reached,
    threshold_in_words,
)
from analytics.costing.incentive_inputs import refuse_unusable_inputs
from analytics.vocabulary.incentive import IncentiveCost, IncentiveProgramme, IncentiveRule
from analytics.vocabulary.money import Money


class StepKind(StrEnum):
    """What a step changes: the first three add up to the base, all others but the tax to the credit."""

    COUNTED = "counted"
    ASSISTANCE = "assistance"
    BASE_CAP = "base cap"
    RATE = "rate"
    CLIFF = "cliff"
    CREDIT_CAP = "credit cap"
    REQUIREMENT = "requirement"
    MINIMUM = "minimum"
    TAX = "tax"


@dataclass(frozen=True)
class IncentiveStep:
    """One step from costs to credit: by how much it changes the sum, and why, in plain words."""

    kind: StepKind
    amount: Money
    reason: str


@dataclass(frozen=True)
class IncentiveLine:
    """What one rule of a programme gives, to the cent.

    Attributes
    ----------
    base
        Costs that earn the credit after earlier assistance and the cap on the base.
    credit
        Gross credit after cliff, cap, requirements and minimum.
    tax
        Taken back from the credit.
    earned_by
        Of each cost, in their order, what earned the credit: what counted of it, less what earlier programmes pay on
        its labour. Not rounded; what the production gets back can be handed on in this proportion.
    remarks
        What a reader has to know before relying on the line.
    """

    programme: IncentiveProgramme
    rule: IncentiveRule
    base: Money
    rate: Decimal
    credit: Money
    tax: Money
    steps: tuple[IncentiveStep, ...]
    earned_by: tuple[Decimal, ...]
    remarks: tuple[str, ...]

    @property
    def net_benefit(self) -> Money:
        """What stays with the production."""
        return self.credit - self.tax

    @property
    def in_cost_report(self) -> Money:
        """The net benefit as a cost report shows it: negative."""
        return -self.net_benefit


@dataclass(frozen=True)
class RuleLeftOut:
    """A rule that was not applied on the day asked for, and why."""

    programme: IncentiveProgramme
    rule: IncentiveRule
    reason: str


@dataclass(frozen=True)
class NetOfIncentives:
    """Costs before and after incentives. ``net`` = ``gross`` - ``credit`` + ``tax`` = ``gross`` + ``incentive``."""

    on: date
    gross: Money
    lines: tuple[IncentiveLine, ...]
    left_out: tuple[RuleLeftOut, ...]

    @property
    def credit(self) -> Money:
        """Gross credit of all lines."""
        return sum((line.credit for line in self.lines), Money.of(0, self.gross.currency))

    @property
    def tax(self) -> Money:
        """Tax on the credits of all lines."""
        return sum((line.tax for line in self.lines), Money.of(0, self.gross.currency))

    @property
    def incentive(self) -> Money:
        """Credits less their tax, as a negative amount."""
        return self.tax - self.credit

    @property
    def net(self) -> Money:
        """What the production pays in the end."""
        return self.gross + self.incentive


def net_of_incentives(
    costs: Sequence[IncentiveCost],
    programmes: Sequence[IncentiveProgramme],
    on: date,
    figures: Mapping[str, Money] | None = None,
    requirements_met: Mapping[str, bool] | None = None,
    *,
    count_pending: bool = False,
) -> NetOfIncentives:
    """Work the programmes out in stacking order on costs in their currency.

    Each base, credit and tax is rounded to the cent, half to even; the gross is not rounded.

    Parameters
    ----------
    costs
        Everything the production pays, also what earns no credit: it belongs to the gross.
    on
        The day that decides which rules hold (`IncentiveRule.dated_by`).
    figures
        Figures of `analytics.vocabulary.incentive.FIGURES` that rules are held against.
    requirements_met
        Whether each requirement of the programmes is met, by its name.
    count_pending
        Work out rules that are not in force yet as if they were.

    Raises
    ------
    InputRefused
        If a rule needs a figure, a requirement or a contract's labour that was not given, or if an amount is negative
        or in another currency; every problem at once. Nothing missing is taken as zero.
    """
    figures, met = figures or {}, requirements_met or {}
    ordered = sorted(programmes, key=lambda programme: (programme.stacking_order, programme.name))
    applied, left_out = rules_on(ordered, on, count_pending=count_pending)
    refuse_unusable_inputs(costs, ordered, applied, figures, met)
    currency = ordered[0].currency
    lines: list[IncentiveLine] = []
    paid_on_labour: dict[str, PaidOnLabour] = {}
    for programme, rule in applied:
        parts = [counted_part(rule, programme, cost) for cost in costs]
        counted = counted_costs(rule, programme, costs, parts, currency)
        earlier = {name: paid_on_labour[name] for name in programme.reduced_by if name in paid_on_labour}
        unreduced = unreduced_territories(programme, rule, costs, applied)
        remarks = _remarks(programme, rule, unreduced)
        line = _line(programme, rule, counted, earlier, earned_by(parts, earlier), figures, met, remarks)
        lines.append(line)
        if counted.labour is not None and counted.amount.amount:
            before = paid_on_labour.get(programme.name)
            paid_on_labour[programme.name] = PaidOnLabour.of(line.credit, counted, parts, before)
    gross = sum((cost.amount for cost in costs), Money.of(0, currency))
    return NetOfIncentives(on, gross, tuple(lines), tuple(left_out))


def rules_on(
    programmes: Sequence[IncentiveProgramme], on: date, *, count_pending: bool = False
) -> tuple[list[tuple[IncentiveProgramme, IncentiveRule]], list[RuleLeftOut]]:
    """The rules that hold on a day, in the order of the programmes, and those that don't."""
    applied: list[tuple[IncentiveProgramme, IncentiveRule]] = []
    left_out: list[RuleLeftOut] = []
    for programme in programmes:
        for rule in programme.rules:
            reason = _why_not_in_force(rule, on, count_pending)
            if reason:
                left_out.append(RuleLeftOut(programme, rule, reason))
            else:
                applied.append((programme, rule))
    return applied, left_out


def _why_not_in_force(rule: IncentiveRule, on: date, count_pending: bool) -> str | None:
    if rule.pending and not count_pending:
        return f"not in force: it waits for {rule.pending}"
    if rule.valid_from and on < rule.valid_from:
        return f"holds from {rule.valid_from} on"
    if rule.valid_to and on >= rule.valid_to:
        return f"no longer holds from {rule.valid_to} on"
    return None


def _line(
    programme: IncentiveProgramme,
    rule: IncentiveRule,
    counted: CountedCosts,
    earlier: Mapping[str, PaidOnLabour],
    earned_by: tuple[Decimal, ...],
    figures: Mapping[str, Money],
    met: Mapping[str, bool],
    remarks: tuple[str, ...],
) -> IncentiveLine:
    base, rate, zero = counted.amount, rule.rate, Money.of("0.00", programme.currency)
    steps = [IncentiveStep(StepKind.COUNTED, base, counted.reason)]

    def change(kind: StepKind, before: Money, after: Money, reason: str) -> Money:
        steps.append(IncentiveStep(kind, after - before, reason))
        return after

    for name, paid in earlier.items():
        left = Money(max(base.amount - paid.total.amount, Decimal(0)), base.currency)
        reason = f"{name} already pays {paid.total} on this labour, which reduces it"
        base = change(StepKind.ASSISTANCE, base, left, reason)
    if counted.amount.amount == 0:
        steps.append(IncentiveStep(StepKind.RATE, zero, "nothing counts, so there is no credit"))
        return IncentiveLine(programme, rule, base, rate, zero, zero, tuple(steps), earned_by, remarks)
    if rule.base_cap:
        cap = rule.base_cap
        limit = cap.at_most * figures[cap.share_of].amount if cap.share_of else cap.at_most
        if base.amount > limit:
            kept = Money(limit, base.currency).rounded()
            base = change(StepKind.BASE_CAP, base, kept, f"no more than {cap_in_words(cap, programme.currency)} counts")
    credit = (base * rate).rounded()
    steps.append(IncentiveStep(StepKind.RATE, credit, f"{percent(rate)} of {base}"))
    for cliff in rule.cliffs:
        words = threshold_in_words(cliff.threshold, programme.currency, counted, figures)
        unmet = [programme.requirements[name] for name in cliff.requires if not met[name]]
        if not reached(cliff.threshold, counted, figures) or unmet:
            why = f"not met: {'; '.join(unmet)}" if unmet else f"not reached: {words}"
            steps.append(IncentiveStep(StepKind.CLIFF, zero, f"the rate of {percent(cliff.rate)} is {why}"))
            continue
        rate = cliff.rate
        reason = f"{percent(rate)} holds for all of the base, because of {words}"
        credit = change(StepKind.CLIFF, credit, (base * rate).rounded(), reason)
    if rule.credit_cap is not None and credit.amount > rule.credit_cap:
        capped = Money(rule.credit_cap, credit.currency)
        credit = change(StepKind.CREDIT_CAP, credit, capped, f"the credit is never above {capped}")
    unmet = [programme.requirements[name] for name in rule.requires if not met[name]]
    if unmet:
        credit = change(StepKind.REQUIREMENT, credit, zero, f"no credit, because it is not met that {'; '.join(unmet)}")
    if rule.minimum and not any(reached(minimum, counted, figures) for minimum in rule.minimum):
        words = " or ".join(threshold_in_words(each, programme.currency, counted, figures) for each in rule.minimum)
        credit = change(StepKind.MINIMUM, credit, zero, f"no credit below the minimum: {words}")
    tax = zero
    if rule.tax_rate is not None:
        tax = (credit * rule.tax_rate).rounded()
        steps.append(IncentiveStep(StepKind.TAX, tax, f"{percent(rule.tax_rate)} tax on the credit"))
    return IncentiveLine(programme, rule, base, rate, credit, tax, tuple(steps), earned_by, remarks)


def _remarks(programme: IncentiveProgramme, rule: IncentiveRule, unreduced: Sequence[str]) -> tuple[str, ...]:
    said = []
    if rule.pending:
        said.append(f"Not in force: it waits for {rule.pending}.")
    if rule.undated:
        said.append(f"First day unknown: {rule.undated}.")
    if rule.dated_by is None:
        said.append("The sources don't say which day decides.")
    if unreduced:
        said.append(
            f"No earlier credit was worked out for labour in {', '.join(unreduced)}; "
            "if a programme there pays too, this credit is too high."
        )
    return (*said, *programme.notes)
