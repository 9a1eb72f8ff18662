"""The demonstration catalog: a slate of a fictitious streamer as a history bundle, and the truth about it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from analytics.demo_catalog.bundle import BundleWriter
from analytics.demo_catalog.departments import department_shares
from analytics.demo_catalog.listings import (
    assignment_table,
    production_table,
    shot_codes,
    shot_table,
    title_table,
)
from analytics.demo_catalog.observing import Observed, observe
from analytics.demo_catalog.outcomes import AI, TRADITIONAL
from analytics.demo_catalog.parameters import SlateParameters
from analytics.demo_catalog.parts import Parts, parts_of
from analytics.demo_catalog.prices import fx_rows, rate_rows, year_of
from analytics.demo_catalog.productions import Productions, day_text, draw_productions
from analytics.demo_catalog.slate import Slate, draw_slate
from analytics.demo_catalog.spending import Spending, charges, draw_spending, expected_cost
from analytics.demo_catalog.truth import clock_truth
from analytics.demo_catalog.versions import versions
from analytics.demo_catalog.work import work_entries
from analytics.vocabulary.errors import InputRefused

USUAL_SHOT_COUNT = 4000
USUAL_SEED = 2026
SHOTS_PER_PRODUCTION = 222
MOST_SHOTS_IN_CSV = 20_000
"""Of more, the bundle is written as Parquet: a tenth of the size, and read in a tenth of the time."""
PARTS_AT_A_TIME = 60_000
LEAST_SHOTS, MOST_SHOTS = 40, 2_000_000


@dataclass(frozen=True)
class Catalog:
    """What was made: where the bundle lies, rows by file, and the truth as plain values for JSON."""

    folder: Path
    row_counts: Mapping[str, int]
    truth: Mapping[str, Any]


def catalog_parameters(shot_count: int = USUAL_SHOT_COUNT) -> SlateParameters:
    """The effects of the catalog, for so many shots, twins included.

    Raises
    ------
    InputRefused
        If there are too few shots to be a slate, or more than two million.
    """
    if not LEAST_SHOTS <= shot_count <= MOST_SHOTS:
        raise InputRefused(
            "--shots", shot_count, f"lies outside {LEAST_SHOTS:,} to {MOST_SHOTS:,}", "ask for a number between them"
        )
    twins = round(shot_count * 0.015)
    productions = max(round(shot_count / SHOTS_PER_PRODUCTION), 2)
    return SlateParameters(
        production_count=productions,
        shots_per_production=(shot_count - twins) / productions,
        sequences_per_production=12,
        schedule_days=280,
        production_start_spread_days=700,
        begun_share=0.91,
        twin_pair_count=twins,
        both_ways_count=round(shot_count * 0.004),
    )


def make_catalog(
    folder: Path, *, shot_count: int = USUAL_SHOT_COUNT, seed: int = USUAL_SEED, as_parquet: bool | None = None,
    said: Callable[[str, float], None] = lambda words, share: None,
) -> Catalog:  # fmt: skip
    """Draw a slate and write it as a history bundle.

    Parameters
    ----------
    as_parquet
        CSV for people to look at up to 20,000 shots, Parquet beyond, where nothing is said.
    said
        Called with what is being made, and the share (0 to 1) of all work that is done.

    Raises
    ------
    InputRefused
        If the number of shots or the seed cannot be used, or the folder is not empty or cannot be written.
    """
    parameters = catalog_parameters(shot_count)
    if seed < 0:
        raise InputRefused("--seed", seed, "is below 0", "give a whole number of 0 or more")
    rng = np.random.default_rng([seed, shot_count])
    usual = seed == USUAL_SEED and shot_count == USUAL_SHOT_COUNT
    prefix = "demo-" if usual else f"demo-{seed}-{shot_count}-"
    csv_too_large = shot_count > MOST_SHOTS_IN_CSV
    with BundleWriter(folder, as_parquet=csv_too_large if as_parquet is None else as_parquet) as bundle:
        said("shots", 0.0)
        slate = draw_slate(parameters, rng, with_future=True)
        observed = observe(slate.shots, slate.outcomes, slate.fate, slate.until)
        productions = draw_productions(slate, prefix, rng)
        shares = department_shares(slate.shots, rng)
        spending = draw_spending(slate, productions, shares, rng)
        _write(bundle, slate, observed, productions, shares, spending, prefix, rng, said)
    truth = catalog_truth(slate, observed, productions, spending) | {
        "seed": seed, "shot_count": shot_count, "rows": bundle.row_counts, "parameters": asdict(parameters),
    }  # fmt: skip
    said("done", 1.0)
    return Catalog(folder, bundle.row_counts, truth)


def _write(
    bundle: BundleWriter, slate: Slate, observed: Observed, productions: Productions,
    shares: tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]], spending: Spending, prefix: str,
    rng: np.random.Generator, said: Callable[[str, float], None],
) -> None:  # fmt: skip
    import pyarrow as pa

    sequences, codes = shot_codes(slate, productions)
    shot_ids = pa.array([f"{prefix}{code}" for code in codes])
    last_year = int(year_of(np.array([slate.until]))[0])
    bundle.write("titles", title_table(productions))
    bundle.write("productions", production_table(productions, expected_cost(slate, spending), rng))
    bundle.write("shots", shot_table(slate, observed, productions, sequences, codes, shot_ids, rng))
    bundle.write("assignments", assignment_table(slate, observed, productions, shot_ids))
    bundle.write("charges", charges(slate, productions, spending, shot_ids, prefix))
    bundle.write("rates", pa.Table.from_pylist(rate_rows(last_year)))
    bundle.write("fx_rates", pa.Table.from_pylist(fx_rows(last_year, rng)))
    parts = parts_of(slate)
    # All parts of a shot are written together.
    begins = np.flatnonzero(np.diff(parts.shot, prepend=-1))
    limits = [*begins[np.searchsorted(begins, np.arange(0, len(parts), PARTS_AT_A_TIME))], len(parts)]
    for first, last in pairwise(limits):
        said("timesheets, renders and reviews", 0.1 + 0.9 * first / len(parts))
        some = Parts(**{name: column[first:last] for name, column in vars(parts).items()})
        written = bundle.row_counts
        bundle.write(
            "work_entries",
            work_entries(slate, productions, some, shares, shot_ids, prefix, written.get("work_entries", 0) + 1, rng),
        )
        numbers = written.get("renders", 0) + 1, written.get("reviews", 0) + 1
        renders, reviews = versions(slate, productions, some, spending.in_cloud, shot_ids, prefix, numbers, rng)
        bundle.write("renders", renders)
        bundle.write("reviews", reviews)


def catalog_truth(slate: Slate, observed: Observed, productions: Productions, spending: Spending) -> dict[str, Any]:
    """What a comparison of the catalog should find: both outcomes of the same shots, started in either workflow."""
    fate, outcomes, compared = slate.fate, slate.outcomes, slate.compared
    finished = slate.begun & (observed.final_day >= 0) & ~fate.both_ways
    arm = np.where(fate.in_ai, AI, TRADITIONAL)
    rows = np.arange(len(arm))
    clocks = {
        clock: clock_truth(
            slate.shots, fate.in_ai, compared, finished, both, expected, both[rows, arm], productions.names
        )
        for clock, both, expected in (
            ("people", outcomes.drawn.people_hours, outcomes.expected.people_hours),
            ("machine", outcomes.drawn.machine_seconds, outcomes.expected.machine_seconds),
            ("calendar", outcomes.drawn.calendar_days, outcomes.expected.calendar_days),
            ("cost_gross", spending.drawn, spending.expected),
        )
    }
    begun_in_ai = slate.begun & fate.in_ai
    return {
        "words": "AI over traditional of the same shots, had each been started in AI and in the traditional workflow; "
        "a shot that falls back keeps both costs. Over shots begun before the facts end, without omitted and enabled "
        "ones. 'expected' leaves out what is drawn anew for each workflow. 'all': every such shot; 'ai': those that "
        "were given to AI. Costs in one currency, without what is billed for productions as a whole.",
        "clocks": clocks,
        "facts_end_on": day_text(slate.until),
        "shots_begun": int(slate.begun.sum()),
        "shots_open": int((slate.begun & (observed.final_day < 0) & ~observed.omitted).sum()),
        "shots_not_turned_over": int((~slate.begun).sum()),
        "shots_omitted": int((slate.begun & observed.omitted).sum()),
        "shots_enabled": int((slate.begun & fate.enabled).sum()),
        "shots_made_both_ways": int((slate.begun & fate.both_ways).sum()),
        "twin_pairs": int((slate.twin_of >= 0).sum()),
        "ai_shots": int(begun_in_ai.sum()),
        "fell_back_share_of_ai": float((outcomes.falls_back & begun_in_ai).sum() / max(begun_in_ai.sum(), 1)),
        "learning_rate": slate.parameters.learning_rate,
    }
