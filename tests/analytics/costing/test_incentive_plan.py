"""Incentive plans are read strictly; what a production says comes before what all have in common."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.costing.incentive_plan import IncentiveClaim, plan_for_all, programmes_by_name
from analytics.costing.incentive_plan_file import blank_plan, load_plan
from analytics.costing.incentive_rules import shipped_incentives_folder
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.money import Money

WHOLE = """
[all]
programmes = ["ca-bc", "ca-federal"]
labour_share = "0.57"
territory = "CA-BC"

[all.vendor_labour_share]
"Harbour FX" = "0.60"
"*" = "0"

[all.spent_in]
api = "US"

[production.P12]
programmes = ["fr-trip"]
on = 2026-03-02
exchange_on = 2026-04-01
count_pending = true

[production.P12.spent_in]
machine = "FR"

[production.P12.figures]
budget = "5000000.50 EUR"

[production.P12.requirements]
cnc_cultural_test = true
digitally_processed_shots = false

[production.P13]
programmes = []
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_production_says_what_is_different_and_has_the_rest_in_common(tmp_path: Path) -> None:
    plan = load_plan(written(tmp_path, WHOLE))
    claim = plan.claim_of("P12")
    assert (claim.programmes, claim.on, claim.exchange_on) == (("fr-trip",), date(2026, 3, 2), date(2026, 4, 1))
    assert (claim.labour_share, claim.territory, claim.count_pending) == (Decimal("0.57"), "CA-BC", True)
    assert claim.vendor_labour_share == {"Harbour FX": Decimal("0.60"), "*": 0}
    assert claim.spent_in == {"api": "US", "machine": "FR"}
    assert claim.figures == {"budget": Money.of("5000000.50", "EUR")}
    assert claim.requirements_met == {"cnc_cultural_test": True, "digitally_processed_shots": False}
    assert plan.claim_of("P13").programmes == ()
    common = plan.claim_of("never heard of")
    assert (common.programmes, common.on, common.figures) == (("ca-bc", "ca-federal"), None, {})


def test_programmes_are_worked_out_in_stacking_order_however_they_are_named(tmp_path: Path) -> None:
    plan = load_plan(written(tmp_path, '[all]\nprogrammes = ["ca-federal", "ca-bc", "ca-federal"]'))
    assert [each.name for each in plan.claimed_programmes(plan.for_all)] == ["ca-bc", "ca-federal"]


def test_programmes_of_a_folder_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "ours"
    own.mkdir()
    shipped = (shipped_incentives_folder() / "nz_pdv.toml").read_text(encoding="utf-8")
    (own / "nz.toml").write_text(shipped.replace('rate = "0.20"', 'rate = "0.25"'), encoding="utf-8")
    plan = load_plan(written(tmp_path, 'programmes_from = "ours"\n[all]\nprogrammes = ["nz-pdv"]'))
    assert [rule.rate for rule in plan.claimed_programmes(plan.for_all)[0].rules] == [Decimal("0.25")]
    with pytest.raises(InputRefused, match="ca-bc': is no programme"):
        load_plan(written(tmp_path, 'programmes_from = "ours"\n[all]\nprogrammes = ["ca-bc"]'))


@pytest.mark.parametrize(
    ("original", "instead", "said"),
    [
        ('"fr-trip"', '"fr-tripp"', "production.P12.programmes = 'fr-tripp': is no programme. Write fr-trip."),
        ('"fr-trip"', '"popcorn"', "Use one of: au-pdv, ca-bc"),
        ('labour_share = "0.57"', "labour_share = 0.57", 'Quote it: labour_share = "0.57"'),
        ('labour_share = "0.57"', 'labour_share = "57"', "Write 25 per cent as 0.25"),
        ('labour_share = "0.57"', 'labor_share = "0.57"', "all.labor_share = '0.57': is no field here"),
        ('"*" = "0"', '"*" = "none"', "all.vendor_labour_share.* = 'none': is no plain decimal"),
        ('api = "US"', 'api = "America"', "all.spent_in.api = 'America'"),
        ('api = "US"', 'people = "US"', "all.spent_in.people = 'US': is no field here. Use one of: machine"),
        ("on = 2026-03-02", 'on = "2026-03-02"', "production.P12.on = '2026-03-02': is not a date"),
        ("count_pending = true", 'count_pending = "yes"', "is neither true nor false"),
        ('budget = "5000000.50 EUR"', 'budget = "5000000.50"', 'Write budget = "5000000 CAD"'),
        ('budget = "5000000.50 EUR"', 'gross = "5000000.50 EUR"', "production.P12.figures.gross"),
        ("cnc_cultural_test = true", 'cnc_cultural_test = "passed"', "Write cnc_cultural_test = true or false"),
        ("cnc_cultural_test = true", "culture = true", "production.P12.requirements.culture = True: is no field here"),
        ("[production.P12]", "[productions.P12]", "plan.toml: productions"),
        (WHOLE, '[all]\nprogrammes = ["nz-pdv"]\nspent_in = "NZ"', "Write it as [all.spent_in]"),
        ("[all.spent_in]", "[all.spent_in", "is not TOML"),
        (WHOLE, "[all]", "no programme is claimed"),
        (WHOLE, "production = 3\nall = 4", "is no table"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_mend(tmp_path: Path, original: str, instead: str, said: str) -> None:
    assert original in WHOLE
    with pytest.raises(InputRefused) as refused:
        load_plan(written(tmp_path, WHOLE.replace(original, instead)))
    assert said in str(refused.value)


def test_all_problems_are_said_at_once(tmp_path: Path) -> None:
    text = WHOLE.replace('"fr-trip"', '"popcorn"').replace('api = "US"', "api = 1").replace('"0.60"', '"6"')
    with pytest.raises(InputRefused) as refused:
        load_plan(written(tmp_path, text))
    assert len(refused.value.problems) == 3


def test_quick_options_claim_the_same_for_every_production() -> None:
    plan = plan_for_all(["ca-bc"], labour_share=Decimal("0.5"))
    assert plan.claim_of("any") == IncentiveClaim(programmes=("ca-bc",), labour_share=Decimal("0.5"))
    with pytest.raises(InputRefused) as refused:
        plan_for_all(["ca-cb"], labour_share=Decimal(57))
    assert [problem.place for problem in refused.value.problems] == ["--incentive", "--labour-share"]


@pytest.mark.parametrize("name", [*programmes_by_name()])
def test_a_blank_plan_can_be_read_and_names_all_that_is_asked_for(tmp_path: Path, name: str) -> None:
    programme = programmes_by_name()[name]
    blank = blank_plan([programme])
    assert load_plan(written(tmp_path, blank)).for_all == IncentiveClaim(programmes=(name,))
    # With every comment taken for the line it stands for, it can be read as well.
    filled = "\n".join(line[2:] if " = " in line and line.startswith("# ") else line for line in blank.splitlines())
    claim = load_plan(written(tmp_path, filled)).for_all
    assert set(claim.requirements_met) == set(programme.requirements)
    assert {money.currency for money in claim.figures.values()} <= {programme.currency}
    assert (claim.labour_share is not None) == (programme.territory.startswith("CA") and name != "ca-qc")
