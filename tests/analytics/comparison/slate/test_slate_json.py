"""What machines read: the names that are promised, nulls where nothing can be told, and no NaN anywhere."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from slate_cases import columns, pairs_slate

from analytics.comparison.figures import Clock
from analytics.comparison.slate.results import SLATE_CLOCKS, Estimand, Method, Population, RatioResult
from analytics.comparison.slate.slate_comparison import SlateComparison, compare_shots
from analytics.comparison.slate.slate_json import result_to_json, results_to_json, slate_to_json
from analytics.demo_catalog.parameters import SlateParameters
from analytics.demo_catalog.simulated import simulated_slate
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin

PROMISED = {
    "estimand", "population", "clock", "method", "ratio", "low", "high", "confidence", "n_ai", "n_traditional",
    "n_pairs", "n_productions", "verdict", "warnings",
}  # fmt: skip


@pytest.fixture(scope="module")
def comparison() -> SlateComparison:
    parameters = SlateParameters(production_count=4, shots_per_production=60, twin_pair_count=12)
    return compare_shots(simulated_slate(parameters, 1)[0], currency="CAD", rate_card_id="R1", notes=["priced"])


def strict(value: Any) -> Any:
    """As a reader gets it who knows no NaN and no Infinity."""
    return json.loads(json.dumps(value, allow_nan=False))


def test_every_result_has_the_fields_that_are_promised(comparison: SlateComparison) -> None:
    read = strict(results_to_json(comparison))
    # 5 clocks by 2 estimands, 2 populations and 3 methods
    keys = [(each["clock"], each["estimand"], each["population"], each["method"]) for each in read]
    assert len(set(keys)) == len(keys) == 60
    assert {clock for clock, *_ in keys} == {"machine", "people", "calendar", "cost_gross", "cost_net"}
    assert {key[1] for key in keys} == {"geometric_mean_ratio", "ratio_of_totals"}
    assert {key[2] for key in keys} == {"all", "ai"}
    assert {key[3] for key in keys} == {"naive", "paired", "adjusted"}
    for each in read:
        assert set(each) >= PROMISED
        assert isinstance(each["warnings"], list)
        assert each["verdict"] in ("ai_needs_less", "ai_needs_more", "no_difference_shown", "cannot_be_told")
        assert each["origins"] == {"synthetic": 1.0}
        if each["ratio"] is None:
            assert each["verdict"] == "cannot_be_told"
            assert each["warnings"]
        else:
            assert 0 < each["low"] <= each["ratio"]
            assert each["high"] is None or each["high"] >= each["ratio"]


def test_numbers_are_those_of_the_results(comparison: SlateComparison) -> None:
    for result, read in zip(comparison.results, strict(results_to_json(comparison)), strict=True):
        high = None if result.high == float("inf") else result.high
        assert (read["ratio"], read["low"], read["high"]) == (result.ratio, result.low, high)
        assert (read["n_ai"], read["n_traditional"], read["n_pairs"]) == (
            result.n_ai, result.n_traditional, result.n_pairs,
        )  # fmt: skip
        assert (read["confidence"], read["per"]) == (0.95, "shot")


def test_everything_at_once_is_strict_json(comparison: SlateComparison) -> None:
    read = strict(slate_to_json(comparison))
    assert (read["synthetic"], read["currency"], read["rate_card_id"], read["notes"]) == (
        True, "CAD", "R1", ["priced"],
    )  # fmt: skip
    assert list(read["clocks"]) == [clock.value for clock in SLATE_CLOCKS]
    assert read["clocks"]["people"]["pairs"]["n_pairs"] > 2
    assert read["clocks"]["people"]["learning"]["n_ai"] > 20
    assert len(read["clocks"]["people"]["productions"]["groups"]) >= 3
    assert read["clocks"]["calendar"]["median_days"]["ai"] > 0
    assert read["clocks"]["people"]["median_days"] is None
    assert [arm["arm"] for arm in read["arms"]] == ["ai", "traditional"]


def test_an_end_that_is_unbounded_is_null() -> None:
    result = RatioResult(
        Estimand.RATIO_OF_TOTALS, Population.AI, Clock.PEOPLE, Method.ADJUSTED, 0.5, 0.001, float("inf"), 0.95,
        2.0, 1.0, 8, 8, 0, 1, {Origin.IMPORTED: 1.0}, ("no upper end",),
    )  # fmt: skip
    read = strict(result_to_json(result))
    assert (read["ratio"], read["low"], read["high"], read["verdict"]) == (0.5, 0.001, None, "no_difference_shown")
    assert strict(result_to_json(replace(result, ratio=None, low=None, high=None)))["verdict"] == "cannot_be_told"


def test_two_pairs_that_disagree_have_no_upper_end() -> None:
    shots = pairs_slate(np.array([1.0, 1000.0]), np.array([100.0, 10.0]))
    (read,) = (
        each
        for each in strict(results_to_json(compare_shots(shots, [Clock.PEOPLE])))
        if (each["method"], each["estimand"], each["population"]) == ("paired", "geometric_mean_ratio", "all")
    )
    assert read["ratio"] == pytest.approx(1.0)
    assert read["high"] is None
    assert 0 <= read["low"] < 1
    assert any("no upper end" in warning for warning in read["warnings"])


@pytest.mark.parametrize(
    "slate",
    [
        columns(people_hours=[5.0], arm=["ai"]),
        columns(people_hours=[5.0, 6.0], arm=["ai", None], status=["open", "omitted"]),
        columns(people_hours=[np.nan] * 40, arm=["ai", "traditional"] * 20),
        columns(people_hours=[8.0] * 40, arm=["ai", "traditional"] * 20),
        columns(people_hours=np.arange(1.0, 25.0), arm=["ai", "traditional"] * 12, sequence=None, retake_count=2),
        columns(people_hours=np.arange(1.0, 25.0), arm=["ai"] * 12 + ["traditional"] * 12, enabled=True),
        columns(people_hours=10.0 ** np.arange(-6, 18), arm=["ai", "traditional"] * 12, sequence=list("ABC") * 8),
        columns(people_hours=np.arange(1.0, 25.0), arm=["ai", "traditional"] * 12, sequence=["A"] * 12 + ["B"] * 12),
    ],
    ids=[
        "one shot",
        "nothing final",
        "no hours",
        "all the same",
        "no sequences",
        "all enabled",
        "wild",
        "two sequences",
    ],
)
def test_odd_slates_are_strict_json_too(slate: Any) -> None:
    read = strict(slate_to_json(compare_shots(slate)))
    assert len(read["results"]) == 60
    for each in read["results"]:
        assert each["ratio"] is not None or each["warnings"]


def test_a_feature_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(InputRefused, match="is no feature of these shots") as refused:
        compare_shots(columns(people_hours=[5.0, 6.0]), [Clock.PEOPLE], further=["weather"])
    assert "camera_move" in str(refused.value)
    assert "weather" in str(refused.value)


@pytest.mark.parametrize("outcome", ["people_hours", "people_hours_ai", "arm", "status", "calendar_days"])
def test_what_became_of_a_shot_is_nothing_to_adjust_for(outcome: str) -> None:
    shots = columns(people_hours=np.arange(1.0, 41.0), arm=["ai", "traditional"] * 20, sequence=list("ABCD") * 10)
    with pytest.raises(InputRefused, match="is no feature of these shots") as refused:
        compare_shots(shots, [Clock.PEOPLE], further=[outcome])
    assert outcome not in str(refused.value).split("one of:")[1].replace(",", "").split()
