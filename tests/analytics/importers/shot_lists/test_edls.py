"""CMX3600 EDLs: lengths, speeds, dissolves, drop-frame and names, held against arithmetic and against the adapter."""

import warnings
from fractions import Fraction
from pathlib import Path

import opentimelineio as otio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import CutPlace, ListedShot, ShotList
from analytics.vocabulary.timecode import Timecode
from tests.analytics.importers.shot_lists.sample_lists import SAMPLES, remarks, sample, written


def place_of(shot: ListedShot) -> CutPlace:
    assert shot.cut_place is not None
    return shot.cut_place


def by_code(shots: ShotList) -> dict[str, ListedShot]:
    return {shot.code: shot for shot in shots.shots}


def test_a_cut_with_every_effect() -> None:
    shots = by_code(sample("cut_v1.edl", fps="24", handles=8))
    assert {code: (shot.cut_frames, place_of(shot).speed) for code, shot in shots.items()} == {
        "ROOF_010_010": (48, 1),
        "ROOF_010_020": (96, 1),  # 72 of its own and 24 under the dissolve
        "ROOF_010_030": (96, 1),
        "ROOF_020_010": (24, 2),
        "ROOF_020_020": (36, -1),
        "ROOF_020_030": (24, 0),
    }
    outgoing, incoming = place_of(shots["ROOF_010_020"]), place_of(shots["ROOF_010_030"])
    assert (str(outgoing.source_out), str(outgoing.record_out)) == ("11:00:04:00", "01:00:06:00")
    assert (incoming.transition, incoming.transition_frames, str(incoming.record_in)) == ("dissolve", 24, "01:00:05:00")
    assert place_of(shots["ROOF_020_030"]).source_out - place_of(shots["ROOF_020_030"]).source_in == 1
    assert shots["ROOF_010_010"].notes == ("dust in the corner",)
    assert shots["ROOF_020_010"].attributes["clip name"] == "take four"
    assert shots["ROOF_010_010"].work_frames == 64
    assert shots["ROOF_010_010"].place == "cut_v1.edl, line 4"


def test_black_and_sound_are_left_out_and_told() -> None:
    read = sample("cut_v1.edl", fps="24")
    assert len(read.shots) == 6
    assert "is black or bars" in remarks(read)
    assert "is sound" in remarks(read)


def test_drop_frame_by_the_line_above_and_by_semicolons() -> None:
    by_fcm = sample("drop_frame_2997.edl", fps="29.97")
    # 01:00:59:00 to 01:01:00:02 are 30 frames: the numbers 00 and 01 of minute 1 don't exist.
    assert [shot.cut_frames for shot in by_fcm.shots] == [30, 4]
    assert str(place_of(by_fcm.shots[0]).record_in) == "01:00:59;00"
    mixed = sample("drop_frame_semicolons.edl", fps="29.97")
    assert mixed.shots[0].cut_frames == 30
    assert (place_of(mixed.shots[0]).source_in.drop_frame, place_of(mixed.shots[0]).record_in.drop_frame) == (
        False,
        True,
    )
    with pytest.raises(InputRefused, match="drop-frame skips"):
        sample("dropped_numbers.edl", fps="29.97")


def edl(*events: str) -> str:
    return "TITLE: T\nFCM: NON-DROP FRAME\n" + "\n".join(events) + "\n"


def cut(
    number: int, source: tuple[int, int], record: tuple[int, int], name: str, rate: FrameRate, extra: str = "C    "
) -> str:
    times = " ".join(str(Timecode(frame, rate)) for frame in (*source, *record))
    return f"{number:03d}  AX       V     {extra} {times}\n* FROM CLIP NAME: {name}"


RATE = FrameRate.parse(24)


@pytest.mark.parametrize(
    ("m2", "source_frames", "speed", "used"),
    [
        ("048.0", 96, 2, 96),
        ("048.0", 48, 2, 96),  # a system that writes the length in the cut
        ("012.0", 24, Fraction(1, 2), 24),
        ("-024.0", 48, -1, 48),
        ("-048.0", 96, -2, 96),
        ("000.0", 1, 0, 1),
        ("000.0", 48, 0, 1),
        ("047.9", 96, Fraction(479, 240), 96),
    ],
)
def test_speed_effects(tmp_path: Path, m2: str, source_frames: int, speed: Fraction, used: int) -> None:
    event = cut(1, (10_000, 10_000 + source_frames), (0, 48), "A_010_010", RATE)
    (shot,) = written(tmp_path / "a.edl", edl(event, f"M2   AX             {m2}       00:06:56:16"), fps="24").shots
    place = place_of(shot)
    assert (shot.cut_frames, place.speed, place.source_out - place.source_in) == (48, speed, used)


@pytest.mark.parametrize(("m2", "speed"), [("048.0", 2), ("047.9", 2), ("024.0", 1), ("023.9", 1), ("-023.9", -1)])
def test_speeds_at_ntsc_rates_are_written_by_the_nominal_or_the_exact_rate(tmp_path: Path, m2: str, speed: int) -> None:
    event = cut(1, (10_000, 10_000 + 48 * abs(speed)), (0, 48), "A_010_010", RATE)
    (shot,) = written(tmp_path / "a.edl", edl(event, f"M2   AX             {m2}       00:06:56:16"), fps="23.976").shots
    assert place_of(shot).speed == speed


def test_sound_under_the_same_number_takes_nothing_from_the_picture(tmp_path: Path) -> None:
    read = written(
        tmp_path / "a.edl",
        edl(
            "001  R1       V     C        00:00:10:00 00:00:12:00 00:00:00:00 00:00:02:00",
            "001  R1       A     C        00:00:10:00 00:00:12:00 00:00:00:00 00:00:02:00",
            "* FROM CLIP NAME: A_010_010",
            "* LOC: 00:00:00:12 GREEN   mind the sky",
        ),
        fps="24",
    )
    assert [(shot.code, shot.notes) for shot in read.shots] == [("A_010_010", ("mind the sky",))]


def test_a_ramp_keeps_its_frames_and_is_told(tmp_path: Path) -> None:
    event = cut(1, (10_000, 10_057), (0, 27), "A_010_010", RATE)
    read = written(tmp_path / "a.edl", edl(event, "M2   AX             040.0       00:06:56:16"), fps="24")
    assert read.shots[0].cut_frames == 27
    assert place_of(read.shots[0]).speed == Fraction(57, 27)
    assert "does not fit the speed" in remarks(read)


def test_a_dissolve_written_with_a_whole_outgoing_event(tmp_path: Path) -> None:
    read = written(
        tmp_path / "a.edl",
        edl(
            "001  R1       V     C        00:00:10:00 00:00:12:00 00:00:00:00 00:00:02:00",
            "001  R2       V     D    012 00:00:20:00 00:00:23:00 00:00:02:00 00:00:05:00",
            "* FROM CLIP NAME: A_010_010",
            "* TO CLIP NAME: A_010_020",
        ),
        fps="24",
    )
    assert [(shot.code, shot.cut_frames) for shot in read.shots] == [("A_010_010", 60), ("A_010_020", 72)]


def test_fades_and_wipes(tmp_path: Path) -> None:
    read = written(
        tmp_path / "a.edl",
        edl(
            "001  BL       V     C        00:00:00:00 00:00:00:00 00:00:00:00 00:00:00:00",
            "001  R1       V     D    012 00:00:10:00 00:00:12:00 00:00:00:00 00:00:02:00",
            "* TO CLIP NAME: A_010_010",
            "002  R1       V     C        00:00:12:00 00:00:12:00 00:00:02:00 00:00:02:00",
            "002  R2       V     W001 024 00:00:20:00 00:00:22:00 00:00:02:00 00:00:04:00",
            "* FROM CLIP NAME: A_010_010",
            "* TO CLIP NAME: A_010_020",
            "003  R2       V     C        00:00:22:00 00:00:22:00 00:00:04:00 00:00:04:00",
            "003  BL       V     D    010 00:00:00:00 00:00:01:00 00:00:04:00 00:00:05:00",
            "* FROM CLIP NAME: A_010_020",
        ),
        fps="24",
    )
    assert [(shot.code, shot.cut_frames, place_of(shot).transition) for shot in read.shots] == [
        ("A_010_010", 48 + 24, "dissolve"), ("A_010_020", 48 + 10, "wipe"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "code"),
    [("ATBP_0A1_010_FG01_v001.01000-01045.exr", "ATBP_0A1_010"), ("ATBP_0A1_010", "ATBP_0A1_010"),
     ("ATBP_0A1_010_comp_v012.mov", "ATBP_0A1_010"), ("/plates/ATBP_0A1_010_v2.mov", "ATBP_0A1_010"),
     ("ZZ100_501 (LAY3)", "ZZ100_501"), ("ZZ100_501 (LAY3) (47.5 FPS)", "ZZ100_501"), ("8-8-/01 B +", "8-8-/01 B +"),
     ("A003C012_240815_R1CX.mxf", "A003C012_240815_R1CX")],
)  # fmt: skip
def test_the_code_in_a_clips_name(tmp_path: Path, name: str, code: str) -> None:
    (shot,) = written(tmp_path / "a.edl", edl(cut(1, (0, 24), (0, 24), name, RATE)), fps="24").shots
    assert shot.code == code


def test_a_marker_names_the_shot_before_the_clip_does(tmp_path: Path) -> None:
    event = cut(1, (0, 24), (0, 24), "B040_C014_0411AW_001", RATE) + "\n*LOC: 00:00:00:12 GREEN   ROOF_08_015 sky"
    (shot,) = written(tmp_path / "a.edl", edl(event), fps="24").shots
    assert (shot.code, shot.sequence, shot.notes) == ("ROOF_08_015", "08", ("ROOF_08_015 sky",))


def test_one_vfx_id_in_pieces_is_one_shot_and_a_camera_clip_is_as_many_as_its_stretches(tmp_path: Path) -> None:
    events = [
        cut(1, (0, 24), (0, 24), "ROOF_010_010_v001", RATE),
        cut(2, (500, 524), (24, 48), "B042_C018_0412LA_001", RATE),
        cut(3, (40, 64), (48, 72), "ROOF_010_010_v001", RATE),
        cut(4, (600, 630), (72, 102), "B042_C018_0412LA_001", RATE),
        cut(5, (630, 640), (102, 112), "B042_C018_0412LA_001", RATE),
    ]
    read = written(tmp_path / "a.edl", edl(*events), fps="24")
    assert [(shot.code, shot.cut_frames) for shot in read.shots] == [
        ("ROOF_010_010", 48), ("B042_C018_0412LA_001", 24), ("B042_C018_0412LA_001_2", 40),
    ]  # fmt: skip
    first = read.shots[0]
    assert first.attributes["pieces"] == "2"
    assert (place_of(first).source_in.frame_number, place_of(first).source_out.frame_number) == (0, 64)
    assert "is in the cut more than once" in remarks(read)


def test_an_edl_in_the_order_of_its_sources_is_put_into_the_order_of_the_cut(tmp_path: Path) -> None:
    events = [cut(1, (0, 24), (48, 72), "A_010_030", RATE), cut(2, (0, 48), (0, 48), "A_010_010", RATE)]
    assert [shot.code for shot in written(tmp_path / "a.edl", edl(*events), fps="24").shots] == [
        "A_010_010",
        "A_010_030",
    ]


@settings(max_examples=60, deadline=None)
@given(
    rate=st.sampled_from(["24", "25", "23.976", "29.97"]),
    lengths=st.lists(st.integers(1, 5000), min_size=1, max_size=12),
    start=st.integers(0, 500_000),
    drops=st.booleans(),
)
def test_every_length_survives_its_timecodes(
    tmp_path_factory: pytest.TempPathFactory, rate: str, lengths: list[int], start: int, drops: bool
) -> None:
    """Frames written as timecode, drop-frame or not, are the same frames read back, and the adapter agrees."""
    fps = FrameRate.parse(rate)
    drop = drops and fps.allows_drop_frame
    at, lines = start, ["TITLE: T"]
    for number, length in enumerate(lengths, 1):
        ends = [str(Timecode(frame, fps, drop)) for frame in (at, at + length)] * 2
        lines += [
            f"{number:03d}  R{number:03d}     V     C        {' '.join(ends)}",
            f"* FROM CLIP NAME: A_{number:03d}_010",
        ]
        at += length
    path = tmp_path_factory.mktemp("edl") / "a.edl"
    read = written(path, "\n".join(lines), fps=rate)
    assert [shot.cut_frames for shot in read.shots] == lengths
    assert [place_of(shot).record_in.frame_number for shot in read.shots] == [
        start + sum(lengths[:place]) for place in range(len(lengths))
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        timeline = otio.adapters.read_from_string("\n".join(lines), "cmx_3600", rate=float(fps))
    assert [clip.duration().to_frames() for clip in timeline.find_clips()] == lengths


def test_the_adapter_agrees_where_it_is_right() -> None:
    """It reads the same events, sources and speeds; of a dissolve's outgoing side it keeps what the event line says."""
    read = by_code(sample("cut_v1.edl", fps="24"))
    timeline = otio.adapters.read_from_string((SAMPLES / "cut_v1.edl").read_text(), "cmx_3600", rate=24)
    video = next(track for track in timeline.tracks if track.name == "V")
    theirs = {clip.metadata["cmx_3600"]["reel"]: clip for clip in video.find_clips() if "cmx_3600" in clip.metadata}
    for code in ("ROOF_010_010", "ROOF_020_010", "ROOF_020_030"):
        place = place_of(read[code])
        clip = theirs[place.reel]
        assert clip.duration().to_frames() == read[code].cut_frames
        assert clip.source_range.start_time.to_frames() == place.source_in.frame_number
        speeds = [effect.time_scalar for effect in clip.effects]
        assert speeds == ([] if place.speed == 1 else [float(place.speed)])
