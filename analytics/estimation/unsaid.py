"""Shots whose kind or complexity the list does not say: what they may be, as a past production's shots were."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analytics.estimation.hours_outcomes import Candidates
from analytics.estimation.luck import Luck
from analytics.vocabulary.listed_shot import ListedShot
from analytics.vocabulary.shot import Complexity, ShotKind

if TYPE_CHECKING:
    import numpy as np
    from pandas import DataFrame

    Whole = np.ndarray[Any, np.dtype[np.int64]]

WITHOUT_HISTORY = {Complexity.EASY: 0.35, Complexity.MEDIUM: 0.42, Complexity.HARD: 0.18, Complexity.HERO: 0.05}
"""Shares of complexities that are taken where neither list nor history says; assumed."""

_STEADY = 10.0
"""Shots of all productions that a production's own mix is steadied with."""


def candidates_of(
    shots: Sequence[ListedShot],
    rows: "DataFrame",
    past: "DataFrame",
    production_id: str | None,
    luck: Luck,
) -> "tuple[Candidates, Whole]":
    """What each shot may be, and which of it it is in each outcome (outcomes x shots).

    In one outcome all unsaid shots are drawn from the mix of one past production: whole shows are easy or hard.

    Parameters
    ----------
    rows
        One row a shot with the columns of ``slate_shots``; kind and complexity ``None`` where unsaid.
    """
    import numpy as np
    import pandas as pd

    mix = _Mix(past, production_id)
    outcomes = luck.outcomes
    whose = mix.production_by_outcome(luck)
    parts: list[DataFrame] = []
    owners: list[int] = []
    chosen = np.empty((outcomes, len(shots)), dtype=np.int64)
    start = 0
    for place, shot in enumerate(shots):
        if shot.kind is not None and shot.complexity is not None:
            parts.append(rows.iloc[[place]])
            chosen[:, place] = start
            count = 1
        else:
            words, chances = mix.of(shot.kind, shot.complexity)
            count = len(words)
            several = rows.iloc[[place] * count].copy()
            several["kind"] = [kind for kind, _ in words]
            several["complexity"] = [complexity for _, complexity in words]
            parts.append(several)
            cumulative = chances.cumsum(axis=1)[whose]
            position = luck.of("unsaid", shot.code).random((outcomes, 1)) * cumulative[:, -1:]
            chosen[:, place] = start + np.minimum((position > cumulative).sum(axis=1), count - 1)
        owners += [place] * count
        start += count
    # One at a time is slow for thousands of shots, and most lists say everything.
    table = rows if start == len(shots) else pd.concat(parts, ignore_index=True)
    return Candidates(table, np.array(owners, dtype=np.int64), tuple(shot.code for shot in shots)), chosen


class _Mix:
    """Shares of kind and complexity by past production."""

    def __init__(self, past: "DataFrame", production_id: str | None) -> None:
        import numpy as np

        if not len(past):
            self.words = [(ShotKind.OTHER.value, each.value) for each in Complexity]
            self.table = np.array([[WITHOUT_HISTORY[each] for each in Complexity]])
            self.own: int | None = None
            return
        counts = past.groupby(["production_id", "kind", "complexity"]).size().unstack([1, 2], fill_value=0)
        self.words = [(str(words[0]), str(words[1])) for words in counts.columns.to_list()]
        numbers = counts.to_numpy(float)
        overall = numbers.sum(axis=0) / numbers.sum()
        self.table = numbers + _STEADY * overall
        names = list(counts.index)
        self.own = names.index(production_id) if production_id in names else None

    def production_by_outcome(self, luck: Luck) -> "Whole":
        import numpy as np

        if self.own is not None:
            return np.full(luck.outcomes, self.own)
        return luck.of("whose shots").integers(0, len(self.table), luck.outcomes)

    def of(
        self, kind: ShotKind | None, complexity: Complexity | None
    ) -> "tuple[list[tuple[str, str]], np.ndarray[Any, np.dtype[np.float64]]]":
        """What fits the word that is known, and its share by production."""
        import numpy as np

        fits = [
            place
            for place, (its_kind, its_complexity) in enumerate(self.words)
            if kind in (None, its_kind) and complexity in (None, its_complexity)
        ]
        if not fits and kind is not None and complexity is None:
            # A kind never done before: its complexities as those of all.
            by_level = [
                self.table[:, [place for place, words in enumerate(self.words) if words[1] == level]].sum(axis=1)
                for level in Complexity
            ]
            return [(kind.value, level.value) for level in Complexity], np.stack(by_level, axis=1)
        if not fits:
            return [(ShotKind.OTHER.value, str(complexity or Complexity.MEDIUM))], np.ones((len(self.table), 1))
        return [self.words[place] for place in fits], self.table[:, fits]
