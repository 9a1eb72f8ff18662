"""What is said in words follows from the figures, also where they are missing, open or at odds."""

from dataclasses import replace

import pytest

from analytics.comparison.figures import Clock
from analytics.comparison.slate.clock_comparison import ClockComparison
from analytics.comparison.slate.comparing_clocks import compare_by_clock
from analytics.comparison.slate.pooling import GroupRatio
from analytics.comparison.slate.results import Estimand, Method, Population, RatioResult
from analytics.comparison.slate.slate_sentences import chosen_result, group_words, headline, remarks
from analytics.demo_catalog.parameters import SlateParameters
from analytics.demo_catalog.simulated import simulated_slate


@pytest.fixture(scope="module")
def people() -> ClockComparison:
    parameters = SlateParameters(production_count=5, shots_per_production=80, twin_pair_count=20)
    return compare_by_clock(simulated_slate(parameters, seed=3)[0], Clock.PEOPLE)


def with_result(clock: ClockComparison, method: Method, **changes: object) -> ClockComparison:
    """The same comparison with every ratio of one method changed."""
    results: list[RatioResult] = [
        replace(each, **changes) if each.method is method else each  # type: ignore[arg-type]
        for each in clock.results
    ]
    return replace(clock, results=tuple(results))


def test_a_headline_names_ratio_interval_shots_and_productions(people: ClockComparison) -> None:
    changed = with_result(
        people, Method.ADJUSTED, ratio=0.42, low=0.35, high=0.51, n_ai=212, n_traditional=388, n_productions=6
    )
    said = headline(changed)
    for part in ("0.42 times the people's hours", "95 % interval 0.35 to 0.51", "212 AI and 388 traditional shots"):
        assert part in said
    assert said.endswith("about 58 % less, likely 49 to 65 %.")
    assert "6 productions, adjusted for kind and complexity" in said


def test_an_interval_around_one_is_open_and_not_a_saving(people: ClockComparison) -> None:
    said = headline(with_result(people, Method.ADJUSTED, ratio=0.9, low=0.7, high=1.16))
    assert said.endswith("anything from 30 % less to 16 % more, so that it is open.")


def test_without_an_adjusted_ratio_pairs_speak_and_without_both_the_reason_does(people: ClockComparison) -> None:
    pairs_only = with_result(people, Method.ADJUSTED, ratio=None, low=None, high=None, warnings=("no overlap",))
    assert chosen_result(pairs_only).method is Method.PAIRED
    assert f"{people.result(Estimand.GEOMETRIC_MEAN_RATIO, Method.PAIRED).n_pairs} pairs" in headline(pairs_only)
    nothing = with_result(pairs_only, Method.PAIRED, ratio=None, low=None, high=None, n_pairs=0)
    assert headline(nothing) == "How AI compares in people's hours cannot be told. no overlap"


def test_pairs_that_disagree_with_all_shots_are_told(people: ClockComparison) -> None:
    adjusted = with_result(people, Method.ADJUSTED, ratio=0.8, low=0.75, high=0.86)
    apart = with_result(adjusted, Method.PAIRED, ratio=0.5, low=0.4, high=0.6)
    assert any("disagree about the amount: quote only which side took less" in said for said in remarks(apart))
    alike = with_result(adjusted, Method.PAIRED, ratio=0.8, low=0.7, high=0.9)
    assert not any("disagree" in said for said in remarks(alike))


def test_the_whole_is_told_beside_the_typical_shot(people: ClockComparison) -> None:
    totals = replace(
        people.result(Estimand.RATIO_OF_TOTALS, Method.ADJUSTED, Population.AI), ratio=0.5, low=0.4, high=0.625
    )
    others = tuple(
        each
        for each in people.results
        if (each.estimand, each.method, each.population) != (totals.estimand, totals.method, totals.population)
    )
    said = " ".join(remarks(replace(people, results=(*others, totals), ai_total=1000.0)))
    assert (
        "took 1,000 people's hours; done traditionally, they would have taken about 2,000 (likely 1,600 to 2,500)"
        in said
    )
    assert "50 % less of the whole. Budget with the whole" in said


def test_whether_ai_pays_in_a_group_is_less_more_or_open() -> None:
    group = GroupRatio("creature", 14, 136, 1.4, 1.27, 0.8, 2.02)
    assert group_words(group) == "open: 20 % less to 102 % more"
    assert group_words(replace(group, high=0.9)) == "less"
    assert group_words(replace(group, low=1.1)) == "more"
    assert group_words(GroupRatio("crowd", 1, 9, None, None, None, None)) == "too few shots"
