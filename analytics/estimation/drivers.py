"""Why a shot is estimated as it is, in words: what makes it more or less than a usual one, what is unusual about it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analytics.estimation.hours_learned import HoursLearned
from analytics.vocabulary.bid import Basis
from analytics.vocabulary.listed_shot import ListedShot
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    from pandas import DataFrame

ENOUGH_SHOTS, ENOUGH_PRODUCTIONS = 20, 3
"""Comparable past shots, and productions in the history, from which an estimate counts as learned."""

_UNSAID = {"width": float("nan"), "height": float("nan"), "camera_move": None, "turnover_on": None, "description": "",
           "cut_frames": 84, "handle_frames": 0}  # fmt: skip
_WORTH_SAYING = 1.08
_KIND_WORDS = {
    "de_age": "De-aging",
    "set_extension": "Set extension",
    "cleanup": "Clean-up",
    "other": "Its kind of work",
}


def drivers_of(
    learned: HoursLearned, rows: "DataFrame", workflows: Sequence[Workflow], production_id: str | None
) -> list[tuple[str, ...]]:
    """By shot, what changes it against a medium shot of the usual length in the traditional workflow, strongest first.

    Parameters
    ----------
    rows
        One row a shot with kind, complexity and cut_seconds; kind or complexity may be ``None``.
    """
    import numpy as np
    import pandas as pd

    usual_seconds = float(learned.shots["cut_seconds"].median()) if len(learned.shots) else learned.template.seconds
    usual = {"kind": "other", "complexity": "medium", "cut_seconds": usual_seconds, "arm": "traditional"}
    effects = learned.posterior.effects.mean(axis=0)
    known_kinds = set(learned.shots["kind"])
    cache: dict[tuple[str, str, float, str], float] = {}

    def log_hours(**changed: object) -> float:
        said = {**usual, **changed}
        key = (str(said["kind"]), str(said["complexity"]), float(str(said["cut_seconds"])), str(said["arm"]))
        if key not in cache:
            row = pd.DataFrame([{**_UNSAID, **said}])
            columns = np.hstack([[1.0], learned.columns.matrix(row)[0]])
            cache[key] = float(effects @ columns + learned.columns.template_log_hours(row)[0])
        return cache[key]

    middle = log_hours()
    production = ""
    if production_id in learned.levels["production"]:
        place = learned.levels["production"][production_id]
        own = float(np.exp(np.median(learned.posterior.shared["production"][:, place])))
        production = _times("This production so far", own, "what the others' shots take")
    told: list[tuple[str, ...]] = []
    for place, workflow in enumerate(workflows):
        row = rows.iloc[place]
        said: list[tuple[float, str]] = []
        kind, complexity, seconds = row["kind"], row["complexity"], round(float(row["cut_seconds"]), 1)
        if complexity is not None and complexity == complexity:
            ratio = float(np.exp(log_hours(complexity=complexity) - middle))
            said.append((ratio, _times(f"{str(complexity).capitalize()} work", ratio, "a medium shot")))
        if kind is not None and kind == kind and kind != "other":
            ratio = float(np.exp(log_hours(kind=kind) - middle))
            unseen = "" if kind in known_kinds else ", by the template: no past shot is of that kind"
            said.append((ratio, _times(_kind_words(str(kind)), ratio, "other work") + unseen))
        ratio = float(np.exp(log_hours(cut_seconds=seconds) - middle))
        said.append((ratio, _times(f"{seconds:g} s on screen", ratio, f"the usual {usual_seconds:.1f} s")))
        if workflow is not Workflow.TRADITIONAL:
            ratio = float(np.exp(log_hours(arm=workflow.value, kind=kind or "other", complexity=complexity or "medium")
                                 - log_hours(kind=kind or "other", complexity=complexity or "medium")))  # fmt: skip
            said.append((ratio, _times(f"Made by {workflow.label}", ratio, "the same shot made traditionally")))
        said.sort(key=lambda each: -abs(np.log(each[0])))
        words = [sentence for ratio, sentence in said if max(ratio, 1 / ratio) >= _WORTH_SAYING]
        told.append((*words, *([production] if production else ())))
    return told


def _kind_words(kind: str) -> str:
    return _KIND_WORDS.get(kind, kind.replace("_", " ").capitalize())


def _times(what: str, ratio: float, against: str) -> str:
    return f"{what}: {ratio:.1f} times {against}" if ratio >= 1.95 else f"{what}: {ratio:.2f} times {against}"


def basis_and_flags(
    learned: HoursLearned, shots: Sequence[ListedShot], rows: "DataFrame", workflows: Sequence[Workflow]
) -> tuple[list[Basis], list[tuple[str, ...]]]:
    """By shot, what its estimate rests on and what is unusual about it."""
    import numpy as np

    past = learned.shots
    productions = past["production_id"].nunique()
    counts = past.groupby(["complexity", "arm"]).size() if len(past) else None
    kind_counts = past.groupby(["kind", "arm"]).size() if len(past) else None
    low, high = np.quantile(past["cut_frames"].astype(float), (0.005, 0.995)) if len(past) >= 20 else (0.0, np.inf)
    bases: list[Basis] = []
    flags: list[tuple[str, ...]] = []
    for place, (shot, workflow) in enumerate(zip(shots, workflows, strict=True)):
        said: list[str] = []
        complexity, arm = rows.iloc[place]["complexity"], workflow.value
        alike = 0
        if counts is not None:
            alike = int(counts.get((complexity, arm), 0)) if shot.complexity else int((past["arm"] == arm).sum())
        if not len(past):
            bases.append(Basis.TEMPLATE)
        elif alike >= ENOUGH_SHOTS and productions >= ENOUGH_PRODUCTIONS:
            bases.append(Basis.LEARNED)
        else:
            bases.append(Basis.POOLED if alike else Basis.TEMPLATE)
        if shot.complexity is None:
            spread = "spread as past shots' was" if len(past) else "as usual, by the template"
            said.append(f"complexity not said: taken to be {spread}")
        if shot.kind is None:
            said.append("kind of work not said")
        if len(past) and not alike:
            which = f"{complexity} shot" if shot.complexity else "shot"
            said.append(f"no past {which} was made by {workflow.label}: the template says")
        elif kind_counts is not None and shot.kind and int(kind_counts.get((shot.kind.value, arm), 0)) < 3:
            said.append(f"fewer than 3 past shots of {shot.kind.value.replace('_', ' ')} were made by {workflow.label}")
        if not low <= shot.cut_frames <= high:
            than = "longer" if shot.cut_frames > high else "shorter"
            said.append(
                f"{shot.cut_frames} frames on screen is {than} than nearly all past shots ({low:.0f} to {high:.0f})"
            )
        flags.append(tuple(said))
    return bases, flags
