"""AI and traditional work across a slate: every clock, what stands beside it, and what it rests on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.comparison.figures import Clock
from analytics.comparison.slate.arms import ArmFigures, EnabledShots, Parity, arm_figures, enabled_shots, parity
from analytics.comparison.slate.clock_comparison import ClockComparison
from analytics.comparison.slate.comparing_clocks import CONFIDENCE, compare_by_clock, origin_shares
from analytics.comparison.slate.results import SLATE_CLOCKS, Per, RatioResult
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.origin import Origin

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class SlateComparison:
    """All that a comparison of many shots tells.

    Attributes
    ----------
    shot_count, production_count
        Of the slate, compared or not.
    origins
        Share (0 to 1) of the shots by the weakest origin of their facts.
    arms
        AI, traditional and, where there are any, hybrid.
    parity
        Of the quality: stands beside every ratio.
    currency, rate_card_id
        What costs are in and priced by; ``None`` where no cost was asked for.
    notes
        On prices, and on what was left out as a whole.
    """

    per: Per
    confidence: float
    shot_count: int
    production_count: int
    origins: Mapping[Origin, float]
    clocks: tuple[ClockComparison, ...]
    arms: tuple[ArmFigures, ...]
    parity: Parity
    enabled: EnabledShots
    currency: str | None
    rate_card_id: str | None
    notes: tuple[str, ...] = ()

    @property
    def results(self) -> tuple[RatioResult, ...]:
        """The ratios of all clocks."""
        return tuple(result for clock in self.clocks for result in clock.results)

    @property
    def is_synthetic(self) -> bool:
        """Whether any of it is demonstration data, which every page and text has to say."""
        return Origin.SYNTHETIC in self.origins


def compare_shots(
    shots: "DataFrame",
    clocks: Sequence[Clock] = SLATE_CLOCKS,
    *,
    per: Per = Per.SHOT,
    further: Sequence[str] = (),
    confidence: float = CONFIDENCE,
    currency: str | None = None,
    rate_card_id: str | None = None,
    notes: Sequence[str] = (),
    seed: int = 0,
    said: Callable[[str], None] | None = None,
) -> SlateComparison:
    """Compare the shots of a slate by each clock.

    Parameters
    ----------
    shots
        As ``questions/slate_shots.sql`` answers, with the columns ``cost_gross`` and ``cost_net`` beside it.
    further
        Columns of ``shots`` to adjust for besides those that always are.
    said
        Is told what is being worked on.

    Raises
    ------
    InputRefused
        If a further column is not there, or tells what became of a shot.
    """
    unknown = [name for name in further if name not in shots or name in _NO_FEATURES]
    if unknown:
        known = ", ".join(sorted(str(column) for column in shots if column not in _NO_FEATURES))
        raise InputRefused("adjust for", ", ".join(unknown), "is no feature of these shots", f"use one of: {known}")
    compared = []
    for clock in clocks:
        if said:
            said(f"comparing by {clock.value.replace('_', ' ')}")
        compared.append(compare_by_clock(shots, clock, per=per, further=further, confidence=confidence, seed=seed))
    return SlateComparison(
        per,
        confidence,
        len(shots),
        int(shots["production_id"].nunique()),
        origin_shares(shots),
        tuple(compared),
        arm_figures(shots),
        parity(shots, confidence),
        enabled_shots(shots),
        currency,
        rate_card_id,
        tuple(notes),
    )


_OUTCOMES = ("cost_gross", "cost_net", "people_hours", "machine_seconds")
_NO_FEATURES = frozenset(
    {"shot_id", "code", "twin_of", "arm", "enabled", "status", "final_on", "last_workflow", "fell_back",
     "made_both_ways", "first_fact_on", "last_fact_on", "calendar_days", "open_days", "generated_seconds", "versions",
     "retake_count", "approved_count", "first_approved_on", "weakest_origin", "is_synthetic"}
) | {f"{outcome}{arm}" for outcome in _OUTCOMES for arm in ("", "_ai", "_traditional")}  # fmt: skip
"""Names of a shot, and what became of it: adjusting for that would take the very difference away."""
