"""A history with the models of hours fitted to it, so that an edited list is bid again without another fit."""

from collections.abc import Sequence
from threading import Lock

from analytics.estimation.history import BidHistory
from analytics.estimation.hours_learned import HoursLearned, learn_hours
from analytics.estimation.templates import BidTemplate, load_template
from analytics.vocabulary.listed_shot import ListedShot

MOST_MODELS = 3
"""Kept at once, the last used: one takes some 30 MB."""


class FittedHistory:
    """A history whose model is fitted at the first question and kept for those after it; may be shared by threads.

    A list that brings other columns of the studio's own asks for another model.
    """

    def __init__(self, history: BidHistory, template: BidTemplate | None = None) -> None:
        self.history = history
        self.template = template or load_template()
        self._models: dict[tuple[tuple[str, ...], int, int], HoursLearned] = {}
        self._one_at_a_time = Lock()

    def model_for(self, shots: Sequence[ListedShot], *, draws: int, seed: int = 0) -> HoursLearned:
        """The model that `estimating.estimate_shots` would fit for these shots, draws and seed."""
        of_list = self.history.with_columns_of(shots)
        key = (tuple(map(str, of_list.shots.columns)), draws, seed)
        with self._one_at_a_time:
            model = self._models.pop(key, None) or learn_hours(of_list, self.template, draws=draws, seed=seed)
            self._models[key] = model
            for oldest in list(self._models)[:-MOST_MODELS]:
                del self._models[oldest]
        return model

    def is_fitted_for(self, shots: Sequence[ListedShot]) -> bool:
        """Whether a model for the columns of a list is at hand, so that bidding it takes seconds."""
        columns = tuple(map(str, self.history.with_columns_of(shots).shots.columns))
        return any(key[0] == columns for key in self._models)
