"""What a bid is held against: the simpler ways people estimate a show, each as people-hours by shot."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from analytics.estimation.templates import BidTemplate
from analytics.vocabulary.shot import Complexity, ShotKind
from analytics.vocabulary.workflow import Workflow

if TYPE_CHECKING:
    import numpy as np
    from pandas import DataFrame

    Hours = np.ndarray[Any, np.dtype[np.float64]]

Baseline = Callable[["DataFrame", "DataFrame", BidTemplate], "Hours"]


def mean_by_complexity(past: "DataFrame", shots: "DataFrame", template: BidTemplate) -> "Hours":
    """The mean people-hours of past shots of the same complexity."""
    means = past.groupby("complexity")["people_hours"].mean()
    return shots["complexity"].map(means).fillna(past["people_hours"].mean()).to_numpy(float)


def by_template(past: "DataFrame", shots: "DataFrame", template: BidTemplate) -> "Hours":
    """The template's word alone."""
    import numpy as np

    rows = zip(shots["kind"], shots["complexity"], shots["cut_seconds"], shots["arm"], strict=True)
    return np.array(
        [
            sum(template.department_hours(ShotKind(kind), Complexity(complexity), seconds, Workflow(arm)).values())
            for kind, complexity, seconds, arm in rows
        ]
    )


def last_show_scaled(past: "DataFrame", shots: "DataFrame", template: BidTemplate) -> "Hours":
    """The hours of the last production for each second on screen, times the seconds of this one."""
    last = past.groupby("production_id")["turnover_on"].max().idxmax() if past["turnover_on"].notna().any() else None
    show = past if last is None else past[past["production_id"] == last]
    return shots["cut_seconds"].to_numpy(float) * float(show["people_hours"].sum() / show["cut_seconds"].sum())


def boosted_trees(past: "DataFrame", shots: "DataFrame", template: BidTemplate) -> "Hours":
    """Gradient boosting on logarithms, turned back into hours by the mean of what it misses (Duan's smearing)."""
    import numpy as np
    from sklearn.ensemble import HistGradientBoostingRegressor

    if len(past) < 20:
        return mean_by_complexity(past, shots, template)
    columns = _columns(past)
    log_hours = np.log(past["people_hours"].to_numpy(float))
    model = HistGradientBoostingRegressor(
        max_iter=150, learning_rate=0.06, min_samples_leaf=10, random_state=0, categorical_features=[0, 1, 2]
    ).fit(columns, log_hours)
    smearing = float(np.exp(log_hours - model.predict(columns)).mean())
    return np.asarray(np.exp(model.predict(_columns(shots))) * smearing)


def _columns(shots: "DataFrame") -> "Hours":
    import numpy as np

    orders = ([each.value for each in ShotKind], [each.value for each in Complexity], [each.value for each in Workflow])
    parts = [
        [order.index(word) for word in shots[name]]
        for name, order in zip(("kind", "complexity", "arm"), orders, strict=True)
    ]
    return np.column_stack([*parts, np.log(shots["cut_seconds"].to_numpy(float))])


BASELINES: Mapping[str, Baseline] = {
    "mean by complexity": mean_by_complexity,
    "template": by_template,
    "last show scaled": last_show_scaled,
    "boosted trees": boosted_trees,
}
