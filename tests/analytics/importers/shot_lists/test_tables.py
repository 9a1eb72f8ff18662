"""Tables of trackers, editorial tools and people become shots; what was guessed is told."""

from datetime import date
from pathlib import Path

import pytest

from analytics.importers.shot_lists.reading import read_shot_list
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow
from tests.analytics.importers.shot_lists.sample_lists import SAMPLES, remarks, sample, written


def test_a_breakdown_below_its_title_is_read_whole() -> None:
    read = sample("breakdown.csv")
    assert [(shot.code, shot.sequence, shot.cut_frames, shot.handle_frames) for shot in read.shots] == [
        ("ROOF_010_010", "010", 48, 8), ("ROOF_010_020", "010", 120, 8), ("ROOF_020_010", "020", 66, 12),
    ]  # fmt: skip
    first, second, third = read.shots
    assert (first.kind, first.complexity) == (ShotKind.DESTRUCTION, Complexity.HARD)
    assert (second.kind, second.complexity) == (ShotKind.CLEANUP, Complexity.EASY)
    assert (second.workflow, second.ai_allowed) == (Workflow.TRADITIONAL, False)
    assert (third.workflow, third.ai_allowed, third.due_on) == (Workflow.AI, True, date(2026, 12, 31))
    assert second.due_on == date(2026, 12, 2)
    assert first.work_frames == 64
    assert first.attributes == {"Plates": "2"}
    assert first.place == "breakdown.csv, line 4, VFX ID"
    told = remarks(read)
    assert "Cost USD" in told
    assert "A is hard, B is medium, C is easy" in told
    assert "'Total'" in told
    assert "12000" not in str(read.shots)


def test_titles_are_left_out_but_a_shot_without_a_length_is_asked_for(tmp_path: Path) -> None:
    listed = "shot,scene,frames,type\nScene 12,,,\nThe roof comes down,,,\nSH 010,12,48,fx\nSubtotal,,48,\nSH 020,,,\n"
    with pytest.raises(InputRefused) as refused:
        written(tmp_path / "a.csv", listed)
    assert [problem.place for problem in refused.value.problems] == ["a.csv, line 6, frames"]
    read = written(tmp_path / "b.csv", listed.replace("SH 020,,,", "SH 020,,50,"))
    assert [shot.code for shot in read.shots] == ["SH 010", "SH 020"]
    assert "Scene 12, The roof comes down, Subtotal" in remarks(read)


def test_a_tracker_that_numbers_shots_anew_in_each_sequence() -> None:
    read = sample("kitsu_export.csv", handles=8)
    assert read.fps == FrameRate.parse(25)
    assert [shot.code for shot in read.shots] == ["E01_SQ01_SH0010", "E01_SQ01_SH0020", "E01_SQ02_SH0010"]
    assert [shot.work_frames for shot in read.shots] == [64, 66, 112]
    assert read.shots[0].attributes["episode"] == "E01"
    assert "every shot was named with its sequence" in remarks(read)


def test_handles_follow_from_head_in_and_tail_out_and_omitted_shots_stay_out() -> None:
    read = sample("flow_export.csv")
    assert [(shot.code, shot.cut_frames, shot.handle_frames) for shot in read.shots] == [
        ("roof_010_0010", 48, 8), ("roof_010_0030", 98, 8),
    ]  # fmt: skip
    assert "roof_010_0020" in remarks(read)


def test_an_editorial_turnover_keeps_the_frames_of_its_sources() -> None:
    read = sample("turnover_export.txt", fps="24")
    first, second = read.shots
    assert (first.cut_frames, first.handle_frames, second.cut_frames) == (238, 10, 248)
    place = first.cut_place
    assert place is not None
    assert (place.reel, str(place.source_in), str(place.source_out)) == ("B040C014", "18:51:50:23", "18:52:00:21")
    assert second.cut_place is not None
    assert second.cut_place.record_in.frame_number == 238
    assert "shorter by one frame in every row" in remarks(read)


def test_lengths_in_seconds_and_timecode_become_frames_at_the_given_rate() -> None:
    read = sample("seconds.csv", fps="24")
    assert [shot.cut_frames for shot in read.shots] == [84, 54, 96]
    assert [shot.complexity for shot in read.shots] == [Complexity.EASY, Complexity.HARD, Complexity.HERO]
    assert [shot.ai_allowed for shot in read.shots] == [False, True, None]
    assert sample("seconds.csv", fps="25").shots[0].cut_frames == 88


@pytest.mark.parametrize(
    ("length", "frames"),
    [("48", 48), ("48.0", 48), ("1,048", 1048), ("48 f", 48), ("48 frames", 48), ("3.5 s", 84), ("2 sec", 48),
     ("00:00:03:12", 84), ("0:00:03:12", 84), ("4+08", 72)],
)  # fmt: skip
def test_lengths_as_people_write_them(tmp_path: Path, length: str, frames: int) -> None:
    read = written(tmp_path / "one.csv", f'code;cut_frames\nA_010;"{length}"\n', fps="24")
    assert read.shots[0].cut_frames == frames


@pytest.mark.parametrize("length", ["3:12", "12.5", "fourty", "1.048.000", "1e3", "99999999", "4+16", "½"])
def test_lengths_that_may_mean_anything_are_refused(tmp_path: Path, length: str) -> None:
    with pytest.raises(InputRefused, match="line 2, cut_frames"):
        written(tmp_path / "one.csv", f"code,cut_frames\nA_010,{length}\n", fps="24")


@pytest.mark.parametrize("numbers", ["3.5\n4\n60", "4\n2\n6"])
def test_a_duration_that_may_be_seconds_or_frames_is_asked_for(tmp_path: Path, numbers: str) -> None:
    rows = "\n".join(f"A_{place}10,{number}" for place, number in enumerate(numbers.split("\n")))
    with pytest.raises(InputRefused, match="may be seconds or frames"):
        written(tmp_path / "durations.csv", f"shot,duration\n{rows}\n")


def test_a_duration_of_whole_shots_is_frames_and_that_is_told(tmp_path: Path) -> None:
    read = written(tmp_path / "durations.csv", "shot,duration\nA_010,48\nA_020,96\n")
    assert [shot.cut_frames for shot in read.shots] == [48, 96]
    assert "its numbers were read as frames" in remarks(read)


def test_the_last_frame_counts_or_not_but_alike_in_every_row(tmp_path: Path) -> None:
    exclusive = "code,cut_frames,cut_in,cut_out\nA_010,48,1001,1049\nA_020,50,1001,1051\n"
    assert [shot.cut_frames for shot in written(tmp_path / "a.csv", exclusive).shots] == [48, 50]
    with pytest.raises(InputRefused, match="line 2, cut_out = '49 frames'"):
        written(tmp_path / "b.csv", exclusive.replace("1051", "1050"))


def test_lengths_with_handles_need_the_handles(tmp_path: Path) -> None:
    listed = "shot,Frame Count Duration (incl. handles)\nA_010,68\n"
    with pytest.raises(InputRefused, match="does not say how long they are"):
        written(tmp_path / "a.csv", listed)
    assert written(tmp_path / "b.csv", listed, handles=10).shots[0].cut_frames == 48


def test_unknown_words_are_kept_and_told_once(tmp_path: Path) -> None:
    rows = "".join(f"A_{number}0,48,Dragons,very shiny\n" for number in range(10, 30))
    read = written(tmp_path / "words.csv", f"code,cut_frames,type,complexity\n{rows}A_990,48,CG dragon creature,hero\n")
    assert read.shots[0].kind is ShotKind.OTHER
    assert read.shots[0].complexity is None
    assert read.shots[0].attributes == {"type": "Dragons", "complexity": "very shiny"}
    assert read.shots[-1].kind is ShotKind.CREATURE
    assert sum("Dragons" in str(remark) for remark in read.remarks) == 1
    assert "line 2, line 3, line 4 and 17 more" in remarks(read)


@pytest.mark.parametrize(
    ("words", "kind"),
    [("DMP", "set_extension"), ("wire removal", "cleanup"), ("Roto/Paint", "cleanup"), ("FX sim", "destruction"),
     ("De-Aging", "de_age"), ("digi double", "creature"), ("screen insert", "other"), ("Heavy rain, crowd", "weather"),
     ("postvis", "previs"), ("crowd tiling", "crowd")],
)  # fmt: skip
def test_kinds_in_the_words_of_the_trade(tmp_path: Path, words: str, kind: str) -> None:
    assert written(tmp_path / "k.csv", f'code,cut_frames,category\nA_010,48,"{words}"\n').shots[0].kind == kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = ["code,cut_frames,description", "ROOF_010,48,Café – roof", "ROOF_020,50,rue"]
    read = written(tmp_path / "list.csv", "\r\n".join(lines).replace(",", delimiter).encode(encoding))
    assert [shot.description for shot in read.shots] == ["Café – roof", "rue"]
    assert ("Windows-1252" in remarks(read)) is (encoding == "cp1252")


def test_sizes_and_days_are_read(tmp_path: Path) -> None:
    read = written(
        tmp_path / "s.csv", "code,frames,resolution,turnover\nA_010,48,3840 x 2160,2026-03-04\nA_020,48,UHD,\n"
    )
    assert [(shot.width, shot.height) for shot in read.shots] == [(3840, 2160), (3840, 2160)]
    assert read.shots[0].turnover_on == date(2026, 3, 4)


def test_a_file_is_what_it_holds_whatever_it_is_called(tmp_path: Path) -> None:
    read = written(tmp_path / "cut.txt", (SAMPLES / "cut_v1.edl").read_bytes(), fps="24")
    assert read.format == "edl"
    (tmp_path / "cut.xlsx").write_bytes((SAMPLES / "breakdown.csv").read_bytes())
    with pytest.raises(InputRefused, match="is no workbook"):
        read_shot_list(tmp_path / "cut.xlsx")


def test_the_state_of_the_file_is_kept() -> None:
    import hashlib

    assert sample("breakdown.csv").sha256 == hashlib.sha256((SAMPLES / "breakdown.csv").read_bytes()).hexdigest()


def test_two_columns_of_one_heading_are_told(tmp_path: Path) -> None:
    path = tmp_path / "twice.csv"
    path.write_text("code,frames,notes,Notes\nA_010,96,first,second\n", encoding="utf-8")
    told = [remark for remark in read_shot_list(path).remarks if "stands over 2 columns" in remark.why]
    assert [remark.place for remark in told] == ["twice.csv, notes"]


def test_source_at_double_speed_is_not_taken_for_handles(tmp_path: Path) -> None:
    # 56 frames of source are 28 at double speed, and would be 28 with handles of 14 too.
    path = tmp_path / "fast.csv"
    path.write_text(
        "code,cut_frames,handle_frames,speed,source_in,source_out\nA_010,28,14,2,00:00:00:00,00:00:02:08\n",
        encoding="utf-8",
    )
    (shot,) = read_shot_list(path, fps=FrameRate.parse(24)).shots
    assert shot.cut_place is not None
    assert (shot.cut_place.source_in.frame_number, shot.cut_place.source_out.frame_number) == (0, 56)
