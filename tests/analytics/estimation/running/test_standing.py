"""Shots of the ledger and of the budget, put together by their codes."""

from datetime import date
from decimal import Decimal
from typing import Any

from analytics.estimation.running.budget import BudgetedShot
from analytics.estimation.running.standing import Standing, standing_shots
from analytics.vocabulary.listed_shot import ListedShot
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow

NOTHING: dict[str, Any] = {
    "sequence": "SQ10", "kind": "crowd", "complexity": "hard", "cut_frames": 96, "handle_frames": 8, "width": 4096,
    "height": 2160, "camera_move": None, "description": None, "turnover_on": date(2026, 3, 2), "due_on": None,
    "status": "open", "closed_on": None, "workflow": None, "arm": None, "main_vendor": None, "first_fact_on": None,
    "last_fact_on": None, "people_hours": 0.0, "workflow_people_hours": 0.0, "is_synthetic": False,
}  # fmt: skip


def row(code: str, **more: Any) -> dict[str, Any]:
    return {**NOTHING, "shot_id": f"P1/{more.get('sequence', 'SQ10')}/{code}", "code": code, **more}


def budgeted(code: str, sequence: str | None = "SQ10", **more: Any) -> BudgetedShot:
    return BudgetedShot(ListedShot("", code, 48, sequence=sequence, **more), Decimal(80), Decimal(8000), {}, {})


def test_a_shot_stands_where_the_day_found_it() -> None:
    begun = {"first_fact_on": date(2026, 3, 3), "people_hours": 12.0, "workflow_people_hours": 12.0, "workflow": "ai"}
    shots = standing_shots(
        [row("010", status="final", **begun), row("020", status="omitted", **begun), row("030", **begun), row("040")],
        (),
    )
    assert [shot.standing for shot in shots] == [
        Standing.FINAL, Standing.OMITTED, Standing.IN_WORK, Standing.NOT_BEGUN,
    ]  # fmt: skip
    assert [shot.is_open for shot in shots] == [False, False, True, True]
    assert shots[2].listed.workflow is Workflow.AI
    assert shots[3].listed.workflow is None
    assert (shots[0].listed.kind, shots[0].listed.complexity) == (ShotKind.CROWD, Complexity.HARD)


def test_codes_meet_whatever_their_case_and_what_only_one_side_has_is_kept() -> None:
    shots = standing_shots(
        [row("sq10_010"), row("SQ10_020")], [budgeted("SQ10_010"), budgeted("SQ10_030")], territory="CA-BC"
    )
    assert [(shot.name, shot.shot_id is not None, shot.budget is not None) for shot in shots] == [
        ("sq10_010", True, True), ("SQ10_020", True, False), ("SQ10_030", False, True),
    ]  # fmt: skip
    assert {shot.listed.territory for shot in shots} == {"CA-BC"}


def test_a_code_of_two_sequences_is_told_apart_by_them() -> None:
    shots = standing_shots(
        [row("010", sequence="A"), row("010", sequence="B")], [budgeted("010", "B"), budgeted("010", "A")]
    )
    assert [shot.name for shot in shots] == ["A/010", "B/010"]
    for shot in shots:
        assert shot.budget is not None
        assert shot.budget.listed.sequence == shot.sequence


def test_names_are_distinct_even_where_the_ledger_repeats_itself() -> None:
    shots = standing_shots([row("010"), {**row("010"), "shot_id": "P1/twin"}], [budgeted("010")])
    assert len({shot.listed.code for shot in shots}) == 2
    assert sum(shot.budget is not None for shot in shots) == 1


def test_what_the_ledger_does_not_say_the_bid_does() -> None:
    bid = budgeted("010", workflow=Workflow.AI, due_on=date(2026, 5, 1), vendor="Mill", kind=ShotKind.CREATURE)
    (shot,) = standing_shots([row("010", kind=None)], [bid])
    assert (shot.listed.workflow, shot.due_on, shot.listed.vendor) == (Workflow.AI, date(2026, 5, 1), "Mill")
    assert shot.listed.kind is ShotKind.CREATURE
