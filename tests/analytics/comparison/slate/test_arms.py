"""Figures of the arms, what was sunk or made possible, and whether AI work is sent back more often."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t
from slate_cases import columns, rows

from analytics.comparison.slate.arms import arm_figures, enabled_shots, parity

AI = {"arm": "ai"}


def test_figures_of_each_arm() -> None:
    shots = rows(
        {"retake_count": 2, "approved_count": 1, **AI}, {"retake_count": 1, "approved_count": 0, **AI},
        {"retake_count": 0, "approved_count": 0, "fell_back": True, **AI},
        {"status": "open", "retake_count": 3, "approved_count": 0, **AI},
        {"status": "omitted", "people_hours": 7.5, "retake_count": 0, "approved_count": 0, **AI},
        {"status": "omitted", "people_hours": np.nan, "retake_count": 0, "approved_count": 0, **AI},
        {"enabled": True, "people_hours": 40.0, "cut_seconds": 3.5, "retake_count": 9, **AI},
        {"retake_count": 0, "approved_count": 0}, {"arm": "hybrid"}, {"arm": None},
    )  # fmt: skip
    ai, traditional, hybrid = arm_figures(shots)
    assert (ai.arm, ai.shot_count, ai.final_count, ai.open_count, ai.omitted_count) == ("ai", 6, 3, 1, 2)
    assert (ai.fell_back_count, ai.reviewed_count, ai.sunk_people_hours) == (1, 3, 7.5)
    assert ai.retakes_per_shot == pytest.approx((2 + 1 + 3) / 3)
    assert ai.approved_share == pytest.approx(1 / 2)  # of the final ones with a decision on record
    assert (traditional.shot_count, traditional.reviewed_count) == (1, 0)
    assert (traditional.retakes_per_shot, traditional.approved_share) == (None, None)
    assert (hybrid.arm, hybrid.shot_count) == ("hybrid", 1)
    assert [each.arm for each in arm_figures(shots.loc[shots["arm"] != "hybrid"])] == ["ai", "traditional"]
    enabled = enabled_shots(shots)
    assert (enabled.shot_count, enabled.people_hours, enabled.cut_seconds) == (1, 40.0, 3.5)


def reviewed(ai: list[int], traditional: list[int], **more: object):
    arms = ["ai"] * len(ai) + ["traditional"] * len(traditional)
    names = [f"SQ{number}" for number in range(len(arms))]
    return columns(**{"arm": arms, "retake_count": [*ai, *traditional], "sequence": names} | more)


def test_parity_by_hand_where_every_shot_is_a_sequence() -> None:
    ai, traditional = [1, 2, 0, 3], [1, 0, 2, 1, 0, 2]
    found = parity(reviewed(ai, traditional), 0.95)
    squares = sum((np.array(each) - np.mean(each)).__pow__(2).sum() / len(each) ** 2 for each in (ai, traditional))
    half = t.ppf(0.975, 9) * (10 / 9 * squares) ** 0.5
    assert found.difference == pytest.approx(1.5 - 1.0)
    assert (found.low, found.high) == (pytest.approx(0.5 - half), pytest.approx(0.5 + half))
    assert "is open" in found.words
    turned = parity(reviewed(traditional, ai), 0.95)
    assert (turned.low, turned.high) == (pytest.approx(-0.5 - half), pytest.approx(-0.5 + half))
    assert parity(reviewed(ai, traditional), 0.5).high < found.high


def test_shots_of_one_sequence_say_less() -> None:
    ai, traditional = [2, 2, 2, 0, 0, 0], [1, 1, 1, 0, 0, 0]
    apart = parity(reviewed(ai, traditional), 0.95)
    together = parity(reviewed(ai, traditional, sequence=["A"] * 3 + ["B"] * 3 + ["C"] * 3 + ["D"] * 3), 0.95)
    assert together.difference == pytest.approx(apart.difference)
    assert together.high > 1.3 * apart.high


@pytest.mark.parametrize(
    ("ai", "traditional", "words"),
    [
        ([0, 1] * 40, [0, 1] * 40, "about as often"),
        ([3, 4] * 20, [0, 1] * 20, "sent back more often"),
        ([0, 5, 1], [1, 0, 4], "is open"),
        ([1], [1, 2], "Quality was not compared"),
    ],
)
def test_what_parity_says(ai: list[int], traditional: list[int], words: str) -> None:
    assert words in parity(reviewed(ai, traditional), 0.95).words


def test_parity_is_of_final_reviewed_shots_of_both_arms_that_have_a_comparator() -> None:
    plain = parity(reviewed([1, 2], [0, 1]), 0.95)
    more = [{"status": "open"}, {"approved_count": 0, "retake_count": 0}, {"arm": "hybrid"}, {"enabled": True}]
    extra = rows(*({"arm": "ai", "retake_count": 9, "sequence": f"X{n}"} | each for n, each in enumerate(more)))
    assert parity(pd.concat([reviewed([1, 2], [0, 1]), extra]), 0.95) == plain
