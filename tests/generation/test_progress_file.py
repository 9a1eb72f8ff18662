"""Where a render stands, as a file that another process reads at any moment."""

import time
from pathlib import Path

import pytest

from analytics.render_queue.job_files import PROGRESS_NAME, read_progress
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frames import FrameRange
from analytics.vocabulary.render_progress import RenderProgress
from analytics.vocabulary.stage import StageName
from analytics.vocabulary.workflow import Workflow
from generation.order import RenderOrder, place_order
from generation.progress import Pace, Silent, Together
from generation.progress_file import SECONDS_BETWEEN_WRITES, ProgressFile
from generation.shots import find_shot


@pytest.fixture
def order(tmp_path: Path) -> RenderOrder:
    return place_order(
        find_shot("building_collapse"), Workflow.TRADITIONAL, out=tmp_path / "renders", frames="1020-1023", size="64x36"
    )


def told(folder: Path) -> RenderProgress:
    progress = read_progress(folder)
    assert progress is not None
    return progress


def test_a_reader_follows_stages_and_frames(tmp_path: Path, order: RenderOrder) -> None:
    file = ProgressFile(tmp_path / PROGRESS_NAME, 2)
    file.begin(2, order)
    begun = told(tmp_path)
    assert (begun.render_number, begun.render_count, begun.frames) == (2, 2, FrameRange(1020, 1023))
    assert (begun.stage, begun.outcome, begun.share_of_stage) == (None, None, None)
    listener = Together(Silent(), file)
    listener.stage(StageName.LOAD, 0)
    listener.stage(StageName.RENDER, 4)
    assert told(tmp_path).stages_done == (StageName.LOAD,)
    listener.frame(1020)
    time.sleep(SECONDS_BETWEEN_WRITES)
    listener.frame(1021)
    halfway = told(tmp_path)
    assert (halfway.stage, halfway.done, halfway.count, halfway.share_of_stage) == (StageName.RENDER, 2, 4, 0.5)
    assert halfway.remaining_seconds == pytest.approx(2 * SECONDS_BETWEEN_WRITES, rel=0.9)
    listener.stage(StageName.LOAD, 0)
    assert told(tmp_path).stages_done == (StageName.LOAD, StageName.RENDER), "each stage is told once"


def test_a_stage_that_is_done_is_told_although_it_was_quick(tmp_path: Path, order: RenderOrder) -> None:
    file = ProgressFile(tmp_path / PROGRESS_NAME, 1)
    file.begin(1, order)
    file.stage(StageName.RENDER, 3)
    for number in range(3):
        file.frame(1020 + number)
    assert told(tmp_path).done == 3


def test_a_file_that_cannot_be_written_is_refused_before_anything_is_rendered(
    tmp_path: Path, order: RenderOrder
) -> None:
    with pytest.raises(InputRefused, match="--progress-file"):
        ProgressFile(tmp_path / "nowhere" / "progress.json", 1).begin(1, order)


def test_the_pace_leaves_the_first_part_out() -> None:
    pace = Pace()
    assert pace.remaining_seconds(0, 3) is None
    time.sleep(0.2)
    assert pace.remaining_seconds(1, 3) is None
    time.sleep(0.01)
    remaining = pace.remaining_seconds(2, 3)
    assert remaining is not None
    assert 0.01 <= remaining < 0.15
    assert pace.remaining_seconds(3, 3) is None
