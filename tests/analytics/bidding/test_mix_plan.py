"""Mix plans are read strictly, and say what they hold to."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.bidding.mix_plan import MixPlan, load_mix_plan
from analytics.estimation.mix.answer import MixObjective
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.shipped import shipped_path
from analytics.vocabulary.shot import ShotKind
from analytics.vocabulary.workflow import Workflow

FULL = """
objective = "surest_budget"
budget = "1250000.50"
starts_on = 2027-01-04
deadline = 2027-06-25
gpu_hours_per_week = 0.5
gate = "0.7"
not_by_ai = ["de_age", "set_extension"]
[capacity]
fx = 320
comp = [400, 400.5, 240]
[weeks_needed]
traditional = 3
ai = 1
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_field_is_read(tmp_path: Path) -> None:
    plan = load_mix_plan(written(tmp_path, FULL))
    assert plan == MixPlan(
        "mine.toml", MixObjective.SUREST_BUDGET, Decimal("1250000.50"), date(2027, 1, 4), date(2027, 6, 25),
        {"fx": (320.0,), "comp": (400.0, 400.5, 240.0)}, (0.5,), Decimal("0.7"),
        (ShotKind.DE_AGE, ShotKind.SET_EXTENSION), {Workflow.TRADITIONAL: 3, Workflow.AI: 1},
    )  # fmt: skip
    said = plan.in_words("CAD")
    for words in (
        "by the plan mine.toml for the surest budget",
        "1,250,000.50 CAD net of incentives, without contingency and margin",
        "comp 400, 400.5, 240 hours a week",
        "GPUs 0.5 hours a week",
        "1 week at least for a shot by AI",
        "no AI for de age, set extension",
        "70%",
    ):
        assert words in said


def test_an_empty_plan_holds_nothing_back(tmp_path: Path) -> None:
    assert load_mix_plan(written(tmp_path, "")) == MixPlan("mine.toml")
    assert MixPlan().in_words("CAD") == "The mix is chosen for the least expected cost."


def test_the_example_holds_nothing_back_and_works_with_every_line_in_use(tmp_path: Path) -> None:
    example = shipped_path("bids", "mix.toml")
    assert load_mix_plan(example) == MixPlan("mix.toml")
    fields = re.sub(r"^# (?=\w+ = )", "", example.read_text(encoding="utf-8"), flags=re.MULTILINE)
    plan = load_mix_plan(written(tmp_path, fields))
    assert (plan.budget, plan.starts_on, plan.deadline) == (Decimal(1_250_000), date(2027, 1, 4), date(2027, 6, 25))
    assert plan.capacity == {"fx": (320.0,), "comp": (400.0, 400.0, 320.0, 240.0)}
    assert plan.weeks_needed == {Workflow.TRADITIONAL: 3, Workflow.AI: 1}
    assert plan.gpu_hours_per_week == (900.0,)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('objective = "cheapest"', "objective"),
        ("budget = 1250000", 'quote it: budget = "1250000"'),
        ('budget = "-1"', "no plain amount"),
        ('objective = "surest_budget"', 'write budget = "250000"'),
        ("deadline = 2027-01-01", "starts_on"),
        ("starts_on = 2027-02-01\ndeadline = 2027-01-01", "lies before starts_on"),
        ('starts_on = "2027-01-01"', "is not a date"),
        ("gate = 0.8", "quote it"),
        ('gate = "1.2"', "between 0 and 1"),
        ('not_by_ai = ["crowds"]', "is no kind of work"),
        ('not_by_ai = "crowd"', "is no list of texts"),
        ("[capacity]\nfx = -1", "write fx = 320"),
        ("[capacity]\nfx = []", "capacity.fx"),
        ('[capacity]\nfx = "320"', "capacity.fx"),
        ("[capacity]\nfx = true", "capacity.fx"),
        ("[capacity]\nfx = [1, nan]", "capacity.fx"),
        ("gpu_hours_per_week = inf", "gpu_hours_per_week"),
        ("capacity = 3", "is no table"),
        ("[weeks_needed]\nai = 0", "weeks_needed.ai"),
        ("[weeks_needed]\nai = 1.5", "weeks_needed.ai"),
        ("[weeks_needed]\nmagic = 1", "weeks_needed.magic"),
        ("budgett = 3", "is no field here"),
        ("budget = ", "is not TOML"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place_and_mend(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputRefused) as refused:
        load_mix_plan(written(tmp_path, text))
    assert said.lower() in str(refused.value).lower()
    assert "mine.toml" in str(refused.value)
    assert len(refused.value.problems) == 1


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        load_mix_plan(written(tmp_path, 'gate = "2"\nbudget = 3\nnot_by_ai = ["a", "b"]\n[capacity]\nfx = "x"'))
    assert len(refused.value.problems) == 5
    with pytest.raises(InputRefused, match="cannot be read"):
        load_mix_plan(tmp_path / "none.toml")
