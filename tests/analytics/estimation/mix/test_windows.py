"""Spans of weeks: the room that they leave, and when the last work is done."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.estimation.mix.problem import MixProblem
from analytics.estimation.mix.table import tabled
from analytics.estimation.mix.windows import Windows, finish_week
from analytics.vocabulary.workflow import Workflow
from tests.analytics.estimation.mix.small_mixes import small_mix

AI = Workflow.AI


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_a_shot_can_take_the_hours_of_its_room_and_no_more(seed: int) -> None:
    problem = small_mix(seed, shots=5, tightness=3.0, workflows=(Workflow.TRADITIONAL,))
    table, _ = tabled(problem)
    windows, alone = Windows(table), np.ones((1, 5))
    loads = windows.loads(alone)
    if not windows.fits(loads):
        return
    room = windows.room(loads)
    for shot in range(5):
        for resource in range(2):
            for more, fits in ((room[resource, shot] - 0.01, True), (room[resource, shot] + 0.5, False)):
                hours = table.hours.copy()
                hours[resource, 0, shot] += more
                changed = Windows(replace(table, hours=hours))
                assert changed.fits(changed.loads(alone)) == fits


def finish(hours: list[float], first: list[int], capacity: list[float]) -> int:
    shots = len(hours)
    problem = MixProblem(
        tuple(map(str, range(shots))),
        {AI: np.ones((1, shots))},
        "CAD",
        first,
        [len(capacity) - 1] * shots,
        hours_by_workflow={AI: {"fx": np.array(hours)}},
        capacity={"fx": np.array(capacity)},
    )
    table, _ = tabled(problem)
    return finish_week(table, np.zeros(shots, np.int64))


@pytest.mark.parametrize(
    ("hours", "first", "capacity", "week"),
    [
        ([30.0], [0], [10.0] * 5, 2),
        ([30.0, 10.0], [0, 4], [10.0] * 5, 4),  # idle in week 4 of 5 until the second shot comes
        ([30.0, 10.0], [0, 1], [10.0] * 5, 3),
        ([50.0], [1], [0.0, 20.0, 0.0, 20.0, 10.0], 4),
        ([65.0], [0], [10.0] * 5, 6),  # goes on at the last week's capacity
        ([65.0], [0], [10.0] * 4 + [0.0], 5),  # never ends
    ],
)
def test_work_ends_where_nobody_is_idle_while_there_is_work(
    hours: list[float], first: list[int], capacity: list[float], week: int
) -> None:
    assert finish(hours, first, capacity) == week
