"""A published claim of what AI saves: who said what, how much of what, against what, and over how many shots."""

from dataclasses import dataclass
from enum import StrEnum


class MetricKind(StrEnum):
    """What the claim is counted in. Most claims of speed don't say: ``unknown``."""

    PERSON_DAYS = "person_days"
    ELAPSED_DAYS = "elapsed_days"
    COST = "cost"
    UNKNOWN = "unknown"


class BaselineKind(StrEnum):
    """What the AI side is held against.

    ``actual``: what the other way really took. ``bid``: what was offered before the work. ``expert_estimate``: what
    somebody thinks it would have taken. ``none``: nothing that is named.
    """

    ACTUAL = "actual"
    BID = "bid"
    EXPERT_ESTIMATE = "expert_estimate"
    NONE = "none"


class FigureKind(StrEnum):
    """How a claim puts its number: "10 times faster", "20 per cent less", "19 per cent more"."""

    TIMES_LESS = "times_less"
    PERCENT_LESS = "percent_less"
    PERCENT_MORE = "percent_more"


@dataclass(frozen=True)
class ClaimedFigure:
    """The number of a claim, as it was put.

    Attributes
    ----------
    modest, bold
        Both ends of a range, the one that claims less first; the same number where one was named.
    """

    kind: FigureKind
    modest: float
    bold: float

    @property
    def claims_more(self) -> bool:
        """Whether AI is said to need more than the traditional way."""
        return self.kind is FigureKind.PERCENT_MORE

    @property
    def ratios(self) -> tuple[float, ...]:
        """AI over traditional at the modest end and, where there is a range, at the bold end: 10 times less is 0.1."""
        ends = (self.modest,) if self.modest == self.bold else (self.modest, self.bold)
        if self.kind is FigureKind.TIMES_LESS:
            return tuple(1 / end for end in ends)
        sign = 1 if self.claims_more else -1
        return tuple(1 + sign * end / 100 for end in ends)


@dataclass(frozen=True)
class Claim:
    """What was said in public, as far as it is known.

    Attributes
    ----------
    said_on
        ``2025-07-17``, ``2025-07`` or ``2025``: as exact as the sources are. ``None`` where they give no date.
    words
        What was said, in short and in our words.
    figure
        ``None`` where the claim names no number that compares AI with the traditional way; ``no_figure`` says so.
    sample
        What it rests on, in words, where the sources tell.
    n_shots
        Shots that it rests on; ``None`` where nobody said or where it is not about shots.
    quality_evidence
        What is known of whether both pictures are equally good; ``None`` for nothing.
    """

    name: str
    title: str
    who: str
    said_on: str | None
    words: str
    figure: ClaimedFigure | None
    no_figure: str | None
    metric_kind: MetricKind
    baseline_kind: BaselineKind
    sample: str | None
    n_shots: int | None
    quality_evidence: str | None
    sources: tuple[str, ...]
    caveats: tuple[str, ...]
