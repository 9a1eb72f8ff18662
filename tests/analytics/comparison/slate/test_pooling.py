"""Groups lend each other what one alone lacks: noise makes no league table, true differences stay."""

import numpy as np
import pytest
from scipy.stats import t

from analytics.comparison.slate.pooling import PooledRatios, pooled_ratios


def even_groups(means: list[float], spread: float, count: int = 40) -> PooledRatios:
    """Groups of ``count`` shots, each its own unit and every other one by AI, whose effects average exactly so."""
    within = np.tile([-spread, spread], count // 2)
    effects = np.concatenate([mean + within for mean in means])
    names = np.repeat([f"P{number}" for number in range(len(means))], count)
    by_ai = np.arange(len(effects)) % 4 < 2
    return pooled_ratios(effects, names, np.arange(len(effects)), by_ai, 0.95)


def test_a_balanced_case_worked_out_by_hand() -> None:
    means = [-1.2, -0.9, -0.6, -0.3, 0.0]
    found = even_groups(means, 0.8)
    variance = 40 / 39 * 0.8**2 / 40
    # With groups that are known equally well, restricted likelihood leaves what means differ by beyond their errors.
    between = np.var(means, ddof=1) - variance
    assert found.spread == pytest.approx(between**0.5, rel=1e-3)
    trust = between / (between + variance)
    for group, mean in zip(found.groups, means, strict=True):
        assert (group.n_ai, group.n_traditional) == (20, 20)
        assert group.own_ratio == pytest.approx(np.exp(mean))
        drawn = -0.6 + trust * (mean + 0.6)
        assert group.ratio == pytest.approx(np.exp(drawn), rel=1e-3)
        error = (trust * variance + (1 - trust) ** 2 * (between + variance) / 5) ** 0.5
        assert np.log(group.high / group.low) / 2 == pytest.approx(t.ppf(0.975, 199) * error, rel=1e-3)
    half = t.ppf(0.975, 3) * (between + (between + variance) / 5) ** 0.5
    assert found.next_low == pytest.approx(np.exp(-0.6 - half), rel=1e-3)
    assert found.next_high == pytest.approx(np.exp(-0.6 + half), rel=1e-3)


def test_groups_that_differ_by_chance_alone_are_all_alike() -> None:
    found = even_groups([-0.65, -0.6, -0.55], 1.5)
    assert found.spread == 0
    assert [group.ratio for group in found.groups] == pytest.approx([np.exp(-0.6)] * 3)
    assert found.groups[0].own_ratio == pytest.approx(np.exp(-0.65))
    assert found.groups[0].low < np.exp(-0.65) < found.groups[0].high


def test_a_small_group_is_drawn_towards_the_others_more_than_a_large_one() -> None:
    rng = np.random.default_rng(1)
    sizes, means = [400, 400, 400, 12], [-1.0, -0.5, 0.0, 1.5]
    effects = np.concatenate([rng.normal(mean, 1.0, size) for mean, size in zip(means, sizes, strict=True)])
    names = np.repeat(["a", "b", "c", "few"], sizes)
    found = pooled_ratios(effects, names, np.arange(len(effects)), np.arange(len(effects)) % 2 == 0, 0.95)
    moved = {group.group: abs(np.log(group.ratio / group.own_ratio)) for group in found.groups}
    assert moved["few"] > 5 * max(moved["a"], moved["b"], moved["c"])
    few = found.groups[-1]
    assert few.ratio < few.own_ratio
    assert few.high / few.low > found.groups[0].high / found.groups[0].low


def test_groups_without_three_shots_on_each_side_have_no_ratio() -> None:
    names = np.array(["a"] * 10 + ["b"] * 10 + ["two by AI"] * 10)
    by_ai = np.array([True, False] * 10 + [True] * 2 + [False] * 8)
    effects = np.random.default_rng(0).normal(-0.5, 0.3, 30)
    found = pooled_ratios(effects, names, np.arange(30), by_ai, 0.95)
    a, _, two = found.groups
    assert (two.n_ai, two.n_traditional) == (2, 8)
    assert (two.own_ratio, two.ratio, two.low, two.high) == (None, None, None, None)
    assert a.ratio is not None
    assert (found.next_low, found.next_high) == (None, None)  # two groups say nothing of a third


def test_one_group_stands_for_itself() -> None:
    effects = np.tile([-0.8, -0.2], 10)
    found = pooled_ratios(effects, np.array(["a"] * 20), np.arange(20), np.arange(20) % 4 < 2, 0.95)
    (only,) = found.groups
    assert only.own_ratio == only.ratio == pytest.approx(np.exp(-0.5))
    assert np.log(only.high / only.ratio) == pytest.approx(t.ppf(0.975, 19) * (20 / 19 * 0.09 / 20) ** 0.5)
    assert found.spread == 0
    assert pooled_ratios(effects, np.array(["a"] * 20), np.arange(20), np.zeros(20, dtype=bool), 0.95).groups[
        0
    ].ratio is None  # fmt: skip


def test_shots_of_one_unit_are_one_reading() -> None:
    effects = np.random.default_rng(2).normal(-0.5, 0.5, 60)
    repeated, names = np.repeat(effects, 5), np.repeat(np.array(["a", "b", "c"]), 100)
    by_ai = np.arange(300) % 2 == 0
    apart = pooled_ratios(repeated, names, np.arange(300), by_ai, 0.95)
    together = pooled_ratios(repeated, names, np.repeat(np.arange(60), 5), by_ai, 0.95)
    for one, other in zip(apart.groups, together.groups, strict=True):
        assert other.high / other.low > (one.high / one.low) ** 1.5
