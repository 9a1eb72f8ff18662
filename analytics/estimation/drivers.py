"""Why a shot is estimated as it is, in words: what makes it more or less than a usual one, what is unusual about it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from analytics.estimation.hours_learned import HoursLearned
from analytics.vocabulary.bid import Basis
from analytics.vocabulary.listed_shot import ListedShot
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    import numpy as np
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

    usual_seconds = float(learned.shots["cut_seconds"].median()) if len(learned.shots) else learned.template.seconds
    known_kinds = set(learned.shots["kind"])
    kinds, complexities = ([each if each is None or each == each else None for each in rows[name]]
                           for name in ("kind", "complexity"))  # fmt: skip
    seconds = [round(float(each), 1) for each in rows["cut_seconds"]]
    count = len(rows)

    def times_usual(
        kind: Sequence[str | None] = (), complexity: Sequence[str | None] = (), length: Sequence[float] = (),
        arm: Sequence[str] = (),
    ) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":  # fmt: skip
        """By shot, hours of one that is usual but for this, over those of the usual one."""
        changed: dict[str, Sequence[object]] = {
            "kind": [each or "other" for each in kind or [None] * count] + ["other"],
            "complexity": [each or "medium" for each in complexity or [None] * count] + ["medium"],
            "cut_seconds": [*(length or [usual_seconds] * count), usual_seconds],
            "arm": [*(arm or ["traditional"] * count), "traditional"],
        }
        log_hours = _mean_log_hours(learned, changed)
        return np.asarray(np.exp(log_hours[:-1] - log_hours[-1]))

    by_complexity, by_kind = times_usual(complexity=complexities), times_usual(kind=kinds)
    by_length = times_usual(length=seconds)
    by_workflow = times_usual(kinds, complexities, arm=[each.value for each in workflows]) / times_usual(
        kinds, complexities
    )
    production = ""
    if production_id in learned.levels["production"]:
        place = learned.levels["production"][production_id]
        own = float(np.exp(np.median(learned.posterior.shared["production"][:, place])))
        production = _times("This production so far", own, "what the others' shots take")
    told: list[tuple[str, ...]] = []
    for place, workflow in enumerate(workflows):
        kind, complexity, ratio = kinds[place], complexities[place], float(by_length[place])
        said = [(ratio, _times(f"{seconds[place]:g} s on screen", ratio, f"the usual {usual_seconds:.1f} s"))]
        if complexity is not None:
            ratio = float(by_complexity[place])
            said.append((ratio, _times(f"{complexity.capitalize()} work", ratio, "a medium shot")))
        if kind is not None and kind != "other":
            ratio = float(by_kind[place])
            unseen = "" if kind in known_kinds else ", by the template: no past shot is of that kind"
            said.append((ratio, _times(_kind_words(kind), ratio, "other work") + unseen))
        if workflow is not Workflow.TRADITIONAL:
            ratio = float(by_workflow[place])
            said.append((ratio, _times(f"Made by {workflow.label}", ratio, "the same shot made traditionally")))
        said.sort(key=lambda each: -abs(np.log(each[0])))
        words = [sentence for ratio, sentence in said if max(ratio, 1 / ratio) >= _WORTH_SAYING]
        told.append((*words, *([production] if production else ())))
    return told


def _mean_log_hours(
    learned: HoursLearned, described: Mapping[str, Sequence[object]]
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Logarithms of the hours that shots of these kinds, complexities, lengths and arms take by the mean effects."""
    import numpy as np
    import pandas as pd

    table = pd.DataFrame(dict(described)).assign(**_UNSAID)
    columns = np.hstack([np.ones((len(table), 1)), learned.columns.matrix(table)])
    effects = learned.posterior.effects.mean(axis=0)
    return np.asarray(columns @ effects + learned.columns.template_log_hours(table))


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
            said.append(f"{than} on screen than nearly all past shots, which have {low:.0f} to {high:.0f} frames")
        flags.append(tuple(said))
    return bases, flags
