"""Cells of a shot list changed by hand: checked all at once, and told."""

import pytest

from analytics.importers.shot_lists.edits import LEFT_OUT, edited_list
from analytics.importers.shot_lists.reading import shot_list_of
from analytics.importers.shot_lists.writing import shot_list_csv
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.listed_shot import ShotList
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow

CONTENT = (
    b"code,kind,complexity,cut_frames,handles,workflow,fps\n"
    b"A10,crowd,easy,96,8,,24\n"
    b"A20,creature,,120,8,ai,24\n"
    b"A30,odd work,hero,48,8,,24\n"
)


def read() -> ShotList:
    return shot_list_of("list.csv", CONTENT)


def test_cells_are_changed_and_the_list_says_so() -> None:
    edited = edited_list(
        read(),
        {
            "A10": {"kind": "weather", "cut_frames": 200, "handle_frames": 0},
            "A20": {"complexity": "hard", "workflow": ""},
            "A30": {LEFT_OUT: True},
        },
    )
    first, second = edited.shots
    assert (first.kind, first.complexity, first.cut_frames, first.handle_frames) == (
        ShotKind.WEATHER,
        Complexity.EASY,
        200,
        0,
    )
    assert (second.complexity, second.workflow) == (Complexity.HARD, None)
    assert edited.name == "list.csv, edited"
    assert edited.sha256 != read().sha256
    said = [remark.why for remark in edited.remarks if "by hand" in remark.why]
    assert said == [
        "1 shot left out by hand: A30",
        "kind of 1 shot set by hand: A10",
        "complexity of 1 shot set by hand: A20",
        "workflow of 1 shot set by hand: A20",
        "cut frames of 1 shot set by hand: A10",
        "handle frames of 1 shot set by hand: A10",
    ]


def test_what_changes_nothing_leaves_the_list_as_it_came() -> None:
    assert edited_list(read(), {}) == read()
    assert edited_list(read(), {"A20": {"workflow": "ai"}, "A10": {LEFT_OUT: False}}) == read()


def test_the_same_edits_give_the_same_checksum_and_a_list_edited_twice_is_named_once() -> None:
    edits = {"A10": {"complexity": "hard"}}
    one, other = edited_list(read(), edits), edited_list(read(), edits)
    assert one == other
    assert edited_list(one, {"A20": {"cut_frames": 12}}).name == "list.csv, edited"


def test_a_word_that_was_not_understood_does_not_come_back_over_an_edit() -> None:
    assert read().shots[2].attributes
    edited = edited_list(read(), {"A30": {"kind": "destruction"}})
    again = shot_list_of("again.csv", shot_list_csv(edited).encode())
    assert again.shots[2].kind is ShotKind.DESTRUCTION
    assert Workflow.AI is again.shots[1].workflow


def test_every_cell_that_cannot_be_used_is_told() -> None:
    edits: dict[str, dict[str, object]] = {
        "A10": {"kind": "tricky", "cut_frames": 0, "description": "no"},
        "A20": {"cut_frames": 12.5, "handle_frames": -1},
        "A99": {"kind": "crowd"},
    }
    with pytest.raises(InputRefused) as refused:
        edited_list(read(), edits)
    places = {problem.place for problem in refused.value.problems}
    assert places == {
        "list.csv, shot A10, kind",
        "list.csv, shot A10, cut frames",
        "list.csv, shot A10, description",
        "list.csv, shot A20, cut frames",
        "list.csv, shot A20, handle frames",
        "list.csv, shot A99",
    }


def test_a_list_with_no_shot_left_is_refused() -> None:
    with pytest.raises(InputRefused, match="every shot left out"):
        edited_list(read(), {code: {LEFT_OUT: True} for code in ("A10", "A20", "A30")})
