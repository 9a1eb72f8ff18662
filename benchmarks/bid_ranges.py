"""Do the ranges of bids hold what shows take as often as they say, and is their middle nearer than simpler ways?

    python benchmarks/bid_ranges.py                          # 100 shows each way, about 20 minutes on 2 cores
    python benchmarks/bid_ranges.py --shows 20 --productions 3

Each show is bid from the shots of 1, 3 or 10 past productions of a simulated studio and held against what it takes in
the end; its own shots are never seen. Two kinds of studio: the one the demonstration catalog is drawn from, and
another kind that nothing was tuned to: its scale, its kinds of work and their interplay with complexity, its vendors,
its tails and how far its productions differ (a standard deviation of 0.12 to 0.45 of the logarithm) are drawn anew for
each show. A range of 80 % should hold the total, and the shots, in 75 to 85 of 100.

The last column is the error of somebody who knows the studio's true effects and lacks only what is new with each show:
its own level, its sequences and chance. Nothing that is known before a show begins gets below it.
"""

import argparse
import json
import os
import sys
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a process a core; libraries that thread on top only quarrel
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import pandas as pd

from analytics.demo_catalog.parameters import SlateParameters
from analytics.demo_catalog.shots import FIRST_DAY
from analytics.demo_catalog.simulated import simulated_whole
from analytics.estimation.backtest import shots_as_listed
from analytics.estimation.baselines import BASELINES
from analytics.estimation.estimating import estimate_shots
from analytics.estimation.history import BidHistory, no_history, usable
from analytics.estimation.hours_learned import with_known_words
from analytics.estimation.templates import load_template
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.shot import Complexity, ShotKind

KINDS = np.array([kind.value for kind in ShotKind], dtype=object)
COMPLEXITIES = np.array([each.value for each in Complexity], dtype=object)
STUDIOS = ("catalog", "another")


@dataclass(frozen=True)
class Show:
    """A studio's past, and a show to come: ``true_hours`` by shot, and the total that its true effects would say."""

    past: pd.DataFrame
    shots: pd.DataFrame
    true_hours: np.ndarray
    knowable_total: float | None


def catalog_show(productions: int, seed: int) -> Show:
    """One production of a slate of the demonstration catalog, held out; the others as their facts stand one day."""
    parameters = replace(SlateParameters(), production_count=productions + 1)
    facts, begun, hours, stays = simulated_whole(parameters, seed)
    held = facts["production_id"] == f"P{seed % (productions + 1):03}"
    new = held & stays
    return Show(facts[~held & begun], facts[new], hours[new.to_numpy()], None)


def other_show(productions: int, seed: int) -> Show:
    """A studio of another kind; the show to come is its last production."""
    rng = np.random.default_rng(10_000 + seed)
    apart = rng.uniform(0.12, 0.45)
    scale, length = rng.normal(2.2, 0.6), rng.uniform(0.3, 0.9)
    complexity = np.cumsum([0, *rng.uniform(0.4, 1.3, 3)])
    kind, together = rng.normal(0, 0.25, 9), rng.normal(0, 0.15, (9, 4))
    ai_kind, ai_complexity, ai_apart = rng.normal(-0.3, 0.3, 9), rng.normal(0, 0.15, 4), rng.uniform(0, 0.25)
    spread, ai_spread = np.array([0.45, 0.5, 0.55, 0.6]) * rng.uniform(0.7, 1.4), rng.uniform(0.9, 1.5)
    sequence_sd, vendors = rng.uniform(0, 0.25), rng.normal(0, rng.uniform(0, 0.2), 6)
    parts = []
    for number in range(productions + 1):
        n = int(rng.integers(50, 180))
        sequences = max(2, n // 12)
        k = rng.choice(9, n, p=rng.dirichlet(np.full(9, 2.0)))
        c = rng.choice(4, n, p=rng.dirichlet([4, 5, 2.5, 0.8]))
        frames = np.exp(rng.normal(4.4, 0.5, n)).astype(int) + 8
        sequence = rng.integers(0, sequences, n)
        vendor = rng.integers(0, 6, sequences)[sequence]
        ai = rng.random(n) < 1 / (1 + np.exp(0.6 + 0.6 * c - rng.normal(0, 0.5)))
        noise = (rng.standard_t(4, n) * 0.75, rng.normal(0, 1, n), (rng.gamma(2, 1, n) - 2) / 2**0.5)[seed % 3]
        noise = noise * spread[c] * np.where(ai, ai_spread, 1.0)
        known = scale + complexity[c] + kind[k] + together[k, c] + length * np.log(frames / 84) + vendors[vendor]
        known = known + ai * (ai_kind[k] + ai_complexity[c])
        own = rng.normal(0, apart) + ai * rng.normal(0, ai_apart) + rng.normal(0, sequence_sd, sequences)[sequence]
        falls_back = np.where(ai & (rng.random(n) < 0.05), rng.uniform(1.5, 2.5, n), 1.0)
        names = np.array([f"S{number:02}_{place:03}" for place in range(n)], dtype=object)
        parts.append(
            pd.DataFrame(
                {
                    "shot_id": names, "code": names, "production_id": f"P{number:02}", "title_id": f"T{number:02}",
                    "territory": "GB", "sequence": [f"SQ{each:02}" for each in sequence], "kind": KINDS[k],
                    "complexity": COMPLEXITIES[c], "cut_frames": frames, "handle_frames": 8, "cut_seconds": frames / 24,
                    "width": 2048.0, "height": 1080.0, "camera_move": None, "main_vendor": [f"V{v}" for v in vendor],
                    "arm": np.where(ai, "ai", "traditional"), "fell_back": falls_back > 1, "made_both_ways": False,
                    "day": np.sort(rng.uniform(0, 200, n)) + number * 90,
                    "true_hours": np.exp(known + own + noise) * falls_back,
                    "knowable": np.exp(known + 0.5 * (spread[c] * np.where(ai, ai_spread, 1.0)) ** 2),
                }
            )
        )  # fmt: skip
    facts = pd.concat(parts, ignore_index=True)
    facts["turnover_on"] = pd.Timestamp(FIRST_DAY) + pd.to_timedelta(facts["day"].astype(int), "D")
    new = facts["production_id"] == f"P{productions:02}"
    past = facts[~new].copy()
    done = ((past["day"].max() * 0.95 - past["day"]) / (3 * past["true_hours"] ** 0.5)).clip(0, 1)
    past["status"], past["people_hours"] = np.where(done >= 1, "final", "open"), past["true_hours"] * done
    shots = facts[new]
    return Show(past, shots, shots["true_hours"].to_numpy(), float(shots["knowable"].sum()))


def one_show(job: tuple[str, int, int]) -> dict[str, float]:
    """Bid one show and hold it against its truth."""
    studio, productions, seed = job
    show = (catalog_show if studio == "catalog" else other_show)(productions, seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        history = BidHistory(show.past.reset_index(drop=True), no_history().departments)
        listed = shots_as_listed(with_known_words(show.shots))
        hours = estimate_shots(
            history, listed, fps=FrameRate.parse(24), production_id="new", territory="GB", outcomes=1000, seed=seed
        ).people_hours
        low, middle, high = np.quantile(hours.sum(axis=1), (0.1, 0.5, 0.9))
        shot_low, shot_high = np.quantile(hours, (0.1, 0.9), axis=0)
        past = with_known_words(usable(show.past))
        past, shots = past[past["status"] == "final"], with_known_words(show.shots)
        simpler = {name: float(way(past, shots, load_template()).sum()) for name, way in BASELINES.items()}
    truth = float(show.true_hours.sum())
    knowable = {} if show.knowable_total is None else {"knowable": abs(show.knowable_total / truth - 1)}
    return {
        "held": float(low <= truth <= high),
        "over": float(truth > high),
        "shots held": float(((shot_low <= show.true_hours) & (show.true_hours <= shot_high)).mean()),
        "width": float(high / low),
        "error": abs(middle / truth - 1),
        **{name: abs(total / truth - 1) for name, total in simpler.items()},
        **knowable,
    }


def scores(studios: list[str], shows: int, productions: list[int], processes: int) -> Iterator[dict[str, object]]:
    """One row for each kind of studio and length of its past."""
    with ProcessPoolExecutor(processes) as pool:
        for studio in studios:
            for count in productions:
                found = pd.DataFrame(pool.map(one_show, [(studio, count, seed) for seed in range(shows)]))
                best = min(BASELINES, key=lambda name: found[name].median())
                yield {
                    "studio": studio,
                    "past productions": count,
                    "shows": shows,
                    "held": found["held"].mean(),
                    "over": found["over"].mean(),
                    "shots held": found["shots held"].mean(),
                    "high over low": found["width"].median(),
                    "error": found["error"].median(),
                    "best simpler way": best,
                    "its error": found[best].median(),
                    "less by": 1 - found["error"].median() / found[best].median(),
                    "knowable": found["knowable"].median() if "knowable" in found else None,
                    "simpler ways": {name: float(found[name].median()) for name in BASELINES},
                }


def main() -> None:
    """Print a row as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shows", type=int, default=100)
    parser.add_argument("--productions", type=int, action="append")
    parser.add_argument("--studio", choices=STUDIOS, action="append")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    print("studio   past  held  over  shots  high/low  error  best simpler way          its error  less by  knowable")
    rows = []
    for row in scores(
        options.studio or list(STUDIOS), options.shows, options.productions or [1, 3, 10], options.processes
    ):
        rows.append(row)
        knowable = "-" if row["knowable"] is None else f"{row['knowable']:.3f}"
        print(
            f"{row['studio']:8} {row['past productions']:4}  {row['held']:.2f}  {row['over']:.2f}"
            f"  {row['shots held']:.3f}"
            f"  {row['high over low']:8.2f}  {row['error']:.3f}  {row['best simpler way']:24}  {row['its error']:9.3f}"
            f"  {row['less by']:7.0%}  {knowable:>8}",
            flush=True,
        )
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
