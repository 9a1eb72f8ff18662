"""Improves a mix by moving one shot or two at a time, judged on every outcome: what no linear program sees exactly."""

import time
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from analytics.estimation.mix.outcomes import MixOutcomes, moved, outcomes_of
from analytics.estimation.mix.problem import Values
from analytics.estimation.mix.table import Chosen, MixTable
from analytics.estimation.mix.windows import Windows, shares_of

Score = Callable[[Values], Values]
"""Of net costs, outcomes first: how good each mix is, the lower the better."""

NUMBERS_A_ROUND_OF_PAIRS = 1e7
ROUNDS = 200
MOVES_AT_ONCE = 20
KICKS, KICKED_SHOTS, KICKING_SECONDS = 30, 4, 3.0


def mean_cost(net: Values) -> Values:
    """Least expected cost."""
    return np.asarray(net.mean(axis=0))


def over_budget(budget: float) -> Score:
    """Fewest outcomes over a budget; among equals the least expected cost."""

    def score(net: Values) -> Values:
        over = (net > budget).sum(axis=0)
        mean = net.mean(axis=0)
        return np.asarray(over + mean / (1.0 + 2.0 * max(budget, float(np.max(mean)))))

    return score


def climbed(table: MixTable, chosen: Chosen, score: Score, until: float) -> Chosen:
    """Move shots as long as that is better and fits; where shots are few, two at a time as well."""
    windows = Windows(table)
    free = int((table.allowed.sum(axis=0) > 1).sum())
    pairs = (free * len(table.workflows)) ** 2 * table.costs.shape[1] <= NUMBERS_A_ROUND_OF_PAIRS
    for _ in range(ROUNDS):
        better = _better_moves(table, windows, chosen, score)
        if better is None and pairs and time.monotonic() < until:
            better = _best_pair(table, windows, chosen, score, until)
        if better is None:
            break
        chosen = better
        if time.monotonic() > until:
            break
    return chosen


def kicked(table: MixTable, chosen: Chosen, score: Score, until: float) -> Chosen:
    """Climb again from mixes a few random moves away, for a while: the way out of a summit among higher ones."""
    windows, draw = Windows(table), np.random.default_rng(0)
    until = min(until, time.monotonic() + KICKING_SECONDS)
    free = np.flatnonzero(table.allowed.sum(axis=0) > 1)
    best, value = chosen, float(score(outcomes_of(table, chosen).net[:, None])[0])
    for _ in range(KICKS if len(free) > KICKED_SHOTS else 0):
        away = best.copy()
        for shot in draw.choice(free, KICKED_SHOTS, replace=False):
            away[shot] = draw.choice(np.flatnonzero(table.allowed[:, shot]))
        if time.monotonic() > until or not windows.fits(windows.loads(shares_of(table, away))):
            continue
        away = climbed(table, away, score, until)
        reached = float(score(outcomes_of(table, away).net[:, None])[0])
        if reached < value:
            best, value = away, reached
    return best


def _better_moves(table: MixTable, windows: Windows, chosen: Chosen, score: Score) -> Chosen | None:
    """The mix that all moves lead to which are better on their own, the best first, each tried on those before it."""
    outcomes = outcomes_of(table, chosen)
    before = best = float(score(outcomes.net[:, None])[0])
    room = windows.room(windows.loads(shares_of(table, chosen)))
    moves: list[tuple[float, int, int]] = []
    for to, values in _scores(table, chosen, outcomes, score):
        values[~_fits(table, room, chosen, to)] = np.inf
        moves += [(float(values[s]), int(s), to) for s in np.flatnonzero(values < best - 1e-9 * abs(best))]
    for _, shot, to in sorted(moves)[:MOVES_AT_ONCE]:
        trial = _with(chosen, shot, to)
        if windows.fits(windows.loads(shares_of(table, trial))):
            value = float(score(outcomes_of(table, trial).net[:, None])[0])
            if value < best - 1e-9 * abs(best):
                best, chosen = value, trial
    return chosen if best < before else None


def _best_pair(table: MixTable, windows: Windows, chosen: Chosen, score: Score, until: float) -> Chosen | None:
    best = float(score(outcomes_of(table, chosen).net[:, None])[0])
    found = None
    for to in range(len(table.workflows)):
        for shot in np.flatnonzero(table.allowed[to] & (chosen != to)):
            first = _with(chosen, int(shot), to)
            second = _best_second(table, windows, first, int(shot), score)
            if second is not None and second[0] < best - 1e-9 * abs(best):
                best, found = second
            if time.monotonic() > until:
                return found
    return found


def _best_second(
    table: MixTable, windows: Windows, first: Chosen, moved_shot: int, score: Score
) -> tuple[float, Chosen] | None:
    """The best mix one more move on that fits; the first move alone need not."""
    outcomes, room = outcomes_of(table, first), windows.room(windows.loads(shares_of(table, first)))
    best: tuple[float, Chosen] | None = None
    short = bool((room < 0).any())
    for to, values in _scores(table, first, outcomes, score):
        values[moved_shot] = np.inf
        if not short:
            values[~_fits(table, room, first, to)] = np.inf
        for shot in np.argsort(values)[:8] if short else [int(values.argmin())]:
            if not np.isfinite(values[shot]) or (best is not None and values[shot] >= best[0]):
                break
            second = _with(first, int(shot), to)
            if not short or windows.fits(windows.loads(shares_of(table, second))):
                best = float(values[shot]), second
                break
    return best


def _scores(table: MixTable, chosen: Chosen, outcomes: MixOutcomes, score: Score) -> Iterator[tuple[int, Values]]:
    for to in range(len(table.workflows)):
        values = score(moved(table, chosen, outcomes, to))
        values[~table.allowed[to] | (chosen == to)] = np.inf
        yield to, values


def _fits(table: MixTable, room: Values, chosen: Chosen, to: int) -> NDArray[np.bool_]:
    shots = np.arange(table.n_shots)
    more = table.hours[:, to] - table.hours[:, chosen, shots]
    return np.asarray((more <= np.maximum(room, 0.0) + 1e-9).all(axis=0))


def _with(chosen: Chosen, shot: int, workflow: int) -> Chosen:
    changed = chosen.copy()
    changed[shot] = workflow
    return changed
