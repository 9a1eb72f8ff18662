"""What there is to choose from on a shot list, from a ledger of finished productions, and the bid that chooses it."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analytics.bidding.gpu_hours import gpu_hours_by_workflow
from analytics.bidding.mix_plan import MixPlan
from analytics.bidding.mix_trade_off import TradeOff, trade_off
from analytics.bidding.new_bids import new_bid
from analytics.bidding.stored_bids import bid_named, bids_listed
from analytics.demo_catalog.catalog import make_catalog
from analytics.estimation.history import bid_history
from analytics.importers.history.importing import import_history
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.workflow import Workflow
from dashboards.terminal.bid_mix_screen import alike, chosen_words, mix_screen
from dashboards.terminal.bids import bid_app
from tests.analytics.bidding.making_estimates import listed, studio_ledger
from tests.analytics.bidding.test_new_bids import LIST, ON
from tests.dashboards.terminal.test_bid_screens import lines_of

PLAN = MixPlan(
    "mine.toml", starts_on=date(2027, 1, 4), budget=Decimal(25_000), weeks_needed={Workflow.TRADITIONAL: 3},
    capacity={"comp": (60.0,), "fx": (30.0,)}, gpu_hours_per_week=(40.0,),
)  # fmt: skip
PLAN_FILE = """
starts_on = 2027-01-04
budget = "25000"
gpu_hours_per_week = 40
[capacity]
comp = 60
fx = 30
[weeks_needed]
traditional = 3
"""


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A studio of two finished productions; tests that write take names of their own."""
    folder = tmp_path_factory.mktemp("catalog")
    make_catalog(folder / "bundle", shot_count=160, seed=4)
    ledger = Ledger.open(folder / "studio.duckdb")
    import_history(ledger, folder / "bundle")
    return ledger


@pytest.fixture(scope="module")
def found(studio: Ledger) -> TradeOff:
    return trade_off(studio, LIST, production="P99", mix_plan=PLAN, on=ON, outcomes=200)


def test_no_mix_of_the_curve_is_worse_in_everything_and_the_chosen_is_one(studio: Ledger, found: TradeOff) -> None:
    assert found.chosen.answer in found.curve
    assert [each.net for each in found.curve] == sorted(each.net for each in found.curve)
    for dearer, cheaper in zip(found.curve[1:], found.curve, strict=False):
        surer = (dearer.chance_of_budget or 0) > (cheaper.chance_of_budget or 0)
        assert surer or dearer.finish_week < max(each.finish_week for each in found.curve)
    assert len(found.chosen.why) == len(LIST.shots)
    assert any("GPU hours: 0 for 1,000 frames by Traditional" in words for words in found.warnings)
    assert bids_listed(studio, "P99") == ()


def test_a_bid_by_the_same_plan_takes_the_chosen_mix_and_says_so(studio: Ledger, found: TradeOff) -> None:
    made = new_bid(studio, LIST, production="P99", mix="best", mix_plan=PLAN, on=ON, outcomes=200)
    assert tuple(shot.workflow for shot in made.shots) == found.chosen.answer.workflows
    assert tuple(shot.why_workflow for shot in made.shots) == found.chosen.why
    assert set(found.chosen.answer.words) <= set(made.warnings)
    assert any("by the plan mine.toml for the least expected cost" in said for said in made.assumptions)
    assert any(f"done by {found.chosen.answer.finish_on}" in said for said in made.assumptions)
    assert bid_named(studio, made.bid_id) == made


def test_a_plan_without_a_solver_is_refused(studio: Ledger) -> None:
    with pytest.raises(InputRefused, match=r"--mix-plan.*decides nothing with --mix current"):
        new_bid(studio, LIST, production="P99", mix_plan=PLAN, on=ON, outcomes=200)
    with pytest.raises(InputRefused, match="lists no shot"):
        trade_off(studio, replace(LIST, shots=()), production="P99")


def test_dates_that_hold_nothing_back_are_told(studio: Ledger) -> None:
    dated = replace(LIST, shots=tuple(replace(shot, due_on=date(2027, 1, 31)) for shot in LIST.shots[:4]))
    free = trade_off(studio, dated, production="P99", mix_plan=MixPlan(), on=ON, outcomes=200)
    assert any("hold nothing back" in words for words in free.warnings)
    plan = MixPlan(starts_on=date(2027, 1, 4), capacity={"comp": (1.0,)})
    tight = trade_off(studio, dated, production="P99", mix_plan=plan, on=ON, outcomes=200)
    assert not any("hold nothing back" in words for words in tight.warnings)
    assert [each.what for each in tight.chosen.answer.shortfalls] == ["comp"]
    assert tight.curve == (tight.chosen.answer,)


def test_the_command_shows_mixes_and_reasons_and_prints_them_for_machines(studio: Ledger, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(PLAN_FILE)
    (tmp_path / "list.csv").write_text(
        "sequence,code,kind,complexity,cut_frames,handle_frames,description\n"
        + "".join(f"A,[b]{n:03},{kind},medium,{60 + n},8,\n" for n, kind in enumerate(["cleanup", "crowd"] * 25))
    )

    def said(*more: str) -> str:
        done = CliRunner().invoke(
            bid_app, ["mix", str(tmp_path / "list.csv"), "--production", "P99", "--fps", "24", "--mix-plan",
                  str(tmp_path / "plan.toml"), "--outcomes", "200", "--ledger", str(studio.path), *more],
            catch_exceptions=False,
        )  # fmt: skip
        assert done.exit_code == 0
        return done.stdout

    screen = said()
    assert max(map(len, screen.splitlines())) <= 100
    for words in ("▶", "chosen", "holds the budget", "can be done by", "Why, in the chosen mix"):
        assert words in screen
    document = json.loads(said("--json"))
    assert [shot["code"] for shot in document["shots"]][:2] == ["[b]000", "[b]001"]
    assert all(shot["why"] for shot in document["shots"])
    assert document["synthetic"] is False
    (chosen,) = (row for row in document["curve"] if row["chosen"])
    assert chosen["ai_shots"] == sum(shot["workflow"] != "traditional" for shot in document["shots"])
    rows = list(csv.DictReader(io.StringIO(said("--csv"))))
    assert [row["net"] for row in rows] == [str(row["net"]) for row in document["curve"]]


def test_gpu_hours_are_those_of_past_final_shots_a_frame(tmp_path: Path) -> None:
    """Six AI shots of 100 frames held an hour each; a seventh's machine is unknown, so it tells nothing."""
    names = [f"A{n}" for n in range(7)] + [f"T{n}" for n in range(5)] + ["O"]
    shots: list[dict[str, object]] = [
        {"shot_id": name, "production_id": "P1", "code": name, "cut_frames": 84, "handle_frames": 8,
         "status": "open" if name == "O" else "final", "final_on": "" if name == "O" else "2026-03-01"}
        for name in names
    ]  # fmt: skip
    workflow = {name: "traditional" if name.startswith("T") else "ai" for name in names}
    renders: list[dict[str, object]] = [
        {"render_id": f"R{name}", "shot_id": name, "workflow": workflow[name], "wall_seconds": 4000,
         "hardware": {"A6": "", "T": "machine:cpu"}.get(name if name == "A6" else name[0], "h100"),
         "gpu_seconds": 3600 if name in names[:6] else "", "started_at": "2026-02-03T10:00:00Z"}
        for name in names
    ]  # fmt: skip
    work: list[dict[str, object]] = [
        {"work_entry_id": f"W{name}", "shot_id": name, "workflow": workflow[name], "department": "comp",
         "worked_on": "2026-02-03", "people_hours": 8}
        for name in names
    ]  # fmt: skip
    ledger = studio_ledger(tmp_path, shots=shots, renders=renders, work_entries=work)
    to_make = [listed("N", 184, handle_frames=8)]
    hours, words = gpu_hours_by_workflow(ledger, bid_history(ledger), to_make, (Workflow.AI, Workflow.TRADITIONAL))
    assert hours == {Workflow.AI: [pytest.approx(2.0)], Workflow.TRADITIONAL: [0.0]}
    assert words[0] == "GPU hours: 10 for 1,000 frames by AI, as 6 past shots held."
    nothing = studio_ledger(tmp_path / "other", shots=shots, work_entries=work)
    hours, words = gpu_hours_by_workflow(nothing, bid_history(nothing), to_make, (Workflow.AI,))
    assert hours == {}
    assert "GPU hours of AI shots are not counted: history holds 0" in words[0]


def test_a_screen_of_few_shots_tells_each(found: TradeOff) -> None:
    dear = replace(found.chosen, answer=replace(found.chosen.answer, credit=1234.0))
    assert "net of 1,234 of incentives" in chosen_words(replace(found, chosen=dear))
    assert "incentives" not in chosen_words(found)
    lines = lines_of(mix_screen(found))
    assert max(map(len, lines)) <= 100
    for shot in LIST.shots:
        assert any(line.startswith(f"{shot.code} ") for line in lines)


def test_reasons_that_differ_in_numbers_alone_are_alike() -> None:
    room = "AI would save about {} CAD, but fx has no room {} for the {} hours more that AI takes."
    one = room.format("3.1 k", "between 2027-01-04 and 2027-02-07", "12")
    other = room.format("250", "in the week of 2027-01-11", "1,112")
    assert alike(one) == alike(other) == "AI would save money, but fx has no room for the hours more that AI takes."
    assert alike(one) != alike(one.replace("fx", "comp"))
