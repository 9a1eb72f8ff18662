"""What is booked on shots in work moves outcomes as the exact answer says, where there is one."""

import numpy as np
import pytest

from analytics.estimation.running.pace import Pace, booking_curves, learn_pace
from analytics.estimation.running.progress import kept_above, moved_by_progress, observation, tilted

N = 4000


def outcomes_of(shared: float, own: float, shots: int, seed: int = 0):
    """Shots with one shared effect, and how they vary together."""
    rng = np.random.default_rng(seed)
    log_hours = 4 + shared * rng.standard_normal((N, 1)) + own * rng.standard_normal((N, shots))
    return log_hours, shared**2 * np.ones((shots, shots)) + own**2 * np.eye(shots)


@pytest.mark.parametrize("seen", [1, 5, 12])
def test_outcomes_move_as_the_normal_distribution_says(seen: int) -> None:
    shots, noise = 20, 0.6
    log_hours, covariance = outcomes_of(0.3, 0.5, shots)
    moved = moved_by_progress(
        log_hours, np.full(seen, 4.8), np.full(seen, noise**2), range(seen), [("A", "ai")] * shots,
        np.random.default_rng(1),
    )  # fmt: skip
    gain = covariance[:, :seen] @ np.linalg.inv(covariance[:seen, :seen] + noise**2 * np.eye(seen))
    mean = 4 + gain @ np.full(seen, 0.8)
    spread = np.sqrt(np.diag(covariance - gain @ covariance[:seen]))
    assert np.abs(moved.mean(axis=0) - mean).max() < 0.05
    assert np.abs(moved.std(axis=0) / spread - 1).max() < 0.06
    assert moved[:, -1].mean() > 4.05  # one that has not begun learns from the others


def test_a_shot_that_has_gone_wrong_is_not_pulled_back_to_the_usual() -> None:
    own = np.random.default_rng(2).normal(4, 0.5, N)
    moved, _ = tilted(own, chance_around(6.5))
    normal = 4 + 2.5 * 0.25 / (0.25 + 0.16)
    assert normal + 0.3 < moved < 6.5


def test_shots_that_share_nothing_do_not_move_each_other() -> None:
    log_hours, _ = outcomes_of(0.0, 0.5, 6)
    alike = [("A", "ai"), *[("B", "traditional")] * 5]
    moved = moved_by_progress(log_hours, np.array([5.5]), np.array([0.09]), [0], alike, np.random.default_rng(1))
    assert moved[:, 0].mean() > 5
    assert np.abs(moved[:, 1:].mean(axis=0) - 4).max() < 0.06


def test_without_anything_seen_nothing_moves() -> None:
    log_hours, _ = outcomes_of(0.3, 0.5, 4)
    none = np.empty(0)
    assert moved_by_progress(log_hours, none, none, [], [(None, None)] * 4, np.random.default_rng(1)) is log_hours


def chance_around(middle: float, spread: float = 0.4):
    return lambda log_hours: -0.5 * ((log_hours - middle) / spread) ** 2


def test_an_observation_moves_a_shot_as_the_chance_would() -> None:
    own = np.random.default_rng(2).normal(4, 0.5, N)
    value, variance = observation(own, chance_around(4.6))
    assert abs(value - 4.6) < 0.1
    assert 0.1 < variance < 0.22
    moved, left = tilted(own, chance_around(4.6))
    kalman = variance / (variance + own.var())
    assert abs(value + (own.mean() - value) * kalman - moved) < 0.01
    assert abs(own.var() * kalman - left) < 0.01
    # A chance that says nothing moves nothing, and is an observation of hardly any weight.
    value, variance = observation(own, lambda log_hours: np.zeros_like(log_hours))
    assert variance > 10 * own.var()
    assert abs(value - own.mean()) * own.var() / (own.var() + variance) < 0.01


def test_what_is_booked_is_the_least_and_the_order_of_outcomes_stays() -> None:
    drawn = np.random.default_rng(3).normal(4, 0.5, N)
    kept = kept_above(drawn, 4.2)
    assert kept.min() > 4.2
    assert (np.diff(kept[drawn.argsort()]) >= 0).all()
    # The same as throwing away what lies below.
    expected = drawn[drawn > 4.2]
    assert np.allclose(np.quantile(kept, (0.1, 0.5, 0.9)), np.quantile(expected, (0.1, 0.5, 0.9)), atol=0.01)
    far = kept_above(drawn, 9.0)
    assert far.min() > 9.0
    assert far.max() < 9.3


def past_shots(days_of_own: float, seed: int = 5):
    import pandas as pd

    rng = np.random.default_rng(seed)
    frames = []
    for number in range(6):
        hours = np.exp(rng.normal(4, 1, 60))
        factor = days_of_own if number == 5 else 1.0
        days = np.maximum(1, np.rint(2 * factor * hours**0.5 * np.exp(rng.normal(0, 0.2, 60))))
        frames.append(
            pd.DataFrame(
                {"production_id": f"P{number}", "status": "final", "calendar_days": days, "people_hours": hours}
            )
        )
    return pd.concat(frames, ignore_index=True)


def learned(days_of_own: float = 1.0) -> Pace:
    return learn_pace(past_shots(days_of_own), [], "P5", np.array([4.0, 4.0]), np.array([5.0, 9.0]))


def test_days_are_learned_from_hours_and_a_slow_production_is_known_for_it() -> None:
    usual, slow = learned(), learned(1.6)
    assert abs(usual.slope - 0.5) < 0.05
    assert abs(usual.shot_spread - 0.2) < 0.05
    assert abs(usual.own_level) < 0.1
    assert abs(slow.own_level - np.log(1.6)) < 0.15


def test_a_shot_far_along_with_few_hours_will_take_few() -> None:
    pace, own = learned(), np.random.default_rng(0).normal(4, 0.8, N)

    def told(age: float, hours: float) -> float:
        return tilted(own, lambda log_hours: pace.log_chance_booked(log_hours, age, np.log(hours)))[0]

    assert told(12.0, 8.0) < told(12.0, 40.0) - 0.5
    assert told(3.0, 8.0) > told(12.0, 8.0)


def test_being_open_for_long_makes_a_shot_a_long_one() -> None:
    pace, own = learned(), np.random.default_rng(0).normal(4, 0.8, N)
    young, old = (
        tilted(own, lambda log_hours, age=age: pace.log_chance_open(log_hours, age))[0] for age in (1.0, 25.0)
    )
    assert abs(young - 4) < 0.1
    assert old > 4.4


def test_hours_by_share_of_life_are_read_where_enough_shots_tell_them() -> None:
    def row(third: int, tenth: int, count: int, share: float) -> dict[str, float]:
        days = {1: 6.0, 2: 14.0, 3: 40.0}[third]
        return {"third": third, "days": days, "tenth": tenth, "shot_count": count, "log_share": np.log(share),
                "log_share_spread": 0.1}  # fmt: skip

    short, long = booking_curves([row(1, 5, 40, 0.9), row(1, 6, 3, 0.1), row(3, 5, 40, 0.4)])
    assert short.log_shares[4] == pytest.approx(np.log(0.9))
    assert short.log_shares[5] == pytest.approx(np.log(0.6))  # too few shots: evenly
    assert long.log_shares[4] == pytest.approx(np.log(0.4))
    (evenly,) = booking_curves([])
    assert np.exp(evenly.log_shares) == pytest.approx(np.arange(1, 10) / 10)


def test_a_long_shot_is_held_against_long_ones() -> None:
    rows = [
        {"third": third, "days": days, "tenth": tenth, "shot_count": 40, "log_share": power * np.log(tenth / 10),
         "log_share_spread": 0.1}
        for third, days, power in ((1, 6.0, 0.3), (3, 40.0, 1.6)) for tenth in range(1, 10)
    ]  # fmt: skip
    pace = learn_pace(past_shots(1.0), rows, "P5", np.array([]), np.array([]))
    evenly = learn_pace(past_shots(1.0), [], "P5", np.array([]), np.array([]))
    own = np.random.default_rng(0).normal(5.5, 0.6, N)  # about 30 days

    def told(judge: Pace) -> float:
        return tilted(own, lambda log_hours: judge.log_chance_booked(log_hours, 12.0, np.log(40.0)))[0]

    # Long shots begin slowly: so much booked by then means more than where hours come in evenly.
    assert told(pace) > told(evenly) + 0.15


def test_a_likelihood_that_is_right_is_right_on_average() -> None:
    """Shots drawn as the pace says and looked at while in work lie in the ranges told as often as said."""
    pace, rng = learned(), np.random.default_rng(11)
    true = rng.normal(4, 0.7, 6000)
    days = np.exp(pace.level + pace.slope * true + pace.shot_spread * rng.standard_normal(6000))
    ages = rng.uniform(0.5, 40, 6000)
    part = ages / days
    share, spread = pace.curves[0].at(part)
    booked = true + share + spread * rng.standard_normal(6000)
    own = rng.normal(4, 0.7, N)
    inside = []
    for place in np.flatnonzero((part > 0.1) & (part < 1))[:400]:

        def chance(log_hours: np.ndarray, place: int = place) -> np.ndarray:
            age = float(ages[place])
            return pace.log_chance_open(log_hours, age) + pace.log_chance_booked(log_hours, age, float(booked[place]))

        middle, variance = tilted(own, chance)
        inside.append(abs(true[place] - middle) < 1.2816 * variance**0.5)
    assert 0.72 < np.mean(inside) < 0.88
