"""What shots like one usually take: finished ones of its kind and complexity, without itself, of like origin."""

from decimal import Decimal

import numpy as np
import pytest

from analytics.comparison.usual_shots import FEWEST_SHOTS, Measure, Place, Usual, usual_shots
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import reckon_shots
from analytics.vocabulary.workflow import Workflow

HOURS = [1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0]


@pytest.fixture
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    ledger = Ledger.open(tmp_path_factory.mktemp("usual") / "shots.duckdb")
    rows: list[str] = []

    def shot(shot_id: str, hours: float, *, kind: str = "crowd", complexity: str = "easy", status: str = "final",
             workflow: str = "ai", origin: str = "imported", enabled: bool = False) -> None:  # fmt: skip
        rows.append(f"""INSERT INTO shots (shot_id, production_id, code, kind, complexity, cut_frames, turnover_on,
            final_on, status, enabled, origin) VALUES ('{shot_id}', 'P', '{shot_id}', '{kind}', '{complexity}', 24,
            DATE '2026-01-01', DATE '2026-01-11', '{status}', {enabled}, '{origin}')""")
        rows.append(f"""INSERT INTO work_entries (work_entry_id, shot_id, workflow, department, worked_on, people_hours,
            origin) VALUES ('{shot_id}', '{shot_id}', '{workflow}', 'comp', DATE '2026-01-02', {hours}, '{origin}')""")

    rows.append("""INSERT INTO productions (production_id, name, currency, fps_numerator, fps_denominator, origin)
        VALUES ('P', 'One', 'USD', 24, 1, 'imported')""")
    for place, hours in enumerate(HOURS):
        shot(f"alike{place}", hours)
    shot("itself", 100)
    shot("traditional", 40, workflow="traditional")
    unlike: dict[str, dict[str, object]] = {
        "harder": {"complexity": "hard"},
        "another": {"kind": "creature"},
        "open": {"status": "open"},
        "made up": {"origin": "synthetic"},
        "enabled": {"enabled": True},
    }
    for name, more in unlike.items():
        shot(name, 1000, **more)  # type: ignore[arg-type]

    def action(connection: object) -> None:
        for row in rows:
            connection.execute(row)  # type: ignore[attr-defined]

    ledger.write(action)
    reckon_shots(ledger)
    return ledger


def test_only_finished_shots_of_its_kind_and_complexity_count(ledger: Ledger) -> None:
    found = usual_shots(ledger, "itself")
    usual = found.of(Measure.PEOPLE_HOURS, Workflow.AI)
    assert usual is not None
    assert usual.shot_count == len(HOURS)
    told = [usual.lowest, usual.lower, usual.middle, usual.upper, usual.highest]
    assert [float(each) for each in told] == pytest.approx(list(np.quantile(HOURS, [0.1, 0.25, 0.5, 0.75, 0.9])))
    traditional = found.of(Measure.PEOPLE_HOURS, Workflow.TRADITIONAL)
    assert traditional is not None
    assert (traditional.shot_count, traditional.is_enough) == (1, False)
    assert found.currency is None
    assert found.of(Measure.COST, Workflow.AI) is None


def test_a_demonstration_is_held_against_demonstrations(ledger: Ledger) -> None:
    assert usual_shots(ledger, "made up").usual == {}
    both = usual_shots(ledger, "made up", with_synthetic=True).of(Measure.CALENDAR_DAYS, Workflow.AI)
    assert both is not None
    assert both.shot_count == len(HOURS) + 1


@pytest.mark.parametrize(
    ("value", "place"),
    [(1.9, Place.LOW), (2, Place.BELOW), (4, Place.MIDDLE), (5, Place.MIDDLE), (8.5, Place.ABOVE), (11, Place.HIGH)],
)
def test_where_a_value_lies(value: float, place: Place) -> None:
    usual = Usual(FEWEST_SHOTS, *(Decimal(each) for each in (2, 4, 6, 8, 10)))
    assert usual.place_of(value) is place
    few = Usual(FEWEST_SHOTS - 1, *(Decimal(each) for each in (2, 4, 6, 8, 10)))
    assert few.place_of(value) is None
