"""Quality beside cost: how shots of each kind did in review, alike in complexity, and what blind reviews preferred."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from analytics.comparison.review_results import NORMAL_QUANTILE, wilson_interval
from analytics.comparison.slate.kind_words import kind_words
from analytics.ledger.ledger import Ledger

FEWEST_SHOTS = 5
"""Reviewed shots in either arm; with fewer there is no difference to tell."""


@dataclass(frozen=True)
class ReviewedArm:
    """Final shots of one arm that have a decision on record; an interval of 95 % for the share by Wilson."""

    n: int
    first_time_share: float
    low: float
    high: float
    retakes_per_shot: float


@dataclass(frozen=True)
class BlindPreference:
    """Answered blind reviews; the share is of those that preferred one side, with an interval of 95 % by Wilson."""

    ai_count: int
    traditional_count: int
    neither_count: int
    reviewer_count: int
    ai_share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class KindQuality:
    """Quality of one kind of shot.

    Attributes
    ----------
    difference, low, high
        Share of AI shots approved without a retake less the share of traditional ones as complex as they are, with an
        interval of 95 %; ``None`` where either side has too few.
    """

    kind: str
    ai: ReviewedArm | None
    traditional: ReviewedArm | None
    difference: float | None
    low: float | None
    high: float | None
    blind: BlindPreference | None


def quality_by_kind(ledger: Ledger, *, with_synthetic: bool = False) -> tuple[KindQuality, ...]:
    """Reviews and blind reviews of each kind of shot. Ask after shots were reckoned."""
    rows = ledger.ask_rows("quality_by_kind", with_synthetic=with_synthetic)
    blind = {
        row.pop("kind"): _preference(**row)
        for row in ledger.ask_rows("blind_preferences_by_kind", with_synthetic=with_synthetic)
    }
    kinds = sorted({str(row["kind"]) for row in rows} | set(blind))
    return tuple(_of_kind(kind, [row for row in rows if row["kind"] == kind], blind.get(kind)) for kind in kinds)


def _of_kind(kind: str, rows: Sequence[Mapping[str, Any]], blind: BlindPreference | None) -> KindQuality:
    ai, traditional = (_arm([row for row in rows if row["arm"] == arm]) for arm in ("ai", "traditional"))
    difference = low = high = None
    if ai and traditional and min(ai.n, traditional.n) >= FEWEST_SHOTS:
        difference, low, high = _difference(list(_strata(rows)))
    return KindQuality(kind, ai, traditional, difference, low, high, blind)


def _arm(rows: Sequence[Mapping[str, Any]]) -> ReviewedArm | None:
    count = sum(row["reviewed_count"] for row in rows)
    if not count:
        return None
    first_time = sum(row["first_time_count"] for row in rows)
    retakes = sum(row["retake_count"] for row in rows)
    return ReviewedArm(count, first_time / count, *wilson_interval(first_time, count), retakes / count)


def _strata(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, int, int, int]]:
    """Approved at once and reviewed, of AI and of traditional shots, for each complexity that both have."""
    for complexity in dict.fromkeys(row["complexity"] for row in rows):
        counts = {
            row["arm"]: (row["first_time_count"], row["reviewed_count"])
            for row in rows
            if row["complexity"] == complexity
        }
        if len(counts) == 2:
            yield (*counts["ai"], *counts["traditional"])


def _difference(strata: Sequence[tuple[int, int, int, int]]) -> "tuple[float, float, float] | tuple[None, None, None]":
    """Difference of two shares within strata, each counted by its AI shots.

    The interval adds two of either outcome in all to each share (A. Agresti, B. Caffo, "Simple and effective confidence
    intervals for proportions and differences", The American Statistician 54, 2000), which is right for few shots too.
    """
    weight = sum(n_ai for _, n_ai, _, _ in strata)
    if not weight:
        return None, None, None
    difference = sum(n_ai / weight * (ai / n_ai - other / n) for ai, n_ai, other, n in strata)
    middle = variance = 0.0
    for ai, n_ai, other, n in strata:
        shares = ((ai + 1) / (n_ai + 2), n_ai + 2), ((other + 1) / (n + 2), n + 2)
        middle += n_ai / weight * (shares[0][0] - shares[1][0])
        variance += (n_ai / weight) ** 2 * sum(share * (1 - share) / count for share, count in shares)
    half = NORMAL_QUANTILE * sqrt(variance)
    return difference, min(difference, middle - half), max(difference, middle + half)


def _preference(ai_count: int, traditional_count: int, neither_count: int, reviewer_count: int) -> BlindPreference:
    decided = ai_count + traditional_count
    share, ends = (ai_count / decided, wilson_interval(ai_count, decided)) if decided else (None, (None, None))
    return BlindPreference(ai_count, traditional_count, neither_count, reviewer_count, share, *ends)


def quality_words(kinds: Sequence[KindQuality]) -> str:
    """One sentence on where AI is sent back more often or less, as a count in every hundred shots."""
    worse = [each for each in kinds if each.high is not None and each.high < 0]
    better = [each for each in kinds if each.low is not None and each.low > 0]
    if not worse and not better:
        return "For no kind of shot is a difference in reviews shown."
    (first, count), *others = [(kind_words(each.kind), _in_a_hundred(each)) for each in (*worse, *better)]
    said = [f"{first}: {count} of every 100 AI shots pass the first review than of traditional ones."]
    if others:
        listed = ", ".join(f"{name.lower()} {count}" for name, count in others)
        said.append(f"{listed[:1].upper()}{listed[1:]}.")
    if 1 + len(others) < len(kinds):
        said.append("The rest: no difference shown.")
    return " ".join(said)


def _in_a_hundred(kind: KindQuality) -> str:
    difference = kind.difference or 0.0
    return f"{round(100 * abs(difference))} {'fewer' if difference < 0 else 'more'}"


def points_words(difference: float) -> str:
    """A difference of shares, as in ``−8 points``."""
    sign = "−" if difference < 0 else "+"
    return f"{sign}{round(100 * abs(difference))} points"
