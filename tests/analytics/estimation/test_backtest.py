"""The back-test bids each production from the others, and ranges hold what they should on studios nobody tuned to."""

import numpy as np
import pytest
from studios import studio

from analytics.estimation.backtest import backtest
from analytics.estimation.baselines import BASELINES
from analytics.estimation.history import BidHistory
from analytics.estimation.kept_backtest import keep_backtest, kept_backtest
from analytics.estimation.templates import load_template
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused


def test_a_production_is_bid_from_the_others_alone() -> None:
    history = studio(4, 40, apart=0.02, noise=0.2)
    strange = history.shots["production_id"] == "P2"
    shots = history.shots.assign(people_hours=history.shots["people_hours"] * np.where(strange, 20.0, 1.0))
    told: list[str] = []
    found = backtest(
        BidHistory(shots, history.departments), outcomes=300, progress=lambda done, of, name: told.append(name)
    )
    by = {each.production_id: each for each in found.productions}
    assert by["P2"].p90 < 0.5 * by["P2"].actual_hours  # nothing of it was known
    assert not by["P2"].inside
    assert found.inside_count <= 3
    assert told == ["P0", "P1", "P2", "P3", ""]
    assert set(by["P0"].baselines) == set(BASELINES)
    assert "of 4 past productions" in found.in_words()


def test_ranges_of_totals_and_shots_hold_as_often_as_they_say() -> None:
    # 10 studios of 5 productions: 50 totals, 1,500 shots. 80 % are meant, and 50 totals are told to 0.06.
    inside = shots_inside = 0.0
    for seed in range(10):
        found = backtest(studio(5, 30, apart=0.3, noise=0.5, seed=seed), outcomes=300, seed=seed)
        inside += found.inside_count / 50
        shots_inside += found.shots_inside / 10
    assert 0.66 <= inside <= 0.95
    assert 0.76 <= shots_inside <= 0.88


def test_the_simpler_ways_say_what_they_should() -> None:
    history = studio(3, 20, noise=0.0, apart=0.0)
    past = history.shots.assign(people_hours=np.where(history.shots["complexity"] == "easy", 10.0, 40.0))
    past.loc[past["production_id"] == "P2", "people_hours"] = 80.0  # the last one to be turned over
    shots = past[past["production_id"] == "P0"].head(3).assign(complexity=["easy", "medium", "hero"], cut_seconds=2.0)
    template = load_template()
    easy = past.loc[past["complexity"] == "easy", "people_hours"].mean()
    by_complexity = BASELINES["mean by complexity"](past, shots, template)
    assert by_complexity[0] == pytest.approx(easy)
    assert by_complexity[2] == pytest.approx(past["people_hours"].mean())  # no past hero shot
    assert BASELINES["last show scaled"](past, shots, template) == pytest.approx([40.0] * 3)  # half as long each
    trees = BASELINES["boosted trees"](past, past, template)
    assert trees[past["complexity"] == "easy"].mean() < trees[past["complexity"] == "hard"].mean()


def test_one_production_cannot_be_tested() -> None:
    with pytest.raises(InputRefused, match="two past productions"):
        backtest(studio(1, 30))


def test_what_was_found_is_kept_until_facts_change(empty_ledger: Ledger) -> None:
    assert kept_backtest(empty_ledger) is None
    found = backtest(studio(3, 20), outcomes=200)
    keep_backtest(empty_ledger, found)
    kept = kept_backtest(empty_ledger)
    assert kept is not None
    assert kept.is_current
    assert kept.backtest == found
    assert kept.in_words() == found.in_words()
