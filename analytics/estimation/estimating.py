"""Estimates a list of shots from a history: the one call behind bids, back-tests and forecasts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from analytics.estimation.departments import department_shares
from analytics.estimation.drivers import basis_and_flags, drivers_of
from analytics.estimation.estimate import Estimate, Rests
from analytics.estimation.fitted_history import FittedHistory
from analytics.estimation.history import ATTRIBUTE, BidHistory, column_key
from analytics.estimation.hours_learned import HoursLearned
from analytics.estimation.hours_outcomes import draw_hours
from analytics.estimation.luck import Luck
from analytics.estimation.templates import BidTemplate
from analytics.estimation.unsaid import candidates_of
from analytics.estimation.workflow_habit import Habit, habit_spread
from analytics.vocabulary.errors import InputRefused
from analytics.vocabulary.frame_rate import FrameRate
from analytics.vocabulary.listed_shot import ListedShot
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    import numpy as np
    from pandas import DataFrame

Mix = Literal["current", "ai", "traditional"]

MOST_DRAWS = 600
"""Of what the history leaves open; more outcomes than that share them, each with shots and sequences of its own."""

_MOST_CELLS = 8_000_000
_FEWEST_OUTCOMES = 200
"""Of a list of many thousands fewer outcomes are drawn, so that it fits in memory: its total hardly needs more."""


def estimate_shots(
    history: BidHistory,
    shots: Sequence[ListedShot],
    *,
    fps: FrameRate,
    production_id: str | None = None,
    title_id: str | None = None,
    territory: str | None = None,
    mix: "Mix | Sequence[Workflow]" = "current",
    hours_so_far: Mapping[str, float] | None = None,
    on: date | None = None,
    template: BidTemplate | None = None,
    learned: HoursLearned | None = None,
    fitted: FittedHistory | None = None,
    outcomes: int = 2000,
    seed: int = 0,
) -> Estimate:
    """What shots may take in people-hours.

    Parameters
    ----------
    production_id
        Where the history holds shots of it, they tell how it differs from other productions.
    title_id, territory
        Of the production; past productions of the same title or territory tell more about it than others.
    mix
        ``current``: as the studio has given shots to AI so far; ``ai``, ``traditional``: all of them; or one workflow
        for each shot. What a shot's own row insists on, and a ban of AI, always hold.
    hours_so_far
        By code, people-hours that are already booked on shots not yet final; outcomes lie above them.
    on
        Day of the bid, for how far AI has come by then; ``None``: each shot's turnover, else the last of the history.
    learned
        A model already fitted to this history, to save fitting it again.
    fitted
        This history with the models that are fitted to it already; what is missing is fitted and kept there.

    Raises
    ------
    InputRefused
        If there are no shots.
    """
    import numpy as np

    if not shots:
        raise InputRefused("shot list", None, "holds no shot", "list at least one")
    outcomes = max(_FEWEST_OUTCOMES, min(outcomes, _MOST_CELLS // len(shots)))
    luck = Luck(seed, outcomes)
    if learned is None:
        fitted = fitted or FittedHistory(history, template)
        learned = fitted.model_for(shots, draws=min(outcomes, MOST_DRAWS), seed=seed)
    past = learned.shots
    rows = bid_rows(shots, fps, past, on).assign(title_id=title_id)
    rows["territory"] = [shot.territory or territory for shot in shots]
    candidates, chosen = candidates_of(shots, rows, past, production_id, luck)
    chances = _chances(learned.habit, candidates.rows, chosen, shots, mix, production_id)
    in_ai = _in_ai(chances, shots, mix, habit_spread(past), production_id in set(past["production_id"]), luck)
    workflows = _workflows(in_ai, shots, mix)
    drawn = _drawn(workflows)
    so_far = np.array([(hours_so_far or {}).get(shot.code, 0.0) for shot in shots])
    hours = draw_hours(learned, candidates, chosen, drawn, production_id=production_id, hours_so_far=so_far, luck=luck)
    known = rows.assign(
        kind=[kind or "other" for kind in rows["kind"]],
        complexity=[complexity or "medium" for complexity in rows["complexity"]],
    )
    bases, flags = basis_and_flags(learned, shots, known, workflows)
    return Estimate(
        tuple(shots),
        hours,
        in_ai,
        workflows,
        department_shares(history, learned.template, known, drawn),
        tuple(bases),
        tuple(flags),
        tuple(drivers_of(learned, rows, workflows, production_id)),
        rests_on(past),
        _warnings(past, in_ai),
    )


def rests_on(past: "DataFrame") -> Rests:
    """The history in figures: finished shots; unfinished ones are learned from too, but say less."""
    import pandas as pd

    last = pd.to_datetime(past["turnover_on"]).max() if len(past) else pd.NaT
    finished = past[past["status"] == "final"]
    return Rests(
        len(finished),
        int(past["production_id"].nunique()),
        int((finished["arm"] == "ai").sum()),
        None if pd.isna(last) else last.date(),
    )


def bid_rows(shots: Sequence[ListedShot], fps: FrameRate, past: "DataFrame", on: date | None = None) -> "DataFrame":
    """The shots of a list with the columns of ``slate_shots`` that are known before any work."""
    import pandas as pd

    last = pd.Timestamp(on) if on else (pd.to_datetime(past["turnover_on"]).max() if len(past) else pd.NaT)
    rows: dict[str, list[Any]] = {
        "kind": [shot.kind.value if shot.kind else None for shot in shots],
        "complexity": [shot.complexity.value if shot.complexity else None for shot in shots],
        "cut_frames": [shot.cut_frames for shot in shots],
        "handle_frames": [shot.handle_frames for shot in shots],
        "cut_seconds": [fps.seconds(shot.cut_frames) for shot in shots],
        "width": [float(shot.width) if shot.width else float("nan") for shot in shots],
        "height": [float(shot.height) if shot.height else float("nan") for shot in shots],
        "camera_move": [shot.camera_move for shot in shots],
        "description": [shot.description for shot in shots],
        "sequence": [shot.sequence for shot in shots],
        "main_vendor": [shot.vendor for shot in shots],
        "turnover_on": [pd.Timestamp(shot.turnover_on) if shot.turnover_on else last for shot in shots],
        "arm": ["traditional"] * len(shots),
    }
    frame = pd.DataFrame(
        {name: pd.Series(values, dtype=object if name in _TEXTS else None) for name, values in rows.items()}
    )
    for name in map(str, past.columns):
        if name.startswith(ATTRIBUTE):
            frame[name] = [
                {column_key(header): value for header, value in shot.attributes.items()}.get(name) for shot in shots
            ]
    return frame


_TEXTS = ("kind", "complexity", "camera_move", "description", "sequence", "main_vendor", "arm")


def _chances(
    habit: Habit,
    rows: "DataFrame",
    chosen: "np.ndarray[Any, np.dtype[np.int64]]",
    shots: Sequence[ListedShot],
    mix: "Mix | Sequence[Workflow]",
    production_id: str | None,
) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Chance of AI by outcome and shot, before what a row insists on."""
    import numpy as np

    if mix == "current":
        return np.asarray(habit.ai_chances(rows, production_id)[chosen])
    if isinstance(mix, str):
        return np.full(chosen.shape, 1.0 if mix == "ai" else 0.0)
    if len(mix) != len(shots):
        raise ValueError(f"{len(mix)} workflows for {len(shots)} shots")
    return np.tile(np.array([workflow is not Workflow.TRADITIONAL for workflow in mix], float), (len(chosen), 1))


def _in_ai(
    chances: "np.ndarray[Any, np.dtype[np.float64]]",
    shots: Sequence[ListedShot],
    mix: "Mix | Sequence[Workflow]",
    spread: float,
    is_known: bool,
    luck: Luck,
) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    import numpy as np

    if mix == "current":
        inside = np.clip(chances, 1e-9, 1 - 1e-9)
        # Productions differ in how much they give to AI; one that has begun shows what it does.
        shift = luck.of("habit").standard_normal((len(chances), 1)) * (0.3 if is_known else 1.0) * spread
        odds = inside / (1 - inside) * np.exp(shift)
        chances = np.where((chances > 0) & (chances < 1), odds / (1 + odds), chances)
    in_ai = luck.of_shots("in ai", [shot.code for shot in shots]) < chances
    for place, shot in enumerate(shots):
        if shot.workflow is not None:
            in_ai[:, place] = shot.workflow is not Workflow.TRADITIONAL
        elif shot.ai_allowed is False:
            in_ai[:, place] = False
    return np.asarray(in_ai)


def _workflows(
    in_ai: "np.ndarray[Any, np.dtype[np.bool_]]", shots: Sequence[ListedShot], mix: "Mix | Sequence[Workflow]"
) -> tuple[Workflow, ...]:
    likelier = in_ai.mean(axis=0) > 0.5
    return tuple(
        shot.workflow
        if shot.workflow is not None
        else (mix[place] if not isinstance(mix, str) and (likelier[place] or mix[place] is Workflow.TRADITIONAL)
              else Workflow.AI if likelier[place] else Workflow.TRADITIONAL)
        for place, shot in enumerate(shots)
    )  # fmt: skip


def _drawn(workflows: Sequence[Workflow]) -> tuple[Workflow, ...]:
    always = (Workflow.TRADITIONAL, Workflow.AI)
    return (*always, Workflow.HYBRID) if Workflow.HYBRID in workflows else always


def _warnings(past: "DataFrame", in_ai: "np.ndarray[Any, np.dtype[np.bool_]]") -> tuple[str, ...]:
    productions = int(past["production_id"].nunique())
    said: list[str] = []
    if not productions:
        said.append("There is no history: every figure is the template's, by the word of trade practice.")
    elif productions < 3:
        said.append(
            f"The history holds {productions} production{'s' if productions > 1 else ''}: how much productions differ "
            "is assumed, and the range is as wide as that."
        )
    ai_shots = int((past["arm"] == "ai").sum())
    if in_ai.any() and ai_shots < 20:
        count = (
            "No past shot was" if not ai_shots else f"Only {ai_shots} past shot{'s were' if ai_shots > 1 else ' was'}"
        )
        said.append(f"{count} made by AI: what AI takes is mostly the template's word.")
    return tuple(said)
