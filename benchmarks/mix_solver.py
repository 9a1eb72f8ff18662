"""How long a mix of workflows takes to choose, and how near the best it is known to be: by objective and slate.

Made-up shots whose costs share a production's luck, ten departments, half a year of weeks, a budget and an incentive
with a step. Capacities are such that every shot by its cheaper workflow does not fit.

    python benchmarks/mix_solver.py --shots 1000
    python benchmarks/mix_solver.py --shots 300 --curve --json
"""

import argparse
import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np

from analytics.estimation.mix.answer import MixAnswer, MixObjective
from analytics.estimation.mix.choosing import solve_mix
from analytics.estimation.mix.curve import trade_off_curve
from analytics.estimation.mix.problem import CreditStep, CreditSteps, MixProblem
from analytics.estimation.mix.reasons import why
from analytics.vocabulary.workflow import Workflow

TRADITIONAL, AI = Workflow.TRADITIONAL, Workflow.AI
DEPARTMENTS = ("matchmove", "roto", "prep", "layout", "model", "animation", "fx", "lighting", "environment", "comp")
WEEKS, DAY_RATE, HOURS_A_DAY, AIM_SECONDS = 26, 600.0, 8.0, 30.0


def slate(shots: int, outcomes: int, seed: int) -> MixProblem:
    """Shots whose AI is cheaper for most and surer for few."""
    draw = np.random.default_rng(seed)
    usual = draw.lognormal(3.8, 0.8, shots)
    ratio = draw.lognormal(-0.3, 0.5, shots)
    fell_back = draw.random((outcomes, shots)) < 0.12
    luck, ai_luck = draw.lognormal(0, 0.2, (outcomes, 1)), draw.lognormal(0, 0.3, (outcomes, 1))
    traditional = usual * luck * draw.lognormal(0, 0.4, (outcomes, shots))
    ai = usual * ratio * ai_luck * draw.lognormal(0, 0.5, (outcomes, shots)) + np.where(fell_back, traditional, 0.0)
    hours = {TRADITIONAL: traditional, AI: ai}
    shares = {w: draw.dirichlet(np.full(len(DEPARTMENTS), 0.6), shots) for w in hours}
    by_department = {
        w: {name: hours[w].mean(axis=0) * shares[w][:, d] for d, name in enumerate(DEPARTMENTS)} for w in hours
    }
    costs = {w: each * DAY_RATE / HOURS_A_DAY for w, each in hours.items()}
    cheaper = np.where(costs[AI].mean(axis=0) < costs[TRADITIONAL].mean(axis=0), 1, 0)
    first = draw.integers(0, WEEKS // 2, shots)
    last = np.minimum(WEEKS - 1, first + draw.integers(4, 14, shots))
    capacity = {}
    for name in DEPARTMENTS:
        needed = float(np.where(cheaper, by_department[AI][name], by_department[TRADITIONAL][name]).sum())
        capacity[name] = np.full(WEEKS, round(needed / WEEKS * draw.uniform(1.05, 1.6), 1))
    total = float(np.minimum(costs[AI].mean(axis=0), costs[TRADITIONAL].mean(axis=0)).sum())
    labour = {TRADITIONAL: [0.9] * shots, AI: [0.6] * shots}
    steps = (CreditStep(0.0, 0.15), CreditStep(round(total * 0.8, 2), 0.2))
    gpu = {
        w: {**each, "gpu": (hours[w].mean(axis=0) * 0.3 if w is AI else np.zeros(shots))}
        for w, each in by_department.items()
    }
    gpu_needed = float(np.where(cheaper, gpu[AI]["gpu"], 0.0).sum())
    return MixProblem(
        shot_codes=tuple(f"SH{number:05d}" for number in range(shots)),
        cost_by_workflow=costs,
        currency="CAD",
        first_week=[int(week) for week in first],
        last_week=[int(week) for week in last],
        hours_by_workflow=gpu,
        refusals={AI: ["the list rules AI out for this shot" if ruled else "" for ruled in draw.random(shots) < 0.1]},
        capacity={**capacity, "gpu": np.full(WEEKS, gpu_needed / WEEKS)},
        weeks_needed={TRADITIONAL: [3] * shots, AI: [2] * shots},
        budget=total * 0.92,
        credits=(CreditSteps("a credit on labour", steps, labour),),
        setup_cost={AI: 20_000.0},
    )


def figures(answer: MixAnswer, seconds: float) -> dict[str, Any]:
    return {
        "objective": answer.objective.value,
        "seconds": round(seconds, 2),
        "gap": answer.gap,
        "ai_shots": answer.workflows.count(AI),
        "net": round(answer.net),
        "chance_of_budget": answer.chance_of_budget,
        "finish_week": answer.finish_week,
        "words": answer.words,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shots", type=int, default=1000)
    parser.add_argument("--outcomes", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--limit", type=float, default=20.0, help="seconds each objective may take")
    parser.add_argument("--no-incentive", action="store_true", help="then the gap is of the whole answer")
    parser.add_argument("--curve", action="store_true", help="the trade-off curve as well")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    problem = slate(chosen.shots, chosen.outcomes, chosen.seed)
    if chosen.no_incentive:
        problem = replace(problem, credits=())
    rows = []
    for objective in MixObjective:
        started = time.monotonic()
        answer = solve_mix(problem, objective, seconds=chosen.limit)
        rows.append(figures(answer, time.monotonic() - started))
        started = time.monotonic()
        reasons = why(problem, answer)
        rows[-1]["seconds_of_reasons"] = round(time.monotonic() - started, 2)
        rows[-1]["a_reason"] = reasons[0]
        if not chosen.json:
            print(rows[-1], flush=True)
    if chosen.curve:
        started = time.monotonic()
        curve = trade_off_curve(problem)
        spent = time.monotonic() - started
        rows.append({"curve_seconds": round(spent, 2), "points": [figures(each, each.seconds) for each in curve]})
        if not chosen.json:
            print(rows[-1])
    slowest = max(row.get("seconds", 0.0) for row in rows)
    words = f"{chosen.shots} shots, {chosen.outcomes} outcomes: at most {slowest:.1f} s (aim {AIM_SECONDS:.0f})"
    print(json.dumps(rows, indent=2) if chosen.json else words)


if __name__ == "__main__":
    main()
