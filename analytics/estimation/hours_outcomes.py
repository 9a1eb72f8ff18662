"""What the shots of a list may take: outcomes drawn from the fitted model, each with what its shots share.

In one outcome all shots have the same effects, the same production, and those of a sequence the same sequence, so that
the range of a total is as wide as shared luck makes it. Percentiles of shots are never added up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.estimation.hours_learned import HoursLearned, scale_groups
from analytics.estimation.luck import Luck
from analytics.estimation.shot_columns import ai_share
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    import numpy as np
    from pandas import DataFrame

    Draws = np.ndarray[Any, np.dtype[np.float64]]
    Whole = np.ndarray[Any, np.dtype[np.int64]]

_FEW = 30
"""Below so many shots their own scatter says little about tails: a Student's t stands in."""
_TAIL_DEGREES = 6.0
_ALIKE_IN_BOTH = 0.6
"""Chance that what nothing explains of a shot would be the same in another workflow: a hard plate is hard for both."""


@dataclass(frozen=True)
class Candidates:
    """Shots of a list in every way they may turn out to be described.

    Attributes
    ----------
    rows
        The columns of `ShotColumns`; one row a shot, or several where the list does not say what kind or how complex.
    shot
        By row, which shot of the list it is of.
    codes
        By shot.
    """

    rows: "DataFrame"
    shot: "Whole"
    codes: tuple[str, ...]


def draw_hours(
    learned: HoursLearned,
    candidates: Candidates,
    chosen: "Whole",
    workflows: Sequence[Workflow],
    *,
    production_id: str | None,
    hours_so_far: "Draws",
    luck: Luck,
) -> "dict[Workflow, Draws]":
    """People-hours of shape (outcomes, shots) in each workflow.

    Parameters
    ----------
    chosen
        Shape (outcomes, shots): which row of the candidates a shot is in an outcome.
    production_id
        Where the history has shots of it, its own effects are used.
    hours_so_far
        By shot, what is booked already: outcomes lie above it.
    luck
        Of as many outcomes.
    """
    import numpy as np

    posterior = learned.posterior
    outcomes = len(chosen)
    draw = np.arange(outcomes) % len(posterior.effects)
    shared = _Shared(learned, candidates, draw, production_id, luck)
    floor = np.log(np.maximum(hours_so_far, 1e-9))
    same = luck.of_shots("alike in both", candidates.codes) < _ALIKE_IN_BOTH
    first_luck = luck.of_shots("scatter", candidates.codes)
    hours: dict[Workflow, Draws] = {}
    across = np.arange(outcomes)[:, None]
    for number, workflow in enumerate(workflows):
        rows = candidates.rows.assign(arm=workflow.value)
        share = float(ai_share([workflow.value], learned.template.hybrid)[0])
        middle = (_middle(learned, rows, draw) + shared.of_rows)[across, chosen] + shared.of(share)
        groups = scale_groups(rows)
        scale = posterior.shot_spreads[draw[:, None], groups[chosen]]
        own_luck = first_luck
        if number:
            own_luck = np.where(same, first_luck, luck.of_shots(f"scatter {workflow.value}", candidates.codes))
        scatter = _Scatter(learned, workflow is Workflow.AI, draw)
        lowest = scatter.chance_below((floor[None, :] - middle) / scale) if (hours_so_far > 0).any() else 0.0
        above = lowest + (1 - lowest) * own_luck
        log_hours = middle + scale * scatter.at(above)
        # Nothing in the past went so far: what is booked is exceeded by a little more, as the end of a tail is.
        log_hours = np.maximum(log_hours, floor[None, :] + 0.02 * own_luck)
        hours[workflow] = np.exp(np.clip(log_hours, -6.0, 14.0))
    return hours


def _middle(learned: HoursLearned, rows: "DataFrame", draw: "Whole") -> "Draws":
    """Logarithms of hours by outcome and row, before what is shared and what nothing explains."""
    import numpy as np

    effects = learned.posterior.effects
    columns = np.hstack([np.ones((len(rows), 1)), learned.columns.matrix(rows)])
    return np.asarray((effects @ columns.T)[draw] + learned.columns.template_log_hours(rows)[None, :])


class _Shared:
    """What shots of the list share in each outcome: their production, its way with AI, sequences and vendors."""

    def __init__(
        self,
        learned: HoursLearned,
        candidates: Candidates,
        draw: "Whole",
        production_id: str | None,
        luck: Luck,
    ) -> None:
        import numpy as np

        first = np.unique(candidates.shot, return_index=True)[1]
        shots = candidates.rows.iloc[first]
        self.learned, self.draw, self.luck = learned, draw, luck
        production = np.array([production_id] * len(shots), dtype=object)
        sequence = np.array(
            [None if each is None else (production_id, each) for each in shots["sequence"]] + [None], dtype=object
        )[:-1]
        self.production = self._effects("production", production)
        self.slope = self._effects("production x ai", production)
        self.rest = self._effects("sequence", sequence)
        for group, column in (("vendor", "main_vendor"), ("title", "title_id"), ("territory", "territory")):
            if learned.levels[group]:
                names = np.array([*shots[column].tolist(), None], dtype=object)[:-1]
                self.rest = self.rest + self._effects(group, names)
        cells = [*zip(candidates.rows["kind"], candidates.rows["complexity"], strict=True), None]
        self.of_rows = self._effects("kind x complexity", np.array(cells, dtype=object)[:-1])

    def _effects(self, group: str, names: "np.ndarray[Any, np.dtype[np.object_]]") -> "Draws":
        """Shape (outcomes, shots): those the history knows as they were drawn, others new from their population."""
        import numpy as np

        known = self.learned.levels[group]
        spread = self.learned.posterior.spreads[group][self.draw]
        distinct = list(dict.fromkeys(names.tolist()))
        by_name = np.empty((len(self.draw), len(distinct)))
        for place, name in enumerate(distinct):
            if name in known:
                by_name[:, place] = self.learned.posterior.shared[group][self.draw, known[name]]
            else:
                by_name[:, place] = spread * self.luck.of(group, name).standard_normal(len(self.draw))
        place_of = {name: place for place, name in enumerate(distinct)}
        return np.asarray(by_name[:, [place_of[name] for name in names.tolist()]])

    def of(self, share: float) -> "Draws":
        return self.production + share * self.slope + self.rest


class _Scatter:
    """What nothing explains, by the past shots' own: its quantiles in each outcome."""

    def __init__(self, learned: HoursLearned, ai: bool, draw: "Whole") -> None:
        sides: Mapping[bool, Any] = learned.sorted_scatter
        pool = sides[ai] if sides[ai].shape[1] >= _FEW else sides[not ai]
        self.pool = pool if pool.shape[1] >= _FEW else None
        self.draw = draw

    def at(self, chance: "Draws") -> "Draws":
        """The quantile at each chance, shape (outcomes, shots)."""
        import numpy as np

        if self.pool is None:
            from scipy.stats import t

            return np.asarray(t.ppf(np.clip(chance, 1e-9, 1 - 1e-9), _TAIL_DEGREES) * _unit_t())
        count = self.pool.shape[1]
        place = np.clip(chance * count - 0.5, 0, count - 1.000001)
        lower = place.astype(np.int64)
        part = place - lower
        rows = self.draw[:, None]
        return np.asarray(self.pool[rows, lower] * (1 - part) + self.pool[rows, lower + 1] * part, dtype=np.float64)

    def chance_below(self, value: "Draws") -> "Draws":
        """Share of the pool below each value, shape (outcomes, shots)."""
        import numpy as np

        if self.pool is None:
            from scipy.stats import t

            return np.asarray(t.cdf(value / _unit_t(), _TAIL_DEGREES))
        count = self.pool.shape[1]
        found = np.empty(value.shape)
        for outcome in range(len(value)):
            found[outcome] = np.searchsorted(self.pool[self.draw[outcome]], value[outcome]) / count
        return found


def _unit_t() -> float:
    """Scales Student's t to the standard deviation 1."""
    return float(((_TAIL_DEGREES - 2) / _TAIL_DEGREES) ** 0.5)
