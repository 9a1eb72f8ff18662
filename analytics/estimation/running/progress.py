"""Moves simulated outcomes by what is booked on shots in work.

A shot far along its days with few hours will take few, and where all of them run ahead of what was expected, so will
those that have not begun. That a shot is still open at its age moves the shot itself: at any moment, more of the long
ones are in work. What is booked on it is weighed against its outcomes, and put as an observation of its total with an
error (the tilted moments of expectation propagation: T. Minka 2001). Outcomes of all open shots are then moved by these
observations as far as they go together over all outcomes (the ensemble Kalman filter: G. Evensen, Data Assimilation,
2nd ed., ch. 9), on the scale of logarithms. How far two shots go together is averaged over pairs of like shots, of one
sequence or not, of one workflow or not: single pairs of two thousand outcomes would add noise for every shot.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Draws = np.ndarray[Any, np.dtype[np.float64]]
    Row = np.ndarray[Any, np.dtype[np.float64]]

_BEYOND = 0.2
"""Natural logarithm of how far a shot that has outrun all outcomes may still go; assumed."""
_LEAST_TOLD = 0.02
"""Share of what outcomes know by themselves that an observation tells at least."""


_TAIL_DEGREES = 5.0


def tilted(log_hours: "Row", log_chance: "Callable[[Row], Row]") -> tuple[float, float]:
    """Middle and variance of one shot's outcomes once something of that chance is known of it.

    Its outcomes are taken as a Student's t of their middle and spread: shots go wrong more often, and further, than a
    normal distribution would have it, and one that has gone wrong must not be pulled back to the usual.
    """
    import numpy as np

    middle, variance = float(log_hours.mean()), max(float(log_hours.var()), 1e-4)
    apart = np.linspace(-7, 7, 225)
    grid = middle + apart * variance**0.5
    log_weights = log_chance(grid) - (_TAIL_DEGREES + 1) / 2 * np.log1p(apart**2 / (_TAIL_DEGREES - 2))
    weights = np.exp(log_weights - log_weights.max())
    weights /= weights.sum()
    tilted_middle = float(weights @ grid)
    return tilted_middle, float(weights @ (grid - tilted_middle) ** 2)


def observation(log_hours: "Row", log_chance: "Callable[[Row], Row]") -> tuple[float, float]:
    """What is known of one shot, as an observation of the logarithm of its total: value and variance of its error.

    Parameters
    ----------
    log_hours
        Its outcomes, of which middle and spread are used.
    log_chance
        Of what is known, by total.
    """
    middle, variance = float(log_hours.mean()), max(float(log_hours.var()), 1e-4)
    moved, left = tilted(log_hours, log_chance)
    precision = max(1 / max(left, 1e-5) - 1 / variance, _LEAST_TOLD / variance)
    # The value that moves the middle to where the chance moves it.
    return middle + (moved - middle) * (variance + 1 / precision) / variance, 1 / precision


def moved_by_progress(
    log_hours: "Draws",
    values: "Row",
    variances: "Row",
    seen: Sequence[int],
    alike: Sequence[tuple[Any, Any]],
    rng: "np.random.Generator",
) -> "Draws":
    """Outcomes given observations of some shots.

    Parameters
    ----------
    log_hours
        Shape (outcomes, shots): natural logarithms of what open shots take.
    values, variances
        By seen shot; see `observation`.
    seen
        Which shots those are.
    alike
        By shot, its sequence and its workflow; ``None`` is like no other.
    """
    import numpy as np

    if not len(seen):
        return log_hours
    places = np.asarray(seen)
    spread = np.maximum(log_hours.std(axis=0), 1e-6)
    scaled = (log_hours - log_hours.mean(axis=0)) / spread
    together = scaled.T @ scaled[:, places] / len(log_hours)
    together = _averaged(together, _pair_classes(alike)[:, places], places)
    of_seen = _positive(together[places]) * np.outer(spread[places], spread[places])
    gain = np.linalg.solve(of_seen + np.diag(variances), (together * np.outer(spread, spread[places])).T).T
    error = rng.standard_normal((len(log_hours), len(places))) * variances**0.5
    return np.asarray(log_hours + (values + error - log_hours[:, places]) @ gain.T)


def kept_above(log_hours: "Row", floor: float) -> "Row":
    """Outcomes of one shot given that they lie above what is booked; the order among outcomes stays.

    Each outcome takes the value of its rank among those above the floor. Where hardly any is, the shot has gone further
    than anything foretold: it is taken to end a little above what is booked.
    """
    import numpy as np

    above = np.sort(log_hours[log_hours > floor])
    if len(above) < max(5, len(log_hours) // 50):
        ranks = log_hours.argsort().argsort() / len(log_hours)
        return np.asarray(floor + 0.02 + _BEYOND * ranks)
    if len(above) == len(log_hours):
        return log_hours
    ranks = log_hours.argsort().argsort()
    places = (ranks + 0.5) / len(log_hours) * len(above) - 0.5
    return np.asarray(np.interp(places, np.arange(len(above)), above))


def _pair_classes(alike: Sequence[tuple[Any, Any]]) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """Shots x shots: 0 to 3, whether they share sequence and workflow."""
    import numpy as np

    same = []
    for side in (0, 1):
        names: dict[Any, int] = {}
        codes = np.array(
            [names.setdefault(each[side] if each[side] is not None else object(), len(names)) for each in alike]
        )
        same.append(codes[:, None] == codes[None, :])
    return np.asarray(2 * same[0] + same[1], dtype=np.int64)


def _averaged(together: "Draws", classes: "np.ndarray[Any, np.dtype[np.int64]]", places: Any) -> "Draws":
    """Correlations averaged over pairs of one class; those of a shot with itself stay its own."""
    import numpy as np

    own = together[places, np.arange(len(places))]
    other = np.ones(together.shape, dtype=bool)
    other[places, np.arange(len(places))] = False
    averaged = np.zeros_like(together)
    for each in range(4):
        chosen = other & (classes == each)
        if chosen.any():
            averaged[chosen] = max(0.0, float(together[chosen].mean()))
    averaged[places, np.arange(len(places))] = own
    return averaged


def _positive(together: "Draws") -> "Draws":
    """The nearest such matrix that a set of correlations can be; averages of pairs need not be one."""
    import numpy as np

    values, vectors = np.linalg.eigh(together)
    return np.asarray(vectors @ np.diag(np.maximum(values, 0.02)) @ vectors.T)
