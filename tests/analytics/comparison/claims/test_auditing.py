"""A claim against results: decided at 95 %, by the right result, and never by too few or assumed shots."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import t

from analytics.comparison.claims.auditing import (
    ClaimVerdict,
    ClockAudit,
    audit_claim,
    audit_claim_on_shot,
)
from analytics.comparison.claims.claim_json import audit_to_json
from analytics.comparison.figures import Clock
from analytics.comparison.shot_comparison import compare_shot
from analytics.comparison.slate.results import SLATE_CLOCKS, Estimand, Method, Per, Population, RatioResult
from analytics.vocabulary.claim import Claim, FigureKind, MetricKind
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.stage import StageName
from analytics.vocabulary.workflow import Workflow

SUPPORTED, CONTRADICTED, UNDECIDED = ClaimVerdict
MakeClaim = Callable[..., Claim]
MakeResult = Callable[..., RatioResult]
MakeLogs = Callable[..., NDArray[np.float64]]


def of(audit_or_clocks: Any, clock: Clock) -> ClockAudit:
    found: ClockAudit = next(each for each in audit_or_clocks.clocks if each.clock is clock)
    return found


@pytest.mark.parametrize(("ratio", "verdict"), [(0.07, SUPPORTED), (0.1, UNDECIDED), (0.42, CONTRADICTED)])
def test_ten_times_faster_asks_for_a_tenth_or_less(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs, ratio: float, verdict: ClaimVerdict
) -> None:
    audit = audit_claim(make_claim(), [make_result(Clock.PEOPLE, make_logs(ratio))])
    people = of(audit, Clock.PEOPLE)
    assert people.verdict is verdict
    assert people.decided_by is not None
    (chance,) = people.decided_by.probabilities
    assert chance is not None
    expected = t.cdf((np.log(0.1) - np.log(ratio)) / (0.8 / np.sqrt(200)), 199)
    assert chance == pytest.approx(expected, abs=1e-9)
    assert [each.clock for each in audit.clocks] == list(SLATE_CLOCKS)


def test_every_clock_is_judged_by_its_own_shots(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs
) -> None:
    results = [make_result(Clock.MACHINE, make_logs(0.05)), make_result(Clock.PEOPLE, make_logs(0.5))]
    audit = audit_claim(make_claim(), results)
    assert audit.by(SUPPORTED) == (Clock.MACHINE,)
    assert audit.by(CONTRADICTED) == (Clock.PEOPLE,)
    assert audit.by(UNDECIDED) == (Clock.CALENDAR,)


@pytest.mark.parametrize(
    ("metric", "meant"),
    [
        (MetricKind.UNKNOWN, {Clock.MACHINE, Clock.PEOPLE, Clock.CALENDAR}),
        (MetricKind.PERSON_DAYS, {Clock.PEOPLE}),
        (MetricKind.ELAPSED_DAYS, {Clock.CALENDAR}),
        (MetricKind.COST, {Clock.COST_GROSS, Clock.COST_NET}),
    ],
)
def test_a_claim_can_mean_only_the_clocks_that_it_may_have_spoken_of(
    make_claim: MakeClaim, metric: MetricKind, meant: set[Clock]
) -> None:
    audit = audit_claim(make_claim(metric_kind=metric), [])
    assert {each.clock for each in audit.clocks if each.could_be_meant} == meant


@pytest.mark.parametrize(("ratio", "verdict"), [(0.7, SUPPORTED), (0.83, SUPPORTED), (0.95, CONTRADICTED)])
def test_the_modest_end_of_a_range_decides_and_the_bold_end_is_told(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs, ratio: float, verdict: ClaimVerdict
) -> None:
    claim = make_claim(FigureKind.PERCENT_LESS, 15, 20, MetricKind.COST)
    audit = audit_claim(claim, [make_result(Clock.COST_GROSS, make_logs(ratio, spread=0.1))])
    gross = of(audit, Clock.COST_GROSS)
    assert gross.verdict is verdict
    assert gross.decided_by is not None
    modest, bold = gross.decided_by.probabilities
    assert modest is not None
    assert bold is not None
    assert bold <= modest
    if ratio == 0.83:
        assert bold < 0.05


@pytest.mark.parametrize(("ratio", "verdict"), [(1.4, SUPPORTED), (1.19, UNDECIDED), (0.8, CONTRADICTED)])
def test_a_claim_that_ai_needs_more_is_turned_round(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs, ratio: float, verdict: ClaimVerdict
) -> None:
    claim = make_claim(FigureKind.PERCENT_MORE, 19, metric_kind=MetricKind.PERSON_DAYS)
    audit = audit_claim(claim, [make_result(Clock.PEOPLE, make_logs(ratio))])
    assert of(audit, Clock.PEOPLE).verdict is verdict


def test_the_narrower_of_pairs_and_adjusted_shots_decides_and_the_other_is_told(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs
) -> None:
    adjusted = make_result(Clock.PEOPLE, make_logs(0.12, 60, 0.9))
    pairs = make_result(Clock.PEOPLE, make_logs(0.15, 60, 0.3), Method.PAIRED)
    people = of(audit_claim(make_claim(), [adjusted, pairs]), Clock.PEOPLE)
    assert people.verdict is CONTRADICTED
    assert people.decided_by is not None
    assert people.decided_by.result is pairs
    (beside,) = people.beside
    assert (beside.result, beside.verdict) == (adjusted, UNDECIDED)


def test_pairs_too_few_to_decide_do_not_stand_before_shots_that_can(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs
) -> None:
    adjusted = make_result(Clock.PEOPLE, make_logs(0.4, 60, 0.9))
    alike = make_result(Clock.PEOPLE, make_logs(0.02, 3, 0.001), Method.PAIRED)
    people = of(audit_claim(make_claim(), [alike, adjusted]), Clock.PEOPLE)
    assert people.verdict is CONTRADICTED
    assert people.decided_by is not None
    assert people.decided_by.result is adjusted


def test_pairs_and_adjusted_shots_that_say_the_opposite_decide_nothing(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs
) -> None:
    results = [
        make_result(Clock.PEOPLE, make_logs(0.3)),
        make_result(Clock.PEOPLE, make_logs(0.03, 40), Method.PAIRED),
    ]
    people = of(audit_claim(make_claim(), results), Clock.PEOPLE)
    assert people.verdict is UNDECIDED
    assert people.why_undecided is not None
    assert "opposite" in people.why_undecided


def test_a_claim_is_held_against_the_shots_given_to_ai_times_by_their_mean_and_money_by_the_total(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs
) -> None:
    results = [
        make_result(clock, make_logs(0.5), estimand=estimand, population=population, per=per)
        for clock in (Clock.PEOPLE, Clock.COST_GROSS)
        for per in (Per.CUT_SECOND, Per.SHOT)
        for population in Population
        for estimand in Estimand
    ]
    audit = audit_claim(make_claim(), results)
    for clock, estimand in (
        (Clock.PEOPLE, Estimand.GEOMETRIC_MEAN_RATIO),
        (Clock.COST_GROSS, Estimand.RATIO_OF_TOTALS),
    ):
        evidence = of(audit, clock).decided_by
        assert evidence is not None
        assert (evidence.result.estimand, evidence.result.population) == (estimand, Population.AI)
        assert evidence.result.per is Per.SHOT


def test_a_total_without_a_standard_error_gives_way_to_a_mean_that_has_one(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs
) -> None:
    total = make_result(
        Clock.COST_GROSS, make_logs(0.5), estimand=Estimand.RATIO_OF_TOTALS, log_standard_error=None, high=float("inf")
    )
    mean = make_result(Clock.COST_GROSS, make_logs(0.5))
    gross = of(audit_claim(make_claim(metric_kind=MetricKind.COST), [total, mean]), Clock.COST_GROSS)
    assert gross.decided_by is not None
    assert gross.decided_by.result is mean


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"method": Method.PAIRED, "n_pairs": 4}, "only 4 pairs; it takes at least 5"),
        ({"method": Method.PAIRED, "n_pairs": 1}, "one pair shows what happened once"),
        ({"n_traditional": 3}, "only 3 traditional shots"),
        ({"n_ai": 1}, "only 1 AI shot;"),
        ({"origins": {Origin.ASSUMED: 0.6, Origin.IMPORTED: 0.4}}, "repeats what somebody assumed"),
        ({"log_standard_error": None}, "no interval"),
        ({"log_standard_error": None, "warnings": ("the totals are unbounded",)}, "The totals are unbounded."),
        ({"method": Method.NAIVE}, "not made comparable"),
    ],
)
def test_what_is_too_weak_decides_nothing_and_says_why(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs, changes: dict[str, Any], why: str
) -> None:
    logs = make_logs(0.01, spread=0.1)
    assert of(audit_claim(make_claim(), [make_result(Clock.PEOPLE, logs)]), Clock.PEOPLE).verdict is SUPPORTED
    method = changes.pop("method", Method.ADJUSTED)
    weak = make_result(Clock.PEOPLE, logs, method, **changes)
    people = of(audit_claim(make_claim(), [weak]), Clock.PEOPLE)
    assert people.verdict is UNDECIDED
    assert people.why_undecided is not None
    assert why in people.why_undecided


def test_a_clock_without_a_ratio_is_undecided_and_says_every_reason(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs, no_ratio: Callable[[Clock, str], RatioResult]
) -> None:
    unpaired = make_result(
        Clock.PEOPLE, make_logs(0.5), Method.PAIRED, ratio=None, low=None, high=None, warnings=("There are no pairs.",)
    )
    people = of(audit_claim(make_claim(), [no_ratio(Clock.PEOPLE, "too few shots"), unpaired]), Clock.PEOPLE)
    assert (people.verdict, people.why_undecided) == (UNDECIDED, "Too few shots. There are no pairs.")
    assert of(audit_claim(make_claim(), []), Clock.PEOPLE).why_undecided == "our ledger was not compared by this clock"


def test_a_claim_without_a_number_has_nothing_to_be_held_against(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs
) -> None:
    claim = make_claim(figure=None, no_figure="'minuscule' is no number")
    assert audit_claim(claim, [make_result(Clock.PEOPLE, make_logs(0.5))]).clocks == ()


def test_a_false_claim_is_hardly_ever_supported_nor_a_true_one_contradicted(
    make_claim: MakeClaim, make_result: MakeResult
) -> None:
    """Where a claim is true by a hair, one slate of twenty may contradict it and one may support it."""
    drawn = np.random.default_rng(20251123)
    verdicts = [
        of(audit_claim(make_claim(), [make_result(Clock.PEOPLE, logs)]), Clock.PEOPLE).verdict
        for logs in np.log(0.1) + drawn.standard_normal((600, 25))
    ]
    # 5 % of 600 is 30, and 45 is three standard deviations beyond it; much less would be no test at 95 %.
    assert 15 <= verdicts.count(CONTRADICTED) <= 45
    assert 15 <= verdicts.count(SUPPORTED) <= 45


def test_one_shot_is_shown_and_decides_nothing(
    shot: Any, make_claim: MakeClaim, make_rate: Callable[..., Any], make_card: Callable[..., Any]
) -> None:
    shot.render(Workflow.AI, {StageName.DENOISE: 2.0}, work=(shot.hours(Workflow.AI, "comp", 2),))
    work = (shot.hours(Workflow.TRADITIONAL, "comp", 50),)
    shot.render(Workflow.TRADITIONAL, {StageName.RENDER: 100.0}, work=work)
    card = make_card(make_rate("machine:cpu", "36"), make_rate("labour", "100"))
    audit = audit_claim_on_shot(make_claim(), compare_shot(shot.ledger, shot.shot_id, card))
    machine = of(audit, Clock.MACHINE)
    assert machine.decided_by is not None
    assert (machine.decided_by.result.ratio, machine.decided_by.result.n_pairs) == (0.02, 1)
    assert {each.verdict for each in audit.clocks} == {UNDECIDED}
    assert all(each.why_undecided for each in audit.clocks)
    assert audit.shot_code == shot.code


def test_an_audit_is_plain_json(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs, no_ratio: Callable[[Clock, str], RatioResult]
) -> None:
    unbounded = make_result(Clock.COST_GROSS, make_logs(0.9), high=float("inf"), log_standard_error=None)
    results = [make_result(Clock.PEOPLE, make_logs(0.105)), no_ratio(Clock.MACHINE, "no render"), unbounded]
    plain = json.loads(json.dumps(audit_to_json(audit_claim(make_claim(), results)), allow_nan=False))
    assert plain["claim"]["claimed_ratios"] == [0.1]
    people = next(each for each in plain["clocks"] if each["clock"] == "people")
    assert people["verdict"] == "undecided"
    assert people["decided_by"]["needed"]["more_ai_shots"] > 0
    assert people["what_would_decide"] in people["words"]
    gross = next(each for each in plain["clocks"] if each["clock"] == "cost_gross")
    assert (gross["decided_by"]["high"], gross["decided_by"]["high_is_unbounded"]) == (None, True)
    assert gross["could_be_meant"] is False
