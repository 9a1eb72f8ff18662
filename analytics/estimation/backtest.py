"""The back-test: each past production bid as if it had not been made, from the others, held against what it took."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.estimation.baselines import BASELINES
from analytics.estimation.estimating import estimate_shots
from analytics.estimation.history import BidHistory, usable
from analytics.estimation.hours_learned import learn_hours, with_known_words
from analytics.estimation.templates import BidTemplate, load_template
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ListedShot
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    from pandas import DataFrame

FEWEST_SHOTS = 5
"""Finished shots that a production needs to be worth testing on."""

_DRAWS = 300
"""Of the model of hours: a range of one past show needs fewer than a bid."""

_RATE = FrameRate.parse(24)
"""Lengths are given in seconds here; what rate they are counted at does not matter."""


@dataclass(frozen=True)
class TestedProduction:
    """One production bid from the others.

    Attributes
    ----------
    actual_hours
        People-hours of its finished shots.
    p10, p50, p90, mean
        Of their total as it would have been bid.
    shots_inside
        Share of its shots that lie in their own range.
    pinball
        Mean loss of the 10 %, 50 % and 90 % points of the total, over the actual hours (Koenker and Bassett 1978).
    baselines
        Total people-hours by the simpler ways of estimating.
    """

    production_id: str
    name: str
    n_shots: int
    actual_hours: float
    p10: float
    p50: float
    p90: float
    mean: float
    shots_inside: float
    shot_error: float
    pinball: float
    baselines: Mapping[str, float]

    @property
    def inside(self) -> bool:
        """Whether the range held what it took."""
        return self.p10 <= self.actual_hours <= self.p90

    @property
    def error(self) -> float:
        """How far the middle of the range was off, as a share of what it took."""
        return abs(self.p50 / self.actual_hours - 1)

    def baseline_error(self, name: str) -> float:
        """The same of a simpler way."""
        return abs(self.baselines[name] / self.actual_hours - 1)


@dataclass(frozen=True)
class Backtest:
    """Every production that could be tested."""

    productions: tuple[TestedProduction, ...]

    @property
    def n_shots(self) -> int:
        """Finished shots that were tested on."""
        return sum(each.n_shots for each in self.productions)

    @property
    def inside_count(self) -> int:
        """Productions whose total lay in its range of 80 %."""
        return sum(each.inside for each in self.productions)

    @property
    def shots_inside(self) -> float:
        """Share of shots in their range of 80 %."""
        return sum(each.shots_inside * each.n_shots for each in self.productions) / self.n_shots

    @property
    def median_error(self) -> float:
        """Median over productions of how far the middle of the total was off."""
        return _median([each.error for each in self.productions])

    @property
    def shot_error(self) -> float:
        """Median over productions of the median shot's error."""
        return _median([each.shot_error for each in self.productions])

    @property
    def pinball(self) -> float:
        """Mean over productions."""
        return sum(each.pinball for each in self.productions) / len(self.productions)

    def baseline_errors(self) -> dict[str, float]:
        """Median error of the total by each simpler way."""
        return {name: _median([each.baseline_error(name) for each in self.productions]) for name in BASELINES}

    def in_words(self) -> str:
        """What a bid quotes beside its range."""
        tested = len(self.productions)
        return (
            f"Bid from the others, {self.inside_count} of {tested} past productions came out inside their range; "
            f"{self.shots_inside:.0%} of {self.n_shots:,} shots did (80% is meant). "
            f"The middle of the total was off by {self.median_error:.0%} (median)."
        )


def backtest(
    history: BidHistory,
    *,
    template: BidTemplate | None = None,
    outcomes: int = 1000,
    seed: int = 0,
    progress: Callable[[int, int, str], None] | None = None,
) -> Backtest:
    """Leave one production out at a time, bid its finished shots from the rest, compare.

    What its own later productions taught is used too: this asks how well ranges made this way hold, not what could
    have been known on that day.

    Parameters
    ----------
    progress
        Is told which production is next: how many are done, of how many, its name.

    Raises
    ------
    InputRefused
        If fewer than two productions have finished shots.
    """
    template = template or load_template()
    shots = usable(history.shots)
    counts = shots[shots["status"] == "final"]["production_id"].value_counts()
    names = sorted(str(name) for name in counts.index[counts >= FEWEST_SHOTS])
    if len(names) < 2:
        raise InputRefused(
            "back-test", len(names),
            f"needs two past productions of at least {FEWEST_SHOTS} finished shots: one to bid, one to learn from",
            "import more history, or look at a made-up one: shotledger demo-catalog",
        )  # fmt: skip
    tested: list[TestedProduction] = []
    for done, production_id in enumerate(names):
        if progress is not None:
            progress(done, len(names), production_id)
        tested.append(_tested(history, production_id, template, outcomes, seed + done))
    if progress is not None:
        progress(len(names), len(names), "")
    return Backtest(tuple(tested))


def _tested(
    history: BidHistory, production_id: str, template: BidTemplate, outcomes: int, seed: int
) -> TestedProduction:
    import numpy as np

    own = with_known_words(usable(history.shots[history.shots["production_id"] == production_id]))
    own = own[own["status"] == "final"]
    rest = history.without([production_id])
    listed = shots_as_listed(own)
    first = own.iloc[0]
    learned = learn_hours(rest.with_columns_of(()), template, draws=_DRAWS, seed=seed)
    estimate = estimate_shots(
        rest, listed, fps=_RATE, production_id=production_id, title_id=first.get("title_id"),
        territory=first.get("territory"), learned=learned, outcomes=outcomes, seed=seed,
    )  # fmt: skip
    drawn = estimate.people_hours
    total = drawn.sum(axis=1)
    actual = own["people_hours"].to_numpy(float)
    levels = (0.1, 0.5, 0.9)
    p10, p50, p90 = (float(each) for each in np.quantile(total, levels))
    low, middle, high = np.quantile(drawn, levels, axis=0)
    truth = float(actual.sum())
    losses = [
        max(level * (truth - each), (level - 1) * (truth - each))
        for level, each in zip(levels, (p10, p50, p90), strict=True)
    ]
    past = with_known_words(usable(rest.shots))
    past = past[past["status"] == "final"]
    return TestedProduction(
        production_id,
        str(first.get("production_name") or production_id),
        len(own),
        truth,
        p10,
        p50,
        p90,
        float(total.mean()),
        float(((low <= actual) & (actual <= high)).mean()),
        float(np.median(np.abs(middle / actual - 1))),
        float(np.mean(losses)) / truth,
        {name: float(estimated(past, own, template).sum()) for name, estimated in BASELINES.items()}
        if len(past)
        else {},
    )


def shots_as_listed(shots: "DataFrame") -> list[ListedShot]:
    """Past shots as they would have stood in a list before any work, in the workflow they were begun in.

    Frames are those of the same seconds at 24 a second.
    """
    return [
        ListedShot(
            place="history",
            code=str(row["shot_id"]),
            cut_frames=max(1, round(float(row["cut_seconds"]) * 24)),
            handle_frames=_whole(row.get("handle_frames")) or 0,
            sequence=_known(row["sequence"]),
            kind=ShotKind(row["kind"]),
            complexity=Complexity(row["complexity"]),
            description=_known(row.get("description")) or "",
            width=_whole(row.get("width")),
            height=_whole(row.get("height")),
            camera_move=_known(row.get("camera_move")),
            vendor=_known(row.get("main_vendor")),
            territory=_known(row.get("territory")),
            workflow=Workflow(row["arm"]),
            turnover_on=None if row["turnover_on"] != row["turnover_on"] else row["turnover_on"],
        )
        for row in shots.to_dict("records")
    ]


def _known(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _whole(value: Any) -> int | None:
    return None if value is None or value != value else int(value)


def _median(values: Sequence[float]) -> float:
    import numpy as np

    return float(np.median(values))
