"""The price of an hour moves from the budget's to the production's own as its shots cost something."""

import numpy as np

from analytics.estimation.running.hour_prices import learned_prices


def priced(count: int, factor: float, spread: float = 0.05, seed: int = 0):
    rng = np.random.default_rng(seed)
    hours = rng.gamma(2, 40, count)
    return learned_prices(
        hours * 100 * factor * np.exp(rng.normal(0, spread, count)), hours, np.full(count, 100.0), 0.15
    )


def test_without_a_cost_the_budget_is_believed() -> None:
    told = learned_prices(np.zeros(4), np.array([0.0, 10, 0, 0]), np.full(4, 100.0), 0.15)
    assert (told.log_factor, told.log_factor_spread, told.n_shots) == (0.0, 0.15, 0)


def test_a_few_shots_move_it_a_little_and_many_all_the_way() -> None:
    few, many = priced(2, 1.3), priced(200, 1.3)
    assert 0 < few.log_factor < many.log_factor
    assert abs(np.exp(many.log_factor) - 1.3) < 0.03
    assert many.log_factor_spread < 0.02 < few.log_factor_spread
    assert abs(many.shot_spread - 0.05) < 0.02


def test_factors_mean_what_the_middle_says() -> None:
    told = priced(200, 1.3, spread=0.3)
    factors = told.factors((4000, 50), np.random.default_rng(1))
    assert abs(factors.mean() / np.exp(told.log_factor) - 1) < 0.02


def test_shots_without_hours_or_price_say_nothing() -> None:
    hours, costs = np.array([10.0, 0, 20, 30]), np.array([1000.0, 500, 0, 3000])
    prices = np.array([100.0, 100, 100, 0])
    assert learned_prices(costs, hours, prices, 0.15).n_shots == 1
