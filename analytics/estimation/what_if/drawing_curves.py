"""Draws what shots take at every share of AI from the model of hours that past shots were fitted to.

It is the model of bids (`hours_model`): what an AI shot takes counts its fallbacks, unfinished shots count as taking
more than so far, and productions, their way with AI and sequences are drawn too, so that ranges are as wide as what
shots share makes them. Hours become costs by what past hours and everything beside people cost.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.estimation.history import MOST_SHOTS, BidHistory, latest, usable
from analytics.estimation.hours_learned import HoursLearned, learn_hours, with_known_words
from analytics.estimation.hours_outcomes import Candidates, draw_hours
from analytics.estimation.luck import Luck
from analytics.estimation.templates import BidTemplate, load_template
from analytics.estimation.what_if.hour_prices import PastPrices, past_prices
from analytics.estimation.what_if.share_curves import (
    FEWEST_TRIED,
    STEPS,
    ComplexityDifference,
    KindCurve,
    Measure,
)
from analytics.vocabulary.shot import Complexity
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    import numpy as np
    from pandas import DataFrame

    Draws = np.ndarray[Any, np.dtype[np.float64]]
    Whole = np.ndarray[Any, np.dtype[np.int64]]

OUTCOMES = 400
MOST_DRAWN = 6_000
"""Of more shots so many stand for all: which ones is drawn within each kind."""
UNTRIED = {"ai x complexity": 0.5, "ai x kind": 0.4}
"""A bid asks of shots as they are usually made, a what-if of such as AI was never given: what AI does to hero shots
where nobody tried is less sure than bids take it to be."""
UNTRIED_SPREAD, UNTRIED_SHOTS = 0.5, 4.0
"""Standard deviation of the logarithm by which AI's hours at a complexity it was never tried on may be off, and how
many AI shots halve its square: by `benchmarks/what_if.py`, without it ranges of savings hold too seldom."""
_ALIKE_IN_FALLING_BACK = 20.0
"""So many shots' worth of belief that a kind and complexity falls back as often as all."""
NEW_PRODUCTION = "a production that nothing is known of"
_ARMS = (Workflow.TRADITIONAL.value, Workflow.AI.value)
NetShares = Mapping[tuple[str | None, str], float]
"""What is left of a cost after incentives, by production (``None``: a new one) and arm."""


@dataclass(frozen=True)
class PastSlate:
    """Past shots, the model fitted to them, and what their hours cost.

    Attributes
    ----------
    shots
        Begun by AI or traditionally, neither omitted nor enabled by AI nor made both ways.
    """

    shots: "DataFrame"
    hours: HoursLearned
    prices: PastPrices


def comparable(shots: "DataFrame") -> "DataFrame":
    """Shots whose workflow is one's choice: begun by AI or traditionally, and neither omitted nor enabled by AI."""
    used = usable(shots)
    return with_known_words(used[used["arm"].isin(_ARMS) & ~used["enabled"].astype(bool)]).reset_index(drop=True)


def learn_slate(shots: "DataFrame", template: BidTemplate | None = None, *, seed: int = 0) -> PastSlate:
    """Learn from shots as ``slate_shots`` answers, with ``cost_gross`` and ``cost_people`` beside it."""
    past = comparable(shots)
    history = BidHistory(latest(past, MOST_SHOTS), past[[]])
    learned = learn_hours(history, template or load_template(), draws=OUTCOMES, seed=seed, expected=UNTRIED)
    return PastSlate(past, learned, past_prices(past))


def kind_curves(
    past: PastSlate, asked: "DataFrame", net_shares: NetShares | None, *, seed: int = 0
) -> tuple[KindCurve, ...]:
    """What the shots asked about take at every share of AI.

    A larger share gives AI more shots, the easy and short ones first; a smaller one takes the hard and long ones back.

    Parameters
    ----------
    asked
        Shots with the columns of ``slate_shots``. Those without an arm are given to AI as past ones were.
    net_shares
        ``None`` where no incentives are claimed.
    """
    import numpy as np

    rng = np.random.default_rng([seed, 1])
    asked = with_known_words(asked.assign(arm=arms_so_far(past.hours, asked)))
    counts = asked["kind"].value_counts()
    rows, weights = _drawn_rows(asked, rng)
    hours = _both_ways(past.hours, rows, seed)
    hours[_ARMS[1]] *= _beyond_the_model(past.shots, rows, rng)
    cost = {
        arm: drawn * past.prices.of_hours(rows, arm)[None, :] + past.prices.beside(rows, arm)[None, :]
        for arm, drawn in hours.items()
    }
    takes = {Measure.GROSS: cost, Measure.HOURS: hours}
    if net_shares is not None:
        takes[Measure.NET] = {arm: drawn * _left(net_shares, rows, arm)[None, :] for arm, drawn in cost.items()}
    falls = rng.random((OUTCOMES, len(rows))) < _fallback_chances(past.shots, rows, rng)
    takes[Measure.FALLBACKS] = {_ARMS[0]: np.zeros(falls.shape), _ARMS[1]: falls.astype(np.float64)}
    return tuple(
        _kind_curve(
            str(kind), int(counts[kind]), rows, np.flatnonzero(rows["kind"] == kind), weights, takes, past.shots
        )
        for kind in counts.index
    )


def _kind_curve(
    kind: str,
    count: int,
    rows: "DataFrame",
    own: "Any",
    weights: "Draws",
    takes: Mapping[Measure, Mapping[str, "Draws"]],
    past: "DataFrame",
) -> KindCurve:
    import numpy as np

    by_ai = (rows["arm"].iloc[own] == _ARMS[1]).to_numpy()
    place = own[taking_order(rows.iloc[own])]
    so_far = round(STEPS * float(by_ai.mean()))
    ends = np.rint(np.arange(STEPS + 1) / STEPS * len(own)).astype(np.int64)
    ends[so_far] = by_ai.sum()
    ends = np.maximum.accumulate(ends)
    weight = float(weights[own[0]])
    finished = past[(past["kind"] == kind) & (past["status"] == "final")]
    past_ai = finished[finished["arm"] == _ARMS[1]]["complexity"].value_counts()
    untried = np.array([past_ai.get(each, 0) < FEWEST_TRIED for each in rows["complexity"].iloc[place]])

    def cumulated(values: "Draws") -> "Draws":
        summed = np.cumsum(values[..., place], axis=-1)
        return np.concatenate([np.zeros((*summed.shape[:-1], 1)), summed], axis=-1)

    curves = {}
    for measure, arms in takes.items():
        traditional, ai = (cumulated(arms[arm]) for arm in _ARMS)
        at = ai[:, ends] + traditional[:, -1:] - traditional[:, ends]
        curves[measure] = (at * weight).astype(np.float32)
    spared = takes[Measure.NET if Measure.NET in takes else Measure.GROSS]
    differences = []
    for level in Complexity:
        of_level = own[(rows["complexity"].iloc[own] == level.value).to_numpy()]
        if len(of_level):
            difference = (spared[_ARMS[1]][:, of_level] - spared[_ARMS[0]][:, of_level]).sum(axis=1) * weight
            differences.append(
                ComplexityDifference(
                    level, round(len(of_level) * weight), int(past_ai.get(level.value, 0)),
                    float(difference.mean()), float((difference < 0).mean()),
                )
            )  # fmt: skip
    counted = np.concatenate([[0], np.cumsum(untried)])[ends]
    return KindCurve(
        kind, count, so_far, int(past_ai.sum()), len(finished) - int(past_ai.sum()), curves,
        np.rint(ends * weight).astype(np.int64), np.rint(counted * weight).astype(np.int64), tuple(differences),
    )  # fmt: skip


def taking_order(shots: "DataFrame") -> "Whole":
    """In which order AI takes the shots of a kind: those it has first, so that the share so far gives exactly these."""
    import numpy as np

    order = {each.value: place for place, each in enumerate(Complexity)}
    complexity = np.array([order[each] for each in shots["complexity"]])
    keys = shots["cut_seconds"].to_numpy(float), complexity, (shots["arm"] != _ARMS[1]).to_numpy()
    return np.asarray(np.lexsort(keys))


def _both_ways(learned: HoursLearned, rows: "DataFrame", seed: int) -> "dict[str, Draws]":
    """People-hours by arm, outcomes x rows."""
    import numpy as np

    luck = Luck(seed, OUTCOMES)
    drawn = {arm: np.empty((OUTCOMES, len(rows))) for arm in _ARMS}
    for production_id, places in sorted(rows.groupby("production_id").indices.items()):
        own = rows.iloc[places].reset_index(drop=True)
        chosen = np.broadcast_to(np.arange(len(own)), (OUTCOMES, len(own)))
        found = draw_hours(
            learned,
            Candidates(own, np.arange(len(own)), tuple(own["shot_id"])),
            chosen,
            (Workflow.TRADITIONAL, Workflow.AI),
            production_id=str(production_id),
            hours_so_far=np.zeros(len(own)),
            luck=luck,
        )
        for workflow, values in found.items():
            drawn[workflow.value][:, places] = values
    return drawn


def _beyond_the_model(past: "DataFrame", rows: "DataFrame", rng: "np.random.Generator") -> "Draws":
    """What multiplies AI's hours, outcomes x rows: the model's effects add up, and truth may not, by complexity."""
    import numpy as np

    finished = past[(past["arm"] == _ARMS[1]) & (past["status"] == "final")]["complexity"].value_counts()
    spreads = {
        each.value: UNTRIED_SPREAD / np.sqrt(1 + finished.get(each.value, 0) / UNTRIED_SHOTS) for each in Complexity
    }
    drawn = {level: np.exp(spread * rng.standard_normal(OUTCOMES)) for level, spread in spreads.items()}
    return np.stack([drawn[level] for level in rows["complexity"]], axis=1)


def _drawn_rows(asked: "DataFrame", rng: "np.random.Generator") -> "tuple[DataFrame, Draws]":
    """The shots that are drawn, and how many each stands for."""
    import numpy as np

    asked = asked.reset_index(drop=True)
    share = min(1.0, MOST_DRAWN / max(len(asked), 1))
    kept, weights = [], []
    for _, places in sorted(asked.groupby("kind").indices.items()):
        wanted = max(1, round(share * len(places)))
        kept.append(np.sort(rng.permutation(places)[:wanted]))
        weights.append(np.full(wanted, len(places) / wanted))
    return asked.iloc[np.concatenate(kept)].reset_index(drop=True), np.concatenate(weights)


def arms_so_far(learned: HoursLearned, asked: "DataFrame") -> list[str]:
    """The arm of each shot; of those without one, as many are AI's of each kind and complexity as past ones were."""
    import numpy as np

    arms = asked["arm"].to_numpy(dtype=object).copy()
    places = np.flatnonzero(~asked["arm"].isin(_ARMS).to_numpy())
    rows = with_known_words(asked.iloc[places])
    chances = np.empty(len(rows))
    for production_id, own in rows.groupby("production_id").indices.items():
        chances[own] = learned.habit.ai_chances(rows.iloc[own], str(production_id))
    arms[places] = _ARMS[0]
    for places_of_cell in rows.groupby(["kind", "complexity"]).indices.values():
        own = np.asarray(places_of_cell)
        likely = own[np.argsort(-chances[own], kind="stable")]
        arms[places[likely[: round(float(chances[own].sum()))]]] = _ARMS[1]
    return [str(arm) for arm in arms]


def _fallback_chances(past: "DataFrame", rows: "DataFrame", rng: "np.random.Generator") -> "Draws":
    """Chance of each row to fall back were it AI's, outcomes x rows, drawn with what few past shots leave open."""
    import numpy as np

    decided = past[(past["arm"] == _ARMS[1]) & ((past["status"] == "final") | past["fell_back"].astype(bool))]
    fell = decided["fell_back"].astype(bool)
    overall = (float(fell.sum()) + 0.5) / (len(decided) + 1)
    cell: Callable[[DataFrame], list[tuple[str, str]]] = lambda shots: list(  # noqa: E731
        zip(shots["kind"], shots["complexity"], strict=True)
    )
    fallen: dict[tuple[str, str], int] = {}
    stayed: dict[tuple[str, str], int] = {}
    for key, back in zip(cell(decided), fell, strict=True):
        counted = fallen if back else stayed
        counted[key] = counted.get(key, 0) + 1
    chances = {
        key: rng.beta(
            fallen.get(key, 0) + _ALIKE_IN_FALLING_BACK * overall,
            stayed.get(key, 0) + _ALIKE_IN_FALLING_BACK * (1 - overall),
            OUTCOMES,
        )
        for key in sorted(set(cell(rows)))
    }
    return np.stack([chances[key] for key in cell(rows)], axis=1)


def _left(net_shares: NetShares, rows: "DataFrame", arm: str) -> "Draws":
    import numpy as np

    return np.array(
        [net_shares.get((production_id, arm), net_shares[None, arm]) for production_id in rows["production_id"]]
    )
