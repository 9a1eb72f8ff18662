"""What holds for every incentive, whatever the costs: sums agree to the cent, caps hold, more earns no less."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.costing.incentive_rules import load_programmes, shipped_incentives_folder
from analytics.costing.incentives import NetOfIncentives, StepKind, net_of_incentives
from analytics.vocabulary.incentive import (
    FIGURES,
    Base,
    BaseCap,
    Cliff,
    CostCategory,
    IncentiveCost,
    IncentiveProgramme,
    IncentiveRule,
    Threshold,
    Work,
)
from analytics.vocabulary.money import Money

PROGRAMMES = load_programmes(shipped_incentives_folder())
CURRENCIES = sorted({programme.currency for programme in PROGRAMMES})
TERRITORIES = [*sorted({programme.territory for programme in PROGRAMMES}), "US"]
DAYS = st.dates(date(2023, 1, 1), date(2027, 1, 1))
CENTS = st.integers(0, 10**11).map(lambda cents: Decimal(cents).scaleb(-2))
SHARES = st.integers(0, 100).map(lambda hundredths: Decimal(hundredths).scaleb(-2))

unhurried = settings(deadline=None)  # a loaded machine is no defect


@st.composite
def stacks(draw: st.DrawFn) -> NetOfIncentives:
    """All shipped programmes of one currency on any costs in it."""
    currency = draw(st.sampled_from(CURRENCIES))
    costs = []
    for _ in range(draw(st.integers(1, 6))):
        category, amount = draw(st.sampled_from(CostCategory)), draw(CENTS)
        part = Money(amount * draw(SHARES), currency).rounded() if category is CostCategory.CONTRACT else None
        territory, work = draw(st.sampled_from(TERRITORIES)), draw(st.sampled_from(Work))
        costs.append(IncentiveCost(category, territory, Money(amount, currency), work, part))
    programmes = [programme for programme in PROGRAMMES if programme.currency == currency]
    figures = {name: Money(draw(CENTS), currency) for name in FIGURES}
    met = {name: draw(st.booleans()) for programme in programmes for name in programme.requirements}
    return net_of_incentives(costs, programmes, draw(DAYS), figures, met, count_pending=draw(st.booleans()))


@unhurried
@given(stacks())
def test_net_is_gross_less_credit_plus_tax(answer: NetOfIncentives) -> None:
    credit = sum(line.credit.amount for line in answer.lines)
    tax = sum(line.tax.amount for line in answer.lines)
    assert answer.net.amount == answer.gross.amount - credit + tax
    assert answer.net == answer.gross + answer.incentive
    assert answer.incentive.amount == sum(line.in_cost_report.amount for line in answer.lines)


@unhurried
@given(stacks())
def test_the_steps_of_a_line_add_up_to_it(answer: NetOfIncentives) -> None:
    to_base = (StepKind.COUNTED, StepKind.ASSISTANCE, StepKind.BASE_CAP)
    for line in answer.lines:
        sums = {"base": Decimal(0), "credit": Decimal(0), "tax": Decimal(0)}
        for step in line.steps:
            target = "base" if step.kind in to_base else "tax" if step.kind is StepKind.TAX else "credit"
            sums[target] += step.amount.amount
        assert sums == {"base": line.base.amount, "credit": line.credit.amount, "tax": line.tax.amount}


@unhurried
@given(stacks())
def test_a_credit_is_never_negative_never_above_its_cap_and_never_above_the_costs(answer: NetOfIncentives) -> None:
    for line in answer.lines:
        assert 0 <= line.tax.amount <= line.credit.amount <= line.base.amount
        assert line.rule.credit_cap is None or line.credit.amount <= line.rule.credit_cap
        assert line.credit.amount.as_tuple().exponent == -2
    assert answer.credit.amount <= answer.gross.amount


@unhurried
@given(stacks())
def test_what_earned_a_credit_is_what_was_counted_less_what_others_pay_on_it(answer: NetOfIncentives) -> None:
    for line in answer.lines:
        left = [step for step in line.steps if step.kind in (StepKind.COUNTED, StepKind.ASSISTANCE)]
        assert all(earned >= 0 for earned in line.earned_by)
        # Each step was rounded to the cent, and so was each of up to three rules that pay on the labour.
        assert abs(sum(line.earned_by) - sum(step.amount.amount for step in left)) <= Decimal("0.01") * (len(left) + 3)


@st.composite
def rules(draw: st.DrawFn) -> IncentiveRule:
    """Any rule with a cliff at 1,000,000.00 of its base."""
    return IncentiveRule(
        name="any",
        title="any",
        base=draw(st.sampled_from([Base.LABOUR_ONLY, Base.ALL_SPEND])),
        rate=draw(SHARES),
        source="drawn at random",
        minimum=(Threshold("base", draw(CENTS)),) if draw(st.booleans()) else (),
        cliffs=(Cliff(Threshold("base", Decimal(1_000_000)), draw(SHARES)),),
        base_cap=draw(st.none() | st.builds(BaseCap, CENTS)),
        credit_cap=draw(st.none() | CENTS),
        tax_rate=draw(st.none() | SHARES),
        valid_from=date(2020, 1, 1),
    )


def with_labour(rule: IncentiveRule, amount: Decimal) -> NetOfIncentives:
    programme = IncentiveProgramme("any", "any", "XX", "EUR", 1, (), {}, (), (rule,))
    cost = IncentiveCost(CostCategory.LABOUR, "XX", Money(amount, "EUR"))
    return net_of_incentives([cost], [programme], date(2026, 1, 1))


BELOW = st.integers(0, 99_999_999).map(lambda cents: Decimal(cents).scaleb(-2))
ABOVE = st.integers(100_000_000, 10**11).map(lambda cents: Decimal(cents).scaleb(-2))


@unhurried
@given(rules(), st.tuples(BELOW, BELOW) | st.tuples(ABOVE, ABOVE))
def test_on_one_side_of_a_cliff_more_base_earns_no_less(rule: IncentiveRule, amounts: tuple[Decimal, Decimal]) -> None:
    fewer, more = with_labour(rule, min(amounts)).lines[0], with_labour(rule, max(amounts)).lines[0]
    assert rule.credit_cap is None or more.credit.amount <= rule.credit_cap
    assert fewer.credit.amount <= more.credit.amount
    assert fewer.net_benefit.amount <= more.net_benefit.amount
