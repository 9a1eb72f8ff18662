"""Manifests: what is written is read back equal, and what is wrong is told field by field."""

import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_manifests import invented_manifest

from analytics.ledger.manifest import MANIFEST_NAME, Manifest, find_manifests, read_manifest, write_manifest
from analytics.ledger.plain_form import Reading, to_plain
from analytics.vocabulary.assignment import Assignment
from analytics.vocabulary.errors import InputRefused, LedgerError
from analytics.vocabulary.frame_rate import NTSC, FrameRate
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.hardware import Hardware
from analytics.vocabulary.money import Money
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.production import Production
from analytics.vocabulary.render import Outcome, Purpose, Render
from analytics.vocabulary.shot import Complexity, Shot, ShotKind
from analytics.vocabulary.stage import Stage, StageName
from analytics.vocabulary.title import Title
from analytics.vocabulary.work_entry import WorkEntry
from analytics.vocabulary.workflow import Workflow

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
AMOUNT = st.floats(0, 1e12, allow_subnormal=True)
BYTES = st.integers(0, 2**62)
DAY = st.dates(date(1990, 1, 1))
INSTANT = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
RATE = st.sampled_from([*NTSC, "24", "25", "30000/1001", "12.5"]).map(FrameRate.parse)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
STAGE = st.builds(
    Stage,
    st.sampled_from(StageName),
    AMOUNT,
    AMOUNT,
    st.none() | AMOUNT,
    st.none() | AMOUNT,
    st.none() | st.sampled_from(Origin),
    BYTES,
    st.none() | BYTES,
)
RANGE = st.tuples(st.integers(0, 9999), st.integers(0, 999)).map(lambda pair: FrameRange(pair[0], pair[0] + pair[1]))
SIZE = st.builds(FrameSize, *[st.integers(16, 4096).map(lambda half: 2 * half)] * 2)


@st.composite
def manifests(draw: st.DrawFn) -> Manifest:
    shot_id, production_id, title_id, hardware_id = (draw(TEXT) for _ in range(4))
    started_at = draw(INSTANT)
    ended_at = draw(st.none() | st.integers(0, 10**9).map(lambda micros: started_at + timedelta(microseconds=micros)))
    render = Render(
        render_id=draw(TEXT),
        shot_id=shot_id,
        workflow=draw(st.sampled_from(Workflow)),
        purpose=draw(st.sampled_from(Purpose)),
        engine=draw(TEXT),
        model=draw(st.none() | TEXT),
        quality=draw(TEXT),
        seed=draw(st.integers(-(2**63), 2**63 - 1)),
        repeat_number=draw(st.integers(1, 99)),
        frames=draw(RANGE),
        size=draw(SIZE),
        fps=draw(RATE),
        hardware_id=hardware_id,
        started_at=started_at,
        ended_at=ended_at,
        wall_seconds=draw(AMOUNT),
        outcome=draw(st.sampled_from(Outcome)) if ended_at else Outcome.INTERRUPTED,
        failure=draw(st.none() | TEXT),
        folder=draw(TEXT),
        movie=draw(st.none() | TEXT),
        settings=draw(st.dictionaries(TEXT, JSON, max_size=4)),
        stages=tuple(draw(st.lists(STAGE, max_size=4))),
        origin=draw(st.sampled_from(Origin)),
    )
    entry = st.builds(
        WorkEntry,
        TEXT,
        st.just(shot_id),
        st.sampled_from(Workflow),
        TEXT,
        DAY,
        AMOUNT,
        st.sampled_from(Origin),
        TEXT,
        st.none() | TEXT,
    )
    assignment = st.builds(Assignment, st.just(shot_id), st.sampled_from(Workflow), DAY, st.none() | DAY, TEXT)
    return Manifest(
        Title(title_id, draw(TEXT), draw(TEXT)),
        Production(production_id, title_id, draw(TEXT), "USD", draw(RATE), draw(st.none() | TEXT)),
        Shot(
            shot_id,
            production_id,
            draw(TEXT),
            draw(TEXT),
            draw(st.sampled_from(ShotKind)),
            draw(st.sampled_from(Complexity)),
            48,
            8,
            draw(TEXT),
        ),
        Hardware(
            hardware_id,
            draw(TEXT),
            draw(TEXT),
            2,
            draw(BYTES),
            draw(AMOUNT),
            draw(st.none() | TEXT),
            0,
            0,
            draw(TEXT),
            draw(TEXT),
        ),
        render,
        tuple(draw(st.lists(entry, max_size=2))),
        tuple(draw(st.lists(assignment, max_size=2))),
    )


@given(manifests())
@settings(max_examples=60, deadline=None)
def test_every_manifest_comes_back_equal(manifest: Manifest) -> None:
    text = manifest.to_json()
    again = Manifest.from_json(text)
    assert again == manifest
    assert again.to_json() == text


@given(
    st.recursive(
        JSON,
        lambda inner: st.dictionaries(st.sampled_from(["schema", "render", "shot"]), inner, max_size=3),
        max_leaves=4,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_other_json_is_refused_with_problems(plain: Any) -> None:
    with pytest.raises(InputRefused) as refused:
        Manifest.from_json(json.dumps(plain))
    assert all(problem.why and problem.mend for problem in refused.value.problems)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(InputRefused):
        Manifest.from_json(text)


def test_written_and_read_and_nothing_else_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "collapse" / "one"
    path = write_manifest(invented_manifest(finished=False), folder)
    assert read_manifest(path) == invented_manifest(finished=False)
    write_manifest(invented_manifest(), folder)
    assert read_manifest(path) == invented_manifest()
    assert os.listdir(folder) == [MANIFEST_NAME]
    assert path.read_text(encoding="utf-8").startswith('{\n  "schema": 1,\n')


def test_manifests_are_found_below_a_folder(tmp_path: Path) -> None:
    written = [write_manifest(invented_manifest(name), tmp_path / "collapse" / name) for name in ("b", "a")]
    (tmp_path / "collapse" / "a" / "notes.json").write_text("{}")
    assert list(find_manifests(tmp_path)) == sorted(written)


def test_all_problems_are_told_at_once_with_file_and_field(tmp_path: Path) -> None:
    plain = json.loads(invented_manifest().to_json())
    plain["colour"] = "red"
    del plain["title"]["name"]
    plain["shot"]["cut_frames"] = "48"
    plain["render"]["workflow"] = "magic"
    plain["render"]["frames"] = "1048-1001"
    plain["render"]["size"] = "257x144"
    plain["render"]["started_at"] = "2026-11-20T09:30:15"
    plain["render"]["stages"][1]["wall_seconds"] = True
    plain["render"]["settings"] = []
    plain["work_entries"][0]["worked_on"] = "yesterday"
    path = tmp_path / MANIFEST_NAME
    path.write_text(json.dumps(plain))
    with pytest.raises(InputRefused) as refused:
        read_manifest(path)
    told = {problem.place.removeprefix(f"{path}, ") for problem in refused.value.problems}
    assert told == {
        *("colour", "title.name", "shot.cut_frames", "work_entries[0].worked_on", "render.workflow", "render.frames"),
        *("render.size", "render.started_at", "render.stages[1].wall_seconds", "render.settings"),
    }
    assert "is none of traditional, ai, hybrid" in str(refused.value)


def test_contradictions_are_told(tmp_path: Path) -> None:
    manifest = invented_manifest()
    render = replace(
        manifest.render,
        shot_id="other",
        hardware_id="other",
        wall_seconds=-1.0,
        ended_at=manifest.render.started_at - timedelta(seconds=1),
    )
    with pytest.raises(InputRefused) as refused:
        Manifest.from_json(replace(manifest, render=render).to_json())
    told = [problem.place.removeprefix("manifest, ") for problem in refused.value.problems]
    assert told == ["render.shot_id", "render.hardware_id", "render.wall_seconds", "render.ended_at"]
    with pytest.raises(InputRefused, match="ended_at: is missing although the outcome is ok"):
        write_manifest(replace(manifest, render=replace(manifest.render, ended_at=None)), tmp_path)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is not JSON"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"[1, 2]", "another kind of JSON"),
        (b'{"schema": 2}', "schema = 2: is not 1"),
        (b'{"schema": 1, "n": NaN}', "NaN is no number"),
        (b"[" * 100_000, "is not JSON"),
    ],
)
def test_a_damaged_manifest_is_a_sentence(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / MANIFEST_NAME
    path.write_bytes(content)
    with pytest.raises(InputRefused, match=why):
        read_manifest(path)


def test_a_missing_manifest_and_a_closed_folder_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="no such file"):
        read_manifest(tmp_path / MANIFEST_NAME)
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError, match="a part of this path is a file"):
        write_manifest(invented_manifest(), tmp_path / "file")


@pytest.mark.parametrize(
    "settings_", [{"a": float("nan")}, {"a": object()}, {"a": "\udc80"}, {"a": datetime(2026, 1, 1)}]
)
def test_what_json_cannot_hold_is_refused_before_anything_is_written(tmp_path: Path, settings_: dict[str, Any]) -> None:
    manifest = invented_manifest()
    with pytest.raises(InputRefused):
        write_manifest(replace(manifest, render=replace(manifest.render, settings=settings_)), tmp_path)
    assert os.listdir(tmp_path) == []


def test_money_has_a_plain_form_too() -> None:
    billed = Money(Decimal("12.500000"), "ARS")
    assert Reading("bill").value(Money, to_plain(billed), "billed") == billed
    reading = Reading("bill")
    reading.value(Money, {"amount": "a lot", "currency": "USD"}, "billed")
    assert "bill, billed.amount = 'a lot': cannot be read" in str(reading.problems[0])
