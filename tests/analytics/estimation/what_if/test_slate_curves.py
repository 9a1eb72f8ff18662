"""Curves of a real ledger: the scopes, what is left out, money after incentives, and what is refused."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

import shotledger
from analytics.costing.reckoned_costs import By, cost_by, reckon_costs
from analytics.estimation.what_if.share_curves import Measure, Scope, ShareCurves
from analytics.estimation.what_if.slate_curves import share_curves, share_curves_by_territory
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import slate_shots
from analytics.vocabulary.errors import InputRefused


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    path = tmp_path_factory.mktemp("what_if") / "catalog.duckdb"
    made = CliRunner().invoke(shotledger.app, ["demo-catalog", "--shots", "500", "--ledger", str(path)])
    assert made.exit_code == 0, made.output
    return Ledger.open(path)


@pytest.fixture(scope="module")
def curves(ledger: Ledger) -> Mapping[Scope, ShareCurves]:
    return share_curves_by_territory(ledger)


def test_scopes_hold_the_shots_they_say(ledger: Ledger, curves: Mapping[Scope, ShareCurves]) -> None:
    shots = slate_shots(ledger)
    waiting = shots[shots["arm"].isna() & (shots["status"] == "open") & shots["people_hours"].isna()]
    assert curves[Scope.REMAINING].n_shots == len(waiting)
    slate = curves[Scope.SLATE]
    begun = shots[
        shots["arm"].isin(["ai", "traditional"]) & (shots["status"] != "omitted") & shots["people_hours"].notna()
    ]
    begun = begun[~begun["enabled"].astype(bool) & ~begun["made_both_ways"].astype(bool)]
    assert slate.n_shots == len(begun)
    assert slate.left_out["omitted: sunk cost"] == (shots["status"] == "omitted").sum()
    assert slate.is_synthetic


def test_really_cost_is_what_the_ledger_says(ledger: Ledger, curves: Mapping[Scope, ShareCurves]) -> None:
    slate = curves[Scope.SLATE]
    shots = slate_shots(ledger)
    used = set(shots["shot_id"][~shots["enabled"].astype(bool) & ~shots["made_both_ways"].astype(bool)])
    used -= set(shots["shot_id"][~(shots["people_hours"] > 0)])
    used -= set(shots["shot_id"][(shots["status"] == "omitted") | ~shots["arm"].isin(["ai", "traditional"])])
    rows = cost_by(ledger, reckon_costs(ledger), By.SHOT, slate.currency)
    expected = sum(row.cost for row in rows if row.shot_id in used and row.cost is not None)
    assert slate.really_cost is not None
    assert abs(slate.really_cost - expected) <= 1


def test_territories_make_costs_net(curves: Mapping[Scope, ShareCurves]) -> None:
    for each in curves.values():
        assert each.is_net
        assert any("Nobody has chosen incentives" in note for note in each.plan_notes)
        for kind in each.kinds:
            assert (kind.takes[Measure.NET] < kind.takes[Measure.GROSS]).all()


def test_without_a_plan_costs_are_gross(ledger: Ledger) -> None:
    assert not share_curves(ledger)[Scope.SLATE].is_net


def test_too_few_finished_shots_are_refused_in_words(tmp_path: Path, ledger: Ledger) -> None:
    empty = Ledger.open(tmp_path / "empty.duckdb")
    with pytest.raises(InputRefused, match="holds 0 finished AI shots and 0 traditional ones"):
        share_curves_by_territory(empty)
    copy = tmp_path / "copy.duckdb"
    shutil.copy(ledger.path, copy)
    with pytest.raises(InputRefused, match="is no production"):
        share_curves(Ledger.open(copy), productions=["nowhere"])
