"""The commands on incentives list every programme, say what each asks for, and hand out a plan that can be read."""

import csv
import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from analytics.costing.incentive_plan import programmes_by_name
from analytics.costing.incentive_plan_file import load_plan
from analytics.vocabulary.errors import InputRefused
from dashboards.terminal.incentives import incentives_app, plan_of_options

PROGRAMMES = programmes_by_name()


def answered(*arguments: str) -> Result:
    done = CliRunner().invoke(incentives_app, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0
    return done


def test_the_list_names_every_programme_with_its_rates_in_100_columns() -> None:
    lines = answered().stdout.splitlines()
    assert max(map(len, lines)) <= 100
    for name, programme in PROGRAMMES.items():
        start = next(number for number, line in enumerate(lines) if line.startswith(f"{name} "))
        assert f"{programme.territory}, {programme.currency}" in lines[start]
    assert any("28 %" in line and "until 2025-01-01" in line for line in lines)
    assert any("not yet: waits for" in line for line in lines)


def test_json_and_csv_hold_a_row_for_every_rule_with_its_source() -> None:
    rows = json.loads(answered("--json").stdout)
    assert len(rows) == sum(len(programme.rules) for programme in PROGRAMMES.values())
    assert all(row["source"] and row["territory"] and row["base"] for row in rows)
    dave = next(row for row in rows if (row["programme"], row["rule"]) == ("ca-bc", "dave"))
    assert (dave["rate"], dave["valid_from"], dave["work"]) == ("0.16", "2016-10-01", "vfx")
    read = list(csv.DictReader(StringIO(answered("--csv").stdout)))
    assert [row["rule"] for row in read] == [row["rule"] for row in rows]


@pytest.mark.parametrize("name", PROGRAMMES)
def test_one_programme_is_shown_whole(name: str) -> None:
    programme = PROGRAMMES[name]
    text = answered("show", name).stdout
    assert max(map(len, text.splitlines())) <= 100
    unwrapped = " ".join(text.split())
    for words in (
        programme.title,
        *programme.notes,
        *(rule.source for rule in programme.rules),
        *(f"requirements.{each}" for each in programme.requirements),
    ):
        assert " ".join(words.split()) in unwrapped
    assert json.loads(answered("show", name, "--json").stdout)["notes"] == list(programme.notes)


def test_the_cliff_is_shown_with_its_threshold_and_its_condition() -> None:
    unwrapped = " ".join(answered("show", "fr-trip").stdout.split())
    assert "40 % of the whole base, with at least 2,000,000 EUR of the VFX work" in unwrapped
    assert "at least 250,000 EUR of the costs that count or the costs that count at least 50 % of the" in unwrapped


def test_a_plan_is_begun_for_the_programmes_that_are_named(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(answered("plan", "ca-bc", "ca-federal").stdout, encoding="utf-8")
    assert load_plan(plan).for_all.programmes == ("ca-bc", "ca-federal")
    assert "labour_share" in plan.read_text()
    assert "requirements" not in plan.read_text()


@pytest.mark.parametrize("command", ["show", "plan"])
def test_an_unknown_name_is_told_the_nearest(command: str) -> None:
    with pytest.raises(InputRefused, match=r"incentives = 'ca-bcc': is no programme\. Write ca-bc"):
        CliRunner().invoke(incentives_app, [command, "ca-bcc"], catch_exceptions=False)


def test_the_options_of_incentives_become_one_plan(tmp_path: Path) -> None:
    assert plan_of_options(None, None) is None
    assert plan_of_options([], None) is None
    plan = plan_of_options(["nz-pdv"], None, "0.57")
    assert plan is not None
    assert (plan.for_all.programmes, plan.for_all.labour_share) == (("nz-pdv",), Decimal("0.57"))
    written = tmp_path / "plan.toml"
    written.write_text('[all]\nprogrammes = ["gb-avec"]\n')
    from_file = plan_of_options(None, written)
    assert from_file is not None
    assert from_file.for_all.programmes == ("gb-avec",)


@pytest.mark.parametrize(
    ("names", "file_name", "share", "said"),
    [
        (["nz-pdv"], "plan.toml", None, "--incentive: goes not with --incentives"),
        (None, "plan.toml", "0.5", "--labour-share: goes not with --incentives"),
        (None, None, "0.5", "goes with --incentive only"),
        (["nz-pdv"], None, "half", "--labour-share = 'half': is no decimal"),
        (["nz-pdv"], None, "NaN", "is no decimal"),
        (["nz-pdv"], None, "57", "must lie between 0 and 1"),
        (["nz-pvd"], None, None, "--incentive = 'nz-pvd': is no programme. Write nz-pdv"),
        (None, "missing.toml", None, "cannot be read"),
    ],
)
def test_options_that_cannot_be_used_are_refused(
    names: list[str] | None, file_name: str | None, share: str | None, said: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        plan_of_options(names, file_name and Path(file_name), share)
    assert said in str(refused.value)
