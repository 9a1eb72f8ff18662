import subprocess
import sys

from analytics.comparison.figures import Spread, StageFigures
from analytics.vocabulary.workflow import Workflow
from dashboards.look.chart_parts import ROLES
from dashboards.look.charts import stage_bars

SHORT = (StageFigures("load", Spread.of([4.0]), None), StageFigures("denoise", Spread.of([17.0, 19.0]), None))
LONG = (
    StageFigures("simulate", Spread.of([21.0]), None),
    StageFigures("render", Spread.of([104.0]), None),
    StageFigures("encode", None, None),
)


def spec(workflow: Workflow, stages: tuple[StageFigures, ...]) -> dict:
    return stage_bars(workflow, stages, longest_seconds=125.0, row_count=2).to_dict()


def rows_and_domain(chart: dict) -> tuple[list, list]:
    bar = next(layer for layer in chart["layer"] if layer["mark"].get("type") == "bar")
    return bar["data"]["values"], bar["encoding"]["x"]["scale"]["domain"]


def test_stages_follow_one_another_and_say_their_median():
    rows, _ = rows_and_domain(spec(Workflow.AI, SHORT))
    said = [(row["from"], row["to"], row["says"], row["n"]) for row in rows]
    assert said == [(0, 4, "4.00 s", 1), (4, 22, "18.0 s", 2)]
    assert [row["is_outside"] for row in rows] == [True, False]


def test_two_charts_side_by_side_share_their_scale_and_leave_out_what_was_never_reached():
    rows, domain = rows_and_domain(spec(Workflow.TRADITIONAL, LONG))
    assert domain == rows_and_domain(spec(Workflow.AI, SHORT))[1]
    assert [row["stage"] for row in rows] == ["simulate", "render"]


def test_colour_is_a_role_that_the_theme_fills():
    chart = spec(Workflow.TRADITIONAL, LONG)
    assert chart["layer"][0]["encoding"]["color"]["scale"] == {"domain": list(ROLES)}
    assert chart["layer"][1]["encoding"]["color"] == {"datum": "Traditional"}


def test_a_page_without_charts_loads_no_chart_library():
    asked = "import sys, dashboards.look.charts; print('altair' in sys.modules, 'pandas' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "False"]


def test_a_chart_is_made_once_for_the_same_rows_and_its_reader_cannot_change_it():
    first = stage_bars(Workflow.AI, SHORT, longest_seconds=125.0, row_count=2)
    assert stage_bars(Workflow.AI, SHORT, longest_seconds=125.0, row_count=2) is first
    assert stage_bars(Workflow.AI, LONG, longest_seconds=125.0, row_count=2) is not first
    first.to_dict()["layer"].clear()
    assert first.to_dict()["layer"]
