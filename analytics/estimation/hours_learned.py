"""Past shots made into what the model of hours is fitted to, and the fit that outcomes are drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from analytics.estimation.history import BidHistory, usable
from analytics.estimation.hours_model import BELIEVED, SHOT_SPREAD, HoursPosterior, PastShots, fit_hours, levels_of
from analytics.estimation.shot_columns import ShotColumns, ai_share
from analytics.estimation.templates import BidTemplate
from analytics.estimation.workflow_habit import Habit
from analytics.vocabulary.shot import Complexity, ShotKind

if TYPE_CHECKING:
    import numpy as np
    from pandas import DataFrame

_RARE_VENDOR = 5
_OWN_LEVEL, _OWN_VOICE = 3.0, 10.0
"""A studio may be several times off the template: after some sixty shots its level is its own, and the template only
tells how shots differ. Held nearer, it would pull every total of a studio with one past production."""


@dataclass(frozen=True)
class HoursLearned:
    """A fitted model and the names of its effects.

    Attributes
    ----------
    shots
        The past shots it was fitted to, in the order of ``posterior.scatter``.
    levels
        By group, effect number by name: of a production its id, of a sequence (production_id, sequence).
    """

    template: BidTemplate
    columns: ShotColumns
    shots: "DataFrame"
    levels: Mapping[str, Mapping[Any, int]]
    posterior: HoursPosterior

    @cached_property
    def habit(self) -> Habit:
        """How the studio gave these shots to AI."""
        return Habit.of(self.shots)

    @cached_property
    def sorted_scatter(self) -> "Mapping[bool, np.ndarray[Any, np.dtype[np.float32]]]":
        """What nothing explained of AI shots (True) and of others (False), each draw sorted upwards."""
        import numpy as np

        in_ai = (self.shots["arm"] == "ai").to_numpy()
        return {side: np.sort(self.posterior.scatter[:, in_ai == side], axis=1) for side in (False, True)}


def learn_hours(
    history: BidHistory,
    template: BidTemplate,
    *,
    draws: int = 600,
    seed: int = 0,
    expected: Mapping[str, float] = MappingProxyType({}),
) -> HoursLearned:
    """Fit the model of hours to a history, which may be empty.

    Parameters
    ----------
    expected
        Effects that may differ from the template by another standard deviation than `shot_columns.EXPECTED` says.
    """
    import numpy as np

    shots = usable(history.shots).reset_index(drop=True)
    shots = with_known_words(shots)
    columns = ShotColumns.of(shots, template)
    production, productions = levels_of(shots["production_id"].tolist())
    sequence, sequences = levels_of(list(zip(shots["production_id"], shots["sequence"], strict=True)))
    vendor_counts = shots["main_vendor"].value_counts()
    usual = set(vendor_counts.index[vendor_counts >= _RARE_VENDOR]) if len(vendor_counts) > 1 else set()
    vendor, vendors = levels_of([each if each in usual else None for each in shots["main_vendor"]])
    title, titles = levels_of(_shared_by_productions(shots, "title_id", 1))
    territory, territories = levels_of(_shared_by_productions(shots, "territory", 2))
    cell, cells = levels_of(list(zip(shots["kind"], shots["complexity"], strict=True)))
    has_ai = (shots["arm"] == "ai").to_numpy()
    slopes = np.where(np.isin(production, production[has_ai]), production, -1)
    past = PastShots(
        columns.matrix(shots),
        columns.template_log_hours(shots),
        np.log(shots["people_hours"].to_numpy(float)),
        (shots["status"] == "open").to_numpy(),
        ai_share(shots["arm"], template.hybrid),
        {
            "production": production,
            "production x ai": slopes,
            "sequence": sequence,
            "vendor": vendor,
            "title": title,
            "territory": territory,
            "kind x complexity": cell,
        },
        scale_groups(shots),
        2 * len(Complexity),
    )
    level = min(_OWN_LEVEL, template.spread["studio"] * (1 + len(shots) / _OWN_VOICE))
    believed = {name: replace(each, median=template.spread.get(name, each.median)) for name, each in BELIEVED.items()}
    shot_spread = replace(SHOT_SPREAD, median=template.spread["shot"])
    posterior = fit_hours(
        past,
        columns.expected_spread(expected),
        level,
        believed=believed,
        shot_spread=shot_spread,
        draws=draws,
        seed=seed,
    )
    levels = {
        "production": {name: place for place, name in enumerate(productions)},
        "production x ai": {name: place for place, name in enumerate(productions) if place in set(slopes.tolist())},
        "sequence": {name: place for place, name in enumerate(sequences)},
        "vendor": {name: place for place, name in enumerate(vendors)},
        "title": {name: place for place, name in enumerate(titles)},
        "territory": {name: place for place, name in enumerate(territories)},
        "kind x complexity": {name: place for place, name in enumerate(cells)},
    }
    return HoursLearned(template, columns, shots, levels, posterior)


def _shared_by_productions(shots: "DataFrame", column: str, fewest: int) -> list[Any]:
    """Levels of a column that productions share, ``None`` for others: alone, a title is its production by another name.

    Parameters
    ----------
    fewest
        So many distinct levels there have to be.
    """
    if column not in shots or not len(shots):
        return [None] * len(shots)
    productions = shots.groupby(column)["production_id"].nunique()
    if len(productions) < fewest or productions.max() < 2:
        return [None] * len(shots)
    return [None if level is None or level != level else level for level in shots[column]]


def with_known_words(shots: "DataFrame") -> "DataFrame":
    """Kinds and complexities that nothing is said about become ``other`` and ``medium``, arms traditional."""
    kinds, complexities = {kind.value for kind in ShotKind}, {each.value for each in Complexity}
    return shots.assign(
        kind=[each if each in kinds else ShotKind.OTHER.value for each in shots["kind"]],
        complexity=[each if each in complexities else Complexity.MEDIUM.value for each in shots["complexity"]],
        arm=[each if each in ("ai", "hybrid") else "traditional" for each in shots["arm"]],
    )


def scale_groups(shots: "DataFrame") -> "np.ndarray[Any, np.dtype[np.int64]]":
    """By shot, which others it scatters like: those of its complexity, AI and other shots apart."""
    import numpy as np

    order = {each.value: place for place, each in enumerate(Complexity)}
    return np.array(
        [
            order[complexity] + (len(Complexity) if arm == "ai" else 0)
            for complexity, arm in zip(shots["complexity"], shots["arm"], strict=True)
        ],
        dtype=np.int64,
    )
