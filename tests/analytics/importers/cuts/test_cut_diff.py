"""What became of a cut: trims against handles, retimes, renames, order, tables without timecode."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.importers.cuts.changes import Change, CutDiff, ShotChange
from analytics.importers.cuts.comparing import cut_diff
from analytics.importers.cuts.wording import change_words, pull_words
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import CutPlace, ListedShot, ShotList
from analytics.vocabulary.timecode import Timecode
from tests.analytics.importers.shot_lists.sample_lists import sample

FPS = FrameRate.parse(24)


def shot(code: str, source_in: int, frames: int, record_in: int = 0, reel: str = "A001", speed: int = 1) -> ListedShot:
    used = max(1, frames * abs(speed))
    ends = (Timecode(frame, FPS) for frame in (source_in, source_in + used, record_in, record_in + frames))
    at = CutPlace(reel, *ends, speed=Fraction(speed))
    return ListedShot("", code, frames, cut_place=at)


def listed(*shots: ListedShot, fps: FrameRate = FPS) -> ShotList:
    return ShotList("cut.edl", "edl", "", fps, shots)


def only(diff: CutDiff) -> ShotChange:
    (change,) = diff.shots
    return change


def test_the_two_states_of_a_reel() -> None:
    diff = cut_diff(sample("cut_v1.edl", fps="24"), sample("cut_v2.edl", fps="24"))
    assert {(change.code, change.changes, change.frame_change, change.needs_pull) for change in diff.shots} == {
        ("ROOF_010_020", (Change.SHORTER,), -12, False),
        ("ROOF_010_010", (Change.LONGER, Change.REORDERED), 2, False),
        ("ROOF_010_030", (Change.UNCHANGED,), 0, False),
        ("ROOF_020_010", (Change.RETIMED,), 0, False),
        ("ROOF_020_025", (Change.RENAMED,), 0, False),
        ("ROOF_030_010", (Change.NEW,), 24, True),
        ("ROOF_020_030", (Change.OMITTED,), -24, False),
    }
    assert (diff.frames_added, diff.frames_taken) == (26, 36)
    assert [change.code for change in diff.pulls_needed] == ["ROOF_030_010"]
    assert [change.code for change in diff.shots][-1] == "ROOF_020_030"
    words = {change.code: change_words(change) for change in diff.shots}
    assert words["ROOF_010_010"] == "2 frames longer (+4 at the head, -2 at the tail); reordered"
    assert words["ROOF_020_025"] == "renamed, was ROOF_020_020"
    assert words["ROOF_020_010"] == "retimed from 200 % to 100 %"


@pytest.mark.parametrize(
    ("source_in", "frames", "changes", "head", "tail", "needs_pull"),
    [
        (1000, 48, (Change.UNCHANGED,), 0, 0, False),
        (990, 58, (Change.LONGER,), 10, 0, False),  # just within the handles
        (989, 59, (Change.LONGER,), 11, 0, True),
        (1000, 58, (Change.LONGER,), 0, 10, False),
        (1000, 59, (Change.LONGER,), 0, 11, True),
        (1010, 28, (Change.SHORTER,), -10, -10, False),
        (1005, 48, (Change.SLIPPED,), -5, 5, False),
        (980, 30, (Change.SHORTER,), 20, -38, True),  # shorter, and still a pull
    ],
)
def test_a_trim_needs_a_pull_beyond_the_handles_that_were_pulled(
    source_in: int, frames: int, changes: tuple[Change, ...], head: int, tail: int, needs_pull: bool
) -> None:
    change = only(
        cut_diff(listed(shot("A_010", 1000, 48)), listed(shot("A_010", source_in, frames)), pull_handle_frames=10)
    )
    assert (change.changes, change.head_frames, change.tail_frames, change.needs_pull) == (
        changes,
        head,
        tail,
        needs_pull,
    )


def test_backwards_the_head_is_the_end_of_the_source() -> None:
    change = only(cut_diff(listed(shot("A_010", 1000, 48, speed=-1)), listed(shot("A_010", 1000, 53, speed=-1))))
    assert (change.head_frames, change.tail_frames) == (5, 0)


def test_a_faster_shot_of_the_same_length_may_need_a_pull() -> None:
    change = only(cut_diff(listed(shot("A_010", 1000, 48)), listed(shot("A_010", 1000, 48, speed=2))))
    assert (change.changes, change.needs_pull, change.frame_change) == ((Change.RETIMED,), True, 0)


def test_another_source_under_the_same_code() -> None:
    change = only(cut_diff(listed(shot("A_010", 1000, 48)), listed(shot("A_010", 1000, 48, reel="B002"))))
    assert (change.changes, change.needs_pull) == ((Change.SOURCE_CHANGED,), True)
    assert change_words(change) == "another source: B002 for A001"


def test_numbers_that_moved_on_follow_their_frames() -> None:
    """A stretch put in before others gets their number; each keeps what shows its frames."""
    old = listed(shot("clip", 0, 24, 0), shot("clip_2", 1000, 24, 24))
    new = listed(shot("clip", 0, 24, 0), shot("clip_2", 500, 24, 24), shot("clip_3", 1000, 24, 48))
    assert [(change.code, change.old_code, change.changes) for change in cut_diff(old, new).shots] == [
        ("clip", "clip", (Change.UNCHANGED,)), ("clip_2", None, (Change.NEW,)), ("clip_3", "clip_2", (Change.RENAMED,)),
    ]  # fmt: skip


def test_the_fewest_shots_are_told_as_moved() -> None:
    old = listed(*(shot(f"A_{place}0", place * 100, 24, place * 24) for place in range(6)))
    order = [5, 0, 1, 2, 3, 4]
    new = listed(*(shot(f"A_{place}0", place * 100, 24, at * 24) for at, place in enumerate(order)))
    assert [change.code for change in cut_diff(old, new).having(Change.REORDERED)] == ["A_50"]


def test_tables_are_compared_by_length_and_description() -> None:
    old = listed(
        ListedShot("", "A_010", 48, description="roof"), ListedShot("", "A_020", 48), ListedShot("", "A_030", 48)
    )
    new = listed(
        ListedShot("", "A_030", 60), ListedShot("", "A_010", 48, description="roof, dust"), ListedShot("", "A_020", 90)
    )
    found = {change.code: change for change in cut_diff(old, new).shots}
    assert found["A_010"].changes == (Change.REDESCRIBED,)
    assert change_words(found["A_010"]) == "changed description from roof to roof, dust"
    assert (found["A_020"].needs_pull, found["A_030"].needs_pull) == (True, None)
    assert pull_words(found["A_030"]) == "unknown"
    assert not cut_diff(old, new).having(Change.REORDERED)


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(InputRefused, match="cannot be held against"):
        cut_diff(listed(), listed(fps=FrameRate.parse(25)))
    with pytest.raises(InputRefused, match="--handles"):
        cut_diff(listed(), listed(), pull_handle_frames=-1)


stretches = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 400), st.integers(1, 60)), max_size=9, unique_by=lambda each: each[0]
)


@given(stretches, stretches)
def test_every_shot_is_told_once_and_frames_add_up(
    before: list[tuple[int, int, int]], after: list[tuple[int, int, int]]
) -> None:
    old, new = (
        listed(*(shot(f"A_{code}0", start, length) for code, start, length in each)) for each in (before, after)
    )
    diff = cut_diff(old, new)
    assert sorted(change.old_code for change in diff.shots if change.old_code) == sorted(
        each.code for each in old.shots
    )
    assert [change.code for change in diff.shots if change.new] == [each.code for each in new.shots]
    change = sum(each.cut_frames for each in new.shots) - sum(each.cut_frames for each in old.shots)
    assert diff.frames_added - diff.frames_taken == change
    back = cut_diff(new, old)
    assert (back.frames_added - back.frames_taken) == -change
    assert all(each.changes == (Change.UNCHANGED,) for each in cut_diff(old, old).shots)
