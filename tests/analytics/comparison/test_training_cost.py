"""Training as a fact: recorded once, priced like a render, and paid back after a number of shots or never."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from analytics.comparison.sentences import what_this_does_not_show
from analytics.comparison.shot_comparison import ShotComparison, compare_shot, to_json
from analytics.comparison.training_cost import break_even
from analytics.ledger.checking import check_ledger
from analytics.ledger.training_runs import (
    read_training_runs,
    record_training_runs,
    training_runs_as_plain,
    training_runs_of,
)
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.rate_card import Rate, RateCard
from analytics.vocabulary.shipped import DATA_VARIABLE
from analytics.vocabulary.stage import StageName
from analytics.vocabulary.training_run import Footage, TrainingRun
from analytics.vocabulary.workflow import Workflow

AI, TRADITIONAL = Workflow.AI, Workflow.TRADITIONAL
REVISION = "5a" * 32
BEGAN = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def card(make_rate: Callable[..., Rate], make_card: Callable[..., RateCard]) -> RateCard:
    """36 USD an hour, so that a second of any machine is a cent."""
    return make_card(make_rate("machine:cpu", "36"), make_rate("machine:gpu", "36"), make_rate("labour", "100"))


@pytest.fixture
def run(shot: Any) -> TrainingRun:
    """1000 seconds on a GPU, 2500 more to render 40 clips on two kinds of machine: 35 USD and 350 kJ."""
    small, large = shot.machine(8), shot.machine(64)
    footage = (
        Footage(30, small, 2000.0, 120, 4000.0, 200_000.0, Origin.ASSUMED),
        Footage(10, large, 500.0, None, None, 50_000.0, Origin.ASSUMED, Origin.ASSUMED),
    )
    return TrainingRun(
        f"finisher-{shot.code}", "finisher", shot.code + REVISION, BEGAN, BEGAN + timedelta(hours=1),
        shot.machine(16, "NVIDIA H100"), 1000.0, 8_000_000, 9000.0, 990.0, 100_000.0, Origin.MEASURED, footage,
    )  # fmt: skip


def compared(shot: Any, card: RateCard, run: TrainingRun | None, ai: float, traditional: float) -> ShotComparison:
    settings = {} if run is None else {"model_revision_sha256": run.revision}
    shot.render(AI, {StageName.DENOISE: ai}, settings=settings)
    shot.render(TRADITIONAL, {StageName.RENDER: traditional})
    return compare_shot(shot.ledger, shot.shot_id, card)


def test_a_run_is_recorded_once_with_its_machines_and_footage(shot: Any, run: TrainingRun, tmp_path: Path) -> None:
    before = check_ledger(shot.ledger)  # other tests write into it too
    file = tmp_path / "training.json"
    file.write_text(json.dumps({"loss": 0.1, "training_runs": training_runs_as_plain([run])}))
    read = read_training_runs(file)
    assert read == (run,)
    assert [record_training_runs(shot.ledger, read) for _ in range(2)] == [1, 0]
    (held,) = training_runs_of(shot.ledger, [run.revision])
    assert (held.machine, held.wall_seconds, held.footage_clip_count, held.footage_wall_seconds) == (
        "NVIDIA H100", 1000.0, 40, 2500.0,
    )  # fmt: skip
    assert (held.footage_energy_joules, held.footage_origin) == (250_000.0, Origin.ASSUMED)
    assert check_ledger(shot.ledger) == before


def test_a_file_that_contradicts_itself_is_refused_whole(run: TrainingRun, tmp_path: Path) -> None:
    plain = training_runs_as_plain([run])[0]
    wrong = plain | {"ended_at": "2026-10-01T08:00:00Z", "wall_seconds": -1.0, "energy_origin": None}
    file = tmp_path / "training.json"
    file.write_text(json.dumps({"training_runs": [wrong]}))
    with pytest.raises(InputRefused) as refused:
        read_training_runs(file)
    said = "\n".join(map(str, refused.value.problems))
    assert all(words in said for words in ("before the start", "is negative", "energy_origin"))
    file.write_text("[]")
    with pytest.raises(InputRefused, match="no list of training runs"):
        read_training_runs(file)


def test_training_and_footage_are_paid_back_by_what_each_shot_saves(
    shot: Any, card: RateCard, run: TrainingRun
) -> None:
    record_training_runs(shot.ledger, [run])
    comparison = compared(shot, card, run, ai=10.0, traditional=110.0)
    training = comparison.training
    assert training is not None
    assert training.cost is not None
    assert round(training.cost.amount, 6) == 35  # 3500 seconds at a cent
    assert training.cost_break_even.shot_count == 35  # each shot saves a dollar
    # 350 kJ of training, 40 W in both renders: each shot saves 4 kJ, and 87.5 shots are 88.
    assert training.energy_break_even.shot_count == 88
    assert (training.origins, training.energy_origins) == (
        (Origin.MEASURED, Origin.ASSUMED), (Origin.MEASURED, Origin.ASSUMED),
    )  # fmt: skip
    said = to_json(comparison)
    assert float(said["training"]["cost_a_shot"]["100"]) == pytest.approx(0.35)
    assert "paid back after 35 shots" in " ".join(said["findings"])
    assert "is not spread over its shots" not in " ".join(what_this_does_not_show(comparison))
    json.dumps(said)


def test_a_model_that_saves_nothing_never_pays_its_training_back(shot: Any, card: RateCard, run: TrainingRun) -> None:
    record_training_runs(shot.ledger, [run])
    training = compared(shot, card, run, ai=110.0, traditional=10.0).training
    assert training is not None
    assert training.cost_break_even.shot_count is None
    assert str(training.cost_break_even) == "never: AI saves no machine cost on this shot"


def test_unknown_training_is_said_and_not_guessed(shot: Any, card: RateCard, run: TrainingRun) -> None:
    comparison = compared(shot, card, run, ai=10.0, traditional=110.0)
    assert comparison.training is None
    assert "Training the AI model (collapse-small) is not spread" in " ".join(what_this_does_not_show(comparison))
    record_training_runs(shot.ledger, [run])
    assert compare_shot(shot.ledger, shot.shot_id, card).training is not None
    shot.render(AI, {StageName.DENOISE: 10.0})  # by a model that names no revision
    assert compare_shot(shot.ledger, shot.shot_id, card).training is None


def test_a_record_that_ships_with_a_model_is_met_by_itself(
    shot: Any, card: RateCard, run: TrainingRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "models" / "finisher"
    folder.mkdir(parents=True)
    (folder / "training.json").write_text(json.dumps({"training_runs": training_runs_as_plain([run])}))
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    assert compared(shot, card, run, ai=10.0, traditional=110.0).training is not None
    assert len(training_runs_of(shot.ledger, [run.revision])) == 1


def test_break_even_is_the_first_whole_shot_that_reaches_it() -> None:
    assert [break_even(spent, 0.1, "cost").shot_count for spent in (0.0, 0.3, 0.31)] == [0, 3, 4]
    assert "no energy of training" in str(break_even(None, 1.0, "energy"))
    assert "both sides" in str(break_even(1.0, None, "energy"))
