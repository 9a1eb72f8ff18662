import csv
import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from pathlib import Path

import opentimelineio as otio
import pytest

from analytics.bidding.documents.account_chart import account_chart
from analytics.bidding.documents.cell_text import csv_text
from analytics.bidding.documents.handing_out import write_bid
from analytics.bidding.documents.line_csv import bid_csv
from analytics.bidding.documents.timeline import bid_otio
from analytics.vocabulary.bid import LineKind
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import CutPlace, ListedShot, ShotList
from analytics.vocabulary.timecode import Timecode
from tests.analytics.bidding.making_bids import making_bid

RATE = FrameRate.parse("24")


def test_lines_in_csv_add_up_to_the_gross_and_have_accounts() -> None:
    bid = making_bid(20)
    rows = list(csv.DictReader(StringIO(bid_csv(bid))))
    assert len(rows) == len(bid.lines)
    assert sum(Decimal(row["amount"]) for row in rows) == bid.totals.gross
    assert all(row["account_code"] for row in rows)
    assert {row["currency"] for row in rows} == {"CAD"}


def test_a_line_without_account_or_price_gets_the_charts_code_and_an_empty_amount() -> None:
    bid = making_bid(5, unpriced=["comp"])
    bid = replace(bid, lines=tuple(replace(line, account_code="") for line in bid.lines))
    rows = [row for row in csv.DictReader(StringIO(bid_csv(bid))) if row["department"] == "comp"]
    assert {(row["account_code"], row["unit_price"], row["amount"]) for row in rows} == {("5330", "", "")}


@pytest.mark.parametrize("code", ['=HYPERLINK("http://example.org")', "+1", "@SUM(1)", "-2", "\t=1", "\r=1", " =1"])
def test_a_name_that_would_run_is_kept_text_in_csv(code: str) -> None:
    rows = list(csv.DictReader(StringIO(bid_csv(making_bid(1, codes=[code])), newline="")))
    assert rows[0]["shot_code"] == f"'{code}"
    assert csv_text("A_010") == "A_010"


def test_the_chart_knows_departments_and_kinds_and_names_every_mistake(tmp_path: Path) -> None:
    chart = account_chart()
    assert chart.code_of(LineKind.PEOPLE, "comp") == "5330"
    assert chart.code_of(LineKind.PEOPLE, "a department of our own") == chart.code_of(LineKind.PEOPLE, None) == "5310"
    assert chart.code_of(LineKind.LICENCE, "comp") == "5360"
    wrong = tmp_path / "chart.toml"
    wrong.write_text('name = "x"\nsource = "me"\n[kind]\npeople = "5310"\nmargn = "1"\n[people]\ncomp = 5330\n')
    with pytest.raises(InputRefused) as refused:
        account_chart(wrong)
    places = " ".join(problem.place for problem in refused.value.problems)
    assert all(each in places for each in ("kind.margn", "kind.margin", "kind.overhead", "people.comp"))


def cut(**changes: object) -> ShotList:
    """Two shots in a cut that begins at one hour, with a gap of a second between them, and one that is listed apart."""

    def at(frame: int) -> Timecode:
        return Timecode(frame, RATE)

    first = CutPlace("A001", at(1000), at(1048), at(86400), at(86448))
    second = CutPlace("A002", at(2000), at(2096), at(86472), at(86520), speed=Fraction(2))
    return ShotList(
        "cut.edl", "edl", "00", RATE,
        (
            ListedShot("line 1", "S1", 48, cut_place=first),
            ListedShot("line 2", "S2", 48, cut_place=second),
            ListedShot("line 3", "S3", 24),
        ),
    )  # fmt: skip


def test_clips_stand_where_the_cut_has_them_and_carry_their_bid(tmp_path: Path) -> None:
    bid = making_bid(3, codes=("S1", "S2", "S3"))
    path = tmp_path / "bid.otio"
    write_bid(bid, path, cut())
    timeline = otio.adapters.read_from_file(str(path))
    assert timeline.global_start_time == otio.opentime.RationalTime(86400, 24)
    track = timeline.video_tracks()[0]
    assert [type(item).__name__ for item in track] == ["Clip", "Gap", "Clip", "Clip"]
    starts = [track.range_of_child(item).start_time.value for item in track]
    assert starts == [0, 48, 72, 120]
    assert track[2].source_range.start_time.value == 2000
    assert track[2].effects[0].time_scalar == 2.0
    told = track[0].metadata["shotledger"]
    shot = bid.shots[0]
    assert shot.cost is not None
    assert (told["bid_id"], told["version_number"], told["workflow"]) == (bid.bid_id, 3, shot.workflow.value)
    assert told["cost"]["p90"] == str(shot.cost.p90)
    assert told["people_hours"]["p10"] == shot.people_hours.p10
    assert timeline.metadata["shotledger"]["gross"] == str(bid.totals.gross)


def test_shots_of_no_cut_stand_end_to_end_and_missing_prices_are_none() -> None:
    bid = making_bid(4, unpriced=["comp"])
    timeline = bid_otio(bid)
    track = timeline.video_tracks()[0]
    assert [clip.duration().value for clip in track] == [shot.cut_frames for shot in bid.shots]
    assert track[0].metadata["shotledger"]["cost"] is None
    assert "gross" not in timeline.metadata["shotledger"]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".otio", ".json"])
def test_each_form_is_written_whole_or_not_at_all(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"bid{suffix}"
    path.write_text("an older one")
    write_bid(making_bid(2), path)
    assert path.stat().st_size > 500
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    if suffix == ".json":
        assert json.loads(path.read_text())["currency"] == "CAD"


@pytest.mark.parametrize(("name", "says"), [("bid.pdf", ".xlsx"), ("nowhere/bid.csv", "folder"), ("bid", ".otio")])
def test_what_cannot_be_written_is_told_before(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(InputRefused, match=says):
        write_bid(making_bid(1), tmp_path / name)
    assert not list(tmp_path.iterdir())
