"""A made-up slate as the table that shots are compared from, with its truth, in milliseconds and without a ledger."""

from typing import TYPE_CHECKING, Any

import numpy as np

from analytics.demo_catalog.observing import Observed, observe
from analytics.demo_catalog.outcomes import AI, TRADITIONAL, Taken
from analytics.demo_catalog.parameters import SlateParameters
from analytics.demo_catalog.shots import FIRST_DAY, Numbers, Shots, Wholes
from analytics.demo_catalog.slate import Slate, draw_slate
from analytics.demo_catalog.traits import COMPLEXITIES, KINDS
from analytics.demo_catalog.truth import clock_truth

if TYPE_CHECKING:
    import pandas as pd

TERRITORIES = ("CA-BC", "GB", "NZ")
HOUR_PRICES = (95.0, 112.0, 74.0)
LABOUR_CREDITS, SPEND_CREDITS = (0.34, 0.0, 0.0), (0.0, 0.29, 0.20)
"""By territory: what comes back of labour's cost (59.7 % of wages, which are 57 % of a loaded hour) and of all cost."""
SENIORITY_PRICE = np.array([0.92, 1.0, 1.08, 1.15])
"""By complexity: harder shots are done by dearer people."""
FRAMES_PER_SECOND = 24.0
SECONDS_PER_HOUR = 3600.0


def simulated_slate(parameters: SlateParameters, seed: int) -> "tuple[pd.DataFrame, dict[str, Any]]":
    """Draw a slate.

    Returns
    -------
    DataFrame
        One row for each shot turned over before the facts end, with the columns of ``slate_shots`` and, in one
        currency, cost_gross, cost_gross_ai, cost_gross_traditional, cost_net, cost_net_ai, cost_net_traditional.
    dict
        ``clocks``: by clock (people, machine, calendar, cost_gross, cost_net), the true ratios over ``all`` compared
        shots and over those given to ``ai``, and the ``naive`` ratio; then counts.
    """
    rng = np.random.default_rng(seed)
    slate = draw_slate(parameters, rng)
    observed = observe(slate.shots, slate.outcomes, slate.fate, slate.until)
    prices = _Prices(parameters, slate.shots, rng)
    frame = _frame(slate, observed, prices)
    return frame, _truth(slate, observed, frame, prices)


def simulated_whole(
    parameters: SlateParameters, seed: int
) -> "tuple[pd.DataFrame, np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """Draw a slate with the shots that had not been turned over when its facts end, and with what all take in the end.

    Returns
    -------
    DataFrame
        As of `simulated_slate`, one row for each shot of its past and future.
    ndarray
        By row, whether it had been turned over; people-hours that it takes in the end in the workflow it is begun in;
        whether it stays in the picture and is made by one workflow.
    """
    rng = np.random.default_rng(seed)
    slate = draw_slate(parameters, rng, with_future=True)
    observed = observe(slate.shots, slate.outcomes, slate.fate, slate.until)
    frame = _frame(slate, observed, _Prices(parameters, slate.shots, rng))
    hours = slate.outcomes.drawn.people_hours[np.arange(len(frame)), slate.fate.in_ai.astype(int)]
    stays = ~np.isfinite(slate.fate.omitted_after) & ~slate.fate.both_ways
    return frame, slate.begun, hours, stays


class _Prices:
    """Prices of an hour by production, and what shots cost by them."""

    def __init__(self, parameters: SlateParameters, shots: Shots, rng: np.random.Generator) -> None:
        self.parameters = parameters
        self.territory = rng.integers(0, len(TERRITORIES), parameters.production_count)
        self.vendor = rng.integers(0, 5, parameters.production_count * parameters.sequences_per_production)
        spread = np.exp(rng.normal(0, 0.06, parameters.production_count))
        hour = np.array(HOUR_PRICES)[self.territory] * spread
        self.hour = hour[shots.production] * SENIORITY_PRICE[shots.complexity]
        here = self.territory[shots.production]
        self.labour_credit, self.spend_credit = np.array(LABOUR_CREDITS)[here], np.array(SPEND_CREDITS)[here]

    def parts(
        self, hours: Numbers, seconds: Numbers, ai_share: Numbers | float = 1.0
    ) -> tuple[tuple[Numbers, Numbers], tuple[Numbers, Numbers]]:
        """Gross and net of the traditional part and of the AI part, of hours and machine seconds of shots x 2."""
        gross, net = [], []
        for part, price, machine, extra in (
            (TRADITIONAL, 1.0, self.parameters.machine_hour_price, 0.0),
            (AI, self.parameters.ai_hour_price_ratio, self.parameters.ai_machine_hour_price,
             self.parameters.ai_shot_extra_cost),
        ):  # fmt: skip
            labour = hours[:, part] * self.hour * price
            whole = labour + seconds[:, part] / SECONDS_PER_HOUR * machine + extra * ai_share * (hours[:, part] > 0)
            gross.append(whole)
            net.append(whole - labour * self.labour_credit - whole * self.spend_credit)
        return (gross[0], gross[1]), (net[0], net[1])

    def both(self, taken: Taken) -> tuple[Numbers, Numbers]:
        """Gross and net of both outcomes, shots x 2."""
        zero = np.zeros(len(self.hour))
        traditional = self.parts(
            np.stack([taken.people_hours[:, TRADITIONAL], zero], axis=1),
            np.stack([taken.machine_seconds[:, TRADITIONAL], zero], axis=1),
        )
        ai = self.parts(
            np.stack([taken.people_hours[:, AI] - taken.ai_hours, taken.ai_hours], axis=1),
            np.stack([taken.machine_seconds[:, AI] - taken.ai_machine_seconds, taken.ai_machine_seconds], axis=1),
        )
        gross, net = (
            np.stack([one[TRADITIONAL], sum(other)], axis=1) for one, other in zip(traditional, ai, strict=True)
        )
        return gross, net


def _frame(slate: Slate, observed: Observed, prices: _Prices) -> "pd.DataFrame":
    import pandas as pd

    shots, fate, twin_of, until = slate.shots, slate.fate, slate.twin_of, slate.until
    n = len(shots)
    numbers = np.arange(n)
    ids = np.array([f"S{number:06}" for number in numbers], dtype=object)
    vendors = np.array([None, "Vendor A", "Vendor B", "Vendor C", "Vendor D"], dtype=object)
    final = observed.final_day >= 0
    is_open = ~final & ~observed.omitted
    hours, seconds = observed.people_hours, observed.machine_seconds
    nothing = np.isnan(hours).all(axis=1)
    gross, net = prices.parts(np.nan_to_num(hours), np.nan_to_num(seconds), observed.ai_share)

    def dates(days: Wholes, known: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
        return np.where(known, FIRST_DAY + days, np.datetime64("NaT", "D")).astype("datetime64[s]")

    def summed(both: Numbers) -> Numbers:
        return np.where(nothing, np.nan, np.nansum(both, axis=1))

    production = np.array([f"P{number:03}" for number in range(prices.parameters.production_count)], dtype=object)
    title = np.array([f"T{number:03}" for number in range(prices.parameters.production_count)], dtype=object)
    kinds = np.array([kind.value for kind in KINDS], dtype=object)
    complexities = np.array([complexity.value for complexity in COMPLEXITIES], dtype=object)
    always = np.ones(n, bool)
    rounds = np.maximum(1, np.rint(3 * np.nanmax(np.stack([observed.ai_share, observed.traditional_share]), axis=0)))
    columns: dict[str, Any] = {
        "shot_id": ids,
        "production_id": production[shots.production],
        "title_id": title[shots.production],
        "title_kind": np.where(shots.production % 3 == 0, "film", "series"),
        "production_name": production[shots.production],
        "sequence": np.array([f"SQ{number:04}" for number in range(int(shots.sequence.max()) + 1)], object)[
            shots.sequence
        ],
        "code": ids,
        "kind": kinds[shots.kind],
        "complexity": complexities[shots.complexity],
        "cut_frames": shots.cut_frames,
        "handle_frames": shots.handle_frames,
        "cut_seconds": shots.cut_frames / FRAMES_PER_SECOND,
        "width": np.full(n, 4096),
        "height": np.full(n, 2160),
        "camera_move": None,
        "main_vendor": vendors[prices.vendor[shots.sequence]],
        "territory": np.array(TERRITORIES, dtype=object)[prices.territory[shots.production]],
        "turnover_on": dates(shots.turnover_day, always),
        "due_on": dates(shots.turnover_day + 28, always),
        "final_on": dates(observed.final_day, final),
        "status": np.where(final, "final", np.where(observed.omitted, "omitted", "open")),
        "twin_of": np.where(twin_of >= 0, ids[twin_of], np.full(n, None)),
        "enabled": fate.enabled,
        "arm": np.where(fate.in_ai, "ai", "traditional"),
        "last_workflow": np.where(fate.in_ai & ~observed.fell_back, "ai", "traditional"),
        "fell_back": observed.fell_back,
        "made_both_ways": fate.both_ways,
        "arm_started_on": dates(shots.turnover_day, always),
        "first_fact_on": dates(shots.turnover_day, always),
        "last_fact_on": dates(observed.end_day, always),
        "people_hours": summed(hours),
        "people_hours_ai": hours[:, AI],
        "people_hours_traditional": hours[:, TRADITIONAL],
        "machine_seconds": summed(seconds),
        "machine_seconds_ai": seconds[:, AI],
        "machine_seconds_traditional": seconds[:, TRADITIONAL],
        "generated_seconds": np.where(observed.ai_share > 0, 20 * shots.cut_frames / FRAMES_PER_SECOND, np.nan),
        "versions": rounds.astype(np.int64),
        "retake_count": (rounds - final).astype(np.int64),
        "approved_count": final.astype(np.int64),
        "first_approved_on": dates(observed.final_day, final),
        "weakest_origin": "synthetic",
        "is_synthetic": True,
        "calendar_days": np.where(final, observed.final_day - shots.turnover_day, np.nan),
        "open_days": np.where(is_open, until - shots.turnover_day, np.nan),
        "cost_gross": np.where(nothing, np.nan, gross[0] + gross[1]),
        "cost_gross_ai": np.where(np.isnan(hours[:, AI]), np.nan, gross[1]),
        "cost_gross_traditional": np.where(np.isnan(hours[:, TRADITIONAL]), np.nan, gross[0]),
        "cost_net": np.where(nothing, np.nan, net[0] + net[1]),
        "cost_net_ai": np.where(np.isnan(hours[:, AI]), np.nan, net[1]),
        "cost_net_traditional": np.where(np.isnan(hours[:, TRADITIONAL]), np.nan, net[0]),
    }
    return pd.DataFrame(columns)


def _truth(slate: Slate, observed: Observed, frame: "pd.DataFrame", prices: _Prices) -> dict[str, Any]:
    shots, outcomes, fate, compared = slate.shots, slate.outcomes, slate.fate, slate.compared
    finished = (observed.final_day >= 0) & ~fate.both_ways
    (gross, net), (expected_gross, expected_net) = prices.both(outcomes.drawn), prices.both(outcomes.expected)
    drawn, expected = outcomes.drawn, outcomes.expected
    clocks = {
        clock: clock_truth(shots, fate.in_ai, compared, finished, both, without_noise, frame[column].to_numpy(float))
        for clock, both, without_noise, column in (
            ("people", drawn.people_hours, expected.people_hours, "people_hours"),
            ("machine", drawn.machine_seconds, expected.machine_seconds, "machine_seconds"),
            ("calendar", drawn.calendar_days, expected.calendar_days, "calendar_days"),
            ("cost_gross", gross, expected_gross, "cost_gross"),
            ("cost_net", net, expected_net, "cost_net"),
        )
    }
    return {
        "clocks": clocks,
        "shots": len(shots),
        "open_shots": int(((observed.final_day < 0) & ~observed.omitted).sum()),
        "omitted_shots": int(observed.omitted.sum()),
        "enabled_shots": int(fate.enabled.sum()),
        "ai_shots": int(fate.in_ai.sum()),
        "fallback_share": float(outcomes.falls_back[fate.in_ai].mean()) if fate.in_ai.any() else None,
        "facts_end_on": str(FIRST_DAY + slate.until),
    }
