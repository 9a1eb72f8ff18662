"""Shots are read whole or refused with every problem at once."""

from pathlib import Path

import pytest

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.workflow import Workflow
from generation.people_work import expected_work
from generation.shots import find_shot, load_shot, shot_codes

GOOD = """
code = "fall"
name = "Fall"
scene = "collapse"
kind = "destruction"
complexity = "easy"
brief = "It falls."
prompt = "a thing falls"
[frames]
first = 1001
last = 1024
fps = "23.976"
[quality.draft]
width = 64
height = 36
samples = 4
[people_work]
template = "destruction"
complexity = "hard"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "fall.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_shipped_shot_loads_and_has_draft_and_final() -> None:
    assert "building_collapse" in shot_codes()
    for code in shot_codes():
        shot = find_shot(code)
        assert shot.code == code
        assert shot.frames.first == 1001
        assert {"draft", "final"} <= set(shot.qualities)


def test_a_shot_of_ones_own_is_read_from_its_path(tmp_path: Path) -> None:
    shot = find_shot(str(write(tmp_path, GOOD)))
    assert (shot.frames.count, str(shot.fps), shot.seed, shot.handle_frames) == (24, "23.976", 1, 0)


def test_every_problem_is_named_at_once(tmp_path: Path) -> None:
    broken = (
        GOOD.replace('"easy"', '"trivial"')
        .replace("width = 64", "width = 63")
        .replace("last = 1024", 'last = "soon"')
        .replace('"23.976"', '"fast"')
        .replace('name = "Fall"\n', "")
    )
    with pytest.raises(InputRefused) as refused:
        load_shot(write(tmp_path, broken))
    places = [problem.place for problem in refused.value.problems]
    assert places == [
        "fall.toml: frames.last",
        "fall.toml: frames.fps",
        "fall.toml: name",
        "fall.toml: complexity",
        "fall.toml: quality.draft.width x height",
    ]
    assert all(problem.mend for problem in refused.value.problems)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("last = 1024", "last = 1000"), "frames.last"),
        (("last = 1024", "last = 99999"), "frames.last"),
        (("samples = 4", "samples = 0"), "quality.draft.samples"),
        (("samples = 4", "samples = true"), "quality.draft.samples"),
        (('code = "fall"', 'code = "../../fall"'), "code"),
        (("[quality.draft]", "quality = 5\n[other]"), "[quality]"),
        (("last = 1024", "last = 1001"), "frames.last"),
        (("[people_work]", "[people]"), "[people_work]"),
        (("[quality.draft]", "[quality]"), "quality"),
    ],
)
def test_what_is_out_of_range_is_refused_by_name(tmp_path: Path, change: tuple[str, str], place: str) -> None:
    with pytest.raises(InputRefused) as refused:
        load_shot(write(tmp_path, GOOD.replace(*change)))
    assert any(place in problem.place for problem in refused.value.problems)


@pytest.mark.parametrize("text", ["code = ", "\x00", "code = 'a'\ncode = 'b'"])
def test_text_that_is_no_toml_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputRefused, match="TOML"):
        load_shot(write(tmp_path, text))


def test_an_unknown_shot_is_answered_with_the_known_ones() -> None:
    with pytest.raises(InputRefused, match="building_collapse"):
        find_shot("building_colapse")


def test_expected_work_is_assumed_and_names_its_source() -> None:
    from datetime import date

    shot = find_shot("building_collapse")
    rows = expected_work(shot, "test_shots/building_collapse", Workflow.TRADITIONAL, date(2026, 11, 22))
    hours = {row.department: row.people_hours for row in rows}
    assert hours["fx"] == (4 + 12) / 2 * 8
    assert hours["supervision"] == pytest.approx(
        0.2 * sum(value for name, value in hours.items() if name != "supervision")
    )
    assert {row.origin.value for row in rows} == {"assumed"}
    assert all(row.source for row in rows)


def test_a_template_that_is_not_there_is_refused(tmp_path: Path) -> None:
    from datetime import date

    shot = load_shot(write(tmp_path, GOOD.replace('template = "destruction"', 'template = "romance"')))
    with pytest.raises(InputRefused, match="destruction"):
        expected_work(shot, "x", Workflow.AI, date(2026, 11, 22))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("fx = [4.0, 12.0]", "fx = [4.0]"), "traditional.hard.fx"),
        (("fx = [4.0, 12.0]", "fx = [-12.0, 4.0]"), "traditional.hard.fx"),
        (("fx = [4.0, 12.0]", "fx = [0.0, nan]"), "traditional.hard.fx"),
        (("hours_per_person_day = 8", "hours_per_person_day = 80"), "hours_per_person_day"),
        (('source = "', 'source_of = "'), "source"),
        (("[traditional.hard]", "[traditional.hard"), "destruction.toml"),
        (("[traditional.hard]", "[traditional.easy]"), "people_work"),
    ],
)
def test_a_template_that_somebody_edited_badly_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: tuple[str, str], place: str
) -> None:
    from datetime import date

    from analytics.vocabulary.shipped import DATA_VARIABLE, shipped_path

    shot = find_shot("building_collapse")
    text = shipped_path("templates", "destruction.toml").read_text(encoding="utf-8")
    assert change[0] in text
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "destruction.toml").write_text(text.replace(*change), encoding="utf-8")
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    with pytest.raises(InputRefused) as refused:
        expected_work(shot, "x", Workflow.TRADITIONAL, date(2026, 11, 22))
    assert any(place in problem.place for problem in refused.value.problems)
