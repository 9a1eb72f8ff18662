"""Work beside the pages: its answer, what it says, its refusals, and its end when it is stopped or dies."""

import os
import time

import pytest

from analytics.vocabulary.errors import InputRefused
from dashboards.answers.crew import Crew, Stopped


@pytest.fixture(scope="module")
def crew():
    return Crew(1, "test")


def test_an_answer_travels(crew):
    assert crew.begin(os.path.join, "a", "b").value() == "a/b"


def test_what_is_refused_arrives_as_it_was_said(crew, tmp_path):
    from analytics.importers.shot_lists.reading import read_shot_list

    with pytest.raises(InputRefused) as refused:
        crew.begin(read_shot_list, tmp_path / "nowhere.csv").value()
    assert "nowhere.csv" in str(refused.value.problems[0])


def test_stopped_work_ends_and_the_next_is_done(crew):
    long = crew.begin(time.sleep, 600)
    time.sleep(1.0)
    long.stop()
    with pytest.raises(Stopped, match="was stopped"):
        long.value()
    assert crew.begin(os.path.join, "a", "b").value() == "a/b"


def test_a_worker_that_dies_is_told_and_replaced(crew):
    with pytest.raises(Stopped, match="ended before there was an answer"):
        crew.begin(os._exit, 3).value()
    assert crew.begin(os.path.basename, "a/b").value() == "b"


def test_the_most_urgent_goes_first(crew):
    ended = []
    first = crew.begin(time.sleep, 0.5)
    works = {
        name: crew.begin(os.path.basename, name, urgency=urgency)
        for name, urgency in (("low", 0), ("high", 2), ("middle", 1))
    }
    for name, work in works.items():
        work.then(lambda done, name=name: ended.append(name))
    first.value()
    for work in works.values():
        work.value()
    time.sleep(0.1)
    assert ended == ["high", "middle", "low"]
