"""Quality beside cost: like for like in complexity, with blind reviews counted for the workflow that was preferred."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom

from analytics.comparison.slate.quality_by_kind import KindQuality, _of_kind, quality_by_kind, quality_words
from analytics.importers.history.importing import import_history
from analytics.ledger.blind_reviews import answer, lay_out
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import reckon_shots
from analytics.vocabulary.blind_review import BlindReview, Preference
from analytics.vocabulary.origin import Origin


def rows(complexity: str, arm: str, reviewed: int, first_time: int) -> dict[str, object]:
    return {
        "kind": "crowd", "complexity": complexity, "arm": arm, "reviewed_count": reviewed,
        "first_time_count": first_time, "retake_count": reviewed - first_time,
    }  # fmt: skip


def test_easy_shots_do_not_make_ai_look_good() -> None:
    # Within each complexity both arms pass alike; AI only has more of the easy ones.
    found = _of_kind(
        "crowd",
        [rows("easy", "ai", 80, 64), rows("easy", "traditional", 20, 16),
         rows("hard", "ai", 20, 4), rows("hard", "traditional", 80, 16)],
        None,
    )  # fmt: skip
    assert found.ai is not None
    assert found.traditional is not None
    assert found.ai.first_time_share - found.traditional.first_time_share == pytest.approx(0.36)
    assert found.difference == pytest.approx(0.0)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0 < found.high


def test_the_interval_holds_the_difference() -> None:
    rng = np.random.default_rng(5)
    held = 0
    for _ in range(300):
        counts = {(c, a): int(rng.binomial(30, p)) for c, a, p in (
            ("easy", "ai", 0.7), ("easy", "traditional", 0.5), ("hard", "ai", 0.4), ("hard", "traditional", 0.2),
        )}  # fmt: skip
        found = _of_kind("crowd", [rows(c, a, 30, count) for (c, a), count in counts.items()], None)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 0.2 <= found.high
    assert held >= binom.ppf(0.001, 300, 0.95)
    assert held < 300


def test_too_few_reviews_give_no_difference() -> None:
    found = _of_kind("crowd", [rows("easy", "ai", 4, 4), rows("easy", "traditional", 90, 10)], None)
    assert found.difference is None
    apart = _of_kind("crowd", [rows("easy", "ai", 40, 4), rows("hard", "traditional", 90, 10)], None)
    assert apart.difference is None


def test_the_sentence() -> None:
    def kind(name: str, difference: float, low: float, high: float) -> KindQuality:
        return KindQuality(name, None, None, difference, low, high, None)

    worse, better, same = (
        kind("crowd", -0.08, -0.14, -0.01),
        kind("previs", 0.3, 0.1, 0.5),
        kind("weather", 0, -0.1, 0.1),
    )
    assert quality_words([worse, better, same]) == (
        "Crowd: 8 fewer of every 100 AI shots pass the first review than of traditional ones. Previs 30 more. "
        "The rest: no difference shown."
    )
    assert quality_words([same]) == "For no kind of shot is a difference in reviews shown."
    assert quality_words([better]) == (
        "Previs: 30 more of every 100 AI shots pass the first review than of traditional ones."
    )


BUNDLE = {
    "productions": "production_id,name,currency,fps\nP1,Salt Line,CAD,24\n",
    "shots": """shot_id,production_id,code,kind,complexity,cut_frames,status,final_on,enabled
S1,P1,010,crowd,easy,48,final,2026-02-01,
S2,P1,020,crowd,easy,48,final,2026-02-01,
S3,P1,030,crowd,easy,48,open,,
S4,P1,040,crowd,easy,48,final,2026-02-01,true
S5,P1,050,crowd,easy,48,final,2026-02-01,
""",
    "assignments": "shot_id,workflow,started_on,outcome\nS1,ai,2026-01-02,final\nS2,traditional,2026-01-02,final\n"
    "S3,ai,2026-01-02,open\nS4,ai,2026-01-02,final\nS5,ai,2026-01-02,final\n",
    "reviews": "review_id,shot_id,version_number,reviewed_at,decision\nR1,S1,1,2026-01-10T10:00:00Z,retake\n"
    "R2,S1,2,2026-01-12T10:00:00Z,approved\nR3,S2,1,2026-01-12T10:00:00Z,approved\n"
    "R4,S3,1,2026-01-12T10:00:00Z,retake\nR5,S4,1,2026-01-12T10:00:00Z,approved\n",
    "renders": "render_id,shot_id,workflow,engine,started_at,wall_seconds,outcome\n"
    "A,S1,ai,diffusers,2026-01-05T10:00:00Z,10,ok\nT,S1,traditional,blender,2026-01-05T11:00:00Z,10,ok\n",
}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    (tmp_path / "bundle").mkdir()
    for name, text in BUNDLE.items():
        (tmp_path / "bundle" / f"{name}.csv").write_text(text)
    ledger = Ledger.open(tmp_path / "studio.duckdb")
    import_history(ledger, tmp_path / "bundle")
    reckon_shots(ledger)
    return ledger


def test_the_ledger_is_counted(ledger: Ledger, tmp_path: Path) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    for number, (a, b, preferred) in enumerate(
        [("A", "T", Preference.A), ("T", "A", Preference.A), ("T", "A", Preference.B), ("A", "T", Preference.NEITHER)]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        review = BlindReview(
            f"B{number}", "S1", a, b, str(folder), now, now, preferred, 3, 4, "Ada" if number else "ada", None,
            Origin.MEASURED,
        )  # fmt: skip
        lay_out(ledger, review)
        answer(ledger, review)
    (crowd,) = quality_by_kind(ledger)
    assert crowd.ai is not None
    assert crowd.traditional is not None
    # The enabled and the open shot count in neither arm, nor does one that nobody reviewed.
    assert (crowd.ai.n, crowd.ai.first_time_share, crowd.ai.retakes_per_shot) == (1, 0.0, 1.0)
    assert (crowd.traditional.n, crowd.traditional.first_time_share) == (1, 1.0)
    assert crowd.blind is not None
    assert (crowd.blind.ai_count, crowd.blind.traditional_count, crowd.blind.neither_count) == (2, 1, 1)
    assert crowd.blind.reviewer_count == 1
    assert crowd.blind.ai_share == pytest.approx(2 / 3)
