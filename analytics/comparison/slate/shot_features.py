"""What is known of a shot before it is made, as numbers: the features that both sides are made comparable by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pandas import DataFrame, Series

SMALLEST_LEVEL = 5
"""A word that fewer shots share is put together with the other rare ones."""


@dataclass(frozen=True)
class ShotFeatures:
    """Features of shots.

    Attributes
    ----------
    columns
        Shape (shots, features): words as 0 and 1, numbers with mean 0 and standard deviation 1.
    names
        One a column, as in ``complexity: hard``.
    of
        What each column is a part of: ``complexity``, ``work frames``.
    """

    columns: "NDArray[np.float64]"
    names: tuple[str, ...]
    of: tuple[str, ...]

    @property
    def adjusted_for(self) -> tuple[str, ...]:
        """What the columns are parts of, each once."""
        return tuple(dict.fromkeys(self.of))


def shot_features(shots: "DataFrame", further: Sequence[str] = ()) -> ShotFeatures:
    """Features of each shot: production, kind, complexity, camera move, work frames, resolution, day of turnover.

    A feature that is the same for all shots is left out. What is unknown is a level of its own.

    Parameters
    ----------
    shots
        As ``questions/slate_shots.sql`` answers.
    further
        Other columns of ``shots`` to use: numbers as they are, anything else as words.
    """
    parts = [_words(shots[column], word) for column, word in (
        ("production_id", "production"), ("kind", "kind"), ("complexity", "complexity"), ("camera_move", "camera move"),
    )]  # fmt: skip
    frames = shots["cut_frames"].astype("float64") + 2 * shots["handle_frames"].astype("float64").fillna(0)
    pixels = shots["width"].astype("float64") * shots["height"].astype("float64")
    parts += [_number(np.log(frames.to_numpy()), "work frames"), _number(np.log(pixels.to_numpy()), "resolution")]
    parts.append(_number(_turned_over(shots).to_numpy(dtype=np.float64), "time of turnover"))
    for name in further:
        numbers = _as_numbers(shots[name])
        parts.append(
            _words(shots[name], name) if numbers is None else _number(numbers.to_numpy(dtype=np.float64), name)
        )
    found = [part for part in parts if part.names]
    return ShotFeatures(
        np.column_stack([part.columns for part in found]) if found else np.empty((len(shots), 0)),
        tuple(name for part in found for name in part.names),
        tuple(of for part in found for of in part.of),
    )


def _as_numbers(column: "Series[float]") -> "Series[float] | None":
    import pandas as pd

    numbers = pd.to_numeric(column, errors="coerce")
    return numbers if bool(numbers.notna().eq(column.notna()).all()) else None


def _turned_over(shots: "DataFrame") -> "Series[float]":
    """Days; later shots are made by people and tools that have learnt, whatever their arm."""
    import pandas as pd

    days = pd.to_datetime(shots["turnover_on"]).fillna(pd.to_datetime(shots["arm_started_on"]))
    since: Series[float] = (days - days.min()).dt.total_seconds() / 86400
    return since


def _words(column: "Series[str]", of: str) -> ShotFeatures:
    """One column of 0 and 1 for each level but the commonest."""
    words = column.astype(object).where(column.notna(), "unknown").astype(str)
    counts = words.value_counts()
    rare = set(counts.index[counts < SMALLEST_LEVEL]) if of != "production" else set()
    words = words.map(lambda word: "rare" if word in rare else word)
    levels = sorted(words.unique(), key=lambda level: (-int((words == level).sum()), level))[1:]
    columns = np.column_stack([words == level for level in levels]) if levels else np.empty((len(words), 0))
    return ShotFeatures(columns.astype(np.float64), tuple(f"{of}: {level}" for level in levels), (of,) * len(levels))


def _number(values: "NDArray[np.float64]", of: str) -> ShotFeatures:
    """The number in standard deviations from its mean and, where it is not known of all, whether it is unknown."""
    known = np.isfinite(values)
    if known.sum() < 2 or np.ptp(values[known]) < 1e-9:
        return ShotFeatures(np.empty((len(values), 0)), (), ())
    scaled = np.where(known, (values - values[known].mean()) / values[known].std(), 0.0)
    columns, names = [scaled], [of]
    if not known.all():
        columns, names = [*columns, (~known).astype(np.float64)], [*names, f"{of}: unknown"]
    return ShotFeatures(np.column_stack(columns), tuple(names), (of,) * len(names))
