"""Costs net of incentives on the terminal: gross, incentive and net in one row, and what the programmes pay beneath."""

import csv
import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from analytics.importers.history.importing import import_history
from analytics.ledger.ledger import Ledger
from analytics.vocabulary.errors import InputRefused
from dashboards.terminal.costs import cost

BUNDLE = {
    "productions": "production_id,name,currency,fps,territory,started_on\nP1,Salt Line,CAD,24,CA-BC,2026-01-05\n"
    "P2,Far Tide,CAD,24,GB,2026-01-05\n",
    "shots": "shot_id,production_id,code,cut_frames\nS1,P1,A_010,48\nS2,P1,A_020,48\nS3,P2,B_010,48\n",
    "assignments": "shot_id,workflow,started_on,outcome\nS1,traditional,2026-02-01,final\nS2,ai,2026-02-01,final\n",
    "work_entries": "work_entry_id,shot_id,department,worked_on,people_hours\n1,S1,comp,2026-02-02,1000\n"
    "2,S2,comp,2026-02-02,300\n3,S3,comp,2026-02-02,10\n",
    "renders": "render_id,shot_id,workflow,model,started_at,wall_seconds,generated_seconds\n"
    "1,S2,ai,veo-3.1,2026-02-03T10:00:00Z,0,100000\n",
    "rates": "resource,unit,price,currency,valid_from,source\nlabour,hour,100,CAD,2026-01-01,union\n"
    "api:veo-3.1,second,0.40,CAD,2026-01-01,list\n",
}
CANADA = ("--incentive", "ca-bc", "--incentive", "ca-federal", "--labour-share", "1")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("net")
    for name, text in BUNDLE.items():
        (folder / f"{name}.csv").write_text(text)
    path = tmp_path_factory.mktemp("ledger") / "shots.duckdb"
    import_history(Ledger.open(path), folder)
    return path


def answered(ledger: Path, *arguments: str) -> Result:
    app = typer.Typer()
    app.command()(cost)
    done = CliRunner().invoke(app, ["--ledger", str(ledger), *arguments], catch_exceptions=False)
    assert done.exit_code == 0
    return done


def test_each_row_shows_gross_incentive_and_net_in_100_columns(ledger: Path) -> None:
    lines = answered(ledger, "--by", "shot", *CANADA).stdout.splitlines()
    assert max(map(len, lines)) <= 100
    # The page on incentives has these amounts, worked out by hand.
    rows = {line.split()[0]: line.split() for line in lines if line[:2] in ("A_", "B_", "al")}
    assert rows["A_010"][2:7] == ["100,000.00", "-59,680.00", "40,320.00", "40.3", "%"]
    assert rows["A_020"][2:7] == ["70,000.00", "-17,904.00", "52,096.00", "74.4", "%"]
    assert rows["B_010"][2:5] == ["1,000.00", "–", "1,000.00"]
    assert rows["all"][2:5] == ["171,000.00", "-77,584.00", "93,416.00"]
    text = "\n".join(lines)
    assert "ca-federal, 16 % 62,400.00 CAD -9,984.00 CAD" in " ".join(text.split())
    assert "· Far Tide: ca-bc: nothing is spent in CA-BC" in text
    assert text.count("The sources don't say which day decides.") == 2  # once for each programme


def test_machines_get_the_same_with_every_step(ledger: Path) -> None:
    answer = json.loads(answered(ledger, "--by", "arm", *CANADA, "--json").stdout)
    assert answer["total"]["net"] == "93416.00"
    assert sum(Decimal(row["incentive"]) for row in answer["rows"]) == Decimal(answer["total"]["incentive"])
    salt_line = next(each for each in answer["productions"] if each["production_id"] == "P1")
    assert (salt_line["gross"], salt_line["incentive"], salt_line["net"]) == ("170000.00", "-77584.00", "92416.00")
    federal = salt_line["credits"][-1]
    assert federal["benefit"] == "9984.00"
    assert [step["amount"] for step in federal["steps"]] == ["130000.00", "-67600.00", "9984.00"]
    rows = list(csv.DictReader(StringIO(answered(ledger, "--by", "production", *CANADA, "--csv").stdout)))
    assert [(row["label"], row["gross"], row["incentive"], row["net"]) for row in rows] == [
        ("Salt Line", "170000.00", "-77584.00", "92416.00"),
        ("Far Tide", "1000.00", "0.00", "1000.00"),
    ]


def test_a_plan_that_pays_nothing_says_so(ledger: Path) -> None:
    text = answered(ledger, "--production", "P1", "--incentive", "nz-pdv").stdout
    assert "No production earns an incentive by this plan." in text
    assert "nz-pdv: nothing is spent in NZ" in text


def test_without_a_plan_nothing_is_net(ledger: Path) -> None:
    assert "incentive" not in answered(ledger, "--by", "shot").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--incentive", "ca-bc"), "how much of the 130,000.00 CAD for own people is wages is not known"),
        (("--by", "month", *CANADA), "a production's and no month's"),
        (("--lines", "A_010", *CANADA), "doesn't go with incentives"),
        (("--incentive", "ca-bcc"), "Write ca-bc"),
    ],
)
def test_what_cannot_be_answered_is_refused(ledger: Path, arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(InputRefused, match=said):
        answered(ledger, *arguments)
