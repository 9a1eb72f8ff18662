"""Incentive programmes are read strictly: what is wrong in any file is said all at once, with the mend."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.costing.incentive_rules import load_programme, load_programmes, shipped_incentives_folder
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.incentive import Base, BaseCap, Cliff, Threshold, Work

WHOLE = """
name = "xx-film"
title = "A film credit"
territory = "XX"
currency = "EUR"
stacking_order = 2
notes = ["a note"]

[requirements]
cultural_test = "it passes"

[[rule]]
name = "vfx"
title = "a tenth"
base = "all_spend"
work = "vfx"
contract_share = "0.65"
rate = "0.10"
credit_cap = "1000.50"
tax_rate = "0.25"
requires = ["cultural_test"]
valid_from = 2025-01-01
valid_to = 2026-01-01
dated_by = "the day a cost is incurred"
source = "the Film Act of 2024"

[[rule.minimum]]
of = "labour"
at_least = "0.5"
share_of = "base"

[rule.base_cap]
at_most = "0.8"
share_of = "budget"

[[rule.cliff]]
of = "vfx_spend"
at_least = "2000000"
rate = "0.20"
requires = ["cultural_test"]
"""


def written(folder: Path, text: str, name: str = "programme.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InputRefused) as refused:
        load_programme(path)
    return str(refused.value)


def test_the_shipped_programmes_cover_the_nine_jurisdictions_and_name_their_sources() -> None:
    programmes = load_programmes(shipped_incentives_folder())
    assert {each.territory for each in programmes} == {"GB", "CA-QC", "CA-BC", "CA-ON", "CA", "AU", "NZ", "FR", "IE"}
    assert all(len(rule.source) > 10 for each in programmes for rule in each.rules)
    assert programmes[-1].name == "ca-federal"


def test_every_field_of_a_programme_is_kept(tmp_path: Path) -> None:
    programme = load_programme(written(tmp_path, WHOLE))
    (rule,) = programme.rules
    assert (programme.name, programme.territory, programme.currency, programme.stacking_order) == (
        "xx-film",
        "XX",
        "EUR",
        2,
    )
    assert (programme.notes, programme.requirements) == (("a note",), {"cultural_test": "it passes"})
    assert (rule.base, rule.work, rule.contract_share, rule.rate) == (
        Base.ALL_SPEND,
        Work.VFX,
        Decimal("0.65"),
        Decimal("0.10"),
    )
    assert (rule.credit_cap, rule.tax_rate, rule.requires) == (Decimal("1000.50"), Decimal("0.25"), ("cultural_test",))
    assert (rule.valid_from, rule.valid_to) == (date(2025, 1, 1), date(2026, 1, 1))
    assert rule.minimum == (Threshold("labour", Decimal("0.5"), "base"),)
    assert rule.base_cap == BaseCap(Decimal("0.8"), "budget")
    assert rule.cliffs == (
        Cliff(Threshold("vfx_spend", Decimal(2_000_000)), Decimal("0.20"), requires=("cultural_test",)),
    )
    assert (rule.dated_by, rule.source) == ("the day a cost is incurred", "the Film Act of 2024")


@pytest.mark.parametrize(
    ("original", "instead", "said"),
    [
        ('name = "xx-film"', 'name = "XX Film"', 'Write name = "gb-avec"'),
        ('territory = "XX"', 'territory = "Narnia"', 'Write territory = "CA-BC"'),
        ('currency = "EUR"', 'currency = "euro"', 'Write currency = "CAD"'),
        ("stacking_order = 2", "stacking_order = 0", "must be a whole number from 1"),
        ('notes = ["a note"]', 'notes = "a note"', "is no list of texts"),
        ('cultural_test = "it passes"', "cultural_test = true", "is no table of texts"),
        ('cultural_test = "it passes"', 'other_test = "it passes"', "Add cultural_test to [requirements]"),
        ('base = "all_spend"', 'base = "some_spend"', "Use labour_only, all_spend, contract_share"),
        ('base = "all_spend"', 'base = "labour_only"', "has no effect on labour only"),
        ('work = "vfx"', 'work = "catering"', "Use vfx, other"),
        ('rate = "0.10"', "rate = 0.10", 'Quote it: rate = "0.10"'),
        ('rate = "0.10"', 'rate = "10"', "Write 25 per cent as 0.25"),
        ('rate = "0.10"', 'rate = "10 %"', "is no plain decimal"),
        ('rate = "0.10"', "", 'rate: must be there. Write rate = "0.25"'),
        ('credit_cap = "1000.50"', 'credit_cap = "1000.505"', "is no plain amount to the cent"),
        ('source = "the Film Act of 2024"', "", "source: must be there"),
        ("valid_from = 2025-01-01", "", "a rule needs a first day"),
        ("valid_from = 2025-01-01", 'valid_from = 2025-01-01\npending = "a vote"', "only one of them"),
        ("valid_from = 2025-01-01", 'valid_from = "2025-01-01"', "is not a date"),
        ("valid_to = 2026-01-01", "valid_to = 2025-01-01", "must come after 2025-01-01"),
        ('of = "labour"', 'of = "popcorn"', "Use base, labour, vfx_spend"),
        ('at_least = "2000000"', "at_least = 2000000", 'Quote it: at_least = "2000000"'),
        ('share_of = "budget"', 'share_of = "base"', "Use budget, core_spend"),
        ("[rule.base_cap]", "[rule.ceiling]", "ceiling = "),
        ("[[rule]]", "[rule]", "Write it as [[rule"),
        (WHOLE, "name = ", "is not TOML"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_mend(tmp_path: Path, original: str, instead: str, said: str) -> None:
    assert original in WHOLE
    path = written(tmp_path, WHOLE.replace(original, instead))
    refused = refusal(path)
    assert said in refused
    assert str(path) in refused


def test_all_problems_of_all_files_are_said_at_once(tmp_path: Path) -> None:
    bad = WHOLE.replace('rate = "0.10"', 'rate = "10"').replace('work = "vfx"', 'work = "x"')
    written(tmp_path, bad, "a.toml")
    written(tmp_path, WHOLE.replace('currency = "EUR"', "currency = 3"), "b.toml")
    with pytest.raises(InputRefused) as refused:
        load_programmes(tmp_path)
    assert [problem.place.rpartition("/")[2] for problem in refused.value.problems] == [
        "a.toml: rule 1 (vfx): work",
        "a.toml: rule 1 (vfx): rate",
        "b.toml: currency",
    ]


def test_a_programme_is_reduced_only_by_a_known_one_that_comes_before_it(tmp_path: Path) -> None:
    reduced = WHOLE.replace("stacking_order = 2", 'stacking_order = 2\nreduced_by = ["xx-other", "nowhere"]')
    written(tmp_path, reduced, "a.toml")
    written(tmp_path, WHOLE.replace("xx-film", "xx-other"), "b.toml")
    with pytest.raises(InputRefused) as refused:
        load_programmes(tmp_path)
    later, unknown = refused.value.problems
    assert (later.value, later.why) == ("xx-other", "doesn't come before this programme")
    assert (unknown.value, unknown.mend) == ("nowhere", "use one of: xx-film, xx-other")


def test_one_name_belongs_to_one_file_and_one_rule(tmp_path: Path) -> None:
    written(tmp_path, WHOLE, "a.toml")
    written(tmp_path, WHOLE, "b.toml")
    with pytest.raises(InputRefused, match="names a programme of another file too"):
        load_programmes(tmp_path)
    twice = WHOLE + WHOLE[WHOLE.index("[[rule]]") :]
    assert "names two rules" in refusal(written(tmp_path, twice))


def test_a_folder_without_programmes_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="holds no incentive programme"):
        load_programmes(tmp_path)
    assert "cannot be read: No such file" in refusal(tmp_path / "nothing.toml")
    (tmp_path / "latin.toml").write_bytes(b'name = "\xe9"')
    assert "is not UTF-8 text" in refusal(tmp_path / "latin.toml")
