"""Who works on a shot and when in its life: shares of its hours by department in either workflow.

Traditional shares follow the person-days that practitioners name by department and complexity; those of the AI workflow
are assumed: generating and choosing, then the compositing that puts it into the plate.
"""

from collections.abc import Mapping

import numpy as np

from analytics.demo_catalog.outcomes import AI, TRADITIONAL
from analytics.demo_catalog.shots import Numbers, Shots, Wholes
from analytics.demo_catalog.traits import KINDS
from analytics.vocabulary.department import Department
from analytics.vocabulary.shot import ShotKind

DEPARTMENTS = (
    Department.MATCHMOVE, Department.ROTO, Department.PREP, Department.LAYOUT, Department.ANIMATION, Department.FX,
    Department.LIGHTING, Department.ENVIRONMENT, Department.COMP, Department.AI, Department.SUPERVISION,
    Department.PRODUCTION,
)  # fmt: skip
_EASY = (0.3, 0.3, 0.8, 0.0, 0.0, 0.0, 0.0, 0.3, 1.4, 0.0, 0.15, 0.2)
_MEDIUM = (0.75, 1.25, 1.5, 0.2, 0.8, 1.4, 1.2, 1.5, 3.0, 0.0, 0.6, 0.9)
_HARD = (2.0, 3.5, 3.0, 0.75, 5.0, 8.0, 3.0, 3.5, 6.0, 0.0, 2.0, 2.7)
_HERO = (4.0, 7.5, 5.5, 2.0, 16.0, 27.0, 7.0, 7.5, 14.0, 0.0, 5.5, 7.0)
TRADITIONAL_PERSON_DAYS = np.array([_EASY, _MEDIUM, _HARD, _HERO])
AI_SHARES = np.array(
    [
        (0.03, 0.06, 0.10, 0.00, 0.0, 0.0, 0.00, 0.02, 0.27, 0.40, 0.05, 0.07),
        (0.04, 0.08, 0.08, 0.02, 0.0, 0.0, 0.01, 0.03, 0.29, 0.33, 0.06, 0.06),
        (0.05, 0.09, 0.07, 0.03, 0.04, 0.03, 0.03, 0.04, 0.30, 0.20, 0.07, 0.05),
        (0.05, 0.08, 0.06, 0.04, 0.10, 0.07, 0.05, 0.04, 0.28, 0.11, 0.07, 0.05),
    ]
)
"""Easy to hero, in the order of `DEPARTMENTS`."""
_KIND_WEIGHTS: Mapping[ShotKind, Mapping[Department, float]] = {
    ShotKind.CLEANUP: {Department.PREP: 3.0, Department.ROTO: 1.4, Department.ANIMATION: 0.0, Department.FX: 0.0,
                       Department.LAYOUT: 0.0, Department.LIGHTING: 0.05, Department.ENVIRONMENT: 0.3},
    ShotKind.SET_EXTENSION: {Department.ENVIRONMENT: 2.5, Department.ANIMATION: 0.05, Department.FX: 0.25},
    ShotKind.WEATHER: {Department.FX: 2.2, Department.ANIMATION: 0.0, Department.LAYOUT: 0.3},
    ShotKind.DESTRUCTION: {Department.FX: 2.0, Department.ANIMATION: 0.4, Department.LIGHTING: 1.3},
    ShotKind.DE_AGE: {Department.COMP: 1.8, Department.PREP: 1.8, Department.MATCHMOVE: 1.6, Department.FX: 0.0,
                      Department.ANIMATION: 0.2, Department.ENVIRONMENT: 0.0, Department.LIGHTING: 0.3},
    ShotKind.PREVIS: {Department.LAYOUT: 8.0, Department.ANIMATION: 2.0, Department.COMP: 0.2, Department.ROTO: 0.0,
                      Department.PREP: 0.0, Department.FX: 0.2, Department.LIGHTING: 0.2},
    ShotKind.CROWD: {Department.ANIMATION: 2.0, Department.LAYOUT: 2.0, Department.FX: 0.4},
    ShotKind.CREATURE: {Department.ANIMATION: 2.5, Department.LIGHTING: 1.6, Department.ENVIRONMENT: 0.3},
    ShotKind.OTHER: {},
}  # fmt: skip
KIND_WEIGHTS = np.array([[_KIND_WEIGHTS[kind].get(each, 1.0) for each in DEPARTMENTS] for kind in KINDS])

_WINDOWS: Mapping[Department, tuple[float, float]] = {
    Department.MATCHMOVE: (0.0, 0.25),
    Department.ROTO: (0.0, 0.4),
    Department.PREP: (0.05, 0.5),
    Department.LAYOUT: (0.1, 0.35),
    Department.ANIMATION: (0.15, 0.7),
    Department.FX: (0.25, 0.85),
    Department.LIGHTING: (0.35, 0.95),
    Department.ENVIRONMENT: (0.1, 0.75),
    Department.COMP: (0.25, 1.0),
    Department.AI: (0.0, 0.9),
    Department.SUPERVISION: (0.05, 1.0),
    Department.PRODUCTION: (0.0, 1.0),
}
WINDOWS = np.array([_WINDOWS[each] for each in DEPARTMENTS])
"""Share of a shot's working days at which a department begins and ends."""
LEAST_HOURS = 1.5
"""What would be less for a department is done by comp, or by whoever generates."""
SPREAD_SHAPE = 5.0
"""Of the gamma by which one shot's shares differ from the next one's."""


def department_shares(shots: Shots, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Shares of a shot's hours by department (shots x departments), in the traditional and in the AI workflow."""
    told = []
    for workflow, table in ((TRADITIONAL, TRADITIONAL_PERSON_DAYS), (AI, AI_SHARES)):
        weights = KIND_WEIGHTS[shots.kind]
        if workflow == AI:
            weights = np.sqrt(weights)
        drawn = table[shots.complexity] * weights * rng.gamma(SPREAD_SHAPE, 1 / SPREAD_SHAPE, weights.shape)
        told.append(drawn / drawn.sum(axis=1, keepdims=True))
    return told[0], told[1]


def hours_by_department(shares: Numbers, people_hours: Numbers, workflow: Wholes | int) -> Numbers:
    """Hours of each department (rows x departments): nobody is called in for an hour.

    Parameters
    ----------
    shares
        Rows x departments.
    workflow
        `TRADITIONAL` or `AI`, by row or of all.
    """
    hours = shares * people_hours[:, None]
    rows = np.arange(len(hours))
    main = np.where(workflow == AI, DEPARTMENTS.index(Department.AI), DEPARTMENTS.index(Department.COMP))
    kept = hours >= LEAST_HOURS
    kept[rows, main] = True
    left = np.where(kept, 0, hours).sum(axis=1)
    hours = np.where(kept, hours, 0)
    hours[rows, main] += left
    return hours
