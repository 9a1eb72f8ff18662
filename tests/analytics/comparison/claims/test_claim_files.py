"""Claims are read strictly: what is wrong in any file is said all at once, with the mend."""

from pathlib import Path

import pytest

from analytics.comparison.claims.claim_files import find_claim, load_claim, load_claims, shipped_claims_folder
from analytics.vocabulary.claim import BaselineKind, ClaimedFigure, FigureKind, MetricKind
from analytics.vocabulary.errors import InputRefused

WHOLE = """
name = "ten-times"
title = "Ten times"
who = "somebody"
said_on = 2025-07-17
words = "it was 10 times faster"
times_less = 10
metric_kind = "unknown"
baseline_kind = "bid"
sample = "two shots"
n_shots = 2
quality_evidence = "none"
sources = ["a newspaper"]
caveats = ["it was said on the phone"]
"""


def written(folder: Path, text: str, name: str = "claim.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_field_of_a_claim_is_kept(tmp_path: Path) -> None:
    claim = load_claim(written(tmp_path, WHOLE))
    assert (claim.name, claim.title, claim.who, claim.said_on) == ("ten-times", "Ten times", "somebody", "2025-07-17")
    assert (claim.words, claim.sample, claim.n_shots) == ("it was 10 times faster", "two shots", 2)
    assert claim.figure == ClaimedFigure(FigureKind.TIMES_LESS, 10, 10)
    assert (claim.metric_kind, claim.baseline_kind) == (MetricKind.UNKNOWN, BaselineKind.BID)
    assert (claim.quality_evidence, claim.sources) == (None, ("a newspaper",))
    assert claim.caveats == ("it was said on the phone",)


@pytest.mark.parametrize(
    ("figure", "ratios", "claims_more"),
    [
        ("times_less = 10", (0.1,), False),
        ("times_less = [4, 5]", (0.25, 0.2), False),
        ("percent_less = [15, 20]", (0.85, 0.8), False),
        ("percent_more = 19.0", (1.19,), True),
        ("times_less = [10]", (0.1,), False),
    ],
)
def test_a_figure_becomes_ratios_of_ai_to_traditional_modest_end_first(
    tmp_path: Path, figure: str, ratios: tuple[float, ...], claims_more: bool
) -> None:
    claimed = load_claim(written(tmp_path, WHOLE.replace("times_less = 10", figure))).figure
    assert claimed is not None
    assert claimed.ratios == pytest.approx(ratios)
    assert claimed.claims_more is claims_more


@pytest.mark.parametrize("said_on", ["2025-07-17", '"2025-07-17"', '"2025-07"', '"2025"'])
def test_a_date_is_as_exact_as_the_sources_are(tmp_path: Path, said_on: str) -> None:
    claim = load_claim(written(tmp_path, WHOLE.replace("2025-07-17", said_on)))
    assert claim.said_on == said_on.strip('"')


@pytest.mark.parametrize(
    ("original", "instead", "said"),
    [
        ('name = "ten-times"', 'name = "Ten Times"', 'Write name = "el-eternauta"'),
        ('title = "Ten times"', "title = 3", "title = 3: must be text"),
        ('who = "somebody"', "", "who: must be there"),
        ("said_on = 2025-07-17", 'said_on = "July"', "is no day, month or year"),
        ("said_on = 2025-07-17", 'said_on = "2025-13"', "is no day, month or year"),
        ("said_on = 2025-07-17", "said_on = 2025-07-17T10:00:00", "is no day, month or year"),
        ("times_less = 10", "", "a claim needs one of times_less, percent_less, percent_more, no_figure"),
        ("times_less = 10", "times_less = 10\npercent_less = 90", "and only one"),
        ("times_less = 10", "times_less = 0.1", "Write a number above 1"),
        ("times_less = 10", 'times_less = "10"', "is neither a number nor two"),
        ("times_less = 10", "times_less = true", "is neither a number nor two"),
        ("times_less = 10", "times_less = nan", "Write a number above 1"),
        ("times_less = 10", "times_less = [1, 2, 3]", "is neither a number nor two"),
        ("times_less = 10", "times_less = [6, 5]", "Write the smaller number first"),
        ("times_less = 10", "percent_less = 120", "a fifth less is 20"),
        ("times_less = 10", "percent_more = -3", "a fifth more is 20"),
        ("times_less = 10", 'no_figure = ""', "no_figure = '': must be text"),
        ('metric_kind = "unknown"', 'metric_kind = "speed"', "Use person_days, elapsed_days, cost, unknown"),
        ('baseline_kind = "bid"', "", "Use actual, bid, expert_estimate, none"),
        ("n_shots = 2", "n_shots = 0", "is no number of shots"),
        ("n_shots = 2", "n_shots = true", "is no number of shots"),
        ('quality_evidence = "none"', "", 'Write "none", or what is known'),
        ('sources = ["a newspaper"]', "", "a claim without a source is a rumour"),
        ('sources = ["a newspaper"]', 'sources = "a newspaper"', "is no list of texts"),
        ('sample = "two shots"', 'samples = "two shots"', "samples = 'two shots': is no field of a claim"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_mend(tmp_path: Path, original: str, instead: str, said: str) -> None:
    assert original in WHOLE
    with pytest.raises(InputRefused) as refused:
        load_claim(written(tmp_path, WHOLE.replace(original, instead)))
    assert said in str(refused.value)
    assert len(refused.value.problems) == 1


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    written(tmp_path, WHOLE.replace('who = "somebody"', "").replace("n_shots = 2", "n_shots = -2"), "a.toml")
    written(tmp_path, "name = ", "b.toml")
    written(tmp_path, WHOLE, "c.toml")
    written(tmp_path, WHOLE, "d.toml")
    (tmp_path / "e.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(InputRefused) as refused:
        load_claims(tmp_path)
    said = str(refused.value)
    for words in ("a.toml: who", "a.toml: n_shots", "b.toml: is not TOML", "d.toml: name", "e.toml: is not UTF-8"):
        assert words in said
    assert len(refused.value.problems) == 5


def test_a_folder_without_claims_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="holds no claim"):
        load_claims(tmp_path)
    with pytest.raises(InputRefused, match="cannot be read: No such file"):
        find_claim(str(tmp_path / "missing.toml"))


def test_a_claim_is_found_by_name_or_file(tmp_path: Path) -> None:
    assert find_claim("el-eternauta").n_shots == 2
    assert find_claim(str(written(tmp_path, WHOLE))).name == "ten-times"
    with pytest.raises(InputRefused, match="el-eternauta"):
        find_claim("eternauta")


def test_the_shipped_claims_begin_with_the_one_that_shotledger_was_made_for() -> None:
    claims = load_claims(shipped_claims_folder())
    first = claims[0]
    assert first.name == "el-eternauta"
    assert first.figure is not None
    assert first.figure.ratios == (0.1,)
    assert (first.metric_kind, first.baseline_kind, first.n_shots, first.quality_evidence) == (
        MetricKind.UNKNOWN,
        BaselineKind.EXPERT_ESTIMATE,
        2,
        None,
    )
    days = [claim.said_on or "" for claim in claims]
    assert days == sorted(days, reverse=True)
    assert any(claim.figure is not None and claim.figure.claims_more for claim in claims), "a contrast is among them"
    assert all(claim.figure is None or claim.no_figure is None for claim in claims)
