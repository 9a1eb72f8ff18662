from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.bidding.documents.line_plan import (
    CONTINGENT,
    OVERHEADED,
    UPLIFTED,
    Base,
    LinePlan,
    PlannedLine,
    Scope,
    plan_lines,
)
from analytics.vocabulary.bid import Bid, BidLine, LineKind
from analytics.vocabulary.workflow import Workflow
from tests.analytics.bidding.making_bids import cents, making_bid


def planned(plan: LinePlan, wanted: Callable[[PlannedLine], bool]) -> list[PlannedLine]:
    return [each for each in plan.lines if wanted(each)]


def uplift(base: Decimal, **fields: object) -> BidLine:
    line = BidLine(
        LineKind.SUPERVISION, None, None, None, "Supervision", Decimal("0.2"), "share", base, cents(base / 5),
        base_amount=base,
    )  # fmt: skip
    return replace(line, **fields)  # type: ignore[arg-type]


def days(code: str, workflow: Workflow, quantity: str, department: str = "comp", vendor: str | None = None) -> BidLine:
    amount = Decimal(quantity) * 700
    return BidLine(
        LineKind.PEOPLE, department, code, workflow, department, Decimal(quantity), "person_day", Decimal(700), amount,
        f"labour:{department}", vendor=vendor,
    )  # fmt: skip


def with_lines(*lines: BidLine) -> Bid:
    bid = making_bid(2, codes=("A", "B"))
    nothing = Decimal(0)
    return replace(bid, lines=lines, totals=replace(bid.totals, contingency=nothing, margin=nothing))


def test_lower_levels_come_first_so_that_no_sum_runs_in_a_circle() -> None:
    plan = plan_lines(making_bid(30))
    levels = [each.level for each in plan.lines]
    assert levels == sorted(levels)
    assert plan.base_line_count == len(plan.lines) - 2
    assert {each.line.kind for each in plan.lines[plan.base_line_count :]} == {LineKind.CONTINGENCY, LineKind.MARGIN}
    assert all(each.level in (UPLIFTED, OVERHEADED) for each in plan.lines if each.scope and each.level < CONTINGENT)


def test_what_a_share_is_taken_of_is_found_to_the_cent() -> None:
    traditional, ai = Workflow.TRADITIONAL, Workflow.AI
    lines = [days("A", traditional, "3.10"), days("A", ai, "1.05"), days("B", ai, "2.30", vendor="Mill")]
    lead = days("A", traditional, "0.40", department="supervision")
    of_shot = uplift(Decimal("4.15") * 700, shot_code="A")
    of_half = uplift(Decimal("1.05") * 700, shot_code="A", workflow=ai)
    of_vendor = uplift(Decimal("2.30") * 700, vendor="Mill")
    without_leads = uplift(Decimal("3.10") * 700, shot_code="A", workflow=traditional)
    people = Base((LineKind.PEOPLE,))
    for line, scope in (
        (of_shot, Scope(people, ("shot_code",))),
        (of_half, Scope(people, ("shot_code", "workflow"))),
        (of_vendor, Scope(people, ("vendor",))),
    ):
        plan = plan_lines(with_lines(*lines, line))
        assert planned(plan, lambda each: each.level == UPLIFTED)[0].scope == scope
    plan = plan_lines(with_lines(*lines, lead, without_leads))
    found = planned(plan, lambda each: each.level == UPLIFTED)[0].scope
    assert found == Scope(Base((LineKind.PEOPLE,), supervising=False), ("shot_code", "workflow"))
    overhead = uplift(Decimal("6.85") * 700, kind=LineKind.OVERHEAD)
    plan = plan_lines(with_lines(*lines, lead, overhead))
    found = planned(plan, lambda each: each.level == OVERHEADED)[0].scope
    assert found == Scope(Base((LineKind.PEOPLE,), supervising=True))


def test_a_base_that_is_no_sum_of_lines_stays_as_it_is() -> None:
    plan = plan_lines(with_lines(days("A", Workflow.AI, "3.10"), uplift(Decimal("1234.56"), shot_code="A")))
    assert planned(plan, lambda each: each.level == UPLIFTED)[0].scope is None


def test_days_of_two_workflows_share_one_cell_and_a_seat_follows_them() -> None:
    seat = replace(days("A", Workflow.AI, "1.00"), kind=LineKind.LICENCE, resource="licence:nuke:comp")
    plan = plan_lines(with_lines(days("A", Workflow.TRADITIONAL, "3.00"), days("A", Workflow.AI, "1.00"), seat))
    assert plan.days == {(1, "comp"): Decimal("4.00")}
    assert [each.day_share for each in plan.lines[:3]] == [0.75, 0.25, 0.25]


def test_bills_go_by_the_days_of_a_shot_and_are_no_days_themselves() -> None:
    comp, roto = days("A", Workflow.AI, "3.00"), days("A", Workflow.AI, "1.00", department="roto")
    bills = replace(comp, kind=LineKind.OTHER, department=None, description="Bills", quantity=Decimal("3.80"),
                    unit_price=Decimal(20), amount=Decimal(76), resource="")  # fmt: skip
    plan = plan_lines(with_lines(comp, roto, bills))
    assert plan.departments == ("roto", "comp")
    assert sum(plan.days.values()) == Decimal("4.00")
    assert [each.day_share for each in plan.lines if each.line.kind is LineKind.OTHER] == [0.95]


def test_half_a_cent_is_told_from_what_a_sheet_would_make_of_it() -> None:
    line = replace(days("A", Workflow.AI, "0.25"), unit_price=Decimal("650.50"), amount=Decimal("162.62"))
    plan = plan_lines(with_lines(line, replace(line, amount=Decimal("162.63"))))
    assert [(each.follows, each.half_to_even) for each in plan.lines[:2]] == [(True, True), (True, False)]
    plan = plan_lines(with_lines(replace(line, amount=Decimal("170.00"))))
    assert not plan.lines[0].follows


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), shot_count=st.integers(1, 25))
def test_every_amount_follows_from_its_cells_as_a_sheet_reckons(seed: int, shot_count: int) -> None:
    bid = making_bid(shot_count, seed=seed)
    plan = plan_lines(bid)
    amounts = [Decimal(0)] * 5
    for each in plan.lines:
        line = each.line
        assert each.follows
        assert line.amount is not None
        price = sum(amounts[: each.level], Decimal(0)) if each.level >= CONTINGENT else line.unit_price
        assert price is not None
        if each.level >= CONTINGENT or each.share is not None:
            assert each.share is not None
            assert each.share.share is not None
            quantity = each.share.share
        elif each.day_share is not None:
            cell = plan.days[each.shot_number, line.department or ""]
            quantity = Decimal(str(round(float(cell) * each.day_share, 4)))
        else:
            quantity = line.quantity
        half_up = (quantity * price).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert line.amount == half_up - (Decimal("0.01") if each.half_to_even else 0)
        amounts[each.level] += line.amount
    assert sum(amounts) == bid.totals.gross
    assert sum(amounts[:CONTINGENT]) == bid.totals.base


def test_prices_to_fill_in_are_counted() -> None:
    assert plan_lines(making_bid(10)).missing_count == 0
    plan = plan_lines(making_bid(10, unpriced=["fx", "comp"]))
    assert [rate.resource for rate in plan.rates if rate.price is None] == ["labour:fx", "labour:comp"]
    assert plan.missing_count == 2 + 1  # how much contingency is needed cannot be told either
