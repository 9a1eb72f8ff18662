"""Shots turned over too lately to be final by now are left out, whether they are or not, and no others are."""

import numpy as np
import pandas as pd
from slate_cases import FIRST_DAY, columns

from analytics.comparison.figures import Clock
from analytics.comparison.slate.clock_sample import clock_sample
from analytics.comparison.slate.cohort import old_enough


def on(days: object) -> pd.Series:
    """Calendar days; NaN is none."""
    return pd.Series(FIRST_DAY + pd.to_timedelta(np.asarray(days, dtype=float), unit="D"))


def running(production: str, first: int, count: int, until: int, step: int = 5) -> pd.DataFrame:
    """A shot turned over every few days that takes 10 to 28 days; open where the facts end before."""
    begun = first + step * np.arange(count)
    takes = 10 + 2 * (np.arange(count) % 10)
    final = begun + takes <= until
    return columns(
        shot_id=[f"{production}/{number}" for number in range(count)], production_id=production,
        turnover_on=on(begun), arm_started_on=on(begun), final_on=on(np.where(final, begun + takes, np.nan)),
        last_fact_on=on(np.minimum(begun + takes, until)), status=np.where(final, "final", "open"),
        arm=np.where(np.arange(count) % 3 == 0, "ai", "traditional"),
    )  # fmt: skip


def kept_days(slate: pd.DataFrame) -> tuple[set[int], str | None]:
    sample, remark = old_enough(clock_sample(slate, Clock.PEOPLE))
    return set((pd.to_datetime(sample.shots["turnover_on"]) - FIRST_DAY).dt.days), remark


def test_young_shots_are_left_out_finished_or_not() -> None:
    slate = running("P1", 0, 60, until=300)
    assert (slate["status"] == "open").sum() == 4
    days, remark = kept_days(slate)
    # Nine of ten are final after 26 days, so that what was turned over after day 274 could not be.
    assert days == set(range(0, 275, 5))
    assert remark is not None
    assert "turned over in the last 26 days" in remark
    youngest = slate.loc[slate["turnover_on"] > FIRST_DAY + pd.Timedelta(days=274), "status"]
    assert set(youngest) == {"final", "open"}
    sample, _ = old_enough(clock_sample(slate, Clock.PEOPLE))
    assert sample.left_out == {"turned over too lately to be final by now": 5}
    assert not sample.unfinished.any()


def test_a_finished_production_keeps_its_last_shots_too() -> None:
    finished = running("P2", 0, 34, until=1000)
    both = pd.concat([running("P1", 0, 60, until=300), finished], ignore_index=True)
    sample, remark = old_enough(clock_sample(both, Clock.PEOPLE))
    assert remark is not None
    counts = sample.shots["production_id"].value_counts()
    assert counts["P2"] == 34  # the last one was seen for 16 days only, and is final
    assert counts["P1"] == 55


def test_nothing_is_left_out_without_open_shots() -> None:
    sample = clock_sample(running("P2", 0, 40, until=1000), Clock.PEOPLE)
    assert old_enough(sample) == (sample, None)


def test_a_slate_that_has_only_begun_is_compared_as_it_is() -> None:
    young = clock_sample(running("P1", 280, 18, until=300, step=1), Clock.PEOPLE)
    assert 0.5 < young.unfinished.mean() < 1
    assert old_enough(young) == (young, None)


def test_an_arm_is_never_left_out_whole() -> None:
    slate = running("P1", 0, 60, until=300)
    begun = (slate["turnover_on"] - FIRST_DAY).dt.days
    slate["arm"] = np.where(begun > 274, "ai", "traditional")
    sample = clock_sample(slate, Clock.PEOPLE)
    assert old_enough(sample) == (sample, None)


def test_where_turnover_is_unknown_the_start_in_the_arm_counts() -> None:
    slate = running("P1", 0, 60, until=300)
    plain, _ = old_enough(clock_sample(slate, Clock.PEOPLE))
    by_start, _ = old_enough(clock_sample(slate.assign(turnover_on=pd.NaT), Clock.PEOPLE))
    assert by_start.shots["shot_id"].tolist() == plain.shots["shot_id"].tolist()
    unknown, remark = old_enough(clock_sample(slate.assign(turnover_on=pd.NaT, arm_started_on=pd.NaT), Clock.PEOPLE))
    assert (len(unknown.took), remark) == (60, None)
