"""The report of a running production from a real ledger, against a locked bid and against an amount."""

import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.bidding.life import award_bid, lock_bid, send_bid
from analytics.bidding.new_bids import new_bid
from analytics.bidding.running.bridge import bridge
from analytics.bidding.running.reportable import reportable_productions
from analytics.bidding.running.reporting import running_outlook, running_report
from analytics.bidding.running.running_report import MoveCause, RunningReport, UnitReport
from analytics.estimation.running.earning import EarningRule
from analytics.estimation.running.standing import Standing
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.bid import Bid
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ListedShot, ShotList
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "estimation" / "running"))
from running_ledgers import running_ledger

BID_ON, DAY = date(2026, 1, 20), date(2026, 3, 5)
TRADITIONAL = Workflow.TRADITIONAL
LIST = ShotList("cut.csv", "csv", "ab" * 32, FrameRate.parse("24"), (
    ListedShot("row 2", "SQ10_010", 96, 8, "SQ10", ShotKind.CLEANUP, Complexity.EASY, workflow=TRADITIONAL),
    ListedShot("row 3", "SQ10_020", 72, 8, "SQ10", ShotKind.DESTRUCTION, Complexity.HARD, workflow=TRADITIONAL),
    ListedShot("row 4", "SQ20_010", 60, 8, "SQ20", ShotKind.CROWD, Complexity.MEDIUM, workflow=TRADITIONAL),
    ListedShot("row 5", "SQ30_010", 60, 8, "SQ30", ShotKind.CROWD, Complexity.MEDIUM, workflow=TRADITIONAL),
))  # fmt: skip


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return running_ledger(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def by_amount(ledger: Ledger) -> RunningReport:
    return running_report(ledger, "P1", outcomes=300)


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ledger, Bid]:
    ledger = running_ledger(tmp_path_factory.mktemp("locked"))
    bid = new_bid(ledger, LIST, production="P1", on=BID_ON, margin=Decimal("0.1"), outcomes=300)
    send_bid(ledger, bid.bid_id, on=BID_ON)
    award_bid(ledger, bid.bid_id, on=BID_ON)
    return ledger, lock_bid(ledger, bid.bid_id, on=BID_ON)


@pytest.fixture(scope="module")
def by_bid(locked: tuple[Ledger, Bid]) -> RunningReport:
    return running_report(locked[0], "Salt Line 1", outcomes=300)


def holds_together(unit: UnitReport) -> None:
    for rows in (unit.sequences, unit.departments):
        for column in ("actual", "etc", "efc"):
            assert sum((getattr(row, column) for row in rows), Decimal(0)) == getattr(unit.total, column)
    for row in (*unit.sequences, unit.total, unit.whole):
        assert row.efc == row.actual + row.etc
        if row.budget is not None:
            assert row.variance == row.budget - row.efc
    assert abs(sum((each.efc for each in unit.exposures), Decimal(0)) - unit.total.efc) < Decimal("0.05")
    assert unit.burn_up[-1].actual is None or not unit.total.etc
    spent = [week.actual for week in unit.burn_up if week.actual is not None]
    assert spent == sorted(spent)
    assert spent[-1] == unit.total.actual


def test_an_amount_is_spread_and_said_to_be(by_amount: RunningReport) -> None:
    assert by_amount.on == DAY
    assert by_amount.standing == {
        Standing.FINAL: 1, Standing.OMITTED: 1, Standing.IN_WORK: 1, Standing.NOT_BEGUN: 1,
    }  # fmt: skip
    assert by_amount.money is not None
    assert by_amount.money.total.budget == 60000
    assert "spread" in by_amount.held_against
    holds_together(by_amount.hours)
    holds_together(by_amount.money)
    assert by_amount.hours.total.actual == Decimal("125.50")


def test_a_locked_bid_is_what_it_is_held_against(locked: tuple[Ledger, Bid], by_bid: RunningReport) -> None:
    _, bid = locked
    money = by_bid.money
    assert money is not None
    assert bid.bid_id in by_bid.held_against
    assert money.total.budget == bid.totals.base
    assert money.whole.budget == bid.totals.gross
    assert {row.name for row in money.beside} >= {"margin"}
    holds_together(by_bid.hours)
    holds_together(money)
    assert by_bid.not_in_budget == ("SQ20_020",)
    assert by_bid.not_in_ledger == ("SQ30_010",)
    assert money.unbudgeted is not None
    assert money.unbudgeted.etc > 0
    # The budgets of departments are those of the bid's lines.
    comp = next(row for row in money.departments if row.name == "comp")
    lines = sum(line.amount or 0 for line in bid.lines if line.department == "comp")
    assert comp.budget is not None
    assert comp.budget >= lines > 0


def test_earned_value_counts_what_is_budgeted_and_final(by_bid: RunningReport) -> None:
    earned = by_bid.hours.earned
    budgets = {each.name: each.budget for each in by_bid.hours.exposures}
    assert earned.ev == budgets["SQ10_010"]
    # The omitted shot's budget is no longer part of the work; its hours are.
    assert earned.bac == sum((budgets[name] or Decimal(0) for name in ("SQ10_010", "SQ10_020", "SQ30_010")), Decimal(0))
    assert earned.ac == Decimal("125.50")


def test_a_shot_that_outran_its_budget_is_exposed_and_one_yet_to_come_may_be(by_bid: RunningReport) -> None:
    money = by_bid.money
    assert money is not None
    shots = {each.name: each for each in money.exposures}
    assert shots["SQ10_010"].efc_p10 == shots["SQ10_010"].efc_p90
    assert 0 < shots["SQ30_010"].chance_over < 1
    assert shots["SQ20_020"].budget is None
    assert shots["SQ20_010"].saving > 0
    overruns = [each.overrun for each in money.exposures]
    assert overruns == sorted(overruns, reverse=True)


def test_what_moved_it_adds_up_by_cause_to_the_move_itself(by_amount: RunningReport, by_bid: RunningReport) -> None:
    for unit in (by_amount.hours, by_amount.money, by_bid.hours, by_bid.money):
        assert unit is not None
        assert unit.efc_before is not None
        moved = sum((each.change for each in unit.moves), Decimal(0))
        assert moved == (unit.total.efc - unit.efc_before).quantize(Decimal("0.01"))
        steps = bridge(unit)
        assert [step.begins for step in steps[1:]] == [step.ends for step in steps[:-1]]
        assert (steps[0].begins, steps[-1].ends) == (unit.efc_before, unit.efc_before + moved)
        assert unit.exposure == sum((each.overrun for each in unit.exposed), Decimal(0))
        assert sum((share for _, share in unit.origin_shares), Decimal(0)) == 1
        assert unit.actual_of_vendors + unit.actual_of_studio == unit.total.actual
        for cause in {each.cause for each in unit.moved}:
            told = [each.change for each in unit.moved if each.cause is cause]
            (whole,) = [each for each in unit.moves if each.cause is cause]
            assert whole.shot_count == len(told)
            assert abs(whole.change - sum(told, Decimal(0))) < 1 or cause is MoveCause.BILLED
    causes = {each.name: each.cause for each in by_amount.hours.moved}
    assert causes["SQ10_020"] is MoveCause.BOOKED


def test_as_of_an_earlier_day_nothing_later_is_known(locked: tuple[Ledger, Bid]) -> None:
    report = running_report(locked[0], "P1", on=date(2026, 2, 12), since=date(2026, 2, 4), outcomes=300)
    assert report.standing[Standing.FINAL] == 0
    assert report.hours.total.actual == Decimal("65.50")
    assert report.hours.earned.ev == 0
    assert any("Nothing is earned yet" in gap for gap in report.hours.earned.gaps())
    assert report.hours.spent_since == Decimal("55.50")
    assert {each.name for each in report.hours.moved} >= {"SQ10_020"}
    half = running_report(locked[0], "P1", on=date(2026, 2, 12), rule=EarningRule.HALF_AT_START, outcomes=300)
    assert half.hours.earned.ev > 0


def test_the_same_question_gives_the_same_answer(locked: tuple[Ledger, Bid], by_bid: RunningReport) -> None:
    again = running_report(locked[0], "P1", outcomes=300)
    assert again == by_bid
    other = running_report(locked[0], "P1", outcomes=300, seed=4)
    assert other.hours.total.actual == by_bid.hours.total.actual
    assert other.hours.total.efc != by_bid.hours.total.efc


def test_what_cannot_be_reported_is_refused_with_what_to_do(locked: tuple[Ledger, Bid], tmp_path: Path) -> None:
    ledger, bid = locked
    with pytest.raises(InputRefused, match="is no production and no bid"):
        running_report(ledger, "P9")
    with pytest.raises(InputRefused, match="is not before"):
        running_report(ledger, bid.bid_id, on=DAY, since=DAY)
    without = running_ledger(tmp_path)
    without.write(lambda connection: connection.execute("UPDATE productions SET locked_budget_amount = NULL"))
    with pytest.raises(InputRefused, match="has no locked bid and no locked_budget_amount"):
        running_report(without, "P1")


def test_a_bid_for_a_production_without_history_is_refused(locked: tuple[Ledger, Bid]) -> None:
    ledger, _ = locked
    bid = new_bid(ledger, replace(LIST, name="other.csv"), production="P7", currency="CAD", on=BID_ON, outcomes=200)
    with pytest.raises(InputRefused, match="has nothing in the ledger yet"):
        running_report(ledger, bid.bid_id)


def test_productions_to_report_on_say_what_each_is_held_against(ledger: Ledger, locked: tuple[Ledger, Bid]) -> None:
    (by_its_amount,) = reportable_productions(ledger)
    assert (by_its_amount.locked_bid_id, by_its_amount.locked_budget_amount) == (None, 60000)
    assert (by_its_amount.shot_count, by_its_amount.open_count, by_its_amount.has_budget) == (4, 2, True)
    # The last day of any fact, then the Sundays before it; none before the first turnover.
    assert by_its_amount.report_days == (
        DAY, date(2026, 3, 1), date(2026, 2, 22), date(2026, 2, 15), date(2026, 2, 8),
    )  # fmt: skip
    (by_its_bid,) = reportable_productions(locked[0])
    assert (by_its_bid.locked_bid_id, by_its_bid.locked_on) == (locked[1].bid_id, BID_ON)


@pytest.mark.parametrize("held_against", ["bid", "amount"])
def test_an_outlook_has_the_money_of_the_report(held_against: str, request: pytest.FixtureRequest) -> None:
    if held_against == "bid":
        ledger, report = request.getfixturevalue("locked")[0], request.getfixturevalue("by_bid")
    else:
        ledger, report = request.getfixturevalue("ledger"), request.getfixturevalue("by_amount")
    outlook = running_outlook(ledger, "P1", outcomes=300)
    assert outlook.bid_id == report.bid_id
    assert (outlook.money is None) == (report.money is None)
    if outlook.money is not None:
        assert outlook.money.whole == report.money.whole
        assert outlook.money.unbudgeted == report.money.unbudgeted
