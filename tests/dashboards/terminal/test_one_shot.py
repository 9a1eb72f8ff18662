"""The terminal's screens: nothing cut off, nothing told by colour alone, no ratio without its n."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from rich.console import Console, RenderableType

from analytics.comparison.clock_ratios import clock_ratios
from analytics.comparison.figures import (
    DepartmentFigures,
    LeftOut,
    RenderSetup,
    ShotComparison,
    Spread,
    StageFigures,
    WorkflowFigures,
)
from analytics.comparison.quality_figures import QualityFigures
from analytics.comparison.review_results import ReviewResults
from analytics.comparison.sentences import quality_words, ratio_words, short_quality_words, what_this_does_not_show
from analytics.comparison.training_cost import BreakEven, TrainingCost
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.money import Money
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.quality_score import Metric
from analytics.vocabulary.workflow import Workflow
from dashboards.terminal.one_shot import bar, check_table, comparison_screen, doctor_table, renders_table, shots_table


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def printed(renderable: RenderableType, width: int = 100, colour: bool = False) -> str:
    console = Console(file=StringIO(), width=width, force_terminal=colour, color_system="truecolor" if colour else None)
    console.print(renderable)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def side(workflow: Workflow, seconds: float, machine_cost: str, hours: float, people_cost: str) -> WorkflowFigures:
    stage = "denoise" if workflow is Workflow.AI else "render"
    return WorkflowFigures(
        workflow=workflow,
        ok_count=2,
        failed_count=1,
        interrupted_count=0,
        unclocked_count=0,
        machines=("8 x Invented 9000",),
        engines=("an engine 4.5",),
        models=("collapse-small",) if workflow is Workflow.AI else (),
        seeds=(7,),
        fact_origins=(Origin.MEASURED,),
        stages=(
            StageFigures("load", Spread(1.5, 1.0, 2.0, 2), usd("0.0000004")),
            StageFigures(stage, Spread(seconds, seconds - 1, seconds + 1, 2), usd(machine_cost)),
        ),
        machine_seconds=Spread(seconds, seconds - 1, seconds + 1, 2),
        load_seconds=Spread(1.5, 1.0, 2.0, 2),
        energy_joules=Spread(1234.0, 1200.0, 1300.0, 2),
        energy_origins=(Origin.ASSUMED,),
        departments=(DepartmentFigures("comp", hours, (Origin.ASSUMED,), ("a template",), usd(people_cost)),),
        people_hours=hours,
        machine_cost=usd(machine_cost),
        machine_spent=usd(machine_cost),
        people_cost=usd(people_cost),
        billed_cost=usd("0"),
        all_in_cost=usd(machine_cost) + usd(people_cost),
        cost_by_origin={Origin.MEASURED: usd(machine_cost), Origin.ASSUMED: usd(people_cost)},
        cost_lines=(),
        folder="/renders/one",
        movie="movie.mp4",
    )


@pytest.fixture
def comparison() -> ShotComparison:
    """A tenth of the machine time and people's hours, the very figure that must not become a headline."""
    ai = side(Workflow.AI, 20.0, "0.0123", 16.0, "1760.00")
    traditional = side(Workflow.TRADITIONAL, 200.0, "0.1234", 160.0, "17600.00")
    return ShotComparison(
        shot_id="test_shots/building_collapse",
        shot_code="building_collapse",
        shot_frame_count=48,
        setup=RenderSetup("draft", FrameSize(256, 144), FrameRange(1001, 1048)),
        both_rendered=True,
        rate_card_id="default-2026-8abbeaba",
        currency="USD",
        ai=ai,
        traditional=traditional,
        ratios=clock_ratios(ai, traditional, "USD"),
        quality_is_measured=False,
        quality_evidence="not measured yet",
        left_out=(LeftOut("1 AI render", "run as a warm-up, not for the shot"),),
        missing_rates=(),
    )


def test_the_screen_holds_every_figure_beside_its_unit_and_origin(comparison: ShotComparison) -> None:
    screen = printed(comparison_screen(comparison))
    for shown in (
        "building_collapse  draft, 256x144, frames 1001-1048  ·  n = 1 shot",
        "● AI  2 usable renders, 1 failed",
        "Prices by default-2026-8abbeaba in USD",
        "Left out: 1 AI render: run as a warm-up, not for the shot.",
        "20.0 (19.0–21.0)",
        "200 (199–201)",
        "1,234 J",
        "160.0 hours",
        "AI took less: 0.1 of it (1 shot, assumed)",
        "not measured: needs turnover and final dates",
        "over 99.9 %",
        "17,600.12 USD",
    ):
        assert shown in screen
    assert "<0.001" in screen, "a cost too small for the column is not nothing"
    assert " 0.000 " not in screen


@pytest.mark.parametrize("width", [80, 100, 200])
def test_nothing_is_cut_off_at_any_width(comparison: ShotComparison, width: int) -> None:
    screen = printed(comparison_screen(comparison), width)
    assert all(len(line) <= min(width, 100) for line in screen.splitlines())
    assert "…" not in screen
    for shown in ("0.012", "0.123", "1,760.00", "17,600.00", "199–201", "160.0"):
        assert shown in screen
    unwrapped = re.sub(r"[│\s]+", " ", screen)
    for limit in what_this_does_not_show(comparison):
        assert limit in unwrapped


def test_no_ratio_stands_without_what_it_rests_on(comparison: ShotComparison) -> None:
    screen = printed(comparison_screen(comparison))
    assert screen.count("of it (1 shot") == 4
    assert not re.search(r"\b10(\.0)? ?(x|×|times)|faster", screen)


def test_workflows_are_told_apart_without_colour_and_never_by_green_or_red(comparison: ShotComparison) -> None:
    piped = printed(comparison_screen(comparison))
    assert "\x1b" not in piped
    assert piped.count("● AI") == piped.count("◆ Traditional") == 4
    coloured = printed(comparison_screen(comparison), colour=True)
    colours = {tuple(map(int, found)) for found in re.findall(r"38;2;(\d+);(\d+);(\d+)", coloured)}
    assert len(colours) == 2
    assert any(blue > red for red, _, blue in colours), "AI is blue"
    assert any(red > blue and green > blue for red, green, blue in colours), (
        "traditional is ochre, neither red nor green"
    )


def test_a_side_without_renders_or_rates_is_said_not_drawn_as_zero(comparison: ShotComparison) -> None:
    nothing = replace(
        comparison.ai,
        ok_count=0,
        failed_count=0,
        stages=(),
        machine_seconds=None,
        load_seconds=None,
        energy_joules=None,
        departments=(),
        people_hours=None,
        machine_cost=None,
        people_cost=None,
        all_in_cost=None,
        cost_by_origin={},
    )
    empty = replace(comparison, ai=nothing, ratios=clock_ratios(nothing, comparison.traditional, "USD"))
    screen = printed(comparison_screen(empty))
    assert "no usable render of both" in screen
    assert "unknown" in screen
    assert "AI took" not in screen


def test_bars_share_one_scale_and_a_little_is_not_nothing() -> None:
    assert bar(10, 10, 8) == "█" * 8
    assert bar(5, 10, 8) == "█" * 4
    assert bar(0.001, 10, 8) == "▏"
    assert bar(0, 10, 8) == bar(0, 0, 8) == ""


def render_row(**changed: Any) -> dict[str, Any]:
    return {
        "render_id": "building_collapse-ai-20261120T100000-a1b2c3",
        "shot_id": "test_shots/building_collapse",
        "shot_code": "building_collapse",
        "workflow": "ai",
        "purpose": "shot",
        "quality": "draft",
        "width": 256,
        "height": 144,
        "first_frame": 1001,
        "last_frame": 1048,
        "started_at": datetime(2026, 11, 20, 10, 0, tzinfo=UTC),
        "wall_seconds": 1234.56,
        "outcome": "ok",
    } | changed


@pytest.mark.parametrize("width", [80, 100])
def test_renders_can_be_copied_by_their_id_from_the_list(width: int) -> None:
    long_id = "building_collapse-traditional-20261120T100000-a1b2c3"
    unknown = {"quality": None, "width": None, "first_frame": None, "started_at": None, "shot_code": None}
    rows = [render_row(), render_row(render_id=long_id, workflow="traditional", purpose="warm_up"),
            render_row(render_id="imported", **unknown)]  # fmt: skip
    listed = printed(renders_table(rows), width)
    assert "building_collapse-ai-20261120T100000-a1b2c3" in listed
    assert long_id in listed
    assert "● AI  draft, 256x144, 1001-1048" in listed
    assert "◆ Traditional  draft, 256x144, 1001-1048, warm-up" in listed
    assert "● AI  setup not recorded" in listed
    assert "1,234.6 s" in listed
    assert "…" not in listed


def test_shots_are_listed_with_the_size_of_each_quality() -> None:
    shot = {"code": "building_collapse", "name": "Building collapse", "kind": "destruction", "frames": "1001-1048",
            "fps": "24", "qualities": {"draft": "256x144", "final": "1280x720"}}  # fmt: skip
    listed = printed(shots_table([shot]))
    assert "draft 256x144, final 1280x720" in listed


@dataclass(frozen=True)
class Found:
    """Like a finding of the doctor and of the check."""

    part: str = "Streamlit"
    state: str = "missing"
    detail: str = "not installed"
    mend: str = 'run: pip install "shotledger[dashboard]"'
    severity: str = "problem"
    sentence: str = "3 stages belong to no render"


def test_what_to_type_is_shown_as_it_must_be_typed() -> None:
    assert 'pip install "shotledger[dashboard]"' in printed(doctor_table([Found()]))
    assert 'pip install "shotledger[dashboard]"' in printed(check_table([Found()]))


def test_a_check_names_problems_first_and_says_when_there_is_none() -> None:
    listed = printed(check_table([Found(severity="notice", sentence="a manifest is new"), Found()]))
    assert listed.index("3 stages belong to no render") < listed.index("a manifest is new")
    assert "in order" in printed(check_table([]))


@pytest.fixture
def judged(comparison: ShotComparison) -> ShotComparison:
    """The same with scores of two renders, a few blind reviews, and a known training."""
    quality = QualityFigures(
        {Metric.PSNR: Spread(27.12, 26.0, 28.2, 2), Metric.FLICKER_RATIO: Spread(1.04, 1.0, 1.1, 2)},
        2, 0, "1", (Origin.MEASURED,), "collapse-ai-0002", {Metric.PSNR: (27.0, 28.0)},
    )  # fmt: skip
    reviews = ReviewResults(
        3, 5, 1, 0.375, 0.137, 0.694, {Workflow.AI: 3.2, Workflow.TRADITIONAL: 4.1}, 3, (Origin.MEASURED,), ()
    )
    training = TrainingCost(
        ("finisher-3",), ("NVIDIA H100",), 3600.0, 231, 1500.0, usd("2.75"), 900_000.0, (Origin.MEASURED,),
        (Origin.ASSUMED,), usd("0.1111"), -20.0, BreakEven(25), BreakEven(None, "never: AI saves no machine energy"),
    )  # fmt: skip
    return replace(
        comparison,
        ratios=clock_ratios(comparison.ai, comparison.traditional, "USD", short_quality_words(quality)),
        quality_is_measured=True,
        quality_evidence=quality_words(quality),
        quality_scores=quality,
        reviews=reviews,
        training=training,
    )


@pytest.mark.parametrize("width", [80, 100])
def test_quality_reviews_and_training_stand_beside_the_ratios(judged: ShotComparison, width: int) -> None:
    screen = printed(comparison_screen(judged), width)
    assert all(len(line) <= width for line in screen.splitlines())
    unwrapped = re.sub(r"[│\s]+", " ", screen)
    for shown in (
        "against its traditional twin, median of 2 renders, measured",
        "27.12 (26.00–28.20) dB",
        "LPIPS not measured",
        "Quality PSNR 27.1 dB the reference",
        "AI preferred in 3 of 8, 38 % (95 % interval 14 to 69 %), 1 preferred neither",
        "9 blind reviews by 3 people",
        "Training, once 2.75 USD – paid back after 25 shots",
        "250.0 Wh – never: AI saves no machine energy",
    ):
        assert shown in unwrapped
    assert screen.index("Quality ") < screen.index("AI took less")
    assert "Nobody has judged" not in screen
    assert "is not spread over its shots" not in screen


def test_a_screen_without_scores_says_so_where_the_ratios_are(comparison: ShotComparison) -> None:
    screen = printed(comparison_screen(comparison))
    clocks = screen[screen.index("Clocks and costs") :]
    assert clocks.index("not measured") < clocks.index("AI took less")
    assert "shotledger quality building_collapse" in screen
    assert "Nobody has judged" in screen


def test_every_ratio_outside_the_table_carries_its_quality(judged: ShotComparison) -> None:
    formed = [ratio for ratio in judged.ratios if ratio.ratio is not None]
    assert len(formed) == 4
    assert all(ratio_words(ratio).endswith("PSNR 27.1 dB)") for ratio in formed)
