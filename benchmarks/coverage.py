"""Do intervals hold the truth as often as they say? Hundreds of simulated slates whose truth is known, and pairs.

    python benchmarks/coverage.py                        # 200 slates of each kind, about half an hour on 2 cores
    python benchmarks/coverage.py --slates 40 --only usual --only "no effect"

A slate's truth is the ratio that its own shots would show, each made both ways, without the noise of one try. "Told"
is how often a ratio was given at all; where arms hardly overlap it should not be. An interval of 95 % should hold the
truth in 92 to 98 of 100 slates, and a slate without effect should be called different in at most 7.
"""

import argparse
import json
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a process a core; libraries that thread on top only quarrel
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from analytics.comparison.figures import Clock
from analytics.comparison.slate.comparing_clocks import compare_by_clock
from analytics.comparison.slate.results import Estimand, Method, Population, Verdict
from analytics.demo_catalog.parameters import SlateParameters, Tails, without_effect
from analytics.demo_catalog.simulated import simulated_slate

USUAL = SlateParameters(production_count=8, shots_per_production=100)


@dataclass(frozen=True)
class Scenario:
    """One kind of slate and the clock it is compared by."""

    name: str
    parameters: SlateParameters
    clock: Clock = Clock.PEOPLE


SCENARIOS = (
    Scenario("usual", USUAL),
    Scenario("usual, machine", USUAL, Clock.MACHINE),
    Scenario("usual, calendar", USUAL, Clock.CALENDAR),
    Scenario("usual, gross cost", USUAL, Clock.COST_GROSS),
    Scenario("no effect", without_effect(USUAL)),
    Scenario("no effect, calendar", without_effect(USUAL), Clock.CALENDAR),
    Scenario("nothing open", replace(USUAL, open_share=0.0)),
    Scenario("normal tails", replace(USUAL, tails=Tails.NORMAL)),
    Scenario("contaminated tails", replace(USUAL, tails=Tails.CONTAMINATED)),
    Scenario("skewed tails", replace(USUAL, tails=Tails.SKEWED)),
    Scenario("production slopes", replace(USUAL, production_ratio_sd=0.25)),
    Scenario("whole sequences to AI", replace(USUAL, selection_by_sequence_sd=8.0)),
    Scenario("strong selection", replace(USUAL, selection=2.0)),
    Scenario("3 productions of 40", replace(USUAL, production_count=3, shots_per_production=40)),
    Scenario("20 productions of 60", replace(USUAL, production_count=20, shots_per_production=60)),
    Scenario("overlap broken", replace(USUAL, overlap_broken=True)),
    Scenario("hidden selection", replace(USUAL, selection_on_hidden=1.0)),
)
"""The last two are to fail: where arms don't overlap it has to be said; what nobody recorded is not adjusted for."""

ASKED = (
    (Method.NAIVE, Estimand.GEOMETRIC_MEAN_RATIO, Population.ALL),
    (Method.ADJUSTED, Estimand.GEOMETRIC_MEAN_RATIO, Population.ALL),
    (Method.ADJUSTED, Estimand.GEOMETRIC_MEAN_RATIO, Population.AI),
    (Method.ADJUSTED, Estimand.RATIO_OF_TOTALS, Population.AI),
)


def one_slate(job: tuple[int, int]) -> list[tuple[float, float, float, float] | None]:
    """Held, error, half width and whether it was called different, for each of `ASKED`; ``None`` where not told."""
    number, seed = job
    scenario = SCENARIOS[number]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shots, truth = simulated_slate(scenario.parameters, seed=seed)
        compared = compare_by_clock(shots, scenario.clock, seed=seed)
    answers = []
    for method, estimand, population in ASKED:
        result = compared.result(estimand, method, population)
        true = truth["clocks"][scenario.clock.value][population.value][f"expected_{estimand.value}"]
        if result.ratio is None or result.low is None or result.high is None:
            answers.append(None)
            continue
        held = float(result.low <= true <= result.high)
        different = float(result.verdict in (Verdict.AI_NEEDS_LESS, Verdict.AI_NEEDS_MORE))
        answers.append((held, float(np.log(result.ratio / true)), float(np.log(result.high / result.ratio)), different))
    return answers


def slates(count: int, chosen: list[str]) -> Iterator[dict[str, object]]:
    """One row a scenario and estimate, each as soon as its slates are done."""
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        for number, scenario in enumerate(SCENARIOS):
            if chosen and scenario.name not in chosen:
                continue
            found = list(pool.map(one_slate, [(number, 10_000 + seed) for seed in range(count)], chunksize=4))
            for (method, estimand, population), answers in zip(ASKED, zip(*found, strict=True), strict=True):
                told = np.array([answer for answer in answers if answer is not None])
                yield {
                    "scenario": scenario.name,
                    "estimate": f"{method.value} {estimand.value}, {population.value}",
                    "slates": count,
                    "told": len(told),
                    "holds": float(told[:, 0].mean()) if len(told) else None,
                    "bias": float(told[:, 1].mean()) if len(told) else None,
                    "half_width": float(median(told[:, 2])) if len(told) else None,
                    "called_different": float(told[:, 3].mean()) if len(told) else None,
                }


def pairs(count: int) -> Iterator[dict[str, object]]:
    """Intervals of the ratio of totals of log-normal pairs: ours beside Fieller's and the bootstrap's."""
    import pandas as pd
    from scipy.stats import bootstrap, t

    from analytics.comparison.slate.paired import Pairs, mean_of_ratios, ratio_of_sums

    rng = np.random.default_rng(5)

    def fieller(ai: np.ndarray, traditional: np.ndarray) -> tuple[float, float]:
        (var_ai, both), (_, var_traditional) = np.cov(ai, traditional) / len(ai)
        squared = t.ppf(0.975, len(ai) - 1) ** 2
        a = traditional.mean() ** 2 - squared * var_traditional
        b, c = ai.mean() * traditional.mean() - squared * both, ai.mean() ** 2 - squared * var_ai
        if a <= 0 or b**2 < a * c:
            return 0.0, np.inf
        root = np.sqrt(b**2 - a * c)
        return (b - root) / a, (b + root) / a

    def bca(ai: np.ndarray, traditional: np.ndarray) -> tuple[float, float]:
        found = bootstrap(
            (ai, traditional), lambda x, y, axis: np.log(x.mean(axis) / y.mean(axis)), paired=True, vectorized=True,
            n_resamples=600, method="BCa", random_state=rng,
        ).confidence_interval  # fmt: skip
        return np.exp(found.low), np.exp(found.high)

    def ours(made: Callable[[Pairs], object]) -> Callable[[np.ndarray, np.ndarray], tuple[float, float]]:
        def interval(ai: np.ndarray, traditional: np.ndarray) -> tuple[float, float]:
            found = made(Pairs(pd.DataFrame(), ai, traditional, 0, 0))
            half = t.ppf(0.975, found.degrees_of_freedom) * found.standard_error
            return np.exp(found.estimate - half), np.exp(found.estimate + half)

        return interval

    methods = {
        "mean of ratios, Student": ours(mean_of_ratios),
        "ratio of totals, jackknife": ours(ratio_of_sums),
        "ratio of totals, Fieller": fieller,
        "ratio of totals, BCa": bca,
    }
    for n_pairs in (8, 20, 60):
        held: dict[str, list[bool]] = {name: [] for name in methods}
        width: dict[str, list[float]] = {name: [] for name in methods}
        for _ in range(count):
            shared = rng.normal(3, 1.0, n_pairs)
            ai, traditional = (np.exp(shared + rng.normal(0, 0.45, n_pairs)) for _ in range(2))
            for name, interval in methods.items():
                low, high = interval(ai / 2, traditional)
                held[name].append(bool(low <= 0.5 <= high))
                width[name].append(float(np.log(high / max(low, 1e-6)) / 2))
        for name in methods:
            yield {
                "scenario": f"{n_pairs} pairs", "estimate": name, "slates": count, "told": count,
                "holds": float(np.mean(held[name])), "bias": None, "half_width": median(width[name]),
                "called_different": None,
            }  # fmt: skip


def main() -> None:
    """Print the table as it grows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slates", type=int, default=200, help="of each kind")
    parser.add_argument("--only", action="append", default=[], metavar="SCENARIO", help="may be given again")
    parser.add_argument("--json", action="store_true", help="print rows as JSON lines instead of a table")
    arguments = parser.parse_args()
    unknown = sorted(set(arguments.only) - {scenario.name for scenario in SCENARIOS} - {"pairs"})
    if unknown:
        parser.error(f"no scenario {', '.join(unknown)}; there are {', '.join(s.name for s in SCENARIOS)}, pairs")
    if not arguments.json:
        print(f"{'slate':<24}{'estimate':<40}{'told':>10}{'holds':>8}{'bias':>8}{'half':>7}{'differs':>9}")
    rows = slates(arguments.slates, arguments.only)
    for row in rows if arguments.only != ["pairs"] else ():
        _print(row, arguments.json)
    if not arguments.only or "pairs" in arguments.only:
        for row in pairs(5 * arguments.slates):
            _print(row, arguments.json)


def _print(row: dict[str, object], as_json: bool) -> None:
    if as_json:
        print(json.dumps(row), flush=True)
        return
    figures = [
        "–" if row[name] is None else form.format(row[name])
        for name, form in (
            ("holds", "{:.3f}"),
            ("bias", "{:+.3f}"),
            ("half_width", "{:.3f}"),
            ("called_different", "{:.3f}"),
        )
    ]
    told = f"{row['told']}/{row['slates']}"
    print(
        f"{row['scenario']:<24}{row['estimate']:<40}{told:>10}{figures[0]:>8}{figures[1]:>8}{figures[2]:>7}{figures[3]:>9}",
        flush=True,
    )


if __name__ == "__main__":
    main()
