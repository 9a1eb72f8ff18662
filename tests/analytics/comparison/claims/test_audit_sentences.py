"""Sentences of an audit: each can be quoted alone, and none says more than the shots do."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.comparison.claims.audit_sentences import (
    chance_words,
    clock_words,
    headline,
    how_to_read,
    ratio_and_interval_words,
    rests_on,
    synthetic_words,
    what_is_contradicted,
    what_this_audit_does_not_show,
    what_would_decide,
)
from analytics.comparison.claims.auditing import ClaimAudit, audit_claim
from analytics.comparison.claims.claim_words import (
    figure_words,
    meaning_words,
    threshold_words,
    what_the_claim_does_not_show,
)
from analytics.comparison.figures import Clock
from analytics.comparison.slate.results import Estimand, Method, RatioResult
from analytics.vocabulary.claim import BaselineKind, Claim, FigureKind, MetricKind
from analytics.vocabulary.origin import Origin

MakeClaim = Callable[..., Claim]
MakeResult = Callable[..., RatioResult]
MakeLogs = Callable[..., NDArray[np.float64]]


@pytest.fixture
def audit(make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs) -> ClaimAudit:
    """Each of the three verdicts once."""
    ratios = {Clock.MACHINE: 0.05, Clock.PEOPLE: 0.42, Clock.CALENDAR: 0.107}
    return audit_claim(make_claim(), [make_result(clock, make_logs(ratio)) for clock, ratio in ratios.items()])


def test_the_headline_names_every_clock_and_whose_shots_they_are(audit: ClaimAudit) -> None:
    assert headline(audit) == (
        "On our shots, “10 times faster” is contradicted in people's hours, supported in machine time, and undecided "
        "in calendar days. Whoever repeats it has to say that it is about machine time."
    )


def test_contradicted_is_not_left_to_be_read_as_no_saving(audit: ClaimAudit) -> None:
    assert what_is_contradicted(audit) == (
        "Counted in people's hours, AI took less than the traditional way: 0.42 (0.38–0.47) of it, where the claim "
        "needs 0.1 or less.",
    )


@pytest.mark.parametrize(
    ("ratio", "said"), [(1.5, "AI took more than"), (1.02, "AI took not clearly less or more than")]
)
def test_a_contradiction_says_which_way_ai_came_out(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs, ratio: float, said: str
) -> None:
    (words,) = what_is_contradicted(audit_claim(make_claim(), [make_result(Clock.PEOPLE, make_logs(ratio))]))
    assert said in words


def test_an_undecided_clock_says_why_and_how_many_more_shots_would_decide_it_which_way(audit: ClaimAudit) -> None:
    calendar = next(each for each in audit.clocks if each.clock is Clock.CALENDAR)
    assert clock_words(calendar, audit.claim) == (
        "Calendar days: undecided. AI took 0.11 (0.096–0.12) of what the traditional way took; 200 AI, 200 trad., "
        "4 productions. The chance that it is truly 0.1 or less on shots like ours is 12 %. Our shots leave both "
        "possible. If our ratio stays at 0.11, it takes about 190 more AI shots and 190 traditional ones of this kind "
        "to contradict the claim."
    )


def test_a_ratio_at_the_line_is_not_promised_to_be_decided_by_more_shots(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs
) -> None:
    near = audit_claim(make_claim(), [make_result(Clock.PEOPLE, make_logs(0.1005))])
    people = next(each for each in near.clocks if each.clock is Clock.PEOPLE)
    assert "so near to what is claimed" in what_would_decide(people)


def test_synthetic_shots_are_called_invented_before_anything_else_and_in_the_headline(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs
) -> None:
    invented = make_result(Clock.PEOPLE, make_logs(0.4), origins={Origin.SYNTHETIC: 1.0})
    audit = audit_claim(make_claim(), [invented])
    assert headline(audit).startswith("On invented shots, which cannot test those")
    assert synthetic_words(audit) is not None
    mixed = make_result(Clock.PEOPLE, make_logs(0.4), origins={Origin.SYNTHETIC: 0.3, Origin.IMPORTED: 0.7})
    audit = audit_claim(make_claim(), [mixed])
    assert headline(audit).startswith("On our shots")
    said = synthetic_words(audit)
    assert said is not None
    assert said.startswith("Some of the shots here are invented")
    assert rests_on(mixed)[-1] == "30 % synthetic"


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0.0, "under 0.1 %"),
        (1.0, "over 99.9 %"),
        (0.04999, "5.0 %"),
        (0.0501, "just over 5 %"),
        (0.9499, "just under 95 %"),
        (0.9501, "95.0 %"),
        (0.534, "53 %"),
        (None, "cannot be told"),
    ],
)
def test_a_chance_is_never_certain_nor_rounded_across_the_line(probability: float | None, said: str) -> None:
    assert chance_words(probability) == said


def test_an_unbounded_interval_says_so(make_result: MakeResult, make_logs: MakeLogs) -> None:
    assert ratio_and_interval_words(make_result(Clock.PEOPLE, make_logs(0.42), high=float("inf"))).endswith(
        "or any more)"
    )


def test_what_a_ratio_rests_on_names_its_shots_productions_and_what_is_no_figure(
    make_result: MakeResult, make_logs: MakeLogs
) -> None:
    pairs = make_result(Clock.PEOPLE, make_logs(0.4, 14), Method.PAIRED, n_productions=1)
    assert rests_on(pairs) == ("14 pairs", "1 production")
    assumed = {Origin.ASSUMED: 0.25, Origin.IMPORTED: 0.75}
    assert rests_on(make_result(Clock.PEOPLE, make_logs(0.4), origins=assumed))[-1] == "25 % assumed"
    money = make_result(Clock.COST_GROSS, make_logs(0.4))
    assert "typical shot" in rests_on(money)
    total = make_result(Clock.COST_GROSS, make_logs(0.4), estimand=Estimand.RATIO_OF_TOTALS)
    assert "typical shot" not in rests_on(total)


def test_what_the_claim_does_not_speak_of_gets_no_verdict_in_words(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs
) -> None:
    claim = make_claim(metric_kind=MetricKind.COST)
    audit = audit_claim(claim, [make_result(Clock.PEOPLE, make_logs(0.05))])
    people = next(each for each in audit.clocks if each.clock is Clock.PEOPLE)
    assert clock_words(people, claim).startswith("People's hours: not claimed. AI took 0.05")
    assert "chance" not in clock_words(people, claim)
    assert "people" not in headline(audit)


@pytest.mark.parametrize(
    ("fields", "said", "thresholds"),
    [
        ({}, "10 times faster", ("0.1 or less",)),
        ({"modest": 2, "metric_kind": MetricKind.COST}, "2 times cheaper", ("0.5 or less",)),
        ({"modest": 5, "bold": 6}, "5 to 6 times faster", ("0.2 or less", "0.167 or less")),
        (
            {"kind": FigureKind.PERCENT_LESS, "modest": 15, "bold": 20},
            "15 to 20 % less",
            ("0.85 or less", "0.8 or less"),
        ),
        ({"kind": FigureKind.PERCENT_MORE, "modest": 19}, "19 % more", ("1.19 or more",)),
        ({"figure": None, "no_figure": "it is vague"}, "no number", ()),
    ],
)
def test_a_claims_number_is_said_as_it_was_and_as_a_ratio(
    make_claim: MakeClaim, fields: dict[str, Any], said: str, thresholds: tuple[str, ...]
) -> None:
    claim = make_claim(**fields)
    assert figure_words(claim) == said
    assert threshold_words(claim) == thresholds
    for threshold in thresholds:
        assert threshold in meaning_words(claim)


def test_a_claim_without_a_clock_baseline_quality_or_sample_is_told_so(make_claim: MakeClaim) -> None:
    said = "\n".join(what_the_claim_does_not_show(make_claim(n_shots=None, caveats=("It was said on the phone.",))))
    for words in ("does not say what was saved", "somebody's estimate", "over how many shots", "on the phone"):
        assert words in said
    full = make_claim(
        metric_kind=MetricKind.PERSON_DAYS,
        baseline_kind=BaselineKind.ACTUAL,
        n_shots=300,
        quality_evidence="forty people compared them blind",
    )
    assert what_the_claim_does_not_show(full) == ("On quality: forty people compared them blind.",)
    two = "\n".join(what_the_claim_does_not_show(make_claim(sample="a pair of short ones")))
    assert "2 shots (a pair of short ones)" in two


def test_limits_say_whose_shots_these_are_and_repeat_each_warning_once_with_its_clocks(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs
) -> None:
    warning = ("12 of 90 shots are unfinished.",)
    results = [make_result(clock, make_logs(0.4), warnings=warning) for clock in (Clock.MACHINE, Clock.PEOPLE)]
    said = what_this_audit_does_not_show(audit_claim(make_claim(), results))
    assert "not the claim's" in said[0]
    assert said[-1] == "Machine time and people's hours: 12 of 90 shots are unfinished."


def test_a_reader_is_told_what_a_ratio_means_only_where_there_is_one(
    make_claim: MakeClaim, make_result: MakeResult, make_logs: MakeLogs
) -> None:
    assert how_to_read(audit_claim(make_claim(), [])) == ""
    said = how_to_read(audit_claim(make_claim(), [make_result(Clock.PEOPLE, make_logs(0.42))]))
    assert "0.42 means: AI took 42 % of what it takes the traditional way." in said
