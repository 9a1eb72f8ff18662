"""OpenTimelineIO timelines: nesting, transitions, speeds, markers, rates, and what is left out."""

import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pytest
from opentimelineio.opentime import RationalTime, TimeRange

from analytics.importers.shot_lists.reading import read_shot_list
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ShotList
from analytics.vocabulary.shot import Complexity, ShotKind
from tests.analytics.importers.shot_lists.sample_lists import remarks


def frames(count: float, rate: float = 24) -> RationalTime:
    return RationalTime(count, rate)


def clip(name: str, start: int, length: int, rate: float = 24, **more: Any) -> otio.schema.Clip:
    media = otio.schema.ExternalReference(
        target_url=f"{name}.mov", available_range=TimeRange(frames(0, rate), frames(9999, rate))
    )
    return otio.schema.Clip(name, media, TimeRange(frames(start, rate), frames(length, rate)), **more)


def timeline(*children: Any, rate: float = 24, start: int = 86_400) -> otio.schema.Timeline:
    track = otio.schema.Track("V1", children=list(children), kind=otio.schema.TrackKind.Video)
    made = otio.schema.Timeline("cut", global_start_time=frames(start, rate))
    made.tracks.append(track)
    return made


def read(tmp_path: Path, cut: Any, fps: str | None = None) -> ShotList:
    path = tmp_path / "cut.otio"
    otio.adapters.write_to_file(cut, str(path))
    return read_shot_list(path, fps=FrameRate.parse(fps) if fps else None)


def places(shots: ShotList) -> list[tuple[str, int, str, str]]:
    return [
        (shot.code, shot.cut_frames, str(shot.cut_place.source_in), str(shot.cut_place.record_in))
        for shot in shots.shots if shot.cut_place
    ]  # fmt: skip


def test_clips_gaps_and_transitions(tmp_path: Path) -> None:
    dissolve = otio.schema.Transition("d", otio.schema.TransitionTypes.SMPTE_Dissolve, frames(6), frames(8))
    gap = otio.schema.Gap(duration=frames(24))
    found = read(
        tmp_path,
        timeline(clip("A_010_010", 100, 48), dissolve, clip("A_010_020", 200, 50), gap, clip("A_010_030", 0, 10)),
    )
    assert places(found) == [
        ("A_010_010", 56, "00:00:04:04", "01:00:00:00"),  # 8 frames more under the dissolve
        ("A_010_020", 56, "00:00:08:02", "01:00:01:18"),  # 6 frames before the cut
        ("A_010_030", 10, "00:00:00:00", "01:00:05:02"),
    ]
    assert found.shots[1].cut_place is not None
    assert (found.shots[1].cut_place.transition, found.shots[1].cut_place.transition_frames) == ("dissolve", 14)


def test_a_nested_cut_shows_what_its_parent_leaves_of_it(tmp_path: Path) -> None:
    inner = otio.schema.Track(
        "inner", children=[clip("A_010_010", 100, 48), clip("A_010_020", 200, 48), clip("A_010_030", 300, 48)]
    )
    stack = otio.schema.Stack("nest", children=[inner], source_range=TimeRange(frames(24), frames(60)))
    found = read(tmp_path, timeline(clip("A_000_010", 0, 24), stack, clip("A_020_010", 0, 24)))
    assert places(found) == [
        ("A_000_010", 24, "00:00:00:00", "01:00:00:00"),
        ("A_010_010", 24, "00:00:05:04", "01:00:01:00"),
        ("A_010_020", 36, "00:00:08:08", "01:00:02:00"),
        ("A_020_010", 24, "00:00:00:00", "01:00:03:12"),
    ]


def test_speeds_held_frames_and_nested_speeds(tmp_path: Path) -> None:
    fast = clip("A_010_010", 100, 48, effects=[otio.schema.LinearTimeWarp(time_scalar=2.0)])
    held = clip("A_010_020", 100, 48, effects=[otio.schema.FreezeFrame()])
    back = clip("A_010_030", 100, 48, effects=[otio.schema.LinearTimeWarp(time_scalar=-1.0)])
    shots = read(tmp_path, timeline(fast, held, back)).shots
    at = [shot.cut_place for shot in shots if shot.cut_place]
    used = [place.source_out - place.source_in for place in at]
    assert [(shot.cut_frames, place.speed, frames) for shot, place, frames in zip(shots, at, used, strict=True)] == [
        (48, Fraction(2), 96), (48, Fraction(0), 1), (48, Fraction(-1), 48),
    ]  # fmt: skip
    assert at[2].source_out.frame_number == 101
    nest = otio.schema.Stack("nest", children=[otio.schema.Track(children=[clip("A_010_040", 0, 24)])])
    nest.effects.append(otio.schema.LinearTimeWarp(time_scalar=2.0))
    with pytest.raises(InputRefused, match="nested cut played at another speed"):
        read(tmp_path, timeline(nest))


def test_markers_metadata_and_what_is_switched_off(tmp_path: Path) -> None:
    marked = clip("plate 7", 0, 24)
    marked.markers.append(otio.schema.Marker("ROOF_010_010 clean the sky", TimeRange(frames(3), frames(1))))
    marked.metadata["cdl"] = {"sat": 0.9, "deep": {"er": "kept"}}
    told = clip("plate 8", 0, 24)
    told.metadata["shotledger"] = {
        "code": "ROOF_010_020", "kind": "crowd", "complexity": "hero", "handle_frames": 12, "cost": "120.00",
    }  # fmt: skip
    off = clip("plate 9", 0, 24)
    off.enabled = False
    bars = otio.schema.Clip(
        "bars", otio.schema.GeneratorReference(generator_kind="SMPTEBars"), TimeRange(frames(0), frames(24))
    )
    cut = timeline(marked, told, off, bars)
    cut.tracks.append(otio.schema.Track("A1", children=[clip("sound", 0, 24)], kind=otio.schema.TrackKind.Audio))
    found = read(tmp_path, cut)
    first, second = found.shots
    assert (first.code, first.notes, first.attributes["cdl.deep.er"]) == (
        "ROOF_010_010",
        ("ROOF_010_010 clean the sky",),
        "kept",
    )
    assert (second.code, second.kind, second.complexity, second.handle_frames) == (
        "ROOF_010_020", ShotKind.CROWD, Complexity.HERO, 12,
    )  # fmt: skip
    assert "cost" not in str(second.attributes)
    assert "plate 9" in remarks(found)
    assert "bars" in remarks(found)


def test_the_rate_is_the_timelines(tmp_path: Path) -> None:
    assert read(tmp_path, timeline(clip("A_010_010", 0, 24, 23.976024), rate=23.976)).fps == FrameRate.parse("23.976")
    with pytest.raises(InputRefused, match=r"--fps 23\.976"):
        read(tmp_path, timeline(clip("A_010_010", 0, 24, 23.976024), rate=23.976), fps="24")
    mixed = read(tmp_path, timeline(clip("A_010_010", 0, 30, 30), clip("A_010_020", 0, 25, 30), rate=24))
    assert [shot.cut_frames for shot in mixed.shots] == [24, 20]


def test_a_bundle_is_read_like_its_timeline(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "cut.otioz", "w") as bundle:
        bundle.writestr("content.otio", otio.adapters.write_to_string(timeline(clip("A_010_010", 0, 24)), "otio_json"))
        bundle.writestr("version.txt", "1.0.0")
    assert read_shot_list(tmp_path / "cut.otioz").shots[0].cut_frames == 24


def test_clips_without_a_length_and_collections(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="holds a clip without a length"):
        read(tmp_path, timeline(otio.schema.Clip("A_010_010")))
    with pytest.raises(InputRefused, match="holds no clip"):
        read(tmp_path, timeline(otio.schema.Gap(duration=frames(24))))
    one, two = timeline(clip("A_010_010", 0, 24)), timeline(clip("A_010_020", 0, 24))
    with pytest.raises(InputRefused, match="2 timelines"):
        read(tmp_path, otio.schema.SerializableCollection("both", [one, two]))
    assert len(read(tmp_path, otio.schema.SerializableCollection("one", [one])).shots) == 1
