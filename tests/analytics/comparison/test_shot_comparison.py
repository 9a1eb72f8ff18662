"""One shot by both workflows: what is compared, what is left out, what it costs, and what may be said of it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from analytics.comparison.figures import Clock
from analytics.comparison.sentences import findings, ratio_words, what_this_does_not_show
from analytics.comparison.shot_comparison import compare_shot, to_json
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frames import FrameRange, FrameSize
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.rate_card import Rate, RateCard
from analytics.vocabulary.render import Outcome, Purpose
from analytics.vocabulary.stage import StageName
from analytics.vocabulary.workflow import Workflow

AI, TRADITIONAL = Workflow.AI, Workflow.TRADITIONAL
LOAD, DENOISE, RENDER = StageName.LOAD, StageName.DENOISE, StageName.RENDER


@pytest.fixture
def card(make_rate: Callable[..., Rate], make_card: Callable[..., RateCard]) -> RateCard:
    """36 USD a machine-hour, so a second is a cent; 100 USD a person's hour."""
    return make_card(make_rate("machine:cpu", "36"), make_rate("labour", "100"))


@pytest.fixture
def pair(shot: Any) -> Any:
    """Two renders a side, and the people's hours a template expects."""
    for seconds in (10.0, 30.0):
        shot.render(AI, {LOAD: 5.0, DENOISE: seconds}, work=(shot.hours(AI, "comp", 20),))
        work = (shot.hours(TRADITIONAL, "comp", 30), shot.hours(TRADITIONAL, "fx", 20))
        shot.render(TRADITIONAL, {LOAD: 1.0, RENDER: 2 * seconds}, work=work)
    return shot


def limits(comparison: Any) -> str:
    return "\n".join(what_this_does_not_show(comparison))


def test_seconds_are_the_middle_of_the_repeats_and_loading_is_apart(pair: Any, card: RateCard) -> None:
    comparison = compare_shot(pair.ledger, pair.shot_id, card)
    ai = comparison.ai
    assert ai.machine_seconds is not None
    assert ai.load_seconds is not None
    assert (ai.machine_seconds.median, ai.machine_seconds.lowest, ai.machine_seconds.highest) == (20.0, 10.0, 30.0)
    assert (ai.load_seconds.median, ai.machine_seconds.count) == (5.0, 2)
    assert [stage.name for stage in ai.stages] == ["load", "denoise"]
    machine = comparison.ratio(Clock.MACHINE)
    assert (machine.ratio, machine.n_pairs) == (0.5, 1)


def test_costs_add_up_by_stage_department_and_origin(pair: Any, card: RateCard) -> None:
    ai, traditional = compare_shot(pair.ledger, pair.shot_id, card).sides
    assert ai.machine_cost is not None
    assert round(ai.machine_cost.amount, 6) == Decimal("0.25")  # 50 seconds at a cent over two renders
    assert traditional.people_cost is not None
    assert traditional.people_cost.amount == 5000
    for side in (ai, traditional):
        assert side.machine_cost is not None
        assert side.people_cost is not None
        assert side.all_in_cost is not None
        assert sum(stage.cost.amount for stage in side.stages if stage.cost) == side.machine_cost.amount
        assert sum(work.cost.amount for work in side.departments if work.cost) == side.people_cost.amount
        assert sum(part.amount for part in side.cost_by_origin.values()) == side.all_in_cost.amount
        assert side.cost_by_origin[Origin.ASSUMED] == side.people_cost
        assert side.cost_by_origin[Origin.MEASURED] == side.machine_cost


def test_failed_renders_are_charged_to_the_usable_ones_but_not_timed(pair: Any, card: RateCard) -> None:
    before = compare_shot(pair.ledger, pair.shot_id, card).ai
    pair.render(AI, {LOAD: 100.0}, outcome=Outcome.FAILED)
    pair.render(AI, {}, outcome=Outcome.INTERRUPTED)
    comparison = compare_shot(pair.ledger, pair.shot_id, card)
    after = comparison.ai
    assert (after.ok_count, after.failed_count, after.interrupted_count, after.unclocked_count) == (2, 1, 1, 1)
    assert after.machine_seconds == before.machine_seconds
    assert after.load_seconds == before.load_seconds
    assert before.machine_cost is not None
    assert after.machine_cost is not None
    assert round(after.machine_cost.amount - before.machine_cost.amount, 6) == Decimal("0.5")
    assert "1 render ended without a recorded second" in limits(comparison)


def test_one_shot_is_never_a_bare_multiplier(pair: Any, card: RateCard) -> None:
    comparison = compare_shot(pair.ledger, pair.shot_id, card)
    assert ratio_words(comparison.ratio(Clock.MACHINE)) == "AI took less: 0.5 of it (1 shot; quality not measured)"
    assert (
        ratio_words(comparison.ratio(Clock.PEOPLE)) == "AI took less: 0.4 of it (1 shot, assumed; quality not measured)"
    )
    assert "assumed" in ratio_words(comparison.ratio(Clock.COST_ALL_IN))
    assert ratio_words(comparison.ratio(Clock.CALENDAR)) == "not measured: needs turnover and final dates"
    assert "n = 1" in limits(comparison)
    assert all(" times " not in sentence and "faster" not in sentence for sentence in findings(comparison))


def test_more_is_said_as_plainly_as_less(shot: Any, card: RateCard) -> None:
    shot.render(AI, {DENOISE: 34.0})
    shot.render(TRADITIONAL, {RENDER: 20.0})
    comparison = compare_shot(shot.ledger, shot.shot_id, card)
    assert ratio_words(comparison.ratio(Clock.MACHINE)) == "AI took more: 1.7 times it (1 shot; quality not measured)"


def test_assumed_hours_are_marked_wherever_they_go(pair: Any, card: RateCard) -> None:
    comparison = compare_shot(pair.ledger, pair.shot_id, card)
    assert comparison.ai.people_origins == (Origin.ASSUMED,)
    assert comparison.ai.departments[0].sources == ("an invented template",)
    assert Origin.ASSUMED in comparison.ratio(Clock.COST_ALL_IN).origins
    assert Origin.ASSUMED not in comparison.ratio(Clock.COST_MACHINE).origins
    assert "People-hours are assumed" in limits(comparison)


def test_imported_hours_are_not_called_assumed(shot: Any, card: RateCard) -> None:
    for workflow in (AI, TRADITIONAL):
        work = (shot.hours(workflow, "comp", 10, origin=Origin.IMPORTED),)
        shot.render(workflow, {LOAD: 1.0, RENDER: 2.0}, work=work, energy_origin=Origin.MEASURED)
    comparison = compare_shot(shot.ledger, shot.shot_id, card)
    assert ratio_words(comparison.ratio(Clock.PEOPLE)) == "AI took about the same (1 shot; quality not measured)"
    assert "assumed" not in limits(comparison)


def test_the_newest_setup_that_both_have_is_compared_and_the_rest_is_told(pair: Any, card: RateCard) -> None:
    pair.render(AI, {DENOISE: 900.0}, quality="final", size="1280x720")
    pair.render(TRADITIONAL, {RENDER: 900.0}, frames="1001-1024")
    pair.render(TRADITIONAL, {RENDER: 900.0}, quality="final", size="1280x720", outcome=Outcome.FAILED)
    pair.render(AI, {DENOISE: 900.0}, purpose=Purpose.WARM_UP)
    pair.render(Workflow.HYBRID, {DENOISE: 900.0})
    comparison = compare_shot(pair.ledger, pair.shot_id, card)
    assert str(comparison.setup) == "draft, 256x144, frames 1001-1048"
    assert (comparison.ai.ok_count, comparison.traditional.ok_count) == (2, 2)
    assert {(left_out.what, left_out.why.split(",")[0]) for left_out in comparison.left_out} == {
        ("1 AI render", "final"),
        ("1 AI render", "run as a warm-up"),
        ("1 Traditional render", "draft"),
        ("1 Traditional render", "final"),
        ("1 Hybrid render", "neither purely AI nor purely traditional"),
    }

    pair.render(TRADITIONAL, {RENDER: 900.0}, quality="final", size="1280x720")
    newest = compare_shot(pair.ledger, pair.shot_id, card)
    assert newest.setup.quality == "final"
    asked = compare_shot(pair.ledger, pair.shot_id, card, quality="draft")
    assert asked.setup == comparison.setup


def test_a_setup_can_be_asked_for_and_must_exist(pair: Any, card: RateCard) -> None:
    pair.render(AI, {DENOISE: 1.0}, size="128x72", frames="1001-1002")
    chosen = compare_shot(pair.ledger, pair.shot_id, card, size=FrameSize(128, 72), frames=FrameRange(1001, 1002))
    assert (chosen.both_rendered, chosen.ai.ok_count, chosen.traditional.ok_count) == (False, 1, 0)
    with pytest.raises(InputRefused, match=r"was never rendered at final.*draft, 256x144"):
        compare_shot(pair.ledger, pair.shot_id, card, quality="final")


def test_one_side_alone_gives_figures_but_no_ratio(shot: Any, card: RateCard) -> None:
    shot.render(TRADITIONAL, {RENDER: 10.0})
    comparison = compare_shot(shot.ledger, shot.shot_id, card)
    assert comparison.traditional.machine_seconds is not None
    assert all(ratio.ratio is None and ratio.n_pairs == 0 and ratio.why_not for ratio in comparison.ratios)
    assert "AI has no usable render" in findings(comparison)[0]
    assert (comparison.ai.people_hours, comparison.ai.all_in_cost) == (None, None)


def test_an_unknown_or_empty_shot_is_refused_with_what_to_do(shot: Any, card: RateCard) -> None:
    with pytest.raises(InputRefused, match=r"shotledger render nowhere --workflow both"):
        compare_shot(shot.ledger, "test_shots/nowhere", card)
    shot.render(AI, {DENOISE: 1.0}, purpose=Purpose.WARM_UP)
    with pytest.raises(InputRefused, match="has no render of either workflow"):
        compare_shot(shot.ledger, shot.shot_id, card)


def test_a_shot_may_be_named_by_its_code(pair: Any, card: RateCard) -> None:
    assert compare_shot(pair.ledger, pair.code, card).shot_id == pair.shot_id


def test_a_missing_rate_leaves_the_cost_open(
    pair: Any, make_rate: Callable[..., Rate], make_card: Callable[..., RateCard]
) -> None:
    comparison = compare_shot(pair.ledger, pair.shot_id, make_card(make_rate("labour", "100")))
    assert (comparison.ai.machine_cost, comparison.ai.all_in_cost) == (None, None)
    assert comparison.ai.people_cost is not None
    assert comparison.ratio(Clock.COST_MACHINE).ratio is None
    assert comparison.ratio(Clock.MACHINE).ratio == 0.5
    assert {missing.workflow for missing in comparison.missing_rates} == {AI, TRADITIONAL}
    assert "no rate for machine:cpu" in limits(comparison)


def test_another_card_changes_every_cost_and_no_fact(
    pair: Any, card: RateCard, make_rate: Callable[..., Rate], make_card: Callable[..., RateCard]
) -> None:
    first = compare_shot(pair.ledger, pair.shot_id, card)
    other = compare_shot(
        pair.ledger, pair.shot_id, make_card(make_rate("machine:cpu", "40"), make_rate("labour", "90"))
    )
    for one, another in zip(first.sides, other.sides, strict=True):
        assert (one.machine_seconds, one.load_seconds, one.energy_joules, one.people_hours) == (
            another.machine_seconds,
            another.load_seconds,
            another.energy_joules,
            another.people_hours,
        )
        assert all(a.cost != b.cost for a, b in zip(one.stages, another.stages, strict=True))
        assert all(a.cost != b.cost for a, b in zip(one.departments, another.departments, strict=True))
        assert one.all_in_cost != another.all_in_cost


def test_synthetic_rows_stay_out_while_there_are_real_ones(pair: Any, card: RateCard) -> None:
    work = (pair.hours(AI, "comp", 500, origin=Origin.SYNTHETIC, number=2),)
    pair.render(AI, {DENOISE: 999.0}, origin=Origin.SYNTHETIC, work=work)
    comparison = compare_shot(pair.ledger, pair.shot_id, card)
    assert (comparison.ai.ok_count, comparison.ai.people_hours) == (2, 20)
    assert "synthetic rows" in {left_out.what for left_out in comparison.left_out}
    asked = compare_shot(pair.ledger, pair.shot_id, card, with_synthetic=True)
    assert (asked.ai.ok_count, asked.ai.people_hours) == (3, 520)
    assert "Synthetic rows are among these figures" in limits(asked)


def test_only_limits_that_apply_are_named(shot: Any, card: RateCard) -> None:
    gpu = shot.machine(32, "NVIDIA H200")
    shot.render(AI, {DENOISE: 1.0}, hardware=gpu, frames="1001-1024", seed=1)
    shot.render(TRADITIONAL, {RENDER: 1.0}, frames="1001-1024", seed=2)
    small = limits(compare_shot(shot.ledger, shot.shot_id, card))
    for said in (
        "256x144",
        "Only 24 of the shot's 48 frames",
        "AI on NVIDIA H200",
        "Training the AI model (collapse-small)",
        "different seeds",
        "Energy is assumed",
    ):
        assert said in small
    for workflow in (AI, TRADITIONAL):
        shot.render(workflow, {RENDER: 1.0}, size="1920x1080", quality="final", energy_origin=Origin.MEASURED)
    large = limits(compare_shot(shot.ledger, shot.shot_id, card))
    for not_said in ("1920x1080", "Only ", "different", "Energy", "People-hours", "Synthetic", "without a recorded"):
        assert not_said not in large


def test_energy_is_only_known_when_every_stage_is(shot: Any, card: RateCard) -> None:
    shot.render(AI, {LOAD: 1.0, DENOISE: 2.0}, joules_per_second=50.0)
    shot.render(TRADITIONAL, {LOAD: 1.0, RENDER: 2.0}, joules_per_second=None)
    ai, traditional = compare_shot(shot.ledger, shot.shot_id, card).sides
    assert ai.energy_joules is not None
    assert ai.energy_joules.median == 150.0
    assert traditional.energy_joules is None


def test_the_newest_usable_render_is_the_one_to_look_at(shot: Any, card: RateCard) -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    newest = shot.render(AI, {DENOISE: 1.0}, started_at=now)
    shot.render(AI, {DENOISE: 1.0}, started_at=now - timedelta(days=1))
    shot.render(AI, {DENOISE: 1.0}, started_at=now + timedelta(days=1), outcome=Outcome.FAILED)
    pair = compare_shot(shot.ledger, shot.shot_id, card).newest_pair()
    assert {workflow: folder.name for workflow, folder in pair.items()} == {AI: newest}


def test_json_has_units_in_its_names_and_money_as_text(pair: Any, card: RateCard) -> None:
    plain = json.loads(json.dumps(to_json(compare_shot(pair.ledger, pair.shot_id, card))))
    ai = plain["workflows"]["ai"]
    assert plain["currency"] == "USD"
    assert ai["machine_seconds_without_load"] == {"median": 20.0, "lowest": 10.0, "highest": 30.0, "count": 2}
    assert Decimal(ai["people_cost"]) == 2000
    line = next(line for line in ai["cost_lines"] if line["fact_unit"] == "people_hours")
    assert Decimal(line["amount"]) * Decimal(line["rate"]["price"]) == Decimal(line["cost"])
    assert line["rate"]["source"]
    machine = next(ratio for ratio in plain["ratios"] if ratio["clock"] == "machine")
    assert (machine["ratio"], machine["n_pairs"], machine["words"]) == (
        0.5,
        1,
        "AI took less: 0.5 of it (1 shot; quality not measured)",
    )
    assert plain["what_this_does_not_show"]
