"""How the hours of a shot part among departments: as comparable past shots' did, else as the template says."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analytics.estimation.history import BidHistory
from analytics.estimation.hours_learned import with_known_words
from analytics.estimation.templates import BidTemplate
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    from pandas import DataFrame

_OWN_KIND = 8.0
_OWN_COMPLEXITY = 20.0
"""So many shots of the same kind, or complexity, weigh as much as the more general figure they are pooled with."""


def department_shares(
    history: BidHistory, template: BidTemplate, shots: "DataFrame", workflows: Sequence[Workflow]
) -> "dict[Workflow, DataFrame]":
    """By workflow, one row a shot and one column a department, rows adding up to 1.

    Parameters
    ----------
    shots
        With kind, complexity and cut_seconds.
    """
    import numpy as np
    import pandas as pd

    past = with_known_words(history.shots)
    booked = history.departments.merge(past[["shot_id", "arm", "kind", "complexity"]], on="shot_id")
    keys = list(zip(shots["kind"], shots["complexity"], strict=True))
    shares: dict[Workflow, DataFrame] = {}
    for workflow in workflows:
        own = booked[booked["arm"] == workflow.value]
        cells: dict[tuple[str, str], dict[str, float]] = {}
        overall = _parts(own)
        by_complexity = dict(iter(own.groupby("complexity")))
        pooled: dict[str, dict[str, float]] = {}
        for kind, complexity in sorted(set(keys)):
            if overall is None:
                parts = template.department_hours(ShotKind(kind), Complexity(complexity), template.seconds, workflow)
                total = sum(parts.values())
                cells[kind, complexity] = {name: value / total for name, value in parts.items()}
                continue
            alike = by_complexity.get(complexity, own[:0])
            if complexity not in pooled:
                pooled[complexity] = _pool(alike, overall, _OWN_COMPLEXITY)
            cells[kind, complexity] = _pool(alike[alike["kind"] == kind], pooled[complexity], _OWN_KIND)
        names = sorted({name for parts in cells.values() for name in parts})
        table = pd.DataFrame(
            [[cells[key].get(name, 0.0) for name in names] for key in keys], index=range(len(shots)), columns=names
        )
        shares[workflow] = table.div(table.sum(axis=1).replace(0.0, np.nan), axis=0).fillna(0.0).astype(float)
    return shares


def _parts(booked: "DataFrame") -> dict[str, float] | None:
    total = float(booked["people_hours"].sum())
    if total <= 0:
        return None
    return {
        str(name): float(hours) / total for name, hours in booked.groupby("department")["people_hours"].sum().items()
    }


def _pool(booked: "DataFrame", general: dict[str, float], steady: float) -> dict[str, float]:
    """Their own parts, weighted by the number of shots against the more general ones."""
    own = _parts(booked)
    if own is None:
        return general
    count = booked["shot_id"].nunique()
    weight = count / (count + steady)
    return {
        name: weight * own.get(name, 0.0) + (1 - weight) * general.get(name, 0.0) for name in sorted({*own, *general})
    }
