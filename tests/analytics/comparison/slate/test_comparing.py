"""A ledger is compared as it was imported: real and demonstration shots, with costs, and with what is refused."""

import shutil
from pathlib import Path

import pytest

from analytics.comparison.figures import Clock
from analytics.comparison.slate.comparing import compare_slate
from analytics.comparison.slate.results import Estimand, Method, Population, Verdict
from analytics.comparison.slate.slate_json import slate_to_json
from analytics.demo_catalog.catalog import Catalog, make_catalog
from analytics.importers.history.importing import import_history
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin

EXAMPLE = Path(__file__).resolve().parents[4] / "docs" / "history-bundle-example"
SHOTS = 420
KEY = Estimand.GEOMETRIC_MEAN_RATIO, Method.ADJUSTED, Population.AI


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return make_catalog(tmp_path_factory.mktemp("catalog") / "bundle", shot_count=SHOTS, seed=5)


@pytest.fixture(scope="module")
def demo(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    ledger = Ledger.open(tmp_path_factory.mktemp("ledger") / "demo.duckdb")
    import_history(ledger, catalog.folder, Origin.SYNTHETIC)
    return ledger


@pytest.fixture
def studio(tmp_path: Path) -> Ledger:
    ledger = Ledger.open(tmp_path / "studio.duckdb")
    import_history(ledger, EXAMPLE)
    return ledger


def test_the_example_tells_nothing_and_says_why(studio: Ledger) -> None:
    found = compare_slate(studio)
    assert (found.shot_count, found.production_count, found.currency) == (2, 1, "CAD")
    assert found.origins == {Origin.IMPORTED: 1.0}
    assert not found.is_synthetic
    for result in found.results:
        assert result.verdict is Verdict.CANNOT_BE_TOLD
        assert result.warnings
    assert [arm.arm for arm in found.arms] == ["ai", "traditional"]
    assert found.arms[0].fell_back_count == 1
    assert any("--incentive" in note for note in found.notes)  # without a plan there is no net cost
    assert slate_to_json(found)["results"]


def test_the_catalog_is_compared_by_hours_and_money(demo: Ledger, catalog: Catalog) -> None:
    told: list[str] = []
    found = compare_slate(demo, [Clock.PEOPLE, Clock.COST_GROSS], said=told.append)
    assert found.is_synthetic
    assert found.origins == {Origin.SYNTHETIC: 1.0}
    assert found.shot_count == SHOTS - catalog.truth["shots_not_turned_over"] or found.shot_count == SHOTS
    assert found.rate_card_id
    assert found.currency
    for clock in found.clocks:
        result = clock.result(*KEY)
        truth = catalog.truth["clocks"][clock.clock.value]["ai"]["expected_geometric_mean_ratio"]
        assert result.ratio is not None
        assert result.log_standard_error is not None
        # Within four standard errors: an AI arm that is mixed up with the other, or hours with days, lies far beyond.
        assert abs(result.ratio / truth - 1) < 4 * result.log_standard_error
        assert {"complexity", "kind", "production"} <= set(clock.adjusted_for)
        assert clock.pairs is not None
        assert clock.pairs.n_pairs >= 3
    assert any("people" in sentence for sentence in told)


def test_one_production_by_its_name_or_id(demo: Ledger) -> None:
    rows = demo.ask_rows("production_terms")
    production = rows[0]
    by_name = compare_slate(demo, [Clock.PEOPLE], productions=[production["name"]])
    by_id = compare_slate(demo, [Clock.PEOPLE], productions=[production["production_id"]])
    assert by_name == by_id  # twice the same, to the last digit
    assert by_name.production_count == 1
    assert by_name.shot_count < compare_slate(demo, [Clock.CALENDAR]).shot_count
    assert by_name.currency is None  # no cost was asked for


def test_what_nobody_knows_is_refused_with_a_sentence(demo: Ledger, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="is no production of this ledger") as refused:
        compare_slate(demo, [Clock.PEOPLE], productions=["Salt Lime", "P99"])
    assert len(refused.value.problems) == 2
    with pytest.raises(InputRefused, match="is no feature of these shots") as refused:
        compare_slate(demo, [Clock.PEOPLE], further=["moonphase"])
    assert "moonphase" in str(refused.value)
    with pytest.raises(InputRefused, match="holds no shot to compare"):
        compare_slate(Ledger.open(tmp_path / "empty.duckdb"), [Clock.PEOPLE])


def test_columns_that_came_with_shots_are_features(tmp_path: Path) -> None:
    bundle = shutil.copytree(EXAMPLE, tmp_path / "bundle")
    lines = ["shot_id,production_id,sequence,code,kind,complexity,cut_frames,turnover_on,final_on,status,director,lens"]
    entries, assignments = ["work_entry_id,shot_id,department,worked_on,people_hours"], ["shot_id,workflow,started_on"]
    for number in range(40):
        director, arm = ("Ana", "Bo")[number // 2 % 2], ("ai", "traditional")[number % 2]
        hours = (4 if arm == "ai" else 8) * (3 if director == "Ana" else 1) + number % 5
        lines.append(f"S{number},P1,SQ{number % 8},C{number},weather,easy,{48 + number},2026-02-0{number % 7 + 1},"
                     f"2026-03-01,final,{director},{24 + number}")  # fmt: skip
        entries.append(f"W{number},S{number},comp,2026-02-10,{hours}")
        assignments.append(f"S{number},{arm},2026-02-0{number % 7 + 1}")
    for file in bundle.iterdir():
        if file.stem not in ("productions", "titles"):
            file.unlink()
    for name, rows in (("shots", lines), ("work_entries", entries), ("assignments", assignments)):
        (bundle / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    ledger = Ledger.open(tmp_path / "studio.duckdb")
    import_history(ledger, bundle)
    (plain,) = compare_slate(ledger, [Clock.PEOPLE]).clocks
    (more,) = compare_slate(ledger, [Clock.PEOPLE], further=["director", "lens"]).clocks
    assert set(more.adjusted_for) - set(plain.adjusted_for) == {"director", "lens"}
    # A director that triples the hours of half the shots is what most of the spread comes from.
    narrow, wide = more.result(*KEY).log_standard_error, plain.result(*KEY).log_standard_error
    assert narrow is not None
    assert wide is not None
    assert narrow < 0.7 * wide
    # Words are levels of which one is the rest, numbers stay numbers.
    assert [each.feature for each in more.balance if each.feature.startswith(("director", "lens"))] == [
        "director: Bo", "lens",
    ]  # fmt: skip


def test_demonstration_shots_are_left_out_beside_real_ones(catalog: Catalog, tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "both.duckdb")
    import_history(ledger, EXAMPLE)
    import_history(ledger, catalog.folder, Origin.SYNTHETIC)
    real = compare_slate(ledger, [Clock.PEOPLE])
    assert (real.shot_count, real.is_synthetic) == (2, False)
    both = compare_slate(ledger, [Clock.PEOPLE], with_synthetic=True)
    assert both.shot_count > SHOTS * 0.8
    assert both.is_synthetic
    assert 0 < both.origins[Origin.IMPORTED] < 0.01
