"""Shots without a counterpart are left out or forbid a ratio, and it is said; weighting makes the arms alike."""

from dataclasses import replace

import numpy as np
import pytest
from slate_cases import columns, features_of, sample_of

from analytics.comparison.figures import Clock
from analytics.comparison.slate.clock_sample import ClockSample, clock_sample
from analytics.comparison.slate.comparing_clocks import compare_by_clock
from analytics.comparison.slate.overlap import balance, common_ground
from analytics.comparison.slate.results import Estimand, Method, Population, Verdict
from analytics.demo_catalog.parameters import SlateParameters
from analytics.demo_catalog.simulated import simulated_slate

SLATE = SlateParameters(production_count=6, shots_per_production=80)


def kinds(**arms: str) -> ClockSample:
    """Shots by kind: ``weather="aatt"`` is two by AI and two traditional."""
    words = [kind for kind, arm in arms.items() for _ in arm]
    return sample_of(np.zeros(len(words)), [arm == "a" for arm in "".join(arms.values())], kind=words)


def test_lone_kinds_are_left_out_and_named() -> None:
    ground = common_ground(kinds(weather="aaaaattttt", creature="tttt", cleanup="aa"))
    assert sorted(ground.sample.shots["kind"].unique()) == ["weather"]
    assert ground.kept.tolist() == [True] * 10 + [False] * 6
    assert ground.alone.tolist() == [False] * 10 + [True] * 6
    assert ground.sample.left_out == {"no counterpart in the other arm": 6}
    assert len(ground.remarks) == 2
    assert "kind creature: all 4 shots are traditional" in "".join(ground.remarks)
    assert "kind cleanup: all 2 shots are AI" in "".join(ground.remarks)


def test_few_counterparts_keep_a_shot_but_count_it_as_alone() -> None:
    ground = common_ground(kinds(weather="aaaaattttt", crowd="aaaaaaaatttt"))
    assert ground.kept.all()
    assert ground.remarks == ()
    # Four traditional crowds are no counterparts of eight by AI; those eight are counterparts of the four.
    assert ground.alone.tolist() == [False] * 10 + [True] * 8 + [False] * 4
    chance, limits = np.array([0.5] * 8 + [0.01, 0.99] + [0.5] * 12), (0.02, 0.98)
    lone = {each: ground.without_counterpart(each, chance, limits).tolist() for each in Estimand}
    assert lone[Estimand.RATIO_OF_TOTALS] == [False] * 8 + [True] * 10 + [False] * 4
    assert lone[Estimand.GEOMETRIC_MEAN_RATIO] == [False] * 8 + [True] * 2 + [False] * 12


def test_a_production_without_ai_is_left_out_and_what_hangs_on_it_too() -> None:
    # Only in P2 were crowds made traditionally, so that without it the crowds of P1 have no counterpart.
    sample = sample_of(
        np.zeros(24), [True] * 10 + [False] * 14,
        production_id=["P1"] * 20 + ["P2"] * 4,
        kind=["weather"] * 8 + ["crowd"] * 2 + ["weather"] * 10 + ["crowd"] * 4,
    )  # fmt: skip
    ground = common_ground(sample)
    assert set(ground.sample.shots["production_id"]) == {"P1"}
    assert set(ground.sample.shots["kind"]) == {"weather"}
    assert len(ground.sample.took) == 18
    assert [remark.split(":")[0] for remark in ground.remarks] == [
        "No overlap in production P2", "No overlap in kind crowd",
    ]  # fmt: skip


def test_a_production_whose_ai_shots_are_all_alone_goes_with_them() -> None:
    sample = sample_of(
        np.zeros(28), [True] * 8 + [False] * 8 + [True] * 4 + [False] * 8,
        production_id=["P1"] * 16 + ["P2"] * 12, kind=["weather"] * 16 + ["cleanup"] * 4 + ["weather"] * 8,
    )  # fmt: skip
    ground = common_ground(sample)
    assert ground.kept.tolist() == [True] * 16 + [False] * 12
    assert [remark.split(":")[0] for remark in ground.remarks] == [
        "No overlap in kind cleanup", "No overlap in production P2",
    ]  # fmt: skip


def test_an_unknown_kind_is_a_kind_and_arms_that_never_meet_leave_nothing() -> None:
    sample = sample_of(np.zeros(8), [True] * 4 + [False] * 4, kind=[None, "weather"] * 4)
    assert common_ground(sample).kept.all()
    apart = common_ground(kinds(weather="aaaa", creature="tttt"))
    assert len(apart.sample.took) == 0
    result = compare_by_clock(
        columns(arm=["ai"] * 20 + ["traditional"] * 20, kind=["weather"] * 20 + ["creature"] * 20), Clock.PEOPLE
    ).result(Estimand.GEOMETRIC_MEAN_RATIO, Method.ADJUSTED)
    assert result.verdict is Verdict.CANNOT_BE_TOLD
    assert "20 and 20 before asking for counterparts" in result.warnings[-1]


@pytest.mark.parametrize("seed", [1, 2])
def test_where_overlap_is_broken_it_is_said_and_no_total_for_all_is_invented(seed: int) -> None:
    broken, _ = simulated_slate(replace(SLATE, overlap_broken=True), seed)
    found = compare_by_clock(broken, Clock.PEOPLE)
    for estimand in Estimand:
        result = found.result(estimand, Method.ADJUSTED, Population.ALL)
        assert any("No overlap in kind creature" in warning for warning in result.warnings)
        assert any("No overlap in complexity hero" in warning for warning in result.warnings)
        # The naive ratio knows nothing of it.
        assert found.result(estimand, Method.NAIVE, Population.ALL).ratio is not None
    assert (result.ratio, result.low, result.high) == (None, None, None)
    assert result.verdict is Verdict.CANNOT_BE_TOLD
    assert "of the total is in shots that have hardly any counterpart" in result.warnings[-1]
    held, _ = simulated_slate(SLATE, seed)
    assert compare_by_clock(held, Clock.PEOPLE).result(Estimand.GEOMETRIC_MEAN_RATIO, Method.ADJUSTED).ratio is not None


def test_the_more_shots_are_alone_the_less_is_told_of_all_and_ai_s_own_are_told_still() -> None:
    rng = np.random.default_rng(0)

    def told(lone_count: int) -> dict[Population, bool]:
        kind = np.array(["weather"] * 200 + ["creature"] * lone_count)
        by_ai = (rng.random(len(kind)) < 0.5) & (kind == "weather")
        slate = columns(
            arm=np.where(by_ai, "ai", "traditional"), kind=kind, sequence=[f"SQ{n % 40}" for n in range(len(kind))],
            people_hours=np.exp(rng.normal(2, 0.5, len(kind))),
        )  # fmt: skip
        found = compare_by_clock(slate, Clock.PEOPLE)
        return {each: found.result(Estimand.GEOMETRIC_MEAN_RATIO, Method.ADJUSTED, each).ratio is not None
                for each in Population}  # fmt: skip

    assert told(5) == {Population.ALL: True, Population.AI: True}
    assert told(100) == {Population.ALL: False, Population.AI: True}


def test_weighting_makes_the_arms_alike() -> None:
    slate, _ = simulated_slate(replace(SLATE, selection_by_sequence_sd=0.0, open_share=0.0), 3)
    features = compare_by_clock(slate, Clock.PEOPLE).balance
    before, after = (np.array([abs(getattr(each, when)) for each in features]) for when in ("before", "after"))
    assert before.max() > 0.3
    assert after.mean() < 0.5 * before.mean()
    assert (after > 0.1).mean() < 0.6 * (before > 0.1).mean()
    assert "complexity: medium" in {each.feature for each in features}


def test_differences_in_standard_deviations_by_hand() -> None:
    column = np.array([1.0, 2, 3, 0, 1, 2, 3, 4])
    by_ai = np.array([True] * 3 + [False] * 5)
    (even,) = balance(features_of(size=column), by_ai, np.full(8, 0.5))
    assert even.before == even.after == pytest.approx(0)
    chance = np.array([0.5, 0.5, 0.25, 0.5, 0.5, 0.5, 0.5, 0.5])
    (weighted,) = balance(features_of(size=column), by_ai, chance)
    spread = ((2 / 3 + 2) / 2) ** 0.5
    assert weighted.after == pytest.approx(((1 * 2 + 2 * 2 + 3 * 4) / 8 - 2) / spread)
    (apart,) = balance(features_of(size=column + 2 * by_ai), by_ai, np.full(8, 0.5))
    assert apart.before == pytest.approx(2 / spread)
    (same,) = balance(features_of(size=np.ones(8)), by_ai, np.full(8, 0.5))
    assert (same.before, same.after) == (0, 0)


def test_which_shots_a_clock_can_compare() -> None:
    shots = columns(
        people_hours=[5.0, 6, 7, 8, 9, 10, np.nan, np.nan, 0, 4],
        status=["final", "open", "omitted", "final", "final", "final", "final", "open", "final", "final"],
        enabled=[False] * 3 + [True] + [False] * 6,
        made_both_ways=[False] * 4 + [True] + [False] * 5,
        arm=["ai", "ai", "ai", "ai", "ai", "hybrid", "traditional", "traditional", "traditional", None],
    )
    sample = clock_sample(shots, Clock.PEOPLE)
    assert sample.took.tolist() == [5, 6]
    assert sample.unfinished.tolist() == [False, True]
    assert sum(sample.left_out.values()) + len(sample.took) == len(shots)
    assert sorted(sample.left_out.values()) == [1, 1, 1, 1, 1, 1, 2]
    assert sample.left_out["final, but without people's hours"] == 2
