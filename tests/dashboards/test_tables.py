from datetime import UTC, date, datetime
from decimal import Decimal

from analytics.comparison.figures import WorkflowFigures
from analytics.ledger.pricing import CostKind, CostLine
from analytics.vocabulary.money import Money
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.rate_card import Rate
from analytics.vocabulary.workflow import Workflow
from dashboards.look.tables import LINES_SHOWN, RENDERS_SHOWN, cost_table, rates_used, render_table, source_list

RATE = Rate("machine:cpu", "core_hour", Decimal("0.072"), "USD", date(2026, 1, 1), None, "a <list>", Origin.ASSUMED)


def side(*lines: CostLine) -> WorkflowFigures:
    """AI figures of one usable and one failed render, with nothing priced but these lines."""
    return WorkflowFigures(
        workflow=Workflow.AI,
        ok_count=1,
        failed_count=1,
        interrupted_count=0,
        unclocked_count=0,
        machines=(),
        engines=(),
        models=(),
        seeds=(),
        fact_origins=(Origin.MEASURED,),
        stages=(),
        machine_seconds=None,
        load_seconds=None,
        energy_joules=None,
        energy_origins=(),
        departments=(),
        people_hours=None,
        machine_cost=None,
        machine_spent=None,
        people_cost=None,
        billed_cost=Money.of(0, "USD"),
        all_in_cost=None,
        cost_by_origin={},
        cost_lines=lines,
        folder=None,
        movie=None,
    )


def line(rate: Rate | None = RATE, part: str = "render") -> CostLine:
    amount = Decimal("0.5") if rate else None
    cost = Money(Decimal("0.036"), "USD") if rate else None
    return CostLine(
        CostKind.MACHINE,
        "r1",
        Workflow.AI,
        part,
        date(2026, 11, 22),
        900.0,
        "wall_seconds",
        Origin.MEASURED,
        amount,
        "machine:cpu",
        rate,
        cost,
    )


def test_each_line_shows_fact_rate_cost_and_the_number_of_its_source():
    html = cost_table(side(line()), rates_used([side(line())]), Money.of("0.036", "USD"))
    for shown in ("15 min 00 s", "0.5000 core-hours", "0.072 USD<sup> 1</sup>", "a core-hour", "0.036 USD", "r1"):
        assert shown in html


def test_a_missing_rate_leaves_cost_and_sum_open():
    html = cost_table(side(line(rate=None)), (), None)
    assert '<span class="open">no rate</span>' in html
    assert '<span class="open">unknown</span>' in html
    assert "<b>unknown</b>" in html
    assert "Machines, 2 renders" in html


def test_a_rate_is_listed_once_with_its_source_escaped():
    rates = rates_used([side(line(), line(part="load")), side(line())])
    assert rates == (RATE,)
    assert "a &lt;list&gt;" in source_list(rates)


def test_long_tables_say_what_they_leave_out():
    html = cost_table(side(*[line()] * (LINES_SHOWN + 2)), (RATE,), None)
    assert "and 2 lines more" in html
    assert html.count("data-fact=") == LINES_SHOWN


def test_renders_say_how_they_ended_and_whether_their_manifest_is_there():
    row = {
        "render_id": "r1",
        "workflow": "hybrid",
        "purpose": "warm_up",
        "outcome": "failed",
        "engine": "blender",
        "model": None,
        "quality": "draft",
        "width": 128,
        "height": 72,
        "first_frame": 1001,
        "last_frame": 1048,
        "seed": 1,
        "repeat_number": 1,
        "wall_seconds": 0.0,
        "energy_joules": None,
        "energy_origin": None,
        "folder": None,
        "started_at": datetime(2026, 11, 22, 9, tzinfo=UTC),
        "cpu_model": "CPU",
        "gpu_model": None,
    }
    html = render_table([row], {})
    for shown in ("Hybrid, warm up", "failed", "no manifest there", "not recorded", "2026-11-22 09:00 UTC"):
        assert shown in html
    assert 'href="/media/1"' in render_table([row], {"r1": "/media/1"})
    assert "and 3 older renders" in render_table([row] * (RENDERS_SHOWN + 3), {})
