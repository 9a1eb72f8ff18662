"""What shots take in people-hours, learned from past shots: a regression of logarithms whose productions, sequences and
vendors are draws from a population, with the template as what is believed before any shot is seen.

It is fitted by Gibbs sampling (Gelman et al., Bayesian Data Analysis, 3rd ed., ch. 15), so that with one past
production the range for the next is as wide as not knowing how productions differ makes it. Unfinished shots are known
to take more than what is booked so far, and are drawn from what lies above it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[Any, np.dtype[np.float64]]
    Whole = np.ndarray[Any, np.dtype[np.int64]]

GROUPS = ("production", "production x ai", "sequence", "vendor", "title", "territory", "kind x complexity")
"""What shots share: each is a set of effects with a spread of its own."""


@dataclass(frozen=True)
class Believed:
    """What is believed beforehand about a spread: its median, and the standard deviation of its natural logarithm."""

    median: float
    log_sd: float


BELIEVED: Mapping[str, Believed] = {
    "production": Believed(0.28, 0.45),
    "production x ai": Believed(0.12, 0.50),
    "sequence": Believed(0.14, 0.50),
    "vendor": Believed(0.10, 0.60),
    "title": Believed(0.12, 0.50),
    "territory": Believed(0.08, 0.60),
    "kind x complexity": Believed(0.07, 0.70),
}
"""Productions of one studio differ by a third or so; little is published, so that the past soon overrules it."""

SHOT_SPREAD = Believed(0.60, 0.25)
_WARM_UP = 200


@dataclass(frozen=True)
class PastShots:
    """What the model is fitted to.

    Attributes
    ----------
    columns
        Shots x columns, of `ShotColumns`.
    template_log_hours, log_hours
        By shot; hours of unfinished shots are those booked so far.
    unfinished
        By shot, bool.
    ai
        By shot, 0 to 1.
    groups
        By name of `GROUPS`, which effect a shot has (from 0), and -1 for none.
    scale_group
        By shot, from 0: shots of one group scatter alike.
    """

    columns: "Matrix"
    template_log_hours: "Matrix"
    log_hours: "Matrix"
    unfinished: "np.ndarray[Any, np.dtype[np.bool_]]"
    ai: "Matrix"
    groups: "Mapping[str, Whole]"
    scale_group: "Whole"
    scale_group_count: int


@dataclass(frozen=True)
class HoursPosterior:
    """Draws of everything the model does not know, each drawn together.

    Attributes
    ----------
    effects
        Draws x (1 + columns): the level of the studio, then the columns' effects.
    shared
        By name of `GROUPS`, draws x effects.
    spreads
        By name of `GROUPS`, by draw.
    shot_spreads
        Draws x scale groups.
    scatter
        Draws x past shots: what nothing explains of each, over the spread of its group.
    """

    effects: "Matrix"
    shared: "Mapping[str, Matrix]"
    spreads: "Mapping[str, Matrix]"
    shot_spreads: "Matrix"
    scatter: "np.ndarray[Any, np.dtype[np.float32]]"


def fit_hours(
    past: PastShots,
    expected_spread: "Matrix",
    studio_spread: float,
    *,
    believed: Mapping[str, Believed] = BELIEVED,
    shot_spread: Believed = SHOT_SPREAD,
    draws: int = 600,
    seed: int = 0,
) -> HoursPosterior:
    """Draw from what past shots and the template leave open.

    Parameters
    ----------
    expected_spread
        By column; see `ShotColumns.expected_spread`.
    studio_spread
        How far the template's level may be off, as the scale of a Student's t with 3 degrees of freedom: a studio that
        is far from the template soon overrules it.
    believed, shot_spread
        About the spreads of what shots share, and of shots themselves.
    """
    from threadpoolctl import threadpool_limits

    # Thousands of small products: threads would only wait for each other.
    with threadpool_limits(1):
        return _Sampler(past, expected_spread, studio_spread, believed, shot_spread, seed).run(draws)


class _Sampler:
    def __init__(
        self,
        past: PastShots,
        expected_spread: "Matrix",
        studio_spread: float,
        believed: Mapping[str, Believed],
        shot_spread: Believed,
        seed: int,
    ) -> None:
        import numpy as np

        self.past, self.rng = past, np.random.default_rng(seed)
        self.believed, self.shot_spread = believed, shot_spread
        self.studio_spread = studio_spread
        n = len(past.log_hours)
        self.counts = {name: int(past.groups[name].max(initial=-1)) + 1 for name in GROUPS}
        blocks = [np.ones((n, 1)), past.columns]
        self.places: dict[str, slice] = {}
        start = 1 + past.columns.shape[1]
        for name in GROUPS:
            block = np.zeros((n, self.counts[name]))
            has = past.groups[name] >= 0
            block[np.flatnonzero(has), past.groups[name][has]] = past.ai[has] if name == "production x ai" else 1.0
            blocks.append(block)
            self.places[name] = slice(start, start + self.counts[name])
            start += self.counts[name]
        self.design = np.hstack(blocks)
        self.fixed_precision = expected_spread**-2.0
        self.rows_of = [np.flatnonzero(past.scale_group == group) for group in range(past.scale_group_count)]
        self.grams = [block.T @ block for block in (self.design[rows] for rows in self.rows_of)]
        self.target = past.log_hours - past.template_log_hours
        self.floor = self.target.copy()

    def run(self, draws: int) -> HoursPosterior:
        import numpy as np

        past, rng = self.past, self.rng
        n, width = self.design.shape
        spreads = {name: self.believed[name].median for name in GROUPS}
        shot_spreads = np.full(past.scale_group_count, self.shot_spread.median)
        pooled = self.shot_spread.median
        level_precision = self.studio_spread**-2.0
        target = self.target.copy()
        kept_effects = np.empty((draws, 1 + past.columns.shape[1]))
        kept_shared = {name: np.empty((draws, self.counts[name])) for name in GROUPS}
        kept_spreads = {name: np.empty(draws) for name in GROUPS}
        kept_shot = np.empty((draws, past.scale_group_count))
        kept_scatter = np.empty((draws, n), dtype=np.float32)
        open_rows = np.flatnonzero(past.unfinished)
        for step in range(_WARM_UP + draws):
            precision = np.empty(width)
            precision[0] = level_precision
            precision[1 : 1 + len(self.fixed_precision)] = self.fixed_precision
            for name in GROUPS:
                precision[self.places[name]] = spreads[name] ** -2.0
            theta = self._effects(precision, shot_spreads, target)
            fitted = self.design @ theta
            scale = shot_spreads[past.scale_group]
            if len(open_rows):
                target[open_rows] = _above(self.floor[open_rows], fitted[open_rows], scale[open_rows], rng)
            scatter = target - fitted
            for name in GROUPS:
                spreads[name] = _spread(theta[self.places[name]], self.believed[name], rng)
            for group, rows in enumerate(self.rows_of):
                shot_spreads[group] = _shot_spread(scatter[rows], pooled, rng)
            pooled = _pooled_spread(shot_spreads, self.shot_spread, rng)
            # Student's t with 3 degrees of freedom as a normal whose variance is drawn.
            level_precision = rng.gamma(2.0, 1.0 / (0.5 * (3 * self.studio_spread**2 + theta[0] ** 2)))
            if step >= _WARM_UP:
                at = step - _WARM_UP
                kept_effects[at] = theta[: kept_effects.shape[1]]
                for name in GROUPS:
                    kept_shared[name][at] = theta[self.places[name]]
                    kept_spreads[name][at] = spreads[name]
                kept_shot[at] = shot_spreads
                kept_scatter[at] = scatter / shot_spreads[past.scale_group]
        return HoursPosterior(kept_effects, kept_shared, kept_spreads, kept_shot, kept_scatter)

    def _effects(self, precision: "Matrix", shot_spreads: "Matrix", target: "Matrix") -> "Matrix":
        """One draw of all effects together, from their normal distribution given the spreads."""
        import numpy as np
        from scipy.linalg import cho_solve, cholesky, solve_triangular

        weights = shot_spreads**-2.0
        normal = np.diag(precision)
        for weight, gram in zip(weights, self.grams, strict=True):
            normal += weight * gram
        right = (target * weights[self.past.scale_group]) @ self.design
        upper = cholesky(normal, lower=False, overwrite_a=True, check_finite=False)
        middle = cho_solve((upper, False), right, check_finite=False)
        noise = self.rng.standard_normal(len(precision))
        return np.asarray(middle + solve_triangular(upper, noise, lower=False, check_finite=False))


def _above(floor: "Matrix", middle: "Matrix", scale: "Matrix", rng: "np.random.Generator") -> "Matrix":
    """Normal draws that lie above a floor (inverse of the upper tail, which keeps its digits far out)."""
    import numpy as np
    from scipy.special import log_ndtr, ndtri_exp

    tail = log_ndtr(-(floor - middle) / scale)
    return np.asarray(middle - scale * ndtri_exp(tail + np.log(rng.uniform(1e-12, 1.0, len(floor)))))


@cache
def _grid() -> "Matrix":
    import numpy as np

    return np.geomspace(0.01, 2.5, 90)


def _spread(effects: "Matrix", believed: Believed, rng: "np.random.Generator") -> float:
    """One draw of the spread of some effects, on a grid: with few of them what is believed decides."""
    import numpy as np

    grid = _grid()
    log_density = (
        -0.5 * (np.log(grid / believed.median) / believed.log_sd) ** 2
        - len(effects) * np.log(grid)
        - 0.5 * float(effects @ effects) / grid**2
    )
    weights = np.exp(log_density - log_density.max()).cumsum()
    return float(grid[np.searchsorted(weights, rng.uniform(0, weights[-1]))])


_ALIKE = 12.0
"""So many shots' worth of belief that a group scatters as the others do."""


def _shot_spread(scatter: "Matrix", pooled: float, rng: "np.random.Generator") -> float:
    """One draw from the inverse gamma distribution of a variance."""
    shape = 0.5 * (_ALIKE + len(scatter))
    rate = 0.5 * (_ALIKE * pooled**2 + float(scatter @ scatter))
    return float((rate / rng.gamma(shape)) ** 0.5)


def _pooled_spread(shot_spreads: "Matrix", shot_spread: Believed, rng: "np.random.Generator") -> float:
    """One draw of what the groups scatter around, on a grid."""
    import numpy as np

    grid = _grid()
    believed = -0.5 * (np.log(grid / shot_spread.median) / shot_spread.log_sd) ** 2
    likelihood = sum(_ALIKE * np.log(grid) - 0.5 * _ALIKE * grid**2 / each**2 for each in shot_spreads)
    log_density = believed + likelihood
    weights = np.exp(log_density - log_density.max()).cumsum()
    return float(grid[np.searchsorted(weights, rng.uniform(0, weights[-1]))])


def levels_of(values: Sequence[Any]) -> "tuple[Whole, list[Any]]":
    """Number the distinct values from 0 in the order they come; ``None`` and nan get -1."""
    import numpy as np

    numbered: dict[Any, int] = {}
    places = [-1 if value is None or value != value else numbered.setdefault(value, len(numbered)) for value in values]
    return np.array(places, dtype=np.int64), list(numbered)
