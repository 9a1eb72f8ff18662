"""Do a what-if's ranges hold? Simulated slates of which both outcomes of every shot are known.

    python benchmarks/what_if.py                 # 40 slates, about three minutes on 2 idle cores
    python benchmarks/what_if.py --slates 10

Each slate has 8 productions of about 100 shots, of which three quarters were begun. For the begun shots ("slate") and
for those to come ("to come") it asks what they take in people-hours as they are given to AI so far, with 25 points
more of every kind, with the best share that is advised, all by AI and none. A range of 8 in 10 should hold the truth of
the total, and of its change, in about that many slates. All by AI asks of shots that AI was hardly ever tried on.
"""

import argparse
import os
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from statistics import median

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import pandas as pd

from analytics.demo_catalog.parameters import SlateParameters
from analytics.demo_catalog.simulated import simulated_whole
from analytics.demo_catalog.slate import draw_slate
from analytics.estimation.what_if.best_shares import best_shares
from analytics.estimation.what_if.drawing_curves import PastSlate, arms_so_far, kind_curves, learn_slate, taking_order
from analytics.estimation.what_if.share_curves import STEPS, KindCurve, Measure, Scope, ShareCurves

SLATE = SlateParameters(production_count=8, shots_per_production=100, begun_share=0.75)
PRICE = 100.0
"""Of an hour in either workflow, so that cost says nothing that hours don't."""


def asked_shares(kinds: tuple[KindCurve, ...]) -> dict[str, dict[str, int]]:
    """The mixes that are asked about."""
    curves = ShareCurves(Scope.SLATE, "USD", kinds, None, None, 0, 1.0, None, 0, 0, 0, {}, {})
    return {
        "so far": {kind.kind: kind.so_far for kind in kinds},
        "25 points more": {kind.kind: min(STEPS, kind.so_far + 25) for kind in kinds},
        "advised": {each.kind: each.share for each in best_shares(curves)},
        "all by AI": {kind.kind: STEPS for kind in kinds},
        "none by AI": {kind.kind: 0 for kind in kinds},
    }


def true_hours(past: PastSlate, shots: pd.DataFrame, kinds: tuple[KindCurve, ...], shares: dict[str, int]) -> float:
    """What the shots take in the end if each kind has so many AI shots, taken in the same order."""
    arms = shots.assign(arm=arms_so_far(past.hours, shots))
    total = 0.0
    for kind in kinds:
        own = arms[arms["kind"] == kind.kind]
        own = own.iloc[taking_order(own)]
        by_ai = int(kind.ai_shots[shares[kind.kind]])
        total += float(own["hours_ai"].iloc[:by_ai].sum() + own["hours_traditional"].iloc[by_ai:].sum())
    return total


def one_slate(seed: int) -> Iterator[tuple[tuple[str, str], tuple[float, float, float]]]:
    """For each mix, of a total and of its change: whether the range holds, error of the middle, width."""
    frame, begun, _, stays = simulated_whole(SLATE, seed)
    both = draw_slate(SLATE, np.random.default_rng(seed), with_future=True).outcomes.drawn.people_hours
    hours = frame["people_hours"]
    frame = frame.assign(
        hours_traditional=both[:, 0], hours_ai=both[:, 1], cost_people=hours * PRICE, cost_gross=hours * PRICE
    )
    past = learn_slate(frame[begun], seed=seed)
    kept = stays & ~frame["enabled"].to_numpy(dtype=bool)
    for scope, shots in (
        ("slate", frame[begun & kept & (hours > 0).to_numpy()]),
        ("to come", frame[~begun & kept].assign(arm=None)),
    ):
        kinds = kind_curves(past, shots, None, seed=seed)
        totals, truths = {}, {}
        for mix, shares in asked_shares(kinds).items():
            totals[mix] = sum(kind.takes[Measure.HOURS][:, shares[kind.kind]].astype(float) for kind in kinds)
            truths[mix] = true_hours(past, shots, kinds, shares)
        for mix, drawn in totals.items():
            yield (scope, mix), judged(drawn, truths[mix], truths[mix])
            if mix != "so far":
                change = drawn - totals["so far"], truths[mix] - truths["so far"]
                yield (scope, f"{mix}, change"), judged(*change, truths["so far"])


def judged(drawn: np.ndarray, truth: float, whole: float) -> tuple[float, float, float]:
    """Whether the range holds the truth, and error and width as shares of the whole."""
    low, middle, high = np.quantile(drawn, (0.1, 0.5, 0.9))
    return float(low <= truth <= high), float((middle - truth) / whole), float((high - low) / whole)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slates", type=int, default=40)
    slates = parser.parse_args().slates
    found: dict[tuple[str, str], list[tuple[float, float, float]]] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for seed in range(slates):
            for key, judgement in one_slate(seed):
                found.setdefault(key, []).append(judgement)
            print(f"slate {seed + 1} of {slates}", end="\r", file=sys.stderr)
    print(f"{'shots':8} {'mix':24} {'holds':>6} {'middle off by':>14} {'width':>7}   n = {slates} slates")
    for (scope, mix), rows in found.items():
        holds, error, width = zip(*rows, strict=True)
        print(f"{scope:8} {mix:24} {sum(holds) / len(holds):6.0%} {median(error):+14.1%} {median(width):7.1%}")


if __name__ == "__main__":
    main()
