"""Titles, productions, shots and assignments of a made-up slate as tables of a history bundle."""

from typing import TYPE_CHECKING

import numpy as np

from analytics.demo_catalog.names import CAMERA_MOVE_SHARES, CAMERA_MOVES, DESCRIPTIONS
from analytics.demo_catalog.observing import Observed
from analytics.demo_catalog.outcomes import AI
from analytics.demo_catalog.prices import GBP_IN_CAD, TERRITORIES
from analytics.demo_catalog.productions import FRAME_RATES, SIZES, Productions
from analytics.demo_catalog.shots import FIRST_DAY, Numbers, Truths, Wholes
from analytics.demo_catalog.slate import Slate
from analytics.demo_catalog.traits import COMPLEXITIES, DAYS_OF_AN_HOUR, KINDS, MIDDLE_HOURS

if TYPE_CHECKING:
    import pyarrow as pa

BUDGET_STEP = 5000
BUDGET_SD = 0.09
PLANNED_SLACK = 1.3


def shot_codes(slate: Slate, productions: Productions) -> tuple[list[str], list[str]]:
    """Sequence and code of each shot: production, sequence, and a number that counts by ten; twins end in ``_alt``."""
    per_production = slate.parameters.sequences_per_production
    shots = slate.shots
    sequences = [
        f"{productions.codes[number // per_production]}_{10 * (number % per_production + 1):03}"
        for number in range(per_production * slate.parameters.production_count)
    ]
    originals = np.flatnonzero(slate.twin_of < 0)
    order = originals[np.lexsort((shots.turnover_day[originals], shots.sequence[originals]))]
    sequence = shots.sequence[order]
    place = np.arange(len(order)) - np.searchsorted(sequence, sequence)
    number = np.zeros(len(shots), np.int64)
    number[order] = 10 * (place + 1)
    twin = slate.twin_of >= 0
    number[twin] = number[slate.twin_of[twin]]
    names = [sequences[each] for each in shots.sequence]
    codes = [
        f"{name}_{each:04}{'_alt' if alternative else ''}"
        for name, each, alternative in zip(names, number.tolist(), twin.tolist(), strict=True)
    ]
    return names, codes


def title_table(productions: Productions) -> "pa.Table":
    """Titles; released in the year after their first production began."""
    import pyarrow as pa

    first = np.full(len(productions.title_ids), 10**6)
    np.minimum.at(first, productions.title, productions.started_day)
    years = (FIRST_DAY + first).astype("datetime64[Y]").astype(np.int64) + 1971
    name, kind, genre = zip(*productions.title_rows, strict=True)
    return pa.table(
        {
            "title_id": productions.title_ids, "name": name, "kind": kind, "genre": genre, "release_year": years,
        }
    )  # fmt: skip


def production_table(productions: Productions, cost_in_cad: Numbers, rng: np.random.Generator) -> "pa.Table":
    """Productions; their budgets were locked on what shots were expected to cost, give or take."""
    import pyarrow as pa

    currencies = np.array(productions.currencies)
    budget = (
        cost_in_cad
        / np.where(currencies == "GBP", GBP_IN_CAD, 1)
        * np.exp(rng.normal(0.03, BUDGET_SD, len(currencies)))
    )
    budget = np.maximum(np.rint(budget / BUDGET_STEP), 1) * BUDGET_STEP
    width, height = np.array(SIZES)[productions.size].T
    return pa.table(
        {
            "production_id": productions.ids,
            "title_id": pa.array(productions.title_ids).take(pa.array(productions.title)),
            "name": productions.names,
            "season": productions.season,
            "currency": productions.currencies,
            "fps": pa.array(FRAME_RATES).take(pa.array(productions.frame_rate)),
            "width": width,
            "height": height,
            "territory": pa.array(TERRITORIES).take(pa.array(productions.territory)),
            "started_on": pa.array(FIRST_DAY + productions.started_day),
            "locked_budget_amount": pa.array(budget.astype(np.int64)),
        }
    )


def shot_table(
    slate: Slate, observed: Observed, productions: Productions, sequences: list[str], codes: list[str],
    shot_ids: "pa.Array", rng: np.random.Generator,
) -> "pa.Table":  # fmt: skip
    """Shots as they stand on the last day, those included that have not been turned over."""
    import pyarrow as pa

    shots, begun = slate.shots, slate.begun
    final = begun & (observed.final_day >= 0)
    omitted = begun & observed.omitted
    status = np.where(final, 0, np.where(omitted, 1, 2))
    planned = np.array([DAYS_OF_AN_HOUR * MIDDLE_HOURS[each] ** 0.52 for each in COMPLEXITIES]) * PLANNED_SLACK
    due = shots.turnover_day + np.rint(planned[shots.complexity] * np.exp(rng.normal(0, 0.15, len(shots)))).astype(int)
    due += 4 - due % 7  # deliveries are due on the Friday of that week
    kept = np.flatnonzero(slate.twin_of >= 0)
    twin_of = np.where(slate.twin_of >= 0, slate.twin_of, 0)
    texts = [text for kind in KINDS for text in DESCRIPTIONS[kind]]
    counts = np.array([len(DESCRIPTIONS[kind]) for kind in KINDS])
    text = (np.cumsum(counts) - counts)[shots.kind] + np.floor(rng.random(len(shots)) * counts[shots.kind]).astype(int)
    moves = rng.choice(len(CAMERA_MOVES), len(shots), p=CAMERA_MOVE_SHARES)
    text[kept], moves[kept], due[kept] = text[twin_of[kept]], moves[twin_of[kept]], due[twin_of[kept]]
    return pa.table(
        {
            "shot_id": shot_ids,
            "production_id": pa.array(productions.ids).take(pa.array(shots.production)),
            "sequence": sequences,
            "code": codes,
            "kind": pa.array([each.value for each in KINDS]).take(pa.array(shots.kind)),
            "complexity": pa.array([each.value for each in COMPLEXITIES]).take(pa.array(shots.complexity)),
            "cut_frames": shots.cut_frames,
            "handle_frames": shots.handle_frames,
            "camera_move": pa.array(CAMERA_MOVES).take(pa.array(moves)),
            "description": pa.array(texts).take(pa.array(text)),
            "turnover_on": pa.array(FIRST_DAY + shots.turnover_day, mask=~begun),
            "due_on": pa.array(FIRST_DAY + np.maximum(due, shots.turnover_day + 4)),
            "final_on": pa.array(FIRST_DAY + observed.final_day, mask=~final),
            "status": pa.array(["final", "omitted", "open"]).take(pa.array(status)),
            "twin_of": shot_ids.take(pa.array(twin_of, mask=slate.twin_of < 0)),
            "enabled": pa.array(["false", "true"]).take(pa.array((slate.fate.enabled & begun).astype(np.int64))),
        }
    )


def assignment_table(slate: Slate, observed: Observed, productions: Productions, shot_ids: "pa.Array") -> "pa.Table":
    """Who was given what; where people name the workflow on every entry, traditional shots are in no assignment."""
    import pyarrow as pa

    shots, fate, begun = slate.shots, slate.fate, slate.begun
    outcomes = np.where(observed.final_day >= 0, 0, np.where(observed.omitted, 1, 2))
    assigned = begun & (fate.in_ai | fate.both_ways | ~productions.names_workflows[shots.production])
    fell_on = shots.turnover_day + slate.outcomes.drawn.ai_days.astype(np.int64)
    fell = observed.fell_back & assigned

    def rows(which: Truths, ai: Truths, start: Wholes, end: Wholes, outcome: Wholes) -> tuple[Wholes, ...]:
        place = np.flatnonzero(which)
        return place, *(np.asarray(each)[place].astype(np.int64) for each in (ai, start, end, outcome))

    ends = np.where(outcomes == 2, -1, observed.end_day)
    first = rows(assigned, fate.in_ai, shots.turnover_day, np.where(fell, fell_on, ends), np.where(fell, 3, outcomes))
    again = rows(fell, np.zeros(len(shots), bool), fell_on, ends, outcomes)
    other = rows(fate.both_ways & begun, ~fate.in_ai, shots.turnover_day, ends, outcomes)
    shot, workflow, start, end, outcome = (np.concatenate(each) for each in zip(first, again, other, strict=True))
    order = np.argsort(shot, kind="stable")
    shot, workflow, start, end, outcome = (each[order] for each in (shot, workflow, start, end, outcome))
    return pa.table(
        {
            "shot_id": shot_ids.take(pa.array(shot)),
            "workflow": pa.array(["traditional", "ai"]).take(pa.array((workflow == AI).astype(np.int64))),
            "started_on": pa.array(FIRST_DAY + start),
            "ended_on": pa.array(FIRST_DAY + end, mask=end < 0),
            "outcome": pa.array(["final", "omitted", "open", "fell_back"]).take(pa.array(outcome)),
        }
    )
